#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-exchange-private.h"
#include "metric/kennis-slice-types-private.h"
#include "metric/kennis-sort-private.h"

#include <math.h>
#include <stdlib.h>

/* Who exchanges with whom, over the 12 months that end with the period.  What is said of pairs has no interval: pairs are not independent, and
 * resampling people would break them. */

#define ENOUGH 0.6
#define ALL    0.995    /* less is said */

void
kennis_exchange_note_coverage (const KennisSlice *year, KennisEstimate *out)
{
  if (out->status == KENNIS_MEASURE_STATUS_OK && year->coverage < ENOUGH)
    out->note = N_("Less than 60% of the 12 months was observed: ties that were not seen are missing.");
  else if (out->status == KENNIS_MEASURE_STATUS_OK && year->coverage < ALL && out->note == NULL)
    out->note = N_("Part of the 12 months was not observed: ties that were not seen are missing.");
}

/* Σ over heads of the number of people with whom they have a tie, in either direction. */
static double *
count_partners (const KennisSlice *year)
{
  double *partners = kennis_slice_doubles (year);
  gsize n;
  const KennisTie *ties = kennis_exchange_ties (year, &n);

  for (gsize i = 0; i < n; i++)
    {
      const KennisTie *opposite = ties[i].is_mutual ? kennis_exchange_opposite (ties, n, &ties[i]) : NULL;
      gint32 giver = ties[i].giver_member, receiver = ties[i].receiver_member;

      if (opposite != NULL && ties[i].giver > ties[i].receiver)
        continue;
      if (opposite != NULL)
        {
          giver = MAX (giver, opposite->receiver_member);
          receiver = MAX (receiver, opposite->giver_member);
        }
      if (giver >= 0)
        partners[giver]++;
      if (receiver >= 0)
        partners[receiver]++;
    }
  return partners;
}

static void
partners_per_head (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  double *partners = count_partners (year), *heads = kennis_slice_doubles (year);

  for (guint m = 0; m < year->n_members; m++)
    {
      heads[m] = kennis_exchange_is_head (year, m);
      partners[m] *= heads[m];
    }
  kennis_estimate_ratio (year, partners, heads, out);
  out->lower = out->upper = NAN;
  kennis_exchange_note_coverage (year, out);
}

static void
isolates_share (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  double *partners = count_partners (year);
  guint8 *answer = kennis_slice_bytes (year);

  for (guint m = 0; m < year->n_members; m++)
    answer[m] = !kennis_exchange_is_head (year, m) ? 2 : partners[m] == 0;
  kennis_estimate_share_of_people (year, answer, out);
  kennis_exchange_note_coverage (year, out);
}

/* The subgraph of the group. */
typedef struct
{
  guint32 heads;
  guint32 ties, mutual;       /* inside, among all members */
  guint32 people;             /* distinct members in them */
  guint32 head_ties, head_mutual;
} Structure;

static Structure
find_structure (const KennisSlice *year)
{
  gsize n;
  const KennisTie *ties = kennis_exchange_ties (year, &n);
  guint8 *is_in = kennis_slice_bytes (year);
  Structure s = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      const KennisTie *tie = &ties[i];

      if (!tie->is_inside)
        continue;
      is_in[tie->giver_member] = is_in[tie->receiver_member] = 1;
      s.ties++;
      s.mutual += tie->is_mutual_inside;
      if (!kennis_exchange_is_head (year, tie->giver_member) || !kennis_exchange_is_head (year, tie->receiver_member))
        continue;
      s.head_ties++;
      s.head_mutual += tie->is_mutual_inside;
    }
  for (guint m = 0; m < year->n_members; m++)
    {
      s.heads += kennis_exchange_is_head (year, m);
      s.people += is_in[m];
    }
  return s;
}

static double
density_of (const Structure *s)
{
  return s->heads > 1 ? s->head_ties / ((double) s->heads * (s->heads - 1)) : NAN;
}

static void
density (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  Structure s = find_structure (year);

  kennis_estimate_structural (out, density_of (&s), s.heads, s.heads);
  kennis_exchange_note_coverage (year, out);
}

static void
reciprocity (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  Structure s = find_structure (year);

  kennis_estimate_structural (out, s.ties > 0 ? (double) s.mutual / s.ties : NAN, s.ties, s.people);
  kennis_exchange_note_coverage (year, out);
}

static void
reciprocity_beyond_chance (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  Structure s = find_structure (year);
  double expected = density_of (&s), value = NAN;

  if (s.head_ties > 0 && expected < 1)
    value = ((double) s.head_mutual / s.head_ties - expected) / (1 - expected);
  kennis_estimate_structural (out, value, s.head_ties, s.people);
  kennis_exchange_note_coverage (year, out);
}

/* Presence of a person in a team with a discipline. */
typedef struct
{
  guint32 team, discipline, person;
  double  days;
} Stay;

static int
compare_stays (const void *a, const void *b)
{
  const Stay *x = a, *y = b;

  if (x->team != y->team)
    return (x->team > y->team) - (x->team < y->team);
  if (x->discipline != y->discipline)
    return (x->discipline > y->discipline) - (x->discipline < y->discipline);
  return (x->person > y->person) - (x->person < y->person);
}

static GArray *
find_stays (const KennisSlice *slice)
{
  GArray *stays = g_array_new (FALSE, FALSE, sizeof (Stay));

  for (guint m = 0; m < slice->n_members; m++)
    {
      guint n;
      const KennisSegment *s = kennis_ground_segments (slice->ground, slice->members[m].person, &n);

      for (guint i = 0; i < n; i++)
        {
          gint32 first = MAX (s[i].first_day, slice->first_day), end = MIN (s[i].end_day, slice->end_day);
          Stay stay = { s[i].team, s[i].discipline, m, s[i].present * (end - first) };

          if (s[i].on_roster && first < end && s[i].present > 0 && s[i].team != KENNIS_INTERN_NONE
              && s[i].discipline != KENNIS_INTERN_NONE && kennis_slice_has_segment (slice, &s[i]))
            g_array_append_val (stays, stay);
        }
    }
  kennis_sort_array (stays->data, stays->len, sizeof (Stay), compare_stays);
  return stays;
}

/* Of one team, stays [0, n): Σ of days × (1 − Σp²); 0 where fewer than two people. */
static double
diversity_of (const Stay *stays, guint n, double *days)
{
  double squares = 0, part = 0;
  gboolean has_two = FALSE;

  *days = 0;
  for (guint i = 0; i < n; i++)
    {
      has_two |= stays[i].person != stays[0].person;
      *days += stays[i].days;
      part += stays[i].days;
      if (i + 1 < n && stays[i + 1].discipline == stays[i].discipline)
        continue;
      squares += part * part;
      part = 0;
    }
  if (!has_two)
    *days = 0;
  return *days > 0 ? *days - squares / *days : 0;
}

static void
team_diversity (const KennisSlice *slice, KennisEstimate *out)
{
  g_autoptr (GArray) stays = find_stays (slice);
  const Stay *all = (const Stay *) (gconstpointer) stays->data;
  guint8 *counts = kennis_slice_bytes (slice);
  KennisSum different = { 0 }, total = { 0 };
  guint32 people = 0;
  guint end;

  for (guint i = 0; i < stays->len; i = end)
    {
      double days;

      for (end = i + 1; end < stays->len && all[end].team == all[i].team; end++)
        ;
      kennis_sum_add (&different, diversity_of (all + i, end - i, &days));
      kennis_sum_add (&total, days);
      for (guint j = i; days > 0 && j < end; j++)
        counts[all[j].person] = 1;
    }
  for (guint m = 0; m < slice->n_members; m++)
    people += counts[m];
  kennis_estimate_structural (out, people > 0 ? kennis_sum_get (&different) / kennis_sum_get (&total) : NAN, people,
                              people);
}

KENNIS_METRICS (exchange_structure,
  {
    .id = "exchange.partners-per-head",
    .title = N_("Partners per person"),
    .description = N_("With how many different people someone exchanged knowledge in twelve months, on average over all people."),
    .reading_aid = N_("Few partners make knowledge travel slowly. Someone who came late in the twelve months has had less time to find partners."),
    .unit = KENNIS_UNIT_COUNT, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "sum of distinct partners, given to or received from / heads; 12 months",
    .source = "degree: Freeman 1979",
    .inputs = "sharing.giver sharing.receiver person",
    .measure = partners_per_head,
  },
  {
    .id = "exchange.isolates-share",
    .title = N_("People without any exchange"),
    .description = N_("The share of people who neither gave to nor received from any other person in twelve months."),
    .reading_aid = N_("Lower is better. Some may exchange a lot that nobody records; ask before you conclude."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "heads without any tie / heads; 12 months",
    .source = "Wasserman & Faust 1994; interval: Wilson 1927",
    .inputs = "sharing.giver sharing.receiver person",
    .measure = isolates_share,
  },
  {
    .id = "exchange.density",
    .title = N_("Density of exchange"),
    .description = N_("The part of all possible ties, from one person to another, that was there in twelve months."),
    .reading_aid = N_("Larger groups are always less dense, since nobody can exchange with everybody. Compare groups of like size only."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "distinct ordered pairs of heads with a tie, both in the group / N(N − 1); 12 months",
    .source = "Wasserman & Faust 1994",
    .inputs = "sharing.giver sharing.receiver person",
    .measure = density,
  },
  {
    .id = "exchange.reciprocity",
    .title = N_("Giving both ways"),
    .description = N_("The share of ties that are answered: who received from someone also gave to them, within twelve months."),
    .reading_aid = N_("Where it is low, some only teach and others only listen. Big talks lower it; conversations raise it."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "ties of which the opposite is there / ties, both ends in the group; 12 months",
    .source = "Wasserman & Faust 1994 (of edges)",
    .inputs = "sharing.giver sharing.receiver",
    .measure = reciprocity,
  },
  {
    .id = "exchange.reciprocity-beyond-chance",
    .title = N_("Giving both ways, beyond chance"),
    .description = N_("How much more often ties are answered than they would be if as many ties lay at random: 0 as chance, 1 all, under 0 less than chance."),
    .reading_aid = N_("In a dense group many ties are mutual by chance alone; this takes that out, so that groups can be compared."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = -INFINITY, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "(r − density) / (1 − density), r the reciprocity among heads; 12 months",
    .source = "Garlaschelli & Loffredo 2004",
    .inputs = "sharing.giver sharing.receiver person",
    .measure = reciprocity_beyond_chance,
  },
  {
    .id = "exchange.team-diversity",
    .title = N_("Disciplines in a team"),
    .description = N_("The chance that two presences taken at random from a team are of different disciplines; over several teams, their mean by presence."),
    .reading_aid = N_("0 means teams of one discipline. Different disciplines in a team can learn from each other; whether they do, the other figures tell."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "1 − Σp² of disciplines in a team of two or more people with known discipline, weighted by person-days",
    .source = "Blau 1977; Harrison & Klein 2007 (variety)",
    .inputs = "person.team person.discipline",
    .measure = team_diversity,
  })
