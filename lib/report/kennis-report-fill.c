#include "config.h"

#include "report/kennis-import-private.h"
#include "report/kennis-report-private.h"

#include <math.h>
#include <string.h>

#include "base/kennis-calendar-private.h"
#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "metric/kennis-gate-private.h"
#include "summary/kennis-summary-private.h"

#define say(self, text) kennis_text ((self)->language, (text))

/* Measurements' columns that are no attribute; an attribute of such a name has "by-" before it. */
static gboolean
is_fixed_column (const char *name)
{
  static const char *const names[] = { "metric", "period", "from", "to", "value", "lower", "upper", "n",
                                       "coverage", "unit", "status", "note", "value-name", NULL };

  return g_strv_contains (names, name);
}

/* The engine groups by more than was asked where a metric compares groups; what no measurement is grouped by is no column. */
static gboolean
is_used (GListModel *measurements, const char *attribute)
{
  for (guint i = 0, n = g_list_model_get_n_items (measurements); i < n; i++)
    {
      g_autoptr (KennisMeasurement) measurement = g_list_model_get_item (measurements, i);

      if (kennis_measurement_get_attribute (measurement, attribute) != NULL)
        return TRUE;
    }

  return FALSE;
}

static char **
attributes_of (KennisMeasurements *measurements)
{
  g_auto (GStrv) columns = kennis_measurements_get_columns (measurements);
  g_autoptr (GStrvBuilder) attributes = g_strv_builder_new ();

  for (guint i = 0; columns[i] != NULL; i++)
    {
      const char *attribute = columns[i];

      if (g_str_has_prefix (attribute, "by-") && is_fixed_column (attribute + 3))
        attribute += 3;
      else if (is_fixed_column (attribute))
        continue;
      if (is_used (G_LIST_MODEL (measurements), attribute))
        g_strv_builder_add (attributes, attribute);
    }

  return g_strv_builder_end (attributes);
}

/* Teams as people call them: by id, where the summary knows a name.  Two teams of one name keep their ids beside it. */
static GHashTable *
names_of_teams (KennisSummary *summary)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  KennisSummaryView view;

  if (summary == NULL)
    return names;

  kennis_summary_view (summary, &view);
  for (int pass = 0; pass < 2; pass++)
    for (guint64 i = 0, n = kennis_dataset_count (view.facts, KENNIS_RECORD_TYPE_TEAM); i < n; i++)
      {
        g_autoptr (KennisRecord) team = kennis_dataset_get_record (view.facts, KENNIS_RECORD_TYPE_TEAM, i);
        g_autofree char *id = NULL, *name = NULL;
        guint before;

        g_object_get (team, "id", &id, "name", &name, NULL);
        if (name == NULL || *name == '\0')
          continue;
        before = GPOINTER_TO_UINT (g_hash_table_lookup (times, name));
        if (pass == 0)
          g_hash_table_insert (times, g_steal_pointer (&name), GUINT_TO_POINTER (before + 1));
        else if (before > 1)
          g_hash_table_insert (names, g_strdup (id), g_strdup_printf ("%s (%s)", name, id));
        else
          g_hash_table_insert (names, g_strdup (id), g_steal_pointer (&name));
      }

  return names;
}

static const char *
value_in_words (KennisReport *self, GHashTable *teams, const char *attribute, const char *value)
{
  const char *name = NULL;

  if (*value == '\0')
    return say (self, N_("(not known)"));
  if (strcmp (attribute, "team") == 0 || strcmp (attribute, "department") == 0)
    name = g_hash_table_lookup (teams, value);
  else if (strcmp (attribute, "leader") == 0 && strcmp (value, "yes") == 0)
    name = say (self, N_("people who lead"));
  else if (strcmp (attribute, "leader") == 0 && strcmp (value, "no") == 0)
    name = say (self, N_("people who do not lead"));

  return name != NULL ? name : value;
}

static void
fill_group (KennisReport *self, KennisReportModel *model, KennisReportRow *row, KennisMeasurement *measurement, GHashTable *teams)
{
  g_autoptr (GString) label = g_string_new (NULL);
  guint n = g_strv_length (model->attributes);

  row->group = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const char *value = kennis_measurement_get_attribute (measurement, model->attributes[i]);

      row->group[i] = g_strdup (value != NULL ? value : "");
      if (value == NULL || i >= 64)
        continue;
      row->grouping |= G_GUINT64_CONSTANT (1) << i;
      g_string_append_printf (label, "%s%s", label->len > 0 ? " · " : "",
                              value_in_words (self, teams, model->attributes[i], value));
    }
  if (row->grouping != 0)
    row->label = g_utf8_make_valid (label->str, label->len);
}

/* Periods are whole months, so the month that begins nearest tells the day in any time zone. */
static gint32
first_day_near (gint64 time)
{
  gint64 shifted = time + 14 * KENNIS_MS_PER_HOUR;
  gint64 day = shifted / KENNIS_MS_PER_DAY - (shifted % KENNIS_MS_PER_DAY < 0);

  return kennis_month_first_day (kennis_month_of_day ((gint32) day));
}

static guint
metric_index (KennisReport *self, KennisReportModel *model, GHashTable *known, KennisMetric *metric)
{
  const char *id = kennis_metric_get_id (metric);
  gpointer found = g_hash_table_lookup (known, id);
  g_auto (GStrv) inputs = NULL;
  KennisReportMetric row;

  if (found != NULL)
    return GPOINTER_TO_UINT (found) - 1;
  inputs = kennis_metric_get_inputs (metric);

  row = (KennisReportMetric) { .id = g_strdup (id),
                               .family = g_strdup (kennis_metric_get_family (metric)),
                               .title = g_strdup (kennis_metric_get_title (metric, self->language)),
                               .description = g_strdup (kennis_metric_get_description (metric, self->language)),
                               .reading_aid = g_strdup (kennis_metric_get_reading_aid (metric, self->language)),
                               .formula = g_strdup (kennis_metric_get_formula (metric)),
                               .source = g_strdup (kennis_metric_get_source (metric)),
                               .inputs = g_strjoinv (", ", inputs),
                               .unit = kennis_metric_get_unit (metric),
                               .direction = kennis_metric_get_direction (metric),
                               .minimum = kennis_metric_get_minimum (metric),
                               .maximum = kennis_metric_get_maximum (metric) };
  g_array_append_val (model->metrics, row);
  g_hash_table_insert (known, g_strdup (id), GUINT_TO_POINTER (model->metrics->len));

  return model->metrics->len - 1;
}

/* All metrics of the catalogue first, so that they stand in its order whatever the queries asked first. */
static GHashTable *
fill_metrics (KennisReport *self, KennisReportModel *model)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GListModel) all = kennis_metric_list (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (KennisMetric) metric = g_list_model_get_item (all, i);

      metric_index (self, model, known, metric);
    }

  return known;
}

static void
fill_rows (KennisReport *self, KennisReportModel *model)
{
  g_autoptr (GHashTable) known = fill_metrics (self, model), teams = names_of_teams (self->summary);
  GListModel *list = G_LIST_MODEL (self->measurements);
  guint n = g_list_model_get_n_items (list);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KennisMeasurement) measurement = g_list_model_get_item (list, i);
      g_autoptr (KennisMetric) metric = kennis_measurement_get_metric (measurement);
      KennisReportRow row = { .metric = metric_index (self, model, known, metric) };
      const char *note = kennis_measurement_get_note (measurement, self->language);

      fill_group (self, model, &row, measurement, teams);
      row.period = g_strdup (kennis_measurement_get_period (measurement));
      row.first_day = first_day_near (kennis_measurement_get_from (measurement));
      row.end_day = first_day_near (kennis_measurement_get_to (measurement));
      row.value = kennis_measurement_get_value (measurement);
      row.lower = kennis_measurement_get_lower (measurement);
      row.upper = kennis_measurement_get_upper (measurement);
      row.coverage = kennis_measurement_get_coverage (measurement);
      row.status = kennis_measurement_get_status (measurement);
      row.n = row.status == KENNIS_MEASURE_STATUS_WITHHELD ? -1 : kennis_measurement_get_n (measurement);
      row.category = g_strdup (kennis_measurement_get_category (measurement));
      if (row.category != NULL)
        row.category_title = g_strdup (kennis_metric_get_category_title (metric, row.category, self->language));
      row.note = g_strdup (note != NULL && *note != '\0' ? note : NULL);
      g_array_append_val (model->rows, row);
    }
}

static void
fill_sources (KennisReport *self, KennisReportModel *model)
{
  g_auto (GStrv) fingerprints = NULL;

  if (self->import == NULL && self->summary != NULL)
    {
      /* A summary from elsewhere knows what it was made from, and no more. */
      fingerprints = kennis_summary_get_sources (self->summary);
      for (guint i = 0; fingerprints[i] != NULL; i++)
        {
          KennisReportSource source = { .name = g_strdup (fingerprints[i]), .fingerprint = g_strdup (fingerprints[i]) };

          g_array_append_val (model->sources, source);
        }
    }
  model->story = self->import != NULL ? self->import->story : NULL;
  for (guint i = 0; self->import != NULL && i < kennis_import_get_n_sources (self->import); i++)
    {
      KennisReportSource source = kennis_import_report_source (self->import, i);

      g_array_append_val (model->sources, source);
    }
}

/* What the indices are made of, where there are any. */
static char *
profile_of (const KennisReport *self, const KennisReportModel *model)
{
  gboolean has_index = FALSE;
  KennisProfile *profile = kennis_query_get_profile (self->query);
  g_autoptr (KennisProfile) used = profile != NULL ? g_object_ref (profile) : kennis_profile_find ("default", NULL);

  for (guint i = 0; i < model->rows->len && !has_index; i++)
    has_index =
        g_str_equal (kennis_report_model_metric (model, kennis_report_model_row (model, i)->metric)->family, "culture");
  return has_index && used != NULL ? g_strdup (kennis_profile_get_title (used, self->language)) : NULL;
}

/* A gap stands on answers to a survey as well. */
static void
fill_minimums (KennisReport *self, KennisReportModel *model)
{
  guint of_surveys = MAX (kennis_query_get_minimum_survey_group (self->query), model->minimum_group);

  for (guint i = 0; i < model->metrics->len; i++)
    {
      KennisReportMetric *metric = kennis_report_model_metric (model, i);

      metric->minimum_group =
          g_str_equal (metric->family, "gap")
              ? of_surveys
              : kennis_gate_minimum_of_id (metric->id, model->minimum_group, of_surveys);
    }
  for (guint i = 0; i < model->rows->len; i++)
    {
      const KennisReportRow *row = kennis_report_model_row (model, i);
      guint fewest = kennis_report_model_metric (model, row->metric)->minimum_group;

      if (row->status != KENNIS_MEASURE_STATUS_NO_DATA && fewest > model->minimum_group)
        model->minimum_survey_group = fewest;
    }
}

KennisReportModel *
kennis_report_fill (KennisReport *self)
{
  KennisReportModel *model = kennis_report_model_new (self->language);

  model->title = g_strdup (self->title != NULL ? self->title : say (self, N_("Learning culture report")));
  model->currency = g_strdup (kennis_measurements_get_currency (self->measurements));
  if (self->summary != NULL)
    model->time_zone = g_strdup (kennis_summary_get_time_zone (self->summary));
  if (self->query != NULL)
    {
      guint64 seed;

      g_object_get (self->query, "minimum-group", &model->minimum_group, "confidence-level", &model->level, "seed",
                    &seed, NULL);
      model->seed = (gint64) MIN (seed, (guint64) G_MAXINT64);
    }
  g_strfreev (model->attributes);
  model->attributes = attributes_of (self->measurements);
  fill_rows (self, model);
  if (self->query != NULL)
    fill_minimums (self, model);
  if (self->query != NULL)
    model->profile = profile_of (self, model);
  fill_sources (self, model);
  kennis_report_model_sort (model);

  return model;
}
