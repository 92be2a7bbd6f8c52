#include "config.h"

#include "read/kennis-ical-private.h"

/* Several calendars tell of one meeting in versions of their own.  An import looks through all of them first, and so knows the newest
 * version of each event, and which occurrences are told by events of their own, before it reads one. */

typedef struct
{
  guint64 key, rank;
} Version;

typedef struct
{
  KennisIcalInstance instance;
  guint64            rank;     /* of the series beside it; G_MAXUINT64: there is none */
} Told;

struct _KennisIcalVersions
{
  gatomicrefcount references;
  GArray  *versions;           /* Version: 16 bytes for each event */
  GArray  *told;
  gboolean is_sorted;
};

KennisIcalVersions *
kennis_ical_versions_new (void)
{
  KennisIcalVersions *self = g_new0 (KennisIcalVersions, 1);

  g_atomic_ref_count_init (&self->references);
  self->versions = g_array_new (FALSE, FALSE, sizeof (Version));
  self->told = g_array_new (FALSE, FALSE, sizeof (Told));

  return self;
}

KennisIcalVersions *
kennis_ical_versions_ref (KennisIcalVersions *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
kennis_ical_versions_unref (KennisIcalVersions *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_array_unref (self->versions);
  g_array_unref (self->told);
  g_free (self);
}

/* The newest of a key is the first. */
static int
compare_versions (gconstpointer a, gconstpointer b)
{
  const Version *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;

  return x->rank > y->rank ? -1 : x->rank < y->rank;
}

static int
compare_told (gconstpointer a, gconstpointer b)
{
  return kennis_ical_instance_compare (&((const Told *) a)->instance, &((const Told *) b)->instance);
}

static void
sort (KennisIcalVersions *self)
{
  guint n = 0;

  if (self->is_sorted)
    return;
  g_array_sort (self->versions, compare_versions);
  for (guint i = 0; i < self->versions->len; i++)
    {
      Version one = g_array_index (self->versions, Version, i);

      if (n == 0 || g_array_index (self->versions, Version, n - 1).key != one.key)
        g_array_index (self->versions, Version, n++) = one;
    }
  g_array_set_size (self->versions, n);
  g_array_sort (self->told, compare_told);
  self->is_sorted = TRUE;
}

void
kennis_ical_versions_add (KennisIcalVersions    *self,
                          const KennisIcalKnown *known)
{
  for (guint i = 0; i < known->entries->len; i++)
    {
      const KennisIcalEntry *entry = &g_array_index (known->entries, KennisIcalEntry, i);
      Version version = { entry->key, entry->rank };

      g_array_append_val (self->versions, version);
    }
  for (guint i = 0; i < known->instances->len; i++)
    {
      Told told = { g_array_index (known->instances, KennisIcalInstance, i), G_MAXUINT64 };

      kennis_ical_known_rank (known, kennis_ical_series_key (told.instance.uid), &told.rank);
      g_array_append_val (self->told, told);
    }
  self->is_sorted = FALSE;
}

guint64
kennis_ical_versions_newest (KennisIcalVersions *self,
                             guint64             key)
{
  guint low = 0, high;

  if (self == NULL)
    return 0;
  sort (self);
  for (high = self->versions->len; low < high;)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->versions, Version, middle).key < key)
        low = middle + 1;
      else
        high = middle;
    }

  return low < self->versions->len && g_array_index (self->versions, Version, low).key == key
             ? g_array_index (self->versions, Version, low).rank
             : 0;
}

gboolean
kennis_ical_versions_tell (KennisIcalVersions       *self,
                           const KennisIcalInstance *instance)
{
  guint64 newest;
  guint low = 0, high;

  if (self == NULL || self->told->len == 0)
    return FALSE;
  sort (self);
  for (high = self->told->len; low < high;)
    {
      guint middle = (low + high) / 2;

      if (kennis_ical_instance_compare (&g_array_index (self->told, Told, middle).instance, instance) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  newest = low < self->told->len ? kennis_ical_versions_newest (self, kennis_ical_series_key (instance->uid)) : 0;
  /* What stands beside an old version of the series is as old. */
  for (; low < self->told->len; low++)
    {
      const Told *told = &g_array_index (self->told, Told, low);

      if (kennis_ical_instance_compare (&told->instance, instance) != 0)
        return FALSE;
      if (told->rank >= newest)
        return TRUE;
    }

  return FALSE;
}
