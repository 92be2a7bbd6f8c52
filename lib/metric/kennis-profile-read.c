#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-measure-private.h"
#include "metric/kennis-profile-private.h"

#include <kennis/kennis-error.h>
#include <math.h>
#include <string.h>

/* Reads a profile: a file of keys, as mappings are. */

#define MAX_BYTES (1 << 20)
#define LARGEST 1e12

typedef struct
{
  const char    *name;
  GKeyFile      *file;
  KennisProfile *profile;
  GError       **error;
} Reading;

static gboolean
refuse (const Reading *self, const char *group, const char *key, const char *problem)
{
  g_set_error (self->error, KENNIS_ERROR, KENNIS_ERROR_INVALID, "%s: [%s] %s: %s", self->name, group, key, problem);
  return FALSE;
}

/* The beginning of a text, for a message. */
static char *
shown (const char *text)
{
  return text != NULL ? g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 40)) : g_strdup ("");
}

/* A finite number of a reasonable size; no other text after it. */
static gboolean
take_number (const Reading *self, const char *group, const char *key, double minimum, double maximum, double *number)
{
  g_autofree char *text = g_key_file_get_value (self->file, group, key, NULL), *problem = NULL, *said = NULL;
  char *end = text;
  double value = text != NULL ? g_ascii_strtod (text, &end) : NAN;

  if (text != NULL && end != text && *end == '\0' && value >= minimum && value <= maximum)
    {
      *number = value;
      return TRUE;
    }
  said = shown (text);
  problem = g_strdup_printf (_("“%s” is not taken; accepted is a number from %g to %g"), said, minimum, maximum);
  return refuse (self, group, key, problem);
}

static gboolean
is_text (const char *key, const char *word)
{
  gsize n = strlen (word);

  return strncmp (key, word, n) == 0 && (key[n] == '\0' || key[n] == '[');
}

static gboolean
is_id (const char *text)
{
  gsize n = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return n > 0 && n <= 64 && text[n] == '\0' && text[0] != '-';
}

static gboolean
take_general (Reading *self, const char *key)
{
  static const char *const thresholds[] = { "uptake", "exchange", "foundation" };
  KennisProfile *profile = self->profile;
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (thresholds); i++)
    if (g_str_equal (key, thresholds[i]))
      return take_number (self, "profile", key, 1, 100, &profile->thresholds[i]);
  text = g_key_file_get_string (self->file, "profile", key, &problem);
  if (problem != NULL) /* there may be a text beside it */
    return refuse (self, "profile", key, _("has a “\\” before something that takes none"));
  if (is_text (key, "title") || is_text (key, "description"))
    {
      g_hash_table_replace (profile->texts, g_strdup (key), g_steal_pointer (&text));
      return TRUE;
    }
  if (!g_str_equal (key, "id"))
    return refuse (self, "profile", key,
                   _("is no such key; accepted are id, title, description, uptake, exchange and foundation"));
  if (!is_id (text))
    return refuse (self, "profile", key, _("accepted are up to 64 small letters, digits and “-”"));
  profile->id = g_steal_pointer (&text);
  return TRUE;
}

/* Numbers of groups, which people can have more or less of. */
static gboolean
find_metric (const Reading *self, const char *group, const char *id, guint *metric)
{
  int found = kennis_catalogue_find (id);
  g_autofree char *problem = NULL, *said = NULL;

  if (found < 0)
    {
      said = shown (id);
      problem =
          g_strdup_printf (_("there is no metric “%s”; “kennis-report --list-metrics” tells which there are"), said);
      return refuse (self, group, "", problem);
    }
  if (kennis_catalogue_row (found)->is_derived)
    return refuse (self, group, "",
                   _("is made of other metrics itself; accepted are those that come from records and surveys"));
  if (kennis_catalogue_row (found)->cost != KENNIS_COST_LIGHT)
    return refuse (self, group, "", _("is a heavy metric; accepted are light ones"));
  *metric = (guint) found;
  return TRUE;
}

static gboolean
take_key (const Reading *self, const char *group, const char *key, KennisIndicator *indicator)
{
  g_autofree char *text = NULL;

  if (g_str_equal (key, "weight"))
    return take_number (self, group, key, 1e-6, 1e6, &indicator->weight);
  if (g_str_equal (key, "low"))
    return take_number (self, group, key, -LARGEST, LARGEST, &indicator->low);
  if (g_str_equal (key, "high"))
    return take_number (self, group, key, -LARGEST, LARGEST, &indicator->high);
  if (!g_str_equal (key, "per"))
    return refuse (self, group, key, _("is no such key; accepted are weight, low, high and per"));
  text = g_key_file_get_value (self->file, group, key, NULL);
  indicator->is_per_year = g_strcmp0 (text, "year") == 0;
  return indicator->is_per_year || g_strcmp0 (text, "period") == 0
         || refuse (self, group, key, _("accepted are year and period"));
}

/* [uptake uptake.hours-per-head] */
static gboolean
take_indicator (Reading *self, const char *group)
{
  g_auto (GStrv) words = g_strsplit (group, " ", 2), keys = g_key_file_get_keys (self->file, group, NULL, NULL);
  KennisIndicator indicator = { .weight = 1, .low = NAN, .high = NAN };

  if (words[0] == NULL || words[1] == NULL
      || (!g_str_equal (words[0], "uptake") && !g_str_equal (words[0], "exchange")))
    return refuse (self, group, "",
                   _("is no such group; accepted are [profile], [uptake METRIC] and [exchange METRIC]"));
  if (!find_metric (self, group, words[1], &indicator.metric))
    return FALSE;
  indicator.index = g_str_equal (words[0], "uptake") ? KENNIS_CULTURE_UPTAKE : KENNIS_CULTURE_EXCHANGE;
  for (char **key = keys; *key != NULL; key++)
    if (!take_key (self, group, *key, &indicator))
      return FALSE;
  if (isnan (indicator.low) || isnan (indicator.high) || indicator.low == indicator.high)
    return refuse (self, group, "low, high",
                   _("accepted are two different numbers: the values of 0 and of 100 points"));
  if (self->profile->indicators->len >= KENNIS_PROFILE_MAX_INDICATORS)
    return refuse (self, group, "", _("a profile has at most 32 indicators"));
  g_array_append_val (self->profile->indicators, indicator);
  return TRUE;
}

static int
compare_indicators (gconstpointer a, gconstpointer b)
{
  const KennisIndicator *x = a, *y = b;

  if (x->index != y->index)
    return (x->index > y->index) - (x->index < y->index);
  return (x->metric > y->metric) - (x->metric < y->metric);
}

static gboolean
check (const Reading *self)
{
  const KennisProfile *profile = self->profile;
  guint n[KENNIS_N_CULTURES] = { 0 };

  for (guint i = 0; i < profile->indicators->len; i++)
    n[g_array_index (profile->indicators, KennisIndicator, i).index]++;
  if (profile->id == NULL)
    return refuse (self, "profile", "id", _("is missing"));
  if (g_hash_table_lookup (profile->texts, "title") == NULL)
    return refuse (self, "profile", "title", _("is missing"));
  if (n[KENNIS_CULTURE_UPTAKE] == 0)
    return refuse (self, "uptake METRIC", "", _("is missing: an index has at least one indicator"));
  if (n[KENNIS_CULTURE_EXCHANGE] == 0)
    return refuse (self, "exchange METRIC", "", _("is missing: an index has at least one indicator"));
  return TRUE;
}

static gboolean
take_all (Reading *self)
{
  g_auto (GStrv) groups = g_key_file_get_groups (self->file, NULL);

  for (char **group = groups; *group != NULL; group++)
    {
      g_auto (GStrv) keys = NULL;

      if (!g_str_equal (*group, "profile"))
        {
          if (!take_indicator (self, *group))
            return FALSE;
          continue;
        }
      keys = g_key_file_get_keys (self->file, *group, NULL, NULL);
      for (char **key = keys; *key != NULL; key++)
        if (!take_general (self, *key))
          return FALSE;
    }
  g_array_sort (self->profile->indicators, compare_indicators);
  return check (self);
}

/**
 * kennis_profile_new_from_bytes:
 * @bytes: a profile, as docs/culture.md describes it
 * @name: (nullable): what it is called in messages
 * @error: return location for an error
 *
 * Reads a profile.
 *
 * %KENNIS_ERROR_INVALID says what is wrong in which group and key, and what would be accepted; %KENNIS_ERROR_TOO_LARGE is over 1 MiB.
 *
 * Returns: (transfer full): a new profile; %NULL with an error
 *
 * Since: 1.0
 */
KennisProfile *
kennis_profile_new_from_bytes (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (KennisProfile) profile = NULL;
  g_autoptr (GError) problem = NULL;
  Reading reading = { name != NULL ? name : _("profile"), file, NULL, error };
  gconstpointer data;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size > MAX_BYTES)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE, _("%s: a profile has at most 1 MiB"), reading.name);
      return NULL;
    }
  if (size == 0 || !g_utf8_validate (data, size, NULL)
      || !g_key_file_load_from_data (file, data, size, G_KEY_FILE_KEEP_TRANSLATIONS, &problem))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("%s: is no profile: %s; accepted are groups as [profile] with lines as key=value"), reading.name,
                   problem != NULL ? problem->message : _("it is empty, or no text in UTF-8"));
      return NULL;
    }
  reading.profile = profile = g_object_new (KENNIS_TYPE_PROFILE, NULL);
  return take_all (&reading) ? g_steal_pointer (&profile) : NULL;
}

/**
 * kennis_profile_new_from_file:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Reads a profile from a file, see [ctor@Profile.new_from_bytes].
 *
 * Returns: (transfer full): a new profile; %NULL with an error
 *
 * Since: 1.0
 */
KennisProfile *
kennis_profile_new_from_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  bytes = g_file_load_bytes (file, cancellable, NULL, error);
  if (bytes == NULL)
    return NULL;
  name = g_file_get_parse_name (file);
  return kennis_profile_new_from_bytes (bytes, name, error);
}
