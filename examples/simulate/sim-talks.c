#include "config.h"

#include "simulate/sim-model.h"

#define SATISFACTION_SLOPE 4.0
#define SATISFACTION_NOISE 5.0

static void
emit_talk (SimModel       *model,
           guint           person,
           KennisTalkKind  kind,
           int             planned,
           int             held)
{
  SimEmit *emit = &model->emit;
  guint leader = sim_staff_leader_of (model, person);
  int minute = 30 * sim_between (&model->talks, 0, 15);

  if (leader == SIM_NONE)
    return;

  sim_emit_begin (emit, KENNIS_RECORD_TYPE_TALK);
  sim_emit_text (emit, "person", SIM_PERSON (model, person)->id);
  sim_emit_text (emit, "leader", SIM_PERSON (model, leader)->id);
  sim_emit_enum (emit, "kind", KENNIS_TYPE_TALK_KIND, (int) kind);
  sim_emit_number (emit, "planned", sim_calendar_office (&model->calendar, planned, minute));
  if (held >= 0)
    sim_emit_number (emit, "held", sim_calendar_office (&model->calendar, held, minute));
  sim_emit_end (emit);
}

static double
held_share (SimModel *model)
{
  return sim_between_values (0.35, 0.95, sim_knob (model, SIM_LEADERSHIP));
}

/* A talk that is held comes on the planned day or up to two weeks later. */
static void
plan_talk (SimModel       *model,
           guint           person,
           KennisTalkKind  kind,
           int             planned)
{
  gboolean takes_place = sim_chance (&model->talks, held_share (model));
  int held = sim_calendar_move (&model->calendar, planned,
                                sim_chance (&model->talks, 0.7) ? 0 : sim_between (&model->talks, 1, 10));

  if (held >= model->calendar.n_days || sim_staff_presence (SIM_PERSON (model, person), held) == 0.0)
    takes_place = FALSE;
  emit_talk (model, person, kind, planned, takes_place ? held : -1);
}

void
sim_talks_not_yet (SimModel *model,
                   guint     person,
                   int       day)
{
  int planned = sim_calendar_move (&model->calendar, day, sim_between (&model->talks, 2, 15));

  if (planned < model->calendar.n_days
      && sim_chance (&model->talks, sim_between_values (0.2, 0.9, sim_knob (model, SIM_LEADERSHIP))))
    plan_talk (model, person, KENNIS_TALK_KIND_NOT_YET, planned);
}

static void
set_goal (SimModel *model,
          guint     person,
          guint     month)
{
  SimEmit *emit = &model->emit;
  SimRandom *random = &model->talks;
  int set = sim_staff_pick_day (model, random, SIM_PERSON (model, person), month);
  gboolean own = sim_chance (random, sim_knob (model, SIM_AUTONOMY));
  gboolean reached =
      sim_chance (random, sim_between_values (0.30, 0.65, sim_knob (model, SIM_APPLICATION)) + (own ? 0.1 : 0.0));
  int day = sim_calendar_move (&model->calendar, set + sim_between (random, 60, 330), 1);

  if (set < 0)
    return;

  sim_emit_begin (emit, KENNIS_RECORD_TYPE_GOAL);
  sim_emit_text (emit, "person", SIM_PERSON (model, person)->id);
  sim_emit_enum (emit, "own", KENNIS_TYPE_ANSWER, own ? KENNIS_ANSWER_YES : KENNIS_ANSWER_NO);
  sim_emit_number (emit, "set", sim_calendar_office (&model->calendar, set, 60));
  sim_emit_number (emit, "due", sim_calendar_office (&model->calendar, set + 330, 480));
  if (reached && day < model->calendar.n_days && sim_staff_presence (SIM_PERSON (model, person), day) > 0.0)
    sim_emit_number (emit, "reached", sim_calendar_office (&model->calendar, day, 300));
  sim_emit_end (emit);
}

/* A growth talk in the month of one's turn, a review half a year later, and goals in January (or when the time begins). */
void
sim_talks_month (SimModel *model,
                 guint     month)
{
  gboolean goals = month == 0 || sim_calendar_of_year (&model->calendar, month) == 0;

  for (guint i = 0; i < model->people->len; i++)
    {
      const SimPerson *person = SIM_PERSON (model, i);
      guint turn = (sim_calendar_of_year (&model->calendar, month) + i * 5) % 12;
      int day = turn % 6 == 0 ? sim_staff_pick_day (model, &model->talks, person, month) : -1;
      int last = sim_calendar_move (&model->calendar, person->left == SIM_NEVER ? 0 : person->left, -1);

      if (sim_staff_exposure (model, person, month) > 0.0 && goals && sim_chance (&model->talks, 0.8))
        set_goal (model, i, month);
      if (day >= 0)
        plan_talk (model, i, turn == 0 ? KENNIS_TALK_KIND_GROWTH : KENNIS_TALK_KIND_REVIEW, day);
      if (last >= model->calendar.month_first[month] && last < model->calendar.month_first[month + 1]
          && person->left != SIM_NEVER && sim_chance (&model->talks, held_share (model)))
        emit_talk (model, i, KENNIS_TALK_KIND_EXIT, last, last);
    }
}

/* Satisfaction of customers follows what the team shares; sick leave has nothing to do with it. */
void
sim_outcomes_emit (SimModel *model,
                   guint     month)
{
  SimEmit *emit = &model->emit;

  if (month % 3 != 2)
    return;

  for (guint t = 0; t < model->teams->len; t++)
    {
      const SimTeam *team = SIM_TEAM (model, t);
      double noise = sim_normal (&model->talks);
      double other = sim_normal (&model->talks);
      double relation = model->options->null ? 0.0 : SATISFACTION_SLOPE * (team->effects.share - 1.0);
      const char *measures[] = { "klanttevredenheid", "ziekteverzuim" };
      double values[] = { 70.0 + relation + SATISFACTION_NOISE * noise, 5.0 + 1.2 * other };

      if (!team->is_leaf || team->from_month > month || team->until_month <= month)
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
        {
          sim_emit_begin (emit, KENNIS_RECORD_TYPE_OUTCOME);
          sim_emit_text (emit, "team", team->id);
          sim_emit_text (emit, "measure", measures[i]);
          sim_emit_number (emit, "period",
                           sim_calendar_midnight (&model->calendar, model->calendar.month_first[month - 2]));
          sim_emit_decimal (emit, "value", (double) (gint64) (CLAMP (values[i], 0.0, 100.0) * 10.0) / 10.0);
          sim_emit_end (emit);
        }
    }
}
