#include "config.h"

#include "kennis-test.h"
#include "read/kennis-reader-private.h"
#include "read/kennis-xml-private.h"

#include <glib/gstdio.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>

static GBytes *
write_bytes (KennisDataset *dataset, gboolean compress)
{
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  kennis_writer_set_compress (writer, compress);
  if (!kennis_writer_write (writer, dataset, stream, NULL, NULL, NULL, &error))
    printf ("# %s\n", error->message);
  CU_ASSERT_PTR_NULL_FATAL (error);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static KennisDataset *
read_bytes (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  KennisDataset *dataset;

  kennis_reader_set_accept_seen (reader, TRUE);
  dataset = kennis_reader_load_stream (reader, stream, "bytes", NULL, NULL, NULL, &error);
  for (guint i = 0; i < g_list_model_get_n_items (kennis_reader_get_diagnostics (reader)); i++)
    {
      g_autoptr (KennisDiagnostic) diagnostic = g_list_model_get_item (kennis_reader_get_diagnostics (reader), i);
      g_autofree char *text = kennis_diagnostic_to_string (diagnostic);

      /* What random records name is not all declared. */
      if (kennis_diagnostic_get_line (diagnostic) > 0)
        printf ("# %s\n", text);
    }
  CU_ASSERT_EQUAL (kennis_reader_get_n_rejected (reader), 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  return dataset;
}

/* ── Random datasets ──────────────────────────────────────────────────────────────────────────────────────────────── */

static char *
random_text (GRand *random, guint n_kinds)
{
  static const char *const pieces[] = { "a", "B", "7", " ", "&", "<", ">", "\"", "'", "é", "€", "😀", "]]>", "&amp;", "=", "--",
                                        "\302\205", "\342\200\250", "　" };
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%d", g_rand_int_range (random, 0, (gint32) n_kinds));
  for (gint32 i = g_rand_int_range (random, 0, 5); i > 0; i--)
    g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static gint64
random_list (KennisDataset *dataset, GRand *random, const KennisField *field)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  KennisReader reader = { 0 };
  KennisReadJob job = { .reader = &reader, .dataset = dataset };
  KennisTextProblem problem = { 0 };
  gint64 code = KENNIS_UNKNOWN;

  for (gint32 i = g_rand_int_range (random, 1, 5); i > 0; i--)
    {
      g_autofree char *name = random_text (random, 9), *value = random_text (random, 9);

      if (field->kind == KENNIS_KIND_LIST)
        g_ptr_array_add (members, g_steal_pointer (&name));
      else
        g_ptr_array_add (members, g_strdup_printf ("%s=%s", g_strdelimit (name, "=", '-'), value));
    }
  CU_ASSERT (kennis_convert_list (&job, field, members, &code, &problem));
  return code;
}

static gint64
random_code (KennisDataset *dataset, GRand *random, const KennisField *field)
{
  g_autofree char *text = NULL;

  switch ((KennisKind) field->kind)
    {
    case KENNIS_KIND_TEXT:
      text = random_text (random, 40);
      return kennis_dataset_intern (dataset, field->space, text, strlen (text), NULL);
    case KENNIS_KIND_LIST:
    case KENNIS_KIND_PAIRS:
      return random_list (dataset, random, field);
    case KENNIS_KIND_TIME:
      return (gint64) (g_rand_double_range (random, -2.2e12, 7.2e12)) / (g_rand_boolean (random) ? 1 : 86400000)
             * (g_rand_boolean (random) ? 1 : 1000);
    case KENNIS_KIND_DURATION:
      return (gint64) g_rand_double_range (random, 0, 3.1e10);
    case KENNIS_KIND_SHARE:
      return g_rand_int_range (random, 0, 1000001);
    case KENNIS_KIND_DECIMAL:
      return g_str_equal (field->name, "fte") ? g_rand_int_range (random, 0, 2000001)
                                              : (gint64) g_rand_double_range (random, -1e17, 1e17);
    case KENNIS_KIND_MONEY:
      return (gint64) g_rand_double_range (random, 0, 1e17);
    case KENNIS_KIND_INTEGER:
      return g_rand_int_range (random, 0, G_MAXINT32);
    case KENNIS_KIND_ANSWER:
      return g_rand_int_range (random, 0, 3);
    case KENNIS_KIND_ENUM:
    default:
      {
        g_autoptr (GEnumClass) words = g_type_class_ref (field->enum_type ());

        return g_rand_int_range (random, 0, words->maximum + 1);
      }
    }
}

/* Records of every type; those that the dataset refuses are not in it. */
static KennisDataset *
random_dataset (guint32 seed, guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  KennisDataset *dataset = kennis_dataset_new (seed % 2 ? "Europe/Amsterdam" : "America/New_York", "USD", NULL);

  kennis_dataset_set_accept_seen (dataset, TRUE);
  kennis_dataset_set_deferred (dataset, TRUE);
  for (guint i = 0; i < n; i++)
    {
      KennisRecordType type = (KennisRecordType) g_rand_int_range (random, 0, KENNIS_N_RECORD_TYPES);
      const KennisSchema *schema = kennis_schema_get (type);
      gint64 codes[KENNIS_MAX_FIELDS];
      gboolean added;

      for (guint f = 0; f < schema->n_fields; f++)
        codes[f] = (schema->fields[f].flags & KENNIS_FIELD_REQUIRED) != 0 || g_rand_boolean (random)
                       ? random_code (dataset, random, &schema->fields[f])
                       : kennis_field_unknown (&schema->fields[f]);
      kennis_dataset_append (dataset, type, codes, &added, NULL);
    }
  return dataset;
}

static guint
count_differences (KennisDataset *a, KennisDataset *b)
{
  guint n = 0;

  n += !g_str_equal (kennis_dataset_get_time_zone (a), kennis_dataset_get_time_zone (b));
  n += !g_str_equal (kennis_dataset_get_currency (a), kennis_dataset_get_currency (b));
  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    {
      const KennisSchema *schema = kennis_schema_get (i);

      if (kennis_dataset_count (a, i) != kennis_dataset_count (b, i))
        return n + 1;
      for (guint64 row = 0; row < kennis_dataset_count (a, i); row++)
        for (guint f = 0; f < schema->n_fields; f++)
          {
            gint64 x = kennis_column_get (&a->tables[i].columns[f], row),
                   y = kennis_column_get (&b->tables[i].columns[f], row);

            if (schema->fields[f].kind > KENNIS_KIND_PAIRS)
              n += x != y;
            else
              n += g_strcmp0 (kennis_dataset_text (a, schema->fields[f].space, x),
                              kennis_dataset_text (b, schema->fields[f].space, y))
                   != 0;
          }
    }
  return n;
}

static void
what_was_written_reads_back_the_same (void)
{
  for (guint32 seed = 0; seed < 30; seed++)
    {
      g_autoptr (KennisDataset) dataset = random_dataset (seed, 40 * seed);
      g_autoptr (GBytes) bytes = write_bytes (dataset, FALSE), packed = write_bytes (dataset, TRUE), again = NULL;
      g_autoptr (KennisDataset) back = read_bytes (bytes), unpacked = read_bytes (packed);
      guint64 n = 0;

      for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
        n += kennis_dataset_count (dataset, i);
      CU_ASSERT (n >= 10 * seed);
      CU_ASSERT_EQUAL (count_differences (dataset, back), 0);
      CU_ASSERT_EQUAL (count_differences (dataset, unpacked), 0);
      again = write_bytes (back, FALSE);
      CU_ASSERT (g_bytes_equal (bytes, again));
      CU_ASSERT (seed < 2 || g_bytes_get_size (packed) < g_bytes_get_size (bytes));
    }
}

/* ── The grammar ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static char *
grammar_path (void)
{
  const char *source = g_getenv ("KENNIS_SRCDIR");

  return g_build_filename (source != NULL ? source : ".", "data", "schema", "kennis-1.rng", NULL);
}

static void
count_fault (void *data, xmlError *error)
{
  if (++*(guint *) data <= 5)
    printf ("# %d: %s", error->line, error->message);
}

static guint
count_faults (xmlRelaxNG *grammar, GBytes *bytes)
{
  xmlDoc *document =
      xmlReadMemory (g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes), "bytes", NULL, XML_PARSE_NONET);
  xmlRelaxNGValidCtxt *context = xmlRelaxNGNewValidCtxt (grammar);
  guint n = 0;

  CU_ASSERT_PTR_NOT_NULL_FATAL (document);
  xmlRelaxNGSetValidStructuredErrors (context, count_fault, &n);
  if (xmlRelaxNGValidateDoc (context, document) != 0 && n == 0)
    n = 1;
  xmlRelaxNGFreeValidCtxt (context);
  xmlFreeDoc (document);
  return n;
}

static xmlRelaxNG *
load_grammar (void)
{
  g_autofree char *path = grammar_path ();
  xmlRelaxNGParserCtxt *context = xmlRelaxNGNewParserCtxt (path);
  xmlRelaxNG *grammar = xmlRelaxNGParse (context);

  xmlRelaxNGFreeParserCtxt (context);
  CU_ASSERT_PTR_NOT_NULL_FATAL (grammar);
  return grammar;
}

static void
what_was_written_is_valid_by_the_grammar (void)
{
  xmlRelaxNG *grammar = load_grammar ();
  g_autoptr (GBytes) other = g_bytes_new_static ("<kennis xmlns='urn:kennis:records:1'/>", 38);
  guint n = 0;

  for (guint32 seed = 100; seed < 110; seed++)
    {
      g_autoptr (KennisDataset) dataset = random_dataset (seed, 300);
      g_autoptr (GBytes) bytes = write_bytes (dataset, FALSE);

      n += count_faults (grammar, bytes);
    }
  CU_ASSERT_EQUAL (n, 0);
  printf ("# what follows is as it should be\n");
  CU_ASSERT (count_faults (grammar, other) > 0);
  xmlRelaxNGFree (grammar);
}

static char *
attribute_of (xmlNode *node, const char *name)
{
  xmlChar *value = xmlGetProp (node, BAD_CAST name);
  char *copy = g_strdup ((const char *) value);

  xmlFree (value);
  return copy;
}

/* What the grammar says of each type: "name! type" of every attribute ("!": required), in order. */
static void
describe_node (xmlNode *node, gboolean required, const char *child, GString *text)
{
  for (xmlNode *at = node->children; at != NULL; at = at->next)
    {
      g_autofree char *name = at->type == XML_ELEMENT_NODE ? attribute_of (at, "name") : NULL;

      if (at->type != XML_ELEMENT_NODE)
        continue;
      if (xmlStrEqual (at->name, BAD_CAST "attribute"))
        {
          xmlNode *first = xmlFirstElementChild (at);
          g_autofree char *ref = first != NULL ? attribute_of (first, "name") : g_strdup ("any");

          g_string_append_printf (text, "%s%s%s:%s ", child, name, required ? "!" : "", ref);
        }
      else if (xmlStrEqual (at->name, BAD_CAST "element"))
        {
          g_autofree char *prefix = g_strdup_printf ("%s/", name);

          describe_node (at, TRUE, prefix, text);
        }
      else
        describe_node (at, FALSE, child, text);
    }
}

static const char *
grammar_type (const KennisField *field)
{
  static const char *const types[] = { "text",   "",      "",        "time",  "duration",
                                       "amount", "share", "decimal", "count", "answer" };

  return types[field->kind];
}

static char *
enum_reference (const KennisField *field)
{
  const char *name = g_type_name (field->enum_type ()) + strlen ("Kennis");
  GString *text = g_string_new ("words");

  for (; *name != '\0'; name++)
    g_string_append_printf (text, "%s%c", g_ascii_isupper (*name) ? "-" : "", g_ascii_tolower (*name));
  return g_string_free (text, FALSE);
}

/* The same, from the library's table. */
static void
describe_schema (const KennisSchema *schema, GString *text)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint f = 0; f < schema->n_fields; f++)
      {
        const KennisField *field = &schema->fields[f];
        const KennisXmlList *list = kennis_xml_list_for (schema->type, f);
        g_autofree char *words =
            field->kind == KENNIS_KIND_ENUM ? enum_reference (field) : g_strdup (grammar_type (field));

        if (pass == 1 && list != NULL)
          {
            g_string_append_printf (text, "%s/%s!:line ", list->element, list->attribute);
            if (list->value != NULL)
              g_string_append_printf (text, "%s/%s!:any ", list->element, list->value);
          }
        if (pass == 1 || list != NULL)
          continue;
        g_string_append_printf (text, "%s%s:%s ", field->name, (field->flags & KENNIS_FIELD_REQUIRED) != 0 ? "!" : "",
                                words);
        if (field->kind == KENNIS_KIND_DURATION)
          g_string_append (text, "hours:hours ");
      }
}

static xmlNode *
find_define (xmlDoc *document, const char *name)
{
  for (xmlNode *at = xmlDocGetRootElement (document)->children; at != NULL; at = at->next)
    {
      g_autofree char *own = at->type == XML_ELEMENT_NODE ? attribute_of (at, "name") : NULL;

      if (g_strcmp0 (own, name) == 0)
        return at;
    }
  return NULL;
}

static void
assert_words (xmlDoc *document, const KennisField *field)
{
  g_autofree char *reference = field->kind == KENNIS_KIND_ENUM ? enum_reference (field) : g_strdup ("answer");
  g_autofree char *expected = kennis_field_enum_words (field);
  g_autoptr (GString) words = g_string_new (NULL);
  xmlNode *define = find_define (document, reference);

  CU_ASSERT_PTR_NOT_NULL_FATAL (define);
  for (xmlNode *at = xmlFirstElementChild (xmlFirstElementChild (define)); at != NULL; at = xmlNextElementSibling (at))
    {
      xmlChar *word = xmlNodeGetContent (at);

      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", word);
      xmlFree (word);
    }
  CU_ASSERT_STRING_EQUAL (words->str, expected);
}

static void
grammar_and_table_name_the_same_fields_and_words (void)
{
  g_autofree char *path = grammar_path ();
  xmlDoc *document = xmlReadFile (path, NULL, XML_PARSE_NONET);
  g_autoptr (GString) groups = g_string_new (NULL),
                      expected_groups = g_string_new ("version!:any time-zone!:text currency!:any ");

  CU_ASSERT_PTR_NOT_NULL_FATAL (document);
  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    {
      const KennisSchema *schema = kennis_schema_get (i);
      xmlNode *define = find_define (document, schema->name);
      g_autoptr (GString) said = g_string_new (NULL), expected = g_string_new (NULL);
      g_autofree char *element = NULL;

      CU_ASSERT_PTR_NOT_NULL_FATAL (define);
      element = attribute_of (xmlFirstElementChild (define), "name");
      CU_ASSERT_STRING_EQUAL (element, schema->name);
      describe_node (xmlFirstElementChild (define), TRUE, "", said);
      describe_schema (schema, expected);
      if (!g_string_equal (said, expected))
        printf ("# grammar %s\n# table   %s\n", said->str, expected->str);
      CU_ASSERT (g_string_equal (said, expected));
      for (guint f = 0; f < schema->n_fields; f++)
        if (schema->fields[f].kind >= KENNIS_KIND_ANSWER)
          assert_words (document, &schema->fields[f]);
      g_string_append_printf (expected_groups, "%s(%s) ", schema->group, schema->name);
    }

  /* The groups, in the order of the table: element NAME with zeroOrMore ref TYPE. */
  for (xmlNode *at =
           xmlFirstElementChild (xmlFirstElementChild (xmlFirstElementChild (xmlDocGetRootElement (document))));
       at != NULL; at = xmlNextElementSibling (at))
    {
      xmlNode *group = xmlFirstElementChild (at);
      g_autofree char *name = attribute_of (xmlStrEqual (at->name, BAD_CAST "attribute") ? at : group, "name");
      g_autofree char *ref = NULL;

      if (xmlStrEqual (at->name, BAD_CAST "attribute"))
        {
          ref = attribute_of (group, "name");
          g_string_append_printf (groups, "%s!:%s ", name, ref != NULL ? ref : "any");
          continue;
        }
      ref = attribute_of (xmlFirstElementChild (xmlFirstElementChild (group)), "name");
      g_string_append_printf (groups, "%s(%s) ", name, ref);
    }
  CU_ASSERT_STRING_EQUAL (groups->str, expected_groups->str);
  xmlFreeDoc (document);
}

/* ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
cancel_at_once (double fraction, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
a_file_is_written_whole_or_not_at_all (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kennis-writer-XXXXXX", NULL),
                  *path = g_build_filename (folder, "x.xml", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path), nowhere = g_file_new_for_path ("/nonexistent/x.xml");
  g_autoptr (KennisDataset) dataset = random_dataset (1, 20000);
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL, missing = NULL;
  g_autofree char *before = NULL, *after = NULL;

  CU_ASSERT (g_file_set_contents (path, "what was there", -1, NULL));
  CU_ASSERT_FALSE (kennis_writer_save (writer, dataset, file, cancel_at_once, cancellable, cancellable, &error));
  CU_ASSERT (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  CU_ASSERT (g_file_get_contents (path, &before, NULL, NULL));
  CU_ASSERT_STRING_EQUAL (before, "what was there");
  CU_ASSERT_EQUAL (count_files (folder), 1);

  CU_ASSERT (kennis_writer_save (writer, dataset, file, NULL, NULL, NULL, NULL));
  CU_ASSERT (g_file_get_contents (path, &after, NULL, NULL));
  CU_ASSERT (g_str_has_prefix (after, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kennis "));
  CU_ASSERT (g_str_has_suffix (after, "</kennis>\n"));
  CU_ASSERT_EQUAL (count_files (folder), 1);

  CU_ASSERT_FALSE (kennis_writer_save (writer, dataset, nowhere, NULL, NULL, NULL, &missing));
  CU_ASSERT (g_error_matches (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND));
  g_unlink (path);
  g_rmdir (folder);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  CU_ASSERT (kennis_writer_save_finish (KENNIS_WRITER (source), result, NULL));
  g_main_loop_quit (data);
}

static void
saving_in_another_thread_takes_what_was_there_when_it_began (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kennis-writer-XXXXXX", NULL),
                  *path = g_build_filename (folder, "x.xml.gz", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (KennisDataset) dataset = random_dataset (2, 500), expected = kennis_dataset_snapshot (dataset),
                            back = NULL;
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (KennisRecord) team = g_object_new (KENNIS_TYPE_TEAM, NULL);

  g_object_set (team, "id", "a late one", NULL);
  kennis_writer_set_compress (writer, TRUE);
  kennis_writer_save_async (writer, dataset, file, NULL, NULL, NULL, NULL, on_saved, loop);
  CU_ASSERT (kennis_dataset_add (dataset, team, NULL, NULL));
  g_main_loop_run (loop);
  kennis_reader_set_accept_seen (reader, TRUE);
  back = kennis_reader_load (reader, file, NULL, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (back);
  CU_ASSERT_EQUAL (count_differences (expected, back), 0);
  g_unlink (path);
  g_rmdir (folder);
}

static void
a_tag_that_no_reader_would_take_is_not_written (void)
{
  g_autofree char *quotes = g_strnfill (KENNIS_MAX_TEXT, '"');
  g_autoptr (KennisDataset) dataset = kennis_dataset_new (NULL, NULL, NULL),
                            one = kennis_dataset_new (NULL, NULL, NULL), back = NULL;
  g_autoptr (KennisRecord) team = g_object_new (KENNIS_TYPE_TEAM, NULL);
  g_autoptr (KennisWriter) writer = kennis_writer_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_object_set (team, "id", "t", "name", quotes, NULL);
  CU_ASSERT (kennis_dataset_add (one, team, NULL, NULL));
  bytes = write_bytes (one, FALSE);
  back = read_bytes (bytes);
  CU_ASSERT_EQUAL (count_differences (one, back), 0);

  g_object_set (team, "id", quotes, NULL);
  CU_ASSERT (kennis_dataset_add (dataset, team, NULL, NULL));
  CU_ASSERT_FALSE (kennis_writer_write (writer, dataset, stream, NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE));
}

int
main (void)
{
  return kennis_test_main ("writer", (CU_TestInfo[]) {
    { "what was written reads back the same", what_was_written_reads_back_the_same },
    { "what was written is valid by the grammar", what_was_written_is_valid_by_the_grammar },
    { "grammar and table name the same fields and words", grammar_and_table_name_the_same_fields_and_words },
    { "a file is written whole or not at all", a_file_is_written_whole_or_not_at_all },
    { "saving in another thread takes what was there when it began",
      saving_in_another_thread_takes_what_was_there_when_it_began },
    { "a tag that no reader would take is not written", a_tag_that_no_reader_would_take_is_not_written },
    CU_TEST_INFO_NULL,
  });
}
