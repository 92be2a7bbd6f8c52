#include "config.h"

#include "base/kennis-calendar-private.h"
#include "base/kennis-i18n-private.h"
#include "metric/kennis-plan-private.h"

#include <kennis/kennis-enum-types.h>
#include <kennis/kennis-error.h>
#include <math.h>
#include <string.h>

/**
 * KennisQuery:
 *
 * What to measure: which metrics, of which groups, over which periods, and how carefully.
 *
 * A new query asks for every light metric, of everybody, over all whole months that were observed, as one period.
 *
 * Windows are whole months: a day stands for its month.  Groups are the combinations of attributes that occur; everybody is always among them.  Attributes are `team`
 * (as recorded), `department` (the ancestor of the team on the topmost level of the tree that has more than one team), `role`, `discipline`, `leader`
 * (`yes` for who leads someone at that time, else `no`), and every named attribute of people (`gender`, `level`, …).  An unknown value is a group of its own.
 *
 * A query is not safe to change while it is used by another thread.
 *
 * Since: 1.0
 */
struct _KennisQuery
{
  GObject parent_instance;

  KennisQueryData data;
};

G_DEFINE_FINAL_TYPE (KennisQuery, kennis_query, G_TYPE_OBJECT)

enum
{
  PROP_PERIOD = 1,
  PROP_MINIMUM_GROUP,
  PROP_MINIMUM_SURVEY_GROUP,
  PROP_CONFIDENCE_LEVEL,
  PROP_SEED,
  PROP_REPLICATES,
  PROP_ADMIT_CONTACT,
  PROP_ACCESS_ATTRIBUTE,
  PROP_PROFILE,
  PROP_METRICS,
  N_PROPERTIES
};

const KennisQueryData *
kennis_query_data (KennisQuery *self)
{
  return &self->data;
}

static void
kennis_query_finalize (GObject *object)
{
  KennisQuery *self = KENNIS_QUERY (object);

  g_ptr_array_unref (self->data.patterns);
  g_ptr_array_unref (self->data.groupings);
  g_free (self->data.access_attribute);
  g_clear_object (&self->data.profile);
  g_ptr_array_unref (self->data.instruments);
  G_OBJECT_CLASS (kennis_query_parent_class)->finalize (object);
}

static void
kennis_query_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const KennisQueryData *data = &KENNIS_QUERY (object)->data;
  GPtrArray *names;

  switch (id)
    {
    case PROP_PERIOD:
      g_value_set_enum (value, data->period);
      break;
    case PROP_MINIMUM_GROUP:
      g_value_set_uint (value, data->minimum_group);
      break;
    case PROP_MINIMUM_SURVEY_GROUP:
      g_value_set_uint (value, data->minimum_survey_group);
      break;
    case PROP_CONFIDENCE_LEVEL:
      g_value_set_double (value, data->level);
      break;
    case PROP_SEED:
      g_value_set_uint64 (value, data->seed);
      break;
    case PROP_REPLICATES:
      g_value_set_uint (value, data->replicates);
      break;
    case PROP_ADMIT_CONTACT:
      g_value_set_boolean (value, data->admit_contact);
      break;
    case PROP_ACCESS_ATTRIBUTE:
      g_value_set_string (value, data->access_attribute);
      break;
    case PROP_PROFILE:
      g_value_set_object (value, data->profile);
      break;
    case PROP_METRICS:
      names = g_ptr_array_new ();
      for (guint i = 0; i < data->patterns->len; i++)
        g_ptr_array_add (names, g_strdup (g_ptr_array_index (data->patterns, i)));
      g_ptr_array_add (names, NULL);
      g_value_take_boxed (value, g_ptr_array_free (names, FALSE));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kennis_query_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KennisQueryData *data = &KENNIS_QUERY (object)->data;

  switch (id)
    {
    case PROP_PERIOD:
      data->period = g_value_get_enum (value);
      break;
    case PROP_MINIMUM_SURVEY_GROUP:
      data->minimum_survey_group = g_value_get_uint (value);
      break;
    case PROP_CONFIDENCE_LEVEL:
      data->level = g_value_get_double (value);
      break;
    case PROP_SEED:
      data->seed = g_value_get_uint64 (value);
      break;
    case PROP_REPLICATES:
      data->replicates = g_value_get_uint (value);
      break;
    case PROP_ADMIT_CONTACT:
      data->admit_contact = g_value_get_boolean (value);
      break;
    case PROP_ACCESS_ATTRIBUTE:
      g_free (data->access_attribute);
      data->access_attribute = g_value_dup_string (value);
      break;
    case PROP_PROFILE:
      g_set_object (&data->profile, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_numbers (GObjectClass *klass)
{
  /**
   * KennisQuery:minimum-group:
   *
   * How many distinct people a group must have for a figure of it to be shown; set with [method@Query.set_minimum_group].
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      klass, PROP_MINIMUM_GROUP,
      g_param_spec_uint ("minimum-group", NULL, NULL, 1, G_MAXUINT, 5, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  /**
   * KennisQuery:minimum-survey-group:
   *
   * The same, for figures of surveys.
   *
   * Since: 1.0
   */
  g_object_class_install_property (klass, PROP_MINIMUM_SURVEY_GROUP,
                                   g_param_spec_uint ("minimum-survey-group", NULL, NULL, 3, G_MAXUINT, 8,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  /**
   * KennisQuery:confidence-level:
   *
   * The level of the intervals.
   *
   * Since: 1.0
   */
  g_object_class_install_property (klass, PROP_CONFIDENCE_LEVEL,
                                   g_param_spec_double ("confidence-level", NULL, NULL, 0.5, 0.999, 0.95,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  /**
   * KennisQuery:seed:
   *
   * The seed of resampling: the same seed gives the same bits on any number of threads.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      klass, PROP_SEED,
      g_param_spec_uint64 ("seed", NULL, NULL, 0, G_MAXUINT64, 1, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  /**
   * KennisQuery:replicates:
   *
   * How many times people are resampled for an interval; 0: no such intervals.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      klass, PROP_REPLICATES,
      g_param_spec_uint ("replicates", NULL, NULL, 0, 9999, 999, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
}

static void
install_choices (GObjectClass *object_class)
{
  /**
   * KennisQuery:access-attribute:
   *
   * The attribute whose groups `uptake.group-access-ratio` compares; %NULL: `department`.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      object_class, PROP_ACCESS_ATTRIBUTE,
      g_param_spec_string ("access-attribute", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  /**
   * KennisQuery:profile:
   *
   * What the indices of culture are made of; %NULL: the profile `default`.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      object_class, PROP_PROFILE,
      g_param_spec_object ("profile", NULL, NULL, KENNIS_TYPE_PROFILE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
}

static void
kennis_query_class_init (KennisQueryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kennis_query_finalize;
  object_class->get_property = kennis_query_get_property;
  object_class->set_property = kennis_query_set_property;

  /**
   * KennisQuery:period:
   *
   * Into what the window is cut.
   *
   * Since: 1.0
   */
  g_object_class_install_property (object_class, PROP_PERIOD,
                                   g_param_spec_enum ("period", NULL, NULL, KENNIS_TYPE_PERIOD, KENNIS_PERIOD_ALL,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  install_numbers (object_class);
  /**
   * KennisQuery:admit-contact:
   *
   * Whether mere contact (e-mail, chat, meeting together) counts as exchange.
   *
   * It does not say anything of learning; this is for comparing with networks from elsewhere.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      object_class, PROP_ADMIT_CONTACT,
      g_param_spec_boolean ("admit-contact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  install_choices (object_class);
  /**
   * KennisQuery:metrics:
   *
   * The patterns of metrics that were added.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      object_class, PROP_METRICS,
      g_param_spec_boxed ("metrics", NULL, NULL, G_TYPE_STRV, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
kennis_query_init (KennisQuery *self)
{
  self->data.patterns = g_ptr_array_new_with_free_func (g_free);
  self->data.groupings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->data.instruments = g_ptr_array_new_with_free_func (g_object_unref);
  self->data.from_month = self->data.end_month = G_MININT32;
  self->data.minimum_group = 5;
  self->data.minimum_survey_group = 8;
  self->data.level = 0.95;
  self->data.seed = 1;
  self->data.replicates = 999;
}

/**
 * kennis_query_new:
 *
 * Makes a query for every light metric, of everybody, over all that was observed.
 *
 * Returns: (transfer full): a new query
 *
 * Since: 1.0
 */
KennisQuery *
kennis_query_new (void)
{
  return g_object_new (KENNIS_TYPE_QUERY, NULL);
}

/**
 * kennis_query_add_metric:
 * @self: a query
 * @pattern: an id, or a pattern of ids with `*` and `?`
 *
 * Adds metrics to a query.
 *
 * Heavy metrics must be named in full.  A pattern that no metric fits is an error when the query is measured, which names the nearest ids.
 *
 * Since: 1.0
 */
void
kennis_query_add_metric (KennisQuery *self, const char *pattern)
{
  g_return_if_fail (KENNIS_IS_QUERY (self));
  g_return_if_fail (pattern != NULL);

  g_ptr_array_add (self->data.patterns, g_strdup (pattern));
}

/**
 * kennis_query_add_grouping:
 * @self: a query
 * @attributes: (array zero-terminated=1): names of attributes
 *
 * Adds a grouping: one group for each combination of the attributes' values that occurs.
 *
 * A query may have several groupings.  An attribute that nobody has is an error when the query is measured, which names those that there are.
 *
 * Since: 1.0
 */
void
kennis_query_add_grouping (KennisQuery *self, const char * const *attributes)
{
  g_return_if_fail (KENNIS_IS_QUERY (self));
  g_return_if_fail (attributes != NULL);

  if (attributes[0] != NULL)
    g_ptr_array_add (self->data.groupings, g_strdupv ((char **) attributes));
}

static gboolean
read_digits (const char *text, guint n, int *number)
{
  *number = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *number = *number * 10 + g_ascii_digit_value (text[i]);
    }
  return TRUE;
}

/* The months of "2024", "2024-03" or "2024-03-01": *first to before *end. */
static gboolean
read_months (const char *text, gint32 *first, gint32 *end)
{
  gsize length = strlen (text);
  int year, month = 1, day = 1;

  if ((length != 4 && length != 7 && length != 10) || !read_digits (text, 4, &year)
      || (length >= 7 && (text[4] != '-' || !read_digits (text + 5, 2, &month)))
      || (length == 10 && (text[7] != '-' || !read_digits (text + 8, 2, &day)))
      || !kennis_date_is_valid (year, month, day) || year < 1900 || year > 2199)
    return FALSE;
  *first = 12 * (year - 1970) + month - 1;
  *end = *first + (length == 4 ? 12 : 1);
  return TRUE;
}

static gboolean
refuse_date (const char *text, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
               _("“%s” is no date of a window; accepted is 2024, 2024-03 or 2024-03-31, from 1900 to 2199"), valid);
  return FALSE;
}

/**
 * kennis_query_set_window:
 * @self: a query
 * @from: (nullable): the first day, month or year; %NULL for the first that was observed
 * @to: (nullable): the last day, month or year, which is in the window; %NULL for the last that was observed
 * @error: where to put an error
 *
 * Sets from when until when is measured.
 *
 * Dates are `2024`, `2024-03` or `2024-03-31`.  Windows are whole months: the month of @from and that of @to are in it.
 *
 * Returns: whether it was set; on failure the query is unchanged and the error is %KENNIS_ERROR_INVALID
 *
 * Since: 1.0
 */
gboolean
kennis_query_set_window (KennisQuery *self, const char *from, const char *to, GError **error)
{
  gint32 first = G_MININT32, end = G_MININT32, unused;

  g_return_val_if_fail (KENNIS_IS_QUERY (self), FALSE);

  if (from != NULL && !read_months (from, &first, &unused))
    return refuse_date (from, error);
  if (to != NULL && !read_months (to, &unused, &end))
    return refuse_date (to, error);
  if (from != NULL && to != NULL && end <= first)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("A window from “%s” to “%s” is empty; accepted is an end not before its beginning"), from, to);
      return FALSE;
    }
  self->data.from_month = first;
  self->data.end_month = end;
  return TRUE;
}

/**
 * kennis_query_set_minimum_group:
 * @self: a query
 * @minimum: how many distinct people
 * @below_three: whether a minimum under three is meant
 * @error: where to put an error
 *
 * Sets how many distinct people a figure must be about to be shown.
 *
 * Under 3, a figure can be one person's: that is refused unless @below_three says that it is meant (tests, one's own data).
 *
 * Returns: whether it was set; the error is %KENNIS_ERROR_INVALID
 *
 * Since: 1.0
 */
gboolean
kennis_query_set_minimum_group (KennisQuery *self, guint minimum, gboolean below_three, GError **error)
{
  g_return_val_if_fail (KENNIS_IS_QUERY (self), FALSE);

  if (minimum < 1 || (minimum < 3 && !below_three))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("A minimum group of %u would show figures of single people; accepted is 3 or more"), minimum);
      return FALSE;
    }
  self->data.minimum_group = minimum;
  return TRUE;
}
