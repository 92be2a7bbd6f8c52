#include "config.h"

#include "surveying/sur-study.h"

#include <glib/gi18n.h>
#include <math.h>

#define DRAWS 2000          /* of random answers */

static const char *
verdict_text (KennisAgreementVerdict verdict)
{
  switch (verdict)
    {
    case KENNIS_AGREEMENT_VERDICT_CHANCE:
      return N_("no more than by chance");
    case KENNIS_AGREEMENT_VERDICT_WEAK:
      return N_("weak");
    case KENNIS_AGREEMENT_VERDICT_SUPPORTED:
      return N_("supported");
    case KENNIS_AGREEMENT_VERDICT_UNKNOWN:
    default:
      return N_("not known");
    }
}

/* Those who answered all items may be fewer than those with a score. */
static const char *
judge_team (const SurStudy *self, KennisAgreement *agreement, guint team)
{
  return kennis_agreement_get (agreement, team, KENNIS_AGREEMENT_N) < self->options->minimum_group
             ? sur_text (self, N_("not known: too few answered every item"))
             : sur_text (self, verdict_text (kennis_agreement_judge (agreement, team, self->options->threshold)));
}

static void
add_score (const SurStudy *self, SurTable *table, KennisScores *scores, int group, const char *name, const char *scale,
           KennisAgreement *agreement)
{
  static const KennisScoreFigure figures[] = { KENNIS_SCORE_N, KENNIS_SCORE_MEAN, KENNIS_SCORE_LOWER, KENNIS_SCORE_UPPER, KENNIS_SCORE_SD,
                                               KENNIS_SCORE_RESPONSE_RATE };
  int found = agreement != NULL ? kennis_agreement_find (agreement, name) : -1;

  sur_table_text (table, sur_title (self, scale));
  sur_table_text (table, scale);
  sur_table_text (table, name != NULL ? name : sur_text (self, N_("everybody")));
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    sur_table_number (table, kennis_scores_get (scores, group, figures[i]));
  sur_table_text (table, found >= 0 ? judge_team (self, agreement, found) : "");
}

/* The index of a label; nobody's where the team is not shown on the scale. */
static GBytes *
shown_teams (const SurStudy *self, const char *scale)
{
  g_autoptr (GBytes) all = kennis_answers_get_groups (self->answers, KENNIS_GROUP_BY_TEAM);
  gsize size;
  guint32 *team = g_bytes_unref_to_data (g_steal_pointer (&all), &size);

  for (gsize i = 0; i < size / sizeof *team; i++)
    if (team[i] < self->n_groups && !sur_is_shown (self, scale, self->groups[team[i]]))
      team[i] = G_MAXUINT32;

  return g_bytes_new_take (team, size);
}

/* Of the teams that are shown: how much teams differ, all of them, would tell of two that are not.  NULL: not by team, or of no one range. */
static KennisAgreement *
agreement_of (const SurStudy *self, const char *scale)
{
  g_autoptr (GBytes) values = NULL, teams = NULL;
  g_auto (GStrv) items = NULL;
  double low, high;

  if (self->options->by != KENNIS_GROUP_BY_TEAM)
    return NULL;
  items = kennis_instrument_list_items (self->instrument, scale);
  low = kennis_instrument_get_item_low (self->instrument, items[0]);
  high = kennis_instrument_get_item_high (self->instrument, items[0]);
  for (char **item = items; *item != NULL; item++)
    if (kennis_instrument_get_item_low (self->instrument, *item) != low
        || kennis_instrument_get_item_high (self->instrument, *item) != high)
      return NULL;
  values = kennis_answers_get_values (self->answers, scale, NULL);
  teams = shown_teams (self, scale);

  return kennis_agreement_new (values, g_strv_length (items), teams, (const char *const *) self->groups, low, high,
                               self->options->null, DRAWS, self->options->seed, NULL);
}

/* Everybody, then the groups. */
static void
add_scores_of (SurStudy *self, SurTable *table, const char *scale)
{
  g_autoptr (KennisScores) everybody =
      kennis_answers_make_scores (self->answers, scale, KENNIS_GROUP_BY_ALL, self->options->level, NULL);
  g_autoptr (KennisScores) groups =
      kennis_answers_make_scores (self->answers, scale, self->options->by, self->options->level, NULL);
  g_autoptr (KennisAgreement) agreement = agreement_of (self, scale);
  KennisMeasureStatus status = kennis_survey_gate_get_status (self->gate, scale, NULL);

  if (status == KENNIS_MEASURE_STATUS_OK)
    add_score (self, table, everybody, 0, NULL, scale, NULL);
  else
    {
      g_autofree char *why = sur_withheld_text (self, status);

      sur_withheld_row (self, table, scale, sur_text (self, N_("everybody")), why);
    }
  if (status == KENNIS_MEASURE_STATUS_NO_DATA)
    return;
  for (guint g = 0; g < self->n_groups; g++)
    if (sur_is_shown (self, scale, self->groups[g]))
      add_score (self, table, groups, kennis_scores_find (groups, self->groups[g]), self->groups[g], scale, agreement);
  sur_withheld_groups (self, table, scale);
}

/* Of those that are shown: more people answered than were asked. */
static void
note_over_asked (const SurStudy *self, SurTable *table)
{
  g_autoptr (KennisScores) everybody =
      kennis_answers_make_scores (self->answers, NULL, KENNIS_GROUP_BY_ALL, self->options->level, NULL);
  g_autoptr (KennisScores) groups =
      kennis_answers_make_scores (self->answers, NULL, self->options->by, self->options->level, NULL);
  g_autoptr (GString) names =
      g_string_new (kennis_scores_is_over_asked (everybody, 0) ? sur_text (self, N_("everybody")) : "");
  g_autofree char *text = NULL;

  for (guint g = 0; g < self->n_groups; g++)
    {
      int found = kennis_scores_find (groups, self->groups[g]);
      gboolean is_told = FALSE;

      for (char **scale = self->scales; *scale != NULL && !is_told; scale++)
        is_told = sur_is_shown (self, *scale, self->groups[g]);
      if (is_told && found >= 0 && kennis_scores_is_over_asked (groups, (guint) found))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", self->groups[g]);
    }
  if (names->len == 0)
    return;
  text =
      g_strdup_printf (sur_text (self, N_("More people answered than were said to be asked (%s): there the response "
                                          "is not known, and the interval takes no account of how many were asked.")),
                       names->str);
  sur_table_note (table, text);
  g_printerr ("kennis-survey: %s\n", text);
}

void
sur_add_scores (SurStudy *self)
{
  static const SurColumn columns[] = {
    { "title", N_("scale"), -1 }, { "scale", N_("id"), -1 }, { "group", N_("group"), -1 }, { "n", N_("people"), 0 },
    { "mean", N_("mean (0–100)"), 1 }, { "lower", N_("from"), 1 }, { "upper", N_("to"), 1 }, { "sd", N_("sd"), 1 },
    { "response-rate", N_("response"), 2 }, { "team-mean", N_("may the mean stand for the team?"), -1 } };
  SurTable *table = sur_add_table (self, "scores", N_("Scores"),
                                   N_("The mean of what people answered, on 0 to 100, and between what it would lie "
                                      "if all had answered alike. It says nothing of those who did not answer."),
                                   columns, G_N_ELEMENTS (columns));

  for (char **scale = self->scales; *scale != NULL; scale++)
    add_scores_of (self, table, *scale);
  note_over_asked (self, table);
}

static const char *
aggregation_text (KennisAggregationStatus status)
{
  switch (status)
    {
    case KENNIS_AGGREGATION_STATUS_LESS_THAN_CHANCE:
      return N_("teams differ less than by chance: read an ICC under 0 as 0");
    case KENNIS_AGGREGATION_STATUS_TOO_FEW:
      return N_("fewer than two teams, or none of two people");
    case KENNIS_AGGREGATION_STATUS_NO_VARIANCE:
      return N_("people do not differ at all");
    case KENNIS_AGGREGATION_STATUS_NO_DIFFERENCE:
      return N_("the means of teams do not differ at all");
    case KENNIS_AGGREGATION_STATUS_NO_SPREAD:
      return N_("people of a team do not differ at all");
    case KENNIS_AGGREGATION_STATUS_OK:
    default:
      return "";
    }
}

static void
add_aggregation (const SurStudy *self, SurTable *table, KennisAgreement *agreement, const char *scale)
{
  static const KennisAggregationFigure figures[] = { KENNIS_AGGREGATION_N, KENNIS_AGGREGATION_GROUPS, KENNIS_AGGREGATION_SIZE_MEAN,
                                                     KENNIS_AGGREGATION_SIZE_N0, KENNIS_AGGREGATION_ICC_1, KENNIS_AGGREGATION_ICC_1_N0,
                                                     KENNIS_AGGREGATION_ICC_1_TRUNCATED, KENNIS_AGGREGATION_ICC_2,
                                                     KENNIS_AGGREGATION_ICC_2_TRUNCATED, KENNIS_AGGREGATION_F, KENNIS_AGGREGATION_P };
  const char *status = aggregation_text (kennis_agreement_get_aggregation_status (agreement));

  sur_table_text (table, sur_title (self, scale));
  sur_table_text (table, scale);
  for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
    sur_table_number (table, kennis_agreement_get_aggregation (agreement, figures[f]));
  sur_table_text (table, sur_text (self, status));
}

static void
add_team (const SurStudy *self, SurTable *table, KennisAgreement *agreement, guint team, const char *scale)
{
  static const KennisAgreementFigure figures[] = { KENNIS_AGREEMENT_N, KENNIS_AGREEMENT_RWG, KENNIS_AGREEMENT_RWG_RAW,
                                                   KENNIS_AGREEMENT_RWG_LINDELL, KENNIS_AGREEMENT_AWG, KENNIS_AGREEMENT_AD_MEAN,
                                                   KENNIS_AGREEMENT_AD_MEDIAN, KENNIS_AGREEMENT_CRITICAL };

  sur_table_text (table, sur_title (self, scale));
  sur_table_text (table, scale);
  sur_table_text (table, kennis_agreement_get_label (agreement, team));
  for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
    sur_table_number (table, kennis_agreement_get (agreement, team, figures[f]));
  sur_table_text (table, judge_team (self, agreement, team));
}

/* Of those who answered all items.  That they all agree wholly would tell what each said. */
static void
add_teams (const SurStudy *self, SurTable *table, KennisAgreement *agreement, const char *scale)
{
  g_autofree char *why =
      g_strdup_printf (sur_text (self, N_("withheld: fewer than %u answered all of its items, or all alike")),
                       self->options->minimum_group);

  for (guint g = 0; g < self->n_groups; g++)
    {
      if (!sur_is_shown (self, scale, self->groups[g]))
        continue;
      if (kennis_agreement_get (agreement, g, KENNIS_AGREEMENT_N) >= self->options->minimum_group
          && kennis_agreement_get (agreement, g, KENNIS_AGREEMENT_ITEM_VARIANCE) > 0)
        add_team (self, table, agreement, g, scale);
      else
        sur_withheld_row (self, table, scale, self->groups[g], why);
    }
  sur_withheld_groups (self, table, scale);
}

/* Why there is no agreement: only the uniform null has no bounds on the number of options. */
static const char *
no_agreement_text (const SurStudy *self)
{
  return self->options->null == KENNIS_NULL_UNIFORM
             ? N_("its items have different ranges: see the scales below it")
             : N_("its items have different ranges, or not 5 to 11 options, for which alone this null is known");
}

static const char *
null_text (KennisNull null)
{
  static const char *const texts[] = { N_("every answer alike"), N_("slightly skewed"), N_("moderately skewed"),
                                       N_("heavily skewed"), N_("triangular"), N_("normal") };

  return texts[null];
}

static SurTable *
add_table_of_teams (SurStudy *self)
{
  static const SurColumn columns[] = {
    { "title", N_("scale"), -1 }, { "scale", N_("id"), -1 }, { "team", N_("team"), -1 }, { "n", N_("people"), 0 },
    { "rwg", "rwg(j)", 2 }, { "rwg-raw", N_("not cut"), 2 }, { "rwg-lindell", "r*wg(j)", 2 }, { "awg", "a_wg", 2 },
    { "ad-mean", N_("AD (mean)"), 2 }, { "ad-median", N_("AD (median)"), 2 }, { "critical", N_("by chance"), 2 },
    { "judgement", N_("may the mean stand for the team?"), -1 } };
  SurTable *table =
      sur_add_table (self, "agreement", N_("Agreement in teams"),
                     N_("Whether people of a team see it alike. “By chance” is what 95 in 100 teams of that size do "
                        "not pass when they answer at random: small teams often look agreed."),
                     columns, G_N_ELEMENTS (columns));
  g_autofree char *null = g_strdup_printf (sur_text (self, N_("Answers at random: %s.")),
                                           sur_text (self, null_text (self->options->null)));

  sur_table_note (table, null);

  return table;
}

static SurTable *
add_table_of_all (SurStudy *self)
{
  static const SurColumn columns[] = {
    { "title", N_("scale"), -1 }, { "scale", N_("id"), -1 }, { "n", N_("people"), 0 }, { "teams", N_("teams"), 0 },
    { "team-size", N_("mean size"), 1 }, { "n0", "n0", 1 }, { "icc-1", "ICC(1)", 3 }, { "icc-1-n0", N_("ICC(1) by n0"), 3 },
    { "icc-1-cut", N_("cut at 0"), 3 }, { "icc-2", "ICC(2)", 3 }, { "icc-2-cut", N_("cut at 0"), 3 }, { "f", "F", 2 },
    { "p", "p", 4 }, { "note", N_("note"), -1 } };

  return sur_add_table (
      self, "aggregation", N_("Do teams differ?"),
      N_("ICC(1): how much of the difference between people is between teams, with the mean size of teams, and with "
         "that corrected for unequal sizes (n0), which is also told cut at 0. ICC(2): how far the means of teams can "
         "be told apart. Only the teams that are shown count here: all of them would tell of the others."),
      columns, G_N_ELEMENTS (columns));
}

void
sur_add_agreement (SurStudy *self)
{
  SurTable *table, *whole;

  if (self->options->by != KENNIS_GROUP_BY_TEAM || self->n_groups == 0)
    return;
  table = add_table_of_teams (self);
  whole = add_table_of_all (self);
  for (char **scale = self->scales; *scale != NULL; scale++)
    {
      g_autoptr (KennisAgreement) agreement = agreement_of (self, *scale);

      if (agreement == NULL)
        {
          sur_withheld_row (self, table, *scale, "", sur_text (self, no_agreement_text (self)));
          sur_withheld_row (self, whole, *scale, "", sur_text (self, no_agreement_text (self)));
          continue;
        }
      add_aggregation (self, whole, agreement, *scale);
      add_teams (self, table, agreement, *scale);
    }
}
