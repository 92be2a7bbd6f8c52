#pragma once

/* For files with loops over columns of draws; before other headers.  GCC turns such loops into vectors at this level only; the
 * rest keeps what they come to the same, bit for bit, however wide the vectors are (nothing is fused), and lets choices be blends. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3", "fp-contract=off", "no-trapping-math")
#endif

#include "base/kennis-wide-private.h"
