#include "config.h"

#include "base/kennis-i18n-private.h"
#include "dataset/kennis-dataset-private.h"

#include <kennis/kennis-error.h>

/**
 * KennisDataset:
 *
 * The learning records of an organisation.
 *
 * Records enter and leave as small objects ([class@Record]) and are held in columns.  A dataset only grows, by one
 * writer at a time; [method@Dataset.snapshot] gives an immutable copy that shares its memory and may be used from
 * any thread.
 *
 * Records with an id, and those with a natural key (a person's id and effective date; a moment's team, kind and
 * time; …), are there once: adding the same record again changes nothing, and another record with the same key is
 * an error.  An activity or a sharing without an id is never taken for a copy of another one.
 *
 * Texts (ids, names, words) are kept once.  Memory of ten million activities: at most 64 bytes each, beside their
 * ids; an id costs its text, 3 bytes, and 14 to 20 bytes of index.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisDataset, kennis_dataset, G_TYPE_OBJECT)

typedef enum
{
  PROP_TIME_ZONE = 1,
  PROP_CURRENCY,
  PROP_ACCEPT_SEEN,
  PROP_READ_ONLY,
  PROP_SUPPRESSION,
} KennisDatasetProperty;

static GParamSpec *properties[PROP_SUPPRESSION + 1];

static void
kennis_dataset_finalize (GObject *object)
{
  KennisDataset *self = KENNIS_DATASET (object);

  g_clear_pointer (&self->calendar, kennis_calendar_unref);
  g_clear_pointer (&self->currency, g_free);
  g_clear_pointer (&self->gone, kennis_hashes_free);
  g_clear_object (&self->suppression);
  for (guint i = 0; i < KENNIS_N_SPACES; i++)
    g_clear_pointer (&self->spaces[i], kennis_intern_free);
  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    kennis_table_clear (&self->tables[i], kennis_schema_get (i));
  for (guint i = 0; i < G_N_ELEMENTS (self->declared); i++)
    g_clear_pointer (&self->declared[i], g_byte_array_unref);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (kennis_dataset_parent_class)->finalize (object);
}

static void
kennis_dataset_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  KennisDataset *self = KENNIS_DATASET (object);

  switch ((KennisDatasetProperty) id)
    {
    case PROP_TIME_ZONE:
      g_value_set_string (value, kennis_dataset_get_time_zone (self));
      break;
    case PROP_CURRENCY:
      g_value_set_string (value, self->currency);
      break;
    case PROP_ACCEPT_SEEN:
      g_value_set_boolean (value, self->accept_seen);
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;
    case PROP_SUPPRESSION:
      g_value_set_object (value, self->suppression);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kennis_dataset_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  KennisDataset *self = KENNIS_DATASET (object);

  switch ((KennisDatasetProperty) id)
    {
    case PROP_ACCEPT_SEEN:
      kennis_dataset_set_accept_seen (self, g_value_get_boolean (value));
      break;
    case PROP_SUPPRESSION:
      kennis_dataset_set_suppression (self, g_value_get_object (value));
      break;
    case PROP_TIME_ZONE:
    case PROP_CURRENCY:
    case PROP_READ_ONLY:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kennis_dataset_class_init (KennisDatasetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = kennis_dataset_finalize;
  object_class->get_property = kennis_dataset_get_property;
  object_class->set_property = kennis_dataset_set_property;

  /**
   * KennisDataset:time-zone:
   *
   * The time zone in which times are binned into days and months.
   *
   * Since: 1.0
   */
  properties[PROP_TIME_ZONE] = g_param_spec_string ("time-zone", NULL, NULL, NULL, readable);
  /**
   * KennisDataset:currency:
   *
   * The currency of every amount, as an ISO 4217 code.
   *
   * Since: 1.0
   */
  properties[PROP_CURRENCY] = g_param_spec_string ("currency", NULL, NULL, NULL, readable);
  /**
   * KennisDataset:accept-seen:
   *
   * Whether an event may name a person or team that nobody declared.
   *
   * Such a person is *seen*, not on the roster: it takes part in sums and in exchange, never in a head count.
   *
   * Since: 1.0
   */
  properties[PROP_ACCEPT_SEEN] = g_param_spec_boolean ("accept-seen", NULL, NULL, FALSE, writable);
  /**
   * KennisDataset:read-only:
   *
   * Whether this is a snapshot.
   *
   * Since: 1.0
   */
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, readable);
  /**
   * KennisDataset:suppression:
   *
   * The people who must not be taken in again.
   *
   * Since: 1.0
   */
  properties[PROP_SUPPRESSION] = g_param_spec_object ("suppression", NULL, NULL, KENNIS_TYPE_SUPPRESSION, writable);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

/* An empty dataset in UTC and EUR, so that g_object_new() makes a sound one too. */
static void
kennis_dataset_init (KennisDataset *self)
{
  g_mutex_init (&self->lock);
  self->calendar = kennis_calendar_new ("UTC", NULL);
  self->currency = g_strdup ("EUR");
  for (guint i = 0; i < KENNIS_N_SPACES; i++)
    self->spaces[i] = kennis_intern_new ();
  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    kennis_table_init (&self->tables[i], kennis_schema_get (i));
  for (guint i = 0; i < G_N_ELEMENTS (self->declared); i++)
    self->declared[i] = g_byte_array_new ();
}

static gboolean
is_currency (const char *code)
{
  return strlen (code) == 3 && g_ascii_isupper (code[0]) && g_ascii_isupper (code[1]) && g_ascii_isupper (code[2]);
}

/**
 * kennis_dataset_new:
 * @time_zone: (nullable): a time zone's identifier, as `Europe/Amsterdam`; %NULL for `UTC`
 * @currency: (nullable): an ISO 4217 code; %NULL for `EUR`
 * @error: return location for an error
 *
 * Makes an empty dataset.
 *
 * Returns: (transfer full): a new dataset; %NULL and %KENNIS_ERROR_INVALID where zone or code is none
 *
 * Since: 1.0
 */
KennisDataset *
kennis_dataset_new (const char  *time_zone,
                    const char  *currency,
                    GError     **error)
{
  g_autoptr (KennisDataset) self = g_object_new (KENNIS_TYPE_DATASET, NULL);

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (currency != NULL && !is_currency (currency))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("“%s” is no currency; accepted is an ISO 4217 code of three capitals, as EUR"), currency);
      return NULL;
    }
  if (time_zone != NULL)
    {
      KennisCalendar *calendar = kennis_calendar_new (time_zone, error);

      if (calendar == NULL)
        return NULL;
      g_clear_pointer (&self->calendar, kennis_calendar_unref);
      self->calendar = calendar;
    }
  if (currency != NULL)
    {
      g_free (self->currency);
      self->currency = g_strdup (currency);
    }

  return g_steal_pointer (&self);
}

/**
 * kennis_dataset_get_time_zone: (get-property time-zone)
 * @self: a dataset
 *
 * Gets the identifier of its time zone.
 *
 * Returns: the identifier of its time zone
 *
 * Since: 1.0
 */
const char *
kennis_dataset_get_time_zone (KennisDataset *self)
{
  g_return_val_if_fail (KENNIS_IS_DATASET (self), NULL);

  return kennis_calendar_get_id (self->calendar);
}

/**
 * kennis_dataset_get_currency: (get-property currency)
 * @self: a dataset
 *
 * Gets the ISO 4217 code of its amounts.
 *
 * Returns: the ISO 4217 code of its amounts
 *
 * Since: 1.0
 */
const char *
kennis_dataset_get_currency (KennisDataset *self)
{
  g_return_val_if_fail (KENNIS_IS_DATASET (self), NULL);

  return self->currency;
}

/**
 * kennis_dataset_get_accept_seen: (get-property accept-seen)
 * @self: a dataset
 *
 * Tells whether events may name people and teams that nobody declared.
 *
 * Returns: whether events may name people and teams that nobody declared
 *
 * Since: 1.0
 */
gboolean
kennis_dataset_get_accept_seen (KennisDataset *self)
{
  g_return_val_if_fail (KENNIS_IS_DATASET (self), FALSE);

  return self->accept_seen;
}

/**
 * kennis_dataset_set_accept_seen: (set-property accept-seen)
 * @self: a dataset
 * @accept_seen: whether events may name people and teams that nobody declared
 *
 * Sets [property@Dataset:accept-seen] for the records that are added from now on.
 *
 * Since: 1.0
 */
void
kennis_dataset_set_accept_seen (KennisDataset *self,
                                gboolean       accept_seen)
{
  g_return_if_fail (KENNIS_IS_DATASET (self) && !self->read_only);

  if (self->accept_seen == !!accept_seen)
    return;
  self->accept_seen = !!accept_seen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCEPT_SEEN]);
}

/**
 * kennis_dataset_get_suppression: (get-property suppression)
 * @self: a dataset
 *
 * Gets the people who must not be taken in.
 *
 * Returns: (transfer none) (nullable): the people who must not be taken in
 *
 * Since: 1.0
 */
KennisSuppression *
kennis_dataset_get_suppression (KennisDataset *self)
{
  g_return_val_if_fail (KENNIS_IS_DATASET (self), NULL);

  return self->suppression;
}

/**
 * kennis_dataset_set_suppression: (set-property suppression)
 * @self: a dataset
 * @suppression: (nullable): the people who must not be taken in
 *
 * Sets who must not be taken in again.
 *
 * A record that names such a person is refused with %KENNIS_ERROR_SUPPRESSED; readers count it as ignored.
 *
 * Since: 1.0
 */
void
kennis_dataset_set_suppression (KennisDataset     *self,
                                KennisSuppression *suppression)
{
  g_return_if_fail (KENNIS_IS_DATASET (self) && !self->read_only);
  g_return_if_fail (suppression == NULL || KENNIS_IS_SUPPRESSION (suppression));

  if (g_set_object (&self->suppression, suppression))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUPPRESSION]);
}

/**
 * kennis_dataset_get_read_only: (get-property read-only)
 * @self: a dataset
 *
 * Tells whether it is a snapshot.
 *
 * Returns: whether it is a snapshot
 *
 * Since: 1.0
 */
gboolean
kennis_dataset_get_read_only (KennisDataset *self)
{
  g_return_val_if_fail (KENNIS_IS_DATASET (self), TRUE);

  return self->read_only;
}

KennisCalendar *
kennis_dataset_get_calendar (KennisDataset *self)
{
  return self->calendar;
}

void
kennis_dataset_set_deferred (KennisDataset *self,
                             gboolean       deferred)
{
  self->deferred = deferred;
}

const char *
kennis_dataset_text (KennisDataset *self,
                     KennisSpace    space,
                     gint64         code)
{
  return code == KENNIS_UNKNOWN ? NULL : kennis_intern_get (self->spaces[space], (guint32) code, NULL);
}

gboolean
kennis_dataset_is_declared (KennisDataset *self,
                            KennisSpace    space,
                            gint64         code)
{
  return code >= 0 && code < self->declared[space]->len
         && (self->declared[space]->data[code] & (KENNIS_MARK_DECLARED | KENNIS_MARK_ALIAS)) != 0;
}

/**
 * kennis_dataset_count:
 * @self: a dataset
 * @type: a type of record
 *
 * Tells how many records of that type there are.
 *
 * Returns: how many records of that type there are
 *
 * Since: 1.0
 */
guint64
kennis_dataset_count (KennisDataset    *self,
                      KennisRecordType  type)
{
  g_return_val_if_fail (KENNIS_IS_DATASET (self), 0);
  g_return_val_if_fail ((guint) type < KENNIS_N_RECORD_TYPES, 0);

  return self->tables[type].n_rows;
}

/**
 * kennis_dataset_count_seen:
 * @self: a dataset
 *
 * Counts the people whom records name but nobody declared.
 *
 * Returns: how many people are seen and not on the roster
 *
 * Since: 1.0
 */
guint
kennis_dataset_count_seen (KennisDataset *self)
{
  const GByteArray *marks;
  guint n = 0;

  g_return_val_if_fail (KENNIS_IS_DATASET (self), 0);

  marks = self->declared[KENNIS_SPACE_PERSON];
  for (guint i = 0; i < marks->len; i++)
    n += marks->data[i] == KENNIS_MARK_NAMED;

  return n;
}

/**
 * kennis_dataset_snapshot:
 * @self: a dataset
 *
 * Makes an immutable copy that shares the memory of @self.
 *
 * The writer of @self may go on while others use the copy from any thread.
 *
 * Time and memory: one pointer for each 4096 rows of a column, and a copy of the last rows.
 *
 * Returns: (transfer full): a read-only dataset
 *
 * Since: 1.0
 */
KennisDataset *
kennis_dataset_snapshot (KennisDataset *self)
{
  KennisDataset *copy;

  g_return_val_if_fail (KENNIS_IS_DATASET (self), NULL);

  if (self->read_only)
    return g_object_ref (self);

  copy = g_object_new (KENNIS_TYPE_DATASET, NULL);
  g_clear_pointer (&copy->calendar, kennis_calendar_unref);
  copy->calendar = kennis_calendar_ref (self->calendar);
  g_free (copy->currency);
  copy->currency = g_strdup (self->currency);
  copy->accept_seen = self->accept_seen;
  copy->read_only = TRUE;
  for (guint i = 0; i < KENNIS_N_SPACES; i++)
    {
      kennis_intern_free (copy->spaces[i]);
      copy->spaces[i] = kennis_intern_snapshot (self->spaces[i]);
    }
  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    {
      kennis_table_clear (&copy->tables[i], kennis_schema_get (i));
      kennis_table_snapshot (&self->tables[i], kennis_schema_get (i), &copy->tables[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->declared); i++)
    if (self->declared[i]->len > 0)
      g_byte_array_append (copy->declared[i], self->declared[i]->data, self->declared[i]->len);

  return copy;
}

/**
 * kennis_dataset_get_memory:
 * @self: a dataset
 * @type: a type of record
 *
 * Tells how much memory the columns of one type of record take, texts and indices not counted.
 *
 * Returns: bytes
 *
 * Since: 1.0
 */
guint64
kennis_dataset_get_memory (KennisDataset    *self,
                           KennisRecordType  type)
{
  guint64 bytes = 0;

  g_return_val_if_fail (KENNIS_IS_DATASET (self), 0);
  g_return_val_if_fail ((guint) type < KENNIS_N_RECORD_TYPES, 0);

  for (guint f = 0; f < kennis_schema_get (type)->n_fields; f++)
    bytes += kennis_column_bytes (&self->tables[type].columns[f]);

  return bytes;
}
