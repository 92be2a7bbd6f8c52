#include "config.h"

#include <stdio.h>
#include <string.h>
#include "base/kennis-i18n-private.h"
#include <kennis/kennis-error.h>

#include "base/kennis-calendar-private.h"

/* Days and dates after Neri & Schneider (2023), "Euclidean affine functions and their application to
 * calendar algorithms": a computational year begins in March, and 82 cycles of 400 years keep it positive. */
#define CYCLES     82u
#define SHIFT_DAY  (719468u + 146097u * CYCLES)
#define SHIFT_YEAR (400 * (int) CYCLES)

/* What is known of a zone beyond this year is its yearly rule only: see later_year(). */
#define TABLE_END_YEAR  2200
#define RULES_YEAR      2038

/* Times of 1970 to 2200 find their interval through an index of 12-day buckets. */
#define BUCKET_SHIFT 30

/* Times of 1970 to 2110 find their day through an index of buckets of 18 hours: in one of these at most one day begins. */
#define DAY_SHIFT   26
#define N_DAY_SPANS 65536u
#define DAY_NEVER   (1u << DAY_SHIFT)

typedef struct
{
  gint32  day;       /* in which the bucket begins; NO_DAY: look elsewhere */
  guint32 next;      /* ms into the bucket at which the next day begins, or DAY_NEVER */
} DaySpan;

#define NO_DAY G_MININT32

struct _KennisCalendar
{
  gatomicrefcount refs;
  char    *id;
  guint    n;
  gint64  *start;      /* start[0] is before all times; start[n] after all */
  gint32  *offset;     /* ms east of Greenwich in start[i] … start[i + 1] */
  guint16 *bucket;     /* the interval in which a bucket begins */
  guint64  n_buckets;
  gint64   end;        /* where the table ends and the rule begins */
  DaySpan *days;       /* N_DAY_SPANS, and one that knows nothing */
};

static inline gint64
floor_div (gint64 a, gint64 b)
{
  return (a - (a < 0 ? b - 1 : 0)) / b;
}

/* Year and month that begin in March: month 3 … 14, 13 and 14 being January and February of year + 1. */
static inline void
split_day (gint32 day, int *year, int *month, int *day_of_month)
{
  guint32 n1 = 4 * ((guint32) day + SHIFT_DAY) + 3;
  guint32 century = n1 / 146097;
  guint64 p2 = G_GUINT64_CONSTANT (2939745) * (4 * (n1 % 146097 / 4) + 3);
  guint32 day_of_year = (guint32) p2 / 2939745 / 4;
  guint32 n3 = 2141 * day_of_year + 197913;

  *year = (int) (100 * century + (guint32) (p2 >> 32)) - SHIFT_YEAR;
  *month = (int) (n3 >> 16);
  *day_of_month = (int) ((n3 & 0xffff) / 2141) + 1;
}

gint32
kennis_day_from_date (int year, int month, int day)
{
  guint32 late = month <= 2;
  guint32 y = (guint32) (year + SHIFT_YEAR) - late;
  guint32 m = late ? (guint32) month + 12 : (guint32) month;
  guint32 century = y / 100;
  guint32 days = 1461 * y / 4 - century + century / 4 + (979 * m - 2919) / 32 + (guint32) day - 1;

  return (gint32) (days - SHIFT_DAY);
}

void
kennis_day_to_date (gint32 day, int *year, int *month, int *day_of_month)
{
  split_day (day, year, month, day_of_month);
  if (*month > 12)
    {
      *month -= 12;
      *year += 1;
    }
}

gboolean
kennis_date_is_valid (int year, int month, int day)
{
  static const guint8 length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
    return FALSE;
  if (month == 2 && day == 29)
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= length[month - 1];
}

gint32
kennis_month_of_day (gint32 day)
{
  int year, month, day_of_month;

  split_day (day, &year, &month, &day_of_month);
  return 12 * (year - 1970) + month - 1;
}

gint32
kennis_month_first_day (gint32 month)
{
  int year = (int) floor_div (month, 12);

  return kennis_day_from_date (1970 + year, month - 12 * year + 1, 1);
}

int
kennis_day_of_week (gint32 day)
{
  gint32 r = (day + 3) % 7; /* 1970-01-01 was a Thursday */

  return (r < 0 ? r + 7 : r) + 1;
}

/* A file beside the zones that is no zone makes GLib complain to the terminal, so it never comes that far. */
static gboolean
names_another_file (const char *tz)
{
  const char *folder = g_getenv ("TZDIR");
  g_autofree char *path = g_build_filename (folder != NULL ? folder : "/usr/share/zoneinfo", tz, NULL);
  char magic[4];

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  FILE *file = fopen (path, "rbe");
  if (file == NULL)
    return TRUE;
  gboolean zone = fread (magic, 1, sizeof magic, file) == sizeof magic && memcmp (magic, "TZif", 4) == 0;
  fclose (file);
  return !zone;
}

static gboolean
is_plausible (const char *tz)
{
  gsize length = strlen (tz);

  if (length == 0 || length > 100 || tz[0] == '/' || tz[0] == '.' || strstr (tz, "..") != NULL
      || g_str_has_prefix (tz, "right/")) /* counts leap seconds, Unix time does not */
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (tz[i]) && strchr ("/_+-:,.<>", tz[i]) == NULL)
      return FALSE;
  return !names_another_file (tz);
}

/* The first second after `from` in which the zone's interval is no longer `interval`; `to` where there is none before. */
static gint64
find_transition (GTimeZone *zone, int interval, gint64 from, gint64 to)
{
  gint64 step = 64 * 86400;
  gint64 low = from, high = from + step;

  for (; high < to && g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, high) == interval; high += step)
    {
      low = high;
      step = MIN (2 * step, 10000 * (gint64) 86400);
    }
  if (high >= to)
    {
      high = to;
      if (g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, to) == interval)
        return to;
    }
  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, middle) == interval)
        low = middle;
      else
        high = middle;
    }
  return high;
}

/* GLib 2.74 misreads yearly rules whose daylight saving time is negative (Europe/Dublin, from 2038 on, where the
 * file's own list ends): the offset of one season is one that the zone never had, and as that season ends by its own
 * clock it ends too early.  The season a year before has the right offset. */
static void
repair_rules (GArray *starts, GArray *offsets)
{
  gint64 *start = (gint64 *) starts->data;
  gint32 *offset = (gint32 *) offsets->data;
  gint64 rules = kennis_day_from_date (RULES_YEAR, 1, 1) * KENNIS_MS_PER_DAY;
  gboolean repaired = FALSE;

  for (guint i = 4; i < starts->len; i++)
    {
      gint32 wrong = offset[i];

      if (start[i] < rules || wrong == offset[i - 1] || wrong == offset[i - 2] || wrong == offset[i - 3]
          || wrong == offset[i - 4] || start[i] - start[i - 2] > 400 * KENNIS_MS_PER_DAY)
        continue;
      offset[i] = offset[i - 2];
      if (i + 1 < starts->len)
        start[i + 1] += wrong - offset[i];
      if (!repaired && start[i - 1] >= rules)
        start[i - 1] += wrong - offset[i];
      repaired = TRUE;
    }
}

static void
build_table (KennisCalendar *self, GTimeZone *zone)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gint32));
  gint64 end = kennis_day_from_date (TABLE_END_YEAR + 1, 1, 2) * (KENNIS_MS_PER_DAY / 1000);
  gint64 time = KENNIS_TIME_MIN / 1000 - 86400;
  gint64 from = G_MININT64;

  while (time < end && starts->len < G_MAXUINT16)
    {
      int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time);
      gint32 offset = g_time_zone_get_offset (zone, interval) * 1000;

      /* Where only the abbreviation changes there is nothing to know. */
      if (offsets->len == 0 || offset != g_array_index (offsets, gint32, offsets->len - 1))
        {
          g_array_append_val (starts, from);
          g_array_append_val (offsets, offset);
        }
      time = find_transition (zone, interval, time, end);
      from = time * 1000;
    }
  repair_rules (starts, offsets);
  from = G_MAXINT64;
  g_array_append_val (starts, from);
  self->n = offsets->len;
  self->start = g_array_steal (starts, NULL);
  self->offset = g_array_steal (offsets, NULL);
  self->end = kennis_day_from_date (TABLE_END_YEAR + 1, 1, 1) * KENNIS_MS_PER_DAY;
}

static void
build_buckets (KennisCalendar *self)
{
  guint interval = 0;

  self->n_buckets = ((guint64) self->end >> BUCKET_SHIFT) + 1;
  self->bucket = g_new (guint16, self->n_buckets);
  for (guint64 i = 0; i < self->n_buckets; i++)
    {
      while (self->start[interval + 1] <= (gint64) (i << BUCKET_SHIFT))
        interval++;
      self->bucket[i] = (guint16) interval;
    }
}

static void
build_days (KennisCalendar *self)
{
  guint interval = 0;

  self->days = g_new (DaySpan, N_DAY_SPANS + 1);
  for (guint64 i = 0; i < N_DAY_SPANS; i++)
    {
      gint64 begin = (gint64) (i << DAY_SHIFT), next;

      while (self->start[interval + 1] <= begin)
        interval++;
      self->days[i].day = (gint32) floor_div (begin + self->offset[interval], KENNIS_MS_PER_DAY);
      next = (self->days[i].day + 1) * KENNIS_MS_PER_DAY - self->offset[interval] - begin;
      self->days[i].next = (guint32) MIN (next, DAY_NEVER);
      /* Where clocks jump, days may begin twice or never. */
      if (self->start[interval + 1] < begin + DAY_NEVER)
        self->days[i].day = NO_DAY;
    }
  self->days[N_DAY_SPANS].day = NO_DAY;
}

KennisCalendar *
kennis_calendar_new (const char *tz, GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;

  g_return_val_if_fail (tz != NULL, NULL);

  if (is_plausible (tz))
    zone = g_time_zone_new_identifier (tz);
  if (zone == NULL)
    {
      /* Cut first: a cut may go through a character. */
      g_autofree char *shown = g_utf8_make_valid (tz, (gssize) strnlen (tz, 100));

      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("“%s” is not a known time zone: write one like “Europe/Amsterdam”, “UTC” or “+01:00”"), shown);
      return NULL;
    }

  KennisCalendar *self = g_new0 (KennisCalendar, 1);
  g_atomic_ref_count_init (&self->refs);
  self->id = g_strdup (tz);
  build_table (self, zone);
  build_buckets (self);
  build_days (self);
  return self;
}

KennisCalendar *
kennis_calendar_ref (KennisCalendar *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kennis_calendar_unref (KennisCalendar *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->id);
  g_free (self->start);
  g_free (self->offset);
  g_free (self->bucket);
  g_free (self->days);
  g_free (self);
}

const char *
kennis_calendar_get_id (const KennisCalendar *self)
{
  return self->id;
}

static guint
search_interval (const KennisCalendar *self, gint64 time)
{
  guint low = 0, high = self->n;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (self->start[middle] <= time)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* A year of the table's last 28 that begins on the same day of the week and is as long.  Yearly rules ("last
 * Sunday of March") fall on the same dates in both. */
static int
later_year (int year)
{
  gint32 first = kennis_day_from_date (year, 1, 1);
  gint32 length = kennis_day_from_date (year + 1, 1, 1) - first;

  for (int y = TABLE_END_YEAR - 28; y < TABLE_END_YEAR; y++)
    {
      gint32 begins = kennis_day_from_date (y, 1, 1);

      if (kennis_day_of_week (begins) == kennis_day_of_week (first)
          && kennis_day_from_date (y + 1, 1, 1) - begins == length)
        return y;
    }
  g_return_val_if_reached (TABLE_END_YEAR - 1);
}

/* How much earlier than `day`, which is after the table, the day lies whose offsets it takes: 0 within the table. */
static gint64
shift_to_table (gint64 day)
{
  int year, month, day_of_month;

  kennis_day_to_date ((gint32) CLAMP (day, -800000, 3000000), &year, &month, &day_of_month);
  if (year <= TABLE_END_YEAR)
    return 0;
  return (kennis_day_from_date (year, 1, 1) - kennis_day_from_date (later_year (year), 1, 1)) * KENNIS_MS_PER_DAY;
}

static gint32
offset_outside (const KennisCalendar *self, gint64 time)
{
  if (time >= self->end)
    time -= shift_to_table (time / KENNIS_MS_PER_DAY);
  return self->offset[search_interval (self, time)];
}

static inline gint32
offset_at (const KennisCalendar *self, gint64 time)
{
  if (G_LIKELY ((guint64) time < (guint64) self->end))
    {
      guint i = self->bucket[(guint64) time >> BUCKET_SHIFT];

      while (G_UNLIKELY (time >= self->start[i + 1]))
        i++;
      return self->offset[i];
    }
  return offset_outside (self, time);
}

gint32
kennis_calendar_day (const KennisCalendar *self, gint64 time)
{
  return (gint32) floor_div (time + offset_at (self, time), KENNIS_MS_PER_DAY);
}

void
kennis_calendar_days (const KennisCalendar *self, const gint64 *times, gsize n, gint32 *days)
{
  const DaySpan *spans = self->days;

  for (gsize i = 0; i < n; i++)
    {
      guint64 number = (guint64) times[i] >> DAY_SHIFT;
      const DaySpan *span = &spans[MIN (number, N_DAY_SPANS)];

      if (G_UNLIKELY (span->day == NO_DAY))
        days[i] = kennis_calendar_day (self, times[i]);
      else
        days[i] = span->day + (((guint32) times[i] & (DAY_NEVER - 1)) >= span->next);
    }
}

gint32
kennis_calendar_month (const KennisCalendar *self, gint64 time)
{
  return kennis_month_of_day (kennis_calendar_day (self, time));
}

/* The first instant at which clocks show `local`; where they skip it, the first instant after the gap (`after_gap`)
 * or as long after the gap's begin as `local` is. */
static gint64
from_local (const KennisCalendar *self, gint64 local, gboolean after_gap)
{
  gint64 shift = shift_to_table (floor_div (local, KENNIS_MS_PER_DAY));
  gint64 wanted = local - shift;
  guint i = search_interval (self, wanted - 2 * KENNIS_MS_PER_DAY);

  while (wanted - self->offset[i] >= self->start[i + 1])
    {
      i++;
      if (wanted - self->offset[i] < self->start[i])
        return (after_gap ? self->start[i] : wanted - self->offset[i - 1]) + shift;
    }
  return wanted - self->offset[i] + shift;
}

gint64
kennis_calendar_day_start (const KennisCalendar *self, gint32 day)
{
  return from_local (self, day * KENNIS_MS_PER_DAY, TRUE);
}

gint64
kennis_calendar_month_start (const KennisCalendar *self, gint32 month)
{
  return kennis_calendar_day_start (self, kennis_month_first_day (month));
}

gint64
kennis_calendar_local (const KennisCalendar *self, int year, int month, int day,
                       int hour, int minute, int second, int ms)
{
  gint64 seconds = (hour * 60 + minute) * (gint64) 60 + second;

  return from_local (self, kennis_day_from_date (year, month, day) * KENNIS_MS_PER_DAY + seconds * 1000 + ms, FALSE);
}
