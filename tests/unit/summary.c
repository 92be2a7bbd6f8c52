#include "config.h"

#include "kennis-test.h"
#include "base/kennis-progress-private.h"
#include "summary-records.h"

#define HOUR KENNIS_MS_PER_HOUR

static gint64
at (const char *text)
{
  gint64 time = 0;
  const char *problem;

  CU_ASSERT (kennis_parse_time (text, strlen (text), NULL, &time, &problem));
  return time;
}

static KennisSummary *
summarise (const TestRecord *records,
           guint             n,
           guint             n_threads)
{
  g_autoptr (KennisDataset) dataset = test_dataset_new ();

  for (guint i = 0; i < n; i++)
    CU_ASSERT (test_record_add (&records[i], dataset));

  return kennis_summary_make (dataset, NULL, n_threads, NULL, NULL, NULL, NULL);
}

static void
learn (TestRecord *self,
       const char *person,
       const char *start,
       const char *ended,
       gint64      duration)
{
  test_record_init (self, KENNIS_RECORD_TYPE_ACTIVITY);
  strcpy (self->texts[KENNIS_ACTIVITY_PERSON], person);
  self->codes[KENNIS_ACTIVITY_STATUS] = KENNIS_STATUS_COMPLETED;
  if (start != NULL)
    self->codes[KENNIS_ACTIVITY_START] = at (start);
  if (ended != NULL)
    self->codes[KENNIS_ACTIVITY_ENDED] = at (ended);
  self->codes[KENNIS_ACTIVITY_DURATION] = duration;
}

static gint32
month (int year, int number)
{
  return 12 * (year - 1970) + number - 1;
}

static void
equal_activities_make_one_cell (void)
{
  TestRecord records[3];
  KennisSummaryView view;

  learn (&records[0], "ann", "2024-03-04T09:00Z", "2024-03-04T11:00Z", 2 * HOUR);
  learn (&records[1], "ann", "2024-03-20T09:00Z", "2024-03-20T10:00Z", 1 * HOUR);
  records[1].codes[KENNIS_ACTIVITY_COST] = 125000;
  records[1].codes[KENNIS_ACTIVITY_EVALUATED] = at ("2024-03-21T10:00Z");
  learn (&records[2], "ann", "2024-03-21T09:00Z", "2024-03-21T10:00Z", KENNIS_UNKNOWN);
  g_autoptr (KennisSummary) summary = summarise (records, 3, 1);
  kennis_summary_view (summary, &view);

  CU_ASSERT_EQUAL_FATAL (view.n_cells, 1);
  CU_ASSERT_EQUAL (view.cells[0].month, month (2024, 3));
  CU_ASSERT_EQUAL (view.cells[0].topic, KENNIS_INTERN_NONE);
  CU_ASSERT_EQUAL (view.cells[0].n, 3);
  CU_ASSERT_EQUAL (view.cells[0].n_timed, 2);
  CU_ASSERT_EQUAL (view.cells[0].n_costed, 1);
  CU_ASSERT_EQUAL (view.cells[0].n_evaluated, 1);
  CU_ASSERT_EQUAL (view.cells[0].duration, 3 * HOUR);
  CU_ASSERT_EQUAL (view.cells[0].cost, 125000);
  CU_ASSERT_EQUAL (view.n_activities, 3);
  CU_ASSERT_EQUAL (view.first_time, at ("2024-03-04T11:00Z"));
  CU_ASSERT_EQUAL (view.last_time, at ("2024-03-21T10:00Z"));
  CU_ASSERT_EQUAL (view.n_known[KENNIS_ACTIVITY_DURATION], 2);
  CU_ASSERT_EQUAL (view.n_known[KENNIS_ACTIVITY_COST], 1);
  CU_ASSERT_EQUAL (view.n_known[KENNIS_ACTIVITY_TOPIC], 0);
  CU_ASSERT_EQUAL (kennis_summary_get_n_cells (summary), 1);
}

/* So many that what one person's days hold is brought into the cells more than once: 2^48 are reached by 65 537 of them. */
static void
sums_of_the_longest_short_activities_are_exact (void)
{
  const guint n = 150000;
  g_autoptr (KennisDataset) dataset = test_dataset_new ();
  g_autoptr (KennisSummary) summary = NULL;
  KennisSummaryView view;
  TestRecord record;

  learn (&record, "ann", NULL, "2024-03-05T12:00Z", G_MAXUINT32);
  for (guint i = 0; i < n; i++)
    {
      record.codes[KENNIS_ACTIVITY_COST] = i % 3 == 0 ? G_MAXUINT32 : KENNIS_UNKNOWN;
      g_assert_true (test_record_add (&record, dataset));
    }
  summary = kennis_summary_make (dataset, NULL, 2, NULL, NULL, NULL, NULL);
  kennis_summary_view (summary, &view);
  CU_ASSERT_EQUAL_FATAL (view.n_cells, 1);
  CU_ASSERT_EQUAL (view.cells[0].n, n);
  CU_ASSERT_EQUAL (view.cells[0].n_timed, n);
  CU_ASSERT_EQUAL (view.cells[0].n_costed, n / 3);
  CU_ASSERT_EQUAL (view.cells[0].n_evaluated, 0);
  CU_ASSERT_EQUAL (view.cells[0].duration, (gint64) n * G_MAXUINT32);
  CU_ASSERT_EQUAL (view.cells[0].cost, (gint64) n / 3 * G_MAXUINT32);
}

static void
a_duration_is_spread_over_months_exactly (void)
{
  TestRecord record;
  KennisSummaryView view;

  /* In Amsterdam from 2024-01-31 00:00 (23:00Z) to 2024-03-02 00:00 (23:00Z): 1 + 29 + 1 days, of 100 ms:
   * ⌊100·1/31⌋ = 3, ⌊100·30/31⌋ = 96, so 3 + 93 + 4. */
  learn (&record, "ann", "2024-01-30T23:00Z", "2024-03-01T23:00Z", 100);
  g_autoptr (KennisSummary) summary = summarise (&record, 1, 2);
  kennis_summary_view (summary, &view);

  CU_ASSERT_EQUAL_FATAL (view.n_cells, 3);
  CU_ASSERT_EQUAL (view.cells[0].month, month (2024, 1));
  CU_ASSERT_EQUAL (view.cells[0].duration, 3);
  CU_ASSERT_EQUAL (view.cells[0].n + view.cells[0].n_timed, 0);
  CU_ASSERT_EQUAL (view.cells[1].duration, 93);
  CU_ASSERT_EQUAL (view.cells[2].month, month (2024, 3));
  CU_ASSERT_EQUAL (view.cells[2].duration, 4);
  CU_ASSERT_EQUAL (view.cells[2].n, 1);
}

static void
an_activity_counts_by_its_end_else_start_else_request (void)
{
  TestRecord records[3];
  KennisSummaryView view;

  learn (&records[0], "ann", "2024-01-01T12:00Z", "2024-01-31T23:30Z", KENNIS_UNKNOWN); /* February in Amsterdam */
  learn (&records[1], "ann", "2024-03-05T12:00Z", NULL, HOUR);
  learn (&records[2], "ann", NULL, NULL, HOUR);
  records[2].codes[KENNIS_ACTIVITY_REQUESTED] = at ("2024-05-01T12:00Z");
  g_autoptr (KennisSummary) summary = summarise (records, 3, 1);
  kennis_summary_view (summary, &view);

  CU_ASSERT_EQUAL_FATAL (view.n_cells, 3);
  CU_ASSERT_EQUAL (view.cells[0].month, month (2024, 2));
  CU_ASSERT_EQUAL (view.cells[1].month, month (2024, 3));
  CU_ASSERT_EQUAL (view.cells[1].duration, HOUR);
  CU_ASSERT_EQUAL (view.cells[2].month, month (2024, 5));
}

static void
follow_up_is_kept_by_day (void)
{
  TestRecord records[4];
  KennisSummaryView view;
  gint32 day = kennis_day_from_date (2024, 6, 10);

  learn (&records[0], "ann", "2024-06-01T12:00Z", "2024-06-10T12:00Z", HOUR);
  records[0].codes[KENNIS_ACTIVITY_APPLIED] = at ("2024-06-30T12:00Z");
  records[0].codes[KENNIS_ACTIVITY_SETTING] = KENNIS_SETTING_DAILY_WORK;
  learn (&records[1], "bob", "2024-06-10T12:00Z", NULL, HOUR);
  records[1].codes[KENNIS_ACTIVITY_STATUS] = KENNIS_STATUS_ENROLLED;
  learn (&records[2], "cid", NULL, "2024-06-10T12:00Z", HOUR);
  records[2].codes[KENNIS_ACTIVITY_SETTING] = KENNIS_SETTING_DETACHED;
  learn (&records[3], "dee", "2024-06-10T12:00Z", NULL, HOUR);
  records[3].codes[KENNIS_ACTIVITY_STATUS] = KENNIS_STATUS_OFFERED;
  g_autoptr (KennisSummary) summary = summarise (records, 4, 1);
  kennis_summary_view (summary, &view);

  CU_ASSERT_EQUAL_FATAL (view.n_spells, 3);
  for (guint i = 0; i < 3; i++)
    CU_ASSERT_EQUAL (view.spells[i].day, day);
  CU_ASSERT_EQUAL (view.spells[0].since_start, 9);
  CU_ASSERT_EQUAL (view.spells[0].until_applied, 20);
  CU_ASSERT_EQUAL (KENNIS_CODES_SETTING (view.spells[0].codes), KENNIS_SETTING_TEAM);
  CU_ASSERT_EQUAL (view.spells[1].since_start, -1);
  CU_ASSERT_EQUAL (KENNIS_CODES_STATUS (view.spells[1].codes), KENNIS_STATUS_ENROLLED);
  CU_ASSERT_EQUAL (view.spells[2].since_start, -1);
  CU_ASSERT_EQUAL (view.spells[2].until_applied, -1);
  CU_ASSERT_EQUAL (KENNIS_CODES_SETTING (view.spells[2].codes), KENNIS_SETTING_DETACHED);
}

static void
requests_and_refusals_are_kept_by_day (void)
{
  TestRecord records[3];
  KennisSummaryView view;

  learn (&records[0], "ann", NULL, NULL, KENNIS_UNKNOWN);
  records[0].codes[KENNIS_ACTIVITY_STATUS] = KENNIS_STATUS_REFUSED;
  records[0].codes[KENNIS_ACTIVITY_REQUESTED] = at ("2024-06-01T12:00Z");
  records[0].codes[KENNIS_ACTIVITY_DECIDED] = at ("2024-06-15T12:00Z");
  learn (&records[1], "bob", "2024-06-10T12:00Z", NULL, KENNIS_UNKNOWN);
  records[1].codes[KENNIS_ACTIVITY_STATUS] = KENNIS_STATUS_NOT_YET;
  learn (&records[2], "cid", "2024-06-10T12:00Z", NULL, KENNIS_UNKNOWN);
  g_autoptr (KennisSummary) summary = summarise (records, 3, 1);
  kennis_summary_view (summary, &view);

  CU_ASSERT_EQUAL_FATAL (view.n_requests, 2);
  CU_ASSERT_EQUAL (view.requests[0].day, kennis_day_from_date (2024, 6, 1));
  CU_ASSERT_EQUAL (view.requests[0].until_decided, 14);
  CU_ASSERT_EQUAL (view.requests[0].status, KENNIS_STATUS_REFUSED);
  CU_ASSERT_EQUAL (view.requests[1].day, kennis_day_from_date (2024, 6, 10));
  CU_ASSERT_EQUAL (view.requests[1].until_decided, -1);
}

static void
texts_are_sorted_and_only_those_in_use (void)
{
  g_autoptr (KennisDataset) dataset = test_dataset_new ();
  TestRecord records[2];
  KennisSummaryView view;

  kennis_dataset_intern (dataset, KENNIS_SPACE_PERSON, "nobody", 6, NULL);
  learn (&records[0], "zoë", "2024-06-10T12:00Z", NULL, HOUR);
  strcpy (records[0].texts[KENNIS_ACTIVITY_SESSION], "talk");
  test_record_init (&records[1], KENNIS_RECORD_TYPE_MOMENT);
  strcpy (records[1].texts[KENNIS_MOMENT_TEAM], "team");
  strcpy (records[1].texts[KENNIS_MOMENT_ATTENDEES], "bob\nann");
  records[1].codes[KENNIS_MOMENT_KIND] = KENNIS_MOMENT_KIND_CHECK_OUT;
  records[1].codes[KENNIS_MOMENT_TIME] = at ("2024-06-12T12:00Z");
  CU_ASSERT (test_record_add (&records[0], dataset) && test_record_add (&records[1], dataset));
  g_autoptr (KennisSummary) summary = kennis_summary_make (dataset, NULL, 1, NULL, NULL, NULL, NULL);
  kennis_summary_view (summary, &view);

  CU_ASSERT_EQUAL_FATAL (kennis_intern_size (view.facts->spaces[KENNIS_SPACE_PERSON]), 3);
  CU_ASSERT_STRING_EQUAL (kennis_dataset_text (view.facts, KENNIS_SPACE_PERSON, 0), "ann");
  CU_ASSERT_STRING_EQUAL (kennis_dataset_text (view.facts, KENNIS_SPACE_PERSON, view.cells[0].person), "zoë");
  CU_ASSERT_EQUAL_FATAL (view.n_attended, 1);
  CU_ASSERT_STRING_EQUAL (kennis_dataset_text (view.facts, KENNIS_SPACE_SESSION, view.attended[0].session), "talk");
  CU_ASSERT_EQUAL (kennis_intern_size (view.facts->spaces[KENNIS_SPACE_ACTIVITY]), 0);
  CU_ASSERT_EQUAL (view.last_time, at ("2024-06-12T12:00Z"));
  CU_ASSERT (kennis_dataset_get_read_only (view.facts));
}

static void
a_sum_that_does_not_fit_is_refused (void)
{
  g_autoptr (KennisDataset) dataset = test_dataset_new ();
  g_autoptr (GError) error = NULL;
  TestRecord record;

  learn (&record, "rich", "2024-06-10T12:00Z", NULL, HOUR);
  record.codes[KENNIS_ACTIVITY_COST] = G_MAXINT64 / 2 + 1;
  CU_ASSERT (test_record_add (&record, dataset) && test_record_add (&record, dataset));
  CU_ASSERT_PTR_NULL (kennis_summary_make (dataset, NULL, 2, NULL, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_OVERFLOW));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "“rich” in 2024-06"));
}

static void
cancelling_is_an_error (void)
{
  g_autoptr (KennisDataset) dataset = test_dataset_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  CU_ASSERT_PTR_NULL (kennis_summary_make (dataset, NULL, 1, NULL, NULL, cancellable, &error));
  CU_ASSERT (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static void
an_empty_dataset_has_a_summary (void)
{
  KennisSummaryView view;
  g_autoptr (KennisSummary) summary = summarise (NULL, 0, 1);

  kennis_summary_view (summary, &view);
  CU_ASSERT_EQUAL (view.n_cells + view.n_spells + view.n_activities, 0);
  CU_ASSERT_EQUAL (view.first_time, KENNIS_UNKNOWN);
  CU_ASSERT_STRING_EQUAL (kennis_summary_get_time_zone (summary), "Europe/Amsterdam");
  CU_ASSERT_STRING_EQUAL (kennis_summary_get_currency (summary), "EUR");
}

static gboolean
same (KennisSummary *a,
      KennisSummary *b)
{
  g_autoptr (GBytes) x = kennis_summary_to_bytes (a), y = kennis_summary_to_bytes (b);

  return g_bytes_equal (x, y);
}

/* As a reader does: add some records, summarise them, take them out. */
static void
batch_after_batch_gives_the_summary_of_all (void)
{
  enum
  {
    N = 2000
  };
  g_autofree TestRecord *records = test_random_records (7, N);
  g_autoptr (KennisDataset) dataset = test_dataset_new ();
  g_autoptr (KennisSummary) whole = summarise (records, N, 2);
  g_autoptr (KennisSummaryBuilder) builder = kennis_summary_builder_new ("Europe/Amsterdam", "EUR", 2, NULL);

  for (guint i = 0; i < N; i++)
    {
      test_record_add (&records[i], dataset);
      if (i % 300 != 299)
        continue;
      CU_ASSERT (kennis_summary_builder_add (builder, dataset, NULL, NULL, NULL));
      kennis_dataset_clear_events (dataset);
    }
  CU_ASSERT (kennis_summary_builder_add (builder, dataset, NULL, NULL, NULL));
  g_autoptr (KennisSummary) summary = kennis_summary_builder_finish (builder, dataset, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (summary);
  CU_ASSERT (same (summary, whole));
}

static void
a_builder_takes_batches_of_several_datasets (void)
{
  enum
  {
    N = 1200
  };
  g_autofree TestRecord *records = test_random_records (8, N);
  g_autoptr (KennisSummary) whole = summarise (records, N, 1);
  g_autoptr (KennisSummaryBuilder) builder = kennis_summary_builder_new ("Europe/Amsterdam", "EUR", 1, NULL);
  g_autoptr (KennisDataset) reference = test_dataset_new ();

  for (guint part = 0; part < 3; part++)
    {
      g_autoptr (KennisDataset) dataset = test_dataset_new ();

      for (guint i = part; i < N; i += 3)
        test_record_add (&records[i], kennis_schema_get (records[i].type)->is_event ? dataset : reference);
      CU_ASSERT (kennis_summary_builder_add (builder, dataset, NULL, NULL, NULL));
    }
  g_autoptr (KennisSummary) summary = kennis_summary_builder_finish (builder, reference, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (summary);
  CU_ASSERT (same (summary, whole));
}

static void
a_dataset_of_another_zone_does_not_fit (void)
{
  g_autoptr (KennisSummaryBuilder) builder = kennis_summary_builder_new ("UTC", "EUR", 1, NULL);
  g_autoptr (KennisDataset) dataset = test_dataset_new ();
  g_autoptr (GError) error = NULL;

  CU_ASSERT_FALSE (kennis_summary_builder_add (builder, dataset, NULL, NULL, &error));
  CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE));
}

typedef struct
{
  GMainLoop *loop;
  GThread *home;
  KennisSummary *summary;
  guint reports, wrong, destroyed;
} Waiting;

static void
on_progress (double   fraction,
             gpointer data)
{
  Waiting *waiting = data;

  waiting->reports++;
  waiting->wrong += g_thread_self () != waiting->home;
}

static void
on_destroy (gpointer data)
{
  ((Waiting *) data)->destroyed++;
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Waiting *waiting = data;

  waiting->summary = kennis_summary_make_finish (result, NULL);
  g_main_loop_quit (waiting->loop);
}

static void
the_asynchronous_twin_gives_the_same (void)
{
#ifdef __SANITIZE_THREAD__
  kennis_test_skip ("ThreadSanitizer does not see how GTask hands over from one thread to the other");
  return;
#endif

  enum
  {
    N = 3000
  };
  g_autofree TestRecord *records = test_random_records (9, N);
  g_autoptr (KennisDataset) dataset = test_dataset_new ();
  g_autoptr (KennisSummary) whole = summarise (records, N, 1);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting waiting = { .loop = loop, .home = g_thread_self () };

  for (guint i = 0; i < N; i++)
    test_record_add (&records[i], dataset);
  kennis_summary_make_async (dataset, NULL, 2, on_progress, &waiting, on_destroy, NULL, on_done, &waiting);
  /* What comes after the call is not in it. */
  test_record_init (&records[0], KENNIS_RECORD_TYPE_ACTIVITY);
  learn (&records[0], "late", "2024-06-10T12:00Z", NULL, HOUR);
  CU_ASSERT (test_record_add (&records[0], dataset));
  g_main_loop_run (loop);

  CU_ASSERT_PTR_NOT_NULL_FATAL (waiting.summary);
  CU_ASSERT (same (waiting.summary, whole));
  CU_ASSERT_EQUAL (waiting.wrong, 0);
  CU_ASSERT_EQUAL (waiting.destroyed, 1);
  g_object_unref (waiting.summary);
}

int
main (void)
{
  return kennis_test_main ("summary", (CU_TestInfo[]) {
    { "equal activities make one cell", equal_activities_make_one_cell },
    { "sums of the longest short activities are exact", sums_of_the_longest_short_activities_are_exact },
    { "a duration is spread over months exactly", a_duration_is_spread_over_months_exactly },
    { "an activity counts by its end, else start, else request", an_activity_counts_by_its_end_else_start_else_request },
    { "follow-up is kept by day", follow_up_is_kept_by_day },
    { "requests and refusals are kept by day", requests_and_refusals_are_kept_by_day },
    { "texts are sorted, and only those in use", texts_are_sorted_and_only_those_in_use },
    { "a sum that does not fit is refused", a_sum_that_does_not_fit_is_refused },
    { "cancelling is an error", cancelling_is_an_error },
    { "an empty dataset has a summary", an_empty_dataset_has_a_summary },
    { "batch after batch gives the summary of all", batch_after_batch_gives_the_summary_of_all },
    { "a builder takes batches of several datasets", a_builder_takes_batches_of_several_datasets },
    { "a dataset of another zone does not fit", a_dataset_of_another_zone_does_not_fit },
    { "the asynchronous twin gives the same", the_asynchronous_twin_gives_the_same },
    CU_TEST_INFO_NULL,
  });
}
