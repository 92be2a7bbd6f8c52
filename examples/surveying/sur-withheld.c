#include "config.h"

#include "surveying/sur-study.h"

#include <glib/gi18n.h>
#include <math.h>

/* What is not shown, and why: nothing goes missing without a word. */

char *
sur_withheld_text (const SurStudy *self, KennisMeasureStatus status)
{
  return status == KENNIS_MEASURE_STATUS_NO_DATA
             ? g_strdup (sur_text (self, N_("nobody answered")))
             : g_strdup_printf (
                 sur_text (self, N_("withheld: fewer than %u people, all alike, or it would give such a score away")),
                 self->options->minimum_group);
}

void
sur_withheld_row (const SurStudy *self, SurTable *table, const char *scale, const char *name, const char *why)
{
  const char *title = sur_title (self, scale);

  for (guint c = 0; c < table->n_columns; c++)
    if (table->columns[c].digits >= 0)
      sur_table_number (table, NAN);
    else if (c + 1 == table->n_columns)
      sur_table_text (table, why);
    else
      sur_table_text (table, c == 0 ? title : c == 1 ? scale : name);
}

/* For people one line for all groups that are withheld alike; for programs one for each. */
void
sur_withheld_groups (const SurStudy *self, SurTable *table, const char *scale)
{
  static const KennisMeasureStatus statuses[] = { KENNIS_MEASURE_STATUS_WITHHELD, KENNIS_MEASURE_STATUS_NO_DATA };
  gboolean is_for_people = self->options->format == SUR_TEXT || self->options->format == SUR_HTML;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *why = sur_withheld_text (self, statuses[i]), *words = NULL;
      guint n = 0;

      for (guint g = 0; g < self->n_groups; g++)
        if (kennis_survey_gate_get_status (self->gate, scale, self->groups[g]) == statuses[i])
          {
            n++;
            if (!is_for_people)
              sur_withheld_row (self, table, scale, self->groups[g], why);
          }
      words = g_strdup_printf (n == 1 ? sur_text (self, N_("%u group")) : sur_text (self, N_("%u groups")), n);
      if (n > 0 && is_for_people)
        sur_withheld_row (self, table, scale, words, why);
    }
}

/* Groups of which nothing is shown, on no scale. */
static guint
count_hidden (const SurStudy *self)
{
  guint n = 0;

  for (guint g = 0; g < self->n_groups; g++)
    {
      gboolean is_shown = FALSE;

      for (char **scale = self->scales; *scale != NULL && !is_shown; scale++)
        is_shown = kennis_survey_gate_get_status (self->gate, *scale, self->groups[g]) == KENNIS_MEASURE_STATUS_OK;
      n += !is_shown;
    }

  return n;
}

char *
sur_withheld_note (const SurStudy *self)
{
  const char *note = kennis_instrument_get_note (self->instrument, self->options->language);
  g_autofree char *size =
      g_strdup_printf (sur_text (self, N_("Smallest group that is shown: %u people.")), self->options->minimum_group);
  g_autofree char *hidden = g_strdup_printf (sur_text (self, N_("Groups of which nothing is shown: %u of %u.")),
                                             count_hidden (self), self->n_groups);

  return g_strjoin (" ", size, self->n_groups > 0 ? hidden : note, self->n_groups > 0 ? note : NULL, NULL);
}
