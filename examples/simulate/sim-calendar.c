#include "config.h"

#include "simulate/sim-calendar.h"

#define ZONE "Europe/Amsterdam"

static gint64
instant (const SimCalendar *self,
         int                day,
         int                hour)
{
  GDate date = self->first;
  g_autoptr (GDateTime) time = NULL;

  if (day >= 0)
    g_date_add_days (&date, (guint) day);
  else
    g_date_subtract_days (&date, (guint) -day);
  time = g_date_time_new (self->zone, g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date), hour,
                          0, 0);

  return g_date_time_to_unix (time) * 1000;
}

/* Weekends, the turn of the year and two fixed holidays; the others move and would only lengthen this. */
static gboolean
office_day (const SimCalendar *self,
            int                day,
            gboolean           steady)
{
  GDate date = self->first;
  guint month, of_month;

  if (sim_calendar_weekday (self, day) >= 5)
    return FALSE;
  if (steady)
    return TRUE;

  g_date_add_days (&date, (guint) day);
  month = g_date_get_month (&date);
  of_month = g_date_get_day (&date);

  return !((month == 12 && of_month >= 24) || (month == 1 && of_month == 1) || (month == 4 && of_month == 27)
           || (month == 5 && of_month == 5));
}

void
sim_calendar_init (SimCalendar *self,
                   int          year,
                   int          month,
                   guint        months,
                   gboolean     steady)
{
  static const double seasons[12] = { 1.08, 1.10, 1.12, 1.04, 0.98, 1.05, 0.55, 0.50, 1.20, 1.20, 1.23, 0.95 };

  self->zone = g_time_zone_new_identifier (ZONE);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_utc ();
  self->months = months;
  self->month_first = g_new (int, months + 1);
  g_date_clear (&self->first, 1);
  g_date_set_dmy (&self->first, 1, (GDateMonth) month, (GDateYear) year);

  for (guint i = 0; i <= months; i++)
    {
      GDate date = self->first;

      g_date_add_months (&date, i);
      self->month_first[i] = g_date_days_between (&self->first, &date);
    }

  self->n_days = self->month_first[months];
  self->midnight = g_new (gint64, self->n_days);
  self->nine = g_new (gint64, self->n_days);
  self->work = g_new (guint8, self->n_days);
  for (int day = 0; day < self->n_days; day++)
    {
      self->midnight[day] = instant (self, day, 0);
      self->nine[day] = instant (self, day, 9);
      self->work[day] = office_day (self, day, steady);
    }
  for (guint i = 0; i < 12; i++)
    self->season[i] = steady ? 1.0 : seasons[i];
}

void
sim_calendar_clear (SimCalendar *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->month_first, g_free);
  g_clear_pointer (&self->midnight, g_free);
  g_clear_pointer (&self->nine, g_free);
  g_clear_pointer (&self->work, g_free);
}

int
sim_calendar_year (const SimCalendar *self,
                   guint              month)
{
  return g_date_get_year (&self->first) + (int) ((g_date_get_month (&self->first) - 1 + month) / 12);
}

guint
sim_calendar_of_year (const SimCalendar *self,
                      guint              month)
{
  return (g_date_get_month (&self->first) - 1 + month) % 12;
}

int
sim_calendar_weekday (const SimCalendar *self,
                      int                day)
{
  int first = (int) g_date_get_weekday (&self->first) - 1;

  return (((first + day) % 7) + 7) % 7;
}

gint64
sim_calendar_office (const SimCalendar *self,
                     int                day,
                     int                minutes)
{
  gint64 nine = day >= 0 && day < self->n_days ? self->nine[day] : instant (self, day, 9);

  return nine + minutes * SIM_MINUTE;
}

gint64
sim_calendar_midnight (const SimCalendar *self,
                       int                day)
{
  return day >= 0 && day < self->n_days ? self->midnight[day] : instant (self, day, 0);
}

gboolean
sim_calendar_is_work (const SimCalendar *self,
                      int                day)
{
  if (day < 0 || day >= self->n_days)
    return sim_calendar_weekday (self, day) < 5;

  return self->work[day];
}

double
sim_calendar_season (const SimCalendar *self,
                     guint              month)
{
  return self->season[sim_calendar_of_year (self, month)];
}

int
sim_calendar_move (const SimCalendar *self,
                   int                day,
                   int                steps)
{
  int by = steps < 0 ? -1 : 1;

  while (steps != 0)
    {
      day += by;
      if (sim_calendar_is_work (self, day))
        steps -= by;
    }

  return day;
}

guint
sim_calendar_month_of (const SimCalendar *self,
                       int                day)
{
  guint month = (guint) CLAMP (day, 0, self->n_days - 1) / 31; /* never too late: months have at most 31 days */

  while (month + 1 < self->months && self->month_first[month + 1] <= day)
    month++;

  return month;
}
