#include "config.h"

#include <string.h>

#include "network/kennis-network-private.h"

/* The network without directions: two sorted rows merged into one, for the people of a chunk one behind the other where they have room in
 * any case; then the chunks are moved together. */

#define CHUNKS 64

typedef struct
{
  const KennisNetwork *network;
  KennisContacts      *contacts;
  gboolean             ties;
  GCancellable        *cancellable;
} Merge;

static guint32
first_of (const KennisNetwork *network, gsize chunk)
{
  return (guint32) ((guint64) network->n * chunk / CHUNKS);
}

static inline double
weight_of (const double *weight, guint32 i)
{
  return weight != NULL ? weight[i] : 1;
}

/* What is left of one of two rows. */
static void
copy_rest (const guint32 *from, const double *from_weight, guint32 n, guint32 *to, double *weight)
{
  memcpy (to, from, n * sizeof *to);
  for (guint32 i = 0; i < n && weight != NULL; i++)
    weight[i] = weight_of (from_weight, i);
}

/* Twice the ties at most, which fits in 32 bits. */
static guint32
room_before (const KennisNetwork *network, guint32 p)
{
  return network->offset[p] + network->in_offset[p];
}

guint32
kennis_contacts_merge (const KennisNetwork *network, guint32 p, gboolean ties, guint32 *to, double *weight)
{
  const double *out = ties ? NULL : network->weight, *in = ties ? NULL : network->in_weight;
  guint32 i = network->offset[p], i_end = network->offset[p + 1], j = network->in_offset[p],
          j_end = network->in_offset[p + 1], n = 0;

  /* No branch on who comes first, which would be guessed wrong. */
  while (i < i_end && j < j_end)
    {
      guint32 a = network->to[i], b = network->from[j];

      to[n] = MIN (a, b);
      if (weight != NULL)
        weight[n] = weight_of (out, i) * (a <= b) + weight_of (in, j) * (b <= a);
      n++;
      i += a <= b;
      j += b <= a;
    }
  copy_rest (network->to + i, out != NULL ? out + i : NULL, i_end - i, to + n, weight != NULL ? weight + n : NULL);
  n += i_end - i;
  copy_rest (network->from + j, in != NULL ? in + j : NULL, j_end - j, to + n, weight != NULL ? weight + n : NULL);
  return n + (j_end - j);
}

/* offset: within the chunk. */
static void
merge_chunk (gsize chunk, guint thread, gpointer data)
{
  Merge *self = data;
  KennisContacts *c = self->contacts;
  guint32 end = first_of (self->network, chunk + 1),
          room = room_before (self->network, first_of (self->network, chunk)), n = 0;

  (void) thread;
  for (guint32 p = first_of (self->network, chunk); p < end; p++)
    {
      if (p % 4096 == 0 && g_cancellable_is_cancelled (self->cancellable))
        return;
      n += kennis_contacts_merge (self->network, p, self->ties, c->to + room + n,
                                  c->weight != NULL ? c->weight + room + n : NULL);
      c->offset[p + 1] = n;
    }
}

static void
move_together (const Merge *self)
{
  KennisContacts *c = self->contacts;
  guint32 n = 0;

  for (gsize chunk = 0; chunk < CHUNKS; chunk++)
    {
      guint32 begin = first_of (self->network, chunk), end = first_of (self->network, chunk + 1);
      guint32 room = room_before (self->network, begin), own = end > begin ? c->offset[end] : 0;

      memmove (c->to + n, c->to + room, own * sizeof *c->to);
      if (c->weight != NULL)
        memmove (c->weight + n, c->weight + room, own * sizeof *c->weight);
      for (guint32 p = begin; p < end; p++)
        c->offset[p + 1] += n;
      n += own;
    }
}

gboolean
kennis_contacts_make (KennisContacts *self, const KennisNetwork *network, KennisContactsWeight with, guint n_threads,
                      GCancellable *cancellable, GError **error)
{
  gsize room = 2 * (gsize) network->m + 1;
  Merge merge = { network, self, with == KENNIS_CONTACTS_TIES, cancellable };

  self->offset = g_new0 (guint32, (gsize) network->n + 2);
  self->to = g_new (guint32, room);
  self->weight = with != KENNIS_CONTACTS_PLAIN ? g_new (double, room) : NULL;
  if (!kennis_parallel_for (n_threads, CHUNKS, merge_chunk, &merge, NULL, cancellable, error))
    return FALSE;
  move_together (&merge);
  /* What is not needed is given back. */
  self->to = g_renew (guint32, self->to, (gsize) self->offset[network->n] + 1);
  if (self->weight != NULL)
    self->weight = g_renew (double, self->weight, (gsize) self->offset[network->n] + 1);
  return TRUE;
}

void
kennis_contacts_clear (KennisContacts *self)
{
  g_clear_pointer (&self->offset, g_free);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->weight, g_free);
}
