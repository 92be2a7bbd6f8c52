#include "config.h"

#include "metric/kennis-gate-private.h"

/* Families whose values are answers to surveys. */
static const char *const survey_families[] = { "survey", "foundation", "carrier", "feature", "motivation", "mindset", "condition" };

/* What someone did or was told as a person: where all did, or nobody did, that is told of each.  That all of a group learned something, or
 * shared something, is what the library is there to show and is not withheld. */
static const char *const sensitive_metrics[] = { "uptake.refusal-rate", "uptake.not-yet-conversation-rate", "embedding.talk-rate",
                                                 "embedding.goals-reached", "embedding.own-goal-share",
                                                 "retention.passed-on-before-leaving", "carrier.4.behaviour" };

static gboolean
is_survey (const char *id)
{
  const char *dot = strchr (id, '.');
  gsize n = dot != NULL ? (gsize) (dot - id) : strlen (id);

  /* The side of a carrier that was recorded is no answer. */
  if (g_str_has_suffix (id, ".behaviour"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (survey_families); i++)
    if (strlen (survey_families[i]) == n && strncmp (survey_families[i], id, n) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_sensitive (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (sensitive_metrics); i++)
    if (g_str_equal (sensitive_metrics[i], id))
      return TRUE;
  return is_survey (id);
}

gboolean
kennis_gate_apply (KennisMeasureSet *set, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  guint n = kennis_catalogue_size () + (set->rows != NULL ? set->rows->len : 0);
  g_autofree KennisGateTraits *traits = g_new0 (KennisGateTraits, n + 1);

  for (guint m = 0; m < n; m++)
    {
      const KennisMetricRow *row = kennis_measure_set_row (set, m);

      traits[m].minimum =
          is_survey (row->id) ? MAX (set->minimum_group, set->minimum_survey_group) : set->minimum_group;
      traits[m].is_sensitive = is_sensitive (row->id);
      traits[m].is_share = row->unit == KENNIS_UNIT_SHARE;
      traits[m].is_score = row->unit == KENNIS_UNIT_SCORE;
    }
  return kennis_gate_run (set, traits, KENNIS_GATE_FLAGS_NONE, sink, cancellable, error);
}
