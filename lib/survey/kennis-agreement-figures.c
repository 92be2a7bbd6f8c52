#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-statistics-private.h"
#include "survey/kennis-agreement-private.h"

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

static gboolean
is_complete (const double *row, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += row[i];
  return !isnan (sum);
}

/* Copies the complete rows of a group, item after item; their number. */
static guint
gather (const KennisAgreementInput *input, const guint32 *rows, guint n_rows, double *items)
{
  guint n = 0, k = input->n_items;

  for (guint i = 0; i < n_rows; i++)
    {
      const double *row = input->values + (gsize) rows[i] * k;

      if (!is_complete (row, k))
        continue;
      for (guint j = 0; j < k; j++)
        items[(gsize) j * n_rows + n] = row[j];
      n++;
    }
  return n;
}

static void
agree_in_group (double *figure, const KennisAgreementInput *input, const guint32 *rows, guint n_rows, double *items)
{
  guint n = gather (input, rows, n_rows, items), k = input->n_items, n_awg = 0;
  double awg = 0;

  for (guint f = 0; f < KENNIS_N_AGREEMENT_FIGURES; f++)
    figure[f] = NAN;
  figure[KENNIS_AGREEMENT_N] = n;
  if (n < 2)
    return;
  figure[KENNIS_AGREEMENT_ITEM_VARIANCE] = figure[KENNIS_AGREEMENT_AD_MEAN] = figure[KENNIS_AGREEMENT_AD_MEDIAN] = 0;
  for (guint j = 0; j < k; j++)
    {
      ItemAgreement item;

      agree_on_item (items + (gsize) j * n_rows, n, input, &item);
      figure[KENNIS_AGREEMENT_ITEM_VARIANCE] += item.variance / k;
      figure[KENNIS_AGREEMENT_AD_MEAN] += item.from_mean / k;
      figure[KENNIS_AGREEMENT_AD_MEDIAN] += item.from_median / k;
      if (!isnan (item.awg))
        {
          awg += item.awg;
          n_awg++;
        }
    }
  figure[KENNIS_AGREEMENT_RWG_RAW] = kennis_agreement_rwg (figure[KENNIS_AGREEMENT_ITEM_VARIANCE], input->variance, k);
  figure[KENNIS_AGREEMENT_RWG] =
      kennis_agreement_rwg (MIN (figure[KENNIS_AGREEMENT_ITEM_VARIANCE], input->variance), input->variance, k);
  figure[KENNIS_AGREEMENT_RWG_LINDELL] = 1 - figure[KENNIS_AGREEMENT_ITEM_VARIANCE] / input->variance;
  figure[KENNIS_AGREEMENT_AWG] = n_awg > 0 ? awg / n_awg : NAN;
}

typedef struct
{
  double n, sum, squares;     /* of a group: rows, and of their means over items less the shift */
} GroupSums;

/* Sums around the first complete row's mean, so that nothing is lost to a large mean. */
static void
sum_groups (const KennisAgreementInput *input, const KennisGroupRows *groups, GroupSums *sums)
{
  double shift = NAN;

  for (guint g = 0; g < groups->n_groups; g++)
    for (guint32 i = groups->first[g]; i < groups->first[g + 1]; i++)
      {
        const double *row = input->values + (gsize) groups->rows[i] * input->n_items;
        double mean = 0;

        for (guint j = 0; j < input->n_items; j++)
          mean += row[j];
        if (isnan (mean))
          continue;
        mean /= input->n_items;
        if (isnan (shift))
          shift = mean;
        sums[g].n++;
        sums[g].sum += mean - shift;
        sums[g].squares += (mean - shift) * (mean - shift);
      }
}

/* One-way analysis of variance by groups.  ICC(1) = (MSB − MSW) / (MSB + (m − 1) MSW), with m the mean size (Bliese 2000) or
 * n0 = (N − Σn²/N) / (groups − 1); ICC(2) = (MSB − MSW) / MSB, which is either stepped up to its m. */
static void
aggregate (double *f, const GroupSums *sums, guint n_groups)
{
  double n = 0, groups = 0, sum = 0, squares = 0, between = 0, sizes = 0, least = INFINITY, most = 0, m, n0, msb, msw;

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
  for (guint i = 0; i < KENNIS_N_AGGREGATION_FIGURES; i++)
    f[i] = NAN;
  f[KENNIS_AGGREGATION_N] = n;
  f[KENNIS_AGGREGATION_GROUPS] = groups;
  if (groups < 2 || n <= groups)
    return;
  m = n / groups;
  n0 = (n - sizes / n) / (groups - 1);
  msb = (between - sum * sum / n) / (groups - 1);
  msw = (squares - between) / (n - groups);
  f[KENNIS_AGGREGATION_SIZE_LEAST] = least;
  f[KENNIS_AGGREGATION_SIZE_MOST] = most;
  f[KENNIS_AGGREGATION_SIZE_MEAN] = m;
  f[KENNIS_AGGREGATION_SIZE_N0] = n0;
  f[KENNIS_AGGREGATION_MSB] = msb;
  f[KENNIS_AGGREGATION_MSW] = msw;
  if (!(msb + (m - 1) * msw > 0))
    return;
  f[KENNIS_AGGREGATION_F] = msb / msw;
  f[KENNIS_AGGREGATION_P] = kennis_incomplete_beta ((n - groups) / 2, (groups - 1) / 2,
                                                    (n - groups) / (n - groups + (groups - 1) * msb / msw));
  f[KENNIS_AGGREGATION_ETA_SQUARED] = (between - sum * sum / n) / (squares - sum * sum / n);
  f[KENNIS_AGGREGATION_ICC_1] = (msb - msw) / (msb + (m - 1) * msw);
  f[KENNIS_AGGREGATION_ICC_1_N0] = (msb - msw) / (msb + (n0 - 1) * msw);
  f[KENNIS_AGGREGATION_ICC_2] = (msb - msw) / msb;
  f[KENNIS_AGGREGATION_ICC_1_TRUNCATED] = MAX (f[KENNIS_AGGREGATION_ICC_1_N0], 0);
  f[KENNIS_AGGREGATION_ICC_2_TRUNCATED] = MAX (f[KENNIS_AGGREGATION_ICC_2], 0);
}

void
kennis_agreement_fill (KennisAgreement *self, const KennisAgreementInput *input, const KennisGroupRows *groups)
{
  guint largest = 0;
  g_autofree double *items = NULL;
  g_autofree GroupSums *sums = g_new0 (GroupSums, groups->n_groups + 1);

  for (guint g = 0; g < groups->n_groups; g++)
    largest = MAX (largest, groups->first[g + 1] - groups->first[g]);
  items = g_new (double, (gsize) largest * input->n_items + 1);
  for (guint g = 0; g < groups->n_groups; g++)
    agree_in_group (self->figures + (gsize) g * KENNIS_N_AGREEMENT_FIGURES, input, groups->rows + groups->first[g],
                    groups->first[g + 1] - groups->first[g], items);
  sum_groups (input, groups, sums);
  aggregate (self->aggregation, sums, groups->n_groups);
  for (guint g = 0; g < groups->n_groups; g++)
    {
      double *figure = self->figures + (gsize) g * KENNIS_N_AGREEMENT_FIGURES;
      double icc = self->aggregation[KENNIS_AGGREGATION_ICC_1_TRUNCATED], n = figure[KENNIS_AGREEMENT_N];

      if (n > 0 && !isnan (icc))
        figure[KENNIS_AGREEMENT_RELIABILITY] = n * icc / (1 + (n - 1) * icc);
    }
}
