#include "config.h"

#include "dataset/kennis-intern-private.h"

#include "base/kennis-hash-private.h"
#include "dataset/kennis-schema-private.h"

#define BLOCK_BITS 18
#define BLOCK_SIZE (1u << BLOCK_BITS)
#define MAX_BLOCKS (1u << (32 - BLOCK_BITS))
#define PLACE_PAGE 4096u
#define FIRST_SLOTS 16u
#define REHASH_AHEAD 16u

typedef struct
{
  gatomicrefcount ref_count;
  char data[];
} Shared;

struct _KennisIntern
{
  GPtrArray *blocks;      /* of Shared, BLOCK_SIZE bytes: length (2 bytes), text, NUL … */
  guint32    n_in_block;  /* bytes used of the last block */
  GPtrArray *places;      /* of Shared, PLACE_PAGE × guint32: block << BLOCK_BITS | offset */
  guint32    n;
  guint32   *slots;       /* index + 1, or 0; NULL in a snapshot */
  guint8    *tags;        /* a byte of the hash, to look at few texts in vain */
  guint32    n_slots;     /* power of two */
};

static Shared *
shared_new (gsize size)
{
  Shared *self = g_malloc (sizeof *self + size);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

static void
shared_unref (gpointer data)
{
  Shared *self = data;

  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

KennisIntern *
kennis_intern_new (void)
{
  KennisIntern *self = g_new0 (KennisIntern, 1);

  self->blocks = g_ptr_array_new_with_free_func (shared_unref);
  self->places = g_ptr_array_new_with_free_func (shared_unref);
  self->n_in_block = BLOCK_SIZE;
  self->n_slots = FIRST_SLOTS;
  self->slots = g_new0 (guint32, FIRST_SLOTS);
  self->tags = g_new0 (guint8, FIRST_SLOTS);

  return self;
}

void
kennis_intern_free (KennisIntern *self)
{
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->places);
  g_free (self->slots);
  g_free (self->tags);
  g_free (self);
}

static GPtrArray *
share_all (const GPtrArray *array)
{
  GPtrArray *copy = g_ptr_array_new_full (array->len, shared_unref);

  for (guint i = 0; i < array->len; i++)
    {
      g_atomic_ref_count_inc (&((Shared *) array->pdata[i])->ref_count);
      g_ptr_array_add (copy, array->pdata[i]);
    }

  return copy;
}

KennisIntern *
kennis_intern_snapshot (const KennisIntern *self)
{
  KennisIntern *copy = g_new0 (KennisIntern, 1);

  copy->blocks = share_all (self->blocks);
  copy->places = share_all (self->places);
  copy->n = self->n;
  copy->n_in_block = self->n_in_block;

  return copy;
}

guint32
kennis_intern_size (const KennisIntern *self)
{
  return self->n;
}

static inline const char *
entry_at (const KennisIntern *self,
          guint32             index,
          gsize              *length)
{
  const guint32 *page = (const guint32 *) ((const Shared *) self->places->pdata[index / PLACE_PAGE])->data;
  guint32 place = page[index % PLACE_PAGE];
  const char *entry = ((const Shared *) self->blocks->pdata[place >> BLOCK_BITS])->data + (place & (BLOCK_SIZE - 1));
  guint16 n;

  memcpy (&n, entry, sizeof n);
  *length = n;
  return entry + sizeof n;
}

const char *
kennis_intern_get (const KennisIntern *self,
                   guint32             index,
                   gsize              *length)
{
  gsize n;
  const char *text = entry_at (self, index, &n);

  if (length != NULL)
    *length = n;

  return text;
}

/* The slot that holds the text, or the free one where it belongs. */
static guint32
find_slot (const KennisIntern *self,
           guint64             hash,
           const char         *text,
           gsize               length)
{
  guint32 mask = self->n_slots - 1;
  guint8 tag = hash >> 56;

  for (guint32 slot = (guint32) hash & mask;; slot = (slot + 1) & mask)
    {
      const char *entry;
      gsize n;

      if (self->slots[slot] == 0)
        return slot;
      if (self->tags[slot] != tag)
        continue;
      entry = entry_at (self, self->slots[slot] - 1, &n);
      if (n == length && memcmp (entry, text, length) == 0)
        return slot;
    }
}

static void
rehash (KennisIntern *self,
        guint32       n_slots)
{
  self->n_slots = n_slots;
  g_free (self->slots);
  g_free (self->tags);
  self->slots = g_new0 (guint32, self->n_slots);
  self->tags = g_new0 (guint8, self->n_slots);

  /* The slots lie anywhere: those of the next few texts are fetched before they are filled. */
  guint32 mask = self->n_slots - 1;
  for (guint32 first = 0; first < self->n; first += REHASH_AHEAD)
    {
      guint32 n = MIN (REHASH_AHEAD, self->n - first);
      guint64 hashes[REHASH_AHEAD];

      for (guint32 i = 0; i < n; i++)
        {
          gsize length;
          const char *text = entry_at (self, first + i, &length);

          hashes[i] = kennis_hash_bytes (text, length);
          __builtin_prefetch (&self->slots[(guint32) hashes[i] & mask], 1);
          __builtin_prefetch (&self->tags[(guint32) hashes[i] & mask], 1);
        }
      for (guint32 i = 0; i < n; i++)
        {
          guint32 slot = (guint32) hashes[i] & mask;

          while (self->slots[slot] != 0)
            slot = (slot + 1) & mask;
          self->slots[slot] = first + i + 1;
          self->tags[slot] = hashes[i] >> 56;
        }
    }
}

void
kennis_intern_prefetch (const KennisIntern *self,
                        guint64             hash)
{
  guint32 slot = (guint32) hash & (self->n_slots - 1);

  __builtin_prefetch (&self->slots[slot]);
  __builtin_prefetch (&self->tags[slot]);
}

static gboolean
store (KennisIntern *self,
       const char   *text,
       gsize         length)
{
  gsize need = sizeof (guint16) + length + 1;
  guint16 n = (guint16) length;

  if (self->n_in_block + need > BLOCK_SIZE)
    {
      if (self->blocks->len == MAX_BLOCKS)
        return FALSE;
      g_ptr_array_add (self->blocks, shared_new (BLOCK_SIZE));
      self->n_in_block = 0;
    }
  if (self->n % PLACE_PAGE == 0)
    g_ptr_array_add (self->places, shared_new (PLACE_PAGE * sizeof (guint32)));

  char *entry = ((Shared *) self->blocks->pdata[self->blocks->len - 1])->data + self->n_in_block;
  guint32 *page = (guint32 *) ((Shared *) self->places->pdata[self->n / PLACE_PAGE])->data;

  memcpy (entry, &n, sizeof n);
  memcpy (entry + sizeof n, text, length);
  entry[sizeof n + length] = '\0';
  page[self->n % PLACE_PAGE] = (self->blocks->len - 1) << BLOCK_BITS | self->n_in_block;
  self->n_in_block += need;

  return TRUE;
}

guint32
kennis_intern_add_hashed (KennisIntern *self,
                          guint64       hash,
                          const char   *text,
                          gsize         length)
{
  guint32 slot = find_slot (self, hash, text, length);

  if (self->slots[slot] != 0)
    return self->slots[slot] - 1;
  if (length > KENNIS_MAX_TEXT || self->n == KENNIS_INTERN_NONE - 1 || !store (self, text, length))
    return KENNIS_INTERN_NONE;

  self->slots[slot] = ++self->n;
  self->tags[slot] = hash >> 56;
  if ((guint64) self->n * 5 > (guint64) self->n_slots * 4 && self->n_slots < (1u << 31))
    rehash (self, self->n_slots * 2);

  return self->n - 1;
}

guint32
kennis_intern_add (KennisIntern *self,
                   const char   *text,
                   gsize         length)
{
  return kennis_intern_add_hashed (self, kennis_hash_bytes (text, length), text, length);
}

gboolean
kennis_intern_has_index (const KennisIntern *self)
{
  return self->slots != NULL;
}

void
kennis_intern_make_index (KennisIntern *self)
{
  guint32 n_slots = FIRST_SLOTS;

  while ((guint64) self->n * 5 > (guint64) n_slots * 4)
    n_slots *= 2;
  rehash (self, n_slots);
}

guint32
kennis_intern_find (const KennisIntern *self,
                    const char         *text,
                    gsize               length)
{
  guint32 slot;

  g_return_val_if_fail (self->slots != NULL, KENNIS_INTERN_NONE);

  slot = find_slot (self, kennis_hash_bytes (text, length), text, length);
  return self->slots[slot] != 0 ? self->slots[slot] - 1 : KENNIS_INTERN_NONE;
}
