#include "config.h"

#include "base/kennis-hash-private.h"
#include "base/kennis-hashes-private.h"
#include "read/kennis-ical-private.h"

#include <string.h>

/* An invitation and what changed it come as events of one UID, in any order: the newest version counts, and what an event tells of
 * one occurrence (RECURRENCE-ID) its series does not tell. */

void
kennis_ical_known_init (KennisIcalKnown    *self,
                        KennisIcalVersions *versions)
{
  self->versions = versions;
  self->entries = g_array_new (FALSE, FALSE, sizeof (KennisIcalEntry));
  self->instances = g_array_new (FALSE, FALSE, sizeof (KennisIcalInstance));
  self->ranges = g_ptr_array_new_with_free_func (kennis_ical_range_free);
  self->n_range_bytes = 0;
}

void
kennis_ical_known_clear (KennisIcalKnown *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->instances, g_array_unref);
  g_clear_pointer (&self->ranges, g_ptr_array_unref);
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

guint64
kennis_ical_series_key (guint64 uid)
{
  guint64 parts[3] = { uid, 0, 0 };

  return kennis_hash_of_name ((const char *) parts, sizeof parts);
}

static guint64
key_of (const KennisIcalEvent *event, gboolean of_series)
{
  guint64 uid = kennis_ical_uid_hash (event);
  guint64 parts[3] = { uid, 0, event->instance.is_date ? 2 : 1 };

  if (of_series || !event->instance.is_known)
    return kennis_ical_series_key (uid);
  parts[1] = (guint64) instance_of (event);

  return kennis_hash_of_name ((const char *) parts, sizeof parts);
}

/* RFC 5546, 2.1.5: the higher SEQUENCE, then the later DTSTAMP.  Between them the organiser's copy, for many programs write the time of
 * the export as DTSTAMP, and what others answered reaches the organiser only.  Calling off needs no answers. */
static guint64
rank_of (const KennisIcalEvent *event, gboolean is_cancelled)
{
  guint64 stamp = (guint64) CLAMP (event->stamp, 0, (gint64) G_MAXUINT32);

  return (guint64) event->sequence << 34 | (guint64) (event->has_answers || is_cancelled ? 1 : 0) << 33 | stamp << 1
         | (is_cancelled ? 1 : 0);
}

void
kennis_ical_known_add (KennisIcalKnown       *self,
                       const KennisIcalEvent *event,
                       guint32                number,
                       gboolean               is_cancelled)
{
  KennisIcalEntry entry = { key_of (event, FALSE), rank_of (event, is_cancelled), number };

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

int
kennis_ical_instance_compare (gconstpointer a,
                              gconstpointer b)
{
  const KennisIcalInstance *x = a, *y = b;

  if (x->uid != y->uid)
    return x->uid < y->uid ? -1 : 1;
  if (x->is_date != y->is_date)
    return x->is_date < y->is_date ? -1 : 1;

  return x->instant < y->instant ? -1 : x->instant > y->instant;
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const KennisIcalRange *x = *(KennisIcalRange *const *) a, *y = *(KennisIcalRange *const *) b;

  if (x->uid != y->uid)
    return x->uid < y->uid ? -1 : 1;

  return x->from < y->from ? -1 : x->from > y->from;
}

void
kennis_ical_known_sort (KennisIcalKnown *self)
{
  g_array_sort (self->entries, compare_entries);
  g_array_sort (self->instances, kennis_ical_instance_compare);
  for (guint i = self->ranges->len; i > 0; i--)
    {
      const KennisIcalRange *range = self->ranges->pdata[i - 1];

      if (!kennis_ical_known_counts (self, &range->event, range->number))
        g_ptr_array_remove_index_fast (self->ranges, i - 1);
    }
  g_ptr_array_sort (self->ranges, compare_ranges);
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
kennis_ical_known_rank (const KennisIcalKnown *self,
                        guint64                key,
                        guint64               *rank)
{
  const KennisIcalEntry *entry = find (self, key);

  if (entry != NULL)
    *rank = entry->rank;

  return entry != NULL;
}

/* Another source has a newer version than this one's newest. */
static gboolean
is_outdated (const KennisIcalKnown *self, guint64 key)
{
  const KennisIcalEntry *entry = find (self, key);

  return entry != NULL && kennis_ical_versions_newest (self->versions, key) > entry->rank;
}

gboolean
kennis_ical_known_counts (const KennisIcalKnown *self,
                          const KennisIcalEvent *event,
                          guint32                number)
{
  const KennisIcalEntry *entry = find (self, key_of (event, FALSE));

  return (entry == NULL || entry->number == number) && !is_outdated (self, key_of (event, FALSE))
         && (!event->instance.is_known || !is_outdated (self, key_of (event, TRUE)));
}

gboolean
kennis_ical_known_series_is_cancelled (const KennisIcalKnown *self,
                                       const KennisIcalEvent *event)
{
  const KennisIcalEntry *entry = event->instance.is_known ? find (self, key_of (event, TRUE)) : NULL;

  return (entry != NULL && (entry->rank & 1) != 0)
         || (event->instance.is_known && (kennis_ical_versions_newest (self->versions, key_of (event, TRUE)) & 1) != 0);
}

KennisIcalRange *const *
kennis_ical_known_ranges (const KennisIcalKnown *self,
                          guint64                uid,
                          guint                 *n)
{
  KennisIcalRange *const *ranges = (KennisIcalRange *const *) (gconstpointer) self->ranges->pdata;
  guint first = 0, high = self->ranges->len, end;

  while (first < high)
    {
      guint middle = (first + high) / 2;

      if (ranges[middle]->uid < uid)
        first = middle + 1;
      else
        high = middle;
    }
  for (end = first; end < self->ranges->len && ranges[end]->uid == uid; end++)
    ;
  *n = end - first;

  return end > first ? &ranges[first] : NULL;
}

gboolean
kennis_ical_known_reaches (const KennisIcalKnown *self,
                           const KennisIcalEvent *event,
                           guint32                number)
{
  guint n;
  KennisIcalRange *const *ranges = kennis_ical_known_ranges (self, kennis_ical_uid_hash (event), &n);

  if (find (self, key_of (event, TRUE)) == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (ranges[i]->number == number)
      return TRUE;

  return FALSE;
}

static gboolean
has_instance (const KennisIcalKnown *self, const KennisIcalInstance *instance)
{
  const KennisIcalInstance *all = (const KennisIcalInstance *) (const void *) self->instances->data;
  guint low = 0, high = self->instances->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = kennis_ical_instance_compare (&all[middle], instance);

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
  KennisIcalInstance by_time = { uid, instant, FALSE }, by_day = { uid, day, TRUE };

  return (self->instances->len > 0 && (has_instance (self, &by_time) || has_instance (self, &by_day)))
         || (self->versions != NULL
             && (kennis_ical_versions_tell (self->versions, &by_time)
                 || kennis_ical_versions_tell (self->versions, &by_day)));
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
