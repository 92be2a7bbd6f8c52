#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "value/kennis-value-model-private.h"

#define M (1 << KENNIS_LEVEL_MODEL)
#define P (1 << KENNIS_LEVEL_PROGRAMME)
#define B (1 << KENNIS_LEVEL_BENEFIT)

#define SHARE  "share", 0, 1
#define MONEY  "money", -INFINITY, INFINITY
#define MONTHS "months", 0, INFINITY
#define HOURS  "hours", 0, INFINITY

static const KennisInputInfo inputs[KENNIS_N_INPUTS] = {
  [KENNIS_INPUT_DISCOUNT_RATE] = { "discount-rate", N_("discount rate per year"), "rate", -0.5, 10, M },
  [KENNIS_INPUT_TAX_RATE] = { "tax-rate", N_("tax rate"), SHARE, M },
  [KENNIS_INPUT_PARTICIPANTS] = { "participants", N_("participants"), "people", 0, INFINITY, P },
  [KENNIS_INPUT_LEAVING_RATE] = { "leaving-rate", N_("share of participants that leaves per year"), SHARE, P },
  [KENNIS_INPUT_COST_PER_HEAD] = { "cost-per-head", N_("cost per participant"), MONEY, P },
  [KENNIS_INPUT_FIXED_COST] = { "fixed-cost", N_("fixed cost"), MONEY, P },
  [KENNIS_INPUT_RUNNING_COST] = { "running-cost", N_("running cost per year"), MONEY, P },
  [KENNIS_INPUT_INDIRECT_COST] = { "indirect-cost", N_("indirect cost"), MONEY, P },
  [KENNIS_INPUT_SUBSIDY] = { "subsidy", N_("subsidies"), MONEY, P },
  [KENNIS_INPUT_HOURS_PER_HEAD] = { "hours-per-head", N_("working hours per participant"), HOURS, P },
  [KENNIS_INPUT_WAGE] = { "wage", N_("wage cost per hour"), MONEY, P },
  [KENNIS_INPUT_BILLING_RATE] = { "billing-rate", N_("billing rate per hour"), MONEY, P },
  [KENNIS_INPUT_BILLABLE_SHARE] = { "billable-share", N_("share of hours that is billable"), SHARE, P },
  [KENNIS_INPUT_NOT_CAUGHT_UP] = { "not-caught-up", N_("share of billable hours not caught up"), SHARE, P },
  [KENNIS_INPUT_PAY_RISE] = { "pay-rise", N_("pay rise per participant per year"), MONEY, P },
  [KENNIS_INPUT_START] = { "start", N_("month of the start"), MONTHS, P },
  [KENNIS_INPUT_HAZARD] = { "hazard", N_("hazard per year of fresh knowledge"), "number", 0, INFINITY, P },
  [KENNIS_INPUT_DOUBLING] = { "doubling", N_("months in which the hazard doubles"), MONTHS, P },
  [KENNIS_INPUT_AGE] = { "knowledge-age", N_("age of the knowledge in months"), MONTHS, P },
  [KENNIS_INPUT_LOSS] = { "loss", N_("loss when it goes wrong"), MONEY, P },
  [KENNIS_INPUT_PREVENTED] = { "prevented", N_("part of the loss that is prevented"), SHARE, P },
  [KENNIS_INPUT_OWN_HOURS] = { "own-hours", N_("own hours per participant"), HOURS, P },
  [KENNIS_INPUT_OWN_HOUR_WORTH] = { "own-hour-worth", N_("worth of an own hour"), MONEY, P },
  [KENNIS_INPUT_TIME_SAVED] = { "time-saved", N_("own hours saved per participant per year"), HOURS, P },
  [KENNIS_INPUT_MEANING] = { "meaning", N_("meaning, as rated by participants (0–10)"), "rating", 0, 10, P },
  [KENNIS_INPUT_TRANSFER] = { "transfer", N_("share that is used at work"), SHARE, P | B },
  [KENNIS_INPUT_DELAY] = { "delay", N_("months until it is used"), MONTHS, P | B },
  [KENNIS_INPUT_RAMP_UP] = { "ramp-up", N_("months from first to full use"), MONTHS, P | B },
  [KENNIS_INPUT_HALF_LIFE] = { "half-life", N_("half-life of the skill in months"), MONTHS, P | B },
  [KENNIS_INPUT_END] = { "end", N_("months after the start at which it ends"), MONTHS, P | B },
  [KENNIS_INPUT_AMOUNT] = { "amount", N_("amount per year"), MONEY, B },
  [KENNIS_INPUT_ISOLATION] = { "isolation", N_("share due to the programme"), SHARE, B },
  [KENNIS_INPUT_CONFIDENCE] = { "confidence", N_("confidence in the estimate"), SHARE, B },
  [KENNIS_INPUT_D] = { "d", N_("effect in standard deviations"), "number", -INFINITY, INFINITY, B },
  [KENNIS_INPUT_SDY] = { "sdy", N_("standard deviation of performance per person per year"), MONEY, B },
  [KENNIS_INPUT_VARIABLE_COST] = { "variable-cost", N_("variable cost as a share of the benefit (V, mostly negative)"), "number", -INFINITY, INFINITY, B },
};

const KennisInputInfo *
kennis_input_info (KennisInputKind kind)
{
  return &inputs[kind];
}

int
kennis_input_find (const char  *name,
                   KennisLevel  level)
{
  for (int i = 0; i < KENNIS_N_INPUTS; i++)
    if (inputs[i].levels & (1u << level) && strcmp (inputs[i].name, name) == 0)
      return i;
  return -1;
}
