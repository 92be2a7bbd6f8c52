#pragma once

#include "network/kennis-network-private.h"

/* The ties of a network of few, in the order in which PageRank sweeps over them, forward and back.
 *
 * People stand in blocks, person p in block p mod n_blocks: those whose numbers are near, as a team's often are, stand apart.  A tie is
 * early where the giver's block comes before the receiver's, late where it comes after, inside where they are the same.  What four people
 * of a block receive early, or late, lies side by side, filled up with ties of weight 0: one loop does four, and as the people of a block
 * are sorted by how much that is, it is seldom of another length than the one before.  Without that more than half of the time goes
 * into loops whose end was guessed wrong.
 *
 * Bytes: 10 a tie and some 46 a person; filling up takes little, but where a few receive nearly all, up to 30 a tie more. */
#define KENNIS_SWEEPS_LANES 4
/* So that places are numbers of 16 bits. */
#define KENNIS_SWEEPS_MOST_PEOPLE 65000

typedef struct
{
  guint16 *length; /* of each group of four; 0 … 65 000 */
  guint16 *from;   /* places */
  double  *weight; /* as a part of all that the giver gives */
  guint32  n;
} KennisSweepTies;

typedef struct _KennisSweeps
{
  guint32  n_blocks, n_groups;  /* n_groups: in a block */
  guint32  n_places;            /* some are nobody's */
  guint32  n_silent;
  guint16 *place;               /* of a person; in a block by how much they receive late */
  guint16 *order;               /* the places of each block by how much they receive early; n_places: nobody */
  guint16 *silent;              /* places of who gives to nobody */
  KennisSweepTies early, late;
  double  *comes_late;          /* a place: the weight of what is late or inside */
  guint32 *inside;              /* n_blocks + 1: where a block's begin */
  guint16 *inside_from, *inside_to;
  double  *inside_weight;
  double  *spare;               /* room to rank in, by one at a time: fresh memory takes a tenth of what ranking does; NULL: in use.  Atomic */
} KennisSweeps;

/* Is the network one of few? */
gboolean            kennis_network_is_small   (const KennisNetwork *network);
/* Made at the first call and kept with the network. */
KennisSweeps       *kennis_network_get_sweeps (KennisNetwork *network);
void                kennis_sweeps_free        (KennisSweeps *self);

/* How many numbers there is room for. */
static inline gsize
kennis_sweeps_room (const KennisSweeps *self)
{
  return 4 * ((gsize) self->n_places + KENNIS_SWEEPS_LANES);
}

/* Each person's rank, up to their sum.  False: cancelled. */
gboolean kennis_network_rank_by_sweeps (KennisNetwork *network, double damping, double *rank, GCancellable *cancellable, GError **error);
