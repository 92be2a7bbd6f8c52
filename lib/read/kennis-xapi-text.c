#include "config.h"

#include "read/kennis-xapi-private.h"

/* What no IRI (RFC 3987) holds: controls, space and <>"{}|\^` */
static const guint32 no_iri[8] = { 0xffffffff, 0x50000005, 0x50000000, 0xb8000001 };

gboolean
kennis_xapi_is_iri (const char *text,
                    gsize       length)
{
  gsize i = 1;

  if (length < 3 || !g_ascii_isalpha (text[0]))
    return FALSE;
  while (i < length && (g_ascii_isalnum (text[i]) || text[i] == '+' || text[i] == '-' || text[i] == '.'))
    i++;
  if (i + 1 >= length || text[i] != ':')
    return FALSE;
  for (i++; i < length; i++)
    if ((no_iri[(guchar) text[i] >> 5] >> (text[i] & 31)) & 1)
      return FALSE;

  return TRUE;
}

/* The shape of RFC 5646: parts of up to eight letters and digits between hyphens, the first one of letters. */
gboolean
kennis_xapi_is_language (const char *text,
                         gsize       length)
{
  gsize part = 0;
  gboolean first = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '-')
        {
          if (part == 0)
            return FALSE;
          part = 0;
          first = FALSE;
        }
      else if (!(first ? g_ascii_isalpha (text[i]) : g_ascii_isalnum (text[i])) || ++part > 8)
        return FALSE;
    }

  /* A first part of one letter is x or i, and not alone. */
  return part > 0 && (length < 2 ? FALSE : text[1] != '-' || strchr ("xXiI", text[0]) != NULL);
}

/* Every byte of a word at once, each under 128: its highest bit is set where it is n or more. */
#define EACH(n) (G_GUINT64_CONSTANT (0x0101010101010101) * (n))
#define AT_LEAST(word, n) ((word) + EACH (0x80 - (n)))

/* Eight hexadecimal digits to four bytes; false: they are not. */
static inline gboolean
eight_digits (const char *text,
              guint8     *bytes)
{
  guint64 word, letters, digits_only, letters_only, values;
  guint32 four;

  memcpy (&word, text, sizeof word);
  word = GUINT64_FROM_LE (word);
  letters = word | EACH (0x20);
  digits_only = AT_LEAST (word, '0') & ~AT_LEAST (word, '9' + 1);
  letters_only = AT_LEAST (letters, 'a') & ~AT_LEAST (letters, 'f' + 1);
  if ((word & EACH (0x80)) != 0 || ((digits_only | letters_only) & EACH (0x80)) != EACH (0x80))
    return FALSE;
  values = (word & EACH (0x0f)) + 9 * ((word >> 6) & EACH (1));
  values = (values << 4 | values >> 8) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  values = (values | values >> 8) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  four = GUINT32_TO_LE ((guint32) (values | values >> 16));
  memcpy (bytes, &four, sizeof four);

  return TRUE;
}

gboolean
kennis_xapi_uuid (const char *text,
                  gsize       length,
                  guint8     *uuid)
{
  char digits[32];

  if (length != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
    return FALSE;
  memcpy (digits, text, 8);
  memcpy (digits + 8, text + 9, 4);
  memcpy (digits + 12, text + 14, 4);
  memcpy (digits + 16, text + 19, 4);
  memcpy (digits + 20, text + 24, 12);

  return eight_digits (digits, uuid) && eight_digits (digits + 8, uuid + 4) && eight_digits (digits + 16, uuid + 8)
         && eight_digits (digits + 24, uuid + 12);
}

/* The units of a duration in the order in which they stand; weeks stand alone. */
typedef struct
{
  double  value;
  char    unit;
  gboolean has_fraction, in_time;
} Part;

#define MAX_PARTS 7

/* "1.5H": a number, and what it counts. */
static const char *
read_part (const char *text,
           const char *end,
           Part       *part)
{
  double value = 0, place = 1;
  guint n_digits = 0;

  for (; text < end && g_ascii_isdigit (*text); text++, n_digits++)
    value = value * 10 + (*text - '0');
  if (n_digits == 0)
    return NULL;
  part->has_fraction = text < end && (*text == '.' || *text == ',');
  if (part->has_fraction)
    {
      text++;
      for (n_digits = 0; text < end && g_ascii_isdigit (*text); text++, n_digits++)
        if (n_digits < 15)
          value += (*text - '0') * (place /= 10);
      if (n_digits == 0)
        return NULL;
    }
  if (text == end || value > 1e13)
    return NULL;
  part->value = value;
  part->unit = *text;

  return text + 1;
}

/* Where the parts stand in order and each at most once; a fraction but in the last part is lenient. */
static KennisXapiDuration
weigh (Part   *parts,
       guint   n,
       double  year_days,
       double *ms)
{
  static const char order[] = "YmWDHMS"; /* m: months */
  double units[] = { year_days * 86400e3, year_days * 7200e3, 604800e3, 86400e3, 3600e3, 60e3, 1e3 };
  KennisXapiDuration state = KENNIS_XAPI_DURATION_SOUND;
  int last = -1;

  *ms = 0;
  for (guint i = 0; i < n; i++)
    {
      char unit = parts[i].unit == 'M' && !parts[i].in_time ? 'm' : parts[i].unit;
      const char *found = unit != '\0' && unit != 'm' ? strchr (order, unit) : unit == 'm' ? order + 1 : NULL;
      int index = found != NULL ? (int) (found - order) : -1;

      if (index < 0 || index <= last || (parts[i].in_time && index < 4))
        return KENNIS_XAPI_DURATION_BAD;
      /* Weeks stand alone, and a fraction stands in the last part. */
      if ((unit == 'W' && n > 1) || (parts[i].has_fraction && i + 1 < n))
        state = MAX (state, KENNIS_XAPI_DURATION_LENIENT);
      if (index < 2 && parts[i].value > 0 && year_days <= 0)
        state = KENNIS_XAPI_DURATION_UNKNOWN;
      last = index;
      *ms += parts[i].value * units[index];
    }

  return state;
}

KennisXapiDuration
kennis_xapi_duration (const char *text,
                      gsize       length,
                      double      year_days,
                      gint64     *duration)
{
  const char *end = text + length, *at = text + 1;
  Part parts[MAX_PARTS];
  guint n = 0;
  gboolean in_time = FALSE, lower = FALSE;
  KennisXapiDuration state;
  double ms;

  *duration = KENNIS_UNKNOWN;
  if (length < 3 || (text[0] != 'P' && text[0] != 'p'))
    return KENNIS_XAPI_DURATION_BAD;
  lower = text[0] == 'p';
  while (at < end)
    {
      if (*at == 'T' || *at == 't')
        {
          if (in_time || at + 1 == end)
            return KENNIS_XAPI_DURATION_BAD;
          lower = lower || *at == 't';
          in_time = TRUE;
          at++;
        }
      if (n == MAX_PARTS || (at = read_part (at, end, &parts[n])) == NULL)
        return KENNIS_XAPI_DURATION_BAD;
      lower = lower || g_ascii_islower (parts[n].unit);
      parts[n].unit = g_ascii_toupper (parts[n].unit);
      /* "P16559.14S": hours and seconds cannot be anything else. */
      parts[n].in_time = in_time;
      n++;
    }
  state = n > 0 ? weigh (parts, n, year_days, &ms) : KENNIS_XAPI_DURATION_BAD;
  if (state == KENNIS_XAPI_DURATION_BAD || state == KENNIS_XAPI_DURATION_UNKNOWN)
    return state;
  *duration = (gint64) (ms + 0.5);

  return lower ? KENNIS_XAPI_DURATION_LENIENT : state;
}

/* n digits at a place; −1: something else stands there. */
static inline int
digits (const char *text,
        guint       n)
{
  int value = 0;

  for (guint i = 0; i < n; i++)
    {
      guint digit = (guint) (guchar) text[i] - '0';

      if (digit > 9)
        return -1;
      value = value * 10 + (int) digit;
    }

  return value;
}

/* "2024-03-01T09:30:15.123Z" and "+01:00", which is what nearly all are; false: the slow way. */
static gboolean
plain_time (const char *text,
            gsize       length,
            gint64     *time)
{
  int year, month, day, hour, minute, second, ms = 0, place = 100, offset = 0;
  gsize i = 19;

  if (length < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' ') || text[13] != ':'
      || text[16] != ':')
    return FALSE;
  year = digits (text, 4);
  month = digits (text + 5, 2);
  day = digits (text + 8, 2);
  hour = digits (text + 11, 2);
  minute = digits (text + 14, 2);
  second = digits (text + 17, 2);
  if ((year | month | day | hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59
      || !kennis_date_is_valid (year, month, day))
    return FALSE;
  if (text[i] == '.')
    for (i++; i < length && g_ascii_isdigit (text[i]); i++, place /= 10)
      ms += (text[i] - '0') * place;
  if (i + 1 == length && text[i] == 'Z' && text[i - 1] != '.')
    offset = 0;
  else if (i + 6 == length && (text[i] == '+' || text[i] == '-') && text[i + 3] == ':')
    {
      int h = digits (text + i + 1, 2), m = digits (text + i + 4, 2);

      if (h < 0 || m < 0 || h > 23 || m > 59 || (text[i] == '-' && h + m == 0) || text[i - 1] == '.')
        return FALSE;
      offset = (h * 60 + m) * (text[i] == '-' ? -60 : 60);
    }
  else
    return FALSE;
  *time = kennis_day_from_date (year, month, day) * KENNIS_MS_PER_DAY
          + ((hour * 60 + minute) * 60 + second - offset) * G_GINT64_CONSTANT (1000) + ms;

  return TRUE;
}

static gboolean
has_negative_zero (const char *text,
                   gsize       length)
{
  return (length > 6 && memcmp (text + length - 6, "-00:00", 6) == 0)
         || (length > 5 && memcmp (text + length - 5, "-0000", 5) == 0 && memchr (text, 'T', length) != NULL)
         || (length > 13 && memcmp (text + length - 3, "-00", 3) == 0 && memchr (text, 'T', length) != NULL);
}

gboolean
kennis_xapi_time (const char           *text,
                  gsize                 length,
                  const KennisCalendar *calendar,
                  gint64               *time)
{
  const char *problem = NULL;

  if (plain_time (text, length, time))
    return TRUE;

  return length >= 16 && !has_negative_zero (text, length)
         && kennis_parse_time (text, length, calendar, time, &problem);
}
