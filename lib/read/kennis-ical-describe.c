#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-description-private.h"
#include "read/kennis-ical-private.h"

#include <string.h>

#define MAX_EVENTS 5000u    /* that are looked at */
#define MAX_TEXTS  2000u    /* different titles, and categories */
#define SHOWN      20u

/* What a calendar holds, for who has no mapping of it yet. */
typedef struct
{
  GPtrArray  *columns, *examples;
  GHashTable *known;          /* names of properties */
  GHashTable *titles, *categories;   /* text → how often */
  guint       depth, event_depth, n_events;
} Look;

static void
count (GHashTable *texts, const char *text)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (texts, text));

  if (*text != '\0' && (n > 0 || g_hash_table_size (texts) < MAX_TEXTS))
    g_hash_table_insert (texts, g_strdup (text), GUINT_TO_POINTER (n + 1));
}

/* Without backslashes; the members of a list are apart. */
static void
count_members (GHashTable *texts, const char *value, gboolean is_list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (;; value++)
    if (*value == '\0' || (is_list && *value == ','))
      {
        count (texts, g_strstrip (text->str));
        g_string_truncate (text, 0);
        if (*value == '\0')
          return;
      }
    else if (*value == '\\' && value[1] != '\0')
      {
        value++;
        g_string_append_c (text, *value == 'n' || *value == 'N' ? ' ' : *value);
      }
    else
      g_string_append_c (text, *value);
}

static void
take_property (Look *self, const char *line)
{
  const char *value = kennis_ical_line_value (line);
  g_autofree char *name = g_ascii_strup (line, (gssize) strcspn (line, ":;")), *valid = NULL;

  if (value == NULL || *name == '\0')
    return;
  valid = g_utf8_make_valid (value, (gssize) MIN (strlen (value), 400));
  if (!g_hash_table_contains (self->known, name) && self->columns->len < 200)
    {
      g_ptr_array_add (self->columns, g_utf8_make_valid (name, -1));
      g_ptr_array_add (self->examples, g_strdup (valid));
      g_hash_table_add (self->known, g_strdup (name));
    }
  if (g_str_equal (name, "SUMMARY"))
    count_members (self->titles, valid, FALSE);
  else if (g_str_equal (name, "CATEGORIES"))
    count_members (self->categories, valid, TRUE);
}

static void
take_line (Look *self, char *line)
{
  if (g_ascii_strncasecmp (line, "BEGIN:", 6) == 0)
    {
      self->depth++;
      if (self->event_depth == 0 && g_ascii_strcasecmp (g_strstrip (line + 6), "VEVENT") == 0)
        {
          self->event_depth = self->depth;
          self->n_events++;
        }
    }
  else if (g_ascii_strncasecmp (line, "END:", 4) == 0)
    {
      if (self->depth == self->event_depth)
        self->event_depth = 0;
      self->depth -= self->depth > 0;
    }
  else if (self->event_depth > 0 && self->depth == self->event_depth)
    take_property (self, line);
}

/* ── What the mapping does with it ────────────────────────────────────────────────────────────────────────────────── */

static gboolean
names_source (const KennisIcalMap *map, KennisIcalSource source, const char *property)
{
  for (guint i = 0; i < map->names->len; i++)
    {
      const GArray *names = g_array_index (map->names, GArray *, i);

      for (guint k = 0; names != NULL && k < names->len; k++)
        {
          const KennisIcalName *name = &g_array_index (names, KennisIcalName, k);

          if (name->source == source && (property == NULL || g_ascii_strcasecmp (name->property, property) == 0))
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_read (const KennisIcalMap *map, const char *property)
{
  static const char *const always[] = { "UID", "SEQUENCE", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "EXRULE", "STATUS",
                                        "ORGANIZER", "ATTENDEE", "DTSTART", "DTEND", "DURATION", NULL };

  if (g_strv_contains (always, property))
    return TRUE;
  if (g_str_equal (property, "SUMMARY"))
    return map->types->len > 0 || names_source (map, KENNIS_ICAL_FROM_SUMMARY, NULL);
  if (g_str_equal (property, "CATEGORIES"))
    return map->types->len > 0 || names_source (map, KENNIS_ICAL_FROM_CATEGORIES, NULL);
  if (g_str_equal (property, "LOCATION"))
    return names_source (map, KENNIS_ICAL_FROM_LOCATION, NULL);
  if (g_str_equal (property, "CLASS"))
    return names_source (map, KENNIS_ICAL_FROM_CLASS, NULL);
  if (g_str_equal (property, "TRANSP"))
    return names_source (map, KENNIS_ICAL_FROM_TRANSPARENCY, NULL);

  return names_source (map, KENNIS_ICAL_FROM_PROPERTY, property);
}

static gboolean
has_type (const KennisIcalMap *map, const char *text, gboolean is_category)
{
  for (guint t = 0; t < map->types->len; t++)
    {
      const GArray *patterns = map->types->pdata[t];

      for (guint i = 0; i < patterns->len; i++)
        {
          const KennisIcalPattern *pattern = &g_array_index (patterns, KennisIcalPattern, i);

          if ((is_category ? pattern->in_categories : pattern->in_summary)
              && g_regex_match (pattern->regex, text, 0, NULL))
            return TRUE;
        }
    }

  return FALSE;
}

typedef struct
{
  const char *text;
  guint       n;
} Counted;

static int
compare_counted (gconstpointer a, gconstpointer b)
{
  const Counted *x = a, *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;

  return strcmp (x->text, y->text);
}

/* The most frequent ones, a line each; map: without those that have a type. */
static void
append_counted (GString *to, const char *before, GHashTable *texts, const KennisIcalMap *map, gboolean is_category)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Counted));
  GHashTableIter iter;
  gpointer text, n;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &text, &n))
    {
      Counted one = { text, GPOINTER_TO_UINT (n) };

      if (map == NULL || !has_type (map, text, is_category))
        g_array_append_val (sorted, one);
    }
  g_array_sort (sorted, compare_counted);
  for (guint i = 0; i < MIN (sorted->len, SHOWN); i++)
    {
      const Counted *one = &g_array_index (sorted, Counted, i);
      g_autofree char *shown = kennis_read_quote (one->text, strlen (one->text));

      g_string_append_printf (to, "%s%s%s (%u)\n", before, is_category ? "category:" : "", shown, one->n);
    }
}

static char *
write_draft (const Look *self)
{
  GString *draft = g_string_new ("# A draft.  Give it an id and a title, say in [types] by which words of titles and "
                                 "by which categories your meetings are\n"
                                 "# told apart, and take out what says nothing; docs/calendar.md tells more.\n"
                                 "[mapping]\nid=my-calendar\nformat=ics\ntitle=My "
                                 "calendar\npresent=accepted;none;organizer\nday-hours=8\n\n[types]\n"
                                 "private=^priv|^personal\nretrospective=\\bretro\ntraining=\\btraining\\b\n");

  if (g_hash_table_size (self->categories) > 0)
    g_string_append (draft, "# The categories of this calendar, and how often each is there:\n");
  append_counted (draft, "#   ", self->categories, NULL, TRUE);
  if (g_hash_table_size (self->titles) > 0)
    g_string_append (draft, "# The titles:\n");
  append_counted (draft, "#   ", self->titles, NULL, FALSE);
  g_string_append (
      draft,
      "\n[rows]\nkeep={present ~ ^([2-9]|[1-9][0-9]+)$}\nignore={class ~ (?i)^(private|confidential)$}\nignore.2={type "
      "~ ^private$}\n\n"
      "[record moment "
      "meeting]\nunless-type=training\nsession={session}\nteam={attendees.team|organizer.team}\nkind=meeting\n"
      "time={start}\nattendees={attendees}\n\n"
      "[record moment retrospective]\ntype=retrospective\nsession={session}\nteam={attendees.team|organizer.team}\n"
      "kind=retrospective\ntime={start}\nattendees={attendees}\n\n"
      "[record activity "
      "training]\ntype=training\nsession={session}\nperson={attendee}\ntopic={summary}\nstart={start}\n"
      "ended={ended}\nduration={duration}\nform=formal\nsetting=detached\nstatus=completed\n");

  return g_string_free (draft, FALSE);
}

static gboolean
look_at (Look *self, KennisBytes *bytes, GCancellable *cancellable, GError **error)
{
  KennisIcalLines lines;
  int got = 0;

  kennis_ical_lines_init (&lines, bytes, cancellable);
  while (self->n_events < MAX_EVENTS && (got = kennis_ical_lines_next (&lines, error)) > 0)
    take_line (self, lines.text->str);
  kennis_ical_lines_clear (&lines);

  return got >= 0;
}

gboolean
kennis_ical_describe (KennisBytes   *bytes,
                      KennisMapping *mapping,
                      GPtrArray     *columns,
                      GPtrArray     *examples,
                      GPtrArray     *unused,
                      char         **titles,
                      char         **draft,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (KennisIcalMap) map = kennis_ical_map_new (mapping, error);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Look look = { columns, examples, known, texts, categories, 0, 0, 0 };
  GString *untyped;

  if (map == NULL || !look_at (&look, bytes, cancellable, error))
    return FALSE;
  for (guint i = 0; i < columns->len; i++)
    if (!is_read (map, columns->pdata[i]))
      g_ptr_array_add (unused, g_strdup (columns->pdata[i]));
  untyped = g_string_new (NULL);
  append_counted (untyped, "  ", texts, map, FALSE);
  append_counted (untyped, "  ", categories, map, TRUE);
  *titles = g_string_free (untyped, FALSE);
  *draft = write_draft (&look);

  return TRUE;
}
