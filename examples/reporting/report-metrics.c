#include "config.h"

#include "reporting/report-metrics.h"
#include "reporting/report-words.h"
#include "simulate/sim-json.h"

#include <glib/gi18n.h>

static const char *
nick_of (GType type, int value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

static GPtrArray *
take_all (GListModel *list, GPtrArray *metrics)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (metrics, g_list_model_get_item (list, i));

  return metrics;
}

/* The metrics of questionnaires: of those that are given, else of those that come with the library. */
static GPtrArray *
find_metrics (const ReportOptions *options, GError **error)
{
  g_autoptr (GListModel) metrics = kennis_metric_list (NULL), instruments = NULL;
  GPtrArray *all;

  instruments =
      options->instruments != NULL ? report_options_list_instruments (options, error) : kennis_instrument_list ();
  if (instruments == NULL)
    return NULL;
  all = take_all (metrics, g_ptr_array_new_with_free_func (g_object_unref));
  for (guint i = 0; i < g_list_model_get_n_items (instruments); i++)
    {
      g_autoptr (KennisInstrument) instrument = g_list_model_get_item (instruments, i);
      g_autoptr (GListModel) own = kennis_metric_list_for_instrument (instrument);

      take_all (own, all);
    }

  return all;
}

static char *
as_text (const GPtrArray *metrics, const char *language)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < metrics->len; i++)
    {
      KennisMetric *metric = metrics->pdata[i];
      gboolean heavy = kennis_metric_get_cost (metric) == KENNIS_COST_HEAVY;

      g_string_append_printf (text, "%-40s %-8s %s%s\n", kennis_metric_get_id (metric),
                              nick_of (KENNIS_TYPE_UNIT, (int) kennis_metric_get_unit (metric)),
                              kennis_metric_get_title (metric, language),
                              heavy ? _(" (only when named in full)") : "");
    }

  return g_string_free (text, FALSE);
}

static char *
as_json (const GPtrArray *metrics, const char *language)
{
  SimJson json;

  sim_json_init (&json);
  sim_json_open (&json, NULL, '{');
  sim_json_open (&json, "metrics", '[');
  for (guint i = 0; i < metrics->len; i++)
    {
      KennisMetric *metric = metrics->pdata[i];

      sim_json_open (&json, NULL, '{');
      sim_json_text (&json, "metric", kennis_metric_get_id (metric));
      sim_json_text (&json, "title", kennis_metric_get_title (metric, language));
      sim_json_text (&json, "unit", nick_of (KENNIS_TYPE_UNIT, (int) kennis_metric_get_unit (metric)));
      sim_json_text (&json, "cost", nick_of (KENNIS_TYPE_COST, (int) kennis_metric_get_cost (metric)));
      sim_json_close (&json, '}');
    }
  sim_json_close (&json, ']');
  sim_json_close (&json, '}');

  return sim_json_finish (&json);
}

char *
report_metrics_list (const ReportOptions *options, GError **error)
{
  const char *language = report_word_language (options->language);
  g_autoptr (GPtrArray) metrics = NULL;

  if (options->format != KENNIS_REPORT_FORMAT_TEXT && options->format != KENNIS_REPORT_FORMAT_JSON)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("--list-metrics lists them as text or json: give one of these as --format, or none"));
      return NULL;
    }
  metrics = find_metrics (options, error);
  if (metrics == NULL)
    return NULL;

  return options->format == KENNIS_REPORT_FORMAT_JSON ? as_json (metrics, language) : as_text (metrics, language);
}
