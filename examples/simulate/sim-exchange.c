#include "config.h"

#include "simulate/sim-model.h"

#define N_KINDS (KENNIS_SHARING_KIND_CONTACT + 1)

/* Of the sessions that people give by themselves. */
static const double kind_weights[N_KINDS] = {
  [KENNIS_SHARING_KIND_PEER_REVIEW] = 0.16, [KENNIS_SHARING_KIND_FEEDBACK] = 0.20,
  [KENNIS_SHARING_KIND_PRESENTATION] = 0.06, [KENNIS_SHARING_KIND_DISCUSSION] = 0.18,
  [KENNIS_SHARING_KIND_QUESTION] = 0.24, [KENNIS_SHARING_KIND_CO_CREATION] = 0.06,
  [KENNIS_SHARING_KIND_DOCUMENT] = 0.10,
};

static const int kind_minutes[N_KINDS] = {
  [KENNIS_SHARING_KIND_MENTORING] = 60, [KENNIS_SHARING_KIND_BUDDY] = 60, [KENNIS_SHARING_KIND_PEER_REVIEW] = 45,
  [KENNIS_SHARING_KIND_FEEDBACK] = 20, [KENNIS_SHARING_KIND_RETROSPECTIVE] = 45, [KENNIS_SHARING_KIND_PRESENTATION] = 45,
  [KENNIS_SHARING_KIND_DISCUSSION] = 30, [KENNIS_SHARING_KIND_QUESTION] = 15, [KENNIS_SHARING_KIND_CO_CREATION] = 120,
  [KENNIS_SHARING_KIND_DOCUMENT] = 30, [KENNIS_SHARING_KIND_CONTACT] = 10,
};

/* P (implicit): what shows in doing, not what can be written down. */
static const double implicit[N_KINDS] = {
  [KENNIS_SHARING_KIND_MENTORING] = 0.70, [KENNIS_SHARING_KIND_BUDDY] = 0.65, [KENNIS_SHARING_KIND_PEER_REVIEW] = 0.40,
  [KENNIS_SHARING_KIND_FEEDBACK] = 0.50, [KENNIS_SHARING_KIND_RETROSPECTIVE] = 0.50,
  [KENNIS_SHARING_KIND_PRESENTATION] = 0.10, [KENNIS_SHARING_KIND_DISCUSSION] = 0.45,
  [KENNIS_SHARING_KIND_QUESTION] = 0.25, [KENNIS_SHARING_KIND_CO_CREATION] = 0.75,
};

static gint64
some_time (SimModel *model,
           int       day)
{
  return sim_calendar_office (&model->calendar, day, 15 * (int) sim_below (&model->exchange, 32));
}

/* What all rows of one session have in common. */
static SimSharing
new_session (SimModel         *model,
             guint             giver,
             KennisSharingKind kind,
             guint             topic,
             gint64            time)
{
  SimRandom *random = &model->exchange;
  int typical = kind_minutes[kind];
  SimSharing sharing = { .giver = giver, .receiver = SIM_NONE, .topic = topic, .kind = (guint8) kind, .time = time };
  gboolean late = sim_chance (random, sim_knob (model, SIM_LATE));
  double by = sim_uniform (random);

  sharing.minutes = 5 + typical / 2 + 5 * (int) sim_below (random, (guint) typical / 5 + 1);
  sharing.knowledge = sim_chance (random, implicit[kind]) ? KENNIS_KNOWLEDGE_IMPLICIT : KENNIS_KNOWLEDGE_EXPLICIT;
  sharing.initiative = by < 0.80   ? KENNIS_INITIATIVE_SELF
                       : by < 0.95 ? KENNIS_INITIATIVE_MANAGER
                                   : KENNIS_INITIATIVE_REQUIRED;
  sharing.outside = KENNIS_ANSWER_NO;
  sharing.entered = time + (late ? (gint64) (20 + sim_below (random, 50)) : (gint64) sim_below (random, 2)) * SIM_DAY;

  return sharing;
}

/* A row of the session; a silent team writes none. */
static void
log_sharing (SimModel   *model,
             SimSharing *sharing,
             guint       receiver)
{
  if (SIM_TEAM (model, SIM_PERSON (model, sharing->giver)->team)->silent)
    return;

  sharing->number = ++model->sharing_count;
  sharing->receiver = receiver;
  g_array_append_val (model->sharings, *sharing);
}

static guint
audience_of (SimModel         *model,
             KennisSharingKind kind)
{
  SimRandom *random = &model->exchange;

  switch (kind)
    {
    case KENNIS_SHARING_KIND_PRESENTATION:
      return (guint) sim_between (random, 8, 30);
    case KENNIS_SHARING_KIND_DISCUSSION:
      return (guint) sim_between (random, 1, 4);
    case KENNIS_SHARING_KIND_DOCUMENT:
      return (guint) sim_between (random, 1, 8);
    default:
      return 1;
    }
}

/* Up to n different partners; a small organisation may have fewer. */
static void
share_with (SimModel   *model,
            SimSharing *sharing,
            guint       n,
            int         day)
{
  guint chosen[32];
  guint found = 0;

  n = MIN (n, G_N_ELEMENTS (chosen));
  if (n > 1)
    sharing->session = ++model->session_count;
  for (guint try = 0; try < 2 * n && found < n; try++)
    {
      guint partner = sim_staff_pick_partner (model, &model->exchange, sharing->giver, day);
      gboolean is_new = partner != SIM_NONE;

      for (guint i = 0; is_new && i < found; i++)
        is_new = chosen[i] != partner;
      if (!is_new)
        continue;
      chosen[found++] = partner;
      log_sharing (model, sharing, partner);
    }
}

/* Who asks: leaders do in the measure of their example. */
static void
answer_question (SimModel   *model,
                 SimSharing *sharing,
                 int         day)
{
  guint asker = sim_staff_pick_partner (model, &model->exchange, sharing->giver, day);
  double leaders = model->options->null ? 0.0 : 0.35 * sim_knob (model, SIM_LEADERSHIP);
  gboolean by_leader = sim_chance (&model->exchange, leaders);

  if (asker != SIM_NONE && by_leader)
    {
      guint leader = sim_staff_leader_of (model, asker);

      if (leader != SIM_NONE && leader != sharing->giver && sim_staff_presence (SIM_PERSON (model, leader), day) > 0.0)
        asker = leader;
    }
  if (asker != SIM_NONE)
    log_sharing (model, sharing, asker);
}

static guint
topic_of (SimModel *model,
          guint     giver)
{
  const SimPerson *person = SIM_PERSON (model, giver);
  guint at = sim_below (&model->exchange, SIM_TEAM_TOPICS);

  if (person->n_expertise > 0 && sim_chance (&model->exchange, 0.6))
    return person->expertise[at % person->n_expertise];

  return SIM_TEAM (model, person->team)->topics[at];
}

static void
give (SimModel *model,
      guint     giver,
      guint     month)
{
  SimRandom *random = &model->exchange;
  int day = sim_staff_pick_day (model, random, SIM_PERSON (model, giver), month);
  KennisSharingKind kind = (KennisSharingKind) sim_pick (random, kind_weights, N_KINDS);
  SimSharing sharing;

  if (day < 0)
    return;
  if (kind == KENNIS_SHARING_KIND_QUESTION && SIM_PERSON (model, giver)->n_expertise == 0)
    kind = KENNIS_SHARING_KIND_DISCUSSION; /* questions go to those who know */

  sharing = new_session (model, giver, kind, topic_of (model, giver), some_time (model, day));
  if (kind == KENNIS_SHARING_KIND_CO_CREATION && sim_chance (random, 0.5))
    {
      sharing.outside = KENNIS_ANSWER_YES; /* a customer or supplier, whom nobody names */
      log_sharing (model, &sharing, SIM_NONE);
    }
  else if (kind == KENNIS_SHARING_KIND_QUESTION)
    answer_question (model, &sharing, day);
  else
    share_with (model, &sharing, audience_of (model, kind), day);
}

static void
pass_on (SimModel *model,
         guint     month)
{
  int next = model->calendar.month_first[month + 1];
  guint kept = 0;

  for (guint i = 0; i < model->pass_ons->len; i++)
    {
      SimPassOn *later = &g_array_index (model->pass_ons, SimPassOn, i);

      if (later->day >= next)
        g_array_index (model->pass_ons, SimPassOn, kept++) = *later;
      else if (sim_staff_presence (SIM_PERSON (model, later->person), later->day) > 0.0)
        {
          SimSharing sharing = new_session (model, later->person, KENNIS_SHARING_KIND_DISCUSSION, later->topic,
                                            some_time (model, later->day));

          sharing.initiative = KENNIS_INITIATIVE_SELF;
          share_with (model, &sharing, audience_of (model, KENNIS_SHARING_KIND_DISCUSSION), later->day);
        }
    }
  g_array_set_size (model->pass_ons, kept);
}

/* A buddy of the own team, in the first weeks. */
static void
welcome (SimModel *model,
         guint     newcomer,
         guint     month)
{
  const SimPerson *person = SIM_PERSON (model, newcomer);
  const GArray *members = SIM_TEAM (model, person->team)->members;
  gboolean has_buddy = sim_chance (&model->exchange, sim_between_values (0.15, 0.95, sim_knob (model, SIM_SHARING)));
  guint buddy = g_array_index (members, guint, sim_below (&model->exchange, members->len));
  int day = person->hired;

  for (guint week = 0; has_buddy && buddy != newcomer && week < 4; week++, day += 7)
    {
      int on = sim_calendar_move (&model->calendar, day, 1);
      SimSharing sharing;

      if (on >= model->calendar.n_days || sim_staff_presence (SIM_PERSON (model, buddy), on) == 0.0
          || sim_staff_presence (person, on) == 0.0)
        continue;
      sharing = new_session (model, buddy, KENNIS_SHARING_KIND_BUDDY, topic_of (model, buddy), some_time (model, on));
      log_sharing (model, &sharing, newcomer);
    }
}

/* The trap: one talk to all, every month, is a lot of rows and no learning from each other.  It draws nothing, so that
 * all else stays as it is without. */
static void
talk_to_all (SimModel *model,
             guint     month)
{
  int day = sim_calendar_move (&model->calendar, model->calendar.month_first[month] + 6, 1);
  gint64 time = sim_calendar_office (&model->calendar, day, 60);
  SimSharing sharing = { .giver = model->director, .topic = 35, .session = month + 1, .time = time, .entered = time,
                         .kind = KENNIS_SHARING_KIND_PRESENTATION, .knowledge = KENNIS_KNOWLEDGE_EXPLICIT,
                         .initiative = KENNIS_INITIATIVE_MANAGER, .outside = KENNIS_ANSWER_NO, .minutes = 60 };

  for (guint i = 0; i < model->people->len; i++)
    if (i != model->director && sim_staff_presence (SIM_PERSON (model, i), day) > 0.0)
      log_sharing (model, &sharing, i);
}

static void
be_in_contact (SimModel *model,
               guint     person,
               guint     month,
               double    mean)
{
  guint n = sim_poisson (&model->exchange, mean);

  while (n-- > 0)
    {
      int day = sim_staff_pick_day (model, &model->exchange, SIM_PERSON (model, person), month);
      guint other = day < 0 ? SIM_NONE : sim_staff_pick_partner (model, &model->exchange, person, day);
      SimSharing contact = { .giver = person, .topic = SIM_NONE, .kind = KENNIS_SHARING_KIND_CONTACT,
                             .minutes = KENNIS_UNKNOWN, .outside = KENNIS_ANSWER_NO };

      if (other == SIM_NONE)
        continue;
      contact.time = contact.entered = some_time (model, day);
      log_sharing (model, &contact, other);
    }
}

void
sim_exchange_month (SimModel *model,
                    guint     month)
{
  double season = sim_calendar_season (&model->calendar, month);
  int first = model->calendar.month_first[month];

  for (guint i = 0; i < model->people->len; i++)
    {
      const SimPerson *person = SIM_PERSON (model, i);
      double there = sim_staff_exposure (model, person, month) * season;
      double rate = model->expected.share_rate * (double) person->share * SIM_TEAM (model, person->team)->effects.share;
      guint n;

      if (there <= 0.0)
        continue;
      n = sim_poisson (&model->exchange, there * rate * (person->is_leader ? model->expected.leader_factor : 1.0));
      while (n-- > 0)
        give (model, i, month);
      be_in_contact (model, i, month, there * model->options->contacts);
      if (person->hired >= first)
        welcome (model, i, month);
    }
  pass_on (model, month);
  if (model->options->mass_talks)
    talk_to_all (model, month);
}

void
sim_exchange_mentor (SimModel *model,
                     guint     mentor,
                     guint     learner,
                     guint     topic,
                     guint     session,
                     gint64    time,
                     int       minutes)
{
  SimSharing sharing = new_session (model, mentor, KENNIS_SHARING_KIND_MENTORING, topic, time);

  sharing.session = session;
  sharing.minutes = minutes;
  log_sharing (model, &sharing, learner);
}

void
sim_exchange_retrospective (SimModel     *model,
                            guint         giver,
                            const GArray *receivers,
                            guint         session,
                            gint64        time)
{
  SimSharing sharing = new_session (model, giver, KENNIS_SHARING_KIND_RETROSPECTIVE,
                                    SIM_TEAM (model, SIM_PERSON (model, giver)->team)->topics[0], time);

  sharing.session = session;
  for (guint i = 0; i < receivers->len; i++)
    if (g_array_index (receivers, guint, i) != giver)
      log_sharing (model, &sharing, g_array_index (receivers, guint, i));
}
