#include "config.h"

#include "report/kennis-overview-private.h"

#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-words-private.h"

#define say(model, text) kennis_text ((model)->language, (text))

static void
add_fact (GArray *facts, const char *name, char *value)
{
  KennisFact fact = { g_strdup (name), value };

  g_array_append_val (facts, fact);
}

static void
add_records (GArray *facts, const KennisReportModel *model)
{
  guint64 read = 0, rejected = 0, merged = 0;
  g_autofree char *sources = kennis_text_integer (model->language, model->sources->len);
  g_autofree char *read_text = NULL, *rejected_text = NULL, *merged_text = NULL;

  for (guint i = 0; i < model->sources->len; i++)
    {
      const KennisReportSource *source = &g_array_index (model->sources, KennisReportSource, i);

      read += source->n_read;
      rejected += source->n_rejected;
      merged += source->n_merged;
    }
  read_text = kennis_text_integer (model->language, read);
  rejected_text = kennis_text_integer (model->language, rejected);
  merged_text = kennis_text_integer (model->language, merged);
  add_fact (facts, say (model, N_("Records")),
            kennis_words_fill (
                say (model, N_("{read} read, {rejected} rejected, {merged} there already; sources: {sources}")),
                "read", read_text, "rejected", rejected_text, "merged", merged_text, "sources", sources, NULL));
}

KennisFact *
kennis_overview_facts (const KennisReportModel *model)
{
  GArray *facts = g_array_new (TRUE, TRUE, sizeof (KennisFact));

  if (model->rows->len > 0)
    add_fact (facts, say (model, N_("Window")), kennis_words_days (model, model->first_day, model->end_day));
  if (model->sources->len > 0)
    add_records (facts, model);
  if (model->minimum_group > 0)
    add_fact (facts, say (model, N_("Smallest group shown")),
              kennis_text_integer (model->language, model->minimum_group));
  if (model->minimum_survey_group > 0)
    add_fact (facts, say (model, N_("Smallest group shown of surveys")),
              kennis_text_integer (model->language, model->minimum_survey_group));
  if (isfinite (model->level))
    add_fact (facts, say (model, N_("Level of intervals")), kennis_text_percent (model->language, model->level, 0));
  if (model->profile != NULL)
    add_fact (facts, say (model, N_("Profile of the indices")), g_strdup (model->profile));
  if (model->time_zone != NULL)
    add_fact (facts, say (model, N_("Time zone")), g_strdup (model->time_zone));

  return (KennisFact *) (gpointer) g_array_free (facts, FALSE);
}

void
kennis_facts_free (KennisFact *facts)
{
  for (KennisFact *fact = facts; fact != NULL && fact->name != NULL; fact++)
    {
      g_free (fact->name);
      g_free (fact->value);
    }
  g_free (facts);
}

static void
missing_free (gpointer data)
{
  KennisMissing *self = data;

  g_free (self->reason);
  g_array_unref (self->metrics);
  g_free (self);
}

char *
kennis_overview_needs (const KennisReportModel *model, const KennisReportMetric *metric)
{
  const char *inputs = metric->inputs != NULL && *metric->inputs != '\0' ? metric->inputs : NULL;

  return kennis_words_fill (inputs != NULL ? say (model, N_("{title} ({id}): needs {inputs}")) : "{title} ({id})",
                            "title", metric->title, "id", metric->id, "inputs", inputs, NULL);
}

GPtrArray *
kennis_overview_missing (const KennisReportModel *model)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (missing_free);

  for (guint i = 0; i < model->metrics->len; i++)
    {
      KennisMissing *why = NULL;
      g_autofree char *reason = NULL;
      const KennisReportRow *key = kennis_report_model_key_row (model, i);
      guint first;

      if (!kennis_report_model_is_missing (model, i))
        continue;
      kennis_report_model_n_rows (model, i, &first);
      reason = kennis_words_remark (model, key != NULL ? key : kennis_report_model_row (model, first));
      for (guint k = 0; k < all->len && why == NULL; k++)
        if (strcmp (((KennisMissing *) all->pdata[k])->reason, reason != NULL ? reason : "") == 0)
          why = all->pdata[k];
      if (why == NULL)
        {
          why = g_new0 (KennisMissing, 1);
          why->reason = g_strdup (reason != NULL ? reason : "");
          why->metrics = g_array_new (FALSE, FALSE, sizeof (guint));
          g_ptr_array_add (all, why);
        }
      g_array_append_val (why->metrics, i);
    }

  return all;
}

GArray *
kennis_overview_metrics (const KennisReportModel *model)
{
  static const char *const ids[] = {
    "culture.type", "culture.certainty", "culture.uptake-index", "culture.exchange-index",
    "uptake.participation-rate", "uptake.hours-per-head", "uptake.gini", "uptake.self-chosen-share",
    "embedding.embedded-share", "embedding.moments-per-team-month", "embedding.weekly-reflection",
    "transfer.application-rate", "transfer.time-to-application",
    "exchange.between-people-share", "exchange.participation-rate", "exchange.partners-per-head", "exchange.pass-on-rate",
    "foundation.level"
  };
  GArray *metrics = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      int metric = kennis_report_model_find_metric (model, ids[i]);
      guint index = metric;

      if (metric >= 0 && kennis_report_model_key_row (model, index) != NULL)
        g_array_append_val (metrics, index);
    }

  return metrics;
}
