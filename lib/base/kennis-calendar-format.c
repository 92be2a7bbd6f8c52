#include "config.h"

#include "base/kennis-calendar-private.h"

static char *
put_digits (char *p, guint64 value, guint width)
{
  char digits[20];
  guint n = 0;

  do
    {
      digits[n++] = (char) ('0' + value % 10);
      value /= 10;
    }
  while (value > 0);
  for (; width > n; width--)
    *p++ = '0';
  while (n > 0)
    *p++ = digits[--n];
  return p;
}

/* .fraction of `width` digits without trailing zeros; nothing where it is 0. */
static char *
put_fraction (char *p, guint64 fraction, guint width)
{
  if (fraction == 0)
    return p;
  *p++ = '.';
  p = put_digits (p, fraction, width);
  while (p[-1] == '0')
    p--;
  return p;
}

static char *
put_date (char *p, gint32 day)
{
  int year, month, day_of_month;

  kennis_day_to_date (day, &year, &month, &day_of_month);
  p = put_digits (p, (guint64) year, 4);
  *p++ = '-';
  p = put_digits (p, (guint64) month, 2);
  *p++ = '-';
  return put_digits (p, (guint64) day_of_month, 2);
}

static gsize
close_text (char *buffer, char *p)
{
  *p = '\0';
  return (gsize) (p - buffer);
}

gsize
kennis_format_date (gint32 day, char *buffer)
{
  if (day < KENNIS_TIME_MIN / KENNIS_MS_PER_DAY || day > KENNIS_TIME_MAX / KENNIS_MS_PER_DAY)
    return close_text (buffer, buffer);
  return close_text (buffer, put_date (buffer, day));
}

gsize
kennis_format_time (gint64 time, char *buffer)
{
  char *p = buffer;

  if (time < KENNIS_TIME_MIN || time > KENNIS_TIME_MAX)
    return close_text (buffer, p);

  guint64 positive = (guint64) (time - KENNIS_TIME_MIN);
  guint64 ms = positive % KENNIS_MS_PER_DAY;
  p = put_date (p, (gint32) ((gint64) (positive / KENNIS_MS_PER_DAY) + KENNIS_TIME_MIN / KENNIS_MS_PER_DAY));
  *p++ = 'T';
  p = put_digits (p, ms / KENNIS_MS_PER_HOUR, 2);
  *p++ = ':';
  p = put_digits (p, ms / 60000 % 60, 2);
  *p++ = ':';
  p = put_digits (p, ms / 1000 % 60, 2);
  if (ms % 1000 != 0)
    {
      *p++ = '.';
      p = put_digits (p, ms % 1000, 3);
    }
  *p++ = 'Z';
  return close_text (buffer, p);
}

gsize
kennis_format_duration (gint64 duration, char *buffer)
{
  char *p = buffer;
  guint64 ms = duration < 0 ? -(guint64) duration : (guint64) duration;

  if (duration < 0)
    *p++ = '-';
  *p++ = 'P';
  *p++ = 'T';
  if (ms >= KENNIS_MS_PER_HOUR)
    {
      p = put_digits (p, ms / KENNIS_MS_PER_HOUR, 1);
      *p++ = 'H';
    }
  if (ms / 60000 % 60 != 0)
    {
      p = put_digits (p, ms / 60000 % 60, 1);
      *p++ = 'M';
    }
  if (ms % 60000 != 0 || ms == 0)
    {
      p = put_digits (p, ms / 1000 % 60, 1);
      p = put_fraction (p, ms % 1000, 3);
      *p++ = 'S';
    }
  return close_text (buffer, p);
}

gsize
kennis_format_decimal (gint64 value, guint scale, char *buffer)
{
  char *p = buffer;
  guint64 positive = value < 0 ? -(guint64) value : (guint64) value;
  guint64 unit = 1;

  g_return_val_if_fail (scale <= 18, close_text (buffer, buffer));

  for (guint i = 0; i < scale; i++)
    unit *= 10;
  if (value < 0)
    *p++ = '-';
  p = put_digits (p, positive / unit, 1);
  p = put_fraction (p, positive % unit, scale);
  return close_text (buffer, p);
}
