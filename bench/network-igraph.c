/* What python-igraph 0.10.2 does not offer, from igraph's C library: betweenness from some people.  A program by itself, made only when asked
 * for (make bench/network-igraph; Debian's libigraph-dev): nothing of Kennis is linked with it, and it is not installed.
 *
 * The time is that of igraph_betweenness(), the one for everybody, for as many sources, after which it is stopped; the result is that of
 * igraph_betweenness_subset(), which has the same numbers but takes some twenty times as long a source, so that its time would flatter us.
 * Arguments and questions as of bench/network-igraph.py. */
#include <igraph/igraph.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct
{
  uint64_t n, m, n_sources;
  uint32_t *givers, *receivers, *sources;
  double *weights;
} Ties;

static void *
read_some (FILE *file, size_t size, uint64_t n)
{
  void *data = malloc (size * (n + 1));

  if (data == NULL || fread (data, size, n, file) != n)
    exit (EXIT_FAILURE);
  return data;
}

static Ties
read_ties (const char *path)
{
  FILE *file = fopen (path, "rb");
  Ties ties;

  if (file == NULL || fread (&ties, sizeof (uint64_t), 3, file) != 3)
    exit (EXIT_FAILURE);
  ties.givers = read_some (file, sizeof (uint32_t), ties.m);
  ties.receivers = read_some (file, sizeof (uint32_t), ties.m);
  ties.weights = read_some (file, sizeof (double), ties.m);
  ties.sources = read_some (file, sizeof (uint32_t), ties.n_sources);
  fclose (file);
  return ties;
}

/* igraph tells before each source how far it is. */
typedef struct
{
  double stop_at; /* per cent */
  struct timespec begun;
  double seconds;
} Clock;

/* igraph takes nothing that it would hand on to the handler. */
static Clock clock_of_run;

static double
seconds_since (struct timespec begun)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec - begun.tv_sec + (now.tv_nsec - begun.tv_nsec) / 1e9;
}

static igraph_error_t
on_progress (const char *message, igraph_real_t per_cent, void *unused)
{
  Clock *clock = &clock_of_run;

  if (per_cent < clock->stop_at)
    return IGRAPH_SUCCESS;
  if (clock->seconds == 0)
    clock->seconds = seconds_since (clock->begun);
  return IGRAPH_INTERRUPTED;
}

static void
run (const igraph_t *graph, const igraph_vector_t *lengths, double stop_at)
{
  Clock *clock = &clock_of_run;
  igraph_vector_t found;

  igraph_vector_init (&found, 0);
  clock->seconds = 0;
  clock->stop_at = stop_at;
  clock_gettime (CLOCK_MONOTONIC, &clock->begun);
  igraph_betweenness (graph, &found, igraph_vss_all (), IGRAPH_DIRECTED, lengths);
  igraph_vector_destroy (&found);
}

static void
write_result (const igraph_t *graph, const igraph_vector_int_t *sources, const igraph_vector_t *lengths, const char *path)
{
  igraph_vector_t found;
  FILE *file;

  igraph_vector_init (&found, 0);
  clock_of_run.stop_at = 1000;
  igraph_betweenness_subset (graph, &found, igraph_vss_all (), IGRAPH_DIRECTED, igraph_vss_vector (sources),
                             igraph_vss_all (), lengths);
  file = fopen (path, "wb");
  if (file == NULL || fwrite (VECTOR (found), sizeof (double), igraph_vector_size (&found), file) == 0)
    exit (EXIT_FAILURE);
  fclose (file);
  igraph_vector_destroy (&found);
}

int
main (int argc, char **argv)
{
  Ties ties = read_ties (argc > 2 ? argv[1] : "/dev/null");
  igraph_vector_int_t edges, sources;
  igraph_vector_t lengths;
  igraph_t graph;
  char path[4096], job[64];
  int is_written[2] = { 0, 0 };

  igraph_vector_int_init (&edges, 2 * (igraph_integer_t) ties.m);
  igraph_vector_init (&lengths, (igraph_integer_t) ties.m);
  for (uint64_t i = 0; i < ties.m; i++)
    {
      VECTOR (edges)[2 * i] = ties.givers[i];
      VECTOR (edges)[2 * i + 1] = ties.receivers[i];
      VECTOR (lengths)[i] = 1 / ties.weights[i];
    }
  igraph_vector_int_init (&sources, (igraph_integer_t) ties.n_sources);
  for (uint64_t i = 0; i < ties.n_sources; i++)
    VECTOR (sources)[i] = ties.sources[i];
  igraph_create (&graph, &edges, (igraph_integer_t) ties.n, IGRAPH_DIRECTED);
  igraph_set_progress_handler (on_progress);
  igraph_set_error_handler (igraph_error_handler_ignore);
  puts ("ready");
  fflush (stdout);
  while (fgets (job, sizeof job, stdin) != NULL)
    {
      const igraph_vector_t *wanted = strstr (job, "weighted") ? &lengths : NULL;
      int is_weighted = wanted != NULL;

      job[strcspn (job, "\n")] = '\0';
      snprintf (path, sizeof path, "%s/%s", argv[2], job);
      run (&graph, wanted, 100.0 * (double) ties.n_sources / (double) ties.n);
      printf ("%.6f\n", clock_of_run.seconds);
      if (!is_written[is_weighted])
        write_result (&graph, &sources, wanted, path);
      is_written[is_weighted] = 1;
      fflush (stdout);
    }
  return EXIT_SUCCESS;
}
