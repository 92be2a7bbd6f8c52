#include "config.h"

#include "base/kennis-random-private.h"
#include "kennis-test.h"
#include "summary/kennis-activities-private.h"

/* The summary reads activities in blocks, packs most of them and adds them up in many places; here every row is taken by
 * kennis_activities_row(), one after the other, and added to one table. */
#define N_ROWS   (7 * KENNIS_PAGE_ROWS + 777)
#define N_PEOPLE 700u
#define N_TOPICS 300u

typedef struct
{
  KennisRowSink base;
  GHashTable *elements[KENNIS_N_SECTIONS];   /* keys as bytes → the element */
  guint32 *maps[KENNIS_N_SPACES];            /* from the dataset's indices to the summary's */
} Plain;

static void
add_plainly (KennisRowSink *sink,
             KennisSection  section,
             gconstpointer  element)
{
  Plain *self = (Plain *) sink;
  const KennisShape *shape = kennis_shape_get (section);
  g_autofree guint32 *copy = g_memdup2 (element, shape->size);

  for (guint k = 0; k < shape->n_keys; k++)
    {
      int space = kennis_key_space (shape->kinds[k]);

      if (space >= 0 && copy[k] != KENNIS_INTERN_NONE)
        copy[k] = self->maps[space][copy[k]];
    }

  g_autoptr (GBytes) key = g_bytes_new (copy, shape->n_keys * sizeof *copy);
  guint32 *there = g_hash_table_lookup (self->elements[section], key);

  if (there == NULL)
    {
      g_hash_table_insert (self->elements[section], g_steal_pointer (&key), g_steal_pointer (&copy));
      return;
    }
  for (guint s = 0; s < shape->n_sums; s++)
    ((gint64 *) (gpointer) (there + shape->n_keys))[s] += ((gint64 *) (gpointer) (copy + shape->n_keys))[s];
}

/* Now and then a field is known of all rows of a page, or of none, as it is in files. */
static gboolean
is_given (KennisRandom *random,
          gsize         row,
          guint         field)
{
  guint kind = (guint) (row / KENNIS_PAGE_ROWS * 5 + field * 3) % 7;

  return kind < 3 || (kind < 6 && kennis_random_below (random, 3) != 0);
}

static gint64
some_time (KennisRandom *random,
           gsize         row)
{
  gint64 time = KENNIS_TIME_MIN;

  switch (kennis_random_below (random, 200))
    {
    case 0:
      return time + (gint64) (kennis_random_u64 (random) % (guint64) (KENNIS_TIME_MAX - KENNIS_TIME_MIN));
    case 1:
      return -(gint64) kennis_random_below (random, G_MAXUINT32) * 500;
    default:
      time = G_GINT64_CONSTANT (1704067200000) + (gint64) kennis_random_below (random, 200 * 1440) * 60000;
      return row / KENNIS_PAGE_ROWS % 2 == 0 ? time : time + kennis_random_below (random, 60000);
    }
}

static gint64
some_length (KennisRandom *random)
{
  static const gint64 longest[] = { 8, 8, 8, 24, 24 * 40, 24 * 400, 24 * 4000 };

  return (gint64) (kennis_random_u64 (random)
                   % (guint64) (longest[kennis_random_below (random, G_N_ELEMENTS (longest))] * KENNIS_MS_PER_HOUR));
}

static void
make_row (KennisRandom *random,
          gsize         row,
          gint64       *codes)
{
  static const guint words[] = { [KENNIS_ACTIVITY_FORM] = 9,     [KENNIS_ACTIVITY_SETTING] = 5,
                                 [KENNIS_ACTIVITY_APPROACH] = 5, [KENNIS_ACTIVITY_INITIATIVE] = 4,
                                 [KENNIS_ACTIVITY_STATUS] = 11,  [KENNIS_ACTIVITY_EXTERNAL] = 3 };
  const KennisSchema *schema = kennis_schema_get (KENNIS_RECORD_TYPE_ACTIVITY);
  gint64 start = some_time (random, row);

  codes[KENNIS_ACTIVITY_ID] = (gint64) row;
  codes[KENNIS_ACTIVITY_SESSION] = kennis_random_below (random, 90);
  codes[KENNIS_ACTIVITY_TOPIC] = kennis_random_below (random, N_TOPICS);
  codes[KENNIS_ACTIVITY_START] = start;
  codes[KENNIS_ACTIVITY_ENDED] = start + some_length (random);
  codes[KENNIS_ACTIVITY_DURATION] = some_length (random);
  codes[KENNIS_ACTIVITY_COST] = (gint64) kennis_random_below (random, 90) * 10000 - (row % 64 == 0 ? 400000 : 0);
  codes[KENNIS_ACTIVITY_REQUESTED] = some_time (random, row);
  codes[KENNIS_ACTIVITY_DECIDED] = codes[KENNIS_ACTIVITY_REQUESTED] + some_length (random);
  codes[KENNIS_ACTIVITY_APPLIED] = codes[KENNIS_ACTIVITY_ENDED] + some_length (random) - KENNIS_MS_PER_DAY;
  codes[KENNIS_ACTIVITY_EVALUATED] = codes[KENNIS_ACTIVITY_ENDED] + some_length (random);
  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    {
      if (words[f] > 0)
        codes[f] = kennis_random_below (random, words[f]);
      if (!is_given (random, row, f))
        codes[f] = kennis_field_unknown (&schema->fields[f]);
      if (schema->fields[f].kind == KENNIS_KIND_TIME && codes[f] != KENNIS_UNKNOWN)
        codes[f] = CLAMP (codes[f], KENNIS_TIME_MIN, KENNIS_TIME_MAX);
    }
  codes[KENNIS_ACTIVITY_PERSON] = kennis_random_below (random, N_PEOPLE);
  if (codes[KENNIS_ACTIVITY_START] == KENNIS_UNKNOWN && codes[KENNIS_ACTIVITY_ENDED] == KENNIS_UNKNOWN
      && codes[KENNIS_ACTIVITY_REQUESTED] == KENNIS_UNKNOWN)
    codes[KENNIS_ACTIVITY_ENDED] = start;
}

static void
intern_some (KennisDataset *dataset,
             KennisSpace    space,
             guint          n)
{
  for (guint i = 0; i < n; i++)
    {
      char text[16];

      /* Not in the order of the summary. */
      kennis_dataset_intern (dataset, space, text, g_snprintf (text, sizeof text, "%u", (i * 7919) % 100003), NULL);
    }
}

static KennisDataset *
make_dataset (guint64 seed)
{
  KennisDataset *dataset = kennis_dataset_new ("America/New_York", "EUR", NULL);
  KennisRandom random;

  kennis_random_init (&random, seed, 1);
  kennis_dataset_set_accept_seen (dataset, TRUE);
  intern_some (dataset, KENNIS_SPACE_PERSON, N_PEOPLE);
  intern_some (dataset, KENNIS_SPACE_TOPIC, N_TOPICS);
  intern_some (dataset, KENNIS_SPACE_SESSION, 90);
  intern_some (dataset, KENNIS_SPACE_ACTIVITY, N_ROWS);
  for (gsize i = 0; i < N_ROWS; i++)
    {
      gint64 codes[KENNIS_N_ACTIVITY_FIELDS];

      make_row (&random, i, codes);
      kennis_dataset_append_checked (dataset, KENNIS_RECORD_TYPE_ACTIVITY, codes);
    }

  return dataset;
}

static void
map_texts (Plain             *self,
           KennisDataset     *dataset,
           KennisSummaryView *view)
{
  for (guint s = 0; s <= KENNIS_SPACE_SESSION; s++)
    {
      guint32 n = kennis_intern_size (dataset->spaces[s]);

      self->maps[s] = g_new (guint32, n + 1);
      for (guint32 i = 0; i < n; i++)
        {
          gsize length;
          const char *text = kennis_intern_get (dataset->spaces[s], i, &length);

          self->maps[s][i] = kennis_intern_find (view->facts->spaces[s], text, length);
        }
    }
}

static guint
count_wrong (const Plain   *plain,
             KennisSummary *summary,
             KennisSection  section)
{
  const KennisShape *shape = kennis_shape_get (section);
  const KennisVector *elements = &summary->sections[section];
  guint wrong = g_hash_table_size (plain->elements[section]) != elements->n;

  for (gsize i = 0; i < elements->n; i++)
    {
      const guint8 *element = (const guint8 *) elements->data + i * shape->size;
      g_autoptr (GBytes) key = g_bytes_new_static (element, shape->n_keys * sizeof (guint32));
      const void *there = g_hash_table_lookup (plain->elements[section], key);

      wrong += there == NULL || memcmp (there, element, shape->size) != 0;
    }

  return wrong;
}

static void
check_totals (KennisDataset           *dataset,
              const KennisSummaryView *view,
              gint64                   first,
              gint64                   last)
{
  const KennisTable *table = &dataset->tables[KENNIS_RECORD_TYPE_ACTIVITY];
  guint64 n_known[KENNIS_N_ACTIVITY_FIELDS] = { 0 };

  for (gsize i = 0; i < N_ROWS; i++)
    for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
      n_known[f] += kennis_column_get (&table->columns[f], i) != table->columns[f].unknown;
  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    CU_ASSERT_EQUAL (view->n_known[f], n_known[f]);
  CU_ASSERT_EQUAL (view->n_activities, N_ROWS);
  CU_ASSERT_EQUAL (view->first_time, first);
  CU_ASSERT_EQUAL (view->last_time, last);
}

static void
check_summary (KennisDataset *dataset,
               KennisSummary *summary)
{
  Plain plain = { .base = { .calendar = dataset->calendar, .emit = add_plainly } };
  gint64 first = G_MAXINT64, last = G_MININT64;
  KennisSummaryView view;

  kennis_summary_view (summary, &view);
  map_texts (&plain, dataset, &view);
  for (guint s = 0; s < KENNIS_N_SECTIONS; s++)
    plain.elements[s] = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, g_free);
  for (gsize i = 0; i < N_ROWS; i++)
    {
      gint64 codes[KENNIS_N_ACTIVITY_FIELDS], counted;

      kennis_table_get_row (&dataset->tables[KENNIS_RECORD_TYPE_ACTIVITY],
                            kennis_schema_get (KENNIS_RECORD_TYPE_ACTIVITY), i, codes);
      counted = kennis_activities_row (&plain.base, codes);
      first = MIN (first, counted);
      last = MAX (last, counted);
    }

  for (guint s = 0; s < KENNIS_N_SECTIONS; s++)
    {
      CU_ASSERT (summary->sections[s].n > 1000);
      CU_ASSERT_EQUAL (count_wrong (&plain, summary, s), 0);
      g_hash_table_unref (plain.elements[s]);
    }
  check_totals (dataset, &view, first, last);
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    g_free (plain.maps[s]);
}

static void
packed_rows_add_up_to_the_same_as_rows_one_by_one (void)
{
  static const guint n_threads[] = { 1, 2, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (n_threads); i++)
    {
      g_autoptr (KennisDataset) dataset = make_dataset (i);
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisSummary) summary = kennis_summary_make (dataset, NULL, n_threads[i], NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      check_summary (dataset, summary);
    }
}

/* Small batches lie in a column's tail, never in pages. */
static void
batches_and_pages_give_the_same_bytes (void)
{
  g_autoptr (KennisDataset) dataset = make_dataset (9), batch = kennis_dataset_new ("America/New_York", "EUR", NULL);
  g_autoptr (KennisSummary) whole = kennis_summary_make (dataset, NULL, 2, NULL, NULL, NULL, NULL), other = NULL;
  g_autoptr (KennisSummaryBuilder) builder = kennis_summary_builder_new_for (batch, 2);
  g_autoptr (GBytes) x = NULL, y = NULL;

  intern_some (batch, KENNIS_SPACE_PERSON, N_PEOPLE);
  intern_some (batch, KENNIS_SPACE_TOPIC, N_TOPICS);
  intern_some (batch, KENNIS_SPACE_SESSION, 90);
  intern_some (batch, KENNIS_SPACE_ACTIVITY, N_ROWS);
  for (gsize i = 0; i < N_ROWS; i++)
    {
      gint64 codes[KENNIS_N_ACTIVITY_FIELDS];

      kennis_table_get_row (&dataset->tables[KENNIS_RECORD_TYPE_ACTIVITY],
                            kennis_schema_get (KENNIS_RECORD_TYPE_ACTIVITY), i, codes);
      kennis_dataset_append_checked (batch, KENNIS_RECORD_TYPE_ACTIVITY, codes);
      if (i % 3001 != 3000 && i + 1 < N_ROWS)
        continue;
      CU_ASSERT (kennis_summary_builder_add (builder, batch, NULL, NULL, NULL));
      kennis_dataset_clear_events (batch);
    }
  other = kennis_summary_builder_finish (builder, batch, NULL, NULL);
  x = kennis_summary_to_bytes (whole);
  y = kennis_summary_to_bytes (other);
  CU_ASSERT (g_bytes_equal (x, y));
}

int
main (void)
{
  return kennis_test_main ("activities", (CU_TestInfo[]) {
    { "packed rows add up to the same as rows one by one", packed_rows_add_up_to_the_same_as_rows_one_by_one },
    { "batches and pages give the same bytes", batches_and_pages_give_the_same_bytes },
    CU_TEST_INFO_NULL,
  });
}
