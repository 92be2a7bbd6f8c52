#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-mapping-private.h"

#include <kennis/kennis-error.h>
#include <stdio.h>
#include <string.h>

gboolean
kennis_map_wrong (GError     **error,
                  const char  *group,
                  const char  *key,
                  const char  *problem)
{
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, "[%s] %s: %s", group, key, problem);

  return FALSE;
}

static char **
plain_list (const char *text)
{
  char **list = g_strsplit (text, ";", -1);
  guint n = 0;

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_auto (GStrv) names = g_strsplit (list[i], "|", -1);
      g_autoptr (GString) joined = g_string_new (NULL);

      for (guint k = 0; names[k] != NULL; k++)
        {
          g_autofree char *plain = kennis_plain_name (names[k], -1);

          g_string_append_printf (joined, "%s%s", k > 0 ? "|" : "", plain);
        }
      g_free (list[i]);
      list[i] = NULL;
      if (joined->len > 0)
        list[n++] = g_strdup (joined->str);
    }
  list[n] = NULL;

  return list;
}

static GRegex *
regex (const char *group, const char *key, const char *text, GError **error)
{
  GRegex *compiled = g_regex_new (text, G_REGEX_OPTIMIZE, 0, error);

  if (compiled == NULL)
    g_prefix_error (error, "[%s] %s: ", group, key);

  return compiled;
}

/* How dates and numbers are written. */
static gboolean
parse_rules (KennisMapping *self, const char *key, const char *value, GError **error)
{
  static const char *const orders[] = { "iso", "dmy", "mdy", "ymd" };
  const char *group = "mapping", *mark;

  if (g_str_equal (key, "dates"))
    {
      for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
        if (g_str_equal (orders[i], value))
          return self->rules.dates = i, TRUE;
      return kennis_map_wrong (error, group, key, _("accepted are iso, dmy, mdy and ymd"));
    }
  if (g_str_equal (key, "decimal"))
    {
      if (!g_str_equal (value, ".") && !g_str_equal (value, ","))
        return kennis_map_wrong (error, group, key, _("accepted are . and ,"));
      return self->says_decimal = TRUE, self->rules.decimal = value[0], TRUE;
    }
  mark = g_str_equal (value, "space") ? " " : g_str_equal (value, "nbsp") ? "\302\240" : value;
  if (strlen (mark) >= sizeof self->rules.thousands || !g_utf8_validate (mark, -1, NULL)
      || g_utf8_strlen (mark, -1) != 1)
    return kennis_map_wrong (error, group, key, _("accepted is one character, “space” or “nbsp”"));

  return g_strlcpy (self->rules.thousands, mark, sizeof self->rules.thousands), TRUE;
}

/* One key of [mapping]. */
static gboolean
parse_general (KennisMapping *self, const char *key, const char *value, GError **error)
{
  const char *group = "mapping";
  int taken = kennis_map_statements_key (self, NULL, group, key, value, error);

  if (taken == 0)
    taken = kennis_map_calendar_key (self, key, value, error);
  if (taken != 0)
    return taken > 0;
  if (g_str_equal (key, "id"))
    return (g_free (self->id), self->id = g_strdup (value)), TRUE;
  if (g_str_equal (key, "title"))
    return (g_free (self->title), self->title = g_strdup (value)), TRUE;
  if (g_str_equal (key, "description"))
    return (g_free (self->description), self->description = g_strdup (value)), TRUE;
  if (g_str_equal (key, "zone"))
    return (g_free (self->zone), self->zone = g_strdup (value)), TRUE;
  if (g_str_equal (key, "zone-in-header"))
    return (self->zone_regex = regex (group, key, value, error)) != NULL;
  if (g_str_equal (key, "end"))
    return (self->end = regex (group, key, value, error)) != NULL;
  if (g_str_equal (key, "dates") || g_str_equal (key, "decimal") || g_str_equal (key, "thousands"))
    return parse_rules (self, key, value, error);
  if (g_str_equal (key, "encoding"))
    {
      self->encoding = kennis_encoding_parse (value);
      return self->encoding != KENNIS_ENCODING_UNKNOWN
             || kennis_map_wrong (error, group, key, _("accepted are UTF-8, UTF-16LE, UTF-16BE and Windows-1252"));
    }
  if (g_str_equal (key, "delimiter"))
    {
      self->delimiter = g_str_equal (value, "tab") ? '\t' : g_str_equal (value, "semicolon") ? ';' : value[0];
      return (strlen (value) == 1 || self->delimiter == '\t' || self->delimiter == ';')
             || kennis_map_wrong (error, group, key, _("accepted are , | tab and semicolon"));
    }
  if (g_str_equal (key, "header-rows"))
    {
      if (!g_ascii_isdigit (value[0]) || value[1] != '\0' || value[0] == '0')
        return kennis_map_wrong (error, group, key, _("accepted is 1 to 9"));
      return self->extra_rows = (guint) (value[0] - '1'), TRUE;
    }
  if (g_str_equal (key, "empty"))
    {
      g_auto (GStrv) list = plain_list (value);

      for (char **word = list; *word != NULL; word++)
        g_hash_table_add (self->empties, g_strdup (*word));
      return TRUE;
    }

  return kennis_map_wrong (
      error, group, key,
      _("is no such key; accepted are id, title, description, dates, decimal, thousands, zone, "
        "zone-in-header, encoding, "
        "delimiter, header-rows, empty, end, format and accounts; and for calendars present, from, until, day-hours "
        "and occurrences"));
}

static gboolean
parse_match (KennisMapping *self, const char *key, const char *value, GError **error)
{
  char ***list = g_str_equal (key, "columns") ? &self->match : g_str_equal (key, "absent") ? &self->absent : NULL;

  if (list == NULL)
    return kennis_map_wrong (error, "match", key, _("is no such key; accepted are columns and absent"));
  g_strfreev (*list);
  *list = plain_list (value);

  return TRUE;
}

static gboolean
parse_rows (KennisMapping *self, const char *key, const char *value, GError **error)
{
  GArray *list = g_str_has_prefix (key, "keep") ? self->keeps : g_str_has_prefix (key, "ignore") ? self->ignores : NULL;
  KennisTemplate template;

  if (list == NULL)
    return kennis_map_wrong (error, "rows", key, _("is no such key; accepted are keep, ignore, keep.2, …"));
  if (!kennis_template_init (&template, value, &self->n_columns, error))
    return FALSE;
  g_array_append_val (list, template);

  return !kennis_template_uses_each (&template)
         || kennis_map_wrong (error, "rows", key, _("{#column} and {#value} are of records only"));
}

static int
compare_fields (gconstpointer a, gconstpointer b)
{
  const KennisMapField *x = a, *y = b;

  return x->field < y->field ? -1 : x->field > y->field;
}

/* "status", "attributes.gender", "aliases.2"; "duration.hours" is looked at where "duration" says nothing. */
static gboolean
parse_field (KennisMapping *self, KennisMapRecord *record, const char *group, const char *key, const char *value, GError **error)
{
  const char *dot = strchr (key, '.');
  int index = kennis_schema_find_field (record->schema, key, dot != NULL ? dot - key : -1);
  KennisMapField field = { 0 };
  KennisKind kind;

  if (index < 0)
    return kennis_map_wrong (
        error, group, key,
        _("is no field of this record; accepted are those of docs/file-format.md, when, unless, each, "
          "except and needs"));
  kind = record->schema->fields[index].kind;
  if (dot == NULL && kind == KENNIS_KIND_PAIRS)
    return kennis_map_wrong (error, group, key, _("accepted is “attributes.name”"));
  if (!kennis_template_init (&field.template, value, &self->n_columns, error))
    {
      g_prefix_error (error, "[%s] %s: ", group, key);
      return FALSE;
    }
  field.field = (guint) index;
  field.member = kind == KENNIS_KIND_PAIRS ? g_strdup (dot + 1) : NULL;
  g_array_append_val (record->fields, field);

  return TRUE;
}

static gboolean
parse_needs (KennisMapRecord *record, const char *group, const char *value, GError **error)
{
  g_auto (GStrv) list = g_strsplit (value, ";", -1);

  for (char **name = list; *name != NULL; name++)
    {
      int index = kennis_schema_find_field (record->schema, g_strstrip (*name), -1);

      if (index < 0 && **name != '\0')
        return kennis_map_wrong (error, group, "needs", _("accepted are fields of the record, with ; between them"));
      if (index >= 0)
        record->needs |= 1u << index;
    }

  return TRUE;
}

static gboolean
parse_record_key (KennisMapping *self, KennisMapRecord *record, const char *group, const char *key, const char *value,
                  GError **error)
{
  int taken = kennis_map_statements_key (self, record, group, key, value, error);

  if (taken != 0)
    return taken > 0;
  if (g_str_equal (key, "when") || g_str_equal (key, "unless"))
    {
      KennisTemplate *template = key[0] == 'w' ? &record->when : &record->unless;

      return kennis_template_init (template, value, &self->n_columns, error)
             && (!kennis_template_uses_each (template)
                 || kennis_map_wrong (error, group, key, _("{#column} and {#value} are of fields only")));
    }
  if (g_str_equal (key, "needs"))
    return parse_needs (record, group, value, error);
  if (g_str_equal (key, "each") || g_str_equal (key, "except"))
    {
      char ***list = key[1] == 'a' ? &record->each : &record->except;

      g_strfreev (*list);
      *list = plain_list (value);
      return TRUE;
    }

  return parse_field (self, record, group, key, value, error);
}

static gboolean
uses_each (const KennisMapRecord *record)
{
  for (guint f = 0; f < record->fields->len; f++)
    if (kennis_template_uses_each (&g_array_index (record->fields, KennisMapField, f).template))
      return TRUE;

  return FALSE;
}

static gboolean
parse_record (KennisMapping *self, GKeyFile *file, const char *group, GError **error)
{
  g_auto (GStrv) words = g_strsplit (group, " ", 3), keys = g_key_file_get_keys (file, group, NULL, NULL);
  const KennisSchema *schema = words[1] != NULL ? kennis_schema_find (words[1], -1) : NULL;
  KennisMapRecord *record;

  if (schema == NULL)
    return kennis_map_wrong (error, group, "", _("is no record type; accepted is as [record activity]"));
  record = g_new0 (KennisMapRecord, 1);
  record->schema = schema;
  record->fields = g_array_new (FALSE, TRUE, sizeof (KennisMapField));
  g_ptr_array_add (self->records, record);
  for (char **key = keys; *key != NULL; key++)
    {
      g_autofree char *value = g_key_file_get_value (file, group, *key, NULL);

      if (!parse_record_key (self, record, group, *key, value, error))
        return FALSE;
    }
  if (record->each == NULL && uses_each (record))
    return kennis_map_wrong (error, group, "each", _("is missing, and {#column} and {#value} need it"));
  for (guint f = 0; f < schema->n_fields; f++)
    if ((schema->fields[f].flags & KENNIS_FIELD_REQUIRED) != 0)
      {
        gboolean found = FALSE;

        for (guint i = 0; i < record->fields->len; i++)
          found = found || g_array_index (record->fields, KennisMapField, i).field == f;
        if (!found)
          return kennis_map_wrong (error, group, schema->fields[f].name,
                                   _("is missing, and every such record needs it"));
      }
  g_array_sort (record->fields, compare_fields);

  return TRUE;
}

static gboolean
parse_words (KennisMapping *self, GKeyFile *file, const char *group, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_replace (self->words, g_strdup (group + strlen ("words ")), table);
  for (char **key = keys; *key != NULL; key++)
    g_hash_table_replace (table, kennis_plain_name (*key, -1), g_key_file_get_value (file, group, *key, NULL));

  return TRUE;
}

gboolean
kennis_map_coverage_day (const char  *text,
                         gint64      *day,
                         const char **accepted)
{
  int y, m, d;
  char rest;

  *accepted = _("accepted is a date as 2024-12-31");
  if (sscanf (text, "%4d-%2d-%2d%c", &y, &m, &d, &rest) != 3 || !kennis_date_is_valid (y, m, d))
    return FALSE;
  *day = kennis_day_from_date (y, m, d);

  return TRUE;
}

static gboolean
parse_day (const char *group, const char *key, const char *value, gint64 *day, GError **error)
{
  const char *accepted;

  return kennis_map_coverage_day (value, day, &accepted) || kennis_map_wrong (error, group, key, accepted);
}

/* [coverage activity]: fields=duration;status from=2024-01-01 until=2025-01-01 */
static gboolean
parse_coverage (KennisMapping *self, GKeyFile *file, const char *group, GError **error)
{
  const KennisSchema *schema = kennis_schema_find (group + strlen ("coverage "), -1);
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL), fields = NULL;
  KennisMapCoverage coverage = { .field = -1, .from = KENNIS_UNKNOWN, .until = KENNIS_UNKNOWN };

  if (schema == NULL)
    return kennis_map_wrong (error, group, "", _("is no record type; accepted is as [coverage activity]"));
  coverage.type = schema->type;
  for (char **key = keys; *key != NULL; key++)
    {
      g_autofree char *value = g_key_file_get_value (file, group, *key, NULL);

      if (g_str_equal (*key, "fields"))
        fields = g_strsplit (value, ";", -1);
      else if (g_str_equal (*key, "from") || g_str_equal (*key, "until"))
        {
          if (!parse_day (group, *key, value, (*key)[0] == 'f' ? &coverage.from : &coverage.until, error))
            return FALSE;
        }
      else
        return kennis_map_wrong (error, group, *key, _("is no such key; accepted are fields, from and until"));
    }
  g_array_append_val (self->coverages, coverage);
  for (char **name = fields; name != NULL && *name != NULL; name++)
    {
      coverage.field = kennis_schema_find_field (schema, g_strstrip (*name), -1);
      if (coverage.field >= 0)
        g_array_append_val (self->coverages, coverage);
      else if (**name != '\0')
        return kennis_map_wrong (error, group, *name, _("is no field of this record"));
    }

  return TRUE;
}

static gboolean
parse_group (KennisMapping *self, GKeyFile *file, const char *group, GError **error)
{
  gboolean (*each) (KennisMapping *, const char *, const char *, GError **) = NULL;
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);
  int taken = kennis_map_statements_group (self, file, group, error);

  if (taken != 0)
    return taken > 0;
  if (g_str_has_prefix (group, "record "))
    return parse_record (self, file, group, error);
  if (g_str_has_prefix (group, "words "))
    return parse_words (self, file, group, error);
  if (g_str_has_prefix (group, "coverage "))
    return parse_coverage (self, file, group, error);
  each = g_str_equal (group, "mapping") ? parse_general
         : g_str_equal (group, "match") ? parse_match
         : g_str_equal (group, "rows")  ? parse_rows
                                        : NULL;
  if (each == NULL)
    return kennis_map_wrong (
        error, group, "",
        _("is no such group; accepted are [mapping], [match], [rows], [record …], [words …] and [coverage …]"));
  for (char **key = keys; *key != NULL; key++)
    {
      g_autofree char *value = g_key_file_get_value (file, group, *key, NULL);

      if (!each (self, *key, value, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
kennis_mapping_parse (KennisMapping *self,
                      GKeyFile      *file,
                      GError       **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (char **group = groups; *group != NULL; group++)
    if (!parse_group (self, file, *group, error))
      return FALSE;
  if (self->is_of_statements)
    return kennis_map_statements_check (self, error);
  if (self->is_calendar)
    return kennis_map_calendar_check (self, error);
  if (self->id == NULL || self->match == NULL || self->match[0] == NULL || self->records->len == 0)
    return kennis_map_wrong (error, "mapping", "", _("needs an id, columns to match, and one [record …] or more"));
  for (guint i = 0; i < self->records->len; i++)
    {
      KennisMapRecord *record = self->records->pdata[i];

      if (record->schema->type == KENNIS_RECORD_TYPE_COVERAGE)
        return kennis_map_wrong (error, "record coverage", "", _("accepted is [coverage …] instead"));
    }

  return TRUE;
}
