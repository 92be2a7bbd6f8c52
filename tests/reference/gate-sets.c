/* Prints small random organisations as the gate gets and leaves them, for gate-attack.py: gate-sets FIRST COUNT [bare].
 * One JSON object a line.  "bare": without complementary withholding. */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "metric/kennis-gate-private.h"

#define MAX_PEOPLE 80
#define MAX_MONTHS 6
#define MAX_TEAMS  12

enum
{
  HOURS,          /* hours per head */
  PER_FTE,        /* the same hours by FTE */
  TAKING_PART,    /* a yes or no of each */
  REFUSED,        /* a sensitive yes or no of some */
  MEDIAN,         /* no sum */
  N_METRICS
};

typedef struct
{
  GRand *random;
  guint n_people, n_months, n_teams, n_departments, n_roles, minimum;
  gint8 team[MAX_PEOPLE][MAX_MONTHS];      /* −1: not there */
  guint8 role[MAX_PEOPLE];
  guint8 department[MAX_TEAMS];
  double hours[MAX_PEOPLE][MAX_MONTHS], fte[MAX_PEOPLE];
  gint8 refused[MAX_PEOPLE][MAX_MONTHS];   /* −1: asked nothing */
  KennisMeasureSet *set;
  GPtrArray *members;                      /* by population: GArray of person × MAX_MONTHS + month */
} Organisation;

static void
population_clear (gpointer p)
{
  KennisPopulation *self = p;

  g_strfreev (self->group);
  g_free ((gpointer) self->people);
  g_free ((gpointer) self->spells);
}

static void
simulate (Organisation *self, guint32 seed)
{
  GRand *r = self->random = g_rand_new_with_seed (seed);
  double zero = g_rand_double (r) * 0.7;

  self->n_people = (guint) g_rand_int_range (r, 12, MAX_PEOPLE);
  self->n_months = (guint) g_rand_int_range (r, 1, MAX_MONTHS);
  self->n_teams = (guint) g_rand_int_range (r, 2, MIN (MAX_TEAMS, self->n_people / 4 + 1));
  self->n_departments = (guint) g_rand_int_range (r, 1, 4);
  self->n_roles = (guint) g_rand_int_range (r, 1, 4);
  self->minimum = (guint) g_rand_int_range (r, 3, 7);
  for (guint t = 0; t < self->n_teams; t++)
    self->department[t] = (guint8) g_rand_int_range (r, 0, (gint) self->n_departments);
  for (guint p = 0; p < self->n_people; p++)
    {
      /* Squared: some teams are small. */
      double u = g_rand_double (r);
      gint8 team = (gint8) (u * u * self->n_teams);
      guint from = g_rand_double (r) < 0.1 ? (guint) g_rand_int_range (r, 0, (gint) self->n_months) : 0;

      self->role[p] = (guint8) (g_rand_double (r) * g_rand_double (r) * self->n_roles);
      self->fte[p] = 0.5 + 0.5 * g_rand_double (r);
      for (guint m = 0; m < self->n_months; m++)
        {
          if (g_rand_double (r) < 0.03)
            team = (gint8) g_rand_int_range (r, 0, (gint) self->n_teams);
          self->team[p][m] = m < from ? -1 : team;
          self->hours[p][m] = g_rand_double (r) < zero ? 0 : round (-80 * log (1 - g_rand_double (r))) / 10;
          if (g_rand_double (r) < 0.01)
            self->hours[p][m] *= 100;
          self->refused[p][m] = g_rand_double (r) < 0.5 ? -1 : g_rand_double (r) < 0.4;
        }
    }
}

/* The value of an attribute, a static text. */
static const char *
value_of (const Organisation *self, const char *attribute, guint p, guint m)
{
  static const char *const words[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" };
  gint8 team = self->team[p][m];

  if (g_str_equal (attribute, "team"))
    return words[team];
  if (g_str_equal (attribute, "department"))
    return words[self->department[team]];
  return words[self->role[p]];
}

static gboolean
is_in (const Organisation *self, char **attributes, char **group, guint p, guint m)
{
  if (self->team[p][m] < 0)
    return FALSE;
  for (guint i = 0; attributes[i] != NULL; i++)
    if (!g_str_equal (value_of (self, attributes[i], p, m), group[i]))
      return FALSE;
  return TRUE;
}

static void
add_measurements (Organisation *self, guint population, const GArray *members)
{
  KennisRawMeasurement base = { .population = population, .status = KENNIS_MEASURE_STATUS_OK, .lower = 1, .upper = 2,
                                .coverage = 1, .n_part = G_MAXUINT32, .n_positive = G_MAXUINT32, .dominance = NAN };
  double hours[MAX_PEOPLE] = { 0 }, fte = 0, sum = 0, most = 0;
  gboolean is_there[MAX_PEOPLE] = { FALSE }, asked[MAX_PEOPLE] = { FALSE }, refused[MAX_PEOPLE] = { FALSE };
  guint n = 0, n_taking = 0, n_asked = 0, n_refused = 0;

  for (guint i = 0; i < members->len; i++)
    {
      guint p = g_array_index (members, guint, i) / MAX_MONTHS, m = g_array_index (members, guint, i) % MAX_MONTHS;

      is_there[p] = TRUE;
      hours[p] += self->hours[p][m];
      fte += self->fte[p];
      sum += self->hours[p][m];
      asked[p] |= self->refused[p][m] >= 0;
      refused[p] |= self->refused[p][m] == 1;
    }
  for (guint p = 0; p < self->n_people; p++)
    {
      n += is_there[p];
      n_taking += hours[p] > 0;
      n_asked += asked[p];
      n_refused += refused[p];
      most = MAX (most, hours[p]);
    }
  for (guint metric = 0; metric < N_METRICS; metric++)
    {
      KennisRawMeasurement raw = base;

      raw.metric = metric;
      raw.n = raw.n_people = metric == REFUSED ? n_asked : n;
      raw.is_additive = metric != MEDIAN;
      raw.numerator = metric == TAKING_PART ? n_taking : metric == REFUSED ? n_refused : sum;
      raw.denominator = metric == PER_FTE ? fte : metric == REFUSED ? n_asked : n;
      if (metric == HOURS || metric == PER_FTE)
        raw.dominance = sum > 0 ? most / sum : NAN;
      if (metric == TAKING_PART || metric == REFUSED)
        raw.n_positive = (guint32) raw.numerator;
      raw.value = raw.denominator > 0 ? raw.numerator / raw.denominator : NAN;
      if (isnan (raw.value))
        raw.status = KENNIS_MEASURE_STATUS_NO_DATA;
      g_array_append_val (self->set->raw, raw);
    }
}

static void
add_population (Organisation *self, guint query, guint grouping, char **group, guint first, guint end)
{
  char **attributes = self->set->groupings->pdata[grouping];
  KennisPopulation population = { .query = query, .grouping = grouping, .group = g_strdupv (group),
                                  .first_month = (gint32) first, .end_month = (gint32) end };
  GArray *members = g_array_new (FALSE, FALSE, sizeof (guint));
  guint32 *people = g_new (guint32, MAX_PEOPLE);

  for (guint p = 0; p < self->n_people; p++)
    {
      gboolean any = FALSE;

      for (guint m = first; m < end; m++)
        {
          guint member = p * MAX_MONTHS + m;

          if (!is_in (self, attributes, group, p, m))
            continue;
          any = TRUE;
          g_array_append_val (members, member);
        }
      if (any)
        people[population.n_people++] = p;
    }
  population.people = people;
  population.n_spells = members->len;
  population.spells = g_memdup2 (members->data, members->len * sizeof (guint32));
  if (members->len == 0)
    {
      population_clear (&population);
      g_array_unref (members);
      return;
    }
  g_array_append_val (self->set->populations, population);
  g_ptr_array_add (self->members, members);
  add_measurements (self, self->set->populations->len - 1, members);
}

static void
add_groups (Organisation *self, guint query, guint grouping, guint first, guint end)
{
  char **attributes = self->set->groupings->pdata[grouping];
  guint n = g_strv_length (attributes);

  for (guint code = 0; code < (n == 0 ? 1 : n == 1 ? 12 : 144); code++)
    {
      char one[2] = { (char) ('a' + code % 12), 0 }, two[2] = { (char) ('a' + code / 12), 0 };
      char *group[] = { n > 0 ? one : NULL, n > 1 ? two : NULL, NULL };

      add_population (self, query, grouping, group, first, end);
    }
}

static void
ask (Organisation *self)
{
  const char *const groupings[][3] = {
    { NULL }, { "team", NULL }, { "department", NULL }, { "role", NULL }, { "team", "role", NULL }
  };
  guint n_queries = (guint) g_rand_int_range (self->random, 1, 4);

  for (guint g = 0; g < G_N_ELEMENTS (groupings); g++)
    g_ptr_array_add (self->set->groupings, g_strdupv ((char **) groupings[g]));
  for (guint q = 0; q < n_queries; q++)
    {
      guint step = g_rand_boolean (self->random) ? 1 : self->n_months;
      guint32 which = (guint32) g_rand_int_range (self->random, 1, 16);
      guint from = g_rand_double (self->random) < 0.2 && self->n_months > 2 ? 1 : 0;

      for (guint first = from; first < self->n_months; first += step)
        for (guint g = 0; g < G_N_ELEMENTS (groupings); g++)
          if (g == 0 || (which >> (g - 1) & 1))
            add_groups (self, q, g, first, MIN (first + step, self->n_months));
    }
}

static void
print_number (const char *name, double x)
{
  if (isnan (x))
    g_print ("\"%s\":null", name);
  else
    g_print ("\"%s\":%.17g", name, x);
}

static void
print_set (const Organisation *self, guint32 seed, const KennisRawMeasurement *before)
{
  g_print ("{\"seed\":%u,\"minimum\":%u,\"populations\":[", seed, self->minimum);
  for (guint c = 0; c < self->set->populations->len; c++)
    {
      const KennisPopulation *p = &g_array_index (self->set->populations, KennisPopulation, c);
      const GArray *members = self->members->pdata[c];

      g_print ("%s{\"query\":%u,\"grouping\":%u,\"first\":%d,\"end\":%d,\"n\":%u,\"members\":[", c > 0 ? "," : "",
               p->query, p->grouping, p->first_month, p->end_month, p->n_people);
      for (guint i = 0; i < members->len; i++)
        g_print ("%s%u", i > 0 ? "," : "", g_array_index (members, guint, i));
      g_print ("]}");
    }
  g_print ("],\"raw\":[");
  for (guint i = 0; i < self->set->raw->len; i++)
    {
      const KennisRawMeasurement *raw = &g_array_index (self->set->raw, KennisRawMeasurement, i);

      g_print ("%s{\"metric\":%u,\"population\":%u,\"n\":%u,\"withheld\":%d,", i > 0 ? "," : "", raw->metric,
               raw->population, before[i].n_people, raw->status == KENNIS_MEASURE_STATUS_WITHHELD);
      print_number ("sum", before[i].numerator);
      g_print (",");
      print_number ("dominance", before[i].dominance);
      g_print (",");
      print_number ("left", raw->value);
      g_print ("}");
    }
  g_print ("],\"months\":%d}\n", MAX_MONTHS);
}

static void
one (guint32 seed, KennisGateFlags flags)
{
  Organisation self = { 0 };
  KennisMeasureSet set = { 0 };
  KennisGateTraits traits[N_METRICS] = { 0 };
  KennisRawMeasurement *before;

  simulate (&self, seed);
  for (guint m = 0; m < N_METRICS; m++)
    traits[m] = (KennisGateTraits) { .minimum = self.minimum,
                                     .is_sensitive = m == REFUSED,
                                     .is_share = m == REFUSED || m == TAKING_PART };
  set.populations = g_array_new (FALSE, FALSE, sizeof (KennisPopulation));
  g_array_set_clear_func (set.populations, population_clear);
  set.raw = g_array_new (FALSE, FALSE, sizeof (KennisRawMeasurement));
  set.groupings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  set.minimum_group = self.minimum;
  set.minimum_survey_group = self.minimum;
  set.spells = g_array_new (FALSE, FALSE, sizeof (KennisGateSpell));
  for (guint m = 0; m < MAX_PEOPLE * MAX_MONTHS; m++)
    {
      KennisGateSpell spell = { m / MAX_MONTHS, m % MAX_MONTHS, m % MAX_MONTHS + 1 };

      g_array_append_val (set.spells, spell);
    }
  self.set = &set;
  self.members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  ask (&self);

  before = g_memdup2 (set.raw->data, set.raw->len * sizeof *before);
  kennis_gate_apply_with (&set, traits, flags);
  print_set (&self, seed, before);

  g_free (before);
  g_array_unref (set.populations);
  g_array_unref (set.raw);
  g_array_unref (set.spells);
  g_ptr_array_unref (set.groupings);
  g_ptr_array_unref (self.members);
  g_rand_free (self.random);
}

int
main (int argc, char **argv)
{
  guint first = argc > 1 ? (guint) atoi (argv[1]) : 0, n = argc > 2 ? (guint) atoi (argv[2]) : 1;

  for (guint s = first; s < first + n; s++)
    one (s, argc > 3 ? KENNIS_GATE_FLAGS_WITHOUT_COMPLEMENT : KENNIS_GATE_FLAGS_NONE);
  return 0;
}
