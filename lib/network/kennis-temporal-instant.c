#include "config.h"

#include "network/kennis-temporal-private.h"

/* What happens at one time, where what is heard may be passed on at once: strongly connected components by Tarjan (1972),
 * without recursion, since a chain may be as long as there are people. */

void
kennis_instant_init (KennisInstant *self,
                     guint32        n_people,
                     KennisPace    *pace)
{
  self->pace = pace;
  self->local = g_new0 (guint32, (gsize) n_people + 1);
  self->people = g_array_new (FALSE, FALSE, sizeof (KennisLocal));
  self->order = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->stack = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->calls = g_array_new (FALSE, FALSE, sizeof (guint32));
}

void
kennis_instant_clear (KennisInstant *self)
{
  g_free (self->local);
  g_array_unref (self->people);
  g_array_unref (self->order);
  g_array_unref (self->stack);
  g_array_unref (self->calls);
}

static KennisLocal *
find_local (KennisInstant *self,
            guint32        person)
{
  if (self->local[person] == 0)
    {
      KennisLocal fresh = { .person = person };

      g_array_append_val (self->people, fresh);
      self->local[person] = self->people->len;
    }
  return kennis_instant_of (self, person);
}

gboolean
kennis_instant_begin (KennisInstant      *self,
                      const KennisEvents *events,
                      gsize               first,
                      gsize               end)
{
  gboolean both = FALSE;

  for (guint i = 0; i < self->people->len && !kennis_pace_is_over (self->pace); i++)
    self->local[g_array_index (self->people, KennisLocal, i).person] = 0;
  g_array_set_size (self->people, 0);
  for (gsize i = first; i < end && !kennis_pace_is_over (self->pace); i++)
    {
      KennisLocal *giver = find_local (self, events->from[i]), *receiver;

      if (!giver->gives)
        giver->first = (guint32) (i - first);
      giver->gives = TRUE;
      giver->past = (guint32) (i - first) + 1;
      both |= giver->takes;
      receiver = find_local (self, events->to[i]);
      receiver->takes = TRUE;
      both |= receiver->gives;
    }
  return both;
}

/* The component of which l is the first that was found is complete: all that is above it on the stack. */
static void
close_component (KennisInstant *self,
                 guint32        l,
                 guint32        number)
{
  for (;;)
    {
      guint32 other = g_array_index (self->stack, guint32, self->stack->len - 1);
      KennisLocal *person = &g_array_index (self->people, KennisLocal, other);

      g_array_set_size (self->stack, self->stack->len - 1);
      person->is_on_stack = FALSE;
      person->component = number;
      g_array_append_val (self->order, other);
      if (other == l)
        return;
    }
}

static void
enter (KennisInstant *self,
       guint32        l,
       guint32       *n)
{
  KennisLocal *person = &g_array_index (self->people, KennisLocal, l);

  person->index = person->low = ++*n;
  person->next = person->first;
  person->is_on_stack = TRUE;
  g_array_append_val (self->stack, l);
  g_array_append_val (self->calls, l);
}

static void
search (KennisInstant      *self,
        const KennisEvents *events,
        gsize               begin,
        guint32             root,
        guint32            *n,
        guint32            *n_components)
{
  enter (self, root, n);
  while (self->calls->len > 0 && !kennis_pace_is_over (self->pace))
    {
      guint32 l = g_array_index (self->calls, guint32, self->calls->len - 1);
      KennisLocal *person = &g_array_index (self->people, KennisLocal, l);

      if (person->next < person->past)
        {
          guint32 next = self->local[events->to[begin + person->next++]] - 1;
          KennisLocal *other = &g_array_index (self->people, KennisLocal, next);

          if (other->index == 0)
            enter (self, next, n);
          else if (other->is_on_stack)
            person->low = MIN (person->low, other->index);
          continue;
        }
      g_array_set_size (self->calls, self->calls->len - 1);
      if (self->calls->len > 0)
        {
          guint32 caller = g_array_index (self->calls, guint32, self->calls->len - 1);
          KennisLocal *above = &g_array_index (self->people, KennisLocal, caller);

          above->low = MIN (above->low, person->low);
        }
      if (person->low == person->index)
        close_component (self, l, (*n_components)++);
    }
}

void
kennis_instant_sort (KennisInstant      *self,
                     const KennisEvents *events,
                     gsize               first)
{
  guint32 n = 0, n_components = 0;

  g_array_set_size (self->order, 0);
  for (guint32 l = 0; l < self->people->len && !self->pace->is_over; l++)
    if (g_array_index (self->people, KennisLocal, l).index == 0)
      search (self, events, first, l, &n, &n_components);
  /* Tarjan closes a component after all those that it flows to. */
  for (guint32 i = 0, j = self->order->len; i + 1 < j; i++)
    {
      guint32 *order = (guint32 *) (gpointer) self->order->data, other = order[--j];

      order[j] = order[i];
      order[i] = other;
    }
}
