#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-resources-private.h"
#include "metric/kennis-measure-private.h"
#include "metric/kennis-profile-private.h"

#include <kennis/kennis-error.h>
#include <math.h>
#include <string.h>

#define FOLDER "/kennis/profiles/"

/**
 * KennisProfile:
 *
 * What an index of culture is made of: indicators, their weights, and what is 0 and 100 points of each.
 *
 * A profile is a file of keys (docs/culture.md).  Those that come with the library ([func@Profile.list]) have reference values from its
 * own simulator: they are no norms, and two organisations can be compared by one profile only.
 *
 * A profile never changes and may be used from any thread.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisProfile, kennis_profile, G_TYPE_OBJECT)

static void
kennis_profile_finalize (GObject *object)
{
  KennisProfile *self = KENNIS_PROFILE (object);

  g_free (self->id);
  g_hash_table_unref (self->texts);
  g_array_unref (self->indicators);
  G_OBJECT_CLASS (kennis_profile_parent_class)->finalize (object);
}

static void
kennis_profile_class_init (KennisProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_profile_finalize;
}

static void
kennis_profile_init (KennisProfile *self)
{
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->indicators = g_array_new (FALSE, FALSE, sizeof (KennisIndicator));
  for (guint i = 0; i < KENNIS_N_CULTURES; i++)
    self->thresholds[i] = 50;
}

int
kennis_profile_index_of (const char *metric)
{
  static const char *const ids[] = { "culture.uptake-index", "culture.exchange-index" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_strcmp0 (ids[i], metric) == 0)
      return (int) i;
  return -1;
}

double
kennis_indicator_points (const KennisIndicator *self, double value)
{
  double points = 100 * (value - self->low) / (self->high - self->low);

  return isnan (points) ? NAN : CLAMP (points, 1, 100);
}

/**
 * kennis_profile_list:
 *
 * Gets the profiles that come with the library, by id.
 *
 * Returns: (transfer full): a list of [class@Profile]
 *
 * Since: 1.0
 */
GListModel *
kennis_profile_list (void)
{
  g_autoptr (GListStore) list = g_list_store_new (KENNIS_TYPE_PROFILE);
  g_auto (GStrv) names = g_resource_enumerate_children (kennis_get_resource (), FOLDER, 0, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (kennis_get_resource (), path, 0, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisProfile) profile = kennis_profile_new_from_bytes (bytes, names[i], &error);

      if (profile == NULL)
        g_error ("%s", error->message); /* the tests read them all */
      g_list_store_append (list, profile);
    }
  return G_LIST_MODEL (g_steal_pointer (&list));
}

/**
 * kennis_profile_find:
 * @id: an id, as `default`
 * @error: return location for an error
 *
 * Gets a profile that comes with the library.
 *
 * %KENNIS_ERROR_INVALID names those that there are.
 *
 * Returns: (transfer full): the profile; %NULL with an error
 *
 * Since: 1.0
 */
KennisProfile *
kennis_profile_find (const char *id, GError **error)
{
  g_autoptr (GListModel) list = kennis_profile_list ();
  g_autoptr (GString) ids = g_string_new (NULL);

  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (KennisProfile) profile = g_list_model_get_item (list, i);

      if (g_str_equal (profile->id, id))
        return g_steal_pointer (&profile);
      g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", profile->id);
    }
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("there is no profile “%s”; accepted are %s"), id,
               ids->str);
  return NULL;
}

/**
 * kennis_profile_get_id:
 * @self: a profile
 *
 * Gets its id, as `default`.
 *
 * Returns: (nullable): its id; %NULL for one that was not read
 *
 * Since: 1.0
 */
const char *
kennis_profile_get_id (KennisProfile *self)
{
  g_return_val_if_fail (KENNIS_IS_PROFILE (self), NULL);

  return self->id;
}

static const char *
text_of (KennisProfile *self, const char *key, const char *language)
{
  g_autofree char *local =
      language != NULL ? g_strdup_printf ("%s[%.*s]", key, (int) strcspn (language, "-_.@"), language) : NULL;
  const char *text = local != NULL ? g_hash_table_lookup (self->texts, local) : NULL;

  return text != NULL ? text : g_hash_table_lookup (self->texts, key);
}

/**
 * kennis_profile_get_title:
 * @self: a profile
 * @language: (nullable): a language, as `nl`; %NULL: English
 *
 * Gets its title, for people.
 *
 * Where there is none in the language it is the one without a language.
 *
 * Returns: (nullable): its title
 *
 * Since: 1.0
 */
const char *
kennis_profile_get_title (KennisProfile *self, const char *language)
{
  g_return_val_if_fail (KENNIS_IS_PROFILE (self), NULL);

  return text_of (self, "title", language);
}

/**
 * kennis_profile_get_description:
 * @self: a profile
 * @language: (nullable): a language, as `nl`; %NULL: English
 *
 * Gets for whom it is, and where its reference values come from.
 *
 * Where there is none in the language it is the one without a language.
 *
 * Returns: (nullable): its description
 *
 * Since: 1.0
 */
const char *
kennis_profile_get_description (KennisProfile *self, const char *language)
{
  g_return_val_if_fail (KENNIS_IS_PROFILE (self), NULL);

  return text_of (self, "description", language);
}

/**
 * kennis_profile_list_indicators:
 * @self: a profile
 * @index: an index: `culture.uptake-index` or `culture.exchange-index`
 *
 * Gets the ids of the metrics that an index is made of.
 *
 * Returns: (transfer full) (array zero-terminated=1): the ids, in the order of the catalogue; none of anything else than an index
 *
 * Since: 1.0
 */
char **
kennis_profile_list_indicators (KennisProfile *self, const char *index)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  g_return_val_if_fail (KENNIS_IS_PROFILE (self), NULL);
  g_return_val_if_fail (index != NULL, NULL);

  for (guint i = 0; i < self->indicators->len; i++)
    {
      const KennisIndicator *indicator = &g_array_index (self->indicators, KennisIndicator, i);

      if ((int) indicator->index == kennis_profile_index_of (index))
        g_strv_builder_add (ids, kennis_catalogue_row (indicator->metric)->id);
    }
  return g_strv_builder_end (ids);
}

static const KennisIndicator *
find (KennisProfile *self, const char *index, const char *id)
{
  for (guint i = 0; i < self->indicators->len; i++)
    {
      const KennisIndicator *indicator = &g_array_index (self->indicators, KennisIndicator, i);

      if ((int) indicator->index == kennis_profile_index_of (index)
          && g_strcmp0 (kennis_catalogue_row (indicator->metric)->id, id) == 0)
        return indicator;
    }
  return NULL;
}

/**
 * kennis_profile_get_weight:
 * @self: a profile
 * @index: an index, as `culture.uptake-index`
 * @indicator: the id of a metric
 *
 * Gets how much an indicator weighs in an index.
 *
 * Returns: its part of all weights of the index, 0 to 1; NaN where it is not in the index
 *
 * Since: 1.0
 */
double
kennis_profile_get_weight (KennisProfile *self, const char *index, const char *indicator)
{
  const KennisIndicator *found;
  double sum = 0;

  g_return_val_if_fail (KENNIS_IS_PROFILE (self), NAN);
  g_return_val_if_fail (index != NULL && indicator != NULL, NAN);

  found = find (self, index, indicator);
  for (guint i = 0; found != NULL && i < self->indicators->len; i++)
    if (g_array_index (self->indicators, KennisIndicator, i).index == found->index)
      sum += g_array_index (self->indicators, KennisIndicator, i).weight;
  return found != NULL ? found->weight / sum : NAN;
}

/**
 * kennis_profile_get_low:
 * @self: a profile
 * @index: an index, as `culture.uptake-index`
 * @indicator: the id of a metric
 *
 * Gets which value of an indicator is 0 points.
 *
 * It may be above that of 100 points: then less is better.
 *
 * Returns: the value; NaN where it is not in the index
 *
 * Since: 1.0
 */
double
kennis_profile_get_low (KennisProfile *self, const char *index, const char *indicator)
{
  const KennisIndicator *found;

  g_return_val_if_fail (KENNIS_IS_PROFILE (self), NAN);
  g_return_val_if_fail (index != NULL && indicator != NULL, NAN);

  found = find (self, index, indicator);
  return found != NULL ? found->low : NAN;
}

/**
 * kennis_profile_get_high:
 * @self: a profile
 * @index: an index, as `culture.uptake-index`
 * @indicator: the id of a metric
 *
 * Gets which value of an indicator is 100 points.
 *
 * Returns: the value; NaN where it is not in the index
 *
 * Since: 1.0
 */
double
kennis_profile_get_high (KennisProfile *self, const char *index, const char *indicator)
{
  const KennisIndicator *found;

  g_return_val_if_fail (KENNIS_IS_PROFILE (self), NAN);
  g_return_val_if_fail (index != NULL && indicator != NULL, NAN);

  found = find (self, index, indicator);
  return found != NULL ? found->high : NAN;
}

/**
 * kennis_profile_is_per_year:
 * @self: a profile
 * @index: an index, as `culture.uptake-index`
 * @indicator: the id of a metric
 *
 * Gets whether the values of 0 and 100 points are of a year.
 *
 * The value of another period is then taken to that of twelve months in proportion.
 *
 * Returns: whether they are; %FALSE where it is not in the index
 *
 * Since: 1.0
 */
gboolean
kennis_profile_is_per_year (KennisProfile *self, const char *index, const char *indicator)
{
  const KennisIndicator *found;

  g_return_val_if_fail (KENNIS_IS_PROFILE (self), FALSE);
  g_return_val_if_fail (index != NULL && indicator != NULL, FALSE);

  found = find (self, index, indicator);
  return found != NULL && found->is_per_year;
}

/**
 * kennis_profile_get_threshold:
 * @self: a profile
 * @metric: `culture.uptake-index`, `culture.exchange-index` or `foundation.level`
 *
 * Gets from how many points on something is high.
 *
 * Returns: the points, 0 to 100; NaN of any other metric
 *
 * Since: 1.0
 */
double
kennis_profile_get_threshold (KennisProfile *self, const char *metric)
{
  int index;

  g_return_val_if_fail (KENNIS_IS_PROFILE (self), NAN);
  g_return_val_if_fail (metric != NULL, NAN);

  index = g_str_equal (metric, "foundation.level") ? KENNIS_CULTURE_FOUNDATION : kennis_profile_index_of (metric);
  return index >= 0 ? self->thresholds[index] : NAN;
}
