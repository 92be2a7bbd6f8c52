#pragma once

#include "base/kennis-hash-private.h"

/* What a thread that splits knows of the texts of one column: the meaning of each, found by the text itself where it is short. */

/* Bytes of a text that is its own key, where they can be masked. */
#define KENNIS_CSV_SHORT (G_BYTE_ORDER == G_LITTLE_ENDIAN ? 15u : 0u)

typedef struct
{
  gint64  value;
  gint32  day;                           /* of a time: the local one */
  guint32 bit;                           /* among the kind's of a row: the field is known */
} KennisCsvMeaning;

/* The key of a short text are its bytes, and in the sixteenth one more than its length; of a longer one its hash, and length, and where it
 * stands in the table's bytes.  That of a free slot is 0, and no text's. */
typedef struct
{
  guint64 key[2];
  KennisCsvMeaning meaning;
} KennisCsvKnownSlot;

typedef struct
{
  KennisCsvKnownSlot *slots;             /* two of them in a line of the cache: a text begins with the first of two */
  guint  shift, n;                       /* 2^(64 - shift) such pairs */
  char  *bytes;
  gsize  n_bytes, room;
} KennisCsvKnown;

void kennis_csv_known_init  (KennisCsvKnown *self);
void kennis_csv_known_clear (KennisCsvKnown *self);
/* A text that is not known yet. */
const KennisCsvMeaning *kennis_csv_known_add (KennisCsvKnown *self, const char *text, gsize length, const KennisCsvMeaning *meaning);

/* Which pair is a text's first one. */
static inline guint64
kennis_csv_known_pair (const KennisCsvKnown *self, const guint64 key[2])
{
  guint64 h = (key[0] + key[1] * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);

  return h >> self->shift;
}

/* Of a text so long the bytes of a key that are its own, and what tells its length. */
typedef struct
{
  guint64 masks[2], length, unused;
} KennisCsvKnownLength;

static inline __attribute__ ((always_inline)) const KennisCsvKnownLength *
kennis_csv_known_length (gsize length)
{
  static const KennisCsvKnownLength of_length[16] = {
#define ALL G_MAXUINT64
#define BYTES(n) { { (n) == 0 ? 0 : ALL >> (64 - MIN (n, 8) * 8) % 64, (n) <= 8 ? 0 : ALL >> (128 - (n) * 8) % 64 }, \
                   (guint64) ((n) + 1) << 56, 0 }
    BYTES (0), BYTES (1), BYTES (2), BYTES (3), BYTES (4), BYTES (5), BYTES (6), BYTES (7), BYTES (8), BYTES (9), BYTES (10), BYTES (11),
    BYTES (12), BYTES (13), BYTES (14), BYTES (15),
#undef BYTES
#undef ALL
  };

  return &of_length[length];
}

/* Of a short text, behind which 16 bytes may be looked at. */
static inline __attribute__ ((always_inline)) void
kennis_csv_known_key (const char *text, gsize length, guint64 key[2])
{
  const KennisCsvKnownLength *of_length = kennis_csv_known_length (length);

  memcpy (key, text, 16);
  key[0] &= of_length->masks[0];
  key[1] = (key[1] & of_length->masks[1]) | of_length->length;
}

static inline gboolean
kennis_csv_known_is_free (const KennisCsvKnownSlot *slot)
{
  return slot->key[1] == 0;
}

static inline gboolean
kennis_csv_known_is (const KennisCsvKnownSlot *slot, const guint64 key[2])
{
  return ((slot->key[0] ^ key[0]) | (slot->key[1] ^ key[1])) == 0;
}

/* Where a text is looked for first, and its key; that of a text that is not short is nobody's. */
typedef struct
{
  guint64 key[2], pair;
} KennisCsvKnownPlace;

static inline __attribute__ ((always_inline)) void
kennis_csv_known_place (const KennisCsvKnown *self, const char *text, gsize length, KennisCsvKnownPlace *place)
{
  if (G_UNLIKELY (length > KENNIS_CSV_SHORT))
    {
      *place = (KennisCsvKnownPlace) { { 1, 0 }, 0 };
      return;
    }
  kennis_csv_known_key (text, length, place->key);
  place->pair = kennis_csv_known_pair (self, place->key);
}

static inline void
kennis_csv_known_prefetch (const KennisCsvKnown *self, const KennisCsvKnownPlace *place)
{
  __builtin_prefetch (&self->slots[2 * place->pair]);
}

/* What a text means, where it stands in one of its first two places: nearly always.  Which of them is no matter for a branch, which could
 * not be foretold: what differs is made to tell by its highest bit.  NULL: it may be elsewhere, as it is when the table has grown since. */
static inline __attribute__ ((always_inline)) const KennisCsvMeaning *
kennis_csv_known_at (const KennisCsvKnown *self, const KennisCsvKnownPlace *place)
{
  const KennisCsvKnownSlot *slots = &self->slots[2 * place->pair];
  guint64 first = (slots[0].key[0] ^ place->key[0]) | (slots[0].key[1] ^ place->key[1]),
          second = (slots[1].key[0] ^ place->key[0]) | (slots[1].key[1] ^ place->key[1]);

  first |= -first;
  second |= -second;

  return G_LIKELY ((first & second) >> 63 == 0) ? &slots[first >> 63].meaning : NULL;
}

/* Is a text, as long as the key's, the key's? */
static inline __attribute__ ((always_inline)) gboolean
kennis_csv_known_has_key (const char *text, const guint64 masks[2], const guint64 key[2])
{
  guint64 bytes[2];

  memcpy (bytes, text, sizeof bytes);

  return (((bytes[0] ^ key[0]) & masks[0]) | ((bytes[1] ^ key[1]) & masks[1])) == 0;
}

/* What a text means.  NULL: it is not known. */
const KennisCsvMeaning *kennis_csv_known_find (const KennisCsvKnown *self, const char *text, gsize length);
