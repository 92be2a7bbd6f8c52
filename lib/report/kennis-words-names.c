#include "config.h"

#include "report/kennis-words-private.h"

#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"

#define say(model, text) kennis_text ((model)->language, (text))

typedef struct
{
  const char *code;
  const char *words;
} Name;

static const Name statuses[] = {
  [KENNIS_MEASURE_STATUS_OK] = { "ok", N_("measured") },
  [KENNIS_MEASURE_STATUS_WITHHELD] = { "withheld", N_("withheld to protect people") },
  [KENNIS_MEASURE_STATUS_NO_DATA] = { "no-data", N_("not recorded") },
  [KENNIS_MEASURE_STATUS_LOW_COVERAGE] = { "low-coverage", N_("too few people are covered") },
  [KENNIS_MEASURE_STATUS_PARTIAL] = { "partial", N_("the period is not over") },
  [KENNIS_MEASURE_STATUS_TOO_FEW] = { "too-few", N_("too few observations") },
  [KENNIS_MEASURE_STATUS_NOT_REACHED] = { "not-reached", N_("not reached within the time observed") },
  [KENNIS_MEASURE_STATUS_UNDETERMINED] = { "undetermined", N_("the records do not decide it") }
};

static const char *const units[] = {
  [KENNIS_UNIT_NUMBER] = "number",
  [KENNIS_UNIT_SHARE] = "share",
  [KENNIS_UNIT_HOURS] = "hours",
  [KENNIS_UNIT_DAYS] = "days",
  [KENNIS_UNIT_MONEY] = "money",
  [KENNIS_UNIT_COUNT] = "count",
  [KENNIS_UNIT_SCORE] = "score",
  [KENNIS_UNIT_CATEGORY] = "category"
};

static const Name families[] = {
  { "uptake", N_("Uptake: how much people learn, and who") },
  { "embedding", N_("Embedding: learning inside the work") },
  { "transfer", N_("Transfer: what was learned is used") },
  { "exchange", N_("Exchange: people learn from each other") },
  { "retention", N_("Retention: knowledge stays when people leave") },
  { "chain", N_("Chain: from need to use, topic by topic") },
  { "foundation", N_("Foundation: leadership, trust, autonomy, engagement") },
  { "carrier", N_("Carriers of a learning culture: what people say, and what was recorded") },
  { "gap", N_("Gap: what people say against what was recorded") },
  { "feature", N_("Features of a learning culture, as people see them") },
  { "motivation", N_("Motivation: why people learn") },
  { "mindset", N_("Mindset: what people believe they can learn") },
  { "condition", N_("Conditions for learning, as people see them") },
  { "survey", N_("Questionnaires, and how far to trust them") },
  { "culture", N_("Culture: the picture as a whole") },
  { "association", N_("Association: what goes together") }
};

static const Name attributes[] = {
  { "team", N_("Team") },         { "role", N_("Role") },   { "discipline", N_("Discipline") },
  { "department", N_("Department") }, { "leader", N_("Leads people") }, { "gender", N_("Gender") }, { "category", N_("Category") },
  { "level", N_("Level") },       { "legal-entity", N_("Legal entity") }
};

static const Name *
find (const Name *names, gsize n, const char *code)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (names[i].code, code) == 0)
      return &names[i];

  return NULL;
}

const char *
kennis_words_status (const KennisReportModel *model, KennisMeasureStatus status)
{
  g_return_val_if_fail ((gsize) status < G_N_ELEMENTS (statuses), "");

  return say (model, statuses[status].words);
}

const char *
kennis_words_status_code (KennisMeasureStatus status)
{
  g_return_val_if_fail ((gsize) status < G_N_ELEMENTS (statuses), "");

  return statuses[status].code;
}

const char *
kennis_words_unit_code (KennisUnit unit)
{
  g_return_val_if_fail ((gsize) unit < G_N_ELEMENTS (units), "");

  return units[unit];
}

const char *
kennis_words_direction (const KennisReportModel *model, KennisDirection direction)
{
  switch (direction)
    {
    case KENNIS_DIRECTION_HIGHER:
      return say (model, N_("Higher speaks for a learning culture."));
    case KENNIS_DIRECTION_LOWER:
      return say (model, N_("Lower speaks for a learning culture."));
    case KENNIS_DIRECTION_NEUTRAL:
    default:
      return say (model, N_("Neither high nor low is good in itself."));
    }
}

const char *
kennis_words_family (const KennisReportModel *model, const char *family)
{
  const Name *name = find (families, G_N_ELEMENTS (families), family);

  return name != NULL ? say (model, name->words) : family;
}

const char *
kennis_words_attribute (const KennisReportModel *model, const char *attribute)
{
  const Name *name = find (attributes, G_N_ELEMENTS (attributes), attribute);

  return name != NULL ? say (model, name->words) : attribute;
}
