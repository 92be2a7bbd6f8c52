/* Reads a file of a million activities into a dataset and compares with libxml2's own SAX2 parser on the same file
 * (bench/sax-walk): medians of runs that take turns, each in a process of its own.  Also the peak of memory above what the
 * dataset holds when all is read.
 *
 *   read-xml              the benchmark
 *   read-xml FILE         one reading: seconds, KiB at the peak and KiB that stay */
#include "config.h"

#include "bench.h"

#include <glib/gstdio.h>
#include <kennis/kennis.h>
#include <malloc.h>
#include <stdlib.h>

#define RUNS         5
#define MAX_RATIO    1.2
#define MAX_EXTRA_MB 16.0

typedef struct
{
  double seconds, peak, stays;
} Figures;

static double
memory (const char *what)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, what);

  return line != NULL ? g_ascii_strtod (line + strlen (what), NULL) : 0;
}

static int
read_once (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();

  dataset = kennis_reader_load (reader, file, NULL, NULL, NULL, &error);
  double seconds = seconds_since (begin);

  if (dataset == NULL || kennis_reader_get_n_rejected (reader) > 0)
    {
      g_printerr ("%s: %s\n", path, error != NULL ? error->message : "there are rejected records");
      return 2;
    }
  g_clear_object (&reader);
  malloc_trim (0);
  g_print ("%.6f %.0f %.0f\n", seconds, memory ("VmHWM:"), memory ("VmRSS:"));

  return 0;
}

static gboolean
run (const char *const *arguments,
     char             **output)
{
  g_autoptr (GError) error = NULL;
  int status;

  if (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, output, NULL, &status, &error)
      && g_spawn_check_wait_status (status, &error))
    return TRUE;

  g_printerr ("%s: %s\n", arguments[0], error->message);
  return FALSE;
}

static gboolean
measure (const char *self,
         const char *walker,
         const char *path,
         double     *ours,
         double     *theirs,
         Figures    *last)
{
  for (guint i = 0; i < RUNS; i++)
    {
      g_autofree char *output = NULL, *walked = NULL;
      char *rest;

      if (!run ((const char *const[]) { walker, path, NULL }, &walked)
          || !run ((const char *const[]) { self, path, NULL }, &output))
        return FALSE;
      theirs[i] = g_ascii_strtod (walked, NULL);
      last->seconds = ours[i] = g_ascii_strtod (output, &rest);
      last->peak = g_ascii_strtod (rest, &rest);
      last->stays = g_ascii_strtod (rest, NULL);
    }

  return TRUE;
}

static gboolean
make_file (const char *maker,
           const char *path)
{
  g_autofree char *quoted = g_shell_quote (path), *command = g_strdup_printf ("exec '%s' > %s", maker, quoted);

  return run ((const char *const[]) { "/bin/sh", "-c", command, NULL }, NULL);
}

int
main (int    argc,
      char **argv)
{
  if (argc > 1)
    return read_once (argv[1]);

  g_autofree char *folder = g_path_get_dirname (argv[0]);
  g_autofree char *walker = g_build_filename (folder, "sax-walk", NULL), *maker = g_build_filename (folder, "make-xml", NULL);
  g_autofree char *path = g_strdup_printf ("%s/kennis-bench-%d.xml", g_get_tmp_dir (), (int) getpid ());
  double ours[RUNS], theirs[RUNS];
  Figures last;
  GStatBuf info = { 0 };
  gboolean ok =
      make_file (maker, path) && g_stat (path, &info) == 0 && measure (argv[0], walker, path, ours, theirs, &last);

  g_unlink (path);
  if (!ok)
    return 2;

  double mine = median (ours, RUNS), peer = median (theirs, RUNS), extra = (last.peak - last.stays) / 1024;

  printf ("file\t%.1f\tMB\n", (double) info.st_size / 1e6);
  printf ("libxml2 SAX2 walk\t%.3f\ts\n", peer);
  printf ("kennis_reader_load\t%.3f\ts\n", mine);
  printf ("kennis_reader_load\t%.0f\tMB/s\n", (double) info.st_size / 1e6 / mine);
  printf ("ratio (at most %.1f)\t%.3f\t1\n", MAX_RATIO, mine / peer);
  printf ("dataset\t%.1f\tMiB\n", last.stays / 1024);
  printf ("peak above dataset (under %.0f)\t%.1f\tMiB\n", MAX_EXTRA_MB, extra);

  return mine / peer <= MAX_RATIO && extra < MAX_EXTRA_MB ? 0 : 1;
}
