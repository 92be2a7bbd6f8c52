#pragma once

#include <glib.h>

/* What a learning culture stands on, the lowest of it, and when that is too low: for foundation.level and for culture.type. */

#define KENNIS_N_FOUNDATIONS 4
#define KENNIS_FOUNDATION_SCALES "foundation.leadership foundation.trust foundation.autonomy foundation.engagement"

/* What is known of one scale; its upper limit is at kennis_foundation_level(). */
typedef struct
{
  double  value, upper;      /* value NaN: it was not measured */
  guint32 n;                 /* people */
} KennisFoundationScale;

/* At which level limits hold for all four scales at once (Bonferroni): each has a quarter of what may go wrong. */
double   kennis_foundation_level      (double level);
/* The place of the lowest scale; n: none was measured. */
guint    kennis_foundation_lowest     (const KennisFoundationScale *scales, guint n);
/* A low mean of a few is no proof: of twice the minimum group, whose interval may be told, the upper limit is under the threshold. */
gboolean kennis_foundation_is_too_low (const KennisFoundationScale *lowest, guint minimum, double threshold);
