#pragma once

#include <glib.h>

/* Days, months and moments.  A time is a gint64 of Unix milliseconds; a day is the number of days since
 * 1970-01-01; a month is 12 × (year − 1970) + month − 1.  Times from year 1 to 9999. */
#define KENNIS_MS_PER_DAY  G_GINT64_CONSTANT (86400000)
#define KENNIS_MS_PER_HOUR G_GINT64_CONSTANT (3600000)
#define KENNIS_TIME_MIN    G_GINT64_CONSTANT (-62135596800000)   /* 0001-01-01T00:00:00Z */
#define KENNIS_TIME_MAX    G_GINT64_CONSTANT (253402300799999)   /* 9999-12-31T23:59:59.999Z */

gint32 kennis_day_from_date   (int year, int month, int day);    /* no check */
void   kennis_day_to_date     (gint32 day, int *year, int *month, int *day_of_month);
gboolean kennis_date_is_valid (int year, int month, int day);
gint32 kennis_month_of_day    (gint32 day);
gint32 kennis_month_first_day (gint32 month);
int    kennis_day_of_week     (gint32 day);                      /* 1 Monday … 7 Sunday */

/* A time zone turned into a table, so that binning is a look-up and needs no lock.  Immutable, ref-counted; made
 * (in some ms) from a tz identifier ("Europe/Amsterdam", "UTC", "+01:00").
 *
 * The table holds every change of offset that GTimeZone knows up to the end of the year 2200; before the zone's first
 * change its local mean time applies.  A year after 2200 takes the offsets of that year of 2172 … 2199 which begins on
 * the same day of the week and is as long, which is exact as long as the zone's yearly rule holds. */
typedef struct _KennisCalendar KennisCalendar;
KennisCalendar *kennis_calendar_new   (const char *tz, GError **error);  /* unknown zone: KENNIS_ERROR_INVALID */
KennisCalendar *kennis_calendar_ref   (KennisCalendar *self);
void            kennis_calendar_unref (KennisCalendar *self);
const char     *kennis_calendar_get_id(const KennisCalendar *self);
gint32          kennis_calendar_day   (const KennisCalendar *self, gint64 time);   /* local day */
/* Days of many times; of those from 1970 to 2110 in some instructions each. */
void            kennis_calendar_days  (const KennisCalendar *self, const gint64 *times, gsize n, gint32 *days);
gint32          kennis_calendar_month (const KennisCalendar *self, gint64 time);   /* local month */
/* The instant at which a local day (month) begins: where midnight does not exist the first instant after it. */
gint64          kennis_calendar_day_start   (const KennisCalendar *self, gint32 day);
gint64          kennis_calendar_month_start (const KennisCalendar *self, gint32 month);
/* The first instant at which clocks in the zone show this; a time that clocks skip is counted on from before the gap
 * (02:30 in a spring gap of an hour is the instant after it by half an hour, shown as 03:30). */
gint64          kennis_calendar_local (const KennisCalendar *self, int year, int month, int day,
                                       int hour, int minute, int second, int ms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisCalendar, kennis_calendar_unref)

/* ISO 8601 text ↔ values.  No locale, no allocation; `length` bytes, which need not end in NUL.
 * On failure they return false and *problem is a translatable static message of what would be accepted.
 * Time: 2024-03-01T09:30[:15[.123]](Z|±hh[:mm]) (basic format too); a date alone or a time without offset is
 * local in `calendar` (NULL: refused).  More than three decimals are cut.  24:00 is accepted, a leap second :60 is :59.999.
 * Decimals follow a point or a comma; the offset may be ±hhmm in either format, up to 23:59. */
gboolean kennis_parse_time     (const char *text, gsize length, const KennisCalendar *calendar,
                                gint64 *time, const char **problem);
/* A duration in ms: PnW, or P[nD][T[nH][nM][nS]] with a fraction (. or ,) in the last part only; at least one part;
 * years and months refused unless year_days (then a month is a twelfth of it, rounded to ms) > 0; never negative.
 * A fraction is rounded to the nearest ms, halves up; its digits after the 18th do not count. */
gboolean kennis_parse_duration (const char *text, gsize length, double year_days,
                                gint64 *duration, const char **problem);
/* Decimal number (optional sign, digits, one '.', no exponent) × 10^scale to an integer, exactly; more decimals than
 * scale are refused unless zero.  kennis_parse_decimal ("12.5", 4) = 125000.  ".5" and "5." are numbers; scale ≤ 18. */
gboolean kennis_parse_decimal  (const char *text, gsize length, guint scale, gint64 *value, const char **problem);
/* Decimal hours ("1.5") to ms, rounded to the nearest, halves up; never negative. */
gboolean kennis_parse_hours    (const char *text, gsize length, gint64 *duration, const char **problem);

/* The canonical text, with NUL, into a buffer of at least 40 bytes: "2024-03-01T09:30:15.123Z" (no decimals where 0),
 * "PT1H30M" / "PT12.345S" (P0D is "PT0S"; hours without bound, no days), and decimals without trailing zeros ("12.5").
 * Decimals of a time are three or none.  A time or day outside years 1 … 9999 gives "" and 0. */
gsize    kennis_format_time     (gint64 time, char *buffer);
gsize    kennis_format_duration (gint64 duration, char *buffer);
gsize    kennis_format_decimal  (gint64 value, guint scale, char *buffer);
gsize    kennis_format_date     (gint32 day, char *buffer);          /* 2024-03-01 */
