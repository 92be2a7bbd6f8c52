#include "config.h"

#include "simulate/sim-model.h"

#define MOVES 0.006       /* probabilities per person per month */
#define LEAVES 0.007
#define ABSENCES 0.010
#define FILLED 0.75       /* of a vacancy, per month */

double
sim_staff_presence (const SimPerson *person,
                    int              day)
{
  if (day < person->hired || day >= person->left)
    return 0.0;
  if (day < person->away_from)
    return 1.0;
  if (day < person->away_until)
    return 0.0;

  return person->half_until != SIM_NEVER && day < person->half_until ? 0.5 : 1.0;
}

double
sim_staff_exposure (SimModel        *model,
                    const SimPerson *person,
                    guint            month)
{
  const SimCalendar *calendar = &model->calendar;
  int first = calendar->month_first[month];
  int next = calendar->month_first[month + 1];
  double sum = 0.0;
  guint n = 0;

  if (person->hired <= first && person->left >= next && (person->away_from >= next || person->half_until <= first))
    return 1.0;

  for (int day = first; day < next; day++)
    if (sim_calendar_is_work (calendar, day))
      {
        sum += sim_staff_presence (person, day);
        n++;
      }

  return n > 0 ? sum / n : 0.0;
}

int
sim_staff_pick_day (SimModel        *model,
                    SimRandom       *random,
                    const SimPerson *person,
                    guint            month)
{
  const SimCalendar *calendar = &model->calendar;
  int first = calendar->month_first[month];
  guint n = (guint) (calendar->month_first[month + 1] - first);

  for (guint try = 0; try < 400; try++)
    {
      int day = first + (int) sim_below (random, n);
      double there = sim_staff_presence (person, day);

      if (sim_calendar_is_work (calendar, day) && there > 0.0 && (there >= 1.0 || sim_chance (random, there)))
        return day;
    }

  return -1;
}

static guint
pick_member (SimModel     *model,
             SimRandom    *random,
             const GArray *members,
             guint         person,
             int           day)
{
  for (guint try = 0; members->len > 1 && try < 8; try++)
    {
      guint other = g_array_index (members, guint, sim_below (random, members->len));

      if (other != person && sim_staff_presence (SIM_PERSON (model, other), day) > 0.0)
        return other;
    }

  return SIM_NONE;
}

guint
sim_staff_pick_partner (SimModel  *model,
                        SimRandom *random,
                        guint      person,
                        int        day)
{
  double openness = sim_knob (model, SIM_OPENNESS);
  guint team = SIM_PERSON (model, person)->team;

  if (openness >= 0.0 && !sim_chance (random, openness))
    return pick_member (model, random, SIM_TEAM (model, team)->members, person, day);

  for (guint try = 0; try < 40; try++)
    {
      guint other = sim_below (random, model->people->len);
      gboolean fits = openness < 0.0 ? other != person : SIM_PERSON (model, other)->team != team;

      if (fits && sim_staff_presence (SIM_PERSON (model, other), day) > 0.0)
        return other;
    }

  return SIM_NONE;
}

guint
sim_staff_leader_of (SimModel *model,
                     guint     index)
{
  const SimPerson *person = SIM_PERSON (model, index);
  guint leader = SIM_TEAM (model, person->team)->leader;
  guint above = SIM_TEAM (model, person->team)->parent;

  if (index == model->director)
    return SIM_NONE;
  if (person->role == SIM_ROLE_HEAD)
    return model->director;
  if (leader != SIM_NONE && leader != index)
    return leader;
  if (above != SIM_NONE && SIM_TEAM (model, above)->leader != SIM_NONE)
    return SIM_TEAM (model, above)->leader;

  return model->director;
}

char *
sim_staff_mail (const SimPerson *person)
{
  g_autofree char *first = sim_slug (sim_first_name (person->first_name));
  g_autofree char *last = sim_slug (sim_last_name (person->last_name));

  return g_strdup_printf ("%s.%s.%s@vlinderslag.example", first, last, person->id + 1);
}

static double
hourly_cost (const SimPerson *person)
{
  static const double costs[SIM_N_LEVELS] = { 31.5, 42.25, 54.0 };

  return costs[person->level] + (person->is_leader ? 12.0 : 0.0);
}

static void
emit_words (SimModel        *model,
            const SimPerson *person)
{
  SimLanguage language = model->options->language;

  sim_emit_text (&model->emit, "role", sim_name (&sim_roles[person->role], language));
  sim_emit_text (&model->emit, "discipline", sim_name (&sim_disciplines[person->discipline], language));
}

void
sim_staff_emit (SimModel *model,
                guint     index,
                int       day)
{
  SimEmit *emit = &model->emit;
  SimPerson *person = SIM_PERSON (model, index);
  guint leader = sim_staff_leader_of (model, index);
  g_autofree char *mail = sim_staff_mail (person);
  g_autofree char *level = g_strdup_printf ("level=%s", sim_levels[person->level]);
  g_autofree char *gender =
      g_strdup_printf ("gender=%s", sim_name (&sim_genders[person->gender], model->options->language));
  const char *aliases[] = { mail, NULL };
  const char *attributes[] = { gender, level, NULL };
  gboolean leaving = day == person->left;

  sim_emit_begin (emit, KENNIS_RECORD_TYPE_PERSON);
  sim_emit_text (emit, "id", person->id);
  sim_emit_number (emit, "effective", sim_calendar_midnight (&model->calendar, day));
  sim_emit_text (emit, "team", SIM_TEAM (model, person->team)->id);
  emit_words (model, person);
  if (leader != SIM_NONE)
    sim_emit_text (emit, "leader", SIM_PERSON (model, leader)->id);
  sim_emit_decimal (emit, "fte", person->fte >= 1.0f ? 1.0 : (double) (int) (person->fte * 10.0f + 0.5f) / 10.0);
  sim_emit_decimal (emit, "present", leaving ? 1.0 : sim_staff_presence (person, day));
  sim_emit_number (emit, "hourly-cost", (gint64) (hourly_cost (person) * 10000.0 + 0.5));
  sim_emit_number (emit, "hired", sim_calendar_midnight (&model->calendar, person->hired));
  if (leaving)
    sim_emit_number (emit, "left", sim_calendar_midnight (&model->calendar, person->left));
  sim_emit_list (emit, "aliases", aliases);
  sim_emit_list (emit, "attributes", attributes);
  sim_emit_end (emit);
  person->on_file = TRUE;
}

void
sim_staff_holdings (SimModel *model,
                    guint     index)
{
  static const char *const sources[] = { "diploma", "cv", "leidinggevende" };
  SimEmit *emit = &model->emit;
  const SimPerson *person = SIM_PERSON (model, index);

  for (guint i = 0; i < person->n_expertise; i++)
    {
      g_autofree char *topic = sim_slug (sim_name (&sim_topics[person->expertise[i]], SIM_LANGUAGE_NL));
      int day = MAX (person->hired, -1500) + (int) sim_below (&model->staff, 20);

      sim_emit_begin (emit, KENNIS_RECORD_TYPE_HOLDING);
      sim_emit_text (emit, "person", person->id);
      sim_emit_text (emit, "topic", topic);
      sim_emit_decimal (emit, "level", 1 + sim_below (&model->staff, 5));
      sim_emit_text (emit, "source", sources[sim_below (&model->staff, G_N_ELEMENTS (sources))]);
      sim_emit_number (emit, "time", sim_calendar_office (&model->calendar, day, 0));
      sim_emit_end (emit);
    }
}

/* The old team's leader keeps the merged team; the other one becomes a member like others. */
static void
reorganise (SimModel *model,
            guint8   *changed)
{
  for (guint t = 0; t < model->teams->len; t++)
    {
      SimTeam *old = SIM_TEAM (model, t);
      SimTeam *new;

      if (old->merged_into == SIM_NONE)
        continue;
      new = SIM_TEAM (model, old->merged_into);
      if (new->leader == SIM_NONE)
        new->leader = old->leader;
      else if (old->leader != SIM_NONE && old->leader != new->leader)
        {
          SimPerson *second = SIM_PERSON (model, old->leader);

          if (second->role == SIM_ROLE_LEADER && second->team == t)
            {
              second->role = (guint8) (SIM_ROLE_FIRST_MEMBER + 2 * second->discipline);
              second->is_leader = FALSE;
            }
        }
    }
  for (guint i = 0; i < model->people->len; i++)
    {
      SimPerson *person = SIM_PERSON (model, i);
      guint into = SIM_TEAM (model, person->team)->merged_into;

      if (into == SIM_NONE)
        continue;
      person->team = into;
      changed[i] = TRUE;
    }
  for (guint i = 0; i < model->vacancies->len; i++)
    {
      guint *team = &g_array_index (model->vacancies, guint, i);

      if (SIM_TEAM (model, *team)->merged_into != SIM_NONE)
        *team = SIM_TEAM (model, *team)->merged_into;
    }
}

/* Where a leader is gone, the longest serving member of the team follows. */
static void
succeed (SimModel *model,
         guint     month,
         guint8   *changed)
{
  int first = model->calendar.month_first[month];

  for (guint t = 0; t < model->teams->len; t++)
    {
      SimTeam *team = SIM_TEAM (model, t);
      guint follower = SIM_NONE;

      if (!team->is_leaf || team->until_month <= month || team->from_month > month || team->leader == SIM_NONE
          || SIM_PERSON (model, team->leader)->left > first)
        continue;

      for (guint i = 0; i < model->people->len; i++)
        {
          const SimPerson *person = SIM_PERSON (model, i);

          if (person->team != t || person->left <= first || person->hired >= first)
            continue;
          changed[i] = TRUE;
          if (!person->is_leader && (follower == SIM_NONE || person->hired < SIM_PERSON (model, follower)->hired))
            follower = i;
        }
      team->leader = follower;
      if (follower == SIM_NONE)
        continue;
      SIM_PERSON (model, follower)->is_leader = TRUE;
      SIM_PERSON (model, follower)->role = SIM_ROLE_LEADER;
    }
}

static guint
random_leaf (SimModel *model,
             guint     month)
{
  for (guint try = 0; try < 100; try++)
    {
      guint t = sim_below (&model->staff, model->teams->len);
      const SimTeam *team = SIM_TEAM (model, t);

      if (team->is_leaf && team->from_month <= month && team->until_month > month)
        return t;
    }

  return SIM_NONE;
}

static void
live_on (SimModel *model,
         guint     index,
         guint     month,
         guint8   *changed)
{
  SimPerson *person = SIM_PERSON (model, index);
  int first = model->calendar.month_first[month];
  int length = model->calendar.month_first[month + 1] - first;
  gboolean free = person->away_from == SIM_NEVER || person->half_until < first;

  if (person->left <= first || person->hired >= first)
    return;

  if (sim_chance (&model->staff, MOVES) && free && !person->is_leader)
    {
      guint team = random_leaf (model, month);

      if (team != SIM_NONE && team != person->team)
        {
          person->team = team;
          changed[index] = TRUE;
        }
    }
  if (sim_chance (&model->staff, ABSENCES) && free)
    {
      person->away_from = first + 1 + (int) sim_below (&model->staff, (guint) length - 1);
      person->away_until = person->away_from + 10 + (int) (40.0 * sim_gamma (&model->staff, 1.2));
      person->half_until = person->away_until + (sim_chance (&model->staff, 0.4) ? 28 : 0);
    }
  if (sim_chance (&model->staff, LEAVES) && person->role > SIM_ROLE_HEAD)
    {
      person->left = first + 1 + (int) sim_below (&model->staff, (guint) length - 1);
      g_array_append_val (model->vacancies, person->team);
    }
}

static void
fill_vacancies (SimModel *model,
                guint     month)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < model->vacancies->len; i++)
    {
      guint team = g_array_index (model->vacancies, guint, i);

      if (sim_chance (&model->staff, FILLED))
        sim_structure_hire (model, team, model->calendar.month_first[month] + (int) sim_below (&model->staff, 20),
                            FALSE);
      else
        g_array_append_val (open, team);
    }
  g_array_set_size (model->vacancies, 0);
  g_array_append_vals (model->vacancies, open->data, open->len);
}

/* The rows of one person that take effect this month, in order of time, each day once. */
static void
emit_rows (SimModel *model,
           guint     index,
           guint     month,
           gboolean  changed)
{
  SimPerson *person = SIM_PERSON (model, index);
  int first = model->calendar.month_first[month];
  int next = model->calendar.month_first[month + 1];

  if (!person->on_file)
    {
      sim_staff_emit (model, index, person->hired);
      sim_staff_holdings (model, index);
      return;
    }
  if (!changed && person->left >= next && (person->away_from >= next || person->half_until < first))
    return;

  for (int day = first; day < next; day++)
    {
      gboolean row = changed && day == first && person->left > first;

      row |= day == person->away_from || day == person->away_until || day == person->half_until;
      if ((row && day < person->left) || day == person->left)
        sim_staff_emit (model, index, day);
    }
}

static void
gather_members (SimModel *model,
                guint     month)
{
  for (guint t = 0; t < model->teams->len; t++)
    g_array_set_size (SIM_TEAM (model, t)->members, 0);
  for (guint i = 0; i < model->people->len; i++)
    {
      const SimPerson *person = SIM_PERSON (model, i);

      if (person->left > model->calendar.month_first[month] && person->hired < model->calendar.month_first[month + 1])
        g_array_append_val (SIM_TEAM (model, person->team)->members, i);
    }
}

void
sim_staff_month (SimModel *model,
                 guint     month)
{
  g_autofree guint8 *changed = NULL;
  guint n;

  if (!model->options->steady)
    fill_vacancies (model, month);
  n = model->people->len;
  changed = g_new0 (guint8, n);
  if (model->expected.reorganisation == (int) month)
    reorganise (model, changed);
  if (!model->options->steady)
    {
      succeed (model, month, changed);
      for (guint i = 0; i < n; i++)
        live_on (model, i, month, changed);
    }
  for (guint i = 0; i < n; i++)
    emit_rows (model, i, month, changed[i]);
  gather_members (model, month);
}
