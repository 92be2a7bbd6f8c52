#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "metric/kennis-survey-rows-private.h"
#include "metric/kennis-surveys-private.h"

#include <kennis/kennis-error.h>
#include <math.h>
#include <string.h>

#define INPUTS "response.score person ~invitation.people"

/* What is measured of a scale. */
typedef struct
{
  const char *suffix;
  const char *title;           /* before the scale's; NULL: only that */
  KennisMetricRow row;
} Figure;

static const Figure figures[] = {
  { "", NULL,
    { .description = KENNIS_SURVEY_SCALE_DESCRIPTION, .reading_aid = KENNIS_SURVEY_SCALE_AID,
      .unit = KENNIS_UNIT_SCORE, .minimum = 0, .maximum = 100, .direction = KENNIS_DIRECTION_HIGHER,
      .formula = "mean over people of (answer - low) / (high - low) x 100, reversed items turned",
      .source = "the instrument's own; interval: Student's t, finite population", .inputs = INPUTS,
      .measure = kennis_surveys_mean_score } },
  { ".response-rate", N_("Response"),
    { .description = N_("The share of those who were asked who have a score on this scale."), .reading_aid = KENNIS_SURVEY_RESPONSE_AID,
      .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
      .formula = "people with a score / people asked, over the waves that began in the period",
      .source = "ours", .inputs = INPUTS, .measure = kennis_surveys_response_rate } },
  { ".alpha", N_("Cronbach's alpha"),
    { .description = N_("Whether the items of the scale go together, over people who answered all of them."),
      .reading_aid = N_("From about 0.7 on the mean of the items may stand for one thing. A negative value almost always means that an item's direction is wrong."),
      .unit = KENNIS_UNIT_NUMBER, .minimum = -INFINITY, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
      .formula = "k / (k - 1) x (1 - sum of the items' variances / variance of their sum)",
      .source = "Cronbach 1951; interval: Feldt 1965", .inputs = INPUTS, .measure = kennis_surveys_alpha } },
  { ".rwg", "rwg(j)",
    { .description = N_("How far the people of the group agree, against answers at random of which all are alike: 0 to 1."),
      .reading_aid = N_("Group by team: where people do not agree, a mean does not tell of the team. Small teams pass 0.7 by chance; kennis-survey judges by what chance does."),
      .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
      .formula = "J(1 - S/v) / (J(1 - S/v) + S/v), S mean variance of the J items, v of uniform answers",
      .source = "James, Demaree & Wolf 1984", .inputs = INPUTS, .measure = kennis_surveys_rwg } },
  { ".icc1", "ICC(1)",
    { .description = N_("How much of the difference between people is between teams."),
      .reading_aid = N_("Near 0 teams do not differ more than people do anyway: then look at people, not at teams."),
      .unit = KENNIS_UNIT_NUMBER, .minimum = -1, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
      .formula = "(MSB - MSW) / (MSB + (n0 - 1) MSW), n0 the mean size of teams, corrected for unequal sizes",
      .source = "Bartko 1976; Bliese 2000", .inputs = INPUTS, .measure = kennis_surveys_icc1 } },
  { ".icc2", "ICC(2)",
    { .description = N_("How far the means of teams can be told apart."),
      .reading_aid = N_("From about 0.7 on teams may be compared by their means. It grows with the size of teams."),
      .unit = KENNIS_UNIT_NUMBER, .minimum = -INFINITY, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
      .formula = "(MSB - MSW) / MSB", .source = "Bartko 1976; Bliese 2000", .inputs = INPUTS,
      .measure = kennis_surveys_icc2 } },
};

static void
row_free (gpointer data)
{
  KennisSurveyRow *self = data;

  g_object_unref (self->instrument);
  g_free (self->id);
  g_free (self->argument);
  g_strfreev (self->titles);
  g_free (self);
}

/* scale: NULL: the instrument. */
static void
add_row (GPtrArray *rows, KennisInstrument *instrument, const char *scale, const Figure *figure, gboolean is_given)
{
  const char *const *languages = kennis_text_languages ();
  const char *id = kennis_instrument_get_id (instrument);
  KennisSurveyRow *self = g_new0 (KennisSurveyRow, 1);
  guint n = g_strv_length ((char **) languages);

  self->row = figure->row;
  self->instrument = g_object_ref (instrument);
  self->is_given = is_given;
  self->is_score = *figure->suffix == '\0';
  self->id =
      g_strdup_printf ("survey.%s%s%s%s", id, scale != NULL ? "." : "", scale != NULL ? scale : "", figure->suffix);
  self->argument = scale != NULL ? g_strdup_printf ("%s %s", id, scale) : g_strdup (id);
  self->titles = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const char *title = scale != NULL ? kennis_instrument_get_scale_title (instrument, scale, languages[i])
                                        : kennis_instrument_get_title (instrument, languages[i]);
      const char *of = title != NULL ? title : self->argument;

      self->titles[i] = figure->title != NULL ? g_strconcat (kennis_text (languages[i], figure->title), ": ", of, NULL)
                                              : g_strdup (of);
    }
  self->row.id = self->id;
  self->row.title = self->titles[0];
  self->row.titles = self->titles;
  self->row.argument = self->argument;
  g_ptr_array_add (rows, self);
}

static void
add_instrument (GPtrArray *rows, KennisInstrument *instrument, gboolean is_given)
{
  g_auto (GStrv) scales = kennis_instrument_list_scales (instrument);

  for (guint s = 0; scales[s] != NULL; s++)
    for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
      add_row (rows, instrument, scales[s], &figures[f], is_given);
  add_row (rows, instrument, NULL, &figures[1], is_given);
}

static gboolean
is_known (const GPtrArray *rows, KennisInstrument *instrument)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (kennis_instrument_get_id (((KennisSurveyRow *) rows->pdata[i])->instrument),
                     kennis_instrument_get_id (instrument)))
      return TRUE;
  return FALSE;
}

static gboolean
check_given (const GPtrArray *rows, KennisInstrument *instrument, GError **error)
{
  const char *id = kennis_instrument_get_id (instrument);
  g_autoptr (KennisInstrument) shipped = id != NULL ? kennis_instrument_find (id, NULL) : NULL;

  if (id != NULL && shipped == NULL && !is_known (rows, instrument))
    return TRUE;
  g_set_error (
      error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
      _("The questionnaire “%s” cannot be measured beside another of that name; accepted is an id of its own"),
      id != NULL ? id : "");
  return FALSE;
}

GPtrArray *
kennis_survey_rows_new (const GPtrArray *instruments, gboolean with_shipped, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GListModel) shipped = with_shipped ? kennis_instrument_list () : NULL;

  for (guint i = 0; i < instruments->len; i++)
    {
      if (!check_given (rows, instruments->pdata[i], error))
        return NULL;
      add_instrument (rows, instruments->pdata[i], TRUE);
    }
  for (guint i = 0; with_shipped && i < g_list_model_get_n_items (shipped); i++)
    {
      g_autoptr (KennisInstrument) instrument = g_list_model_get_item (shipped, i);

      add_instrument (rows, instrument, FALSE);
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
kennis_survey_rows_of (KennisInstrument *instrument)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  add_instrument (rows, instrument, TRUE);
  return rows;
}

void
kennis_survey_rows_match (const GPtrArray *rows, const char *pattern, GArray *found)
{
  g_autoptr (GPatternSpec) spec = g_pattern_spec_new (pattern);
  gboolean is_meant = g_str_has_prefix (pattern, "survey.");

  for (guint i = 0; i < rows->len; i++)
    {
      const KennisSurveyRow *row = rows->pdata[i];
      guint metric = kennis_catalogue_size () + i;

      if ((is_meant || (row->is_given && row->is_score)) && g_pattern_spec_match_string (spec, row->id))
        g_array_append_val (found, metric);
    }
}
