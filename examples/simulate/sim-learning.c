#include "config.h"

#include "simulate/sim-model.h"

#include <math.h>

#define N_FORMS (KENNIS_FORM_REFLECTION + 1)
#define OTHER_OUTCOMES 0.30   /* attempts that do not end in completion, per formal completion */

/* How long an activity of a form takes, in minutes, and how often: courses have sizes. */
typedef struct
{
  int    minutes[5];
  double weights[5];
} Lengths;

static const Lengths lengths[N_FORMS] = {
  [KENNIS_FORM_FORMAL] = { { 120, 240, 480, 960, 2400 }, { 0.25, 0.30, 0.27, 0.14, 0.04 } },
  [KENNIS_FORM_WORKPLACE] = { { 30, 60, 120, 240, 480 }, { 0.25, 0.35, 0.25, 0.12, 0.03 } },
  [KENNIS_FORM_TOGETHER] = { { 30, 60, 90, 120, 240 }, { 0.20, 0.40, 0.20, 0.15, 0.05 } },
  [KENNIS_FORM_SELF_STUDY] = { { 15, 30, 60, 120, 240 }, { 0.15, 0.30, 0.35, 0.15, 0.05 } },
  [KENNIS_FORM_EVENT] = { { 120, 240, 480, 960, 1440 }, { 0.25, 0.30, 0.35, 0.08, 0.02 } },
  [KENNIS_FORM_MENTORING] = { { 30, 45, 60, 90, 120 }, { 0.20, 0.25, 0.35, 0.12, 0.08 } },
  [KENNIS_FORM_VOLUNTEERING] = { { 60, 120, 180, 240, 480 }, { 0.20, 0.30, 0.20, 0.20, 0.10 } },
  [KENNIS_FORM_REFLECTION] = { { 15, 30, 45, 60, 90 }, { 0.30, 0.35, 0.15, 0.15, 0.05 } },
};

/* Of what is not FORMAL. */
static const double informal_weights[N_FORMS] = { 0, 0, 0.30, 0.22, 0.22, 0.06, 0.10, 0.02, 0.08 };

/* The part of the embedding knob that a form can have: a course is seldom inside the work. */
static const double embeddable[N_FORMS] = { 0, 0.15, 1.0, 1.0, 0.8, 0.1, 1.0, 0.0, 1.0 };

double
sim_learning_mean_hours (KennisForm form)
{
  double sum = 0.0;

  for (guint i = 0; i < 5; i++)
    sum += lengths[form].minutes[i] * lengths[form].weights[i] / 60.0;

  return sum;
}

/* P (an activity of this form is inside the work). */
double
sim_learning_setting (KennisForm form,
                      double     embedding)
{
  return embedding * embeddable[form];
}

/* The knob is a share of hours; what is drawn are activities, and a course takes longer than a conversation. */
static void
expect_forms (SimModel *model)
{
  SimExpected *expected = &model->expected;
  double informal = sim_knob (model, SIM_INFORMAL);
  double informal_hours = 0.0, sum = 0.0;

  for (guint form = 2; form < N_FORMS; form++)
    informal_hours += informal_weights[form] * sim_learning_mean_hours ((KennisForm) form);
  for (guint form = 1; form < N_FORMS; form++)
    {
      double *weight = &expected->form_weights[form];

      *weight = form == KENNIS_FORM_FORMAL ? (1.0 - informal) / sim_learning_mean_hours (KENNIS_FORM_FORMAL)
                                           : informal * informal_weights[form] / informal_hours;
      sum += *weight;
    }
  for (guint form = 1; form < N_FORMS; form++)
    {
      expected->form_weights[form] /= sum;
      expected->mean_hours += expected->form_weights[form] * sim_learning_mean_hours ((KennisForm) form);
    }
}

void
sim_learning_expect (SimModel *model)
{
  static const double level_weights[SIM_N_LEVELS] = { 0.35, 0.45, 0.20 };
  SimExpected *expected = &model->expected;
  double concentration = sim_knob (model, SIM_CONCENTRATION);
  double level_mean = 0.0;

  expect_forms (model);
  expected->rate = model->options->hours / 12.0 / expected->mean_hours;
  expected->active = 1.0 - 0.75 * concentration;
  expected->shape = sim_between_values (3.0, 0.6, concentration);
  for (guint level = 0; level < SIM_N_LEVELS; level++)
    {
      expected->level_factors[level] = 1.0 + concentration * (level == 0 ? -0.5 : level == 1 ? 0.1 : 0.6);
      level_mean += level_weights[level] * expected->level_factors[level];
    }
  for (guint level = 0; level < SIM_N_LEVELS; level++)
    expected->level_factors[level] /= level_mean;
  expected->share_rate = 1.6 * sim_knob (model, SIM_SHARING);
  expected->share_shape = sim_between_values (3.0, 0.6, concentration);
  expected->leader_factor =
      model->options->null ? 1.0 : sim_between_values (0.4, 2.2, sim_knob (model, SIM_LEADERSHIP));
  expected->compliance_month = -1;
  if (sim_knob (model, SIM_COMPLIANCE) > 0.0)
    expected->compliance_month = 9 + (int) (model->options->seed % 2);
}

static gint64
office (SimModel *model,
        int       day,
        int       minutes)
{
  return sim_calendar_office (&model->calendar, day, minutes);
}

/* Minutes after 9:00, in quarters of an hour. */
static int
some_minute (SimRandom *random)
{
  return 15 * (int) sim_below (random, 33);
}

static SimActivity
new_activity (SimModel *model,
              guint     person)
{
  SimActivity activity = { .number = ++model->activity_count, .person = person };

  activity.start = activity.ended = activity.requested = activity.decided = KENNIS_UNKNOWN;
  activity.applied = activity.evaluated = activity.minutes = activity.cost = KENNIS_UNKNOWN;

  return activity;
}

/* Late entries come weeks afterwards, and so stand out of order among the rows. */
static gint64
entry_time (SimModel *model,
            gint64    time)
{
  SimRandom *random = &model->learning;
  gint64 after = sim_chance (random, sim_knob (model, SIM_LATE)) ? 20 + sim_below (random, 50) : sim_below (random, 2);

  return time + after * SIM_DAY + sim_below (random, 3600) * 1000;
}

/* Ends on the day; longer than eight hours takes more days before it, from the day of hiring on. */
static void
set_times (SimModel    *model,
           SimActivity *activity,
           int          day)
{
  int minutes = (int) activity->minutes;
  int days = (minutes + 479) / 480;
  int first = days > 1 ? sim_calendar_move (&model->calendar, day, 1 - days) : day;
  int at = minutes < 480 ? 15 * (int) sim_below (&model->learning, (guint) (480 - minutes) / 15 + 1) : 0;

  first = MAX (first, SIM_PERSON (model, activity->person)->hired);
  activity->start = office (model, first, at);
  activity->ended = office (model, day, days > 1 ? 480 : at + minutes);
  activity->entered = entry_time (model, activity->ended);
}

static void
set_kind (SimModel    *model,
          SimActivity *activity,
          KennisForm   form)
{
  static const double approaches[N_FORMS][5] = {
    [KENNIS_FORM_FORMAL] = { 0, 0.05, 0.35, 0.15, 0.45 }, [KENNIS_FORM_WORKPLACE] = { 0, 0.60, 0.05, 0.35, 0 },
    [KENNIS_FORM_TOGETHER] = { 0, 0.40, 0.10, 0.35, 0.15 }, [KENNIS_FORM_SELF_STUDY] = { 0.05, 0, 0.80, 0.15, 0 },
    [KENNIS_FORM_EVENT] = { 0.10, 0.20, 0.25, 0.05, 0.40 }, [KENNIS_FORM_MENTORING] = { 0, 0.60, 0.05, 0.35, 0 },
    [KENNIS_FORM_VOLUNTEERING] = { 0, 0.90, 0, 0.10, 0 }, [KENNIS_FORM_REFLECTION] = { 0.05, 0.80, 0.05, 0.10, 0 },
  };
  static const double settings[3] = { 0.25, 0.50, 0.25 };
  SimRandom *random = &model->learning;
  const SimTeam *team = SIM_TEAM (model, SIM_PERSON (model, activity->person)->team);

  activity->form = (guint8) form;
  activity->approach = (guint8) sim_pick (random, approaches[form], 5);
  activity->minutes = lengths[form].minutes[sim_pick (random, lengths[form].weights, 5)];
  activity->setting = KENNIS_SETTING_DETACHED;
  if (sim_chance (random, sim_learning_setting (form, team->effects.embedding)))
    activity->setting = (guint8) (KENNIS_SETTING_MEETING + sim_pick (random, settings, 3));
  activity->topic = team->topics[sim_below (random, SIM_TEAM_TOPICS)];
  if (!sim_chance (random, sim_knob (model, SIM_RELEVANCE)))
    activity->topic = sim_below (random, SIM_N_TOPICS - 1);
  activity->initiative = KENNIS_INITIATIVE_SELF;
  if (!sim_chance (random, sim_knob (model, SIM_AUTONOMY)))
    activity->initiative =
        (guint8) (sim_chance (random, 0.65) ? KENNIS_INITIATIVE_MANAGER : KENNIS_INITIATIVE_REQUIRED);
  activity->external = KENNIS_ANSWER_NO;
  if ((form == KENNIS_FORM_FORMAL && sim_chance (random, 0.45)) || form == KENNIS_FORM_EVENT)
    activity->external = KENNIS_ANSWER_YES;
}

static void
set_request (SimModel    *model,
             SimActivity *activity,
             int          day)
{
  SimRandom *random = &model->learning;
  int asked = sim_calendar_move (&model->calendar, day, -sim_between (random, 12, 45));
  int lag = 1 + (int) sim_poisson (random, 4.0);
  int decided = sim_calendar_move (&model->calendar, asked, MIN (lag, 11));

  if (asked < SIM_PERSON (model, activity->person)->hired && activity->status == KENNIS_STATUS_COMPLETED)
    return;
  if (asked < SIM_PERSON (model, activity->person)->hired)
    asked = decided = SIM_PERSON (model, activity->person)->hired; /* a newcomer asks at once, and hears so */
  activity->requested = office (model, asked, some_minute (random) / 2);
  activity->decided = office (model, decided, 240 + some_minute (random) / 2);
}

static void
set_cost (SimModel    *model,
          SimActivity *activity)
{
  if (activity->external == KENNIS_ANSWER_YES)
    activity->cost = 25 * (gint64) (1.0 + (double) activity->minutes / 480.0 * sim_between (&model->learning, 8, 24));
  else if (activity->form == KENNIS_FORM_FORMAL)
    activity->cost = 15 + 10 * sim_below (&model->learning, 6);
}

/* Use on the job.  With the stated probability it comes on day 0 … 90 after the end (a weekend moves it to the Friday
 * before, not later), and for a quarter as many it comes after that. */
static void
set_applied (SimModel    *model,
             SimActivity *activity,
             int          day)
{
  SimRandom *random = &model->learning;
  const SimPerson *person = SIM_PERSON (model, activity->person);
  const SimEffects *effects = &SIM_TEAM (model, person->team)->effects;
  double p = activity->initiative == KENNIS_INITIATIVE_REQUIRED ? effects->application_required : effects->application;
  double u = sim_uniform (random);
  double at = sim_uniform (random);
  double late = sim_gamma (random, 1.5);
  int used;

  if (u < p)
    {
      used = day + (int) (91.0 * at * at);
      while (used > day && !sim_calendar_is_work (&model->calendar, used))
        used--;
    }
  else if (u < p + MIN (0.25 * p, (1.0 - p) / 2.0))
    used = sim_calendar_move (&model->calendar, day + 91 + (int) (40.0 * late), 1);
  else
    return;

  if (used >= model->calendar.n_days || (used > day && sim_staff_presence (person, used) == 0.0))
    return;
  activity->applied = used == day ? activity->ended + 30 * SIM_MINUTE : office (model, used, some_minute (random));
}

static void
set_evaluated (SimModel    *model,
               SimActivity *activity,
               int          day)
{
  int when = day + sim_between (&model->learning, 0, 30);
  int minute = some_minute (&model->learning);

  if (sim_chance (&model->learning, activity->form == KENNIS_FORM_FORMAL ? 0.55 : 0.15)
      && when < model->calendar.n_days)
    activity->evaluated = MAX (office (model, when, minute), activity->ended);
}

static void
plan_pass_on (SimModel          *model,
              const SimActivity *activity,
              int                day)
{
  const SimPerson *person = SIM_PERSON (model, activity->person);
  gboolean passes = sim_chance (&model->learning, SIM_TEAM (model, person->team)->effects.pass_on);
  SimPassOn later = { activity->person, activity->topic, 0 };

  later.day = sim_calendar_move (&model->calendar, day + 1 + (int) sim_below (&model->learning, 84), 1);
  if (passes && later.day < model->calendar.n_days)
    g_array_append_val (model->pass_ons, later);
}

static void
complete (SimModel *model,
          guint     index,
          guint     month)
{
  SimRandom *random = &model->learning;
  int day = sim_staff_pick_day (model, random, SIM_PERSON (model, index), month);
  SimActivity activity;

  if (day < 0)
    return;

  activity = new_activity (model, index);
  set_kind (model, &activity, (KennisForm) sim_pick (random, model->expected.form_weights, N_FORMS));
  activity.status = KENNIS_STATUS_COMPLETED;
  set_times (model, &activity, day);
  if (activity.form == KENNIS_FORM_FORMAL && activity.initiative == KENNIS_INITIATIVE_SELF)
    set_request (model, &activity, day);
  set_cost (model, &activity);
  set_applied (model, &activity, day);
  set_evaluated (model, &activity, day);
  plan_pass_on (model, &activity, day);
  if (activity.form == KENNIS_FORM_MENTORING)
    {
      guint mentor = sim_staff_pick_partner (model, &model->exchange, index, day);

      activity.session = ++model->session_count;
      if (mentor != SIM_NONE)
        sim_exchange_mentor (model, mentor, index, activity.topic, activity.session, activity.start,
                             (int) activity.minutes);
    }
  g_array_append_val (model->activities, activity);
}

/* What did not come to an end: asked and refused, offered and declined, begun and given up, under way. */
static void
fall_short (SimModel *model,
            guint     index,
            guint     month)
{
  static const KennisStatus outcomes[] = { KENNIS_STATUS_ABANDONED, KENNIS_STATUS_REFUSED, KENNIS_STATUS_DEFERRED,
                                           KENNIS_STATUS_DECLINED, KENNIS_STATUS_NOT_YET, KENNIS_STATUS_ENROLLED,
                                           KENNIS_STATUS_REQUESTED, KENNIS_STATUS_APPROVED, KENNIS_STATUS_OFFERED };
  static const double weights[] = { 0.22, 0.14, 0.12, 0.10, 0.14, 0.12, 0.08, 0.04, 0.04 };
  SimRandom *random = &model->learning;
  KennisStatus status = outcomes[sim_pick (random, weights, G_N_ELEMENTS (weights))];
  int day = sim_staff_pick_day (model, random, SIM_PERSON (model, index), month);
  SimActivity activity;
  gboolean offered =
      status == KENNIS_STATUS_DECLINED || status == KENNIS_STATUS_NOT_YET || status == KENNIS_STATUS_OFFERED;

  if (day < 0)
    return;

  activity = new_activity (model, index);
  set_kind (model, &activity, KENNIS_FORM_FORMAL);
  activity.status = (guint8) status;
  activity.initiative = offered ? KENNIS_INITIATIVE_MANAGER : activity.initiative;
  set_request (model, &activity, day);
  activity.entered = entry_time (model, office (model, day, 480));
  if (status == KENNIS_STATUS_REQUESTED || status == KENNIS_STATUS_OFFERED)
    activity.decided = KENNIS_UNKNOWN;
  if (status == KENNIS_STATUS_ABANDONED || status == KENNIS_STATUS_ENROLLED)
    {
      set_times (model, &activity, day);
      set_cost (model, &activity);
    }
  if (status == KENNIS_STATUS_ENROLLED)
    activity.ended = KENNIS_UNKNOWN;
  if (status != KENNIS_STATUS_ABANDONED)
    activity.minutes = KENNIS_UNKNOWN;
  else
    activity.minutes = MAX (15, activity.minutes / 4);
  if (status == KENNIS_STATUS_NOT_YET)
    sim_talks_not_yet (model, index, day);
  g_array_append_val (model->activities, activity);
}

/* Everybody, in one month, for half an hour. */
static void
comply (SimModel *model,
        guint     index,
        guint     month)
{
  SimRandom *random = &model->learning;
  int day = sim_staff_pick_day (model, random, SIM_PERSON (model, index), month);
  gboolean done = sim_chance (random, sim_knob (model, SIM_COMPLIANCE));
  SimActivity activity;

  if (day < 0)
    return;

  activity = new_activity (model, index);
  activity.form = KENNIS_FORM_FORMAL;
  activity.setting = KENNIS_SETTING_DETACHED;
  activity.approach = KENNIS_APPROACH_DIGITAL;
  activity.initiative = KENNIS_INITIATIVE_REQUIRED;
  activity.external = KENNIS_ANSWER_NO;
  activity.topic = SIM_COMPLIANCE_TOPIC;
  activity.minutes = 30;
  activity.status = KENNIS_STATUS_COMPLETED;
  set_times (model, &activity, day);
  if (done)
    set_applied (model, &activity, day);
  else
    {
      activity.status = KENNIS_STATUS_ENROLLED;
      activity.ended = activity.minutes = KENNIS_UNKNOWN;
    }
  g_array_append_val (model->activities, activity);
}

void
sim_learning_month (SimModel *model,
                    guint     month)
{
  double season = sim_calendar_season (&model->calendar, month);
  gboolean peak = (int) sim_calendar_of_year (&model->calendar, month) == model->expected.compliance_month;

  for (guint i = 0; i < model->people->len; i++)
    {
      const SimPerson *person = SIM_PERSON (model, i);
      double there = sim_staff_exposure (model, person, month);
      double mean = model->expected.rate * season * there * (double) person->learn * (double) person->level_factor
                    * SIM_TEAM (model, person->team)->effects.learn;
      guint n, short_of;

      if (there <= 0.0)
        continue;
      n = sim_poisson (&model->learning, mean);
      short_of =
          sim_poisson (&model->learning, mean * model->expected.form_weights[KENNIS_FORM_FORMAL] * OTHER_OUTCOMES);
      while (n-- > 0)
        complete (model, i, month);
      while (short_of-- > 0)
        fall_short (model, i, month);
      if (peak)
        comply (model, i, month);
    }
}
