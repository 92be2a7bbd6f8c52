#include "config.h"

#include "surveying/sur-study.h"

#include <glib/gi18n.h>
#include <math.h>

#define DRAWS 2000          /* of random answers */
#define FACTOR_DRAWS 100    /* of random data, for the number of factors */
#define ALPHA_DRAWS 2000

static SurTable *
add_table (SurStudy *self, const char *id, const char *title, const char *note, const SurColumn *columns, guint n_columns)
{
  SurTable *table = sur_table_new (id, title, note, columns, n_columns);

  g_ptr_array_add (self->tables, table);

  return table;
}

static const char *
title_of (const SurStudy *self, const char *scale)
{
  return kennis_instrument_get_scale_title (self->instrument, scale, sur_language (self->instrument));
}

static const char *
verdict_text (KennisAgreementVerdict verdict)
{
  switch (verdict)
    {
    case KENNIS_AGREEMENT_VERDICT_CHANCE:
      return _("no more than by chance");
    case KENNIS_AGREEMENT_VERDICT_WEAK:
      return _("weak");
    case KENNIS_AGREEMENT_VERDICT_SUPPORTED:
      return _("supported");
    case KENNIS_AGREEMENT_VERDICT_UNKNOWN:
    default:
      return _("not known");
    }
}

/* Those who answered all items may be fewer than those with a score. */
static const char *
judge_team (const SurStudy *self, KennisAgreement *agreement, guint team)
{
  return kennis_agreement_get (agreement, team, KENNIS_AGREEMENT_N) < self->options->minimum_group
             ? _("not known: too few answered every item")
             : verdict_text (kennis_agreement_judge (agreement, team, self->options->threshold));
}

static gboolean
is_shown (const SurStudy *self, const char *scale, const char *group)
{
  return kennis_survey_gate_get_status (self->gate, scale, group) == KENNIS_MEASURE_STATUS_OK;
}

static void
add_score (const SurStudy *self, SurTable *table, KennisScores *scores, int group, const char *name, const char *scale,
           KennisAgreement *agreement)
{
  static const KennisScoreFigure figures[] = { KENNIS_SCORE_N, KENNIS_SCORE_MEAN, KENNIS_SCORE_LOWER, KENNIS_SCORE_UPPER, KENNIS_SCORE_SD,
                                               KENNIS_SCORE_RESPONSE_RATE };
  int found = agreement != NULL ? kennis_agreement_find (agreement, name) : -1;

  sur_table_text (table, title_of (self, scale));
  sur_table_text (table, scale);
  sur_table_text (table, name != NULL ? name : _("everybody"));
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
    if (team[i] < self->n_groups && !is_shown (self, scale, self->groups[team[i]]))
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
                               KENNIS_NULL_UNIFORM, DRAWS, self->options->seed, NULL);
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

      sur_withheld_row (self, table, scale, _("everybody"), why);
    }
  if (status == KENNIS_MEASURE_STATUS_NO_DATA)
    return;
  for (guint g = 0; g < self->n_groups; g++)
    if (is_shown (self, scale, self->groups[g]))
      add_score (self, table, groups, kennis_scores_find (groups, self->groups[g]), self->groups[g], scale, agreement);
  sur_withheld_groups (self, table, scale);
}

void
sur_add_scores (SurStudy *self)
{
  static SurColumn columns[10];
  const SurColumn all[] = { { "title", _("scale"), -1 },
                            { "scale", _("id"), -1 },
                            { "group", _("group"), -1 },
                            { "n", _("people"), 0 },
                            { "mean", _("mean (0–100)"), 1 },
                            { "lower", _("from"), 1 },
                            { "upper", _("to"), 1 },
                            { "sd", _("sd"), 1 },
                            { "response-rate", _("response"), 2 },
                            { "team-mean", _("may the mean stand for the team?"), -1 } };
  SurTable *table;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    columns[i] = all[i];
  table = add_table (self, "scores", _("Scores"),
                     _("The mean of what people answered, on 0 to 100, and between what it would lie if all had "
                       "answered alike. It says "
                       "nothing of those who did not answer."),
                     columns, G_N_ELEMENTS (columns));
  for (char **scale = self->scales; *scale != NULL; scale++)
    add_scores_of (self, table, *scale);
}

static const char *
support_text (KennisSupport support)
{
  switch (support)
    {
    case KENNIS_SUPPORT_REVERSED:
      return _("items look reversed");
    case KENNIS_SUPPORT_LOW:
      return _("too low");
    case KENNIS_SUPPORT_UNSURE:
      return _("not sure");
    case KENNIS_SUPPORT_GOOD:
      return _("good");
    case KENNIS_SUPPORT_TOO_FEW:
    default:
      return _("too few answers");
    }
}

static void
add_items (const SurStudy *self, SurTable *table, KennisReliability *reliability, const char *scale)
{
  static const KennisItemFigure figures[] = { KENNIS_ITEM_N, KENNIS_ITEM_MEAN, KENNIS_ITEM_SD, KENNIS_ITEM_ITEM_REST,
                                              KENNIS_ITEM_ALPHA_IF_DROPPED, KENNIS_ITEM_LOADING };

  for (guint i = 0; i < kennis_reliability_get_n_items (reliability); i++)
    {
      const char *item = kennis_reliability_get_item_name (reliability, i);
      KennisMeasureStatus status = kennis_survey_gate_get_item_status (self->gate, item);
      g_autofree char *why = sur_withheld_text (self, status);

      sur_table_text (table, item);
      sur_table_text (table, scale);
      sur_table_text (table, kennis_instrument_get_item_text (self->instrument, item, sur_language (self->instrument)));
      for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
        sur_table_number (table, status == KENNIS_MEASURE_STATUS_OK
                                     ? kennis_reliability_get_item (reliability, i, figures[f])
                                     : NAN);
      sur_table_text (table, status == KENNIS_MEASURE_STATUS_OK ? "" : why);
    }
}

/* The limits of alpha are Feldt's, or those of resampled teams. */
static double
figure_of (const SurStudy *self, KennisReliability *reliability, KennisReliabilityFigure figure, const char *scale)
{
  double lower, upper;

  if (!self->options->alpha_by_team
      || (figure != KENNIS_RELIABILITY_ALPHA_LOWER && figure != KENNIS_RELIABILITY_ALPHA_UPPER))
    return kennis_reliability_get (reliability, figure);
  if (!kennis_answers_bootstrap_alpha (self->answers, scale, KENNIS_GROUP_BY_TEAM, ALPHA_DRAWS, self->options->level,
                                       self->options->seed, &lower, &upper, NULL))
    return NAN;

  return figure == KENNIS_RELIABILITY_ALPHA_LOWER ? lower : upper;
}

static void
add_reliability (const SurStudy *self, SurTable *table, KennisReliability *reliability, const char *scale)
{
  static const KennisReliabilityFigure figures[] = { KENNIS_RELIABILITY_N, KENNIS_RELIABILITY_ALPHA, KENNIS_RELIABILITY_ALPHA_LOWER,
                                                     KENNIS_RELIABILITY_ALPHA_UPPER, KENNIS_RELIABILITY_STANDARDISED,
                                                     KENNIS_RELIABILITY_OMEGA, KENNIS_RELIABILITY_LAMBDA_2, KENNIS_RELIABILITY_LAMBDA_6,
                                                     KENNIS_RELIABILITY_SPLIT_MEAN };
  g_auto (GStrv) reversed = kennis_reliability_list_reversed (reliability);
  g_autofree char *names = g_strjoinv (", ", reversed);
  KennisSupport support = kennis_reliability_judge (reliability, self->options->threshold);
  int factors = kennis_reliability_count_factors (reliability, FACTOR_DRAWS, 0.95, self->options->seed, NULL);
  g_autofree char *verdict =
      *names != '\0' ? g_strdup_printf ("%s: %s", support_text (support), names) : g_strdup (support_text (support));

  sur_table_text (table, title_of (self, scale));
  sur_table_text (table, scale);
  sur_table_number (table, kennis_reliability_get_n_items (reliability));
  for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
    sur_table_number (table, figure_of (self, reliability, figures[f], scale));
  sur_table_number (table, factors >= 0 ? factors : NAN);
  sur_table_text (table, verdict);
}

/* Too few answered all items, or there is but one. */
static void
add_no_reliability (const SurStudy *self, SurTable *table, SurTable *of_items, const char *scale)
{
  g_auto (GStrv) items = kennis_instrument_list_items (self->instrument, scale);
  KennisMeasureStatus status = kennis_survey_gate_get_status (self->gate, scale, NULL);
  g_autofree char *few =
      g_strdup_printf (_("withheld: fewer than %u answered all of its items"), self->options->minimum_group);

  const char *why = g_strv_length (items) < 2                 ? _("one item has nothing to go together with")
                    : status == KENNIS_MEASURE_STATUS_NO_DATA ? _("nobody answered")
                                                              : few;

  sur_withheld_row (self, table, scale, "", why);
  for (char **item = items; *item != NULL; item++)
    {
      sur_table_text (of_items, *item);
      sur_table_text (of_items, scale);
      sur_table_text (of_items,
                      kennis_instrument_get_item_text (self->instrument, *item, sur_language (self->instrument)));
      for (guint c = 3; c + 1 < of_items->n_columns; c++)
        sur_table_number (of_items, NAN);
      sur_table_text (of_items, why);
    }
}

gboolean
sur_add_reliability (SurStudy *self, GError **error)
{
  static SurColumn columns[14], item_columns[10];
  const SurColumn all[] = { { "title", _("scale"), -1 },    { "scale", _("id"), -1 },
                            { "items", _("items"), 0 },     { "n", _("people"), 0 },
                            { "alpha", "alpha", 3 },         { "alpha-lower", _("from"), 3 },
                            { "alpha-upper", _("to"), 3 },  { "standardised", _("standardised"), 3 },
                            { "omega", "omega", 3 },         { "lambda-2", "λ2", 3 },
                            { "lambda-6", "λ6", 3 },         { "split-half", _("split-half"), 3 },
                            { "factors", _("factors"), 0 }, { "judgement", _("judgement"), -1 } };
  const SurColumn of_items[] = { { "item", _("item"), -1 },
                                 { "scale", _("scale"), -1 },
                                 { "text", _("text"), -1 },
                                 { "n", _("answers"), 0 },
                                 { "mean", _("mean"), 2 },
                                 { "sd", _("sd"), 2 },
                                 { "item-rest", _("item-rest r"), 2 },
                                 { "alpha-if-dropped", _("alpha without"), 3 },
                                 { "loading", _("loading"), 2 },
                                 { "note", _("note"), -1 } };
  SurTable *table, *items;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    columns[i] = all[i];
  for (guint i = 0; i < G_N_ELEMENTS (of_items); i++)
    item_columns[i] = of_items[i];
  table = add_table (self, "reliability", _("Reliability"),
                     _("Whether the items of a scale go together, over people who answered all of them. Several "
                       "factors mean that it measures "
                       "more than one thing."),
                     columns, G_N_ELEMENTS (columns));
  items = add_table (self, "items", _("Items"),
                     _("Mean and sd in the answers' own units, reversed items turned. An item that goes little with "
                       "the rest, or without which "
                       "alpha is higher, is worth a look."),
                     item_columns, G_N_ELEMENTS (item_columns));
  for (char **scale = self->scales; *scale != NULL; scale++)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (KennisReliability) reliability = kennis_reliability_new_for_scale (
          self->answers, *scale, KENNIS_MISSING_LISTWISE, self->options->level, self->options->seed, &problem);

      if (reliability == NULL && !g_error_matches (problem, KENNIS_ERROR, KENNIS_ERROR_NO_DATA)
          && !g_error_matches (problem, KENNIS_ERROR, KENNIS_ERROR_INVALID))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (reliability == NULL
          || kennis_reliability_get (reliability, KENNIS_RELIABILITY_N) < self->options->minimum_group)
        {
          add_no_reliability (self, table, items, *scale);
          continue;
        }
      add_reliability (self, table, reliability, *scale);
      add_items (self, items, reliability, *scale);
    }

  return TRUE;
}

static void
add_aggregation (const SurStudy *self, SurTable *table, KennisAgreement *agreement, const char *scale)
{
  static const KennisAggregationFigure figures[] = { KENNIS_AGGREGATION_N, KENNIS_AGGREGATION_GROUPS, KENNIS_AGGREGATION_SIZE_MEAN,
                                                     KENNIS_AGGREGATION_ICC_1, KENNIS_AGGREGATION_ICC_2, KENNIS_AGGREGATION_F,
                                                     KENNIS_AGGREGATION_P };

  sur_table_text (table, title_of (self, scale));
  sur_table_text (table, scale);
  for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
    sur_table_number (table, kennis_agreement_get_aggregation (agreement, figures[f]));
}

static void
add_team (const SurStudy *self, SurTable *table, KennisAgreement *agreement, guint team, const char *scale)
{
  static const KennisAgreementFigure figures[] = { KENNIS_AGREEMENT_N, KENNIS_AGREEMENT_RWG, KENNIS_AGREEMENT_RWG_LINDELL,
                                                   KENNIS_AGREEMENT_AWG, KENNIS_AGREEMENT_AD_MEAN, KENNIS_AGREEMENT_CRITICAL };

  sur_table_text (table, title_of (self, scale));
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
  g_autofree char *why = g_strdup_printf (_("withheld: fewer than %u answered all of its items, or all alike"),
                                          self->options->minimum_group);

  for (guint g = 0; g < self->n_groups; g++)
    {
      if (!is_shown (self, scale, self->groups[g]))
        continue;
      if (kennis_agreement_get (agreement, g, KENNIS_AGREEMENT_N) >= self->options->minimum_group
          && kennis_agreement_get (agreement, g, KENNIS_AGREEMENT_ITEM_VARIANCE) > 0)
        add_team (self, table, agreement, g, scale);
      else
        sur_withheld_row (self, table, scale, self->groups[g], why);
    }
  sur_withheld_groups (self, table, scale);
}

void
sur_add_agreement (SurStudy *self)
{
  static SurColumn columns[10], whole_columns[9];
  const SurColumn all[] = { { "title", _("scale"), -1 },
                            { "scale", _("id"), -1 },
                            { "team", _("team"), -1 },
                            { "n", _("people"), 0 },
                            { "rwg", "rwg(j)", 2 },
                            { "rwg-lindell", "r*wg(j)", 2 },
                            { "awg", "a_wg", 2 },
                            { "ad-mean", "AD", 2 },
                            { "critical", _("by chance"), 2 },
                            { "judgement", _("may the mean stand for the team?"), -1 } };
  const SurColumn of_all[] = { { "title", _("scale"), -1 },
                               { "scale", _("id"), -1 },
                               { "n", _("people"), 0 },
                               { "teams", _("teams"), 0 },
                               { "team-size", _("mean size"), 1 },
                               { "icc-1", "ICC(1)", 3 },
                               { "icc-2", "ICC(2)", 3 },
                               { "f", "F", 2 },
                               { "p", "p", 4 } };
  SurTable *table, *whole;

  if (self->options->by != KENNIS_GROUP_BY_TEAM || self->n_groups == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    columns[i] = all[i];
  for (guint i = 0; i < G_N_ELEMENTS (of_all); i++)
    whole_columns[i] = of_all[i];
  table =
      add_table (self, "agreement", _("Agreement in teams"),
                 _("Whether people of a team see it alike. “By chance” is what 95 in 100 teams of that size do not "
                   "pass when they answer at random: "
                   "small teams often look agreed."),
                 columns, G_N_ELEMENTS (columns));
  whole = add_table (self, "aggregation", _("Do teams differ?"),
                     _("ICC(1): how much of the difference between people is between teams. ICC(2): how far the means "
                       "of teams can be told apart. Only the teams that are shown count here: all of them would tell of the others."),
                     whole_columns, G_N_ELEMENTS (whole_columns));
  for (char **scale = self->scales; *scale != NULL; scale++)
    {
      g_autoptr (KennisAgreement) agreement = agreement_of (self, *scale);

      if (agreement == NULL)
        {
          sur_withheld_row (self, table, *scale, "", _("its items have different ranges: see the scales below it"));
          continue;
        }
      add_aggregation (self, whole, agreement, *scale);
      add_teams (self, table, agreement, *scale);
    }
}

static const char *
pairing_text (const SurStudy *self, gboolean are_means_shown)
{
  return !self->options->matched ? _("everybody of each wave")
         : are_means_shown       ? _("the same people")
                                 : _("the same people; their means are withheld, as they would tell of the others");
}

static void
add_change (const SurStudy *self, SurTable *table, KennisChange *change, const char *scale)
{
  static const KennisChangeFigure figures[] = { KENNIS_CHANGE_N_BEFORE, KENNIS_CHANGE_N_AFTER, KENNIS_CHANGE_SHARE_BOTH, KENNIS_CHANGE_BEFORE,
                                                KENNIS_CHANGE_AFTER, KENNIS_CHANGE_DIFFERENCE, KENNIS_CHANGE_LOWER, KENNIS_CHANGE_UPPER,
                                                KENNIS_CHANGE_G };
  KennisMeasureStatus status =
      kennis_survey_gate_judge_change (self->gate, scale, change, KENNIS_CHANGE_DIFFERENCE);
  gboolean are_means_shown =
      kennis_survey_gate_judge_change (self->gate, scale, change, KENNIS_CHANGE_AFTER) == KENNIS_MEASURE_STATUS_OK;
  g_autofree char *why = sur_withheld_text (self, status);

  if (status != KENNIS_MEASURE_STATUS_OK)
    {
      sur_withheld_row (self, table, scale, "",
                        status == KENNIS_MEASURE_STATUS_NO_DATA ? _("nobody answered both waves") : why);
      return;
    }
  sur_table_text (table, title_of (self, scale));
  sur_table_text (table, scale);
  for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
    sur_table_number (table, kennis_survey_gate_judge_change (self->gate, scale, change, figures[f])
                                     == KENNIS_MEASURE_STATUS_OK
                                 ? kennis_change_get (change, figures[f])
                                 : NAN);
  sur_table_text (table, pairing_text (self, are_means_shown));
}

gboolean
sur_add_change (SurStudy *self, GError **error)
{
  static SurColumn columns[12];
  const SurColumn all[] = { { "title", _("scale"), -1 },
                            { "scale", _("id"), -1 },
                            { "n-before", _("people before"), 0 },
                            { "n-after", _("people after"), 0 },
                            { "share-both", _("answered both"), 2 },
                            { "before", _("before"), 1 },
                            { "after", _("after"), 1 },
                            { "difference", _("difference"), 1 },
                            { "lower", _("from"), 1 },
                            { "upper", _("to"), 1 },
                            { "g", "Hedges' g", 2 },
                            { "pairing", _("compared"), -1 } };
  KennisPairing pairing = self->options->matched ? KENNIS_PAIRING_MATCHED : KENNIS_PAIRING_INDEPENDENT;
  SurTable *table;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    columns[i] = all[i];
  table = add_table (
      self, "change", _("What changed"),
      _("The later wave minus the earlier one. Where few answered both, others answered rather than people changed."),
      columns, G_N_ELEMENTS (columns));
  for (char **scale = self->scales; *scale != NULL; scale++)
    {
      g_autoptr (KennisChange) change =
          kennis_change_new_for_scale (self->before, self->answers, *scale, NULL, pairing, self->options->level, error);

      if (change == NULL)
        return FALSE;
      add_change (self, table, change, *scale);
    }

  return TRUE;
}
