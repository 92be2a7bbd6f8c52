#include "config.h"

#include "base/kennis-hashes-private.h"

/* The slots are spread over tables that grow on their own, each by a half once it is at 7/8: 9.1 to 13.7 bytes a hash. */
#define N_TABLES    256u
#define FIRST_SLOTS 16u

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
    g_free (self->tables[t].slots);
  g_free (self);
}

/* A slot of a table of any size for a hash, without a division. */
static inline guint32
slot_of (guint64 hash, guint32 n_slots)
{
  return (guint32) (((hash & 0xffffffff) * n_slots) >> 32);
}

static guint64 *
find_slot (const Table *table, guint64 hash)
{
  guint32 slot = slot_of (hash, table->n_slots);

  while (table->slots[slot] != 0 && table->slots[slot] != hash)
    slot = slot + 1 < table->n_slots ? slot + 1 : 0;

  return &table->slots[slot];
}

static void
grow (Table *table)
{
  Table larger = { .n = table->n, .n_slots = MAX (FIRST_SLOTS, table->n_slots + table->n_slots / 2) };

  larger.slots = g_new0 (guint64, larger.n_slots);
  for (guint32 i = 0; i < table->n_slots; i++)
    if (table->slots[i] != 0)
      *find_slot (&larger, table->slots[i]) = table->slots[i];
  g_free (table->slots);
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
    __builtin_prefetch (&table->slots[slot_of (hash, table->n_slots)], 1);
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
