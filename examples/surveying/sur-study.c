#include "config.h"

#include "surveying/sur-study.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
sur_title (const SurStudy *self, const char *scale)
{
  return kennis_instrument_get_scale_title (self->instrument, scale, self->options->language);
}

gboolean
sur_is_shown (const SurStudy *self, const char *scale, const char *group)
{
  return kennis_survey_gate_get_status (self->gate, scale, group) == KENNIS_MEASURE_STATUS_OK;
}

SurTable *
sur_add_table (SurStudy *self, const char *id, const char *title, const char *note, const SurColumn *columns, guint n_columns)
{
  SurTable *table = sur_table_new (id, sur_text (self, title), sur_text (self, note), columns, n_columns);

  g_ptr_array_add (self->tables, table);

  return table;
}

/* Which of the questionnaires that come with Kennis somebody answered, or was asked to. */
static char *
list_held (KennisSummary *summary)
{
  g_autoptr (GListModel) all = kennis_instrument_list ();
  GString *held = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (KennisInstrument) instrument = g_list_model_get_item (all, i);
      g_auto (GStrv) waves = kennis_answers_list_waves (instrument, summary);

      if (waves[0] != NULL)
        g_string_append_printf (held, "%s%s", held->len > 0 ? ", " : "", kennis_instrument_get_id (instrument));
    }

  return g_string_free (held, FALSE);
}

static gboolean
fail_without_waves (const SurStudy *self, KennisSummary *summary, GError **error)
{
  g_autofree char *held = list_held (summary);
  const char *id = kennis_instrument_get_id (self->instrument);

  if (*held != '\0')
    g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
                 _("the sources have no answers to “%s”; of the questionnaires that come with Kennis they have: %s"),
                 id, held);
  else
    g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
                 _("the sources have no answers to “%s”, nor to any questionnaire that comes with Kennis"), id);

  return FALSE;
}

/* The library refuses what is no earlier wave; that is a wrong use of the option then. */
static gboolean
take_earlier (SurStudy *self, KennisSummary *summary, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (KennisChange) probe = NULL;
  g_auto (GStrv) waves = kennis_answers_list_waves (self->instrument, summary);
  g_autofree char *all = g_strjoinv (", ", waves);

  self->before = kennis_answers_new_from_summary (self->instrument, summary, self->options->compare, error);
  if (self->before == NULL)
    return FALSE;
  probe = kennis_change_new_for_scale (self->before, self->answers, NULL, NULL, KENNIS_PAIRING_INDEPENDENT,
                                       self->options->level, &problem);
  if (probe != NULL)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("--compare=%s: %s (the waves are, from the first to the last: %s)"), self->options->compare,
               problem->message, all);

  return FALSE;
}

static gboolean
take_answers (SurStudy *self, KennisSummary *summary, GError **error)
{
  const SurOptions *options = self->options;
  g_auto (GStrv) waves = kennis_answers_list_waves (self->instrument, summary);
  guint n = g_strv_length (waves);
  const char *wave = options->wave != NULL ? options->wave : n > 0 ? waves[n - 1] : "";

  if (n == 0)
    return fail_without_waves (self, summary, error);
  self->answers = kennis_answers_new_from_summary (self->instrument, summary, wave, error);
  if (self->answers == NULL)
    return FALSE;
  if (options->compare != NULL && !take_earlier (self, summary, error))
    return FALSE;
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
  static const char *const only_by_name[] = { "details", "factors", NULL };
  const char *wanted = self->options->table;

  if (wanted == NULL && self->options->format == SUR_CSV)
    wanted = "scores";

  return wanted != NULL ? g_str_equal (wanted, table) : !g_strv_contains (only_by_name, table);
}

static gboolean
add_tables (SurStudy *self, GError **error)
{
  if (wants (self, "scores"))
    sur_add_scores (self);
  if ((wants (self, "reliability") || wants (self, "items") || wants (self, "details") || wants (self, "factors"))
      && !sur_add_reliability (self, error))
    return FALSE;
  if (wants (self, "agreement") || wants (self, "aggregation"))
    sur_add_agreement (self);
  if (self->before != NULL && wants (self, "change") && !sur_add_change (self, error))
    return FALSE;

  return self->options->by != KENNIS_GROUP_BY_LANGUAGE || !wants (self, "languages") || sur_add_languages (self, error);
}

gboolean
sur_study_run (SurStudy *self, KennisInstrument *instrument, KennisSummary *summary, const SurOptions *options, GError **error)
{
  *self = (SurStudy) { .options = options, .instrument = g_object_ref (instrument) };
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) sur_table_free);
  if (!take_answers (self, summary, error))
    return FALSE;
  self->scales = kennis_instrument_list_scales (instrument);
  self->groups =
      options->by != KENNIS_GROUP_BY_ALL ? kennis_answers_list_groups (self->answers, options->by) : g_new0 (char *, 1);
  self->n_groups = g_strv_length (self->groups);
  self->gate = kennis_survey_gate_new (self->answers, options->by, options->minimum_group, error);
  if (self->gate == NULL)
    return FALSE;
  if (!add_tables (self, error))
    return FALSE;
  for (guint i = self->tables->len; i-- > 0;)
    if (!wants (self, ((SurTable *) self->tables->pdata[i])->id))
      g_ptr_array_remove_index (self->tables, i);
  if (self->tables->len > 0)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("there is no table “%s” of these answers; change needs --compare, agreement needs teams, languages "
                 "needs --by=language"),
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
  g_free (self->hint);
}
