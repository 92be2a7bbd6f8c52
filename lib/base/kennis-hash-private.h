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

/* The two halves of a product of 64 × 64 bits: what wyhash is made of. */
static inline guint64
kennis_hash_fold (guint64 a, guint64 b)
{
  __extension__ unsigned __int128 product = (unsigned __int128) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
}

/* 16 bytes at a time, well mixed in all bits: for names of which two must not have the same hash, as ids are where only their
 * hashes are kept.  Never 0. */
static inline guint64
kennis_hash_of_name (const char *text, gsize length)
{
  guint64 hash = length * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + G_GUINT64_CONSTANT (0xe7037ed1a0b428db);

  for (gsize i = 0; i < length; i += 16)
    {
      guint64 words[2] = { 0, 0 };

      memcpy (words, text + i, MIN (16, length - i));
      hash = kennis_hash_fold (words[0] ^ G_GUINT64_CONSTANT (0xa0761d6478bd642f), words[1] ^ hash);
    }

  return kennis_hash_fold (hash ^ G_GUINT64_CONSTANT (0x8ebc6af09c88c6e3), G_GUINT64_CONSTANT (0x589965cc75374cc3)) | 1;
}
