#include "config.h"

#include "dataset/kennis-dataset-private.h"
#include "kennis-test.h"

#include <kennis/kennis.h>

#define DAY KENNIS_MS_PER_DAY
#define T0  G_GINT64_CONSTANT (1704067200000)   /* 2024-01-01T00:00:00Z */

static KennisDataset *
two_people (void)
{
  KennisDataset *dataset = kennis_dataset_new (NULL, NULL, NULL);
  const char *ids[] = { "anna", "bram" };
  g_autoptr (KennisRecord) team = g_object_new (KENNIS_TYPE_TEAM, "id", "t1", NULL);

  g_assert_true (kennis_dataset_add (dataset, team, NULL, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KennisRecord) person = g_object_new (KENNIS_TYPE_PERSON, "id", ids[i], "team", "t1", NULL);

      g_assert_true (kennis_dataset_add (dataset, person, NULL, NULL));
    }

  return dataset;
}

static gboolean
add (KennisDataset  *dataset,
     KennisRecord   *record,
     gboolean       *added,
     GError        **error)
{
  g_autoptr (KennisRecord) owned = record;

  return kennis_dataset_add (dataset, owned, added, error);
}

static KennisRecord *
activity (const char *id,
          const char *person,
          gint64      ended)
{
  return g_object_new (KENNIS_TYPE_ACTIVITY, "id", id, "person", person, "ended", ended, "status",
                       KENNIS_STATUS_COMPLETED, NULL);
}

static void
a_record_comes_back_as_it_was (void)
{
  g_autoptr (KennisDataset) dataset = two_people ();
  const char *attributes[] = { "level=senior", "gender=f", NULL };
  g_autoptr (KennisRecord) person =
      g_object_new (KENNIS_TYPE_PERSON, "id", "cleo", "team", "t1", "fte", 0.8, "hourly-cost", (gint64) 425000,
                    "attributes", attributes, "effective", T0, NULL);
  g_autoptr (KennisRecord) back = NULL;
  g_auto (GStrv) got = NULL;
  double fte, present;

  CU_ASSERT (kennis_dataset_add (dataset, person, NULL, NULL));
  back = kennis_dataset_lookup (dataset, KENNIS_RECORD_TYPE_PERSON, "cleo");
  CU_ASSERT_PTR_NOT_NULL_FATAL (back);
  CU_ASSERT (kennis_record_equal (person, back));
  g_object_get (back, "fte", &fte, "present", &present, "attributes", &got, NULL);
  assert_near (fte, 0.8);
  CU_ASSERT (isnan (present));
  CU_ASSERT_STRING_EQUAL (got[0], "gender=f");
  CU_ASSERT_STRING_EQUAL (got[1], "level=senior");
}

static void
an_unknown_person_is_named_in_the_error (void)
{
  g_autoptr (KennisDataset) dataset = two_people ();
  g_autoptr (GError) error = NULL;

  CU_ASSERT_FALSE (add (dataset, activity ("a1", "zoe", T0), NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "zoe"));
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY), 0);
  CU_ASSERT_EQUAL (kennis_dataset_count_seen (dataset), 0);

  kennis_dataset_set_accept_seen (dataset, TRUE);
  CU_ASSERT (add (dataset, activity ("a1", "zoe", T0), NULL, NULL));
  CU_ASSERT_EQUAL (kennis_dataset_count_seen (dataset), 1);
}

static void
adding_twice_changes_nothing_and_other_content_is_refused (void)
{
  g_autoptr (KennisDataset) dataset = two_people ();
  g_autoptr (GError) error = NULL;
  gboolean added;

  CU_ASSERT (add (dataset, activity ("a1", "anna", T0), &added, NULL) && added);
  CU_ASSERT (add (dataset, activity ("a1", "anna", T0), &added, NULL) && !added);
  CU_ASSERT_FALSE (add (dataset, activity ("a1", "anna", T0 + 1), &added, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_CONFLICT));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "ended"));
  CU_ASSERT (add (dataset, activity (NULL, "anna", T0), &added, NULL) && added);
  CU_ASSERT (add (dataset, activity (NULL, "anna", T0), &added, NULL) && added);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY), 3);
}

static void
natural_keys_merge_moments (void)
{
  g_autoptr (KennisDataset) dataset = two_people ();
  gboolean added;

  for (guint round = 0; round < 2; round++)
    for (gint64 i = 0; i < 10000; i++)
      {
        CU_ASSERT (add (dataset,
                        g_object_new (KENNIS_TYPE_MOMENT, "team", "t1", "kind", KENNIS_MOMENT_KIND_CHECK_OUT, "time",
                                      T0 + i * 1000, NULL),
                        &added, NULL));
        CU_ASSERT_EQUAL (added, round == 0);
      }
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_MOMENT), 10000);
}

static void
refuses (KennisDataset *dataset,
         KennisRecord  *record,
         const char    *word)
{
  g_autoptr (GError) error = NULL;

  CU_ASSERT_FALSE (add (dataset, record, NULL, &error));
  CU_ASSERT_PTR_NOT_NULL_FATAL (error);
  if (strstr (error->message, word) == NULL)
    g_print ("# %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, word));
}

static void
what_cannot_be_is_refused_with_what_could (void)
{
  g_autoptr (KennisDataset) dataset = two_people ();
  const KennisRecordType activity_type = KENNIS_RECORD_TYPE_ACTIVITY;

  refuses (dataset, kennis_record_of_type (activity_type), "person");
  refuses (dataset, activity ("a", "anna", KENNIS_UNKNOWN), "there is no time");
  refuses (dataset, activity ("a", "anna", KENNIS_TIME_MAX), "from 1900 to 2199");
  refuses (dataset, g_object_new (KENNIS_TYPE_ACTIVITY, "person", "anna", "start", T0, "ended", T0 - 1, NULL),
           "before");
  refuses (dataset, g_object_new (KENNIS_TYPE_ACTIVITY, "person", "anna", "ended", T0, "duration", (gint64) -1, NULL),
           "duration");
  refuses (dataset, activity ("a\n", "anna", T0), "control characters");
  refuses (dataset, activity ("\xff", "anna", T0), "UTF-8");
  refuses (dataset, activity ("", "anna", T0), "empty");
  refuses (dataset, g_object_new (KENNIS_TYPE_SHARING, "giver", "anna", "receiver", "anna", "time", T0, NULL), "two");
  refuses (dataset, g_object_new (KENNIS_TYPE_SHARING, "giver", "anna", "time", T0, NULL), "outside");
  refuses (dataset, g_object_new (KENNIS_TYPE_MOMENT, "team", "t9", "kind", 1, "time", T0, NULL), "t9");
  refuses (dataset, g_object_new (KENNIS_TYPE_TEAM, "id", "t2", "parent", "t2", NULL), "own parent");
  refuses (dataset, g_object_new (KENNIS_TYPE_PERSON, "id", "dirk", "leader", "nobody", NULL), "nobody");
}

static void
lists_have_sound_members (void)
{
  g_autoptr (KennisDataset) dataset = two_people ();
  const char *empty[] = { "", "x", NULL }, *no_name[] = { "=f", NULL }, *no_value[] = { "gender", NULL };

  refuses (dataset, g_object_new (KENNIS_TYPE_PERSON, "id", "p", "aliases", empty, NULL), "aliases");
  refuses (dataset, g_object_new (KENNIS_TYPE_PERSON, "id", "p", "attributes", no_name, NULL), "name=value");
  refuses (dataset, g_object_new (KENNIS_TYPE_PERSON, "id", "p", "attributes", no_value, NULL), "name=value");
}

static void
a_leader_who_is_forgotten_leaves_unknown (void)
{
  g_autoptr (KennisDataset) dataset = two_people (), without = NULL;
  g_autoptr (KennisRecord) person = NULL;
  g_autofree char *leader = NULL;
  const char *aliases[] = { "anna", NULL };

  CU_ASSERT (add (dataset, g_object_new (KENNIS_TYPE_PERSON, "id", "cleo", "leader", "anna", "aliases", aliases, NULL),
                  NULL, NULL));
  without = kennis_dataset_forget_person (dataset, "anna", NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (without);
  person = kennis_dataset_lookup (without, KENNIS_RECORD_TYPE_PERSON, "cleo");
  g_object_get (person, "leader", &leader, NULL);
  CU_ASSERT_PTR_NULL (leader);
}

static void
a_cycle_of_teams_is_found (void)
{
  g_autoptr (KennisDataset) dataset = kennis_dataset_new (NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  kennis_dataset_set_deferred (dataset, TRUE);
  CU_ASSERT (add (dataset, g_object_new (KENNIS_TYPE_TEAM, "id", "a", "parent", "b", NULL), NULL, NULL));
  CU_ASSERT (add (dataset, g_object_new (KENNIS_TYPE_TEAM, "id", "b", "parent", "c", NULL), NULL, NULL));
  CU_ASSERT_FALSE (kennis_dataset_check (dataset, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE));
  g_clear_error (&error);
  CU_ASSERT (add (dataset, g_object_new (KENNIS_TYPE_TEAM, "id", "c", "parent", "a", NULL), NULL, NULL));
  CU_ASSERT_FALSE (kennis_dataset_check (dataset, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_CYCLE));
}

static void
a_snapshot_stays_while_the_writer_goes_on (void)
{
  g_autoptr (KennisDataset) dataset = two_people (), snapshot = NULL;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (KennisRecord) last = NULL, found = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ended;

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", i);

      CU_ASSERT (add (dataset, activity (id, "bram", T0 + i), NULL, NULL));
    }
  snapshot = kennis_dataset_snapshot (dataset);
  list = kennis_dataset_list (dataset, KENNIS_RECORD_TYPE_ACTIVITY);
  for (guint i = 5000; i < 10000; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", i);

      CU_ASSERT (add (dataset, activity (id, "bram", T0 + i), NULL, NULL));
    }

  CU_ASSERT_EQUAL (g_list_model_get_n_items (list), 5000);
  CU_ASSERT_EQUAL (kennis_dataset_count (snapshot, KENNIS_RECORD_TYPE_ACTIVITY), 5000);
  last = g_list_model_get_item (list, 4999);
  g_object_get (last, "ended", &ended, NULL);
  CU_ASSERT_EQUAL (ended, T0 + 4999);
  CU_ASSERT_PTR_NULL (g_list_model_get_item (list, 5000));
  found = kennis_dataset_lookup (snapshot, KENNIS_RECORD_TYPE_ACTIVITY, "a4999");
  CU_ASSERT (found != NULL && kennis_record_equal (found, last));
  CU_ASSERT_FALSE (add (snapshot, activity ("b", "bram", T0), NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_READ_ONLY));
}

static void
columns_come_out_whole (void)
{
  g_autoptr (KennisDataset) dataset = two_people ();
  g_autoptr (GBytes) ended = NULL, person = NULL, status = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) people = NULL;
  const gint64 *times;
  gsize size;

  for (gint64 i = 0; i < 9000; i++)
    CU_ASSERT (add (dataset, activity (NULL, i % 3 == 0 ? "anna" : "bram", T0 + i * i * 977), NULL, NULL));

  ended = kennis_dataset_get_column (dataset, KENNIS_RECORD_TYPE_ACTIVITY, "ended", NULL);
  times = g_bytes_get_data (ended, &size);
  CU_ASSERT_EQUAL_FATAL (size, 9000 * sizeof *times);
  for (gint64 i = 0; i < 9000; i++)
    CU_ASSERT_EQUAL (times[i], T0 + i * i * 977);

  person = kennis_dataset_get_column (dataset, KENNIS_RECORD_TYPE_ACTIVITY, "person", NULL);
  people = kennis_dataset_get_texts (dataset, KENNIS_RECORD_TYPE_ACTIVITY, "person", NULL);
  CU_ASSERT_STRING_EQUAL (people[((const guint32 *) g_bytes_get_data (person, NULL))[4]], "bram");
  status = kennis_dataset_get_column (dataset, KENNIS_RECORD_TYPE_ACTIVITY, "status", NULL);
  CU_ASSERT_EQUAL (((const guint8 *) g_bytes_get_data (status, NULL))[8999], KENNIS_STATUS_COMPLETED);
  CU_ASSERT_PTR_NULL (kennis_dataset_get_column (dataset, KENNIS_RECORD_TYPE_ACTIVITY, "colour", &error));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "duration"));
}

static void
a_forgotten_person_is_gone_and_stays_away (void)
{
  g_autoptr (KennisDataset) dataset = two_people (), without = NULL;
  g_autoptr (GBytes) key = g_bytes_new_static ("0123456789abcdef", 16);
  g_autoptr (KennisSuppression) suppression = kennis_suppression_new (key);
  g_autoptr (KennisRecord) moment = NULL;
  g_autoptr (GError) error = NULL;
  const char *attendees[] = { "anna", "bram", NULL };
  g_auto (GStrv) left = NULL;

  CU_ASSERT (add (dataset, activity ("a1", "anna", T0), NULL, NULL));
  CU_ASSERT (add (dataset, activity ("a2", "bram", T0), NULL, NULL));
  CU_ASSERT (add (dataset, g_object_new (KENNIS_TYPE_SHARING, "giver", "bram", "receiver", "anna", "time", T0, NULL),
                  NULL, NULL));
  CU_ASSERT (add (dataset,
                  g_object_new (KENNIS_TYPE_MOMENT, "team", "t1", "kind", 1, "time", T0, "attendees", attendees, NULL),
                  NULL, NULL));
  without = kennis_dataset_forget_person (dataset, "anna", NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (without);
  CU_ASSERT_EQUAL (kennis_dataset_count (without, KENNIS_RECORD_TYPE_PERSON), 1);
  CU_ASSERT_EQUAL (kennis_dataset_count (without, KENNIS_RECORD_TYPE_ACTIVITY), 1);
  CU_ASSERT_EQUAL (kennis_dataset_count (without, KENNIS_RECORD_TYPE_SHARING), 0);
  moment = kennis_dataset_get_record (without, KENNIS_RECORD_TYPE_MOMENT, 0);
  g_object_get (moment, "attendees", &left, NULL);
  CU_ASSERT_EQUAL (g_strv_length (left), 1);
  CU_ASSERT_STRING_EQUAL (left[0], "bram");
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_PERSON), 2);
  CU_ASSERT_PTR_NULL (kennis_dataset_forget_person (dataset, "zoe", NULL));

  kennis_suppression_add (suppression, "anna");
  kennis_dataset_set_suppression (without, suppression);
  CU_ASSERT_FALSE (add (without, g_object_new (KENNIS_TYPE_PERSON, "id", "anna", NULL), NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_SUPPRESSED));
  CU_ASSERT_PTR_NULL (strstr (error->message, "anna"));
}

/* Every field of an activity known and none of them equal from row to row: the worst that HR exports hold. */
static void
activities_fit_in_64_bytes (void)
{
  g_autoptr (KennisDataset) dataset = two_people ();
  const guint32 n = 65536;
  gboolean added;

  for (guint32 i = 0; i < n; i++)
    {
      gint64 second = 1000, start = T0 + (i * G_GINT64_CONSTANT (2654435761) % (730 * 86400)) * second;
      gint64 codes[] = { i, i / 7, i % 2, 1 + i % 8, i % 500, start, start + (i % 9999) * 60 * second, (i % 9999) * 60 * second,
                         (i % 777) * 12345, 1 + i % 4, 1 + i % 4, 1 + i % 3, KENNIS_STATUS_COMPLETED, start - (i % 99991) * second,
                         start - (i % 88883) * second / 1000 * 1000 + 99991 * second, start + (i % 7777777) * second,
                         start + (i % 6666667) * second, 1 + i % 2 };

      codes[KENNIS_ACTIVITY_DECIDED] = codes[KENNIS_ACTIVITY_REQUESTED] + (i % 999) * second;
      CU_ASSERT (kennis_dataset_append (dataset, KENNIS_RECORD_TYPE_ACTIVITY, codes, &added, NULL) && added);
    }
  CU_ASSERT (kennis_dataset_get_memory (dataset, KENNIS_RECORD_TYPE_ACTIVITY) <= (guint64) n * 64);
  g_print ("# %.1f bytes an activity\n", (double) kennis_dataset_get_memory (dataset, KENNIS_RECORD_TYPE_ACTIVITY) / n);
}

int
main (void)
{
  return kennis_test_main ("dataset", (CU_TestInfo[]) {
    { "a record comes back as it was", a_record_comes_back_as_it_was },
    { "an unknown person is named in the error", an_unknown_person_is_named_in_the_error },
    { "adding twice changes nothing, and other content is refused", adding_twice_changes_nothing_and_other_content_is_refused },
    { "natural keys merge moments", natural_keys_merge_moments },
    { "what cannot be is refused with what could", what_cannot_be_is_refused_with_what_could },
    { "lists have sound members", lists_have_sound_members },
    { "a leader who is forgotten leaves unknown", a_leader_who_is_forgotten_leaves_unknown },
    { "a cycle of teams is found", a_cycle_of_teams_is_found },
    { "a snapshot stays while the writer goes on", a_snapshot_stays_while_the_writer_goes_on },
    { "columns come out whole", columns_come_out_whole },
    { "a forgotten person is gone and stays away", a_forgotten_person_is_gone_and_stays_away },
    { "activities fit in 64 bytes", activities_fit_in_64_bytes },
    CU_TEST_INFO_NULL,
  });
}
