#include "config.h"

#include "dataset/kennis-column-private.h"

#include <string.h>

struct _KennisColumnPage
{
  gatomicrefcount ref_count;
  gint64 base;
  gint64 scale;
  guint8 width;          /* bytes a row, 0 … 8 */
  guint8 has_unknown;    /* then 0 stands for unknown, and k + 1 for base + k·scale */
  guint8 data[];         /* KENNIS_PAGE_ROWS × width, then 8 bytes so that a row may be loaded whole */
};

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

static inline gint64
unpack (const KennisColumnPage *page,
        gint64                  unknown,
        guint                   i)
{
  guint64 packed;

  memcpy (&packed, page->data + (gsize) i * page->width, 8);
  packed = GUINT64_FROM_LE (packed);
  if (page->width < 8)
    packed &= (G_GUINT64_CONSTANT (1) << (8 * page->width)) - 1;
  if (page->has_unknown)
    {
      if (packed == 0)
        return unknown;
      packed--;
    }

  return (gint64) ((guint64) page->base + packed * (guint64) page->scale);
}

gint64
kennis_column_get (const KennisColumn *self,
                   gsize               row)
{
  gsize page = row / KENNIS_PAGE_ROWS;

  if (page == self->pages->len)
    return self->tail[row % KENNIS_PAGE_ROWS];

  return unpack (self->pages->pdata[page], self->unknown, row % KENNIS_PAGE_ROWS);
}

/* unpack() of many rows, with all that is the same for them out of the loop. */
static inline __attribute__ ((always_inline)) void
read_rows (const KennisColumnPage *page,
           gint64                  unknown,
           guint                   first,
           guint                   n,
           gint64                 *out,
           const guint             width)
{
  const guint8 *data = page->data + (gsize) first * width;
  const guint32 mask = width == 4 ? G_MAXUINT32 : (1u << (8 * width % 32)) - 1;
  guint64 scale = (guint64) page->scale, base = (guint64) page->base - (page->has_unknown ? scale : 0);

  for (guint i = 0; i < n; i++)
    {
      guint32 packed;

      memcpy (&packed, data + (gsize) i * width, sizeof packed);
      out[i] = (gint64) (base + (GUINT32_FROM_LE (packed) & mask) * scale);
    }
  if (!page->has_unknown)
    return;
  for (guint i = 0; i < n; i++)
    out[i] = out[i] == (gint64) base ? unknown : out[i];
}

static void
page_read (const KennisColumnPage *page,
           gint64                  unknown,
           guint                   first,
           guint                   n,
           gint64                 *out)
{
  if (page->width == 0)
    {
      gint64 same = page->has_unknown ? unknown : page->base;

      for (guint i = 0; i < n; i++)
        out[i] = same;
      return;
    }

  switch (page->width)
    {
    case 1:
      read_rows (page, unknown, first, n, out, 1);
      break;
    case 2:
      read_rows (page, unknown, first, n, out, 2);
      break;
    case 3:
      read_rows (page, unknown, first, n, out, 3);
      break;
    case 4:
      read_rows (page, unknown, first, n, out, 4);
      break;
    default:
      for (guint i = 0; i < n; i++)
        out[i] = unpack (page, unknown, first + i);
    }
}

void
kennis_column_read (const KennisColumn *self,
                    gsize               first,
                    gsize               n,
                    gint64             *out)
{
  while (n > 0)
    {
      gsize page = first / KENNIS_PAGE_ROWS, from = first % KENNIS_PAGE_ROWS;
      gsize take = MIN (n, KENNIS_PAGE_ROWS - from);

      if (page == self->pages->len)
        memcpy (out, self->tail + from, take * sizeof *out);
      else
        page_read (self->pages->pdata[page], self->unknown, from, take, out);
      out += take;
      first += take;
      n -= take;
    }
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
