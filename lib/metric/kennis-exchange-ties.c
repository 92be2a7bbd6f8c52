#include "config.h"

#include "metric/kennis-exchange-private.h"
#include "metric/kennis-slice-types-private.h"

#include <stdlib.h>

/* Sharings as ties, and as sessions. */

static int
compare_ties (const void *a, const void *b)
{
  const KennisTie *x = a, *y = b;

  if (x->giver != y->giver)
    return (x->giver > y->giver) - (x->giver < y->giver);
  return (x->receiver > y->receiver) - (x->receiver < y->receiver);
}

const KennisTie *
kennis_exchange_opposite (const KennisTie *ties, gsize n, const KennisTie *tie)
{
  KennisTie wanted = { .giver = tie->receiver, .receiver = tie->giver };

  return bsearch (&wanted, ties, n, sizeof *ties, compare_ties);
}

static gsize
merge_equal (KennisTie *ties, gsize n)
{
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    if (kept > 0 && compare_ties (&ties[kept - 1], &ties[i]) == 0)
      {
        KennisTie *tie = &ties[kept - 1];

        tie->giver_member = MAX (tie->giver_member, ties[i].giver_member);
        tie->receiver_member = MAX (tie->receiver_member, ties[i].receiver_member);
        tie->last_day = MAX (tie->last_day, ties[i].last_day);
        tie->is_inside |= ties[i].is_inside;
      }
    else
      ties[kept++] = ties[i];
  return kept;
}

const KennisTie *
kennis_exchange_ties (const KennisSlice *slice, gsize *n)
{
  KennisPart *part = &slice->cache->ties;
  const KennisSliceSharing *sharings;
  KennisTie *ties;
  gsize n_sharings, n_ties = 0;

  *n = part->n;
  if (part->items != NULL)
    return part->items;

  sharings = kennis_slice_sharings (slice, &n_sharings);
  ties = g_new (KennisTie, n_sharings + 1);
  for (gsize i = 0; i < n_sharings; i++)
    {
      const KennisSliceSharing *s = &sharings[i];

      if (s->fact->giver != KENNIS_INTERN_NONE && s->fact->receiver != KENNIS_INTERN_NONE)
        ties[n_ties++] = (KennisTie) { s->fact->giver, s->fact->receiver,
                                       s->giver,       s->receiver,
                                       s->fact->day,   s->giver >= 0 && s->receiver >= 0,
                                       FALSE,          FALSE };
    }
  qsort (ties, n_ties, sizeof *ties, compare_ties);
  part->n = n_ties = merge_equal (ties, n_ties);
  part->items = ties;
  for (gsize i = 0; i < n_ties; i++)
    {
      const KennisTie *opposite = kennis_exchange_opposite (ties, n_ties, &ties[i]);

      ties[i].is_mutual = opposite != NULL;
      ties[i].is_mutual_inside = opposite != NULL && ties[i].is_inside && opposite->is_inside;
    }
  *n = part->n;
  return part->items;
}

/* By session, those without one after all others; in canonical order. */
static int
compare_sessions (const void *a, const void *b)
{
  const KennisSliceSharing *x = *(const KennisSliceSharing *const *) a, *y = *(const KennisSliceSharing *const *) b;

  if (x->fact->session != y->fact->session)
    return (x->fact->session > y->fact->session) - (x->fact->session < y->fact->session);
  return (x > y) - (x < y);
}

static int
compare_members (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

static gsize
distinct (guint32 *members, gsize n)
{
  gsize kept = 0;

  qsort (members, n, sizeof *members, compare_members);
  for (gsize i = 0; i < n; i++)
    if (kept == 0 || members[i] != members[kept - 1])
      members[kept++] = members[i];
  return kept;
}

static gsize
session_end (const KennisSliceSharing * const *order, gsize from, gsize n)
{
  gsize end = from + 1;

  while (order[from]->fact->session != KENNIS_INTERN_NONE && end < n
         && order[end]->fact->session == order[from]->fact->session)
    end++;
  return end;
}

/* Several metrics go through the sessions of a slice: put in order once. */
static const KennisSliceSharing * const *
order_sessions (const KennisSlice *slice, gsize *n)
{
  KennisPart *part = &slice->cache->sessions;
  const KennisSliceSharing *sharings = kennis_slice_sharings (slice, n);
  const KennisSliceSharing **order;

  if (part->items != NULL)
    return part->items;
  order = g_new (const KennisSliceSharing *, *n + 1);
  for (gsize i = 0; i < *n; i++)
    order[i] = &sharings[i];
  qsort (order, *n, sizeof *order, compare_sessions);
  part->items = order;
  part->n = *n;
  return part->items;
}

void
kennis_exchange_each_session (const KennisSlice *slice, KennisSessionFunc func, gpointer data)
{
  gsize n, end;
  const KennisSliceSharing *const *order = order_sessions (slice, &n);
  guint32 *members = kennis_slice_scratch (slice, 2 * n * sizeof *members);
  guint32 *givers = kennis_slice_scratch (slice, n * sizeof *givers);

  for (gsize i = 0; i < n; i = end)
    {
      KennisSession session = { order + i, 0, members, 0, givers, 0 };

      end = session_end (order, i, n);
      session.n_sharings = end - i;
      for (gsize j = i; j < end; j++)
        {
          if (order[j]->giver >= 0)
            members[session.n_members++] = givers[session.n_givers++] = (guint32) order[j]->giver;
          if (order[j]->receiver >= 0)
            members[session.n_members++] = (guint32) order[j]->receiver;
        }
      session.n_members = distinct (members, session.n_members);
      session.n_givers = distinct (givers, session.n_givers);
      func (slice, &session, data);
    }
}
