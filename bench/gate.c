/* What the privacy gate takes for organisations of 10 000 people, 200 teams and 60 roles in 24 months, with movers: it must end within a few
 * seconds, whatever is asked for. */
#include "config.h"

#include <math.h>

#include "metric/kennis-gate-private.h"

#define PEOPLE 10000
#define TEAMS  200
#define ROLES  60
#define MONTHS 24

enum
{
  BY_ALL,
  BY_TEAM,
  BY_ROLE,
  BY_TEAM_AND_ROLE,
  N_GROUPINGS
};

enum
{
  HOURS,
  TAKING_PART,
  REFUSED,
  N_METRICS
};

typedef struct
{
  guint8 team[PEOPLE][MONTHS], role[PEOPLE];
  float hours[PEOPLE][MONTHS];
  guint8 refused[PEOPLE][MONTHS];      /* 0 nothing was asked, 1 no, 2 yes */
  guint32 first_spell[PEOPLE + 1];
  GArray *spells;
} Organisation;

typedef struct
{
  const char *name;
  guint groupings;                     /* bits */
  guint steps[2];                      /* months of a period, by query; 0: no query */
  double bound;                        /* seconds */
} Case;

static const Case cases[] = {
  { "months by team and by role", 1 << BY_TEAM | 1 << BY_ROLE, { 1, 0 }, 5 },
  { "months by team x role", 1 << BY_TEAM_AND_ROLE, { 1, 0 }, 5 },
  { "months and years by team", 1 << BY_TEAM, { 1, 12 }, 5 },
  { "months and years by team, role and team x role", 1 << BY_TEAM | 1 << BY_ROLE | 1 << BY_TEAM_AND_ROLE, { 1, 12 }, 20 },
  { "months and years by team x role", 1 << BY_TEAM_AND_ROLE, { 1, 12 }, 5 },
};

static void
simulate (Organisation *self)
{
  g_autoptr (GRand) r = g_rand_new_with_seed (1);

  self->spells = g_array_new (FALSE, FALSE, sizeof (KennisGateSpell));
  for (guint32 p = 0; p < PEOPLE; p++)
    {
      double u = g_rand_double (r), v = g_rand_double (r);
      guint8 team = (guint8) (sqrt (u) * TEAMS);
      gint32 begin = 0;

      self->first_spell[p] = self->spells->len;
      /* Three roles of a team, mostly: nurses are on wards. */
      self->role[p] = v < 0.9 ? (guint8) ((team / 10 * 3 + (guint) (v * v * 3.3)) % ROLES)
                              : (guint8) g_rand_int_range (r, 0, ROLES);
      for (gint32 m = 0; m < MONTHS; m++)
        {
          double asked = g_rand_double (r);

          if (m > begin && g_rand_double (r) < 0.01)
            {
              KennisGateSpell spell = { p, begin, m };

              g_array_append_val (self->spells, spell);
              begin = m;
              team = (guint8) g_rand_int_range (r, 0, TEAMS);
            }
          self->team[p][m] = team;
          self->hours[p][m] = g_rand_double (r) < 0.5 ? 0 : (float) (-8 * log (1 - g_rand_double (r)));
          self->refused[p][m] = asked < 0.9 ? 0 : asked < 0.96 ? 1 : 2;
        }
      KennisGateSpell spell = { p, begin, MONTHS };
      g_array_append_val (self->spells, spell);
    }
  self->first_spell[PEOPLE] = self->spells->len;
}

/* What is counted of one group in one period. */
typedef struct
{
  GArray *people, *spells;
  double hours, largest;
  guint n_taking, n_asked, n_refused;
} Count;

static void
add_person (Count *count, const Organisation *self, guint32 p, guint first, guint end, double hours)
{
  gboolean asked = FALSE, refused = FALSE;

  for (guint m = first; m < end; m++)
    {
      asked |= self->refused[p][m] > 0;
      refused |= self->refused[p][m] == 2;
    }
  g_array_append_val (count->people, p);
  count->hours += hours;
  count->largest = MAX (count->largest, hours);
  count->n_taking += hours > 0;
  count->n_asked += asked;
  count->n_refused += refused;
}

static void
add_population (KennisMeasureSet *set, guint query, guint grouping, guint code, guint first, guint end, const Count *count)
{
  g_autofree char *name = g_strdup_printf ("%05u", code);
  const char *const group[] = { grouping == BY_ALL ? NULL : name, grouping == BY_TEAM_AND_ROLE ? "" : NULL, NULL };
  KennisPopulation p = { .query = query, .grouping = grouping, .group = g_strdupv ((char **) group), .first_month = (gint32) first,
                         .end_month = (gint32) end, .n_people = count->people->len, .n_spells = count->spells->len };
  guint n = count->people->len;

  p.people = g_memdup2 (count->people->data, n * sizeof (guint32));
  p.spells = g_memdup2 (count->spells->data, p.n_spells * sizeof (guint32));
  for (guint metric = 0; metric < N_METRICS; metric++)
    {
      KennisRawMeasurement raw = { .metric = metric, .population = set->populations->len, .lower = 1, .upper = 2, .coverage = 1,
                                   .n_part = G_MAXUINT32, .n_positive = G_MAXUINT32, .dominance = NAN, .is_additive = TRUE };

      raw.n = raw.n_people = metric == REFUSED ? count->n_asked : n;
      raw.numerator = metric == HOURS ? count->hours : metric == REFUSED ? count->n_refused : count->n_taking;
      raw.denominator = raw.n;
      if (metric == HOURS && count->hours > 0)
        raw.dominance = count->largest / count->hours;
      if (metric != HOURS)
        raw.n_positive = (guint32) raw.numerator;
      raw.value = raw.n > 0 ? raw.numerator / raw.denominator : NAN;
      g_array_append_val (set->raw, raw);
    }
  g_array_append_val (set->populations, p);
}

static guint
code_of (const Organisation *self, guint grouping, guint32 p, guint m)
{
  if (grouping == BY_ALL)
    return 0;
  return grouping == BY_TEAM   ? self->team[p][m]
         : grouping == BY_ROLE ? self->role[p]
                               : self->team[p][m] * ROLES + self->role[p];
}

static void
add_frame (KennisMeasureSet *set, const Organisation *self, guint query, guint grouping, guint first, guint end)
{
  g_autofree Count *counts = g_new0 (Count, TEAMS * ROLES);

  for (guint32 p = 0; p < PEOPLE; p++)
    for (guint32 s = self->first_spell[p]; s < self->first_spell[p + 1]; s++)
      {
        const KennisGateSpell *spell = &g_array_index (self->spells, KennisGateSpell, s);
        guint from = MAX ((guint) spell->first_month, first), to = MIN ((guint) spell->end_month, end);
        Count *count = from < to ? &counts[code_of (self, grouping, p, from)] : NULL;
        double hours = 0;

        if (count == NULL)
          continue;
        if (count->people == NULL)
          {
            count->people = g_array_new (FALSE, FALSE, sizeof (guint32));
            count->spells = g_array_new (FALSE, FALSE, sizeof (guint32));
          }
        for (guint m = from; m < to; m++)
          hours += (double) self->hours[p][m];
        if (count->people->len == 0 || g_array_index (count->people, guint32, count->people->len - 1) != p)
          add_person (count, self, p, from, to, hours);
        else
          count->hours += hours;
        g_array_append_val (count->spells, s);
      }
  for (guint code = 0; code < TEAMS * ROLES; code++)
    if (counts[code].people != NULL)
      {
        add_population (set, query, grouping, code, first, end, &counts[code]);
        g_array_unref (counts[code].people);
        g_array_unref (counts[code].spells);
      }
}

static KennisMeasureSet *
set_new (const Organisation *self, const Case *what)
{
  const char *const groupings[N_GROUPINGS][3] = {
    { NULL }, { "team", NULL }, { "role", NULL }, { "team", "role", NULL }
  };
  KennisMeasureSet *set = g_new0 (KennisMeasureSet, 1);

  set->populations = g_array_new (FALSE, FALSE, sizeof (KennisPopulation));
  set->raw = g_array_new (FALSE, FALSE, sizeof (KennisRawMeasurement));
  set->groupings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  set->spells = g_array_ref (self->spells);
  set->minimum_group = 5;
  set->minimum_survey_group = 8;
  for (guint g = 0; g < N_GROUPINGS; g++)
    g_ptr_array_add (set->groupings, g_strdupv ((char **) groupings[g]));
  for (guint q = 0; q < 2; q++)
    for (guint first = 0; what->steps[q] > 0 && first < MONTHS; first += what->steps[q])
      for (guint g = 0; g < N_GROUPINGS; g++)
        if (g == BY_ALL || (what->groupings >> g & 1))
          add_frame (set, self, q, g, first, first + what->steps[q]);
  return set;
}

static double
withheld_share (const KennisMeasureSet *set)
{
  guint n = 0;

  for (guint i = 0; i < set->raw->len; i++)
    n += g_array_index (set->raw, KennisRawMeasurement, i).status == KENNIS_MEASURE_STATUS_WITHHELD;
  return 100.0 * n / set->raw->len;
}

int
main (void)
{
  g_autofree Organisation *organisation = g_new0 (Organisation, 1);
  const KennisGateTraits traits[N_METRICS] = { { 5, FALSE, FALSE }, { 5, FALSE, TRUE }, { 5, TRUE, TRUE } };
  const char *only = g_getenv ("KENNIS_BENCH_CASE"); /* of those below, from 0: for profiling */
  gboolean is_missed = FALSE;

  simulate (organisation);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KennisMeasureSet) set = NULL;
      gint64 begun;
      double seconds;

      if (only != NULL && (guint) g_ascii_strtoull (only, NULL, 10) != i)
        continue;
      set = set_new (organisation, &cases[i]);
      begun = g_get_monotonic_time ();
      kennis_gate_apply_with (set, traits, KENNIS_GATE_FLAGS_NONE);
      seconds = (double) (g_get_monotonic_time () - begun) / 1e6;
      is_missed |= seconds > cases[i].bound;
      g_print ("gate, %s\t%.2f\ts (bound %.0f)\n", cases[i].name, seconds, cases[i].bound);
      g_print ("gate, %s\t%.1f\t%% of %u values withheld\n", cases[i].name, withheld_share (set), set->raw->len);
    }
  g_array_unref (organisation->spells);
  return is_missed;
}
