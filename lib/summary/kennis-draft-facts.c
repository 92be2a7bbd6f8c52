#include "config.h"

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "summary/kennis-draft-private.h"

static gboolean
is_key (const KennisSchema *schema,
        guint               field)
{
  return (schema->fields[field].flags & KENNIS_FIELD_KEY) != 0;
}

/* In the order of the key, then of the other fields, both as the schema has them. */
static guint
order_of_fields (const KennisSchema *schema,
                 guint8             *order)
{
  guint n = 0, n_keys;

  for (guint f = 0; f < schema->n_fields; f++)
    if (is_key (schema, f))
      order[n++] = f;
  n_keys = n;
  for (guint f = 0; f < schema->n_fields; f++)
    if (!is_key (schema, f))
      order[n++] = f;

  return n_keys;
}

typedef struct
{
  guint  n_fields, n_keys;
  guint8 order[KENNIS_MAX_FIELDS];
  gboolean key_is_id;      /* then a row without id has no key */
} RowOrder;

static int
compare_fields (const gint64   *a,
                const gint64   *b,
                const RowOrder *order,
                guint           n)
{
  for (guint i = 0; i < n; i++)
    {
      guint f = order->order[i];

      if (a[f] != b[f])
        return a[f] < b[f] ? -1 : 1;
    }

  return 0;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const RowOrder *order = data;

  return compare_fields (*(const gint64 *const *) a, *(const gint64 *const *) b, order, order->n_fields);
}

static gboolean
have_one_key (const gint64   *a,
              const gint64   *b,
              const RowOrder *order)
{
  if (order->key_is_id && a[order->order[0]] == KENNIS_UNKNOWN)
    return FALSE;

  return compare_fields (a, b, order, order->n_keys) == 0;
}

static gboolean
refuse_conflict (KennisDataset     *facts,
                 KennisRecordType   type,
                 const gint64      *a,
                 const gint64      *b,
                 GError           **error)
{
  const KennisSchema *schema = kennis_schema_get (type);
  g_autofree char *record = kennis_dataset_describe_row (facts, type, a);

  for (guint f = 0; f < schema->n_fields; f++)
    if (a[f] != b[f])
      {
        g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_CONFLICT,
                     _("%s: is there twice, with another “%s”; accepted is the same record, or another key"), record,
                     schema->fields[f].name);
        break;
      }

  return FALSE;
}

static gboolean
add_sorted_rows (KennisDataset     *facts,
                 KennisRecordType   type,
                 KennisVector      *rows,
                 GError           **error)
{
  const KennisSchema *schema = kennis_schema_get (type);
  RowOrder order = { .n_fields = schema->n_fields };
  g_autofree const gint64 **sorted = g_new (const gint64 *, MAX (rows->n, 1));

  order.n_keys = order_of_fields (schema, order.order);
  order.key_is_id = facts->tables[type].rows_of_id != NULL;
  for (gsize i = 0; i < rows->n; i++)
    sorted[i] = (const gint64 *) rows->data + i * schema->n_fields;
  g_qsort_with_data (sorted, rows->n, sizeof *sorted, compare_rows, &order);

  for (gsize i = 0; i < rows->n; i++)
    {
      if (i > 0 && have_one_key (sorted[i - 1], sorted[i], &order))
        {
          if (compare_fields (sorted[i - 1], sorted[i], &order, order.n_fields) != 0)
            return refuse_conflict (facts, type, sorted[i - 1], sorted[i], error);
          continue;
        }
      if (facts->tables[type].n_rows == G_MAXUINT32 - 1)
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE,
                       _("A summary has more than 4294967294 records of %s, the most that is accepted"), schema->name);
          return FALSE;
        }
      kennis_table_append (&facts->tables[type], schema, sorted[i]);
    }

  return TRUE;
}

/* Every text of a summary's spaces is there because something names it. */
static void
mark_texts (KennisDataset *facts)
{
  static const struct { KennisSpace space; KennisRecordType type; } declares[] = {
    { KENNIS_SPACE_PERSON, KENNIS_RECORD_TYPE_PERSON },
    { KENNIS_SPACE_TEAM, KENNIS_RECORD_TYPE_TEAM },
    { KENNIS_SPACE_TOPIC, KENNIS_RECORD_TYPE_TOPIC },
  };

  for (guint i = 0; i < G_N_ELEMENTS (declares); i++)
    {
      const KennisTable *table = &facts->tables[declares[i].type];
      GByteArray *marks = facts->declared[declares[i].space];
      int id = kennis_schema_get (declares[i].type)->id_field;

      g_byte_array_set_size (marks, kennis_intern_size (facts->spaces[declares[i].space]));
      if (marks->len > 0)
        memset (marks->data, KENNIS_MARK_NAMED, marks->len);
      for (guint32 row = 0; row < table->n_rows; row++)
        marks->data[kennis_column_get (&table->columns[id], row)] |= KENNIS_MARK_DECLARED;
    }
}

KennisDataset *
kennis_draft_make_facts (KennisDraft   *self,
                         KennisIntern **spaces,
                         GError       **error)
{
  g_autoptr (KennisDataset) facts = kennis_dataset_new ("UTC", self->currency, error);

  if (facts == NULL)
    return NULL;

  /* A calendar is dear to make and never changes. */
  kennis_calendar_unref (facts->calendar);
  facts->calendar = kennis_calendar_ref (self->calendar);
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    {
      kennis_intern_free (facts->spaces[s]);
      facts->spaces[s] = g_steal_pointer (&spaces[s]);
    }
  for (guint type = 0; type < KENNIS_N_RECORD_TYPES; type++)
    {
      if (!add_sorted_rows (facts, type, &self->rows[type], error))
        return NULL;
      kennis_vector_clear (&self->rows[type]);
    }
  mark_texts (facts);

  /* Two halves may each be a tree and yet make a circle. */
  facts->accept_seen = TRUE;
  if (!kennis_dataset_check_trees (facts, error))
    return NULL;
  facts->read_only = TRUE;

  return g_steal_pointer (&facts);
}
