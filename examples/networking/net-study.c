#include "config.h"

#include "networking/net-study.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define EXACT_PEOPLE   20000    /* more: betweenness is estimated */
#define SAMPLED_PEOPLE 2000

static void
add_figure (NetStudy *self, const char *id, const char *title, double value, guint digits)
{
  NetFigure figure = { id, title, value, digits };

  g_array_append_val (self->figures, figure);
}

static void
vector_clear (gpointer data)
{
  g_free (((NetVector *) data)->values);
}

/* Takes the bytes. */
static gboolean
add_vector (NetStudy *self, const char *id, const char *title, GBytes *bytes)
{
  NetVector vector = { id, title, NULL };
  gsize size;

  if (bytes == NULL)
    return FALSE;
  vector.values = g_bytes_unref_to_data (bytes, &size);
  g_assert (size == self->n * sizeof (double));
  g_array_append_val (self->vectors, vector);

  return TRUE;
}

static void
add_counts (NetStudy *self, const char *id, const char *title, GBytes *bytes)
{
  g_autoptr (GBytes) counts = bytes;
  const guint32 *count = g_bytes_get_data (counts, NULL);
  NetVector vector = { id, title, g_new (double, self->n + 1) };

  for (guint p = 0; p < self->n; p++)
    vector.values[p] = count[p];
  g_array_append_val (self->vectors, vector);
}

static void
add_mutual (NetStudy *self)
{
  g_autoptr (GBytes) pairs = kennis_network_mutual_ties (self->network);
  const guint32 *person = g_bytes_get_data (pairs, NULL);
  NetVector vector = { "mutual-ties", _("ties both ways"), g_new0 (double, self->n + 1) };

  for (gsize i = 0; i < g_bytes_get_size (pairs) / sizeof *person; i++)
    vector.values[person[i]]++;
  g_array_append_val (self->vectors, vector);
}

static double
mean_of (const double *x, guint n)
{
  double sum = 0;
  guint known = 0;

  for (guint i = 0; i < n; i++)
    if (!isnan (x[i]))
      {
        sum += x[i];
        known++;
      }

  return known > 0 ? sum / known : NAN;
}

static void
study_ties (NetStudy *self)
{
  KennisNetwork *network = self->network;
  guint weak, strong, in_weak, in_strong, isolates = 0;
  guint64 mutual, asymmetric;
  g_autoptr (GBytes) w = kennis_network_components (network, FALSE, &weak, &in_weak, NULL, NULL);
  g_autoptr (GBytes) s = kennis_network_components (network, TRUE, &strong, &in_strong, NULL, NULL);
  g_autoptr (GBytes) degrees = kennis_network_degrees (network, KENNIS_SIDE_BOTH);
  const guint32 *degree = g_bytes_get_data (degrees, NULL);

  for (guint p = 0; p < self->n; p++)
    isolates += degree[p] == 0;
  kennis_network_count_dyads (network, &mutual, &asymmetric, NULL);
  add_figure (self, "people", _("people"), self->n, 0);
  add_figure (self, "ties", _("ties from a giver to a receiver"), kennis_network_get_n_ties (network), 0);
  add_figure (self, "isolates", _("people without a tie"), isolates, 0);
  add_figure (self, "density", _("density: ties of all that could be"), kennis_network_get_density (network), 4);
  add_figure (self, "reciprocity", _("reciprocity: ties that go both ways"), kennis_network_get_reciprocity (network),
              3);
  add_figure (self, "mutual-pairs", _("pairs who give to each other"), mutual, 0);
  add_figure (self, "one-way-pairs", _("pairs of whom one gives"), asymmetric, 0);
  add_figure (self, "components", _("components: parts that do not touch"), weak, 0);
  add_figure (self, "largest-component-share", _("share of people in the largest part"),
              self->n > 0 ? (double) in_weak / self->n : NAN, 3);
  add_figure (self, "largest-strong-component-share", _("share of people who can all reach each other"),
              self->n > 0 ? (double) in_strong / self->n : NAN, 3);
  add_counts (self, "ties-given", _("ties given"), kennis_network_degrees (network, KENNIS_SIDE_GIVING));
  add_counts (self, "ties-received", _("ties received"), kennis_network_degrees (network, KENNIS_SIDE_RECEIVING));
  add_mutual (self);
}

static gboolean
study_shape (NetStudy *self, GError **error)
{
  const NetOptions *options = self->options;
  guint threads = options->threads, communities;
  g_autoptr (KennisNetwork) contacts = kennis_network_to_undirected (self->network, NULL, error);
  g_autoptr (KennisNetworkPaths) paths = kennis_network_find_paths (self->network, threads, NULL, error);
  g_autoptr (GBytes) clustering = kennis_network_clustering (self->network, threads, NULL, error);
  g_autoptr (GBytes) parts =
      kennis_network_communities (self->network, 1, TRUE, options->seed, &communities, NULL, error);

  if (contacts == NULL || paths == NULL || clustering == NULL || parts == NULL)
    return FALSE;
  add_figure (self, "core-share", _("share of people in the innermost core"),
              kennis_network_get_core_share (contacts, KENNIS_SIDE_GIVING, 0, NULL, NULL), 3);
  add_figure (self, "transitivity", _("transitivity: contacts of contacts who are in contact"),
              kennis_network_transitivity (self->network, threads, NULL, NULL), 3);
  add_figure (self, "mean-clustering", _("clustering, mean over people"),
              mean_of (g_bytes_get_data (clustering, NULL), self->n), 3);
  add_figure (self, "mean-path-length", _("steps from one to another, mean"),
              kennis_network_paths_get_mean_length (paths), 2);
  add_figure (self, "diameter", _("steps between those farthest apart"),
              kennis_network_paths_get_n_pairs (paths) > 0 ? kennis_network_paths_get_diameter (paths) : NAN, 0);
  add_figure (self, "global-efficiency", _("global efficiency: mean of 1/steps"),
              kennis_network_paths_get_efficiency (paths), 3);
  add_figure (self, "degree-assortativity", _("do the busy share with the busy (degree assortativity)"),
              kennis_network_get_degree_assortativity (self->network), 3);
  add_figure (self, "communities", _("communities (Leiden)"), communities, 0);
  add_figure (self, "modularity", _("modularity of the communities"),
              kennis_network_modularity (self->network, parts, 1, TRUE, NULL, NULL), 3);
  self->community = g_memdup2 (g_bytes_get_data (parts, NULL), self->n * sizeof (guint32));

  return TRUE;
}

static GBytes *
betweenness (NetStudy *self, GError **error)
{
  const NetOptions *options = self->options;

  self->error_bound = 0;
  if (self->n <= EXACT_PEOPLE)
    return kennis_network_betweenness (self->network, FALSE, options->threads, NULL, error);

  return kennis_network_estimate_betweenness (self->network, FALSE, SAMPLED_PEOPLE, options->seed, &self->error_bound,
                                              options->threads, NULL, error);
}

static gboolean
study_positions (NetStudy *self, GError **error)
{
  guint threads = self->options->threads;
  GBytes *reach = kennis_network_reach (self->network, KENNIS_SIDE_GIVING, 3, threads, NULL, error);

  if (reach == NULL)
    return FALSE;
  add_figure (self, "reach", _("share of others within 3 steps, mean"),
              mean_of (g_bytes_get_data (reach, NULL), self->n), 3);

  return add_vector (self, "reach", _("share of others within 3 steps"), reach)
         && add_vector (self, "betweenness", _("betweenness"), betweenness (self, error))
         && add_vector (self, "closeness", _("harmonic closeness"),
                        kennis_network_harmonic_closeness (self->network, KENNIS_SIDE_GIVING, threads, NULL, error))
         && add_vector (self, "pagerank", _("PageRank"),
                        kennis_network_pagerank (self->network, 0.85, threads, NULL, error))
         && add_vector (self, "constraint", _("constraint (Burt)"),
                        kennis_network_constraint (self->network, threads, NULL, error));
}

static gboolean
study_groups (NetStudy *self, GError **error)
{
  g_autoptr (GBytes) groups = g_bytes_new_static (self->group, self->n * sizeof (guint32));

  if (self->names == NULL)
    return TRUE;
  add_figure (self, "groups", _("groups"), self->n_groups, 0);
  add_figure (self, "external-internal", _("E-I: ties between groups against inside, -1 … 1"),
              kennis_network_external_internal (self->network, groups, -1, NULL, NULL, NULL, NULL), 3);
  add_figure (self, "external-internal-expected", _("E-I if groups did not matter"),
              kennis_network_expected_external_internal (self->network, groups, -1, NULL), 3);
  add_figure (self, "group-modularity", _("modularity of the groups"),
              kennis_network_modularity (self->network, groups, 1, FALSE, NULL, NULL), 3);
  add_figure (self, "group-assortativity", _("assortativity of the groups"),
              kennis_network_assortativity (self->network, groups, NULL, NULL), 3);

  return TRUE;
}

/* Those who exchanged something: it is of them that ties tell.  Where persons are disclosed, they may be few. */
static gboolean
are_enough (NetStudy *self, GError **error)
{
  g_autoptr (GBytes) degrees = kennis_network_degrees (self->network, KENNIS_SIDE_BOTH);
  const guint32 *degree = g_bytes_get_data (degrees, NULL);
  guint people = 0, needed = self->options->purpose != NULL ? 1 : self->options->minimum_group;

  for (guint p = 0; p < self->n; p++)
    people += degree[p] > 0;
  if (people >= needed)
    return TRUE;
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
               _("there are sharings of %u people in this window; at least %u are needed to show anything of them"),
               people, needed);

  return FALSE;
}

gboolean
net_study_run (NetStudy *self, KennisSummary *summary, NetOptions *options, KennisProgress progress, gpointer progress_data,
               GError **error)
{
  *self = (NetStudy) { .options = options };
  if (!net_options_set_window (options, kennis_summary_get_time_zone (summary), error))
    return FALSE;
  self->network = kennis_network_make (summary, options->network, progress, progress_data, NULL, error);
  if (self->network == NULL)
    return FALSE;
  self->n = kennis_network_get_n_people (self->network);
  if (!are_enough (self, error))
    return FALSE;
  self->figures = g_array_new (FALSE, FALSE, sizeof (NetFigure));
  self->vectors = g_array_new (FALSE, FALSE, sizeof (NetVector));
  g_array_set_clear_func (self->vectors, vector_clear);
  self->group_ties = g_array_new (FALSE, FALSE, sizeof (NetGroupTie));
  study_ties (self);

  return study_shape (self, error) && study_positions (self, error)
         && net_study_group (self, options->by_default, error) && study_groups (self, error);
}

void
net_study_clear (NetStudy *self)
{
  g_clear_object (&self->network);
  g_clear_pointer (&self->figures, g_array_unref);
  g_clear_pointer (&self->vectors, g_array_unref);
  g_clear_pointer (&self->group_ties, g_array_unref);
  g_strfreev (self->names);
  g_free (self->group);
  g_free (self->size);
  g_free (self->shown);
  g_free (self->touches);
  g_free (self->community);
}
