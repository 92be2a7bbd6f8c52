/* xAPI statements, one a line, to a summary; beside DuckDB's time for the same extraction (durations in minutes, distinct people) from
 * the same file, on as many threads.  One million statements of the usual kind: an id, an actor, a verb, a course with name and type, a
 * result with a duration, a registration, a time; four of one registration. */
#include "config.h"

#include "read/kennis-reader-private.h"
#include "summary/kennis-summary-private.h"

#include <kennis/kennis.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>

#define STATEMENTS 1000000u
#define RUNS 5
#define BOUND 0.5

static char *
make_file (guint64 *size)
{
  static const char *const verbs[] = { "initialized", "passed", "completed", "terminated" };
  char *path = g_build_filename (g_get_tmp_dir (), "kennis-bench-XXXXXX.jsonl", NULL);
  int fd = g_mkstemp (path);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;

  if (file == NULL)
    g_error ("%s: cannot be made", path);
  for (guint i = 0; i < STATEMENTS; i++)
    {
      guint attempt = i / 4, person = attempt * 7919u % 20000u, course = attempt % 97u;

      fprintf (
          file,
          "{\"id\":\"%08x-7a3c-4f00-8000-0123456789ab\",\"actor\":{\"objectType\":\"Agent\",\"name\":\"Person %u\","
          "\"mbox\":\"mailto:person.%u@example.org\"},\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/"
          "%s\",\"display\":"
          "{\"en-US\":\"%s\"}},\"object\":{\"objectType\":\"Activity\",\"id\":\"https://lms.example.org/course/"
          "%u\",\"definition\":"
          "{\"name\":{\"en-US\":\"Course number %u\"},\"type\":\"http://adlnet.gov/expapi/activities/course\"}},",
          i * 2654435761u, person, person, verbs[i % 4], verbs[i % 4], course, course);
      if (i % 4 > 0)
        fprintf (file, "\"result\":{\"completion\":true,\"duration\":\"PT%uM%u.5S\"},", 5 + attempt % 90u, i % 60u);
      fprintf (file,
               "\"context\":{\"registration\":\"%08x-1b2c-4d00-9000-0123456789ab\",\"platform\":\"LMS\"},\"timestamp\":"
               "\"2024-%02u-%02uT%02u:%02u:00.000Z\",\"version\":\"1.0.3\"}\n",
               attempt * 2246822519u, 1 + attempt % 12u, 1 + attempt % 28u, 8 + i % 4 * 2, attempt % 60u);
    }
  *size = (guint64) ftell (file);
  if (fclose (file) != 0)
    g_error ("%s: cannot be written", path);

  return path;
}

static double
read_once (const char *path, KennisSummary **summary)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisImport) import = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  double seconds;

  kennis_reader_set_accept_seen (reader, TRUE);
  import = kennis_import_new (reader);
  kennis_import_add_file (import, file, NULL);
  if (!kennis_import_run (import, 0, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  seconds = (g_get_monotonic_time () - begin) / 1e6;
  g_assert_cmpuint (kennis_reader_get_n_rows_used (reader), ==, STATEMENTS);
  g_set_object (summary, kennis_import_get_summary (import));
  g_assert_cmpuint (kennis_summary_count (*summary, KENNIS_RECORD_TYPE_ACTIVITY), ==, STATEMENTS / 4);

  return seconds;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
median (double *values)
{
  qsort (values, RUNS, sizeof *values, compare);

  return values[RUNS / 2];
}

/* Negative: DuckDB is not there. */
static double
duckdb (const char *path)
{
  g_autofree char *script = g_build_filename (g_getenv ("KENNIS_SRCDIR"), "bench", "read-xapi-duckdb.sh", NULL);
  const char *arguments[] = { "sh", script, path, NULL };
  g_autofree char *told = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &told, NULL, &status, NULL)
      || !g_spawn_check_wait_status (status, NULL))
    return -1;

  return g_ascii_strtod (told, NULL);
}

int
main (void)
{
  g_autoptr (KennisSummary) summary = NULL;
  struct rusage usage;
  double reads[RUNS], seconds, peer;
  guint64 size;
  g_autofree char *path = make_file (&size);

  for (guint i = 0; i < RUNS; i++)
    reads[i] = read_once (path, &summary);
  seconds = median (reads);
  getrusage (RUSAGE_SELF, &usage);
  peer = duckdb (path);
  g_unlink (path);

  printf ("xapi: 1 million statements to a summary\t%.3f\ts\n", seconds);
  printf ("xapi: bytes of a statement\t%.0f\tbytes\n", size / (double) STATEMENTS);
  printf ("xapi: bytes per second\t%.0f\tMB/s\n", size / seconds / 1e6);
  printf ("xapi: peak memory, with 250 000 registrations and a million ids\t%.0f\tMiB\n", usage.ru_maxrss / 1024.0);
  if (peer <= 0)
    {
      printf (
          "# DuckDB is not there (npm install @duckdb/node-api in a folder, KENNIS_DUCKDB=that folder): no ratio\n");
      return 0;
    }
  printf ("xapi: DuckDB, the same extraction\t%.3f\ts\n", peer);
  printf ("xapi: Kennis / DuckDB (bound %.1f)\t%.3f\t\n", BOUND, seconds / peer);

  return seconds / peer > BOUND;
}
