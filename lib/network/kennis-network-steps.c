#include "config.h"

#include <string.h>

#include "base/kennis-wide-private.h"
#include "network/kennis-network-betweenness-private.h"

/* Brandes's algorithm from sixteen sources at once, level by level.  A person's row has a number for each source, in which one
 * person's ties are looked at once for all of them. */

#define LANES 16
/* People between two looks at the cancellable. */
#define PACE  1024

typedef guint64 Mask4 __attribute__ ((vector_size (32)));
typedef double  Four __attribute__ ((vector_size (32)));
typedef struct { Four four[LANES / 4]; } Row;
typedef guint16 Lanes;

/* Who was reached for the first time at a level, in which searches. */
typedef struct
{
  guint32 person;
  Lanes   lanes;
} Entry;

typedef struct
{
  Row     *paths;        /* numbers of shortest paths from each source */
  Row     *onward;       /* Σ over those further on of (1 + dependency) / paths; then (1 + dependency) / paths of the person */
  Lanes   *seen, *level, *next;
  GArray  *entries;      /* of Entry, level by level */
  GArray  *first;        /* of guint: where each level begins */
  KennisFixed *sum;
} Scratch;

typedef struct
{
  const KennisBetweenness *work;
  Scratch *scratch;      /* by thread */
} Run;

/* Sixteen bits as masks of four numbers each. */
static const Mask4 masks[16] = {
#define M(b) { (b) & 1 ? ~0ull : 0, (b) & 2 ? ~0ull : 0, (b) & 4 ? ~0ull : 0, (b) & 8 ? ~0ull : 0 }
  M (0), M (1), M (2), M (3), M (4), M (5), M (6), M (7), M (8), M (9), M (10), M (11), M (12), M (13), M (14), M (15)
#undef M
};

#define PICK(row, k, lanes) ((Four) ((Mask4) (row).four[k] & masks[(lanes) >> (4 * (k)) & 15]))
#define ADD(to, row, lanes)                                                                                            \
  do                                                                                                                   \
    {                                                                                                                  \
      (to).four[0] += PICK (row, 0, lanes);                                                                            \
      (to).four[1] += PICK (row, 1, lanes);                                                                            \
      (to).four[2] += PICK (row, 2, lanes);                                                                            \
      (to).four[3] += PICK (row, 3, lanes);                                                                            \
    }                                                                                                                  \
  while (0)

static void
scratch_make (Scratch *self, guint32 n)
{
  self->paths = g_aligned_alloc (sizeof (Row), (gsize) n + 1, 64);
  self->onward = g_aligned_alloc (sizeof (Row), (gsize) n + 1, 64);
  self->seen = g_new (Lanes, (gsize) n + 1);
  self->level = g_new0 (Lanes, (gsize) n + 1);
  self->next = g_new0 (Lanes, (gsize) n + 1);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->first = g_array_new (FALSE, FALSE, sizeof (guint));
  self->sum = g_new0 (KennisFixed, (gsize) n + 1);
}

static void
scratch_clear (Scratch *self)
{
  g_aligned_free (self->paths);
  g_aligned_free (self->onward);
  g_free (self->seen);
  g_free (self->level);
  g_free (self->next);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->first, g_array_unref);
  g_free (self->sum);
}

static guint
level_begin (const Scratch *self, guint level)
{
  return level < self->first->len ? g_array_index (self->first, guint, level) : self->entries->len;
}

static const Entry *
entry_at (const Scratch *self, guint i)
{
  return &g_array_index (self->entries, Entry, i);
}

/* Notes for everyone in the level in which searches they are (or 0). */
static void
mark_level (const Scratch *self, guint level, Lanes *mark, gboolean set)
{
  for (guint i = level_begin (self, level); i < level_begin (self, level + 1); i++)
    mark[entry_at (self, i)->person] = set ? entry_at (self, i)->lanes : 0;
}

static guint64
count_ties (const Scratch *self, const guint32 *offset, guint level)
{
  guint64 n = 0;

  for (guint i = level_begin (self, level); i < level_begin (self, level + 1); i++)
    n += offset[entry_at (self, i)->person + 1] - offset[entry_at (self, i)->person];
  return n;
}

static void
add_entry (Scratch *self, guint32 p, Lanes lanes)
{
  Entry entry = { p, lanes };

  g_array_append_val (self->entries, entry);
  self->seen[p] |= lanes;
}

/* Everyone whom some search has not reached looks at the last level. */
KENNIS_WIDE static gboolean
pull (Scratch *self, const KennisBetweenness *work, Lanes all)
{
  const KennisNetwork *n = work->network;

  for (guint32 p = 0; p < n->n; p++)
    {
      Lanes missing = all & ~self->seen[p], found = 0;
      Row sum = { 0 };

      if (p % PACE == 0 && g_cancellable_is_cancelled (work->cancellable))
        return FALSE;
      if (missing == 0)
        continue;
      for (guint32 i = n->in_offset[p]; i < n->in_offset[p + 1]; i++)
        {
          guint32 q = n->from[i];
          Lanes here = self->level[q] & missing;

          if (here == 0)
            continue;
          found |= here;
          ADD (sum, self->paths[q], here);
        }
      if (found == 0)
        continue;
      /* The others are 0, and stay what they were. */
      ADD (self->paths[p], sum, found);
      add_entry (self, p, found);
    }
  return TRUE;
}

/* The last level tells those whom it reaches. */
KENNIS_WIDE static gboolean
push (Scratch *self, const KennisBetweenness *work, guint level)
{
  const KennisNetwork *n = work->network;
  guint begin = level_begin (self, level), end = self->entries->len;

  for (guint k = begin; k < end; k++)
    {
      Entry e = *entry_at (self, k);

      if ((k - begin) % PACE == 0 && g_cancellable_is_cancelled (work->cancellable))
        return FALSE;
      for (guint32 i = n->offset[e.person]; i < n->offset[e.person + 1]; i++)
        {
          guint32 p = n->to[i];
          Lanes found = e.lanes & ~self->seen[p];

          if (found == 0)
            continue;
          if (self->next[p] == 0)
            {
              Entry entry = { p, 0 };

              g_array_append_val (self->entries, entry);
            }
          self->next[p] |= found;
          ADD (self->paths[p], self->paths[e.person], found);
        }
    }
  for (guint k = end; k < self->entries->len; k++)
    {
      Entry *e = &g_array_index (self->entries, Entry, k);

      e->lanes = self->next[e->person];
      self->seen[e->person] |= e->lanes;
      self->next[e->person] = 0;
    }
  return TRUE;
}

static gboolean
begin (Scratch *self, const KennisBetweenness *work, gsize first, guint n_lanes)
{
  guint32 n = work->network->n;
  guint zero = 0;

  if (!kennis_network_zero (self->paths, (gsize) n * sizeof (Row), work->cancellable)
      || !kennis_network_zero (self->onward, (gsize) n * sizeof (Row), work->cancellable))
    return FALSE;
  memset (self->seen, 0, (gsize) n * sizeof (Lanes));
  memset (self->level, 0, (gsize) n * sizeof (Lanes));
  memset (self->next, 0, (gsize) n * sizeof (Lanes));
  g_array_set_size (self->entries, 0);
  g_array_set_size (self->first, 0);
  g_array_append_val (self->first, zero);
  for (guint lane = 0; lane < n_lanes; lane++)
    {
      guint32 p = kennis_betweenness_source (work, first + lane);

      self->paths[p].four[lane / 4][lane % 4] = 1;
      add_entry (self, p, (Lanes) (1u << lane));
    }
  return TRUE;
}

static gboolean
search (Scratch *self, const KennisBetweenness *work, Lanes all)
{
  for (guint level = 0; level_begin (self, level) < self->entries->len; level++)
    {
      guint next = self->entries->len;
      gboolean is_wide = count_ties (self, work->network->offset, level) > work->network->m / 8;

      if (is_wide)
        mark_level (self, level, self->level, TRUE);
      if (!(is_wide ? pull (self, work, all) : push (self, work, level)))
        return FALSE;
      if (is_wide)
        {
          /* Their own entries only: what pull() added stands behind. */
          for (guint i = level_begin (self, level); i < next; i++)
            self->level[entry_at (self, i)->person] = 0;
        }
      g_array_append_val (self->first, next);
    }
  return TRUE;
}

/* What a level's people pass back for each path: (1 + dependency) / paths, in their searches.  In others a row holds what it did. */
KENNIS_WIDE static gboolean
settle (Scratch *self, const KennisBetweenness *work, guint level)
{
  for (guint k = level_begin (self, level); k < level_begin (self, level + 1); k++)
    {
      const Entry *e = entry_at (self, k);
      Row *onward = &self->onward[e->person];
      const Row *paths = &self->paths[e->person];
      Four sum = { 0 };

      if (k % PACE == 0 && g_cancellable_is_cancelled (work->cancellable))
        return FALSE;
      for (guint i = 0; i < LANES / 4; i++)
        {
          Mask4 mask = masks[e->lanes >> (4 * i) & 15];
          Four dependency = paths->four[i] * onward->four[i], back = (1 + dependency) / paths->four[i];

          sum += (Four) ((Mask4) dependency & mask);
          onward->four[i] = (Four) (((Mask4) back & mask) | ((Mask4) onward->four[i] & ~mask));
        }
      kennis_fixed_add (&self->sum[e->person], (sum[0] + sum[1]) + (sum[2] + sum[3]));
    }
  return TRUE;
}

/* From a level back to the one before, along whichever has fewer ties. */
KENNIS_WIDE static gboolean
go_back (Scratch *self, const KennisBetweenness *work, guint level)
{
  const KennisNetwork *n = work->network;
  gboolean ask = count_ties (self, n->offset, level - 1) <= count_ties (self, n->in_offset, level);
  guint from = ask ? level - 1 : level, begin = level_begin (self, from), end = level_begin (self, from + 1);
  const guint32 *offset = ask ? n->offset : n->in_offset, *to = ask ? n->to : n->from;
  Lanes *mark = ask ? self->next : self->level;

  mark_level (self, ask ? level : level - 1, mark, TRUE);
  for (guint k = begin; k < end; k++)
    {
      Entry e = *entry_at (self, k);

      if ((k - begin) % PACE == 0 && g_cancellable_is_cancelled (work->cancellable))
        return FALSE;
      if (ask)
        {
          Row sum = { 0 };

          for (guint32 i = offset[e.person]; i < offset[e.person + 1]; i++)
            if ((mark[to[i]] & e.lanes) != 0)
              ADD (sum, self->onward[to[i]], mark[to[i]] & e.lanes);
          ADD (self->onward[e.person], sum, e.lanes);
        }
      else
        for (guint32 i = offset[e.person]; i < offset[e.person + 1]; i++)
          if ((mark[to[i]] & e.lanes) != 0)
            ADD (self->onward[to[i]], self->onward[e.person], mark[to[i]] & e.lanes);
    }
  mark_level (self, ask ? level : level - 1, mark, FALSE);
  return TRUE;
}

static void
do_batch (gsize chunk, guint thread, gpointer data)
{
  Run *run = data;
  const KennisBetweenness *work = run->work;
  Scratch *self = &run->scratch[thread];
  gsize first = chunk * LANES;
  guint n_lanes = (guint) MIN (LANES, work->n_sources - first), last;

  if (self->paths == NULL)
    scratch_make (self, work->network->n);
  if (!begin (self, work, first, n_lanes) || !search (self, work, (Lanes) ((1u << n_lanes) - 1)))
    return;
  /* The last level has nobody. */
  last = self->first->len - 1;
  for (guint level = last; level-- > 1;)
    {
      if (!settle (self, work, level) || (level > 1 && !go_back (self, work, level)))
        return;
    }
}

gboolean
kennis_betweenness_by_steps (const KennisBetweenness *self, GError **error)
{
  guint n_threads = kennis_parallel_n_threads (self->n_threads);
  g_autofree Scratch *scratch = g_new0 (Scratch, n_threads);
  g_autofree KennisFixed **sums = g_new0 (KennisFixed *, n_threads);
  Run run = { self, scratch };
  gsize n_batches = ((gsize) self->n_sources + LANES - 1) / LANES;
  gboolean fine = kennis_parallel_for (n_threads, n_batches, do_batch, &run, NULL, self->cancellable, error);

  for (guint t = 0; t < n_threads; t++)
    {
      sums[t] = g_steal_pointer (&scratch[t].sum);
      scratch_clear (&scratch[t]);
    }
  kennis_betweenness_gather (self, sums, n_threads);
  return fine;
}
