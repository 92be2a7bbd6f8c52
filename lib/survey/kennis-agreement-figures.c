#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-statistics-private.h"
#include "survey/kennis-agreement-private.h"
#include "survey/kennis-moments-private.h"

double
kennis_agreement_rwg (double item_variance, double null_variance, double n_items)
{
  double share = item_variance / null_variance, agreed = n_items * (1 - share);

  return agreed / (agreed + share);
}

/* Few values are the rule: teams. */
static void
sort_few (double *x, guint n)
{
  if (n > 64)
    {
      kennis_sort_doubles (x, n);
      return;
    }
  for (guint i = 1; i < n; i++)
    {
      double value = x[i];
      guint j = i;

      for (; j > 0 && x[j - 1] > value; j--)
        x[j] = x[j - 1];
      x[j] = value;
    }
}

typedef struct
{
  double variance, from_mean, from_median, awg;
} ItemAgreement;

/* a_wg compares the variance with the most that the mean allows (Brown & Hauenstein 2005): 1 where all give an extreme answer, not
 * defined where the mean is so near to one that no such variance can be had. */
static double
awg_of (double mean, double variance, double n, double low, double high)
{
  if (mean == high || mean == low)
    return 1;
  if (mean < (low * (n - 1) + high) / n || mean > (high * (n - 1) + low) / n)
    return NAN;
  return 1 - 2 * variance / (((high + low) * mean - mean * mean - high * low) * (n / (n - 1)));
}

static void
agree_on_item (double *x, guint n, const KennisAgreementInput *input, ItemAgreement *out)
{
  double mean = 0, squares = 0, median;

  for (guint i = 0; i < n; i++)
    mean += x[i] / n;
  *out = (ItemAgreement) { 0 };
  for (guint i = 0; i < n; i++)
    {
      squares += (x[i] - mean) * (x[i] - mean);
      out->from_mean += fabs (x[i] - mean) / n;
    }
  sort_few (x, n);
  median = n % 2 == 1 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
  for (guint i = 0; i < n; i++)
    out->from_median += fabs (x[i] - median) / n;
  out->variance = squares / (n - 1);
  out->awg = awg_of (mean, out->variance, n, input->low, input->high);
}

#define FEW_OPTIONS 16     /* up to so many, answers are counted */
#define CHUNK       512

/* What is made of all rows before groups are looked at. */
typedef struct
{
  double *mean;        /* of a row over items; NaN where one is not answered */
  guint8 *codes;       /* n_rows × n_items: answers less the lowest; NULL where some are no whole options, or there are many */
  guint   n_options;
  double *items;       /* for one group: answers, item after item */
  guint32 *counts;     /* for one group: n_items × n_options */
} Prepared;

static void
prepared_clear (Prepared *self)
{
  g_free (self->mean);
  g_free (self->codes);
  g_free (self->items);
  g_free (self->counts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Prepared, prepared_clear)

static void
find_means (Prepared *self, const KennisAgreementInput *input, gsize n_rows)
{
  self->mean = g_new (double, n_rows + 1);
  for (gsize i = 0; i < n_rows; i++)
    {
      const double *row = input->values + i * input->n_items;
      double sum = 0;

      for (guint j = 0; j < input->n_items; j++)
        sum += row[j];
      self->mean[i] = sum / input->n_items;
    }
}

/* Of some answers, some of which may not be there (their code does not matter); false where one is no option. */
static gboolean
find_codes_one_by_one (const double *x, gsize n, double low, double most, guint8 *codes)
{
  for (gsize i = 0; i < n; i++)
    {
      double less = x[i] - low;

      if (!isnan (less) && !(less >= 0 && less <= most && less == floor (less)))
        return FALSE;
      codes[i] = isnan (less) ? 0 : (guint8) less;
    }
  return TRUE;
}

static void
find_codes (Prepared *self, const KennisAgreementInput *input, gsize n_rows)
{
  gsize n = n_rows * input->n_items;
  double most = input->high - input->low;

  self->n_options = (guint) most + 1;
  if (self->n_options > FEW_OPTIONS)
    return;
  self->codes = g_new (guint8, n + 1);
  for (gsize first = 0; first < n; first += CHUNK)
    {
      gsize size = MIN (CHUNK, n - first);
      gint64 whole[CHUNK], outside = -1;

      if (kennis_small_whole_numbers (input->values + first, size, input->low, whole))
        {
          /* The sign of either tells that one is out of the range. */
          outside = 0;
          for (gsize i = 0; i < size; i++)
            {
              outside |= whole[i] | ((gint64) most - whole[i]);
              self->codes[first + i] = (guint8) whole[i];
            }
        }
      if (outside < 0 && !find_codes_one_by_one (input->values + first, size, input->low, most, self->codes + first))
        {
          g_clear_pointer (&self->codes, g_free);
          return;
        }
    }
}

/* Copies the complete rows of a group, item after item; their number. */
static guint
gather (const Prepared *self, const KennisAgreementInput *input, const guint32 *rows, guint n_rows)
{
  guint n = 0, k = input->n_items;

  for (guint i = 0; i < n_rows; i++)
    {
      const double *row = input->values + (gsize) rows[i] * k;

      if (isnan (self->mean[rows[i]]))
        continue;
      for (guint j = 0; j < k; j++)
        self->items[(gsize) j * n_rows + n] = row[j];
      n++;
    }
  return n;
}

/* Counts the answers of the complete rows of a group; their number. */
static guint
count (const Prepared *self, const KennisAgreementInput *input, const guint32 *rows, guint n_rows)
{
  guint n = 0, k = input->n_items;

  memset (self->counts, 0, (gsize) k * self->n_options * sizeof *self->counts);
  for (guint i = 0; i < n_rows; i++)
    {
      const guint8 *codes = self->codes + (gsize) rows[i] * k;

      if (isnan (self->mean[rows[i]]))
        continue;
      for (guint j = 0; j < k; j++)
        self->counts[j * self->n_options + codes[j]]++;
      n++;
    }
  return n;
}

/* From how many chose each option or a lower one, and the sum of their answers: the distances from a point are those of the
 * answers under it and those over it. */
static void
agree_on_counts (const guint32 *counts, guint n_options, guint n, const KennisAgreementInput *input, ItemAgreement *out)
{
  guint64 sum_upto[FEW_OPTIONS], sum = 0, squares = 0;
  guint upto[FEW_OPTIONS], n_seen = 0, lower = 0, upper = 0, under;
  double mean, median, share = 1.0 / n;

  for (guint a = 0; a < n_options; a++)
    {
      n_seen += counts[a];
      sum += (guint64) counts[a] * a;
      squares += (guint64) counts[a] * (a * a);
      upto[a] = n_seen;
      sum_upto[a] = sum;
      lower += n_seen <= (n - 1) / 2 ? 1 : 0;
      upper += n_seen <= n / 2 ? 1 : 0;
    }
  mean = (double) sum / n;
  median = (lower + upper) / 2.0;
  under = (guint) mean;
  out->from_mean = 2 * (mean * upto[under] - (double) sum_upto[under]) * share;
  out->from_median =
      ((double) (sum - sum_upto[lower]) - (double) sum_upto[lower] - median * ((double) n - 2.0 * upto[lower])) * share;
  out->variance = ((double) squares - (double) sum * mean) / (n - 1);
  out->awg = awg_of (input->low + mean, out->variance, n, input->low, input->high);
}

static void
agree_in_group (double *figure, const Prepared *prepared, const KennisAgreementInput *input, const guint32 *rows,
                guint n_rows)
{
  guint k = input->n_items, n_awg = 0;
  guint n = prepared->codes != NULL ? count (prepared, input, rows, n_rows) : gather (prepared, input, rows, n_rows);
  double awg = 0, variance = 0, from_mean = 0, from_median = 0;

  for (guint f = 0; f < KENNIS_N_AGREEMENT_FIGURES; f++)
    figure[f] = NAN;
  figure[KENNIS_AGREEMENT_N] = n;
  if (n < 2)
    return;
  for (guint j = 0; j < k; j++)
    {
      ItemAgreement item;

      if (prepared->codes != NULL)
        agree_on_counts (prepared->counts + (gsize) j * prepared->n_options, prepared->n_options, n, input, &item);
      else
        agree_on_item (prepared->items + (gsize) j * n_rows, n, input, &item);
      variance += item.variance;
      from_mean += item.from_mean;
      from_median += item.from_median;
      awg += isnan (item.awg) ? 0 : item.awg;
      n_awg += isnan (item.awg) ? 0 : 1;
    }
  variance /= k;
  figure[KENNIS_AGREEMENT_ITEM_VARIANCE] = variance;
  figure[KENNIS_AGREEMENT_AD_MEAN] = from_mean / k;
  figure[KENNIS_AGREEMENT_AD_MEDIAN] = from_median / k;
  figure[KENNIS_AGREEMENT_RWG_RAW] = kennis_agreement_rwg (variance, input->variance, k);
  figure[KENNIS_AGREEMENT_RWG] = kennis_agreement_rwg (MIN (variance, input->variance), input->variance, k);
  figure[KENNIS_AGREEMENT_RWG_LINDELL] = 1 - variance / input->variance;
  figure[KENNIS_AGREEMENT_AWG] = n_awg > 0 ? awg / n_awg : NAN;
}

typedef struct
{
  double n, sum, squares;     /* of a group: rows, and of their means over items less the shift */
} GroupSums;

/* Sums around the first complete row's mean, so that nothing is lost to a large mean. */
static void
sum_groups (const Prepared *prepared, const KennisGroupRows *groups, GroupSums *sums)
{
  double shift = NAN;

  for (guint g = 0; g < groups->n_groups; g++)
    for (guint32 i = groups->first[g]; i < groups->first[g + 1]; i++)
      {
        double mean = prepared->mean[groups->rows[i]];

        if (isnan (mean))
          continue;
        if (isnan (shift))
          shift = mean;
        sums[g].n++;
        sums[g].sum += mean - shift;
        sums[g].squares += (mean - shift) * (mean - shift);
      }
}

/* Sums of squares as small as their rounding are none. */
#define ROUNDING 1e-12

/* What an analysis of variance starts from. */
typedef struct
{
  double n, groups, n0, between, within;   /* between and within: sums of squares */
} Variation;

static void
find_variation (double *f, const GroupSums *sums, guint n_groups, Variation *out)
{
  double n = 0, groups = 0, sum = 0, squares = 0, between = 0, sizes = 0, least = INFINITY, most = 0;

  for (guint g = 0; g < n_groups; g++)
    if (sums[g].n > 0)
      {
        groups++;
        n += sums[g].n;
        sum += sums[g].sum;
        squares += sums[g].squares;
        between += sums[g].sum * sums[g].sum / sums[g].n;
        sizes += sums[g].n * sums[g].n;
        least = MIN (least, sums[g].n);
        most = MAX (most, sums[g].n);
      }
  *out = (Variation) { n, groups, (n - sizes / n) / (groups - 1), between - sum * sum / n, squares - between };
  if (!(out->between > ROUNDING * squares))
    out->between = 0;
  if (!(out->within > ROUNDING * squares))
    out->within = 0;
  f[KENNIS_AGGREGATION_N] = n;
  f[KENNIS_AGGREGATION_GROUPS] = groups;
  if (groups < 2 || n <= groups)
    return;
  f[KENNIS_AGGREGATION_SIZE_LEAST] = least;
  f[KENNIS_AGGREGATION_SIZE_MOST] = most;
}

static KennisAggregationStatus
status_of (const Variation *v, double msb, double msw)
{
  if (v->between == 0)
    return v->within == 0 ? KENNIS_AGGREGATION_STATUS_NO_VARIANCE : KENNIS_AGGREGATION_STATUS_NO_DIFFERENCE;
  if (v->within == 0)
    return KENNIS_AGGREGATION_STATUS_NO_SPREAD;
  return msb < msw ? KENNIS_AGGREGATION_STATUS_LESS_THAN_CHANCE : KENNIS_AGGREGATION_STATUS_OK;
}

/* One-way analysis of variance by groups.  ICC(1) = (MSB − MSW) / (MSB + (m − 1) MSW), with m the mean size (Bliese 2000) or
 * n0 = (N − Σn²/N) / (groups − 1); ICC(2) = (MSB − MSW) / MSB, which is either stepped up to its m. */
static KennisAggregationStatus
aggregate (double *f, const GroupSums *sums, guint n_groups)
{
  Variation v;
  double m, msb, msw, freedom;

  for (guint i = 0; i < KENNIS_N_AGGREGATION_FIGURES; i++)
    f[i] = NAN;
  find_variation (f, sums, n_groups, &v);
  if (v.groups < 2 || v.n <= v.groups)
    return KENNIS_AGGREGATION_STATUS_TOO_FEW;
  m = v.n / v.groups;
  freedom = v.n - v.groups;
  msb = v.between / (v.groups - 1);
  msw = v.within / freedom;
  f[KENNIS_AGGREGATION_SIZE_MEAN] = m;
  f[KENNIS_AGGREGATION_SIZE_N0] = v.n0;
  f[KENNIS_AGGREGATION_MSB] = msb;
  f[KENNIS_AGGREGATION_MSW] = msw;
  if (v.between == 0 && v.within == 0)
    return KENNIS_AGGREGATION_STATUS_NO_VARIANCE;
  f[KENNIS_AGGREGATION_F] = msb / msw;
  f[KENNIS_AGGREGATION_P] =
      kennis_incomplete_beta (freedom / 2, (v.groups - 1) / 2, freedom / (freedom + (v.groups - 1) * msb / msw));
  f[KENNIS_AGGREGATION_ETA_SQUARED] = v.between / (v.between + v.within);
  f[KENNIS_AGGREGATION_ICC_1] = (msb - msw) / (msb + (m - 1) * msw);
  f[KENNIS_AGGREGATION_ICC_1_N0] = (msb - msw) / (msb + (v.n0 - 1) * msw);
  f[KENNIS_AGGREGATION_ICC_2] = msb > 0 ? (msb - msw) / msb : NAN;
  f[KENNIS_AGGREGATION_ICC_1_TRUNCATED] = MAX (f[KENNIS_AGGREGATION_ICC_1_N0], 0);
  f[KENNIS_AGGREGATION_ICC_2_TRUNCATED] = msb > 0 ? MAX (f[KENNIS_AGGREGATION_ICC_2], 0) : NAN;
  return status_of (&v, msb, msw);
}

void
kennis_agreement_fill (KennisAgreement *self, const KennisAgreementInput *input, const KennisGroupRows *groups)
{
  guint largest = 0;
  g_auto (Prepared) prepared = { 0 };
  g_autofree GroupSums *sums = g_new0 (GroupSums, groups->n_groups + 1);

  for (guint g = 0; g < groups->n_groups; g++)
    largest = MAX (largest, groups->first[g + 1] - groups->first[g]);
  find_means (&prepared, input, groups->n_rows);
  find_codes (&prepared, input, groups->n_rows);
  if (prepared.codes != NULL)
    prepared.counts = g_new (guint32, (gsize) input->n_items * prepared.n_options);
  else
    prepared.items = g_new (double, (gsize) largest * input->n_items + 1);
  for (guint g = 0; g < groups->n_groups; g++)
    agree_in_group (self->figures + (gsize) g * KENNIS_N_AGREEMENT_FIGURES, &prepared, input,
                    groups->rows + groups->first[g], groups->first[g + 1] - groups->first[g]);
  sum_groups (&prepared, groups, sums);
  self->status = aggregate (self->aggregation, sums, groups->n_groups);
  for (guint g = 0; g < groups->n_groups; g++)
    {
      double *figure = self->figures + (gsize) g * KENNIS_N_AGREEMENT_FIGURES;
      double icc = self->aggregation[KENNIS_AGGREGATION_ICC_1_TRUNCATED], n = figure[KENNIS_AGREEMENT_N];

      if (n > 0 && !isnan (icc))
        figure[KENNIS_AGREEMENT_RELIABILITY] = n * icc / (1 + (n - 1) * icc);
    }
}
