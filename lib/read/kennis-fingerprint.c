#include "config.h"

#include "read/kennis-fingerprint-private.h"

#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#define ROUNDS 64

static const guint32 constants[ROUNDS] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static gboolean
has_instructions (void)
{
  unsigned a, b, c, d;

  if (!__get_cpuid (1, &a, &b, &c, &d) || !(c & (1u << 9)) || !(c & (1u << 19)))
    return FALSE; /* SSSE3, SSE4.1 */

  return __get_cpuid_count (7, 0, &a, &b, &c, &d) && (b & (1u << 29));
}

/* The message schedule is made four words at a time, in the order that sha256rnds2 wants. */
__attribute__ ((target ("sha,ssse3,sse4.1")))
static void
digest_blocks (guint32       state[8],
               const guint8 *data,
               gsize         n_blocks)
{
  const __m128i swap = _mm_set_epi64x (0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i t = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) &state[0]), 0xb1);
  __m128i efgh = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) &state[4]), 0x1b);
  __m128i abef = _mm_alignr_epi8 (t, efgh, 8);
  __m128i cdgh = _mm_blend_epi16 (efgh, t, 0xf0);

  for (; n_blocks > 0; n_blocks--, data += 64)
    {
      __m128i w[4], old_abef = abef, old_cdgh = cdgh;

#pragma GCC unroll 4
      for (guint i = 0; i < 4; i++)
        w[i] = _mm_shuffle_epi8 (_mm_loadu_si128 ((const __m128i *) (data + 16 * i)), swap);
#pragma GCC unroll 16
      for (guint i = 0; i < ROUNDS / 4; i++)
        {
          __m128i m = _mm_add_epi32 (w[i % 4], _mm_loadu_si128 ((const __m128i *) &constants[4 * i]));
          __m128i last = w[(i + 3) % 4], before = w[(i + 2) % 4];

          cdgh = _mm_sha256rnds2_epu32 (cdgh, abef, m);
          abef = _mm_sha256rnds2_epu32 (abef, cdgh, _mm_shuffle_epi32 (m, 0x0e));
          t = _mm_add_epi32 (_mm_sha256msg1_epu32 (w[i % 4], w[(i + 1) % 4]), _mm_alignr_epi8 (last, before, 4));
          w[i % 4] = _mm_sha256msg2_epu32 (t, last);
        }
      abef = _mm_add_epi32 (abef, old_abef);
      cdgh = _mm_add_epi32 (cdgh, old_cdgh);
    }
  t = _mm_shuffle_epi32 (abef, 0x1b);
  cdgh = _mm_shuffle_epi32 (cdgh, 0xb1);
  _mm_storeu_si128 ((__m128i *) &state[0], _mm_blend_epi16 (t, cdgh, 0xf0));
  _mm_storeu_si128 ((__m128i *) &state[4], _mm_alignr_epi8 (cdgh, t, 8));
}
#else
static gboolean
has_instructions (void)
{
  return FALSE;
}

static void
digest_blocks (guint32       state[8],
               const guint8 *data,
               gsize         n_blocks)
{
  g_assert_not_reached ();
}
#endif

void
kennis_fingerprint_init (KennisFingerprint *self)
{
  static const guint32 initial[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  };

  memcpy (self->state, initial, sizeof initial);
  self->length = 0;
  self->slow = has_instructions () ? NULL : g_checksum_new (G_CHECKSUM_SHA256);
}

void
kennis_fingerprint_update (KennisFingerprint *self,
                           const guint8      *data,
                           gsize              length)
{
  gsize held = self->length % 64;

  if (self->slow != NULL)
    {
      g_checksum_update (self->slow, data, (gssize) length);
      return;
    }

  self->length += length;
  if (held > 0)
    {
      gsize take = MIN (length, 64 - held);

      memcpy (self->block + held, data, take);
      data += take;
      length -= take;
      if (held + take < 64)
        return;
      digest_blocks (self->state, self->block, 1);
    }
  digest_blocks (self->state, data, length / 64);
  memcpy (self->block, data + length / 64 * 64, length % 64);
}

char *
kennis_fingerprint_finish (KennisFingerprint *self)
{
  static const guint8 padding[64] = { 0x80 };
  guint64 bits = GUINT64_TO_BE (self->length * 8);

  if (self->slow != NULL)
    {
      char *hex = g_strdup (g_checksum_get_string (self->slow));

      kennis_fingerprint_clear (self);
      return hex;
    }

  kennis_fingerprint_update (self, padding, 1 + (119 - self->length % 64) % 64);
  kennis_fingerprint_update (self, (const guint8 *) &bits, sizeof bits);

  char *hex = g_malloc (65);
  for (guint i = 0; i < 8; i++)
    g_snprintf (hex + 8 * i, 9, "%08x", self->state[i]);

  return hex;
}

void
kennis_fingerprint_clear (KennisFingerprint *self)
{
  g_clear_pointer (&self->slow, g_checksum_free);
}
