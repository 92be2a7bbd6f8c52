#pragma once

#include <glib.h>

/* XXH3, 128 bits, of a source's bytes while they stream by: it tells sources apart and proves nothing about who wrote them, so a
 * cryptographic digest, which is some ten times slower, would buy nothing. */
typedef struct
{
  struct XXH3_state_s *state;
} KennisFingerprint;

void  kennis_fingerprint_init   (KennisFingerprint *self);
void  kennis_fingerprint_update (KennisFingerprint *self, const guint8 *data, gsize length);
/* 32 hexadecimal digits, those of `xxhsum -H2`.  Free with g_free(). */
char *kennis_fingerprint_finish (KennisFingerprint *self);
void  kennis_fingerprint_clear  (KennisFingerprint *self);
