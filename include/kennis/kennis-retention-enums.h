#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-macros.h>

G_BEGIN_DECLS

/**
 * KennisRemoval:
 * @KENNIS_REMOVAL_RANDOM: anybody, as likely
 * @KENNIS_REMOVAL_DEGREE: who has most ties of those who are left
 * @KENNIS_REMOVAL_BETWEENNESS: who stands on most shortest paths between those who are left
 *
 * Who leaves first, in [method@Retention.robustness].
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_REMOVAL_RANDOM,
  KENNIS_REMOVAL_DEGREE,
  KENNIS_REMOVAL_BETWEENNESS
} KennisRemoval;

G_END_DECLS
