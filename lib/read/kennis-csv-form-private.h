#pragma once

#include <glib.h>
#include <string.h>

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

/* one: what 1 is in what is read; a multiple of 10^n_decimals. */
void kennis_csv_form_init (KennisCsvForm *self, char point, guint n_decimals, guint64 one);

/* Eight digits, the first one in the lowest byte. */
static inline __attribute__ ((always_inline)) guint64
kennis_csv_eight_digits (guint64 x)
{
  x = x * 2561 >> 8;
  x = (x & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff)) * 6553601 >> 16;

  return (x & G_GUINT64_CONSTANT (0x0000ffff0000ffff)) * G_GUINT64_CONSTANT (42949672960001) >> 32;
}

/* A number that is written so, all of it at once; −1: it may still be one.  Behind the text eight bytes may be looked at. */
static inline __attribute__ ((always_inline)) gint64
kennis_csv_form_read (const KennisCsvForm *self, const char *text, gsize length)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  guint64 x, before;

  if (G_UNLIKELY (length - self->least > KENNIS_CSV_FORM_MOST - self->least))
    return -1;
  memcpy (&x, text, sizeof x);
  /* The last character is the highest byte, and before the first one there is nothing but 0. */
  before = 64 - 8 * length;
  x = (x ^ self->text >> before) << before;
  if (G_UNLIKELY (((x | (x + self->digits)) & self->wrong) != 0))
    return -1;

  return (gint64) (kennis_csv_eight_digits ((x & self->whole) << 8 | (x & self->decimals)) * self->factor);
#else
  return -1;
#endif
}
