#include "config.h"

#include <math.h>

#include "base/kennis-texts-private.h"
#include "report/kennis-render-private.h"
#include "report/kennis-value-words-private.h"
#include "value/kennis-return-private.h"

/* JSON and CSV: the same in every language but for the paragraphs. */

static void
json_number (GString *out,
             double   value)
{
  g_autofree char *text = isfinite (value) ? kennis_number_to_text (value) : g_strdup ("null");

  g_string_append (out, text);
}

static void
json_pair (GString    *out,
           const char *name,
           double      value)
{
  g_string_append_printf (out, ",\"%s\":", name);
  json_number (out, value);
}

/* Nothing where there is none. */
static void
json_texts (GString    *out,
            const char *name,
            char      **texts)
{
  if (texts[0] == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":[", name);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      kennis_render_json_text (out, texts[i]);
    }
  g_string_append_c (out, ']');
}

static const struct { const char *name; double p; } points[] = { { "p5", 0.05 }, { "p50", 0.5 }, { "p95", 0.95 } };

static void
json_draws (GString      *out,
            KennisReturn *result,
            KennisFigure  figure)
{
  double error, value = kennis_return_get_mean (result, figure, &error);

  json_pair (out, "mean", value);
  json_pair (out, "mean-error", error);
  json_pair (out, "sd", kennis_return_get_sd (result, figure, &error));
  json_pair (out, "sd-error", error);
  for (guint p = 0; p < G_N_ELEMENTS (points); p++)
    {
      g_autofree char *error_name = g_strconcat (points[p].name, "-error", NULL);

      json_pair (out, points[p].name, kennis_return_get_percentile (result, figure, points[p].p, &error));
      json_pair (out, error_name, error);
    }
  json_pair (out, "threshold", kennis_value_threshold (figure));
  json_pair (out, "probability-over",
             kennis_return_get_probability_over (result, figure, kennis_value_threshold (figure), &error));
  json_pair (out, "probability-over-error", error);
  g_string_append_printf (out, ",\"valued\":%" G_GUINT64_FORMAT ",\"exact\":%s",
                          kennis_return_get_n_valued (result, figure),
                          kennis_return_is_exact (result, figure) ? "true" : "false");
}

static void
json_figures (GString      *out,
              KennisReturn *result)
{
  g_string_append (out, ",\n  \"figures\":{");
  for (guint f = 0; f < KENNIS_N_FIGURES; f++)
    {
      double value;
      KennisFigureStatus status = kennis_return_get_figure (result, NULL, f, &value);
      g_auto (GStrv) missing = kennis_return_list_missing (result, NULL, f);

      g_string_append_printf (out, "%s\n   \"%s\":{\"value\":", f > 0 ? "," : "", kennis_value_words_code (f));
      json_number (out, value);
      g_string_append_printf (out, ",\"status\":\"%s\",\"tax\":\"%s\"", kennis_value_words_status_code (status),
                              kennis_value_words_tax (f));
      json_texts (out, status == KENNIS_FIGURE_STATUS_NO_DATA ? "missing" : "left-out", missing);
      if (kennis_return_get_n_valued (result, f) > 0)
        json_draws (out, result, f);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "},\n  \"benefits\":{");
  for (guint k = 0; k < KENNIS_N_KINDS; k++)
    {
      g_string_append_printf (out, "%s\"%s\":", k > 0 ? "," : "", kennis_value_words_kind_code (k));
      json_number (out, kennis_return_get_benefit (result, NULL, k));
    }
  g_string_append_c (out, '}');
}

static void
json_chances (GString      *out,
              KennisReturn *result)
{
  double error;

  json_pair (out, "probability", kennis_return_get_probability (result, &error));
  json_pair (out, "probability-error", error);
  json_pair (out, "evpi", kennis_return_get_evpi (result, &error));
  json_pair (out, "evpi-error", error);
}

/* The precision that was asked for, and whether it was reached. */
static void
json_wanted (GString      *out,
             KennisReturn *result)
{
  double wanted = kennis_return_get_wanted_error (result), error;

  if (wanted == 0)
    return;
  kennis_return_get_mean (result, kennis_return_get_objective (result), &error);
  json_pair (out, "wanted-error", wanted);
  g_string_append_printf (out, ",\"wanted-error-reached\":%s",
                          isnan (error)     ? "null"
                          : error <= wanted ? "true"
                                            : "false");
}

/* What has to be known to read the numbers, in words. */
static void
json_notes (GString      *out,
            KennisReturn *result,
            const char   *language)
{
  guint64 n = kennis_return_get_n_draws (result);
  gboolean is_few = n > 0 && n < KENNIS_ERROR_DRAWS;
  char *notes[] = { kennis_value_words_uncertain (result, language),
                    is_few ? kennis_value_words_errors (result, language) : NULL,
                    kennis_value_words_few_of_each (result, language),
                    kennis_value_words_many_draws (result, language) };
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (notes[i] != NULL)
      g_ptr_array_add (told, notes[i]);
  g_ptr_array_add (told, NULL);
  json_texts (out, "notes", (char **) told->pdata);
}

static void
json_even (GString      *out,
           KennisReturn *result,
           const char   *path)
{
  KennisFigureStatus status;
  double nearest;
  gsize n;
  g_autofree double *values = kennis_value_words_break_even (result, path, &status, &nearest, &n);

  json_pair (out, "break-even", nearest);
  g_string_append_printf (out, ",\"break-even-status\":\"%s\",\"break-evens\":[",
                          kennis_value_words_status_code (status));
  for (gsize i = 0; i < n; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      json_number (out, values[i]);
    }
  g_string_append_c (out, ']');
}

static void
json_inputs (GString      *out,
             KennisReturn *result)
{
  g_auto (GStrv) paths = kennis_return_list_inputs (result);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      KennisEvidence evidence;
      const char *source;
      KennisQuantity *quantity = kennis_return_get_input (result, paths[i], &evidence, &source);
      g_autofree char *value = kennis_quantity_to_text (quantity);
      double low, high, error;

      g_string_append (out, i > 0 ? ",\n  {\"input\":" : "\n  {\"input\":");
      kennis_render_json_text (out, paths[i]);
      g_string_append (out, ",\"value\":");
      kennis_render_json_text (out, value);
      g_string_append_printf (out, ",\"evidence\":\"%s\"", kennis_value_words_evidence_code (evidence));
      if (source != NULL)
        {
          g_string_append (out, ",\"source\":");
          kennis_render_json_text (out, source);
        }
      json_even (out, result, paths[i]);
      if (kennis_return_get_swing (result, paths[i], &low, &high))
        {
          json_pair (out, "low", low);
          json_pair (out, "high", high);
          json_pair (out, "first-order", kennis_return_get_first_order (result, paths[i], &error));
          json_pair (out, "first-order-error", error);
          json_pair (out, "total", kennis_return_get_total_effect (result, paths[i], &error));
          json_pair (out, "total-error", error);
          json_pair (out, "evppi", kennis_return_get_evppi (result, paths[i], &error));
          json_pair (out, "evppi-error", error);
        }
      g_string_append_c (out, '}');
    }
}

static void
json_cash (GString      *out,
           KennisReturn *result)
{
  g_autoptr (GBytes) bytes = kennis_return_get_present_cents (result);
  const gint64 *cents = bytes != NULL ? g_bytes_get_data (bytes, NULL) : NULL;

  for (guint m = 0; m <= kennis_return_get_horizon (result); m++)
    {
      double cost, benefit, avoided, net = kennis_return_get_cash (result, m, &cost, &benefit, &avoided);

      g_string_append_printf (out, "%s\n  {\"month\":%u", m > 0 ? "," : "", m);
      json_pair (out, "cost", cost);
      json_pair (out, "benefit", benefit);
      json_pair (out, "loss-avoided", avoided);
      json_pair (out, "net-after-tax", net);
      json_pair (out, "present", cents != NULL ? cents[m] / 100.0 : NAN);
      for (guint p = 0; p < G_N_ELEMENTS (points); p++)
        {
          g_autofree char *error_name = g_strconcat (points[p].name, "-error", NULL);
          double error;

          json_pair (out, points[p].name, kennis_return_get_band (result, m, points[p].p, &error));
          json_pair (out, error_name, error);
        }
      g_string_append_c (out, '}');
    }
}

static void
json_programme (GString      *out,
                KennisReturn *result,
                const char   *id,
                const char   *language)
{
  g_autofree char *employee = kennis_return_explain_employee (result, id, language);
  KennisReturn *part = kennis_return_get_programme (result, id);
  g_auto (GStrv) defaults = kennis_return_list_defaults (result, id);
  double error;

  g_string_append (out, "\n  {\"id\":");
  kennis_render_json_text (out, id);
  g_string_append (out, ",\"name\":");
  kennis_render_json_text (out, kennis_return_get_name (result, id));
  g_string_append (out, ",\"employee\":");
  kennis_render_json_text (out, employee);
  json_texts (out, "worked-out-without", defaults);
  json_chances (out, part);
  json_pair (out, "probability-best", kennis_return_get_probability_best (result, id, &error));
  json_pair (out, "probability-best-error", error);
  json_figures (out, part);
  g_string_append_c (out, '}');
}

static void
json_choice (GString      *out,
             KennisReturn *result,
             double        budget)
{
  g_auto (GStrv) chosen = NULL, ids = NULL;
  gboolean any = FALSE;

  if (!(budget >= 0))
    return;
  ids = kennis_return_list_programmes (result);
  chosen = kennis_return_choose (result, budget);
  g_string_append (out, ",\n \"choice\":{\"budget\":");
  json_number (out, budget);
  g_string_append (out, ",\"programmes\":[");
  for (guint i = 0; chosen[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      kennis_render_json_text (out, chosen[i]);
    }
  g_string_append (out, "],\"not-known\":[");
  for (guint i = 0; ids[i] != NULL; i++)
    if (!kennis_value_is_known (result, ids[i]))
      {
        g_string_append (out, any ? "," : "");
        kennis_render_json_text (out, ids[i]);
        any = TRUE;
      }
  g_string_append_c (out, ']');
  json_pair (out, "cost", kennis_value_sum (result, (const char *const *) chosen, KENNIS_FIGURE_COST));
  json_pair (out, "objective",
             kennis_value_sum (result, (const char *const *) chosen, kennis_return_get_objective (result)));
  g_string_append_c (out, '}');
}

GBytes *
kennis_value_json (KennisReturn *result,
                   const char   *language,
                   double        budget)
{
  GString *out = g_string_new ("{\"currency\":");
  g_auto (GStrv) programmes = kennis_return_list_programmes (result);

  kennis_render_json_text (out, kennis_return_get_currency (result));
  g_string_append_printf (out, ",\"horizon\":%u,\"draws\":%" G_GUINT64_FORMAT ",\"objective\":\"%s\"",
                          kennis_return_get_horizon (result), kennis_return_get_n_draws (result),
                          kennis_value_words_code (kennis_return_get_objective (result)));
  json_wanted (out, result);
  json_notes (out, result, language);
  json_chances (out, result);
  json_figures (out, result);
  json_choice (out, result, budget);
  g_string_append (out, ",\n \"programmes\":[");
  for (guint i = 0; programmes[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      json_programme (out, result, programmes[i], language);
    }
  g_string_append (out, "],\n \"inputs\":[");
  json_inputs (out, result);
  g_string_append (out, "],\n \"cash\":[");
  json_cash (out, result);
  g_string_append (out, "]}\n");
  return g_string_free_to_bytes (out);
}

/* The worst grade among the inputs: no figure stands on better ground than that. */
static const char *
csv_evidence (KennisReturn *result)
{
  g_auto (GStrv) paths = kennis_return_list_inputs (result);
  KennisEvidence worst = KENNIS_EVIDENCE_MEASURED, evidence;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      kennis_return_get_input (result, paths[i], &evidence, NULL);
      if (evidence == KENNIS_EVIDENCE_UNKNOWN)
        return kennis_value_words_evidence_code (evidence);
      worst = MAX (worst, evidence);
    }
  return kennis_value_words_evidence_code (worst);
}

static void
csv_numbers (GString      *out,
             KennisReturn *result,
             KennisFigure  figure)
{
  double cells[13];

  cells[0] = kennis_return_get_mean (result, figure, &cells[1]);
  cells[2] = kennis_return_get_sd (result, figure, &cells[3]);
  for (guint i = 0; i < 3; i++)
    cells[4 + 2 * i] = kennis_return_get_percentile (result, figure, points[i].p, &cells[5 + 2 * i]);
  cells[11] = kennis_return_get_probability_over (result, figure, kennis_value_threshold (figure), &cells[12]);
  cells[10] = isnan (cells[11]) ? NAN : kennis_value_threshold (figure);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *cell = kennis_number_to_text (cells[i]);

      g_string_append_printf (out, ",%s", cell);
    }
}

/* Of all where the programme is NULL. */
static void
csv_figures (GString      *out,
             KennisReturn *result,
             const char   *programme,
             const char   *chosen)
{
  const char *evidence = csv_evidence (result);

  for (guint f = 0; f < KENNIS_N_FIGURES; f++)
    {
      double value;
      KennisFigureStatus status = kennis_return_get_figure (result, NULL, f, &value);
      g_auto (GStrv) missing = kennis_return_list_missing (result, NULL, f);
      g_autofree char *number = kennis_number_to_text (value), *not_given = g_strjoinv (" ", missing);

      kennis_render_csv_text (out, programme != NULL ? programme : "");
      g_string_append_printf (out, ",%s,%s,%s", kennis_value_words_code (f), number,
                              kennis_value_words_status_code (status));
      csv_numbers (out, result, f);
      g_string_append_printf (out, ",%s,%s,%s,", kennis_return_get_currency (result), evidence, chosen);
      kennis_render_csv_text (out, not_given);
      g_string_append_printf (out, ",%s\r\n", kennis_value_words_tax (f));
    }
}

static const char *
is_chosen (KennisReturn  *result,
           char         **chosen,
           const char    *programme)
{
  if (chosen == NULL)
    return "";
  if (!kennis_value_is_known (result, programme))
    return "not-known";
  return g_strv_contains ((const char *const *) chosen, programme) ? "yes" : "no";
}

GBytes *
kennis_value_csv (KennisReturn *result,
                  double        budget)
{
  GString *out = g_string_new (
      "programme,figure,value,status,mean,mean-error,sd,sd-error,p5,p5-error,p50,p50-error,p95,p95-error,"
      "threshold,probability-over,probability-over-error,currency,weakest-evidence,chosen,not-given,tax\r\n");
  g_auto (GStrv) programmes = kennis_return_list_programmes (result);
  g_auto (GStrv) chosen = budget >= 0 ? kennis_return_choose (result, budget) : NULL;

  csv_figures (out, result, NULL, "");
  for (guint i = 0; programmes[i] != NULL; i++)
    csv_figures (out, kennis_return_get_programme (result, programmes[i]), programmes[i],
                 is_chosen (result, chosen, programmes[i]));
  return g_string_free_to_bytes (out);
}
