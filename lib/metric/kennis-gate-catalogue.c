#include "config.h"

#include <kennis/kennis-instrument.h>

#include "metric/kennis-gate-private.h"
#include "metric/kennis-survey-rows-private.h"

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
  /* How many answered stands beside each score: that all did is no secret that a rate could keep. */
  return is_survey (id) && !g_str_has_suffix (id, ".response-rate");
}

guint
kennis_gate_minimum_of_id (const char *id, guint minimum_group, guint minimum_survey_group)
{
  return is_survey (id) ? MAX (minimum_group, minimum_survey_group) : minimum_group;
}

guint
kennis_gate_minimum_of (guint metric, guint minimum_group, guint minimum_survey_group)
{
  return kennis_gate_minimum_of_id (kennis_catalogue_row (metric)->id, minimum_group, minimum_survey_group);
}

static KennisInstrument *
instrument_of (const KennisMeasureSet *set, guint metric, const char *id)
{
  guint n = kennis_catalogue_size ();

  return metric >= n ? g_object_ref (((KennisSurveyRow *) set->rows->pdata[metric - n])->instrument)
                     : kennis_instrument_find (id, NULL);
}

/* Of a score on a scale: its questionnaire and the scale that it is below, with none above; NULL: it is no score. */
static char *
name_family (const KennisMeasureSet *set, guint metric, GHashTable *instruments)
{
  const KennisMetricRow *row = kennis_measure_set_row (set, metric);
  g_auto (GStrv) words = row->argument != NULL ? g_strsplit (row->argument, " ", 2) : NULL;
  KennisInstrument *instrument;
  const char *scale, *above;

  if (row->unit != KENNIS_UNIT_SCORE || !is_survey (row->id) || words == NULL || words[0] == NULL || words[1] == NULL)
    return NULL;
  instrument = g_hash_table_lookup (instruments, words[0]);
  if (instrument == NULL)
    {
      instrument = instrument_of (set, metric, words[0]);
      if (instrument == NULL)
        return NULL;
      g_hash_table_insert (instruments, g_strdup (words[0]), instrument);
    }
  for (scale = words[1]; (above = kennis_instrument_get_scale_parent (instrument, scale)) != NULL;)
    scale = above;
  return g_strconcat (words[0], " ", scale, NULL);
}

/* Of what was measured. */
static void
find_families (const KennisMeasureSet *set, guint n, KennisGateTraits *traits)
{
  g_autoptr (GHashTable) instruments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (GHashTable) families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree guint8 *is_there = g_new0 (guint8, n + 1);

  for (guint i = 0; i < set->raw->len; i++)
    is_there[g_array_index (set->raw, KennisRawMeasurement, i).metric] = 1;
  for (guint m = 0; m < n; m++)
    {
      char *name = is_there[m] ? name_family (set, m, instruments) : NULL;

      if (name == NULL)
        continue;
      if (!g_hash_table_contains (families, name))
        g_hash_table_insert (families, g_strdup (name), GUINT_TO_POINTER (g_hash_table_size (families) + 1));
      traits[m].family = GPOINTER_TO_UINT (g_hash_table_lookup (families, name));
      g_free (name);
    }
}

gboolean
kennis_gate_apply (KennisMeasureSet *set, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  guint n = kennis_catalogue_size () + (set->rows != NULL ? set->rows->len : 0);
  g_autofree KennisGateTraits *traits = g_new0 (KennisGateTraits, n + 1);

  for (guint m = 0; m < n; m++)
    {
      const KennisMetricRow *row = kennis_measure_set_row (set, m);

      traits[m].minimum = kennis_gate_minimum_of_id (row->id, set->minimum_group, set->minimum_survey_group);
      traits[m].is_sensitive = is_sensitive (row->id);
      traits[m].is_share = row->unit == KENNIS_UNIT_SHARE;
      traits[m].is_score = row->unit == KENNIS_UNIT_SCORE;
    }
  find_families (set, n, traits);
  return kennis_gate_run (set, traits, KENNIS_GATE_FLAGS_NONE, sink, cancellable, error);
}
