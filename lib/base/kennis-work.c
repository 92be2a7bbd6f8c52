#include "config.h"

#include "base/kennis-work-private.h"

typedef struct
{
  KennisWork work;
  KennisProgressSink sink;
  gpointer progress_data;
  GDestroyNotify progress_destroy;
} Order;

/* In the caller's thread where the finish function is called, as it should be: a task may be freed in its own. */
static void
end_progress (Order *order)
{
  GDestroyNotify destroy = g_steal_pointer (&order->progress_destroy);

  kennis_progress_sink_clear (&order->sink);
  if (destroy != NULL)
    destroy (order->progress_data);
}

static void
order_free (gpointer data)
{
  Order *order = data;

  end_progress (order);
  if (order->work.free_data != NULL)
    order->work.free_data (order->work.data);
  g_free (order);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Order *order = data;
  GError *error = NULL;
  gpointer result = order->work.func (source, order->work.data, &order->sink, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, order->work.free_result);
  else
    g_task_return_error (task, error);
}

void
kennis_work_start (const KennisWork *work, gpointer source, KennisProgress progress, gpointer progress_data,
                   GDestroyNotify progress_destroy, GCancellable *cancellable, GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);

  order->work = *work;
  order->progress_data = progress_data;
  order->progress_destroy = progress_destroy;
  kennis_progress_sink_init_async (&order->sink, progress, progress_data);
  g_task_set_source_tag (task, work->tag);
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, run);
}

gboolean
kennis_work_is (GAsyncResult *result, gpointer source, gpointer tag)
{
  return g_task_is_valid (result, source) && g_task_get_source_tag (G_TASK (result)) == tag;
}

gpointer
kennis_work_finish (GAsyncResult *result, GError **error)
{
  end_progress (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_pointer (G_TASK (result), error);
}
