#pragma once

#include <kennis/kennis-change.h>

/* Have all who are compared one and the same score in one of the waves (or groups)?  It then tells what each said. */
gboolean kennis_change_is_any_alike (KennisChange *self);
