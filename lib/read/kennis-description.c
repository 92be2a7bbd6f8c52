#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-csv-read-private.h"
#include "read/kennis-description-private.h"
#include "read/kennis-limesurvey-private.h"

#include <kennis/kennis-description.h>
#include <kennis/kennis-error.h>
#include <string.h>

/**
 * KennisDescription:
 *
 * What a table holds, judged by its first 64 KiB, and which mapping fits.
 *
 * For people who have a file and no mapping yet: the columns with an example of each, those that the mapping leaves
 * unused, and the draft of a mapping to begin with.
 *
 * Since: 1.0
 */
struct _KennisDescription
{
  GObject parent_instance;

  KennisMapping *mapping;
  KennisEncoding encoding;
  char delimiter;
  GPtrArray *columns, *examples, *unused;
  char *draft;
  char *titles;               /* of a calendar: those without a type, a line each; NULL: it is a table */
  char *verbs;                /* of statements: what to tell of them; NULL: it is none */
  gboolean is_of_limesurvey;
};

G_DEFINE_FINAL_TYPE (KennisDescription, kennis_description, G_TYPE_OBJECT)

static void
kennis_description_finalize (GObject *object)
{
  KennisDescription *self = KENNIS_DESCRIPTION (object);

  g_clear_object (&self->mapping);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->examples);
  g_ptr_array_unref (self->unused);
  g_free (self->draft);
  g_free (self->titles);
  g_free (self->verbs);

  G_OBJECT_CLASS (kennis_description_parent_class)->finalize (object);
}

static void
kennis_description_class_init (KennisDescriptionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_description_finalize;
}

static void
kennis_description_init (KennisDescription *self)
{
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->examples = g_ptr_array_new_with_free_func (g_free);
  self->unused = g_ptr_array_new_with_free_func (g_free);
}

static char *
valid_cell (const KennisCsvRow *row, guint i)
{
  gsize length;
  const char *cell = kennis_csv_row_cell (row, i, &length);

  return g_utf8_make_valid (cell, (gssize) MIN (length, 200));
}

static void
mark_template (const KennisCsvBinding *binding, const KennisTemplate *template, gboolean *used)
{
  for (guint p = 0; p < template->n_parts; p++)
    if (template->parts[p].kind == KENNIS_PART_COLUMN && binding->columns[template->parts[p].index] >= 0)
      used[binding->columns[template->parts[p].index]] = TRUE;
}

static void
find_unused (KennisDescription *self, const KennisCsvBinding *binding)
{
  const KennisMapping *mapping = binding->mapping;
  g_autofree gboolean *used = g_new0 (gboolean, binding->n_header + 1);

  for (guint i = 0; i < mapping->keeps->len; i++)
    mark_template (binding, &g_array_index (mapping->keeps, KennisTemplate, i), used);
  for (guint i = 0; i < mapping->ignores->len; i++)
    mark_template (binding, &g_array_index (mapping->ignores, KennisTemplate, i), used);
  for (guint r = 0; r < mapping->records->len; r++)
    {
      const KennisMapRecord *record = mapping->records->pdata[r];

      mark_template (binding, &record->when, used);
      mark_template (binding, &record->unless, used);
      for (guint f = 0; f < record->fields->len; f++)
        mark_template (binding, &g_array_index (record->fields, KennisMapField, f).template, used);
      for (guint i = 0; binding->each[r] != NULL && i < binding->each[r]->len; i++)
        used[g_array_index (binding->each[r], guint, i)] = TRUE;
    }
  for (guint i = 0; i < binding->n_header; i++)
    if (!used[i])
      g_ptr_array_add (self->unused, g_strdup (binding->header[i]));
}

static void
describe (KennisDescription *self, KennisReader *reader, KennisCsvText *text)
{
  KennisCsvChoice choice = { 0 };
  KennisCsvBinding binding = { 0 };
  KennisCsvRow row;
  gsize at, used;
  guint n = 0, first;

  kennis_csv_choose (text->text, text->end, reader->mapping, &choice);
  self->encoding = text->encoding;
  self->delimiter =
      choice.mapping != NULL ? choice.delimiter : kennis_csv_find_header (text->text, text->end, &choice.row);
  at = choice.n_skipped;
  kennis_csv_row_init (&row, self->delimiter);
  for (first = choice.row + (choice.mapping != NULL ? choice.mapping->extra_rows : 0); n < first + 20; n++, at += used)
    {
      if (!kennis_csv_row_feed (&row, text->text + at, text->end - at, &used) && !kennis_csv_row_finish (&row))
        break;
      for (guint i = 0; n == choice.row && i < row.n_cells; i++)
        {
          g_ptr_array_add (self->columns, valid_cell (&row, i));
          g_ptr_array_add (self->examples, g_strdup (""));
        }
      if (n == choice.row && choice.mapping != NULL)
        kennis_csv_bind (&binding, choice.mapping, &row);
      for (guint i = 0; n > first && i < MIN (row.n_cells, self->examples->len); i++)
        if (*(const char *) self->examples->pdata[i] == '\0')
          {
            g_free (self->examples->pdata[i]);
            self->examples->pdata[i] = valid_cell (&row, i);
          }
    }
  if (binding.mapping != NULL)
    find_unused (self, &binding);
  kennis_csv_unbind (&binding);
  kennis_csv_row_clear (&row);
  self->mapping = choice.mapping;
  self->draft = self->mapping != NULL ? kennis_description_copy_mapping (self->mapping, self->unused)
                                      : kennis_description_write_draft (self->columns, self->examples, self->delimiter);
}

static KennisDescription *
describe_calendar (KennisReader *reader, KennisBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (KennisDescription) self = g_object_new (KENNIS_TYPE_DESCRIPTION, NULL);

  self->mapping = reader->mapping != NULL ? g_object_ref (reader->mapping) : kennis_mapping_find ("calendar", error);
  self->encoding = KENNIS_ENCODING_UTF_8;
  if (self->mapping == NULL
      || !kennis_ical_describe (bytes, self->mapping, self->columns, self->examples, self->unused, &self->titles,
                                &self->draft, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

static KennisDescription *
describe_statements (KennisReader *reader, KennisBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (KennisDescription) self = g_object_new (KENNIS_TYPE_DESCRIPTION, NULL);

  self->mapping = reader->mapping != NULL ? g_object_ref (reader->mapping) : kennis_mapping_find ("xapi", error);
  self->encoding = KENNIS_ENCODING_UTF_8;
  if (self->mapping == NULL
      || !kennis_xapi_describe (bytes, reader, self->mapping, self->columns, self->examples, self->unused, &self->verbs,
                                &self->draft, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

typedef struct
{
  KennisReader *reader;
  GCancellable *cancellable;
  KennisDescription *description;   /* NULL: not yet */
} TableLook;

static gboolean
describe_table (KennisBytes *bytes, gpointer data, GError **error)
{
  TableLook *look = data;
  KennisCsvText text;
  int filled;

  kennis_csv_text_init (&text, bytes, look->reader->encoding, look->cancellable);
  filled = kennis_csv_text_fill (&text, error);
  if (filled >= 0)
    {
      look->description = g_object_new (KENNIS_TYPE_DESCRIPTION, NULL);
      describe (look->description, look->reader, &text);
    }
  kennis_csv_text_clear (&text);

  return filled >= 0;
}

static KennisDescription *
describe_bytes (KennisReader *reader, KennisBytes *bytes, GCancellable *cancellable, GError **error)
{
  const KennisMapping *given = reader->mapping;
  TableLook look = { reader, cancellable, NULL };
  guint8 head[256];
  gboolean is_big, is_narrow = kennis_bytes_narrow (bytes, kennis_reader_narrow, &is_big, cancellable, NULL);
  gssize n = kennis_bytes_peek (bytes, head, sizeof head, cancellable, error);

  if (n < 0)
    return NULL;
  if (kennis_ical_sniff (head, (gsize) n) && (given == NULL || given->is_calendar))
    look.description = describe_calendar (reader, bytes, cancellable, error);
  else if (kennis_xapi_sniff (head, (gsize) n) && (given == NULL || given->is_of_statements))
    look.description = describe_statements (reader, bytes, cancellable, error);
  else if (kennis_limesurvey_sniff (head, (gsize) n))
    {
      if (kennis_limesurvey_look (bytes, describe_table, &look, cancellable, error))
        look.description->is_of_limesurvey = TRUE;
    }
  else if (given == NULL && !kennis_csv_sniff (head, (gsize) n))
    g_set_error_literal (
        error, KENNIS_ERROR, KENNIS_ERROR_UNSUPPORTED,
        _("the file is no table; accepted is text with cells between commas, semicolons, tabs or bars"));
  else
    describe_table (bytes, &look, error);
  if (is_narrow && look.description != NULL)
    look.description->encoding = is_big ? KENNIS_ENCODING_UTF_16BE : KENNIS_ENCODING_UTF_16LE;

  return look.description;
}

/**
 * kennis_description_new:
 * @reader: how it would be read: with which mapping, in which encoding
 * @file: a table, a calendar, statements (xAPI), or an .lsr or .lsa of LimeSurvey; it may be compressed with gzip
 * @cancellable: (nullable): to end it early
 * @error: return location for an error
 *
 * Looks at the first 64 KiB of a table, or the first 5000 events of a calendar, whose columns are then the properties of events.
 * Of statements it looks at 100 000, at about as many at least where there are more; their columns are the IRIs of verbs.
 *
 * %KENNIS_ERROR_UNSUPPORTED says that the file is no table, as Kennis' XML, which needs no mapping.
 *
 * Returns: (transfer full): a new description; %NULL with an error
 *
 * Since: 1.0
 */
KennisDescription *
kennis_description_new (KennisReader  *reader,
                        GFile         *file,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (KennisDescription) self = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  KennisBytes bytes;

  g_return_val_if_fail (KENNIS_IS_READER (reader), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  if (kennis_bytes_init (&bytes, G_INPUT_STREAM (stream), 0, cancellable, error))
    self = describe_bytes (reader, &bytes, cancellable, error);
  kennis_bytes_clear (&bytes);

  return g_steal_pointer (&self);
}

/**
 * kennis_description_get_encoding:
 * @self: a description
 *
 * Tells how the text is encoded.
 *
 * Returns: how the text is encoded; "ASCII" where nothing in its beginning tells
 *
 * Since: 1.0
 */
const char *
kennis_description_get_encoding (KennisDescription *self)
{
  g_return_val_if_fail (KENNIS_IS_DESCRIPTION (self), NULL);

  return kennis_encoding_name (self->encoding);
}

/**
 * kennis_description_get_mapping:
 * @self: a description
 *
 * Gets the mapping that fits.
 *
 * Returns: (transfer none) (nullable): the mapping that fits; %NULL: none does
 *
 * Since: 1.0
 */
KennisMapping *
kennis_description_get_mapping (KennisDescription *self)
{
  g_return_val_if_fail (KENNIS_IS_DESCRIPTION (self), NULL);

  return self->mapping;
}

static char **
strv_of (GPtrArray *texts)
{
  char **list = g_new0 (char *, texts->len + 1);

  for (guint i = 0; i < texts->len; i++)
    list[i] = g_strdup (texts->pdata[i]);

  return list;
}

/**
 * kennis_description_get_columns:
 * @self: a description
 *
 * Gets the names of the columns, in order; of statements the IRIs of verbs, the most frequent first.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the columns, in order
 *
 * Since: 1.0
 */
char **
kennis_description_get_columns (KennisDescription *self)
{
  g_return_val_if_fail (KENNIS_IS_DESCRIPTION (self), NULL);

  return strv_of (self->columns);
}

/**
 * kennis_description_get_examples:
 * @self: a description
 *
 * Tells what stands in each column in one of the first rows; of statements the name that the mapping has for the verb.
 *
 * Returns: (transfer full) (array zero-terminated=1): what stands in each column in one of the first rows; may be empty
 *
 * Since: 1.0
 */
char **
kennis_description_get_examples (KennisDescription *self)
{
  g_return_val_if_fail (KENNIS_IS_DESCRIPTION (self), NULL);

  return strv_of (self->examples);
}

/**
 * kennis_description_get_unused:
 * @self: a description
 *
 * Gets the columns that the mapping does not read; of statements the IRIs of verbs and of types of activities that it does not know.
 *
 * Returns: (transfer full) (array zero-terminated=1): the columns that the mapping does not read; empty without a mapping
 *
 * Since: 1.0
 */
char **
kennis_description_get_unused (KennisDescription *self)
{
  g_return_val_if_fail (KENNIS_IS_DESCRIPTION (self), NULL);

  return strv_of (self->unused);
}

/**
 * kennis_description_get_draft:
 * @self: a description
 *
 * Gets the draft of a mapping for this table, to be finished by a person.
 *
 * Where a mapping fits it is a copy of that, under a name of its own.
 *
 * Returns: the draft of a mapping for this table, to be finished by a person
 *
 * Since: 1.0
 */
const char *
kennis_description_get_draft (KennisDescription *self)
{
  g_return_val_if_fail (KENNIS_IS_DESCRIPTION (self), NULL);

  return self->draft;
}

static const char *
separator_name (char delimiter)
{
  return delimiter == '\t'  ? _("tabs")
         : delimiter == ';' ? _("semicolons")
         : delimiter == '|' ? _("bars")
                            : _("commas");
}

/* What it is, and its columns. */
static void
append_what (KennisDescription *self, GString *text)
{
  if (self->titles != NULL)
    g_string_append_printf (text, _("A calendar, whose events have %u properties:\n"), self->columns->len);
  else if (self->verbs != NULL)
    g_string_append (text, _("Statements (xAPI).\n"));
  else if (self->is_of_limesurvey)
    g_string_append_printf (text, _("Responses of LimeSurvey, as a table with %u columns:\n"), self->columns->len);
  else
    /* TRANSLATORS: an encoding as UTF-8, what is between cells, and a number */
    g_string_append_printf (text, _("A table in %s, with %s between cells and %u columns:\n"),
                            kennis_encoding_name (self->encoding), separator_name (self->delimiter),
                            self->columns->len);
  for (guint i = 0; i < self->columns->len && self->verbs == NULL; i++)
    {
      g_autofree char *name = kennis_read_quote (self->columns->pdata[i], strlen (self->columns->pdata[i]));
      g_autofree char *example = kennis_read_quote (self->examples->pdata[i], strlen (self->examples->pdata[i]));

      g_string_append_printf (text, "  %s, %s %s\n", name, _("as"), example);
    }
}

static void
append_unused (KennisDescription *self, GString *text)
{
  if (self->unused->len > 0 || self->titles == NULL)
    g_string_append (text, self->unused->len > 0 ? _("It does not read:\n") : _("It reads every column.\n"));
  for (guint i = 0; i < self->unused->len; i++)
    {
      g_autofree char *name = kennis_read_quote (self->unused->pdata[i], strlen (self->unused->pdata[i]));

      g_string_append_printf (text, "  %s\n", name);
    }
}

/**
 * kennis_description_to_string:
 * @self: a description
 *
 * Tells all of it to a person at a terminal.
 *
 * Returns: (transfer full): several lines of text
 *
 * Since: 1.0
 */
char *
kennis_description_to_string (KennisDescription *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (KENNIS_IS_DESCRIPTION (self), NULL);

  append_what (self, text);
  if (self->mapping != NULL)
    g_string_append_printf (text, _("The mapping “%s” fits: %s.\n"), kennis_mapping_get_id (self->mapping),
                            kennis_mapping_get_title (self->mapping));
  if (self->verbs != NULL)
    g_string_append (text, self->verbs);
  else if (self->mapping != NULL)
    append_unused (self, text);
  if (self->titles != NULL && *self->titles != '\0')
    g_string_append_printf (text, "%s\n%s",
                            _("Titles and categories that are of none of its types, the most frequent first:"),
                            self->titles);
  if (self->titles != NULL)
    g_string_append_printf (text, "\n%s\n\n%s", _("This draft may be the beginning of one of your own:"), self->draft);
  else if (self->mapping == NULL)
    g_string_append_printf (text, "%s\n\n%s", _("No mapping fits. This draft may be a beginning:"), self->draft);

  return g_string_free (text, FALSE);
}
