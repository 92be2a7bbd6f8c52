#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-exchange-private.h"
#include "metric/kennis-ground-types-private.h"
#include "network/kennis-network-private.h"

/* How far knowledge can go, over the 12 months that end with the period: paths among the heads of the group.  The engine has a thread for
 * each slice, so that each search takes one.  What is
 * cancelled gives nothing here; that it was, the engine tells. */

#define STEPS 3
/* Above this, what takes the square of the people is estimated. */
#define LARGE     20000
#define PRECISION 8       /* of sketches */
#define SOURCES   1024    /* of betweenness */
#define SEED      1

/* Ties among heads; NULL where there are under two. */
static KennisNetwork *
find_network (const KennisSlice *year, guint32 *n_heads)
{
  gsize n, n_rows = 0;
  const KennisTie *ties = kennis_exchange_ties (year, &n);
  guint32 *place = kennis_slice_scratch (year, ((gsize) year->n_members + 1) * sizeof *place);
  g_autofree guint32 *giver = g_new (guint32, n + 1), *receiver = g_new (guint32, n + 1);

  *n_heads = 0;
  for (guint m = 0; m < year->n_members; m++)
    place[m] = kennis_exchange_is_head (year, m) ? (*n_heads)++ : KENNIS_NETWORK_NOBODY;
  for (gsize i = 0; i < n; i++)
    {
      if (!ties[i].is_inside || place[ties[i].giver_member] == KENNIS_NETWORK_NOBODY
          || place[ties[i].receiver_member] == KENNIS_NETWORK_NOBODY)
        continue;
      giver[n_rows] = place[ties[i].giver_member];
      receiver[n_rows++] = place[ties[i].receiver_member];
    }
  return *n_heads > 1 ? kennis_network_build (*n_heads, giver, receiver, NULL, n_rows, year->ground->cancellable, NULL)
                      : NULL;
}

static void
tell (const KennisSlice *year, double value, guint32 n_heads, const char *note, KennisEstimate *out)
{
  kennis_estimate_structural (out, value, n_heads, n_heads);
  if (out->status == KENNIS_MEASURE_STATUS_OK)
    out->note = note;
  kennis_exchange_note_coverage (year, out);
}

static void
largest_component_share (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  guint32 n;
  g_autoptr (KennisNetwork) network = find_network (year, &n);
  guint largest = 0;
  g_autoptr (GBytes) components =
      network != NULL ? kennis_network_components (network, FALSE, NULL, &largest, year->ground->cancellable, NULL)
                      : NULL;

  tell (year, components != NULL ? (double) largest / n : NAN, n, NULL, out);
}

static void
reach (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  guint32 n;
  g_autoptr (KennisNetwork) network = find_network (year, &n);
  g_autoptr (GBytes) shares = NULL;

  if (network != NULL && n > LARGE)
    shares = kennis_network_estimate_reach (network, KENNIS_SIDE_GIVING, STEPS, PRECISION, SEED, NULL, 1,
                                            year->ground->cancellable, NULL);
  else if (network != NULL)
    shares = kennis_network_reach (network, KENNIS_SIDE_GIVING, STEPS, 1, year->ground->cancellable, NULL);
  tell (year, shares != NULL ? kennis_sum_of (g_bytes_get_data (shares, NULL), n) / n : NAN, n,
        n > LARGE ? N_("Estimated, as the group is large: one standard error is at most 7% of the value.") : NULL,
        out);
}

static void
global_efficiency (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  guint32 n;
  g_autoptr (KennisNetwork) network = find_network (year, &n);
  g_autoptr (KennisNetworkPaths) paths =
      network != NULL ? kennis_network_find_paths (network, 1, year->ground->cancellable, NULL) : NULL;

  tell (year, paths != NULL ? kennis_network_paths_get_efficiency (paths) : NAN, n, NULL, out);
}

static void
brokerage_concentration (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  guint32 n;
  g_autoptr (KennisNetwork) network = find_network (year, &n);
  g_autoptr (GBytes) found = NULL;
  const double *betweenness;

  if (network != NULL && n > LARGE)
    found =
        kennis_network_estimate_betweenness (network, FALSE, SOURCES, SEED, NULL, 1, year->ground->cancellable, NULL);
  else if (network != NULL)
    found = kennis_network_betweenness (network, FALSE, 1, year->ground->cancellable, NULL);
  betweenness = found != NULL ? g_bytes_get_data (found, NULL) : NULL;
  tell (year, found != NULL ? kennis_gini (betweenness, n, TRUE) : NAN, n,
        n > LARGE ? N_("Estimated from the paths of 1024 people, as the group is large.") : NULL, out);
  if (found != NULL)
    out->dominance = kennis_estimate_dominance (betweenness, n);
}

KENNIS_METRICS (exchange_graph,
  {
    .id = "exchange.largest-component-share",
    .title = N_("People who hang together"),
    .description = N_("The share of people in the largest part of the group within which everyone is linked to everyone, directly or through others, by exchanges in twelve months."),
    .reading_aid = N_("Higher is better: knowledge can only go where there is a link. A lower value means islands, or people without any exchange."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "heads in the largest weak component of ties among heads / heads; 12 months",
    .source = "Wasserman & Faust 1994",
    .inputs = "sharing.giver sharing.receiver person",
    .measure = largest_component_share,
  },
  {
    .id = "exchange.reach",
    .title = N_("Reach in three steps"),
    .description = N_("To what share of the others in the group someone's knowledge can go in at most three steps of giving, on average over all people, by the exchanges of twelve months."),
    .reading_aid = N_("Higher is better. It tells what the paths allow, whether or not something went along them; a larger group has a lower reach. Compare groups of like size."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "mean over heads of (other heads within 3 steps from giver to receiver / other heads); 12 months; over 20 000 heads by HyperLogLog (Boldi, Rosa & Vigna 2011)",
    .source = "k-step reach: Borgatti 2006; three steps: after Friedkin 1983",
    .inputs = "sharing.giver sharing.receiver person",
    .measure = reach,
  },
  {
    .id = "exchange.global-efficiency",
    .title = N_("Short ways for knowledge"),
    .description = N_("How near people are to each other along exchanges of twelve months: the mean of 1 over the number of steps from each to each other, 0 where there is no way."),
    .reading_aid = N_("1 would be everyone to everyone directly. Higher means that knowledge passes through fewer hands; a larger group has a lower value."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "sum over ordered pairs of heads of 1/steps / (N(N − 1)); 12 months",
    .source = "Latora & Marchiori 2001",
    .inputs = "sharing.giver sharing.receiver person",
    .cost = KENNIS_COST_HEAVY,
    .measure = global_efficiency,
  },
  {
    .id = "exchange.brokerage-concentration",
    .title = N_("Concentration of in-between positions"),
    .description = N_("How unevenly the shortest ways of knowledge run through people in twelve months: 0 when through all alike, towards 1 when all run through one."),
    .reading_aid = N_("A high value means that few people link the others. When they leave or tire, parts of the group lose each other."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "population Gini of betweenness over heads × n/(n − 1); 12 months; over 20 000 heads from 1024 sources (Brandes & Pich 2007)",
    .source = "ours; betweenness: Freeman 1977",
    .inputs = "sharing.giver sharing.receiver person",
    .cost = KENNIS_COST_HEAVY,
    .measure = brokerage_concentration,
  })
