#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "base/kennis-statistics-private.h"

/* What happens on one day that someone's row ends on. */
typedef struct
{
  gint32 day;
  double ends[3];        /* by cause */
  double at_risk;        /* rows that end on this day or later */
  double survival;       /* just before the day */
} Step;

static int
compare_days (const void *a, const void *b)
{
  gint32 x = *(const gint32 *) a, y = *(const gint32 *) b;

  return (x > y) - (x < y);
}

static Step *
dense_steps (gint32 last, gsize *n_steps)
{
  Step *steps = g_new0 (Step, (gsize) last + 1);

  for (gint32 i = 0; i <= last; i++)
    steps[i].day = i;
  *n_steps = (gsize) last + 1;
  return steps;
}

static Step *
sparse_steps (const gint32 *day, gsize n, gsize *n_steps)
{
  g_autofree gint32 *sorted = g_memdup2 (day, n * sizeof *day);
  Step *steps = g_new0 (Step, n);
  gsize k = 0;

  qsort (sorted, n, sizeof *sorted, compare_days);
  for (gsize i = 0; i < n; i++)
    if (k == 0 || steps[k - 1].day != sorted[i])
      steps[k++].day = sorted[i];
  *n_steps = k;
  return steps;
}

static Step *
find_step (Step *steps, gsize n_steps, gint32 day)
{
  gsize low = 0, high = n_steps;

  if (steps[n_steps - 1].day == (gint32) n_steps - 1)
    return &steps[day];
  while (high - low > 1)
    {
      gsize middle = (low + high) / 2;

      if (steps[middle].day <= day)
        low = middle;
      else
        high = middle;
    }
  return &steps[low];
}

/* How likely the event still is after each step, for those who come so far, carried back from the horizon; the
 * derivatives of the incidence to a day's two hazards follow from it, and those hazards are multinomial shares of the
 * rows at risk, independent between days given these. */
static double
variance_at (const Step *steps, gsize n)
{
  double ahead = 0, variance = 0;

  for (gsize i = n; i-- > 0;)
    {
      const Step *step = &steps[i];
      double event, other, by_event, by_other;

      if (step->ends[1] + step->ends[2] == 0)
        continue;
      event = step->ends[1] / step->at_risk;
      other = step->ends[2] / step->at_risk;
      by_event = step->survival * (1 - ahead);
      by_other = -step->survival * ahead;
      variance += (by_event * by_event * event * (1 - event) - 2 * by_event * by_other * event * other
                   + by_other * by_other * other * (1 - other))
                  / step->at_risk;
      ahead = event + (1 - event - other) * ahead;
    }
  return MAX (variance, 0);
}

static void
set_interval (KennisIncidence *out, double level)
{
  double f = out->incidence;

  if (!(f > 0 && f < 1 && level > 0 && level < 1))
    return;
  double half = -kennis_normal_quantile ((1 - level) / 2) * sqrt (out->variance) / (f * -log (f));
  out->lower = pow (f, exp (half));
  out->upper = pow (f, exp (-half));
}

/* Goes along the steps; gives the number of them up to the horizon. */
static gsize
walk (Step *steps, gsize n_steps, double total, gint32 horizon, KennisIncidence *out)
{
  double at_risk = total, survival = 1, incidence = 0;
  gsize within = 0;

  for (gsize i = 0; i < n_steps; i++)
    {
      Step *step = &steps[i];
      double ends = step->ends[0] + step->ends[1] + step->ends[2];

      if (step->day <= horizon)
        within = i + 1;
      if (ends == 0)
        continue;
      step->at_risk = at_risk;
      step->survival = survival;
      incidence += survival * step->ends[1] / at_risk;
      survival *= 1 - (step->ends[1] + step->ends[2]) / at_risk;
      if (step->day <= horizon)
        out->incidence = incidence;
      if (step->day < horizon)
        out->at_risk -= ends;
      /* What adds up to a half in theory may be an ulp short of it. */
      if (isnan (out->median) && incidence >= 0.5 - 1e-12)
        out->median = step->day;
      at_risk -= ends;
      out->last_day = step->day;
    }
  return within;
}

void
kennis_incidence (const gint32 *day, const guint8 *cause, const guint32 *weight, gsize n,
                  gint32 horizon, double level, KennisIncidence *out)
{
  gint32 last = -1;
  guint64 total = 0;
  gsize n_steps;

  *out = (KennisIncidence) { NAN, NAN, NAN, NAN, 0, NAN, NAN };
  for (gsize i = 0; i < n; i++)
    {
      g_return_if_fail (day[i] >= 0 && cause[i] <= 2);
      last = MAX (last, day[i]);
      total += weight != NULL ? weight[i] : 1;
    }
  if (total == 0)
    return;

  /* Days number the steps where they are not many more than the rows. */
  g_autofree Step *steps =
      (gsize) last <= 1024 + 16 * n ? dense_steps (last, &n_steps) : sparse_steps (day, n, &n_steps);
  for (gsize i = 0; i < n; i++)
    find_step (steps, n_steps, day[i])->ends[cause[i]] += weight != NULL ? weight[i] : 1;
  out->incidence = 0;
  out->at_risk = (double) total;
  n_steps = walk (steps, n_steps, (double) total, horizon, out);
  out->variance = variance_at (steps, n_steps);
  set_interval (out, level);
}
