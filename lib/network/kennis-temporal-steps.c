#include "config.h"

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "network/kennis-temporal-private.h"

/* Makes the steps of a search for all sources at once.  Which rows are joined, and when, does not hang on the sources. */

void
kennis_steps_free (KennisSteps *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->steps);
  g_free (self);
}

/* Nobody passes on at this time what they hear at this time: who does both gives from a copy of what they knew before. */
static void
add_strict (KennisSteps        *self,
            const KennisEvents *events,
            KennisInstant      *instant,
            gsize               first,
            gsize               end)
{
  guint32 row = self->n_people;

  for (guint l = 0; l < instant->people->len && !kennis_pace_is_over (instant->pace); l++)
    {
      KennisLocal *person = &g_array_index (instant->people, KennisLocal, l);

      person->row = person->person;
      if (!person->gives || !person->takes)
        continue;
      person->row = row++;
      kennis_steps_add (self, person->person | KENNIS_STEP_COPY, person->row);
    }
  self->n_rows = MAX (self->n_rows, row);
  for (gsize i = first; i < end && !kennis_pace_is_over (instant->pace); i++)
    if (!kennis_events_again (events, i, first))
      kennis_steps_add (self, kennis_instant_of (instant, events->from[i])->row, events->to[i]);
}

/* All that one component knows, to everyone in it. */
static void
join_component (KennisSteps         *self,
                const KennisInstant *instant,
                guint                from,
                guint                until)
{
  const guint32 *order = (const guint32 *) (gconstpointer) instant->order->data;
  guint32 whole = g_array_index (instant->people, KennisLocal, order[from]).person;

  for (guint i = from + 1; i < until && !kennis_pace_is_over (instant->pace); i++)
    kennis_steps_add (self, g_array_index (instant->people, KennisLocal, order[i]).person, whole);
  for (guint i = from + 1; i < until && !kennis_pace_is_over (instant->pace); i++)
    kennis_steps_add (self, whole, g_array_index (instant->people, KennisLocal, order[i]).person);
}

static void
add_chains (KennisSteps        *self,
            const KennisEvents *events,
            KennisInstant      *instant,
            gsize               first)
{
  const guint32 *order;
  guint until;

  kennis_instant_sort (instant, events, first);
  if (instant->pace->is_over)
    return;
  order = (const guint32 *) (gconstpointer) instant->order->data;
  for (guint from = 0; from < instant->order->len; from = until)
    {
      guint32 component = g_array_index (instant->people, KennisLocal, order[from]).component;

      for (until = from + 1; until < instant->order->len; until++)
        if (g_array_index (instant->people, KennisLocal, order[until]).component != component)
          break;
      join_component (self, instant, from, until);
      for (guint i = from; i < until; i++)
        {
          const KennisLocal *person = &g_array_index (instant->people, KennisLocal, order[i]);

          for (gsize e = first + person->first; e < first + person->past && !kennis_pace_is_over (instant->pace); e++)
            if (!kennis_events_again (events, e, first)
                && kennis_instant_of (instant, events->to[e])->component != component)
              kennis_steps_add (self, person->person, events->to[e]);
        }
    }
}

static void
add_all (KennisSteps        *self,
         const KennisEvents *events,
         KennisTimeOrder     order,
         KennisInstant      *instant)
{
  gsize end;

  for (gsize i = 0; i < events->n && !instant->pace->is_over; i = end)
    {
      end = kennis_events_end (events, i);
      if (end - i > 1 && kennis_instant_begin (instant, events, i, end))
        {
          if (order == KENNIS_TIME_ORDER_STRICT)
            add_strict (self, events, instant, i, end);
          else
            add_chains (self, events, instant, i);
          continue;
        }
      for (gsize e = i; e < end && !kennis_pace_is_over (instant->pace); e++)
        if (!kennis_events_again (events, e, i))
          kennis_steps_add (self, events->from[e], events->to[e]);
    }
}

KennisSteps *
kennis_steps_new (const KennisEvents *events,
                  KennisTimeOrder     order,
                  gint64              max_wait,
                  GCancellable       *cancellable,
                  GError            **error)
{
  g_autoptr (KennisSteps) self = g_new0 (KennisSteps, 1);
  KennisPace pace = { .cancellable = cancellable };
  KennisInstant instant;

  self->steps = g_array_new (FALSE, FALSE, sizeof (KennisStep));
  self->n_people = self->n_rows = events->n_people;
  if (max_wait >= 0)
    return kennis_steps_wait (self, events, order, max_wait, cancellable, error) ? g_steal_pointer (&self) : NULL;
  kennis_instant_init (&instant, events->n_people, &pace);
  add_all (self, events, order, &instant);
  kennis_instant_clear (&instant);
  return kennis_pace_finish (&pace, error) ? g_steal_pointer (&self) : NULL;
}
