#include "config.h"

#include "base/kennis-hash-private.h"
#include "base/kennis-hashes-private.h"
#include "read/kennis-ical-private.h"

#include <string.h>

/* An invitation and what changed it come as events of one UID, in any order: the highest SEQUENCE counts, and what an event tells of
 * one occurrence (RECURRENCE-ID) its series does not tell. */

void
kennis_ical_known_init (KennisIcalKnown *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (KennisIcalEntry));
  self->instances = g_array_new (FALSE, FALSE, sizeof (KennisIcalInstance));
}

void
kennis_ical_known_clear (KennisIcalKnown *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->instances, g_array_unref);
}

/* An event must have a UID; one that has none is itself only. */
guint64
kennis_ical_uid_hash (const KennisIcalEvent *event)
{
  if (event->uid == NULL)
    return kennis_hash_of_name ((const char *) &event->line, sizeof event->line) ^ G_GUINT64_CONSTANT (0x5bd1e995);

  return kennis_hash_of_name (event->uid, strlen (event->uid));
}

static gint64
instance_of (const KennisIcalEvent *event)
{
  return event->instance.is_date ? event->instance.local / 86400 : kennis_ical_instant (&event->instance);
}

static guint64
key_of (const KennisIcalEvent *event, gboolean of_series)
{
  guint64 parts[3] = { kennis_ical_uid_hash (event), 0, 0 };

  if (event->instance.is_known && !of_series)
    {
      parts[1] = (guint64) instance_of (event);
      parts[2] = event->instance.is_date ? 2 : 1;
    }

  return kennis_hash_of_name ((const char *) parts, sizeof parts);
}

void
kennis_ical_known_add (KennisIcalKnown       *self,
                       const KennisIcalEvent *event,
                       guint32                number,
                       gboolean               is_cancelled)
{
  KennisIcalEntry entry = { key_of (event, FALSE), number,
                            2 * (guint32) event->sequence + (is_cancelled ? 1 : 0) };

  g_array_append_val (self->entries, entry);
  if (event->instance.is_known)
    {
      KennisIcalInstance instance = { kennis_ical_uid_hash (event), instance_of (event), event->instance.is_date };

      g_array_append_val (self->instances, instance);
    }
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const KennisIcalEntry *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;

  return x->number < y->number ? -1 : x->number > y->number;
}

static int
compare_instances (gconstpointer a, gconstpointer b)
{
  const KennisIcalInstance *x = a, *y = b;

  if (x->uid != y->uid)
    return x->uid < y->uid ? -1 : 1;
  if (x->is_date != y->is_date)
    return x->is_date < y->is_date ? -1 : 1;

  return x->instant < y->instant ? -1 : x->instant > y->instant;
}

void
kennis_ical_known_sort (KennisIcalKnown *self)
{
  g_array_sort (self->entries, compare_entries);
  g_array_sort (self->instances, compare_instances);
}

/* The last one of those with a key: the one that counts. */
static const KennisIcalEntry *
find (const KennisIcalKnown *self, guint64 key)
{
  const KennisIcalEntry *entries = (const KennisIcalEntry *) (const void *) self->entries->data;
  guint low = 0, high = self->entries->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (entries[middle].key <= key)
        low = middle + 1;
      else
        high = middle;
    }

  return low > 0 && entries[low - 1].key == key ? &entries[low - 1] : NULL;
}

gboolean
kennis_ical_known_counts (const KennisIcalKnown *self,
                          const KennisIcalEvent *event,
                          guint32                number)
{
  const KennisIcalEntry *entry = find (self, key_of (event, FALSE));

  return entry == NULL || entry->number == number;
}

gboolean
kennis_ical_known_series_is_cancelled (const KennisIcalKnown *self,
                                       const KennisIcalEvent *event)
{
  const KennisIcalEntry *entry = event->instance.is_known ? find (self, key_of (event, TRUE)) : NULL;

  return entry != NULL && (entry->rank & 1) != 0;
}

static gboolean
has_instance (const KennisIcalKnown *self, const KennisIcalInstance *instance)
{
  const KennisIcalInstance *all = (const KennisIcalInstance *) (const void *) self->instances->data;
  guint low = 0, high = self->instances->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = compare_instances (&all[middle], instance);

      if (order == 0)
        return TRUE;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return FALSE;
}

gboolean
kennis_ical_known_has (const KennisIcalKnown *self,
                       guint64                uid,
                       gint64                 instant,
                       gint64                 day)
{
  return self->instances->len > 0
         && (has_instance (self, &(KennisIcalInstance) { uid, instant, FALSE })
             || has_instance (self, &(KennisIcalInstance) { uid, day, TRUE }));
}

static void
free_ids (gpointer ids)
{
  kennis_hashes_free (ids);
}

gboolean
kennis_ical_is_new (KennisDataset *dataset,
                    const guint8  *id)
{
  GQuark quark = g_quark_from_static_string ("kennis-ical-ids");
  KennisHashes *ids = g_object_get_qdata (G_OBJECT (dataset), quark);

  if (ids == NULL)
    {
      ids = kennis_hashes_new ();
      g_object_set_qdata_full (G_OBJECT (dataset), quark, ids, free_ids);
    }

  return kennis_hashes_add (ids, kennis_hash_of_name ((const char *) id, 16));
}
