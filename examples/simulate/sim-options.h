#pragma once

#include <glib.h>

#include "simulate/sim-names.h"

/* What is asked of the simulator.  Every knob is a number from 0 to 1; one that was not named follows the culture,
 * from 0 (a culture of learning) to 1 (a learning culture). */
typedef enum
{
  SIM_SHARING,          /* how much knowledge people pass to each other */
  SIM_EMBEDDING,        /* probability that learning is part of the work, beyond its form */
  SIM_CONCENTRATION,    /* learning in the hands of a few */
  SIM_INFORMAL,         /* share of the hours of learning that are not courses */
  SIM_APPLICATION,      /* probability that what was learned is used within 90 days */
  SIM_RHYTHM,           /* teams that look back every week */
  SIM_OPENNESS,         /* probability that a partner is of another team */
  SIM_AUTONOMY,         /* probability that learning is one's own choice */
  SIM_LEADERSHIP,       /* leaders who share, ask and talk */
  SIM_RELEVANCE,        /* probability that a topic is one that the team needs */
  SIM_DIFFERENCES,      /* how much teams differ */
  SIM_COMPLIANCE,       /* probability of completing the yearly required e-learning; 0: there is none */
  SIM_SILENT,           /* share of teams that do not log */
  SIM_LATE,             /* share of events that are entered weeks later */
  SIM_RESPONSE,         /* probability that who is asked answers a questionnaire */
  SIM_N_KNOBS
} SimKnob;

typedef struct
{
  guint       people;
  guint       teams;
  guint       months;
  int         year;
  int         month;
  guint64     seed;
  double      culture;
  double      knobs[SIM_N_KNOBS];
  double      hours;       /* learning per head per year, before differences */
  double      contacts;    /* mere contacts per head per month */
  gboolean    null;        /* teams do not differ in anything */
  gboolean    steady;      /* nobody comes, goes, moves or is away, and every month is alike */
  gboolean    mass_talks;  /* one person presents to everybody every month */
  gboolean    gzip;
  gboolean    calendar;    /* moments are a calendar's, not records */
  gboolean    named;       /* respondents are people's ids, not tokens */
  char      **surveys;     /* instruments that are asked, or "all"; NULL: none */
  SimLanguage language;
  char       *output;
} SimOptions;

/* Parses the command line; on failure a message of what would be accepted.  *done: --help or --version was asked and answered. */
gboolean    sim_options_parse     (SimOptions *self, int *argc, char ***argv, gboolean *done, GError **error);
void        sim_options_clear     (SimOptions *self);
const char *sim_options_knob_name (SimKnob knob);
/* The culture that a knob of this value goes with, from 0 to 1. */
double      sim_options_culture_of (SimKnob knob, double value);
