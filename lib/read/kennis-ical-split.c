#include "config.h"

#include "read/kennis-ical-private.h"

#include <string.h>

/* ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

void
kennis_ical_lines_init (KennisIcalLines *self,
                        KennisBytes     *bytes,
                        GCancellable    *cancellable)
{
  *self = (KennisIcalLines) { .bytes = bytes, .cancellable = cancellable, .line = 1, .next_line = 1 };
  self->chunk = g_malloc (KENNIS_CSV_CHUNK);
  self->text = g_string_new (NULL);
}

void
kennis_ical_lines_clear (KennisIcalLines *self)
{
  g_clear_pointer (&self->chunk, g_free);
  g_string_free (self->text, TRUE);
}

/* The next byte, without taking it; −1 at the end, −2 with an error. */
static int
look (KennisIcalLines *self, GError **error)
{
  gssize n;

  if (self->at < self->end)
    return (guint8) self->chunk[self->at];
  if (self->at_end)
    return -1;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return -2;
  n = kennis_bytes_read (self->bytes, (guint8 *) self->chunk, KENNIS_CSV_CHUNK, self->cancellable, error);
  if (n < 0)
    return -2;
  self->at = 0;
  self->end = (gsize) n;
  self->at_end = n == 0;

  return n > 0 ? (guint8) self->chunk[0] : -1;
}

/* One line as it stands, without its end, at the end of the text. */
static int
take_line (KennisIcalLines *self, GError **error)
{
  int c;

  while ((c = look (self, error)) >= 0 && c != '\n' && c != '\r')
    {
      const char *from = self->chunk + self->at;
      gsize n = 0, room = KENNIS_ICAL_MAX_LINE - MIN (self->text->len, KENNIS_ICAL_MAX_LINE);

      while (self->at + n < self->end && from[n] != '\n' && from[n] != '\r')
        n++;
      self->is_long = self->is_long || n > room;
      g_string_append_len (self->text, from, (gssize) MIN (n, room));
      self->at += n;
    }
  if (c == -2)
    return -1;
  self->next_line++;
  /* CR, LF, CRLF and CR CR LF each end one line. */
  while (c == '\r')
    {
      self->at++;
      c = look (self, error);
    }
  if (c == '\n')
    self->at++;

  return c == -2 ? -1 : 1;
}

int
kennis_ical_lines_next (KennisIcalLines *self,
                        GError         **error)
{
  int c;

  g_string_truncate (self->text, 0);
  self->is_long = FALSE;
  self->line = self->next_line;
  c = look (self, error);
  if (c < 0)
    return c == -1 ? 0 : -1;
  if (take_line (self, error) < 0)
    return -1;
  /* What begins with a blank goes on the line before. */
  while ((c = look (self, error)) == ' ' || c == '\t')
    {
      self->at++;
      if (take_line (self, error) < 0)
        return -1;
    }
  if (c == -2)
    return -1;
  /* Such a byte is of no text, and nothing behind it would be read. */
  for (gsize i = 0; i < self->text->len; i++)
    if (self->text->str[i] == '\0')
      self->text->str[i] = ' ';

  return 1;
}

gboolean
kennis_ical_is_line (const char *text,
                     const char *name)
{
  gsize n = strlen (name);

  return g_ascii_strncasecmp (text, name, n) == 0 && (text[n] == ':' || text[n] == ';');
}

const char *
kennis_ical_line_value (const char *text)
{
  gboolean in_quotes = FALSE;

  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        in_quotes = !in_quotes;
      else if (*text == ':' && !in_quotes)
        return text + 1;
    }

  return NULL;
}

/* ── Components ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
component_init (KennisIcalComponent *self)
{
  self->text = g_string_new (NULL);
  self->lines = g_array_new (FALSE, FALSE, sizeof (KennisIcalLine));
}

static void
component_clear (KennisIcalComponent *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->lines);
}

static void
component_begin (KennisIcalComponent *self, guint64 line)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->lines, 0);
  self->line = line;
  self->is_large = FALSE;
}

static void
component_add (KennisIcalComponent *self, const KennisIcalLines *lines)
{
  KennisIcalLine line = { self->text->len, lines->line };

  if (lines->is_long || lines->text->len >= KENNIS_ICAL_MAX_COMPONENT - self->text->len)
    {
      self->is_large = TRUE;
      return;
    }
  g_string_append_len (self->text, lines->text->str, (gssize) lines->text->len);
  g_string_append_c (self->text, '\0');
  g_array_append_val (self->lines, line);
}

void
kennis_ical_split_init (KennisIcalSplit *self,
                        KennisBytes     *bytes,
                        char *const     *extra,
                        GCancellable    *cancellable)
{
  *self = (KennisIcalSplit) { .extra = extra };
  kennis_ical_lines_init (&self->lines, bytes, cancellable);
  component_init (&self->event);
  component_init (&self->zone);
  self->calendar_name = g_string_new (NULL);
  self->method = g_string_new (NULL);
}

void
kennis_ical_split_clear (KennisIcalSplit *self)
{
  kennis_ical_lines_clear (&self->lines);
  component_clear (&self->event);
  component_clear (&self->zone);
  g_string_free (self->calendar_name, TRUE);
  g_string_free (self->method, TRUE);
}

/* Descriptions and files within are most of the bytes of most calendars, and nothing is made of them. */
static gboolean
is_wanted (const KennisIcalSplit *self, const char *text)
{
  static const char *const names[] = { "UID",      "DTSTART",  "DTEND",     "DURATION",  "SUMMARY",       "LOCATION",
                                       "CATEGORIES", "ORGANIZER", "ATTENDEE", "STATUS",   "CLASS",         "TRANSP",
                                       "SEQUENCE", "DTSTAMP", "RECURRENCE-ID", "RRULE",  "RDATE",    "EXDATE",        "EXRULE" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (kennis_ical_is_line (text, names[i]))
      return TRUE;
  for (char *const *name = self->extra; name != NULL && *name != NULL; name++)
    if (kennis_ical_is_line (text, *name))
      return TRUE;

  return FALSE;
}

/* What is no UTF-8 is what old programs on Windows wrote; that is said, once. */
static void
mend_text (KennisIcalSplit *self)
{
  GString *text = self->lines.text;
  g_autofree char *mended = NULL;

  if (g_utf8_validate (text->str, (gssize) text->len, NULL))
    return;
  /* A line that was cut off may end within a character; it is refused anyway. */
  if (!self->lines.is_long && self->n_not_utf_8++ == 0)
    self->first_not_utf_8 = self->lines.line;
  mended = g_convert_with_fallback (text->str, (gssize) text->len, "UTF-8", "WINDOWS-1252", "?", NULL, NULL, NULL);
  if (mended == NULL)
    mended = g_utf8_make_valid (text->str, (gssize) text->len);
  g_string_assign (text, mended);
}

static KennisIcalPart
begin (KennisIcalSplit *self, const char *name)
{
  self->depth++;
  if (g_ascii_strcasecmp (name, "VCALENDAR") == 0)
    {
      /* One that begins before the last one was closed. */
      self->depth = 1;
      self->event_depth = self->zone_depth = 0;
      self->has_calendar = TRUE;
      g_string_truncate (self->calendar_name, 0);
      g_string_truncate (self->method, 0);
      return KENNIS_ICAL_CALENDAR;
    }
  if (self->zone_depth > 0)
    component_add (&self->zone, &self->lines);
  else if (self->event_depth == 0 && g_ascii_strcasecmp (name, "VEVENT") == 0)
    {
      self->event_depth = self->depth;
      component_begin (&self->event, self->lines.line);
    }
  else if (self->event_depth == 0 && g_ascii_strcasecmp (name, "VTIMEZONE") == 0)
    {
      self->zone_depth = self->depth;
      component_begin (&self->zone, self->lines.line);
    }

  return KENNIS_ICAL_END;
}

static KennisIcalPart
end (KennisIcalSplit *self)
{
  KennisIcalPart part = KENNIS_ICAL_END;

  if (self->zone_depth > 0 && self->depth > self->zone_depth)
    component_add (&self->zone, &self->lines);
  if (self->event_depth > 0 && self->depth == self->event_depth)
    {
      self->event_depth = 0;
      part = KENNIS_ICAL_EVENT;
    }
  else if (self->zone_depth > 0 && self->depth == self->zone_depth)
    {
      self->zone_depth = 0;
      part = KENNIS_ICAL_ZONE;
    }
  self->depth -= self->depth > 0;

  return part;
}

static void
take_calendar_line (KennisIcalSplit *self, const char *text)
{
  const char *value = kennis_ical_line_value (text);

  if (value == NULL)
    return;
  if (kennis_ical_is_line (text, "METHOD"))
    g_string_assign (self->method, value);
  else if (kennis_ical_is_line (text, "X-WR-CALNAME")
           || (self->calendar_name->len == 0 && kennis_ical_is_line (text, "NAME")))
    {
      g_string_truncate (self->calendar_name, 0);
      for (; *value != '\0'; value++)
        if (*value != '\\')
          g_string_append_c (self->calendar_name, *value);
        else if (*++value != '\0')
          g_string_append_c (self->calendar_name, *value == 'n' || *value == 'N' ? ' ' : *value);
        else
          break;
    }
}

static KennisIcalPart
take (KennisIcalSplit *self)
{
  const char *text = self->lines.text->str;

  if (g_ascii_strncasecmp (text, "BEGIN:", 6) == 0)
    return begin (self, g_strstrip (self->lines.text->str + 6));
  if (g_ascii_strncasecmp (text, "END:", 4) == 0)
    return end (self);
  if (self->zone_depth > 0)
    {
      mend_text (self);
      component_add (&self->zone, &self->lines);
    }
  else if (self->event_depth == self->depth && self->depth > 0)
    {
      if (is_wanted (self, text))
        {
          mend_text (self);
          component_add (&self->event, &self->lines);
        }
    }
  else if (self->depth == 1)
    {
      mend_text (self);
      take_calendar_line (self, self->lines.text->str);
    }

  return KENNIS_ICAL_END;
}

KennisIcalPart
kennis_ical_split_next (KennisIcalSplit *self,
                        GError         **error)
{
  int got;

  while ((got = kennis_ical_lines_next (&self->lines, error)) > 0)
    {
      KennisIcalPart part;

      /* A byte order mark, also where files were put one behind the other. */
      if (g_str_has_prefix (self->lines.text->str, "\xef\xbb\xbf"))
        g_string_erase (self->lines.text, 0, 3);
      part = take (self);
      if (part != KENNIS_ICAL_END)
        return part;
    }
  self->is_unended = self->depth > 0;

  return got < 0 ? KENNIS_ICAL_ERROR : KENNIS_ICAL_END;
}
