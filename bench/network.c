/* The knowledge network against python-igraph (Debian's) in the same run, on two threads: same results first, then the ratios.  Ours and the
 * peer's are run in turns, so that a slow spell of the machine is both's.
 * Graphs: people in teams of forty, directed and weighted ties of which six of ten stay in the team and the others
 * go to people by how well they are known.  a: 10 000 people, 100 000 ties; b: 100 000 and 1 000 000; c: 1 000 000 and 10 000 000.
 * Arguments: which of a, b and c, and which jobs; all where there are none. */
#include "config.h"

#include "bench.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/kennis-random-private.h"
#include "network/kennis-network-betweenness-private.h"

#include <glib/gstdio.h>
#include <gio/gio.h>
#include <kennis/kennis.h>

#define THREADS 2
#define TEAM    40
/* How long one of the two runs before the other does, in seconds. */
#define TURN    0.1

typedef struct
{
  char name;
  guint n, m, n_sources;
  KennisNetwork *network;
  GBytes *givers, *receivers, *weights;
  guint32 *sources;
  char *folder;
  Peer python, program; /* python-igraph; igraph's C library, for what the former does not offer */
  char **wanted;        /* jobs; NULL: all */
  guint n_missed;
} Graph;

/* What each is worked out by, and how many times faster it has to be (0: only told).  Betweenness from some sources python-igraph 0.10.2 does not
 * offer, and from all of b it takes an hour: that is the C library's, where bench/network-igraph was made. */
typedef struct
{
  const char *job, *title;
  GBytes *(*run) (const Graph *graph);
  double at_least_a, at_least_b, at_least_c; /* NAN: not done on this graph */
  gboolean is_sampled;                       /* the peer does the sources only; ours does as said in `share` */
  gboolean ours_whole;                       /* ours does everybody all the same */
} Job;

static void
draw_ties (Graph *self, guint32 *giver, guint32 *receiver, double *weight)
{
  KennisRandom random;

  kennis_random_init (&random, 20261122, (guint64) self->name);
  for (guint i = 0; i < self->m; i++)
    {
      guint32 known = i > 0 && kennis_random_below (&random, 2) ? receiver[kennis_random_below (&random, i)]
                                                                : kennis_random_below (&random, self->n);

      giver[i] = kennis_random_below (&random, 4) == 0 ? known : kennis_random_below (&random, self->n);
      if (kennis_random_below (&random, 10) < 6)
        receiver[i] = MIN (giver[i] / TEAM * TEAM + kennis_random_below (&random, TEAM), self->n - 1);
      else
        receiver[i] = known;
      weight[i] = (double[]) { 0.25, 0.5, 1, 1, 1, 2, 3, 5 }[kennis_random_below (&random, 8)];
    }
}

static KennisNetwork *
make_network (const Graph *g)
{
  return kennis_network_new_from_columns (g->n, g->givers, g->receivers, g->weights, NULL, NULL, NULL);
}

static void
make_graph (Graph *self)
{
  guint32 *giver = g_new (guint32, self->m), *receiver = g_new (guint32, self->m);
  double *weight = g_new (double, self->m);
  KennisRandom random;

  draw_ties (self, giver, receiver, weight);
  self->givers = g_bytes_new_take (giver, self->m * sizeof *giver);
  self->receivers = g_bytes_new_take (receiver, self->m * sizeof *receiver);
  self->weights = g_bytes_new_take (weight, self->m * sizeof *weight);
  self->network = make_network (self);
  self->sources = g_new (guint32, self->n_sources);
  kennis_random_init (&random, 1, 1);
  for (guint i = 0; i < self->n_sources; i++)
    self->sources[i] = (guint32) ((guint64) self->n * i / self->n_sources) + kennis_random_below (&random, 50);
}

/* The ties as they are in the network: equal ones added, no loops. */
static void
write_ties (const Graph *self, const char *path)
{
  g_autoptr (GBytes) givers = kennis_network_get_givers (self->network);
  g_autoptr (GBytes) others = kennis_network_get_others (self->network, KENNIS_SIDE_GIVING);
  g_autoptr (GBytes) weights = kennis_network_get_weights (self->network, KENNIS_SIDE_GIVING);
  guint64 head[3] = { self->n, kennis_network_get_n_ties (self->network), self->n_sources };
  GBytes *all[] = { givers, others, weights };
  FILE *file = fopen (path, "wb");

  if (file == NULL || fwrite (head, sizeof head, 1, file) != 1)
    g_error ("%s cannot be written", path);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (fwrite (g_bytes_get_data (all[i], NULL), g_bytes_get_size (all[i]), 1, file) != 1)
      g_error ("%s cannot be written", path);
  fwrite (self->sources, self->n_sources, sizeof *self->sources, file);
  fclose (file);
}

static GBytes *
job_betweenness (const Graph *g)
{
  return kennis_network_betweenness (g->network, FALSE, THREADS, NULL, NULL);
}

static GBytes *
job_betweenness_weighted (const Graph *g)
{
  return kennis_network_betweenness (g->network, TRUE, THREADS, NULL, NULL);
}

static GBytes *
betweenness_from_sources (const Graph *g, gboolean weighted)
{
  double *found = g_new0 (double, g->n);
  KennisBetweenness work = { g->network, g->sources, g->n_sources, THREADS, NULL, found };

  if (!(weighted ? kennis_betweenness_by_weight (&work, NULL) : kennis_betweenness_by_steps (&work, NULL)))
    g_error ("cancelled?");
  return g_bytes_new_take (found, g->n * sizeof *found);
}

static GBytes *
job_betweenness_sampled (const Graph *g)
{
  return betweenness_from_sources (g, FALSE);
}

static GBytes *
job_betweenness_weighted_sampled (const Graph *g)
{
  return betweenness_from_sources (g, TRUE);
}

static GBytes *
job_harmonic (const Graph *g)
{
  return kennis_network_harmonic_closeness (g->network, KENNIS_SIDE_GIVING, THREADS, NULL, NULL);
}

static GBytes *
job_mean_length (const Graph *g)
{
  g_autoptr (KennisNetworkPaths) paths = kennis_network_find_paths (g->network, THREADS, NULL, NULL);
  double value = kennis_network_paths_get_mean_length (paths);

  return g_bytes_new (&value, sizeof value);
}

static GBytes *
job_diameter (const Graph *g)
{
  g_autoptr (KennisNetworkPaths) paths = kennis_network_find_paths (g->network, THREADS, NULL, NULL);
  double value = kennis_network_paths_get_diameter (paths);

  return g_bytes_new (&value, sizeof value);
}

/* The peer counts people, themselves too. */
static GBytes *
job_reach (const Graph *g)
{
  g_autoptr (GBytes) bytes = kennis_network_reach (g->network, KENNIS_SIDE_GIVING, 3, THREADS, NULL, NULL);
  double *people = g_memdup2 (g_bytes_get_data (bytes, NULL), g->n * sizeof *people);

  for (guint p = 0; p < g->n; p++)
    people[p] = people[p] * (g->n - 1) + 1;
  return g_bytes_new_take (people, g->n * sizeof *people);
}

static GBytes *
job_pagerank (const Graph *g)
{
  return kennis_network_pagerank (g->network, 0.85, THREADS, NULL, NULL);
}

static GBytes *
job_constraint (const Graph *g)
{
  return kennis_network_constraint (g->network, THREADS, NULL, NULL);
}

static GBytes *
to_doubles (GBytes *column)
{
  gsize n = g_bytes_get_size (column) / sizeof (guint32);
  const guint32 *from = g_bytes_get_data (column, NULL);
  double *to = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    to[i] = from[i];
  g_bytes_unref (column);
  return g_bytes_new_take (to, n * sizeof *to);
}

static GBytes *
job_weak (const Graph *g)
{
  return to_doubles (kennis_network_components (g->network, FALSE, NULL, NULL, NULL, NULL));
}

static GBytes *
job_strong (const Graph *g)
{
  guint n;
  g_autoptr (GBytes) components = kennis_network_components (g->network, TRUE, &n, NULL, NULL, NULL);
  double value = n;

  return g_bytes_new (&value, sizeof value);
}

static GBytes *
job_coreness (const Graph *g)
{
  return to_doubles (kennis_network_coreness (g->network, KENNIS_SIDE_BOTH, NULL, NULL));
}

static GBytes *
job_transitivity (const Graph *g)
{
  double value = kennis_network_transitivity (g->network, THREADS, NULL, NULL);

  return g_bytes_new (&value, sizeof value);
}

static GBytes *
job_clustering (const Graph *g)
{
  return kennis_network_clustering (g->network, THREADS, NULL, NULL);
}

static GBytes *
job_make (const Graph *g)
{
  g_autoptr (KennisNetwork) network = make_network (g);

  return network != NULL ? g_bytes_new (NULL, 0) : NULL;
}

static GBytes *
job_make_pagerank (const Graph *g)
{
  g_autoptr (KennisNetwork) network = make_network (g);

  return kennis_network_pagerank (network, 0.85, THREADS, NULL, NULL);
}

#define NO NAN
static const Job jobs[] = {
  { "make", "making it from columns", job_make, 0, 5, 0, FALSE, FALSE },
  { "betweenness", "betweenness", job_betweenness, 6, NO, NO, FALSE, FALSE },
  { "betweenness-sampled", "betweenness from 64 people", job_betweenness_sampled, NO, 8, NO, FALSE, FALSE },
  { "betweenness-weighted", "betweenness, weighted", job_betweenness_weighted, 2.5, NO, NO, FALSE, FALSE },
  { "betweenness-weighted-sampled", "betweenness, weighted, from 64 people", job_betweenness_weighted_sampled, NO, 3,
    NO, FALSE, FALSE },
  { "harmonic", "harmonic closeness", job_harmonic, 80, NO, NO, FALSE, FALSE },
  { "harmonic-sampled", "harmonic closeness, igraph sampled", job_harmonic, NO, 80, NO, TRUE, TRUE },
  { "mean-length", "mean path length (and efficiency)", job_mean_length, 80, NO, NO, FALSE, FALSE },
  { "diameter", "diameter", job_diameter, 80, NO, NO, FALSE, FALSE },
  { "reach", "people within 3 steps", job_reach, 12, 5, NO, FALSE, FALSE },
  { "pagerank", "PageRank", job_pagerank, 10, 4, 5, FALSE, FALSE },
  { "make-pagerank", "making it and PageRank", job_make_pagerank, 5, 5, NO, FALSE, FALSE },
  { "constraint", "Burt's constraint", job_constraint, 5, 5, NO, FALSE, FALSE },
  { "weak", "weak components", job_weak, 1.5, 1.5, NO, FALSE, FALSE },
  { "strong", "strong components", job_strong, 1.5, 1.5, NO, FALSE, FALSE },
  { "coreness", "cores", job_coreness, 1.5, 1.5, NO, FALSE, FALSE },
  { "transitivity", "transitivity", job_transitivity, 1.5, 1.5, NO, FALSE, FALSE },
  { "clustering", "clustering", job_clustering, 1.5, 1.5, NO, FALSE, FALSE },
};

static double
bound_of (const Job *job, char graph)
{
  return graph == 'a' ? job->at_least_a : graph == 'b' ? job->at_least_b : job->at_least_c;
}

static gboolean
is_wanted (const Graph *self, const Job *job)
{
  return !isnan (bound_of (job, self->name))
         && (self->wanted == NULL || g_strv_contains ((const char *const *) self->wanted, job->job));
}

/* argv ends with the ties and the folder.  False: it does not say that it is there. */
static gboolean
begin_peer (Peer *peer, const char *const *argv)
{
  g_autofree char *told = NULL;

  if (!peer_begin (peer, argv, NULL))
    return FALSE;
  told = g_data_input_stream_read_line (peer->answers, NULL, NULL, NULL);
  if (told == NULL)
    peer_end (peer);
  return told != NULL;
}

/* Seconds; NAN: the peer, or this job of it, is not there.  The first time it writes the result too. */
static double
ask (Graph *self, const Job *job)
{
  gboolean is_of_program = g_str_has_prefix (job->job, "betweenness") && g_str_has_suffix (job->job, "-sampled");
  Peer *peer = is_of_program ? &self->program : &self->python;
  g_autofree char *line = g_strconcat (job->job, "\n", NULL), *told = peer_ask (peer, line);

  return told != NULL && *told != '\0' ? g_ascii_strtod (told, NULL) : (double) NAN;
}

/* Of the peer's numbers and ours, the largest difference, as a part of the number (or of 1, if that is more). */
static double
compare (const Graph *self, const Job *job, GBytes *found)
{
  g_autofree char *path = g_build_filename (self->folder, job->job, NULL), *data = NULL;
  const double *ours = g_bytes_get_data (found, NULL), *theirs;
  gsize size, n;
  double worst = 0;

  if (!g_file_get_contents (path, &data, &size, NULL))
    return INFINITY;
  theirs = (const double *) (gconstpointer) data;
  n = size / sizeof (double);
  if (n != (job->is_sampled ? self->n_sources : g_bytes_get_size (found) / sizeof (double)))
    return INFINITY;
  for (gsize i = 0; i < n; i++)
    {
      double a = ours[job->is_sampled ? self->sources[i] : i], b = theirs[i];

      if (isnan (a) && isnan (b))
        continue;
      worst = MAX (worst, isnan (a) != isnan (b) ? INFINITY : fabs (a - b) / MAX (fabs (b), 1.0 / self->n));
    }
  return worst;
}

/* igraph's C library, where it was asked for, does what python-igraph does not offer. */
static void
begin_peers (Graph *self, const char *path)
{
  g_autofree char *script = g_build_filename (g_getenv ("KENNIS_SRCDIR"), "bench/network-igraph.py", NULL);
  g_autofree char *program = g_build_filename (g_getenv ("KENNIS_BUILDDIR"), "bench/network-igraph", NULL);

  if (!begin_peer (&self->python, (const char *[]) { "/usr/bin/python3", script, path, self->folder, NULL }))
    g_print ("network %c, igraph\tnot installed (python3-igraph)\t\n", self->name);
  if (self->name == 'b' && !begin_peer (&self->program, (const char *[]) { program, path, self->folder, NULL }))
    g_print ("network b, betweenness from 64 people, igraph\tnot made (libigraph-dev, make bench/network-igraph)\t\n");
}

static double
run_once (Graph *self, const Job *job)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GBytes) found = job->run (self);

  return seconds_since (begun);
}

/* Ranks a network that was just made. */
static double
rank_first (Graph *self, const Job *job)
{
  Graph fresh = *self;
  double seconds;

  fresh.network = make_network (self);
  seconds = run_once (&fresh, job);
  g_object_unref (fresh.network);
  return seconds;
}

typedef struct
{
  double times[400], all;
  guint  n;
} Runs;

/* One run, or as many as TURN takes, so that most find the processors as the run before left them. */
static void
take_turn (Graph *self, const Job *job, double (*run) (Graph *self, const Job *job), Runs *runs)
{
  for (double taken = 0; taken <= TURN && runs->n < G_N_ELEMENTS (runs->times); runs->n++)
    {
      runs->times[runs->n] = run (self, job);
      taken += runs->times[runs->n];
      runs->all += runs->times[runs->n];
    }
}

/* Three turns at least, fewer where they take seconds.  peer: what it took when the results were compared; NAN: it is not there. */
static double
run_in_turns (Graph *self, const Job *job, double (*run) (Graph *self, const Job *job), double *peer)
{
  Runs ours = { .n = 0 }, theirs = { { *peer }, isnan (*peer) ? 0 : *peer, !isnan (*peer) };

  for (guint turn = 0; turn == 0 || (turn < 3 && ours.all + theirs.all < 2) || ours.all + theirs.all < 1.2; turn++)
    {
      take_turn (self, job, run, &ours);
      if (theirs.n > 0 && theirs.all < 2)
        take_turn (self, job, ask, &theirs);
      if (ours.n == G_N_ELEMENTS (ours.times))
        break;
    }
  *peer = theirs.n > 0 ? median (theirs.times, theirs.n) : (double) NAN;
  return median (ours.times, ours.n);
}

static void
tell (Graph *self, const char *title, double own, double peer, double at_least)
{
  g_print ("network %c, %s\t%.5f\ts\n", self->name, title, own);
  if (isnan (peer))
    return;
  g_print ("network %c, %s, igraph\t%.4f\ts\n", self->name, title, peer);
  g_print ("network %c, %s, times faster (at least %g)\t%.1f\tx\n", self->name, title, at_least, peer / own);
  self->n_missed += peer / own < at_least;
}

static void
run_job (Graph *self, const Job *job)
{
  double peer = ask (self, job), own, at_least = bound_of (job, self->name);

  if (strcmp (job->job, "make") != 0 && !isnan (peer))
    {
      g_autoptr (GBytes) found = job->run (self);
      double off = compare (self, job, found);

      if (!(off < 1e-7))
        {
          g_print ("network %c, %s: differs from igraph by %g\n", self->name, job->title, off);
          self->n_missed++;
          return;
        }
    }
  own = run_in_turns (self, job, run_once, &peer);
  /* Where the peer does a sample, it would take as much longer for everybody. */
  peer *= job->ours_whole ? (double) self->n / self->n_sources : 1;
  tell (self, job->title, own, peer, at_least);
  if (strcmp (job->job, "pagerank") != 0 || self->name != 'a')
    return;
  own = run_in_turns (self, job, rank_first, &peer);
  tell (self, "PageRank, first call", own, peer, at_least);
}

/* Peak memory in MiB since the last call; 0 where the system does not tell. */
static double
peak (void)
{
  g_autofree char *status = NULL;
  const char *line;
  double mib = 0;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL) && (line = strstr (status, "VmHWM:")) != NULL)
    mib = g_ascii_strtod (line + 6, NULL) / 1024;
  g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
  return mib;
}

static guint
run_graph (char name, guint n, guint m, guint n_sources, char **wanted)
{
  g_autofree char *folder = g_dir_make_tmp ("kennis-bench-XXXXXX", NULL), *path = NULL;
  Graph self = { .name = name, .n = n, .m = m, .n_sources = n_sources, .folder = folder, .wanted = wanted };

  path = g_build_filename (folder, "ties", NULL);
  make_graph (&self);
  write_ties (&self, path);
  begin_peers (&self, path);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_autofree char *result = g_build_filename (folder, jobs[i].job, NULL);

      if (is_wanted (&self, &jobs[i]))
        run_job (&self, &jobs[i]);
      remove (result);
    }
  peer_end (&self.python);
  peer_end (&self.program);
  remove (path);
  remove (folder);
  g_bytes_unref (self.givers);
  g_bytes_unref (self.receivers);
  g_bytes_unref (self.weights);
  if (name == 'c')
    {
      double mib;

      peak ();
      g_bytes_unref (job_pagerank (&self));
      mib = peak ();
      g_print ("network c, PageRank, peak memory (at most 350)\t%.0f\tMiB\n", mib);
      self.n_missed += mib > 350;
    }
  g_object_unref (self.network);
  g_free (self.sources);
  return self.n_missed;
}

int
main (int argc, char **argv)
{
  const char *which = argc > 1 ? argv[1] : "abc";
  char **wanted = argc > 2 ? argv + 2 : NULL;
  guint n_missed = 0;

  signal (SIGPIPE, SIG_IGN);
  if (strchr (which, 'a') != NULL)
    n_missed += run_graph ('a', 10000, 100000, 64, wanted);
  if (strchr (which, 'b') != NULL)
    n_missed += run_graph ('b', 100000, 1000000, 64, wanted);
  if (strchr (which, 'c') != NULL)
    n_missed += run_graph ('c', 1000000, 10000000, 16, wanted);
  return n_missed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
