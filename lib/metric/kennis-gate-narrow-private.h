#pragma once

#include <math.h>

#include "metric/kennis-gate-private.h"

/* kennis-gate-narrow.c and kennis-gate-shift.c: how narrowly a withheld sum can be known. */
typedef struct
{
  const KennisGateAtoms *atoms;
  const guint8 *states;
  const double *x;
  gboolean are_answers;
  const guint *frame_of;   /* by population; NULL */
  guint8 *is_mover;        /* by atom: in two groups of one grouping in one period; NULL: nobody need be set apart */
  guint64 *signature;      /* by atom, of its shown populations; 0: none */
  double *sum;             /* by atom, noes, and slack by cell, noes: sums that agree with all, shown and withheld */
  guint8 *is_reached;      /* by atom, scratch */
  guint8 *is_free;         /* by atom, scratch */
  double *y;               /* as sum, scratch */
  guint8 *is_hidden;       /* by atom */
  GHashTable *hidden;      /* signature → GArray of hidden atoms */
} KennisGateNarrow;

static inline gboolean
kennis_gate_narrow_is_shown (const KennisGateNarrow *self, guint cell)
{
  return self->states[cell] == KENNIS_CELL_SHOWN && !isnan (self->x[cell]);
}

/* kennis-gate-shift.c: can the cell's sum be shifted far enough, a few atoms at a time? */
gboolean kennis_gate_narrow_has_cycles (KennisGateNarrow *self, guint cell);
/* Could one yes of the cell as well be a twin's, or the other way round? */
gboolean kennis_gate_narrow_has_swap   (KennisGateNarrow *self, guint cell);
