#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-survey-rows-private.h"
#include "metric/kennis-surveys-private.h"
#include "survey/kennis-group-rows-private.h"

#include <kennis/kennis-agreement.h>
#include <math.h>
#include <string.h>

/* What the items of a scale tell of it: over people who answered all of them, each with the last of their waves in the period. */

#define FEWEST_TEAMS 3

typedef struct
{
  const KennisSurveyScale *scale;
  GArray *values;              /* of double: people × items */
  GArray *teams;               /* of guint32, by person; KENNIS_INTERN_NONE */
  GArray *scores, *score_teams;   /* of double and guint32: of everybody with a score, who answered all items or not */
  guint   n, k;
} Items;

static void
items_clear (Items *self)
{
  g_clear_pointer (&self->values, g_array_unref);
  g_clear_pointer (&self->teams, g_array_unref);
  g_clear_pointer (&self->scores, g_array_unref);
  g_clear_pointer (&self->score_teams, g_array_unref);
}

static guint32
team_of (const KennisSlice *slice, const KennisSheetFact *sheet)
{
  const KennisSegment *segment =
      sheet->owner < slice->ground->n_persons ? kennis_ground_segment (slice->ground, sheet->owner, sheet->day) : NULL;

  return segment != NULL ? segment->team : sheet->team;
}

static void
add_sheet (Items *self, const KennisSurveySlice *survey, guint32 sheet, double score)
{
  const KennisSheetFact *fact = &g_array_index (survey->survey->sheets, KennisSheetFact, sheet);
  const KennisWaveFact *wave = &g_array_index (survey->survey->waves, KennisWaveFact, fact->wave);
  const double *matrix =
      g_bytes_get_data (survey->survey->items->pdata[fact->wave * survey->n_scales + survey->scale], NULL);
  const double *row = matrix + (gsize) (sheet - wave->first_sheet) * self->k;
  guint32 team = team_of (survey->slice, fact);

  g_array_append_val (self->scores, score);
  g_array_append_val (self->score_teams, team);
  if (!kennis_survey_is_complete (row, self->k))
    return;
  g_array_append_vals (self->values, row, self->k);
  g_array_append_val (self->teams, team);
  self->n++;
}

/* Answers of one person stand together once they are sorted by owner; of these the last sheet is taken. */
static int
compare_answers (gconstpointer a, gconstpointer b)
{
  const KennisSurveyAnswer *x = a, *y = b;

  return x->owner != y->owner ? (x->owner > y->owner) - (x->owner < y->owner)
                              : (x->sheet > y->sheet) - (x->sheet < y->sheet);
}

/* False: filled out why not. */
static gboolean
items_init (Items *self, const KennisSlice *slice, KennisEstimate *out)
{
  g_autoptr (KennisSurveySlice) survey = kennis_survey_slice_new (slice, slice->cache->argument);

  *self = (Items) { 0 };
  if (survey == NULL)
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("Nobody answered this questionnaire."));
      return FALSE;
    }
  if (!kennis_survey_slice_collect (survey))
    {
      kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                            N_("Anonymous answers cannot be placed in these groups."));
      return FALSE;
    }
  self->scale = &g_array_index (survey->survey->ranges, KennisSurveyScale, survey->scale);
  self->k = self->scale->n_items;
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->teams = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->scores = g_array_new (FALSE, FALSE, sizeof (double));
  self->score_teams = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_sort (survey->answers, compare_answers);
  for (guint i = 0; i < survey->answers->len; i++)
    {
      const KennisSurveyAnswer *a = &g_array_index (survey->answers, KennisSurveyAnswer, i);

      if (i + 1 == survey->answers->len || a[1].owner != a[0].owner)
        add_sheet (self, survey, a->sheet, a->score);
    }
  return TRUE;
}

static void
give (const Items *self, double value, KennisEstimate *out)
{
  if (isnan (value))
    return;
  out->status = KENNIS_MEASURE_STATUS_OK;
  out->value = value;
  out->n = out->n_people = self->n;
}

/* ── Alpha ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static double
variance (const double *x, guint n, guint stride)
{
  double mean = 0, sum = 0;

  for (guint i = 0; i < n; i++)
    mean += x[(gsize) i * stride] / n;
  for (guint i = 0; i < n; i++)
    sum += (x[(gsize) i * stride] - mean) * (x[(gsize) i * stride] - mean);
  return sum / (n - 1);
}

static double
alpha_of (const Items *self)
{
  const double *x = (const double *) (gconstpointer) self->values->data;
  g_autofree double *sums = g_new0 (double, self->n + 1);
  double items = 0, whole;

  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < self->k; j++)
      sums[i] += x[(gsize) i * self->k + j];
  for (guint j = 0; j < self->k; j++)
    items += variance (x + j, self->n, self->k);
  whole = variance (sums, self->n, 1);
  return whole > 0 ? (double) self->k / (self->k - 1) * (1 - items / whole) : NAN;
}

void
kennis_surveys_alpha (const KennisSlice *slice, KennisEstimate *out)
{
  Items self;

  if (items_init (&self, slice, out))
    {
      double level = slice->plan->level, n = self.n, k = self.k;

      if (self.k < 2)
        kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA, N_("One item has nothing to go together with."));
      else if (self.n >= 2)
        give (&self, alpha_of (&self), out);
      if (out->status != KENNIS_MEASURE_STATUS_OK && self.k >= 2 && self.n >= 2)
        kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                              N_("Not defined: the sum of the items does not vary between these people."));
      if (out->status == KENNIS_MEASURE_STATUS_OK)
        {
          out->lower = 1 - (1 - out->value) * kennis_f_quantile (n - 1, (n - 1) * (k - 1), (1 + level) / 2);
          out->upper = 1 - (1 - out->value) * kennis_f_quantile (n - 1, (n - 1) * (k - 1), (1 - level) / 2);
        }
    }
  items_clear (&self);
}

/* ── Agreement and aggregation ───────────────────────────────────────────────────────────────────────────────────── */

static KennisAgreement *
agreement_of (const Items *self, GBytes *groups, const char *const *labels)
{
  g_autoptr (GBytes) values = g_bytes_new (self->values->data, self->values->len * sizeof (double));

  return kennis_agreement_new (values, self->k, groups, labels, self->scale->low, self->scale->high,
                               KENNIS_NULL_UNIFORM, 0, 1, NULL);
}

/* That all answer alike tells what each answered: the gate is told that all say yes. */
void
kennis_surveys_rwg (const KennisSlice *slice, KennisEstimate *out)
{
  Items self;

  if (items_init (&self, slice, out))
    {
      g_autoptr (KennisAgreement) agreement = NULL;

      if (!(self.scale->high > self.scale->low))
        kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                              N_("The items of this scale do not have one range."));
      else if (self.n >= 2)
        agreement = agreement_of (&self, NULL, NULL);
      if (agreement != NULL)
        give (&self, kennis_agreement_get (agreement, 0, KENNIS_AGREEMENT_RWG), out);
      if (agreement != NULL && !(kennis_agreement_get (agreement, 0, KENNIS_AGREEMENT_ITEM_VARIANCE) > 0))
        out->n_positive = out->n_people;
    }
  items_clear (&self);
}

/* Why there is no value, or how to read one under 0. */
static void
say_status (KennisAggregationStatus status, KennisEstimate *out)
{
  if (out->status != KENNIS_MEASURE_STATUS_OK)
    kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                          status == KENNIS_AGGREGATION_STATUS_NO_DIFFERENCE
                              ? N_("Not defined: the means of the teams do not differ at all.")
                          : status == KENNIS_AGGREGATION_STATUS_NO_VARIANCE
                              ? N_("Not defined: people do not differ at all.")
                              : N_("Not defined: no team has two people who answered every item."));
  else if (out->value < 0)
    out->note = N_("Under 0: teams differ less than they would by chance; read it as 0.");
}

/* How many teams; groups: of each person who answered all items. */
static guint
number_teams (const Items *self, const KennisSlice *slice, guint32 *groups, guint *n_people, gboolean *is_any_hidden)
{
  g_autoptr (GHashTable) numbers = kennis_surveys_number_teams (
      (const guint32 *) (gconstpointer) self->score_teams->data, (const double *) (gconstpointer) self->scores->data,
      self->scores->len, MAX (slice->plan->minimum_group, slice->plan->minimum_survey_group), is_any_hidden);

  *n_people = 0;
  for (guint i = 0; i < self->n; i++)
    {
      guint32 team = g_array_index (self->teams, guint32, i);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, GUINT_TO_POINTER (team + 1)));

      groups[i] = number - 1;
      *n_people += number > 0;
    }
  return g_hash_table_size (numbers);
}

static void
aggregate (const KennisSlice *slice, KennisAggregationFigure figure, KennisEstimate *out)
{
  Items self;

  if (items_init (&self, slice, out))
    {
      guint32 *groups = g_new (guint32, self.n + 1);
      gboolean is_any_hidden;
      guint n_people, n_teams = number_teams (&self, slice, groups, &n_people, &is_any_hidden);
      g_autoptr (GBytes) bytes = g_bytes_new_take (groups, self.n * sizeof *groups);
      g_auto (GStrv) labels = g_new0 (char *, n_teams + 1);
      g_autoptr (KennisAgreement) agreement = NULL;

      for (guint t = 0; t < n_teams; t++)
        labels[t] = g_strdup_printf ("%u", t);
      if (!(self.scale->high > self.scale->low))
        kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_NO_DATA,
                              N_("The items of this scale do not have one range."));
      else if (self.n > 0 && n_teams < FEWEST_TEAMS)
        kennis_estimate_fail (out, KENNIS_MEASURE_STATUS_TOO_FEW,
                              N_("It takes three teams or more to compare teams."));
      else if (self.n > 0)
        agreement = agreement_of (&self, bytes, (const char *const *) labels);
      if (agreement != NULL)
        {
          give (&self, kennis_agreement_get_aggregation (agreement, figure), out);
          out->n = out->n_people = n_people;
          say_status (kennis_agreement_get_aggregation_status (agreement), out);
          if (is_any_hidden && out->note == NULL)
            out->note =
                N_("Of the teams of which figures may be shown: the spread of all of them would tell of the others.");
        }
    }
  items_clear (&self);
}

void
kennis_surveys_icc1 (const KennisSlice *slice, KennisEstimate *out)
{
  aggregate (slice, KENNIS_AGGREGATION_ICC_1_N0, out);
}

void
kennis_surveys_icc2 (const KennisSlice *slice, KennisEstimate *out)
{
  aggregate (slice, KENNIS_AGGREGATION_ICC_2, out);
}
