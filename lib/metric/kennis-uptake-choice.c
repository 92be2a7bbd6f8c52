#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-uptake-private.h"

#include <math.h>

/* What becomes of enrolments and requests. */

#define COMPLETION_DAYS   180
#define RESOLUTION_DAYS   90
#define CONVERSATION_DAYS 30
#define MINIMUM_ANSWERS   10

/* A spell as follow-up from the enrolment; what happened later than the person was observed is not seen. */
static KennisFollowUp
follow_spell (const KennisSliceSpell *item)
{
  KennisStatus status = KENNIS_CODES_STATUS (item->spell->codes);
  gint32 ended = item->spell->since_start;
  gboolean has_ended = status != KENNIS_STATUS_ENROLLED && ended >= 0 && ended <= item->follow;
  KennisFollowUp row = { item->member, item->follow, item->left ? 2 : 0, (guint32) MIN (item->spell->n, G_MAXINT32) };

  if (has_ended)
    {
      row.day = ended;
      row.cause = status == KENNIS_STATUS_COMPLETED ? 1 : 2;
    }
  return row;
}

static void
completion_rate (const KennisSlice *slice, KennisEstimate *out)
{
  gsize n;
  const KennisSliceSpell *spells = kennis_slice_spells (slice, KENNIS_SPELL_BY_START, &n);
  KennisFollowUp *rows = kennis_slice_scratch (slice, n * sizeof *rows);

  for (gsize i = 0; i < n; i++)
    rows[i] = follow_spell (&spells[i]);
  kennis_estimate_incidence (slice, rows, n, COMPLETION_DAYS, KENNIS_FOLLOW_UP_INCIDENCE, out);
}

/* Was it put to the employer, and has the employer said yes or no? */
static gboolean
is_answered (KennisStatus status)
{
  return status == KENNIS_STATUS_APPROVED || status == KENNIS_STATUS_REFUSED || status == KENNIS_STATUS_ENROLLED
         || status == KENNIS_STATUS_COMPLETED || status == KENNIS_STATUS_ABANDONED;
}

static gboolean
is_waiting (KennisStatus status)
{
  return status == KENNIS_STATUS_REQUESTED || status == KENNIS_STATUS_DEFERRED;
}

static void
decision_time (const KennisSlice *slice, KennisEstimate *out)
{
  gsize n, n_rows = 0;
  const KennisSliceRequest *requests = kennis_slice_requests (slice, &n);
  KennisFollowUp *rows = kennis_slice_scratch (slice, n * sizeof *rows);

  for (gsize i = 0; i < n; i++)
    {
      const KennisRequest *r = requests[i].request;
      gboolean is_dated = is_answered (r->status) && r->until_decided >= 0;
      KennisFollowUp row = { requests[i].member, requests[i].follow, requests[i].left ? 2 : 0,
                             (guint32) MIN (r->n, G_MAXINT32) };

      /* An answer without its day tells nothing of the time it took. */
      if (!is_dated && !is_waiting (r->status))
        continue;
      if (is_dated && r->until_decided <= requests[i].follow)
        {
          row.day = r->until_decided;
          row.cause = 1;
        }
      rows[n_rows++] = row;
    }
  kennis_estimate_incidence (slice, rows, n_rows, 0, KENNIS_FOLLOW_UP_MEDIAN, out);
}

static void
refusal_rate (const KennisSlice *slice, KennisEstimate *out)
{
  double *refused = kennis_slice_doubles (slice), *all = kennis_slice_doubles (slice);
  gsize n;
  const KennisSliceRequest *requests = kennis_slice_requests (slice, &n);

  for (gsize i = 0; i < n; i++)
    {
      const KennisRequest *r = requests[i].request;
      guint32 m = requests[i].member;
      gboolean is_old = requests[i].follow >= RESOLUTION_DAYS;

      if (!is_answered (r->status) && !(is_waiting (r->status) && is_old))
        continue;
      all[m] += r->n;
      if (r->status == KENNIS_STATUS_REFUSED || r->status == KENNIS_STATUS_DEFERRED)
        refused[m] += r->n;
    }
  kennis_estimate_ratio (slice, refused, all, out);
}

/* Did the person have a talk to understand the answer, within the days? */
static gboolean
has_talk (const KennisSlice *slice, guint32 person, gint32 day)
{
  gsize n;
  const KennisTalkFact *talks = kennis_ground_talks (slice->ground, person, &n);

  for (gsize i = 0; i < n; i++)
    if (talks[i].kind == KENNIS_TALK_KIND_NOT_YET && talks[i].held >= day && talks[i].held <= day + CONVERSATION_DAYS)
      return TRUE;
  return FALSE;
}

static void
not_yet_conversation_rate (const KennisSlice *slice, KennisEstimate *out)
{
  double *talked = kennis_slice_doubles (slice), *all = kennis_slice_doubles (slice);
  guint32 positive = 0;
  gsize n;
  const KennisSliceRequest *requests = kennis_slice_requests (slice, &n);

  if (!kennis_slice_is_everybody (slice))
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                            N_("This is told of the organisation as a whole only."));
      return;
    }
  for (gsize i = 0; i < n; i++)
    {
      const KennisRequest *r = requests[i].request;
      guint32 m = requests[i].member;

      if ((r->status != KENNIS_STATUS_NOT_YET && r->status != KENNIS_STATUS_DECLINED)
          || requests[i].follow < CONVERSATION_DAYS)
        continue;
      all[m] += r->n;
      if (has_talk (slice, slice->members[m].person, r->day))
        talked[m] += r->n;
    }
  kennis_estimate_ratio (slice, talked, all, out);
  for (guint m = 0; m < slice->n_members; m++)
    positive += talked[m] > 0;
  out->n_positive = positive;
  if (out->n_people < MINIMUM_ANSWERS)
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_TOO_FEW, N_("Fewer than ten people said \"not yet\" or \"no\"."));
}

KENNIS_METRICS (uptake_choice,
  {
    .id = "uptake.completion-rate",
    .title = N_("Completion within 180 days"),
    .description = N_("The share of learning activities begun in the period that are completed within 180 days, allowing for those not yet observed so long."),
    .reading_aid = N_("Giving up can be wise. Many who give up may lack time, or the activity may not fit the work."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "cumulative incidence of completion 180 days after the start; giving up and leaving compete",
    .source = "Aalen & Johansen 1978",
    .inputs = "activity.status activity.start",
    .measure = completion_rate,
  },
  {
    .id = "uptake.decision-time",
    .title = N_("Days until a request is decided"),
    .description = N_("The median of days from a request for learning to the yes or no, counting requests that still wait."),
    .reading_aid = N_("Long waiting takes away the will to learn. Deciding closer to the work makes it shorter."),
    .unit = KENNIS_UNIT_DAYS, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "first day on which the cumulative incidence of a decision is at least 1/2",
    .source = "Aalen & Johansen 1978; interval: Brookmeyer & Crowley 1982",
    .inputs = "activity.status activity.requested activity.decided",
    .measure = decision_time,
  },
  {
    .id = "uptake.refusal-rate",
    .title = N_("Requests refused"),
    .description = N_("The share of requests for learning that were refused, or put off and not resolved for 90 days."),
    .reading_aid = N_("Some refusals are right. A high share may say that requests do not fit the plans, or that nobody knows them."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "(REFUSED + DEFERRED for 90 days) / requests decided or 90 days old",
    .source = "ours",
    .inputs = "activity.status activity.requested",
    .measure = refusal_rate,
  },
  {
    .id = "uptake.not-yet-conversation-rate",
    .title = N_("A \"not yet\" is talked about"),
    .description = N_("The share of employees' \"not yet\" and \"no\" to learning that were followed by a talk to understand it, within 30 days."),
    .reading_aid = N_("\"Not yet\" often has a reason that can be helped. It is told for the whole organisation only, and of no one alone."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "answers NOT_YET or DECLINED with a NOT_YET talk held within 30 days / such answers observed for 30 days",
    .source = "ours",
    .inputs = "activity.status talk.held talk.kind",
    .measure = not_yet_conversation_rate,
  })
