#pragma once

#include <glib.h>
#include <string.h>
#include <kennis/kennis-enums.h>

/* A column of gint64 codes that only grows.  Full pages are packed: a page keeps base, scale and the fewest whole
 * bytes per row that hold (code − base) / scale, so that ten million activities fit in memory and every code
 * comes back exactly.  Pages are shared between a column and its snapshots and never change. */
#define KENNIS_PAGE_ROWS 4096

typedef struct
{
  gatomicrefcount ref_count;
  gint64 base;
  gint64 scale;
  guint8 width;          /* bytes a row, 0 … 8 */
  guint8 has_unknown;    /* then 0 stands for unknown, and k + 1 for base + k·scale */
  guint8 data[];         /* KENNIS_PAGE_ROWS × width, then 8 bytes so that a row may be loaded whole */
} KennisColumnPage;

typedef struct
{
  GPtrArray *pages;      /* of KennisColumnPage */
  gint64    *tail;       /* the rows after the last full page; NULL: none yet */
  guint      n_tail;
  gint64     unknown;    /* the code for unknown */
} KennisColumn;

void    kennis_column_init     (KennisColumn *self, gint64 unknown);
void    kennis_column_clear    (KennisColumn *self);
void    kennis_column_begin_page (KennisColumn *self);     /* see kennis_column_append() */
void    kennis_column_end_page   (KennisColumn *self);
void    kennis_column_snapshot (const KennisColumn *self, KennisColumn *copy);
gsize   kennis_column_size     (const KennisColumn *self);                     /* rows */
gsize   kennis_column_bytes    (const KennisColumn *self);                     /* memory of the rows */
gint64  kennis_column_get      (const KennisColumn *self, gsize row);
/* Rows first … first + n − 1 into out; fast where first is a multiple of KENNIS_PAGE_ROWS and n ≤ KENNIS_PAGE_ROWS. */
void    kennis_column_read     (const KennisColumn *self, gsize first, gsize n, gint64 *out);

static inline void
kennis_column_append (KennisColumn *self, gint64 code)
{
  if (G_UNLIKELY (self->tail == NULL))
    kennis_column_begin_page (self);
  self->tail[self->n_tail++] = code;
  if (G_UNLIKELY (self->n_tail == KENNIS_PAGE_ROWS))
    kennis_column_end_page (self);
}

/* Of the page that holds the row: whether its rows are known. */
typedef enum
{
  KENNIS_KNOWN_SOME,     /* or all, or none */
  KENNIS_KNOWN_ALL,
  KENNIS_KNOWN_NONE
} KennisKnown;
KennisKnown kennis_column_known (const KennisColumn *self, gsize row);

/* kennis-column-read.c: for those who read whole columns, block after block. */
/* As kennis_column_read(), but with `unknown` for what is not known. */
void    kennis_column_read_or    (const KennisColumn *self, gsize first, gsize n, gint64 unknown, gint64 *out);
/* The same of codes that fit into 32 bits: indices of texts. */
void    kennis_column_read_32    (const KennisColumn *self, gsize first, gsize n, guint32 unknown, guint32 *out);
/* Adds the codes of an enum or an answer, which are few bits, to words: bits[i] |= code << shift. */
void    kennis_column_read_bits  (const KennisColumn *self, gsize first, gsize n, guint shift, guint32 *bits);
/* bits[i] |= 1 << shift, where the row's code is known. */
void    kennis_column_read_known (const KennisColumn *self, gsize first, gsize n, guint shift, guint32 *bits);
/* Codes from 0 to G_MAXUINT32, 0 for what is not known; where a known code is none such, bits[i] |= 1 << shift (and 0). */
void    kennis_column_read_small (const KennisColumn *self, gsize first, gsize n, guint shift, guint32 *out, guint32 *bits);

/* One row of a page. */
static inline gint64
kennis_column_unpack (const KennisColumnPage *page,
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
