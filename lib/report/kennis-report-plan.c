#include "config.h"

#include "metric/kennis-plan-private.h"
#include "report/kennis-report-private.h"

/* Only what the catalogue has: a pattern that fits nothing is an error when it is measured. */
static guint
add_known (KennisQuery *query, const char *const *ids)
{
  guint n = 0;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (KennisMetric) metric = kennis_metric_lookup (ids[i]);

      if (metric == NULL)
        continue;
      kennis_query_add_metric (query, ids[i]);
      n++;
    }

  return n;
}

/* Another question about the same window, as carefully. */
static KennisQuery *
query_like (KennisQuery *query, KennisPeriod period)
{
  const KennisQueryData *data = kennis_query_data (query);
  KennisQuery *other = kennis_query_new ();

  g_object_set (other, "period", period, "minimum-survey-group", data->minimum_survey_group, "confidence-level",
                data->level, "seed", data->seed, "replicates", data->replicates, "admit-contact", data->admit_contact,
                "access-attribute", data->access_attribute, "profile", data->profile, NULL);
  kennis_query_set_minimum_group (other, data->minimum_group, TRUE, NULL);
  if (data->from_month != G_MININT32 || data->end_month != G_MININT32)
    {
      g_autofree char *from = NULL, *to = NULL;

      if (data->from_month != G_MININT32)
        from = g_strdup_printf ("%04d-%02d", 1970 + data->from_month / 12, data->from_month % 12 + 1);
      if (data->end_month != G_MININT32)
        to = g_strdup_printf ("%04d-%02d", 1970 + (data->end_month - 1) / 12, (data->end_month - 1) % 12 + 1);
      kennis_query_set_window (other, from, to, NULL);
    }

  return other;
}

/**
 * kennis_report_plan:
 * @query: what is asked
 *
 * Makes the queries for a report with charts: what is asked, and what the charts and the overview need beside it.
 *
 * To be measured in one call of [func@Measurements.make], so that one gate watches over them all.  What the charts add has the window, the
 * minimum group, the level and the seed of @query; what is not in the catalogue is left out.
 *
 * Returns: (transfer container) (element-type KennisQuery): the queries, @query first
 *
 * Since: 1.0
 */
GPtrArray *
kennis_report_plan (KennisQuery *query)
{
  static const char *const team[] = { "team", NULL };
  static const char *const teams[] = { "uptake.participation-rate", "uptake.hours-per-head", "exchange.sessions-per-head",
                                       "exchange.participation-rate", NULL };
  static const char *const moments[] = { "embedding.moments-per-team-month", NULL };
  static const char *const all[] = { "culture.type", "culture.certainty", "culture.uptake-index", "culture.exchange-index", "uptake.lorenz-10", "uptake.lorenz-20", "uptake.lorenz-30", "uptake.lorenz-40",
                                     "uptake.lorenz-50", "uptake.lorenz-60", "uptake.lorenz-70", "uptake.lorenz-80",
                                     "uptake.lorenz-90", "uptake.gini", "uptake.self-chosen-share", "embedding.embedded-share",
                                     "embedding.moments-per-team-month", "embedding.weekly-reflection",
                                     "transfer.application-rate", "transfer.time-to-application",
                                     "exchange.between-people-share", "exchange.partners-per-head", "exchange.pass-on-rate", NULL };
  static const struct { const char *const *ids; const char *const *grouping; KennisPeriod period; } extra[] = {
    { teams, team, KENNIS_PERIOD_ALL }, { moments, team, KENNIS_PERIOD_MONTH }, { all, NULL, KENNIS_PERIOD_ALL }
  };
  GPtrArray *queries;

  g_return_val_if_fail (KENNIS_IS_QUERY (query), NULL);

  queries = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (queries, g_object_ref (query));
  for (guint i = 0; i < G_N_ELEMENTS (extra); i++)
    {
      g_autoptr (KennisQuery) other = query_like (query, extra[i].period);

      if (add_known (other, extra[i].ids) == 0)
        continue;
      if (extra[i].grouping != NULL)
        kennis_query_add_grouping (other, extra[i].grouping);
      g_ptr_array_add (queries, g_steal_pointer (&other));
    }

  return queries;
}
