#pragma once

#include <kennis/kennis-profile.h>

/* A profile: which metrics make the indices of culture, how much they weigh, and what is 0 and 100 points of each. */
typedef enum
{
  KENNIS_CULTURE_UPTAKE,
  KENNIS_CULTURE_EXCHANGE,
  KENNIS_CULTURE_FOUNDATION,       /* a threshold, and no indicators of a profile */
  KENNIS_N_CULTURES
} KennisCulture;

typedef struct
{
  KennisCulture index;
  guint    metric;                 /* in the catalogue */
  double   weight, low, high;      /* low may be above high: then less is better */
  gboolean is_per_year;            /* grows with the length of the period */
} KennisIndicator;

#define KENNIS_PROFILE_MAX_INDICATORS 32

struct _KennisProfile
{
  GObject parent_instance;

  char       *id;
  GHashTable *texts;               /* "title[nl]" → text */
  GArray     *indicators;          /* of KennisIndicator, by index, then as in the catalogue */
  double      thresholds[KENNIS_N_CULTURES];
};

/* "culture.uptake-index" … → index; −1: none. */
int kennis_profile_index_of (const char *metric);
/* The value as points: 0 at low, 100 at high, cut to 1 … 100 (so that no one indicator makes a geometric mean 0). */
double kennis_indicator_points (const KennisIndicator *self, double value);
