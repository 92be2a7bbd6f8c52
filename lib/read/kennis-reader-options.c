#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-ical-private.h"
#include "read/kennis-xapi-private.h"

#include <string.h>

/* What a reader needs to know of sources that say less of themselves than Kennis' XML, and what it takes away at the door. */

typedef enum
{
  PROP_MAPPING = 100,   /* beyond those of kennis-reader.c */
  PROP_TIME_ZONE,
  PROP_CURRENCY,
  PROP_ENCODING,
  PROP_DATE_ORDER,
  PROP_DECIMAL_MARK,
  PROP_PSEUDONYM_KEY,
  PROP_COARSE_TIMES,
} KennisReaderOption;

static void
install_marks (GObjectClass *klass)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * KennisReader:date-order:
   *
   * In which order tables write dates: "dmy", "mdy" or "ymd".
   *
   * %NULL: as the mapping declares, or as the first rows prove; where neither says it, the source is refused.
   *
   * Since: 1.0
   */
  g_object_class_install_property (klass, PROP_DATE_ORDER, g_param_spec_string ("date-order", NULL, NULL, NULL, flags));
  /**
   * KennisReader:decimal-mark:
   *
   * What stands before the decimals of numbers in tables: "point" or "comma".
   *
   * A mapping that says it itself is not overruled.  %NULL: a point, but where a number near the beginning of the table can only
   * have a decimal comma, and none only a point; a note tells so.
   *
   * Since: 1.0
   */
  g_object_class_install_property (klass, PROP_DECIMAL_MARK,
                                   g_param_spec_string ("decimal-mark", NULL, NULL, NULL, flags));
}

static void
install_tables (GObjectClass *klass)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * KennisReader:mapping:
   *
   * How the rows of tables become records.
   *
   * %NULL: the mapping that comes with the library and fits the header best.
   *
   * Since: 1.0
   */
  g_object_class_install_property (klass, PROP_MAPPING,
                                   g_param_spec_object ("mapping", NULL, NULL, KENNIS_TYPE_MAPPING, flags));
  /**
   * KennisReader:time-zone:
   *
   * The time zone of datasets that are made of sources that do not say theirs.
   *
   * Since: 1.0
   */
  g_object_class_install_property (klass, PROP_TIME_ZONE, g_param_spec_string ("time-zone", NULL, NULL, "UTC", flags));
  /**
   * KennisReader:currency:
   *
   * The currency of datasets that are made of sources that do not say theirs.
   *
   * Since: 1.0
   */
  g_object_class_install_property (klass, PROP_CURRENCY, g_param_spec_string ("currency", NULL, NULL, "EUR", flags));
  /**
   * KennisReader:encoding:
   *
   * How the text of tables is encoded: UTF-8, UTF-16LE, UTF-16BE or Windows-1252.
   *
   * A byte order mark says more.  %NULL: it is found out, and a note tells what it was taken for.
   *
   * Since: 1.0
   */
  g_object_class_install_property (klass, PROP_ENCODING, g_param_spec_string ("encoding", NULL, NULL, NULL, flags));
}

void
kennis_reader_options_install (GObjectClass *klass)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  install_tables (klass);
  kennis_reader_window_install (klass);
  install_marks (klass);
  /**
   * KennisReader:pseudonym-key:
   *
   * With which key the ids of people, their aliases and respondents are replaced when they are read, by HMAC-SHA-256.
   *
   * The same key gives the same pseudonyms, so sources join as before.  Words that describe people (team, role, attributes)
   * stay as they are.
   *
   * Since: 1.0
   */
  g_object_class_install_property (klass, PROP_PSEUDONYM_KEY,
                                   g_param_spec_boxed ("pseudonym-key", NULL, NULL, G_TYPE_BYTES, flags));
  /**
   * KennisReader:coarse-times:
   *
   * Whether times become the beginning of their local day when they are read.
   *
   * Since: 1.0
   */
  g_object_class_install_property (klass, PROP_COARSE_TIMES,
                                   g_param_spec_boolean ("coarse-times", NULL, NULL, FALSE, flags));
}

void
kennis_reader_options_init (KennisReader *self)
{
  self->time_zone = g_strdup ("UTC");
  self->currency = g_strdup ("EUR");
  self->events_from = self->events_until = KENNIS_UNKNOWN;
}

void
kennis_reader_options_clear (KennisReader *self)
{
  g_clear_object (&self->mapping);
  g_clear_pointer (&self->time_zone, g_free);
  g_clear_pointer (&self->currency, g_free);
  g_clear_pointer (&self->pseudonym_key, g_bytes_unref);
  g_clear_pointer (&self->calendars, kennis_ical_versions_unref);
  g_clear_pointer (&self->voided, kennis_xapi_voided_unref);
}

gboolean
kennis_reader_options_get (KennisReader *self,
                           guint         id,
                           GValue       *value)
{
  switch ((KennisReaderOption) id)
    {
    case PROP_MAPPING:
      g_value_set_object (value, self->mapping);
      return TRUE;
    case PROP_TIME_ZONE:
      g_value_set_string (value, self->time_zone);
      return TRUE;
    case PROP_CURRENCY:
      g_value_set_string (value, self->currency);
      return TRUE;
    case PROP_ENCODING:
      g_value_set_string (value, kennis_reader_get_encoding (self));
      return TRUE;
    case PROP_DATE_ORDER:
      g_value_set_string (value, kennis_reader_get_date_order (self));
      return TRUE;
    case PROP_DECIMAL_MARK:
      g_value_set_string (value, kennis_reader_get_decimal_mark (self));
      return TRUE;
    case PROP_PSEUDONYM_KEY:
      g_value_set_boxed (value, self->pseudonym_key);
      return TRUE;
    case PROP_COARSE_TIMES:
      g_value_set_boolean (value, self->coarse_times);
      return TRUE;
    default:
      return kennis_reader_window_get (self, id, value);
    }
}

gboolean
kennis_reader_options_set (KennisReader *self,
                           guint         id,
                           const GValue *value)
{
  switch ((KennisReaderOption) id)
    {
    case PROP_MAPPING:
      kennis_reader_set_mapping (self, g_value_get_object (value));
      return TRUE;
    case PROP_TIME_ZONE:
      kennis_reader_set_time_zone (self, g_value_get_string (value));
      return TRUE;
    case PROP_CURRENCY:
      kennis_reader_set_currency (self, g_value_get_string (value));
      return TRUE;
    case PROP_ENCODING:
      kennis_reader_set_encoding (self, g_value_get_string (value));
      return TRUE;
    case PROP_DATE_ORDER:
      kennis_reader_set_date_order (self, g_value_get_string (value));
      return TRUE;
    case PROP_DECIMAL_MARK:
      kennis_reader_set_decimal_mark (self, g_value_get_string (value));
      return TRUE;
    case PROP_PSEUDONYM_KEY:
      kennis_reader_set_pseudonym_key (self, g_value_get_boxed (value));
      return TRUE;
    case PROP_COARSE_TIMES:
      kennis_reader_set_coarse_times (self, g_value_get_boolean (value));
      return TRUE;
    default:
      return kennis_reader_window_set (self, id, value);
    }
}

/**
 * kennis_reader_get_mapping: (get-property mapping)
 * @self: a reader
 *
 * Tells how the rows of tables become records.
 *
 * Returns: (transfer none) (nullable): how the rows of tables become records; %NULL: by the mapping that fits
 *
 * Since: 1.0
 */
KennisMapping *
kennis_reader_get_mapping (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);

  return self->mapping;
}

/**
 * kennis_reader_set_mapping: (set-property mapping)
 * @self: a reader
 * @mapping: (nullable): how the rows of tables become records; %NULL: by the mapping that fits
 *
 * Sets [property@Reader:mapping]; with one, every source is read as a table.
 *
 * Since: 1.0
 */
void
kennis_reader_set_mapping (KennisReader  *self,
                           KennisMapping *mapping)
{
  g_return_if_fail (KENNIS_IS_READER (self));
  g_return_if_fail (mapping == NULL || KENNIS_IS_MAPPING (mapping));

  if (g_set_object (&self->mapping, mapping))
    g_object_notify (G_OBJECT (self), "mapping");
}

static void
set_text (KennisReader *self, char **text, const char *value, const char *property)
{
  if (g_strcmp0 (*text, value) == 0)
    return;
  g_free (*text);
  *text = g_strdup (value);
  g_object_notify (G_OBJECT (self), property);
}

/**
 * kennis_reader_get_time_zone: (get-property time-zone)
 * @self: a reader
 *
 * Gets the time zone of datasets that are made of sources that do not say theirs.
 *
 * Returns: the time zone of datasets that are made of sources that do not say theirs
 *
 * Since: 1.0
 */
const char *
kennis_reader_get_time_zone (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);

  return self->time_zone;
}

/**
 * kennis_reader_set_time_zone: (set-property time-zone)
 * @self: a reader
 * @time_zone: a time zone, as "Europe/Amsterdam"; one that is not known is an error of reading
 *
 * Sets [property@Reader:time-zone].
 *
 * Since: 1.0
 */
void
kennis_reader_set_time_zone (KennisReader *self,
                             const char   *time_zone)
{
  g_return_if_fail (KENNIS_IS_READER (self));
  g_return_if_fail (time_zone != NULL);

  set_text (self, &self->time_zone, time_zone, "time-zone");
}

/**
 * kennis_reader_get_currency: (get-property currency)
 * @self: a reader
 *
 * Gets the currency of datasets that are made of sources that do not say theirs.
 *
 * Returns: the currency of datasets that are made of sources that do not say theirs
 *
 * Since: 1.0
 */
const char *
kennis_reader_get_currency (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);

  return self->currency;
}

/**
 * kennis_reader_set_currency: (set-property currency)
 * @self: a reader
 * @currency: a currency, as "EUR"
 *
 * Sets [property@Reader:currency].
 *
 * Since: 1.0
 */
void
kennis_reader_set_currency (KennisReader *self,
                            const char   *currency)
{
  g_return_if_fail (KENNIS_IS_READER (self));
  g_return_if_fail (currency != NULL);

  set_text (self, &self->currency, currency, "currency");
}

/**
 * kennis_reader_get_encoding: (get-property encoding)
 * @self: a reader
 *
 * Tells how the text of tables is encoded.
 *
 * Returns: (nullable): how the text of tables is encoded; %NULL: it is found out
 *
 * Since: 1.0
 */
const char *
kennis_reader_get_encoding (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);

  return self->encoding != KENNIS_ENCODING_UNKNOWN ? kennis_encoding_name (self->encoding) : NULL;
}

/**
 * kennis_reader_set_encoding: (set-property encoding)
 * @self: a reader
 * @encoding: (nullable): UTF-8, UTF-16LE, UTF-16BE or Windows-1252; %NULL: it is found out
 *
 * Sets [property@Reader:encoding]; another name is a programmer's error and changes nothing.
 *
 * Since: 1.0
 */
void
kennis_reader_set_encoding (KennisReader *self,
                            const char   *encoding)
{
  KennisEncoding value = encoding != NULL ? kennis_encoding_parse (encoding) : KENNIS_ENCODING_UNKNOWN;

  g_return_if_fail (KENNIS_IS_READER (self));
  g_return_if_fail (encoding == NULL || value != KENNIS_ENCODING_UNKNOWN);

  if (self->encoding == value)
    return;
  self->encoding = value;
  g_object_notify (G_OBJECT (self), "encoding");
}

/**
 * kennis_reader_get_pseudonym_key: (get-property pseudonym-key)
 * @self: a reader
 *
 * Gets the key with which ids of people are replaced.
 *
 * Returns: (transfer none) (nullable): the key with which ids of people are replaced; %NULL: they stay
 *
 * Since: 1.0
 */
GBytes *
kennis_reader_get_pseudonym_key (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);

  return self->pseudonym_key;
}

/**
 * kennis_reader_set_pseudonym_key: (set-property pseudonym-key)
 * @self: a reader
 * @pseudonym_key: (nullable): 16 bytes or more that only you know; %NULL: ids stay
 *
 * Sets [property@Reader:pseudonym-key].
 *
 * Since: 1.0
 */
void
kennis_reader_set_pseudonym_key (KennisReader *self,
                                 GBytes       *pseudonym_key)
{
  g_return_if_fail (KENNIS_IS_READER (self));
  g_return_if_fail (pseudonym_key == NULL || g_bytes_get_size (pseudonym_key) >= 16);

  if (self->pseudonym_key == pseudonym_key)
    return;
  g_clear_pointer (&self->pseudonym_key, g_bytes_unref);
  self->pseudonym_key = pseudonym_key != NULL ? g_bytes_ref (pseudonym_key) : NULL;
  g_object_notify (G_OBJECT (self), "pseudonym-key");
}

/**
 * kennis_reader_get_coarse_times: (get-property coarse-times)
 * @self: a reader
 *
 * Tells whether times become the beginning of their local day.
 *
 * Returns: whether times become the beginning of their local day
 *
 * Since: 1.0
 */
gboolean
kennis_reader_get_coarse_times (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), FALSE);

  return self->coarse_times;
}

/**
 * kennis_reader_set_coarse_times: (set-property coarse-times)
 * @self: a reader
 * @coarse_times: whether times become the beginning of their local day
 *
 * Sets [property@Reader:coarse-times].
 *
 * Since: 1.0
 */
void
kennis_reader_set_coarse_times (KennisReader *self,
                                gboolean      coarse_times)
{
  g_return_if_fail (KENNIS_IS_READER (self));

  if (self->coarse_times == !!coarse_times)
    return;
  self->coarse_times = !!coarse_times;
  g_object_notify (G_OBJECT (self), "coarse-times");
}

/**
 * kennis_reader_get_n_rows:
 * @self: a reader
 *
 * Tells how many rows of tables were read below their headers: used + rejected + ignored.
 *
 * Returns: how many rows of tables were read below their headers: used + rejected + ignored
 *
 * Since: 1.0
 */
guint64
kennis_reader_get_n_rows (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->n_rows;
}

/**
 * kennis_reader_get_n_rows_used:
 * @self: a reader
 *
 * Tells of how many rows of tables records were made.
 *
 * Returns: of how many rows of tables records were made
 *
 * Since: 1.0
 */
guint64
kennis_reader_get_n_rows_used (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->n_rows_used;
}

/**
 * kennis_reader_get_n_rows_rejected:
 * @self: a reader
 *
 * Tells how many rows of tables could not be taken.
 *
 * Returns: how many rows of tables could not be taken; a diagnostic tells of each
 *
 * Since: 1.0
 */
guint64
kennis_reader_get_n_rows_rejected (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->n_rows_rejected;
}

/**
 * kennis_reader_get_n_rows_ignored:
 * @self: a reader
 *
 * Tells how many rows of tables say nothing that the mapping asks for, or are left out by it, or name forgotten
 * people.
 *
 * Returns: how many rows of tables say nothing that the mapping asks for, or are left out by it, or name forgotten people
 *
 * Since: 1.0
 */
guint64
kennis_reader_get_n_rows_ignored (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->n_rows_ignored;
}

KennisReader *
kennis_reader_like (KennisReader *self)
{
  KennisReader *other = kennis_reader_new ();

  if (self->voided == NULL)
    self->voided = kennis_xapi_voided_new ();
  other->voided = kennis_xapi_voided_ref (self->voided);
  other->calendars = self->calendars != NULL ? kennis_ical_versions_ref (self->calendars) : NULL;

  other->strict = self->strict;
  other->max_diagnostics = self->max_diagnostics;
  other->year_days = self->year_days;
  other->accept_seen = self->accept_seen;
  g_set_object (&other->suppression, self->suppression);
  g_set_object (&other->mapping, self->mapping);
  kennis_reader_set_time_zone (other, self->time_zone);
  kennis_reader_set_currency (other, self->currency);
  other->encoding = self->encoding;
  other->dates = self->dates;
  other->decimal = self->decimal;
  kennis_reader_set_pseudonym_key (other, self->pseudonym_key);
  other->coarse_times = self->coarse_times;
  other->events_from = self->events_from;
  other->events_until = self->events_until;

  return other;
}
