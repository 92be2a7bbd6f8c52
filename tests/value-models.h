#pragma once

#include "kennis-test.h"

/* Makes a model of one programme "p" with one benefit "b" from lines "path=value". */
static inline void
value_set (KennisValueModel *model, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (!kennis_value_model_set_input_text (model, path, text, KENNIS_EVIDENCE_ASSUMED, NULL, &error))
    assert_text (error->message, "");
}

static inline KennisValueModel *
value_model (guint horizon, KennisCashTiming timing, KennisBenefitMethod method, const char * const *inputs)
{
  KennisValueModel *model = kennis_value_model_new ("EUR", horizon);

  kennis_value_model_set_timing (model, timing);
  kennis_value_model_add_programme (model, "p", "Programme", NULL);
  if (method <= KENNIS_BENEFIT_METHOD_UTILITY)
    kennis_value_model_add_benefit (model, "p", "b", "Benefit", KENNIS_BENEFIT_KIND_PRODUCTIVITY, method, NULL);
  for (guint i = 0; inputs[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (inputs[i], "=", 2);

      value_set (model, parts[0], parts[1]);
    }
  return model;
}

#define VALUE_MODEL(horizon, timing, method, ...) \
  value_model (horizon, KENNIS_CASH_TIMING_##timing, KENNIS_BENEFIT_METHOD_##method, (const char * const[]) { __VA_ARGS__, NULL })
/* Without benefits. */
#define KENNIS_BENEFIT_METHOD_NONE ((KennisBenefitMethod) 9)

static inline double
value_figure (KennisReturn *result, KennisFigure figure, KennisFigureStatus wanted)
{
  double value;

  CU_ASSERT_EQUAL (kennis_return_get_figure (result, NULL, figure, &value), wanted);
  return value;
}

/* What a model comes to, without drawing. */
static inline KennisReturn *
worked_out (KennisValueModel *model)
{
  g_autoptr (GError) error = NULL;
  KennisReturn *result = kennis_return_new (model, &error);

  if (result == NULL)
    assert_text (error->message, "");
  CU_ASSERT_PTR_NOT_NULL_FATAL (result);
  return result;
}
