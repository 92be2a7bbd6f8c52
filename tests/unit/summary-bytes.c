#include "config.h"

#include "kennis-test.h"
#include "summary-records.h"

static KennisSummary *
some_summary (guint64 seed,
              guint   n)
{
  g_autofree TestRecord *records = test_random_records (seed, n);
  g_autoptr (KennisDataset) dataset = test_dataset_new_in ("UTC"); /* quick to read again and again */
  const char *fingerprints[] = { "one.xml", "two.xml", NULL };

  for (guint i = 0; i < n; i++)
    g_assert_true (test_record_add (&records[i], dataset));

  return kennis_summary_make (dataset, fingerprints, 1, NULL, NULL, NULL, NULL);
}

static GBytes *
some_bytes (guint64 seed,
            guint   n)
{
  g_autoptr (KennisSummary) summary = some_summary (seed, n);

  return kennis_summary_to_bytes (summary);
}

static KennisSummary *
read_data (const guint8  *data,
           gsize          length,
           GError       **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);

  return kennis_summary_new_from_bytes (bytes, error);
}

static void
what_is_written_is_read_back_byte_for_byte (void)
{
  for (guint64 seed = 1; seed <= 20; seed++)
    {
      g_autoptr (KennisSummary) summary = some_summary (seed, 50 * (guint) (seed - 1));
      g_autoptr (GBytes) bytes = kennis_summary_to_bytes (summary);
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisSummary) again = kennis_summary_new_from_bytes (bytes, &error);
      g_auto (GStrv) sources = NULL;
      KennisSummaryView a, b;

      g_assert_no_error (error);
      g_autoptr (GBytes) twice = kennis_summary_to_bytes (again);
      CU_ASSERT (g_bytes_equal (bytes, twice));
      sources = kennis_summary_get_sources (again);
      CU_ASSERT_EQUAL (g_strv_length (sources), 2);
      kennis_summary_view (summary, &a);
      kennis_summary_view (again, &b);
      CU_ASSERT_EQUAL (a.n_cells, b.n_cells);
      CU_ASSERT_EQUAL (a.n_activities, b.n_activities);
      CU_ASSERT_EQUAL (a.first_time, b.first_time);
      CU_ASSERT_EQUAL (memcmp (a.n_known, b.n_known, sizeof a.n_known), 0);
      for (guint type = 0; type < KENNIS_N_RECORD_TYPES; type++)
        CU_ASSERT_EQUAL (kennis_summary_count (summary, type), kennis_summary_count (again, type));
    }
}

/* Worked out by hand from the description in kennis-summary-bytes-private.h. */
static void
the_format_does_not_change_unnoticed (void)
{
  g_autoptr (KennisDataset) dataset = kennis_dataset_new ("UTC", "EUR", NULL);
  TestRecord record;

  kennis_dataset_set_accept_seen (dataset, TRUE);
  test_record_init (&record, KENNIS_RECORD_TYPE_ACTIVITY);
  strcpy (record.texts[KENNIS_ACTIVITY_PERSON], "ann");
  record.codes[KENNIS_ACTIVITY_ENDED] = G_GINT64_CONSTANT (1700000000000);
  record.codes[KENNIS_ACTIVITY_DURATION] = KENNIS_MS_PER_HOUR;
  record.codes[KENNIS_ACTIVITY_FORM] = KENNIS_FORM_TOGETHER;
  CU_ASSERT (test_record_add (&record, dataset));
  g_autoptr (KennisSummary) summary = kennis_summary_make (dataset, NULL, 1, NULL, NULL, NULL, NULL);
  g_autoptr (GBytes) bytes = kennis_summary_to_bytes (summary);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  /* The cell: person 0, month 646 (2023-11), no topic, form 3; n 1, timed 1, neither cost nor evaluation, 1 h, 0. */
  static const guint8 cells[] = {
    1, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0,
    0x86, 2, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0,
    3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0x80, 0xee, 0x36, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  };
  const guint8 *entry = data + KENNIS_SUMMARY_HEADER + 4 * KENNIS_SECTION_ENTRY;
  guint64 place[2];

  CU_ASSERT_EQUAL (memcmp (data, "KENNISUM\1\0\0\0\26\0\0\0meta\0", 21), 0);
  CU_ASSERT_STRING_EQUAL ((const char *) entry, "cells");
  memcpy (place, entry + KENNIS_SECTION_NAME + 8, sizeof place);
  CU_ASSERT_EQUAL_FATAL (GUINT64_FROM_LE (place[1]), sizeof cells);
  CU_ASSERT_EQUAL (memcmp (data + GUINT64_FROM_LE (place[0]), cells, sizeof cells), 0);
}

/* The check value of CRC-64/XZ in the catalogue of Greg Cook. */
static void
the_checksum_is_that_of_xz (void)
{
  CU_ASSERT_EQUAL (kennis_summary_crc ((const guint8 *) "123456789", 9), G_GUINT64_CONSTANT (0x995dc9bbdf1939fa));
}

static void
any_changed_byte_is_refused (void)
{
  g_autoptr (GBytes) bytes = some_bytes (5, 60);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *copy = g_memdup2 (data, length);
  guint accepted = 0, other = 0;

  for (gsize i = 0; i < length; i++)
    for (guint bit = 0; bit < 8; bit += 3)
      {
        g_autoptr (GError) error = NULL;

        copy[i] ^= 1u << bit;
        g_autoptr (KennisSummary) summary = read_data (copy, length, &error);
        accepted += summary != NULL;
        other += !g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_DAMAGED);
        copy[i] = data[i];
      }
  CU_ASSERT_EQUAL (accepted, 0);
  CU_ASSERT_EQUAL (other, 0);
}

static void
any_part_of_the_bytes_is_refused (void)
{
  g_autoptr (GBytes) bytes = some_bytes (6, 60);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *longer = g_malloc0 (length + 1);
  guint accepted = 0;

  for (gsize n = 0; n < length; n++)
    {
      g_autofree guint8 *part = g_memdup2 (data, n); /* so that reading beyond shows */
      g_autoptr (KennisSummary) summary = read_data (part, n, NULL);

      accepted += summary != NULL;
    }
  memcpy (longer, data, length);
  g_autoptr (KennisSummary) summary = read_data (longer, length + 1, NULL);
  accepted += summary != NULL;
  CU_ASSERT_EQUAL (accepted, 0);
}

/* With the checksums made right, damage meets the checks of the content: what they let through must be a summary that
 * is written the same way. */
static void
damage_behind_the_checksums_is_never_misread (void)
{
  g_autoptr (GBytes) bytes = some_bytes (7, 120);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *copy = g_memdup2 (data, length);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint refused = 0, misread = 0;

  for (guint k = 0; k < 6000; k++)
    {
      guint n = g_rand_int_range (random, 1, 4);

      for (guint i = 0; i < n; i++)
        copy[g_rand_int_range (random, 16, (gint32) length)] = g_rand_boolean (random) ? g_rand_int (random) : 0xff;
      test_repair_checksums (copy, length);
      g_autoptr (KennisSummary) summary = read_data (copy, length, NULL);
      if (summary == NULL)
        refused++;
      else
        {
          g_autoptr (GBytes) again = kennis_summary_to_bytes (summary);

          misread += g_bytes_get_size (again) != length || memcmp (g_bytes_get_data (again, NULL), copy, length) != 0;
        }
      memcpy (copy, data, length);
    }
  CU_ASSERT_EQUAL (misread, 0);
  CU_ASSERT (refused > 5000);
}

static void
the_error_says_where_it_is_damaged (void)
{
  g_autoptr (GBytes) bytes = some_bytes (8, 60);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *copy = g_memdup2 (data, length);
  g_autoptr (GError) error = NULL, noise = NULL;
  guint64 place;

  memcpy (&place, data + KENNIS_SUMMARY_HEADER + 4 * KENNIS_SECTION_ENTRY + KENNIS_SECTION_NAME + 8, sizeof place);
  copy[GUINT64_FROM_LE (place) + 3] ^= 0x40;
  CU_ASSERT_PTR_NULL (read_data (copy, length, &error));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "section “cells”"));
  /* Far too many rows: the count is not believed. */
  g_clear_error (&error);
  test_repair_checksums (copy, length);
  CU_ASSERT_PTR_NULL (read_data (copy, length, &error));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "more rows than bytes"));
  CU_ASSERT_PTR_NULL (read_data ((const guint8 *) "not a summary", 13, &noise));
  CU_ASSERT (g_error_matches (noise, KENNIS_ERROR, KENNIS_ERROR_DAMAGED));
}

static void
newer_bytes_are_incompatible_and_say_so (void)
{
  g_autoptr (GBytes) bytes = some_bytes (9, 20);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *copy = g_memdup2 (data, length);
  g_autoptr (GError) error = NULL;

  copy[8] = 2;
  test_repair_checksums (copy, length);
  CU_ASSERT_PTR_NULL (read_data (copy, length, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE));
  g_clear_error (&error);
  copy[8] = 1;
  memcpy (copy + KENNIS_SUMMARY_HEADER + 5 * KENNIS_SECTION_ENTRY, "dreams\0\0\0\0\0", 11);
  test_repair_checksums (copy, length);
  CU_ASSERT_PTR_NULL (read_data (copy, length, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "“dreams”"));
}

/* The seeds of tests/fuzz/fuzz-summary. */
static int
write_seeds (const char *folder)
{
  static const guint sizes[] = { 0, 4, 16, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bytes = some_bytes (100 + i, sizes[i]);
      g_autofree char *path = g_strdup_printf ("%s/summary-%u", folder, sizes[i]);

      if (!g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL))
        return 1;
    }

  return 0;
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--seeds"))
    return write_seeds (argv[2]);

  return kennis_test_main ("summary-bytes", (CU_TestInfo[]) {
    { "what is written is read back byte for byte", what_is_written_is_read_back_byte_for_byte },
    { "the format does not change unnoticed", the_format_does_not_change_unnoticed },
    { "the checksum is that of xz", the_checksum_is_that_of_xz },
    { "any changed byte is refused", any_changed_byte_is_refused },
    { "any part of the bytes is refused", any_part_of_the_bytes_is_refused },
    { "damage behind the checksums is never misread", damage_behind_the_checksums_is_never_misread },
    { "the error says where it is damaged", the_error_says_where_it_is_damaged },
    { "newer bytes are incompatible and say so", newer_bytes_are_incompatible_and_say_so },
    CU_TEST_INFO_NULL,
  });
}
