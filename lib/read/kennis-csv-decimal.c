#include "config.h"

#include "read/kennis-csv-read-private.h"

#include <string.h>

/* Is what begins here, up to where it ends, made of groups of three digits, with the mark between them? */
static gboolean
has_groups (const char *text, const char *end, char mark)
{
  gsize n = 0;

  while (text < end && g_ascii_isdigit (*text) && n < 4)
    text++, n++;
  if (n == 0 || n > 3)
    return FALSE;
  for (; text < end; text += 4)
    if (end - text < 4 || *text != mark || !g_ascii_isdigit (text[1]) || !g_ascii_isdigit (text[2])
        || !g_ascii_isdigit (text[3]))
      return FALSE;

  return TRUE;
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
  if (comma != NULL && point == NULL)
    return memchr (comma + 1, ',', (gsize) (end - comma - 1)) == NULL
               ? one_mark (text, comma, end, KENNIS_CSV_MARK_COMMA)
           : has_groups (text, end, ',') ? KENNIS_CSV_MARK_POINT
                                         : 0;
  if (point != NULL && comma == NULL)
    return memchr (point + 1, '.', (gsize) (end - point - 1)) == NULL
               ? one_mark (text, point, end, KENNIS_CSV_MARK_POINT)
               : 0;
  if (comma == NULL)
    return 0;
  if (point < comma)
    return has_groups (text, comma, '.') && is_digits (comma + 1, end) && end - comma > 1
               ? KENNIS_CSV_MARK_COMMA | KENNIS_CSV_MARK_THOUSANDS
               : 0;

  return has_groups (text, point, ',') && is_digits (point + 1, end) ? KENNIS_CSV_MARK_POINT : 0;
}
