#include "config.h"

#include "base/kennis-hash-private.h"
#include "read/kennis-xapi-quick-private.h"

/* Parts of statements by their bytes: a table of one thread that writes it.  What a part became is written into it by whoever takes
 * the records, and read by nobody else.  What is known lies in chunks; when there are too many, all is forgotten, and the memory
 * goes once no block that points into it is left: at most two times LIMIT. */
#define CHUNK      (256u * 1024)
#define LIMIT      (16u * 1024 * 1024)
#define FIRST      1024u
#define MAX_PROBES 16u
#define MAX_PART   (32u * 1024)

typedef struct
{
  guint64          hash;
  KennisXapiKnown *known;       /* NULL: free */
} Slot;

typedef struct
{
  GPtrArray *chunks;
  gsize      bytes, left;       /* in all; of the last one */
  char      *at;
} Store;

struct _KennisXapiKnowns
{
  Slot   *slots;
  guint   n_slots, n;
  Store   store, old;
  guint64 old_until;            /* blocks before this one may point into the old store */
};

static void
store_init (Store *self)
{
  *self = (Store) { .chunks = g_ptr_array_new_with_free_func (g_free) };
}

static gpointer
take_room (Store *self,
           gsize  size)
{
  gpointer room;

  size = (size + 7) & ~(gsize) 7;
  if (self->left < size)
    {
      self->left = MAX (CHUNK, size);
      self->at = g_malloc (self->left);
      self->bytes += self->left;
      g_ptr_array_add (self->chunks, self->at);
    }
  room = self->at;
  self->at += size;
  self->left -= size;

  return room;
}

KennisXapiKnowns *
kennis_xapi_knowns_new (void)
{
  KennisXapiKnowns *self = g_new0 (KennisXapiKnowns, 1);

  self->n_slots = FIRST;
  self->slots = g_new0 (Slot, self->n_slots);
  store_init (&self->store);
  store_init (&self->old);

  return self;
}

void
kennis_xapi_knowns_free (KennisXapiKnowns *self)
{
  g_ptr_array_unref (self->store.chunks);
  g_ptr_array_unref (self->old.chunks);
  g_free (self->slots);
  g_free (self);
}

/* Folds two at a time, so that one need not wait for the other. */
static guint64
hash_of (guint       kind,
         const char *raw,
         gsize       length)
{
  guint64 words[4] = { 0, 0, 0, 0 }, a = length * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + kind, b = ~a;
  gsize i = 0;

  for (; i + 32 <= length; i += 32)
    {
      memcpy (words, raw + i, 32);
      a = kennis_hash_fold (words[0] ^ G_GUINT64_CONSTANT (0xa0761d6478bd642f), words[1] ^ a);
      b = kennis_hash_fold (words[2] ^ G_GUINT64_CONSTANT (0xe7037ed1a0b428db), words[3] ^ b);
    }
  if (i < length && length >= 32)
    memcpy (words, raw + length - 32, 32);
  else if (i < length)
    memcpy (words, raw, length);
  a = kennis_hash_fold (words[0] ^ G_GUINT64_CONSTANT (0x8ebc6af09c88c6e3), words[1] ^ a);
  b = kennis_hash_fold (words[2] ^ G_GUINT64_CONSTANT (0x589965cc75374cc3), words[3] ^ b);

  return kennis_hash_fold (a ^ G_GUINT64_CONSTANT (0x1d8e4e27c47d124f), b);
}

KennisXapiKnown *
kennis_xapi_knowns_find (const KennisXapiKnowns *self,
                         KennisXapiKnownKind     kind,
                         const char             *raw,
                         gsize                   length,
                         guint64                *hash)
{
  guint slot;

  *hash = hash_of (kind, raw, length);
  slot = (guint) *hash & (self->n_slots - 1);
  for (guint i = 0; i < MAX_PROBES && self->slots[slot].known != NULL; i++, slot = (slot + 1) & (self->n_slots - 1))
    {
      KennisXapiKnown *known = self->slots[slot].known;

      if (self->slots[slot].hash == *hash && known->kind == kind && known->length == length
          && memcmp (known + 1, raw, length) == 0)
        return known;
    }

  return NULL;
}

/* False: too many stand side by side. */
static gboolean
put (Slot            *slots,
     guint            n_slots,
     guint64          hash,
     KennisXapiKnown *known)
{
  guint slot = (guint) hash & (n_slots - 1);

  for (guint i = 0; i < MAX_PROBES; i++, slot = (slot + 1) & (n_slots - 1))
    if (slots[slot].known == NULL)
      {
        slots[slot] = (Slot) { hash, known };
        return TRUE;
      }

  return FALSE;
}

static void
grow (KennisXapiKnowns *self)
{
  guint n_slots = self->n_slots * 4;
  Slot *slots = g_new0 (Slot, n_slots);

  for (guint i = 0; i < self->n_slots; i++)
    if (self->slots[i].known != NULL)
      put (slots, n_slots, self->slots[i].hash, self->slots[i].known);
  g_free (self->slots);
  self->slots = slots;
  self->n_slots = n_slots;
}

/* Begins anew; false where blocks still point into what was forgotten before. */
static gboolean
forget_all (KennisXapiKnowns *self,
            guint64           n_block,
            guint64           n_taken)
{
  if (self->old.bytes > 0 && n_taken < self->old_until)
    return FALSE;
  g_ptr_array_unref (self->old.chunks);
  self->old = self->store;
  self->old_until = n_block + 1;
  store_init (&self->store);
  memset (self->slots, 0, self->n_slots * sizeof *self->slots);
  self->n = 0;

  return TRUE;
}

KennisXapiKnown *
kennis_xapi_knowns_add (KennisXapiKnowns    *self,
                        KennisXapiKnownKind  kind,
                        const char          *raw,
                        gsize                length,
                        guint64              hash,
                        guint64              n_block,
                        guint64              n_taken)
{
  KennisXapiKnown *known;

  if (length > MAX_PART || (self->store.bytes >= LIMIT && !forget_all (self, n_block, n_taken)))
    return NULL;
  if (self->n * 2 >= self->n_slots)
    grow (self);
  known = take_room (&self->store, sizeof *known + length);
  *known = (KennisXapiKnown) { .kind = (guint8) kind, .length = (guint32) length };
  memcpy (known + 1, raw, length);
  if (!put (self->slots, self->n_slots, hash, known))
    return NULL;
  self->n++;

  return known;
}

KennisXapiText
kennis_xapi_knowns_keep (KennisXapiKnowns *self,
                         KennisXapiText    text)
{
  char *copy;

  if (text.text == NULL)
    return text;
  copy = take_room (&self->store, text.length + 1);
  memcpy (copy, text.text, text.length);
  copy[text.length] = '\0';

  return (KennisXapiText) { copy, text.length };
}
