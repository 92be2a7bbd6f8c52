#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-ical-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

gboolean
kennis_ical_sniff (const guint8 *head,
                   gsize         length)
{
  static const char begin[] = "BEGIN:VCALENDAR";
  gsize i = length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (i < length && g_ascii_isspace (head[i]))
    i++;

  return length - i >= sizeof begin - 1 && g_ascii_strncasecmp ((const char *) head + i, begin, sizeof begin - 1) == 0;
}

typedef struct
{
  KennisReadJob   *job;
  KennisIcalMap   *map;           /* NULL: it is looked through only */
  KennisIcalZones  zones;
  KennisIcalKnown  known;
  KennisIcalWindow window;
  KennisIcalTaker  taker;
  GArray          *occurrences;
  guint32          number;        /* of the event at hand */
  guint64          n_events, n_made;
  guint64          n_cut, first_cut, n_range, first_range, n_bad_people, first_bad_person, n_late;
} IcalRead;

/* ── The first look ───────────────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
says_cancelled (const KennisIcalEvent *event)
{
  return event->status != NULL && g_ascii_strcasecmp (event->status, "CANCELLED") == 0;
}

static gboolean
is_cancelled (const KennisIcalSplit *split, const KennisIcalEvent *event)
{
  return g_ascii_strcasecmp (split->method->str, "CANCEL") == 0 || says_cancelled (event);
}

/* Does it say something of an event in other sources?  METHOD:CANCEL alone may tell some that they are not invited any more
 * (RFC 5546, 3.2.5). */
static gboolean
is_of_others_too (const KennisIcalSplit *split, const KennisIcalEvent *event)
{
  return event->uid != NULL && (!is_cancelled (split, event) || says_cancelled (event));
}

static void
learn (IcalRead *self, const KennisIcalSplit *split)
{
  KennisIcalEvent event;

  kennis_ical_event_init (&event);
  kennis_ical_event_parse (&event, &split->event, &self->zones, TRUE);
  if (event.problem == NULL && (self->map != NULL || is_of_others_too (split, &event)))
    {
      gboolean cancelled = is_cancelled (split, &event);

      kennis_ical_known_add (&self->known, &event, self->number, cancelled);
      if (event.is_range && self->map != NULL)
        kennis_ical_known_add_range (&self->known, &split->event, &self->zones, split->calendar_name->str, self->number,
                                     cancelled);
    }
  self->number++;
  kennis_ical_event_clear (&event);
}

static gboolean
look_through (IcalRead *self, GError **error)
{
  KennisReadJob *job = self->job;
  KennisIcalSplit split;
  KennisIcalPart part;

  job->bytes->is_quiet = TRUE;
  kennis_ical_split_init (&split, job->bytes, self->map != NULL ? self->map->extra : NULL, job->cancellable);
  while ((part = kennis_ical_split_next (&split, error)) > KENNIS_ICAL_END)
    {
      if (part == KENNIS_ICAL_CALENDAR)
        kennis_ical_zones_begin (&self->zones);
      else if (part == KENNIS_ICAL_ZONE)
        kennis_ical_zones_add (&self->zones, &split.zone, job->cancellable);
      else
        learn (self, &split);
    }
  kennis_ical_split_clear (&split);
  kennis_ical_known_sort (&self->known);
  self->number = 0;

  return part == KENNIS_ICAL_END && kennis_bytes_rewind (job->bytes, job->cancellable, error);
}

/* ── Events ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
note (guint64 *n, guint64 *first, guint64 line)
{
  if ((*n)++ == 0)
    *first = line;
}

static gboolean
reject (IcalRead *self, const KennisIcalEvent *event, GError **error)
{
  self->job->reader->n_rows_rejected++;

  return kennis_read_job_reject (self->job, (KennisPlace) { event->problem_line, 1 }, NULL, KENNIS_ERROR_INVALID,
                                 event->problem, event->accepted, error);
}

/* The event that tells of an occurrence; false where the mapping leaves it out. */
static gboolean
begin_again (IcalRead *self, const KennisIcalSplit *split, const KennisIcalEvent *event, const KennisIcalRange *range)
{
  gboolean is_wanted;

  self->taker.is_again = TRUE;
  is_wanted = range != NULL ? kennis_ical_taker_begin (&self->taker, &range->event, range->calendar)
                            : kennis_ical_taker_begin (&self->taker, event, split->calendar_name->str);
  self->taker.is_again = FALSE;

  return is_wanted;
}

static gboolean
take_occurrences (IcalRead *self, const KennisIcalSplit *split, const KennisIcalEvent *event, gboolean is_wanted, GError **error)
{
  KennisReader *reader = self->job->reader;
  const KennisIcalRange *range = NULL;
  guint n_used = 0, n_rejected = 0;

  for (guint i = 0; i < self->occurrences->len; i++)
    {
      const KennisIcalOccurrence *occurrence = &g_array_index (self->occurrences, KennisIcalOccurrence, i);
      KennisIcalTaken taken = KENNIS_ICAL_TAKEN_NOTHING;

      if (occurrence->range != range)
        is_wanted = begin_again (self, split, event, occurrence->range);
      range = occurrence->range;
      if (g_cancellable_set_error_if_cancelled (self->job->cancellable, error)
          || (is_wanted && !kennis_ical_taker_take (&self->taker, occurrence, &taken, error)))
        {
          /* What was counted as read stays in one class. */
          *(n_used > 0 ? &reader->n_rows_used : &reader->n_rows_rejected) += 1;
          return FALSE;
        }
      n_used += (taken & KENNIS_ICAL_TAKEN_USED) != 0;
      n_rejected += (taken & KENNIS_ICAL_TAKEN_REJECTED) != 0;
    }
  self->n_made += n_used;
  if (n_rejected > 0)
    reader->n_rows_rejected++;
  else if (n_used > 0)
    reader->n_rows_used++;
  else
    return kennis_read_job_ignore_row (self->job);

  return TRUE;
}

static gboolean
take_sound (IcalRead *self, const KennisIcalSplit *split, const KennisIcalEvent *event, GError **error)
{
  gboolean is_cut, is_wanted;
  guint n_ranges;

  if (event->n_bad_people > 0)
    note (&self->n_bad_people, &self->first_bad_person, event->bad_person_line);
  if (is_cancelled (split, event) || !kennis_ical_known_counts (&self->known, event, self->number)
      || kennis_ical_known_series_is_cancelled (&self->known, event))
    return kennis_read_job_ignore_row (self->job);
  is_wanted = kennis_ical_taker_begin (&self->taker, event, split->calendar_name->str);
  /* What changed it later may be wanted. */
  if (!is_wanted && kennis_ical_known_ranges (&self->known, kennis_ical_uid_hash (event), &n_ranges) == NULL)
    return kennis_read_job_ignore_row (self->job);
  if (event->is_range && !kennis_ical_known_reaches (&self->known, event, self->number))
    note (&self->n_range, &self->first_range, event->line);
  if (!kennis_ical_occurrences (event, &self->known, &self->window, self->job->cancellable, self->occurrences, &is_cut))
    {
      self->job->reader->n_rows_ignored++;
      g_cancellable_set_error_if_cancelled (self->job->cancellable, error);
      return FALSE;
    }
  if (is_cut)
    note (&self->n_cut, &self->first_cut, event->line);
  if (self->occurrences->len == 0 && self->window.until != KENNIS_UNKNOWN
      && kennis_ical_instant (&event->start) >= self->window.until)
    self->n_late++;

  return take_occurrences (self, split, event, is_wanted, error);
}

static gboolean
take_event (IcalRead *self, const KennisIcalSplit *split, GError **error)
{
  KennisIcalEvent event;
  gboolean ok;

  kennis_ical_event_init (&event);
  kennis_ical_event_parse (&event, &split->event, &self->zones, FALSE);
  self->job->reader->n_rows++;
  self->n_events++;
  ok = event.problem != NULL ? reject (self, &event, error) : take_sound (self, split, &event, error);
  self->number++;
  kennis_ical_event_clear (&event);

  return ok;
}

/* ── What must be said ────────────────────────────────────────────────────────────────────────────────────────────── */

static void
tell (IcalRead *self, KennisSeverity severity, guint64 line, char *text, const char *accepted)
{
  kennis_read_job_tell (self->job, severity, (KennisPlace) { line, 1 }, NULL, text, accepted);
  g_free (text);
}

static void
tell_of_people (IcalRead *self)
{
  if (self->n_bad_people > 0)
    tell (self, KENNIS_SEVERITY_WARNING, self->first_bad_person,
          g_strdup_printf (
              _("events with invitations that cannot be read and were left out: %llu; this is the first one"),
              (unsigned long long) self->n_bad_people),
          NULL);
  if (self->taker.n_unknown > 0)
    {
      g_autofree char *shown = kennis_read_quote (self->taker.unknown, strlen (self->taker.unknown));

      tell (self, KENNIS_SEVERITY_WARNING, self->taker.first_unknown,
            g_strdup_printf (
                _("invitations of people whom no source declares, as %s here: %llu; of them no records are made"),
                shown, (unsigned long long) self->taker.n_unknown),
            _("their ids or aliases in a source of people, or people who are seen only"));
    }
}

static void
tell_all (IcalRead *self, const KennisIcalSplit *split)
{
  if (split->n_not_utf_8 > 0)
    tell (self, KENNIS_SEVERITY_WARNING, split->first_not_utf_8,
          g_strdup_printf (_("lines that are not UTF-8 and were read as Windows-1252: %llu; this is the first one"),
                           (unsigned long long) split->n_not_utf_8),
          NULL);
  if (self->n_cut > 0)
    tell (self, KENNIS_SEVERITY_WARNING, self->first_cut,
          g_strdup_printf (
              _("series with more than %u occurrences in the window, of which the others were left out: %llu; this "
                "is the first one"),
              self->window.most, (unsigned long long) self->n_cut),
          _("a shorter window, or a higher “occurrences” in the mapping"));
  if (self->n_range > 0)
    tell (
        self, KENNIS_SEVERITY_WARNING, self->first_range,
        g_strdup_printf (
            _("changes of this and all future occurrences of series that are not in the source, which were read as of "
              "the one occurrence that they name: %llu; this is the first one"),
            (unsigned long long) self->n_range),
        NULL);
  tell_of_people (self);
  if (self->window.until != KENNIS_UNKNOWN)
    {
      g_autofree char *day = NULL;
      char buffer[40];

      kennis_format_date (
          kennis_calendar_day (kennis_dataset_get_calendar (self->job->dataset), self->window.until - 1), buffer);
      day = g_strdup (buffer);
      tell (self, KENNIS_SEVERITY_NOTE, 1,
            g_strdup_printf (_("events up to %s were read; those that begin later and were left out: %llu"), day,
                             (unsigned long long) self->n_late),
            NULL);
    }
  tell (self, KENNIS_SEVERITY_NOTE, 1,
        g_strdup_printf (_("read with the mapping “%s”: %llu events, %llu meetings"),
                         kennis_mapping_get_id (self->map->mapping), (unsigned long long) self->n_events,
                         (unsigned long long) self->n_made),
        NULL);
}

/* ── A source ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
read_parts (IcalRead *self, KennisIcalSplit *split, GError **error)
{
  KennisReadJob *job = self->job;
  KennisIcalPart part;

  while ((part = kennis_ical_split_next (split, error)) > KENNIS_ICAL_END)
    {
      if (part == KENNIS_ICAL_CALENDAR)
        kennis_ical_zones_begin (&self->zones);
      else if (part == KENNIS_ICAL_ZONE)
        kennis_ical_zones_add (&self->zones, &split->zone, job->cancellable);
      else if (!take_event (self, split, error))
        return FALSE;
      if ((self->n_events & 255) == 0)
        kennis_progress_sink_report (job->sink, kennis_bytes_fraction (job->bytes));
    }

  return part == KENNIS_ICAL_END && kennis_read_job_flush (job, error);
}

static gboolean
read_events (IcalRead *self, GError **error)
{
  KennisReadJob *job = self->job;
  guint64 n_before = job->reader->n_rows;
  KennisIcalSplit split;
  gboolean ok;

  kennis_ical_zones_begin (&self->zones);
  kennis_ical_split_init (&split, job->bytes, self->map->extra, job->cancellable);
  ok = read_parts (self, &split, error);
  if (ok)
    tell_all (self, &split);
  /* What the mapping says of its coverage is nothing that was read. */
  if (job->reader->n_rows == n_before)
    job->n_read = 0;
  if (ok && (split.is_unended || job->bytes->problem != NULL))
    ok = kennis_read_job_break (job, (KennisPlace) { split.lines.line, 1 },
                                job->bytes->problem != NULL ? _ (job->bytes->problem)
                                                            : _("the calendar ends too early"),
                                _("a calendar up to its END:VCALENDAR"), error);
  kennis_ical_split_clear (&split);

  return ok;
}

/* What observes events until when: the reader's window, the mapping's, what it or the dataset says is covered, or now. */
static void
set_window (IcalRead *self)
{
  const KennisReader *reader = self->job->reader;
  const KennisMapping *mapping = self->map->mapping;
  KennisCalendar *calendar = kennis_dataset_get_calendar (self->job->dataset);
  gint64 from = mapping->from, until = mapping->until;

  for (guint i = 0; i < mapping->coverages->len; i++)
    {
      const KennisMapCoverage *coverage = &g_array_index (mapping->coverages, KennisMapCoverage, i);

      if (mapping->from == KENNIS_UNKNOWN && coverage->from != KENNIS_UNKNOWN)
        from = from == KENNIS_UNKNOWN ? coverage->from : MIN (from, coverage->from);
      if (mapping->until == KENNIS_UNKNOWN)
        until = MAX (until, coverage->until);
    }
  self->window.most = mapping->n_occurrences > 0 ? mapping->n_occurrences : KENNIS_ICAL_MAX_SERIES;
  self->window.day_length = mapping->day_length;
  self->window.from = from != KENNIS_UNKNOWN ? kennis_calendar_day_start (calendar, (gint32) from) : KENNIS_UNKNOWN;
  self->window.until = until != KENNIS_UNKNOWN ? kennis_calendar_day_start (calendar, (gint32) until) : KENNIS_UNKNOWN;
  if (reader->events_from != KENNIS_UNKNOWN)
    self->window.from = reader->events_from;
  if (reader->events_until != KENNIS_UNKNOWN)
    self->window.until = reader->events_until;
  if (self->window.until == KENNIS_UNKNOWN)
    self->window.until = g_get_real_time () / 1000;
}

static gboolean
read_twice (IcalRead *self, GError **error)
{
  KennisReadJob *job = self->job;
  const KennisMapping *mapping = self->map->mapping;
  g_autoptr (KennisCalendar) floating = mapping->zone != NULL
                                            ? kennis_calendar_new (mapping->zone, error)
                                            : kennis_calendar_ref (kennis_dataset_get_calendar (job->dataset));
  gboolean ok;

  if (floating == NULL)
    return FALSE;
  set_window (self);
  kennis_ical_zones_init (&self->zones, floating);
  kennis_ical_known_init (&self->known, job->reader->calendars);
  kennis_ical_taker_init (&self->taker, job, self->map);
  self->occurrences = g_array_new (FALSE, FALSE, sizeof (KennisIcalOccurrence));
  ok = look_through (self, error) && kennis_read_job_coverage (job, mapping, (KennisPlace) { 1, 1 }, error)
       && read_events (self, error);
  g_array_unref (self->occurrences);
  kennis_ical_taker_clear (&self->taker);
  kennis_ical_known_clear (&self->known);
  kennis_ical_zones_clear (&self->zones);

  return ok;
}

/* For all sources together: which versions of which events it has. */
static gboolean
look_only (IcalRead *self, GError **error)
{
  KennisReader *reader = self->job->reader;
  const KennisMapping *mapping = reader->mapping;
  const char *zone =
      mapping != NULL && mapping->is_calendar && mapping->zone != NULL ? mapping->zone : reader->time_zone;
  g_autoptr (KennisCalendar) floating = kennis_calendar_new (zone, error);
  gboolean ok;

  if (floating == NULL)
    return FALSE;
  kennis_ical_zones_init (&self->zones, floating);
  kennis_ical_known_init (&self->known, NULL);
  ok = look_through (self, error);
  kennis_ical_versions_add (reader->calendars, &self->known);
  kennis_ical_known_clear (&self->known);
  kennis_ical_zones_clear (&self->zones);

  return ok;
}

/* All of a stream that cannot be read again, in memory. */
static GBytes *
take_stream (KennisReadJob *job, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (KENNIS_CSV_CHUNK);
  gssize n;

  while ((n = kennis_bytes_read (job->bytes, chunk, KENNIS_CSV_CHUNK, job->cancellable, error)) > 0)
    {
      if ((gsize) n > KENNIS_ICAL_MAX_STREAM - all->len)
        {
          kennis_read_job_break (job, (KennisPlace) { 1, 1 }, _("the calendar is too long for a stream"),
                                 _("a file, or at most 256 MiB"), error);
          return NULL;
        }
      g_byte_array_append (all, chunk, (guint) n);
    }

  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static gboolean
read_stream (IcalRead *self, GError **error)
{
  KennisReadJob *job = self->job;
  KennisBytes *bytes = job->bytes, copy;
  g_autoptr (GBytes) all = take_stream (job, error);
  g_autoptr (GInputStream) stream = all != NULL ? g_memory_input_stream_new_from_bytes (all) : NULL;
  gboolean ok;

  if (all == NULL)
    return FALSE;
  ok = kennis_bytes_init (&copy, stream, g_bytes_get_size (all), job->cancellable, error);
  if (ok)
    {
      copy.problem = bytes->problem;
      job->bytes = &copy;
      ok = read_twice (self, error);
      job->bytes = bytes;
    }
  kennis_bytes_clear (&copy);

  return ok;
}

gboolean
kennis_ical_read (KennisReadJob *job,
                  GError       **error)
{
  KennisDataset *dataset = job->dataset;
  KennisReader *reader = job->reader;
  IcalRead self = { .job = job };
  g_autoptr (KennisMapping) mapping = NULL;
  g_autoptr (KennisIcalMap) map = NULL;

  /* It declares nobody and nothing. */
  if (reader->only_reference)
    return reader->calendars == NULL || look_only (&self, error);
  if (reader->mapping != NULL && reader->mapping->is_calendar)
    g_set_object (&mapping, reader->mapping);
  else
    mapping = kennis_mapping_find ("calendar", error);
  if (mapping == NULL || (map = kennis_ical_map_new (mapping, error)) == NULL)
    return FALSE;
  self.map = map;
  if (!kennis_read_job_header (job, dataset != NULL ? kennis_dataset_get_time_zone (dataset) : reader->time_zone,
                               dataset != NULL ? kennis_dataset_get_currency (dataset) : reader->currency, error))
    return FALSE;
  g_free (reader->story->mapping);
  reader->story->mapping = g_strdup (kennis_mapping_get_id (mapping));

  return kennis_bytes_can_rewind (job->bytes) ? read_twice (&self, error) : read_stream (&self, error);
}
