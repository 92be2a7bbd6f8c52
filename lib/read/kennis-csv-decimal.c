#include "config.h"

#include "read/kennis-csv-read-private.h"

#include <string.h>

/* Is what begins here, up to where it ends, made of groups of three digits, with the mark between them?  How many marks; −1: it is not. */
static int
count_groups (const char *text, const char *end, const char *mark)
{
  gsize n = 0, length = strlen (mark);
  int n_marks = 0;

  while (text < end && g_ascii_isdigit (*text) && n < 4)
    text++, n++;
  if (n == 0 || n > 3)
    return -1;
  for (; text < end; text += length + 3, n_marks++)
    if ((gsize) (end - text) < length + 3 || memcmp (text, mark, length) != 0 || !g_ascii_isdigit (text[length])
        || !g_ascii_isdigit (text[length + 1]) || !g_ascii_isdigit (text[length + 2]))
      return -1;

  return n_marks;
}

static gboolean
has_groups (const char *text, const char *end, const char *mark)
{
  return count_groups (text, end, mark) >= 0;
}

static const struct { guint shown; const char *mark; } others[] = {
  { KENNIS_CSV_MARK_SPACES, " " },
  { KENNIS_CSV_MARK_NBSP, "\xc2\xa0" },
  { KENNIS_CSV_MARK_NARROW, "\xe2\x80\xaf" },
  { KENNIS_CSV_MARK_APOSTROPHES, "'" },
};

/* Spaces and apostrophes can only stand between thousands: "1 234,5" shows both marks, "1 234 567" the one, "1 234" may be two numbers. */
static guint
other_marks (const char *text, const char *end, const char *decimal)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      int n = count_groups (text, decimal != NULL ? decimal : end, others[i].mark);

      if (n < 1 || (decimal == NULL && n < 2))
        continue;
      return others[i].shown | (decimal == NULL ? 0 : *decimal == ',' ? KENNIS_CSV_MARK_COMMA : KENNIS_CSV_MARK_POINT);
    }

  return 0;
}

const char *
kennis_csv_thousands (guint marks, char decimal)
{
  guint against = decimal == ',' ? KENNIS_CSV_MARK_POINT : KENNIS_CSV_MARK_COMMA;

  /* One mark only, of numbers that all have this decimal mark. */
  marks &= (marks & against) != 0 ? 0 : ~(guint) KENNIS_CSV_MARK_ALL_DECIMAL;
  if (marks == KENNIS_CSV_MARK_THOUSANDS)
    return decimal == ',' ? "." : ",";
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (marks == others[i].shown)
      return others[i].mark;

  return "";
}

static gboolean
is_digits (const char *text, const char *end)
{
  while (text < end && g_ascii_isdigit (*text))
    text++;

  return text == end;
}

/* One mark of this kind and none of the other one: "1,500" may be both, "1,5" and "0,500" may not. */
static guint
one_mark (const char *text, const char *mark, const char *end, guint proves)
{
  if (!is_digits (text, mark) || !is_digits (mark + 1, end) || end - mark < 2)
    return 0;

  return end - mark == 4 && mark > text && *text != '0' && mark - text <= 3 ? 0 : proves;
}

guint
kennis_csv_number_marks (const char *text,
                         gsize       length)
{
  const char *end = text + length, *comma, *point;

  if (text < end && end[-1] == '%')
    end--;
  while (text < end && end[-1] == ' ')
    end--;
  if (text < end && (*text == '-' || *text == '+'))
    text++;
  comma = memchr (text, ',', (gsize) (end - text));
  point = memchr (text, '.', (gsize) (end - text));
  if (comma == NULL || point == NULL)
    {
      const char *decimal = comma != NULL ? comma : point;
      guint shown =
          decimal == NULL || (is_digits (decimal + 1, end) && end - decimal > 1) ? other_marks (text, end, decimal) : 0;

      if (shown != 0)
        return shown;
    }
  if (comma != NULL && point == NULL)
    return memchr (comma + 1, ',', (gsize) (end - comma - 1)) == NULL
               ? one_mark (text, comma, end, KENNIS_CSV_MARK_COMMA)
           : has_groups (text, end, ",") ? KENNIS_CSV_MARK_POINT | KENNIS_CSV_MARK_THOUSANDS
                                         : 0;
  if (point != NULL && comma == NULL)
    return memchr (point + 1, '.', (gsize) (end - point - 1)) == NULL
               ? one_mark (text, point, end, KENNIS_CSV_MARK_POINT)
           : has_groups (text, end, ".") ? KENNIS_CSV_MARK_COMMA | KENNIS_CSV_MARK_THOUSANDS
                                         : 0;
  if (comma == NULL)
    return 0;
  if (point < comma)
    return has_groups (text, comma, ".") && is_digits (comma + 1, end) && end - comma > 1
               ? KENNIS_CSV_MARK_COMMA | KENNIS_CSV_MARK_THOUSANDS
               : 0;

  return has_groups (text, point, ",") && is_digits (point + 1, end) ? KENNIS_CSV_MARK_POINT | KENNIS_CSV_MARK_THOUSANDS
                                                                     : 0;
}
