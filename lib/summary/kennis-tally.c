#include "config.h"

#include "summary/kennis-tally-private.h"

static const KennisShape shapes[KENNIS_N_SECTIONS] = {
  { "cells", sizeof (KennisCell), 4, 6,
    { KENNIS_KEY_PERSON, KENNIS_KEY_SIGNED, KENNIS_KEY_TOPIC, KENNIS_KEY_UNSIGNED } },
  { "completions", sizeof (KennisSpell), 6, 1,
    { KENNIS_KEY_PERSON, KENNIS_KEY_TOPIC, KENNIS_KEY_SIGNED, KENNIS_KEY_UNSIGNED, KENNIS_KEY_SIGNED, KENNIS_KEY_SIGNED } },
  { "requests", sizeof (KennisRequest), 4, 1,
    { KENNIS_KEY_PERSON, KENNIS_KEY_SIGNED, KENNIS_KEY_SIGNED, KENNIS_KEY_UNSIGNED } },
  { "attended", sizeof (KennisAttended), 2, 0,
    { KENNIS_KEY_SESSION, KENNIS_KEY_PERSON } },
};

/* Keys and sums lie side by side without holes: what lets one piece of code work on all of them. */
G_STATIC_ASSERT (sizeof (KennisCell) == 4 * 4 + 6 * 8);
G_STATIC_ASSERT (sizeof (KennisSpell) == 6 * 4 + 8);
G_STATIC_ASSERT (sizeof (KennisRequest) == 4 * 4 + 8);
G_STATIC_ASSERT (sizeof (KennisAttended) == 2 * 4);

const KennisShape *
kennis_shape_get (KennisSection section)
{
  return &shapes[section];
}

void
kennis_vector_reserve (KennisVector *self,
                       gsize         size,
                       gsize         more)
{
  if (self->n + more <= self->room)
    return;
  self->room = self->n + more;
  self->data = g_realloc_n (self->data, self->room, size);
}

gpointer
kennis_vector_add (KennisVector *self,
                   gsize         size,
                   gsize         n)
{
  if (self->n + n > self->room)
    {
      self->room = MAX (self->n + n, self->room + self->room / 2);
      self->data = g_realloc_n (self->data, self->room, size);
    }
  self->n += n;

  return (guint8 *) self->data + (self->n - n) * size;
}

void
kennis_vector_clear (KennisVector *self)
{
  g_clear_pointer (&self->data, g_free);
  self->n = self->room = 0;
}

void
kennis_tally_clear (KennisTally *self)
{
  g_clear_pointer (&self->slots, g_aligned_free);
  self->n_slots = self->n = 0;
}

static void
grow (KennisTally       *self,
      const KennisShape *shape,
      gsize              n_slots)
{
  /* A cell is one line of the cache, where it begins with one. */
  KennisTally larger = { g_aligned_alloc (n_slots, shape->size, 64), n_slots, self->n };

  memset (larger.slots, 0xff, n_slots * shape->size);
  for (gsize i = 0; i < self->n_slots; i++)
    {
      guint32 keys[KENNIS_MAX_KEYS];
      const guint8 *element = self->slots + i * shape->size;

      memcpy (keys, element, shape->n_keys * sizeof *keys);
      if (keys[0] == KENNIS_INTERN_NONE)
        continue;

      gsize slot = kennis_tally_slot (&larger, kennis_tally_hash (keys, shape->n_keys));
      guint32 first;

      while (memcpy (&first, larger.slots + slot * shape->size, sizeof first), first != KENNIS_INTERN_NONE)
        slot = (slot + 1) & (n_slots - 1);
      kennis_shape_copy (shape, larger.slots + slot * shape->size, element);
    }

  kennis_tally_clear (self);
  *self = larger;
}

void
kennis_tally_reserve (KennisTally       *self,
                      const KennisShape *shape,
                      gsize              more)
{
  gsize n_slots = MAX (self->n_slots, 64);

  /* At most three quarters full, and doubled where half full of what is known to be distinct. */
  while ((self->n + more) * 4 > n_slots * 3)
    n_slots *= 2;
  if (n_slots > self->n_slots)
    grow (self, shape, n_slots);
}

void
kennis_tally_dump (const KennisTally *self,
                   const KennisShape *shape,
                   KennisVector      *out)
{
  guint8 *to = self->n > 0 ? kennis_vector_add (out, shape->size, self->n) : NULL;

  for (gsize i = 0; i < self->n_slots; i++)
    {
      guint32 first;

      memcpy (&first, self->slots + i * shape->size, sizeof first);
      if (first == KENNIS_INTERN_NONE)
        continue;
      kennis_shape_copy (shape, to, self->slots + i * shape->size);
      to += shape->size;
    }
}
