#include "config.h"

#include "bench.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#include "summary/kennis-activities-private.h"

/* Summarising ten million activities that are in a dataset (2 000 people, 24 months, cells saturated), against DuckDB
 * doing `count, sum(hours), sum(cost) group by person, month, form` on the same columns in memory. */
#define N_ROWS    10000000u
#define N_PEOPLE  2000u
#define N_MONTHS  24u
#define N_THREADS 2u
#define N_RUNS    5u

static guint64
next (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static guint
below (guint64 *state,
       guint    bound)
{
  return (guint) (((next (state) >> 32) * bound) >> 32);
}

/* Sessions are left out, as are ids: both cost memory here and no time in the summary.  Person, month and form are
 * free; the other kinds follow from them, so that ten million rows make some hundred thousand cells. */
static void
make_row (guint64            *state,
          const gint64       *people,
          const gint64       *topics,
          const gint64       *month_starts,
          gint64             *codes)
{
  guint person = below (state, N_PEOPLE), month = below (state, N_MONTHS), form = 1 + below (state, 8);
  guint64 fixed = person * 8191 + month * 131 + form;
  guint64 kind = person * 31 + form;
  gint64 start = month_starts[month] + ((next (&fixed) >> 40) % 27 + 1) * KENNIS_MS_PER_DAY
                 + (8 * 60 + below (state, 480)) * G_GINT64_CONSTANT (60000);

  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    codes[f] = kennis_field_unknown (&kennis_schema_get (KENNIS_RECORD_TYPE_ACTIVITY)->fields[f]);
  codes[KENNIS_ACTIVITY_PERSON] = people[person];
  codes[KENNIS_ACTIVITY_TOPIC] = topics[(next (&kind) >> 40) % 200];
  codes[KENNIS_ACTIVITY_FORM] = form;
  codes[KENNIS_ACTIVITY_SETTING] = 1 + form % 4;
  codes[KENNIS_ACTIVITY_APPROACH] = 1 + form / 2 % 4;
  codes[KENNIS_ACTIVITY_INITIATIVE] = 1 + (person + form) % 3;
  codes[KENNIS_ACTIVITY_STATUS] = KENNIS_STATUS_COMPLETED;
  codes[KENNIS_ACTIVITY_EXTERNAL] = form == KENNIS_FORM_EVENT ? KENNIS_ANSWER_YES : KENNIS_ANSWER_NO;
  codes[KENNIS_ACTIVITY_START] = start;
  codes[KENNIS_ACTIVITY_DURATION] = (1 + below (state, 16)) * G_GINT64_CONSTANT (900000);
  codes[KENNIS_ACTIVITY_ENDED] = start + codes[KENNIS_ACTIVITY_DURATION];
  if (below (state, 4) == 0)
    codes[KENNIS_ACTIVITY_COST] = below (state, 1000) * 10000;
  if ((person + month) % 3 == 0)
    codes[KENNIS_ACTIVITY_APPLIED] = start + 20 * KENNIS_MS_PER_DAY;
  if (form == KENNIS_FORM_FORMAL)
    codes[KENNIS_ACTIVITY_EVALUATED] = codes[KENNIS_ACTIVITY_ENDED];
}

static KennisDataset *
make_dataset (void)
{
  g_autoptr (GError) error = NULL;
  KennisDataset *dataset = kennis_dataset_new ("Europe/Amsterdam", "EUR", &error);
  const KennisSchema *schema = kennis_schema_get (KENNIS_RECORD_TYPE_ACTIVITY);
  gint64 people[N_PEOPLE], topics[200], month_starts[N_MONTHS];
  guint64 state = 1;
  char text[32];

  g_assert_no_error (error);
  kennis_dataset_set_accept_seen (dataset, TRUE);
  for (guint i = 0; i < N_PEOPLE; i++)
    people[i] =
        kennis_dataset_intern (dataset, KENNIS_SPACE_PERSON, text, g_snprintf (text, sizeof text, "p%05u", i), NULL);
  for (guint i = 0; i < 200; i++)
    topics[i] =
        kennis_dataset_intern (dataset, KENNIS_SPACE_TOPIC, text, g_snprintf (text, sizeof text, "topic%u", i), NULL);
  for (guint i = 0; i < N_MONTHS; i++)
    month_starts[i] = kennis_calendar_month_start (dataset->calendar, 12 * (2023 - 1970) + i);

  /* Past the checks, which cost more than all the rest here. */
  for (guint32 i = 0; i < N_ROWS; i++)
    {
      gint64 codes[KENNIS_N_ACTIVITY_FIELDS];

      make_row (&state, people, topics, month_starts, codes);
      kennis_table_append (&dataset->tables[KENNIS_RECORD_TYPE_ACTIVITY], schema, codes);
    }

  return dataset;
}

/* The columns that the peer groups, as raw little files: int32 person, int64 time (ms), int8 form, hours and cost as
 * double; NaN where the cost is unknown. */
static gboolean
write_columns (KennisDataset *dataset,
               const char    *folder)
{
  static const struct { const char *name; guint field; guint size; } columns[] = {
    { "person", KENNIS_ACTIVITY_PERSON, 4 }, { "ended", KENNIS_ACTIVITY_ENDED, 8 }, { "form", KENNIS_ACTIVITY_FORM, 1 },
    { "duration", KENNIS_ACTIVITY_DURATION, 8 }, { "cost", KENNIS_ACTIVITY_COST, 8 },
  };
  g_autofree gint64 *page = g_new (gint64, KENNIS_PAGE_ROWS);

  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    {
      g_autofree char *path = g_build_filename (folder, columns[c].name, NULL);
      const KennisTable *table = &dataset->tables[KENNIS_RECORD_TYPE_ACTIVITY];
      FILE *file = fopen (path, "wbe");

      if (file == NULL)
        return FALSE;
      for (gsize first = 0; first < table->n_rows; first += KENNIS_PAGE_ROWS)
        {
          gsize n = MIN (KENNIS_PAGE_ROWS, table->n_rows - first);

          kennis_column_read (&table->columns[columns[c].field], first, n, page);
          for (gsize i = 0; i < n; i++)
            fwrite (&page[i], columns[c].size, 1, file); /* little-endian machines, as the peer's wheels are */
        }
      if (fclose (file) != 0)
        return FALSE;
    }

  return TRUE;
}

/* The peer prints seconds (median) and how many groups it made; 0 where it cannot run here. */
static double
run_peer (KennisDataset *dataset,
          double        *processor,
          guint         *n_groups)
{
  g_autofree char *folder = g_dir_make_tmp ("kennis-bench-XXXXXX", NULL);
  const char *source = g_getenv ("KENNIS_SRCDIR"), *build = g_getenv ("KENNIS_BUILDDIR");
  g_autofree char *script = g_build_filename (source != NULL ? source : ".", "bench", "summarise-duckdb.sh", NULL);
  const char *argv[] = { "sh", script, folder, build != NULL ? build : ".", NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  int status;
  double seconds = 0;

  if (!write_columns (dataset, folder))
    fprintf (stderr, "!! cannot write the columns for DuckDB to %s\n", folder);
  else if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error)
           || !g_spawn_check_wait_status (status, &error)
           || sscanf (out, "%lf %lf %u", &seconds, processor, n_groups) != 3)
    fprintf (stderr, "!! SKIPPED: DuckDB does not run here (%s); nothing is compared\n",
             error != NULL ? error->message : "no figures");

  const char *names[] = { "person", "ended", "form", "duration", "cost" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);

  return seconds;
}

/* The processors' seconds tell what it costs where other programs run as well. */
static double
median_of_runs (KennisDataset  *snapshot,
                guint           n_threads,
                guint           n_runs,
                double         *processor,
                KennisSummary **summary)
{
  double seconds[N_RUNS], used[N_RUNS];

  for (guint i = 0; i < n_runs; i++)
    {
      g_clear_object (summary);

      gint64 begun = g_get_monotonic_time ();
      double before = processor_seconds ();
      *summary = kennis_summary_make (snapshot, NULL, n_threads, NULL, NULL, NULL, NULL);
      seconds[i] = seconds_since (begun);
      used[i] = processor_seconds () - before;
    }
  *processor = median (used, n_runs);

  return median (seconds, n_runs);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (KennisDataset) dataset = make_dataset ();
  g_autoptr (KennisDataset) snapshot = kennis_dataset_snapshot (dataset);
  g_autoptr (KennisSummary) summary = NULL;
  double bytes = (double) kennis_dataset_get_memory (snapshot, KENNIS_RECORD_TYPE_ACTIVITY);
  gboolean alone = argc > 1 && g_str_equal (argv[1], "--alone"); /* for perf */
  guint n_groups = 0;
  KennisSummaryView view;

  double one_used = 0, used = 0, peer_used = 0;
  double one = alone ? 0 : median_of_runs (snapshot, 1, 3, &one_used, &summary);
  double seconds = median_of_runs (snapshot, N_THREADS, N_RUNS, &used, &summary);
  double peer = alone ? 0 : run_peer (snapshot, &peer_used, &n_groups);

  kennis_summary_view (summary, &view);
  printf ("dataset\t%.1f\tbytes/activity\n", bytes / N_ROWS);
  printf ("cells\t%zu\t\nspells\t%zu\t\n", view.n_cells, view.n_spells);
  if (!alone)
    printf ("summarise, 1 thread\t%.3f\ts\n", one);
  printf ("summarise, %u threads\t%.3f\ts\n", N_THREADS, seconds);
  printf ("summarise, %u threads\t%.3f\ts of processors\n", N_THREADS, used);
  printf ("summarise, %u threads\t%.1f\tmillion activities/s\n", N_THREADS, N_ROWS / seconds / 1e6);
  printf ("summarise, %u threads\t%.0f\tMB/s of packed columns\n", N_THREADS, bytes / seconds / 1e6);
  if (peer <= 0)
    return 0;

  printf ("DuckDB group by, %u threads\t%.3f\ts\nDuckDB groups\t%u\t\n", N_THREADS, peer, n_groups);
  printf ("DuckDB group by, %u threads\t%.3f\ts of processors\n", N_THREADS, peer_used);
  printf ("summarise / DuckDB, processors\t%.2f\t\n", used / peer_used);
  printf ("summarise / DuckDB\t%.2f\t(bound 1, aim 0.5)\n", seconds / peer);
  return seconds <= peer ? 0 : 1;
}
