#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-ical-private.h"

#include <libical/ical.h>
#include <stdio.h>
#include <string.h>

static void
clear_person (gpointer data)
{
  KennisIcalPerson *person = data;

  g_free (person->id);
}

void
kennis_ical_event_init (KennisIcalEvent *self)
{
  *self = (KennisIcalEvent) { .days = KENNIS_UNKNOWN };
  self->categories = g_ptr_array_new_with_free_func (g_free);
  self->extra = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->people = g_array_new (FALSE, TRUE, sizeof (KennisIcalPerson));
  g_array_set_clear_func (self->people, clear_person);
  self->rules = g_array_new (FALSE, FALSE, sizeof (struct icalrecurrencetype));
  self->exrules = g_array_new (FALSE, FALSE, sizeof (struct icalrecurrencetype));
  self->dates = g_array_new (FALSE, FALSE, sizeof (KennisIcalDate));
  self->exdates = g_array_new (FALSE, FALSE, sizeof (KennisIcalTime));
}

void
kennis_ical_event_clear (KennisIcalEvent *self)
{
  g_free (self->uid);
  g_free (self->summary);
  g_free (self->location);
  g_free (self->status);
  g_free (self->klass);
  g_free (self->transparency);
  g_free (self->problem);
  g_ptr_array_unref (self->categories);
  g_hash_table_unref (self->extra);
  g_array_unref (self->people);
  g_array_unref (self->rules);
  g_array_unref (self->exrules);
  g_array_unref (self->dates);
  g_array_unref (self->exdates);
}

/* ── What is wrong ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
refuse (KennisIcalEvent *self, guint64 line, const char *name, const char *text, const char *accepted)
{
  g_autofree char *shown = NULL;

  if (self->problem != NULL)
    return;
  shown = kennis_read_quote (text, strlen (text));
  self->problem_line = line;
  /* TRANSLATORS: a property of an event, as DTSTART, and its value */
  self->problem = g_strdup_printf (_("%s is %s"), name, shown);
  self->accepted = accepted;
}

/* ── Times ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static gint64
seconds_of (struct icaltimetype time)
{
  gint64 seconds = kennis_day_from_date (time.year, time.month, time.day) * G_GINT64_CONSTANT (86400);

  return time.is_date ? seconds : seconds + time.hour * 3600 + time.minute * 60 + MIN (time.second, 59);
}

static gboolean
is_sound (struct icaltimetype time)
{
  return time.year >= 1900 && time.year < 2200 && kennis_date_is_valid (time.year, time.month, time.day)
         && (time.is_date
             || (time.hour >= 0 && time.hour < 24 && time.minute >= 0 && time.minute < 60 && time.second >= 0
                 && time.second <= 60));
}

typedef struct
{
  KennisIcalEvent *event;
  KennisIcalZones *zones;
  guint64          line;
  const char      *text;      /* of the line */
} Reading;

/* A time with what its line says of the zone; false, and the event is refused. */
static gboolean
take_time (const Reading *reading, icalproperty *property, const char *name, struct icaltimetype value, KennisIcalTime *time)
{
  icalparameter *parameter = icalproperty_get_first_parameter (property, ICAL_TZID_PARAMETER);
  const char *id = parameter != NULL ? icalparameter_get_tzid (parameter) : NULL;
  const char *shown = kennis_ical_line_value (reading->text);

  if (!is_sound (value))
    {
      refuse (reading->event, reading->line, name, shown != NULL ? shown : "",
              _("a date as 20240131, or a time as 20240131T093000 or 20240131T083000Z, from 1900 to 2199"));
      return FALSE;
    }
  *time =
      (KennisIcalTime) { seconds_of (value), TRUE, value.is_date, icaltime_is_utc (value), reading->zones->floating };
  if (id == NULL || value.is_date || time->is_utc || *id == '\0')
    return TRUE;
  time->zone = kennis_ical_zones_find (reading->zones, id);
  if (time->zone != NULL)
    return TRUE;
  *time = (KennisIcalTime) { .zone = reading->zones->floating };
  refuse (reading->event, reading->line, "TZID", id,
          _("a time zone of a VTIMEZONE in the source, as “Europe/Amsterdam”, or as “W. Europe Standard Time”"));

  return FALSE;
}

gint64
kennis_ical_instant (const KennisIcalTime *time)
{
  return time->is_utc ? time->local * 1000 : kennis_ical_zone_instant (time->zone, time->local);
}

static gint64
exact_seconds (struct icaldurationtype duration)
{
  return duration.hours * G_GINT64_CONSTANT (3600) + duration.minutes * G_GINT64_CONSTANT (60) + duration.seconds;
}

static void
take_duration (const Reading *reading, struct icaldurationtype value)
{
  KennisIcalEvent *event = reading->event;
  const char *shown = kennis_ical_line_value (reading->text);
  gint64 days = value.days + 7 * (gint64) value.weeks;

  if (value.is_neg || days > 36600 || exact_seconds (value) > 36600LL * 86400)
    refuse (event, reading->line, "DURATION", shown != NULL ? shown : "", _("a duration as PT1H30M or P1D"));
  else
    {
      event->days = days;
      event->seconds = exact_seconds (value);
    }
}

/* One of RDATE or EXDATE. */
static void
take_date (const Reading *reading, icalproperty *property)
{
  KennisIcalEvent *event = reading->event;
  KennisIcalDate date = { .days = KENNIS_UNKNOWN };
  KennisIcalTime time;

  if (icalproperty_isa (property) == ICAL_EXDATE_PROPERTY)
    {
      if (take_time (reading, property, "EXDATE", icalproperty_get_exdate (property), &time))
        g_array_append_val (event->exdates, time);
      return;
    }

  struct icaldatetimeperiodtype value = icalproperty_get_rdate (property);
  gboolean is_period = !icaltime_is_null_time (value.period.start);

  if (!take_time (reading, property, "RDATE", is_period ? value.period.start : value.time, &date.start))
    return;
  if (is_period && !icaltime_is_null_time (value.period.end))
    {
      if (!take_time (reading, property, "RDATE", value.period.end, &date.end))
        return;
    }
  else if (is_period && !value.period.duration.is_neg)
    {
      date.days = value.period.duration.days + 7 * (gint64) value.period.duration.weeks;
      date.seconds = exact_seconds (value.period.duration);
    }
  g_array_append_val (event->dates, date);
}

/* libical keeps it in 16 bits, and does not tell where it does not fit. */
static gboolean
fits_interval (const char *rule)
{
  const char *at = rule != NULL ? g_strstr_len (rule, -1, "INTERVAL=") : NULL;

  return at == NULL || g_ascii_strtoull (at + strlen ("INTERVAL="), NULL, 10) <= G_MAXINT16;
}

static void
take_rule (const Reading *reading, struct icalrecurrencetype rule, GArray *to)
{
  const char *shown = kennis_ical_line_value (reading->text);

  /* Other calendars than ours (RFC 7529); its text is the property's. */
  if (rule.rscale != NULL && g_ascii_strcasecmp (rule.rscale, "GREGORIAN") != 0)
    refuse (reading->event, reading->line, "RRULE", shown != NULL ? shown : "", _("a rule of the Gregorian calendar"));
  rule.rscale = NULL;
  if (!fits_interval (shown))
    refuse (reading->event, reading->line, "RRULE", shown, _("an INTERVAL of at most 32767"));
  if (rule.freq >= ICAL_NO_RECURRENCE || (!icaltime_is_null_time (rule.until) && !is_sound (rule.until)))
    {
      /* Beyond all time is no end. */
      if (rule.freq < ICAL_NO_RECURRENCE && rule.until.year >= 2200)
        rule.until = icaltime_null_time ();
      else
        refuse (reading->event, reading->line, "RRULE", shown != NULL ? shown : "",
                _("a rule as FREQ=WEEKLY;BYDAY=MO;UNTIL=20241231T230000Z"));
    }
  if (to->len < 16)
    g_array_append_val (to, rule);
}

/* ── Properties ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
set_text (char **to, const char *text)
{
  g_autofree char *plain = NULL;
  char *c;

  if (text == NULL || *to != NULL)
    return;
  plain = g_strdup (text);
  for (c = plain; *c != '\0'; c++)
    if ((guchar) *c < 0x20 || *c == 0x7f)
      *c = ' ';
  g_strstrip (plain);
  if (*plain != '\0')
    *to = g_steal_pointer (&plain);
}

static void
take_identity (const Reading *reading, icalproperty *property)
{
  KennisIcalEvent *event = reading->event;
  icalparameter *range;

  switch (icalproperty_isa (property))
    {
    case ICAL_UID_PROPERTY:
      set_text (&event->uid, icalproperty_get_uid (property));
      break;
    case ICAL_STATUS_PROPERTY:
      if (event->status == NULL)
        event->status = g_strdup (kennis_ical_line_value (reading->text));
      break;
    case ICAL_SEQUENCE_PROPERTY:
      event->sequence = CLAMP (icalproperty_get_sequence (property), 0, 0x3fffffff);
      break;
    case ICAL_RECURRENCEID_PROPERTY:
      take_time (reading, property, "RECURRENCE-ID", icalproperty_get_recurrenceid (property), &event->instance);
      range = icalproperty_get_first_parameter (property, ICAL_RANGE_PARAMETER);
      event->is_range = range != NULL && icalparameter_get_range (range) == ICAL_RANGE_THISANDFUTURE;
      break;
    default:
      break;
    }
}

static void
take_text (const Reading *reading, icalproperty *property)
{
  KennisIcalEvent *event = reading->event;

  switch (icalproperty_isa (property))
    {
    case ICAL_SUMMARY_PROPERTY:
      set_text (&event->summary, icalproperty_get_summary (property));
      break;
    case ICAL_LOCATION_PROPERTY:
      set_text (&event->location, icalproperty_get_location (property));
      break;
    case ICAL_CLASS_PROPERTY:
      set_text (&event->klass, kennis_ical_line_value (reading->text));
      break;
    case ICAL_TRANSP_PROPERTY:
      set_text (&event->transparency, kennis_ical_line_value (reading->text));
      break;
    case ICAL_CATEGORIES_PROPERTY:
      {
        char *category = NULL;

        set_text (&category, icalproperty_get_categories (property));
        if (category != NULL)
          g_ptr_array_add (event->categories, category);
      }
      break;
    default:
      break;
    }
}

static void
take_extra (const Reading *reading)
{
  g_autofree char *name = g_ascii_strdown (reading->text, (gssize) strcspn (reading->text, ":;"));
  const char *value = kennis_ical_line_value (reading->text);
  char *text = NULL;

  set_text (&text, value);
  if (text != NULL)
    g_hash_table_replace (reading->event->extra, g_steal_pointer (&name), text);
}

static void
take_property (const Reading *reading, icalproperty *property)
{
  KennisIcalEvent *event = reading->event;
  const char *value = kennis_ical_line_value (reading->text);

  switch (icalproperty_isa (property))
    {
    case ICAL_DTSTART_PROPERTY:
      take_time (reading, property, "DTSTART", icalproperty_get_dtstart (property), &event->start);
      break;
    case ICAL_DTEND_PROPERTY:
      take_time (reading, property, "DTEND", icalproperty_get_dtend (property), &event->end);
      break;
    case ICAL_DURATION_PROPERTY:
      take_duration (reading, icalproperty_get_duration (property));
      break;
    case ICAL_RRULE_PROPERTY:
      take_rule (reading, icalproperty_get_rrule (property), event->rules);
      break;
    case ICAL_EXRULE_PROPERTY:
      take_rule (reading, icalproperty_get_exrule (property), event->exrules);
      break;
    case ICAL_RDATE_PROPERTY:
    case ICAL_EXDATE_PROPERTY:
      take_date (reading, property);
      break;
    case ICAL_ORGANIZER_PROPERTY:
    case ICAL_ATTENDEE_PROPERTY:
      kennis_ical_event_add_person (event, property, icalproperty_isa (property) == ICAL_ORGANIZER_PROPERTY);
      break;
    case ICAL_XLICERROR_PROPERTY:
      if (kennis_ical_is_line (reading->text, "ATTENDEE") || kennis_ical_is_line (reading->text, "ORGANIZER"))
        {
          event->bad_person_line = event->n_bad_people++ == 0 ? reading->line : event->bad_person_line;
          break;
        }
      /* What says nothing is as if it were not there; so is a text that cannot be read. */
      if (value != NULL && *value != '\0' && !kennis_ical_is_line (reading->text, "CATEGORIES")
          && !kennis_ical_is_line (reading->text, "SUMMARY") && !kennis_ical_is_line (reading->text, "LOCATION"))
        {
          g_autofree char *name = g_ascii_strup (reading->text, (gssize) strcspn (reading->text, ":;"));

          refuse (event, reading->line, name, value, _("a value as RFC 5545 has it"));
        }
      break;
    default:
      take_text (reading, property);
      break;
    }
}

static gboolean
is_identity (const char *text)
{
  return kennis_ical_is_line (text, "UID") || kennis_ical_is_line (text, "STATUS")
         || kennis_ical_is_line (text, "SEQUENCE") || kennis_ical_is_line (text, "RECURRENCE-ID");
}

/* Which version it is: always in UTC, and read in every pass, so without libical. */
static void
take_stamp (KennisIcalEvent *event, const char *value)
{
  int year, month, day, hour, minute, second;

  if (value != NULL && sscanf (value, "%4d%2d%2dT%2d%2d%2d", &year, &month, &day, &hour, &minute, &second) == 6
      && kennis_date_is_valid (year, month, day))
    event->stamp = kennis_day_from_date (year, month, day) * G_GINT64_CONSTANT (86400)
                   + (hour * G_GINT64_CONSTANT (60) + minute) * 60 + second;
}

/* One line at a time, so that a message can name it, and what libical does not like takes nothing else with it. */
static void
parse_line (const Reading *reading, GString *wrapped, gboolean only_identity)
{
  gboolean tells_identity = is_identity (reading->text);
  icalcomponent *parsed;

  if (kennis_ical_is_line (reading->text, "DTSTAMP"))
    {
      take_stamp (reading->event, kennis_ical_line_value (reading->text));
      return;
    }
  if (only_identity && !tells_identity)
    return;
  if (g_ascii_strncasecmp (reading->text, "X-", 2) == 0)
    {
      take_extra (reading);
      return;
    }
  g_string_printf (wrapped, "BEGIN:VEVENT\r\n%s\r\nEND:VEVENT\r\n", reading->text);
  parsed = icalparser_parse_string (wrapped->str);
  if (parsed == NULL)
    return;
  for (icalproperty *one = icalcomponent_get_first_property (parsed, ICAL_ANY_PROPERTY); one != NULL;
       one = icalcomponent_get_next_property (parsed, ICAL_ANY_PROPERTY))
    {
      if (tells_identity)
        take_identity (reading, one);
      if (!only_identity)
        take_property (reading, one);
    }
  icalcomponent_free (parsed);
}

static void
check (KennisIcalEvent *self)
{
  if (self->problem != NULL)
    return;
  if (!self->start.is_known)
    refuse (self, self->line, "DTSTART", "", _("an event with a beginning"));
  else if (self->end.is_known && kennis_ical_instant (&self->end) < kennis_ical_instant (&self->start))
    {
      if (self->problem == NULL)
        {
          self->problem = g_strdup (_("DTEND is before DTSTART"));
          self->accepted = _("an event that does not end before it begins");
          self->problem_line = self->line;
        }
    }
}

void
kennis_ical_event_parse (KennisIcalEvent           *self,
                         const KennisIcalComponent *component,
                         KennisIcalZones           *zones,
                         gboolean                   only_identity)
{
  g_autoptr (GString) wrapped = g_string_new (NULL);

  self->line = component->line;
  for (guint i = 0; i < component->lines->len; i++)
    {
      const KennisIcalLine *line = &g_array_index (component->lines, KennisIcalLine, i);
      Reading reading = { self, zones, line->line, component->text->str + line->at };

      parse_line (&reading, wrapped, only_identity);
    }
  self->has_answers = kennis_ical_has_answers (component);
  if (only_identity)
    return;
  if (component->is_large)
    refuse (self, self->line, "VEVENT", "",
            _("lines of at most 64 KiB, and 8 MiB for an event without its description"));
  check (self);
}
