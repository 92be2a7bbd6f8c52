#include "config.h"

#include "base/kennis-hashes-private.h"

/* The slots are spread over tables that grow on their own, each by a half once it is at 7/8: 9.1 to 13.7 bytes a hash.  Those of a line
 * of the cache are looked at together, and filled from its beginning; where a line is full the next one goes on. */
#define N_TABLES    256u
#define LINE        8u      /* slots */
#define FIRST_SLOTS (2 * LINE)

typedef struct
{
  guint64 *slots;
  guint32 n, n_slots;
} Table;

struct _KennisHashes
{
  Table tables[N_TABLES];
};

KennisHashes *
kennis_hashes_new (void)
{
  return g_new0 (KennisHashes, 1);
}

void
kennis_hashes_free (KennisHashes *self)
{
  for (guint t = 0; t < N_TABLES; t++)
    g_aligned_free (self->tables[t].slots);
  g_free (self);
}

/* Where a line of a table of any size begins for a hash, without a division. */
static inline guint32
line_of (guint64 hash, guint32 n_slots)
{
  return (guint32) (((hash & 0xffffffff) * (n_slots / LINE)) >> 32) * LINE;
}

/* The free slot where it belongs; where it is there already, one that is not free. */
static inline guint64 *
find_slot (const Table *table, guint64 hash)
{
  for (guint32 at = line_of (hash, table->n_slots);; at = at + LINE < table->n_slots ? at + LINE : 0)
    {
      guint64 *line = &table->slots[at];
      guint n = 0, is_here = 0;

      /* All of them, for nothing tells beforehand how far. */
#pragma GCC unroll 8
      for (guint i = 0; i < LINE; i++)
        {
          is_here |= line[i] == hash;
          n += line[i] != 0;
        }
      if (is_here != 0)
        return line;
      if (n < LINE)
        return &line[n];
    }
}

static void
grow (Table *table)
{
  guint32 n_slots = (table->n_slots + table->n_slots / 2 + LINE - 1) / LINE * LINE;
  Table larger = { .n = table->n, .n_slots = MAX (FIRST_SLOTS, n_slots) };

  g_autofree guint8 *filled = g_malloc0 (larger.n_slots / LINE);

  larger.slots = g_aligned_alloc0 (larger.n_slots, sizeof (guint64), LINE * sizeof (guint64));
  /* They are all different, so that nothing need be looked at. */
  for (guint32 i = 0; i < table->n_slots; i++)
    if (table->slots[i] != 0)
      {
        guint32 at = line_of (table->slots[i], larger.n_slots);

        while (filled[at / LINE] == LINE)
          at = at + LINE < larger.n_slots ? at + LINE : 0;
        larger.slots[at + filled[at / LINE]++] = table->slots[i];
      }
  g_aligned_free (table->slots);
  *table = larger;
}

/* 0 is a free slot. */
static inline guint64
mark_of (guint64 hash)
{
  return hash != 0 ? hash : 1;
}

gboolean
kennis_hashes_add (KennisHashes *self, guint64 hash)
{
  Table *table = &self->tables[hash >> 56];
  guint64 *slot;

  hash = mark_of (hash);
  if (table->n + 1 > table->n_slots - table->n_slots / 8)
    grow (table);
  slot = find_slot (table, hash);
  if (*slot != 0)
    return FALSE;
  *slot = hash;
  table->n++;

  return TRUE;
}

void
kennis_hashes_prefetch (const KennisHashes *self, guint64 hash)
{
  const Table *table = &self->tables[hash >> 56];

  if (table->n_slots > 0)
    __builtin_prefetch (&table->slots[line_of (hash, table->n_slots)], 1);
}

gboolean
kennis_hashes_has (const KennisHashes *self, guint64 hash)
{
  const Table *table = &self->tables[hash >> 56];

  return table->n_slots > 0 && *find_slot (table, mark_of (hash)) != 0;
}

guint64
kennis_hashes_size (const KennisHashes *self)
{
  guint64 n = 0;

  for (guint t = 0; t < N_TABLES; t++)
    n += self->tables[t].n;

  return n;
}

gsize
kennis_hashes_bytes (const KennisHashes *self)
{
  gsize bytes = sizeof *self;

  for (guint t = 0; t < N_TABLES; t++)
    bytes += self->tables[t].n_slots * sizeof (guint64);

  return bytes;
}
