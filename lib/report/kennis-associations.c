#include "config.h"

#include "base/kennis-calendar-private.h"
#include "base/kennis-i18n-private.h"
#include "base/kennis-random-private.h"
#include "base/kennis-statistics-private.h"
#include "base/kennis-texts-private.h"
#include "dataset/kennis-column-private.h"
#include "dataset/kennis-dataset-private.h"
#include "metric/kennis-measurements-private.h"
#include "report/kennis-associations-private.h"
#include "report/kennis-render-private.h"
#include "summary/kennis-summary-private.h"

#include <kennis/kennis-associations.h>
#include <math.h>
#include <string.h>

#define MINIMUM_TEAMS 20
#define REPLICATES 1999

/**
 * KennisAssociations:
 *
 * What goes together with what over teams: scores of one period, and outcomes of the period after.
 *
 * For each metric and period of the measurements that are grouped by `team`, and each measure of the outcomes: Spearman's rank correlation (1904) over the
 * teams that have both, where there are 20 or more. A team's outcome is the mean of those whose period begins after the score's period ended and no
 * later than as long again. The interval is that of 1 999 bootstrap samples of teams (percentiles); the p of no association is by Student's t with n − 2 degrees
 * of freedom, and the one after Holm (1979) is over all rows that were tried.
 *
 * None of it is a proof of cause: teams that do well may have more time to learn, and both may come from something else.
 *
 * It never changes and may be used from any thread.
 *
 * Since: 1.0
 */
struct _KennisAssociations
{
  GObject parent_instance;

  GArray *rows;            /* of Row */
};

typedef struct
{
  char   *metric, *period, *measure;
  guint   n;
  double  rho, lower, upper, p, holm;
} Row;

G_DEFINE_FINAL_TYPE (KennisAssociations, kennis_associations, G_TYPE_OBJECT)

static void
row_clear (gpointer data)
{
  Row *row = data;

  g_free (row->metric);
  g_free (row->period);
  g_free (row->measure);
}

static void
kennis_associations_finalize (GObject *object)
{
  g_array_unref (KENNIS_ASSOCIATIONS (object)->rows);
  G_OBJECT_CLASS (kennis_associations_parent_class)->finalize (object);
}

static void
kennis_associations_class_init (KennisAssociationsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_associations_finalize;
}

static void
kennis_associations_init (KennisAssociations *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_clear_func (self->rows, row_clear);
}

/* Outcomes begin with a month: the one whose local midnight is nearest, in any time zone. */
static gint32
month_of (gint64 time)
{
  gint64 shifted = time + 14 * KENNIS_MS_PER_HOUR;

  return kennis_month_of_day ((gint32) (shifted / KENNIS_MS_PER_DAY - (shifted % KENNIS_MS_PER_DAY < 0)));
}

/* The mean of each team's outcomes of one measure that begin in the months [from, until): by team, NaN where there is none. */
static double *
outcomes_of (KennisDataset *facts, guint32 measure, gint32 from, gint32 until)
{
  const KennisTable *table = &facts->tables[KENNIS_RECORD_TYPE_OUTCOME];
  guint32 n_teams = kennis_intern_size (facts->spaces[KENNIS_SPACE_TEAM]);
  double *sums = g_new0 (double, n_teams + 1);
  g_autofree guint *counts = g_new0 (guint, n_teams + 1);

  for (guint32 row = 0; row < table->n_rows; row++)
    {
      gint64 period = kennis_column_get (&table->columns[KENNIS_OUTCOME_PERIOD], row);
      gint64 value = kennis_column_get (&table->columns[KENNIS_OUTCOME_VALUE], row);
      guint32 team = (guint32) kennis_column_get (&table->columns[KENNIS_OUTCOME_TEAM], row);

      if ((guint32) kennis_column_get (&table->columns[KENNIS_OUTCOME_MEASURE], row) != measure || team >= n_teams
          || period == KENNIS_UNKNOWN || value == KENNIS_UNKNOWN || month_of (period) < from
          || month_of (period) >= until)
        continue;
      sums[team] += value / 1e6;
      counts[team]++;
    }
  for (guint32 t = 0; t < n_teams; t++)
    sums[t] = counts[t] > 0 ? sums[t] / counts[t] : NAN;
  return sums;
}

/* Percentiles over samples of teams; none where half of the samples have no correlation. */
static void
set_interval (Row *row, const double *x, const double *y, double level, guint64 seed)
{
  g_autofree double *draws = g_new (double, REPLICATES), *a = g_new (double, row->n), *b = g_new (double, row->n);
  guint64 own = kennis_random_seed_for (seed, row->metric, 0);
  guint n = 0;
  double p;

  for (guint r = 0; r < REPLICATES; r++)
    {
      KennisRandom random;

      kennis_random_init (&random, own, r);
      for (guint i = 0; i < row->n; i++)
        {
          guint k = kennis_random_below (&random, row->n);

          a[i] = x[k];
          b[i] = y[k];
        }
      kennis_spearman (a, b, row->n, &draws[n], &p);
      n += !isnan (draws[n]);
    }
  if (2 * n < REPLICATES)
    return;
  kennis_sort_doubles (draws, n);
  row->lower = kennis_quantile_sorted (draws, n, (1 - level) / 2);
  row->upper = kennis_quantile_sorted (draws, n, (1 + level) / 2);
}

/* What is compared with what. */
typedef struct
{
  KennisMeasurements *scores;
  KennisDataset      *facts;
  double      level;
  guint64     seed;
} Work;

static gboolean
is_by_team (const KennisMeasurements *scores, guint row)
{
  return kennis_measure_set_is_by_team (scores->set, kennis_measurements_population (scores, row));
}

static gboolean
is_same (const KennisMeasurements *scores, guint a, guint b)
{
  const KennisPopulation *p = kennis_measurements_population (scores, a),
                         *q = kennis_measurements_population (scores, b);

  return kennis_measurements_raw (scores, a)->metric == kennis_measurements_raw (scores, b)->metric
         && p->first_month == q->first_month && p->end_month == q->end_month;
}

static void
associate (const Work *work, guint first, guint32 measure, KennisAssociations *self)
{
  const KennisMeasurements *scores = work->scores;
  const KennisPopulation *period = kennis_measurements_population (scores, first);
  gint32 length = period->end_month - period->first_month;
  g_autofree double *outcomes = outcomes_of (work->facts, measure, period->end_month, period->end_month + length);
  g_autofree double *x = g_new (double, scores->rows->len + 1), *y = g_new (double, scores->rows->len + 1);
  Row row = { .rho = NAN, .lower = NAN, .upper = NAN, .p = NAN, .holm = NAN };

  for (guint i = 0; i < scores->rows->len; i++)
    {
      const KennisRawMeasurement *raw = kennis_measurements_raw (scores, i);
      const char *team;
      guint32 index;

      if (!is_by_team (scores, i) || !is_same (scores, first, i) || isnan (raw->value)
          || kennis_measurements_population (scores, i)->query != period->query)
        continue;
      team = kennis_measurements_attribute (scores, i, "team");
      index = team != NULL ? kennis_intern_find (work->facts->spaces[KENNIS_SPACE_TEAM], team, strlen (team))
                           : KENNIS_INTERN_NONE;
      if (index == KENNIS_INTERN_NONE || isnan (outcomes[index]))
        continue;
      x[row.n] = raw->value;
      y[row.n++] = outcomes[index];
    }
  if (row.n == 0)
    return;
  row.metric = g_strdup (kennis_measure_set_row (scores->set, kennis_measurements_raw (scores, first)->metric)->id);
  row.period = g_strdup (scores->labels[kennis_measurements_raw (scores, first)->population]);
  row.measure = g_strdup (kennis_dataset_text (work->facts, KENNIS_SPACE_WORD, measure));
  if (row.n >= MINIMUM_TEAMS)
    kennis_spearman (x, y, row.n, &row.rho, &row.p);
  if (!isnan (row.rho))
    set_interval (&row, x, y, work->level, work->seed);
  row.holm = row.p;
  g_array_append_val (self->rows, row);
}

/* Is it a figure by team, and the first one of its metric and period? */
static gboolean
is_first (const KennisMeasurements *scores, guint row, GHashTable *seen)
{
  const KennisRawMeasurement *raw = kennis_measurements_raw (scores, row);
  const KennisPopulation *period = kennis_measurements_population (scores, row);

  if (!is_by_team (scores, row) || kennis_measure_set_row (scores->set, raw->metric)->unit == KENNIS_UNIT_CATEGORY)
    return FALSE;
  return g_hash_table_add (seen, g_strdup_printf ("%u %d %d", raw->metric, period->first_month, period->end_month));
}

/* Each measure once, in the order of the outcomes. */
static GArray *
measures_of (KennisDataset *facts)
{
  const KennisTable *table = &facts->tables[KENNIS_RECORD_TYPE_OUTCOME];
  GArray *measures = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint32 row = 0; row < table->n_rows; row++)
    {
      guint32 measure = (guint32) kennis_column_get (&table->columns[KENNIS_OUTCOME_MEASURE], row);

      if (measure != KENNIS_INTERN_NONE && g_hash_table_add (seen, GUINT_TO_POINTER (measure)))
        g_array_append_val (measures, measure);
    }
  return measures;
}

static void
adjust (KennisAssociations *self)
{
  g_autofree double *p = g_new (double, self->rows->len + 1);

  for (guint i = 0; i < self->rows->len; i++)
    p[i] = g_array_index (self->rows, Row, i).p;
  kennis_holm (p, self->rows->len);
  for (guint i = 0; i < self->rows->len; i++)
    g_array_index (self->rows, Row, i).holm = p[i];
}

/**
 * kennis_associations_new:
 * @scores: measurements, of which those grouped by `team` alone are taken
 * @summary: the summary they are of, with outcomes of teams
 * @level: the level of intervals, as 0.95
 * @seed: the seed of resampling
 *
 * Compares what was measured of teams with their outcomes in the period after.
 *
 * Only what the privacy gate lets through of teams is compared.  Categories are left out, and pairs that no team has both of; a pair of fewer than 20 teams has a row without
 * numbers.  With the same seed the bits are the same.
 *
 * Time: O(metrics × periods × measures × (rows + outcomes + 1 999 × teams × log teams)).
 *
 * Returns: (transfer full): the associations; none where there are no outcomes or no groups by team
 *
 * Since: 1.0
 */
KennisAssociations *
kennis_associations_new (KennisMeasurements *scores, KennisSummary *summary, double level, guint64 seed)
{
  g_autoptr (KennisAssociations) self = NULL;
  g_autoptr (GArray) measures = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  KennisSummaryView view;
  Work work = { .scores = scores, .level = level, .seed = seed };

  g_return_val_if_fail (kennis_measurements_is_made (scores), NULL);
  g_return_val_if_fail (kennis_summary_is_made (summary), NULL);
  g_return_val_if_fail (level > 0 && level < 1, NULL);

  self = g_object_new (KENNIS_TYPE_ASSOCIATIONS, NULL);
  kennis_summary_view (summary, &view);
  work.facts = view.facts;
  measures = measures_of (work.facts);
  for (guint row = 0; row < scores->rows->len; row++)
    if (is_first (scores, row, seen))
      for (guint m = 0; m < measures->len; m++)
        associate (&work, row, g_array_index (measures, guint32, m), self);
  adjust (self);
  return g_steal_pointer (&self);
}

/**
 * kennis_associations_get_size:
 * @self: associations
 *
 * Counts the pairs that were tried.
 *
 * Returns: how many rows there are
 *
 * Since: 1.0
 */
guint
kennis_associations_get_size (KennisAssociations *self)
{
  g_return_val_if_fail (KENNIS_IS_ASSOCIATIONS (self), 0);

  return self->rows->len;
}

#define GET(FIELD, NOTHING)                                          \
  g_return_val_if_fail (KENNIS_IS_ASSOCIATIONS (self), NOTHING);     \
  g_return_val_if_fail (row < self->rows->len, NOTHING);             \
                                                                     \
  return g_array_index (self->rows, Row, row).FIELD;

/**
 * kennis_associations_get_metric:
 * @self: associations
 * @row: a row
 *
 * Gets the id of the metric.
 *
 * Returns: the id
 *
 * Since: 1.0
 */
const char *
kennis_associations_get_metric (KennisAssociations *self, guint row)
{
  GET (metric, NULL)
}

/**
 * kennis_associations_get_period:
 * @self: associations
 * @row: a row
 *
 * Gets the period of the score; the outcomes are of the time after it, as long again.
 *
 * Returns: the period's name
 *
 * Since: 1.0
 */
const char *
kennis_associations_get_period (KennisAssociations *self, guint row)
{
  GET (period, NULL)
}

/**
 * kennis_associations_get_measure:
 * @self: associations
 * @row: a row
 *
 * Gets the measure of the outcomes.
 *
 * Returns: the measure
 *
 * Since: 1.0
 */
const char *
kennis_associations_get_measure (KennisAssociations *self, guint row) { GET (measure, NULL) }

/**
 * kennis_associations_get_n_teams:
 * @self: associations
 * @row: a row
 *
 * Gets how many teams have both.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint kennis_associations_get_n_teams (KennisAssociations *self, guint row)
{
  GET (n, 0)
}

/**
 * kennis_associations_get_rho:
 * @self: associations
 * @row: a row
 *
 * Gets Spearman's rank correlation, −1 to 1.
 *
 * Returns: the correlation; NaN under 20 teams, or where one side is all the same
 *
 * Since: 1.0
 */
double
kennis_associations_get_rho (KennisAssociations *self, guint row)
{
  GET (rho, NAN)
}

/**
 * kennis_associations_get_lower:
 * @self: associations
 * @row: a row
 *
 * Gets the lower limit of the correlation.
 *
 * Returns: the limit; NaN where there is no correlation
 *
 * Since: 1.0
 */
double
kennis_associations_get_lower (KennisAssociations *self, guint row)
{
  GET (lower, NAN)
}

/**
 * kennis_associations_get_upper:
 * @self: associations
 * @row: a row
 *
 * Gets the upper limit of the correlation.
 *
 * Returns: the limit; NaN where there is no correlation
 *
 * Since: 1.0
 */
double
kennis_associations_get_upper (KennisAssociations *self, guint row)
{
  GET (upper, NAN)
}

/**
 * kennis_associations_get_p:
 * @self: associations
 * @row: a row
 *
 * Gets how often chance alone gives as strong a correlation, taken by itself (two-sided).
 *
 * Returns: the p, 0 to 1; NaN where there is no correlation
 *
 * Since: 1.0
 */
double
kennis_associations_get_p (KennisAssociations *self, guint row)
{
  GET (p, NAN)
}

/**
 * kennis_associations_get_holm:
 * @self: associations
 * @row: a row
 *
 * Gets the p after Holm (1979): with all pairs that were tried taken into account.
 *
 * Returns: the p, 0 to 1; NaN where there is no correlation
 *
 * Since: 1.0
 */
double
kennis_associations_get_holm (KennisAssociations *self, guint row)
{
  GET (holm, NAN)
}

/**
 * kennis_associations_get_caution:
 * @language: (nullable): a language, as `nl`; %NULL for English
 *
 * Gets what a reader must be told beside any association.
 *
 * Returns: some sentences
 *
 * Since: 1.0
 */
const char *
kennis_associations_get_caution (const char *language)
{
  return kennis_text (
      language,
      N_("This is no proof of cause: teams that do well may have more time to learn, and both may come from something "
         "else. Where many pairs are tried some stand out by chance; the p after Holm takes that into account."));
}

static void
add_number (GString *csv, double value)
{
  g_autofree char *text = kennis_number_to_text (value);

  g_string_append_c (csv, ',');
  g_string_append (csv, text);
}

/**
 * kennis_associations_to_csv:
 * @self: associations
 * @language: (nullable): the language of the caution, as `nl`; %NULL for English
 *
 * Writes the rows as a table (CSV): metric, period, measure, teams, rho, lower, upper, p, holm, note.
 *
 * The note is [func@Associations.get_caution], or that there are too few teams.  Texts that a spreadsheet would take for formulas are made harmless.
 *
 * Returns: (transfer full): the table, in UTF-8
 *
 * Since: 1.0
 */
GBytes *
kennis_associations_to_csv (KennisAssociations *self, const char *language)
{
  GString *csv = NULL;

  g_return_val_if_fail (KENNIS_IS_ASSOCIATIONS (self), NULL);

  csv = g_string_new ("metric,period,measure,teams,rho,lower,upper,p,holm,note\r\n");
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      g_string_append_printf (csv, "%s,%s,", row->metric, row->period);
      kennis_render_csv_text (csv, row->measure);
      g_string_append_printf (csv, ",%u", row->n);
      add_number (csv, row->rho);
      add_number (csv, row->lower);
      add_number (csv, row->upper);
      add_number (csv, row->p);
      add_number (csv, row->holm);
      g_string_append_c (csv, ',');
      kennis_render_csv_text (csv, row->n < MINIMUM_TEAMS ? kennis_text (
                                       language, N_("Fewer than 20 teams have both: no correlation is told."))
                                                          : kennis_associations_get_caution (language));
      g_string_append (csv, "\r\n");
    }
  return g_string_free_to_bytes (csv);
}
