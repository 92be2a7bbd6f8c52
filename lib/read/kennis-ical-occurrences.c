#include "config.h"

#include "read/kennis-ical-private.h"

#include <libical/ical.h>

#define DAY G_GINT64_CONSTANT (86400)

typedef struct
{
  const KennisIcalEvent  *event;
  const KennisIcalKnown  *known;
  const KennisIcalWindow *window;
  GCancellable           *cancellable;
  GArray                 *occurrences;
  GHashTable             *left_out;    /* gint64 *: instants of EXDATE and EXRULE */
  GHashTable             *days_out;    /* and days */
  guint64                 uid;
  KennisIcalRange *const *ranges;
  guint                   n_ranges;
  gint64                  ahead;       /* s by which a range may bring forward what comes after the window */
  gboolean                is_cut;
} Expansion;

static gint64
floor_day (gint64 local)
{
  return (local - ((local % DAY) + DAY) % DAY) / DAY;
}

/* The end of an occurrence by what the event that tells of it says of its length. */
static void
set_end (const Expansion *self, const KennisIcalDate *date, gint64 local, KennisIcalOccurrence *occurrence)
{
  const KennisIcalEvent *event = occurrence->range != NULL ? &occurrence->range->event : self->event;
  KennisIcalTime end = event->start;
  gint64 days = event->days, seconds = event->seconds;

  if (date != NULL && date->end.is_known)
    {
      occurrence->ended = MAX (occurrence->start, kennis_ical_instant (&date->end));
      occurrence->duration = occurrence->ended - occurrence->start;
      return;
    }
  if (date != NULL && date->days != KENNIS_UNKNOWN)
    days = date->days, seconds = date->seconds;
  if (days == KENNIS_UNKNOWN && event->end.is_known && event->start.is_date && event->end.is_date)
    days = floor_day (event->end.local) - floor_day (event->start.local), seconds = 0;
  else if (days == KENNIS_UNKNOWN && event->end.is_known)
    {
      occurrence->duration = kennis_ical_instant (&event->end) - kennis_ical_instant (&event->start);
      occurrence->ended = occurrence->start + occurrence->duration;
      return;
    }
  /* A date alone is that day; a time alone has no length that anybody knows. */
  if (days == KENNIS_UNKNOWN && event->start.is_date)
    days = 1, seconds = 0;
  if (days == KENNIS_UNKNOWN)
    return;
  /* Days go by the clock, hours by time. */
  end.local = local + days * DAY;
  occurrence->ended = kennis_ical_instant (&end) + seconds * 1000;
  occurrence->duration = occurrence->ended - occurrence->start;
  if (event->start.is_date)
    occurrence->duration =
        self->window->day_length != KENNIS_UNKNOWN ? MAX (days, 1) * self->window->day_length : KENNIS_UNKNOWN;
}

static gboolean
is_left_out (const Expansion *self, gint64 instant, gint64 day)
{
  return (g_hash_table_size (self->left_out) > 0 && g_hash_table_contains (self->left_out, &instant))
         || (g_hash_table_size (self->days_out) > 0 && g_hash_table_contains (self->days_out, &day))
         || kennis_ical_known_has (self->known, self->uid, instant, day);
}

/* One time at which the event is, unless it is told elsewhere or was taken out. */
static void
add (Expansion *self, gint64 local, const KennisIcalTime *own, const KennisIcalDate *date)
{
  KennisIcalTime time = own != NULL ? *own : self->event->start;
  KennisIcalOccurrence occurrence = { .ended = KENNIS_UNKNOWN, .duration = KENNIS_UNKNOWN };
  gint64 moved_to = local;

  time.local = local;
  occurrence.start = occurrence.name = kennis_ical_instant (&time);
  occurrence.range = kennis_ical_range_of (self->ranges, self->n_ranges, &time);
  if (occurrence.range != NULL)
    {
      KennisIcalTime moved = kennis_ical_range_move (occurrence.range, self->event, &time);

      if (occurrence.range->is_cancelled)
        return;
      occurrence.start = kennis_ical_instant (&moved);
      moved_to = moved.local;
      date = NULL;
    }
  if ((self->window->from != KENNIS_UNKNOWN && occurrence.start < self->window->from)
      || (self->window->until != KENNIS_UNKNOWN && occurrence.start >= self->window->until)
      || is_left_out (self, occurrence.name, floor_day (local)))
    return;
  if (self->occurrences->len >= self->window->most)
    {
      self->is_cut = TRUE;
      return;
    }
  set_end (self, date, moved_to, &occurrence);
  g_array_append_val (self->occurrences, occurrence);
}

/* The last local time that a rule need look at, and the last instant that it may have. */
static gint64
last_local (const Expansion *self, const struct icalrecurrencetype *rule, gint64 *last)
{
  gint64 local =
      self->window->until != KENNIS_UNKNOWN ? self->window->until / 1000 + 2 * DAY + self->ahead : G_MAXINT64;
  struct icaltimetype until = rule->until;

  *last = G_MAXINT64;
  if (icaltime_is_null_time (until))
    return local;

  gint64 seconds = kennis_day_from_date (until.year, until.month, until.day) * DAY
                   + (until.is_date ? DAY - 1 : until.hour * 3600 + until.minute * 60 + until.second);

  if (icaltime_is_utc (until) && !self->event->start.is_date)
    {
      *last = seconds * 1000;
      return MIN (local, seconds + 2 * DAY);
    }

  return MIN (local, seconds);
}

/* Goes through what a rule gives: adds it, or leaves it out. */
static void
expand (Expansion *self, const struct icalrecurrencetype *rule, gboolean leaves_out)
{
  KennisIcalTime time = self->event->start;
  gint64 last, until = last_local (self, rule, &last);
  KennisIcalRule next;

  kennis_ical_rule_init (&next, rule, time.local, until, self->cancellable);
  while (!self->is_cut && kennis_ical_rule_next (&next, &time.local))
    {
      gint64 instant = kennis_ical_instant (&time);

      if (instant > last)
        break;
      if (!leaves_out)
        add (self, time.local, NULL, NULL);
      else if (g_hash_table_size (self->left_out) < 10 * KENNIS_ICAL_MAX_SERIES)
        g_hash_table_add (self->left_out, g_memdup2 (&instant, sizeof instant));
    }
  self->is_cut = self->is_cut || next.is_exhausted;
  kennis_ical_rule_clear (&next);
}

static void
find_left_out (Expansion *self)
{
  const KennisIcalEvent *event = self->event;

  for (guint i = 0; i < event->exdates->len; i++)
    {
      const KennisIcalTime *time = &g_array_index (event->exdates, KennisIcalTime, i);
      gint64 value = time->is_date ? floor_day (time->local) : kennis_ical_instant (time);

      g_hash_table_add (time->is_date ? self->days_out : self->left_out, g_memdup2 (&value, sizeof value));
    }
  for (guint i = 0; i < event->exrules->len; i++)
    expand (self, &g_array_index (event->exrules, struct icalrecurrencetype, i), TRUE);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const KennisIcalOccurrence *x = a, *y = b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;

  return x->name < y->name ? -1 : x->name > y->name;
}

/* The same time by two rules is one. */
static void
sort (GArray *occurrences)
{
  guint n = 0;

  g_array_sort (occurrences, compare);
  for (guint i = 0; i < occurrences->len; i++)
    {
      KennisIcalOccurrence one = g_array_index (occurrences, KennisIcalOccurrence, i);

      if (n == 0 || compare (&g_array_index (occurrences, KennisIcalOccurrence, n - 1), &one) != 0)
        g_array_index (occurrences, KennisIcalOccurrence, n++) = one;
    }
  g_array_set_size (occurrences, n);
}

/* An event that is no series, or tells of one occurrence of it. */
static void
add_single (Expansion *self)
{
  const KennisIcalEvent *event = self->event;
  KennisIcalKnown nothing = *self->known;
  guint n = self->occurrences->len;

  /* An occurrence does not take itself out; whether another source has a newer version of it was asked before. */
  nothing.instances = g_array_new (FALSE, FALSE, sizeof (KennisIcalInstance));
  if (event->instance.is_known)
    nothing.versions = NULL;
  self->known = &nothing;
  add (self, event->start.local, NULL, NULL);
  g_array_unref (nothing.instances);
  if (event->instance.is_known && self->occurrences->len > n)
    g_array_index (self->occurrences, KennisIcalOccurrence, n).name = kennis_ical_instant (&event->instance);
}

static void
find_ranges (Expansion *self)
{
  self->ranges = kennis_ical_known_ranges (self->known, self->uid, &self->n_ranges);
  for (guint i = 0; i < self->n_ranges; i++)
    {
      const KennisIcalEvent *event = &self->ranges[i]->event;
      gint64 forward = (self->ranges[i]->from - kennis_ical_instant (&event->start)) / 1000;

      self->ahead = MAX (self->ahead, forward);
    }
}

gboolean
kennis_ical_occurrences (const KennisIcalEvent  *event,
                         const KennisIcalKnown  *known,
                         const KennisIcalWindow *window,
                         GCancellable           *cancellable,
                         GArray                 *occurrences,
                         gboolean               *is_cut)
{
  g_autoptr (GHashTable) left_out = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) days_out = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Expansion self = { event, known,    window, cancellable, occurrences, left_out, days_out, kennis_ical_uid_hash (event),
                     NULL,  0, 0, FALSE };

  g_array_set_size (occurrences, 0);
  if (event->instance.is_known || event->rules->len + event->dates->len == 0)
    add_single (&self);
  else
    {
      find_ranges (&self);
      find_left_out (&self);
      if (event->rules->len == 0)
        add (&self, event->start.local, NULL, NULL);
      for (guint i = 0; i < event->rules->len; i++)
        expand (&self, &g_array_index (event->rules, struct icalrecurrencetype, i), FALSE);
      for (guint i = 0; i < event->dates->len && !self.is_cut; i++)
        {
          const KennisIcalDate *date = &g_array_index (event->dates, KennisIcalDate, i);

          add (&self, date->start.local, &date->start, date);
        }
      sort (occurrences);
    }
  *is_cut = self.is_cut;

  return !g_cancellable_is_cancelled (cancellable);
}
