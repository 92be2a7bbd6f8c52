#pragma once

#include "network/kennis-network-private.h"

/* Breadth-first search from many people at once, one bit each: after step d, row p holds those of the batch whom p reaches within d
 * steps (giving), or who reach p (receiving).
 *
 * What is found is told for each person and step as how many were new, so that sums over all targets come without a
 * count by source. */
typedef struct
{
  gboolean receiving;
  guint32  max_steps;         /* 0: no limit */
  guint    n_threads;
  /* Wanted: NULL, or n numbers, which are set. */
  guint64 *within;            /* how many others within max_steps */
  double  *harmonic;          /* Σ 1/distance over others */
  /* Ordered pairs by distance, from 1 on; always. */
  GArray  *pairs;             /* of guint64; index: distance */
} KennisSearch;

/* Time O(people / 512 · ties · steps).  Memory: 192 bytes a person for each thread, and 8 for each that is wanted. */
gboolean kennis_search_run (KennisSearch *self, const KennisNetwork *network, GCancellable *cancellable, GError **error);

/* The same for `within` alone, which has to be wanted: by a search from each person where few are near (5 bytes a person for each thread), by
 * rows of all that are within k steps where the steps are few and the people not many (142 bytes), or as above.  No pairs but as above. */
gboolean kennis_search_within  (KennisSearch *self, const KennisNetwork *network, GCancellable *cancellable, GError **error);
gboolean kennis_search_run_few (KennisSearch *self, const KennisNetwork *network, GCancellable *cancellable, GError **error);
