#include "config.h"

#include "survey-tables.h"

/* R's psych 2.2.9 and multilevel 2.7 on psychTools::bfi and multilevel::lq2002 (../shared/data/reference/README.md). */
#define REVERSED "A1", "C4", "C5", "E1", "E2", "O2", "O5"

typedef struct
{
  const char *column;
  int         figure;
  KennisMissing missing;
  double      share;
} Column;

/* Columns left out, and why:
 *  splithalf_max_lambda4, splithalf_mean, splithalf_min_beta: psych's splitHalf is wrong for odd numbers of items (a split of 2
 *    and 3 is stepped up as if it were even; TSIG's mean is above its maximum), and all scales here have one;
 *  omega_total_ml_sumloadings, omega_cov_lavaan_cfa: maximum likelihood; Kennis fits by minres;
 *  omega_total_psych_omega_nf1 of A_unreversed: psych turns A1 round unasked.
 * psych's minres stops early (optim's factr 1e7): its two columns differ from the least squares by up to 1.2e-7, and are
 * compared to 2e-7.  That Kennis finds the minimum is tested below, by its equations. */
static const Column reliability_columns[] = {
  { "n_complete", KENNIS_RELIABILITY_N, KENNIS_MISSING_LISTWISE, 0 },
  { "alpha_raw_listwise", KENNIS_RELIABILITY_ALPHA, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "alpha_std_listwise", KENNIS_RELIABILITY_STANDARDISED, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "alpha_raw_pairwise_psych", KENNIS_RELIABILITY_ALPHA, KENNIS_MISSING_PAIRWISE, 1e-9 },
  { "alpha_std_pairwise_psych", KENNIS_RELIABILITY_STANDARDISED, KENNIS_MISSING_PAIRWISE, 1e-9 },
  { "mean_inter_item_r_listwise", KENNIS_RELIABILITY_MEAN_CORRELATION, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "lambda6_smc_psych_listwise", KENNIS_RELIABILITY_LAMBDA_6_STANDARDISED, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "lambda6_own_corr", KENNIS_RELIABILITY_LAMBDA_6_STANDARDISED, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "lambda6_cov", KENNIS_RELIABILITY_LAMBDA_6, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "lambda2_cov", KENNIS_RELIABILITY_LAMBDA_2, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "omega_total_minres_sumloadings", KENNIS_RELIABILITY_OMEGA_STANDARDISED, KENNIS_MISSING_LISTWISE, 2e-7 },
  { "omega_total_minres_observedV", KENNIS_RELIABILITY_OMEGA_RESIDUAL, KENNIS_MISSING_LISTWISE, 2e-7 },
  { "splithalf_r_odd_even", KENNIS_RELIABILITY_ODD_EVEN, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "spearman_brown_odd_even", KENNIS_RELIABILITY_ODD_EVEN_SPEARMAN_BROWN, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "guttman_split_odd_even", KENNIS_RELIABILITY_ODD_EVEN_GUTTMAN, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "r_first_second_half", KENNIS_RELIABILITY_FIRST_LAST, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "spearman_brown_first_second", KENNIS_RELIABILITY_FIRST_LAST_SPEARMAN_BROWN, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "lambda4_all_splits_max_cov", KENNIS_RELIABILITY_SPLIT_HIGHEST, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "lambda4_all_splits_mean_cov", KENNIS_RELIABILITY_SPLIT_MEAN, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "lambda4_all_splits_min_cov", KENNIS_RELIABILITY_SPLIT_LOWEST, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "lambda4_all_splits_max_corr", KENNIS_RELIABILITY_SPLIT_HIGHEST_STANDARDISED, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "lambda4_all_splits_mean_corr", KENNIS_RELIABILITY_SPLIT_MEAN_STANDARDISED, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "lambda4_all_splits_min_corr", KENNIS_RELIABILITY_SPLIT_LOWEST_STANDARDISED, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "scale_mean_of_item_means_listwise", KENNIS_RELIABILITY_MEAN, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "scale_sd_of_person_means_listwise", KENNIS_RELIABILITY_SD, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "sem_raw", KENNIS_RELIABILITY_STANDARD_ERROR, KENNIS_MISSING_LISTWISE, 1e-9 },
};

static const Column item_columns[] = {
  { "n", KENNIS_ITEM_N, KENNIS_MISSING_LISTWISE, 0 },
  { "mean", KENNIS_ITEM_MEAN, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "sd", KENNIS_ITEM_SD, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "mean_listwise", KENNIS_ITEM_MEAN_USED, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "sd_listwise", KENNIS_ITEM_SD_USED, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "r_item_rest_listwise", KENNIS_ITEM_ITEM_REST, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "r_item_total_uncorrected_listwise", KENNIS_ITEM_ITEM_TOTAL, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "r_cor_psych", KENNIS_ITEM_ITEM_CORRECTED, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "r_drop_psych", KENNIS_ITEM_ITEM_REST, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "alpha_if_dropped_listwise", KENNIS_ITEM_ALPHA_IF_DROPPED, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "smc", KENNIS_ITEM_SQUARED_MULTIPLE, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "skew_g1", KENNIS_ITEM_SKEWNESS, KENNIS_MISSING_LISTWISE, 1e-9 },
  { "kurtosis_excess_g2", KENNIS_ITEM_KURTOSIS, KENNIS_MISSING_LISTWISE, 1e-9 },
};

static KennisReliability *
reliability_of (SurveyTable *bfi, SurveyTable *lq, const char *dataset, const char *scale, KennisMissing missing)
{
  static const char *const reversed[] = { REVERSED, NULL }, *const none[] = { NULL };
  g_auto (GStrv) items = survey_scale_items (scale);
  gboolean is_bfi = g_str_equal (dataset, "psychTools::bfi");
  g_autoptr (GBytes) values = survey_table_values (is_bfi ? bfi : lq, (const char *const *) items,
                                                   is_bfi && !g_str_equal (scale, "A_unreversed") ? reversed : none, 7);
  g_autoptr (GError) error = NULL;
  KennisReliability *self = kennis_reliability_new (values, (const char *const *) items, missing, 0.95, 1, &error);

  CU_ASSERT_PTR_NOT_NULL_FATAL (self);
  return self;
}

static void
every_row_of_reliability_comes_out (void)
{
  g_autoptr (SurveyTable) table = survey_table_read ("reference/surveys/reliability.tsv", "\t");
  g_autoptr (SurveyTable) bfi = survey_table_read ("survey/psych_bfi.csv", ",");
  g_autoptr (SurveyTable) lq = survey_table_read ("survey/multilevel_lq2002.csv", ",");

  if (table == NULL || bfi == NULL || lq == NULL)
    return;
  CU_ASSERT_EQUAL (table->rows->len, 10);
  for (guint row = 1; row < table->rows->len; row++)
    {
      const char *dataset = survey_table_text (table, row, "dataset"), *scale = survey_table_text (table, row, "scale");
      g_autoptr (KennisReliability) listwise = reliability_of (bfi, lq, dataset, scale, KENNIS_MISSING_LISTWISE);
      g_autoptr (KennisReliability) pairwise = reliability_of (bfi, lq, dataset, scale, KENNIS_MISSING_PAIRWISE);

      for (guint i = 0; i < G_N_ELEMENTS (reliability_columns); i++)
        {
          const Column *column = &reliability_columns[i];
          g_autofree char *what = g_strdup_printf ("%s %s", scale, column->column);

          survey_agree (
              kennis_reliability_get (column->missing == KENNIS_MISSING_PAIRWISE ? pairwise : listwise, column->figure),
              survey_table_number (table, row, column->column), column->share, what);
        }
    }
}

static void
every_row_of_items_comes_out (void)
{
  g_autoptr (SurveyTable) table = survey_table_read ("reference/surveys/items.tsv", "\t");
  g_autoptr (SurveyTable) bfi = survey_table_read ("survey/psych_bfi.csv", ",");
  g_autoptr (SurveyTable) lq = survey_table_read ("survey/multilevel_lq2002.csv", ",");

  if (table == NULL || bfi == NULL || lq == NULL)
    return;
  CU_ASSERT_EQUAL (table->rows->len, 50);
  for (guint row = 1; row < table->rows->len; row++)
    {
      const char *scale = survey_table_text (table, row, "scale"), *item = survey_table_text (table, row, "item");
      g_autoptr (KennisReliability) self =
          reliability_of (bfi, lq, survey_table_text (table, row, "dataset"), scale, KENNIS_MISSING_LISTWISE);
      guint j = 0;

      while (j < kennis_reliability_get_n_items (self)
             && !g_str_equal (kennis_reliability_get_item_name (self, j), item))
        j++;
      for (guint i = 0; i < G_N_ELEMENTS (item_columns); i++)
        {
          const Column *column = &item_columns[i];
          g_autofree char *what = g_strdup_printf ("%s %s %s", scale, item, column->column);

          survey_agree (kennis_reliability_get_item (self, j, column->figure),
                        survey_table_number (table, row, column->column), column->share, what);
        }
    }
}

/* scipy 1.10: least_squares of what is off the diagonal of numpy's cov and corrcoef, tolerances 1e-15, from the first
 * principal component; omega = (Σλ)²/((Σλ)² + Σψ) of both, and 1 − Σψ/ΣR. */
static void
omega_is_that_of_the_least_squares (void)
{
  static const struct { const char *scale; double covariance, correlation, residual; } known[] = {
    { "A", 0.711048311059604, 0.723983600258788, 0.723724364417182 },
    { "C", 0.732817966367192, 0.733793235709457, 0.73377936518748 },
    { "E", 0.767325474595084, 0.763408322524036, 0.763477882795737 },
    { "N", 0.816938092871033, 0.818292907565065, 0.818450727846786 },
    { "O", 0.612068571825605, 0.618070227394068, 0.617828383816234 },
    { "LEAD", 0.90401731365919, 0.903050688818246, 0.903127539210466 },
    { "TSIG", 0.824868079522454, 0.831147989004532, 0.831147989004532 },
    { "HOSTIL", 0.879886011525264, 0.877968468567179, 0.877989867318034 },
  };
  g_autoptr (SurveyTable) bfi = survey_table_read ("survey/psych_bfi.csv", ",");
  g_autoptr (SurveyTable) lq = survey_table_read ("survey/multilevel_lq2002.csv", ",");

  for (guint i = 0; bfi != NULL && lq != NULL && i < G_N_ELEMENTS (known); i++)
    {
      const char *dataset = strlen (known[i].scale) == 1 ? "psychTools::bfi" : "multilevel::lq2002";
      g_autoptr (KennisReliability) self = reliability_of (bfi, lq, dataset, known[i].scale, KENNIS_MISSING_LISTWISE);

      survey_agree (kennis_reliability_get (self, KENNIS_RELIABILITY_OMEGA), known[i].covariance, 1e-9, known[i].scale);
      survey_agree (kennis_reliability_get (self, KENNIS_RELIABILITY_OMEGA_STANDARDISED), known[i].correlation, 1e-9,
                    known[i].scale);
      survey_agree (kennis_reliability_get (self, KENNIS_RELIABILITY_OMEGA_RESIDUAL), known[i].residual, 1e-9,
                    known[i].scale);
    }
}

/* psych::alpha.ci (0.703755894374836, n.obs = 2709, n.var = 5). */
static void
alpha_s_interval_is_feldt_s (void)
{
  g_autoptr (SurveyTable) bfi = survey_table_read ("survey/psych_bfi.csv", ",");
  g_autoptr (KennisReliability) self = NULL;

  if (bfi == NULL)
    return;
  self = reliability_of (bfi, NULL, "psychTools::bfi", "A", KENNIS_MISSING_LISTWISE);
  assert_within (kennis_reliability_get (self, KENNIS_RELIABILITY_ALPHA_LOWER), 0.685744635050, 1e-11);
  assert_within (kennis_reliability_get (self, KENNIS_RELIABILITY_ALPHA_UPPER), 0.721035962796, 1e-11);
  CU_ASSERT_EQUAL (kennis_reliability_judge (self, 0.7), KENNIS_SUPPORT_UNSURE);
  CU_ASSERT_EQUAL (kennis_reliability_judge (self, 0.6), KENNIS_SUPPORT_GOOD);
  CU_ASSERT_EQUAL (kennis_reliability_judge (self, 0.8), KENNIS_SUPPORT_LOW);
}

static void
items_that_look_reversed_are_named (void)
{
  g_autoptr (SurveyTable) bfi = survey_table_read ("survey/psych_bfi.csv", ",");
  g_autoptr (KennisReliability) self = NULL;
  g_auto (GStrv) names = NULL;

  if (bfi == NULL)
    return;
  self = reliability_of (bfi, NULL, "psychTools::bfi", "A_unreversed", KENNIS_MISSING_LISTWISE);
  names = kennis_reliability_list_reversed (self);
  CU_ASSERT_EQUAL_FATAL (g_strv_length (names), 1);
  assert_text (names[0], "A1");
  CU_ASSERT_EQUAL (kennis_reliability_judge (self, 0.3), KENNIS_SUPPORT_REVERSED);
}

/* The rows of lq2002 in order of COMPID: groups, and their labels as text. */
static GBytes *
companies (SurveyTable *lq, char ***labels)
{
  guint n = lq->rows->len - 1;
  guint32 *groups = g_new (guint32, n);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      const char *name = survey_table_text (lq, i + 1, "COMPID");
      guint g = 0;

      while (g < names->len && !g_str_equal (names->pdata[g], name))
        g++;
      if (g == names->len)
        g_ptr_array_add (names, g_strdup (name));
      groups[i] = g;
    }
  g_ptr_array_add (names, NULL);
  *labels = (char **) g_ptr_array_steal (names, NULL);
  return g_bytes_new_take (groups, n * sizeof *groups);
}

static KennisAgreement *
agreement_of (SurveyTable *lq, const char *const *items, double low, guint n_draws)
{
  static const char *const none[] = { NULL };
  g_auto (GStrv) labels = NULL;
  g_autoptr (GBytes) groups = companies (lq, &labels), values = survey_table_values (lq, items, none, 0);
  g_autoptr (GError) error = NULL;
  KennisAgreement *self =
      kennis_agreement_new (values, g_strv_length ((char **) items), groups, (const char *const *) labels, low, low + 4,
                            KENNIS_NULL_UNIFORM, n_draws, 1, &error);

  CU_ASSERT_PTR_NOT_NULL_FATAL (self);
  return self;
}

/* HOSTIL goes from 0 to 4, the others from 1 to 5; multilevel's awg was given the ranges. */
static void
every_row_of_agreement_comes_out (void)
{
  static const struct { const char *file, *items; double low; gboolean one; } tables[] = {
    { "LEAD_rwgj", "LEAD", 1, FALSE },     { "TSIG_rwgj", "TSIG", 1, FALSE },    { "HOSTIL_rwgj", "HOSTIL", 0, FALSE },
    { "LEAD01_rwg", "LEAD01", 1, TRUE },   { "HOSTIL01_rwg", "HOSTIL01", 0, TRUE },
  };
  static const struct { const char *column; int figure; gboolean one, many; } columns[] = {
    { "n", KENNIS_AGREEMENT_N, TRUE, TRUE },
    { "rwg", KENNIS_AGREEMENT_RWG, TRUE, FALSE },
    { "awg", KENNIS_AGREEMENT_AWG, TRUE, FALSE },
    { "ad_m", KENNIS_AGREEMENT_AD_MEAN, TRUE, FALSE },
    { "rwg_j", KENNIS_AGREEMENT_RWG, FALSE, TRUE },
    { "rwg_j_lindell", KENNIS_AGREEMENT_RWG_LINDELL, FALSE, TRUE },
    { "awg_j", KENNIS_AGREEMENT_AWG, FALSE, TRUE },
    { "ad_m_j", KENNIS_AGREEMENT_AD_MEAN, FALSE, TRUE },
    { "ad_md_j", KENNIS_AGREEMENT_AD_MEDIAN, FALSE, TRUE },
    { "mean_item_var", KENNIS_AGREEMENT_ITEM_VARIANCE, FALSE, TRUE },
  };
  g_autoptr (SurveyTable) lq = survey_table_read ("survey/multilevel_lq2002.csv", ",");

  for (guint t = 0; lq != NULL && t < G_N_ELEMENTS (tables); t++)
    {
      g_autofree char *path = g_strdup_printf ("reference/surveys/agree_lq2002_%s.tsv", tables[t].file);
      g_autoptr (SurveyTable) table = survey_table_read (path, "\t");
      g_auto (GStrv) items =
          tables[t].one ? g_strsplit (tables[t].items, " ", 0) : survey_scale_items (tables[t].items);
      g_autoptr (KennisAgreement) self = agreement_of (lq, (const char *const *) items, tables[t].low, 0);

      CU_ASSERT_EQUAL_FATAL (table->rows->len, 50);
      CU_ASSERT_EQUAL (kennis_agreement_get_n_groups (self), 49);
      for (guint row = 1; row < table->rows->len; row++)
        for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
          {
            const char *group = survey_table_text (table, row, "group");
            g_autofree char *what = g_strdup_printf ("%s %s %s", tables[t].file, group, columns[c].column);

            if (tables[t].one ? columns[c].one : columns[c].many)
              survey_agree (kennis_agreement_get (self, (guint) kennis_agreement_find (self, group), columns[c].figure),
                            survey_table_number (table, row, columns[c].column), 1e-9, what);
          }
    }
}

static void
every_row_of_icc_comes_out (void)
{
  static const struct { const char *column; int figure; } columns[] = {
    { "N", KENNIS_AGGREGATION_N },
    { "groups", KENNIS_AGGREGATION_GROUPS },
    { "min_size", KENNIS_AGGREGATION_SIZE_LEAST },
    { "max_size", KENNIS_AGGREGATION_SIZE_MOST },
    { "mean_size", KENNIS_AGGREGATION_SIZE_MEAN },
    { "n0", KENNIS_AGGREGATION_SIZE_N0 },
    { "MSB", KENNIS_AGGREGATION_MSB },
    { "MSW", KENNIS_AGGREGATION_MSW },
    { "F", KENNIS_AGGREGATION_F },
    { "p", KENNIS_AGGREGATION_P },
    { "ICC1_multilevel_meansize", KENNIS_AGGREGATION_ICC_1 },
    { "ICC2_multilevel", KENNIS_AGGREGATION_ICC_2 },
    { "ICC1_n0", KENNIS_AGGREGATION_ICC_1_N0 },
    { "eta_squared", KENNIS_AGGREGATION_ETA_SQUARED },
  };
  g_autoptr (SurveyTable) table = survey_table_read ("reference/surveys/icc.tsv", "\t");
  g_autoptr (SurveyTable) lq = survey_table_read ("survey/multilevel_lq2002.csv", ",");

  if (table == NULL || lq == NULL)
    return;
  CU_ASSERT_EQUAL (table->rows->len, 15);
  for (guint row = 1; row < table->rows->len; row++)
    {
      const char *variable = survey_table_text (table, row, "variable"), *const items[] = { variable, NULL };
      g_autoptr (KennisAgreement) self = agreement_of (lq, items, g_str_has_prefix (variable, "HOST") ? 0 : 1, 0);

      for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
        {
          double known = survey_table_number (table, row, columns[c].column);
          g_autofree char *what = g_strdup_printf ("%s %s", variable, columns[c].column);

          /* p is as small as 1e-25: compared as a share of itself */
          survey_agree (kennis_agreement_get_aggregation (self, columns[c].figure) / known, 1, 1e-9, what);
        }
    }
}

/* R: eigen (cor (na.omit (bfi[, 1:25]))) passes the 95% quantiles of 500 random ones for five factors: 1.548 > 1.118, 1.074 <
 * 1.102. */
static void
parallel_analysis_finds_the_five_factors_of_bfi (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (SurveyTable) bfi = survey_table_read ("survey/psych_bfi.csv", ",");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KennisReliability) self = NULL;
  g_autoptr (GBytes) values = NULL, random = NULL;
  const double *limits;

  if (bfi == NULL)
    return;
  for (guint i = 0; i < 25; i++)
    g_ptr_array_add (names, g_strdup_printf ("%c%u", "ACENO"[i / 5], i % 5 + 1));
  g_ptr_array_add (names, NULL);
  values = survey_table_values (bfi, (const char *const *) names->pdata, none, 0);
  self = kennis_reliability_new (values, (const char *const *) names->pdata, KENNIS_MISSING_LISTWISE, 0.95, 1, NULL);
  CU_ASSERT_EQUAL (kennis_reliability_count_factors (self, 500, 0.95, 1, &random), 5);
  limits = g_bytes_get_data (random, NULL);
  assert_within (kennis_reliability_get_eigenvalue (self, 0), 5.13431117721, 1e-9);
  assert_within (kennis_reliability_get_eigenvalue (self, 5), 1.07358247250, 1e-9);
  assert_within (limits[0], 1.21396619697, 0.01);
  assert_within (limits[5], 1.10195292082, 0.01);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "every row of reliability comes out", every_row_of_reliability_comes_out },
    { "every row of items comes out", every_row_of_items_comes_out },
    { "omega is that of the least squares", omega_is_that_of_the_least_squares },
    { "alpha's interval is Feldt's", alpha_s_interval_is_feldt_s },
    { "items that look reversed are named", items_that_look_reversed_are_named },
    { "every row of agreement comes out", every_row_of_agreement_comes_out },
    { "every row of ICC comes out", every_row_of_icc_comes_out },
    { "parallel analysis finds the five factors of bfi", parallel_analysis_finds_the_five_factors_of_bfi },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("reference survey", tests);
}
