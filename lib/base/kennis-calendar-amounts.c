#include "config.h"

#include <math.h>
#include <string.h>
#include "base/kennis-i18n-private.h"

#include "base/kennis-calendar-private.h"

static const char duration_problem[] = N_("a duration is written like PT1H30M, P2DT4H or P1W, with a fraction in its last part only");
static const char negative_problem[] = N_("a duration is never negative");
static const char inexact_problem[] = N_("years and months have no exact length; write weeks, days or hours, or say how long a year is");
static const char decimal_problem[] = N_("a number is written like 12.5, without exponent or thousands separator");
static const char precision_problem[] = N_("a number has no more decimals than are kept here");
static const char large_problem[] = N_("the number is too large");

#define FRACTION_DIGITS 18      /* what is kept of a fraction; a digit beyond can only break a tie */

/* A decimal number as it stands in the text: whole + fraction / 10^18. */
typedef struct
{
  guint64  whole, fraction;
  guint    n_whole, n_fraction;      /* digits read */
  guint    last;                     /* place of the last decimal that is not 0 */
  gboolean pointed, too_large;
} Decimal;

static gboolean
fail (const char **problem, const char *why)
{
  if (problem != NULL)
    *problem = why;
  return FALSE;
}

static const char *
read_decimal (const char *p, const char *end, gboolean comma, Decimal *out)
{
  guint64 weight = G_GUINT64_CONSTANT (100000000000000000);

  memset (out, 0, sizeof *out);
  for (; p < end && g_ascii_isdigit (*p); p++, out->n_whole++)
    {
      guint64 digit = (guint64) (*p - '0');

      if (out->whole > (G_MAXINT64 - digit) / 10)
        out->too_large = TRUE;
      else
        out->whole = 10 * out->whole + digit;
    }
  if (p == end || (*p != '.' && !(comma && *p == ',')))
    return p;
  out->pointed = TRUE;
  for (p++; p < end && g_ascii_isdigit (*p); p++, weight /= 10)
    {
      guint64 digit = (guint64) (*p - '0');

      out->n_fraction++;
      out->fraction += weight * digit;
      if (digit != 0)
        out->last = out->n_fraction;
    }
  return p;
}

/* number × unit, rounded half up to an integer.  False where it does not fit. */
static gboolean
times (const Decimal *number, guint64 unit, gint64 *value)
{
  const guint64 one = G_GUINT64_CONSTANT (1000000000000000000);
  unsigned __int128 whole = (unsigned __int128) number->whole * unit;

  if (number->fraction != 0)
    whole += (guint64) (((unsigned __int128) number->fraction * unit + one / 2) / one);
  if (number->too_large || whole > G_MAXINT64)
    return FALSE;
  *value = (gint64) whole;
  return TRUE;
}

static guint64
unit_of (char letter, gboolean in_time, double year_days)
{
  switch (letter)
    {
    case 'Y':
      return in_time ? 0 : (guint64) llround (year_days * KENNIS_MS_PER_DAY);
    case 'M':
      return in_time ? 60000 : (guint64) llround (year_days * KENNIS_MS_PER_DAY / 12);
    case 'W':
      return in_time ? 0 : 7 * KENNIS_MS_PER_DAY;
    case 'D':
      return in_time ? 0 : KENNIS_MS_PER_DAY;
    case 'H':
      return in_time ? KENNIS_MS_PER_HOUR : 0;
    case 'S':
      return in_time ? 1000 : 0;
    default:
      return 0;
    }
}

/* How far a duration is read. */
typedef struct
{
  const char *at, *end;
  double      year_days;
  gsize       place;         /* units before this one of the order are past */
  gboolean    in_time, first, ended;
} Parts;

/* One number with its unit, in ms. */
static gboolean
read_part (Parts *parts, gint64 *part, const char **problem)
{
  static const char order[] = "YMDTHmSW"; /* m: minutes */
  Decimal number;
  const char *found;
  char letter;

  parts->at = read_decimal (parts->at, parts->end, TRUE, &number);
  if (parts->ended || parts->at == parts->end || number.n_whole == 0 || (number.pointed && number.n_fraction == 0))
    return fail (problem, duration_problem);

  letter = *parts->at++;
  found = letter == '\0' || letter == 'm' || letter == 'T'
              ? NULL
              : strchr (order, parts->in_time && letter == 'M' ? 'm' : letter);
  if (found == NULL || (gsize) (found - order) < parts->place || (letter == 'W' && !parts->first))
    return fail (problem, duration_problem);
  parts->place = (gsize) (found - order) + 1;
  if (!parts->in_time && (letter == 'Y' || letter == 'M') && !(parts->year_days > 0 && parts->year_days < 1e6))
    return fail (problem, inexact_problem);

  guint64 unit = unit_of (letter, parts->in_time, parts->year_days);
  if (unit == 0)
    return fail (problem, duration_problem);
  if (!times (&number, unit, part))
    return fail (problem, large_problem);
  parts->first = FALSE;
  parts->ended = number.pointed || letter == 'W';
  return TRUE;
}

/* What fills files: PT90M and the like. */
static gboolean
parse_common_duration (const char *text, gsize length, gint64 *duration)
{
  gint64 number = 0;

  if (length < 4 || length > 10 || text[0] != 'P' || text[1] != 'T')
    return FALSE;
  for (gsize i = 2; i < length - 1; i++)
    {
      guint digit = (guint) (guchar) text[i] - '0';

      if (digit > 9)
        return FALSE;
      number = 10 * number + digit;
    }
  switch (text[length - 1])
    {
    case 'H':
      *duration = number * KENNIS_MS_PER_HOUR;
      return TRUE;
    case 'M':
      *duration = number * 60000;
      return TRUE;
    case 'S':
      *duration = number * 1000;
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
kennis_parse_duration (const char *text, gsize length, double year_days, gint64 *duration, const char **problem)
{
  Parts parts = { text + 1, text + length, year_days, 0, FALSE, TRUE, FALSE };
  gint64 sum = 0, part;

  if (parse_common_duration (text, length, duration))
    return TRUE;
  if (length > 0 && *text == '-')
    return fail (problem, negative_problem);
  if (length < 3 || *text != 'P')
    return fail (problem, duration_problem);
  while (parts.at < parts.end)
    {
      if (*parts.at == 'T' && !parts.in_time && !parts.ended)
        {
          parts.in_time = TRUE;
          parts.first = FALSE;
          parts.place = 4;
          if (++parts.at == parts.end)
            return fail (problem, duration_problem);
        }
      if (!read_part (&parts, &part, problem))
        return FALSE;
      if (part > G_MAXINT64 - sum)
        return fail (problem, large_problem);
      sum += part;
    }
  *duration = sum;
  return TRUE;
}

/* Sign and number, and nothing else. */
static gboolean
read_number (const char *text, gsize length, Decimal *number, gboolean *negative, const char **problem)
{
  const char *p = text, *end = text + length;

  *negative = length > 0 && *p == '-';
  if (length > 0 && (*p == '-' || *p == '+'))
    p++;
  p = read_decimal (p, end, FALSE, number);
  if (p != end || number->n_whole + number->n_fraction == 0)
    return fail (problem, decimal_problem);
  return TRUE;
}

/* A few digits without a sign, none of them too far behind the point. */
static gboolean
parse_common_decimal (const char *text, gsize length, guint scale, gint64 *value)
{
  static const gint64 powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
  gint64 number = 0;
  guint n = 0, n_whole = 0;
  gboolean pointed = FALSE;

  if (length > 10 || scale >= G_N_ELEMENTS (powers))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      guint digit = (guint) (guchar) text[i] - '0';

      if (digit <= 9)
        {
          number = 10 * number + digit;
          n++;
        }
      else if (text[i] == '.' && !pointed)
        {
          pointed = TRUE;
          n_whole = n;
        }
      else
        return FALSE;
    }
  if (n == 0 || (pointed && n - n_whole > scale))
    return FALSE;
  *value = number * powers[pointed ? scale - (n - n_whole) : scale];
  return TRUE;
}

gboolean
kennis_parse_decimal (const char *text, gsize length, guint scale, gint64 *value, const char **problem)
{
  Decimal number;
  gboolean negative;
  guint64 unit = 1;
  gint64 result;

  g_return_val_if_fail (scale <= FRACTION_DIGITS, FALSE);

  if (parse_common_decimal (text, length, scale, value))
    return TRUE;
  if (!read_number (text, length, &number, &negative, problem))
    return FALSE;
  if (number.last > scale)
    return fail (problem, precision_problem);
  for (guint i = 0; i < scale; i++)
    unit *= 10;
  if (!times (&number, unit, &result))
    return fail (problem, large_problem);
  *value = negative ? -result : result;
  return TRUE;
}

gboolean
kennis_parse_hours (const char *text, gsize length, gint64 *duration, const char **problem)
{
  Decimal number;
  gboolean negative;
  gint64 result;

  if (!read_number (text, length, &number, &negative, problem))
    return FALSE;
  if (negative && (number.whole != 0 || number.last != 0))
    return fail (problem, negative_problem);
  if (!times (&number, KENNIS_MS_PER_HOUR, &result))
    return fail (problem, large_problem);
  *duration = result;
  return TRUE;
}
