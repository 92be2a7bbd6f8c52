#include "config.h"

#include "read/kennis-csv-known-private.h"

#include "dataset/kennis-schema-private.h"

#define FIRST_BITS 5u
#define LONG_KEY   (G_GUINT64_CONSTANT (0x80) << 56) /* as the length of no short one; then the place, 40 bits, and the length */
#define PLACE_BITS 16

G_STATIC_ASSERT (sizeof (KennisCsvKnownSlot) == 32);

static KennisCsvKnownSlot *
slots_new (gsize n)
{
  return g_aligned_alloc0 (n, sizeof (KennisCsvKnownSlot), 2 * sizeof (KennisCsvKnownSlot));
}

void
kennis_csv_known_init (KennisCsvKnown *self)
{
  *self = (KennisCsvKnown) { .shift = 64 - FIRST_BITS, .slots = slots_new (2u << FIRST_BITS) };
}

void
kennis_csv_known_clear (KennisCsvKnown *self)
{
  g_aligned_free (self->slots);
  g_free (self->bytes);
}

static gsize
n_slots (const KennisCsvKnown *self)
{
  return ((gsize) (G_MAXUINT64 >> self->shift) + 1) * 2;
}

static gboolean
is_long (const KennisCsvKnownSlot *slot)
{
  return slot->key[1] >> 56 == LONG_KEY >> 56;
}

/* Where a text's slot may be. */
static gsize
first_place (const KennisCsvKnown *self, const guint64 key[2])
{
  return 2 * (gsize) kennis_csv_known_pair (self, key);
}

static KennisCsvKnownSlot *
free_slot (const KennisCsvKnown *self, const guint64 key[2])
{
  gsize at = first_place (self, key);

  while (!kennis_csv_known_is_free (&self->slots[at]))
    at = (at + 1) & (n_slots (self) - 1);

  return &self->slots[at];
}

static void
grow (KennisCsvKnown *self)
{
  KennisCsvKnownSlot *old = self->slots;
  gsize n = n_slots (self);

  self->shift--;
  self->slots = slots_new (n * 2);
  for (gsize i = 0; i < n; i++)
    if (!kennis_csv_known_is_free (&old[i]))
      {
        const guint64 key[2] = { old[i].key[0], is_long (&old[i]) ? 0 : old[i].key[1] };

        *free_slot (self, key) = old[i];
      }
  g_aligned_free (old);
}

static gboolean
is_text (const KennisCsvKnown *self, const KennisCsvKnownSlot *slot, const guint64 key[2], const char *text, gsize length)
{
  if (length <= KENNIS_CSV_SHORT)
    return kennis_csv_known_is (slot, key);

  return slot->key[0] == key[0] && is_long (slot) && (slot->key[1] & KENNIS_MAX_TEXT) == length
         && memcmp (self->bytes + ((slot->key[1] & ~LONG_KEY) >> PLACE_BITS), text, length) == 0;
}

const KennisCsvMeaning *
kennis_csv_known_find (const KennisCsvKnown *self, const char *text, gsize length)
{
  guint64 key[2] = { 0, 0 };

  if (length <= KENNIS_CSV_SHORT)
    kennis_csv_known_key (text, length, key);
  else
    key[0] = kennis_hash_bytes (text, length);
  for (gsize at = first_place (self, key);; at = (at + 1) & (n_slots (self) - 1))
    {
      const KennisCsvKnownSlot *slot = &self->slots[at];

      if (kennis_csv_known_is_free (slot))
        return NULL;
      if (is_text (self, slot, key, text, length))
        return &slot->meaning;
    }
}

/* Three quarters of the slots are free, so that the first one is nearly always the right one. */
const KennisCsvMeaning *
kennis_csv_known_add (KennisCsvKnown *self, const char *text, gsize length, const KennisCsvMeaning *meaning)
{
  guint64 key[2] = { 0, 0 }, place = self->n_bytes;
  KennisCsvKnownSlot *slot;

  if ((gsize) ++self->n * 4 > n_slots (self))
    grow (self);
  if (length <= KENNIS_CSV_SHORT)
    kennis_csv_known_key (text, length, key);
  else
    {
      key[0] = kennis_hash_bytes (text, length);
      self->n_bytes += length;
      if (self->n_bytes > self->room)
        {
          self->room = MAX (1024, self->n_bytes * 2);
          self->bytes = g_realloc (self->bytes, self->room);
        }
      memcpy (self->bytes + place, text, length);
    }
  slot = free_slot (self, key);
  *slot = (KennisCsvKnownSlot) {
    .key = { key[0], length <= KENNIS_CSV_SHORT ? key[1] : LONG_KEY | place << PLACE_BITS | length },
    .meaning = *meaning,
  };

  return &slot->meaning;
}
