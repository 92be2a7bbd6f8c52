#include "config.h"

#include <math.h>

#include "base/kennis-i18n-private.h"
#include "metric/kennis-gate-private.h"

/* More of a sum than this by one person tells that person's part. */
#define MAX_DOMINANCE 0.8

/* One text whatever the reason: which cell is withheld for another's sake would say something of the one it shields. */
#define WITHHELD_NOTE N_("withheld: fewer people than the minimum, or it would give such a value away")

typedef struct
{
  KennisMeasureSet *set;
  const KennisGateTraits *traits;
  KennisGateFlags flags;
  KennisGateAtoms *atoms;
  GPtrArray *parts;        /* of KennisGateAtoms */
  GPtrArray *periods;      /* of KennisGateAtoms */
  KennisGateRelations *relations;
  GHashTable *cache;
  GCancellable *cancellable;
  guint *group_of;
  guint *frame_of;
  guint *slot_of;          /* by population: a number for query and period */
  guint *rank;
  guint n_metrics;
  gint **raw_of;           /* by metric and population: index of the raw value, or −1; NULL: the metric is not there */
  guint8 **states;         /* by metric and cell */
  guint8 *base[2];         /* states after the rule of size for all metrics: by whether the survey minimum applies */
} Gate;

static KennisRawMeasurement *
raw_at (const Gate *self, guint metric, guint cell)
{
  gint index = self->raw_of[metric][cell];

  return index < 0 ? NULL : &g_array_index (self->set->raw, KennisRawMeasurement, index);
}

static const KennisPopulation *
population (const Gate *self, guint cell)
{
  return &g_array_index (self->set->populations, KennisPopulation, cell);
}

/* ── What every metric shares ────────────────────────────────────────────────────────────────────────────────────── */

static int
compare_groups (const KennisMeasureSet *set, const KennisPopulation *p, const KennisPopulation *q)
{
  if (p->grouping != q->grouping)
    return p->grouping < q->grouping ? -1 : 1;
  for (guint i = 0; p->group != NULL && q->group != NULL && (p->group[i] != NULL || q->group[i] != NULL); i++)
    {
      int order = g_strcmp0 (p->group[i], q->group[i]);

      if (order != 0)
        return order;
      if (p->group[i] == NULL)
        break;
    }
  return 0;
}

static int
compare_cells (gconstpointer a, gconstpointer b, gpointer data)
{
  const KennisMeasureSet *set = data;
  guint i = *(const guint *) a, j = *(const guint *) b;
  const KennisPopulation *p = &g_array_index (set->populations, KennisPopulation, i);
  const KennisPopulation *q = &g_array_index (set->populations, KennisPopulation, j);
  int order = compare_groups (set, p, q);

  if (order != 0)
    return order;
  if (p->first_month != q->first_month)
    return p->first_month < q->first_month ? -1 : 1;
  if (p->end_month != q->end_month)
    return p->end_month < q->end_month ? -1 : 1;
  return (i > j) - (i < j);
}

static void
rank_cells (Gate *self)
{
  guint n = self->set->populations->len, group = 0;
  g_autofree guint *order = g_new (guint, n + 1);

  self->group_of = g_new0 (guint, n + 1);
  self->rank = g_new0 (guint, n + 1);
  for (guint c = 0; c < n; c++)
    order[c] = c;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_cells, self->set);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0 && compare_groups (self->set, population (self, order[i - 1]), population (self, order[i])) != 0)
        group++;
      self->group_of[order[i]] = group;
      self->rank[order[i]] = i;
    }
}

static guint
number_of (GHashTable *numbers, guint query, guint grouping, const KennisPopulation *p)
{
  g_autofree char *key = g_strdup_printf ("%u %u %d %d", query, grouping, p->first_month, p->end_month);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, key));

  if (number > 0)
    return number;
  number = g_hash_table_size (numbers) + 1;
  g_hash_table_insert (numbers, g_steal_pointer (&key), GUINT_TO_POINTER (number));
  return number;
}

static void
find_frames (Gate *self)
{
  g_autoptr (GHashTable) frames = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = self->set->populations->len;

  self->frame_of = g_new0 (guint, n + 1);
  self->slot_of = g_new0 (guint, n + 1);
  for (guint c = 0; c < n; c++)
    {
      const KennisPopulation *p = population (self, c);

      self->frame_of[c] = number_of (frames, p->query, p->grouping, p);
      self->slot_of[c] = number_of (slots, p->query, 0, p);
    }
}

static void
find_periods (Gate *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  self->periods = g_ptr_array_new_with_free_func ((GDestroyNotify) kennis_gate_atoms_free);
  for (guint c = 0; c < self->set->populations->len; c++)
    {
      const KennisPopulation *p = population (self, c);
      guint64 key = (guint64) (guint32) p->first_month << 32 | (guint32) p->end_month;

      if (g_hash_table_add (seen, g_memdup2 (&key, sizeof key)))
        g_ptr_array_add (self->periods,
                         kennis_gate_atoms_of_period (self->atoms, self->set, p->first_month, p->end_month));
    }
}

static void
index_raw (Gate *self)
{
  guint n = self->set->populations->len;

  for (guint i = 0; i < self->set->raw->len; i++)
    self->n_metrics = MAX (self->n_metrics, g_array_index (self->set->raw, KennisRawMeasurement, i).metric + 1);
  self->raw_of = g_new0 (gint *, self->n_metrics + 1);
  self->states = g_new0 (guint8 *, self->n_metrics + 1);
  for (guint i = 0; i < self->set->raw->len; i++)
    {
      const KennisRawMeasurement *raw = &g_array_index (self->set->raw, KennisRawMeasurement, i);

      if (self->raw_of[raw->metric] == NULL)
        {
          self->raw_of[raw->metric] = g_new (gint, n + 1);
          memset (self->raw_of[raw->metric], -1, (n + 1) * sizeof (gint));
        }
      self->raw_of[raw->metric][raw->population] = (gint) i;
    }
}

static gboolean
is_base_minimum (const Gate *self, guint minimum)
{
  return minimum == self->set->minimum_group;
}

/* The rule of size is decided once per group and period, for all metrics with the same minimum. */
static const guint8 *
base_states (Gate *self, guint minimum)
{
  guint which = is_base_minimum (self, minimum) ? 0 : 1;
  const KennisGateAtoms *atoms = self->atoms;
  g_autofree double *x = NULL;
  KennisGateTask task = { .set = self->set, .atoms = atoms, .parts = self->parts, .cache = self->cache, .cancellable = self->cancellable,
                          .group_of = self->group_of, .frame_of = self->frame_of,
                          .rank = self->rank, .minimum = minimum };

  if (self->base[which] != NULL)
    return self->base[which];
  self->base[which] = g_new0 (guint8, atoms->n_cells + 1);
  x = g_new (double, atoms->n_cells + 1);
  for (guint c = 0; c < atoms->n_cells; c++)
    {
      x[c] = atoms->n_people[c];
      /* Nobody is nobody to protect. */
      if (atoms->n_people[c] == 0)
        self->base[which][c] = KENNIS_CELL_ABSENT;
      else if (atoms->n_people[c] < minimum)
        self->base[which][c] = KENNIS_CELL_PRIMARY;
      else
        self->base[which][c] = c < atoms->n_populations ? KENNIS_CELL_SHOWN : KENNIS_CELL_ABSENT;
    }
  task.x = x;
  task.periods = self->periods;
  if (!(self->flags & KENNIS_GATE_FLAGS_WITHOUT_COMPLEMENT))
    kennis_gate_close (&task, self->base[which]);
  return self->base[which];
}

/* ── The rules for one value ─────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
has_value (const KennisRawMeasurement *raw)
{
  return !isnan (raw->value);
}

/* Nobody in the denominator is nobody to protect: there NO_DATA may be said. */
static gboolean
is_too_small (const KennisRawMeasurement *raw, guint minimum)
{
  return raw->n_people < minimum && (raw->n_people > 0 || has_value (raw));
}

static gboolean
is_unanimous (const KennisRawMeasurement *raw, const KennisGateTraits *traits)
{
  if (!traits->is_sensitive || !has_value (raw))
    return FALSE;
  if (raw->n_positive != G_MAXUINT32)
    return raw->n_positive == 0 || raw->n_positive >= raw->n_people;
  return (traits->is_share && (raw->value <= 0 || raw->value >= 1))
         || (traits->is_score && (raw->value <= 0 || raw->value >= 100));
}

static gboolean
is_telling (const KennisRawMeasurement *raw, const KennisGateTraits *traits)
{
  if (!has_value (raw))
    return FALSE;
  return raw->n_part < traits->minimum || raw->dominance > MAX_DOMINANCE || is_unanimous (raw, traits);
}

/* ── One metric ──────────────────────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  guint *n;
  double *x, *positive, *whole, *largest;
  gboolean is_additive;
  gboolean are_people;     /* x are numbers of people, and nothing else */
} Sums;

static void
sums_clear (Sums *self)
{
  g_free (self->n);
  g_free (self->x);
  g_free (self->positive);
  g_free (self->whole);
  g_free (self->largest);
}

static void
collect (const Gate *self, guint metric, Sums *sums)
{
  guint n = self->atoms->n_cells;
  gboolean any = FALSE, are_people = TRUE;

  *sums = (Sums) { .n = g_new0 (guint, n + 1),
                   .x = g_new (double, n + 1),
                   .positive = g_new (double, n + 1),
                   .whole = g_new (double, n + 1),
                   .largest = g_new0 (double, n + 1) };
  for (guint c = 0; c < n; c++)
    {
      const KennisRawMeasurement *raw = c < self->atoms->n_populations ? raw_at (self, metric, c) : NULL;

      sums->x[c] = sums->positive[c] = sums->whole[c] = NAN;
      sums->n[c] = raw != NULL ? raw->n_people : self->atoms->n_people[c];
      if (raw == NULL || !raw->is_additive)
        continue;
      sums->is_additive = TRUE;
      sums->x[c] = raw->numerator;
      any |= raw->n_positive != G_MAXUINT32;
      are_people &= raw->n_positive == G_MAXUINT32 || raw->numerator == raw->n_positive;
      sums->positive[c] = raw->n_positive != G_MAXUINT32 ? raw->n_positive : raw->numerator;
      sums->whole[c] = raw->n_positive != G_MAXUINT32 ? raw->n_people : raw->denominator;
      if (raw->dominance > 0 && raw->numerator > 0)
        sums->largest[c] = raw->dominance * raw->numerator;
    }
  sums->are_people = any && are_people;
}

/* Where nothing of a metric was observed of anybody in a period, and that is said of enough people, there is nothing to protect: each group may say so. */
static void
leave_out_silent (const Gate *self, guint metric, guint8 *states)
{
  guint n = self->atoms->n_populations;
  g_autofree guint8 *has_data = g_new0 (guint8, n + 2), *are_enough = g_new0 (guint8, n + 2);

  for (guint c = 0; c < n; c++)
    {
      const KennisRawMeasurement *raw = raw_at (self, metric, c);

      if (raw != NULL && (raw->n_people > 0 || has_value (raw) || raw->status != KENNIS_MEASURE_STATUS_NO_DATA))
        has_data[self->slot_of[c]] = 1;
      if (raw != NULL && self->atoms->n_people[c] >= self->traits[metric].minimum)
        are_enough[self->slot_of[c]] = 1;
    }
  for (guint c = 0; c < n; c++)
    if (!has_data[self->slot_of[c]] && are_enough[self->slot_of[c]])
      states[c] = KENNIS_CELL_ABSENT;
}

/* Withholds where the people in this metric's own denominators are too few, and what would give their number away. */
static void
apply_size (Gate *self, guint metric, const Sums *sums)
{
  guint minimum = self->traits[metric].minimum;
  const guint8 *base = base_states (self, minimum);
  guint8 *states = g_memdup2 (base, self->atoms->n_cells + 1);
  g_autofree double *x = g_new (double, self->atoms->n_cells + 1);
  g_autofree guint8 *is_loose = NULL;
  KennisGateTask task = { .set = self->set, .atoms = self->atoms, .parts = self->parts, .cache = self->cache, .cancellable = self->cancellable,
                          .group_of = self->group_of, .frame_of = self->frame_of,
                          .rank = self->rank, .minimum = minimum, .n = sums->n, .x = x,
                          .periods = self->periods };
  gboolean any = FALSE;

  leave_out_silent (self, metric, states);
  for (guint c = 0; c < self->atoms->n_cells; c++)
    {
      const KennisRawMeasurement *raw = c < self->atoms->n_populations ? raw_at (self, metric, c) : NULL;

      x[c] = sums->n[c];
      if (c < self->atoms->n_populations && raw == NULL && states[c] == KENNIS_CELL_SHOWN)
        states[c] = KENNIS_CELL_ABSENT;
      if (raw == NULL || states[c] == KENNIS_CELL_PRIMARY || !is_too_small (raw, minimum))
        continue;
      any |= states[c] == KENNIS_CELL_SHOWN;
      states[c] = KENNIS_CELL_PRIMARY;
    }
  self->states[metric] = states;
  task.is_loose = is_loose = kennis_gate_relations_find_loose (self->relations, self->atoms, x, minimum);
  if (any && !(self->flags & KENNIS_GATE_FLAGS_WITHOUT_COMPLEMENT))
    kennis_gate_close (&task, states);
}

/* Nobody scores over 100: the points that were not scored add up as well, and tell of a score from above. */
static void
close_from_above (KennisGateTask *task, const Sums *sums, guint8 *states)
{
  guint n = task->atoms->n_cells;
  g_autofree double *left = g_new (double, n + 1);

  for (guint c = 0; c < n; c++)
    left[c] = sums->x[c] > sums->n[c] ? 0 : sums->n[c] - sums->x[c]; /* rounding */
  task->x = task->positive = left;
  task->largest = NULL;
  kennis_gate_close (task, states);
}

/* Withholds values that tell of one person or of all; for sums also what would give them away. */
static void
apply_telling (Gate *self, guint metric, const Sums *sums)
{
  guint8 *states = self->states[metric];
  g_autofree guint8 *is_loose = NULL;
  KennisGateTask task = { .set = self->set, .atoms = self->atoms, .parts = self->parts, .cache = self->cache, .cancellable = self->cancellable,
                          .group_of = self->group_of, .frame_of = self->frame_of,
                          .rank = self->rank, .minimum = self->traits[metric].minimum, .n = sums->n, .x = sums->x,
                          .is_sensitive = self->traits[metric].is_sensitive, .positive = sums->positive,
                          .whole = sums->whole, .largest = sums->largest,
                          .periods = sums->are_people ? self->periods : NULL, .are_counts = sums->are_people };

  for (guint c = 0; c < self->atoms->n_populations; c++)
    {
      const KennisRawMeasurement *raw = raw_at (self, metric, c);

      if (raw != NULL && is_telling (raw, &self->traits[metric]))
        states[c] = KENNIS_CELL_PRIMARY;
    }
  if (sums->are_people)
    task.is_loose = is_loose = kennis_gate_relations_find_loose (self->relations, self->atoms, sums->x, task.minimum);
  if (!sums->is_additive || (self->flags & KENNIS_GATE_FLAGS_WITHOUT_COMPLEMENT))
    return;
  kennis_gate_close (&task, states);
  if (self->traits[metric].is_score)
    close_from_above (&task, sums, states);
}

/* ── Metrics with one numerator, and families ──────────────────────────────────────────────────────────────────────────────────── */

static gboolean
have_same_numerators (const Gate *self, guint a, guint b)
{
  gboolean any = FALSE;

  for (guint c = 0; c < self->atoms->n_populations; c++)
    {
      const KennisRawMeasurement *p = raw_at (self, a, c), *q = raw_at (self, b, c);

      if (p == NULL || q == NULL || !p->is_additive || !q->is_additive || isnan (p->numerator) || isnan (q->numerator))
        continue;
      if (p->numerator != q->numerator)
        return FALSE;
      any |= p->numerator != 0;
    }
  return any;
}

static gboolean
are_family (const Gate *self, guint a, guint b)
{
  return self->traits[a].family != 0 && self->traits[a].family == self->traits[b].family;
}

/* Two metrics of one sum (per head, per FTE) are withheld in the same cells, or one would give the other away; so are those of a family.  Of what
 * was never observed there is nothing to give away. */
static gboolean
share_states (Gate *self, guint a, guint b)
{
  gboolean any = FALSE;

  for (guint c = 0; c < self->atoms->n_populations; c++)
    {
      guint8 *s = &self->states[a][c], *t = &self->states[b][c];

      if (raw_at (self, a, c) == NULL || raw_at (self, b, c) == NULL
          || kennis_cell_is_withheld (*s) == kennis_cell_is_withheld (*t)
          || (are_family (self, a, b) && (*s == KENNIS_CELL_ABSENT || *t == KENNIS_CELL_ABSENT)))
        continue;
      *s = *t = kennis_cell_is_withheld (*s) ? *s : *t;
      any = TRUE;
    }
  return any;
}

/* By pair of metrics. */
static guint8 *
find_same (const Gate *self, const Sums *sums)
{
  guint n = self->n_metrics;
  guint8 *are_same = g_new0 (guint8, (gsize) n * n + 1);

  for (guint a = 0; a < n; a++)
    for (guint b = a + 1; b < n; b++)
      are_same[a * n + b] = self->raw_of[a] != NULL && self->raw_of[b] != NULL && sums[a].is_additive
                            && sums[b].is_additive && (are_family (self, a, b) || have_same_numerators (self, a, b));
  return are_same;
}

static void
reconcile (Gate *self, Sums *sums)
{
  guint n = self->n_metrics;
  g_autofree guint8 *are_same = find_same (self, sums), *is_changed = g_new0 (guint8, n + 1);
  gboolean any = TRUE;

  while (any && !g_cancellable_is_cancelled (self->cancellable))
    {
      any = FALSE;
      for (guint a = 0; a < n; a++)
        for (guint b = a + 1; b < n; b++)
          if (are_same[a * n + b] && share_states (self, a, b))
            any = is_changed[a] = is_changed[b] = TRUE;
      for (guint m = 0; m < n; m++)
        if (is_changed[m])
          {
            is_changed[m] = FALSE;
            apply_telling (self, m, &sums[m]);
          }
    }
}

/* ── All of it ───────────────────────────────────────────────────────────────────────────────────────────────────── */

void
kennis_gate_overwrite (KennisRawMeasurement *raw)
{
  raw->status = KENNIS_MEASURE_STATUS_WITHHELD;
  raw->value = raw->lower = raw->upper = raw->coverage = NAN;
  raw->n = raw->n_people = raw->n_part = raw->n_positive = 0;
  raw->dominance = raw->numerator = raw->denominator = NAN;
  raw->is_additive = FALSE;
  raw->note = WITHHELD_NOTE;
}

static void
write_all (Gate *self)
{
  for (guint i = 0; i < self->set->raw->len; i++)
    {
      KennisRawMeasurement *raw = &g_array_index (self->set->raw, KennisRawMeasurement, i);

      if (kennis_cell_is_withheld (self->states[raw->metric][raw->population]))
        kennis_gate_overwrite (raw);
      else if (kennis_cell_is_withheld (base_states (self, self->traits[raw->metric].minimum)[raw->population]))
        raw->coverage = NAN; /* it says that there are no data, but nothing of the few */
      else if (raw->n_people < 2 * self->traits[raw->metric].minimum)
        raw->lower = raw->upper = NAN;
    }
}

static void
gate_clear (Gate *self)
{
  for (guint m = 0; m < self->n_metrics; m++)
    {
      g_free (self->raw_of[m]);
      g_free (self->states[m]);
    }
  g_free (self->raw_of);
  g_free (self->states);
  g_free (self->base[0]);
  g_free (self->base[1]);
  g_free (self->group_of);
  g_free (self->frame_of);
  g_free (self->slot_of);
  g_free (self->rank);
  g_hash_table_unref (self->cache);
  kennis_gate_relations_free (self->relations);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->periods);
  kennis_gate_atoms_free (self->atoms);
}

static void
close_all (Gate *self, Sums *sums, KennisProgressSink *sink)
{
  for (guint m = 0; m < self->n_metrics && !g_cancellable_is_cancelled (self->cancellable); m++)
    {
      if (self->raw_of[m] == NULL)
        continue;
      collect (self, m, &sums[m]);
      apply_size (self, m, &sums[m]);
      apply_telling (self, m, &sums[m]);
      kennis_progress_sink_report (sink, 0.9 + 0.09 * (m + 1) / self->n_metrics);
    }
  if (!(self->flags & KENNIS_GATE_FLAGS_WITHOUT_COMPLEMENT) && !g_cancellable_is_cancelled (self->cancellable))
    reconcile (self, sums);
}

gboolean
kennis_gate_run (KennisMeasureSet *set, const KennisGateTraits *traits, KennisGateFlags flags, KennisProgressSink *sink,
                 GCancellable *cancellable, GError **error)
{
  Gate self = { .set = set, .traits = traits, .flags = flags, .cancellable = cancellable };
  g_autofree Sums *sums = NULL;
  gboolean is_cancelled;

  self.atoms = kennis_gate_atoms_new (set);
  self.parts = kennis_gate_atoms_split (self.atoms);
  self.cache = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                                      (GDestroyNotify) g_ptr_array_unref);
  find_periods (&self);
  find_frames (&self);
  self.relations = kennis_gate_relations_new (set, self.atoms, self.frame_of);
  rank_cells (&self);
  index_raw (&self);
  sums = g_new0 (Sums, self.n_metrics + 1);
  close_all (&self, sums, sink);
  is_cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
  if (!is_cancelled)
    {
      write_all (&self);
      kennis_gate_apply_ties (set, traits);
      kennis_progress_sink_report (sink, 1);
    }
  for (guint m = 0; m < self.n_metrics; m++)
    sums_clear (&sums[m]);
  gate_clear (&self);
  return !is_cancelled;
}

void
kennis_gate_apply_with (KennisMeasureSet *set, const KennisGateTraits *traits, KennisGateFlags flags)
{
  kennis_gate_run (set, traits, flags, NULL, NULL, NULL);
}
