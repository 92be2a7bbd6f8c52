#include "config.h"

#include <math.h>
#include <string.h>
#include "base/kennis-i18n-private.h"

#include "base/kennis-calendar-private.h"
#include "base/kennis-eight-private.h"

static const char time_problem[] = N_("a time is written like 2024-03-01T09:30:15Z or 2024-03-01T09:30:15+01:00");
static const char range_problem[] = N_("times run from the year 0001 to the year 9999");
static const char local_problem[] = N_("a time needs its offset here, like 2024-03-01T09:30:15Z or 2024-03-01T09:30:15+01:00");
static const char date_problem[] = N_("there is no such date; dates run from 0001-01-01 to 9999-12-31");
static const char clock_problem[] = N_("there is no such time of day; it runs from 00:00:00 to 24:00:00");
static const char offset_problem[] = N_("there is no such offset; it is Z, or from -23:59 to +23:59");

/* What is left of the text.  No function reads at or after `end`. */
typedef struct
{
  const char *at, *end;
} Scan;

static inline gsize
scan_left (const Scan *scan)
{
  return (gsize) (scan->end - scan->at);
}

static inline gboolean
scan_char (Scan *scan, char c)
{
  if (scan->at == scan->end || *scan->at != c)
    return FALSE;
  scan->at++;
  return TRUE;
}

static inline gboolean
scan_digit (const Scan *scan)
{
  return scan->at < scan->end && g_ascii_isdigit (*scan->at);
}

/* Two digits, or 100 and more where they are no digits. */
static inline unsigned
two_digits (const char *p)
{
  unsigned a = (unsigned char) p[0] - (unsigned) '0', b = (unsigned char) p[1] - (unsigned) '0';

  return a <= 9 && b <= 9 ? 10 * a + b : 100;
}

static inline gboolean
scan_two (Scan *scan, unsigned *value)
{
  if (scan_left (scan) < 2 || (*value = two_digits (scan->at)) > 99)
    return FALSE;
  scan->at += 2;
  return TRUE;
}

static gboolean
fail (const char **problem, const char *why)
{
  if (problem != NULL)
    *problem = why;
  return FALSE;
}

typedef struct
{
  unsigned year, month, day, hour, minute, second, ms;
  gboolean basic, timed, zoned;
  int offset;      /* minutes east */
} Moment;

static gboolean
scan_date (Scan *scan, Moment *moment)
{
  unsigned century, year;

  if (!scan_two (scan, &century) || !scan_two (scan, &year))
    return FALSE;
  moment->year = 100 * century + year;
  moment->basic = !scan_char (scan, '-');
  if (!scan_two (scan, &moment->month) || (!moment->basic && !scan_char (scan, '-')))
    return FALSE;
  return scan_two (scan, &moment->day);
}

static gboolean
scan_fraction (Scan *scan, Moment *moment)
{
  unsigned weight = 100;

  if (!scan_digit (scan))
    return FALSE;
  for (; scan_digit (scan); scan->at++, weight /= 10)
    moment->ms += weight * (unsigned) (*scan->at - '0');
  return TRUE;
}

static gboolean
scan_clock (Scan *scan, Moment *moment)
{
  if (!scan_two (scan, &moment->hour) || (!moment->basic && !scan_char (scan, ':'))
      || !scan_two (scan, &moment->minute))
    return FALSE;
  if (moment->basic ? !scan_digit (scan) : !scan_char (scan, ':'))
    return TRUE;
  if (!scan_two (scan, &moment->second))
    return FALSE;
  if (scan_char (scan, '.') || scan_char (scan, ','))
    return scan_fraction (scan, moment);
  return TRUE;
}

static gboolean
scan_offset (Scan *scan, Moment *moment, const char **problem)
{
  unsigned hour, minute = 0;
  gboolean west;

  if (scan->at == scan->end)
    return TRUE;
  moment->zoned = TRUE;
  if (scan_char (scan, 'Z'))
    return TRUE;
  west = scan_char (scan, '-');
  if ((!west && !scan_char (scan, '+')) || !scan_two (scan, &hour))
    return fail (problem, time_problem);
  /* ±hhmm after an extended time breaks the letter of ISO 8601, but many programs write it and it reads one way. */
  if (scan->at < scan->end && ((void) scan_char (scan, ':'), !scan_two (scan, &minute)))
    return fail (problem, time_problem);
  if (hour > 23 || minute > 59)
    return fail (problem, offset_problem);
  moment->offset = (west ? -1 : 1) * (int) (60 * hour + minute);
  return TRUE;
}

static gboolean
check_moment (Moment *moment, const char **problem)
{
  if (!kennis_date_is_valid ((int) moment->year, (int) moment->month, (int) moment->day))
    return fail (problem, date_problem);
  if (moment->hour > 24 || moment->minute > 59 || moment->second > 60
      || (moment->hour == 24 && (moment->minute | moment->second | moment->ms) != 0))
    return fail (problem, clock_problem);
  if (moment->second == 60) /* a leap second, which Unix time does not have */
    {
      moment->second = 59;
      moment->ms = 999;
    }
  return TRUE;
}

static gboolean
resolve (const Moment *moment, const KennisCalendar *calendar, gint64 *time, const char **problem)
{
  gint32 day = kennis_day_from_date ((int) moment->year, (int) moment->month, (int) moment->day);
  gint64 result;

  if (!moment->zoned && calendar == NULL)
    return fail (problem, local_problem);
  if (moment->zoned)
    result = day * KENNIS_MS_PER_DAY + (gint64) (moment->hour * 60 + moment->minute) * 60000 + moment->second * 1000
             + moment->ms - moment->offset * (gint64) 60000;
  else if (!moment->timed)
    result = kennis_calendar_day_start (calendar, day);
  else
    result = kennis_calendar_local (calendar, (int) moment->year, (int) moment->month, (int) moment->day,
                                    (int) moment->hour, (int) moment->minute, (int) moment->second, (int) moment->ms);
  if (result < KENNIS_TIME_MIN || result > KENNIS_TIME_MAX)
    return fail (problem, range_problem);
  *time = result;
  return TRUE;
}

/* Four bytes, and the first of them is the lowest. */
static inline guint64
load_four (const char *p)
{
  guint32 bytes;

  memcpy (&bytes, p, sizeof bytes);
  return GUINT32_FROM_LE (bytes);
}

/* Bytes that should be digits but where `pattern` says otherwise: digits are in *digits as numbers.  The sum takes a byte
 * over 9 beyond 0x7f; where that carries into the next byte, this one has told already. */
static inline gboolean
take_digits (guint64 bytes, guint64 pattern, guint64 others, guint64 *digits)
{
  guint64 d = bytes ^ pattern;

  *digits = d;
  return ((((d + G_GUINT64_CONSTANT (0x7676767676767676)) | d) & G_GUINT64_CONSTANT (0x8080808080808080))
          | (d & others))
         == 0;
}

/* The number of two digits that begins at this byte. */
static inline unsigned
pair (guint64 digits, unsigned byte)
{
  return 10 * (unsigned) (digits >> 8 * byte & 0xff) + (unsigned) (digits >> 8 * (byte + 1) & 0xff);
}

/* The two spellings that fill files: 2024-03-01T09:30:15Z and 2024-03-01T09:30:15+01:00.  What is odd about the
 * value itself (a leap second, a date that is not) goes the long way round. */
static inline gboolean
parse_common (const char *p, gsize length, gint64 *time)
{
  guint64 date, clock, seconds;
  gint64 offset = 0;

  if (length == 25 && (p[19] == '+' || p[19] == '-') && p[22] == ':')
    {
      unsigned hour = two_digits (p + 20), minute = two_digits (p + 23);

      if (hour > 23 || minute > 59)
        return FALSE;
      offset = (gint64) (60 * hour + minute) * (p[19] == '-' ? -60000 : 60000);
    }
  else if (length != 20 || p[19] != 'Z')
    return FALSE;
  /* "0000-00-", "00T00:00" and ":00" with the byte behind it, which was looked at. */
  if (!take_digits (kennis_eight_from (p), G_GUINT64_CONSTANT (0x2d30302d30303030),
                    G_GUINT64_CONSTANT (0xff0000ff00000000), &date)
      || !take_digits (kennis_eight_from (p + 8), G_GUINT64_CONSTANT (0x30303a3030543030),
                       G_GUINT64_CONSTANT (0x0000ff0000ff0000), &clock)
      || !take_digits (load_four (p + 16) & 0xffffff, 0x30303a, 0xff, &seconds))
    return FALSE;

  unsigned century = pair (date, 0), year = pair (date, 2), month = pair (date, 5), day = pair (clock, 0);
  unsigned hour = pair (clock, 3), minute = pair (clock, 6), second = pair (seconds, 1);

  if (century < 1 || month - 1 > 11 || day - 1 > 27 || hour > 23 || minute > 59 || second > 59)
    return FALSE;
  *time = kennis_day_from_date ((int) (100 * century + year), (int) month, (int) day) * KENNIS_MS_PER_DAY
          + (gint64) ((hour * 60 + minute) * 60 + second) * 1000 - offset;
  return *time <= KENNIS_TIME_MAX;
}

gboolean
kennis_parse_time (const char *text, gsize length, const KennisCalendar *calendar, gint64 *time, const char **problem)
{
  Scan scan = { text, text + length };
  Moment moment = { 0 };
  gint64 common;

  if (G_LIKELY (parse_common (text, length, &common)))
    {
      *time = common;
      return TRUE;
    }
  if (!scan_date (&scan, &moment))
    return fail (problem, time_problem);
  if (scan.at < scan.end)
    {
      moment.timed = TRUE;
      if (!scan_char (&scan, 'T') || !scan_clock (&scan, &moment))
        return fail (problem, time_problem);
      if (!scan_offset (&scan, &moment, problem))
        return FALSE;
      if (scan.at != scan.end)
        return fail (problem, time_problem);
    }
  return check_moment (&moment, problem) && resolve (&moment, calendar, time, problem);
}
