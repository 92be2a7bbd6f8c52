#include "config.h"

#include "surveying/sur-study.h"

#include <glib/gi18n.h>
#include <math.h>

/* Differences: between two waves, and between the languages in which people answered. */

/* What either comparison ends with. */
#define COMPARED                                                                                                      \
  KENNIS_CHANGE_DIFFERENCE, KENNIS_CHANGE_LOWER, KENNIS_CHANGE_UPPER, KENNIS_CHANGE_G, KENNIS_CHANGE_G_LOWER,          \
      KENNIS_CHANGE_G_UPPER
#define COMPARED_COLUMNS                                                                                              \
  { "difference", N_("difference"), 1 }, { "lower", N_("from"), 1 }, { "upper", N_("to"), 1 },                         \
      { "g", "Hedges' g", 2 }, { "g-lower", N_("from"), 2 }, { "g-upper", N_("to"), 2 }

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

/* The scale above it that has none above. */
static const char *
root_of (const SurStudy *self, const char *scale)
{
  const char *above;

  while ((above = kennis_instrument_get_scale_parent (self->instrument, scale)) != NULL)
    scale = above;

  return scale;
}

/* Of each scale whether its change may be shown: as those of the waves may, and not where one above, below or beside it may not, from which it
 * would follow. */
static KennisMeasureStatus *
judge_changes (const SurStudy *self, const GPtrArray *changes, GError **error)
{
  g_autoptr (KennisSurveyGate) earlier =
      kennis_survey_gate_new (self->before, KENNIS_GROUP_BY_ALL, self->options->minimum_group, error);
  g_autoptr (GHashTable) hidden = g_hash_table_new (g_str_hash, g_str_equal);
  KennisMeasureStatus *statuses;

  if (earlier == NULL)
    return NULL;
  statuses = g_new (KennisMeasureStatus, changes->len + 1);
  for (guint s = 0; s < changes->len; s++)
    {
      statuses[s] =
          kennis_survey_gate_judge_change (self->gate, self->scales[s], changes->pdata[s], KENNIS_CHANGE_DIFFERENCE);
      if (statuses[s] == KENNIS_MEASURE_STATUS_WITHHELD
          || kennis_survey_gate_get_status (earlier, self->scales[s], NULL) == KENNIS_MEASURE_STATUS_WITHHELD)
        g_hash_table_add (hidden, (gpointer) root_of (self, self->scales[s]));
    }
  for (guint s = 0; s < changes->len; s++)
    if (statuses[s] == KENNIS_MEASURE_STATUS_OK && g_hash_table_contains (hidden, root_of (self, self->scales[s])))
      statuses[s] = KENNIS_MEASURE_STATUS_WITHHELD;

  return statuses;
}

/* Means, where these of the same people may be shown, and all else. */
static void
add_change (const SurStudy *self, SurTable *table, KennisChange *change, const char *scale, KennisMeasureStatus status)
{
  static const KennisChangeFigure figures[] = {
    KENNIS_CHANGE_N_BEFORE, KENNIS_CHANGE_N_AFTER, KENNIS_CHANGE_N_BOTH, KENNIS_CHANGE_SHARE_BOTH,
    KENNIS_CHANGE_BEFORE,   KENNIS_CHANGE_AFTER,   COMPARED
  };
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

/* How many could be compared with themselves: where few answered only one of the waves, --matched would show nothing. */
static double
n_to_match (const SurStudy *self, KennisChange *change)
{
  double both = kennis_change_get (change, KENNIS_CHANGE_N_BOTH);
  double apart =
      kennis_change_get (change, KENNIS_CHANGE_N_BEFORE) + kennis_change_get (change, KENNIS_CHANGE_N_AFTER) - 2 * both;

  return apart > 0 && apart < self->options->minimum_group ? 0 : both;
}

static GPtrArray *
take_changes (const SurStudy *self, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  KennisPairing pairing = self->options->matched ? KENNIS_PAIRING_MATCHED : KENNIS_PAIRING_INDEPENDENT;

  for (char **scale = self->scales; *scale != NULL; scale++)
    {
      KennisChange *change =
          kennis_change_new_for_scale (self->before, self->answers, *scale, NULL, pairing, self->options->level, error);

      if (change == NULL)
        return NULL;
      g_ptr_array_add (changes, change);
    }

  return g_steal_pointer (&changes);
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
                                       COMPARED_COLUMNS,
                                       { "pairing", N_("compared"), -1 } };
  g_autoptr (GPtrArray) changes = take_changes (self, error);
  g_autofree KennisMeasureStatus *statuses = changes != NULL ? judge_changes (self, changes, error) : NULL;
  SurTable *table;
  double n_both = 0;

  if (statuses == NULL)
    return FALSE;
  table = sur_add_table (
      self, "change", N_("What changed"),
      N_("The later wave minus the earlier one. Where few answered both, others answered rather than people changed."),
      columns, G_N_ELEMENTS (columns));
  for (guint s = 0; s < changes->len; s++)
    {
      add_change (self, table, changes->pdata[s], self->scales[s], statuses[s]);
      if (statuses[s] == KENNIS_MEASURE_STATUS_OK)
        n_both = fmax (n_both, n_to_match (self, changes->pdata[s]));
    }
  add_hint (self, table, n_both);

  return TRUE;
}

/* Both languages are shown with their scores: the difference tells no more than these. */
static gboolean
add_pair (const SurStudy *self, SurTable *table, const char *scale, const char *first, const char *second,
          GError **error)
{
  static const KennisChangeFigure figures[] = { KENNIS_CHANGE_N_BEFORE, KENNIS_CHANGE_N_AFTER, KENNIS_CHANGE_BEFORE,
                                                KENNIS_CHANGE_AFTER, COMPARED };
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
                                       COMPARED_COLUMNS,
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
