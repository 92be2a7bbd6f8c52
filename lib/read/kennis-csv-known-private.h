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

/* The key of a short text are its bytes, and in the sixteenth its length; of a longer one its hash, and length, and where it stands in
 * the table's bytes.  The key of a free slot, which means nothing, is that of the text without any bytes. */
typedef struct
{
  guint64 key[2];
  KennisCsvMeaning meaning;
} KennisCsvKnownSlot;

typedef struct
{
  KennisCsvKnownSlot *slots;
  guint  shift, n;                       /* 2^(64 - shift) slots */
  char  *bytes;
  gsize  n_bytes, room;
} KennisCsvKnown;

void kennis_csv_known_init  (KennisCsvKnown *self);
void kennis_csv_known_clear (KennisCsvKnown *self);
/* A text that is not known yet. */
const KennisCsvMeaning *kennis_csv_known_add (KennisCsvKnown *self, const char *text, gsize length, const KennisCsvMeaning *meaning);
const KennisCsvMeaning *kennis_csv_known_find_long (const KennisCsvKnown *self, const char *text, gsize length);

static inline guint
kennis_csv_known_place (const KennisCsvKnown *self, const guint64 key[2])
{
  guint64 h = (key[0] + key[1] * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);

  return (guint) (h >> self->shift);
}

static inline guint
kennis_csv_known_next (const KennisCsvKnown *self, guint at)
{
  return (at + 1) & (guint) (G_MAXUINT64 >> self->shift);
}

/* Of a short text, behind which 16 bytes may be looked at. */
static inline void
kennis_csv_known_key (const char *text, gsize length, guint64 key[2])
{
  static const guint64 masks[16][2] = {
#define ALL G_MAXUINT64
    { 0, 0 }, { ALL >> 56, 0 }, { ALL >> 48, 0 }, { ALL >> 40, 0 }, { ALL >> 32, 0 }, { ALL >> 24, 0 }, { ALL >> 16, 0 }, { ALL >> 8, 0 },
    { ALL, 0 }, { ALL, ALL >> 56 }, { ALL, ALL >> 48 }, { ALL, ALL >> 40 }, { ALL, ALL >> 32 }, { ALL, ALL >> 24 }, { ALL, ALL >> 16 },
    { ALL, ALL >> 8 },
#undef ALL
  };

  memcpy (key, text, 16);
  key[0] &= masks[length][0];
  key[1] = (key[1] & masks[length][1]) | (guint64) length << 56;
}

static inline gboolean
kennis_csv_known_is_free (const KennisCsvKnownSlot *slot)
{
  return (slot->key[0] | slot->key[1]) == 0;
}

/* What a text means, where it stands in its first place: nearly always.  NULL: it may be elsewhere. */
static inline const KennisCsvMeaning *
kennis_csv_known_first (const KennisCsvKnown *self, const char *text, gsize length)
{
  const KennisCsvKnownSlot *slot;
  guint64 key[2];

  if (G_UNLIKELY (length > KENNIS_CSV_SHORT))
    return NULL;
  kennis_csv_known_key (text, length, key);
  slot = &self->slots[kennis_csv_known_place (self, key)];

  return G_LIKELY (((slot->key[0] ^ key[0]) | (slot->key[1] ^ key[1])) == 0) ? &slot->meaning : NULL;
}

/* What a text means; without any bytes, nothing.  NULL: it is not known. */
static inline const KennisCsvMeaning *
kennis_csv_known_find (const KennisCsvKnown *self, const char *text, gsize length)
{
  guint64 key[2];

  if (G_UNLIKELY (length > KENNIS_CSV_SHORT))
    return kennis_csv_known_find_long (self, text, length);
  kennis_csv_known_key (text, length, key);
  for (guint at = kennis_csv_known_place (self, key);; at = kennis_csv_known_next (self, at))
    {
      const KennisCsvKnownSlot *slot = &self->slots[at];

      if (G_LIKELY (((slot->key[0] ^ key[0]) | (slot->key[1] ^ key[1])) == 0))
        return &slot->meaning;
      if (kennis_csv_known_is_free (slot))
        return NULL;
    }
}
