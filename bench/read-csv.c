/* From a table of ten million activities to a summary, by the way that kennis-report goes, on two threads.  Beside it reading alone, and
 * DuckDB doing `count, sum(hours), sum(cost) group by person` on the same file.
 *   read-csv [--rows=N] [--ids]      --ids: every row has an id, so that doubles are found
 * 2 000 people, 24 months, cells saturated; the file is made in the folder for temporary files. */
#include "config.h"

#include "bench.h"
#include "read/kennis-reader-private.h"

#include <glib/gstdio.h>
#include <kennis/kennis-import.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUNS 7

static guint64
next (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static char *
make_file (guint rows, gboolean ids, guint64 *size)
{
  static const char *const forms[] = { "formal", "workplace", "together",     "self-study",
                                       "event",  "mentoring", "volunteering", "reflection" };
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("kennis-bench-XXXXXX.csv", &path, &error);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;
  guint64 state = 1;

  if (file == NULL)
    g_error ("%s", error != NULL ? error->message : "no file");
  fprintf (file, "%sperson,form,topic,ended,hours,cost,status\n", ids ? "id," : "");
  for (guint i = 0; i < rows; i++)
    {
      guint64 random = next (&state);
      guint person = random % 2000, month = (random >> 16) % 24, form = (random >> 24) % 8;
      guint64 fixed = person * 8191 + month * 131 + form, kind = person * 31 + form;

      if (ids)
        fprintf (file, "a%u,", i);
      fprintf (file, "p%05u,%s,topic%u,%u-%02u-%02u,%u.%02u,%u.50,completed\n", person, forms[form],
               (guint) ((next (&kind) >> 40) % 200), 2023 + month / 12, 1 + month % 12,
               1 + (guint) ((next (&fixed) >> 40) % 27), (guint) (random >> 32) % 8, (guint) (random >> 36) % 4 * 25,
               (guint) (random >> 40) % 900);
    }
  *size = (guint64) ftell (file);
  if (fclose (file) != 0)
    g_error ("%s: cannot be written", path);

  return path;
}

static gboolean
drop (KennisDataset *batch, gpointer user_data, GError **error)
{
  *(guint64 *) user_data += kennis_dataset_count (batch, KENNIS_RECORD_TYPE_ACTIVITY);

  return TRUE;
}

static void
read_once (GFile *file, guint rows)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  KennisDataset *dataset = NULL;
  guint64 n = 0;

  kennis_reader_set_accept_seen (reader, TRUE);
  if (!kennis_reader_read_batches (reader, file, NULL, NULL, &dataset, drop, &n, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  g_assert_cmpuint (n, ==, rows);
  g_object_unref (dataset);
}

static void
import_once (GFile *file, guint rows)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisImport) import = NULL;
  g_autoptr (GError) error = NULL;

  kennis_reader_set_accept_seen (reader, TRUE);
  import = kennis_import_new (reader);
  kennis_import_add_file (import, file, NULL);
  if (!kennis_import_run (import, 2, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  g_assert_cmpuint (kennis_summary_count (kennis_import_get_summary (import), KENNIS_RECORD_TYPE_ACTIVITY), ==, rows);
}

/* The seconds of the query, and those of the processors; false: it cannot run here. */
static gboolean
run_peer (Peer *peer, double *seconds, double *used)
{
  g_autofree char *told = peer_ask (peer, "\n");

  return told != NULL && sscanf (told, "%lf %lf", seconds, used) == 2;
}

/* DuckDB, with a run that is not measured. */
static gboolean
begin_peer (Peer *peer, const char *path)
{
  const char *source = g_getenv ("KENNIS_SRCDIR");
  g_autofree char *script = g_build_filename (source != NULL ? source : ".", "bench", "read-csv-duckdb.sh", NULL);
  g_autoptr (GError) error = NULL;
  double unused;

  signal (SIGPIPE, SIG_IGN);
  if (peer_begin (peer, (const char *[]) { "sh", script, path, NULL }, &error) && run_peer (peer, &unused, &unused))
    return TRUE;
  fprintf (stderr, "!! SKIPPED: DuckDB does not run here (%s), nothing is compared: %s\n",
           error != NULL ? error->message : "no figures", "npm install @duckdb/node-api, KENNIS_DUCKDB=that folder");

  return FALSE;
}

/* Of some runs. */
typedef struct
{
  double seconds[RUNS], used[RUNS];
} Times;

static void
measure (void (*run) (GFile *, guint), GFile *file, guint rows, Times *times, guint number)
{
  gint64 begun = g_get_monotonic_time ();
  double before = processor_seconds ();

  run (file, rows);
  times->seconds[number] = seconds_since (begun);
  times->used[number] = processor_seconds () - before;
}

int
main (int argc, char **argv)
{
  guint rows = 10000000;
  gboolean ids = FALSE, has_peer;
  guint64 size = 0;
  Times read, import, theirs;
  double seconds, used;
  Peer peer = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  struct rusage usage;

  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--rows="))
      rows = (guint) atoi (argv[i] + strlen ("--rows="));
    else
      ids = g_str_equal (argv[i], "--ids");
  path = make_file (rows, ids, &size);
  file = g_file_new_for_path (path);
  has_peer = begin_peer (&peer, path);
  for (guint i = 0; i < RUNS; i++)
    measure (read_once, file, rows, &read, i);
  for (guint i = 0; i < RUNS; i++)
    {
      measure (import_once, file, rows, &import, i);
      has_peer = has_peer && run_peer (&peer, &theirs.seconds[i], &theirs.used[i]);
    }
  getrusage (RUSAGE_SELF, &usage);
  peer_end (&peer);
  g_unlink (path);
  seconds = median (import.seconds, RUNS);
  used = median (import.used, RUNS);

  printf ("csv: %u activities%s, to batches of records\t%.3f\ts\n", rows, ids ? " with ids" : "",
          median (read.seconds, RUNS));
  printf ("csv: the same\t%.3f\ts of processors\n", median (read.used, RUNS));
  printf ("csv: %u activities%s, to a summary\t%.3f\ts\n", rows, ids ? " with ids" : "", seconds);
  printf ("csv: the same\t%.3f\ts of processors\n", used);
  printf ("csv: bytes per second, to a summary\t%.0f\tMB/s\n", (double) size / seconds / 1e6);
  printf ("csv: peak memory\t%.0f\tMiB\n", (double) usage.ru_maxrss / 1024.0);
  if (!has_peer)
    return 0;
  printf ("csv: DuckDB, 2 threads\t%.3f\ts\n", median (theirs.seconds, RUNS));
  printf ("csv: DuckDB, 2 threads\t%.3f\ts of processors\n", median (theirs.used, RUNS));
  printf ("csv: summary / DuckDB, processors\t%.2f\t\n", used / theirs.used[RUNS / 2]);
  printf ("csv: summary / DuckDB\t%.2f\t(bound 0.5)\n", seconds / theirs.seconds[RUNS / 2]);

  return seconds <= 0.5 * theirs.seconds[RUNS / 2] ? 0 : 1;
}
