#pragma once

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>
#include <kennis/kennis-network.h>

#include "base/kennis-parallel-private.h"

/* Ties in compressed rows, both ways; a network is never changed once made, but for what it keeps of them in another order.
 *
 * Those from person p are to[offset[p]] … to[offset[p + 1] − 1], sorted; those to p likewise in from.  A tie stands once, no
 * one has a tie to oneself.  Bytes: 8 a tie and 8 a person, and where not all weights are 1, 16 a tie more; half of it in
 * an undirected network, where both ways are the same arrays. */
struct _KennisNetwork
{
  GObject   parent_instance;

  guint32   n;
  guint32   m;
  gboolean  is_undirected;   /* every tie has its opposite with the same weight */
  guint32  *offset, *in_offset;
  guint32  *to, *from;
  double   *weight, *in_weight;     /* NULL: all 1 */
  guint64   n_rows, n_loops;        /* what it was made of */
  guint64   n_left_out;

  GStringChunk *texts;
  const char  **labels;             /* NULL: none */
  struct _KennisNetworkPeople *people;   /* of a summary; NULL */
  struct _KennisSweeps *sweeps;          /* made at the latest when it is first ranked; NULL: not yet.  Atomic */
};

#define KENNIS_NETWORK_NOBODY G_MAXUINT32
#define KENNIS_NETWORK_MAX    ((guint32) G_MAXINT32 - 1)   /* so that any index fits in the int32 of others' sparse matrices */

/* How many rows or people are done between two looks at the cancellable, where each takes some ns. */
#define KENNIS_NETWORK_PACE 65536

/* So many bytes are cleared between two looks; fresh memory takes some ms for that. */
#define KENNIS_NETWORK_BYTES ((gsize) 1 << 22)

/* Sets memory to 0.  False: cancelled, and some of it is what it was. */
static inline gboolean
kennis_network_zero (gpointer memory, gsize size, GCancellable *cancellable)
{
  for (gsize at = 0; at < size; at += KENNIS_NETWORK_BYTES)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      memset ((guint8 *) memory + at, 0, MIN (KENNIS_NETWORK_BYTES, size - at));
    }
  return TRUE;
}

/* kennis-network-build.c.  Takes over nothing.  weight NULL: 1 a row. */
KennisNetwork *kennis_network_build (guint32 n, const guint32 *giver, const guint32 *receiver, const double *weight,
                                     gsize n_rows, GCancellable *cancellable, GError **error);
/* Makes the other way from to, offset and weight, in what memory there is for it. */
gboolean kennis_network_transpose (KennisNetwork *self, GCancellable *cancellable, GError **error);

static inline guint32
kennis_network_out_degree (const KennisNetwork *self, guint32 p)
{
  return self->offset[p + 1] - self->offset[p];
}

static inline guint32
kennis_network_in_degree (const KennisNetwork *self, guint32 p)
{
  return self->in_offset[p + 1] - self->in_offset[p];
}

/* The rows of a side. */
typedef struct
{
  const guint32 *offset;
  const guint32 *to;
  const double  *weight;
} KennisRows;

static inline KennisRows
kennis_network_rows (const KennisNetwork *self, gboolean receiving)
{
  return receiving ? (KennisRows) { self->in_offset, self->from, self->in_weight }
                   : (KennisRows) { self->offset, self->to, self->weight };
}

/* Everybody's contacts, in whichever way, each once, sorted: a caller's own.  weight: nothing, the weights of both ways together, or how
 * many ways there are (1 or 2). */
typedef enum { KENNIS_CONTACTS_PLAIN, KENNIS_CONTACTS_WEIGHTS, KENNIS_CONTACTS_TIES } KennisContactsWeight;
typedef struct
{
  guint32 *offset;
  guint32 *to;
  double  *weight;
} KennisContacts;
gboolean kennis_contacts_make  (KennisContacts *self, const KennisNetwork *network, KennisContactsWeight with,
                                guint n_threads, GCancellable *cancellable, GError **error);
void     kennis_contacts_clear (KennisContacts *self);
/* Those of one person, where there is room for as many as the ties both ways; weight NULL: none; returns how many there are. */
guint32  kennis_contacts_merge (const KennisNetwork *network, guint32 p, gboolean ties, guint32 *to, double *weight);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KennisContacts, kennis_contacts_clear)

/* An exact sum of numbers ≥ 0 in fixed point, so that the order of adding does not matter: 63 bits before the point, 64 after.  What does
 * not fit (as the dependency where there are more than 1e308 shortest paths) makes the sum NaN for good. */
typedef struct { guint64 low, high; } KennisFixed;

#define KENNIS_FIXED_LOST (G_GUINT64_CONSTANT (1) << 63)

static inline void
kennis_fixed_add_fixed (KennisFixed *self, KennisFixed other)
{
  guint64 lost = (self->high | other.high) & KENNIS_FIXED_LOST;

  self->low += other.low;
  self->high += other.high + (self->low < other.low);
  self->high |= lost;
}

static inline void
kennis_fixed_add (KennisFixed *self, double x)
{
  KennisFixed other = { 0, KENNIS_FIXED_LOST };

  if (x < 0x1p62)
    {
      other.high = (guint64) x;
      other.low = (guint64) ((x - (double) other.high) * 0x1p64);
    }
  kennis_fixed_add_fixed (self, other);
}

static inline double
kennis_fixed_get (KennisFixed self)
{
  return self.high & KENNIS_FIXED_LOST ? (double) NAN : (double) self.high + (double) self.low * 0x1p-64;
}
