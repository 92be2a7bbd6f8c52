#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "base/kennis-calendar-private.h"
#include "base/kennis-hash-private.h"
#include "base/kennis-i18n-private.h"
#include "base/kennis-work-private.h"
#include "metric/kennis-gate-private.h"
#include "metric/kennis-measurements-private.h"
#include "metric/kennis-plan-private.h"
#include "summary/kennis-summary-private.h"

#include <kennis/kennis-error.h>

/**
 * KennisMeasurements:
 *
 * What queries ask of a summary: one tidy table of values, as objects and as columns.
 *
 * All values of one table have gone through the privacy gate together: over all its queries, groups, periods and counts nothing in
 * it gives away what is withheld.  Two tables made apart are not defended against each other.
 *
 * Rows are in the order of query, metric (as in the catalogue), grouping, group and period.  As a [iface@Gio.ListModel] it is of
 * [class@Measurement].  It never changes and may be used from any thread.
 *
 * Since: 1.0
 */
static GType
get_item_type (GListModel *list)
{
  return KENNIS_TYPE_MEASUREMENT;
}

static guint
get_n_items (GListModel *list)
{
  KennisMeasurements *self = KENNIS_MEASUREMENTS (list);

  return kennis_measurements_is_made (self) ? self->rows->len : 0;
}

static gpointer
get_item (GListModel *list, guint position)
{
  KennisMeasurements *self = KENNIS_MEASUREMENTS (list);

  return position < get_n_items (list) ? kennis_measurement_new (self, position) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KennisMeasurements, kennis_measurements, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
kennis_measurements_finalize (GObject *object)
{
  KennisMeasurements *self = KENNIS_MEASUREMENTS (object);

  g_clear_pointer (&self->set, kennis_measure_set_free);
  g_clear_pointer (&self->currency, g_free);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->attributes, g_strfreev);
  g_clear_pointer (&self->index, g_array_unref);
  G_OBJECT_CLASS (kennis_measurements_parent_class)->finalize (object);
}

static void
kennis_measurements_class_init (KennisMeasurementsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_measurements_finalize;
}

static void
kennis_measurements_init (KennisMeasurements *self)
{
}

/* ── Making the table of a gated set ─────────────────────────────────────────────────────────────────────────────── */

gint64
kennis_measurements_date (gint32 month)
{
  return kennis_month_first_day (month) * KENNIS_MS_PER_DAY;
}

static KennisPeriod
period_of_months (const KennisPopulation *population)
{
  gint32 first = population->first_month, n = population->end_month - first;

  if (n == 1)
    return KENNIS_PERIOD_MONTH;
  if (n == 3 && (first % 3 + 3) % 3 == 0)
    return KENNIS_PERIOD_QUARTER;
  return n == 12 && (first % 12 + 12) % 12 == 0 ? KENNIS_PERIOD_YEAR : KENNIS_PERIOD_ALL;
}

static char *
label_of (const KennisPopulation *population, KennisPeriod period)
{
  int year, month, day;

  kennis_day_to_date (kennis_month_first_day (population->first_month), &year, &month, &day);
  switch (period)
    {
    case KENNIS_PERIOD_YEAR:
      return g_strdup_printf ("%04d", year);
    case KENNIS_PERIOD_QUARTER:
      return g_strdup_printf ("%04d-Q%d", year, (month + 2) / 3);
    case KENNIS_PERIOD_MONTH:
      return g_strdup_printf ("%04d-%02d", year, month);
    case KENNIS_PERIOD_ALL:
      break;
    }
  return g_strdup ("all");
}

static int
compare_groups (char **a, char **b)
{
  for (; *a != NULL && *b != NULL; a++, b++)
    {
      int order = strcmp (*a, *b);

      if (order != 0)
        return order;
    }
  return (*a != NULL) - (*b != NULL);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const KennisMeasureSet *set = data;
  guint i = *(const guint *) a, j = *(const guint *) b;
  const KennisRawMeasurement *x = &g_array_index (set->raw, KennisRawMeasurement, i);
  const KennisRawMeasurement *y = &g_array_index (set->raw, KennisRawMeasurement, j);
  const KennisPopulation *p = &g_array_index (set->populations, KennisPopulation, x->population);
  const KennisPopulation *q = &g_array_index (set->populations, KennisPopulation, y->population);
  const gint64 keys[][2] = { { p->query, q->query }, { x->metric, y->metric }, { p->grouping, q->grouping } };
  int order;

  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    if (keys[k][0] != keys[k][1])
      return keys[k][0] < keys[k][1] ? -1 : 1;
  order = compare_groups (p->group, q->group);
  if (order != 0)
    return order;
  if (p->first_month != q->first_month)
    return p->first_month < q->first_month ? -1 : 1;
  return (i > j) - (i < j);
}

/* Of the groupings that have rows: metrics compare groups that nobody asked for, too. */
static void
name_attributes (KennisMeasurements *self)
{
  GStrvBuilder *names = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree gboolean *has_rows = g_new0 (gboolean, self->set->groupings->len + 1);

  for (guint i = 0; i < self->set->raw->len; i++)
    {
      guint c = g_array_index (self->set->raw, KennisRawMeasurement, i).population;

      has_rows[g_array_index (self->set->populations, KennisPopulation, c).grouping] = TRUE;
    }
  for (guint g = 0; g < self->set->groupings->len; g++)
    for (char **name = self->set->groupings->pdata[g]; has_rows[g] && *name != NULL; name++)
      if (g_hash_table_add (seen, *name))
        g_strv_builder_add (names, *name);
  self->attributes = g_strv_builder_end (names);
  g_strv_builder_unref (names);
}

/* The group as texts "name=value", in any order: their hashes are added up. */
static guint64
key_of (const char *metric, guint64 group, const char *period)
{
  return kennis_hash_mix (kennis_hash_bytes (metric, strlen (metric)) + 3 * group)
         + kennis_hash_bytes (period, strlen (period));
}

static guint64
hash_group (char **names, char **values)
{
  guint64 hash = 0;

  for (guint i = 0; names[i] != NULL && values[i] != NULL; i++)
    {
      g_autofree char *text = g_strconcat (names[i], "=", values[i], NULL);

      hash += kennis_hash_bytes (text, strlen (text));
    }
  return hash;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const KennisMeasurementKey *k = a, *l = b;

  if (k->hash != l->hash)
    return k->hash < l->hash ? -1 : 1;
  return (k->row > l->row) - (k->row < l->row);
}

static void
index_rows (KennisMeasurements *self)
{
  g_autofree guint64 *groups = g_new (guint64, self->set->populations->len + 1);

  for (guint c = 0; c < self->set->populations->len; c++)
    {
      const KennisPopulation *p = &g_array_index (self->set->populations, KennisPopulation, c);

      groups[c] = hash_group (self->set->groupings->pdata[p->grouping], p->group);
    }
  self->index = g_array_sized_new (FALSE, FALSE, sizeof (KennisMeasurementKey), self->rows->len);
  for (guint row = 0; row < self->rows->len; row++)
    {
      const KennisRawMeasurement *raw = kennis_measurements_raw (self, row);
      KennisMeasurementKey key = { key_of (kennis_measure_set_row (self->set, raw->metric)->id, groups[raw->population],
                                           self->labels[raw->population]), row };

      g_array_append_val (self->index, key);
    }
  g_array_sort (self->index, compare_keys);
}

KennisMeasurements *
kennis_measurements_new_for (KennisMeasureSet *set, const char *currency, const KennisPeriod *periods)
{
  KennisMeasurements *self = g_object_new (KENNIS_TYPE_MEASUREMENTS, NULL);
  guint n = set->populations->len;

  self->set = set;
  self->currency = g_strdup (currency);
  self->labels = g_new0 (char *, n + 1);
  for (guint c = 0; c < n; c++)
    {
      const KennisPopulation *p = &g_array_index (set->populations, KennisPopulation, c);

      self->labels[c] = label_of (p, periods != NULL ? periods[p->query] : period_of_months (p));
    }
  self->rows = g_array_sized_new (FALSE, FALSE, sizeof (guint), set->raw->len);
  for (guint i = 0; i < set->raw->len; i++)
    g_array_append_val (self->rows, i);
  g_array_sort_with_data (self->rows, compare_rows, set);
  name_attributes (self);
  index_rows (self);
  return self;
}

const char *
kennis_measurements_attribute (const KennisMeasurements *self, guint row, const char *name)
{
  const KennisPopulation *population = kennis_measurements_population (self, row);
  char **names = self->set->groupings->pdata[population->grouping];

  for (guint i = 0; names[i] != NULL && population->group[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return population->group[i];
  return NULL;
}

/* ── Measuring ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static KennisMeasurements *
measure (KennisSummary *summary, KennisQuery **queries, gsize n_queries, guint n_threads, KennisProgressSink *sink,
         GCancellable *cancellable, GError **error)
{
  g_autoptr (KennisMeasureSet) set =
      kennis_measure_run (summary, queries, n_queries, n_threads, sink, cancellable, error);
  g_autofree KennisPeriod *periods = g_new0 (KennisPeriod, n_queries + 1);
  g_autofree double *levels = g_new0 (double, n_queries + 1);

  if (set == NULL)
    return NULL;
  if (!kennis_gate_apply (set, sink, cancellable, error))
    return NULL;
  for (gsize q = 0; q < n_queries; q++)
    {
      periods[q] = kennis_query_data (queries[q])->period;
      levels[q] = kennis_query_data (queries[q])->level;
    }
  kennis_gaps_fill (set, levels);
  kennis_measure_set_drop_unasked (set);
  return kennis_measurements_new_for (g_steal_pointer (&set), kennis_summary_get_currency (summary), periods);
}

/**
 * kennis_measurements_make:
 * @summary: a summary
 * @queries: (array length=n_queries): what to measure
 * @n_queries: how many queries
 * @n_threads: threads to use; 0 for one per processor
 * @progress: (nullable) (scope call) (closure progress_data): told how far the work is
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Measures what queries ask of a summary, and withholds what would tell of single people.
 *
 * The privacy gate takes all queries together, with the largest minimum group among them, so one report is one call.  The same
 * summary and queries give the same bits on any number of threads.
 *
 * Time: for each population and metric about its cells and facts, times the draws of an interval; then the gate, some tenths of a
 * second for some thousand populations.  Memory: O(populations × (people + metrics)).
 *
 * Returns: (transfer full): a new table; %NULL and %KENNIS_ERROR_INVALID where a query asks what there is not, or %G_IO_ERROR_CANCELLED
 *
 * Since: 1.0
 */
KennisMeasurements *
kennis_measurements_make (KennisSummary *summary, KennisQuery **queries, gsize n_queries, guint n_threads,
                         KennisProgress progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  KennisProgressSink sink;
  KennisMeasurements *self;

  g_return_val_if_fail (kennis_summary_is_made (summary), NULL);
  g_return_val_if_fail (queries != NULL || n_queries == 0, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  kennis_progress_sink_init (&sink, progress, progress_data);
  self = measure (summary, queries, n_queries, n_threads, &sink, cancellable, error);
  kennis_progress_sink_clear (&sink);
  return self;
}

typedef struct
{
  KennisSummary *summary;
  GPtrArray *queries;
  guint n_threads;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->summary);
  g_ptr_array_unref (order->queries);
  g_free (order);
}

static gpointer
run_order (gpointer source, gpointer data, KennisProgressSink *sink, GCancellable *cancellable, GError **error)
{
  Order *order = data;

  return measure (order->summary, (KennisQuery **) order->queries->pdata, order->queries->len, order->n_threads, sink,
                  cancellable, error);
}

/**
 * kennis_measurements_make_async:
 * @summary: a summary
 * @queries: (array length=n_queries): what to measure; they must not be changed until it is done
 * @n_queries: how many queries
 * @n_threads: threads to use; 0 for one per processor
 * @progress: (nullable) (scope notified) (closure progress_data) (destroy progress_destroy): told how far the work is, in the
 *   thread-default main context of the caller
 * @progress_data: for @progress
 * @progress_destroy: frees @progress_data
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when it is done
 * @user_data: for @callback
 *
 * Does what [func@Measurements.make] does, in other threads.
 *
 * Since: 1.0
 */
void
kennis_measurements_make_async (KennisSummary *summary, KennisQuery **queries, gsize n_queries, guint n_threads,
                                KennisProgress progress, gpointer progress_data, GDestroyNotify progress_destroy,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  KennisWork work = { kennis_measurements_make_async, run_order, g_object_unref, NULL, order_free };
  Order *order;

  g_return_if_fail (kennis_summary_is_made (summary));
  g_return_if_fail (queries != NULL || n_queries == 0);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  order = g_new0 (Order, 1);
  order->summary = g_object_ref (summary);
  order->queries = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize q = 0; q < n_queries; q++)
    g_ptr_array_add (order->queries, g_object_ref (queries[q]));
  order->n_threads = n_threads;
  work.data = order;
  kennis_work_start (&work, NULL, progress, progress_data, progress_destroy, cancellable, callback, user_data);
}

/**
 * kennis_measurements_make_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends [func@Measurements.make_async].
 *
 * Returns: (transfer full): a new table; %NULL and an error as [func@Measurements.make]
 *
 * Since: 1.0
 */
KennisMeasurements *
kennis_measurements_make_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (kennis_work_is (result, NULL, kennis_measurements_make_async), NULL);

  return kennis_work_finish (result, error);
}

/* ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/**
 * kennis_measurements_get_size:
 * @self: measurements
 *
 * Counts the rows.
 *
 * Returns: how many there are
 *
 * Since: 1.0
 */
guint
kennis_measurements_get_size (KennisMeasurements *self)
{
  g_return_val_if_fail (kennis_measurements_is_made (self), 0);

  return self->rows->len;
}

/**
 * kennis_measurements_get_currency:
 * @self: measurements
 *
 * Gets the currency of amounts of money.
 *
 * Returns: (nullable): the currency of the summary
 *
 * Since: 1.0
 */
const char *
kennis_measurements_get_currency (KennisMeasurements *self)
{
  g_return_val_if_fail (kennis_measurements_is_made (self), NULL);

  return self->currency;
}

static gboolean
is_in_group (const KennisMeasurements *self, guint row, const char *text)
{
  const KennisPopulation *population = kennis_measurements_population (self, row);
  char **names = self->set->groupings->pdata[population->grouping];

  for (guint i = 0; names[i] != NULL && population->group[i] != NULL; i++)
    {
      gsize n = strlen (names[i]);

      if (strncmp (text, names[i], n) == 0 && text[n] == '=' && g_str_equal (text + n + 1, population->group[i]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_row (const KennisMeasurements *self, guint row, const char *metric, const char * const *group, const char *period)
{
  const KennisRawMeasurement *raw = kennis_measurements_raw (self, row);
  const KennisPopulation *population = kennis_measurements_population (self, row);
  guint n = 0;

  for (; group != NULL && group[n] != NULL; n++)
    if (!is_in_group (self, row, group[n]))
      return FALSE;
  return n == g_strv_length (self->set->groupings->pdata[population->grouping])
         && g_str_equal (metric, kennis_measure_set_row (self->set, raw->metric)->id)
         && g_str_equal (period, self->labels[raw->population]);
}

/**
 * kennis_measurements_find:
 * @self: measurements
 * @metric: the id of a metric
 * @group: (nullable) (array zero-terminated=1): a group, as `attribute=value` in any order; %NULL or nothing for everybody
 * @period: the name of a period, as [method@Measurement.get_period] gives it
 *
 * Finds the first row of a metric, group and period.
 *
 * Time: O(log rows).
 *
 * Returns: (transfer full) (nullable): the measurement, or %NULL if there is none
 *
 * Since: 1.0
 */
KennisMeasurement *
kennis_measurements_find (KennisMeasurements *self, const char *metric, const char * const *group, const char *period)
{
  guint64 hash = 0;
  guint low = 0, high;

  g_return_val_if_fail (kennis_measurements_is_made (self), NULL);
  g_return_val_if_fail (metric != NULL && period != NULL, NULL);

  for (guint i = 0; group != NULL && group[i] != NULL; i++)
    hash += kennis_hash_bytes (group[i], strlen (group[i]));
  hash = key_of (metric, hash, period);
  for (high = self->index->len; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->index, KennisMeasurementKey, middle).hash < hash)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < self->index->len && g_array_index (self->index, KennisMeasurementKey, low).hash == hash; low++)
    {
      guint row = g_array_index (self->index, KennisMeasurementKey, low).row;

      if (is_row (self, row, metric, group, period))
        return kennis_measurement_new (self, row);
    }
  return NULL;
}
