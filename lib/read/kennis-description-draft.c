#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-csv-read-private.h"
#include "read/kennis-description-private.h"

#include <string.h>

/* Drafts a mapping from the names of columns, by those of the generic tables and by what such columns are usually called, and
 * from an example of each.  Columns that it does not know are comments, and so is what a record needs and no column seems to say. */

typedef struct
{
  const char *line;       /* "person": the key of the mapping; NULL: the column is not used */
  const char *member;     /* "gender", of attributes; NULL: none */
  const char *unit;       /* " @hours", or "" */
  gboolean    is_guess;
} Use;

static const char *const tables[] = { "activities", "people", "sharings", "responses" };

/* Parts of names in the languages of our users; the first that is found in a column's plain name tells the field. */
static const struct
{
  KennisRecordType type;
  const char *part, *key, *unit;
} usual[] = {
  { KENNIS_RECORD_TYPE_ACTIVITY, "email", "person", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "e-mail", "person", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "employee", "person", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "user", "person", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "learner", "person", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "worker", "person", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "medewerker", "person", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "deelnemer", "person", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "course", "topic", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "training", "topic", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "cursus", "topic", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "opleiding", "topic", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "formation", "topic", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "hour", "duration", " @hours" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "uren", "duration", " @hours" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "heures", "duration", " @hours" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "minut", "duration", " @minutes" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "cost", "cost", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "kost", "cost", "" },
  { KENNIS_RECORD_TYPE_ACTIVITY, "coût", "cost", "" },
  { KENNIS_RECORD_TYPE_PERSON, "employee", "id", "" },
  { KENNIS_RECORD_TYPE_PERSON, "worker", "id", "" },
  { KENNIS_RECORD_TYPE_PERSON, "medewerker", "id", "" },
  { KENNIS_RECORD_TYPE_PERSON, "department", "team", "" },
  { KENNIS_RECORD_TYPE_PERSON, "afdeling", "team", "" },
  { KENNIS_RECORD_TYPE_PERSON, "manager", "leader", "" },
};

static const char *
unit_text (KennisCellUnit unit)
{
  return unit == KENNIS_CELL_HOURS ? " @hours" : unit == KENNIS_CELL_MINUTES ? " @minutes" : "";
}

static gboolean
is_used (const Use *uses, guint n, const char *key, const char *member)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (uses[i].line, key) == 0 && g_strcmp0 (uses[i].member, member) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_date (const char *example)
{
  return kennis_csv_date_orders (example, strlen (example)) != 0
         || g_regex_match_simple ("^[0-9]{4}-[0-9]{2}-[0-9]{2}", example, 0, 0);
}

/* May the field hold such a value?  What one may have to translate first, as a status, it may. */
static gboolean
may_hold (const KennisField *field, const char *example)
{
  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_TIME:
      return *example == '\0' || is_date (example) || g_regex_match_simple ("^[0-9]{8}", example, 0, 0);
    case KENNIS_KIND_MONEY:
    case KENNIS_KIND_SHARE:
    case KENNIS_KIND_DECIMAL:
    case KENNIS_KIND_INTEGER:
      return g_regex_match_simple ("^[-+]?[0-9 .,']*%?$", example, 0, 0);
    case KENNIS_KIND_ENUM:
      return !g_regex_match_simple ("^[-+]?[0-9.,]+$", example, 0, 0);
    case KENNIS_KIND_TEXT:
    case KENNIS_KIND_DURATION:
    case KENNIS_KIND_ANSWER:
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
    default:
      return TRUE;
    }
}

/* Which columns are fields of the generic table; how many. */
static guint
use_names (const KennisMapRecord *record, GPtrArray *columns, GPtrArray *examples, Use *uses)
{
  guint n = 0;

  for (guint f = 0; f < record->fields->len; f++)
    {
      const KennisMapField *field = &g_array_index (record->fields, KennisMapField, f);

      for (guint i = 0; i < columns->len; i++)
        {
          g_autofree char *plain = kennis_plain_name (columns->pdata[i], -1);

          if (uses[i].line != NULL || field->template.n_parts != 1 || field->template.parts[0].names == NULL
              || !kennis_plain_name_fits (plain, field->template.parts[0].names)
              || !may_hold (&record->schema->fields[field->field], examples->pdata[i])
              || is_used (uses, columns->len, record->schema->fields[field->field].name, field->member))
            continue;
          uses[i] = (Use) { .line = record->schema->fields[field->field].name,
                            .member = field->member,
                            .unit = unit_text (field->template.unit) };
          n++;
          break;
        }
    }

  return n;
}

static guint
use_guesses (const KennisSchema *schema, GPtrArray *columns, GPtrArray *examples, Use *uses)
{
  guint n = 0;

  for (guint u = 0; u < G_N_ELEMENTS (usual); u++)
    for (guint i = 0; i < columns->len && usual[u].type == schema->type; i++)
      {
        g_autofree char *plain = kennis_plain_name (columns->pdata[i], -1);

        if (uses[i].line != NULL || strstr (plain, usual[u].part) == NULL || is_date (examples->pdata[i])
            || is_used (uses, columns->len, usual[u].key, NULL))
          continue;
        uses[i] = (Use) { .line = usual[u].key, .unit = usual[u].unit, .is_guess = TRUE };
        n++;
      }
  if (schema->type != KENNIS_RECORD_TYPE_ACTIVITY || is_used (uses, columns->len, "ended", NULL)
      || is_used (uses, columns->len, "start", NULL) || is_used (uses, columns->len, "requested", NULL))
    return n;
  for (guint i = columns->len; i-- > 0;)
    if (uses[i].line == NULL && is_date (examples->pdata[i]))
      {
        uses[i] = (Use) { .line = "ended", .unit = "", .is_guess = TRUE };
        return n + 1;
      }

  return n;
}

/* The generic table that the columns fit best; an activity where none does. */
static const KennisSchema *
choose (GPtrArray *columns, GPtrArray *examples, GPtrArray *mappings, Use *uses)
{
  const KennisSchema *best = kennis_schema_get (KENNIS_RECORD_TYPE_ACTIVITY);
  guint n_best = 0;

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    {
      const KennisMapping *mapping = mappings->pdata[t];
      const KennisMapRecord *record = mapping->records->pdata[mapping->records->len - 1];
      g_autofree Use *found = g_new0 (Use, columns->len + 1);
      guint n = 2 * use_names (record, columns, examples, found);

      n += use_guesses (record->schema, columns, examples, found);
      if (n <= n_best)
        continue;
      n_best = n;
      best = record->schema;
      memcpy (uses, found, columns->len * sizeof *uses);
    }

  return best;
}

/* A name as a mapping can have it: what has a meaning there is any text. */
static char *
column_name (const char *name)
{
  char *safe = g_strdup (name);

  for (char *c = safe; *c != '\0'; c++)
    if (strchr ("|;{}~@=\n\r\t[]", *c) != NULL)
      *c = '*';

  return safe;
}

static void
write_rules (GString *draft, GPtrArray *examples, char delimiter)
{
  guint n_dates = 0, n_commas = 0, orders = 3;

  for (guint i = 0; i < examples->len; i++)
    {
      const char *example = examples->pdata[i];
      guint possible = kennis_csv_date_orders (example, strlen (example));

      n_dates += possible != 0 ? 1 : 0;
      orders &= possible != 0 ? possible : 3;
      n_commas += g_regex_match_simple ("^-?[0-9]+,[0-9]{1,2}$", example, 0, 0) ? 1 : 0;
    }
  /* Never guessed: the reader asks for it where the file does not prove it. */
  if (n_dates > 0)
    g_string_append (draft, orders == 1   ? "dates=dmy\n"
                            : orders == 2 ? "dates=mdy\n"
                                          : "# dates=dmy or dates=mdy: the examples do not say\n");
  if (n_commas > 0)
    g_string_append (draft, "decimal=,\n");
  if (delimiter != ',')
    g_string_append_printf (draft, "delimiter=%s\n", delimiter == ';' ? "semicolon" : delimiter == '\t' ? "tab" : "|");
}

static void
write_match (GString *draft, GPtrArray *columns, const Use *uses)
{
  guint n = 0;

  g_string_append (draft, "\n[match]\ncolumns=");
  /* What is used is what such a file must have; else anything that tells it from others. */
  for (int pass = 0; pass < 2 && n == 0; pass++)
    for (guint i = 0; i < columns->len && n < 4; i++)
      {
        g_autofree char *name = column_name (columns->pdata[i]);

        if (*name != '\0' && (pass == 1 || uses[i].line != NULL))
          g_string_append_printf (draft, "%s%s", n++ > 0 ? ";" : "", name);
      }
}

/* Who said no stays out, in a draft as well. */
static void
write_consent (GString *draft, GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *plain = kennis_plain_name (columns->pdata[i], -1), *name = column_name (columns->pdata[i]);

      if (strstr (plain, "consent") == NULL && strstr (plain, "toestemming") == NULL)
        continue;
      g_string_append_printf (draft, "\n\n[rows]\nignore={%s ~ (?i)^(no|n|nee|non|false|0)$}", name);
      return;
    }
}

static gboolean
lacks (const KennisSchema *schema, const Use *uses, guint n, guint field)
{
  return (schema->fields[field].flags & KENNIS_FIELD_REQUIRED) != 0
         && !is_used (uses, n, schema->fields[field].name, NULL);
}

static gboolean
lacks_time (const KennisSchema *schema, const Use *uses, guint n)
{
  return schema->type == KENNIS_RECORD_TYPE_ACTIVITY && !is_used (uses, n, "start", NULL)
         && !is_used (uses, n, "ended", NULL) && !is_used (uses, n, "requested", NULL);
}

static gboolean
is_incomplete (const KennisSchema *schema, const Use *uses, guint n)
{
  for (guint f = 0; f < schema->n_fields; f++)
    if (lacks (schema, uses, n, f))
      return TRUE;

  return lacks_time (schema, uses, n);
}

static void
write_needs (GString *draft, const KennisSchema *schema, const Use *uses, guint n)
{
  for (guint f = 0; f < schema->n_fields; f++)
    if (lacks (schema, uses, n, f))
      g_string_append_printf (draft, "# needed, and no column seems to say it:\n# %s={…}\n", schema->fields[f].name);
  if (lacks_time (schema, uses, n))
    g_string_append (draft,
                     "# needed is one of start, ended and requested, and no column seems to say it:\n# ended={…}\n");
}

/* What the table has for the words of a field; without that a row with such a word is rejected. */
static void
write_words (GString *draft, const KennisSchema *schema, GPtrArray *columns, GPtrArray *examples, const Use *uses)
{
  for (guint i = 0; i < columns->len; i++)
    for (guint f = 0; f < schema->n_fields && uses[i].line != NULL; f++)
      {
        const KennisField *field = &schema->fields[f];
        const char *example = examples->pdata[i];
        g_autofree char *accepted = NULL, *word = NULL;

        if (field->kind != KENNIS_KIND_ENUM || !g_str_equal (field->name, uses[i].line) || *example == '\0'
            || kennis_field_parse_enum (field, example, strlen (example)) >= 0)
          continue;
        accepted = kennis_field_enum_words (field);
        word = column_name (example);
        g_string_append_printf (
            draft,
            "\n\n[words %s]\n# A line for each word of the table, and what it means: %s\n# %s=…\n*=", field->name,
            accepted, word);
      }
}

/* The teams of people must be there. */
static void
write_team (GString *draft, const KennisSchema *schema, GPtrArray *columns, const Use *uses)
{
  for (guint i = 0; i < columns->len && schema->type == KENNIS_RECORD_TYPE_PERSON; i++)
    if (g_strcmp0 (uses[i].line, "team") == 0)
      {
        g_autofree char *name = column_name (columns->pdata[i]);

        g_string_append_printf (draft, "\n\n[record team]\nid={%s}\nneeds=id", name);
      }
}

/* ── Surveys: a row for each respondent, a column for each item ───────────────────────────────────────────────────── */

static gboolean
is_answer (const char *example)
{
  return g_regex_match_simple ("^-?[0-9]{1,2}$", example, 0, 0);
}

static gboolean
is_survey (GPtrArray *examples)
{
  guint n = 0;

  for (guint i = 0; i < examples->len; i++)
    n += is_answer (examples->pdata[i]) ? 1 : 0;

  return n >= 3 && n * 2 > examples->len;
}

static char *
write_survey (GString *draft, GPtrArray *columns, GPtrArray *examples, char delimiter)
{
  g_autofree Use *none = g_new0 (Use, columns->len + 1);
  guint n = 0;

  write_rules (draft, examples, delimiter);
  write_match (draft, columns, none);
  write_consent (draft, columns);
  g_string_append (draft,
                   "\n\n# Most columns look like answers: one response is made of each, and rows are the respondents.\n"
                   "[record response]\neach=*\n"
                   "# columns that are no answers, with ; between them:\n");
  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *name = column_name (columns->pdata[i]);

      if (!is_answer (examples->pdata[i]) && *name != '\0' && strspn (name, "*") < strlen (name))
        g_string_append_printf (draft, "%s%s", n++ == 0 ? "except=" : ";", name);
    }
  g_string_append (draft, n > 0 ? "\n" : "# except=…\n");

  return g_string_free (g_string_append (draft, "instrument=my-survey\nwave=1\nrespondent={#row}\nitem={#column}\n"
                                                "score={#value @score}\nneeds=score\n"),
                        FALSE);
}

char *
kennis_description_write_draft (GPtrArray *columns, GPtrArray *examples, char delimiter)
{
  GString *draft =
      g_string_new ("# A draft.  Give it an id and a title, look at every line, and take out what says nothing;\n"
                    "# docs/mappings.md tells more.\n[mapping]\nid=my-table\ntitle=My table\n");
  g_autofree Use *uses = g_new0 (Use, columns->len + 1);
  g_autoptr (GPtrArray) mappings = g_ptr_array_new_with_free_func (g_object_unref); /* names in uses are theirs */
  const KennisSchema *schema;

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    g_ptr_array_add (mappings, kennis_mapping_find (tables[t], NULL));
  schema = choose (columns, examples, mappings, uses);
  if (is_incomplete (schema, uses, columns->len) && is_survey (examples))
    return write_survey (draft, columns, examples, delimiter);

  write_rules (draft, examples, delimiter);
  write_match (draft, columns, uses);
  write_consent (draft, columns);
  write_words (draft, schema, columns, examples, uses);
  write_team (draft, schema, columns, uses);
  g_string_append_printf (draft, "\n\n[record %s]\n", schema->name);
  write_needs (draft, schema, uses, columns->len);
  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *name = column_name (columns->pdata[i]), *shown = NULL;
      const char *example = examples->pdata[i];

      shown = kennis_read_quote (example, strlen (example));
      if (*name == '\0')
        continue;
      if (uses[i].line == NULL)
        g_string_append_printf (draft, "# …={%s}   as %s\n", name, shown);
      else
        g_string_append_printf (draft, "%s%s%s%s={%s%s}\n", uses[i].is_guess ? "# a guess:\n" : "", uses[i].line,
                                uses[i].member != NULL ? "." : "", uses[i].member != NULL ? uses[i].member : "", name,
                                uses[i].unit);
    }

  return g_string_free (draft, FALSE);
}

char *
kennis_description_copy_mapping (const KennisMapping *mapping, GPtrArray *unused)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *id = g_strconcat ("my-", mapping->id, NULL), *text = NULL;
  GString *draft = g_string_new (NULL);

  g_key_file_load_from_data (file, mapping->text, strlen (mapping->text),
                             G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, NULL);
  g_key_file_set_string (file, "mapping", "id", id);
  text = g_key_file_to_data (file, NULL, NULL);
  g_string_append_printf (draft, "# A copy of “%s”, to be changed; docs/mappings.md tells how.\n%s", mapping->id, text);
  if (unused->len > 0)
    g_string_append (draft, "\n# Columns that are not read:\n");
  for (guint i = 0; i < unused->len; i++)
    {
      g_autofree char *name = column_name (unused->pdata[i]);

      g_string_append_printf (draft, "# {%s}\n", name);
    }

  return g_string_free (draft, FALSE);
}
