#pragma once

#include <glib.h>
#include <kennis/kennis-enums.h>

/* A column of gint64 codes that only grows.  Full pages are packed: a page keeps base, scale and the fewest whole
 * bytes per row that hold (code − base) / scale, so that ten million activities fit in memory and every code
 * comes back exactly.  Pages are shared between a column and its snapshots and never change. */
#define KENNIS_PAGE_ROWS 4096

typedef struct _KennisColumnPage KennisColumnPage;

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
