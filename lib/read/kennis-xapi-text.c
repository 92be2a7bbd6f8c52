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

/* Sixteen bytes side by side, which any processor's vector instructions handle at once. */
typedef gint8 Bytes __attribute__ ((vector_size (16)));
typedef guint16 Pairs __attribute__ ((vector_size (16)));
typedef guint8 Half __attribute__ ((vector_size (8)));
typedef gint64 Words __attribute__ ((vector_size (16)));

static inline guint64
four_and_four (const char *text,
               const char *more)
{
  guint32 halves[2];
  guint64 word;

  memcpy (&halves[0], text, sizeof halves[0]);
  memcpy (&halves[1], more, sizeof halves[1]);
  memcpy (&word, halves, sizeof word);

  return word;
}

/* What each hexadecimal digit is worth; *is_digit is −1 where it is one. */
static inline Bytes
digit_values (Words  text,
              Bytes *is_digit)
{
  const Bytes bytes = (Bytes) text, small = bytes | 0x20;
  const Bytes is_number = (Bytes) (bytes >= '0') & (Bytes) (bytes <= '9');
  const Bytes is_letter = (Bytes) (small >= 'a') & (Bytes) (small <= 'f');

  *is_digit = is_number | is_letter;

  return (bytes & 0x0f) + (is_letter & 9);
}

/* Two digits a byte. */
static inline Half
packed (Bytes values)
{
  const guint16 ones = 1;
  const gboolean is_little = *(const guint8 *) &ones == 1;
  Pairs pairs = (Pairs) values;

  return __builtin_convertvector(is_little ? (pairs << 4 | pairs >> 8) & 0xff : (pairs >> 4 | pairs) & 0xff, Half);
}

gboolean
kennis_xapi_uuid (const char *text,
                  gsize       length,
                  guint8     *uuid)
{
  Bytes first, second, is_first, is_second;
  Half halves[2];
  Words all;

  if (length != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
    return FALSE;
  first = digit_values ((Words) { (gint64) kennis_eight_at (text), (gint64) four_and_four (text + 9, text + 14) },
                        &is_first);
  second = digit_values (
      (Words) { (gint64) four_and_four (text + 19, text + 24), (gint64) kennis_eight_at (text + 28) }, &is_second);
  all = (Words) (is_first & is_second);
  halves[0] = packed (first);
  halves[1] = packed (second);
  memcpy (uuid, halves, 16);

  return (all[0] & all[1]) == -1;
}

/* The units of a duration in the order in which they stand; weeks stand alone. */
typedef struct
{
  double  value;
  char    unit;
  gboolean has_fraction, in_time;
} Part;

#define MAX_PARTS 7
#define MOST_MS   1e15           /* over 30 000 years: out of any range, and so are sums with it */

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

/* "PT1H30M5.25S" and parts of it, which is what nearly all are; false: the slow way. */
static gboolean
plain_duration (const char *text,
                gsize       length,
                gint64     *duration)
{
  static const guint32 units[] = { ['H'] = 3600000, ['M'] = 60000, ['S'] = 1000 };
  const char *at = text + 2, *end = text + length;
  guint32 last = G_MAXUINT32;
  gint64 ms = 0;

  if (length < 4 || text[0] != 'P' || text[1] != 'T')
    return FALSE;
  while (at < end)
    {
      const char *from = at;
      guint32 value = 0, fraction = 0, unit;

      for (; at < end && g_ascii_isdigit (*at); at++)
        value = value * 10 + (guint32) (*at - '0');
      if (at == from || at - from > 6 || at == end)
        return FALSE;
      if (*at == '.')
        {
          guint32 place = 100;

          for (from = ++at; at < end && g_ascii_isdigit (*at); at++, place /= 10)
            fraction += (guint32) (*at - '0') * place;
          /* Of the last part, and no more than can be told exactly. */
          if (at == from || at - from > 3 || at + 1 != end || *at != 'S')
            return FALSE;
        }
      unit = (guchar) *at < G_N_ELEMENTS (units) ? units[(guchar) *at] : 0;
      if (unit == 0 || unit >= last)
        return FALSE;
      ms += (gint64) value * unit + fraction;
      last = unit;
      at++;
    }
  *duration = ms;

  return TRUE;
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

  if (plain_duration (text, length, duration))
    return KENNIS_XAPI_DURATION_SOUND;
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
  *duration = (gint64) (MIN (ms, MOST_MS) + 0.5);

  return lower ? KENNIS_XAPI_DURATION_LENIENT : state;
}

/* Two digits at a place; *bad is over 15 where something else stands there. */
static inline guint
two_digits (const char *text,
            guint      *bad)
{
  guint tens = (guint) (guchar) text[0] - '0', ones = (guint) (guchar) text[1] - '0';

  *bad |= tens | ones | (tens + 6) | (ones + 6);

  return tens * 10 + ones;
}

gboolean
kennis_xapi_plain_time (const char *text,
                        gsize       length,
                        gint64     *time)
{
  int ms = 0, place = 100, offset = 0;
  guint year, month, day, hour, minute, second, bad = 0;
  gsize i = 19;

  if (length < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' ') || text[13] != ':'
      || text[16] != ':')
    return FALSE;
  year = two_digits (text, &bad) * 100 + two_digits (text + 2, &bad);
  month = two_digits (text + 5, &bad);
  day = two_digits (text + 8, &bad);
  hour = two_digits (text + 11, &bad);
  minute = two_digits (text + 14, &bad);
  second = two_digits (text + 17, &bad);
  if (bad > 15 || hour > 23 || minute > 59 || second > 59 || !kennis_date_is_valid ((int) year, (int) month, (int) day))
    return FALSE;
  if (text[i] == '.')
    for (i++; i < length && g_ascii_isdigit (text[i]); i++, place /= 10)
      ms += (text[i] - '0') * place;
  if (i + 1 == length && text[i] == 'Z' && text[i - 1] != '.')
    offset = 0;
  else if (i + 6 == length && (text[i] == '+' || text[i] == '-') && text[i + 3] == ':')
    {
      guint h = two_digits (text + i + 1, &bad), m = two_digits (text + i + 4, &bad);

      if (bad > 15 || h > 23 || m > 59 || (text[i] == '-' && h + m == 0) || text[i - 1] == '.')
        return FALSE;
      offset = (int) (h * 60 + m) * (text[i] == '-' ? -60 : 60);
    }
  else
    return FALSE;
  *time = kennis_day_from_date ((int) year, (int) month, (int) day) * KENNIS_MS_PER_DAY
          + ((int) ((hour * 60 + minute) * 60 + second) - offset) * G_GINT64_CONSTANT (1000) + ms;

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

  if (kennis_xapi_plain_time (text, length, time))
    return TRUE;

  return length >= 16 && !has_negative_zero (text, length)
         && kennis_parse_time (text, length, calendar, time, &problem);
}
