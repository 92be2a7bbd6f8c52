#include "config.h"

#include "read/kennis-ical-private.h"

#include <libical/ical.h>

/* RFC 5545, 3.3.10: a rule as a filter of the days of one period after another.  libical's iterator looks for a next one up
 * to the year 2582 in one call (February 30 every hour: 11 s), and some of its searches never end. */

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const gint32 *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

static gboolean
has (const short *list)
{
  return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

/* The times of the day that the rule has, or that of the start. */
static void
make_times (KennisIcalRule *self)
{
  const struct icalrecurrencetype *rule = self->rule;
  gint32 of_day = (gint32) (((self->start % 86400) + 86400) % 86400);
  short hour[] = { (short) (of_day / 3600), ICAL_RECURRENCE_ARRAY_MAX },
        minute[] = { (short) (of_day / 60 % 60), ICAL_RECURRENCE_ARRAY_MAX },
        second[] = { (short) (of_day % 60), ICAL_RECURRENCE_ARRAY_MAX };
  const short *hours = has (rule->by_hour) ? rule->by_hour : hour;
  const short *minutes = has (rule->by_minute) ? rule->by_minute : minute;
  const short *seconds = has (rule->by_second) ? rule->by_second : second;

  for (guint h = 0; h < ICAL_BY_HOUR_SIZE && hours[h] != ICAL_RECURRENCE_ARRAY_MAX; h++)
    for (guint m = 0; m < ICAL_BY_MINUTE_SIZE && minutes[m] != ICAL_RECURRENCE_ARRAY_MAX; m++)
      for (guint s = 0; s < ICAL_BY_SECOND_SIZE && seconds[s] != ICAL_RECURRENCE_ARRAY_MAX; s++)
        {
          gint32 time = hours[h] * 3600 + minutes[m] * 60 + MIN (seconds[s], 59);

          g_array_append_val (self->times, time);
        }
  g_array_sort (self->times, compare_times);
}

void
kennis_ical_rule_init (KennisIcalRule                  *self,
                       const struct icalrecurrencetype *rule,
                       gint64                           start,
                       gint64                           until,
                       GCancellable                    *cancellable)
{
  *self = (KennisIcalRule) { .rule = rule, .start = start, .until = until, .cancellable = cancellable };
  self->found = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->times = g_array_new (FALSE, FALSE, sizeof (gint32));
  if (rule->freq >= ICAL_DAILY_RECURRENCE)
    make_times (self);
}

void
kennis_ical_rule_clear (KennisIcalRule *self)
{
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->times, g_array_unref);
}

/* BYSETPOS: which of a period's there are. */
static void
choose (KennisIcalRule *self)
{
  const short *places = self->rule->by_set_pos;
  gint64 n = self->found->len;
  g_autoptr (GArray) chosen = NULL;

  if (!has (places) || n == 0)
    return;
  chosen = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (gint64 i = 0; i < n; i++)
    for (guint p = 0; p < ICAL_BY_SETPOS_SIZE && places[p] != ICAL_RECURRENCE_ARRAY_MAX; p++)
      if (places[p] == i + 1 || places[p] == i - n)
        {
          g_array_append_val (chosen, g_array_index (self->found, gint64, i));
          break;
        }
  g_array_set_size (self->found, 0);
  g_array_append_vals (self->found, chosen->data, chosen->len);
}

gboolean
kennis_ical_rule_next (KennisIcalRule *self,
                       gint64         *local)
{
  gint32 first_day;

  if (self->rule->count > 0 && self->n_given >= (guint64) self->rule->count)
    return FALSE;
  for (;;)
    {
      while (self->at < self->found->len)
        {
          *local = g_array_index (self->found, gint64, self->at++);
          if (*local < self->start)
            continue;
          self->n_given++;
          return *local <= self->until;
        }
      if (self->n_steps > KENNIS_ICAL_MAX_STEPS || g_cancellable_is_cancelled (self->cancellable))
        {
          self->is_exhausted = self->n_steps > KENNIS_ICAL_MAX_STEPS;
          return FALSE;
        }
      self->at = 0;
      g_array_set_size (self->found, 0);
      if (!kennis_ical_rule_fill (self, self->period++, &first_day)
          || first_day * G_GINT64_CONSTANT (86400) > self->until)
        return FALSE;
      choose (self);
    }
}
