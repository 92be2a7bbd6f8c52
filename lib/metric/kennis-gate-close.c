#include "config.h"

#include <math.h>

#include "base/kennis-hash-private.h"
#include "metric/kennis-gate-private.h"

/* Complementary withholding: what the shown cells give away is found, and of the cells that do so the smallest is withheld as
 * well, until they give away nothing. */

/* After so many rounds what a narrowly known cell is in is withheld, and not any more what is beside it. */
#define PATIENCE 2

/* A group that is withheld in another period already counts for half its size, so that the same one is taken throughout and what
 * is withheld does not wander: group sizes hardly change from month to month. */
static gboolean
goes_before (const KennisGateTask *self, const guint8 *elsewhere, guint a, guint b)
{
  guint n = self->atoms->n_people[a] * (elsewhere[self->group_of[a]] ? 1 : 2);
  guint m = self->atoms->n_people[b] * (elsewhere[self->group_of[b]] ? 1 : 2);

  return n != m ? n < m : self->rank[a] < self->rank[b];
}

static gint
smallest (const KennisGateTask *self, const guint8 *elsewhere, const guint *cells, guint n)
{
  gint best = -1;

  for (guint i = 0; i < n; i++)
    if (best < 0 || goes_before (self, elsewhere, cells[i], (guint) best))
      best = (gint) cells[i];
  return best;
}

static guint8 *
withheld_groups (const KennisGateTask *self, const guint8 *states)
{
  guint n = self->atoms->n_populations;
  guint8 *groups = g_new0 (guint8, n + 1);

  for (guint c = 0; c < n; c++)
    if (kennis_cell_is_withheld (states[c]))
      groups[self->group_of[c]] = 1;
  return groups;
}

typedef struct
{
  guint people;
  double x, positive, whole, largest;
  gboolean is_complete;      /* every atom is in one of the cells */
} Sum;

/* The set of atoms as withheld cells, as far as it goes: large ones first, each whole. */
static Sum
sum_of (const KennisGateTask *self, const KennisGateAtoms *atoms, const guint8 *states, const KennisGateLeak *leak)
{
  g_autoptr (GHashTable) left = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) tried = g_hash_table_new (NULL, NULL);
  Sum sum = { 0 };

  for (guint i = 0; i < leak->n_atoms; i++)
    g_hash_table_add (left, GUINT_TO_POINTER (leak->atoms[i]));
  for (guint i = 0; i < leak->n_atoms; i++)
    for (guint j = atoms->cells_begin[leak->atoms[i]]; j < atoms->cells_begin[leak->atoms[i] + 1]; j++)
      {
        guint cell = atoms->cells[j];
        gboolean is_whole = kennis_cell_is_withheld (states[cell]) && g_hash_table_add (tried, GUINT_TO_POINTER (cell));

        for (guint k = atoms->atoms_begin[cell]; k < atoms->atoms_begin[cell + 1] && is_whole; k++)
          is_whole = g_hash_table_contains (left, GUINT_TO_POINTER (atoms->atoms[k]));
        if (!is_whole)
          continue;
        for (guint k = atoms->atoms_begin[cell]; k < atoms->atoms_begin[cell + 1]; k++)
          g_hash_table_remove (left, GUINT_TO_POINTER (atoms->atoms[k]));
        sum.people += self->n != NULL ? self->n[cell] : atoms->n_people[cell];
        sum.x += self->x != NULL ? self->x[cell] : NAN;
        sum.positive += self->positive != NULL ? self->positive[cell] : NAN;
        sum.whole += self->whole != NULL ? self->whole[cell] : NAN;
        if (self->largest != NULL)
          sum.largest = MAX (sum.largest, self->largest[cell]);
      }
  sum.is_complete = g_hash_table_size (left) == 0;
  return sum;
}

/* A set of withheld cells whose sum is given away is as good as shown, and must be fit to be. */
static gboolean
is_unfit (const KennisGateTask *self, const KennisGateAtoms *atoms, const guint8 *states, const KennisGateLeak *leak)
{
  Sum sum;

  if (leak->is_small)
    return TRUE;
  if (leak->cell >= 0)
    return states[leak->cell] == KENNIS_CELL_PRIMARY;
  if (kennis_gate_atoms_count (atoms, leak->atoms, leak->n_atoms) < self->minimum)
    return TRUE;
  sum = sum_of (self, atoms, states, leak);
  if (self->n != NULL && sum.people < self->minimum)
    return TRUE;
  if (!sum.is_complete)
    return FALSE;
  if (self->is_sensitive && (sum.positive == 0 || sum.positive == sum.whole))
    return TRUE;
  return sum.x > 0 && sum.largest > 0.8 * sum.x;
}

/* By what is shown and of which atoms, as metrics of one pattern are many; unions by the numbers of people of the withheld cells as well. */
static GBytes *
cache_key (const KennisGateTask *self, const KennisGateAtoms *atoms, const guint8 *states, gboolean are_unions)
{
  GByteArray *text = g_byte_array_sized_new (atoms->n_used + 32);
  guint64 hash = are_unions ? self->minimum : 0;

  for (guint u = 0; u < atoms->n_used; u++)
    {
      guint c = atoms->used[u];

      g_byte_array_append (text, &states[c], 1);
      if (are_unions && kennis_cell_is_withheld (states[c]) && self->n != NULL && self->n[c] != atoms->n_people[c])
        hash = kennis_hash_mix (hash + ((guint64) c << 32) + self->n[c]);
    }
  g_byte_array_append (text, (const guint8 *) &atoms, sizeof atoms);
  g_byte_array_append (text, (const guint8 *) &hash, sizeof hash);
  return g_byte_array_free_to_bytes (text);
}

static const GPtrArray *
leaks_of (const KennisGateTask *self, const KennisGateAtoms *atoms, const guint8 *states, gboolean are_unions)
{
  g_autoptr (GBytes) key = cache_key (self, atoms, states, are_unions);
  GPtrArray *leaks = g_hash_table_lookup (self->cache, key);

  if (leaks == NULL)
    {
      leaks = are_unions ? kennis_gate_union_leaks (atoms, states, self->n, self->minimum)
                         : kennis_gate_leaks (atoms, states);
      g_hash_table_insert (self->cache, g_bytes_ref (key), leaks);
    }
  return leaks;
}

static gboolean
stop_leaks_in (const KennisGateTask *self, const KennisGateAtoms *atoms, guint8 *states, const guint8 *elsewhere, gboolean are_unions)
{
  const GPtrArray *leaks = leaks_of (self, atoms, states, are_unions);
  gboolean any = FALSE;

  for (guint l = 0; l < leaks->len; l++)
    {
      const KennisGateLeak *leak = leaks->pdata[l];
      gboolean is_stopped = FALSE;

      for (guint i = 0; i < leak->n_rows && !is_stopped; i++)
        is_stopped = states[leak->rows[i]] != KENNIS_CELL_SHOWN;
      if (is_stopped || leak->n_rows == 0 || !is_unfit (self, atoms, states, leak))
        continue;
      states[smallest (self, elsewhere, leak->rows, leak->n_rows)] = KENNIS_CELL_COMPLEMENT;
      any = TRUE;
    }
  return any;
}

/* Numbers of people do not add up over periods, nor over groups with movers. */
static gboolean
stop_leaks (const KennisGateTask *self, guint8 *states, const guint8 *elsewhere, gboolean are_unions)
{
  const GPtrArray *parts = self->are_counts ? self->periods : self->parts;
  gboolean any = FALSE;

  for (guint p = 0; p < parts->len; p++)
    any |= stop_leaks_in (self, parts->pdata[p], states, elsewhere, are_unions);
  return any;
}

static gboolean
overlap (const KennisGateAtoms *atoms, guint a, guint b)
{
  guint i = atoms->atoms_begin[a], j = atoms->atoms_begin[b];

  while (i < atoms->atoms_begin[a + 1] && j < atoms->atoms_begin[b + 1])
    if (atoms->atoms[i] == atoms->atoms[j])
      return TRUE;
    else if (atoms->atoms[i] < atoms->atoms[j])
      i++;
    else
      j++;
  return FALSE;
}

/* Could the sum of `other` make up for that of `cell`?  Answers: someone must be able to say what those of the cell did not. */
static gboolean
can_hide (const KennisGateTask *self, guint cell, guint other)
{
  if (self->periods != NULL && self->whole != NULL && self->x[cell] > 0 && self->x[cell] >= self->whole[cell])
    return !(self->x[other] >= self->whole[other]);
  return !(self->x[other] <= 0);
}

/* Shown cells that have atoms of this one. */
static GArray *
shown_around (const KennisGateAtoms *atoms, const guint8 *states, guint cell)
{
  GArray *around = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = atoms->atoms_begin[cell]; i < atoms->atoms_begin[cell + 1]; i++)
    for (guint j = atoms->cells_begin[atoms->atoms[i]]; j < atoms->cells_begin[atoms->atoms[i] + 1]; j++)
      if (states[atoms->cells[j]] == KENNIS_CELL_SHOWN && g_hash_table_add (seen, GUINT_TO_POINTER (atoms->cells[j])))
        g_array_append_val (around, atoms->cells[j]);
  return around;
}

typedef struct
{
  const KennisGateTask *task;
  const KennisGateAtoms *atoms;
  const guint8 *states;
  const guint8 *elsewhere;
  GHashTable *inside;        /* shown cell → GArray of shown cells with atoms of it, first to be withheld first */
} Beside;

static int
compare_order (gconstpointer a, gconstpointer b, gpointer data)
{
  const Beside *self = data;
  guint i = *(const guint *) a, j = *(const guint *) b;

  return i == j ? 0 : goes_before (self->task, self->elsewhere, i, j) ? -1 : 1;
}

static const GArray *
shown_inside (Beside *self, guint whole)
{
  GArray *cells = g_hash_table_lookup (self->inside, GUINT_TO_POINTER (whole));

  if (cells == NULL)
    {
      cells = shown_around (self->atoms, self->states, whole);
      g_array_sort_with_data (cells, compare_order, self);
      g_hash_table_insert (self->inside, GUINT_TO_POINTER (whole), cells);
    }
  return cells;
}

/* The first shown cell beside this one in something shown, with a sum to hide behind; else of those that it is in; −1: none. */
static gint
beside (Beside *self, guint cell, gboolean are_around)
{
  g_autoptr (GArray) around = shown_around (self->atoms, self->states, cell);
  gint best = -1;

  for (guint w = 0; w < around->len && !are_around; w++)
    {
      const GArray *cells = shown_inside (self, g_array_index (around, guint, w));

      for (guint i = 0; i < cells->len; i++)
        {
          guint other = g_array_index (cells, guint, i);

          if (best >= 0 && !goes_before (self->task, self->elsewhere, other, (guint) best))
            break;
          if (can_hide (self->task, cell, other) && !overlap (self->atoms, cell, other))
            {
              best = (gint) other;
              break;
            }
        }
    }
  return best >= 0 ? best : smallest (self->task, self->elsewhere, (const guint *) around->data, around->len);
}

/* One cell beside each that is too narrowly known; where that does not help, one that it is in.  Of crossing groupings there are thousands of small cells
 * beside it that do not help, and few totals. */
static gboolean
widen_in (const KennisGateTask *self, const KennisGateAtoms *atoms, guint8 *states, const guint8 *elsewhere, guint round,
          guint8 *is_wide)
{
  g_autoptr (GArray) narrow =
      kennis_gate_narrow (atoms, states, self->x, self->is_sensitive && self->periods != NULL, self->is_sensitive,
                          self->periods != NULL ? self->frame_of : NULL, is_wide);
  g_autofree guint8 *before = g_memdup2 (states, atoms->n_cells + 1);
  g_autoptr (GHashTable) inside = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  Beside around = { self, atoms, before, elsewhere, inside };
  gboolean any = FALSE;

  for (guint i = 0; i < narrow->len; i++)
    {
      gint cell = beside (&around, g_array_index (narrow, guint, i), round >= PATIENCE);

      if (cell < 0)
        continue;
      states[cell] = KENNIS_CELL_COMPLEMENT;
      any = TRUE;
    }
  return any;
}

/* What decides on a part: the states of its cells. */
static guint64
hash_states (const KennisGateAtoms *atoms, const guint8 *states)
{
  guint64 hash = 0;

  for (guint u = 0; u < atoms->n_used; u++)
    hash = kennis_hash_mix (hash + 4 * (guint64) atoms->used[u] + states[atoms->used[u]]);
  return hash;
}

/* wide: by part, the states in which nothing was too narrow, as nothing changes in most of them from round to round. */
static gboolean
widen (const KennisGateTask *self, guint8 *states, const guint8 *elsewhere, guint64 *wide, guint *rounds, guint8 *is_wide)
{
  const GPtrArray *parts = self->periods != NULL ? self->periods : self->parts;
  gboolean any = FALSE;

  for (guint p = 0; p < parts->len; p++)
    {
      guint64 hash = hash_states (parts->pdata[p], states);

      if (hash == wide[p])
        continue;
      if (widen_in (self, parts->pdata[p], states, elsewhere, rounds[p]++, is_wide))
        any = TRUE;
      else
        wide[p] = hash;
    }
  return any;
}

/* Marks the withheld cells that the shown ones give away. */
static void
mark_given (const GPtrArray *leaks, guint8 *is_given)
{
  for (guint l = 0; l < leaks->len; l++)
    {
      gint cell = ((const KennisGateLeak *) leaks->pdata[l])->cell;

      if (cell >= 0)
        is_given[cell] = 1;
    }
}

/* A cell that was withheld in vain, as the shown ones give it away all the same, is shown.  Where it says a number of people as well as a sum,
 * both must be given away: a total less other teams is the sum of a team, but not its number of people while someone is in two. */
static void
show_again (const KennisGateTask *self, guint8 *states, const guint8 *before)
{
  guint n = self->atoms->n_cells;
  g_autofree guint8 *is_given = g_new0 (guint8, n + 1), *are_counted = g_new0 (guint8, n + 1);
  gboolean any = FALSE;

  if (self->are_counts)
    memset (is_given, 1, n);
  else
    for (guint p = 0; p < self->parts->len; p++)
      mark_given (leaks_of (self, self->parts->pdata[p], states, FALSE), is_given);
  for (guint c = 0; c < n; c++)
    any |= is_given[c] = is_given[c] && states[c] == KENNIS_CELL_COMPLEMENT && before[c] == KENNIS_CELL_SHOWN;
  for (guint p = 0; any && self->periods != NULL && p < self->periods->len; p++)
    mark_given (leaks_of (self, self->periods->pdata[p], states, FALSE), are_counted);
  for (guint c = 0; c < n; c++)
    if (is_given[c] && (self->periods == NULL || are_counted[c]))
      states[c] = KENNIS_CELL_SHOWN;
}

void
kennis_gate_close (const KennisGateTask *self, guint8 *states)
{
  g_autofree guint8 *before = g_memdup2 (states, self->atoms->n_cells + 1);
  guint n_parts = MAX (self->parts->len, self->periods != NULL ? self->periods->len : 0);
  g_autofree guint64 *wide = g_new0 (guint64, n_parts + 1);
  g_autofree guint *rounds = g_new0 (guint, n_parts + 1);
  g_autofree guint8 *is_wide = self->is_loose != NULL ? g_memdup2 (self->is_loose, self->atoms->n_cells + 1)
                                                      : g_new0 (guint8, self->atoms->n_cells + 1);
  gboolean any;

  do
    {
      g_autofree guint8 *elsewhere = withheld_groups (self, states);

      any = stop_leaks (self, states, elsewhere, FALSE);
      if (!any && self->x != NULL)
        any = widen (self, states, elsewhere, wide, rounds, is_wide);
      if (!any)
        any = stop_leaks (self, states, elsewhere, TRUE);
    }
  while (any && !g_cancellable_is_cancelled (self->cancellable));
  show_again (self, states, before);
}
