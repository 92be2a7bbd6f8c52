#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-measurements-private.h"
#include "metric/kennis-survey-rows-private.h"

#include <kennis/kennis-metric.h>
#include <string.h>

/**
 * KennisMetric:
 *
 * One row of the catalogue: what a metric is, and how to read it.
 *
 * A metric is named `family.name`, as `uptake.participation-rate`.
 *
 * Since: 1.0
 */
struct _KennisMetric
{
  GObject parent_instance;

  const KennisMetricRow *row;
  GPtrArray *rows;         /* that the row is of; NULL: the catalogue */
  char *family;
};

G_DEFINE_FINAL_TYPE (KennisMetric, kennis_metric, G_TYPE_OBJECT)

/* g_object_new(), which bindings offer for every type, makes one without a row of the catalogue: it may do nothing. */
static gboolean
is_made (KennisMetric *self)
{
  return KENNIS_IS_METRIC (self) && self->row != NULL;
}

static void
kennis_metric_finalize (GObject *object)
{
  g_free (KENNIS_METRIC (object)->family);
  g_clear_pointer (&KENNIS_METRIC (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (kennis_metric_parent_class)->finalize (object);
}

static void
kennis_metric_class_init (KennisMetricClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_metric_finalize;
}

static void
kennis_metric_init (KennisMetric *self)
{
}

static KennisMetric *
metric_new (guint index)
{
  KennisMetric *self = g_object_new (KENNIS_TYPE_METRIC, NULL);

  self->row = kennis_catalogue_row (index);
  self->family = g_strndup (self->row->id, strcspn (self->row->id, "."));
  return self;
}

KennisMetric *
kennis_metric_new_for (const KennisMeasureSet *set, guint metric)
{
  KennisMetric *self;

  if (metric < kennis_catalogue_size ())
    return metric_new (metric);
  self = g_object_new (KENNIS_TYPE_METRIC, NULL);
  self->row = kennis_measure_set_row (set, metric);
  self->rows = g_ptr_array_ref (set->rows);
  self->family = g_strdup ("survey");
  return self;
}

/* In the language that fits best. */
static const char *
own_title (const KennisMetricRow *row, const char *language)
{
  const char *const *languages = kennis_text_languages (), *found = kennis_text_language (language);

  for (guint i = 0; languages[i] != NULL; i++)
    if (g_str_equal (languages[i], found))
      return row->titles[i];
  return row->title;
}

/**
 * kennis_metric_list:
 * @pattern: (nullable): a pattern of ids with `*` and `?`, as `uptake.*`; %NULL for all
 *
 * Lists the metrics whose ids match a pattern, in the order of the catalogue.
 *
 * Heavy metrics are in the list as well; metrics of instruments, `survey.*`, are not (see [func@Metric.list_for_instrument]).  The list is empty where none matches.
 *
 * Time: proportional to the size of the catalogue.
 *
 * Returns: (transfer full): a list of [class@Metric]
 *
 * Since: 1.0
 */
GListModel *
kennis_metric_list (const char *pattern)
{
  GListStore *list = g_list_store_new (KENNIS_TYPE_METRIC);
  g_autoptr (GPatternSpec) spec = g_pattern_spec_new (pattern != NULL ? pattern : "*");
  guint n = kennis_catalogue_size ();

  for (guint i = 0; i < n; i++)
    if (g_pattern_spec_match_string (spec, kennis_catalogue_row (i)->id))
      {
        g_autoptr (KennisMetric) metric = metric_new (i);

        g_list_store_append (list, metric);
      }
  return G_LIST_MODEL (list);
}

/**
 * kennis_metric_list_for_instrument:
 * @instrument: an instrument
 *
 * Lists the metrics of an instrument.
 *
 * They are `survey.INSTRUMENT.SCALE` for each scale, the score; behind that `.response-rate`, `.alpha`, `.rwg`, `.icc1` and `.icc2`; and
 * `survey.INSTRUMENT.response-rate`.  Any of them can be asked for of an instrument that comes with the library, and of others once they are added to the query
 * ([method@Query.add_instrument]).
 *
 * Time: proportional to the number of scales.
 *
 * Returns: (transfer full): a list of [class@Metric]
 *
 * Since: 1.0
 */
GListModel *
kennis_metric_list_for_instrument (KennisInstrument *instrument)
{
  g_autoptr (GListStore) list = g_list_store_new (KENNIS_TYPE_METRIC);
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (instrument), NULL);

  rows = kennis_instrument_get_id (instrument) != NULL ? kennis_survey_rows_of (instrument) : g_ptr_array_new ();
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (KennisMetric) metric = g_object_new (KENNIS_TYPE_METRIC, NULL);

      metric->row = &((KennisSurveyRow *) rows->pdata[i])->row;
      metric->rows = g_ptr_array_ref (rows);
      metric->family = g_strdup ("survey");
      g_list_store_append (list, metric);
    }
  return G_LIST_MODEL (g_steal_pointer (&list));
}

/**
 * kennis_metric_lookup:
 * @id: an id
 *
 * Finds the metric with an id.
 *
 * Returns: (transfer full) (nullable): the metric, or %NULL if there is none
 *
 * Since: 1.0
 */
KennisMetric *
kennis_metric_lookup (const char *id)
{
  int found;

  g_return_val_if_fail (id != NULL, NULL);

  found = kennis_catalogue_find (id);
  return found >= 0 ? metric_new (found) : NULL;
}

/**
 * kennis_metric_get_id:
 * @self: a metric
 *
 * Gets the id, `family.name`.
 *
 * Returns: the id
 *
 * Since: 1.0
 */
const char *
kennis_metric_get_id (KennisMetric *self)
{
  g_return_val_if_fail (is_made (self), NULL);

  return self->row->id;
}

/**
 * kennis_metric_get_family:
 * @self: a metric
 *
 * Gets what stands before the point in the id.
 *
 * Returns: the family
 *
 * Since: 1.0
 */
const char *
kennis_metric_get_family (KennisMetric *self)
{
  g_return_val_if_fail (is_made (self), NULL);

  return self->family;
}

/**
 * kennis_metric_get_title:
 * @self: a metric
 * @language: (nullable): a language, as `nl`, `en` or `fr_BE.UTF-8`; %NULL for English
 *
 * Gets the title, for people.
 *
 * What has no translation is in English.
 *
 * Returns: the title
 *
 * Since: 1.0
 */
const char *
kennis_metric_get_title (KennisMetric *self, const char *language)
{
  g_return_val_if_fail (is_made (self), NULL);

  return self->row->titles != NULL ? own_title (self->row, language) : kennis_text (language, self->row->title);
}

/**
 * kennis_metric_get_description:
 * @self: a metric
 * @language: (nullable): a language, as `nl`; %NULL for English
 *
 * Gets one or two sentences that say what is measured.
 *
 * Returns: the description
 *
 * Since: 1.0
 */
const char *
kennis_metric_get_description (KennisMetric *self, const char *language)
{
  g_return_val_if_fail (is_made (self), NULL);

  return kennis_text (language, self->row->description);
}

/**
 * kennis_metric_get_reading_aid:
 * @self: a metric
 * @language: (nullable): a language, as `nl`; %NULL for English
 *
 * Gets how to read the metric, and what would make it better.
 *
 * Returns: the reading aid
 *
 * Since: 1.0
 */
const char *
kennis_metric_get_reading_aid (KennisMetric *self, const char *language)
{
  g_return_val_if_fail (is_made (self), NULL);

  return kennis_text (language, self->row->reading_aid);
}

/**
 * kennis_metric_get_unit:
 * @self: a metric
 *
 * Gets the unit of the values.
 *
 * Returns: the unit
 *
 * Since: 1.0
 */
KennisUnit
kennis_metric_get_unit (KennisMetric *self)
{
  g_return_val_if_fail (is_made (self), KENNIS_UNIT_NUMBER);

  return self->row->unit;
}

/**
 * kennis_metric_get_minimum:
 * @self: a metric
 *
 * Gets the least value that is possible.
 *
 * Returns: the value; minus infinity where there is no bound
 *
 * Since: 1.0
 */
double
kennis_metric_get_minimum (KennisMetric *self)
{
  g_return_val_if_fail (is_made (self), 0);

  return self->row->minimum;
}

/**
 * kennis_metric_get_maximum:
 * @self: a metric
 *
 * Gets the greatest value that is possible.
 *
 * Returns: the value; infinity where there is no bound
 *
 * Since: 1.0
 */
double
kennis_metric_get_maximum (KennisMetric *self)
{
  g_return_val_if_fail (is_made (self), 0);

  return self->row->maximum;
}

/**
 * kennis_metric_get_direction:
 * @self: a metric
 *
 * Gets whether higher or lower speaks for a learning culture, if either does.
 *
 * Returns: the direction
 *
 * Since: 1.0
 */
KennisDirection
kennis_metric_get_direction (KennisMetric *self)
{
  g_return_val_if_fail (is_made (self), KENNIS_DIRECTION_NEUTRAL);

  return self->row->direction;
}

/**
 * kennis_metric_get_formula:
 * @self: a metric
 *
 * Gets the formula, in plain text.
 *
 * Returns: the formula
 *
 * Since: 1.0
 */
const char *
kennis_metric_get_formula (KennisMetric *self)
{
  g_return_val_if_fail (is_made (self), NULL);

  return self->row->formula;
}

/**
 * kennis_metric_get_source:
 * @self: a metric
 *
 * Gets where the definition comes from: author and year, or "ours".
 *
 * Returns: the source
 *
 * Since: 1.0
 */
const char *
kennis_metric_get_source (KennisMetric *self)
{
  g_return_val_if_fail (is_made (self), NULL);

  return self->row->source;
}

/**
 * kennis_metric_get_inputs:
 * @self: a metric
 *
 * Gets which types of records and fields it is computed from, as `activity.duration`.
 *
 * What was never recorded gives no data, and never 0.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names, those that are used where known and not needed too
 *
 * Since: 1.0
 */
char **
kennis_metric_get_inputs (KennisMetric *self)
{
  char **words;

  g_return_val_if_fail (is_made (self), NULL);

  words = g_strsplit (self->row->inputs, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] == '~')
      memmove (words[i], words[i] + 1, strlen (words[i]));
  return words;
}

/**
 * kennis_metric_get_cost:
 * @self: a metric
 *
 * Gets whether the metric runs whenever a pattern matches it, or only when it is named in full.
 *
 * Returns: the class of cost
 *
 * Since: 1.0
 */
KennisCost
kennis_metric_get_cost (KennisMetric *self)
{
  g_return_val_if_fail (is_made (self), KENNIS_COST_LIGHT);

  return self->row->cost;
}

/**
 * kennis_metric_list_categories:
 * @self: a metric
 *
 * Gets the ids of the categories that a value can be, where the unit is %KENNIS_UNIT_CATEGORY.
 *
 * The value of a measurement is a place in this list, from 0.
 *
 * Returns: (transfer full) (array zero-terminated=1): the ids; none where values are amounts
 *
 * Since: 1.0
 */
char **
kennis_metric_list_categories (KennisMetric *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  g_return_val_if_fail (is_made (self), NULL);

  for (const KennisMetricCategory *c = self->row->categories; c != NULL && c->id != NULL; c++)
    g_strv_builder_add (ids, c->id);
  return g_strv_builder_end (ids);
}

/**
 * kennis_metric_get_category_title:
 * @self: a metric
 * @category: the id of a category, as `learning-culture`
 * @language: (nullable): a language, as `nl`; %NULL for English
 *
 * Gets what a category is called, for people.
 *
 * Returns: (nullable): the title; %NULL where there is no such category
 *
 * Since: 1.0
 */
const char *
kennis_metric_get_category_title (KennisMetric *self, const char *category, const char *language)
{
  g_return_val_if_fail (is_made (self), NULL);
  g_return_val_if_fail (category != NULL, NULL);

  for (const KennisMetricCategory *c = self->row->categories; c != NULL && c->id != NULL; c++)
    if (g_str_equal (c->id, category))
      return kennis_text (language, c->title);
  return NULL;
}
