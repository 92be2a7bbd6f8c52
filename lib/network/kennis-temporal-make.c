#include "config.h"

#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "network/kennis-network-people-private.h"
#include "network/kennis-temporal-private.h"

/* From a summary: the same people and sharings as in KennisNetwork. */

struct _KennisTemporalNames
{
  gatomicrefcount      count;
  KennisNetworkPeople *people;     /* person[i]: who stands at place i */
  guint32              n;
};

KennisTemporalNames *
kennis_temporal_names_ref (KennisTemporalNames *self)
{
  if (self != NULL)
    g_atomic_ref_count_inc (&self->count);
  return self;
}

void
kennis_temporal_names_unref (KennisTemporalNames *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;
  kennis_network_people_free (self->people);
  g_free (self);
}

/* Places of people with a sharing, and of those on the roster who were there in the window, in the order of their ids. */
static KennisTemporalNames *
place_people (KennisNetworkPeople  *people,
              KennisNetworkOptions *options,
              const GArray         *sharings,
              guint32              *place)
{
  KennisTemporalNames *names = g_new0 (KennisTemporalNames, 1);
  gboolean with_isolates = options == NULL || kennis_network_options_get_with_isolates (options);

  g_atomic_ref_count_init (&names->count);
  names->people = people;
  for (guint i = 0; i < sharings->len; i++)
    {
      const KennisNetworkSharing *s = &g_array_index (sharings, KennisNetworkSharing, i);

      place[s->giver] = place[s->receiver] = 1;
    }
  for (guint32 p = 0; with_isolates && p < people->n; p++)
    if (people->on_roster[p] && people->canonical[p] == p
        && kennis_network_people_on_roster (people, p, people->first_day, people->end_day))
      place[p] = 1;
  people->person = g_new (guint32, (gsize) people->n + 1);
  for (guint32 p = 0; p < people->n; p++)
    {
      if (place[p] == 0)
        continue;
      people->person[names->n] = p;
      place[p] = names->n++;
    }
  return names;
}

/**
 * kennis_temporal_network_make:
 * @summary: a summary
 * @options: (nullable): which sharings; %NULL for new options
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Makes the temporal network of a summary's sharings.
 *
 * The people and sharings are those of [func@Network.make] with the same options (its weight does not matter here): REQUIRED never counts, mere
 * contact only where the options name it, aliases are resolved, and people stand in the order of the bytes of their ids.
 *
 * Errors: %KENNIS_ERROR_UNKNOWN_REFERENCE, no such topic; %G_IO_ERROR_CANCELLED.
 *
 * Time: O(sharings · log sharings + people).  Memory: 16 bytes an event, more while it works.
 *
 * Returns: (transfer full): a new temporal network
 *
 * Since: 1.0
 */
KennisTemporalNetwork *
kennis_temporal_network_make (KennisSummary         *summary,
                              KennisNetworkOptions  *options,
                              GCancellable          *cancellable,
                              GError               **error)
{
  g_autoptr (KennisNetworkOptions) all = NULL;
  g_autoptr (KennisNetworkPeople) people = NULL;
  g_autoptr (KennisTemporalNetwork) self = NULL;
  g_autoptr (GArray) sharings = NULL;
  g_autoptr (GBytes) givers = NULL, receivers = NULL, times = NULL;
  g_autofree guint32 *place = NULL, *giver = NULL, *receiver = NULL;
  g_autofree gint64 *time = NULL;
  KennisTemporalNames *names;

  g_return_val_if_fail (kennis_summary_is_made (summary), NULL);
  g_return_val_if_fail (options == NULL || KENNIS_IS_NETWORK_OPTIONS (options), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  all = options != NULL ? g_object_ref (options) : kennis_network_options_new ();
  people = kennis_network_people_new (summary);
  kennis_network_people_days (people, all, &people->first_day, &people->end_day);
  sharings = kennis_network_people_sharings (people, all, cancellable, error);
  if (sharings == NULL)
    return NULL;
  place = g_new0 (guint32, (gsize) people->n + 1);
  names = place_people (g_steal_pointer (&people), all, sharings, place);
  giver = g_new (guint32, (gsize) sharings->len + 1);
  receiver = g_new (guint32, (gsize) sharings->len + 1);
  time = g_new (gint64, (gsize) sharings->len + 1);
  for (guint i = 0; i < sharings->len; i++)
    {
      const KennisNetworkSharing *s = &g_array_index (sharings, KennisNetworkSharing, i);

      giver[i] = place[s->giver];
      receiver[i] = place[s->receiver];
      time[i] = s->time;
    }
  givers = g_bytes_new_static (giver, sharings->len * sizeof *giver);
  receivers = g_bytes_new_static (receiver, sharings->len * sizeof *receiver);
  times = g_bytes_new_static (time, sharings->len * sizeof *time);
  self = kennis_temporal_network_new_from_columns (names->n, givers, receivers, times, cancellable, error);
  if (self == NULL)
    {
      kennis_temporal_names_unref (names);
      return NULL;
    }
  self->names = names;
  return g_steal_pointer (&self);
}

/**
 * kennis_temporal_network_get_label:
 * @self: a temporal network
 * @person: a person
 *
 * Gets the id of a person.
 *
 * Returns: (nullable): the id; %NULL in a network from columns
 *
 * Since: 1.0
 */
const char *
kennis_temporal_network_get_label (KennisTemporalNetwork *self,
                                   guint32                person)
{
  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), NULL);
  g_return_val_if_fail (person < self->n_people, NULL);

  if (self->names == NULL)
    return NULL;
  return kennis_intern_get (self->names->people->facts->spaces[KENNIS_SPACE_PERSON],
                            self->names->people->person[person], NULL);
}

/**
 * kennis_temporal_network_find_person:
 * @self: a temporal network
 * @label: the id of a person
 *
 * Finds a person by the id that a summary knows; an alias is not one.
 *
 * Time: O(log people).
 *
 * Returns: the person; −1 where there is none
 *
 * Since: 1.0
 */
gint64
kennis_temporal_network_find_person (KennisTemporalNetwork *self,
                                     const char            *label)
{
  guint32 low = 0, high;

  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), -1);
  g_return_val_if_fail (label != NULL, -1);

  high = self->names != NULL ? self->n_people : 0;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = strcmp (label, kennis_temporal_network_get_label (self, middle));

      if (order == 0)
        return middle;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return -1;
}

/* Teams of which all that are part of it follow: a mark by team. */
static guint8 *
mark_team (KennisDataset *facts,
           const char    *team)
{
  KennisIntern *space = facts->spaces[KENNIS_SPACE_TEAM];
  const KennisTable *table = &facts->tables[KENNIS_RECORD_TYPE_TEAM];
  guint32 n = kennis_intern_size (space);
  g_autofree guint8 *wanted = g_new0 (guint8, (gsize) n + 1);
  gboolean found = FALSE, changed = TRUE;

  for (guint32 t = 0; t < n; t++)
    found |= wanted[t] = strcmp (kennis_intern_get (space, t, NULL), team) == 0;
  while (found && changed)
    {
      changed = FALSE;
      for (guint32 row = 0; row < table->n_rows; row++)
        {
          gint64 id = kennis_column_get (&table->columns[KENNIS_TEAM_ID], row);
          gint64 parent = kennis_column_get (&table->columns[KENNIS_TEAM_PARENT], row);

          if (parent == KENNIS_UNKNOWN || wanted[id] || !wanted[parent])
            continue;
          wanted[id] = changed = TRUE;
        }
    }
  return found ? g_steal_pointer (&wanted) : NULL;
}

/* Was the person in one of the teams on any day of the window? */
static gboolean
was_in (const KennisNetworkPeople *people,
        guint32                    person,
        const guint8              *wanted)
{
  for (guint32 v = people->first[person]; v < people->first[person + 1]; v++)
    {
      gint32 from = MAX (people->versions[v].from, people->first_day);
      gint32 end =
          v + 1 < people->first[person + 1] ? MIN (people->versions[v + 1].from, people->end_day) : people->end_day;
      gint64 code = kennis_network_people_value (people, KENNIS_PERSON_TEAM, people->versions[v].row);

      if (from < end && code != KENNIS_UNKNOWN && wanted[code]
          && kennis_network_people_last_row (people, person, from, end) >= 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * kennis_temporal_network_list_team:
 * @self: a temporal network, made from a summary
 * @team: the id of a team
 * @error: return location for an error
 *
 * Finds the people who were in a team, or in a team within it, on any day of the window.
 *
 * With it, [method@TemporalNetwork.find_path] goes from team to team.
 *
 * Errors: %KENNIS_ERROR_UNKNOWN_REFERENCE, no such team; %KENNIS_ERROR_NO_DATA, the network is from columns.
 *
 * Returns: (transfer full): one guint32 a person in native byte order, ascending
 *
 * Since: 1.0
 */
GBytes *
kennis_temporal_network_list_team (KennisTemporalNetwork  *self,
                                   const char             *team,
                                   GError                **error)
{
  g_autofree guint8 *wanted = NULL;
  GArray *members;
  gsize n;

  g_return_val_if_fail (KENNIS_IS_TEMPORAL_NETWORK (self), NULL);
  g_return_val_if_fail (team != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->names == NULL)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA, _("A network made from columns knows no teams"));
      return NULL;
    }
  wanted = mark_team (self->names->people->facts, team);
  if (wanted == NULL)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE, _("The summary knows no team “%s”"), team);
      return NULL;
    }
  members = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 p = 0; p < self->n_people; p++)
    if (was_in (self->names->people, self->names->people->person[p], wanted))
      g_array_append_val (members, p);
  n = members->len;
  return g_bytes_new_take (g_array_free (members, FALSE), n * sizeof (guint32));
}
