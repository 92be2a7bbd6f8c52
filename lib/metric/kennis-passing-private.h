#pragma once

#include "metric/kennis-ground-private.h"

/* Days from a day to the first sharing in which the person gives the topic, or one within it; that day counts as 0.  −1: none.
 * CONTACT and REQUIRED sharings never count.  O(sharings that the person gave). */
gint32 kennis_ground_passed_on_after (const KennisGround *self, guint32 person, guint32 topic, gint32 day);
