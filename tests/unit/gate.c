#include "config.h"

#include "kennis-gate-sets.h"

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
      const KennisGateTraits traits = { .minimum = 5, .is_sensitive = sensitive, .is_share = TRUE };

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

/* Teams a and b, roles x and y, six people in each cell, all margins shown; of 6 points those of a in x have 3, and all others hardly lack any.  What
 * is not scored is then 2.97 to 3.03 of 3 in that cell, while the points themselves may be anything. */
static void
a_score_is_not_narrowed_down_from_above (void)
{
  const char *const groups[] = { "ax", "ay", "bx", "by" };
  const double scores[] = { 3, 5.97, 5.97, 5.97 };

  for (guint is_score = 0; is_score < 2; is_score++)
    {
      g_autoptr (KennisMeasureSet) set = set_new ("team", "role");
      const char *const both[] = { "cell", NULL };
      const KennisGateTraits traits = { .minimum = 5, .is_sensitive = TRUE, .is_score = is_score };
      guint n_margins = 0;

      g_ptr_array_add (set->groupings, g_strdupv ((char **) both));
      add (set, 1, "a", 0, 1, 0, 12, 8.97);
      add (set, 1, "b", 0, 1, 12, 24, 11.94);
      for (guint role = 0; role < 2; role++)
        {
          KennisPopulation *p;

          add (set, 2, role == 0 ? "x" : "y", 0, 1, 0, 12, role == 0 ? 8.97 : 11.94);
          p = &g_array_index (set->populations, KennisPopulation, 2 + role);
          for (guint i = 0; i < 12; i++)
            ((guint32 *) p->people)[i] = i % 6 + 6 * role + 12 * (i / 6);
        }
      for (guint c = 0; c < 4; c++)
        add (set, 3, groups[c], 0, 1, 6 * c, 6 * c + 6, scores[c])->n_part = c == 0 ? 0 : G_MAXUINT32;
      kennis_gate_apply_with (set, &traits, KENNIS_GATE_FLAGS_NONE);
      for (guint i = 0; i < 8; i++)
        if (i < 4)
          n_margins += is_withheld (set, i);
        else
          CU_ASSERT_EQUAL (is_withheld (set, i), i < 7 || is_withheld (set, 7));
      CU_ASSERT_EQUAL (n_margins > 0, is_score);
    }
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
  const KennisGateTraits traits[] = { { .minimum = 5 }, { .minimum = 5 } };

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
  { "a score is not narrowed down from above", a_score_is_not_narrowed_down_from_above },
  { "the same set is withheld the same", the_same_set_is_withheld_the_same },
  { "metrics of one sum are withheld together", metrics_of_one_sum_are_withheld_together },
  CU_TEST_INFO_NULL,
};

int
main (void)
{
  return kennis_test_main ("gate", tests);
}
