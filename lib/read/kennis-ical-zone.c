#include "config.h"

#include "read/kennis-ical-private.h"

#include <libical/ical.h>
#include <string.h>

#define MAX_CHANGES 8192u

typedef struct
{
  gint64 at;                  /* seconds since 1970 in UTC */
  gint32 before, after;       /* seconds east of UTC */
} Change;

/* Either of these: what a VTIMEZONE says, or what the system knows. */
struct _KennisIcalZone
{
  gatomicrefcount references;
  KennisCalendar *calendar;   /* NULL: changes */
  GArray         *changes;    /* Change, in order */
};

/* ── One zone ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static KennisIcalZone *
zone_new (void)
{
  KennisIcalZone *self = g_new0 (KennisIcalZone, 1);

  g_atomic_ref_count_init (&self->references);
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));

  return self;
}

KennisIcalZone *
kennis_ical_zone_new_of_calendar (KennisCalendar *calendar)
{
  KennisIcalZone *self = zone_new ();

  self->calendar = kennis_calendar_ref (calendar);

  return self;
}

KennisIcalZone *
kennis_ical_zone_ref (KennisIcalZone *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
kennis_ical_zone_unref (KennisIcalZone *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->calendar, kennis_calendar_unref);
  g_array_unref (self->changes);
  g_free (self);
}

static gint64
instant_of_calendar (const KennisIcalZone *self, gint64 local)
{
  gint64 of_day = ((local % 86400) + 86400) % 86400;
  int year, month, day;

  kennis_day_to_date ((gint32) ((local - of_day) / 86400), &year, &month, &day);

  return kennis_calendar_local (self->calendar, year, month, day, (int) (of_day / 3600), (int) (of_day / 60 % 60),
                                (int) (of_day % 60), 0);
}

gint64
kennis_ical_zone_instant (const KennisIcalZone *self,
                          gint64                local)
{
  const Change *changes = (const Change *) (const void *) self->changes->data;
  guint low = 0, high = self->changes->len;

  if (self->calendar != NULL)
    return instant_of_calendar (self, local);
  /* How many changes are over on such a clock.  At one it shows the time before until the later of its two readings, so that
   * what is skipped is counted from before, and of what comes twice it is the first. */
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (local >= changes[middle].at + MAX (changes[middle].before, changes[middle].after))
        low = middle + 1;
      else
        high = middle;
    }

  return (local - (low > 0 ? changes[low - 1].after : changes[0].before)) * 1000;
}

static gint64
noon_offset (const KennisIcalZone *self, gint64 day)
{
  gint64 noon = day * 86400 + 43200;

  return noon - kennis_ical_zone_instant (self, noon) / 1000;
}

gint64
kennis_ical_zone_local (const KennisIcalZone *self,
                        gint64                instant)
{
  const Change *changes = (const Change *) (const void *) self->changes->data;
  gint64 seconds = instant / 1000, day, before, after;
  guint n = 0;

  if (self->calendar == NULL)
    {
      while (n < self->changes->len && changes[n].at <= seconds)
        n++;
      return seconds + (n > 0 ? changes[n - 1].after : changes[0].before);
    }
  /* Clocks change once in these days, if they do. */
  day = kennis_calendar_day (self->calendar, instant);
  before = noon_offset (self, day - 1);
  after = noon_offset (self, day + 1);

  return seconds
         + (kennis_ical_zone_instant (self, seconds + before) == instant
                    && kennis_ical_zone_instant (self, seconds + after) != instant
                ? before
                : after);
}

/* ── A VTIMEZONE ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* One STANDARD or DAYLIGHT. */
typedef struct
{
  gint64   start;
  gint32   before, after;
  gboolean has_start, has_before, has_after;
  GArray  *rules;             /* struct icalrecurrencetype */
  GArray  *dates;             /* gint64 */
} Observance;

static gint64
seconds_of (struct icaltimetype time)
{
  return kennis_day_from_date (time.year, time.month, time.day) * G_GINT64_CONSTANT (86400) + time.hour * 3600
         + time.minute * 60 + time.second;
}

static gboolean
is_sound (struct icaltimetype time)
{
  return time.year >= 1 && time.year <= 2200 && kennis_date_is_valid (time.year, time.month, time.day);
}

static void
observe (Observance *self, icalproperty *property)
{
  struct icaltimetype time;
  struct icalrecurrencetype rule;

  switch (icalproperty_isa (property))
    {
    case ICAL_DTSTART_PROPERTY:
      time = icalproperty_get_dtstart (property);
      self->has_start = is_sound (time);
      self->start = self->has_start ? seconds_of (time) : 0;
      break;
    case ICAL_TZOFFSETFROM_PROPERTY:
      self->before = icalproperty_get_tzoffsetfrom (property);
      self->has_before = ABS (self->before) < 86400;
      break;
    case ICAL_TZOFFSETTO_PROPERTY:
      self->after = icalproperty_get_tzoffsetto (property);
      self->has_after = ABS (self->after) < 86400;
      break;
    case ICAL_RRULE_PROPERTY:
      rule = icalproperty_get_rrule (property);
      rule.rscale = NULL;
      if (rule.freq >= ICAL_DAILY_RECURRENCE && rule.freq <= ICAL_YEARLY_RECURRENCE)
        g_array_append_val (self->rules, rule);
      break;
    case ICAL_RDATE_PROPERTY:
      time = icalproperty_get_rdate (property).time;
      if (is_sound (time))
        {
          gint64 local = seconds_of (time);

          g_array_append_val (self->dates, local);
        }
      break;
    default:
      break;
    }
}

static void
add_change (KennisIcalZone *zone, const Observance *self, gint64 local)
{
  Change change = { local - self->before, self->before, self->after };

  if (zone->changes->len < MAX_CHANGES)
    g_array_append_val (zone->changes, change);
}

static void
add_observance (KennisIcalZone *zone, const Observance *self, GCancellable *cancellable)
{
  if (!self->has_start || !self->has_before || !self->has_after)
    return;
  add_change (zone, self, self->start);
  for (guint i = 0; i < self->dates->len; i++)
    add_change (zone, self, g_array_index (self->dates, gint64, i));
  for (guint i = 0; i < self->rules->len; i++)
    {
      struct icalrecurrencetype rule = g_array_index (self->rules, struct icalrecurrencetype, i);
      gint64 until = G_MAXINT64, local;
      KennisIcalRule next;

      if (!icaltime_is_null_time (rule.until))
        until = is_sound (rule.until) ? seconds_of (rule.until) + (icaltime_is_utc (rule.until) ? self->before : 0)
                                            + (rule.until.is_date ? 86399 : 0)
                                      : self->start;
      kennis_ical_rule_init (&next, &rule, self->start, until, cancellable);
      while (zone->changes->len < MAX_CHANGES && kennis_ical_rule_next (&next, &local))
        if (local != self->start)
          add_change (zone, self, local);
      kennis_ical_rule_clear (&next);
    }
}

static void
observance_init (Observance *self)
{
  *self = (Observance) { 0 };
  self->rules = g_array_new (FALSE, FALSE, sizeof (struct icalrecurrencetype));
  self->dates = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
observance_clear (Observance *self)
{
  g_array_unref (self->rules);
  g_array_unref (self->dates);
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const Change *x = a, *y = b;

  return x->at < y->at ? -1 : x->at > y->at;
}

/* What a line of a time zone says, to the observance. */
static void
take_line (Observance *self, const char *text)
{
  g_autofree char *wrapped = g_strdup_printf ("BEGIN:VEVENT\r\n%s\r\nEND:VEVENT\r\n", text);
  icalcomponent *parsed = icalparser_parse_string (wrapped);

  if (parsed == NULL)
    return;
  for (icalproperty *one = icalcomponent_get_first_property (parsed, ICAL_ANY_PROPERTY); one != NULL;
       one = icalcomponent_get_next_property (parsed, ICAL_ANY_PROPERTY))
    observe (self, one);
  icalcomponent_free (parsed);
}

KennisIcalZone *
kennis_ical_zone_new (const KennisIcalComponent *component,
                      char                     **id,
                      GCancellable              *cancellable)
{
  KennisIcalZone *self = zone_new ();
  Observance observance;

  *id = NULL;
  observance_init (&observance);
  for (guint i = 0; i < component->lines->len; i++)
    {
      const char *text = component->text->str + g_array_index (component->lines, KennisIcalLine, i).at;

      if (*id == NULL && kennis_ical_is_line (text, "TZID") && kennis_ical_line_value (text) != NULL)
        *id = g_strstrip (g_strdup (kennis_ical_line_value (text)));
      else if (g_ascii_strncasecmp (text, "END", 3) == 0)
        {
          add_observance (self, &observance, cancellable);
          observance_clear (&observance);
          observance_init (&observance);
        }
      else if (kennis_ical_is_line (text, "DTSTART") || kennis_ical_is_line (text, "TZOFFSETFROM")
               || kennis_ical_is_line (text, "TZOFFSETTO") || kennis_ical_is_line (text, "RRULE")
               || kennis_ical_is_line (text, "RDATE"))
        take_line (&observance, text);
    }
  observance_clear (&observance);
  g_array_sort (self->changes, compare_changes);
  if (*id != NULL && self->changes->len > 0 && !component->is_large)
    return self;
  kennis_ical_zone_unref (self);
  g_clear_pointer (id, g_free);

  return NULL;
}
