#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-exchange-private.h"
#include "metric/kennis-passing-private.h"

#include <math.h>
#include <stdlib.h>

/* What happens after: someone learned something, someone came. */

#define BUDDY_DAYS 30

static KennisFollowUp
follow_up (KennisPassing *passing, const KennisSliceSpell *spell)
{
  guint32 n = (guint32) MIN (spell->spell->n, G_MAXUINT32);
  KennisFollowUp row = { spell->member, spell->follow, spell->left ? 2 : 0, n };
  gint32 day = kennis_passing_after (passing, passing->slice->members[spell->member].person, spell->spell->topic,
                                     spell->day, spell->follow);

  if (day >= 0)
    {
      row.day = day;
      row.cause = 1;
    }
  return row;
}

static void
pass_on_rate (const KennisSlice *slice, KennisEstimate *out)
{
  g_auto (KennisPassing) passing;
  gsize n, n_rows = 0;
  const KennisSliceSpell *spells = kennis_slice_spells (slice, KENNIS_SPELL_BY_END, &n);
  KennisFollowUp *rows = kennis_slice_scratch (slice, n * sizeof *rows);

  kennis_passing_init (&passing, slice);
  for (gsize i = 0; i < n; i++)
    {
      const KennisSliceSpell *spell = &spells[i];

      if (KENNIS_CODES_STATUS (spell->spell->codes) != KENNIS_STATUS_COMPLETED
          || spell->spell->topic == KENNIS_INTERN_NONE)
        continue;
      rows[n_rows++] = follow_up (&passing, spell);
    }
  kennis_estimate_incidence (slice, rows, n_rows, KENNIS_PASSING_DAYS, KENNIS_FOLLOW_UP_INCIDENCE, out);
}

static gboolean
had_buddy (const KennisSlice *slice, guint32 person, gint32 day)
{
  const KennisOrder *orders[] = { &slice->ground->given, &slice->ground->received };

  for (guint o = 0; o < G_N_ELEMENTS (orders); o++)
    for (guint32 i = orders[o]->first[person]; i < orders[o]->first[person + 1]; i++)
      {
        const KennisSharingFact *f = &slice->ground->sharings[orders[o]->items[i]];

        if (f->kind == KENNIS_SHARING_KIND_BUDDY && f->day >= day && f->day - day <= BUDDY_DAYS
            && kennis_passing_counts (slice, f))
          return TRUE;
      }
  return FALSE;
}

/* Where no buddy was ever recorded, they are not known to be missing. */
static gboolean
records_buddies (const KennisSlice *slice)
{
  for (gsize i = 0; i < slice->ground->n_sharings; i++)
    if (slice->ground->sharings[i].kind == KENNIS_SHARING_KIND_BUDDY)
      return TRUE;
  return FALSE;
}

static void
buddy_coverage (const KennisSlice *slice, KennisEstimate *out)
{
  guint8 *answer = kennis_slice_bytes (slice);

  for (guint m = 0; m < slice->n_members; m++)
    {
      guint32 person = slice->members[m].person;
      gint32 hired = kennis_ground_hired_day (slice->ground, person);
      guint8 left;

      answer[m] = 2;
      if (hired != KENNIS_NO_DAY && hired >= slice->first_day && hired < slice->end_day
          && kennis_slice_contains (slice, person, hired)
          && kennis_slice_follow (slice, person, hired, &left) >= BUDDY_DAYS)
        answer[m] = had_buddy (slice, person, hired);
    }
  kennis_estimate_share_of_people (slice, answer, out);
  if (out->status == KENNIS_MEASURE_STATUS_OK && out->n_positive == 0 && !records_buddies (slice))
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("No meeting with a buddy was ever recorded."));
}

KENNIS_METRICS (exchange_follow,
  {
    .id = "exchange.pass-on-rate",
    .title = N_("Passed on after learning"),
    .description = N_("The share of completed learning of which the learner shared the topic with someone within 90 days."),
    .reading_aid = N_("What is passed on does not stay in one head. Learning without a recorded topic is left out; who leaves or is no longer observed is accounted for."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "cumulative incidence at 90 days after completion of sharing the topic, or a part of it, as giver; leaving competes",
    .source = "ours, after Weggeman 2000; Aalen & Johansen 1978",
    .inputs = "activity.status activity.topic sharing.giver sharing.topic",
    .measure = pass_on_rate,
  },
  {
    .id = "exchange.buddy-coverage",
    .title = N_("Newcomers with a buddy"),
    .description = N_("The share of people who came in the period that met a buddy within 30 days, among those observed for 30 days."),
    .reading_aid = N_("A newcomer with a buddy learns how things are done here, and brings in what was learned elsewhere."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "newcomers with a BUDDY event within 30 days of being hired / newcomers observed for 30 days",
    .source = "ours, after Korte & Lin 2013; interval: Wilson 1927",
    .inputs = "sharing.kind person.hired",
    .measure = buddy_coverage,
  })
