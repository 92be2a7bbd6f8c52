#include "config.h"

#include "kennis-test.h"
#include "summary-records.h"

#define N_RECORDS 900u

static gboolean
same (KennisSummary *a,
      KennisSummary *b)
{
  g_autoptr (GBytes) x = kennis_summary_to_bytes (a), y = kennis_summary_to_bytes (b);

  return g_bytes_equal (x, y);
}

static KennisSummary *
summarise (KennisDataset *dataset,
           const char    *fingerprint,
           guint          n_threads)
{
  const char *fingerprints[] = { fingerprint, NULL };
  g_autoptr (GError) error = NULL;
  KennisSummary *summary = kennis_summary_make (dataset, fingerprints, n_threads, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return summary;
}

/* The records in some other order: summaries may not depend on it. */
static void
shuffle (TestRecord *records,
         guint       n,
         GRand      *random)
{
  for (guint i = n - 1; i > 0; i--)
    {
      guint j = g_rand_int_range (random, 0, i + 1);
      TestRecord other = records[i];

      records[i] = records[j];
      records[j] = other;
    }
}

/* Merges two of them, chosen at random, until one is left: any order and any tree. */
static KennisSummary *
merge_all (GPtrArray *summaries,
           GRand     *random)
{
  while (summaries->len > 1)
    {
      g_autoptr (KennisSummary) a =
          g_ptr_array_steal_index_fast (summaries, g_rand_int_range (random, 0, summaries->len));
      g_autoptr (KennisSummary) b =
          g_ptr_array_steal_index_fast (summaries, g_rand_int_range (random, 0, summaries->len));
      g_autoptr (GError) error = NULL;
      KennisSummary *merged = kennis_summary_merge (a, b, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      g_ptr_array_add (summaries, merged);
    }

  return g_ptr_array_steal_index (summaries, 0);
}

static gboolean
split_and_merge_once (guint64 seed)
{
  static const guint n_threads[] = { 1, 2, 7 };
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) seed);
  g_autofree TestRecord *records = test_random_records (seed, N_RECORDS);
  guint n_parts = g_rand_int_range (random, 1, 9);
  g_autoptr (GPtrArray) datasets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) summaries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KennisDataset) all = test_dataset_new ();

  for (guint i = 0; i < N_RECORDS; i++)
    g_assert_true (test_record_add (&records[i], all));
  shuffle (records, N_RECORDS, random);
  for (guint p = 0; p < n_parts; p++)
    g_ptr_array_add (datasets, test_dataset_new ());
  for (guint i = 0; i < N_RECORDS; i++)
    g_assert_true (test_record_add (&records[i], datasets->pdata[g_rand_int_range (random, 0, n_parts)]));
  for (guint p = 0; p < n_parts; p++)
    {
      g_autofree char *name = g_strdup_printf ("source %u", p);

      g_ptr_array_add (summaries, summarise (datasets->pdata[p], name, n_threads[g_rand_int_range (random, 0, 3)]));
    }

  g_autoptr (KennisSummary) merged = merge_all (summaries, random);
  g_auto (GStrv) sources = kennis_summary_get_sources (merged);
  g_autoptr (KennisSummary) whole =
      kennis_summary_make (all, (const char *const *) sources, n_threads[seed % 3], NULL, NULL, NULL, NULL);

  return g_strv_length (sources) == n_parts && same (merged, whole);
}

static void
any_split_merged_in_any_order_gives_the_whole (void)
{
  for (guint64 seed = 1; seed <= 40; seed++)
    if (!split_and_merge_once (seed))
      CU_FAIL ("the bytes differ");
}

/* Enough rows for several chunks of work. */
static void
the_number_of_threads_changes_nothing (void)
{
  static const guint n_threads[] = { 2, 3, 7, 16 };
  g_autofree TestRecord *records = test_random_records (3, 4000);
  g_autoptr (KennisDataset) dataset = test_dataset_new ();

  for (guint k = 0; k < 75; k++)
    for (guint i = 0; i < 4000; i++)
      if (records[i].type == KENNIS_RECORD_TYPE_ACTIVITY && (k == 0 || *records[i].texts[KENNIS_ACTIVITY_ID] == '\0'))
        g_assert_true (test_record_add (&records[i], dataset));
  CU_ASSERT (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY) > 70000);

  g_autoptr (KennisSummary) one = summarise (dataset, "a", 1);
  for (guint t = 0; t < G_N_ELEMENTS (n_threads); t++)
    {
      g_autoptr (KennisSummary) many = summarise (dataset, "a", n_threads[t]);

      CU_ASSERT (same (one, many));
    }
}

static KennisDataset *
with_person (const char *team)
{
  KennisDataset *dataset = test_dataset_new ();
  TestRecord record;

  test_record_init (&record, KENNIS_RECORD_TYPE_PERSON);
  strcpy (record.texts[KENNIS_PERSON_ID], "ann");
  strcpy (record.texts[KENNIS_PERSON_TEAM], team);
  CU_ASSERT (test_record_add (&record, dataset));

  return dataset;
}

static void
equal_reference_rows_are_one_and_others_a_conflict (void)
{
  g_autoptr (KennisDataset) sales = with_person ("sales"), again = with_person ("sales"), other = with_person ("it");
  g_autoptr (KennisSummary) a = summarise (sales, "a", 1), b = summarise (again, "b", 1), c = summarise (other, "c", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisSummary) merged = kennis_summary_merge (a, b, NULL, NULL, NULL, NULL);

  CU_ASSERT_EQUAL (kennis_summary_count (merged, KENNIS_RECORD_TYPE_PERSON), 1);
  CU_ASSERT_PTR_NULL (kennis_summary_merge (a, c, NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_CONFLICT));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "person “ann”"));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "“team”"));
}

static void
sharings_with_an_id_are_one_and_those_without_each_their_own (void)
{
  g_autoptr (KennisDataset) dataset = test_dataset_new ();
  TestRecord record;

  test_record_init (&record, KENNIS_RECORD_TYPE_SHARING);
  strcpy (record.texts[KENNIS_SHARING_GIVER], "ann");
  strcpy (record.texts[KENNIS_SHARING_RECEIVER], "bob");
  record.codes[KENNIS_SHARING_TIME] = G_GINT64_CONSTANT (1700000000000);
  CU_ASSERT (test_record_add (&record, dataset));
  CU_ASSERT (test_record_add (&record, dataset));
  strcpy (record.texts[KENNIS_SHARING_ID], "s1");
  CU_ASSERT (test_record_add (&record, dataset));
  g_autoptr (KennisSummary) a = summarise (dataset, "a", 1), b = summarise (dataset, "b", 1);
  g_autoptr (KennisSummary) merged = kennis_summary_merge (a, b, NULL, NULL, NULL, NULL);

  CU_ASSERT_EQUAL (kennis_summary_count (merged, KENNIS_RECORD_TYPE_SHARING), 5);
}

static void
the_same_source_twice_is_refused (void)
{
  g_autoptr (KennisDataset) dataset = with_person ("sales");
  g_autoptr (KennisSummary) a = summarise (dataset, "hr.xml", 1), b = summarise (dataset, "hr.xml", 1);
  g_autoptr (GError) error = NULL;
  const char *twice[] = { "a", "a", NULL };

  CU_ASSERT_PTR_NULL (kennis_summary_merge (a, b, NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "hr.xml"));
  g_clear_error (&error);
  CU_ASSERT_PTR_NULL (kennis_summary_make (dataset, twice, 1, NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE));
}

static void
other_zones_and_currencies_do_not_merge (void)
{
  g_autoptr (KennisDataset) here = kennis_dataset_new ("Europe/Amsterdam", "EUR", NULL);
  g_autoptr (KennisDataset) there = kennis_dataset_new ("Asia/Tokyo", "EUR", NULL);
  g_autoptr (KennisDataset) dear = kennis_dataset_new ("Europe/Amsterdam", "CHF", NULL);
  g_autoptr (KennisSummary) a = summarise (here, "a", 1), b = summarise (there, "b", 1), c = summarise (dear, "c", 1);
  g_autoptr (GError) zone = NULL, currency = NULL;

  CU_ASSERT_PTR_NULL (kennis_summary_merge (a, b, NULL, NULL, NULL, &zone));
  CU_ASSERT (g_error_matches (zone, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE));
  CU_ASSERT (strstr (zone->message, "Europe/Amsterdam") != NULL && strstr (zone->message, "Asia/Tokyo") != NULL);
  CU_ASSERT_PTR_NULL (kennis_summary_merge (a, c, NULL, NULL, NULL, &currency));
  CU_ASSERT (g_error_matches (currency, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE));
  CU_ASSERT (strstr (currency->message, "EUR") != NULL && strstr (currency->message, "CHF") != NULL);
}

static KennisSummary *
with_team (const char *team,
           const char *parent)
{
  g_autoptr (KennisDataset) dataset = test_dataset_new ();
  TestRecord record;

  test_record_init (&record, KENNIS_RECORD_TYPE_TEAM);
  strcpy (record.texts[KENNIS_TEAM_ID], team);
  strcpy (record.texts[KENNIS_TEAM_PARENT], parent);
  CU_ASSERT (test_record_add (&record, dataset));

  return summarise (dataset, team, 1);
}

static void
two_trees_that_make_a_circle_do_not_merge (void)
{
  g_autoptr (KennisSummary) a = with_team ("sales", "it"), b = with_team ("it", "sales"), c = with_team ("it", "board");
  g_autoptr (KennisSummary) merged = kennis_summary_merge (a, c, NULL, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  CU_ASSERT_PTR_NOT_NULL (merged);
  CU_ASSERT_PTR_NULL (kennis_summary_merge (a, b, NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_CYCLE));
}

static void
a_merge_that_overflows_is_refused (void)
{
  g_autoptr (KennisDataset) dataset = test_dataset_new ();
  g_autoptr (GError) error = NULL;
  TestRecord record;

  test_record_init (&record, KENNIS_RECORD_TYPE_ACTIVITY);
  strcpy (record.texts[KENNIS_ACTIVITY_PERSON], "rich");
  record.codes[KENNIS_ACTIVITY_ENDED] = G_GINT64_CONSTANT (1700000000000);
  record.codes[KENNIS_ACTIVITY_COST] = G_MAXINT64 / 2 + 1;
  CU_ASSERT (test_record_add (&record, dataset));
  g_autoptr (KennisSummary) a = summarise (dataset, "a", 1), b = summarise (dataset, "b", 1);

  CU_ASSERT_PTR_NULL (kennis_summary_merge (a, b, NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_OVERFLOW));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "“rich” in 2023-11"));
}

/* Forgetting in the summary is summarising what the dataset keeps when it forgets. */
static void
forgetting_is_as_if_never_there (void)
{
  static const char *const people[] = { "p0", "p5", "q2", "boss1" };
  g_autofree TestRecord *records = test_random_records (11, 2000);
  g_autoptr (KennisDataset) dataset = test_dataset_new ();

  for (guint i = 0; i < 2000; i++)
    g_assert_true (test_record_add (&records[i], dataset));
  g_autoptr (KennisSummary) summary = summarise (dataset, "a", 2);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (KennisDataset) rest = kennis_dataset_forget_person (dataset, people[i], NULL);
      g_autoptr (KennisSummary) forgotten = kennis_summary_forget_person (summary, people[i], NULL);
      KennisSummaryView view;

      CU_ASSERT_PTR_NOT_NULL_FATAL (forgotten);
      kennis_summary_view (forgotten, &view);
      CU_ASSERT_EQUAL (kennis_intern_find (view.facts->spaces[KENNIS_SPACE_PERSON], people[i], strlen (people[i])),
                       KENNIS_INTERN_NONE);
      /* A dataset does not look for people whom it only knows as leaders. */
      if (rest != NULL)
        {
          g_autoptr (KennisSummary) wanted = summarise (rest, "a", 1);

          CU_ASSERT (same (forgotten, wanted));
        }
      CU_ASSERT (rest != NULL || i == 3);
    }
}

static void
forgetting_somebody_who_is_not_there_is_an_error (void)
{
  g_autoptr (KennisDataset) dataset = with_person ("sales");
  g_autoptr (KennisSummary) summary = summarise (dataset, "a", 1);
  g_autoptr (GError) error = NULL;

  CU_ASSERT_PTR_NULL (kennis_summary_forget_person (summary, "bob", &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "bob"));
}

typedef struct
{
  GMainLoop *loop;
  KennisSummary *merged;
  GError *error;
  double told;
  guint n_destroyed;
} Waiting;

static void
on_progress (double fraction, gpointer data)
{
  ((Waiting *) data)->told = fraction;
}

static void
on_destroy (gpointer data)
{
  ((Waiting *) data)->n_destroyed++;
}

static void
on_merged (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;

  waiting->merged = kennis_summary_merge_finish (KENNIS_SUMMARY (source), result, &waiting->error);
  g_main_loop_quit (waiting->loop);
}

static void
merging_tells_how_far_it_is_and_can_be_stopped (void)
{
  g_autoptr (KennisDataset) here = with_person ("sales"), there = with_person ("sales");
  g_autoptr (KennisSummary) a = summarise (here, "a", 1), b = summarise (there, "b", 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Waiting waiting = { .told = -1 };
  g_autoptr (KennisSummary) merged = kennis_summary_merge (a, b, on_progress, &waiting, cancellable, NULL);

  CU_ASSERT_PTR_NOT_NULL (merged);
  CU_ASSERT_EQUAL (waiting.told, 1);
  g_cancellable_cancel (cancellable);
  CU_ASSERT_PTR_NULL (kennis_summary_merge (a, b, NULL, NULL, cancellable, &error));
  CU_ASSERT (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static void
the_asynchronous_twin_gives_the_same (void)
{
#ifdef __SANITIZE_THREAD__
  kennis_test_skip ("ThreadSanitizer does not see how GTask hands over from one thread to the other");
  return;
#endif
  g_autoptr (KennisDataset) here = with_person ("sales"), there = with_person ("sales");
  g_autoptr (KennisSummary) a = summarise (here, "a", 1), b = summarise (there, "b", 1);
  g_autoptr (KennisSummary) wanted = kennis_summary_merge (a, b, NULL, NULL, NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting waiting = { .loop = loop };

  kennis_summary_merge_async (a, b, on_progress, &waiting, on_destroy, NULL, on_merged, &waiting);
  g_main_loop_run (loop);
  CU_ASSERT_PTR_NOT_NULL_FATAL (waiting.merged);
  CU_ASSERT (same (waiting.merged, wanted));
  CU_ASSERT_EQUAL (waiting.n_destroyed, 1);
  g_clear_object (&waiting.merged);

  kennis_summary_merge_async (a, a, NULL, NULL, NULL, NULL, on_merged, &waiting);
  g_main_loop_run (loop);
  CU_ASSERT_PTR_NULL (waiting.merged);
  CU_ASSERT (g_error_matches (waiting.error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE));
  g_clear_error (&waiting.error);
}

/* Two threads with the same summaries: what ThreadSanitizer is for. */
static gpointer
use_summaries (gpointer data)
{
  KennisSummary **both = data;
  KennisSummaryView view;
  gint64 sum = 0;

  kennis_summary_view (both[0], &view);
  for (gsize i = 0; i < view.n_cells; i++)
    sum += view.cells[i].duration;
  for (guint32 i = 0; i < kennis_intern_size (view.facts->spaces[KENNIS_SPACE_PERSON]); i++)
    sum += strlen (kennis_dataset_text (view.facts, KENNIS_SPACE_PERSON, i));
  g_autoptr (KennisSummary) merged = kennis_summary_merge (both[0], both[1], NULL, NULL, NULL, NULL);
  g_autoptr (KennisSummary) forgotten = kennis_summary_forget_person (merged, "p1", NULL);
  g_autoptr (KennisDataset) snapshot = kennis_dataset_snapshot (view.facts);
  g_assert_true (sum > 0 && forgotten != NULL && snapshot != NULL);

  return kennis_summary_to_bytes (merged);
}

static void
summaries_may_be_used_from_several_threads (void)
{
  g_autofree TestRecord *records = test_random_records (12, 1000);
  g_autoptr (KennisDataset) odd = test_dataset_new (), even = test_dataset_new ();
  KennisDataset *halves[] = { even, odd };

  for (guint i = 0; i < 1000; i++)
    g_assert_true (test_record_add (&records[i], halves[i % 2]));
  g_autoptr (KennisSummary) a = summarise (halves[0], "a", 2), b = summarise (halves[1], "b", 2);
  KennisSummary *both[] = { a, b };
  GThread *other = g_thread_new ("other", use_summaries, both);
  g_autoptr (GBytes) mine = use_summaries (both);
  g_autoptr (GBytes) others = g_thread_join (other);

  CU_ASSERT (g_bytes_equal (mine, others));
}

int
main (void)
{
  return kennis_test_main ("summary-merge", (CU_TestInfo[]) {
    { "any split, merged in any order, gives the whole", any_split_merged_in_any_order_gives_the_whole },
    { "the number of threads changes nothing", the_number_of_threads_changes_nothing },
    { "equal reference rows are one, and others a conflict", equal_reference_rows_are_one_and_others_a_conflict },
    { "sharings with an id are one, those without each their own",
      sharings_with_an_id_are_one_and_those_without_each_their_own },
    { "the same source twice is refused", the_same_source_twice_is_refused },
    { "other zones and currencies do not merge", other_zones_and_currencies_do_not_merge },
    { "two trees that make a circle do not merge", two_trees_that_make_a_circle_do_not_merge },
    { "a merge that overflows is refused", a_merge_that_overflows_is_refused },
    { "forgetting is as if never there", forgetting_is_as_if_never_there },
    { "forgetting somebody who is not there is an error", forgetting_somebody_who_is_not_there_is_an_error },
    { "merging tells how far it is and can be stopped", merging_tells_how_far_it_is_and_can_be_stopped },
    { "the asynchronous twin gives the same", the_asynchronous_twin_gives_the_same },
    { "summaries may be used from several threads", summaries_may_be_used_from_several_threads },
    CU_TEST_INFO_NULL,
  });
}
