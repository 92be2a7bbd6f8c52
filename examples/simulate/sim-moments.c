#include "config.h"

#include "simulate/sim-model.h"

/* Those of the team who are there; a moment with one person is none. */
static GArray *
present_members (SimModel      *model,
                 const SimTeam *team,
                 int            day)
{
  GArray *present = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < team->members->len; i++)
    {
      guint person = g_array_index (team->members, guint, i);

      if (sim_staff_presence (SIM_PERSON (model, person), day) > 0.0)
        g_array_append_val (present, person);
    }

  return present;
}

/* Takes away those who could not come, but never below two. */
static void
thin_out (SimModel *model,
          GArray   *people)
{
  for (guint i = people->len; i > 0 && people->len > 2; i--)
    if (sim_chance (&model->moments, 0.15))
      g_array_remove_index (people, i - 1);
}

static void
emit_moment (SimModel         *model,
             const SimTeam    *team,
             KennisMomentKind  kind,
             guint             session,
             gint64            time,
             const GArray     *attendees)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  char session_id[16];

  g_snprintf (session_id, sizeof session_id, "s%u", session);
  if (model->options->calendar)
    {
      sim_meetings_add (model, team, kind, session_id, time, attendees);
      return;
    }
  for (guint i = 0; attendees != NULL && i < attendees->len; i++)
    g_ptr_array_add (names, SIM_PERSON (model, g_array_index (attendees, guint, i))->id);
  g_ptr_array_add (names, NULL);

  sim_emit_begin (&model->emit, KENNIS_RECORD_TYPE_MOMENT);
  sim_emit_text (&model->emit, "session", session_id);
  sim_emit_text (&model->emit, "team", team->id);
  sim_emit_enum (&model->emit, "kind", KENNIS_TYPE_MOMENT_KIND, (int) kind);
  sim_emit_number (&model->emit, "time", time);
  if (attendees != NULL)
    sim_emit_list (&model->emit, "attendees", (const char *const *) names->pdata);
  sim_emit_end (&model->emit);
}

typedef struct
{
  SimModel *model;
  guint     team;
  int       monday;
  guint     session;     /* of this week's meeting */
  int       meeting;     /* its day, or −1 */
  double    season;
} Week;

/* A day of the week, or −1 where the office is closed.  Regular teams have their own day and hour. */
static int
day_of (const Week *week,
        int         weekday)
{
  const SimCalendar *calendar = &week->model->calendar;
  int day = week->monday + weekday;

  if (day >= 0 && day < calendar->n_days && sim_calendar_is_work (calendar, day))
    return day;
  for (int other = 4; other >= 0; other--)
    if (week->monday + other >= 0 && week->monday + other < calendar->n_days
        && sim_calendar_is_work (calendar, week->monday + other))
      return week->monday + other;

  return -1;
}

static void
look_back (Week             *week,
           KennisMomentKind  kind,
           int               weekday,
           int               minute)
{
  SimModel *model = week->model;
  SimTeam *team = SIM_TEAM (model, week->team);
  int day = day_of (week, weekday);
  gboolean in_meeting = kind != KENNIS_MOMENT_KIND_RETROSPECTIVE && week->meeting >= 0
                        && sim_chance (&model->moments, team->effects.embedding);
  g_autoptr (GArray) people = NULL;
  guint session = week->session;
  gint64 time;

  if (in_meeting)
    {
      day = week->meeting;
      minute = 45; /* the last part of it */
    }
  else
    session = ++model->session_count;
  if (day < 0)
    return;

  people = present_members (model, team, day);
  if (people->len < 2)
    return;
  thin_out (model, people);
  time = sim_calendar_office (&model->calendar, day, minute);
  emit_moment (model, team, kind, session, time, people);
  if (kind == KENNIS_MOMENT_KIND_RETROSPECTIVE && !model->options->null
      && sim_chance (&model->moments, 0.6 * sim_knob (model, SIM_SHARING)))
    sim_exchange_retrospective (model, g_array_index (people, guint, sim_below (&model->moments, people->len)), people,
                                session, time);
}

static void
meet (Week *week)
{
  SimModel *model = week->model;
  SimTeam *team = SIM_TEAM (model, week->team);
  int day = sim_chance (&model->moments, 0.92) ? day_of (week, 0) : -1;

  week->meeting = -1;
  if (day < 0)
    return;

  g_autoptr (GArray) people = present_members (model, team, day);
  if (people->len < 2)
    return;
  week->meeting = day;
  week->session = ++model->session_count;
  emit_moment (model, team, KENNIS_MOMENT_KIND_MEETING, week->session, sim_calendar_office (&model->calendar, day, 0),
               NULL);
}

/* A regular team has its check-out on the same day and hour; others whenever it comes to them. */
static void
week_of_team (Week     *week,
              gboolean  evaluates)
{
  SimModel *model = week->model;
  SimRandom *random = &model->moments;
  const SimEffects *effects = &SIM_TEAM (model, week->team)->effects;
  gboolean regular = effects->check_out > 0.5;
  int weekday = sim_between (random, 0, 4);
  int minute = 15 * sim_between (random, 4, 30);
  double culture = sim_knob (model, SIM_LEADERSHIP);

  meet (week);
  if (sim_chance (random, effects->check_out * week->season))
    look_back (week, KENNIS_MOMENT_KIND_CHECK_OUT, regular ? 3 + (int) week->team % 2 : weekday,
               regular ? 375 : minute);
  if (sim_chance (random, effects->retrospective * week->season))
    look_back (week, KENNIS_MOMENT_KIND_RETROSPECTIVE, sim_between (random, 1, 3), 240);
  if (evaluates)
    look_back (week, KENNIS_MOMENT_KIND_EVALUATION, sim_between (random, 0, 4), 180);
  if (sim_chance (random, 0.10 * culture))
    look_back (week, KENNIS_MOMENT_KIND_RECOGNITION, sim_between (random, 0, 4), 420);
  if (sim_chance (random, 0.06 * culture))
    look_back (week, KENNIS_MOMENT_KIND_EXPERIMENT, sim_between (random, 0, 4), 120);
}

static void
month_of_team (SimModel *model,
               guint     index,
               guint     month)
{
  const SimCalendar *calendar = &model->calendar;
  const SimTeam *team = SIM_TEAM (model, index);
  int first = calendar->month_first[month];
  int next = calendar->month_first[month + 1];
  int monday = first + (7 - sim_calendar_weekday (calendar, first)) % 7;
  gboolean evaluates = sim_chance (&model->moments, team->effects.evaluation);
  int chosen = sim_between (&model->moments, 0, 3);
  double season = sim_calendar_season (calendar, month) < 0.6 ? 0.6 : 1.0;

  for (int week = 0; monday < next; week++, monday += 7)
    {
      Week this = { model, index, monday, 0, -1, season };

      week_of_team (&this, evaluates && week == chosen);
    }
}

void
sim_moments_month (SimModel *model,
                   guint     month)
{
  for (guint t = 0; t < model->teams->len; t++)
    {
      const SimTeam *team = SIM_TEAM (model, t);

      if (team->is_leaf && !team->silent && team->from_month <= month && month < team->until_month
          && month < team->stops_month)
        month_of_team (model, t, month);
    }
}
