#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-surveys-private.h"

/* What a learning culture stands on: leadership, trust, autonomy and engagement. */

KENNIS_METRICS (foundation,
  KENNIS_SURVEY_SCALE ("foundation.leadership", "foundation leadership", N_("Leadership"), HIGHER),
  KENNIS_SURVEY_SCALE ("foundation.trust", "foundation trust", N_("Trust"), HIGHER),
  KENNIS_SURVEY_SCALE ("foundation.autonomy", "foundation autonomy", N_("Autonomy"), HIGHER),
  KENNIS_SURVEY_SCALE ("foundation.engagement", "foundation engagement", N_("Engagement"), HIGHER),
  KENNIS_SURVEY_RESPONSE ("foundation.response-rate", "foundation"))
