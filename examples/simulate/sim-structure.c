#include "config.h"

#include "simulate/sim-model.h"

#include <math.h>

static double
shift_logit (double probability,
             double by)
{
  if (probability <= 0.0 || probability >= 1.0)
    return probability;

  return 1.0 / (1.0 + exp (-log (probability / (1.0 - probability)) - by));
}

/* Mean 1, whatever the spread. */
static double
draw_factor (SimRandom *random,
             double     spread)
{
  return exp (spread * sim_normal (random) - spread * spread / 2.0);
}

/* With differences a part of the teams, the rhythm knob, looks back every week and the rest hardly does; without, all
 * are alike at the same mean. */
static double
draw_check_out (SimModel *model)
{
  double rhythm = sim_knob (model, SIM_RHYTHM);
  gboolean adopted = sim_chance (&model->structure, rhythm);
  double within = sim_uniform (&model->structure);

  if (sim_knob (model, SIM_DIFFERENCES) == 0.0)
    return sim_between_values (0.08, 0.80, rhythm);

  return adopted ? 0.65 + 0.30 * within : 0.02 + 0.12 * within;
}

SimEffects
sim_effects_draw (SimModel *model)
{
  SimRandom *random = &model->structure;
  double differ = sim_knob (model, SIM_DIFFERENCES);
  double use = 0.8 * differ * sim_normal (random);
  SimEffects effects = {
    .learn = draw_factor (random, 0.5 * differ),
    .share = draw_factor (random, 0.7 * differ),
    .application = shift_logit (sim_knob (model, SIM_APPLICATION), use),
    .application_required = shift_logit (sim_knob (model, SIM_APPLICATION), use - 1.2),
    .embedding = shift_logit (sim_knob (model, SIM_EMBEDDING), 0.6 * differ * sim_normal (random)),
    .check_out = draw_check_out (model),
    .retrospective = shift_logit (sim_between_values (0.03, 0.40, sim_knob (model, SIM_RHYTHM)), 0.5 * differ * sim_normal (random)),
    .evaluation = shift_logit (sim_between_values (0.10, 0.60, sim_knob (model, SIM_RHYTHM)), 0.5 * differ * sim_normal (random)),
    .pass_on = shift_logit (sim_between_values (0.02, 0.28, sim_knob (model, SIM_SHARING)), 0.5 * differ * sim_normal (random)),
  };

  return effects;
}

static guint
add_team (SimModel   *model,
          const char *slug,
          const char *name,
          guint       number,
          guint       parent,
          gboolean    is_leaf)
{
  SimTeam team = { .parent = parent, .is_leaf = is_leaf, .leader = SIM_NONE, .until_month = model->options->months,
                   .stops_month = G_MAXUINT, .merged_into = SIM_NONE };

  team.id = number > 0 ? g_strdup_printf ("%s-%u", slug, number) : g_strdup (slug);
  team.name = number > 0 ? g_strdup_printf ("%s %u", name, number) : g_strdup (name);
  team.members = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_append_val (model->teams, team);

  return model->teams->len - 1;
}

/* Three topics of the team's own discipline, one of the common ones, one of anything. */
static void
choose_topics (SimModel *model,
               SimTeam  *team)
{
  guint own = sim_below (&model->structure, SIM_TOPICS_PER_DISCIPLINE);
  guint n = team->discipline == SIM_COMPLIANCE_TOPIC / SIM_TOPICS_PER_DISCIPLINE ? SIM_TOPICS_PER_DISCIPLINE - 1
                                                                                 : SIM_TOPICS_PER_DISCIPLINE;

  for (guint i = 0; i < 3; i++)
    team->topics[i] = team->discipline * SIM_TOPICS_PER_DISCIPLINE + (own + i) % n;
  team->topics[3] = 35 + sim_below (&model->structure, 4);
  if (team->discipline == 7)
    team->topics[3] = sim_below (&model->structure, 35);
  do
    team->topics[4] = sim_below (&model->structure, SIM_N_TOPICS - 1);
  while (team->topics[4] == team->topics[3] || team->topics[4] / SIM_TOPICS_PER_DISCIPLINE == team->discipline);
}

static guint
make_leaf (SimModel *model,
           guint     parent,
           guint     discipline,
           guint     number)
{
  SimLanguage language = model->options->language;
  guint kind = sim_below (&model->structure, 4);
  g_autofree char *slug = sim_slug (sim_team_name (discipline, kind, SIM_LANGUAGE_NL));
  guint index = add_team (model, slug, sim_team_name (discipline, kind, language), number, parent, TRUE);
  SimTeam *team = SIM_TEAM (model, index);

  team->discipline = discipline;
  team->effects = sim_effects_draw (model);
  team->silent = sim_chance (&model->structure, sim_knob (model, SIM_SILENT));
  team->declared = team->silent && sim_chance (&model->structure, 0.67);
  if (team->effects.check_out > 0.5 && !model->options->steady && sim_knob (model, SIM_DIFFERENCES) > 0.0
      && sim_chance (&model->structure, 0.10) && model->options->months > 3)
    team->stops_month = 2 + sim_below (&model->structure, model->options->months - 3);
  choose_topics (model, team);

  return index;
}

static guint
make_departments (SimModel *model)
{
  static const SimName department = { { "Afdeling", "Department", "Département" } };
  guint n = model->options->teams < 4 ? 0 : (guint) lround (sqrt (model->options->teams));

  add_team (model, "organisatie", "De Vlinderslag", 0, SIM_NONE, FALSE);
  for (guint i = 0; i < n; i++)
    {
      const SimName *discipline = &sim_disciplines[i % SIM_N_DISCIPLINES];
      g_autofree char *slug = sim_slug (sim_name (discipline, SIM_LANGUAGE_NL));
      g_autofree char *id = g_strdup_printf ("afd-%s", slug);
      g_autofree char *name = g_strdup_printf ("%s %s", sim_name (&department, model->options->language),
                                               sim_name (discipline, model->options->language));

      add_team (model, id, name, i / SIM_N_DISCIPLINES + (n > SIM_N_DISCIPLINES), 0, FALSE);
      SIM_TEAM (model, i + 1)->discipline = i % SIM_N_DISCIPLINES;
    }

  return n;
}

/* A team's people: at least two each, the rest by weights that differ as sizes do. */
static guint *
draw_sizes (SimModel *model)
{
  guint n = model->options->teams;
  guint rest = model->options->people - 2 * n;
  g_autofree double *weights = g_new (double, n);
  guint *sizes = g_new (guint, n);
  double sum = 0.0, running = 0.0;
  guint given = 0;

  for (guint i = 0; i < n; i++)
    sum += weights[i] = exp (0.45 * sim_normal (&model->structure));
  for (guint i = 0; i < n; i++)
    {
      guint upto;

      running += weights[i];
      upto = i + 1 == n ? rest : (guint) (rest * (running / sum));
      sizes[i] = 2 + upto - given;
      given = upto;
    }

  return sizes;
}

/* A merger inherits from the first of the two; what happens to people is in sim-staff.c. */
static void
reorganise_pair (SimModel *model,
                 guint     first,
                 guint     second,
                 guint     parent,
                 guint     number)
{
  g_autofree char *slug = g_strdup_printf ("nieuw-%s", SIM_TEAM (model, first)->id);
  g_autofree char *name =
      second == SIM_NONE ? g_strdup_printf ("%s+", SIM_TEAM (model, first)->name)
                         : g_strdup_printf ("%s & %s", SIM_TEAM (model, first)->name, SIM_TEAM (model, second)->name);
  guint index = add_team (model, slug, name, 0, parent, TRUE);
  SimTeam *team = SIM_TEAM (model, index);
  SimTeam *old = SIM_TEAM (model, first);

  team->discipline = old->discipline;
  team->effects = old->effects;
  team->silent = old->silent;
  team->declared = old->declared;
  team->stops_month = old->stops_month;
  for (guint i = 0; i < SIM_TEAM_TOPICS; i++)
    team->topics[i] = old->topics[i];
  team->from_month = (guint) model->expected.reorganisation;
  old->until_month = team->from_month;
  old->merged_into = index;
  if (second != SIM_NONE)
    {
      SIM_TEAM (model, second)->until_month = team->from_month;
      SIM_TEAM (model, second)->merged_into = index;
    }
}

/* In a part of the departments teams go together, or get another name, under a new department. */
static void
plan_reorganisation (SimModel *model,
                     guint     departments)
{
  guint leaves = model->teams->len;

  model->expected.reorganisation = -1;
  if (model->options->steady || model->options->months < 6 || departments == 0)
    return;

  model->expected.reorganisation = (int) model->options->months / 2;
  for (guint d = 1; d <= departments; d += 4)
    {
      g_autofree char *id = g_strdup_printf ("%s-nieuw", SIM_TEAM (model, d)->id);
      g_autofree char *name = g_strdup_printf ("%s+", SIM_TEAM (model, d)->name);
      guint parent = add_team (model, id, name, 0, 0, FALSE);
      guint waiting = SIM_NONE;
      guint n = 0;

      SIM_TEAM (model, parent)->discipline = SIM_TEAM (model, d)->discipline;
      SIM_TEAM (model, parent)->from_month = (guint) model->expected.reorganisation;
      SIM_TEAM (model, parent)->leader = d; /* the old department, until place_people() puts a person there */
      for (guint i = departments + 1; i < leaves && n < 3; i++)
        {
          if (SIM_TEAM (model, i)->parent != d)
            continue;
          n++;
          if (n == 1)
            waiting = i;
          else
            reorganise_pair (model, n == 2 ? waiting : i, n == 2 ? i : SIM_NONE, parent, n);
        }
      if (n == 1)
        reorganise_pair (model, waiting, SIM_NONE, parent, 1);
    }
}

guint
sim_structure_hire (SimModel *model,
                    guint     team_index,
                    int       day,
                    gboolean  is_leader)
{
  static const double level_weights[SIM_N_LEVELS] = { 0.35, 0.45, 0.20 };
  static const double gender_weights[SIM_N_GENDERS] = { 0.55, 0.43, 0.02 };
  static const float ftes[] = { 1.0f, 1.0f, 1.0f, 0.9f, 0.8f, 0.8f, 0.6f, 0.5f };
  SimRandom *random = &model->structure;
  const SimTeam *team = SIM_TEAM (model, team_index);
  const SimExpected *expected = &model->expected;
  SimPerson person = { .team = team_index, .hired = day, .left = SIM_NEVER, .away_from = SIM_NEVER,
                       .away_until = SIM_NEVER, .half_until = SIM_NEVER, .is_leader = is_leader };

  g_snprintf (person.id, sizeof person.id, "p%05u", model->people->len + 1);
  person.discipline = (guint8) team->discipline;
  if (model->options->null || sim_chance (random, 0.25))
    person.discipline = (guint8) sim_below (random, SIM_N_DISCIPLINES);
  person.role =
      (guint8) (is_leader ? SIM_ROLE_LEADER : SIM_ROLE_FIRST_MEMBER + 2 * person.discipline + sim_below (random, 2));
  person.level = (guint8) sim_pick (random, level_weights, SIM_N_LEVELS);
  person.gender = (guint8) sim_pick (random, gender_weights, SIM_N_GENDERS);
  person.first_name = (guint8) sim_below (random, 40);
  person.last_name = (guint8) sim_below (random, 43);
  person.fte = is_leader ? 1.0f : ftes[sim_below (random, G_N_ELEMENTS (ftes))];
  person.level_factor = (float) expected->level_factors[person.level];
  person.learn = (float) (sim_gamma (random, expected->shape) / expected->shape / expected->active);
  if (!sim_chance (random, expected->active))
    person.learn = 0.0f;
  person.share = (float) (sim_gamma (random, expected->share_shape) / expected->share_shape);
  person.n_expertise = (guint8) (sim_chance (random, 0.6) ? 1 + sim_below (random, SIM_MAX_EXPERTISE) : 0);
  for (guint i = 0; i < person.n_expertise; i++)
    person.expertise[i] = (guint8) team->topics[(i + person.gender) % SIM_TEAM_TOPICS];
  g_array_append_val (model->people, person);

  return model->people->len - 1;
}

static int
long_ago (SimModel *model)
{
  return -30 - (int) (4000.0 * pow (sim_uniform (&model->structure), 1.7));
}

static guint
hire_leading (SimModel *model,
              guint     team,
              guint     leads,
              SimRole   role)
{
  guint person = sim_structure_hire (model, team, long_ago (model), TRUE);

  SIM_PERSON (model, person)->role = (guint8) role;
  SIM_TEAM (model, leads)->leader = person;

  return person;
}

/* Leaders come first, so that every row names a leader who is known.  Some small teams share the leader of their neighbour. */
static void
place_people (SimModel *model,
              guint     departments,
              guint     last_leaf)
{
  g_autofree guint *sizes = draw_sizes (model);
  guint first_leaf = departments + 1;

  model->director = hire_leading (model, first_leaf, 0, SIM_ROLE_DIRECTOR);
  sizes[0]--;
  for (guint d = 1; d <= departments; d++)
    {
      guint leaf = first_leaf + d - 1; /* leaves are dealt to departments in turn */

      if (sizes[leaf - first_leaf] == 0)
        continue;
      hire_leading (model, leaf, d, SIM_ROLE_HEAD);
      sizes[leaf - first_leaf]--;
    }
  for (guint leaf = first_leaf; leaf < last_leaf; leaf++)
    {
      guint neighbour = leaf >= first_leaf + departments && departments > 0 ? leaf - departments : SIM_NONE;

      if (sizes[leaf - first_leaf] == 0)
        continue;
      if (neighbour != SIM_NONE && sizes[leaf - first_leaf] <= 4 && sim_chance (&model->structure, 0.3))
        {
          SIM_TEAM (model, leaf)->leader = SIM_TEAM (model, neighbour)->leader;
          continue;
        }
      hire_leading (model, leaf, leaf, SIM_ROLE_LEADER);
      sizes[leaf - first_leaf]--;
    }
  for (guint leaf = first_leaf; leaf < last_leaf; leaf++)
    for (; sizes[leaf - first_leaf] > 0; sizes[leaf - first_leaf]--)
      sim_structure_hire (model, leaf, long_ago (model), FALSE);
  for (guint team = last_leaf; team < model->teams->len; team++)
    if (!SIM_TEAM (model, team)->is_leaf)
      SIM_TEAM (model, team)->leader = SIM_TEAM (model, SIM_TEAM (model, team)->leader)->leader;
}

void
sim_structure_make (SimModel *model)
{
  guint departments = make_departments (model);
  guint last_leaf;

  for (guint i = 0; i < model->options->teams; i++)
    {
      guint parent = departments > 0 ? 1 + i % departments : 0;
      guint discipline = departments > 0 ? SIM_TEAM (model, parent)->discipline : i % SIM_N_DISCIPLINES;

      make_leaf (model, parent, discipline, i + 1);
    }
  SIM_TEAM (model, departments + 1)->silent = SIM_TEAM (model, departments + 1)->declared = FALSE; /* the director's */
  last_leaf = model->teams->len;
  plan_reorganisation (model, departments);
  place_people (model, departments, last_leaf);
}

static void
emit_coverage (SimModel         *model,
               KennisRecordType  type,
               const char       *field,
               const SimTeam    *team)
{
  SimEmit *emit = &model->emit;
  guint from = team != NULL ? team->from_month : 0;
  guint until = team == NULL ? model->options->months : team->silent ? from : team->until_month;

  sim_emit_begin (emit, KENNIS_RECORD_TYPE_COVERAGE);
  sim_emit_enum (emit, "record", KENNIS_TYPE_RECORD_TYPE, (int) type);
  sim_emit_text (emit, "field", field);
  if (team != NULL)
    sim_emit_text (emit, "group", team->id);
  sim_emit_number (emit, "from", sim_calendar_midnight (&model->calendar, model->calendar.month_first[from]));
  sim_emit_number (emit, "until", sim_calendar_midnight (&model->calendar, model->calendar.month_first[until]));
  sim_emit_end (emit);
}

/* Of what teams log themselves.  Where a silent team is declared the coverage goes by team, and that team's is empty; of the silent ones that are
 * not it says nothing.  Where none is declared nobody knows which teams log, and there is no coverage. */
static void
emit_coverages_by_team (SimModel *model, KennisRecordType type)
{
  gboolean silent = FALSE, declared = FALSE;

  for (guint t = 0; t < model->teams->len; t++)
    {
      silent |= SIM_TEAM (model, t)->silent;
      declared |= SIM_TEAM (model, t)->declared;
    }
  if (!silent)
    emit_coverage (model, type, NULL, NULL);
  for (guint t = 0; declared && t < model->teams->len; t++)
    {
      const SimTeam *team = SIM_TEAM (model, t);

      if (team->is_leaf && team->silent == team->declared)
        emit_coverage (model, type, NULL, team);
    }
}

static void
emit_coverages (SimModel *model)
{
  static const KennisRecordType whole[] = { KENNIS_RECORD_TYPE_ACTIVITY, KENNIS_RECORD_TYPE_TALK, KENNIS_RECORD_TYPE_GOAL,
                                            KENNIS_RECORD_TYPE_OUTCOME };

  if (model->options->surveys != NULL)
    emit_coverage (model, KENNIS_RECORD_TYPE_RESPONSE, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    emit_coverage (model, whole[i], NULL, NULL);
  emit_coverages_by_team (model, KENNIS_RECORD_TYPE_SHARING);
  emit_coverages_by_team (model, KENNIS_RECORD_TYPE_MOMENT);
}

static void
emit_teams (SimModel *model)
{
  for (guint pass = 0; pass < 2; pass++) /* parents first */
    for (guint i = 0; i < model->teams->len; i++)
      {
        const SimTeam *team = SIM_TEAM (model, i);

        if (team->is_leaf != (pass == 1))
          continue;
        sim_emit_begin (&model->emit, KENNIS_RECORD_TYPE_TEAM);
        sim_emit_text (&model->emit, "id", team->id);
        if (team->parent != SIM_NONE)
          sim_emit_text (&model->emit, "parent", SIM_TEAM (model, team->parent)->id);
        sim_emit_text (&model->emit, "name", team->name);
        sim_emit_end (&model->emit);
      }
}

static void
emit_topic (SimModel      *model,
            const SimName *name,
            const char    *parent,
            const SimName *discipline)
{
  g_autofree char *id = sim_slug (sim_name (name, SIM_LANGUAGE_NL));
  g_autofree char *above = parent != NULL ? g_strdup_printf ("gebied-%s", parent) : NULL;
  g_autofree char *own = parent != NULL ? NULL : g_strdup_printf ("gebied-%s", id);

  sim_emit_begin (&model->emit, KENNIS_RECORD_TYPE_TOPIC);
  sim_emit_text (&model->emit, "id", own != NULL ? own : id);
  sim_emit_text (&model->emit, "parent", above);
  sim_emit_text (&model->emit, "name", sim_name (name, model->options->language));
  sim_emit_text (&model->emit, "discipline", sim_name (discipline, model->options->language));
  sim_emit_end (&model->emit);
}

static void
emit_topics (SimModel *model)
{
  for (guint d = 0; d < SIM_N_DISCIPLINES; d++)
    emit_topic (model, &sim_disciplines[d], NULL, &sim_disciplines[d]);
  for (guint t = 0; t < SIM_N_TOPICS; t++)
    {
      const SimName *discipline = &sim_disciplines[t / SIM_TOPICS_PER_DISCIPLINE];
      g_autofree char *parent = sim_slug (sim_name (discipline, SIM_LANGUAGE_NL));

      emit_topic (model, &sim_topics[t], parent, discipline);
    }
}

static void
emit_need (SimModel   *model,
           guint       topic,
           const char *team,
           const char *role,
           guint       people)
{
  g_autofree char *id = sim_slug (sim_name (&sim_topics[topic], SIM_LANGUAGE_NL));

  sim_emit_begin (&model->emit, KENNIS_RECORD_TYPE_NEED);
  sim_emit_text (&model->emit, "topic", id);
  sim_emit_text (&model->emit, "team", team);
  sim_emit_text (&model->emit, "role", role);
  sim_emit_number (&model->emit, "people", people);
  sim_emit_end (&model->emit);
}

static void
emit_needs (SimModel *model)
{
  guint each = MAX (1, model->options->people / model->options->teams);

  for (guint t = 0; t < model->teams->len; t++)
    for (guint i = 0; SIM_TEAM (model, t)->is_leaf && i < SIM_TEAM_TOPICS; i++)
      emit_need (model, SIM_TEAM (model, t)->topics[i], SIM_TEAM (model, t)->id, NULL,
                 1 + sim_below (&model->structure, MAX (1, each / 2)));
  for (guint role = SIM_ROLE_HEAD; role <= SIM_ROLE_LEADER; role++)
    emit_need (model, 36, NULL, sim_name (&sim_roles[role], model->options->language),
               MAX (1, model->options->teams / 2));
}

static void
emit_programme (SimModel *model)
{
  const char *topics[] = { "begeleiden-van-teams", "feedback-geven", NULL };

  sim_emit_begin (&model->emit, KENNIS_RECORD_TYPE_PROGRAMME);
  sim_emit_text (&model->emit, "id", "samen-leren");
  sim_emit_text (&model->emit, "name", "Samen leren");
  sim_emit_list (&model->emit, "topics", topics);
  sim_emit_end (&model->emit);
}

void
sim_structure_emit (SimModel *model)
{
  guint n = model->people->len;

  emit_teams (model);
  emit_coverages (model);
  emit_topics (model);
  emit_needs (model);
  emit_programme (model);
  for (guint i = 0; i < n; i++)
    sim_staff_emit (model, i, SIM_PERSON (model, i)->hired);
  for (guint i = 0; i < n; i++)
    sim_staff_holdings (model, i);
}
