#include "config.h"

#include "kennis-gate-sets.h"

/* What hangs together, and what does not. */

/* What is known of a in the first place and of b in the second is no sum of few people, but both together are. */
static void
two_people_whose_sum_is_given_away_are_found (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", "role");
  g_autoptr (KennisGateAtoms) atoms = NULL;
  g_autoptr (GPtrArray) leaks = NULL, unions = NULL, none = NULL;
  guint8 states[32] = { 0 };
  const KennisGateLeak *leak;

  add (set, 1, "a", 0, 1, 10, 11, 3);
  add (set, 1, "b", 0, 1, 31, 32, 4);
  add (set, 1, "x", 0, 1, 11, 21, 50);
  add (set, 1, "d", 0, 1, 0, 10, 40);
  add (set, 2, "dax", 0, 1, 0, 21, 93);
  add (set, 2, "xc", 0, 1, 11, 31, 90);
  add (set, 2, "cb", 0, 1, 21, 32, 44);
  atoms = kennis_gate_atoms_new (set);
  CU_ASSERT_FATAL (atoms->n_cells <= 32);
  for (guint c = 0; c < 7; c++)
    states[c] = c < 2 ? KENNIS_CELL_PRIMARY : c == 2 ? KENNIS_CELL_COMPLEMENT : KENNIS_CELL_SHOWN;

  leaks = kennis_gate_leaks (atoms, states);
  for (guint l = 0; l < leaks->len; l++)
    {
      leak = leaks->pdata[l];
      CU_ASSERT (leak->cell < 0 && kennis_gate_atoms_count (atoms, leak->atoms, leak->n_atoms) >= 5);
    }
  /* dax − d + cb − xc. */
  unions = kennis_gate_union_leaks (atoms, states, NULL, 5);
  CU_ASSERT_EQUAL_FATAL (unions->len, 1);
  leak = unions->pdata[0];
  CU_ASSERT (leak->is_small);
  CU_ASSERT_EQUAL_FATAL (leak->n_rows, 4);
  for (guint i = 0; i < 4; i++)
    CU_ASSERT_EQUAL (leak->rows[i], 3 + i);
  states[6] = KENNIS_CELL_COMPLEMENT;
  none = kennis_gate_union_leaks (atoms, states, NULL, 5);
  CU_ASSERT_EQUAL (none->len, 0);
}

static void
what_nobody_has_in_common_is_looked_at_apart (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);
  g_autoptr (KennisGateAtoms) atoms = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  for (gint32 month = 0; month < 2; month++)
    {
      add (set, 0, NULL, month, 1, 0, 20, 9);
      add (set, 1, "a", month, 1, 0, 8, 4);
      add (set, 1, "b", month, 1, 8, 20, 5);
    }
  atoms = kennis_gate_atoms_new (set);
  parts = kennis_gate_atoms_split (atoms);
  CU_ASSERT_EQUAL_FATAL (parts->len, 2);
  for (guint p = 0; p < 2; p++)
    {
      const KennisGateAtoms *part = parts->pdata[p];

      CU_ASSERT_EQUAL (part->n_atoms, 2);
      CU_ASSERT_EQUAL_FATAL (part->n_used, 3);
      for (guint i = 0; i < 3; i++)
        CU_ASSERT_EQUAL (part->used[i], 3 * p + i);
      CU_ASSERT_EQUAL (part->atoms_begin[3 * p + 1] - part->atoms_begin[3 * p], 2);
    }
}

/* Everybody, two departments, their teams: n of everybody, of a and b, and of a1, a2, b1, b2.  By cell whether nothing can be subtracted. */
static guint
loose_bits (const double *n, guint minimum)
{
  g_autoptr (KennisMeasureSet) set = set_new ("department", "team");
  g_autoptr (KennisGateAtoms) atoms = NULL;
  g_autofree guint8 *is_loose = NULL;
  const guint frames[] = { 0, 1, 1, 2, 2, 2, 2 };
  KennisGateRelations *relations;
  guint bits = 0;

  add (set, 0, NULL, 0, 1, 0, 80, 0);
  add (set, 1, "a", 0, 1, 0, 40, 0);
  add (set, 1, "b", 0, 1, 40, 80, 0);
  add (set, 2, "a1", 0, 1, 0, 20, 0);
  add (set, 2, "a2", 0, 1, 20, 40, 0);
  add (set, 2, "b1", 0, 1, 40, 60, 0);
  add (set, 2, "b2", 0, 1, 60, 80, 0);
  atoms = kennis_gate_atoms_new (set);
  CU_ASSERT_EQUAL_FATAL (atoms->n_cells, 7);
  relations = kennis_gate_relations_new (set, atoms, frames);
  is_loose = kennis_gate_relations_find_loose (relations, atoms, n, minimum);
  for (guint c = 0; c < 7; c++)
    bits |= (guint) is_loose[c] << c;
  kennis_gate_relations_free (relations);
  return bits;
}

static void
numbers_that_fall_short_by_the_minimum_are_no_relation (void)
{
  const double short_by_6[] = { 80, 34, 40, 14, 14, 20, 15 }, short_by_4[] = { 80, 36, 40, 16, 16, 20, 16 };
  const double exact[] = { 80, 40, 40, 20, 20, 20, 20 };

  /* Everybody less departments 6, less teams 17; a less its teams 6, b less its teams 5. */
  CU_ASSERT_EQUAL (loose_bits (short_by_6, 5), 127);
  CU_ASSERT_EQUAL (loose_bits (short_by_6, 8), 0);
  CU_ASSERT_EQUAL (loose_bits (short_by_4, 5), 0);
  CU_ASSERT_EQUAL (loose_bits (exact, 5), 0);
}

/* A reader subtracts what does add up, whatever falls short elsewhere. */
static void
numbers_that_add_up_in_one_department_are_a_relation_there (void)
{
  const double in_a[] = { 80, 34, 34, 17, 17, 14, 14 }, alike[] = { 80, 34, 40, 14, 14, 23, 23 };
  const double unknown[] = { 80, 34, 40, 14, NAN, 20, 15 };

  /* a = a1 + a2, though everybody falls short by 12 and 18 and b by 6. */
  CU_ASSERT_EQUAL (loose_bits (in_a, 5), 1 << 0 | 1 << 2 | 1 << 5 | 1 << 6);
  /* Departments and teams fall short of everybody by 6 alike: their difference is no secret. */
  CU_ASSERT_EQUAL (loose_bits (alike, 5), 0);
  /* Nothing is said of what is not known. */
  CU_ASSERT_EQUAL (loose_bits (unknown, 5), 0);
}

/* All four of a say yes, and of the four other teams all but one each; of b some moved, and count in no team. */
static guint
withheld_where_some_moved (guint32 n_moved)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);
  const KennisGateTraits traits = { .minimum = 5, .is_sensitive = TRUE, .is_share = TRUE };
  guint n = 0;

  add (set, 0, NULL, 0, 1, 0, 84, 80)->n_positive = 80;
  add (set, 1, "a", 0, 1, 0, 4, 4)->n_positive = 4;
  for (guint t = 0; t < 4; t++)
    {
      char name[2] = { (char) ('b' + t), 0 };
      guint32 counted = t == 0 ? 20 - n_moved : 20;
      KennisRawMeasurement *raw = add (set, 1, name, 0, 1, 4 + 20 * t, 24 + 20 * t, counted - 1);

      raw->n = raw->n_people = counted;
      raw->denominator = counted;
      raw->n_positive = counted - 1;
    }
  kennis_gate_apply_with (set, &traits, KENNIS_GATE_FLAGS_NONE);
  for (guint i = 0; i < set->raw->len; i++)
    n += is_withheld (set, i);
  return n;
}

static void
people_who_moved_hide_a_group_as_another_would (void)
{
  CU_ASSERT_EQUAL (withheld_where_some_moved (0), 2);
  /* Three are too few to hide behind, and say that something does not add up: all is withheld. */
  CU_ASSERT_EQUAL (withheld_where_some_moved (3), 6);
  CU_ASSERT_EQUAL (withheld_where_some_moved (6), 2);
}

/* Person 20 is in a and b, says yes in both, and is one of everybody: 7 + 8 + 5 + 1 are not 20. */
static void
who_answers_in_two_groups_does_not_withhold_the_others (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);
  const KennisGateTraits traits = { .minimum = 5, .is_sensitive = TRUE, .is_share = TRUE };

  add (set, 0, NULL, 0, 1, 0, 61, 20)->n_positive = 20;
  add (set, 1, "a", 0, 1, 0, 21, 7)->n_positive = 7;
  add (set, 1, "b", 0, 1, 20, 41, 8)->n_positive = 8;
  add (set, 1, "c", 0, 1, 41, 57, 5)->n_positive = 5;
  add (set, 1, "d", 0, 1, 57, 61, 1)->n_positive = 1;
  kennis_gate_apply_with (set, &traits, KENNIS_GATE_FLAGS_NONE);
  CU_ASSERT_FALSE (is_withheld (set, 0) || is_withheld (set, 1) || is_withheld (set, 2));
  CU_ASSERT (is_withheld (set, 3) && is_withheld (set, 4));
}

static void
add_silence (KennisMeasureSet *set, guint grouping, const char *group, guint first, guint end)
{
  KennisRawMeasurement *raw = add (set, grouping, group, 1, 1, first, end, 0);

  raw->status = KENNIS_MEASURE_STATUS_NO_DATA;
  raw->value = raw->lower = raw->upper = raw->numerator = raw->denominator = NAN;
  raw->n = raw->n_people = 0;
  raw->is_additive = FALSE;
  raw->coverage = 0;
}

static void
a_period_in_which_nothing_was_observed_has_no_data (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);
  const KennisRawMeasurement *raw;

  add (set, 0, NULL, 0, 1, 0, 30, 90);
  add (set, 1, "a", 0, 1, 0, 4, 12);
  add (set, 1, "b", 0, 1, 4, 30, 78);
  add_silence (set, 0, NULL, 0, 30);
  add_silence (set, 1, "a", 0, 4);
  add_silence (set, 1, "b", 4, 30);
  /* Nobody is there in the third month. */
  add_silence (set, 0, NULL, 0, 0);
  g_array_index (set->populations, KennisPopulation, 6).first_month = 2;
  g_array_index (set->populations, KennisPopulation, 6).end_month = 3;
  gate (set);
  CU_ASSERT (is_withheld (set, 1) && (is_withheld (set, 0) || is_withheld (set, 2)));
  raw = &g_array_index (set->raw, KennisRawMeasurement, 0);
  for (guint i = 3; i < 7; i++)
    CU_ASSERT_EQUAL (raw[i].status, KENNIS_MEASURE_STATUS_NO_DATA);
  CU_ASSERT_EQUAL (raw[3].coverage, 0);
  CU_ASSERT (isnan (raw[4].coverage)); /* of four people */
}

static void
a_small_group_without_data_says_nothing_where_others_have_some (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);

  add_silence (set, 1, "a", 0, 4);
  add (set, 1, "b", 1, 1, 4, 30, 78);
  gate (set);
  CU_ASSERT (is_withheld (set, 0));
  CU_ASSERT_FALSE (is_withheld (set, 1));
}

static CU_TestInfo tests[] = {
  { "two people whose sum is given away are found", two_people_whose_sum_is_given_away_are_found },
  { "what nobody has in common is looked at apart", what_nobody_has_in_common_is_looked_at_apart },
  { "numbers that fall short by the minimum are no relation", numbers_that_fall_short_by_the_minimum_are_no_relation },
  { "numbers that add up in one department are a relation there", numbers_that_add_up_in_one_department_are_a_relation_there },
  { "people who moved hide a group as another would", people_who_moved_hide_a_group_as_another_would },
  { "who answers in two groups does not withhold the others", who_answers_in_two_groups_does_not_withhold_the_others },
  { "a period in which nothing was observed has no data", a_period_in_which_nothing_was_observed_has_no_data },
  { "a small group without data says nothing where others have some", a_small_group_without_data_says_nothing_where_others_have_some },
  CU_TEST_INFO_NULL,
};

int
main (void)
{
  return kennis_test_main ("gate-relations", tests);
}
