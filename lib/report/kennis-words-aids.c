#include "config.h"

#include "report/kennis-words-private.h"

#include <math.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"

#define say(model, text) kennis_text ((model)->language, (text))

/* "95%" and "20": of how many teams one falls outside by chance. */
static void
level_words (const KennisReportModel *model, char **level, char **one_in)
{
  double share = isfinite (model->level) && model->level > 0 && model->level < 1 ? model->level : 0.95;

  *level = kennis_text_percent (model->language, share, share * 100 == floor (share * 100) ? 0 : 1);
  *one_in = kennis_text_integer (model->language, (gint64) (1 / (1 - share) + 0.5));
}

static char *
withheld_aid (const KennisReportModel *model)
{
  g_autofree char *minimum = kennis_text_integer (model->language, model->minimum_group);
  g_autofree char *of_surveys = kennis_text_integer (model->language, model->minimum_survey_group);

  if (model->minimum_survey_group == 0)
    return kennis_words_fill (
        say (model, N_("Withheld: fewer than {minimum} people stand behind the number or a part of it, or it "
                       "could be used to work out the number of so few. That is no reproach and says nothing "
                       "about them.")),
        "minimum", minimum, NULL);

  return kennis_words_fill (
      say (model, N_("Withheld: fewer than {minimum} people, of answers to surveys {surveys}, stand behind the number "
                     "or a part of it, or it could be used to work out the number of so few. That is no reproach and "
                     "says nothing about them.")),
      "minimum", minimum, "surveys", of_surveys, NULL);
}

char **
kennis_words_how_to_read (const KennisReportModel *model)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *level = NULL, *one_in = NULL, *interval = NULL, *withheld = NULL;

  level_words (model, &level, &one_in);
  g_strv_builder_add (
      builder,
      say (model, N_("Every number counts what was recorded, not all that happened. Much learning and sharing "
                     "leaves no record; a team that logs little can learn a lot.")));
  g_strv_builder_add (
      builder, say (model, N_("Covered says for which share of the people the sources observe what the number needs. "
                              "Under 60% no value is given.")));
  interval = kennis_words_fill (
      say (model, N_("The interval ({level}) says how sure a number is: similar people again would give a "
                     "value in it most of the time. Of {one_in} teams that do not differ, one falls outside by "
                     "chance. Where two intervals overlap much, do not read a difference.")),
      "level", level, "one_in", one_in, NULL);
  g_strv_builder_add (builder, interval);
  g_strv_builder_add (
      builder,
      say (model, N_("An interval becomes narrower with more people, a longer period and better coverage. It does "
                     "not tell of what nobody recorded.")));
  if (model->minimum_group > 0)
    {
      withheld = withheld_aid (model);
      g_strv_builder_add (builder, withheld);
    }
  g_strv_builder_add (
      builder,
      say (model, N_("Teams stand in the order of their names, never of their numbers. Small teams vary much by "
                     "chance, so a ranking would mostly rank luck; the funnel plot shows which teams differ by "
                     "more than chance.")));
  g_strv_builder_add (
      builder,
      say (model, N_("Compare with other numbers only where window and definition are the same. What goes together "
                     "need not be cause and effect.")));
  g_strv_builder_add (
      builder,
      say (model, N_("This report describes groups so that they can learn. It is no instrument for pay, appraisal or "
                     "ranking people.")));

  return g_strv_builder_end (builder);
}

/* Appends a sentence. */
static void
add (GString *text, const char *sentence)
{
  if (sentence == NULL || *sentence == '\0')
    return;

  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static void
add_coverage (GString *text, const KennisReportModel *model, const KennisReportRow *row)
{
  g_autofree char *coverage = kennis_words_coverage (model, row);
  g_autofree char *sentence = NULL;

  if (coverage == NULL || !kennis_report_row_has_value (row))
    return;

  sentence = kennis_words_fill (
      row->coverage >= 1
          ? say (model, N_("It counts what was recorded; the sources observe all of the people."))
          : say (model, N_("It counts what was recorded; the sources observe {coverage} of the people. More "
                           "coverage would make it firmer.")),
      "coverage", coverage, NULL);
  add (text, sentence);
}

static void
add_interval (GString *text, const KennisReportModel *model, const KennisReportRow *row)
{
  g_autofree char *interval = kennis_words_interval (model, row);
  g_autofree char *sentence = NULL;

  if (interval == NULL)
    {
      if (kennis_report_row_has_value (row))
        add (text, say (model, N_("It has no interval: it describes these people and is not meant for others, or they "
                                  "are too few for one.")));
      return;
    }

  sentence = kennis_words_fill (say (model, N_("Similar people again would give {interval}, most of the time.")),
                                "interval", interval, NULL);
  add (text, sentence);
}

static void
add_way_out (GString *text, const KennisReportModel *model, const KennisReportRow *row)
{
  switch (row->status)
    {
    case KENNIS_MEASURE_STATUS_WITHHELD:
      add (text, say (model, N_("A larger group or a coarser grouping can be shown.")));
      break;
    case KENNIS_MEASURE_STATUS_NO_DATA:
      add (text, say (model, N_("It can be measured once the sources record what it needs.")));
      break;
    case KENNIS_MEASURE_STATUS_LOW_COVERAGE:
      add (text, say (model, N_("It can be told once the sources observe at least 60% of the people.")));
      break;
    case KENNIS_MEASURE_STATUS_PARTIAL:
      add (text, say (model, N_("It may still change: the period is not over, or not all of it is in the window.")));
      break;
    /* Of a foundation, levels and types: no period is long enough for what nobody was asked. */
    case KENNIS_MEASURE_STATUS_UNDETERMINED:
      add (text, say (model, N_("It can be told once all that it is made of was measured, of enough people.")));
      break;
    case KENNIS_MEASURE_STATUS_TOO_FEW:
      add (text, say (model, N_("A longer period or more people would help.")));
      break;
    case KENNIS_MEASURE_STATUS_NOT_REACHED:
      add (text,
           say (model, N_("Fewer than half came that far while they were observed; a longer follow-up may show it.")));
      break;
    case KENNIS_MEASURE_STATUS_OK:
    default:
      break;
    }
}

char *
kennis_words_aid (const KennisReportModel *model, const KennisReportRow *row)
{
  GString *text = g_string_new (NULL);

  add_coverage (text, model, row);
  add_interval (text, model, row);
  add_way_out (text, model, row);

  return g_string_free (text, FALSE);
}
