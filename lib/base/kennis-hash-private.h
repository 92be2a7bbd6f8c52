#pragma once

#include <glib.h>
#include <string.h>

/* A fast 64-bit hash of bytes, for tables in memory (its values are never stored). */
static inline guint64
kennis_hash_mix (guint64 x)
{
  x ^= x >> 32;
  x *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  x ^= x >> 32;
  x *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  x ^= x >> 32;
  return x;
}

static inline guint64
kennis_hash_bytes (const void *data, gsize length)
{
  const guint8 *p = data;
  guint64 h = G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ (length * G_GUINT64_CONSTANT (0xff51afd7ed558ccd));
  guint64 w;

  for (; length >= 8; p += 8, length -= 8)
    {
      memcpy (&w, p, 8);
      h = (h ^ w) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
      h ^= h >> 29;
    }
  w = 0;
  memcpy (&w, p, length);
  return kennis_hash_mix (h ^ w);
}
