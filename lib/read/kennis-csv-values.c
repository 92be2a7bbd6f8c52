#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-csv-private.h"

#include <string.h>

#define MAX_DIGITS 40

typedef struct
{
  char digits[MAX_DIGITS + 24];   /* room for the decimals of any scale */
  guint n;
} Digits;

/* Digits of the whole part, without the marks between thousands: three between every two. */
static gboolean
take_whole (const KennisCsvRules *rules, const char **text, const char *end, Digits *digits)
{
  gsize mark = strlen (rules->thousands);
  guint since_mark = 0, n_marks = 0;

  while (*text < end)
    {
      if (g_ascii_isdigit (**text) && digits->n < MAX_DIGITS)
        {
          digits->digits[digits->n++] = *(*text)++;
          since_mark++;
        }
      else if (mark > 0 && (gsize) (end - *text) > mark && memcmp (*text, rules->thousands, mark) == 0 && since_mark > 0
               && (n_marks == 0 ? since_mark <= 3 : since_mark == 3))
        {
          *text += mark;
          n_marks++;
          since_mark = 0;
        }
      else
        break;
    }

  return n_marks == 0 || since_mark == 3;
}

gboolean
kennis_csv_number (const KennisCsvRules *rules,
                   const char           *text,
                   gsize                 length,
                   guint                 scale,
                   gint64               *value,
                   const char          **accepted)
{
  Digits digits = { .n = 0 };
  const char *end = text + length;
  gboolean negative = length > 0 && *text == '-', up = FALSE, overflow = FALSE;
  guint n_decimals = 0;
  gint64 sum = 0;

  *accepted = rules->decimal == ','
                  ? N_("a number with a decimal comma, as 12,5")
                  : N_("a number with a decimal point, as 12.5, or a mapping that says “decimal=,” or “thousands=…”");
  if (length > 0 && (*text == '-' || *text == '+'))
    text++;
  if (!take_whole (rules, &text, end, &digits))
    return FALSE;
  if (text < end && *text == rules->decimal && (digits.n > 0 || text + 1 < end))
    for (text++; text < end && g_ascii_isdigit (*text); text++, n_decimals++)
      {
        if (n_decimals < scale)
          digits.digits[digits.n++] = *text;
        else if (n_decimals == scale)
          up = *text >= '5';
      }
  if (text < end || digits.n == 0)
    return FALSE;

  for (; n_decimals < scale; n_decimals++)
    digits.digits[digits.n++] = '0';
  for (guint i = 0; i < digits.n; i++)
    overflow = overflow || __builtin_mul_overflow (sum, 10, &sum)
               || __builtin_add_overflow (sum, digits.digits[i] - '0', &sum);
  if (overflow || __builtin_add_overflow (sum, up ? 1 : 0, &sum))
    {
      *accepted = N_("a smaller number");
      return FALSE;
    }
  *value = negative ? -sum : sum;

  return TRUE;
}

static gboolean
take_number (const char **text, const char *end, gint64 *number)
{
  guint n = 0;

  for (*number = 0; *text < end && g_ascii_isdigit (**text) && n < 9; (*text)++, n++)
    *number = *number * 10 + (**text - '0');

  return n > 0;
}

/* "1h 30m 51s", "2 hrs 5 min", "1 hour 3 minutes". */
static gboolean
words_duration (const char *text, const char *end, gint64 *value)
{
  static const struct { const char *word; gint64 ms; } units[] = {
    { "d", 86400000 }, { "day", 86400000 }, { "days", 86400000 },
    { "h", 3600000 }, { "hr", 3600000 }, { "hrs", 3600000 }, { "hour", 3600000 }, { "hours", 3600000 },
    { "m", 60000 }, { "min", 60000 }, { "mins", 60000 }, { "minute", 60000 }, { "minutes", 60000 },
    { "s", 1000 }, { "sec", 1000 }, { "secs", 1000 }, { "second", 1000 }, { "seconds", 1000 },
  };
  gint64 number, last = G_MAXINT64;

  *value = 0;
  while (text < end)
    {
      const char *word;
      gint64 ms = 0;

      if (!take_number (&text, end, &number))
        return FALSE;
      while (text < end && *text == ' ')
        text++;
      for (word = text; text < end && g_ascii_isalpha (*text);)
        text++;
      for (guint i = 0; i < G_N_ELEMENTS (units); i++)
        if (strlen (units[i].word) == (gsize) (text - word)
            && g_ascii_strncasecmp (units[i].word, word, (gsize) (text - word)) == 0)
          ms = units[i].ms;
      if (ms == 0 || ms >= last)
        return FALSE;
      last = ms;
      *value += number * ms;
      while (text < end && (*text == ' ' || *text == ','))
        text++;
    }

  return last != G_MAXINT64;
}

/* "1:30:51" is hours, minutes and seconds; "1:30" could be either and is refused. */
static gboolean
clock_duration (const char *text, const char *end, gint64 *value)
{
  gint64 hours, minutes, seconds;

  if (!take_number (&text, end, &hours) || text == end || *text++ != ':' || !take_number (&text, end, &minutes)
      || text == end || *text++ != ':' || !take_number (&text, end, &seconds) || text != end || minutes > 59
      || seconds > 59)
    return FALSE;
  *value = (hours * 3600 + minutes * 60 + seconds) * 1000;

  return TRUE;
}

gboolean
kennis_csv_duration (const KennisCsvRules *rules,
                     const char           *text,
                     gsize                 length,
                     KennisCellUnit            unit,
                     double                year_days,
                     gint64               *value,
                     const char          **accepted)
{
  static const gint64 ms_of_unit[] = {
    [KENNIS_CELL_HOURS] = 3600000, [KENNIS_CELL_MINUTES] = 60000, [KENNIS_CELL_SECONDS] = 1000, [KENNIS_CELL_MILLISECONDS] = 1,
  };
  gint64 micro;

  if (length > 0 && text[0] == 'P')
    return kennis_parse_duration (text, length, year_days, value, accepted);
  if (clock_duration (text, text + length, value) || words_duration (text, text + length, value))
    return TRUE;
  if (unit < KENNIS_CELL_HOURS || unit > KENNIS_CELL_MILLISECONDS)
    {
      *accepted = N_("PT1H30M, 1:30:00 or 1h 30m; for a plain number, a mapping that says its unit, as “@minutes”");
      return FALSE;
    }
  if (!kennis_csv_number (rules, text, length, 6, &micro, accepted))
    return FALSE;
  if (micro < 0 || micro / 1000000 > G_MAXINT64 / 3600000 / 2)
    {
      *accepted = N_("a duration from 0 to 366 days");
      return FALSE;
    }
  /* Whole units and what is left, so that nothing overflows; the nearest ms, halves up. */
  *value = micro / 1000000 * ms_of_unit[unit] + (micro % 1000000 * ms_of_unit[unit] + 500000) / 1000000;

  return TRUE;
}

/* The numbers of a date, in the order in which they stand; a month's name is its number + 100. */
static gboolean
take_date (const char **text, const char *end, gint64 *numbers, guint *n_digits)
{
  static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  const char *c = *text;

  for (guint i = 0; i < 3; i++)
    {
      const char *from = c;

      if (take_number (&c, end, &numbers[i]))
        n_digits[i] = (guint) (c - from);
      else
        {
          g_autofree char *word = NULL;
          const char *found;

          while (c < end && g_ascii_isalpha (*c))
            c++;
          word = g_ascii_strdown (from, MIN (c - from, 3));
          found = c - from >= 3 ? strstr (months, word) : NULL;
          if (found == NULL || (found - months) % 3 != 0)
            return FALSE;
          numbers[i] = 101 + (found - months) / 3;
          n_digits[i] = 0;
        }
      if (i < 2)
        {
          from = c;
          while (c < end && strchr ("/.-, ", *c) != NULL)
            c++;
          if (c == from || c - from > 2)
            return FALSE;
        }
    }
  *text = c;

  return TRUE;
}

guint
kennis_csv_date_orders (const char *text,
                        gsize       length)
{
  gint64 n[3];
  guint digits[3];
  const char *end = text + length;

  if (!take_date (&text, end, n, digits) || digits[0] > 2 || digits[1] > 2 || n[0] > 100 || n[1] > 100
      || (digits[2] != 4 && digits[2] != 2))
    return 0;

  return (n[0] <= 31 && n[1] <= 12 ? 1u : 0u) | (n[1] <= 31 && n[0] <= 12 ? 2u : 0u);
}

static gboolean
order_date (KennisDates dates, const gint64 *n, const guint *digits, int *year, int *month, int *day)
{
  guint y, m, d;

  if (digits[0] == 4)
    dates = KENNIS_DATES_YMD;
  else if (n[0] > 100)
    dates = KENNIS_DATES_MDY;
  else if (n[1] > 100)
    dates = KENNIS_DATES_DMY;
  if (dates == KENNIS_DATES_ISO)
    return FALSE;

  y = dates == KENNIS_DATES_YMD ? 0 : 2;
  m = dates == KENNIS_DATES_MDY ? 0 : 1;
  d = dates == KENNIS_DATES_YMD ? 2 : dates == KENNIS_DATES_MDY ? 1 : 0;
  if ((digits[y] != 4 && digits[y] != 2) || digits[d] > 2 || digits[m] > 2 || digits[d] == 0)
    return FALSE;
  *year = (int) n[y];
  if (digits[y] == 2)
    *year += *year < 70 ? 2000 : 1900;
  *month = (int) (n[m] > 100 ? n[m] - 100 : n[m]);
  *day = (int) n[d];

  return kennis_date_is_valid (*year, *month, *day);
}

/* After a date: "", or a clock with 12 or 24 hours. */
static gboolean
take_clock (const char *text, const char *end, int *hour, int *minute, int *second)
{
  gint64 h = 0, m = 0, s = 0;

  *hour = *minute = *second = 0;
  while (text < end && (*text == ' ' || *text == ',' || *text == 'T'))
    text++;
  if (text == end)
    return TRUE;
  if (!take_number (&text, end, &h) || text == end || (*text != ':' && *text != '.')
      || (text++, !take_number (&text, end, &m)))
    return FALSE;
  if (text < end && (*text == ':' || *text == '.') && (text++, !take_number (&text, end, &s)))
    return FALSE;
  if (text < end && *text == '.')
    for (text++; text < end && g_ascii_isdigit (*text);)
      text++;
  while (text < end
         && (*text == ' ' || memcmp (text, "\xc2", 1) == 0 || memcmp (text, "\xa0", 1) == 0
             || memcmp (text, "\xe2", 1) == 0 || memcmp (text, "\x80", 1) == 0 || memcmp (text, "\xaf", 1) == 0))
    text++;
  if (end - text == 2 && (text[1] == 'M' || text[1] == 'm') && strchr ("AaPp", text[0]) != NULL)
    {
      if (h < 1 || h > 12)
        return FALSE;
      h = h % 12 + (g_ascii_tolower (text[0]) == 'p' ? 12 : 0);
      text = end;
    }
  *hour = (int) h;
  *minute = (int) m;
  *second = (int) s;

  return text == end && h < 24 && m < 60 && s < 60;
}

/* A time as most databases print it: a space where ISO 8601 has a T, and a zone's name. */
static gboolean
iso_time (const char *text, gsize length, const KennisCalendar *calendar, gint64 *value, const char **accepted)
{
  char copy[48];

  if (length >= sizeof copy || length < 8)
    return FALSE;
  memcpy (copy, text, length);
  if (length > 11 && copy[10] == ' ')
    copy[10] = 'T';
  if (length > 4 && memcmp (copy + length - 4, " UTC", 4) == 0)
    {
      length -= 3;
      copy[length - 1] = 'Z';
    }

  return kennis_parse_time (copy, length, calendar, value, accepted);
}

gboolean
kennis_csv_time (const KennisCsvRules *rules,
                 const char           *text,
                 gsize                 length,
                 KennisCellUnit            unit,
                 const KennisCalendar *calendar,
                 gint64               *value,
                 const char          **accepted)
{
  const char *c = text, *end = text + length;
  gint64 n[3];
  guint digits[3];
  int year, month, day, hour, minute, second;

  if (unit == KENNIS_CELL_SECONDS || unit == KENNIS_CELL_MILLISECONDS)
    return kennis_csv_number (rules, text, length, unit == KENNIS_CELL_SECONDS ? 3 : 0, value, accepted);
  if (iso_time (text, length, calendar, value, accepted))
    return TRUE;

  *accepted = rules->dates == KENNIS_DATES_DMY ? N_("a date with the day first, as 31/12/2024, or 2024-12-31")
              : rules->dates == KENNIS_DATES_MDY
                  ? N_("a date with the month first, as 12/31/2024, or 2024-12-31")
                  : N_("a date as 2024-12-31, or a mapping that says “dates=dmy” or “dates=mdy”");
  if (!take_date (&c, end, n, digits) || !order_date (rules->dates, n, digits, &year, &month, &day)
      || !take_clock (c, end, &hour, &minute, &second))
    return FALSE;
  *value = kennis_calendar_local (calendar, year, month, day, hour, minute, second, 0);

  return TRUE;
}
