#pragma once

#include <string.h>

#include "base/kennis-parallel-private.h"
#include "summary/kennis-summary-private.h"

/* The sections of a summary that compact are all one thing: a key of some guint32 → sums of some gint64. */
typedef enum
{
  KENNIS_SECTION_CELLS,
  KENNIS_SECTION_COMPLETIONS,
  KENNIS_SECTION_REQUESTS,
  KENNIS_SECTION_ATTENDED,
  KENNIS_N_SECTIONS
} KennisSection;

#define KENNIS_MAX_KEYS 6
#define KENNIS_MAX_SUMS 6

/* What a key is: an index of a text, or a number. */
typedef enum
{
  KENNIS_KEY_PERSON,
  KENNIS_KEY_TOPIC,       /* or KENNIS_INTERN_NONE */
  KENNIS_KEY_SESSION,
  KENNIS_KEY_SIGNED,
  KENNIS_KEY_UNSIGNED
} KennisKeyKind;

typedef struct
{
  const char *name;
  guint       size;       /* bytes of an element: the keys, then the sums */
  guint       n_keys;
  guint       n_sums;
  guint8      kinds[KENNIS_MAX_KEYS];
} KennisShape;

const KennisShape *kennis_shape_get (KennisSection section);

/* Of the sizes that there are many of without a call. */
static inline void
kennis_shape_copy (const KennisShape *shape,
                   gpointer           to,
                   gconstpointer      element)
{
  if (shape->size == sizeof (KennisCell))
    memcpy (to, element, sizeof (KennisCell));
  else if (shape->size == sizeof (KennisSpell))
    memcpy (to, element, sizeof (KennisSpell));
  else
    memcpy (to, element, shape->size);
}

/* Elements of any size, in one block. */
typedef struct
{
  gpointer data;
  gsize    n, room;
} KennisVector;

void     kennis_vector_reserve (KennisVector *self, gsize size, gsize more);
gpointer kennis_vector_add   (KennisVector *self, gsize size, gsize n);   /* where the n new ones stand */
void     kennis_vector_clear (KennisVector *self);

/* Elements by key.  An element whose first key is KENNIS_INTERN_NONE is a free slot. */
typedef struct
{
  guint8 *slots;
  gsize   n_slots;        /* power of two, or 0 */
  gsize   n;
} KennisTally;

void     kennis_tally_clear   (KennisTally *self);
void     kennis_tally_reserve (KennisTally *self, const KennisShape *shape, gsize more);
void     kennis_tally_dump    (const KennisTally *self, const KennisShape *shape, KennisVector *out);

static inline guint64
kennis_tally_hash (const guint32 *keys,
                   guint          n_keys)
{
  guint64 h = G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), w;
  guint i = 0;

  for (; i + 1 < n_keys; i += 2)
    {
      memcpy (&w, keys + i, sizeof w);
      h = (h ^ w) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
      h ^= h >> 32;
    }
  if (i < n_keys)
    {
      h = (h ^ keys[i]) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
      h ^= h >> 32;
    }

  return h * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
}

static inline gsize
kennis_tally_slot (const KennisTally *self,
                   guint64            hash)
{
  return (hash >> 20) & (self->n_slots - 1);
}

/* Adds the element's sums to those of its key; false, and nothing added, where one overflows.  There must be room
 * (kennis_tally_reserve()).  Inlined with constant numbers of keys and sums. */
static inline gboolean
kennis_tally_add (KennisTally   *self,
                  guint64        hash,
                  const guint32 *element,
                  guint          n_keys,
                  guint          n_sums)
{
  gsize size = n_keys * sizeof (guint32) + n_sums * sizeof (gint64);
  gsize slot = kennis_tally_slot (self, hash);

  for (;; slot = (slot + 1) & (self->n_slots - 1))
    {
      guint8 *there = self->slots + slot * size;
      guint32 first;

      memcpy (&first, there, sizeof first);
      if (first == KENNIS_INTERN_NONE)
        {
          memcpy (there, element, size);
          self->n++;
          return TRUE;
        }
      if (memcmp (there, element, n_keys * sizeof (guint32)) != 0)
        continue;

      gint64 sums[KENNIS_MAX_SUMS + 1], more[KENNIS_MAX_SUMS + 1];
      gboolean overflow = FALSE;

      memcpy (sums, there + n_keys * sizeof (guint32), n_sums * sizeof (gint64));
      memcpy (more, element + n_keys, n_sums * sizeof (gint64));
      for (guint i = 0; i < n_sums; i++)
        overflow |= __builtin_add_overflow (sums[i], more[i], &sums[i]);
      if (overflow)
        return FALSE;
      memcpy (there + n_keys * sizeof (guint32), sums, n_sums * sizeof (gint64));
      return TRUE;
    }
}

/* The sums of the key, which begin as 0.  There must be room. */
static inline gint64 *
kennis_tally_at (KennisTally   *self,
                 guint64        hash,
                 const guint32 *keys,
                 const guint    n_keys,
                 const guint    n_sums)
{
  const gsize size = n_keys * sizeof (guint32) + n_sums * sizeof (gint64);
  gsize slot = kennis_tally_slot (self, hash);

  for (;; slot = (slot + 1) & (self->n_slots - 1))
    {
      guint8 *there = self->slots + slot * size;
      gint64 *sums = (gint64 *) (gpointer) (there + n_keys * sizeof (guint32));

      if (G_LIKELY (memcmp (there, keys, n_keys * sizeof (guint32)) == 0))
        return sums;
      if (*(const guint32 *) (gconstpointer) there != KENNIS_INTERN_NONE)
        continue;
      memcpy (there, keys, n_keys * sizeof (guint32));
      memset (sums, 0, n_sums * sizeof (gint64));
      self->n++;
      return sums;
    }
}

/* Some elements of a section that lie in one block; `first`: how many there are in the spans before. */
typedef struct
{
  const guint8 *elements;
  gsize n, first;
} KennisSpan;

/* kennis-tally-sort.c */
/* Adds the spans of a block to a vector of KennisSpan: short ones, so that threads share the work. */
void     kennis_spans_add (KennisVector *spans, const KennisShape *shape, const KennisVector *block);
/* Sorts the elements of the spans by their keys into `out`, and adds up those of one key.  ranks[k][i] stands for index i of key k, where
 * ranks[k] is not NULL; the first key's are less than n_groups.  *overflow points to an element of `out` where a sum does not fit (the
 * first in order), else NULL. */
gboolean kennis_tally_sort (const KennisShape *shape, const KennisVector *spans, const guint32 *const *ranks,
                            guint32 n_groups, guint n_threads, KennisVector *out, gpointer *overflow,
                            GCancellable *cancellable, GError **error);
