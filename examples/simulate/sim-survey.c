#include "config.h"

#include "simulate/sim-model.h"

#include <math.h>
#include <string.h>

/* Questionnaires: what a team is like, as far as sharing tells it, and what else is its own, drives what its people answer. */

#define CLIMATE 5.0          /* standard deviations, in points of 100: of teams, in everything … */
#define TEAM 5.0             /* … and in a scale of its own */
#define PERSON 9.0           /* of people, in everything … */
#define LEANING 7.0          /* … and in a sub-scale of its own */
#define NOISE 16.0           /* of answers */
#define TOLD_BY_SHARING 0.6  /* correlation of a team's climate with how much it shares */
#define CHANGE 3.0           /* points from wave to wave */
#define FRENCH 0.3
#define LEFT_OPEN 0.02
#define DAYS_OPEN 14
#define N_WAVES 2

/* The knob that a scale follows, and the mean at 0 and at 1; where none is named, the culture. */
typedef struct
{
  const char *instrument;
  const char *scale;
  SimKnob     knob;
} Drive;

static const Drive drives[] = {
  { "foundation", "leadership", SIM_LEADERSHIP },
  { "foundation", "autonomy", SIM_AUTONOMY },
  { "carriers", "work", SIM_EMBEDDING },
  { "carriers", "collaboration", SIM_SHARING },
  { "carriers", "leadership", SIM_LEADERSHIP },
  { "carriers", "organisation", SIM_RHYTHM },
  { "carriers", "outside", SIM_OPENNESS },
  { "features", "sharing", SIM_SHARING },
  { "features", "support", SIM_LEADERSHIP },
  { "features", "feedback", SIM_RHYTHM },
  { "motivation", "autonomous", SIM_AUTONOMY },
  { "motivation", "controlled", SIM_AUTONOMY },
};

typedef struct
{
  double   *own;          /* by sub-scale: what the person leans to there */
  double    all;
  gboolean  is_french;
  char      token[24];
} Respondent;

static const char *
root_of (KennisInstrument *instrument,
         const char       *scale)
{
  for (const char *parent = scale; parent != NULL; parent = kennis_instrument_get_scale_parent (instrument, scale))
    scale = parent;

  return scale;
}

static double
mean_of_scale (SimModel   *model,
               const char *instrument,
               const char *root)
{
  double at = model->options->culture;

  for (guint i = 0; i < G_N_ELEMENTS (drives); i++)
    if (strcmp (drives[i].instrument, instrument) == 0 && strcmp (drives[i].scale, root) == 0)
      at = sim_knob (model, drives[i].knob) < 0.0 ? 0.5 : sim_knob (model, drives[i].knob);
  if (strcmp (root, "controlled") == 0)
    at = 1.0 - at;

  return sim_between_values (40.0, 72.0, at);
}

/* Draws that do not depend on who else was asked, nor on the wave. */
static void
start_own (SimModel  *model,
           SimRandom *random,
           guint64    stream,
           guint64    number)
{
  sim_random_init (random, model->options->seed ^ ((number + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)), stream);
}

/* A merged team goes on as the first of those it was made of. */
static guint
origin_of (SimModel *model,
           guint     team)
{
  for (guint t = 0; t < model->teams->len; t++)
    if (SIM_TEAM (model, t)->merged_into == team)
      return t;

  return team;
}

static double
sharing_of (SimModel *model,
            guint     team)
{
  double spread = 0.7 * sim_knob (model, SIM_DIFFERENCES);

  return spread > 0.0 ? log (SIM_TEAM (model, team)->effects.share) / spread + spread / 2.0 : 0.0;
}

/* Points above or below the mean of a scale; number: of the scale among all of all instruments. */
static double
team_effect (SimModel *model,
             guint     team,
             guint     number)
{
  double differ = sim_knob (model, SIM_DIFFERENCES) / 0.6;
  SimRandom random;
  double climate;

  start_own (model, &random, 7, origin_of (model, team));
  climate = TOLD_BY_SHARING * sharing_of (model, team)
            + sqrt (1.0 - TOLD_BY_SHARING * TOLD_BY_SHARING) * sim_normal (&random);
  for (guint i = 0; i < number; i++)
    sim_normal (&random);

  return differ * (CLIMATE * climate + TEAM * sim_normal (&random));
}

static double
change_at (SimModel *model,
           guint     wave)
{
  return model->options->null || model->options->steady ? 0.0 : CHANGE * wave;
}

/* The mean of what people of a team lean to, from 0 to 100, before it becomes answers. */
static double
leaning_of_team (SimModel   *model,
                 guint       team,
                 const char *instrument,
                 const char *root,
                 guint       number,
                 guint       wave)
{
  return mean_of_scale (model, instrument, root) + team_effect (model, team, number) + change_at (model, wave);
}

/* E (score) where the nearest of the answers is given to a leaning of this mean. */
static double
expected_score (double mean,
                guint  n_steps)
{
  double sd = sqrt (PERSON * PERSON + LEANING * LEANING + NOISE * NOISE);
  double sum = 0.0;

  for (guint k = 0; k < n_steps; k++)
    sum += 0.5 * erfc ((100.0 * (k + 0.5) / n_steps - mean) / (sd * G_SQRT2));

  return 100.0 * sum / n_steps;
}

static guint
month_of_wave (SimModel *model,
               guint     wave)
{
  return model->options->months * (4 * wave + 3) / (4 * N_WAVES);
}

/* 0 or 1; N_WAVES: nothing is asked in this month. */
static guint
wave_of_month (SimModel *model,
               guint     month)
{
  for (guint wave = 0; wave < N_WAVES; wave++)
    if (month_of_wave (model, wave) == month)
      return wave;

  return N_WAVES;
}

static gboolean
is_asked_by (SimModel   *model,
             const char *instrument)
{
  const char *const *asked = (const char *const *) model->options->surveys;

  return asked != NULL && (g_strv_contains (asked, "all") || g_strv_contains (asked, instrument));
}

static int
first_office_day (SimModel *model,
                  guint     month)
{
  int day = model->calendar.month_first[month];

  while (!sim_calendar_is_work (&model->calendar, day) && day + 1 < model->calendar.month_first[month + 1])
    day++;

  return day;
}

typedef struct
{
  SimModel         *model;
  KennisInstrument *instrument;
  const char       *id;
  char            **items;
  guint             wave;
  char              wave_id[16];
  int               day;
  guint             first_scale;    /* number of the first scale of this instrument among all */
  char            **scales;
} Survey;

static guint
number_of_scale (const Survey *survey,
                 const char   *scale)
{
  guint i = 0;

  while (strcmp (survey->scales[i], scale) != 0)
    i++;

  return survey->first_scale + i;
}

static void
emit_invitation (const Survey *survey,
                 guint         team)
{
  SimModel *model = survey->model;
  const GArray *members = SIM_TEAM (model, team)->members;
  gint64 people = 0;

  for (guint i = 0; i < members->len; i++)
    people += sim_staff_presence (SIM_PERSON (model, g_array_index (members, guint, i)), survey->day) > 0.0;
  if (people == 0)
    return;

  sim_emit_begin (&model->emit, KENNIS_RECORD_TYPE_INVITATION);
  sim_emit_text (&model->emit, "instrument", survey->id);
  sim_emit_text (&model->emit, "wave", survey->wave_id);
  sim_emit_text (&model->emit, "team", SIM_TEAM (model, team)->id);
  sim_emit_number (&model->emit, "people", people);
  sim_emit_number (&model->emit, "from", sim_calendar_midnight (&model->calendar, survey->day));
  sim_emit_number (&model->emit, "until", sim_calendar_midnight (&model->calendar, survey->day + DAYS_OPEN));
  sim_emit_end (&model->emit);
}

static void
emit_answer (const Survey     *survey,
             const Respondent *respondent,
             guint             person,
             const char       *item,
             double            leaning,
             gint64            time)
{
  SimEmit *emit = &survey->model->emit;
  double low = kennis_instrument_get_item_low (survey->instrument, item);
  double high = kennis_instrument_get_item_high (survey->instrument, item);
  double at = CLAMP (leaning / 100.0, 0.0, 1.0);

  if (kennis_instrument_is_item_reversed (survey->instrument, item))
    at = 1.0 - at;
  sim_emit_begin (emit, KENNIS_RECORD_TYPE_RESPONSE);
  sim_emit_text (emit, "instrument", survey->id);
  sim_emit_text (emit, "wave", survey->wave_id);
  sim_emit_text (emit, "respondent", respondent->token);
  sim_emit_text (emit, "team", SIM_TEAM (survey->model, SIM_PERSON (survey->model, person)->team)->id);
  sim_emit_text (emit, "item", item);
  sim_emit_decimal (emit, "score", low + floor (at * (high - low) + 0.5));
  sim_emit_text (emit, "language", respondent->is_french ? "fr" : "nl");
  sim_emit_number (emit, "time", time);
  sim_emit_end (emit);
}

static void
answer (const Survey     *survey,
        const Respondent *respondent,
        guint             person)
{
  SimModel *model = survey->model;
  SimRandom *random = &model->surveys;
  int day = sim_calendar_move (&model->calendar, survey->day, sim_between (random, 0, 8));
  gint64 time = sim_calendar_office (&model->calendar, day, sim_between (random, 0, 480));
  const char *last = NULL;
  double mean = 0.0;

  for (guint i = 0; survey->items[i] != NULL; i++)
    {
      const char *item = survey->items[i];
      const char *scale = kennis_instrument_get_item_scale (survey->instrument, item);
      const char *root = root_of (survey->instrument, scale);
      double noise = NOISE * sim_normal (random);
      guint own = number_of_scale (survey, scale) - survey->first_scale;

      if (root != last)
        mean = leaning_of_team (model, SIM_PERSON (model, person)->team, survey->id, root,
                                number_of_scale (survey, root), survey->wave);
      last = root;
      if (!sim_chance (random, LEFT_OPEN))
        emit_answer (survey, respondent, person, item, mean + respondent->all + respondent->own[own] + noise, time);
    }
}

static void
ask (const Survey *survey,
     guint         person)
{
  SimModel *model = survey->model;
  guint n = g_strv_length (survey->scales);
  g_autofree double *own = g_new (double, n + 1);
  Respondent respondent = { .own = own };
  SimRandom random;
  guint64 upper;

  if (sim_staff_presence (SIM_PERSON (model, person), survey->day) == 0.0
      || !sim_chance (&model->surveys, sim_knob (model, SIM_RESPONSE)))
    return;

  start_own (model, &random, 8, person);
  upper = sim_below (&random, G_MAXUINT);
  g_snprintf (respondent.token, sizeof respondent.token, "r-%08x%08x", (guint) upper, sim_below (&random, G_MAXUINT));
  if (model->options->named)
    g_strlcpy (respondent.token, SIM_PERSON (model, person)->id, sizeof respondent.token);
  respondent.is_french = sim_chance (&random, FRENCH);
  respondent.all = PERSON * sim_normal (&random);
  for (guint i = 0; i < survey->first_scale; i++)
    sim_normal (&random);
  for (guint i = 0; i < n; i++)
    own[i] = LEANING * sim_normal (&random);
  answer (survey, &respondent, person);
}

static void
hold (const Survey *survey)
{
  SimModel *model = survey->model;

  for (guint t = 0; t < model->teams->len; t++)
    if (SIM_TEAM (model, t)->is_leaf)
      emit_invitation (survey, t);
  for (guint i = 0; i < model->people->len; i++)
    ask (survey, i);
}

void
sim_surveys_month (SimModel *model,
                   guint     month)
{
  guint wave = wave_of_month (model, month);
  g_autoptr (GListModel) instruments = NULL;
  guint n_scales = 0;

  if (model->options->surveys == NULL || wave == N_WAVES)
    return;

  instruments = kennis_instrument_list ();
  for (guint i = 0; i < g_list_model_get_n_items (instruments); i++)
    {
      g_autoptr (KennisInstrument) instrument = g_list_model_get_item (instruments, i);
      const char *id = kennis_instrument_get_id (instrument);
      g_auto (GStrv) items = kennis_instrument_list_items (instrument, NULL);
      g_auto (GStrv) scales = kennis_instrument_list_scales (instrument);
      Survey survey = { .model = model, .instrument = instrument, .id = id, .items = items, .wave = wave,
                        .day = first_office_day (model, month), .first_scale = n_scales, .scales = scales };

      n_scales += g_strv_length (scales);
      g_snprintf (survey.wave_id, sizeof survey.wave_id, "%04d-%02u", sim_calendar_year (&model->calendar, month),
                  sim_calendar_of_year (&model->calendar, month) + 1);
      if (is_asked_by (model, id))
        hold (&survey);
    }
}

/* What a team's people score on the foundation and the carriers, on average, in the last wave. */
void
sim_surveys_truth (SimModel *model,
                   SimJson  *json,
                   guint     team)
{
  static const char *const told[] = { "foundation", "carriers" };
  guint wave = month_of_wave (model, 0) == month_of_wave (model, N_WAVES - 1) ? 0 : N_WAVES - 1;
  g_autoptr (GListModel) instruments = kennis_instrument_list ();
  guint n_scales = 0;

  for (guint i = 0; i < g_list_model_get_n_items (instruments); i++)
    {
      g_autoptr (KennisInstrument) instrument = g_list_model_get_item (instruments, i);
      const char *id = kennis_instrument_get_id (instrument);
      g_auto (GStrv) scales = kennis_instrument_list_scales (instrument);

      for (guint s = 0; scales[s] != NULL; s++)
        {
          g_autofree char *name = g_strdup_printf ("%s.%s", id, scales[s]);
          double mean = leaning_of_team (model, team, id, scales[s], n_scales + s, wave);

          if (is_asked_by (model, id) && kennis_instrument_get_scale_parent (instrument, scales[s]) == NULL
              && (g_str_equal (id, told[0]) || g_str_equal (id, told[1])))
            sim_json_number (json, name, expected_score (mean, 4));
        }
      n_scales += g_strv_length (scales);
    }
}

double
sim_surveys_foundation (SimModel *model)
{
  static const char *const scales[] = { "leadership", "trust", "autonomy", "engagement" };
  double lowest = NAN;

  for (guint i = 0; i < G_N_ELEMENTS (scales) && is_asked_by (model, "foundation"); i++)
    lowest = fmin (lowest, mean_of_scale (model, "foundation", scales[i]));

  return lowest;
}
