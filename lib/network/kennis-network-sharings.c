#include "config.h"

#include <kennis/kennis-error.h>
#include <string.h>

#include "base/kennis-calendar-private.h"
#include "base/kennis-i18n-private.h"
#include "network/kennis-network-people-private.h"

#define PACE 4096

static gint64
value_of (const KennisNetworkPeople *self, guint field, guint32 row)
{
  return kennis_column_get (&self->facts->tables[KENNIS_RECORD_TYPE_SHARING].columns[field], row);
}

static guint32
index_of (const KennisNetworkPeople *self, guint field, guint32 row)
{
  gint64 value = value_of (self, field, row);

  return value == KENNIS_UNKNOWN ? KENNIS_INTERN_NONE : (guint32) value;
}

static guint32
person_of (const KennisNetworkPeople *self, guint field, guint32 row)
{
  guint32 person = index_of (self, field, row);

  return person == KENNIS_INTERN_NONE ? KENNIS_INTERN_NONE : self->canonical[person];
}

typedef struct
{
  guint32 session, giver, row;
} Given;

static int
compare_given (const void *a, const void *b)
{
  const Given *x = a, *y = b;

  if (x->session != y->session)
    return (x->session > y->session) - (x->session < y->session);
  return (x->giver > y->giver) - (x->giver < y->giver);
}

/* How many each giver had in each session, by sharing. */
static guint32 *
count_audiences (const KennisNetworkPeople *self, guint32 n_rows)
{
  guint32 *audience = g_new (guint32, (gsize) n_rows + 1);
  g_autofree Given *given = g_new (Given, (gsize) n_rows + 1);
  gsize n = 0, end;

  for (guint32 row = 0; row < n_rows; row++)
    {
      guint32 session = index_of (self, KENNIS_SHARING_SESSION, row);

      audience[row] = 1;
      if (session != KENNIS_INTERN_NONE)
        given[n++] = (Given) { session, person_of (self, KENNIS_SHARING_GIVER, row), row };
    }
  if (n > 0)
    qsort (given, n, sizeof *given, compare_given);
  for (gsize first = 0; first < n; first = end)
    {
      for (end = first; end < n && compare_given (&given[first], &given[end]) == 0; end++)
        ;
      for (gsize i = first; i < end && given[first].giver != KENNIS_INTERN_NONE; i++)
        audience[given[i].row] = (guint32) (end - first);
    }
  return audience;
}

/* The topic and all that are part of it, or NULL where all are wanted.  Trees have no cycles: the dataset was checked. */
static gboolean
find_topics (const KennisNetworkPeople *self, const char *topic, guint8 **wanted, GError **error)
{
  KennisIntern *space = self->facts->spaces[KENNIS_SPACE_TOPIC];
  const KennisTable *table = &self->facts->tables[KENNIS_RECORD_TYPE_TOPIC];
  guint32 n = kennis_intern_size (space);
  gboolean found = FALSE, changed = TRUE;

  *wanted = NULL;
  if (topic == NULL)
    return TRUE;
  *wanted = g_new0 (guint8, (gsize) n + 1);
  for (guint32 t = 0; t < n; t++)
    found |= (*wanted)[t] = strcmp (kennis_intern_get (space, t, NULL), topic) == 0;
  if (!found)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE, _("the summary knows no topic “%s”"), topic);
      return FALSE;
    }
  while (changed)
    {
      changed = FALSE;
      for (guint32 row = 0; row < table->n_rows; row++)
        {
          gint64 id = kennis_column_get (&table->columns[KENNIS_TOPIC_ID], row);
          gint64 parent = kennis_column_get (&table->columns[KENNIS_TOPIC_PARENT], row);

          if (parent == KENNIS_UNKNOWN || (*wanted)[id] || !(*wanted)[parent])
            continue;
          (*wanted)[id] = changed = TRUE;
        }
    }
  return TRUE;
}

static gboolean
is_wanted (KennisNetworkOptions *options, const KennisNetworkSharing *s, const guint8 *topics)
{
  gint64 from, to;

  kennis_network_options_get_window (options, &from, &to);
  return s->time != KENNIS_UNKNOWN && (from == KENNIS_UNKNOWN || s->time >= from)
         && (to == KENNIS_UNKNOWN || s->time < to) && kennis_network_options_has_kind (options, s->kind)
         && (topics == NULL || (s->topic != KENNIS_INTERN_NONE && topics[s->topic]));
}

/* As the metrics of exchange count. */
static gboolean
counts (const KennisNetworkPeople *self, const KennisNetworkSharing *s)
{
  gint32 day;

  if (s->giver == s->receiver || s->giver == KENNIS_INTERN_NONE || s->receiver == KENNIS_INTERN_NONE)
    return FALSE;
  day = kennis_calendar_day (kennis_dataset_get_calendar (self->facts), s->time);
  return kennis_network_people_is_there (self, s->giver, day)
         && kennis_network_people_is_there (self, s->receiver, day);
}

GArray *
kennis_network_people_sharings (const KennisNetworkPeople *self, KennisNetworkOptions *options,
                                GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (KennisNetworkSharing));
  guint32 n_rows = self->facts->tables[KENNIS_RECORD_TYPE_SHARING].n_rows;
  g_autofree guint8 *topics = NULL;
  g_autofree guint32 *audience = NULL;

  if (!find_topics (self, kennis_network_options_get_topic (options), &topics, error))
    return NULL;
  audience = count_audiences (self, n_rows);
  for (guint32 row = 0; row < n_rows; row++)
    {
      KennisNetworkSharing s = { .giver = person_of (self, KENNIS_SHARING_GIVER, row),
                                 .receiver = person_of (self, KENNIS_SHARING_RECEIVER, row),
                                 .topic = index_of (self, KENNIS_SHARING_TOPIC, row),
                                 .session = index_of (self, KENNIS_SHARING_SESSION, row),
                                 .audience = audience[row],
                                 .kind = (guint8) value_of (self, KENNIS_SHARING_KIND, row),
                                 .time = value_of (self, KENNIS_SHARING_TIME, row),
                                 .duration = value_of (self, KENNIS_SHARING_DURATION, row) };

      if (row % PACE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (value_of (self, KENNIS_SHARING_INITIATIVE, row) != KENNIS_INITIATIVE_REQUIRED
          && is_wanted (options, &s, topics) && counts (self, &s))
        g_array_append_val (out, s);
    }
  return g_steal_pointer (&out);
}

void
kennis_network_people_days (const KennisNetworkPeople *self, KennisNetworkOptions *options, gint32 *first_day,
                            gint32 *end_day)
{
  KennisCalendar *calendar = kennis_dataset_get_calendar (self->facts);
  KennisSummaryView view;
  gint64 from, to;

  kennis_summary_view (self->summary, &view);
  kennis_network_options_get_window (options, &from, &to);
  if (from == KENNIS_UNKNOWN)
    from = view.first_time;
  if (to == KENNIS_UNKNOWN)
    to = view.last_time != KENNIS_UNKNOWN ? view.last_time + 1 : KENNIS_UNKNOWN;
  *first_day = from == KENNIS_UNKNOWN ? G_MININT32 / 2
                                      : kennis_calendar_day (calendar, CLAMP (from, KENNIS_TIME_MIN, KENNIS_TIME_MAX));
  *end_day = to == KENNIS_UNKNOWN
                 ? G_MAXINT32 / 2
                 : kennis_calendar_day (calendar, CLAMP (to, KENNIS_TIME_MIN + 1, KENNIS_TIME_MAX) - 1) + 1;
}
