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

/* One row of scores; figures of too few people, or of people who all said the same end of the scale, are withheld. */
static void
add_score (const SurStudy *self, SurTable *table, KennisScores *scores, int group, const char *name, const char *scale,
           KennisAgreement *agreement)
{
  double n = kennis_scores_get (scores, group, KENNIS_SCORE_N),
         mean = kennis_scores_get (scores, group, KENNIS_SCORE_MEAN);
  double sd = kennis_scores_get (scores, group, KENNIS_SCORE_SD);
  gboolean withheld = !(n >= self->options->minimum_group) || (sd == 0 && (mean <= 0 || mean >= 100));
  static const KennisScoreFigure figures[] = { KENNIS_SCORE_N, KENNIS_SCORE_MEAN, KENNIS_SCORE_LOWER, KENNIS_SCORE_UPPER, KENNIS_SCORE_SD,
                                               KENNIS_SCORE_RESPONSE_RATE };
  int found = agreement != NULL ? kennis_agreement_find (agreement, name) : -1;

  sur_table_text (table, title_of (self, scale));
  sur_table_text (table, scale);
  sur_table_text (table, name != NULL ? name : _("everybody"));
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    sur_table_number (table, withheld ? NAN : kennis_scores_get (scores, group, figures[i]));
  sur_table_text (table, withheld ? _("withheld: fewer people than are shown, or all at one end")
                         : found >= 0
                             ? verdict_text (kennis_agreement_judge (agreement, found, self->options->threshold))
                             : "");
}

static KennisAgreement *
agreement_of (const SurStudy *self, const char *scale)
{
  return self->options->by != KENNIS_GROUP_BY_TEAM
             ? NULL
             : kennis_agreement_new_for_scale (self->answers, scale, KENNIS_NULL_UNIFORM, DRAWS, self->options->seed,
                                               NULL);
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
    {
      g_autoptr (KennisScores) everybody =
          kennis_answers_make_scores (self->answers, *scale, KENNIS_GROUP_BY_ALL, self->options->level, NULL);
      g_autoptr (KennisScores) groups =
          kennis_answers_make_scores (self->answers, *scale, self->options->by, self->options->level, NULL);
      g_autoptr (KennisAgreement) agreement = agreement_of (self, *scale);

      if (everybody != NULL && kennis_scores_get_n_groups (everybody) > 0)
        add_score (self, table, everybody, 0, NULL, *scale, NULL);
      for (guint g = 0; groups != NULL && self->options->by != KENNIS_GROUP_BY_ALL && g < self->n_groups; g++)
        {
          int found = self->shown[g] ? kennis_scores_find (groups, self->groups[g]) : -1;

          if (found >= 0)
            add_score (self, table, groups, found, self->groups[g], *scale, agreement);
        }
    }
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

      sur_table_text (table, item);
      sur_table_text (table, scale);
      sur_table_text (table, kennis_instrument_get_item_text (self->instrument, item, sur_language (self->instrument)));
      for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
        sur_table_number (table, kennis_reliability_get_item (reliability, i, figures[f]));
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

gboolean
sur_add_reliability (SurStudy *self, GError **error)
{
  static SurColumn columns[14], item_columns[9];
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
                                 { "loading", _("loading"), 2 } };
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
        continue;
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
  sur_table_text (table, verdict_text (kennis_agreement_judge (agreement, team, self->options->threshold)));
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
                       "of teams can be told apart."),
                     whole_columns, G_N_ELEMENTS (whole_columns));
  for (char **scale = self->scales; *scale != NULL; scale++)
    {
      g_autoptr (KennisAgreement) agreement = agreement_of (self, *scale);

      if (agreement == NULL)
        continue;
      add_aggregation (self, whole, agreement, *scale);
      for (guint g = 0; g < self->n_groups; g++)
        {
          int found = self->shown[g] ? kennis_agreement_find (agreement, self->groups[g]) : -1;

          if (found >= 0 && kennis_agreement_get (agreement, found, KENNIS_AGREEMENT_N) >= self->options->minimum_group)
            add_team (self, table, agreement, found, *scale);
        }
    }
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
  static const KennisChangeFigure figures[] = { KENNIS_CHANGE_N_BEFORE, KENNIS_CHANGE_N_AFTER, KENNIS_CHANGE_SHARE_BOTH, KENNIS_CHANGE_BEFORE,
                                                KENNIS_CHANGE_AFTER, KENNIS_CHANGE_DIFFERENCE, KENNIS_CHANGE_LOWER, KENNIS_CHANGE_UPPER,
                                                KENNIS_CHANGE_G };
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
      double people;

      if (change == NULL)
        return FALSE;
      people = pairing == KENNIS_PAIRING_MATCHED ? kennis_change_get (change, KENNIS_CHANGE_N_BOTH)
                                                 : MIN (kennis_change_get (change, KENNIS_CHANGE_N_BEFORE),
                                                        kennis_change_get (change, KENNIS_CHANGE_N_AFTER));
      sur_table_text (table, title_of (self, *scale));
      sur_table_text (table, *scale);
      for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
        sur_table_number (table, people >= self->options->minimum_group ? kennis_change_get (change, figures[f]) : NAN);
      sur_table_text (table, people < self->options->minimum_group ? _("withheld: too few people")
                             : self->options->matched              ? _("the same people")
                                                                   : _("everybody of each wave"));
    }

  return TRUE;
}
