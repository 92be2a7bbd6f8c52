#include "config.h"

#include "value/kennis-columns-private.h"

#include <math.h>
#include <string.h>

#include "base/kennis-parallel-private.h"
#include "value/kennis-return-private.h"

/* All draws of a figure.  Of many draws only those of the objective are kept from the simulation; as draw k is the same whenever it
 * is made, those of the others are made again when they are asked for: what is exact needs no more memory than that. */

#define CHUNK_BLOCKS 16
#define CHUNK_DRAWS  ((gsize) CHUNK_BLOCKS * KENNIS_DRAW_BLOCK)

KennisDrawn *
kennis_drawn_new (guint   number,
                   guint   tracked,
                   double *x,
                   gsize   n)
{
  KennisDrawn *self = g_new0 (KennisDrawn, 1);

  g_atomic_ref_count_init (&self->references);
  self->number = number;
  self->tracked = tracked;
  self->x = x;
  self->n = n;
  kennis_selection_init (&self->selection, x, n);
  return self;
}

KennisDrawn *
kennis_drawn_ref (KennisDrawn *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
kennis_drawn_unref (KennisDrawn *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  kennis_selection_clear (&self->selection);
  g_free (self->x);
  g_free (self);
}

KENNIS_WIDE static void
count_block (const double *x,
             gsize         n,
             double        most,
             guint64      *numbers,
             guint64      *in)
{
  guint64 valued = 0, found = 0;

  for (gsize i = 0; i < n; i++)
    {
      valued += x[i] == x[i];
      found += x[i] <= most;
    }
  *numbers = valued;
  *in = found;
}

void
kennis_drawn_shares (const KennisDrawn *self,
                      double              most,
                      KennisShares       *out)
{
  *out = (KennisShares) { 0 };
  for (gsize from = 0; from < self->n; from += KENNIS_DRAW_BLOCK)
    {
      guint64 numbers, in;

      count_block (self->x + from, MIN (self->n - from, KENNIS_DRAW_BLOCK), most, &numbers, &in);
      kennis_shares_add (out, numbers, in);
    }
}

/* ── Store ────────────────────────────────────────────────────────────────────────────────────────────────────────── */
struct _KennisDrawnStore
{
  gatomicrefcount references;
  GMutex lock;
  GQueue columns;                /* that asked for last first */
  gsize held;                    /* draws in all of them */
};

KennisDrawnStore *
kennis_drawn_store_new (void)
{
  KennisDrawnStore *self = g_new0 (KennisDrawnStore, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  return self;
}

KennisDrawnStore *
kennis_drawn_store_ref (KennisDrawnStore *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
kennis_drawn_store_unref (KennisDrawnStore *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_queue_clear_full (&self->columns, (GDestroyNotify) kennis_drawn_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

typedef struct
{
  KennisDrawer drawer;
  KennisDesk *desks;
  guint tracked;
  double *x;
  gsize n;
} Remaking;

static void
remake_chunk (gsize    chunk,
              guint    thread,
              gpointer data)
{
  Remaking *remaking = data;
  KennisDesk *desk = &remaking->desks[thread];
  gsize from = chunk * CHUNK_DRAWS;

  for (guint b = 0; b < CHUNK_BLOCKS && from < remaking->n; b++, from += KENNIS_DRAW_BLOCK)
    {
      gsize n = MIN (KENNIS_DRAW_BLOCK, remaking->n - from);

      kennis_drawer_block (&remaking->drawer, desk, from / KENNIS_DRAW_BLOCK, n);
      memcpy (remaking->x + from, desk->figure[remaking->tracked], n * sizeof (double));
    }
}

static KennisDrawn *
remake (const KennisSimulation *of,
        guint                   tracked,
        gsize                   n)
{
  Remaking remaking = { .tracked = tracked, .x = g_new (double, n), .n = n };
  guint n_threads = kennis_parallel_n_threads (0);

  kennis_drawer_init (&remaking.drawer, of->plan, of->seed, of->sampling);
  remaking.desks = g_new0 (KennisDesk, n_threads);
  for (guint i = 0; i < n_threads; i++)
    kennis_desk_init (&remaking.desks[i], of->plan);
  kennis_parallel_for (n_threads, (n + CHUNK_DRAWS - 1) / CHUNK_DRAWS, remake_chunk, &remaking, NULL, NULL, NULL);
  for (guint i = 0; i < n_threads; i++)
    kennis_desk_clear (&remaking.desks[i]);
  g_free (remaking.desks);
  kennis_drawer_clear (&remaking.drawer);
  return kennis_drawn_new (of->number, tracked, remaking.x, n);
}

/* Takes it out of where it was; NULL where it is not. */
static KennisDrawn *
take (KennisDrawnStore *self,
      guint              number,
      guint              tracked)
{
  for (GList *at = self->columns.head; at != NULL; at = at->next)
    {
      KennisDrawn *column = at->data;

      if (column->number != number || column->tracked != tracked)
        continue;
      g_queue_delete_link (&self->columns, at);
      self->held -= column->n;
      return column;
    }
  return NULL;
}

KennisDrawn *
kennis_simulation_drawn (KennisSimulation *self,
                          guint             tracked)
{
  KennisDrawnStore *store = self->store;
  g_autoptr (GMutexLocker) locker = NULL;
  gsize n = self->n <= KENNIS_MAX_EXACT ? self->n : KENNIS_GLANCE_DRAWS;
  KennisDrawn *column;

  if (self->kept[tracked] != NULL)
    return kennis_drawn_ref (self->kept[tracked]);
  locker = g_mutex_locker_new (&store->lock);
  column = take (store, self->number, tracked);
  /* Room first: the most that is held never is more than one simulation's draws beside those in use. */
  while (column == NULL && store->held > 0 && store->held + n > KENNIS_MAX_EXACT)
    {
      KennisDrawn *oldest = g_queue_pop_tail (&store->columns);

      store->held -= oldest->n;
      kennis_drawn_unref (oldest);
    }
  if (column == NULL)
    column = remake (self, tracked, n);
  g_queue_push_head (&store->columns, column);
  store->held += n;
  return kennis_drawn_ref (column);
}
