/* xAPI statements, one a line, to a summary; beside DuckDB's time for taking the same fields (durations in minutes, distinct people) from
 * the same file, on as many threads, with the same figures found.  One million statements of the usual kind: an id, an actor, a verb, a course with name and type, a
 * result with a duration, a registration, a time; four of one registration. */
#include "config.h"

#include "bench.h"
#include "read/kennis-reader-private.h"
#include "summary/kennis-summary-private.h"

#include <kennis/kennis.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

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
  /* Else the system would write it to the disk while it is read for the first times. */
  if (fflush (file) != 0 || fsync (fd) != 0 || fclose (file) != 0)
    g_error ("%s: cannot be written", path);

  return path;
}

static double
read_once (const char *path, KennisSummary **summary, double *used)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisImport) import = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  double seconds, before = processor_seconds ();

  kennis_reader_set_accept_seen (reader, TRUE);
  import = kennis_import_new (reader);
  kennis_import_add_file (import, file, NULL);
  if (!kennis_import_run (import, 2, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  seconds = seconds_since (begin);
  *used = processor_seconds () - before;
  g_assert_cmpuint (kennis_reader_get_n_rows_used (reader), ==, STATEMENTS);
  g_set_object (summary, kennis_import_get_summary (import));
  g_assert_cmpuint (kennis_summary_count (*summary, KENNIS_RECORD_TYPE_ACTIVITY), ==, STATEMENTS / 4);

  return seconds;
}

/* What both must find. */
typedef struct
{
  double statements, ids, people, activities, types, attempts, completed, minutes, last;
} Found;

enum { SAME_FIELDS, WITH_IDS, NARROW, N_QUERIES };

/* Is asked for a query by its number, and at last for what it found. */
typedef struct
{
  Peer   process;
  double seconds[N_QUERIES][RUNS];
  Found  found;
} DuckDB;

static char *
ask (DuckDB *peer, guint query)
{
  return peer_ask (&peer->process, (const char[]) { (char) ('0' + query), '\n', '\0' });
}

/* False: DuckDB is not there.  Each query is run once before any is measured. */
static gboolean
begin_peer (DuckDB *peer, const char *path)
{
  g_autofree char *script = g_build_filename (g_getenv ("KENNIS_SRCDIR"), "bench", "read-xapi-duckdb.sh", NULL);
  g_autofree char *told = NULL;
  Found *found = &peer->found;

  signal (SIGPIPE, SIG_IGN);
  if (!peer_begin (&peer->process, (const char *[]) { "sh", script, path, NULL }, NULL))
    return FALSE;
  for (guint q = 0; q < N_QUERIES; q++)
    g_free (ask (peer, q));
  told = ask (peer, N_QUERIES);

  return told != NULL
         && sscanf (told, "%lf %lf %lf %lf %lf %lf %lf %lf %lf", &found->statements, &found->ids, &found->people,
                    &found->activities, &found->types, &found->attempts, &found->completed, &found->minutes,
                    &found->last)
                == 9;
}

static void
run_peer (DuckDB *peer, guint run)
{
  for (guint q = 0; q < N_QUERIES; q++)
    {
      g_autofree char *told = ask (peer, q);

      peer->seconds[q][run] = g_ascii_strtod (told, NULL);
    }
}

/* All statements are used, so that each is one, with an id of its own. */
static Found
find (KennisSummary *summary)
{
  Found found = { .statements = STATEMENTS, .ids = STATEMENTS, .types = 1 };
  g_autoptr (GHashTable) people = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) topics = g_hash_table_new (NULL, NULL);
  KennisSummaryView view;

  kennis_summary_view (summary, &view);
  for (gsize i = 0; i < view.n_cells; i++)
    {
      const KennisCell *cell = &view.cells[i];

      g_hash_table_add (people, GUINT_TO_POINTER (cell->person));
      g_hash_table_add (topics, GUINT_TO_POINTER (cell->topic));
      found.completed += KENNIS_CODES_STATUS (cell->codes) == KENNIS_STATUS_COMPLETED ? (double) cell->n : 0;
      found.minutes += (double) cell->duration / 60000;
      found.types = KENNIS_CODES_FORM (cell->codes) == KENNIS_FORM_FORMAL ? found.types : 0;
    }
  found.attempts = (double) view.n_activities;
  found.people = g_hash_table_size (people);
  found.activities = g_hash_table_size (topics);
  found.last = (double) view.last_time;

  return found;
}

static void
hold_together (const Found *ours, const Found *theirs)
{
#define SAME(what)                                                                                                     \
  if (ABS (ours->what - theirs->what) > 1e-9 * ABS (ours->what))                                                       \
  g_error ("%s: %.3f here, %.3f of DuckDB", #what, ours->what, theirs->what)
  SAME (statements);
  SAME (ids);
  SAME (people);
  SAME (activities);
  SAME (types);
  SAME (attempts);
  SAME (completed);
  SAME (minutes);
  SAME (last);
#undef SAME
}

/* The bound is of the *same* extraction: each field that the reader takes of such a statement (id, actor, verb, object, its type,
 * duration, registration, time) is taken by the peer as well, though in its query an id is but a text of which the greatest is asked.
 * The reader finds statements told twice, too: "with distinct ids" asks that of the peer, and has no bound, so that nobody can say that
 * the peer was made slow.  The *narrow* query takes only persons, verbs and durations, and leaves the rest of the line unread, which a
 * reader that holds every statement against the rules cannot: it tells what that costs, and has no bound either. */
static gboolean
hold_against (DuckDB *peer, const Found *found, double seconds)
{
  const double same = median (peer->seconds[SAME_FIELDS], RUNS), with_ids = median (peer->seconds[WITH_IDS], RUNS);
  const double narrow = median (peer->seconds[NARROW], RUNS);

  hold_together (found, &peer->found);
  printf ("xapi: DuckDB, the same extraction\t%.3f\ts\n", same);
  printf ("xapi: DuckDB, the same with distinct ids\t%.3f\ts\n", with_ids);
  printf ("xapi: DuckDB, persons, verbs and durations alone\t%.3f\ts\n", narrow);
  printf ("xapi: Kennis / DuckDB with distinct ids\t%.3f\t\n", seconds / with_ids);
  printf ("xapi: Kennis / DuckDB of persons, verbs and durations alone\t%.3f\t\n", seconds / narrow);
  printf ("xapi: Kennis / DuckDB, the same extraction (bound %.1f)\t%.3f\t\n", BOUND, seconds / same);

  return seconds <= BOUND * same;
}

int
main (void)
{
  g_autoptr (KennisSummary) summary = NULL;
  struct rusage usage;
  double reads[RUNS], used[RUNS], seconds;
  guint64 size;
  g_autofree char *path = make_file (&size);
  DuckDB peer = { 0 };
  gboolean has_peer = begin_peer (&peer, path);
  Found found;

  for (guint i = 0; i < RUNS; i++)
    {
      reads[i] = read_once (path, &summary, &used[i]);
      if (has_peer)
        run_peer (&peer, i);
    }
  seconds = median (reads, RUNS);
  found = find (summary);
  getrusage (RUSAGE_SELF, &usage);
  peer_end (&peer.process);
  g_unlink (path);

  printf ("xapi: 1 million statements to a summary\t%.3f\ts\n", seconds);
  printf ("xapi: the same\t%.3f\ts of processors\n", median (used, RUNS));
  printf ("xapi: bytes of a statement\t%.0f\tbytes\n", size / (double) STATEMENTS);
  printf ("xapi: bytes per second\t%.0f\tMB/s\n", size / seconds / 1e6);
  printf ("xapi: peak memory, with 250 000 registrations and a million ids\t%.0f\tMiB\n", usage.ru_maxrss / 1024.0);
  if (!has_peer)
    {
      printf (
          "# DuckDB is not there (npm install @duckdb/node-api in a folder, KENNIS_DUCKDB=that folder): no ratio\n");
      return 0;
    }

  return !hold_against (&peer, &found, seconds);
}
