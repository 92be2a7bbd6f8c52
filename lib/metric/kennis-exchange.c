#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-exchange-private.h"
#include "metric/kennis-uptake-private.h"

#include <math.h>
#include <string.h>

/* How much is shared, by how many, and what. */

#define MINIMUM_KNOWN 0.6

enum { GAVE = 1, RECEIVED = 2 };

static void
rate (const KennisSlice *slice, guint8 which, KennisEstimate *out)
{
  guint8 *did = kennis_slice_bytes (slice), *answer = kennis_slice_bytes (slice);
  gsize n;
  const KennisSliceSharing *sharings = kennis_slice_sharings (slice, &n);

  for (gsize i = 0; i < n; i++)
    {
      if (sharings[i].giver >= 0)
        did[sharings[i].giver] |= GAVE;
      if (sharings[i].receiver >= 0)
        did[sharings[i].receiver] |= RECEIVED;
    }
  for (guint m = 0; m < slice->n_members; m++)
    answer[m] = !slice->members[m].is_resident ? 2 : (did[m] & which) != 0;
  kennis_estimate_share_of_people (slice, answer, out);
}

static void
participation_rate (const KennisSlice *slice, KennisEstimate *out)
{
  rate (slice, GAVE | RECEIVED, out);
}

static void
giving_rate (const KennisSlice *slice, KennisEstimate *out)
{
  rate (slice, GAVE, out);
}

static void
receiving_rate (const KennisSlice *slice, KennisEstimate *out)
{
  rate (slice, RECEIVED, out);
}

/* Receiver-hours of sharings that are no activity's: an hour that is recorded as an activity is counted there and only there.  An hour's talk
 * to fifty is one hour, not fifty: else one speaker a month makes a learning culture.  Where all give to all, each has the whole hour. */
static gboolean
add_received_hours (const KennisSlice *slice, double *between, double *all, KennisEstimate *out)
{
  gsize n, received = 0, known = 0;
  const KennisSliceSharing *sharings = kennis_slice_sharings (slice, &n);

  for (gsize i = 0; i < n; i++)
    {
      const KennisSharingFact *f = sharings[i].fact;

      if (sharings[i].receiver < 0 || kennis_ground_attended (slice->ground, f->session, f->receiver))
        continue;
      received++;
      if (f->duration == KENNIS_UNKNOWN)
        continue;
      known++;
      all[sharings[i].receiver] += kennis_hours (f->duration) / f->audience;
      between[sharings[i].receiver] += kennis_hours (f->duration) / f->audience;
    }
  if ((double) known < MINIMUM_KNOWN * (double) received)
    {
      kennis_estimate_fail (out, known > 0 ? KENNIS_MEASURE_STATUS_LOW_COVERAGE : KENNIS_MEASURE_STATUS_NO_DATA,
                            N_("Fewer than 60% of the sharings have a duration."));
      return FALSE;
    }
  if (known < received)
    out->note = N_("Some sharings have no duration; their hours are not in it.");
  return TRUE;
}

static void
between_people_share (const KennisSlice *slice, KennisEstimate *out)
{
  double *between = kennis_slice_doubles (slice), *all = kennis_slice_doubles (slice);
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  if (!kennis_uptake_has_hours (slice, out))
    return;
  for (gsize i = 0; i < n; i++)
    {
      KennisCodes codes = cells[i].cell->codes;
      KennisForm form = KENNIS_CODES_FORM (codes);
      double hours = kennis_hours (cells[i].cell->duration);

      if (KENNIS_CODES_STATUS (codes) != KENNIS_STATUS_COMPLETED)
        continue;
      all[cells[i].member] += hours;
      if (form == KENNIS_FORM_TOGETHER || form == KENNIS_FORM_MENTORING)
        between[cells[i].member] += hours;
    }
  if (!add_received_hours (slice, between, all, out))
    return;
  kennis_estimate_ratio (slice, between, all, out);
  out->dominance = kennis_estimate_dominance (all, slice->n_members);
}

/* A session is one, however many were in it: those of the group's heads who took part carry it in equal parts. */
static void
add_to_heads (const KennisSlice *slice, const KennisSession *session, gpointer data)
{
  double *sessions = data;
  guint heads = 0;

  for (gsize i = 0; i < session->n_members; i++)
    heads += kennis_exchange_is_head (slice, session->members[i]);
  for (gsize i = 0; i < session->n_members; i++)
    if (kennis_exchange_is_head (slice, session->members[i]))
      sessions[session->members[i]] += 1.0 / heads;
}

static void
sessions_per_head (const KennisSlice *slice, KennisEstimate *out)
{
  double *sessions = kennis_slice_doubles (slice), *heads = kennis_slice_doubles (slice);

  kennis_exchange_each_session (slice, add_to_heads, sessions);
  for (guint m = 0; m < slice->n_members; m++)
    heads[m] = slice->members[m].heads;
  kennis_estimate_ratio (slice, sessions, heads, out);
}

static void
add_giving (const KennisSlice *slice, const KennisSession *session, gpointer data)
{
  double *given = data;

  for (gsize i = 0; i < session->n_givers; i++)
    given[session->givers[i]] += 1;
}

/* The distinct values in ascending order, and which of them is each member's; the many that are equal weigh as one. */
typedef struct
{
  double  *values;
  guint32 *weight;
  guint32 *rank;          /* by member; n: none */
  guint    n, n_members;
} Ranking;

static double
gini_of (const guint32 *weight, gpointer data)
{
  Ranking *r = data;

  memset (r->weight, 0, (r->n + 1) * sizeof *r->weight);
  for (guint m = 0; m < r->n_members; m++)
    r->weight[r->rank[m]] += weight != NULL ? weight[m] : 1;
  return kennis_gini_weighted (r->values, r->weight, r->n, TRUE);
}

static Ranking
rank (const KennisSlice *slice, const double *given, const guint8 *counts)
{
  Ranking r = { kennis_slice_doubles (slice), kennis_slice_scratch (slice, (slice->n_members + 1) * sizeof (guint32)),
                kennis_slice_scratch (slice, slice->n_members * sizeof (guint32)), 0, slice->n_members };
  guint n = 0;

  for (guint m = 0; m < slice->n_members; m++)
    if (counts[m])
      r.values[n++] = given[m];
  kennis_sort_doubles (r.values, n);
  for (guint i = 0; i < n; i++)
    if (r.n == 0 || r.values[i] > r.values[r.n - 1])
      r.values[r.n++] = r.values[i];
  for (guint m = 0; m < slice->n_members; m++)
    {
      guint low = 0, high = r.n;

      while (counts[m] && low + 1 < high)
        {
          guint middle = low + (high - low) / 2;

          *(r.values[middle] <= given[m] ? &low : &high) = middle;
        }
      r.rank[m] = counts[m] ? low : r.n;
    }
  return r;
}

/* What a person gave, Σ of 1/audience over sessions and receivers, is the number of sessions in which they gave. */
static void
giving_gini (const KennisSlice *period, KennisEstimate *out)
{
  const KennisSlice *slice = kennis_slice_year (period);
  double *given = kennis_slice_doubles (slice);
  guint8 *counts = kennis_slice_bytes (slice);
  Ranking r;

  kennis_exchange_each_session (slice, add_giving, given);
  for (guint m = 0; m < slice->n_members; m++)
    if (kennis_exchange_is_head (slice, m))
      counts[m] = 1;
    else
      given[m] = 0;
  r = rank (slice, given, counts);
  kennis_estimate_of_weights (slice, counts, gini_of, &r, out);
  out->dominance = kennis_estimate_dominance (given, slice->n_members);
}

/* The part of each session's sharings, of those where it is known, that is so; carried in equal parts by the members who took part. */
typedef struct
{
  int   (*is_so) (const KennisSharingFact *fact);   /* −1: not known */
  double *num, *den;
} Part;

static void
add_part (const KennisSlice *slice, const KennisSession *session, gpointer data)
{
  const Part *part = data;
  double known = 0, yes = 0;

  for (gsize i = 0; i < session->n_sharings; i++)
    {
      int is_so = part->is_so (session->sharings[i]->fact);

      known += is_so >= 0;
      yes += is_so > 0;
    }
  for (gsize i = 0; known > 0 && i < session->n_members; i++)
    {
      part->num[session->members[i]] += yes / known / (double) session->n_members;
      part->den[session->members[i]] += 1.0 / (double) session->n_members;
    }
}

static void
share_of_sessions (const KennisSlice *slice, int (*is_so) (const KennisSharingFact *), KennisEstimate *out)
{
  Part part = { is_so, kennis_slice_doubles (slice), kennis_slice_doubles (slice) };

  kennis_exchange_each_session (slice, add_part, &part);
  kennis_estimate_ratio (slice, part.num, part.den, out);
  out->dominance = kennis_estimate_dominance (part.den, slice->n_members);
}

static int
is_implicit (const KennisSharingFact *fact)
{
  return fact->knowledge == KENNIS_KNOWLEDGE_UNKNOWN ? -1 : fact->knowledge == KENNIS_KNOWLEDGE_IMPLICIT;
}

static int
is_outside (const KennisSharingFact *fact)
{
  return fact->outside == KENNIS_ANSWER_UNKNOWN ? -1 : fact->outside == KENNIS_ANSWER_YES;
}

static void
implicit_share (const KennisSlice *slice, KennisEstimate *out)
{
  share_of_sessions (slice, is_implicit, out);
}

static void
outside_share (const KennisSlice *slice, KennisEstimate *out)
{
  share_of_sessions (slice, is_outside, out);
}

/* Sums: given by leaders, leaders' heads, given by others, others' heads. */
static double
ratio_of_rates (const double *sums, gpointer data)
{
  return sums[1] > 0 && sums[2] > 0 && sums[3] > 0 ? (sums[0] / sums[1]) / (sums[2] / sums[3]) : NAN;
}

/* Sessions given by who led on that day, and by others; someone who gives several times in a session gives once. */
typedef struct
{
  double  *by_leader, *by_other;
  guint32 *last;               /* by member: the last session in which they gave, from 1 */
  guint32  session;
} Giving;

static void
add_giving_by_side (const KennisSlice *slice, const KennisSession *session, gpointer data)
{
  Giving *giving = data;

  giving->session++;
  for (gsize i = 0; i < session->n_sharings; i++)
    {
      const KennisSliceSharing *s = session->sharings[i];
      const KennisSegment *segment;

      if (s->giver < 0 || giving->last[s->giver] == giving->session)
        continue;
      giving->last[s->giver] = giving->session;
      segment = kennis_ground_segment (slice->ground, s->fact->giver, s->fact->day);
      (segment->is_leader ? giving->by_leader : giving->by_other)[s->giver] += 1;
    }
}

static void
leader_giving_ratio (const KennisSlice *slice, KennisEstimate *out)
{
  double *x[4];
  guint8 *counts = kennis_slice_bytes (slice);
  guint32 n_leaders = 0, n_others = 0;
  Giving giving = { .last = kennis_slice_scratch (slice, slice->n_members * sizeof (guint32)) };

  for (guint j = 0; j < G_N_ELEMENTS (x); j++)
    x[j] = kennis_slice_doubles (slice);
  giving.by_leader = x[0];
  giving.by_other = x[2];
  kennis_exchange_each_session (slice, add_giving_by_side, &giving);
  for (guint m = 0; m < slice->n_members; m++)
    {
      kennis_slice_split_heads (slice, m, &x[1][m], &x[3][m]);
      n_leaders += x[1][m] > 0;
      n_others += x[3][m] > 0;
      counts[m] = kennis_exchange_is_head (slice, m);
      if (!counts[m])
        x[0][m] = x[2][m] = 0;
    }
  kennis_estimate_of_sums (slice, (const double *const *) x, G_N_ELEMENTS (x), counts, ratio_of_rates, NULL, out);
  out->n_part = MIN (n_leaders, n_others);
  out->dominance =
      fmax (kennis_estimate_dominance (x[0], slice->n_members), kennis_estimate_dominance (x[2], slice->n_members));
}

static void
leader_asking_share (const KennisSlice *slice, KennisEstimate *out)
{
  guint8 *answer = kennis_slice_bytes (slice);
  gsize n;
  const KennisSliceSharing *sharings = kennis_slice_sharings (slice, &n);

  for (guint m = 0; m < slice->n_members; m++)
    answer[m] = 2;
  for (gsize i = 0; i < n; i++)
    if (sharings[i].fact->kind == KENNIS_SHARING_KIND_QUESTION && sharings[i].receiver >= 0
        && kennis_exchange_is_head (slice, (guint32) sharings[i].receiver))
      answer[sharings[i].receiver] = slice->members[sharings[i].receiver].is_leader != 0;
  kennis_estimate_share_of_people (slice, answer, out);
}

KENNIS_METRICS (exchange,
  {
    .id = "exchange.between-people-share",
    .title = N_("Learning between people"),
    .description = N_("The part of all learning hours that people spend learning from each other: together, in mentoring, or as the receiver of shared knowledge."),
    .reading_aid = N_("Where it is low, learning is something that each does alone. An hour that is recorded both as an activity and as a sharing counts once."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "(hours of TOGETHER and MENTORING + receiver-hours of sharings not recorded as activity, each / the giver's audience in the session) / (all hours completed + the same receiver-hours)",
    .source = "ours, after the distinction of a culture of learning and a learning culture",
    .inputs = "activity.status activity.duration activity.form sharing.receiver sharing.duration",
    .measure = between_people_share,
  },
  {
    .id = "exchange.participation-rate",
    .title = N_("People who exchange knowledge"),
    .description = N_("The share of people who gave or received shared knowledge at least once, among those present for at least half of the period."),
    .reading_aid = N_("A low share means that knowledge travels within a small circle. Only exchange that was recorded counts; required exchange and mere contact do not."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "people with at least 1 sharing given or received / people present for at least half of the period",
    .source = "ours, after Wang & Noe 2010; interval: Wilson 1927",
    .inputs = "sharing person",
    .measure = participation_rate,
  },
  {
    .id = "exchange.giving-rate",
    .title = N_("People who give knowledge"),
    .description = N_("The share of people who shared their knowledge at least once, among those present for at least half of the period."),
    .reading_aid = N_("Compare it with the share of receivers: where few give and many receive, the organisation leans on a few experts."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "people with at least 1 sharing given / people present for at least half of the period",
    .source = "ours, after van den Hooff & de Ridder 2004 (knowledge donating); interval: Wilson 1927",
    .inputs = "sharing.giver person",
    .measure = giving_rate,
  },
  {
    .id = "exchange.receiving-rate",
    .title = N_("People who receive knowledge"),
    .description = N_("The share of people with whom someone shared knowledge at least once, among those present for at least half of the period."),
    .reading_aid = N_("Those who never receive may be left out, or may be the ones whom nobody dares to teach. Ask them."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "people with at least 1 sharing received / people present for at least half of the period",
    .source = "ours, after van den Hooff & de Ridder 2004 (knowledge collecting); interval: Wilson 1927",
    .inputs = "sharing.receiver person",
    .measure = receiving_rate,
  },
  {
    .id = "exchange.sessions-per-head",
    .title = N_("Exchanges per person"),
    .description = N_("How many exchanges of knowledge took place, per person present on average. What happened together, as one talk to fifty, is one exchange."),
    .reading_aid = N_("It tells how busy the exchange is, not how good. One big talk counts as one, so that it cannot stand in for many conversations. An exchange between groups counts in each of them: do not compare a group with everybody here."),
    .unit = KENNIS_UNIT_COUNT, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "distinct sessions in which heads of the group took part / (present person-days / days); a sharing without a session is one",
    .source = "ours",
    .inputs = "sharing person",
    .measure = sessions_per_head,
  },
  {
    .id = "exchange.giving-gini",
    .title = N_("Concentration of giving"),
    .description = N_("How unevenly giving is spread over all people in twelve months: 0 when all give as often, towards 1 when one person gives everything."),
    .reading_aid = N_("A high value means that sharing leans on a few people. When they leave or tire, it stops."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "population Gini of the sessions given (sum of 1/audience over receivers), over all heads, × n/(n − 1); 12 months",
    .source = "Gini 1912; the correction: Deltas 2003",
    .inputs = "sharing.giver person",
    .measure = giving_gini,
  },
  {
    .id = "exchange.implicit-share",
    .title = N_("Knowledge that is not on paper"),
    .description = N_("The part of the exchanges, of those where the kind of knowledge is known, in which implicit knowledge was shared: experience, skill, feel."),
    .reading_aid = N_("Implicit knowledge travels from person to person only. Neither all nor nothing is good: what is often needed is worth writing down."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "mean over sessions of (implicit sharings / sharings with known kind of knowledge)",
    .source = "ours, after Nonaka & Takeuchi 1995",
    .inputs = "sharing.knowledge",
    .measure = implicit_share,
  },
  {
    .id = "exchange.outside-share",
    .title = N_("Exchange with the outside"),
    .description = N_("The part of the exchanges, of those where it is known, with customers, suppliers or other organisations."),
    .reading_aid = N_("New knowledge comes in from outside. Very little means an inward look; much, with little exchange inside, that it stays with who fetched it."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "mean over sessions of (sharings with the outside / sharings of which it is known)",
    .source = "ours, after Cohen & Levinthal 1990 (absorptive capacity)",
    .inputs = "sharing.outside",
    .measure = outside_share,
  },
  {
    .id = "exchange.leader-giving-ratio",
    .title = N_("Leaders who share"),
    .description = N_("How often a leader shares knowledge, compared with how often another person does."),
    .reading_aid = N_("1 means as often. Under 1, leaders ask of others what they do not do themselves; far over 1, knowledge comes from above only."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "(sessions given by leaders / leaders' heads) / (sessions given by others / others' heads)",
    .source = "ours, after Bandura 1977 (modelling)",
    .inputs = "sharing.giver person.leader",
    .measure = leader_giving_ratio,
  },
  {
    .id = "exchange.leader-asking-share",
    .title = N_("Leaders who ask"),
    .description = N_("The share of leaders among the people who asked a question and got an answer."),
    .reading_aid = N_("Compare it with the share of leaders among all people. Leaders who ask show that not knowing is allowed."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "leaders among the receivers of QUESTION / receivers of QUESTION, distinct people",
    .source = "ours, after Edmondson 1999 and Schein 2013 (humble inquiry); interval: Wilson 1927",
    .inputs = "sharing.receiver sharing.kind person.leader",
    .measure = leader_asking_share,
  })
