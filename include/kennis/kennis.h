#pragma once

#define KENNIS_INSIDE
#include <kennis/kennis-macros.h>
#include <kennis/kennis-version.h>
#include <kennis/kennis-enums.h>
#include <kennis/kennis-enum-types.h>
#include <kennis/kennis-error.h>
#include <kennis/kennis-progress.h>
#undef KENNIS_INSIDE
