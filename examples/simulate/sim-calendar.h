#pragma once

#include <glib.h>

/* The days of the simulated time.  Day 0 is the first day of the first month; days may be negative. */
typedef struct
{
  GTimeZone *zone;
  GDate      first;          /* day 0 */
  guint      months;
  int        n_days;
  int       *month_first;    /* months + 1: the first day of each month, and the day after the last */
  gint64    *midnight;       /* of the days of the simulation, Unix ms */
  gint64    *nine;           /* 9:00 local */
  guint8    *work;           /* TRUE: an office day */
  double     season[12];     /* by calendar month, mean 1 */
} SimCalendar;

#define SIM_MINUTE G_GINT64_CONSTANT (60000)
#define SIM_DAY    G_GINT64_CONSTANT (86400000)

/* steady: every weekday is an office day and every month is alike. */
void   sim_calendar_init       (SimCalendar *self, int year, int month, guint months, gboolean steady);
void   sim_calendar_clear      (SimCalendar *self);
int    sim_calendar_year       (const SimCalendar *self, guint month);
guint  sim_calendar_of_year    (const SimCalendar *self, guint month);     /* 0 January … 11 December */
int    sim_calendar_weekday    (const SimCalendar *self, int day);         /* 0 Monday … 6 Sunday */
/* The instant of a local day at so many minutes after 9:00 (or after midnight). */
gint64 sim_calendar_office     (const SimCalendar *self, int day, int minutes);
gint64 sim_calendar_midnight   (const SimCalendar *self, int day);
gboolean sim_calendar_is_work  (const SimCalendar *self, int day);
double sim_calendar_season     (const SimCalendar *self, guint month);
/* The day so many office days before (steps < 0) or after another one. */
int    sim_calendar_move       (const SimCalendar *self, int day, int steps);
guint  sim_calendar_month_of   (const SimCalendar *self, int day);         /* days of the simulation only */
