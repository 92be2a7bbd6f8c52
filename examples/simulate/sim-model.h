#pragma once

#include "simulate/sim-calendar.h"
#include "simulate/sim-emit.h"
#include "simulate/sim-json.h"
#include "simulate/sim-options.h"
#include "simulate/sim-random.h"

#define SIM_NONE G_MAXUINT
#define SIM_NEVER G_MAXINT
#define SIM_TEAM_TOPICS 5
#define SIM_MAX_EXPERTISE 3

/* What makes one team another than the next; all 1 (or the knob itself) in a null organisation. */
typedef struct
{
  double learn;          /* × the rate of learning */
  double share;          /* × the rate of sharing */
  double application;    /* P (used within 90 days), of learning by own choice */
  double application_required;
  double embedding;      /* P (in the work), of informal learning */
  double check_out;      /* P (a check-out in a week) */
  double retrospective;  /* P (a retrospective in a week) */
  double evaluation;     /* P (an evaluation in a month) */
  double pass_on;        /* P (completed learning is passed on within 90 days) */
} SimEffects;

typedef struct
{
  char      *id;
  char      *name;
  guint      parent;       /* team, or SIM_NONE */
  gboolean   is_leaf;
  guint      discipline;
  guint      leader;       /* person, or SIM_NONE */
  guint      from_month;   /* exists from this month … */
  guint      until_month;  /* … to before this one */
  gboolean   silent;
  gboolean   declared;     /* silent, and the coverage says so */
  guint      stops_month;  /* its moments stop */
  guint      merged_into;  /* team after the reorganisation, or SIM_NONE */
  SimEffects effects;
  guint      topics[SIM_TEAM_TOPICS];
  GArray    *members;      /* guint: people, as of this month */
} SimTeam;

typedef struct
{
  char   id[12];
  guint  team;
  guint8 role, discipline, level, gender;
  guint8 first_name, last_name;
  guint8 n_expertise;
  guint8 expertise[SIM_MAX_EXPERTISE];
  float  fte;
  float  learn;          /* × the rate of learning: a person's own share of it, mean 1 */
  float  share;
  float  level_factor;   /* × the rate of learning, by level */
  gint32 hired, left;    /* days; left: the first day away for good, or SIM_NEVER */
  gint32 away_from, away_until, half_until;
  gboolean is_leader;
  gboolean on_file;      /* has a row */
} SimPerson;

/* What the process expects, worked out from the options once. */
typedef struct
{
  double rate;             /* completed activities per head per month */
  double form_weights[9];  /* by KennisForm */
  double mean_hours;       /* of an activity */
  double active;           /* P (a person ever learns by own choice) */
  double shape;            /* of the gamma among them */
  double level_factors[SIM_N_LEVELS];
  double share_rate;       /* sessions given per head per month */
  double share_shape;
  double leader_factor;    /* × the sharing of leaders */
  int    compliance_month; /* 0 January … 11, or −1 */
  int    reorganisation;   /* month, or −1 */
} SimExpected;

typedef struct
{
  guint    person;
  guint    topic;
  int      day;
} SimPassOn;

typedef struct
{
  guint  number, person, topic, session;   /* session 0: none; topic SIM_NONE: unknown */
  guint8 form, setting, approach, initiative, status, external;
  gint64 start, ended, requested, decided, applied, evaluated;
  gint64 minutes, cost;                    /* KENNIS_UNKNOWN, or minutes and whole euros */
  gint64 entered;                          /* when it was recorded */
} SimActivity;

typedef struct
{
  guint  number, giver, receiver, topic, session;
  guint8 kind, knowledge, initiative, outside;
  gint64 time, minutes;
  gint64 entered;
} SimSharing;

typedef struct
{
  const SimOptions *options;
  SimCalendar       calendar;
  SimExpected       expected;
  SimEmit           emit;
  GArray           *teams;        /* SimTeam */
  GArray           *people;       /* SimPerson */
  GArray           *activities;   /* SimActivity, not yet entered */
  GArray           *sharings;     /* SimSharing, not yet entered */
  GArray           *pass_ons;     /* SimPassOn, to come */
  GArray           *vacancies;    /* guint: team */
  guint             director;
  char             *topic_ids[SIM_N_TOPICS];
  GHashTable       *meetings;     /* id of a team → GString: its calendar; NULL: moments are records */
  guint             meeting_count;
  guint             activity_count, sharing_count, session_count;
  SimRandom         structure, staff, learning, exchange, moments, talks, surveys;
} SimModel;

#define SIM_TEAM(model, index) (&g_array_index ((model)->teams, SimTeam, (index)))
#define SIM_PERSON(model, index) (&g_array_index ((model)->people, SimPerson, (index)))

static inline double
sim_knob (const SimModel *model,
          SimKnob         knob)
{
  return model->options->knobs[knob];
}

static inline double
sim_between_values (double low,
                    double high,
                    double at)
{
  return low + (high - low) * at;
}

/* sim-model.c */
gboolean sim_model_run        (SimModel *model, const SimOptions *options, GError **error);
void     sim_model_clear      (SimModel *model);

/* sim-structure.c: teams, people, topics, needs, coverage */
void     sim_structure_make   (SimModel *model);
guint    sim_structure_hire   (SimModel *model, guint team, int day, gboolean is_leader);
void     sim_structure_emit   (SimModel *model);
SimEffects sim_effects_draw   (SimModel *model);

/* sim-staff.c: who comes, goes, moves and is away */
void     sim_staff_month      (SimModel *model, guint month);
/* Free with g_free(). */
char    *sim_staff_mail       (const SimPerson *person);
void     sim_staff_emit       (SimModel *model, guint person, int day);
void     sim_staff_holdings   (SimModel *model, guint person);
/* How much of a day a person is there: 0, 0.5 or 1. */
double   sim_staff_presence   (const SimPerson *person, int day);
/* The mean over the month's office days. */
double   sim_staff_exposure   (SimModel *model, const SimPerson *person, guint month);
/* An office day of the month on which the person is there, or −1. */
int      sim_staff_pick_day   (SimModel *model, SimRandom *random, const SimPerson *person, guint month);
/* Somebody else who is there on the day, or SIM_NONE. */
guint    sim_staff_pick_partner (SimModel *model, SimRandom *random, guint person, int day);
guint    sim_staff_leader_of  (SimModel *model, guint person);

/* sim-learning.c, sim-exchange.c, sim-moments.c, sim-talks.c */
void     sim_learning_expect  (SimModel *model);
void     sim_learning_month   (SimModel *model, guint month);
void     sim_learning_flush   (SimModel *model, gint64 until);
double   sim_learning_mean_hours (KennisForm form);
double   sim_learning_setting (KennisForm form, double embedding);
void     sim_exchange_month   (SimModel *model, guint month);
void     sim_exchange_flush   (SimModel *model, gint64 until);
void     sim_exchange_mentor  (SimModel *model, guint mentor, guint learner, guint topic, guint session, gint64 time,
                               int minutes);
void     sim_exchange_retrospective (SimModel *model, guint giver, const GArray *receivers, guint session, gint64 time);
void     sim_moments_month    (SimModel *model, guint month);
/* sim-meetings.c: moments as a calendar, where that is asked for */
void     sim_meetings_add     (SimModel *model, const SimTeam *team, KennisMomentKind kind, const char *session, gint64 time,
                               const GArray *attendees);
gboolean sim_meetings_save    (SimModel *model, const char *folder, GError **error);
void     sim_talks_month      (SimModel *model, guint month);
void     sim_talks_not_yet    (SimModel *model, guint person, int day);
void     sim_outcomes_emit    (SimModel *model, guint month);

/* sim-survey.c */
void     sim_surveys_month    (SimModel *model, guint month);
/* The lowest mean of the foundation's scales, from 0 to 100; NaN where nobody was asked. */
double   sim_surveys_foundation (SimModel *model);
void     sim_surveys_truth    (SimModel *model, SimJson *json, guint team);

/* sim-truth.c */
char    *sim_truth_write      (SimModel *model);
