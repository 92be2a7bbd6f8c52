#include "config.h"

#include <math.h>

#include "kennis-test.h"
#include "metric/kennis-gate-private.h"

/* Sets are written by hand: groups of people, one month unless said, and one value for each. */
static KennisMeasureSet *
set_new (const char *attribute, const char *other)
{
  KennisMeasureSet *set = g_new0 (KennisMeasureSet, 1);
  const char *const none[] = { NULL }, *const one[] = { attribute, NULL }, *const two[] = { other, NULL };

  set->populations = g_array_new (FALSE, FALSE, sizeof (KennisPopulation));
  set->raw = g_array_new (FALSE, FALSE, sizeof (KennisRawMeasurement));
  set->groupings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_ptr_array_add (set->groupings, g_strdupv ((char **) none));
  g_ptr_array_add (set->groupings, g_strdupv ((char **) one));
  if (other != NULL)
    g_ptr_array_add (set->groupings, g_strdupv ((char **) two));
  set->minimum_group = 5;
  set->minimum_survey_group = 8;
  return set;
}

/* People first … end − 1, and their sum. */
static KennisRawMeasurement *
add (KennisMeasureSet *set, guint grouping, const char *group, gint32 month, gint32 months, guint first, guint end, double sum)
{
  const char *const texts[] = { group, NULL };
  guint32 *people = g_new (guint32, end - first);
  KennisPopulation p = { .grouping = grouping, .group = g_strdupv ((char **) texts), .first_month = month,
                         .end_month = month + months, .n_people = end - first, .people = people };
  KennisRawMeasurement raw = { .population = set->populations->len, .value = sum / (end - first), .lower = 0, .upper = 9,
                               .coverage = 1, .n = end - first, .n_people = end - first, .n_part = G_MAXUINT32,
                               .n_positive = G_MAXUINT32, .dominance = NAN, .is_additive = TRUE, .numerator = sum,
                               .denominator = end - first };

  for (guint i = first; i < end; i++)
    people[i - first] = i;
  g_array_append_val (set->populations, p);
  g_array_append_val (set->raw, raw);
  return &g_array_index (set->raw, KennisRawMeasurement, set->raw->len - 1);
}

static void
gate (KennisMeasureSet *set)
{
  const KennisGateTraits plain = { 5, FALSE, FALSE };

  kennis_gate_apply_with (set, &plain, KENNIS_GATE_FLAGS_NONE);
}

static gboolean
is_withheld (const KennisMeasureSet *set, guint index)
{
  return g_array_index (set->raw, KennisRawMeasurement, index).status == KENNIS_MEASURE_STATUS_WITHHELD;
}

static void
a_group_under_the_minimum_is_withheld_and_its_numbers_are_gone (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);
  const KennisRawMeasurement *raw = add (set, 1, "a", 0, 1, 0, 4, 12);

  gate (set);
  CU_ASSERT_EQUAL (raw->status, KENNIS_MEASURE_STATUS_WITHHELD);
  CU_ASSERT (isnan (raw->value) && isnan (raw->lower) && isnan (raw->upper) && isnan (raw->coverage));
  CU_ASSERT (raw->n == 0 && raw->n_people == 0 && isnan (raw->numerator) && isnan (raw->denominator));
  CU_ASSERT_PTR_NOT_NULL (raw->note);
}

static void
a_group_of_the_minimum_is_shown_without_an_interval (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);

  add (set, 1, "a", 0, 1, 0, 5, 12);
  add (set, 1, "b", 0, 1, 5, 15, 12);
  gate (set);
  CU_ASSERT_FALSE (is_withheld (set, 0));
  CU_ASSERT (isnan (g_array_index (set->raw, KennisRawMeasurement, 0).lower));
  CU_ASSERT_EQUAL (g_array_index (set->raw, KennisRawMeasurement, 1).upper, 9);
}

static void
what_a_total_without_the_others_would_give_away_takes_the_smallest_with_it (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);

  add (set, 0, NULL, 0, 1, 0, 30, 90);
  add (set, 1, "a", 0, 1, 0, 4, 12);
  add (set, 1, "b", 0, 1, 4, 20, 48);
  add (set, 1, "c", 0, 1, 20, 30, 30);
  gate (set);
  CU_ASSERT_FALSE (is_withheld (set, 0));
  CU_ASSERT (is_withheld (set, 1));
  CU_ASSERT_FALSE (is_withheld (set, 2));
  CU_ASSERT (is_withheld (set, 3));
}

static void
of_two_equal_ones_the_first_by_text_is_taken (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);

  add (set, 0, NULL, 0, 1, 0, 24, 90);
  add (set, 1, "c", 0, 1, 4, 14, 48);
  add (set, 1, "b", 0, 1, 14, 24, 30);
  add (set, 1, "a", 0, 1, 0, 4, 12);
  gate (set);
  CU_ASSERT_FALSE (is_withheld (set, 1));
  CU_ASSERT (is_withheld (set, 2));
}

static void
two_small_groups_that_are_together_too_few_take_a_third (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);

  add (set, 0, NULL, 0, 1, 0, 34, 90);
  add (set, 1, "a", 0, 1, 0, 2, 6);
  add (set, 1, "b", 0, 1, 2, 4, 6);
  add (set, 1, "c", 0, 1, 4, 24, 48);
  add (set, 1, "d", 0, 1, 24, 34, 30);
  gate (set);
  CU_ASSERT (is_withheld (set, 1) && is_withheld (set, 2) && is_withheld (set, 4));
  CU_ASSERT_FALSE (is_withheld (set, 0) || is_withheld (set, 3));
}

static void
two_small_groups_that_are_enough_together_need_no_third (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);

  add (set, 0, NULL, 0, 1, 0, 34, 90);
  add (set, 1, "a", 0, 1, 0, 4, 6);
  add (set, 1, "b", 0, 1, 4, 8, 6);
  add (set, 1, "c", 0, 1, 8, 34, 78);
  gate (set);
  CU_ASSERT (is_withheld (set, 1) && is_withheld (set, 2));
  CU_ASSERT_FALSE (is_withheld (set, 0) || is_withheld (set, 3));
}

static void
the_few_between_two_overlapping_groups_cannot_be_worked_out (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("department", "role");

  /* All 18 nurses are in the department of 20: the other two would be the difference. */
  add (set, 1, "ward", 0, 1, 0, 20, 60);
  add (set, 2, "nurse", 0, 1, 0, 18, 50);
  gate (set);
  CU_ASSERT (is_withheld (set, 0) || is_withheld (set, 1));
}

static void
people_in_no_group_cannot_be_worked_out (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);

  add (set, 0, NULL, 0, 1, 0, 23, 60);
  add (set, 1, "a", 0, 1, 0, 10, 30);
  add (set, 1, "b", 0, 1, 10, 20, 25);
  gate (set);
  CU_ASSERT (is_withheld (set, 0) || is_withheld (set, 1) || is_withheld (set, 2));
}

static void
a_month_cannot_be_worked_out_from_the_year_and_the_others (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);

  /* The same people; in the second month one of them has nearly all of the sum. */
  add (set, 0, NULL, 0, 1, 0, 10, 30);
  add (set, 0, NULL, 1, 1, 0, 10, 40)->dominance = 0.9;
  add (set, 0, NULL, 2, 1, 0, 10, 50);
  add (set, 0, NULL, 0, 3, 0, 10, 120);
  for (guint c = 0; c < 3; c++)
    g_array_index (set->populations, KennisPopulation, c).query = 1;
  gate (set);
  CU_ASSERT (is_withheld (set, 1));
  CU_ASSERT (is_withheld (set, 0) || is_withheld (set, 2) || is_withheld (set, 3));
}

static void
who_changes_teams_in_a_year_hides_no_relation (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);

  const KennisGateSpell spells[] = { { 9, 0, 6 }, { 9, 6, 12 } };
  guint32 *of[4];

  /* Person 9 is in b and c in one year; sums are still those of everybody together. */
  add (set, 0, NULL, 0, 12, 0, 24, 90);
  add (set, 1, "a", 0, 12, 0, 4, 12);
  add (set, 1, "b", 0, 12, 4, 10, 38);
  add (set, 1, "c", 0, 12, 9, 24, 40);
  set->spells = g_array_new (FALSE, FALSE, sizeof (KennisGateSpell));
  for (guint32 i = 0; i < 25; i++)
    {
      KennisGateSpell spell = { i, 0, 12 };

      g_array_append_val (set->spells, spell);
    }
  /* Spell 9 is the first half of person 9, spell 24 the second. */
  g_array_index (set->spells, KennisGateSpell, 9) = spells[0];
  g_array_index (set->spells, KennisGateSpell, 24) = spells[1];
  for (guint c = 0; c < 4; c++)
    {
      KennisPopulation *p = &g_array_index (set->populations, KennisPopulation, c);

      of[c] = g_new0 (guint32, 26);
      for (guint i = 0; i < p->n_people; i++)
        if (c != 3 || p->people[i] != 9)
          of[c][p->n_spells++] = p->people[i];
      if (c == 0 || c == 3)
        of[c][p->n_spells++] = 24;
      p->spells = of[c];
    }
  gate (set);
  CU_ASSERT (is_withheld (set, 1));
  CU_ASSERT (is_withheld (set, 0) || is_withheld (set, 2) || is_withheld (set, 3));
}

static void
a_sum_that_is_one_persons_is_withheld (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);

  add (set, 1, "a", 0, 1, 0, 10, 12)->dominance = 0.81;
  add (set, 1, "b", 0, 1, 10, 20, 12)->dominance = 0.8;
  gate (set);
  CU_ASSERT (is_withheld (set, 0));
  CU_ASSERT_FALSE (is_withheld (set, 1));
}

static void
a_part_of_too_few_is_withheld (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);

  add (set, 1, "a", 0, 1, 0, 10, 12)->n_part = 1;
  gate (set);
  CU_ASSERT (is_withheld (set, 0));
}

static void
unanimous_answers_are_withheld_where_they_are_sensitive (void)
{
  const guint32 yeses[] = { 0, 1, 9, 10 };

  for (guint sensitive = 0; sensitive < 2; sensitive++)
    {
      g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);
      const KennisGateTraits traits = { 5, sensitive, TRUE };

      for (guint i = 0; i < 4; i++)
        add (set, 1, "a", (gint32) i, 1, 0, 10, yeses[i])->n_positive = yeses[i];
      kennis_gate_apply_with (set, &traits, KENNIS_GATE_FLAGS_NONE);
      CU_ASSERT_EQUAL (is_withheld (set, 0), sensitive);
      CU_ASSERT_FALSE (is_withheld (set, 1) || is_withheld (set, 2));
      CU_ASSERT_EQUAL (is_withheld (set, 3), sensitive);
    }
}

static void
a_hiding_place_that_is_too_narrow_is_widened (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", "role");
  g_autoptr (GArray) narrow = NULL;
  g_autoptr (KennisGateAtoms) atoms = NULL;
  guint8 states[32] = { 0 };
  /* Rows a and b, columns x and y, all margins shown: a in x is 100, and the three others are 1. */
  const double sums[8] = { 101, 2, 101, 2, 100, 1, 1, 1 };

  /* The query's cells are months here: team a in two months and b in two, with both months and both teams shown. */
  add (set, 1, "a", 0, 2, 0, 6, sums[0]);
  add (set, 1, "b", 0, 2, 6, 12, sums[1]);
  add (set, 0, NULL, 0, 1, 0, 12, sums[2]);
  add (set, 0, NULL, 1, 1, 0, 12, sums[3]);
  add (set, 1, "a", 0, 1, 0, 6, sums[4]);
  add (set, 1, "a", 1, 1, 0, 6, sums[5]);
  add (set, 1, "b", 0, 1, 6, 12, sums[6]);
  add (set, 1, "b", 1, 1, 6, 12, sums[7]);
  atoms = kennis_gate_atoms_new (set);
  CU_ASSERT_FATAL (atoms->n_cells <= 32);
  CU_ASSERT_EQUAL (atoms->n_atoms, 4);
  for (guint c = 0; c < 8; c++)
    states[c] = c < 4 ? KENNIS_CELL_SHOWN : KENNIS_CELL_COMPLEMENT;
  states[4] = KENNIS_CELL_PRIMARY;

  g_autoptr (GPtrArray) leaks = kennis_gate_leaks (atoms, states);
  for (guint l = 0; l < leaks->len; l++)
    CU_ASSERT_EQUAL (((KennisGateLeak *) leaks->pdata[l])->cell, -1);
  /* By hand: 99 ≤ a in the first month ≤ 101. */
  narrow = kennis_gate_narrow (atoms, states, sums, FALSE, FALSE, NULL, NULL);
  CU_ASSERT_EQUAL (narrow->len, 1);
  states[0] = states[2] = KENNIS_CELL_COMPLEMENT;
  g_clear_pointer (&narrow, g_array_unref);
  narrow = kennis_gate_narrow (atoms, states, sums, FALSE, FALSE, NULL, NULL);
  CU_ASSERT_EQUAL (narrow->len, 0);
}

static void
the_same_set_is_withheld_the_same (void)
{
  g_autoptr (KennisMeasureSet) first = set_new ("team", NULL), second = set_new ("team", NULL);
  KennisMeasureSet *sets[] = { first, second };

  for (guint s = 0; s < 2; s++)
    {
      add (sets[s], 0, NULL, 0, 1, 0, 40, 90);
      for (guint i = 0; i < 8; i++)
        {
          char name[2] = { (char) ('a' + i), 0 };

          add (sets[s], 1, name, 0, 1, i * 5, i * 5 + 5, 10 + i)->n_people = i == 3 ? 4 : 5;
        }
      gate (sets[s]);
    }
  for (guint i = 0; i < 9; i++)
    CU_ASSERT_EQUAL (is_withheld (first, i), is_withheld (second, i));
  CU_ASSERT (is_withheld (first, 4) && !is_withheld (first, 0));
}

static void
metrics_of_one_sum_are_withheld_together (void)
{
  g_autoptr (KennisMeasureSet) set = set_new ("team", NULL);
  const KennisGateTraits traits[] = { { 5, FALSE, FALSE }, { 5, FALSE, FALSE } };

  add (set, 1, "a", 0, 1, 0, 10, 12)->n_part = 2;
  add (set, 1, "b", 0, 1, 10, 20, 14);
  for (guint c = 0; c < 2; c++)
    {
      KennisRawMeasurement again = g_array_index (set->raw, KennisRawMeasurement, c);

      again.metric = 1;
      again.n_part = G_MAXUINT32;
      again.denominator = 8;
      g_array_append_val (set->raw, again);
    }
  kennis_gate_apply_with (set, traits, KENNIS_GATE_FLAGS_NONE);
  CU_ASSERT (is_withheld (set, 0) && is_withheld (set, 2));
  CU_ASSERT_FALSE (is_withheld (set, 1) || is_withheld (set, 3));
}

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
  const KennisGateTraits traits = { 5, TRUE, TRUE };
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
  const KennisGateTraits traits = { 5, TRUE, TRUE };

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
  CU_ASSERT (isnan (raw[4].coverage));     /* of four people */
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
  { "a group under the minimum is withheld and its numbers are gone", a_group_under_the_minimum_is_withheld_and_its_numbers_are_gone },
  { "a group of the minimum is shown, without an interval", a_group_of_the_minimum_is_shown_without_an_interval },
  { "what a total without the others would give away takes the smallest with it", what_a_total_without_the_others_would_give_away_takes_the_smallest_with_it },
  { "of two equal ones the first by text is taken", of_two_equal_ones_the_first_by_text_is_taken },
  { "two small groups that are together too few take a third", two_small_groups_that_are_together_too_few_take_a_third },
  { "two small groups that are enough together need no third", two_small_groups_that_are_enough_together_need_no_third },
  { "the few between two overlapping groups cannot be worked out", the_few_between_two_overlapping_groups_cannot_be_worked_out },
  { "people in no group cannot be worked out", people_in_no_group_cannot_be_worked_out },
  { "a month cannot be worked out from the year and the others", a_month_cannot_be_worked_out_from_the_year_and_the_others },
  { "who changes teams in a year hides no relation", who_changes_teams_in_a_year_hides_no_relation },
  { "a sum that is one person's is withheld", a_sum_that_is_one_persons_is_withheld },
  { "a part of too few is withheld", a_part_of_too_few_is_withheld },
  { "unanimous answers are withheld where they are sensitive", unanimous_answers_are_withheld_where_they_are_sensitive },
  { "a hiding place that is too narrow is widened", a_hiding_place_that_is_too_narrow_is_widened },
  { "the same set is withheld the same", the_same_set_is_withheld_the_same },
  { "metrics of one sum are withheld together", metrics_of_one_sum_are_withheld_together },
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
  return kennis_test_main ("gate", tests);
}
