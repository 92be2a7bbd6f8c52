#pragma once

#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-slice-private.h"

/* What several metrics of exchange ask.  What counts is what kennis_slice_sharings() gives: no REQUIRED, no CONTACT unless admitted. */

/* Is the member one of the heads: on the roster, and present while it was observed? */
static inline gboolean
kennis_exchange_is_head (const KennisSlice *slice, guint32 member)
{
  return slice->members[member].on_roster && slice->members[member].heads > 0;
}

/* A tie: a distinct ordered pair of people, of whom the one gave to the other in the period; at least one was then in the group. */
typedef struct
{
  guint32 giver, receiver;                /* persons */
  gint32  giver_member, receiver_member;  /* members; −1: at no time of giving in the group */
  gint32  last_day;                       /* of giving */
  guint8  is_inside;                      /* both were in the group at some time of giving */
  guint8  is_mutual;                      /* the opposite tie is there; */
  guint8  is_mutual_inside;               /* and inside too */
} KennisTie;

/* Sorted by giver and receiver; lives as long as the slice. */
const KennisTie *kennis_exchange_ties (const KennisSlice *slice, gsize *n);
/* The opposite one, or NULL. */
const KennisTie *kennis_exchange_opposite (const KennisTie *ties, gsize n, const KennisTie *tie);

/* Says so where under 60% of the 12 months was observed. */
void kennis_exchange_note_coverage (const KennisSlice *year, KennisEstimate *out);

/* A session: what happened together.  A sharing without a session is one by itself. */
typedef struct
{
  const KennisSliceSharing * const *sharings;
  gsize          n_sharings;
  const guint32 *members;                 /* distinct members who took part */
  gsize          n_members;
  const guint32 *givers;                  /* those of them who gave */
  gsize          n_givers;
} KennisSession;
typedef void (*KennisSessionFunc) (const KennisSlice *slice, const KennisSession *session, gpointer data);
void kennis_exchange_each_session (const KennisSlice *slice, KennisSessionFunc func, gpointer data);
