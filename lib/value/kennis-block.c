#include "config.h"

#include "value/kennis-columns-private.h"

#include <math.h>
#include <string.h>

#include "value/kennis-return-private.h"

/* What a block of draws comes to. */

/* Sums go in eight lanes: a fixed order that does not wait for each addition.  Vectors of four are two of two where the
 * processor has no such. */
typedef double Four __attribute__ ((vector_size (32)));
typedef gint64 Choice __attribute__ ((vector_size (32)));        /* all bits where true */
#define LANES 8

#define sum_lanes(four) ((((four)[0][0] + (four)[1][0]) + ((four)[0][1] + (four)[1][1])) \
                         + (((four)[0][2] + (four)[1][2]) + ((four)[0][3] + (four)[1][3])))

#define choose(when, one, other) ((Four) (((Choice) (one) & (when)) | ((Choice) (other) & ~(when))))

/* Draws that have no value (NaN) do not count. */
KENNIS_WIDE void
kennis_block_measure (const double  *x,
                      gsize          n,
                      double         threshold,
                      KennisMoments *out)
{
  Four sum[2] = { 0 }, squares[2] = { 0 }, limit = { threshold, threshold, threshold, threshold };
  Four least[2], most[2];
  Choice count[2] = { 0 }, above[2] = { 0 };
  gsize whole = n / LANES * LANES;

  for (int i = 0; i < 2; i++)
    {
      least[i] = (Four) { INFINITY, INFINITY, INFINITY, INFINITY };
      most[i] = -least[i];
    }
  for (gsize k = 0; k < whole; k += LANES)
    for (int i = 0; i < 2; i++)
      {
        Four value;

        memcpy (&value, x + k + 4 * i, sizeof value);
        least[i] = choose (value < least[i], value, least[i]);
        most[i] = choose (value > most[i], value, most[i]);
        sum[i] += (Four) ((Choice) value & (value == value));
        count[i] -= value == value;
        above[i] -= value > limit;
      }
  for (gsize k = whole; k < n; k++)
    if (!isnan (x[k]))
      {
        sum[0][0] += x[k];
        count[0][0]++;
        above[0][0] += x[k] > threshold;
        least[0][0] = MIN (least[0][0], x[k]);
        most[0][0] = MAX (most[0][0], x[k]);
      }
  *out = (KennisMoments) { .n = sum_lanes (count), .above = sum_lanes (above), .least = INFINITY, .most = -INFINITY };
  for (int i = 0; i < 8; i++)
    {
      out->least = MIN (out->least, least[i / 4][i % 4]);
      out->most = MAX (out->most, most[i / 4][i % 4]);
    }
  out->mean = out->n > 0 ? sum_lanes (sum) / out->n : 0;
  limit = (Four) { out->mean, out->mean, out->mean, out->mean };
  for (gsize k = 0; k < whole; k += LANES)
    for (int i = 0; i < 2; i++)
      {
        Four value, distance;

        memcpy (&value, x + k + 4 * i, sizeof value);
        distance = (Four) ((Choice) (value - limit) & (value == value));
        squares[i] += distance * distance;
      }
  for (gsize k = whole; k < n; k++)
    squares[0][0] += isnan (x[k]) ? 0 : (x[k] - out->mean) * (x[k] - out->mean);
  out->squares = sum_lanes (squares);
}

KENNIS_WIDE void
kennis_block_judge (const double    *x,
                    gsize            n,
                    KennisJudgement *out)
{
  Four gain[2] = { 0 }, gain_squares[2] = { 0 }, loss[2] = { 0 }, loss_squares[2] = { 0 };
  gsize whole = n / LANES * LANES;

  for (gsize k = 0; k < whole; k += LANES)
    for (int i = 0; i < 2; i++)
      {
        Four value, won, lost;

        memcpy (&value, x + k + 4 * i, sizeof value);
        won = (Four) ((Choice) value & (value > 0));
        lost = won - value;
        gain[i] += won;
        gain_squares[i] += won * won;
        loss[i] += lost;
        loss_squares[i] += lost * lost;
      }
  for (gsize k = whole; k < n; k++)
    {
      double won = x[k] > 0 ? x[k] : 0, lost = won - x[k];

      gain[0][0] += won;
      gain_squares[0][0] += won * won;
      loss[0][0] += lost;
      loss_squares[0][0] += lost * lost;
    }
  *out = (KennisJudgement) { .gain = sum_lanes (gain),
                             .gain_squares = sum_lanes (gain_squares),
                             .loss = sum_lanes (loss),
                             .loss_squares = sum_lanes (loss_squares),
                             .n = n,
                             .n_squares = (double) n * n,
                             .n_blocks = 1 };
  out->gain_block_squares = out->gain * out->gain;
  out->gain_by_n = out->gain * n;
  out->loss_block_squares = out->loss * out->loss;
  out->loss_by_n = out->loss * n;
}

void
kennis_judgement_merge (KennisJudgement       *self,
                        const KennisJudgement *other)
{
  self->gain += other->gain;
  self->gain_squares += other->gain_squares;
  self->gain_block_squares += other->gain_block_squares;
  self->gain_by_n += other->gain_by_n;
  self->loss += other->loss;
  self->loss_squares += other->loss_squares;
  self->loss_block_squares += other->loss_block_squares;
  self->loss_by_n += other->loss_by_n;
  self->n += other->n;
  self->n_squares += other->n_squares;
  self->n_blocks += other->n_blocks;
}

void
kennis_shares_add (KennisShares *self,
                   guint64       n,
                   guint64       in)
{
  self->n += n;
  self->n_squares += n * n;
  self->in += in;
  self->in_squares += in * in;
  self->in_n += in * n;
  self->n_blocks++;
}

double
kennis_ratio_error (double sum,
                    double squares,
                    double by_n,
                    double n,
                    double n_squares,
                    double n_blocks)
{
  double share = sum / n, rest = squares - 2 * share * by_n + share * share * n_squares;

  return n_blocks > 1 ? sqrt (MAX (rest, 0) * n_blocks / (n_blocks - 1)) / n : NAN;
}

double
kennis_share_bound (double n)
{
  return 1 / (n + 1);
}

double
kennis_shares_error (const KennisShares *self,
                     gboolean            by_blocks)
{
  double share = (double) self->in / self->n;

  if (self->in == 0 || self->in == self->n)
    return kennis_share_bound (self->n);
  if (!by_blocks)
    return sqrt (share * (1 - share) / self->n);
  return kennis_ratio_error (self->in, self->in_squares, self->in_n, self->n, self->n_squares, self->n_blocks);
}

KENNIS_WIDEST static void
add_stream (double        sign,
            double        cost,
            const double *total,
            const double *present,
            gsize         n,
            double       *costs,
            double       *net)
{
  for (gsize k = 0; k < n; k++)
    {
      costs[k] += cost * total[k];
      net[k] += sign * present[k];
    }
}

static const struct { KennisStream stream; double sign; gboolean is_cost; } sides[] = {
  { KENNIS_STREAM_DIRECT, -1, TRUE }, { KENNIS_STREAM_INDIRECT, -1, TRUE }, { KENNIS_STREAM_TIME, -1, TRUE },
  { KENNIS_STREAM_PAY, -1, TRUE },    { KENNIS_STREAM_SUBSIDY, 1, TRUE },   { KENNIS_STREAM_BENEFIT, 1, FALSE },
  { KENNIS_STREAM_AVOIDED, 1, FALSE } };

KENNIS_WIDEST static void
after_tax (double         tax,
           const double  *taxes,
           gsize          n,
           const double  *net,
           double        *net_after_tax,
           double        *npv)
{
  for (gsize k = 0; k < n; k++)
    {
      double kept = 1 - (taxes != NULL ? taxes[k] : tax);

      net_after_tax[k] = net[k] * kept;
      npv[k] *= kept;
    }
}

KENNIS_WIDEST static void
net_and_ratio (const double *worth,
               const double *avoided,
               const double *cost,
               gsize         n,
               double       *net,
               double       *ratio)
{
  for (gsize k = 0; k < n; k++)
    {
      double back = worth[k] + avoided[k], divisor = cost[k] > 0 ? cost[k] : NAN;

      net[k] = back - cost[k];
      ratio[k] = back / divisor;
    }
}

void
kennis_block_figures (double * const  *t,
                      double * const  *p,
                      const gboolean  *fed,
                      double           tax,
                      const double    *taxes,
                      gsize            n,
                      double * const  *f)
{
  memset (f[KENNIS_TRACKED_COST], 0, n * sizeof (double));
  memset (f[KENNIS_TRACKED_NPV], 0, n * sizeof (double));
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (fed[sides[i].stream])
      add_stream (sides[i].sign, sides[i].is_cost ? -sides[i].sign : 0, t[sides[i].stream], p[sides[i].stream], n,
                  f[KENNIS_TRACKED_COST], f[KENNIS_TRACKED_NPV]);
  memcpy (f[KENNIS_TRACKED_BENEFIT], t[KENNIS_STREAM_BENEFIT], n * sizeof (double));
  memcpy (f[KENNIS_TRACKED_LOSS_AVOIDED], t[KENNIS_STREAM_AVOIDED], n * sizeof (double));
  net_and_ratio (t[KENNIS_STREAM_BENEFIT], t[KENNIS_STREAM_AVOIDED], f[KENNIS_TRACKED_COST], n, f[KENNIS_TRACKED_NET],
                 f[KENNIS_TRACKED_BCR]);
  after_tax (tax, taxes, n, f[KENNIS_TRACKED_NET], f[KENNIS_TRACKED_NET_AFTER_TAX], f[KENNIS_TRACKED_NPV]);
  if (fed[KENNIS_STREAM_OWN_GAIN] || fed[KENNIS_STREAM_OWN_COST])
    for (gsize k = 0; k < n; k++)
      f[KENNIS_TRACKED_EMPLOYEE_NET][k] = t[KENNIS_STREAM_OWN_GAIN][k] - t[KENNIS_STREAM_OWN_COST][k];
}
