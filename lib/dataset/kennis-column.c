#include "config.h"

#include "dataset/kennis-column-private.h"

#include <string.h>

/* Times are whole seconds, minutes or days far more often than not. */
static const gint64 scales[] = { 86400000, 60000, 1000, 1 };

static void
page_unref (gpointer data)
{
  KennisColumnPage *page = data;

  if (g_atomic_ref_count_dec (&page->ref_count))
    g_free (page);
}

void
kennis_column_init (KennisColumn *self,
                    gint64        unknown)
{
  self->pages = g_ptr_array_new_with_free_func (page_unref);
  self->tail = NULL;
  self->n_tail = 0;
  self->unknown = unknown;
}

void
kennis_column_clear (KennisColumn *self)
{
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->tail, g_free);
  self->n_tail = 0;
}

static gboolean
divides_all (const gint64 *code,
             gint64        base,
             gint64        unknown,
             gint64        scale)
{
  for (guint i = 0; i < KENNIS_PAGE_ROWS; i++)
    if (code[i] != unknown && ((guint64) code[i] - (guint64) base) % (guint64) scale != 0)
      return FALSE;

  return TRUE;
}

static guint8
bytes_for (guint64 largest)
{
  guint8 width = 0;

  for (; largest > 0; largest >>= 8)
    width++;

  return width;
}

static KennisColumnPage *
page_new (const gint64 *code,
          gint64        unknown)
{
  gint64 least = G_MAXINT64, most = G_MININT64, scale = 1;
  gboolean has_unknown = FALSE;

  for (guint i = 0; i < KENNIS_PAGE_ROWS; i++)
    {
      if (code[i] == unknown)
        {
          has_unknown = TRUE;
          continue;
        }
      least = MIN (least, code[i]);
      most = MAX (most, code[i]);
    }
  /* No overflow: unknown is either the least gint64 of all, or 0 among a few small codes. */
  gboolean all_unknown = least > most;
  guint64 range = all_unknown ? 0 : (guint64) most - (guint64) least;
  if (range > G_MAXUINT16)
    for (guint s = 0; s < G_N_ELEMENTS (scales); s++)
      if (divides_all (code, least, unknown, scales[s]))
        {
          scale = scales[s];
          break;
        }

  guint8 width = all_unknown ? 0 : bytes_for (range / (guint64) scale + (has_unknown ? 1 : 0));
  KennisColumnPage *page = g_malloc (sizeof *page + (gsize) width * KENNIS_PAGE_ROWS + 8);

  g_atomic_ref_count_init (&page->ref_count);
  page->base = least;
  page->scale = scale;
  page->width = width;
  page->has_unknown = has_unknown;
  memset (page->data + (gsize) width * KENNIS_PAGE_ROWS, 0, 8);

  for (guint i = 0; i < KENNIS_PAGE_ROWS; i++)
    {
      guint64 packed = ((guint64) code[i] - (guint64) page->base) / (guint64) scale;

      if (page->has_unknown)
        packed = code[i] == unknown ? 0 : packed + 1;
      packed = GUINT64_TO_LE (packed);
      memcpy (page->data + (gsize) i * width, &packed, width);
    }

  return page;
}

void
kennis_column_append (KennisColumn *self,
                      gint64        code)
{
  if (self->tail == NULL)
    self->tail = g_new (gint64, KENNIS_PAGE_ROWS);

  self->tail[self->n_tail++] = code;
  if (self->n_tail == KENNIS_PAGE_ROWS)
    {
      g_ptr_array_add (self->pages, page_new (self->tail, self->unknown));
      self->n_tail = 0;
    }
}

void
kennis_column_snapshot (const KennisColumn *self,
                        KennisColumn       *copy)
{
  kennis_column_init (copy, self->unknown);
  for (guint i = 0; i < self->pages->len; i++)
    {
      KennisColumnPage *page = self->pages->pdata[i];

      g_atomic_ref_count_inc (&page->ref_count);
      g_ptr_array_add (copy->pages, page);
    }
  if (self->n_tail > 0)
    {
      copy->tail = g_memdup2 (self->tail, self->n_tail * sizeof *self->tail);
      copy->n_tail = self->n_tail;
    }
}

gsize
kennis_column_size (const KennisColumn *self)
{
  return (gsize) self->pages->len * KENNIS_PAGE_ROWS + self->n_tail;
}

gsize
kennis_column_bytes (const KennisColumn *self)
{
  gsize bytes = self->tail != NULL ? KENNIS_PAGE_ROWS * sizeof *self->tail : 0;

  for (guint i = 0; i < self->pages->len; i++)
    {
      const KennisColumnPage *page = self->pages->pdata[i];

      bytes += sizeof *page + (gsize) page->width * KENNIS_PAGE_ROWS + 8 + sizeof (gpointer);
    }

  return bytes;
}

gint64
kennis_column_get (const KennisColumn *self,
                   gsize               row)
{
  gsize page = row / KENNIS_PAGE_ROWS;

  if (page == self->pages->len)
    return self->tail[row % KENNIS_PAGE_ROWS];

  return kennis_column_unpack (self->pages->pdata[page], self->unknown, row % KENNIS_PAGE_ROWS);
}

KennisKnown
kennis_column_known (const KennisColumn *self,
                     gsize               row)
{
  gsize number = row / KENNIS_PAGE_ROWS;

  if (number == self->pages->len)
    return KENNIS_KNOWN_SOME;

  const KennisColumnPage *page = self->pages->pdata[number];

  return !page->has_unknown ? KENNIS_KNOWN_ALL : page->width == 0 ? KENNIS_KNOWN_NONE : KENNIS_KNOWN_SOME;
}
