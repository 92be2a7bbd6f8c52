#pragma once

#include <glib.h>
#include <string.h>

/* Cells of one column that stand in rows of one text, and numbers that are written all alike in them. */

typedef struct
{
  const char *text;
  guint32 *const *rows;      /* rows[i][k]: where cell k of row i ends */
  guint32 column;
  guint n;
} KennisCsvCells;

/* The text of row i's cell; behind it 16 bytes may be looked at.  is_last: of the last column, before the end of line. */
static inline __attribute__ ((always_inline)) const char *
kennis_csv_cell (const KennisCsvCells *cells, guint i, gboolean is_last, gsize *length)
{
  const guint32 *ends = cells->rows[i] + cells->column;
  guint32 from = ends[-1] + 1, to = ends[0];

  *length = to - from;
  if (is_last && to > from && cells->text[to - 1] == '\r')
    --*length;

  return cells->text + from;
}

/* How numbers with so many decimals are written, up to eight characters: with a point before them, or without either. */
typedef struct
{
  gsize   least;                         /* characters */
  guint64 text, digits;                  /* its characters, were all digits 0; and 6 where there is a digit */
  guint64 wrong;                         /* of what differs from the text, as it is and with 6 more: bits that no digit sets */
  guint64 whole, decimals;               /* the bytes of digits before and behind the point */
  guint64 factor;                        /* to what the cell says */
} KennisCsvForm;

#define KENNIS_CSV_FORM_MOST ((gsize) 8)      /* characters that are read at once */

/* one: what 1 is in what is read; a multiple of 10^n_decimals, and less than 2^32. */
void   kennis_csv_form_init (KennisCsvForm *self, char point, guint n_decimals, guint64 one);
/* A number that is written so; −1: it may still be one. */
gint64 kennis_csv_form_read (const KennisCsvForm *self, const char *text, gsize length);
/* Those of row `first` and up, to the first one that is not written so, or is no 32 bits: its row. */
guint  kennis_csv_form_read_cells (const KennisCsvForm *self, const KennisCsvCells *cells, gboolean is_last, guint first,
                                   guint32 *out);
