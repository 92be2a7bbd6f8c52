#include "config.h"

#include "dataset/kennis-column-private.h"

/* Whole pages are read by loops that know the width, and whose innermost runs over a fixed number of rows: such loops a compiler
 * turns into vector instructions without being asked to. */
#define STEP 16u

#define ALWAYS_INLINE inline __attribute__ ((always_inline))

/* The rows that lie in one page; page NULL: in the tail. */
typedef struct
{
  const KennisColumnPage *page;
  guint from, n;
} Run;

static Run
next_run (const KennisColumn *self,
          gsize               first,
          gsize               n)
{
  gsize number = first / KENNIS_PAGE_ROWS;
  guint from = first % KENNIS_PAGE_ROWS;

  return (Run) { number < self->pages->len ? self->pages->pdata[number] : NULL, from,
                 MIN (n, KENNIS_PAGE_ROWS - from) };
}

static ALWAYS_INLINE guint32
packed_at (const guint8 *data,
           gsize         i,
           const guint   width)
{
  guint32 packed;

  if (width == 1)
    return data[i];
  if (width == 2)
    {
      guint16 half;

      memcpy (&half, data + i * 2, sizeof half);
      return GUINT16_FROM_LE (half);
    }
  /* A page has bytes to spare behind its last row. */
  memcpy (&packed, data + i * width, sizeof packed);
  packed = GUINT32_FROM_LE (packed);
  return width == 3 ? packed & 0xffffff : packed;
}

static ALWAYS_INLINE void
read_rows (const Run   *run,
           gint64       unknown,
           gint64      *out,
           const guint  width)
{
  const guint8 *data = run->page->data + (gsize) run->from * width;
  const guint64 scale = (guint64) run->page->scale;
  const guint64 base = (guint64) run->page->base - (run->page->has_unknown ? scale : 0);

  if (run->page->has_unknown)
    for (gsize i = 0; i < run->n; i++)
      {
        guint64 packed = packed_at (data, i, width), is_known = -(guint64) (packed != 0);

        /* Without a branch, which nothing could predict. */
        out[i] = (gint64) ((((base + packed * scale) ^ (guint64) unknown) & is_known) ^ (guint64) unknown);
      }
  else
    for (gsize i = 0; i < run->n; i++)
      out[i] = (gint64) (base + packed_at (data, i, width) * scale);
}

static void
read_run (const KennisColumn *self,
          const Run          *run,
          gint64              unknown,
          gint64             *out)
{
  const KennisColumnPage *page = run->page;
  gint64 same;

  if (page == NULL)
    {
      for (gsize i = 0; i < run->n; i++)
        out[i] = self->tail[run->from + i] == self->unknown ? unknown : self->tail[run->from + i];
      return;
    }

  switch (page->width)
    {
    case 0:
      same = page->has_unknown ? unknown : page->base;
      for (gsize i = 0; i < run->n; i++)
        out[i] = same;
      return;
    case 1:
      read_rows (run, unknown, out, 1);
      return;
    case 2:
      read_rows (run, unknown, out, 2);
      return;
    case 3:
      read_rows (run, unknown, out, 3);
      return;
    case 4:
      read_rows (run, unknown, out, 4);
      return;
    default:
      for (gsize i = 0; i < run->n; i++)
        out[i] = kennis_column_unpack (page, unknown, run->from + i);
    }
}

void
kennis_column_read_or (const KennisColumn *self,
                       gsize               first,
                       gsize               n,
                       gint64              unknown,
                       gint64             *out)
{
  while (n > 0)
    {
      Run run = next_run (self, first, n);

      read_run (self, &run, unknown, out);
      out += run.n;
      first += run.n;
      n -= run.n;
    }
}

void
kennis_column_read (const KennisColumn *self,
                    gsize               first,
                    gsize               n,
                    gint64             *out)
{
  kennis_column_read_or (self, first, n, self->unknown, out);
}

static ALWAYS_INLINE guint32
code_32 (guint32       packed,
         guint32       base,
         guint32       scale,
         const gboolean has_unknown,
         guint32       unknown)
{
  guint32 code = base + packed * scale;

  return has_unknown ? ((code ^ unknown) & -(guint32) (packed != 0)) ^ unknown : code;
}

static ALWAYS_INLINE void
read_rows_32 (const Run         *run,
              guint32            unknown,
              guint32 *restrict  out,
              const guint        width,
              const gboolean     has_unknown)
{
  const guint8 *restrict data = run->page->data + (gsize) run->from * width;
  const guint32 scale = (guint32) run->page->scale, base = (guint32) run->page->base - (has_unknown ? scale : 0);
  gsize i = 0;

  for (; i + STEP <= run->n; i += STEP)
    for (gsize j = 0; j < STEP; j++)
      out[i + j] = code_32 (packed_at (data, i + j, width), base, scale, has_unknown, unknown);
  for (; i < run->n; i++)
    out[i] = code_32 (packed_at (data, i, width), base, scale, has_unknown, unknown);
}

/* Wider rows, and the tail. */
static void
read_any_32 (const KennisColumn *self,
             const Run          *run,
             guint32             unknown,
             guint32            *out)
{
  for (gsize i = 0; i < run->n; i++)
    {
      gint64 code = run->page != NULL ? kennis_column_unpack (run->page, self->unknown, run->from + i)
                                      : self->tail[run->from + i];

      out[i] = code == self->unknown ? unknown : (guint32) code;
    }
}

static void
fill_32 (const Run *run,
         guint32    same,
         guint32   *out)
{
  for (gsize i = 0; i < run->n; i++)
    out[i] = same;
}

static void
read_run_32 (const KennisColumn *self,
             const Run          *run,
             guint32             unknown,
             guint32            *out)
{
  const gboolean has_unknown = run->page != NULL && run->page->has_unknown;

  if (run->page != NULL && run->page->width == 0)
    {
      fill_32 (run, has_unknown ? unknown : (guint32) run->page->base, out);
      return;
    }

  switch (run->page == NULL ? 0 : run->page->width * 2 + has_unknown)
    {
    case 1 * 2:
      read_rows_32 (run, unknown, out, 1, FALSE);
      return;
    case 1 * 2 + 1:
      read_rows_32 (run, unknown, out, 1, TRUE);
      return;
    case 2 * 2:
      read_rows_32 (run, unknown, out, 2, FALSE);
      return;
    case 2 * 2 + 1:
      read_rows_32 (run, unknown, out, 2, TRUE);
      return;
    case 3 * 2:
      read_rows_32 (run, unknown, out, 3, FALSE);
      return;
    case 3 * 2 + 1:
      read_rows_32 (run, unknown, out, 3, TRUE);
      return;
    default:
      read_any_32 (self, run, unknown, out);
    }
}

void
kennis_column_read_32 (const KennisColumn *self,
                       gsize               first,
                       gsize               n,
                       guint32             unknown,
                       guint32            *out)
{
  while (n > 0)
    {
      Run run = next_run (self, first, n);

      read_run_32 (self, &run, unknown, out);
      out += run.n;
      first += run.n;
      n -= run.n;
    }
}

/* One byte a row and 0 where nothing is known, as enums are: what stands there are the codes. */
static void
read_bytes (const Run         *run,
            guint32            base,
            guint              shift,
            guint32 *restrict  bits)
{
  const guint8 *restrict data = run->page->data + run->from;
  gsize i = 0;

  for (; i + STEP <= run->n; i += STEP)
    for (gsize j = 0; j < STEP; j++)
      bits[i + j] |= (base + data[i + j]) << shift;
  for (; i < run->n; i++)
    bits[i] |= (base + data[i]) << shift;
}

static void
read_run_bits (const KennisColumn *self,
               const Run          *run,
               guint               shift,
               guint32            *bits)
{
  const KennisColumnPage *page = run->page;

  if (page != NULL && page->width == 0)
    for (gsize i = 0; i < run->n; i++)
      bits[i] |= (guint32) (page->has_unknown ? self->unknown : page->base) << shift;
  else if (page != NULL && page->width == 1 && page->scale == 1 && !page->has_unknown)
    read_bytes (run, (guint32) page->base, shift, bits);
  else if (page != NULL && page->width == 1 && page->scale == 1 && page->base == 1 && self->unknown == 0)
    read_bytes (run, 0, shift, bits);
  else
    for (gsize i = 0; i < run->n; i++)
      bits[i] |= (guint32) (page != NULL ? kennis_column_unpack (page, self->unknown, run->from + i)
                                         : self->tail[run->from + i])
                 << shift;
}

void
kennis_column_read_bits (const KennisColumn *self,
                         gsize               first,
                         gsize               n,
                         guint               shift,
                         guint32            *bits)
{
  while (n > 0)
    {
      Run run = next_run (self, first, n);

      read_run_bits (self, &run, shift, bits);
      bits += run.n;
      first += run.n;
      n -= run.n;
    }
}

static ALWAYS_INLINE void
read_rows_known (const Run         *run,
                 guint              shift,
                 guint32 *restrict  bits,
                 const guint        width)
{
  const guint8 *restrict data = run->page->data + (gsize) run->from * width;
  gsize i = 0;

  for (; i + STEP <= run->n; i += STEP)
    for (gsize j = 0; j < STEP; j++)
      bits[i + j] |= (guint32) (packed_at (data, i + j, width) != 0) << shift;
  for (; i < run->n; i++)
    bits[i] |= (guint32) (packed_at (data, i, width) != 0) << shift;
}

static void
read_run_known (const KennisColumn *self,
                const Run          *run,
                guint               shift,
                guint32            *bits)
{
  const KennisColumnPage *page = run->page;

  if (page != NULL && !page->has_unknown)
    for (gsize i = 0; i < run->n; i++)
      bits[i] |= 1u << shift;
  else if (page != NULL && page->width == 1)
    read_rows_known (run, shift, bits, 1);
  else if (page != NULL && page->width == 2)
    read_rows_known (run, shift, bits, 2);
  else if (page != NULL && page->width == 3)
    read_rows_known (run, shift, bits, 3);
  else if (page != NULL && page->width == 4)
    read_rows_known (run, shift, bits, 4);
  else if (page == NULL || page->width != 0)
    for (gsize i = 0; i < run->n; i++)
      if ((page != NULL ? kennis_column_unpack (page, self->unknown, run->from + i) : self->tail[run->from + i])
          != self->unknown)
        bits[i] |= 1u << shift;
}

void
kennis_column_read_known (const KennisColumn *self,
                          gsize               first,
                          gsize               n,
                          guint               shift,
                          guint32            *bits)
{
  while (n > 0)
    {
      Run run = next_run (self, first, n);

      read_run_known (self, &run, shift, bits);
      bits += run.n;
      first += run.n;
      n -= run.n;
    }
}

/* Does no known code of the page need more than 32 bits? */
static gboolean
fits_32 (const KennisColumnPage *page)
{
  if (page->width == 0 && page->has_unknown)
    return TRUE;

  return page->width <= 2 && page->base >= 0 && page->base <= G_MAXINT32
         && (guint64) page->scale <= ((guint64) G_MAXINT32 >> (8 * page->width));
}

static void
read_run_small (const KennisColumn *self,
                const Run          *run,
                guint               shift,
                guint32            *out,
                guint32            *bits)
{
  if (run->page != NULL && fits_32 (run->page))
    {
      read_run_32 (self, run, 0, out);
      return;
    }

  for (gsize i = 0; i < run->n; i++)
    {
      gint64 code = run->page != NULL ? kennis_column_unpack (run->page, self->unknown, run->from + i)
                                      : self->tail[run->from + i];
      gboolean fits = code == self->unknown || (guint64) code <= G_MAXUINT32;

      out[i] = code == self->unknown || !fits ? 0 : (guint32) code;
      bits[i] |= (guint32) !fits << shift;
    }
}

void
kennis_column_read_small (const KennisColumn *self,
                          gsize               first,
                          gsize               n,
                          guint               shift,
                          guint32            *out,
                          guint32            *bits)
{
  while (n > 0)
    {
      Run run = next_run (self, first, n);

      read_run_small (self, &run, shift, out, bits);
      out += run.n;
      bits += run.n;
      first += run.n;
      n -= run.n;
    }
}
