#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-slice-private.h"

#include <math.h>

/* The moments of teams: reflection, rhythm, recognition.  Units are leaf teams with two or more people present. */

#define MIN_GAPS 10
#define MIN_GAPS_TO_STOP 3
#define DAYS_IN_YEAR 365.25

static double *
team_doubles (const KennisSlice *slice,
              gsize              n)
{
  return kennis_slice_scratch (slice, (n + 1) * sizeof (double));
}

/* What is divided by tells more than how many teams: of one team n would be 1. */
static void
count_all (const double *all, gsize n_teams, KennisEstimate *out)
{
  double n = 0;

  for (gsize t = 0; t < n_teams; t++)
    n += all[t];
  if (out->n > 0)
    out->n = (guint32) n;
}

static gboolean
is_reflection (guint8 kind)
{
  return kind == KENNIS_MOMENT_KIND_CHECK_OUT || kind == KENNIS_MOMENT_KIND_RETROSPECTIVE
         || kind == KENNIS_MOMENT_KIND_EVALUATION;
}

static gboolean
is_evaluation (guint8 kind)
{
  return kind == KENNIS_MOMENT_KIND_RETROSPECTIVE || kind == KENNIS_MOMENT_KIND_EVALUATION;
}

/* A meeting reflects where a reflection has its session, or its team's day.  Moments of a team stand together, by time. */
static gboolean
meeting_reflects (const KennisSliceMoment *moments,
                  gsize                    first,
                  gsize                    end,
                  const KennisMomentFact  *meeting)
{
  for (gsize i = first; i < end; i++)
    {
      const KennisMomentFact *other = moments[i].fact;

      if (is_reflection (other->kind)
          && (other->day == meeting->day
              || (other->session == meeting->session && other->session != KENNIS_INTERN_NONE)))
        return TRUE;
    }

  return FALSE;
}

static gsize
end_of_team (const KennisSliceMoment *moments,
             gsize                    n,
             gsize                    first)
{
  gsize end = first;

  while (end < n && moments[end].team == moments[first].team)
    end++;

  return end;
}

static void
reflection_in_meetings (const KennisSlice *slice,
                        KennisEstimate    *out)
{
  gsize n, n_teams, end;
  const KennisSliceMoment *moments = kennis_slice_moments (slice, &n);
  double *with, *meetings;

  kennis_slice_teams (slice, &n_teams);
  with = team_doubles (slice, n_teams);
  meetings = team_doubles (slice, n_teams);
  for (gsize first = 0; first < n; first = end)
    {
      end = end_of_team (moments, n, first);
      for (gsize i = first; i < end; i++)
        if (moments[i].fact->kind == KENNIS_MOMENT_KIND_MEETING)
          {
            meetings[moments[i].team] += 1;
            with[moments[i].team] += meeting_reflects (moments, first, end, moments[i].fact);
          }
    }
  kennis_estimate_ratio_of_teams (slice, with, meetings, out);
  count_all (meetings, n_teams, out);
}

/* The next stretch of days to look at: full ISO weeks, or months. */
static void
next_stretch (gboolean weekly,
              gint32   from,
              gint32  *first,
              gint32  *end)
{
  if (weekly)
    {
      *first = from + (8 - kennis_day_of_week (from)) % 7;
      *end = *first + 7;
      return;
    }
  *first = kennis_month_first_day (kennis_month_of_day (from));
  if (*first < from)
    *first = kennis_month_first_day (kennis_month_of_day (from) + 1);
  *end = kennis_month_first_day (kennis_month_of_day (*first) + 1);
}

/* The share of exposed team-weeks (team-months) with a moment that counts. */
static void
share_of_stretches (const KennisSlice *slice,
                    gboolean           weekly,
                    gboolean         (*counts) (guint8 kind),
                    KennisEstimate    *out)
{
  gsize n, n_teams, m = 0;
  const KennisSliceMoment *moments = kennis_slice_moments (slice, &n);
  const KennisSliceTeam *teams = kennis_slice_teams (slice, &n_teams);
  double *with = team_doubles (slice, n_teams), *exposed = team_doubles (slice, n_teams);
  gint32 first, end;

  for (gsize t = 0; t < n_teams; t++)
    {
      while (m < n && moments[m].team < t)
        m++;
      for (next_stretch (weekly, slice->first_day, &first, &end); end <= slice->end_day;
           next_stretch (weekly, end, &first, &end))
        {
          gboolean found = FALSE;

          for (; m < n && moments[m].team == t && moments[m].fact->day < end; m++)
            found = found || (moments[m].fact->day >= first && counts (moments[m].fact->kind));
          if (!kennis_slice_team_is_exposed (slice, &teams[t], first, end))
            continue;
          exposed[t] += 1;
          with[t] += found;
        }
    }
  kennis_estimate_ratio_of_teams (slice, with, exposed, out);
  count_all (exposed, n_teams, out);
}

static void
weekly_reflection (const KennisSlice *slice,
                   KennisEstimate    *out)
{
  share_of_stretches (slice, TRUE, is_reflection, out);
}

static void
monthly_evaluation (const KennisSlice *slice,
                    KennisEstimate    *out)
{
  share_of_stretches (slice, FALSE, is_evaluation, out);
}

static double
team_months (const KennisSlice     *slice,
             const KennisSliceTeam *team)
{
  double months = 0;

  for (gint32 day = slice->first_day; day < slice->end_day; day++)
    if (team->present[day - slice->first_day] >= 2)
      {
        gint32 month = kennis_month_of_day (day);

        months += 1.0 / (kennis_month_first_day (month + 1) - kennis_month_first_day (month));
      }

  return months;
}

static void
moments_per_team_month (const KennisSlice *slice,
                        KennisEstimate    *out)
{
  gsize n, n_teams;
  const KennisSliceMoment *moments = kennis_slice_moments (slice, &n);
  const KennisSliceTeam *teams = kennis_slice_teams (slice, &n_teams);
  double *count = team_doubles (slice, n_teams), *months = team_doubles (slice, n_teams);

  for (gsize i = 0; i < n; i++)
    count[moments[i].team] += moments[i].fact->kind != KENNIS_MOMENT_KIND_MEETING;
  for (gsize t = 0; t < n_teams; t++)
    months[t] = team_months (slice, &teams[t]);
  kennis_estimate_ratio_of_teams (slice, count, months, out);
}

static void
recognition_rate (const KennisSlice *slice,
                  KennisEstimate    *out)
{
  gsize n, n_teams;
  const KennisSliceMoment *moments = kennis_slice_moments (slice, &n);
  const KennisSliceTeam *teams = kennis_slice_teams (slice, &n_teams);
  double *count = team_doubles (slice, n_teams), *years = team_doubles (slice, n_teams);

  for (gsize i = 0; i < n; i++)
    count[moments[i].team] += moments[i].fact->kind == KENNIS_MOMENT_KIND_RECOGNITION;
  for (gsize t = 0; t < n_teams; t++)
    for (gint32 day = slice->first_day; day < slice->end_day; day++)
      years[t] += teams[t].present[day - slice->first_day] / DAYS_IN_YEAR;
  kennis_estimate_ratio_of_teams (slice, count, years, out);
}

/* Gaps in days between a team's moments, same-day moments merged, meetings left out.  *last is the last one's day. */
static gsize
find_gaps (const KennisSliceMoment *moments,
           gsize                    first,
           gsize                    end,
           double                  *gaps,
           gint32                  *last)
{
  gsize n = 0;
  gboolean any = FALSE;

  for (gsize i = first; i < end; i++)
    {
      const KennisMomentFact *fact = moments[i].fact;

      if (fact->kind == KENNIS_MOMENT_KIND_MEETING || (any && fact->day == *last))
        continue;
      if (any)
        gaps[n++] = fact->day - *last;
      *last = fact->day;
      any = TRUE;
    }

  return n;
}

typedef struct
{
  gsize n;
  const double *burstiness;
  const guint8 *counts;
} Rhythm;

static double
mean_rhythm (const guint32 *weight,
             gpointer       data)
{
  const Rhythm *rhythm = data;
  KennisSum sum = { 0 };
  double n = 0;

  for (gsize t = 0; t < rhythm->n; t++)
    if (rhythm->counts[t])
      {
        double w = weight != NULL ? weight[t] : 1;

        kennis_sum_add (&sum, w * rhythm->burstiness[t]);
        n += w;
      }

  return n > 0 ? kennis_sum_get (&sum) / n : (double) NAN;
}

/* Twelve months, since a team needs MIN_GAPS + 1 moments for a rhythm to show. */
static void
rhythm (const KennisSlice *slice,
        KennisEstimate    *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  gsize n, n_teams, end, n_counted = 0;
  const KennisSliceMoment *moments = kennis_slice_moments (year, &n);
  double *gaps = team_doubles (year, n), *burstiness;
  guint8 *counts;

  kennis_slice_teams (year, &n_teams);
  burstiness = team_doubles (year, n_teams);
  counts = kennis_slice_scratch (year, n_teams + 1);
  for (gsize first = 0; first < n; first = end)
    {
      gint32 last = 0;
      guint32 team = moments[first].team;
      gsize n_gaps;

      end = end_of_team (moments, n, first);
      n_gaps = find_gaps (moments, first, end, gaps, &last);
      if (n_gaps < MIN_GAPS)
        continue;
      burstiness[team] = kennis_burstiness (gaps, n_gaps);
      counts[team] = !isnan (burstiness[team]);
      n_counted += counts[team];
    }
  if (n_counted == 0)
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_TOO_FEW,
                          N_("no team has eleven moments on different days in twelve months"));
  else
    kennis_estimate_of_team_weights (year, counts, mean_rhythm, &(Rhythm) { n_teams, burstiness, counts }, out);
}

/* Silent until the end of what was observed for more than three times the team's median gap. */
static void
stopped_share (const KennisSlice *slice,
               KennisEstimate    *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  gsize n, n_teams, end;
  const KennisSliceMoment *moments = kennis_slice_moments (year, &n);
  const KennisSliceTeam *teams = kennis_slice_teams (year, &n_teams);
  double *gaps = team_doubles (year, n);
  double *stopped = team_doubles (year, n_teams), *judged = team_doubles (year, n_teams);

  for (gsize first = 0; first < n; first = end)
    {
      gint32 last = 0, seen = year->end_day;
      guint32 team = moments[first].team;
      gsize n_gaps;

      end = end_of_team (moments, n, first);
      n_gaps = find_gaps (moments, first, end, gaps, &last);
      if (n_gaps < MIN_GAPS_TO_STOP)
        continue;
      while (seen > last && teams[team].present[seen - 1 - year->first_day] < 2)
        seen--;
      kennis_sort_doubles (gaps, n_gaps);
      judged[team] = 1;
      stopped[team] = seen - 1 - last > 3 * kennis_quantile_sorted (gaps, n_gaps, 0.5);
    }
  kennis_estimate_ratio_of_teams (year, stopped, judged, out);
}

KENNIS_METRICS (embedding_moments,
  {
    .id = "embedding.reflection-in-meetings",
    .title = N_("Meetings with reflection"),
    .description = N_("The share of work meetings with a check-out, retrospective or evaluation, in the same session or by the same team on the same day."),
    .reading_aid = N_("It needs meetings to be recorded as well: without them there is nothing to divide by. n is the number of meetings."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "meetings with a check-out, retrospective or evaluation / meetings",
    .source = "ours",
    .inputs = "moment.kind person.team",
    .measure = reflection_in_meetings,
  },
  {
    .id = "embedding.weekly-reflection",
    .title = N_("Weeks with reflection"),
    .description = N_("The share of full weeks in which a team of two or more present people looked back: a check-out, retrospective or evaluation."),
    .reading_aid = N_("Weeks that no source covers, such as declared closures, are left out. n is the number of weeks of teams."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "team-weeks (Monday to Sunday) with a check-out, retrospective or evaluation / exposed team-weeks",
    .source = "ours",
    .inputs = "moment.kind person.team",
    .measure = weekly_reflection,
  },
  {
    .id = "embedding.monthly-evaluation",
    .title = N_("Months with an evaluation"),
    .description = N_("The share of months in which a team of two or more present people held a retrospective or evaluation."),
    .reading_aid = N_("Months that no source covers in full are left out. n is the number of months of teams."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "team-months with a retrospective or evaluation / exposed team-months",
    .source = "ours",
    .inputs = "moment.kind person.team",
    .measure = monthly_evaluation,
  },
  {
    .id = "embedding.moments-per-team-month",
    .title = N_("Moments for each team in a month"),
    .description = N_("How many moments of learning a team has in a month: check-outs, retrospectives, evaluations, recognitions, experiments; ordinary meetings do not count."),
    .reading_aid = N_("Read it beside the rhythm: many moments in one week are not a habit. n is the number of teams."),
    .unit = KENNIS_UNIT_COUNT, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "moments other than meetings / Σ exposed team-days / days of their month",
    .source = "ours",
    .inputs = "moment.kind person.team",
    .measure = moments_per_team_month,
  },
  {
    .id = "embedding.rhythm",
    .title = N_("Rhythm of teams"),
    .description = N_("How evenly a team's moments follow one another in the twelve months that end with the period, on average over teams: −1 a clock, 0 random, 1 bursts."),
    .reading_aid = N_("Read it beside the moments in a month and the share of teams that stopped: a team with few moments may be regular as well."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = -1, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "mean over teams with n ≥ 10 gaps of [√(n+1)·r − √(n−1)] / [(√(n+1) − 2)·r + √(n−1)], r = SD/mean of the gaps in days",
    .source = "Goh & Barabási 2008, Kim & Jo 2016",
    .inputs = "moment.kind person.team",
    .measure = rhythm,
  },
  {
    .id = "embedding.stopped-share",
    .title = N_("Teams that stopped"),
    .description = N_("The share of teams that have been silent for more than three times their usual gap between moments, at the end of the period; of teams with four or more moments in twelve months."),
    .reading_aid = N_("Ask these teams first: what was a habit is fading, or is no longer recorded."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_LOWER,
    .formula = "teams with days since the last moment > 3 × median gap / teams with 3 or more gaps",
    .source = "ours",
    .inputs = "moment.kind person.team",
    .measure = stopped_share,
  },
  {
    .id = "embedding.recognition-rate",
    .title = N_("Moments of recognition"),
    .description = N_("How many moments of recognition there are for a person in a year."),
    .reading_aid = N_("Learning that is seen is learning that goes on. n is the number of teams."),
    .unit = KENNIS_UNIT_COUNT, .minimum = 0, .maximum = INFINITY, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "recognitions / (people present in teams, in years of 365.25 days)",
    .source = "ours",
    .inputs = "moment.kind person.team",
    .measure = recognition_rate,
  })
