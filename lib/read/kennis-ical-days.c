#include "config.h"

#include "read/kennis-ical-private.h"

#include <libical/ical.h>

#define LAST_YEAR 2210   /* events are before 2200 */

/* One day, and what rules ask of it. */
typedef struct
{
  gint32 day;
  int    year, month, of_month, n_of_month, of_year, n_of_year;
  int    weekday;             /* 1 Sunday … 7 Saturday, as libical counts */
} Day;

static gboolean
is_leap (int year)
{
  return kennis_date_is_valid (year, 2, 29);
}

static Day
day_of (gint32 day)
{
  Day self = { .day = day };

  kennis_day_to_date (day, &self.year, &self.month, &self.of_month);
  self.n_of_month =
      kennis_month_first_day (kennis_month_of_day (day) + 1) - kennis_month_first_day (kennis_month_of_day (day));
  self.of_year = day - kennis_day_from_date (self.year, 1, 1) + 1;
  self.n_of_year = is_leap (self.year) ? 366 : 365;
  self.weekday = kennis_day_of_week (day) % 7 + 1;

  return self;
}

static gboolean
has (const short *list)
{
  return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

/* Place `at` of `n`, also counted from the end. */
static gboolean
names_place (const short *list, guint size, int at, int n)
{
  for (guint i = 0; i < size && list[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
    if (list[i] == at || list[i] == at - n - 1)
      return TRUE;

  return FALSE;
}

/* Week 1 is the first with four days or more in its year; the week begins on the rule's own day. */
static gint32
first_week (int year, int begins_on)
{
  gint32 first = kennis_day_from_date (year, 1, 1);
  int behind = (kennis_day_of_week (first) % 7 + 1 - begins_on + 7) % 7; /* days of that week before the year */

  return behind <= 3 ? first - behind : first + 7 - behind;
}

static gboolean
is_in_week (const struct icalrecurrencetype *rule, const Day *day)
{
  int begins_on = (int) rule->week_start, year = day->year;

  if (day->day < first_week (year, begins_on))
    year--;
  else if (day->day >= first_week (year + 1, begins_on))
    year++;

  return names_place (rule->by_week_no, ICAL_BY_WEEKNO_SIZE, (day->day - first_week (year, begins_on)) / 7 + 1,
                      (first_week (year + 1, begins_on) - first_week (year, begins_on)) / 7);
}

/* "2MO" is the second Monday of the month or, in a rule by the year without months, of the year. */
static gboolean
is_weekday (const struct icalrecurrencetype *rule, const Day *day)
{
  gboolean in_year = rule->freq == ICAL_YEARLY_RECURRENCE && !has (rule->by_month);
  int at = in_year ? day->of_year : day->of_month, n = in_year ? day->n_of_year : day->n_of_month;
  int from_start = (at - 1) / 7 + 1, from_end = (n - at) / 7 + 1;

  for (guint i = 0; i < ICAL_BY_DAY_SIZE && rule->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
    {
      int place = icalrecurrencetype_day_position (rule->by_day[i]);

      if ((int) icalrecurrencetype_day_day_of_week (rule->by_day[i]) == day->weekday
          && (place == 0 || rule->freq < ICAL_MONTHLY_RECURRENCE || place == from_start || place == -from_end))
        return TRUE;
    }

  return FALSE;
}

/* What a rule does not say is as at the start. */
static gboolean
is_as_start (const struct icalrecurrencetype *rule, const Day *start, const Day *day)
{
  gboolean tells_day = has (rule->by_day) || has (rule->by_month_day) || has (rule->by_year_day);

  if (tells_day)
    return TRUE;
  if (has (rule->by_week_no) && rule->freq == ICAL_YEARLY_RECURRENCE)
    return day->weekday == start->weekday;
  switch (rule->freq)
    {
    case ICAL_YEARLY_RECURRENCE:
      return day->of_month == start->of_month && (has (rule->by_month) || day->month == start->month);
    case ICAL_MONTHLY_RECURRENCE:
      return day->of_month == start->of_month;
    case ICAL_WEEKLY_RECURRENCE:
      return day->weekday == start->weekday;
    default:
      return TRUE;
    }
}

static gboolean
passes (const struct icalrecurrencetype *rule, const Day *start, const Day *day)
{
  /* Parts that the RFC forbids with a frequency say nothing. */
  return (!has (rule->by_month) || names_place (rule->by_month, ICAL_BY_MONTH_SIZE, day->month, 1000))
         && (!has (rule->by_week_no) || rule->freq != ICAL_YEARLY_RECURRENCE || is_in_week (rule, day))
         && (!has (rule->by_year_day) || (rule->freq != ICAL_YEARLY_RECURRENCE && rule->freq >= ICAL_DAILY_RECURRENCE)
             || names_place (rule->by_year_day, ICAL_BY_YEARDAY_SIZE, day->of_year, day->n_of_year))
         && (!has (rule->by_month_day) || rule->freq == ICAL_WEEKLY_RECURRENCE
             || names_place (rule->by_month_day, ICAL_BY_MONTHDAY_SIZE, day->of_month, day->n_of_month))
         && (!has (rule->by_day) || is_weekday (rule, day)) && is_as_start (rule, start, day);
}

/* Every so many hours, minutes or seconds, on one day. */
static void
add_within_day (KennisIcalRule *self, gint32 day)
{
  const struct icalrecurrencetype *rule = self->rule;
  gint64 unit = rule->freq == ICAL_HOURLY_RECURRENCE ? 3600 : rule->freq == ICAL_MINUTELY_RECURRENCE ? 60 : 1;
  gint64 every = unit * MAX (1, rule->interval), from = day * G_GINT64_CONSTANT (86400);
  gint64 origin = self->start - ((self->start % unit) + unit) % unit, at = MAX (from, origin);

  at = origin + (at - origin + every - 1) / every * every;
  for (; at < from + 86400; at += every)
    {
      gint64 in_unit = ((self->start % unit) + unit) % unit;
      int hour = (int) ((at - from) / 3600), minute = (int) ((at - from) / 60 % 60), second = (int) ((at - from) % 60);
      gboolean by_minute = rule->freq == ICAL_HOURLY_RECURRENCE && has (rule->by_minute);
      gboolean by_second = rule->freq != ICAL_SECONDLY_RECURRENCE && has (rule->by_second);

      self->n_steps++;
      if ((has (rule->by_hour) && !names_place (rule->by_hour, ICAL_BY_HOUR_SIZE, hour, 1000))
          || (rule->freq != ICAL_HOURLY_RECURRENCE && has (rule->by_minute)
              && !names_place (rule->by_minute, ICAL_BY_MINUTE_SIZE, minute, 1000))
          || (rule->freq == ICAL_SECONDLY_RECURRENCE && has (rule->by_second)
              && !names_place (rule->by_second, ICAL_BY_SECOND_SIZE, second, 1000)))
        continue;
      for (int m = by_minute ? 0 : (int) (in_unit / 60); m < (by_minute ? 60 : (int) (in_unit / 60) + 1); m++)
        for (int s = by_second ? 0 : (int) (in_unit % 60); s < (by_second ? 60 : (int) (in_unit % 60) + 1); s++)
          {
            gint64 time = at + m * 60 + s;

            if ((!by_minute || names_place (rule->by_minute, ICAL_BY_MINUTE_SIZE, m, 1000))
                && (!by_second || names_place (rule->by_second, ICAL_BY_SECOND_SIZE, s, 1000)))
              g_array_append_val (self->found, time);
          }
    }
}

static void
add_day (KennisIcalRule *self, const Day *start, gint32 number)
{
  Day day = day_of (number);

  self->n_steps++;
  if (!passes (self->rule, start, &day))
    return;
  if (self->rule->freq < ICAL_DAILY_RECURRENCE)
    add_within_day (self, number);
  for (guint i = 0; i < self->times->len; i++)
    {
      gint64 time = number * G_GINT64_CONSTANT (86400) + g_array_index (self->times, gint32, i);

      g_array_append_val (self->found, time);
    }
}

/* A year is looked at by months: most rules name one. */
static void
add_year (KennisIcalRule *self, const Day *start, int year)
{
  const struct icalrecurrencetype *rule = self->rule;

  for (int month = 1; month <= 12; month++)
    {
      gint32 index = 12 * (year - 1970) + month - 1;

      if (!has (rule->by_month) || names_place (rule->by_month, ICAL_BY_MONTH_SIZE, month, 1000))
        for (gint32 day = kennis_month_first_day (index); day < kennis_month_first_day (index + 1); day++)
          add_day (self, start, day);
    }
}

gboolean
kennis_ical_rule_fill (KennisIcalRule *self,
                       gint32          period,
                       gint32         *first_day)
{
  const struct icalrecurrencetype *rule = self->rule;
  gint32 start_day = (gint32) ((self->start - ((self->start % 86400) + 86400) % 86400) / 86400);
  gint64 steps = (gint64) period * (rule->freq < ICAL_DAILY_RECURRENCE ? 1 : MAX (1, rule->interval)), first, n = 1;
  Day start = day_of (start_day);

  if (rule->freq == ICAL_YEARLY_RECURRENCE)
    {
      if (start.year + steps > LAST_YEAR)
        return FALSE;
      *first_day = kennis_day_from_date (start.year + (int) steps, 1, 1);
      add_year (self, &start, start.year + (int) steps);
      return TRUE;
    }
  if (rule->freq == ICAL_MONTHLY_RECURRENCE)
    {
      gint64 month = kennis_month_of_day (start_day) + steps;

      if (month > 12 * (LAST_YEAR - 1970))
        return FALSE;
      first = kennis_month_first_day ((gint32) month);
      n = kennis_month_first_day ((gint32) month + 1) - first;
    }
  else if (rule->freq == ICAL_WEEKLY_RECURRENCE)
    {
      first = start_day - (start.weekday - (int) rule->week_start + 7) % 7 + 7 * steps;
      n = 7;
    }
  else
    first = start_day + steps;
  if (first > kennis_day_from_date (LAST_YEAR, 12, 31))
    return FALSE;
  *first_day = (gint32) first;
  for (gint32 day = (gint32) first; day < first + n; day++)
    add_day (self, &start, day);

  return TRUE;
}
