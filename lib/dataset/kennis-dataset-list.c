#include "config.h"

#include "base/kennis-i18n-private.h"
#include "dataset/kennis-dataset-private.h"

#include <kennis/kennis-error.h>

/* The records of one type in a snapshot, made when they are asked for. */
#define KENNIS_TYPE_RECORD_LIST (kennis_record_list_get_type ())
G_DECLARE_FINAL_TYPE (KennisRecordList, kennis_record_list, KENNIS, RECORD_LIST, GObject)

struct _KennisRecordList
{
  GObject parent_instance;

  KennisDataset *dataset;
  KennisRecordType type;
};

static GType
get_item_type (GListModel *list)
{
  return KENNIS_TYPE_RECORD;
}

static guint
get_n_items (GListModel *list)
{
  KennisRecordList *self = KENNIS_RECORD_LIST (list);

  return (guint) kennis_dataset_count (self->dataset, self->type);
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  KennisRecordList *self = KENNIS_RECORD_LIST (list);

  return kennis_dataset_get_record (self->dataset, self->type, position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KennisRecordList, kennis_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
kennis_record_list_finalize (GObject *object)
{
  g_clear_object (&KENNIS_RECORD_LIST (object)->dataset);

  G_OBJECT_CLASS (kennis_record_list_parent_class)->finalize (object);
}

static void
kennis_record_list_class_init (KennisRecordListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_record_list_finalize;
}

static void
kennis_record_list_init (KennisRecordList *self)
{
}

/**
 * kennis_dataset_list:
 * @self: a dataset
 * @type: a type of record
 *
 * Gets the records of a type, as they are now, as a list of [class@Record].
 *
 * The list works on a snapshot; its records are made when they are asked for.
 *
 * Returns: (transfer full): a list
 *
 * Since: 1.0
 */
GListModel *
kennis_dataset_list (KennisDataset    *self,
                     KennisRecordType  type)
{
  KennisRecordList *list;

  g_return_val_if_fail (KENNIS_IS_DATASET (self), NULL);
  g_return_val_if_fail ((guint) type < KENNIS_N_RECORD_TYPES, NULL);

  list = g_object_new (KENNIS_TYPE_RECORD_LIST, NULL);
  list->dataset = kennis_dataset_snapshot (self);
  list->type = type;

  return G_LIST_MODEL (list);
}

/**
 * kennis_dataset_get_record:
 * @self: a dataset
 * @type: a type of record
 * @position: from 0, in the order in which they were added
 *
 * Gets one record.
 *
 * Returns: (transfer full) (nullable): a new object with its fields; %NULL where @position is past the last one
 *
 * Since: 1.0
 */
KennisRecord *
kennis_dataset_get_record (KennisDataset    *self,
                           KennisRecordType  type,
                           guint64           position)
{
  gint64 codes[KENNIS_MAX_FIELDS];

  g_return_val_if_fail (KENNIS_IS_DATASET (self), NULL);
  g_return_val_if_fail ((guint) type < KENNIS_N_RECORD_TYPES, NULL);

  if (position >= self->tables[type].n_rows)
    return NULL;

  kennis_table_get_row (&self->tables[type], kennis_schema_get (type), position, codes);
  return kennis_record_from_codes (self, type, codes);
}

/* A snapshot makes its index of texts when it is first asked for one. */
static guint32
find_text (KennisDataset *self,
           KennisSpace    space,
           const char    *text)
{
  guint32 found;

  g_mutex_lock (&self->lock);
  if (!kennis_intern_has_index (self->spaces[space]))
    kennis_intern_make_index (self->spaces[space]);
  found = kennis_intern_find (self->spaces[space], text, strlen (text));
  g_mutex_unlock (&self->lock);

  return found;
}

/* The newest row of a person, the only row of anything else with this id; −1: none. */
static gint64
find_row (KennisDataset      *self,
          const KennisSchema *schema,
          guint32             id)
{
  const KennisTable *table = &self->tables[schema->type];
  gint64 found = -1, newest = KENNIS_UNKNOWN;

  for (guint32 row = 0; row < table->n_rows; row++)
    {
      gint64 effective = KENNIS_UNKNOWN;

      if (kennis_column_get (&table->columns[schema->id_field], row) != id)
        continue;
      if (schema->type == KENNIS_RECORD_TYPE_PERSON)
        effective = kennis_column_get (&table->columns[KENNIS_PERSON_EFFECTIVE], row);
      if (found < 0 || effective >= newest)
        {
          found = row;
          newest = effective;
        }
    }

  return found;
}

/**
 * kennis_dataset_lookup:
 * @self: a dataset
 * @type: a type of record that has an id: person, team, topic, programme, activity, sharing
 * @id: an id
 *
 * Finds a record by its id; of a person with several effective dates, the newest.
 *
 * Time: O(1) on average for what has one row for an id, O(people) for a person and in a snapshot.
 *
 * Returns: (transfer full) (nullable): a new object with its fields; %NULL where there is none
 *
 * Since: 1.0
 */
KennisRecord *
kennis_dataset_lookup (KennisDataset    *self,
                       KennisRecordType  type,
                       const char       *id)
{
  const KennisSchema *schema;
  const KennisTable *table;
  gint64 codes[KENNIS_MAX_FIELDS], row;
  guint32 index;

  g_return_val_if_fail (KENNIS_IS_DATASET (self), NULL);
  g_return_val_if_fail ((guint) type < KENNIS_N_RECORD_TYPES && id != NULL, NULL);

  schema = kennis_schema_get (type);
  table = &self->tables[type];
  g_return_val_if_fail (schema->id_field >= 0, NULL);

  index = find_text (self, schema->fields[schema->id_field].space, id);
  if (index == KENNIS_INTERN_NONE)
    return NULL;
  if (table->rows_of_id != NULL)
    {
      codes[schema->id_field] = index;
      row = kennis_table_find (table, schema, codes);
    }
  else
    row = find_row (self, schema, index);

  return row >= 0 && row < table->n_rows ? kennis_dataset_get_record (self, type, row) : NULL;
}

/* Walks from a team or topic to its ancestors: more steps than there are means a cycle. */
static gboolean
check_tree (KennisDataset    *self,
            KennisRecordType  type,
            GError          **error)
{
  const KennisSchema *schema = kennis_schema_get (type);
  const KennisTable *table = &self->tables[type];
  KennisSpace space = schema->fields[0].space;
  g_autofree gint64 *parent = g_new (gint64, (gsize) kennis_intern_size (self->spaces[space]) + 1);
  g_autofree guint32 *seen_by = g_new0 (guint32, (gsize) kennis_intern_size (self->spaces[space]) + 1);

  for (guint32 i = 0; i < kennis_intern_size (self->spaces[space]); i++)
    parent[i] = KENNIS_UNKNOWN;
  for (guint32 row = 0; row < table->n_rows; row++)
    parent[kennis_column_get (&table->columns[0], row)] = kennis_column_get (&table->columns[KENNIS_TEAM_PARENT], row);

  for (guint32 i = 0; i < kennis_intern_size (self->spaces[space]); i++)
    for (gint64 at = i; at != KENNIS_UNKNOWN; at = parent[at])
      {
        if (seen_by[at] == i + 1)
          {
            g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_CYCLE, _("%s “%s” is its own ancestor; accepted is a tree"),
                         schema->name, kennis_dataset_text (self, space, at));
            return FALSE;
          }
        if (seen_by[at] != 0)
          break;
        seen_by[at] = i + 1;
      }

  return TRUE;
}

gboolean
kennis_dataset_check_trees (KennisDataset  *self,
                            GError        **error)
{
  return check_tree (self, KENNIS_RECORD_TYPE_TEAM, error) && check_tree (self, KENNIS_RECORD_TYPE_TOPIC, error);
}

static gboolean
check_all_references (KennisDataset       *self,
                      const KennisSchema  *schema,
                      GError             **error)
{
  const KennisTable *table = &self->tables[schema->type];
  gint64 codes[KENNIS_MAX_FIELDS];

  for (guint32 row = 0; row < table->n_rows; row++)
    {
      kennis_table_get_row (table, schema, row, codes);
      if (!kennis_dataset_check_references (self, schema->type, codes, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * kennis_dataset_check:
 * @self: a dataset
 * @error: return location for an error
 *
 * Checks what can only be seen in the whole: that people, teams and topics which reference records name are declared
 * (a reader takes them in any order), and that teams and topics are trees.
 *
 * Time: O(reference records).
 *
 * Returns: true if it is sound; else %KENNIS_ERROR_UNKNOWN_REFERENCE or %KENNIS_ERROR_CYCLE, which names the record
 *
 * Since: 1.0
 */
gboolean
kennis_dataset_check (KennisDataset  *self,
                      GError        **error)
{
  g_return_val_if_fail (KENNIS_IS_DATASET (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    if (!kennis_schema_get (i)->is_event && !check_all_references (self, kennis_schema_get (i), error))
      return FALSE;

  return kennis_dataset_check_trees (self, error);
}
