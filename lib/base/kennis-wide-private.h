#pragma once

#include <stdint.h> /* says whether the C library is glibc */

/* Before a function: compiled once more for wider vectors, where the processor has them; without fused operations, so that results
 * are the same everywhere.  Sanitizers cannot have it: what chooses the clone runs before they are there. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) \
    && !defined(__SANITIZE_THREAD__)
#define KENNIS_WIDE   __attribute__ ((target_clones ("avx2", "default")))
#define KENNIS_WIDEST __attribute__ ((target_clones ("avx512f", "avx2", "default")))
#else
#define KENNIS_WIDE
#define KENNIS_WIDEST
#endif
