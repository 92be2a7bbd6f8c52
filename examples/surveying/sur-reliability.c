#include "config.h"

#include "surveying/sur-study.h"

#include <glib/gi18n.h>
#include <math.h>

#define FACTOR_DRAWS 100 /* of random data, for the number of factors */
#define ALPHA_DRAWS  2000

/* The tables that are made of the reliability of each scale. */
typedef struct
{
  SurTable *scales, *items, *details, *factors;
} Tables;

static const char *
support_text (KennisSupport support)
{
  switch (support)
    {
    case KENNIS_SUPPORT_REVERSED:
      return N_("items look reversed");
    case KENNIS_SUPPORT_LOW:
      return N_("too low");
    case KENNIS_SUPPORT_UNSURE:
      return N_("not sure");
    case KENNIS_SUPPORT_GOOD:
      return N_("good");
    case KENNIS_SUPPORT_NO_VARIANCE:
      return N_("answers do not vary");
    case KENNIS_SUPPORT_TOO_FEW:
    default:
      return N_("too few answers");
    }
}

/* NULL: there is nothing to say of omega. */
static const char *
factor_text (KennisFactorStatus status)
{
  switch (status)
    {
    case KENNIS_FACTOR_STATUS_TOO_FEW_ITEMS:
      return N_("no omega: it takes three items");
    case KENNIS_FACTOR_STATUS_NO_VARIANCE:
      return N_("no omega: an item does not vary");
    case KENNIS_FACTOR_STATUS_NOT_IDENTIFIED:
      return N_("no omega: fewer than three items go together");
    case KENNIS_FACTOR_STATUS_HEYWOOD:
      return N_("omega is rather too high: one factor would explain more than all of an item");
    case KENNIS_FACTOR_STATUS_NOT_CONVERGED:
      return N_("omega was still moving");
    case KENNIS_FACTOR_STATUS_FOUND:
    default:
      return NULL;
    }
}

/* What is to be thought of the scale, and of its omega. */
static char *
judgement_of (const SurStudy *self, KennisReliability *reliability)
{
  g_auto (GStrv) reversed = kennis_reliability_list_reversed (reliability);
  g_autofree char *names = g_strjoinv (", ", reversed);
  KennisSupport support = kennis_reliability_judge (reliability, self->options->threshold);
  const char *factor = factor_text (kennis_reliability_get_factor_status (reliability));
  const char *verdict = sur_text (self, support_text (support));
  g_autofree char *named = *names != '\0' ? g_strdup_printf ("%s: %s", verdict, names) : g_strdup (verdict);

  if (factor == NULL || support == KENNIS_SUPPORT_NO_VARIANCE)
    return g_steal_pointer (&named);

  return g_strdup_printf ("%s; %s", named, sur_text (self, factor));
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
add_scale (const SurStudy *self, SurTable *table, KennisReliability *reliability, int factors, const char *scale)
{
  static const KennisReliabilityFigure figures[] = {
    KENNIS_RELIABILITY_N,           KENNIS_RELIABILITY_ALPHA,        KENNIS_RELIABILITY_ALPHA_LOWER,
    KENNIS_RELIABILITY_ALPHA_UPPER, KENNIS_RELIABILITY_STANDARDISED, KENNIS_RELIABILITY_OMEGA,
    KENNIS_RELIABILITY_LAMBDA_2,    KENNIS_RELIABILITY_LAMBDA_6,     KENNIS_RELIABILITY_SPLIT_MEAN
  };
  g_autofree char *judgement = judgement_of (self, reliability);

  sur_table_text (table, sur_title (self, scale));
  sur_table_text (table, scale);
  sur_table_number (table, kennis_reliability_get_n_items (reliability));
  for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
    sur_table_number (table, figure_of (self, reliability, figures[f], scale));
  sur_table_number (table, factors >= 0 ? factors : NAN);
  sur_table_text (table, judgement);
}

static void
add_details (const SurStudy *self, SurTable *table, KennisReliability *reliability, const char *scale)
{
  static const KennisReliabilityFigure figures[] = { KENNIS_RELIABILITY_N,
                                                     KENNIS_RELIABILITY_MEAN_CORRELATION,
                                                     KENNIS_RELIABILITY_STANDARD_ERROR,
                                                     KENNIS_RELIABILITY_SPLIT_LOWEST,
                                                     KENNIS_RELIABILITY_SPLIT_MEAN,
                                                     KENNIS_RELIABILITY_SPLIT_HIGHEST,
                                                     KENNIS_RELIABILITY_ODD_EVEN,
                                                     KENNIS_RELIABILITY_ODD_EVEN_SPEARMAN_BROWN,
                                                     KENNIS_RELIABILITY_FIRST_LAST_SPEARMAN_BROWN,
                                                     KENNIS_RELIABILITY_LAMBDA_6_STANDARDISED,
                                                     KENNIS_RELIABILITY_OMEGA_STANDARDISED };
  const char *factor = factor_text (kennis_reliability_get_factor_status (reliability));

  sur_table_text (table, sur_title (self, scale));
  sur_table_text (table, scale);
  for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
    sur_table_number (table, kennis_reliability_get (reliability, figures[f]));
  sur_table_text (table, factor != NULL ? sur_text (self, factor) : "");
}

static void
add_factors (const SurStudy *self, SurTable *table, KennisReliability *reliability, GBytes *random, int factors,
             const char *scale)
{
  const double *limits = random != NULL ? g_bytes_get_data (random, NULL) : NULL;

  for (guint i = 0; limits != NULL && i < kennis_reliability_get_n_items (reliability); i++)
    {
      sur_table_text (table, sur_title (self, scale));
      sur_table_text (table, scale);
      sur_table_number (table, i + 1);
      sur_table_number (table, kennis_reliability_get_eigenvalue (reliability, i));
      sur_table_number (table, limits[i]);
      sur_table_text (table,
                      sur_text (self, (int) i < factors ? N_("more than by chance") : N_("no more than by chance")));
    }
  if (limits == NULL)
    sur_withheld_row (self, table, scale, "",
                      sur_text (self, N_("not known: an item does not vary, or too few answered")));
}

static void
add_items (const SurStudy *self, SurTable *table, KennisReliability *reliability, const char *scale)
{
  static const KennisItemFigure figures[] = {
    KENNIS_ITEM_N,      KENNIS_ITEM_MEAN, KENNIS_ITEM_SD, KENNIS_ITEM_ITEM_REST, KENNIS_ITEM_ALPHA_IF_DROPPED,
    KENNIS_ITEM_LOADING
  };

  for (guint i = 0; i < kennis_reliability_get_n_items (reliability); i++)
    {
      const char *item = kennis_reliability_get_item_name (reliability, i);
      KennisMeasureStatus status = kennis_survey_gate_get_item_status (self->gate, item);
      g_autofree char *why = sur_withheld_text (self, status);

      sur_table_text (table, item);
      sur_table_text (table, scale);
      sur_table_text (table, kennis_instrument_get_item_text (self->instrument, item, self->options->language));
      for (guint f = 0; f < G_N_ELEMENTS (figures); f++)
        sur_table_number (
            table, status == KENNIS_MEASURE_STATUS_OK ? kennis_reliability_get_item (reliability, i, figures[f]) : NAN);
      sur_table_text (table, status == KENNIS_MEASURE_STATUS_OK ? "" : why);
    }
}

/* Too few answered all items, or there is but one. */
static void
add_nothing (const SurStudy *self, const Tables *tables, const char *scale)
{
  g_auto (GStrv) items = kennis_instrument_list_items (self->instrument, scale);
  KennisMeasureStatus status = kennis_survey_gate_get_status (self->gate, scale, NULL);
  g_autofree char *few = g_strdup_printf (sur_text (self, N_("withheld: fewer than %u answered all of its items")),
                                          self->options->minimum_group);

  const char *why = g_strv_length (items) < 2 ? sur_text (self, N_("one item has nothing to go together with"))
                    : status == KENNIS_MEASURE_STATUS_NO_DATA ? sur_text (self, N_("nobody answered"))
                                                              : few;

  sur_withheld_row (self, tables->scales, scale, "", why);
  sur_withheld_row (self, tables->details, scale, "", why);
  sur_withheld_row (self, tables->factors, scale, "", why);
  for (char **item = items; *item != NULL; item++)
    {
      sur_table_text (tables->items, *item);
      sur_table_text (tables->items, scale);
      sur_table_text (tables->items,
                      kennis_instrument_get_item_text (self->instrument, *item, self->options->language));
      for (guint c = 3; c + 1 < tables->items->n_columns; c++)
        sur_table_number (tables->items, NAN);
      sur_table_text (tables->items, why);
    }
}

static void
add_tables (SurStudy *self, Tables *tables)
{
  static const SurColumn of_scales[] = { { "title", N_("scale"), -1 },    { "scale", N_("id"), -1 },
                                         { "items", N_("items"), 0 },     { "n", N_("people"), 0 },
                                         { "alpha", N_("alpha"), 3 },     { "alpha-lower", N_("from"), 3 },
                                         { "alpha-upper", N_("to"), 3 },  { "standardised", N_("standardised"), 3 },
                                         { "omega", "omega", 3 },          { "lambda-2", "λ2", 3 },
                                         { "lambda-6", "λ6", 3 },          { "split-half", N_("split-half"), 3 },
                                         { "factors", N_("factors"), 0 }, { "judgement", N_("judgement"), -1 } };
  static const SurColumn of_items[] = { { "item", N_("item"), -1 },
                                        { "scale", N_("scale"), -1 },
                                        { "text", N_("text"), -1 },
                                        { "n", N_("answers"), 0 },
                                        { "mean", N_("mean"), 2 },
                                        { "sd", N_("sd"), 2 },
                                        { "item-rest", N_("item-rest r"), 2 },
                                        { "alpha-if-dropped", N_("alpha without"), 3 },
                                        { "loading", N_("loading"), 2 },
                                        { "note", N_("note"), -1 } };
  static const SurColumn of_details[] = { { "title", N_("scale"), -1 },
                                          { "scale", N_("id"), -1 },
                                          { "n", N_("people"), 0 },
                                          { "mean-r", N_("mean r"), 3 },
                                          { "sem", N_("error of the sum"), 2 },
                                          { "split-lowest", N_("lowest λ4"), 3 },
                                          { "split-mean", N_("mean λ4"), 3 },
                                          { "split-highest", N_("highest λ4"), 3 },
                                          { "odd-even", N_("odd-even r"), 3 },
                                          { "odd-even-sb", N_("odd-even"), 3 },
                                          { "first-last-sb", N_("first-last"), 3 },
                                          { "lambda-6-standardised", N_("λ6 of r"), 3 },
                                          { "omega-standardised", N_("omega of r"), 3 },
                                          { "note", N_("note"), -1 } };
  static const SurColumn of_factors[] = { { "title", N_("scale"), -1 },     { "scale", N_("id"), -1 },
                                          { "factor", N_("factor"), 0 },    { "eigenvalue", N_("eigenvalue"), 3 },
                                          { "random", N_("by chance"), 3 }, { "judgement", N_("judgement"), -1 } };

  tables->scales = sur_add_table (self, "reliability", N_("Reliability"),
                                  N_("Whether the items of a scale go together, over people who answered all of them. "
                                     "Several factors mean that it measures more than one thing."),
                                  of_scales, G_N_ELEMENTS (of_scales));
  tables->items = sur_add_table (self, "items", N_("Items"),
                                 N_("Mean and sd in the answers' own units, reversed items turned. An item that goes "
                                    "little with the rest, or without which alpha is higher, is worth a look."),
                                 of_items, G_N_ELEMENTS (of_items));
  tables->details =
      sur_add_table (self, "details", N_("Reliability in detail"),
                     N_("Mean correlation between items; standard error of measurement of the sum of the answers; λ4 "
                        "over splits into halves; halves of odd and even items, and of the first and the last, "
                        "stepped up (Spearman-Brown); λ6 and omega of correlations."),
                     of_details, G_N_ELEMENTS (of_details));
  tables->factors =
      sur_add_table (self, "factors", N_("Number of factors"),
                     N_("Parallel analysis: eigenvalues of the correlations between items, and what 95 in 100 of "
                        "random answers do not pass. Factors count from the first on, as long as they pass it."),
                     of_factors, G_N_ELEMENTS (of_factors));
}

gboolean
sur_add_reliability (SurStudy *self, GError **error)
{
  Tables tables;

  add_tables (self, &tables);
  for (char **scale = self->scales; *scale != NULL; scale++)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (GBytes) random = NULL;
      g_autoptr (KennisReliability) reliability = kennis_reliability_new_for_scale (
          self->answers, *scale, KENNIS_MISSING_LISTWISE, self->options->level, self->options->seed, &problem);
      int factors;

      if (reliability == NULL && !g_error_matches (problem, KENNIS_ERROR, KENNIS_ERROR_NO_DATA)
          && !g_error_matches (problem, KENNIS_ERROR, KENNIS_ERROR_INVALID))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (reliability == NULL
          || kennis_reliability_get (reliability, KENNIS_RELIABILITY_N) < self->options->minimum_group)
        {
          add_nothing (self, &tables, *scale);
          continue;
        }
      factors = kennis_reliability_count_factors (reliability, FACTOR_DRAWS, 0.95, self->options->seed, &random);
      add_scale (self, tables.scales, reliability, factors, *scale);
      add_items (self, tables.items, reliability, *scale);
      add_details (self, tables.details, reliability, *scale);
      add_factors (self, tables.factors, reliability, random, factors, *scale);
    }

  return TRUE;
}
