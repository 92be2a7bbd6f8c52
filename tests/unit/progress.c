#include "config.h"

#include <math.h>

#include "kennis-test.h"
#include "base/kennis-parallel-private.h"

typedef struct
{
  guint    reports, wrong;      /* wrong: in another thread, or going back */
  double   last;
  GThread *home;
  KennisProgressSink *clear;    /* cleared by the first report */
} Heard;

static void
on_progress (double fraction, gpointer data)
{
  Heard *heard = data;

  heard->reports++;
  heard->wrong += g_thread_self () != heard->home || fraction < heard->last;
  heard->last = fraction;
  if (heard->clear != NULL)
    kennis_progress_sink_clear (heard->clear);
}

static void
nobody_listening_is_no_trouble (void)
{
  KennisProgressSink sink;

  kennis_progress_sink_report (NULL, 0.5);
  kennis_progress_sink_init (&sink, NULL, NULL);
  kennis_progress_sink_report (&sink, 0.5);
  kennis_progress_sink_clear (&sink);
  kennis_progress_sink_init_async (&sink, NULL, NULL);
  kennis_progress_sink_report (&sink, 0.5);
  kennis_progress_sink_clear (&sink);
  kennis_progress_sink_clear (&sink);
  CU_PASS ("nothing crashed");
}

static void
a_million_steps_are_told_a_hundred_times (void)
{
  Heard heard = { .home = g_thread_self () };
  KennisProgressSink sink;

  kennis_progress_sink_init (&sink, on_progress, &heard);
  for (int i = 0; i <= 1000000; i++)
    kennis_progress_sink_report (&sink, i / 1e6);
  CU_ASSERT_EQUAL (heard.reports, 100);
  CU_ASSERT_EQUAL (heard.last, 1);
  CU_ASSERT_EQUAL (heard.wrong, 0);
  kennis_progress_sink_report (&sink, 1);
  kennis_progress_sink_report (&sink, 0.3);
  kennis_progress_sink_report (&sink, NAN);
  CU_ASSERT_EQUAL (heard.reports, 100);
  kennis_progress_sink_clear (&sink);
  kennis_progress_sink_report (&sink, 1);
  CU_ASSERT_EQUAL (heard.reports, 100);
}

static void
pulses_do_not_flood (void)
{
  Heard heard = { .home = g_thread_self (), .last = -1 };
  KennisProgressSink sink;
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 4;

  kennis_progress_sink_init (&sink, on_progress, &heard);
  do
    kennis_progress_sink_report (&sink, -1);
  while (g_get_monotonic_time () < end);
  CU_ASSERT_TRUE (heard.reports >= 1 && heard.reports <= 4);
  CU_ASSERT_EQUAL (heard.last, -1);
  kennis_progress_sink_clear (&sink);
}

static void
report_chunk (gsize chunk, guint thread, gpointer data)
{
  kennis_progress_sink_report (data, (double) (chunk + 1) / 1000);
}

static gpointer
report_from_here (gpointer data)
{
  for (int i = 1; i <= 1000; i++)
    {
      kennis_progress_sink_report (data, i / 1000.0);
      if (i % 50 == 0)
        g_usleep (500);
    }
  return NULL;
}

static void
reports_from_other_threads_arrive_at_home (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Heard heard = { .home = g_thread_self () };
  KennisProgressSink sink;

  g_main_context_push_thread_default (context);
  kennis_progress_sink_init_async (&sink, on_progress, &heard);
  GThread *threads[3];
  for (int i = 0; i < 3; i++)
    threads[i] = g_thread_new ("reporter", report_from_here, &sink);
  gint64 patience = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  while (heard.last < 1 && g_get_monotonic_time () < patience)
    g_main_context_iteration (context, FALSE);
  for (int i = 0; i < 3; i++)
    g_thread_join (threads[i]);
  CU_ASSERT_EQUAL (heard.last, 1);
  CU_ASSERT_EQUAL (heard.wrong, 0);
  CU_ASSERT_TRUE (heard.reports >= 1 && heard.reports <= 100);
  kennis_progress_sink_clear (&sink);
  CU_ASSERT_FALSE (g_main_context_pending (context));
  g_main_context_pop_thread_default (context);
}

static void
nothing_arrives_after_clearing (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Heard heard = { .home = g_thread_self () };
  KennisProgressSink sink;

  g_main_context_push_thread_default (context);
  kennis_progress_sink_init_async (&sink, on_progress, &heard);
  CU_ASSERT_TRUE (kennis_parallel_for (4, 1000, report_chunk, &sink, NULL, NULL, NULL));
  CU_ASSERT_EQUAL (heard.reports, 0);
  CU_ASSERT_TRUE (g_main_context_pending (context));
  kennis_progress_sink_clear (&sink);
  while (g_main_context_iteration (context, FALSE))
    ;
  CU_ASSERT_EQUAL (heard.reports, 0);
  g_main_context_pop_thread_default (context);
}

static void
a_report_may_clear_its_own_sink (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  KennisProgressSink sink;
  Heard heard = { .home = g_thread_self (), .clear = &sink };

  g_main_context_push_thread_default (context);
  kennis_progress_sink_init_async (&sink, on_progress, &heard);
  kennis_progress_sink_report (&sink, 0.5);
  while (g_main_context_iteration (context, FALSE))
    ;
  kennis_progress_sink_report (&sink, 0.9);
  while (g_main_context_iteration (context, FALSE))
    ;
  CU_ASSERT_EQUAL (heard.reports, 1);
  g_main_context_pop_thread_default (context);
}

typedef struct
{
  GMainContext *context;
  KennisProgressSink sink;
  Heard         heard;
  guint         finished, late;      /* late: reports after the end was told */
} Task;

static gboolean
finish (gpointer data)
{
  Task *task = data;

  task->finished = TRUE;
  task->late = task->heard.reports;
  return G_SOURCE_REMOVE;
}

/* As an asynchronous call: the work reports, clears the sink and has its end told at home. */
static gpointer
work_and_finish (gpointer data)
{
  Task *task = data;

  for (int i = 1; i <= 30; i++)
    kennis_progress_sink_report (&task->sink, i / 30.0);
  kennis_progress_sink_clear (&task->sink);
  g_main_context_invoke_full (task->context, G_PRIORITY_HIGH, finish, task, NULL);
  return NULL;
}

static void
clearing_in_the_worker_races_with_delivering (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  guint wrong = 0;

  g_main_context_push_thread_default (context);
  for (int i = 0; i < 200; i++)
    {
      Task task = { .context = context, .heard = { .home = g_thread_self () } };

      kennis_progress_sink_init_async (&task.sink, on_progress, &task.heard);
      GThread *worker = g_thread_new ("worker", work_and_finish, &task);
      while (!task.finished)
        g_main_context_iteration (context, TRUE);
      while (g_main_context_iteration (context, FALSE))
        ;
      g_thread_join (worker);
      wrong += task.heard.wrong + (task.heard.reports != task.late);
    }
  CU_ASSERT_EQUAL (wrong, 0);
  g_main_context_pop_thread_default (context);
}

int
main (void)
{
  return kennis_test_main ("progress", (CU_TestInfo[]) {
    { "nobody listening is no trouble", nobody_listening_is_no_trouble },
    { "a million steps are told a hundred times", a_million_steps_are_told_a_hundred_times },
    { "pulses do not flood", pulses_do_not_flood },
    { "reports from other threads arrive at home", reports_from_other_threads_arrive_at_home },
    { "nothing arrives after clearing", nothing_arrives_after_clearing },
    { "a report may clear its own sink", a_report_may_clear_its_own_sink },
    { "clearing in the worker races with delivering", clearing_in_the_worker_races_with_delivering },
    CU_TEST_INFO_NULL,
  });
}
