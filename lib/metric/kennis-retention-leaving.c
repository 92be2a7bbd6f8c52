#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-holds-private.h"
#include "metric/kennis-slice-types-private.h"

#include <math.h>

/* What was lost with those who left, and what they had passed on. */

#define PASSING_DAYS 365

/* Left the organisation in the period. */
static gboolean
has_left (const KennisSlice *slice, guint32 person)
{
  gint32 gone = slice->ground->gone[person];

  return gone > slice->first_day && gone <= slice->end_day;
}

static void
departure_loss (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisHolders *before = kennis_slice_holders (slice, KENNIS_HOLDS_AT_START);
  const KennisHolders *after = kennis_slice_holders (slice, KENNIS_HOLDS_AT_END);
  guint8 *gone = kennis_slice_bytes (slice);
  g_autoptr (GArray) orphans = NULL;
  guint32 held = kennis_holders_n_held (before), lost = 0, there = 0;

  if (held == 0)
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                            N_("Nobody here held a topic when the period began, as far as records tell."));
      return;
    }
  for (guint m = 0; m < slice->n_members; m++)
    gone[m] = has_left (slice, slice->members[m].person);
  orphans = kennis_holders_orphans (before, gone);
  for (guint i = 0; i < orphans->len; i++)
    lost += kennis_holders_count (after, g_array_index (orphans, guint32, i)) == 0;
  for (guint m = 0; m < slice->n_members; m++)
    there += kennis_slice_is_there (slice, slice->members[m].person, KENNIS_HOLDS_AT_START);
  kennis_estimate_structural (out, (double) lost / held, held, there);
  out->n_part = kennis_holders_n_holders (before);
}

/* A sharing of which both were there that day and included.  That it was required matters to what exchange says of a culture; what was handed over on
 * request stays here all the same. */
static gboolean
was_told (const KennisGround *ground, const KennisSharingFact *f)
{
  return f->kind != KENNIS_SHARING_KIND_CONTACT && f->day != KENNIS_NO_DAY && f->receiver != KENNIS_INTERN_NONE
         && f->receiver != f->giver && kennis_ground_segment (ground, f->giver, f->day) != NULL
         && kennis_ground_segment (ground, f->receiver, f->day) != NULL;
}

/* Did they give on the topic, in the year before they left, to someone who was still there when they had gone? */
static gboolean
passed_on (const KennisSlice *slice, guint32 person, guint32 topic, gint32 gone)
{
  const KennisGround *ground = slice->ground;
  const KennisOrder *given = &ground->given;

  for (guint32 i = given->first[person]; i < given->first[person + 1]; i++)
    {
      const KennisSharingFact *f = &ground->sharings[given->items[i]];

      if (f->day >= gone - PASSING_DAYS && f->day < gone && was_told (ground, f)
          && kennis_ground_topic_is_within (ground, f->topic, topic)
          && kennis_ground_segment (ground, f->receiver, gone) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
passed_on_before_leaving (const KennisSlice *slice, KennisEstimate *out)
{
  double *passed = kennis_slice_doubles (slice), *held = kennis_slice_doubles (slice);
  g_autoptr (GArray) holds = g_array_new (FALSE, FALSE, sizeof (KennisHold));

  for (guint m = 0; m < slice->n_members; m++)
    {
      guint32 person = slice->members[m].person;
      gint32 gone = slice->ground->gone[person];

      if (!has_left (slice, person) || !kennis_slice_contains (slice, person, gone - 1))
        continue;
      g_array_set_size (holds, 0);
      kennis_holds_of (slice->ground, person, gone, KENNIS_HALF_LIFE_DAYS, holds);
      for (guint i = 0; i < holds->len; i++)
        {
          const KennisHold *hold = &g_array_index (holds, KennisHold, i);

          if (!kennis_hold_is_held (hold, KENNIS_THRESHOLD_HOURS))
            continue;
          held[m]++;
          passed[m] += passed_on (slice, person, hold->topic, gone);
        }
    }
  kennis_estimate_ratio (slice, passed, held, out);
}

KENNIS_METRICS (retention_leaving,
  {
    .id = "retention.departure-loss",
    .title = N_("Topics lost with leavers"),
    .description = N_("The share of the topics held when the period began that nobody of the group holds when it ends, because all of their holders left the organisation."),
    .reading_aid = N_("Look at what these topics were: perhaps the work no longer needs them. What fades because nobody uses it is not counted here."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "topics of which all holders at the start left in the period and that have no holder at its end / topics with a holder at the start",
    .source = "ours",
    .inputs = "person.left ~holding ~activity.topic ~sharing.topic",
    .measure = departure_loss,
  },
  {
    .id = "retention.passed-on-before-leaving",
    .title = N_("Passed on before leaving"),
    .description = N_("Of the topics that leavers held, the share that they gave to someone who stayed, in their last year."),
    .reading_aid = N_("A single sharing counts, also one that was required, so this is the least that was done. It takes time: begin before someone tells that they leave."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "topics held at leaving and given within 365 days before it to someone still there / topics held at leaving, over leavers",
    .source = "ours, after DeLong 2004",
    .inputs = "person.left sharing.topic sharing.giver sharing.receiver ~holding ~activity.topic",
    .measure = passed_on_before_leaving,
  })
