#include "config.h"

#include "read/kennis-csv-known-private.h"

#include "dataset/kennis-schema-private.h"

#define FIRST_BITS 6u
#define LONG_KEY   (G_GUINT64_CONSTANT (1) << 60) /* as if the length of a short one were 16; then the place, 40 bits, and the length */
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
  *self = (KennisCsvKnown) { .shift = 64 - FIRST_BITS, .slots = slots_new (1u << FIRST_BITS) };
}

void
kennis_csv_known_clear (KennisCsvKnown *self)
{
  g_aligned_free (self->slots);
  g_free (self->bytes);
}

static gboolean
is_long (const KennisCsvKnownSlot *slot)
{
  return slot->key[1] >> 56 == LONG_KEY >> 56;
}

static KennisCsvKnownSlot *
free_slot (const KennisCsvKnown *self, const guint64 key[2])
{
  guint at = kennis_csv_known_place (self, key);

  while (!kennis_csv_known_is_free (&self->slots[at]))
    at = kennis_csv_known_next (self, at);

  return &self->slots[at];
}

static void
grow (KennisCsvKnown *self)
{
  KennisCsvKnownSlot *old = self->slots;
  guint n = (guint) (G_MAXUINT64 >> self->shift--) + 1;

  self->slots = slots_new ((gsize) n * 2);
  for (guint i = 0; i < n; i++)
    if (!kennis_csv_known_is_free (&old[i]))
      {
        const guint64 key[2] = { old[i].key[0], is_long (&old[i]) ? 0 : old[i].key[1] };

        *free_slot (self, key) = old[i];
      }
  g_aligned_free (old);
}

const KennisCsvMeaning *
kennis_csv_known_find_long (const KennisCsvKnown *self, const char *text, gsize length)
{
  const guint64 key[2] = { kennis_hash_bytes (text, length), 0 };

  for (guint at = kennis_csv_known_place (self, key);; at = kennis_csv_known_next (self, at))
    {
      const KennisCsvKnownSlot *slot = &self->slots[at];

      if (kennis_csv_known_is_free (slot))
        return NULL;
      if (slot->key[0] == key[0] && is_long (slot) && (slot->key[1] & KENNIS_MAX_TEXT) == length
          && memcmp (self->bytes + ((slot->key[1] & ~LONG_KEY) >> PLACE_BITS), text, length) == 0)
        return &slot->meaning;
    }
}

/* Three quarters of the slots are free, so that the first one is nearly always the right one. */
const KennisCsvMeaning *
kennis_csv_known_add (KennisCsvKnown *self, const char *text, gsize length, const KennisCsvMeaning *meaning)
{
  guint64 key[2] = { 0, 0 }, place = self->n_bytes;
  KennisCsvKnownSlot *slot;

  if ((gsize) ++self->n * 4 > G_MAXUINT64 >> self->shift)
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
