#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-holds-private.h"
#include "metric/kennis-slice-types-private.h"

#include <math.h>

/* The knowledge value chain of Weggeman (1997): what is needed, is it there, is it developed, shared, applied, evaluated?
 *
 * A need is one record: so many people of a team, of a role, or of anyone should know a topic.  It belongs to a group if all those whom it is
 * about are in it on the last day of the period; to everybody in any case.  What is on a topic within the needed one counts too. */

#define FOLLOW_UP_DAYS 90

typedef struct
{
  const KennisNeedFact *fact;
  GArray *members;         /* of guint32: whom it is about, on the last day */
  guint64 holders;         /* of them */
} Need;

typedef struct
{
  const KennisSlice *slice;
  GArray  *needs;          /* of Need */
  guint32  n_people;       /* whom any of them is about */
} Needs;

static void
needs_clear (Needs *self)
{
  for (guint i = 0; self->needs != NULL && i < self->needs->len; i++)
    g_array_unref (g_array_index (self->needs, Need, i).members);
  g_clear_pointer (&self->needs, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Needs, needs_clear)

static gboolean
is_about (const KennisGround *ground, const KennisNeedFact *need, const KennisSegment *segment)
{
  if (need->team != KENNIS_INTERN_NONE
      && (segment->team == KENNIS_INTERN_NONE || !kennis_ground_team_is_within (ground, segment->team, need->team)))
    return FALSE;
  return need->role == KENNIS_INTERN_NONE || need->role == segment->role;
}

static const KennisSegment *
last_segment (const KennisSlice *slice, guint32 person)
{
  const KennisSegment *segment = kennis_ground_segment (slice->ground, person, slice->end_day - 1);

  return segment != NULL && segment->on_roster ? segment : NULL;
}

static gboolean
is_about_others (const KennisSlice *slice, const KennisNeedFact *need)
{
  for (guint32 p = 0; p < slice->ground->n_persons; p++)
    {
      const KennisSegment *segment = last_segment (slice, p);

      if (segment != NULL && is_about (slice->ground, need, segment) && !kennis_slice_has_segment (slice, segment))
        return TRUE;
    }
  return FALSE;
}

/* The members whom it is about; NULL: others are as well, or nobody is. */
static GArray *
find_members (const KennisSlice *slice, const KennisNeedFact *need)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 m = 0; m < slice->n_members; m++)
    {
      const KennisSegment *segment = last_segment (slice, slice->members[m].person);

      if (segment != NULL && is_about (slice->ground, need, segment) && kennis_slice_has_segment (slice, segment))
        g_array_append_val (members, m);
    }
  if (kennis_slice_is_everybody (slice))
    return g_steal_pointer (&members);
  /* Everyone of the organisation is looked at last: few needs come that far. */
  return members->len > 0 && !is_about_others (slice, need) ? g_steal_pointer (&members) : NULL;
}

static void
count_holders (Needs *self)
{
  g_autoptr (GArray) holds = g_array_new (FALSE, FALSE, sizeof (KennisHold));
  g_autofree guint32 *first = g_new (guint32, (gsize) self->slice->n_members + 2);

  for (guint m = 0; m < self->slice->n_members; m++)
    {
      first[m] = holds->len;
      if (kennis_slice_is_there (self->slice, self->slice->members[m].person, KENNIS_HOLDS_AT_END))
        kennis_holds_of (self->slice->ground, self->slice->members[m].person, self->slice->end_day, KENNIS_HALF_LIFE_DAYS,
                         holds);
    }
  first[self->slice->n_members] = holds->len;
  for (guint i = 0; i < self->needs->len; i++)
    {
      Need *need = &g_array_index (self->needs, Need, i);

      for (guint k = 0; k < need->members->len; k++)
        {
          guint32 m = g_array_index (need->members, guint32, k), n = first[m + 1] - first[m];

          need->holders += n > 0
                           && kennis_holds_within (self->slice->ground, &g_array_index (holds, KennisHold, first[m]), n,
                                                   need->fact->topic, KENNIS_THRESHOLD_HOURS);
        }
    }
}

static void
find_needs (const KennisSlice *slice, gboolean with_holders, Needs *self)
{
  guint8 *is_meant = kennis_slice_bytes (slice);
  gsize n;
  const KennisNeedFact *facts = kennis_ground_needs (slice->ground, &n);

  self->slice = slice;
  self->needs = g_array_new (FALSE, FALSE, sizeof (Need));
  for (gsize i = 0; i < n; i++)
    {
      Need need = { .fact = &facts[i], .members = find_members (slice, &facts[i]) };

      if (need.members == NULL)
        continue;
      g_array_append_val (self->needs, need);
      for (guint k = 0; k < need.members->len; k++)
        is_meant[g_array_index (need.members, guint32, k)] = 1;
    }
  for (guint m = 0; m < slice->n_members; m++)
    self->n_people += is_meant[m];
  if (with_holders)
    count_holders (self);
}

static gboolean
has_needs (const Needs *self, KennisEstimate *out)
{
  if (self->needs->len > 0)
    return TRUE;
  kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                        N_("No need is recorded that is about people of this group alone."));
  return FALSE;
}

static void
availability (const KennisSlice *slice, KennisEstimate *out)
{
  g_auto (Needs) needs = { 0 };
  double there = 0, needed = 0;

  find_needs (slice, TRUE, &needs);
  if (!has_needs (&needs, out))
    return;
  for (guint i = 0; i < needs.needs->len; i++)
    {
      const Need *need = &g_array_index (needs.needs, Need, i);

      there += (double) MIN (need->holders, (guint64) need->fact->people);
      needed += (double) need->fact->people;
    }
  kennis_estimate_structural (out, there / needed, needs.needs->len, needs.n_people);
}

/* Did one whom the need is about learn on the topic, in the twelve months? */
static gboolean
was_learned (const KennisSlice *year, const Need *need)
{
  const KennisGround *ground = year->ground;

  for (guint k = 0; k < need->members->len; k++)
    {
      /* Members of the period are numbered otherwise than those of the year: by person. */
      guint32 person = g_array_index (need->members, guint32, k);

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
          && f->initiative != KENNIS_INITIATIVE_REQUIRED && f->giver != f->receiver
          && kennis_ground_topic_is_within (ground, f->topic, topic))
        return TRUE;
    }
  return FALSE;
}

/* Given or received, by one whom the need is about. */
static gboolean
was_shared (const KennisSlice *year, const Need *need)
{
  for (guint k = 0; k < need->members->len; k++)
    {
      guint32 person = g_array_index (need->members, guint32, k);

      if (was_shared_by (year, &year->ground->given, person, need->fact->topic)
          || was_shared_by (year, &year->ground->received, person, need->fact->topic))
        return TRUE;
    }
  return FALSE;
}

typedef gboolean (*NeedFunc) (const KennisSlice *year, const Need *need);

/* The share of needs (only those short of holders, or all) of which something is so. */
static void
share_of_needs (const KennisSlice *slice, gboolean only_short, NeedFunc func, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  g_auto (Needs) needs = { 0 };
  guint32 n = 0, so = 0;

  find_needs (slice, only_short, &needs);
  if (!has_needs (&needs, out))
    return;
  for (guint i = 0; i < needs.needs->len; i++)
    {
      Need *need = &g_array_index (needs.needs, Need, i);

      if (only_short && need->holders >= (guint64) need->fact->people)
        continue;
      for (guint k = 0; k < need->members->len; k++)
        g_array_index (need->members, guint32, k) = slice->members[g_array_index (need->members, guint32, k)].person;
      n++;
      so += func (year, need);
    }
  if (n > 0)
    kennis_estimate_structural (out, (double) so / n, n, needs.n_people);
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
                                          applied ? 1 : spells[i].left ? 2 : 0, (guint32) spell->n };
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
  guint32 n = 0, n_people = G_MAXUINT32;

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
      n_people = MIN (n_people, link.n_people);
      if (link.value < lowest)
        {
          lowest = link.value;
          out->note = links[i].note;
        }
    }
  if (n >= 2)
    kennis_estimate_structural (out, lowest, n, n_people);
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
