#include "config.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/kennis-progress-private.h"

#define PULSE_US  (G_USEC_PER_SEC / 10)

/* Between the threads that report and the main context that delivers.  It holds one report; it outlives the sink
 * where a delivery is under way.  A pthread mutex, so that ThreadSanitizer sees it. */
struct _KennisProgressMailbox
{
  atomic_uint     refs;
  pthread_mutex_t lock;
  KennisProgress  func;
  gpointer        user_data;
  double          fraction;
  GSource        *source;      /* the delivery that is due */
  gboolean        closed;
};

static void
mailbox_unref (gpointer data)
{
  KennisProgressMailbox *mailbox = data;

  if (atomic_fetch_sub_explicit (&mailbox->refs, 1, memory_order_acq_rel) > 1)
    return;
  pthread_mutex_destroy (&mailbox->lock);
  g_free (mailbox);
}

/* Takes the due delivery away, so that the next report makes another. */
static GSource *
mailbox_steal_source (KennisProgressMailbox *mailbox)
{
  GSource *source = mailbox->source;

  mailbox->source = NULL;
  return source;
}

static gboolean
mailbox_deliver (gpointer data)
{
  KennisProgressMailbox *mailbox = data;

  pthread_mutex_lock (&mailbox->lock);
  g_autoptr (GSource) source = mailbox_steal_source (mailbox);
  gboolean closed = mailbox->closed;
  double fraction = mailbox->fraction;
  pthread_mutex_unlock (&mailbox->lock);

  /* Not under the lock: the function may well make the work report again, or clear the sink. */
  if (!closed)
    mailbox->func (fraction, mailbox->user_data);
  return G_SOURCE_REMOVE;
}

static void
mailbox_post (KennisProgressMailbox *mailbox, GMainContext *context, double fraction)
{
  pthread_mutex_lock (&mailbox->lock);
  /* Two threads may get here the other way round than their fractions; then the larger one stands. */
  if (!mailbox->closed && (fraction < 0 ? mailbox->source == NULL : fraction > mailbox->fraction))
    {
      mailbox->fraction = fraction;
      if (mailbox->source == NULL)
        {
          mailbox->source = g_idle_source_new ();
          g_source_set_priority (mailbox->source, G_PRIORITY_DEFAULT);
          g_source_set_static_name (mailbox->source, "Kennis progress");
          atomic_fetch_add_explicit (&mailbox->refs, 1, memory_order_relaxed);
          g_source_set_callback (mailbox->source, mailbox_deliver, mailbox, mailbox_unref);
          g_source_attach (mailbox->source, context);
        }
    }
  pthread_mutex_unlock (&mailbox->lock);
}

void
kennis_progress_sink_init (KennisProgressSink *self, KennisProgress func, gpointer user_data)
{
  *self = (KennisProgressSink) { .func = func, .user_data = user_data };
  if (func != NULL)
    self->begun = g_get_monotonic_time ();
}

void
kennis_progress_sink_init_async (KennisProgressSink *self, KennisProgress func, gpointer user_data)
{
  kennis_progress_sink_init (self, func, user_data);
  if (func == NULL)
    return;
  self->context = g_main_context_ref_thread_default ();
  self->mailbox = g_new0 (KennisProgressMailbox, 1);
  atomic_init (&self->mailbox->refs, 1);
  pthread_mutex_init (&self->mailbox->lock, NULL);
  self->mailbox->func = func;
  self->mailbox->user_data = user_data;
  self->mailbox->fraction = -1;
}

void
kennis_progress_sink_clear (KennisProgressSink *self)
{
  KennisProgressMailbox *mailbox;

  /* What hands the work's end over here may be a lock that ThreadSanitizer does not see (GLib's are futexes). */
  atomic_load_explicit (&self->looks, memory_order_acquire);
  mailbox = g_steal_pointer (&self->mailbox);
  self->func = NULL;
  if (mailbox != NULL)
    {
      pthread_mutex_lock (&mailbox->lock);
      mailbox->closed = TRUE;
      g_autoptr (GSource) source = mailbox_steal_source (mailbox);
      pthread_mutex_unlock (&mailbox->lock);

      if (source != NULL)
        g_source_destroy (source);
      mailbox_unref (mailbox);
    }
  g_clear_pointer (&self->context, g_main_context_unref);
}

static gboolean
pulse_is_due (KennisProgressSink *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 last = atomic_load (&self->pulsed);

  return (last == 0 || now - last >= MAX (PULSE_US, (now - self->begun) / 50))
         && atomic_compare_exchange_strong (&self->pulsed, &last, now);
}

static gboolean
step_is_due (KennisProgressSink *self, double fraction)
{
  int now = (int) (fraction * 1000);
  int last = g_atomic_int_get (&self->last);

  /* Of the threads that come with the same step one may tell it. */
  while (now >= last + 10 || (now == 1000 && last < 1000))
    {
      if (g_atomic_int_compare_and_exchange (&self->last, last, now))
        return TRUE;
      last = g_atomic_int_get (&self->last);
    }
  return FALSE;
}

static void
report (KennisProgressSink *self, double fraction)
{
  if (self->func == NULL || fraction != fraction)
    return;
  fraction = CLAMP (fraction, -1, 1);
  if (fraction < 0 ? !pulse_is_due (self) : !step_is_due (self, fraction))
    return;
  if (self->mailbox != NULL)
    mailbox_post (self->mailbox, self->context, fraction);
  else
    self->func (fraction, self->user_data);
}

void
kennis_progress_sink_report (KennisProgressSink *self, double fraction)
{
  if (self == NULL)
    return;
  report (self, fraction);
  atomic_fetch_add_explicit (&self->looks, 1, memory_order_release);
}
