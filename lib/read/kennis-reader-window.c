#include "config.h"

#include "read/kennis-reader-private.h"

/* From when until when calendars are read: what repeats has no end of its own. */

typedef enum
{
  PROP_EVENTS_FROM = 200,   /* beyond those of kennis-reader-options.c */
  PROP_EVENTS_UNTIL,
} KennisReaderWindow;

void
kennis_reader_window_install (GObjectClass *klass)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * KennisReader:events-from:
   *
   * Events of calendars that begin before this time are left out, in Unix milliseconds.
   *
   * %KENNIS_UNKNOWN: as the mapping says, or none.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      klass, PROP_EVENTS_FROM,
      g_param_spec_int64 ("events-from", NULL, NULL, G_MININT64, G_MAXINT64, KENNIS_UNKNOWN, flags));
  /**
   * KennisReader:events-until:
   *
   * Events of calendars that begin at this time or later are left out, in Unix milliseconds.
   *
   * %KENNIS_UNKNOWN: as the mapping or its coverage says, else now: what is yet to come has not happened.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      klass, PROP_EVENTS_UNTIL,
      g_param_spec_int64 ("events-until", NULL, NULL, G_MININT64, G_MAXINT64, KENNIS_UNKNOWN, flags));
}

gboolean
kennis_reader_window_get (KennisReader *self,
                          guint         id,
                          GValue       *value)
{
  if (id != PROP_EVENTS_FROM && id != PROP_EVENTS_UNTIL)
    return FALSE;
  g_value_set_int64 (value, id == PROP_EVENTS_FROM ? self->events_from : self->events_until);

  return TRUE;
}

gboolean
kennis_reader_window_set (KennisReader *self,
                          guint         id,
                          const GValue *value)
{
  if (id == PROP_EVENTS_FROM)
    kennis_reader_set_events_from (self, g_value_get_int64 (value));
  else if (id == PROP_EVENTS_UNTIL)
    kennis_reader_set_events_until (self, g_value_get_int64 (value));

  return id == PROP_EVENTS_FROM || id == PROP_EVENTS_UNTIL;
}

/**
 * kennis_reader_get_events_from: (get-property events-from)
 * @self: a reader
 *
 * Tells before which time events of calendars are left out.
 *
 * Returns: Unix milliseconds; %KENNIS_UNKNOWN: as the mapping says
 *
 * Since: 1.0
 */
gint64
kennis_reader_get_events_from (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), KENNIS_UNKNOWN);

  return self->events_from;
}

/**
 * kennis_reader_set_events_from: (set-property events-from)
 * @self: a reader
 * @events_from: Unix milliseconds; %KENNIS_UNKNOWN: as the mapping says
 *
 * Sets [property@Reader:events-from].
 *
 * Since: 1.0
 */
void
kennis_reader_set_events_from (KennisReader *self,
                               gint64        events_from)
{
  g_return_if_fail (KENNIS_IS_READER (self));

  if (self->events_from == events_from)
    return;
  self->events_from = events_from;
  g_object_notify (G_OBJECT (self), "events-from");
}

/**
 * kennis_reader_get_events_until: (get-property events-until)
 * @self: a reader
 *
 * Tells from which time on events of calendars are left out.
 *
 * Returns: Unix milliseconds; %KENNIS_UNKNOWN: as the mapping says, else now
 *
 * Since: 1.0
 */
gint64
kennis_reader_get_events_until (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), KENNIS_UNKNOWN);

  return self->events_until;
}

/**
 * kennis_reader_set_events_until: (set-property events-until)
 * @self: a reader
 * @events_until: Unix milliseconds; %KENNIS_UNKNOWN: as the mapping says, else now
 *
 * Sets [property@Reader:events-until].
 *
 * Since: 1.0
 */
void
kennis_reader_set_events_until (KennisReader *self,
                                gint64        events_until)
{
  g_return_if_fail (KENNIS_IS_READER (self));

  if (self->events_until == events_until)
    return;
  self->events_until = events_until;
  g_object_notify (G_OBJECT (self), "events-until");
}
