#include "config.h"

#include "read/kennis-xapi-private.h"

guint64
kennis_xapi_id_hash (const guint8 *uuid)
{
  return kennis_hash_of_name ((const char *) uuid, 16);
}

/* ── What a dataset knows ────────────────────────────────────────────────────────────────────────────────────────── */

static void
memory_free (gpointer data)
{
  KennisXapiMemory *self = data;

  kennis_hashes_free (self->ids);
  g_array_unref (self->attempts);
  g_array_unref (self->rests);
  g_array_unref (self->changed);
  g_free (self->slots);
  g_free (self);
}

KennisXapiMemory *
kennis_xapi_memory_of (KennisDataset *dataset)
{
  GQuark quark = g_quark_from_static_string ("kennis-xapi-memory");
  KennisXapiMemory *self = g_object_get_qdata (G_OBJECT (dataset), quark);

  if (self != NULL)
    return self;
  self = g_new0 (KennisXapiMemory, 1);
  self->ids = kennis_hashes_new ();
  self->attempts = g_array_new (FALSE, FALSE, sizeof (KennisXapiAttempt));
  self->rests = g_array_new (FALSE, FALSE, KENNIS_MAX_FIELDS * sizeof (gint64));
  self->changed = g_array_new (FALSE, FALSE, sizeof (guint));
  g_object_set_qdata_full (G_OBJECT (dataset), quark, self, memory_free);

  return self;
}

void
kennis_xapi_memory_reset (KennisXapiMemory *self)
{
  kennis_hashes_free (self->ids);
  self->ids = kennis_hashes_new ();
  g_array_set_size (self->attempts, 0);
  g_array_set_size (self->rests, 0);
  g_array_set_size (self->changed, 0);
  g_clear_pointer (&self->slots, g_free);
  self->n_slots = self->first_open = 0;
}

static guint
attempt_slot (const KennisXapiMemory *self,
              guint64                 key,
              gint64                  person,
              gint64                  topic)
{
  /* Those of one registration stand side by side: there are few. */
  guint slot = (guint) (key >> 8) & (self->n_slots - 1);
  guint32 tag = (guint32) (key >> 32);

  for (; self->slots[slot].attempt != 0; slot = (slot + 1) & (self->n_slots - 1))
    {
      const KennisXapiAttempt *attempt;

      if (self->slots[slot].tag != tag)
        continue;
      attempt = &g_array_index (self->attempts, KennisXapiAttempt, self->slots[slot].attempt - 1);
      if (attempt->key == key && attempt->person == person && attempt->topic == topic)
        break;
    }

  return slot;
}

static void
grow_attempts (KennisXapiMemory *self)
{
  g_free (self->slots);
  self->n_slots = MAX (64, self->n_slots * 2);
  self->slots = g_new0 (KennisXapiAttemptSlot, self->n_slots);
  for (guint i = 0; i < self->attempts->len; i++)
    {
      const KennisXapiAttempt *attempt = &g_array_index (self->attempts, KennisXapiAttempt, i);

      self->slots[attempt_slot (self, attempt->key, attempt->person, attempt->topic)] =
          (KennisXapiAttemptSlot) { i + 1, (guint32) (attempt->key >> 32) };
    }
}

void
kennis_xapi_memory_prefetch (const KennisXapiMemory *self,
                             guint64                 key)
{
  if (self->n_slots > 0)
    __builtin_prefetch (&self->slots[(guint) (key >> 8) & (self->n_slots - 1)]);
}

void
kennis_xapi_memory_prefetch_attempt (const KennisXapiMemory *self,
                                     guint64                 key)
{
  const KennisXapiAttemptSlot *slot;

  if (self->n_slots == 0)
    return;
  slot = &self->slots[(guint) (key >> 8) & (self->n_slots - 1)];
  if (slot->attempt != 0 && slot->tag == (guint32) (key >> 32))
    __builtin_prefetch (&g_array_index (self->attempts, KennisXapiAttempt, slot->attempt - 1), 1);
}

static KennisXapiAttempt *
add_attempt (KennisXapiMemory *self,
             guint             slot,
             guint64           key,
             gint64            person,
             gint64            topic)
{
  KennisXapiAttempt attempt = { .key = key, .person = person, .topic = topic, .start = KENNIS_UNKNOWN,
                                .ended = KENNIS_UNKNOWN, .most = KENNIS_UNKNOWN, .sum = KENNIS_UNKNOWN };

  g_array_append_val (self->attempts, attempt);
  self->slots[slot] = (KennisXapiAttemptSlot) { self->attempts->len, (guint32) (key >> 32) };

  return &g_array_index (self->attempts, KennisXapiAttempt, self->attempts->len - 1);
}

KennisXapiAttempt *
kennis_xapi_memory_attempt (KennisXapiMemory *self,
                            guint64           key,
                            gint64            person,
                            gint64            topic,
                            gboolean         *is_new)
{
  guint slot;

  if ((self->attempts->len + 1) * 4u > self->n_slots * 3u)
    grow_attempts (self);
  slot = attempt_slot (self, key, person, topic);
  *is_new = self->slots[slot].attempt == 0;
  if (*is_new)
    return add_attempt (self, slot, key, person, topic);

  return &g_array_index (self->attempts, KennisXapiAttempt, self->slots[slot].attempt - 1);
}

/* With one more time, would it be too long? */
static gboolean
is_near (const KennisXapiAttempt *attempt,
         gint64                   time,
         gint64                   within)
{
  gint64 a = attempt->start != KENNIS_UNKNOWN ? attempt->start : attempt->ended;
  gint64 b = attempt->ended != KENNIS_UNKNOWN ? attempt->ended : attempt->start;

  return a != KENNIS_UNKNOWN && MAX (MAX (a, b), time) - MIN (MIN (a, b), time) <= within;
}

KennisXapiAttempt *
kennis_xapi_memory_near (KennisXapiMemory *self,
                         gint64            person,
                         gint64            topic,
                         gint64            time,
                         gint64            within,
                         gboolean         *is_new)
{
  gint64 both[2] = { person, topic };
  /* Keys of registrations are odd. */
  guint64 key = kennis_hash_of_name ((const char *) both, sizeof both) & ~G_GUINT64_CONSTANT (1);
  guint32 found;
  guint slot;

  if ((self->attempts->len + 1) * 4u > self->n_slots * 3u)
    grow_attempts (self);
  slot = attempt_slot (self, key, person, topic);
  found = self->slots[slot].attempt;
  *is_new = found == 0 || found - 1 < self->first_open
            || !is_near (&g_array_index (self->attempts, KennisXapiAttempt, found - 1), time, within);
  /* One that is too far away keeps its record, and the next ones are held against the new one. */
  if (*is_new)
    return add_attempt (self, slot, key, person, topic);

  return &g_array_index (self->attempts, KennisXapiAttempt, found - 1);
}

/* There are few: what varies is kept beside. */
guint32
kennis_xapi_memory_rest (KennisXapiMemory *self,
                         const gint64     *codes)
{
  const gsize size = KENNIS_MAX_FIELDS * sizeof (gint64);

  /* The newest first: statements of a kind come together. */
  for (guint i = self->rests->len; i > 0 && i + 64 > self->rests->len; i--)
    if (memcmp (self->rests->data + (i - 1) * size, codes, size) == 0)
      return i - 1;
  g_array_append_vals (self->rests, codes, 1);

  return self->rests->len - 1;
}
