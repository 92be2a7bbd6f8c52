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

/* The last bytes, fewer than eight, as a number; nothing behind them is read. */
static inline guint64
kennis_hash_rest (const guint8 *p, gsize length)
{
  if (length >= 4)
    {
      guint32 first, last;

      memcpy (&first, p, 4);
      memcpy (&last, p + length - 4, 4);
      return first | (guint64) last << (8 * (length - 4));
    }
  if (length == 0)
    return 0;
  return p[0] | (guint64) p[length / 2] << (8 * (length / 2)) | (guint64) p[length - 1] << (8 * (length - 1));
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
  return kennis_hash_mix (h ^ kennis_hash_rest (p, length));
}
