#pragma once

/* Sets for the gate. */

#include <math.h>

#include "kennis-test.h"
#include "metric/kennis-gate-private.h"

/* Sets are written by hand: groups of people, one month unless said, and one value for each. */
static inline KennisMeasureSet *
set_new (const char *attribute, const char *other)
{
  KennisMeasureSet *set = g_new0 (KennisMeasureSet, 1);
  const char *const none[] = { NULL }, *const one[] = { attribute, NULL }, *const two[] = { other, NULL };

  set->populations = g_array_new (FALSE, FALSE, sizeof (KennisPopulation));
  set->raw = g_array_new (FALSE, FALSE, sizeof (KennisRawMeasurement));
  set->groupings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_ptr_array_add (set->groupings, g_strdupv ((char **) none));
  g_ptr_array_add (set->groupings, g_strdupv ((char **) one));
  if (other != NULL)
    g_ptr_array_add (set->groupings, g_strdupv ((char **) two));
  set->minimum_group = 5;
  set->minimum_survey_group = 8;
  return set;
}

/* People first … end − 1, and their sum. */
static inline KennisRawMeasurement *
add (KennisMeasureSet *set, guint grouping, const char *group, gint32 month, gint32 months, guint first, guint end, double sum)
{
  const char *const texts[] = { group, NULL };
  guint32 *people = g_new (guint32, end - first);
  KennisPopulation p = { .grouping = grouping, .group = g_strdupv ((char **) texts), .first_month = month,
                         .end_month = month + months, .n_people = end - first, .people = people };
  KennisRawMeasurement raw = { .population = set->populations->len, .value = sum / (end - first), .lower = 0, .upper = 9,
                               .coverage = 1, .n = end - first, .n_people = end - first, .n_part = G_MAXUINT32,
                               .n_positive = G_MAXUINT32, .dominance = NAN, .is_additive = TRUE, .numerator = sum,
                               .denominator = end - first };

  for (guint i = first; i < end; i++)
    people[i - first] = i;
  g_array_append_val (set->populations, p);
  g_array_append_val (set->raw, raw);
  return &g_array_index (set->raw, KennisRawMeasurement, set->raw->len - 1);
}

static inline void
gate (KennisMeasureSet *set)
{
  const KennisGateTraits plain = { .minimum = 5, .is_sensitive = FALSE, .is_share = FALSE };

  kennis_gate_apply_with (set, &plain, KENNIS_GATE_FLAGS_NONE);
}

static inline gboolean
is_withheld (const KennisMeasureSet *set, guint index)
{
  return g_array_index (set->raw, KennisRawMeasurement, index).status == KENNIS_MEASURE_STATUS_WITHHELD;
}
