#include "config.h"

#include "unit/report-models.h"

#include <math.h>
#include <string.h>

#include "base/kennis-calendar-private.h"

guint
models_add_metric (KennisReportModel *model, const char *id, KennisUnit unit)
{
  KennisReportMetric metric = { .id = g_strdup (id), .family = g_strndup (id, strchr (id, '.') - id),
                                .title = g_strconcat ("Title of ", id, NULL), .description = g_strconcat ("What ", id, " is.", NULL),
                                .reading_aid = g_strconcat ("How to read ", id, ".", NULL), .formula = g_strdup ("a / b"),
                                .source = g_strdup ("ours"), .unit = unit, .direction = KENNIS_DIRECTION_HIGHER,
                                .minimum = 0, .maximum = unit == KENNIS_UNIT_SHARE ? 1 : INFINITY };

  g_array_append_val (model->metrics, metric);

  return model->metrics->len - 1;
}

KennisReportRow *
models_add_row (KennisReportModel *model, guint metric, const char *group, guint month, double value, gint64 n)
{
  KennisReportRow row = { .metric = metric, .grouping = group != NULL ? 1 : 0, .label = g_strdup (group),
                          .value = value, .lower = NAN, .upper = NAN, .coverage = 0.95, .n = n,
                          .status = isnan (value) ? KENNIS_MEASURE_STATUS_WITHHELD : KENNIS_MEASURE_STATUS_OK };

  row.group = g_new0 (char *, g_strv_length (model->attributes) + 1);
  for (guint i = 0; model->attributes[i] != NULL; i++)
    row.group[i] = g_strdup (i == 0 && group != NULL ? group : "");
  row.period = month == 0 ? g_strdup ("2024") : g_strdup_printf ("2024-%02u", month);
  row.first_day = kennis_day_from_date (2024, month == 0 ? 1 : month, 1);
  row.end_day =
      month == 0 || month == 12 ? kennis_day_from_date (2025, 1, 1) : kennis_day_from_date (2024, month + 1, 1);
  g_array_append_val (model->rows, row);

  return &g_array_index (model->rows, KennisReportRow, model->rows->len - 1);
}

static const char *const teams[] = {
  "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "\"quoted\" & 'single'", "\u202eevil\u202c", "Team 10", "Team 9", "日本チーム",
  "a\033[31mred", "+31 20", "Ünïcode — très long nom d'une équipe qui ne finit jamais", "\u00a0@home", "  -minus", "الفريق"
};

static void
add_teams (KennisReportModel *model, guint rate, guint hours, guint sessions, guint moments)
{
  for (guint i = 0; i < G_N_ELEMENTS (teams); i++)
    {
      guint n = 6 + 7 * i;
      KennisReportRow *row = models_add_row (model, rate, teams[i], 0, i == 3 ? NAN : 0.35 + 0.045 * i, n);

      row->lower = MAX (row->value - 0.15, 0);
      row->upper = MIN (row->value + 0.15, 1);
      models_add_row (model, hours, teams[i], 0, i == 3 ? NAN : 8 + 2.5 * ((i * 5) % 13), n);
      models_add_row (model, sessions, teams[i], 0, 1 + 0.8 * ((i * 7) % 13), n);
      for (guint month = 1; month <= 12; month++)
        models_add_row (model, moments, teams[i], month, i == 3 ? NAN : (i + month) % 6, n);
    }
}

KennisReportModel *
models_hostile (const char *language)
{
  KennisReportModel *model = kennis_report_model_new (language);
  KennisReportSource source = { .name = g_strdup ("<img src=x onerror=alert(1)>.xml"), .fingerprint = g_strnfill (32, 'a'),
                                .n_read = 12345, .n_added = 12340, .n_merged = 3, .n_rejected = 2 };
  guint rate, hours, gini, moments, sessions, application;

  g_strfreev (model->attributes);
  model->attributes = g_strsplit ("team", ",", -1);
  model->title = g_strdup ("Learning at <b>Acme</b> & Co");
  model->currency = g_strdup ("EUR");
  model->time_zone = g_strdup ("Europe/Amsterdam");
  model->minimum_group = 5;
  model->level = 0.95;
  model->seed = 1;
  g_array_append_val (model->sources, source);

  rate = models_add_metric (model, "uptake.participation-rate", KENNIS_UNIT_SHARE);
  hours = models_add_metric (model, "uptake.hours-per-head", KENNIS_UNIT_HOURS);
  gini = models_add_metric (model, "uptake.gini", KENNIS_UNIT_NUMBER);
  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *id = g_strdup_printf ("uptake.lorenz-%u0", i);

      models_add_row (model, models_add_metric (model, id, KENNIS_UNIT_SHARE), NULL, 0, pow (i / 10.0, 2.2), 700);
    }
  moments = models_add_metric (model, "embedding.moments-per-team-month", KENNIS_UNIT_COUNT);
  application = models_add_metric (model, "transfer.application-rate", KENNIS_UNIT_SHARE);
  sessions = models_add_metric (model, "exchange.sessions-per-head", KENNIS_UNIT_COUNT);

  models_add_row (model, rate, NULL, 0, 0.634, 700)->lower = 0.6;
  g_array_index (model->rows, KennisReportRow, model->rows->len - 1).upper = 0.67;
  models_add_row (model, hours, NULL, 0, 21.4, 700);
  models_add_row (model, gini, NULL, 0, 0.47, 700);
  models_add_row (model, moments, NULL, 0, 2.25, 13);
  models_add_row (model, sessions, NULL, 0, 5.5, 700);
  models_add_row (model, application, NULL, 0, NAN, -1)->status = KENNIS_MEASURE_STATUS_NO_DATA;
  add_teams (model, rate, hours, sessions, moments);
  kennis_report_model_sort (model);

  return model;
}
