#include "config.h"

#include "surveying/sur-study.h"

#include <glib/gi18n.h>
#include <math.h>

/* Differences: between two waves, and between the languages in which people answered. */

static const char *
pairing_text (const SurStudy *self, gboolean are_means_shown)
{
  return !self->options->matched ? N_("everybody of each wave")
         : are_means_shown       ? N_("the same people")
                                 : N_("the same people; their means are withheld, as they would tell of the others");
}

/* Where people can be found again, who they are tells more than everybody. */
static void
add_hint (SurStudy *self, SurTable *table, double n_both)
{
  if (self->options->matched || !(n_both >= self->options->minimum_group))
    return;
  self->hint = g_strdup_printf (
      sur_text (self, N_("%u people answered both waves: --matched compares each of them with themselves.")),
      (guint) n_both);
  sur_table_note (table, self->hint);
}

static void
add_change (const SurStudy *self, SurTable *table, KennisChange *change, const char *scale)
{
  static const KennisChangeFigure figures[] = {
    KENNIS_CHANGE_N_BEFORE, KENNIS_CHANGE_N_AFTER,    KENNIS_CHANGE_N_BOTH,  KENNIS_CHANGE_SHARE_BOTH, KENNIS_CHANGE_BEFORE, KENNIS_CHANGE_AFTER,
    KENNIS_CHANGE_DIFFERENCE, KENNIS_CHANGE_LOWER, KENNIS_CHANGE_UPPER, KENNIS_CHANGE_G, KENNIS_CHANGE_G_LOWER, KENNIS_CHANGE_G_UPPER
  };
  KennisMeasureStatus status = kennis_survey_gate_judge_change (self->gate, scale, change, KENNIS_CHANGE_DIFFERENCE);
  gboolean are_means_shown =
      kennis_survey_gate_judge_change (self->gate, scale, change, KENNIS_CHANGE_AFTER) == KENNIS_MEASURE_STATUS_OK;
  g_autofree char *why = sur_withheld_text (self, status);

  if (status != KENNIS_MEASURE_STATUS_OK)
    {
      sur_withheld_row (self, table, scale, "",
                        status == KENNIS_MEASURE_STATUS_NO_DATA ? sur_text (self, N_("nobody answered both waves"))
                                                                : why);
      return;
    }
  sur_table_text (table, sur_title (self, scale));
  sur_table_text (table, scale);
  for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
    sur_table_number (table, kennis_survey_gate_judge_change (self->gate, scale, change, figures[f])
                                     == KENNIS_MEASURE_STATUS_OK
                                 ? kennis_change_get (change, figures[f])
                                 : NAN);
  sur_table_text (table, sur_text (self, pairing_text (self, are_means_shown)));
}

gboolean
sur_add_change (SurStudy *self, GError **error)
{
  static const SurColumn columns[] = { { "title", N_("scale"), -1 },
                                       { "scale", N_("id"), -1 },
                                       { "n-before", N_("people before"), 0 },
                                       { "n-after", N_("people after"), 0 },
                                       { "n-both", N_("people in both"), 0 },
                                       { "share-both", N_("answered both"), 2 },
                                       { "before", N_("before"), 1 },
                                       { "after", N_("after"), 1 },
                                       { "difference", N_("difference"), 1 },
                                       { "lower", N_("from"), 1 },
                                       { "upper", N_("to"), 1 },
                                       { "g", "Hedges' g", 2 },
                                       { "g-lower", N_("from"), 2 },
                                       { "g-upper", N_("to"), 2 },
                                       { "pairing", N_("compared"), -1 } };
  KennisPairing pairing = self->options->matched ? KENNIS_PAIRING_MATCHED : KENNIS_PAIRING_INDEPENDENT;
  SurTable *table = sur_add_table (
      self, "change", N_("What changed"),
      N_("The later wave minus the earlier one. Where few answered both, others answered rather than people changed."),
      columns, G_N_ELEMENTS (columns));
  double n_both = 0;

  for (char **scale = self->scales; *scale != NULL; scale++)
    {
      g_autoptr (KennisChange) change =
          kennis_change_new_for_scale (self->before, self->answers, *scale, NULL, pairing, self->options->level, error);

      if (change == NULL)
        return FALSE;
      add_change (self, table, change, *scale);
      if (kennis_survey_gate_judge_change (self->gate, *scale, change, KENNIS_CHANGE_N_BOTH)
          == KENNIS_MEASURE_STATUS_OK)
        n_both = fmax (n_both, kennis_change_get (change, KENNIS_CHANGE_N_BOTH));
    }
  add_hint (self, table, n_both);

  return TRUE;
}

/* Both languages are shown with their scores: the difference tells no more than these. */
static gboolean
add_pair (const SurStudy *self, SurTable *table, const char *scale, const char *first, const char *second,
          GError **error)
{
  static const KennisChangeFigure figures[] = { KENNIS_CHANGE_N_BEFORE, KENNIS_CHANGE_N_AFTER,    KENNIS_CHANGE_BEFORE,
                                                KENNIS_CHANGE_AFTER,    KENNIS_CHANGE_DIFFERENCE, KENNIS_CHANGE_LOWER,
                                                KENNIS_CHANGE_UPPER,    KENNIS_CHANGE_G,          KENNIS_CHANGE_G_LOWER,
                                                KENNIS_CHANGE_G_UPPER };
  g_autoptr (KennisChange) change = kennis_change_new_for_groups (self->answers, scale, KENNIS_GROUP_BY_LANGUAGE, first,
                                                                  second, self->options->level, error);

  if (change == NULL)
    return FALSE;
  sur_table_text (table, sur_title (self, scale));
  sur_table_text (table, scale);
  sur_table_text (table, first);
  sur_table_text (table, second);
  for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
    sur_table_number (table, kennis_change_get (change, figures[f]));
  sur_table_text (table, "");

  return TRUE;
}

static void
add_hidden (const SurStudy *self, SurTable *table, const char *scale)
{
  g_autofree char *why =
      g_strdup_printf (sur_text (self, N_("withheld: not two languages of which %u people or more are shown")),
                       self->options->minimum_group);

  sur_withheld_row (self, table, scale, "", why);
}

gboolean
sur_add_languages (SurStudy *self, GError **error)
{
  static const SurColumn columns[] = { { "title", N_("scale"), -1 },
                                       { "scale", N_("id"), -1 },
                                       { "first", N_("language"), -1 },
                                       { "second", N_("and"), -1 },
                                       { "n-first", N_("people"), 0 },
                                       { "n-second", N_("and"), 0 },
                                       { "first-mean", N_("mean (0–100)"), 1 },
                                       { "second-mean", N_("and"), 1 },
                                       { "difference", N_("difference"), 1 },
                                       { "lower", N_("from"), 1 },
                                       { "upper", N_("to"), 1 },
                                       { "g", "Hedges' g", 2 },
                                       { "g-lower", N_("from"), 2 },
                                       { "g-upper", N_("to"), 2 },
                                       { "note", N_("note"), -1 } };
  SurTable *table = sur_add_table (self, "languages", N_("Do languages differ?"),
                                   N_("The second language minus the first. A difference may come from the people or "
                                      "from the translation: this cannot tell which."),
                                   columns, G_N_ELEMENTS (columns));

  for (char **scale = self->scales; *scale != NULL; scale++)
    {
      guint rows = sur_table_rows (table);

      for (guint a = 0; a < self->n_groups; a++)
        for (guint b = a + 1; b < self->n_groups && sur_is_shown (self, *scale, self->groups[a]); b++)
          if (sur_is_shown (self, *scale, self->groups[b])
              && !add_pair (self, table, *scale, self->groups[a], self->groups[b], error))
            return FALSE;
      if (sur_table_rows (table) == rows)
        add_hidden (self, table, *scale);
    }

  return TRUE;
}
