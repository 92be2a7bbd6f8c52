#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-holds-private.h"

#include <math.h>

/* What would be lost?  The state at the end of the period, of the people who are in the group on its last day.  What is said of topics has no
 * interval: topics are no sample. */

#define SEARCH_BUDGET 4000

static guint32
count_there (const KennisSlice *slice)
{
  guint32 n = 0;

  for (guint m = 0; m < slice->n_members; m++)
    n += kennis_slice_is_there (slice, slice->members[m].person, KENNIS_HOLDS_AT_END);
  return n;
}

/* It is said of all who are there: that someone holds nothing counts as well.  But those who hold something must be enough too. */
static void
of_topics (const KennisSlice *slice, double value, KennisEstimate *out)
{
  const KennisHolders *holders = kennis_slice_holders (slice, KENNIS_HOLDS_AT_END);
  guint32 held = kennis_holders_n_held (holders);

  if (held == 0)
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                            N_("Nobody here held a topic, as far as records tell."));
      return;
    }
  kennis_estimate_structural (out, value, held, count_there (slice));
  out->n_part = kennis_holders_n_holders (holders);
}

static void
single_holder_share (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisHolders *holders = kennis_slice_holders (slice, KENNIS_HOLDS_AT_END);

  of_topics (slice, (double) kennis_holders_n_single (holders) / kennis_holders_n_held (holders), out);
}

static void
coverage (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisHolders *holders = kennis_slice_holders (slice, KENNIS_HOLDS_AT_END);

  of_topics (slice, (double) holders->first[holders->n_topics] / kennis_holders_n_held (holders), out);
}

static void
bus_factor (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisHolders *holders = kennis_slice_holders (slice, KENNIS_HOLDS_AT_END);
  guint32 n = kennis_holders_n_holders (holders), least, most;

  kennis_holders_bus_factor (holders, SEARCH_BUDGET, slice->ground->cancellable, &least, &most, NULL);
  of_topics (slice, (double) most / n, out);
  if (n > 0)
    out->n = n;
  if (least < most && out->status == KENNIS_MEASURE_STATUS_OK)
    out->note = N_("An upper bound: fewer people might do, and to find out would take too long.");
}

/* Who left the organisation in the twelve months up to `end`, and person-years until then. */
static double
leaving_probability (const KennisSlice *slice)
{
  const KennisGround *ground = slice->ground;
  gint32 end = slice->end_day, from = kennis_month_first_day (slice->end_month - 12);
  double days = 0, leavers = 0;

  for (guint32 p = 0; p < kennis_intern_size (kennis_ground_facts (ground)->spaces[KENNIS_SPACE_PERSON]); p++)
    {
      guint n;
      const KennisSegment *s = kennis_ground_segments (ground, p, &n);

      if (!kennis_ground_on_roster (ground, p) || n == 0)
        continue;
      for (guint i = 0; i < n; i++)
        days += MAX (0, MIN (s[i].end_day, end) - MAX (s[i].first_day, from));
      leavers += s[n - 1].end_day > from && s[n - 1].end_day <= end;
    }
  return days > 0 ? -expm1 (-(leavers + 0.5) / (days / 365.25)) : NAN;
}

static void
expected_loss (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisHolders *holders = kennis_slice_holders (slice, KENNIS_HOLDS_AT_END);
  double probability = leaving_probability (slice);
  double *leaving = kennis_slice_doubles (slice);

  for (guint m = 0; m < slice->n_members; m++)
    leaving[m] = probability;
  of_topics (slice, kennis_holders_expected_loss (holders, leaving, NULL) / kennis_holders_n_held (holders), out);
}

KENNIS_METRICS (retention,
  {
    .id = "retention.single-holder-share",
    .title = N_("Topics in one head"),
    .description = N_("The share of topics that only one person of the group holds, of all topics that anyone of it holds."),
    .reading_aid = N_("Such knowledge leaves with that person. Who holds a topic is known from records of knowledge, or from hours of learning and sharing, of which half fades in two years; with other choices the share is another one."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "topics with one holder / topics with a holder; a holder has a Holding, or 8 hours with a half-life of 730 days; end of the period",
    .source = "ours; after Avelino et al. 2016",
    .inputs = "person ~holding ~activity.topic ~sharing.topic",
    .measure = single_holder_share,
  },
  {
    .id = "retention.bus-factor",
    .title = N_("Bus factor"),
    .description = N_("The share of those who hold a topic whose leaving would be enough to leave more than half of the topics without anyone."),
    .reading_aid = N_("The fewer it takes, the more hangs on a few. It is found by trial, so that it is at most too high; in a small group it is exact."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "fewest people found whose leaving orphans more than half of the held topics / people who hold a topic",
    .source = "Avelino et al. 2016; greedy minimum k-union: Chlamtáč, Dinitz & Makarychev 2017",
    .inputs = "person ~holding ~activity.topic ~sharing.topic",
    .measure = bus_factor,
  },
  {
    .id = "retention.expected-loss",
    .title = N_("Knowledge at risk"),
    .description = N_("The share of topics that can be expected to lose all of their holders within a year, if people leave as they did in the last twelve months."),
    .reading_aid = N_("Everyone is taken to be as likely to leave as the organisation's average: it says nothing about any person. Two holders more make a topic far safer."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "mean over held topics of p^holders; p = 1 − exp(−(leavers + ½) / person-years), organisation, 12 months",
    .source = "ours; rate with the prior of Jeffreys 1946",
    .inputs = "person.left ~holding ~activity.topic ~sharing.topic",
    .measure = expected_loss,
  },
  {
    .id = "retention.coverage",
    .title = N_("Holders of a topic"),
    .description = N_("How many people of the group hold a topic, on average over the topics that anyone of it holds."),
    .reading_aid = N_("An average hides the topics with one holder: see there."),
    .unit = KENNIS_UNIT_COUNT, .minimum = 1, .maximum = INFINITY, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "pairs of holder and topic / topics with a holder; end of the period",
    .source = "ours",
    .inputs = "person ~holding ~activity.topic ~sharing.topic",
    .measure = coverage,
  })
