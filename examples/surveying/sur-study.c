#include "config.h"

#include "surveying/sur-study.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
sur_language (KennisInstrument *instrument)
{
  static const char *const known[] = { "nl", "en", "fr" };
  const char *const *wanted = g_get_language_names ();
  g_auto (GStrv) spoken = kennis_instrument_list_languages (instrument);

  for (guint i = 0; wanted[i] != NULL; i++)
    for (guint k = 0; k < G_N_ELEMENTS (known); k++)
      if (g_str_has_prefix (wanted[i], known[k]) && g_strv_contains ((const char *const *) spoken, known[k]))
        return known[k];

  return "en";
}

static gboolean
take_answers (SurStudy *self, KennisSummary *summary, GError **error)
{
  const SurOptions *options = self->options;
  g_auto (GStrv) waves = kennis_answers_list_waves (self->instrument, summary);
  guint n = g_strv_length (waves);
  const char *wave = options->wave != NULL ? options->wave : n > 0 ? waves[n - 1] : "";

  self->answers = kennis_answers_new_from_summary (self->instrument, summary, wave, error);
  if (self->answers == NULL)
    return FALSE;
  if (options->compare != NULL)
    {
      self->before = kennis_answers_new_from_summary (self->instrument, summary, options->compare, error);
      if (self->before == NULL)
        return FALSE;
    }
  self->n_respondents = kennis_answers_get_n_rows (self->answers);
  if (self->n_respondents >= options->minimum_group)
    return TRUE;
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
               _("%u people answered “%s” in wave “%s”; at least %u are needed to show anything of them"),
               self->n_respondents, kennis_instrument_get_id (self->instrument), wave, options->minimum_group);

  return FALSE;
}

static gboolean
wants (const SurStudy *self, const char *table)
{
  const char *wanted = self->options->table;

  if (wanted == NULL && self->options->format == SUR_CSV)
    wanted = "scores";

  return wanted == NULL || g_str_equal (wanted, table);
}

gboolean
sur_study_run (SurStudy *self, KennisInstrument *instrument, KennisSummary *summary, const SurOptions *options, GError **error)
{
  *self = (SurStudy) { .options = options, .instrument = g_object_ref (instrument) };
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) sur_table_free);
  if (!take_answers (self, summary, error))
    return FALSE;
  self->scales = kennis_instrument_list_scales (instrument);
  self->groups = options->by != KENNIS_GROUP_BY_ALL ? kennis_answers_list_groups (self->answers, options->by)
                                                    : g_new0 (char *, 1);
  self->n_groups = g_strv_length (self->groups);
  self->gate = kennis_survey_gate_new (self->answers, options->by, options->minimum_group, error);
  if (self->gate == NULL)
    return FALSE;
  if (wants (self, "scores"))
    sur_add_scores (self);
  if ((wants (self, "reliability") || wants (self, "items")) && !sur_add_reliability (self, error))
    return FALSE;
  if (wants (self, "agreement") || wants (self, "aggregation"))
    sur_add_agreement (self);
  if (self->before != NULL && wants (self, "change") && !sur_add_change (self, error))
    return FALSE;
  for (guint i = self->tables->len; i-- > 0;)
    if (!wants (self, ((SurTable *) self->tables->pdata[i])->id))
      g_ptr_array_remove_index (self->tables, i);
  if (self->tables->len > 0)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("there is no table “%s” of these answers; change needs --compare, agreement needs teams"),
               options->table);

  return FALSE;
}

void
sur_study_clear (SurStudy *self)
{
  g_clear_object (&self->instrument);
  g_clear_object (&self->answers);
  g_clear_object (&self->before);
  g_strfreev (self->scales);
  g_strfreev (self->groups);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
}
