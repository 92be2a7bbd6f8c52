#include "config.h"

#include <math.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "survey/kennis-agreement-private.h"
#include "survey/kennis-instrument-private.h"

#define MAX_DRAWS 1000000

/**
 * KennisAgreement:
 *
 * How much the people of each group agree, and so whether a group's mean says something of the group.
 *
 * It never changes and may be used from any thread.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisAgreement, kennis_agreement, G_TYPE_OBJECT)

static void
kennis_agreement_finalize (GObject *object)
{
  KennisAgreement *self = KENNIS_AGREEMENT (object);

  g_clear_pointer (&self->places, g_hash_table_unref);
  g_strfreev (self->labels);
  g_free (self->figures);
  g_free (self->critical);

  G_OBJECT_CLASS (kennis_agreement_parent_class)->finalize (object);
}

static void
kennis_agreement_class_init (KennisAgreementClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_agreement_finalize;
}

static void
kennis_agreement_init (KennisAgreement *self)
{
  self->status = KENNIS_AGGREGATION_STATUS_TOO_FEW;
  for (guint i = 0; i < KENNIS_N_AGGREGATION_FIGURES; i++)
    self->aggregation[i] = NAN;
}

static gboolean
check_range (double low, double high, KennisNull null, double *variance, GError **error)
{
  double options = high - low + 1;

  if (!(options >= 2 && options <= KENNIS_MAX_OPTIONS && options == floor (options)))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("agreement needs whole options, 2 to 1000 from the lowest to the highest: 1 and 5"));
      return FALSE;
    }
  *variance = kennis_agreement_null_variance (null, (guint) options);
  if (isnan (*variance))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("only the uniform null distribution is known for %u options; the others for 5 to 11"),
                   (guint) options);
      return FALSE;
    }
  return TRUE;
}

/**
 * kennis_agreement_new:
 * @values: rows of doubles, one for each item, all in the direction of the scale; NaN: no answer
 * @n_items: how many items there are
 * @groups: (nullable): one guint32 for each row: the index of a label, %G_MAXUINT32 for none; %NULL: all in one
 * @labels: (nullable) (array zero-terminated=1): a label for each group; %NULL with @groups of %NULL
 * @low: the lowest answer
 * @high: the highest answer; options go up by one
 * @null: how random answers are distributed
 * @n_draws: draws of random answers for each size of group, as 2000; 0: no [method@Agreement.judge]
 * @seed: of the draws; the same seed gives the same answer
 * @error: return location for an error
 *
 * Works out how much the people of each group agree.
 *
 * Rows that lack an answer are left out.  S, the mean over J items of the answers' variance (n − 1), against the variance σ² of the
 * null: rwg(j) = J(1 − S/σ²) / (J(1 − S/σ²) + S/σ²) (James, Demaree & Wolf 1984), S cut at σ² so that it is 0 or more, and raw;
 * r*wg(j) = 1 − S/σ² (Lindell, Brandt & Whitney 1999), which may be negative; a_wg (Brown & Hauenstein 2005), the mean over items
 * for which it is defined; AD around mean and median (Burke, Finkelstein & Dusig 1999), in units of the answers.  Under two people all are NaN.
 * The critical value is what 5% of groups of that size pass whose people answer at random by the null, each item by itself (Dunlap,
 * Burke & Smith-Crowe 2003; Cohen, Doveh & Nahum-Shani 2009); over 200 people by its normal limit.  With over five options the skewed
 * nulls are geometric and the others bell-shaped, with the variance of [func@Agreement.null_variance].
 *
 * Errors: %KENNIS_ERROR_INVALID where sizes do not agree, or no null is known for so many options.
 * Time: linear in rows × items, and draws × sizes × people × items.
 *
 * Returns: (transfer full): a new agreement
 *
 * Since: 1.0
 */
KennisAgreement *
kennis_agreement_new (GBytes *values, guint n_items, GBytes *groups, const char *const *labels, double low, double high,
                      KennisNull null, guint n_draws, guint64 seed, GError **error)
{
  static const char *const everybody[] = { "", NULL };
  g_autoptr (KennisAgreement) self = NULL;
  g_auto (KennisGroupRows) members = { 0 };
  KennisAgreementInput input = { .n_items = n_items, .low = low, .high = high };
  gsize n_rows;

  g_return_val_if_fail (values != NULL, NULL);
  g_return_val_if_fail (groups == NULL || labels != NULL, NULL);
  g_return_val_if_fail (null <= KENNIS_NULL_NORMAL, NULL);
  g_return_val_if_fail (n_draws <= MAX_DRAWS, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  labels = groups != NULL ? labels : everybody;
  if (!check_range (low, high, null, &input.variance, error)
      || !kennis_survey_matrix (values, n_items, &input.values, &n_rows, error)
      || !kennis_group_rows_init (&members, groups, g_strv_length ((char **) labels), n_rows, error))
    return NULL;
  self = g_object_new (KENNIS_TYPE_AGREEMENT, NULL);
  self->labels = g_strdupv ((char **) labels);
  self->places = kennis_group_places (self->labels);
  self->n_groups = members.n_groups;
  self->figures = g_new (double, (gsize) self->n_groups *KENNIS_N_AGREEMENT_FIGURES + 1);
  self->critical = g_new (double, self->n_groups + 1);
  for (guint g = 0; g < self->n_groups; g++)
    self->critical[g] = NAN;
  kennis_agreement_fill (self, &input, &members);
  if (n_draws > 0)
    kennis_agreement_simulate (self, &input, null, n_draws, seed);
  return g_steal_pointer (&self);
}

/**
 * kennis_agreement_new_for_scale:
 * @answers: answers
 * @scale: (nullable): the id of a scale; %NULL: the instrument
 * @null: how random answers are distributed
 * @n_draws: draws of random answers for each size of team, as 2000; 0: no [method@Agreement.judge]
 * @seed: of the draws; the same seed gives the same answer
 * @error: return location for an error
 *
 * Works out how much the people of each team agree on a scale, see [ctor@Agreement.new].
 *
 * Errors: %KENNIS_ERROR_INVALID names the scales that there are; %KENNIS_ERROR_UNSUPPORTED where the items of the scale do not all
 * have the same range, for which no null is known.
 *
 * Returns: (transfer full): a new agreement
 *
 * Since: 1.0
 */
KennisAgreement *
kennis_agreement_new_for_scale (KennisAnswers *answers, const char *scale, KennisNull null, guint n_draws, guint64 seed,
                                GError **error)
{
  g_autoptr (GBytes) values = NULL, groups = NULL;
  g_auto (GStrv) items = NULL, labels = NULL;
  KennisInstrument *instrument;
  double low, high;

  g_return_val_if_fail (KENNIS_IS_ANSWERS (answers), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  values = kennis_answers_get_values (answers, scale, error);
  if (values == NULL)
    return NULL;
  instrument = kennis_answers_get_instrument (answers);
  items = kennis_instrument_list_items (instrument, scale);
  low = kennis_instrument_get_item_low (instrument, items[0]);
  high = kennis_instrument_get_item_high (instrument, items[0]);
  for (guint i = 1; items[i] != NULL; i++)
    if (kennis_instrument_get_item_low (instrument, items[i]) != low
        || kennis_instrument_get_item_high (instrument, items[i]) != high)
      {
        g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNSUPPORTED,
                     _("the items of scale “%s” have different ranges; agreement needs one range: take the scales "
                       "below it, or its items one by one"),
                     scale != NULL ? scale : "");
        return NULL;
      }
  groups = kennis_answers_get_groups (answers, KENNIS_GROUP_BY_TEAM);
  labels = kennis_answers_list_groups (answers, KENNIS_GROUP_BY_TEAM);
  return kennis_agreement_new (values, g_strv_length (items), groups, (const char *const *) labels, low, high, null,
                               n_draws, seed, error);
}

/**
 * kennis_agreement_get_n_groups:
 * @self: an agreement
 *
 * Gets how many groups there are.
 *
 * Returns: how many groups there are
 *
 * Since: 1.0
 */
guint
kennis_agreement_get_n_groups (KennisAgreement *self)
{
  g_return_val_if_fail (KENNIS_IS_AGREEMENT (self), 0);

  return self->n_groups;
}

/**
 * kennis_agreement_get_label:
 * @self: an agreement
 * @group: a group
 *
 * Gets the label of a group; that of everybody is empty.
 *
 * Returns: (nullable): the label; %NULL: no such group
 *
 * Since: 1.0
 */
const char *
kennis_agreement_get_label (KennisAgreement *self, guint group)
{
  g_return_val_if_fail (KENNIS_IS_AGREEMENT (self), NULL);

  return group < self->n_groups ? self->labels[group] : NULL;
}

/**
 * kennis_agreement_find:
 * @self: an agreement
 * @label: a label
 *
 * Finds a group by its label.
 *
 * Time: constant, whatever the number of groups.
 *
 * Returns: the group; −1: there is none
 *
 * Since: 1.0
 */
int
kennis_agreement_find (KennisAgreement *self, const char *label)
{
  g_return_val_if_fail (KENNIS_IS_AGREEMENT (self), -1);
  g_return_val_if_fail (label != NULL, -1);

  return kennis_group_find (self->places, label);
}

/**
 * kennis_agreement_get:
 * @self: an agreement
 * @group: a group
 * @figure: a figure
 *
 * Gets a number of a group.
 *
 * Returns: the number; NaN where it is not defined, or there is no such group
 *
 * Since: 1.0
 */
double
kennis_agreement_get (KennisAgreement *self, guint group, KennisAgreementFigure figure)
{
  g_return_val_if_fail (KENNIS_IS_AGREEMENT (self), NAN);
  g_return_val_if_fail ((guint) figure < KENNIS_N_AGREEMENT_FIGURES, NAN);

  return group < self->n_groups ? self->figures[(gsize) group * KENNIS_N_AGREEMENT_FIGURES + figure] : NAN;
}

/**
 * kennis_agreement_judge:
 * @self: an agreement
 * @group: a group
 * @threshold: the least rwg(j) that is asked for, as 0.7
 *
 * Tells whether the people of a group agree enough for their mean to stand for the group.
 *
 * First they have to agree more than 95 of 100 groups of their size that answer at random, which pass .70 easily when they are small;
 * then rwg(j) has to be at the threshold or over it.
 *
 * Returns: whether the mean stands for the group
 *
 * Since: 1.0
 */
KennisAgreementVerdict
kennis_agreement_judge (KennisAgreement *self, guint group, double threshold)
{
  const double *figure;

  g_return_val_if_fail (KENNIS_IS_AGREEMENT (self), KENNIS_AGREEMENT_VERDICT_UNKNOWN);

  if (group >= self->n_groups || isnan (self->critical[group]))
    return KENNIS_AGREEMENT_VERDICT_UNKNOWN;
  figure = self->figures + (gsize) group * KENNIS_N_AGREEMENT_FIGURES;
  if (!(figure[KENNIS_AGREEMENT_ITEM_VARIANCE] < self->critical[group]))
    return KENNIS_AGREEMENT_VERDICT_CHANCE;
  return figure[KENNIS_AGREEMENT_RWG] >= threshold ? KENNIS_AGREEMENT_VERDICT_SUPPORTED : KENNIS_AGREEMENT_VERDICT_WEAK;
}

/**
 * kennis_agreement_get_aggregation:
 * @self: an agreement
 * @figure: a figure
 *
 * Gets a number of all groups together: how much of the differences between people is between groups.
 *
 * From a one-way analysis of variance of the people's means over items.  Not cut at 0 unless the figure says so: a negative ICC means that
 * groups differ less than by chance.
 *
 * Returns: the number; NaN where it is not defined, see [method@Agreement.get_aggregation_status]
 *
 * Since: 1.0
 */
double
kennis_agreement_get_aggregation (KennisAgreement *self, KennisAggregationFigure figure)
{
  g_return_val_if_fail (KENNIS_IS_AGREEMENT (self), NAN);
  g_return_val_if_fail ((guint) figure < KENNIS_N_AGGREGATION_FIGURES, NAN);

  return self->aggregation[figure];
}

/**
 * kennis_agreement_get_aggregation_status:
 * @self: an agreement
 *
 * Tells what the numbers of all groups together are worth, and why some are not defined.
 *
 * What is as small as the rounding of the sums (1e-12 of them) counts as 0.
 *
 * Returns: what the numbers are worth
 *
 * Since: 1.0
 */
KennisAggregationStatus
kennis_agreement_get_aggregation_status (KennisAgreement *self)
{
  g_return_val_if_fail (KENNIS_IS_AGREEMENT (self), KENNIS_AGGREGATION_STATUS_TOO_FEW);

  return self->status;
}
