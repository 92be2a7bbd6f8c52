#include "config.h"

#include "network/kennis-network-private.h"

/* People, or steps of a walk, between two looks at the cancellable. */
#define PACE 4096

static guint32
find_root (guint32 *parent, guint32 p)
{
  while (parent[p] != p)
    p = parent[p] = parent[parent[p]];
  return p;
}

/* Union–find, the smaller root stays (so that components are in order of their first person). */
static gboolean
join_weakly (const KennisNetwork *self, guint32 *component, GCancellable *cancellable)
{
  for (guint32 p = 0; p < self->n; p++)
    component[p] = p;
  for (guint32 p = 0; p < self->n; p++)
    {
      guint32 a = find_root (component, p);

      if (p % PACE == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      for (guint32 i = self->offset[p]; i < self->offset[p + 1]; i++)
        {
          guint32 b = find_root (component, self->to[i]);

          if (a < b)
            component[b] = a;
          else if (b < a)
            {
              component[a] = b;
              a = b;
            }
        }
    }
  for (guint32 p = 0; p < self->n; p++)
    component[p] = find_root (component, p);
  return TRUE;
}

/* Tarjan (1972), with stacks of our own: a long chain must not end the program. */
typedef struct
{
  const KennisNetwork *network;
  guint32 *number;    /* order of first sight; 0: not seen */
  guint32 *at;        /* next tie to look at */
  guint32 *path;      /* people on the way here */
  guint32 *open;      /* people whose component is not known */
  guint32  n_path, n_open, next;
  guint32 *component;
  guint32  n_steps;
  GCancellable *cancellable;
} Tarjan;

#define NOT_YET G_MAXUINT32

static void
begin (Tarjan *self, guint32 p)
{
  self->number[p] = self->next++;
  self->at[p] = self->network->offset[p];
  self->path[self->n_path++] = p;
  self->open[self->n_open++] = p;
}

/* Everything open from p on is p's component. */
static void
close_component (Tarjan *self, guint32 p)
{
  guint32 q;

  do
    {
      q = self->open[--self->n_open];
      self->component[q] = p;
    }
  while (q != p);
}

static gboolean
walk_from (Tarjan *self, guint32 *low, guint32 start)
{
  const KennisNetwork *network = self->network;

  begin (self, start);
  low[start] = self->number[start];
  while (self->n_path > 0)
    {
      guint32 p = self->path[self->n_path - 1];

      if (++self->n_steps % PACE == 0 && g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      if (self->at[p] < network->offset[p + 1])
        {
          guint32 q = network->to[self->at[p]++];

          if (self->number[q] == 0)
            {
              begin (self, q);
              low[q] = self->number[q];
            }
          else if (self->component[q] == NOT_YET)
            low[p] = MIN (low[p], self->number[q]);
          continue;
        }
      if (low[p] == self->number[p])
        close_component (self, p);
      self->n_path--;
      if (self->n_path > 0)
        {
          guint32 before = self->path[self->n_path - 1];

          low[before] = MIN (low[before], low[p]);
        }
    }
  return TRUE;
}

static gboolean
join_strongly (const KennisNetwork *network, guint32 *component, GCancellable *cancellable)
{
  gsize n = (gsize) network->n + 1;
  g_autofree guint32 *number = g_new0 (guint32, n), *at = g_new (guint32, n), *path = g_new (guint32, n),
                     *open = g_new (guint32, n), *low = g_new (guint32, n);
  Tarjan self = { .network = network, .number = number, .at = at, .path = path, .open = open, .next = 1,
                  .component = component, .cancellable = cancellable };

  for (guint32 p = 0; p < network->n; p++)
    component[p] = NOT_YET;
  for (guint32 p = 0; p < network->n; p++)
    if (number[p] == 0 && !walk_from (&self, low, p))
      return FALSE;
  return TRUE;
}

/* From any name of a component to 0, 1, 2 … in order of its first person. */
static guint32
renumber (guint32 *component, guint32 n, guint32 *largest)
{
  g_autofree guint32 *name = g_new (guint32, (gsize) n + 1), *size = g_new0 (guint32, (gsize) n + 1);
  guint32 n_components = 0;

  *largest = 0;
  for (guint32 p = 0; p < n; p++)
    name[p] = NOT_YET;
  for (guint32 p = 0; p < n; p++)
    {
      if (name[component[p]] == NOT_YET)
        name[component[p]] = n_components++;
      component[p] = name[component[p]];
      size[component[p]]++;
      *largest = MAX (*largest, size[component[p]]);
    }
  return n_components;
}

/**
 * kennis_network_components:
 * @self: a network
 * @strong: whether directions count: everyone in a strong component can be reached from everyone in it
 * @n_components: (out) (optional): how many there are; who has no tie is one
 * @largest: (out) (optional): people in the largest one
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Finds the weak or strong components.
 *
 * Element type: guint32, one a person: the number of their component, in order of its first person.
 *
 * Time: O(people + ties) (weak: times the inverse of Ackermann's function).  Memory: 12 bytes a person, strong 32.  Source: Tarjan 1972, 1975.
 *
 * Returns: (transfer full): a column; %NULL when cancelled
 *
 * Since: 1.0
 */
GBytes *
kennis_network_components (KennisNetwork *self,
                           gboolean       strong,
                           guint         *n_components,
                           guint         *largest,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autofree guint32 *component = NULL;
  guint32 n, most;

  g_return_val_if_fail (KENNIS_IS_NETWORK (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  component = g_new (guint32, (gsize) self->n + 1);
  if (!(strong ? join_strongly (self, component, cancellable) : join_weakly (self, component, cancellable))
      || g_cancellable_is_cancelled (cancellable))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  n = renumber (component, self->n, &most);
  if (n_components != NULL)
    *n_components = n;
  if (largest != NULL)
    *largest = most;
  return g_bytes_new_take (g_steal_pointer (&component), (gsize) self->n * sizeof (guint32));
}
