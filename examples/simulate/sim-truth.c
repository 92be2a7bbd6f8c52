#include "config.h"

#include "simulate/sim-json.h"
#include "simulate/sim-model.h"

#include <math.h>

#define WEEKS_PER_MONTH (365.25 / 12.0 / 7.0)
#define NOT_REQUIRED 0.95          /* of sessions, see new_session() in sim-exchange.c */
#define N_FORMS (KENNIS_FORM_REFLECTION + 1)

/* P (no event) for a gamma mixture of Poissons of this mean. */
static double
none_of_gamma (double mean,
               double shape)
{
  return pow (1.0 + mean / shape, -shape);
}

/* P (a person has no completed activity of own choice), where one in so many never learns. */
static double
none_learned (const SimModel *model,
              double          mean)
{
  double active = model->expected.active;

  return 1.0 - active + active * none_of_gamma (mean / active, model->expected.shape);
}

static double
mean_hours_where (const SimModel *model,
                  double          embedding,
                  gboolean        embedded)
{
  double sum = 0.0;

  for (guint form = 1; form < N_FORMS; form++)
    sum += model->expected.form_weights[form] * sim_learning_mean_hours ((KennisForm) form)
           * (embedded ? sim_learning_setting ((KennisForm) form, embedding) : form != KENNIS_FORM_FORMAL);

  return sum;
}

typedef struct
{
  guint  people;
  double learn_rate;      /* mean over the people of now, per month */
  double participation;   /* in 12 months */
  double month;           /* in one month */
  double giving;          /* in 12 months */
} TeamTruth;

/* How often somebody is asked to be a mentor, per head per month. */
static double
mentor_rate (SimModel *model,
             guint     team)
{
  double openness = sim_knob (model, SIM_OPENNESS);
  double weight = model->expected.form_weights[KENNIS_FORM_MENTORING] * model->expected.rate;
  double all = 0.0, others = 0.0;
  guint n = 0;

  for (guint t = 0; t < model->teams->len; t++)
    n += SIM_TEAM (model, t)->members->len;
  for (guint t = 0; t < model->teams->len; t++)
    {
      double own = SIM_TEAM (model, t)->members->len * SIM_TEAM (model, t)->effects.learn;

      all += own;
      if (t != team && n > SIM_TEAM (model, t)->members->len)
        others += own / (n - SIM_TEAM (model, t)->members->len);
    }
  if (openness < 0.0)
    return weight * all / n;

  return weight * ((1.0 - openness) * SIM_TEAM (model, team)->effects.learn + openness * others);
}

static double
retrospective_rate (SimModel *model,
                    guint     team)
{
  const SimTeam *of = SIM_TEAM (model, team);

  if (model->options->null || of->members->len < 2)
    return 0.0;

  return 0.6 * sim_knob (model, SIM_SHARING) * of->effects.retrospective * WEEKS_PER_MONTH / of->members->len;
}

static double
none_given (SimModel        *model,
            const SimPerson *person,
            guint            team,
            double           months)
{
  const SimExpected *expected = &model->expected;
  const SimEffects *effects = &SIM_TEAM (model, team)->effects;
  double own = NOT_REQUIRED * expected->share_rate * effects->share * months
               * (person->is_leader ? expected->leader_factor : 1.0);
  double passed = expected->rate * effects->learn * (double) person->level_factor * effects->pass_on * months;
  double asked = NOT_REQUIRED * (mentor_rate (model, team) + retrospective_rate (model, team)) * months;

  return none_of_gamma (own, expected->share_shape) * none_learned (model, passed) * exp (-asked);
}

static TeamTruth
work_out (SimModel *model,
          guint     team)
{
  const GArray *members = SIM_TEAM (model, team)->members;
  double rate = model->expected.rate * SIM_TEAM (model, team)->effects.learn;
  TeamTruth truth = { .people = members->len };

  for (guint i = 0; i < members->len; i++)
    {
      const SimPerson *person = SIM_PERSON (model, g_array_index (members, guint, i));
      double own = rate * (double) person->level_factor;

      truth.learn_rate += own / members->len;
      truth.month += (1.0 - none_learned (model, own)) / members->len;
      truth.participation += (1.0 - none_learned (model, 12.0 * own)) / members->len;
      truth.giving += (1.0 - none_given (model, person, team, 12.0)) / members->len;
    }

  return truth;
}

static void
write_team (SimModel *model,
            SimJson  *json,
            guint     index)
{
  const SimTeam *team = SIM_TEAM (model, index);
  const SimEffects *effects = &team->effects;
  TeamTruth truth = work_out (model, index);
  double own = sim_knob (model, SIM_AUTONOMY) + (1.0 - sim_knob (model, SIM_AUTONOMY)) * 0.65;
  double known = truth.people > 0 ? 1.0 : NAN; /* nobody is there to expect anything of */

  sim_json_open (json, NULL, '{');
  sim_json_text (json, "team", team->id);
  sim_json_number (json, "people-at-end", truth.people);
  sim_json_bool (json, "logs", !team->silent);
  sim_json_number (json, "activities-per-head-per-month", known * truth.learn_rate);
  sim_json_number (json, "hours-per-head-per-year", known * truth.learn_rate * 12.0 * model->expected.mean_hours);
  sim_json_number (json, "participation-1-month", known * truth.month);
  sim_json_number (json, "participation-12-months", known * truth.participation);
  sim_json_number (json, "giving-12-months", known * truth.giving);
  sim_json_number (json, "sessions-given-by-oneself-per-head-per-month", model->expected.share_rate * effects->share);
  sim_json_number (json, "application-90-days",
                   own * effects->application + (1.0 - own) * effects->application_required);
  sim_json_number (json, "application-90-days-not-required", effects->application);
  sim_json_number (json, "application-90-days-required", effects->application_required);
  sim_json_number (json, "pass-on-90-days", effects->pass_on);
  sim_json_number (json, "embedded-share",
                   mean_hours_where (model, effects->embedding, TRUE) / model->expected.mean_hours);
  sim_json_number (json, "check-out-per-week", effects->check_out);
  sim_json_number (json, "retrospective-per-week", effects->retrospective);
  sim_json_number (json, "evaluation-per-month", effects->evaluation);
  if (model->options->surveys != NULL)
    sim_surveys_truth (model, json, index);
  sim_json_close (json, '}');
}

static void
write_knobs (SimModel *model,
             SimJson  *json)
{
  const SimOptions *options = model->options;
  static const char *const languages[SIM_N_LANGUAGES] = { "nl", "en", "fr" };
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, options->seed);
  g_autofree char *from = g_strdup_printf ("%04d-%02d", options->year, options->month);
  g_autofree char *surveys = options->surveys != NULL ? g_strjoinv (",", options->surveys) : NULL;

  sim_json_open (json, "options", '{');
  sim_json_number (json, "people", options->people);
  sim_json_number (json, "teams", options->teams);
  sim_json_number (json, "months", options->months);
  sim_json_text (json, "from", from);
  sim_json_text (json, "seed", seed);
  sim_json_text (json, "language", languages[options->language]);
  sim_json_number (json, "culture", options->culture);
  for (guint i = 0; i < SIM_N_KNOBS; i++)
    sim_json_number (json, sim_options_knob_name ((SimKnob) i), options->knobs[i] < 0.0 ? NAN : options->knobs[i]);
  sim_json_number (json, "hours", options->hours);
  sim_json_number (json, "contacts", options->contacts);
  sim_json_bool (json, "null", options->null);
  sim_json_bool (json, "steady", options->steady);
  sim_json_bool (json, "mass-talks", options->mass_talks);
  sim_json_bool (json, "named", options->named);
  sim_json_text (json, "surveys", surveys);
  sim_json_close (json, '}');
}

/* (E / E*) / (I / I*) of the partners that people choose, by event: what mixing tends to while ties are few. */
static double
mixing (SimModel *model)
{
  double openness = sim_knob (model, SIM_OPENNESS);
  double n = 0.0, inside = 0.0;

  if (openness < 0.0)
    return 1.0;

  for (guint t = 0; t < model->teams->len; t++)
    {
      double g = SIM_TEAM (model, t)->members->len;

      n += g;
      inside += g * (g - 1.0);
    }

  return openness / (n * (n - 1.0) - inside) / ((1.0 - openness) / inside);
}

#define LOW_FOUNDATION 50.0
#define MANY_HOURS 12.0
#define MUCH_EXCHANGE 0.4

/* What the organisation was made to be: by the knobs, and by nothing that happened. */
static const char *
type_of (SimModel *model)
{
  static const SimKnob knobs[] = { SIM_SHARING, SIM_EMBEDDING, SIM_APPLICATION, SIM_RHYTHM };
  double exchange = 0.0;

  for (guint i = 0; i < G_N_ELEMENTS (knobs); i++)
    exchange += sim_options_culture_of (knobs[i], sim_knob (model, knobs[i])) / G_N_ELEMENTS (knobs);
  if (sim_surveys_foundation (model) < LOW_FOUNDATION)
    return "foundation-too-low";
  if (exchange >= MUCH_EXCHANGE)
    return "learning-culture";

  return model->options->hours >= MANY_HOURS ? "culture-of-learning" : "dormant";
}

static void
write_organisation (SimModel *model,
                    SimJson  *json)
{
  const SimExpected *expected = &model->expected;

  sim_json_open (json, "organisation", '{');
  sim_json_text (json, "type", type_of (model));
  sim_json_number (json, "hours-per-activity", expected->mean_hours);
  sim_json_number (json, "activities-per-head-per-month", expected->rate);
  sim_json_number (json, "ever-learns-share", expected->active);
  sim_json_number (json, "learning-shape", expected->shape);
  sim_json_number (json, "sharing-shape", expected->share_shape);
  sim_json_open (json, "learning-by-level", '{');
  for (guint level = 0; level < SIM_N_LEVELS; level++)
    sim_json_number (json, sim_levels[level], expected->level_factors[level]);
  sim_json_close (json, '}');
  sim_json_number (json, "informal-share", mean_hours_where (model, 0.0, FALSE) / expected->mean_hours);
  sim_json_number (json, "self-chosen-share", sim_knob (model, SIM_AUTONOMY));
  sim_json_number (json, "leader-giving-factor", expected->leader_factor);
  sim_json_number (json, "mixing-of-chosen-partners", mixing (model));
  sim_json_number (json, "satisfaction-per-unit-of-sharing", model->options->null ? 0.0 : 4.0);
  sim_json_close (json, '}');
}

/* The month in words that sort: 2024-03. */
static char *
month_word (SimModel *model,
            int       month)
{
  return g_strdup_printf ("%04d-%02u", sim_calendar_year (&model->calendar, (guint) month),
                          sim_calendar_of_year (&model->calendar, (guint) month) + 1);
}

static void
write_reorganisation (SimModel *model,
                      SimJson  *json)
{
  g_autofree char *month = NULL;

  if (model->expected.reorganisation < 0)
    {
      sim_json_text (json, "reorganisation", NULL);
      return;
    }

  month = month_word (model, model->expected.reorganisation);
  sim_json_open (json, "reorganisation", '{');
  sim_json_text (json, "month", month);
  sim_json_open (json, "teams", '[');
  for (guint t = 0; t < model->teams->len; t++)
    {
      const SimTeam *team = SIM_TEAM (model, t);

      if (team->merged_into == SIM_NONE)
        continue;
      sim_json_open (json, NULL, '{');
      sim_json_text (json, "from", team->id);
      sim_json_text (json, "into", SIM_TEAM (model, team->merged_into)->id);
      sim_json_close (json, '}');
    }
  sim_json_close (json, ']');
  sim_json_close (json, '}');
}

static void
write_season (SimModel *model,
              SimJson  *json)
{
  sim_json_open (json, "season", '[');
  for (guint i = 0; i < 12; i++)
    sim_json_number (json, NULL, model->calendar.season[i]);
  sim_json_close (json, ']');
  sim_json_number (json, "compliance-month",
                   model->expected.compliance_month < 0 ? NAN : model->expected.compliance_month + 1);
}

static void
write_features (SimModel *model,
                SimJson  *json)
{
  guint joiners = 0, leavers = 0;

  for (guint i = 0; i < model->people->len; i++)
    {
      joiners += SIM_PERSON (model, i)->hired >= 0;
      leavers += SIM_PERSON (model, i)->left != SIM_NEVER;
    }
  sim_json_open (json, "features", '{');
  sim_json_number (json, "people-ever", model->people->len);
  sim_json_number (json, "joiners", joiners);
  sim_json_number (json, "leavers", leavers);
  sim_json_open (json, "silent-teams", '[');
  for (guint t = 0; t < model->teams->len; t++)
    if (SIM_TEAM (model, t)->silent)
      {
        sim_json_open (json, NULL, '{');
        sim_json_text (json, "team", SIM_TEAM (model, t)->id);
        sim_json_bool (json, "declared", SIM_TEAM (model, t)->declared);
        sim_json_close (json, '}');
      }
  sim_json_close (json, ']');
  sim_json_open (json, "stopped-teams", '[');
  for (guint t = 0; t < model->teams->len; t++)
    if (SIM_TEAM (model, t)->stops_month < SIM_TEAM (model, t)->until_month && !SIM_TEAM (model, t)->silent)
      {
        g_autofree char *month = month_word (model, (int) SIM_TEAM (model, t)->stops_month);

        sim_json_open (json, NULL, '{');
        sim_json_text (json, "team", SIM_TEAM (model, t)->id);
        sim_json_text (json, "month", month);
        sim_json_close (json, '}');
      }
  sim_json_close (json, ']');
  write_reorganisation (model, json);
  write_season (model, json);
  sim_json_close (json, '}');
}

static void
write_counts (SimModel *model,
              SimJson  *json)
{
  g_autoptr (GEnumClass) types = g_type_class_ref (KENNIS_TYPE_RECORD_TYPE);

  sim_json_open (json, "records", '{');
  for (guint i = 0; i < types->n_values; i++)
    sim_json_number (json, types->values[i].value_nick,
                     (double) kennis_dataset_count (model->emit.dataset, (KennisRecordType) types->values[i].value));
  sim_json_close (json, '}');
}

char *
sim_truth_write (SimModel *model)
{
  SimJson json;

  sim_json_init (&json);
  sim_json_open (&json, NULL, '{');
  sim_json_text (&json, "about", "What the process that made organisation.xml expects; see docs/simulator.md");
  write_knobs (model, &json);
  write_organisation (model, &json);
  write_features (model, &json);
  write_counts (model, &json);
  sim_json_open (&json, "teams", '[');
  for (guint t = 0; t < model->teams->len; t++)
    if (SIM_TEAM (model, t)->is_leaf && SIM_TEAM (model, t)->until_month == model->options->months)
      write_team (model, &json, t);
  sim_json_close (&json, ']');
  sim_json_close (&json, '}');

  return sim_json_finish (&json);
}
