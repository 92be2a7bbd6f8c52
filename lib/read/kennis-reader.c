#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-reader-private.h"

#include <kennis/kennis-error.h>

/**
 * KennisReader:
 *
 * Reads records from files and streams into a [class@Dataset].
 *
 * A source may be compressed with gzip.  Its format is found out from its first bytes; Kennis' XML is described in
 * docs/file-format.md and by the RELAX NG schema that is installed with the library.
 *
 * A record that is invalid is left out and reported ([method@Reader.get_diagnostics]); the counts are exact whatever is kept
 * of the reports, and read = added + merged + rejected + ignored.  A malformed document keeps what precedes the fault and
 * ends there, with a diagnostic.  With [property@Reader:strict], both end the reading with an error.
 *
 * Memory: under 16 MiB beside what the dataset holds, whatever the size of the source.  One reader reads one source at a
 * time; counts and diagnostics of several sources add up, until [method@Reader.reset].
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisReader, kennis_reader, G_TYPE_OBJECT)

typedef enum
{
  PROP_STRICT = 1,
  PROP_MAX_DIAGNOSTICS,
  PROP_YEAR_DAYS,
  PROP_ACCEPT_SEEN,
  PROP_SUPPRESSION,
} KennisReaderProperty;

static GParamSpec *properties[PROP_SUPPRESSION + 1];

static void
kennis_reader_finalize (GObject *object)
{
  KennisReader *self = KENNIS_READER (object);

  kennis_reader_options_clear (self);
  g_clear_pointer (&self->story, kennis_source_story_free);
  g_clear_object (&self->suppression);
  g_clear_object (&self->diagnostics);
  g_clear_pointer (&self->fingerprints, g_ptr_array_unref);

  G_OBJECT_CLASS (kennis_reader_parent_class)->finalize (object);
}

static void
kennis_reader_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  KennisReader *self = KENNIS_READER (object);

  switch ((KennisReaderProperty) id)
    {
    case PROP_STRICT:
      g_value_set_boolean (value, self->strict);
      break;
    case PROP_MAX_DIAGNOSTICS:
      g_value_set_uint (value, self->max_diagnostics);
      break;
    case PROP_YEAR_DAYS:
      g_value_set_double (value, self->year_days);
      break;
    case PROP_ACCEPT_SEEN:
      g_value_set_boolean (value, self->accept_seen);
      break;
    case PROP_SUPPRESSION:
      g_value_set_object (value, self->suppression);
      break;
    default:
      if (!kennis_reader_options_get (self, id, value))
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kennis_reader_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  KennisReader *self = KENNIS_READER (object);

  switch ((KennisReaderProperty) id)
    {
    case PROP_STRICT:
      kennis_reader_set_strict (self, g_value_get_boolean (value));
      break;
    case PROP_MAX_DIAGNOSTICS:
      kennis_reader_set_max_diagnostics (self, g_value_get_uint (value));
      break;
    case PROP_YEAR_DAYS:
      kennis_reader_set_year_days (self, g_value_get_double (value));
      break;
    case PROP_ACCEPT_SEEN:
      kennis_reader_set_accept_seen (self, g_value_get_boolean (value));
      break;
    case PROP_SUPPRESSION:
      kennis_reader_set_suppression (self, g_value_get_object (value));
      break;
    default:
      if (!kennis_reader_options_set (self, id, value))
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kennis_reader_class_init (KennisReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = kennis_reader_finalize;
  object_class->get_property = kennis_reader_get_property;
  object_class->set_property = kennis_reader_set_property;

  /**
   * KennisReader:strict:
   *
   * Whether the first record that cannot be taken ends the reading with an error.
   *
   * Since: 1.0
   */
  properties[PROP_STRICT] = g_param_spec_boolean ("strict", NULL, NULL, FALSE, flags);
  /**
   * KennisReader:max-diagnostics:
   *
   * How many diagnostics are kept at most; all are counted.
   *
   * Since: 1.0
   */
  properties[PROP_MAX_DIAGNOSTICS] = g_param_spec_uint ("max-diagnostics", NULL, NULL, 0, G_MAXUINT, 1000, flags);
  /**
   * KennisReader:year-days:
   *
   * How many days a year of a duration has, as 365.25; a month is a twelfth of it.
   *
   * 0 refuses durations with years or months, which have no exact length.
   *
   * Since: 1.0
   */
  properties[PROP_YEAR_DAYS] = g_param_spec_double ("year-days", NULL, NULL, 0, 366, 0, flags);
  /**
   * KennisReader:accept-seen:
   *
   * [property@Dataset:accept-seen] of the datasets that this reader makes.
   *
   * Since: 1.0
   */
  properties[PROP_ACCEPT_SEEN] = g_param_spec_boolean ("accept-seen", NULL, NULL, FALSE, flags);
  /**
   * KennisReader:suppression:
   *
   * [property@Dataset:suppression] of the datasets that this reader makes.
   *
   * Since: 1.0
   */
  properties[PROP_SUPPRESSION] = g_param_spec_object ("suppression", NULL, NULL, KENNIS_TYPE_SUPPRESSION, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  kennis_reader_options_install (object_class);
}

static void
kennis_reader_init (KennisReader *self)
{
  kennis_reader_options_init (self);
  self->max_diagnostics = 1000;
  self->diagnostics = g_list_store_new (KENNIS_TYPE_DIAGNOSTIC);
  self->fingerprints = g_ptr_array_new_with_free_func (g_free);
}

/**
 * kennis_reader_new:
 *
 * Makes a reader.
 *
 * Returns: (transfer full): a new reader
 *
 * Since: 1.0
 */
KennisReader *
kennis_reader_new (void)
{
  return g_object_new (KENNIS_TYPE_READER, NULL);
}

/**
 * kennis_reader_get_strict: (get-property strict)
 * @self: a reader
 *
 * Tells whether the first record that cannot be taken ends the reading.
 *
 * Returns: whether the first record that cannot be taken ends the reading
 *
 * Since: 1.0
 */
gboolean
kennis_reader_get_strict (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), FALSE);

  return self->strict;
}

/**
 * kennis_reader_set_strict: (set-property strict)
 * @self: a reader
 * @strict: whether the first record that cannot be taken ends the reading
 *
 * Sets [property@Reader:strict].
 *
 * Since: 1.0
 */
void
kennis_reader_set_strict (KennisReader *self,
                          gboolean      strict)
{
  g_return_if_fail (KENNIS_IS_READER (self));

  if (self->strict == !!strict)
    return;
  self->strict = !!strict;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STRICT]);
}

/**
 * kennis_reader_get_max_diagnostics: (get-property max-diagnostics)
 * @self: a reader
 *
 * Tells how many diagnostics are kept at most.
 *
 * Returns: how many diagnostics are kept at most
 *
 * Since: 1.0
 */
guint
kennis_reader_get_max_diagnostics (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->max_diagnostics;
}

/**
 * kennis_reader_set_max_diagnostics: (set-property max-diagnostics)
 * @self: a reader
 * @max_diagnostics: how many diagnostics are kept at most
 *
 * Sets [property@Reader:max-diagnostics] for what is read from now on.
 *
 * Since: 1.0
 */
void
kennis_reader_set_max_diagnostics (KennisReader *self,
                                   guint         max_diagnostics)
{
  g_return_if_fail (KENNIS_IS_READER (self));

  if (self->max_diagnostics == max_diagnostics)
    return;
  self->max_diagnostics = max_diagnostics;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_DIAGNOSTICS]);
}

/**
 * kennis_reader_get_year_days: (get-property year-days)
 * @self: a reader
 *
 * Tells how many days a year of a duration has.
 *
 * Returns: how many days a year of a duration has; 0: such durations are refused
 *
 * Since: 1.0
 */
double
kennis_reader_get_year_days (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->year_days;
}

/**
 * kennis_reader_set_year_days: (set-property year-days)
 * @self: a reader
 * @year_days: how many days a year of a duration has, 0 to 366; 0: such durations are refused
 *
 * Sets [property@Reader:year-days].
 *
 * Since: 1.0
 */
void
kennis_reader_set_year_days (KennisReader *self,
                             double        year_days)
{
  g_return_if_fail (KENNIS_IS_READER (self));
  g_return_if_fail (year_days >= 0 && year_days <= 366);

  self->year_days = year_days;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_YEAR_DAYS]);
}

/**
 * kennis_reader_get_accept_seen: (get-property accept-seen)
 * @self: a reader
 *
 * Tells whether events may name people and teams that nobody declared.
 *
 * Returns: whether events may name people and teams that nobody declared
 *
 * Since: 1.0
 */
gboolean
kennis_reader_get_accept_seen (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), FALSE);

  return self->accept_seen;
}

/**
 * kennis_reader_set_accept_seen: (set-property accept-seen)
 * @self: a reader
 * @accept_seen: whether events may name people and teams that nobody declared
 *
 * Sets [property@Reader:accept-seen].
 *
 * Since: 1.0
 */
void
kennis_reader_set_accept_seen (KennisReader *self,
                               gboolean      accept_seen)
{
  g_return_if_fail (KENNIS_IS_READER (self));

  if (self->accept_seen == !!accept_seen)
    return;
  self->accept_seen = !!accept_seen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCEPT_SEEN]);
}

/**
 * kennis_reader_get_suppression: (get-property suppression)
 * @self: a reader
 *
 * Gets the people who must not be taken in.
 *
 * Returns: (transfer none) (nullable): the people who must not be taken in
 *
 * Since: 1.0
 */
KennisSuppression *
kennis_reader_get_suppression (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);

  return self->suppression;
}

/**
 * kennis_reader_set_suppression: (set-property suppression)
 * @self: a reader
 * @suppression: (nullable): the people who must not be taken in
 *
 * Sets [property@Reader:suppression].
 *
 * Since: 1.0
 */
void
kennis_reader_set_suppression (KennisReader      *self,
                               KennisSuppression *suppression)
{
  g_return_if_fail (KENNIS_IS_READER (self));
  g_return_if_fail (suppression == NULL || KENNIS_IS_SUPPRESSION (suppression));

  if (g_set_object (&self->suppression, suppression))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUPPRESSION]);
}

/**
 * kennis_reader_get_diagnostics:
 * @self: a reader
 *
 * Gets what was wrong, in the order in which it was found; at most [property@Reader:max-diagnostics].
 *
 * Returns: (transfer none): a list of [class@Diagnostic] that grows with every read
 *
 * Since: 1.0
 */
GListModel *
kennis_reader_get_diagnostics (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);

  return G_LIST_MODEL (self->diagnostics);
}

/**
 * kennis_reader_get_n_diagnostics:
 * @self: a reader
 * @severity: a severity
 *
 * Tells how many diagnostics of that severity there were, kept or not.
 *
 * Returns: how many diagnostics of that severity there were, kept or not
 *
 * Since: 1.0
 */
guint64
kennis_reader_get_n_diagnostics (KennisReader   *self,
                                 KennisSeverity  severity)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);
  g_return_val_if_fail ((guint) severity <= KENNIS_SEVERITY_ERROR, 0);

  return self->n_diagnostics[severity];
}

/**
 * kennis_reader_get_n_read:
 * @self: a reader
 *
 * Tells how many records were found: those added, merged, rejected and ignored.
 *
 * Returns: how many records were found: those added, merged, rejected and ignored
 *
 * Since: 1.0
 */
guint64
kennis_reader_get_n_read (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->n_read;
}

/**
 * kennis_reader_get_n_added:
 * @self: a reader
 *
 * Tells how many records were new.
 *
 * Returns: how many records were new
 *
 * Since: 1.0
 */
guint64
kennis_reader_get_n_added (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->n_added;
}

/**
 * kennis_reader_get_n_merged:
 * @self: a reader
 *
 * Tells how many records were in the dataset already, just the same.
 *
 * Returns: how many records were in the dataset already, just the same
 *
 * Since: 1.0
 */
guint64
kennis_reader_get_n_merged (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->n_merged;
}

/**
 * kennis_reader_get_n_rejected:
 * @self: a reader
 *
 * Tells how many records could not be taken.
 *
 * Returns: how many records could not be taken; each has a diagnostic
 *
 * Since: 1.0
 */
guint64
kennis_reader_get_n_rejected (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->n_rejected;
}

/**
 * kennis_reader_get_n_ignored:
 * @self: a reader
 *
 * Tells how many records name a person on the suppression list.
 *
 * Returns: how many records name a person on the suppression list; nothing of them is kept
 *
 * Since: 1.0
 */
guint64
kennis_reader_get_n_ignored (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->n_ignored;
}

/**
 * kennis_reader_get_n_seen:
 * @self: a reader
 *
 * Tells how many people the sources named without declaring them, and were taken as seen.
 *
 * Returns: how many people the sources named without declaring them, and were taken as seen
 *
 * Since: 1.0
 */
guint64
kennis_reader_get_n_seen (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), 0);

  return self->n_seen;
}

/**
 * kennis_reader_get_fingerprints:
 * @self: a reader
 *
 * Names the sources that were read, for [func@Summary.make].
 *
 * The hash (XXH3, 128 bits, as `xxhsum -H2` writes it) is of the bytes of the source, unpacked where it is compressed: a file and its
 * compressed copy are one source. It tells sources apart, and is no proof that nobody changed one.
 *
 * Returns: (transfer full) (array zero-terminated=1): of each source its hash in hexadecimal digits, a space, and its name
 *
 * Since: 1.0
 */
char **
kennis_reader_get_fingerprints (KennisReader *self)
{
  char **texts;

  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);

  texts = g_new0 (char *, self->fingerprints->len + 1);
  for (guint i = 0; i < self->fingerprints->len; i++)
    texts[i] = g_strdup (self->fingerprints->pdata[i]);

  return texts;
}

/**
 * kennis_reader_reset:
 * @self: a reader
 *
 * Forgets counts, diagnostics and fingerprints; the properties stay.
 *
 * Since: 1.0
 */
void
kennis_reader_reset (KennisReader *self)
{
  g_return_if_fail (KENNIS_IS_READER (self));

  g_list_store_remove_all (self->diagnostics);
  memset (self->n_diagnostics, 0, sizeof self->n_diagnostics);
  self->n_read = self->n_added = self->n_merged = self->n_rejected = self->n_ignored = self->n_seen = 0;
  self->n_rows = self->n_rows_used = self->n_rows_rejected = self->n_rows_ignored = 0;
  g_ptr_array_set_size (self->fingerprints, 0);
}
