#pragma once

#include <string.h>

#include "base/kennis-random-private.h"
#include "kennis-test.h"

/* What tests of readers ask of a reader and of what it made. */

/* A line for each record of this type and of those after it. */
static inline char *
records_from (KennisDataset *dataset, KennisRecordType first)
{
  GString *text = g_string_new (NULL);

  for (guint type = first; type <= KENNIS_RECORD_TYPE_OUTCOME; type++)
    for (guint64 i = 0; i < kennis_dataset_count (dataset, type); i++)
      {
        g_autoptr (KennisRecord) record = kennis_dataset_get_record (dataset, type, i);
        g_autofree char *line = kennis_record_to_string (record);

        g_string_append_printf (text, "%s\n", line);
      }
  return g_string_free (text, FALSE);
}

/* Of all but coverage. */
static inline char *
records_of (KennisDataset *dataset)
{
  return records_from (dataset, KENNIS_RECORD_TYPE_PERSON);
}

/* A line for each diagnostic. */
static inline char *
told_by (KennisReader *reader)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (kennis_reader_get_diagnostics (reader)); i++)
    {
      g_autoptr (KennisDiagnostic) diagnostic = g_list_model_get_item (kennis_reader_get_diagnostics (reader), i);
      g_autofree char *one = kennis_diagnostic_to_string (diagnostic);

      g_string_append_printf (text, "%s\n", one);
    }
  return g_string_free (text, FALSE);
}

static inline gboolean
is_told (KennisReader *reader, const char *part)
{
  g_autofree char *told = told_by (reader);

  return strstr (told, part) != NULL;
}

/* The records of a dataset, and the rows that its reader used, rejected and ignored; each one is in one class. */
static inline void
check_read (KennisReader *reader, KennisDataset *dataset, const GError *error, const char *records, guint used, guint rejected,
            guint ignored)
{
  g_autofree char *got = NULL, *told = told_by (reader);

  if (dataset == NULL)
    printf ("# %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  got = records_of (dataset);
  if (strcmp (got, records) != 0)
    printf ("# %s", told);
  assert_text (got, records);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (reader), used);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (reader), rejected);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_ignored (reader), ignored);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows (reader), used + rejected + ignored);
  CU_ASSERT_EQUAL (kennis_reader_get_n_read (reader),
                   kennis_reader_get_n_added (reader) + kennis_reader_get_n_merged (reader)
                       + kennis_reader_get_n_rejected (reader) + kennis_reader_get_n_ignored (reader));
}

static inline gboolean
same_diagnostics (KennisReader *a, KennisReader *b)
{
  GListModel *in_a = kennis_reader_get_diagnostics (a), *in_b = kennis_reader_get_diagnostics (b);

  if (g_list_model_get_n_items (in_a) != g_list_model_get_n_items (in_b))
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (in_a); i++)
    {
      g_autoptr (KennisDiagnostic) x = g_list_model_get_item (in_a, i), y = g_list_model_get_item (in_b, i);
      g_autofree char *text = kennis_diagnostic_to_string (x), *other = kennis_diagnostic_to_string (y);

      assert_text (text, other);
      if (!g_str_equal (text, other))
        return FALSE;
    }

  return TRUE;
}

static inline void
compare_counts (KennisReader *a, KennisReader *b)
{
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows (a), kennis_reader_get_n_rows (b));
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_used (a), kennis_reader_get_n_rows_used (b));
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_ignored (a), kennis_reader_get_n_rows_ignored (b));
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (a), kennis_reader_get_n_rows_rejected (b));
  CU_ASSERT_EQUAL (kennis_reader_get_n_read (a), kennis_reader_get_n_read (b));
  CU_ASSERT_EQUAL (kennis_reader_get_n_added (a), kennis_reader_get_n_added (b));
  CU_ASSERT_EQUAL (kennis_reader_get_n_merged (a), kennis_reader_get_n_merged (b));
  CU_ASSERT_EQUAL (kennis_reader_get_n_seen (a), kennis_reader_get_n_seen (b));
}

/* One of n words. */
static inline const char *
pick (KennisRandom *random, const char *const *words, guint n)
{
  return words[kennis_random_below (random, n)];
}
