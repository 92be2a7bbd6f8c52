#include "config.h"

#include <kennis/kennis-error.h>
#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "metric/kennis-retention-private.h"

/**
 * KennisRetention:
 *
 * Who holds which topic at the end of a month, and what would be lost if people leave.
 *
 * A person holds a topic where the newest [class@Holding] of some source says so, or where the hours in which they learned or shared it come to a
 * threshold, with a half-life: docs/retention.md.  People are those on the roster who were there on the last day of the month; without a
 * roster, all who hold something.  Topics are those that any of them holds.
 *
 * It names people.  It is for those who may see the records, to plan who learns from whom; it has no figure about how likely a person is to leave, and
 * takes leaving probabilities of groups only.  Measurements for others are the metrics "retention.*", behind the privacy gate.
 *
 * A retention never changes and may be used from any thread.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisRetention, kennis_retention, G_TYPE_OBJECT)

#define SEARCH_BUDGET 1000000

static void
kennis_retention_finalize (GObject *object)
{
  KennisRetention *self = KENNIS_RETENTION (object);

  g_clear_pointer (&self->ground, kennis_ground_free);
  g_clear_pointer (&self->holders, kennis_holders_free);
  g_free (self->person);
  g_free (self->topic);

  G_OBJECT_CLASS (kennis_retention_parent_class)->finalize (object);
}

static void
kennis_retention_class_init (KennisRetentionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_retention_finalize;
}

static void
kennis_retention_init (KennisRetention *self)
{
}

void
kennis_retention_collect (const KennisRetention *self, double half_life, double threshold, GArray *people,
                          GArray *topics, GCancellable *cancellable)
{
  g_autoptr (GArray) holds = g_array_new (FALSE, FALSE, sizeof (KennisHold));

  for (guint32 p = 0; p < self->n_people && !g_cancellable_is_cancelled (cancellable); p++)
    {
      g_array_set_size (holds, 0);
      kennis_holds_of (self->ground, self->person[p], self->day, half_life, holds);
      for (guint i = 0; i < holds->len; i++)
        {
          const KennisHold *hold = &g_array_index (holds, KennisHold, i);

          if (!kennis_hold_is_held (hold, threshold))
            continue;
          g_array_append_val (people, p);
          g_array_append_val (topics, hold->topic);
        }
    }
}

/* Everyone of the roster who is there; without a roster everyone. */
static void
find_people (KennisRetention *self)
{
  const KennisGround *ground = self->ground;

  self->person = g_new (guint32, (gsize) ground->n_persons + 1);
  for (guint32 p = 0; p < ground->n_persons; p++)
    {
      const KennisSegment *segment = kennis_ground_segment (ground, p, self->day - 1);

      if (kennis_ground_person (ground, p) == p
          && (ground->has_roster ? segment != NULL && segment->on_roster : segment != NULL))
        self->person[self->n_people++] = p;
    }
}

static void
find_holders (KennisRetention *self, GCancellable *cancellable)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) topics = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree guint32 *place = g_new0 (guint32, (gsize) self->ground->n_topics + 1);

  kennis_retention_collect (self, self->half_life, self->threshold, people, topics, cancellable);
  for (guint i = 0; i < topics->len; i++)
    place[g_array_index (topics, guint32, i)] = 1;
  self->topic = g_new (guint32, (gsize) self->ground->n_topics + 1);
  for (guint32 t = 0; t < self->ground->n_topics; t++)
    if (place[t] != 0)
      {
        place[t] = self->n_topics;
        self->topic[self->n_topics++] = t;
      }
  for (guint i = 0; i < topics->len; i++)
    g_array_index (topics, guint32, i) = place[g_array_index (topics, guint32, i)];
  self->holders = kennis_holders_new (self->n_people, self->n_topics, (const guint32 *) (gconstpointer) people->data,
                                      (const guint32 *) (gconstpointer) topics->data, people->len);
}

/* The last time of anything that happened, or of a holding; KENNIS_UNKNOWN. */
static gint64
last_time (const KennisGround *ground)
{
  const KennisTable *holdings = &ground->facts->tables[KENNIS_RECORD_TYPE_HOLDING];
  gint64 last = ground->view.last_time;

  for (guint32 row = 0; row < holdings->n_rows; row++)
    last = MAX (last, kennis_column_get (&holdings->columns[KENNIS_HOLDING_TIME], row));
  return last;
}

/**
 * kennis_retention_make:
 * @summary: a summary
 * @time: a time in Unix ms: the state at the end of its local month; %KENNIS_UNKNOWN for the last one that is recorded
 * @half_life: days after which half of what was learned has faded; 0 for never.  The metrics take 730
 * @threshold: hours from which a person holds a topic.  The metrics take 8
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Finds out who holds which topic.
 *
 * Errors: %KENNIS_ERROR_NO_DATA, nothing has a time; %KENNIS_ERROR_INVALID, a half-life or threshold below 0.
 *
 * Time: O(records).  Memory: that of measuring, and 8 bytes for each pair of holder and topic.
 *
 * Returns: (transfer full): a new retention; %NULL when cancelled
 *
 * Since: 1.0
 */
KennisRetention *
kennis_retention_make (KennisSummary  *summary,
                       gint64          time,
                       double          half_life,
                       double          threshold,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autoptr (KennisRetention) self = NULL;

  g_return_val_if_fail (kennis_summary_is_made (summary), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!(half_life >= 0) || !(threshold >= 0))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("A half-life of %g days and a threshold of %g hours; neither may be below 0"), half_life,
                   threshold);
      return NULL;
    }
  self = g_object_new (KENNIS_TYPE_RETENTION, NULL);
  self->ground = kennis_ground_new (summary, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || self->ground == NULL)
    return NULL;
  if (time == KENNIS_UNKNOWN)
    time = last_time (self->ground);
  if (time == KENNIS_UNKNOWN)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
                   _("Nothing that is recorded has a time; tell of which month you want to know who holds what"));
      return NULL;
    }
  time = CLAMP (time, KENNIS_TIME_MIN, KENNIS_TIME_MAX);
  self->day = kennis_month_first_day (kennis_month_of_day (kennis_ground_day (self->ground, time)) + 1);
  self->half_life = half_life;
  self->threshold = threshold;
  find_people (self);
  find_holders (self, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * kennis_retention_get_n_people:
 * @self: a retention
 *
 * Gets how many people are looked at.
 *
 * Returns: the number of people
 *
 * Since: 1.0
 */
guint
kennis_retention_get_n_people (KennisRetention *self)
{
  g_return_val_if_fail (KENNIS_IS_RETENTION (self), 0);

  return self->n_people;
}

/**
 * kennis_retention_get_n_topics:
 * @self: a retention
 *
 * Gets how many topics anyone holds.
 *
 * Returns: the number of topics
 *
 * Since: 1.0
 */
guint
kennis_retention_get_n_topics (KennisRetention *self)
{
  g_return_val_if_fail (KENNIS_IS_RETENTION (self), 0);

  return self->n_topics;
}

/**
 * kennis_retention_get_person:
 * @self: a retention
 * @person: number of a person
 *
 * Gets the id of a person.
 *
 * Returns: the id
 *
 * Since: 1.0
 */
const char *
kennis_retention_get_person (KennisRetention *self,
                             guint            person)
{
  g_return_val_if_fail (KENNIS_IS_RETENTION (self), NULL);
  g_return_val_if_fail (person < self->n_people, NULL);

  return kennis_dataset_text (self->ground->facts, KENNIS_SPACE_PERSON, self->person[person]);
}

/**
 * kennis_retention_get_topic:
 * @self: a retention
 * @topic: number of a topic
 *
 * Gets the id of a topic.
 *
 * Returns: the id
 *
 * Since: 1.0
 */
const char *
kennis_retention_get_topic (KennisRetention *self,
                            guint            topic)
{
  g_return_val_if_fail (KENNIS_IS_RETENTION (self), NULL);
  g_return_val_if_fail (topic < self->n_topics, NULL);

  return kennis_dataset_text (self->ground->facts, KENNIS_SPACE_TOPIC, self->topic[topic]);
}

static gint64
find_text (KennisRetention *self, KennisSpace space, const guint32 *place, guint32 n, const char *id)
{
  for (guint32 i = 0; i < n; i++)
    if (strcmp (kennis_dataset_text (self->ground->facts, space, place[i]), id) == 0)
      return i;
  return -1;
}

/**
 * kennis_retention_find_person:
 * @self: a retention
 * @id: the id of a person
 *
 * Finds a person.  Time: O(people).
 *
 * Returns: their number; −1 where they are not there
 *
 * Since: 1.0
 */
gint64
kennis_retention_find_person (KennisRetention *self,
                              const char      *id)
{
  g_return_val_if_fail (KENNIS_IS_RETENTION (self), -1);
  g_return_val_if_fail (id != NULL, -1);

  return find_text (self, KENNIS_SPACE_PERSON, self->person, self->n_people, id);
}

/**
 * kennis_retention_find_topic:
 * @self: a retention
 * @id: the id of a topic
 *
 * Finds a topic.  Time: O(topics).
 *
 * Returns: its number; −1 where nobody holds it
 *
 * Since: 1.0
 */
gint64
kennis_retention_find_topic (KennisRetention *self,
                             const char      *id)
{
  g_return_val_if_fail (KENNIS_IS_RETENTION (self), -1);
  g_return_val_if_fail (id != NULL, -1);

  return find_text (self, KENNIS_SPACE_TOPIC, self->topic, self->n_topics, id);
}

static GBytes *
take_array (GArray *array)
{
  gsize size = (gsize) array->len * g_array_get_element_size (array);

  return g_bytes_new_take (g_array_free (array, FALSE), size);
}

/**
 * kennis_retention_list_team:
 * @self: a retention
 * @team: the id of a team
 * @error: return location for an error
 *
 * Finds the people of a team, and of the teams within it.
 *
 * Errors: %KENNIS_ERROR_UNKNOWN_REFERENCE, no such team.
 *
 * Returns: (transfer full): one guint32 a person in native byte order, ascending
 *
 * Since: 1.0
 */
GBytes *
kennis_retention_list_team (KennisRetention  *self,
                            const char       *team,
                            GError          **error)
{
  guint32 wanted = KENNIS_INTERN_NONE;
  GArray *people;

  g_return_val_if_fail (KENNIS_IS_RETENTION (self), NULL);
  g_return_val_if_fail (team != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  for (guint32 t = 0; t < self->ground->n_teams; t++)
    if (strcmp (kennis_dataset_text (self->ground->facts, KENNIS_SPACE_TEAM, t), team) == 0)
      wanted = t;
  if (wanted == KENNIS_INTERN_NONE)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE, _("The summary knows no team “%s”"), team);
      return NULL;
    }
  people = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 p = 0; p < self->n_people; p++)
    {
      const KennisSegment *segment = kennis_ground_segment (self->ground, self->person[p], self->day - 1);

      if (segment->team != KENNIS_INTERN_NONE && kennis_ground_team_is_within (self->ground, segment->team, wanted))
        g_array_append_val (people, p);
    }
  return take_array (people);
}

/**
 * kennis_retention_list_holders:
 * @self: a retention
 * @topics: (out) (transfer full): topic of each pair, one guint32 in native byte order
 *
 * Lists all pairs of a holder and a topic, by topic.
 *
 * Returns: (transfer full): person of each pair, one guint32 in native byte order
 *
 * Since: 1.0
 */
GBytes *
kennis_retention_list_holders (KennisRetention  *self,
                               GBytes          **topics)
{
  guint32 *topic, n;

  g_return_val_if_fail (KENNIS_IS_RETENTION (self), NULL);
  g_return_val_if_fail (topics != NULL, NULL);

  n = self->holders->first[self->n_topics];
  topic = g_new (guint32, (gsize) n + 1);
  for (guint32 t = 0; t < self->n_topics; t++)
    for (guint32 i = self->holders->first[t]; i < self->holders->first[t + 1]; i++)
      topic[i] = t;
  *topics = g_bytes_new_take (topic, n * sizeof *topic);
  return g_bytes_new (self->holders->people, n * sizeof (guint32));
}

/**
 * kennis_retention_get_single_holder_share:
 * @self: a retention
 *
 * Gets the share of topics that only one person holds.
 *
 * Returns: 0 to 1; NaN where nobody holds a topic
 *
 * Since: 1.0
 */
double
kennis_retention_get_single_holder_share (KennisRetention *self)
{
  g_return_val_if_fail (KENNIS_IS_RETENTION (self), NAN);

  return self->n_topics > 0 ? (double) kennis_holders_n_single (self->holders) / self->n_topics : NAN;
}

/**
 * kennis_retention_get_coverage:
 * @self: a retention
 *
 * Gets the mean number of holders of a topic.
 *
 * Returns: 1 or more; NaN where nobody holds a topic
 *
 * Since: 1.0
 */
double
kennis_retention_get_coverage (KennisRetention *self)
{
  g_return_val_if_fail (KENNIS_IS_RETENTION (self), NAN);

  return self->n_topics > 0 ? (double) self->holders->first[self->n_topics] / self->n_topics : NAN;
}

/**
 * kennis_retention_get_bus_factor:
 * @self: a retention
 * @least: (out) (optional): a lower bound; the value itself where it is proven
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Finds few people whose leaving would leave more than half of the topics without a holder, and tells how many.
 *
 * To find the fewest is NP-hard: this is the better of two greedy searches, and where a search within a million steps decides, it is proven.
 *
 * Source: Avelino et al. (2016).
 *
 * Returns: a number of people; 0 where nobody holds a topic, and when cancelled
 *
 * Since: 1.0
 */
guint
kennis_retention_get_bus_factor (KennisRetention  *self,
                                 guint            *least,
                                 GCancellable     *cancellable,
                                 GError          **error)
{
  guint32 low, high;

  g_return_val_if_fail (KENNIS_IS_RETENTION (self), 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  kennis_holders_bus_factor (self->holders, SEARCH_BUDGET, cancellable, &low, &high, NULL);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    low = high = 0;
  if (least != NULL)
    *least = low;
  return high;
}
