#include "config.h"

#include "read/kennis-ical-private.h"

#define DAY G_GINT64_CONSTANT (86400)

/* RANGE=THISANDFUTURE (RFC 5545, 3.2.13): an event tells of one occurrence and of all that come after it in the series.  They
 * are moved as far as the first one is, and are as long as it; what an event tells of one occurrence only still counts. */

void
kennis_ical_range_free (gpointer data)
{
  KennisIcalRange *self = data;

  kennis_ical_event_clear (&self->event);
  g_free (self->calendar);
  g_free (self);
}

void
kennis_ical_known_add_range (KennisIcalKnown           *self,
                             const KennisIcalComponent *component,
                             KennisIcalZones           *zones,
                             const char                *calendar,
                             guint32                    number,
                             gboolean                   is_cancelled)
{
  gsize size = sizeof (KennisIcalRange) + component->text->len;
  KennisIcalRange *range;

  if (size > KENNIS_ICAL_MAX_RANGES - self->n_range_bytes)
    return;
  range = g_new0 (KennisIcalRange, 1);
  kennis_ical_event_init (&range->event);
  kennis_ical_event_parse (&range->event, component, zones, FALSE);
  if (range->event.problem != NULL)
    {
      kennis_ical_range_free (range);
      return;
    }
  range->calendar = g_strdup (calendar);
  range->uid = kennis_ical_uid_hash (&range->event);
  range->from = kennis_ical_instant (&range->event.instance);
  range->number = number;
  range->is_cancelled = is_cancelled;
  self->n_range_bytes += size;
  g_ptr_array_add (self->ranges, range);
}

static gint64
midnight (gint64 local)
{
  return local - ((local % DAY) + DAY) % DAY;
}

const KennisIcalRange *
kennis_ical_range_of (KennisIcalRange *const *ranges,
                      guint                   n,
                      const KennisIcalTime   *time)
{
  const KennisIcalRange *found = NULL;
  gint64 instant = n > 0 ? kennis_ical_instant (time) : 0;

  for (guint i = 0; i < n; i++)
    if (ranges[i]->event.instance.is_date ? midnight (time->local) >= ranges[i]->event.instance.local
                                          : instant >= ranges[i]->from)
      found = ranges[i];

  return found;
}

/* A time as the clock of another one shows it; a date is the same on all of them. */
static gint64
shown_by (const KennisIcalTime *clock, const KennisIcalTime *time)
{
  gint64 local;

  if (time->is_date)
    return time->local;
  local = clock->is_utc ? kennis_ical_instant (time) / 1000
                        : kennis_ical_zone_local (clock->zone, kennis_ical_instant (time));

  return clock->is_date ? midnight (local) : local;
}

KennisIcalTime
kennis_ical_range_move (const KennisIcalRange *self,
                        const KennisIcalEvent *series,
                        const KennisIcalTime  *time)
{
  KennisIcalTime moved = self->event.start, first = self->event.instance;

  /* Some name an occurrence by its day only. */
  if (first.is_date && !series->start.is_date)
    {
      first = series->start;
      first.local = self->event.instance.local + series->start.local - midnight (series->start.local);
    }
  moved.local += shown_by (&moved, time) - shown_by (&moved, &first);

  return moved;
}
