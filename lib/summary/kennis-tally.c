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
      memcpy (larger.slots + slot * shape->size, element, shape->size);
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
      memcpy (to, self->slots + i * shape->size, shape->size);
      to += shape->size;
    }
}

static int
compare_elements (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  const KennisShape *shape = data;
  const guint32 *x = a, *y = b;

  for (guint i = 0; i < shape->n_keys; i++)
    {
      guint32 flip = shape->kinds[i] == KENNIS_KEY_SIGNED ? 0x80000000u : 0;

      if (x[i] != y[i])
        return (x[i] ^ flip) < (y[i] ^ flip) ? -1 : 1;
    }

  return 0;
}

typedef struct
{
  const KennisShape *shape;
  guint8 *elements;
  const gsize *start;     /* of each group, and the end */
  gsize *kept;            /* of each group: distinct keys */
  guint32 n_groups;
  guint32 per_chunk;
  gsize *overflow;        /* of each chunk: 1 + where, or 0 */
} Sorting;

/* Adds up neighbours of one key; the number of those that stay. */
static gsize
combine (const KennisShape *shape,
         guint8            *elements,
         gsize              n,
         gsize             *overflow)
{
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint8 *from = elements + i * shape->size, *to = elements + kept * shape->size;

      if (kept == 0 || compare_elements (to - shape->size, from, (gpointer) shape) != 0)
        {
          memmove (to, from, shape->size);
          kept++;
          continue;
        }
      gint64 *sums = (gint64 *) (to - shape->size + shape->n_keys * sizeof (guint32));
      const gint64 *more = (const gint64 *) (from + shape->n_keys * sizeof (guint32));
      for (guint s = 0; s < shape->n_sums; s++)
        if (__builtin_add_overflow (sums[s], more[s], &sums[s]) && *overflow == G_MAXSIZE)
          *overflow = kept - 1;
    }

  return kept;
}

static void
sort_chunk (gsize    chunk,
            guint    thread,
            gpointer data)
{
  Sorting *sorting = data;
  const KennisShape *shape = sorting->shape;
  guint32 last = MIN ((chunk + 1) * sorting->per_chunk, sorting->n_groups);

  for (guint32 g = chunk * sorting->per_chunk; g < last; g++)
    {
      gsize n = sorting->start[g + 1] - sorting->start[g], overflow = G_MAXSIZE;
      guint8 *elements = sorting->elements + sorting->start[g] * shape->size;

      if (n > 1)
        g_qsort_with_data (elements, n, shape->size, compare_elements, (gpointer) shape);
      sorting->kept[g] = combine (shape, elements, n, &overflow);
      if (overflow != G_MAXSIZE && sorting->overflow[chunk] == 0)
        sorting->overflow[chunk] = 1 + sorting->start[g] + overflow;
    }
}

/* Puts the elements of one first key together, in the order of these keys. */
static guint8 *
group (const KennisShape  *shape,
       const KennisVector *elements,
       gsize              *start,
       guint32             n_groups)
{
  const guint8 *from = elements->data;
  guint8 *grouped = g_malloc_n (MAX (elements->n, 1), shape->size);
  g_autofree gsize *next = g_new (gsize, n_groups + 1);

  for (gsize i = 0; i < elements->n; i++)
    start[*(const guint32 *) (from + i * shape->size) + 1]++;
  for (guint32 g = 0; g < n_groups; g++)
    start[g + 1] += start[g];
  memcpy (next, start, n_groups * sizeof *next);
  for (gsize i = 0; i < elements->n; i++)
    {
      const guint8 *element = from + i * shape->size;

      memcpy (grouped + next[*(const guint32 *) element]++ * shape->size, element, shape->size);
    }

  return grouped;
}

gboolean
kennis_tally_sort (const KennisShape *shape,
                   KennisVector      *elements,
                   guint32            n_groups,
                   guint              n_threads,
                   gpointer          *overflow,
                   GCancellable      *cancellable,
                   GError           **error)
{
  guint32 per_chunk = 64;
  gsize n_chunks = ((gsize) n_groups + per_chunk - 1) / per_chunk, n = 0;
  g_autofree gsize *start = g_new0 (gsize, (gsize) n_groups + 1);
  g_autofree gsize *kept = g_new0 (gsize, (gsize) n_groups + 1);
  g_autofree gsize *overflows = g_new0 (gsize, n_chunks + 1);

  *overflow = NULL;
  if (elements->n == 0)
    return TRUE;

  guint8 *grouped = group (shape, elements, start, n_groups);
  g_free (elements->data);
  elements->data = grouped;
  elements->room = elements->n;

  Sorting sorting = { shape, grouped, start, kept, n_groups, per_chunk, overflows };
  if (!kennis_parallel_for (n_threads, n_chunks, sort_chunk, &sorting, NULL, cancellable, error))
    return FALSE;

  for (gsize c = 0; c < n_chunks && *overflow == NULL; c++)
    if (overflows[c] > 0)
      *overflow = grouped + (overflows[c] - 1) * shape->size;
  if (*overflow != NULL)
    return TRUE;

  for (guint32 g = 0; g < n_groups; g++)
    {
      if (n != start[g])
        memmove (grouped + n * shape->size, grouped + start[g] * shape->size, kept[g] * shape->size);
      n += kept[g];
    }
  elements->n = n;
  return TRUE;
}
