#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-holds-private.h"
#include "metric/kennis-passing-private.h"
#include "metric/kennis-slice-types-private.h"

#include <math.h>

/* The knowledge value chain of Weggeman (1997): what is needed, is it there, is it developed, shared, applied, evaluated?
 *
 * What is on a topic within the needed one counts too. */

#define FOLLOW_UP_DAYS 90

static gboolean
has_needs (const KennisSliceNeeds *self, KennisEstimate *out)
{
  if (self->n_needs > 0)
    return TRUE;
  kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                        N_("No need is recorded that is about people of this group alone."));
  return FALSE;
}

static void
availability (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSliceNeeds *needs = kennis_slice_needs (slice);
  double there = 0, needed = 0;

  if (!has_needs (needs, out))
    return;
  for (guint i = 0; i < needs->n_needs; i++)
    {
      const KennisSliceNeed *need = &needs->needs[i];

      there += (double) MIN (kennis_slice_need_holders (slice, need), (guint64) need->fact->people);
      needed += (double) need->fact->people;
    }
  kennis_estimate_structural (out, there / needed, needs->n_needs, needs->n_people);
}

/* Did one whom the need is about learn on the topic, in the twelve months? */
static gboolean
was_learned (const KennisSlice *slice, const KennisSlice *year, const KennisSliceNeed *need)
{
  const KennisGround *ground = year->ground;

  for (guint k = 0; k < need->n_members; k++)
    {
      guint32 person = slice->members[need->members[k]].person;

      for (guint32 i = ground->cells.first[person]; i < ground->cells.first[person + 1]; i++)
        {
          const KennisCell *cell = &ground->view.cells[ground->cells.items[i]];

          if (cell->n > 0 && cell->month >= year->first_month && cell->month < year->end_month
              && KENNIS_CODES_STATUS (cell->codes) == KENNIS_STATUS_COMPLETED
              && kennis_ground_topic_is_within (ground, cell->topic, need->fact->topic))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
was_shared_by (const KennisSlice *year, const KennisOrder *order, guint32 person, guint32 topic)
{
  const KennisGround *ground = year->ground;

  for (guint32 i = order->first[person]; i < order->first[person + 1]; i++)
    {
      const KennisSharingFact *f = &ground->sharings[order->items[i]];

      if (f->day >= year->first_day && f->day < year->end_day && f->kind != KENNIS_SHARING_KIND_CONTACT
          && kennis_passing_counts (year, f) && kennis_ground_topic_is_within (ground, f->topic, topic))
        return TRUE;
    }
  return FALSE;
}

/* Given or received, by one whom the need is about. */
static gboolean
was_shared (const KennisSlice *slice, const KennisSlice *year, const KennisSliceNeed *need)
{
  for (guint k = 0; k < need->n_members; k++)
    {
      guint32 person = slice->members[need->members[k]].person;

      if (was_shared_by (year, &year->ground->given, person, need->fact->topic)
          || was_shared_by (year, &year->ground->received, person, need->fact->topic))
        return TRUE;
    }
  return FALSE;
}

typedef gboolean (*NeedFunc) (const KennisSlice *slice, const KennisSlice *year, const KennisSliceNeed *need);

/* The share of needs (only those short of holders, or all) of which something is so. */
static void
share_of_needs (const KennisSlice *slice, gboolean only_short, NeedFunc func, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  const KennisSliceNeeds *needs = kennis_slice_needs (slice);
  guint32 n = 0, so = 0;

  if (!has_needs (needs, out))
    return;
  for (guint i = 0; i < needs->n_needs; i++)
    {
      const KennisSliceNeed *need = &needs->needs[i];

      if (only_short && kennis_slice_need_holders (slice, need) >= (guint64) need->fact->people)
        continue;
      n++;
      so += func (slice, year, need);
    }
  if (n > 0)
    kennis_estimate_structural (out, (double) so / n, n, needs->n_people);
  else
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("No needed topic is short of people who hold it."));
}

static void
development (const KennisSlice *slice, KennisEstimate *out)
{
  share_of_needs (slice, TRUE, was_learned, out);
}

static void
sharing (const KennisSlice *slice, KennisEstimate *out)
{
  share_of_needs (slice, FALSE, was_shared, out);
}

static gboolean
is_needed_of (const KennisSlice *slice, guint32 person, gint32 day, guint32 topic)
{
  const KennisSegment *segment = kennis_ground_segment (slice->ground, person, day);

  return segment != NULL && topic != KENNIS_INTERN_NONE
         && kennis_ground_is_needed (slice->ground, topic, segment->team, segment->role);
}

/* Of what people learned on topics that they need. */
static void
application (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  gsize n, n_rows = 0;
  const KennisSliceSpell *spells = kennis_slice_spells (year, KENNIS_SPELL_BY_END, &n);
  KennisFollowUp *rows = kennis_slice_scratch (year, (n + 1) * sizeof *rows);

  for (gsize i = 0; i < n; i++)
    {
      const KennisSpell *spell = spells[i].spell;
      gboolean applied = spell->until_applied >= 0 && spell->until_applied <= spells[i].follow;

      if (KENNIS_CODES_STATUS (spell->codes) != KENNIS_STATUS_COMPLETED || spells[i].follow < 0
          || !is_needed_of (year, year->members[spells[i].member].person, spells[i].day, spell->topic))
        continue;
      rows[n_rows++] = (KennisFollowUp) { spells[i].member, applied ? spell->until_applied : spells[i].follow,
                                          applied          ? 1
                                          : spells[i].left ? 2
                                                           : 0,
                                          (guint32) spell->n };
    }
  kennis_estimate_incidence (year, rows, n_rows, FOLLOW_UP_DAYS, KENNIS_FOLLOW_UP_INCIDENCE, out);
}

static void
evaluation (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  double *evaluated = kennis_slice_doubles (year), *completed = kennis_slice_doubles (year);
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (year, &n);

  for (gsize i = 0; i < n; i++)
    {
      const KennisCell *cell = cells[i].cell;
      const KennisSegment *segment = cells[i].segment;

      if (KENNIS_CODES_STATUS (cell->codes) != KENNIS_STATUS_COMPLETED || segment == NULL
          || cell->topic == KENNIS_INTERN_NONE
          || !kennis_ground_is_needed (year->ground, cell->topic, segment->team, segment->role))
        continue;
      evaluated[cells[i].member] += (double) cell->n_evaluated;
      completed[cells[i].member] += (double) cell->n;
    }
  kennis_estimate_ratio (year, evaluated, completed, out);
}

static gboolean
has_field (const KennisGround *ground, KennisRecordType type, guint field)
{
  return ground->known[type][field];
}

/* The lowest of the links that are recorded; at least two. */
static void
weakest_link (const KennisSlice *slice, KennisEstimate *out)
{
  const struct
  {
    KennisMetricFunc measure;
    KennisRecordType type;
    guint field;
    const char *note;
  } links[] = {
    { availability, KENNIS_RECORD_TYPE_NEED, KENNIS_NEED_PEOPLE, N_("Weakest: availability.") },
    { development, KENNIS_RECORD_TYPE_ACTIVITY, KENNIS_ACTIVITY_TOPIC, N_("Weakest: development.") },
    { sharing, KENNIS_RECORD_TYPE_SHARING, KENNIS_SHARING_TOPIC, N_("Weakest: sharing.") },
    { application, KENNIS_RECORD_TYPE_ACTIVITY, KENNIS_ACTIVITY_APPLIED, N_("Weakest: application.") },
    { evaluation, KENNIS_RECORD_TYPE_ACTIVITY, KENNIS_ACTIVITY_EVALUATED, N_("Weakest: evaluation.") },
  };
  double lowest = INFINITY;
  guint32 n = 0, n_part = G_MAXUINT32;

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      KennisEstimate link;

      kennis_estimate_init (&link);
      if (has_field (slice->ground, links[i].type, links[i].field))
        links[i].measure (slice, &link);
      if (link.status != KENNIS_MEASURE_STATUS_OK)
        continue;
      n++;
      /* Who may not see a link may not see that it is, or is not, the lowest. */
      n_part = MIN (n_part, link.n_people);
      if (link.value < lowest)
        {
          lowest = link.value;
          out->note = links[i].note;
        }
    }
  if (n >= 2)
    {
      kennis_estimate_structural (out, lowest, n, kennis_slice_needs (slice)->n_people);
      out->n_part = n_part;
    }
  else
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("Fewer than two links of the chain are recorded."));
}

#define SOURCE "ours, after Weggeman 1997"

KENNIS_METRICS (chain,
  {
    .id = "chain.availability",
    .title = N_("Needed knowledge that is there"),
    .description = N_("Of the people who should know the topics that are needed, the share who do."),
    .reading_aid = N_("Knowledge beyond what is needed does not make up for a topic that lacks people. It is as good as the list of needs."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "Σ min(holders, need) / Σ need, over needs; end of the period", .source = SOURCE,
    .inputs = "need person ~holding ~activity.topic ~sharing.topic",
    .measure = availability,
  },
  {
    .id = "chain.development",
    .title = N_("Gaps that are worked on"),
    .description = N_("Of the needed topics that too few people hold, the share on which one of those concerned learned in twelve months."),
    .reading_aid = N_("One completed activity counts. A gap that nobody learns on stays a gap."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "needs with holders < need and a completed activity / needs with holders < need; 12 months", .source = SOURCE,
    .inputs = "need person activity.topic activity.status ~holding ~sharing.topic",
    .measure = development,
  },
  {
    .id = "chain.sharing",
    .title = N_("Needed knowledge that is shared"),
    .description = N_("Of the needed topics, the share on which one of those concerned gave to or received from another in twelve months."),
    .reading_aid = N_("One sharing counts; mere contact and what is required do not."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "needs with a sharing / needs; 12 months", .source = SOURCE,
    .inputs = "need person sharing.topic",
    .measure = sharing,
  },
  {
    .id = "chain.application",
    .title = N_("Needed knowledge that is applied"),
    .description = N_("The share of completed learning on needed topics that was used on the job within 90 days, over twelve months."),
    .reading_aid = N_("Learning that was not followed for 90 days counts as far as it was followed."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "cumulative incidence of first use 90 days after completion, on needed topics; 12 months",
    .source = "ours, after Weggeman 1997; Aalen & Johansen 1978",
    .inputs = "need person activity.topic activity.status activity.applied",
    .measure = application,
  },
  {
    .id = "chain.evaluation",
    .title = N_("Needed knowledge that is evaluated"),
    .description = N_("The share of completed activities on needed topics that were evaluated, over twelve months."),
    .reading_aid = N_("What is never evaluated is kept by habit."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "completed activities with an evaluation / completed activities, on needed topics; 12 months", .source = SOURCE,
    .inputs = "need person activity.topic activity.status activity.evaluated",
    .measure = evaluation,
  },
  {
    .id = "chain.weakest-link",
    .title = N_("Weakest link of the chain"),
    .description = N_("The lowest of availability, development, sharing, application and evaluation, as far as they are recorded."),
    .reading_aid = N_("A chain holds what its weakest link holds: begin there. The note says which link it is."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "min(availability, development, sharing, application, evaluation), at least two of them", .source = SOURCE,
    .inputs = "need person ~holding ~activity.topic ~activity.status ~activity.applied ~activity.evaluated ~sharing.topic",
    .measure = weakest_link,
  })
