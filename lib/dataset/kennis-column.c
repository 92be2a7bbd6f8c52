#include "config.h"

#include "base/kennis-calendar-private.h"
#include "dataset/kennis-column-private.h"

#include <string.h>

/* Times are whole days, minutes or seconds far more often than not. */
#define MS_PER_MINUTE 60000
#define MS_PER_SECOND 1000

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

/* Inlined for each scale, a constant: a division is then a multiplication. */
static inline __attribute__ ((always_inline)) gboolean
divides_all (const gint64  *code,
             gint64         base,
             gint64         unknown,
             const guint64  scale)
{
  for (guint i = 0; i < KENNIS_PAGE_ROWS; i++)
    if (code[i] != unknown && ((guint64) code[i] - (guint64) base) % scale != 0)
      return FALSE;

  return TRUE;
}

/* The largest scale that fits. */
static gint64
find_scale (const gint64 *code,
            gint64        base,
            gint64        unknown)
{
  if (divides_all (code, base, unknown, KENNIS_MS_PER_DAY))
    return KENNIS_MS_PER_DAY;
  if (divides_all (code, base, unknown, MS_PER_MINUTE))
    return MS_PER_MINUTE;
  if (divides_all (code, base, unknown, MS_PER_SECOND))
    return MS_PER_SECOND;

  return 1;
}

static guint8
bytes_for (guint64 largest)
{
  guint8 width = 0;

  for (; largest > 0; largest >>= 8)
    width++;

  return width;
}

static gboolean
are_same (const gint64 *code)
{
  for (guint i = 1; i < KENNIS_PAGE_ROWS; i++)
    if (code[i] != code[0])
      return FALSE;

  return TRUE;
}

/* The least and the most known code; least > most where none is.  Without a branch for each row. */
static gboolean
find_range (const gint64 *code,
            gint64        unknown,
            gint64       *least,
            gint64       *most)
{
  gint64 low = G_MAXINT64, high = G_MININT64;
  guint n_unknown = 0;

  for (guint i = 0; i < KENNIS_PAGE_ROWS; i++)
    {
      gboolean is_unknown = code[i] == unknown;
      gint64 for_low = is_unknown ? G_MAXINT64 : code[i], for_high = is_unknown ? G_MININT64 : code[i];

      n_unknown += is_unknown;
      low = MIN (low, for_low);
      high = MAX (high, for_high);
    }
  *least = low;
  *most = high;

  return n_unknown > 0;
}

/* Each row is stored with what the next ones will write over, the last with the bytes behind the rows. */
static inline __attribute__ ((always_inline)) void
pack_rows (KennisColumnPage *page,
           const gint64     *code,
           gint64            unknown,
           const guint64     scale)
{
  const guint64 base = (guint64) page->base, shift = page->has_unknown ? 1 : 0;
  const guint width = page->width;
  guint8 *to = page->data;

  for (guint i = 0; i < KENNIS_PAGE_ROWS; i++, to += width)
    {
      guint64 packed = ((guint64) code[i] - base) / scale + shift;

      packed = shift != 0 && code[i] == unknown ? 0 : packed;
      packed = GUINT64_TO_LE (packed);
      memcpy (to, &packed, sizeof packed);
    }
  memset (to, 0, sizeof (guint64));
}

static void
pack (KennisColumnPage *page,
      const gint64     *code,
      gint64            unknown)
{
  if (page->width == 0)
    memset (page->data, 0, sizeof (guint64));
  else if (page->scale == KENNIS_MS_PER_DAY)
    pack_rows (page, code, unknown, KENNIS_MS_PER_DAY);
  else if (page->scale == MS_PER_MINUTE)
    pack_rows (page, code, unknown, MS_PER_MINUTE);
  else if (page->scale == MS_PER_SECOND)
    pack_rows (page, code, unknown, MS_PER_SECOND);
  else
    pack_rows (page, code, unknown, 1);
}

static KennisColumnPage *
page_new (const gint64 *code,
          gint64        unknown)
{
  gint64 least = G_MAXINT64, most = G_MININT64;
  gboolean same = are_same (code), has_unknown = same && code[0] == unknown;

  if (!same)
    has_unknown = find_range (code, unknown, &least, &most);
  else if (!has_unknown)
    least = most = code[0];

  /* No overflow: unknown is either the least gint64 of all, or 0 among a few small codes. */
  gboolean all_unknown = least > most;
  guint64 range = all_unknown ? 0 : (guint64) most - (guint64) least;
  gint64 scale = range > G_MAXUINT16 ? find_scale (code, least, unknown) : 1;
  guint8 width = all_unknown ? 0 : bytes_for (range / (guint64) scale + (has_unknown ? 1 : 0));
  KennisColumnPage *page = g_malloc (sizeof *page + (gsize) width * KENNIS_PAGE_ROWS + 8);

  g_atomic_ref_count_init (&page->ref_count);
  page->base = least;
  page->scale = scale;
  page->width = width;
  page->has_unknown = has_unknown;
  pack (page, code, unknown);

  return page;
}

void
kennis_column_begin_page (KennisColumn *self)
{
  self->tail = g_new (gint64, KENNIS_PAGE_ROWS);
}

void
kennis_column_end_page (KennisColumn *self)
{
  g_ptr_array_add (self->pages, page_new (self->tail, self->unknown));
  self->n_tail = 0;
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
