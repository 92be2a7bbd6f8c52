#include "config.h"

#include "simulate/sim-model.h"

static void
team_clear (gpointer data)
{
  SimTeam *team = data;

  g_free (team->id);
  g_free (team->name);
  g_clear_pointer (&team->members, g_array_unref);
}

/* Streams are numbered for good: a new purpose gets a new number. */
static void
start_streams (SimModel *model)
{
  guint64 seed = model->options->seed;

  sim_random_init (&model->structure, seed, 1);
  sim_random_init (&model->staff, seed, 2);
  sim_random_init (&model->learning, seed, 3);
  sim_random_init (&model->exchange, seed, 4);
  sim_random_init (&model->moments, seed, 5);
  sim_random_init (&model->talks, seed, 6);
  sim_random_init (&model->surveys, seed, 9); /* 7 and 8 are of each team and of each person */
}

gboolean
sim_model_run (SimModel         *model,
               const SimOptions *options,
               GError          **error)
{
  *model = (SimModel) { .options = options, .director = SIM_NONE };
  model->session_count = options->months; /* the first numbers are those of talks to all */
  model->teams = g_array_new (FALSE, TRUE, sizeof (SimTeam));
  g_array_set_clear_func (model->teams, team_clear);
  model->people = g_array_new (FALSE, TRUE, sizeof (SimPerson));
  model->activities = g_array_new (FALSE, TRUE, sizeof (SimActivity));
  model->sharings = g_array_new (FALSE, TRUE, sizeof (SimSharing));
  model->pass_ons = g_array_new (FALSE, TRUE, sizeof (SimPassOn));
  model->vacancies = g_array_new (FALSE, TRUE, sizeof (guint));
  sim_calendar_init (&model->calendar, options->year, options->month, options->months, options->steady);
  for (guint t = 0; t < SIM_N_TOPICS; t++)
    model->topic_ids[t] = sim_slug (sim_name (&sim_topics[t], SIM_LANGUAGE_NL));
  start_streams (model);
  if (!sim_emit_init (&model->emit, error))
    return FALSE;

  sim_learning_expect (model);
  sim_structure_make (model);
  sim_structure_emit (model);
  for (guint month = 0; month < options->months && model->emit.error == NULL; month++)
    {
      gint64 end = sim_calendar_midnight (&model->calendar, model->calendar.month_first[month + 1]);

      sim_staff_month (model, month);
      sim_learning_month (model, month);
      sim_moments_month (model, month);
      sim_exchange_month (model, month);
      sim_talks_month (model, month);
      sim_outcomes_emit (model, month);
      sim_surveys_month (model, month);
      sim_learning_flush (model, end);
      sim_exchange_flush (model, end);
    }
  sim_learning_flush (model, G_MAXINT64);
  sim_exchange_flush (model, G_MAXINT64);
  if (model->emit.error == NULL)
    return kennis_dataset_check (model->emit.dataset, error);

  g_propagate_error (error, g_steal_pointer (&model->emit.error));

  return FALSE;
}

void
sim_model_clear (SimModel *model)
{
  g_clear_pointer (&model->teams, g_array_unref);
  g_clear_pointer (&model->people, g_array_unref);
  g_clear_pointer (&model->activities, g_array_unref);
  g_clear_pointer (&model->sharings, g_array_unref);
  g_clear_pointer (&model->pass_ons, g_array_unref);
  g_clear_pointer (&model->vacancies, g_array_unref);
  g_clear_pointer (&model->meetings, g_hash_table_unref);
  for (guint t = 0; t < SIM_N_TOPICS; t++)
    g_clear_pointer (&model->topic_ids[t], g_free);
  sim_calendar_clear (&model->calendar);
  sim_emit_clear (&model->emit);
}
