#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-passing-private.h"
#include "metric/kennis-slice-private.h"

#include <math.h>

/* Is learning inside the work?  What can be seen of people; teams' moments are in kennis-embedding-moments.c. */

static void
embedded_share (const KennisSlice *slice,
                KennisEstimate    *out)
{
  double *embedded = kennis_slice_doubles (slice), *known = kennis_slice_doubles (slice);
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  for (gsize i = 0; i < n; i++)
    {
      KennisSetting setting = KENNIS_CODES_SETTING (cells[i].cell->codes);
      double hours = kennis_hours (cells[i].cell->duration);

      if (KENNIS_CODES_STATUS (cells[i].cell->codes) != KENNIS_STATUS_COMPLETED || setting == KENNIS_SETTING_UNKNOWN)
        continue;
      known[cells[i].member] += hours;
      embedded[cells[i].member] += setting == KENNIS_SETTING_DETACHED ? 0 : hours;
    }
  kennis_estimate_ratio (slice, embedded, known, out);
}

/* Applied, or passed on, whichever came first; days from the completion, −1: neither within the time that it was followed. */
static gint32
used_after (KennisPassing          *passing,
            const KennisSliceSpell *spell)
{
  gint32 passed = kennis_passing_after (passing, passing->slice->members[spell->member].person, spell->spell->topic,
                                        spell->day, spell->follow);
  gint32 applied = spell->spell->until_applied <= spell->follow ? spell->spell->until_applied : -1;

  if (applied < 0)
    return passed;
  return passed < 0 ? applied : MIN (passed, applied);
}

static void
fragmentation (const KennisSlice *slice,
               KennisEstimate    *out)
{
  g_auto (KennisPassing) passing;
  gsize n, n_rows = 0;
  const KennisSliceSpell *spells = kennis_slice_spells (slice, KENNIS_SPELL_BY_END, &n);
  KennisFollowUp *rows = kennis_slice_scratch (slice, (n + 1) * sizeof *rows);

  kennis_passing_init (&passing, slice);
  for (gsize i = 0; i < n; i++)
    {
      KennisCodes codes = spells[i].spell->codes;
      gint32 used;

      if (KENNIS_CODES_STATUS (codes) != KENNIS_STATUS_COMPLETED
          || KENNIS_CODES_SETTING (codes) != KENNIS_SETTING_DETACHED || spells[i].follow < 0)
        continue;
      used = used_after (&passing, &spells[i]);
      if (used >= 0)
        rows[n_rows++] = (KennisFollowUp) { spells[i].member, used, 1, (guint32) spells[i].spell->n };
      else
        rows[n_rows++] = (KennisFollowUp) { spells[i].member, spells[i].follow, spells[i].left ? 2 : 0,
                                            (guint32) spells[i].spell->n };
    }
  kennis_estimate_incidence (slice, rows, n_rows, KENNIS_PASSING_DAYS, KENNIS_FOLLOW_UP_COMPLEMENT, out);
}

/* Who was there for half of the twelve months, and had a growth or review talk in them? */
static void
talk_rate (const KennisSlice *slice,
           KennisEstimate    *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  guint8 *answer = kennis_slice_bytes (year);
  gsize n;
  const KennisSliceTalk *talks = kennis_slice_talks (year, &n);

  for (guint m = 0; m < year->n_members; m++)
    answer[m] = year->members[m].is_resident ? 0 : 2;
  for (gsize i = 0; i < n; i++)
    if (talks[i].fact->held != KENNIS_NO_DAY && answer[talks[i].member] == 0
        && (talks[i].fact->kind == KENNIS_TALK_KIND_GROWTH || talks[i].fact->kind == KENNIS_TALK_KIND_REVIEW))
      answer[talks[i].member] = 1;
  kennis_estimate_share_of_people (year, answer, out);
}

static void
own_goal_share (const KennisSlice *slice,
                KennisEstimate    *out)
{
  double *own = kennis_slice_doubles (slice), *known = kennis_slice_doubles (slice);
  gsize n;
  const KennisSliceGoal *goals = kennis_slice_goals (slice, &n);

  for (gsize i = 0; i < n; i++)
    {
      own[goals[i].member] += goals[i].fact->own == KENNIS_ANSWER_YES;
      known[goals[i].member] += goals[i].fact->own != KENNIS_ANSWER_UNKNOWN;
    }
  kennis_estimate_ratio (slice, own, known, out);
}

static void
goals_reached (const KennisSlice *slice,
               KennisEstimate    *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  double *reached = kennis_slice_doubles (year), *due = kennis_slice_doubles (year);
  gsize n;
  const KennisSliceGoal *goals = kennis_slice_goals (year, &n);

  for (gsize i = 0; i < n; i++)
    {
      const KennisGoalFact *goal = goals[i].fact;

      if (goal->due == KENNIS_NO_DAY || goal->due >= year->end_day)
        continue;
      due[goals[i].member] += 1;
      reached[goals[i].member] += goal->reached != KENNIS_NO_DAY && goal->reached < year->end_day;
    }
  kennis_estimate_ratio (year, reached, due, out);
}

KENNIS_METRICS (embedding,
  {
    .id = "embedding.embedded-share",
    .title = N_("Learning inside the work"),
    .description = N_("The share of learning hours that took place in the daily work, in a meeting or in a team's moment, among hours of which the setting is known."),
    .reading_aid = N_("A low share means that people leave their work to learn. Record where learning takes place: hours without a setting are left out on both sides."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "hours with a setting other than detached / hours with a known setting",
    .source = "ours, after Korevaar et al. 2020",
    .inputs = "activity.status activity.duration activity.setting",
    .measure = embedded_share,
  },
  {
    .id = "embedding.fragmentation",
    .title = N_("Learning that leads nowhere"),
    .description = N_("The share of detached completions that were neither applied on the job nor passed on to someone within 90 days."),
    .reading_aid = N_("High means that courses stand apart from the work. It can only see uses and sharings that were recorded, so it is an upper limit."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "1 − cumulative incidence at 90 days of applied or passed on, leaving as competing event",
    .source = "ours; Aalen & Johansen 1978",
    .inputs = "activity.status activity.setting activity.applied ~sharing",
    .measure = fragmentation,
  },
  {
    .id = "embedding.talk-rate",
    .title = N_("People with a growth or review talk"),
    .description = N_("The share of people who had a growth or review talk in the twelve months that end with the period, among those present for at least half of them."),
    .reading_aid = N_("A talk that was planned and not held does not count."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "people with a held growth or review talk in 12 months / people present for at least half of them",
    .source = "usual in the field; interval: Wilson 1927",
    .inputs = "talk.held talk.kind person",
    .measure = talk_rate,
  },
  {
    .id = "embedding.own-goal-share",
    .title = N_("Goals that are people's own"),
    .description = N_("The share of learning goals set in the period that people chose themselves, among goals of which it is known."),
    .reading_aid = N_("People work longer at goals of their own."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "own goals / goals known to be own or imposed",
    .source = "ours, after Deci & Ryan 2000",
    .inputs = "goal.own",
    .measure = own_goal_share,
  },
  {
    .id = "embedding.goals-reached",
    .title = N_("Goals that were reached"),
    .description = N_("Of the learning goals set in the twelve months that end with the period and due by its end, the share reached by its end."),
    .reading_aid = N_("All goals reached may also mean that goals are set too low."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "goals due and reached by the end of the period / goals due by then",
    .source = "usual in the field",
    .inputs = "goal.due goal.reached",
    .measure = goals_reached,
  })
