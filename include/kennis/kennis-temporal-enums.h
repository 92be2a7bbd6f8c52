#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-macros.h>

G_BEGIN_DECLS

/**
 * KennisTimeOrder:
 * @KENNIS_TIME_ORDER_STRICT: who hears something can pass it on at a later time only
 * @KENNIS_TIME_ORDER_NON_DECREASING: who hears something can pass it on at the same time too
 *
 * How the times of a time-respecting path follow one another.
 *
 * Take %KENNIS_TIME_ORDER_NON_DECREASING where times are coarse (days), %KENNIS_TIME_ORDER_STRICT where they are exact, or where too
 * much is worse than too little.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_TIME_ORDER_STRICT,
  KENNIS_TIME_ORDER_NON_DECREASING
} KennisTimeOrder;

/**
 * KennisTimeDirection:
 * @KENNIS_TIME_DIRECTION_FORWARD: whom could this person's knowledge have reached
 * @KENNIS_TIME_DIRECTION_BACKWARD: from whom could this person have learned
 *
 * Which way one looks along time-respecting paths.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_TIME_DIRECTION_FORWARD,
  KENNIS_TIME_DIRECTION_BACKWARD
} KennisTimeDirection;

/**
 * KennisPathKind:
 * @KENNIS_PATH_KIND_FASTEST: the least time between the first step and the last; of those the fewest steps
 * @KENNIS_PATH_KIND_SHORTEST: the fewest steps; of those the least time
 * @KENNIS_PATH_KIND_EARLIEST: the earliest arrival; of those the fewest steps
 *
 * Which time-respecting path is looked for.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_PATH_KIND_FASTEST,
  KENNIS_PATH_KIND_SHORTEST,
  KENNIS_PATH_KIND_EARLIEST
} KennisPathKind;

G_END_DECLS
