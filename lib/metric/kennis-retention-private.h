#pragma once

#include <kennis/kennis-retention.h>

#include "metric/kennis-ground-types-private.h"
#include "metric/kennis-holds-private.h"

struct _KennisRetention
{
  GObject parent_instance;

  KennisGround  *ground;
  gint32         day;          /* what was recorded before this day */
  double         half_life, threshold;
  guint32        n_people, n_topics;
  guint32       *person;       /* place → person of the ground, ascending */
  guint32       *topic;        /* place → topic of the ground, ascending */
  KennisHolders *holders;      /* of places */
};

/* Pairs of person (place) and topic (of the ground) that hold with these choices; fewer when cancelled. */
void kennis_retention_collect (const KennisRetention *self, double half_life, double threshold, GArray *people,
                               GArray *topics, GCancellable *cancellable);
