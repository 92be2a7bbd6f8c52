#include "config.h"

#include <math.h>
#include <string.h>

#include "kennis-metrics.h"
#include "metric/kennis-survey-gate-private.h"

/* Two scales of two items under one, and one beside; answers from 0 to 10. */
#define TEXT "<text xml:lang=\"en\">?</text>"
#define TITLE "<title xml:lang=\"en\">?</title>"
#define ITEM(ID) "<item id=\"" ID "\" low=\"0\" high=\"10\">" TEXT "</item>"
#define INSTRUMENT                                                                                                    \
  "<instrument xmlns=\"urn:kennis:instrument:1\" version=\"1\" id=\"x\">" TITLE "<scale id=\"all\">" TITLE            \
  "<scale id=\"a\">" TITLE ITEM ("a1") ITEM ("a2") "</scale><scale id=\"b\">" TITLE ITEM ("b1") ITEM ("b2")            \
  "</scale></scale><scale id=\"c\">" TITLE ITEM ("c1") ITEM ("c2") "</scale></instrument>"

#define N_ITEMS 6
#define MAX_PEOPLE 100
#define OK KENNIS_MEASURE_STATUS_OK
#define WITHHELD KENNIS_MEASURE_STATUS_WITHHELD
#define NO_DATA KENNIS_MEASURE_STATUS_NO_DATA

typedef struct
{
  guint n;
  double values[MAX_PEOPLE * N_ITEMS];
  const char *teams[MAX_PEOPLE + 1], *ids[MAX_PEOPLE + 1];
} Sheet;

static const char *const names[] = { "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11", "p12",
                                     "p13", "p14", "p15", "p16", "p17", "p18", "p19", "p20", "p21", "p22", "p23", "p24",
                                     "p25", "p26", "p27", "p28", "p29", "p30", "p31", "p32", "p33", "p34", "p35", "p36",
                                     "p37", "p38", "p39" };

/* People who answer 2, 3, 4, … 8, turn by turn. */
static void
add (Sheet *self, const char *team, guint n)
{
  for (guint p = 0; p < n; p++, self->n++)
    {
      self->teams[self->n] = team;
      self->ids[self->n] = names[self->n];
      for (guint i = 0; i < N_ITEMS; i++)
        self->values[self->n * N_ITEMS + i] = 2 + (self->n + 3 * i) % 7;
    }
}

/* Items first … end − 1 of people from … to − 1. */
static void
say (Sheet *self, guint from, guint to, guint first, guint end, double value)
{
  for (guint p = from; p < to; p++)
    for (guint i = first; i < end; i++)
      self->values[p * N_ITEMS + i] = value;
}

static KennisAnswers *
answers_of (const Sheet *self)
{
  g_autoptr (GBytes) text = g_bytes_new_static (INSTRUMENT, strlen (INSTRUMENT));
  g_autoptr (KennisInstrument) instrument = kennis_instrument_new_from_bytes (text, NULL, NULL);
  g_autoptr (GBytes) values = g_bytes_new (self->values, self->n * N_ITEMS * sizeof (double));
  KennisAnswers *answers = kennis_answers_new (instrument, values, self->ids, self->teams, NULL, NULL);

  CU_ASSERT_PTR_NOT_NULL_FATAL (answers);
  return answers;
}

static KennisSurveyGate *
gate_of (const Sheet *self, KennisGateFlags flags)
{
  g_autoptr (KennisAnswers) answers = answers_of (self);
  KennisSurveyGate *gate = kennis_survey_gate_new_with (answers, KENNIS_GROUP_BY_TEAM, 8, flags, NULL);

  CU_ASSERT_PTR_NOT_NULL_FATAL (gate);
  return gate;
}

static void
assert_scale (KennisSurveyGate *gate, const char *scale, KennisMeasureStatus all, KennisMeasureStatus a, KennisMeasureStatus b,
              KennisMeasureStatus c)
{
  CU_ASSERT_EQUAL (kennis_survey_gate_get_status (gate, scale, NULL), all);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_status (gate, scale, "A"), a);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_status (gate, scale, "B"), b);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_status (gate, scale, "C"), c);
}

static void
a_small_team_takes_the_smallest_other_with_it (void)
{
  Sheet sheet = { 0 };
  g_autoptr (KennisSurveyGate) gate = NULL, bare = NULL;

  add (&sheet, "A", 12);
  add (&sheet, "B", 9);
  add (&sheet, "C", 3);
  gate = gate_of (&sheet, KENNIS_GATE_FLAGS_NONE);
  bare = gate_of (&sheet, KENNIS_GATE_FLAGS_WITHOUT_COMPLEMENT);
  assert_scale (gate, "all", OK, OK, WITHHELD, WITHHELD);
  assert_scale (gate, "c", OK, OK, WITHHELD, WITHHELD);
  assert_scale (bare, "c", OK, OK, OK, WITHHELD);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_minimum_group (gate), 8);
}

/* Nine people of whom two left scale a open: seven are too few there, and so for the scale above and the one beside; not for scale c. */
static void
a_scale_is_withheld_with_those_above_and_beside (void)
{
  Sheet sheet = { 0 };
  g_autoptr (KennisSurveyGate) gate = NULL;

  add (&sheet, "A", 12);
  add (&sheet, "B", 10);
  add (&sheet, "C", 9);
  say (&sheet, 22, 24, 0, 2, NAN);
  gate = gate_of (&sheet, KENNIS_GATE_FLAGS_NONE);
  assert_scale (gate, "a", OK, OK, WITHHELD, WITHHELD);
  assert_scale (gate, "b", OK, OK, WITHHELD, WITHHELD);
  assert_scale (gate, "all", OK, OK, WITHHELD, WITHHELD);
  assert_scale (gate, "c", OK, OK, OK, OK);
}

static void
who_all_say_the_same_are_not_shown (void)
{
  Sheet sheet = { 0 };
  g_autoptr (KennisSurveyGate) gate = NULL;

  add (&sheet, "A", 12);
  add (&sheet, "B", 10);
  add (&sheet, "C", 9);
  say (&sheet, 22, 31, 4, 6, 6);
  gate = gate_of (&sheet, KENNIS_GATE_FLAGS_NONE);
  assert_scale (gate, "c", OK, OK, WITHHELD, WITHHELD);
  assert_scale (gate, "all", OK, OK, OK, OK);
}

/* Twenty of C say 10 and two 9; without one more group, everybody less A and B would say that the three of D hardly left anything out. */
static void
nobody_is_known_from_above (void)
{
  Sheet sheet = { 0 };
  g_autoptr (KennisSurveyGate) gate = NULL;

  add (&sheet, "A", 12);
  add (&sheet, "B", 10);
  add (&sheet, "C", 8);
  add (&sheet, "D", 7);
  say (&sheet, 22, 30, 4, 6, 10);
  say (&sheet, 30, 36, 4, 6, 10);
  gate = gate_of (&sheet, KENNIS_GATE_FLAGS_NONE);
  assert_scale (gate, "c", OK, OK, WITHHELD, WITHHELD);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_status (gate, "c", "D"), WITHHELD);
}

static void
a_few_without_a_team_are_not_told_of (void)
{
  Sheet sheet = { 0 };
  g_autoptr (KennisSurveyGate) gate = NULL;

  add (&sheet, "A", 12);
  add (&sheet, "B", 10);
  add (&sheet, "C", 9);
  add (&sheet, "", 2);
  gate = gate_of (&sheet, KENNIS_GATE_FLAGS_NONE);
  assert_scale (gate, "c", OK, OK, OK, WITHHELD);
}

static void
where_nobody_answered_there_are_no_data (void)
{
  Sheet sheet = { 0 };
  g_autoptr (KennisSurveyGate) gate = NULL;

  add (&sheet, "A", 12);
  add (&sheet, "B", 10);
  add (&sheet, "C", 3);
  say (&sheet, 0, 25, 4, 6, NAN);
  gate = gate_of (&sheet, KENNIS_GATE_FLAGS_NONE);
  assert_scale (gate, "c", NO_DATA, NO_DATA, NO_DATA, NO_DATA);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_item_status (gate, "c1"), NO_DATA);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_status (gate, "nothing", NULL), NO_DATA);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_status (gate, "a", "nobody"), NO_DATA);
}

static void
an_item_is_withheld_with_the_others_of_its_scale (void)
{
  Sheet sheet = { 0 };
  g_autoptr (KennisSurveyGate) gate = NULL;

  add (&sheet, "A", 12);
  add (&sheet, "B", 10);
  say (&sheet, 3, 22, 0, 1, NAN);
  say (&sheet, 0, 22, 3, 4, 7);
  gate = gate_of (&sheet, KENNIS_GATE_FLAGS_NONE);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_item_status (gate, "a1"), WITHHELD); /* of three people */
  CU_ASSERT_EQUAL (kennis_survey_gate_get_item_status (gate, "a2"), WITHHELD);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_item_status (gate, "b2"), WITHHELD); /* all say 7 */
  CU_ASSERT_EQUAL (kennis_survey_gate_get_item_status (gate, "b1"), WITHHELD);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_item_status (gate, "c1"), OK);
  CU_ASSERT_EQUAL (kennis_survey_gate_get_item_status (gate, "none"), NO_DATA);
}

static KennisMeasureStatus
judge (const Sheet *before, const Sheet *after, KennisPairing pairing, KennisChangeFigure figure)
{
  g_autoptr (KennisAnswers) first = answers_of (before), second = answers_of (after);
  g_autoptr (KennisSurveyGate) gate = gate_of (after, KENNIS_GATE_FLAGS_NONE);
  g_autoptr (KennisChange) change = kennis_change_new_for_scale (first, second, "c", NULL, pairing, 0.95, NULL);

  return kennis_survey_gate_judge_change (gate, "c", change, figure);
}

/* Twenty answer first and 28 later: the later mean, less that of the twenty, would be that of eight.  Of one who answers once only, means and
 * difference would tell everything. */
static void
means_of_the_same_people_do_not_tell_of_the_others (void)
{
  Sheet before = { 0 }, after = { 0 }, few = { 0 }, alike = { 0 }, one = { 0 };

  add (&before, "A", 20);
  say (&before, 4, 9, 4, 5, 3);
  add (&after, "A", 28);
  add (&one, "A", 21);
  add (&few, "A", 7);
  add (&alike, "A", 20);
  say (&alike, 0, 20, 4, 6, 10);
  CU_ASSERT_EQUAL (judge (&before, &after, KENNIS_PAIRING_MATCHED, KENNIS_CHANGE_DIFFERENCE), OK);
  CU_ASSERT_EQUAL (judge (&before, &after, KENNIS_PAIRING_MATCHED, KENNIS_CHANGE_AFTER), WITHHELD);
  CU_ASSERT_EQUAL (judge (&before, &after, KENNIS_PAIRING_MATCHED, KENNIS_CHANGE_BEFORE), WITHHELD);
  CU_ASSERT_EQUAL (judge (&after, &before, KENNIS_PAIRING_MATCHED, KENNIS_CHANGE_AFTER), OK);
  CU_ASSERT_EQUAL (judge (&before, &after, KENNIS_PAIRING_INDEPENDENT, KENNIS_CHANGE_AFTER), OK);
  for (KennisChangeFigure f = KENNIS_CHANGE_BEFORE; f <= KENNIS_CHANGE_DIFFERENCE; f++)
    {
      CU_ASSERT_EQUAL (judge (&before, &one, KENNIS_PAIRING_MATCHED, f), WITHHELD);
      CU_ASSERT_EQUAL (judge (&one, &before, KENNIS_PAIRING_MATCHED, f), WITHHELD);
      CU_ASSERT_EQUAL (judge (&before, &one, KENNIS_PAIRING_INDEPENDENT, f), OK);
    }
  CU_ASSERT_EQUAL (judge (&few, &after, KENNIS_PAIRING_INDEPENDENT, KENNIS_CHANGE_DIFFERENCE), WITHHELD);
  CU_ASSERT_EQUAL (judge (&alike, &after, KENNIS_PAIRING_INDEPENDENT, KENNIS_CHANGE_DIFFERENCE), WITHHELD);
  say (&few, 0, 7, 4, 6, NAN);
  CU_ASSERT_EQUAL (judge (&few, &after, KENNIS_PAIRING_MATCHED, KENNIS_CHANGE_DIFFERENCE), NO_DATA);
}

/* All say 5 in one of the waves, or all 1 more in the second: what each said, or how each changed, is then told by the mean. */
static void
what_all_say_alike_in_one_wave_is_not_told_by_a_change (void)
{
  Sheet varied = { 0 }, alike = { 0 }, more = { 0 };
  const KennisPairing pairings[] = { KENNIS_PAIRING_INDEPENDENT, KENNIS_PAIRING_MATCHED };

  add (&varied, "A", 20);
  add (&alike, "A", 20);
  add (&more, "A", 20);
  say (&alike, 0, 20, 4, 6, 5);
  for (guint p = 0; p < 20; p++)
    for (guint i = 4; i < 6; i++)
      more.values[p * N_ITEMS + i]++;
  for (guint i = 0; i < G_N_ELEMENTS (pairings); i++)
    for (KennisChangeFigure f = KENNIS_CHANGE_BEFORE; f <= KENNIS_CHANGE_DIFFERENCE; f++)
      {
        CU_ASSERT_EQUAL (judge (&alike, &varied, pairings[i], f), WITHHELD);
        CU_ASSERT_EQUAL (judge (&varied, &alike, pairings[i], f), WITHHELD);
      }
  CU_ASSERT_EQUAL (judge (&varied, &more, KENNIS_PAIRING_INDEPENDENT, KENNIS_CHANGE_DIFFERENCE), OK);
  CU_ASSERT_EQUAL (judge (&varied, &more, KENNIS_PAIRING_MATCHED, KENNIS_CHANGE_DIFFERENCE), WITHHELD);
}

static void
a_minimum_under_three_is_an_error (void)
{
  Sheet sheet = { 0 };
  g_autoptr (KennisAnswers) answers = NULL;
  g_autoptr (GError) error = NULL;

  add (&sheet, "A", 12);
  answers = answers_of (&sheet);
  CU_ASSERT_PTR_NULL (kennis_survey_gate_new (answers, KENNIS_GROUP_BY_ALL, 2, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
}

/* ── The same as metrics ─────────────────────────────────────────────────────────────────────────────────────────── */

static void
answer (KennisDataset *d, guint who)
{
  g_autoptr (KennisInstrument) instrument = kennis_instrument_find ("motivation", NULL);
  g_auto (GStrv) items = kennis_instrument_list_items (instrument, NULL);

  for (guint i = 0; items[i] != NULL; i++)
    {
      /* The first ten all say the highest to autonomy. */
      double highest = kennis_instrument_is_item_reversed (instrument, items[i]) ? 1 : 5;
      double score = who < 10 && g_str_equal (kennis_instrument_get_item_scale (instrument, items[i]), "autonomy")
                         ? highest
                         : 2 + (who * who + 7 * i + who * i / 4) % 3;

      metrics_add (d, KENNIS_TYPE_RESPONSE, "instrument", "motivation", "wave", "w", "respondent", names[who], "item",
                   items[i], "score", score, "time", at ("2024-05-02"), NULL);
    }
}

static guint
count_withheld (KennisDataset *d, const char *metric)
{
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisMeasureSet) set = NULL;
  const char *by_team[] = { "team", NULL };
  guint n = 0;

  kennis_query_add_metric (query, "motivation.autonomous");
  kennis_query_add_metric (query, "motivation.autonomy");
  kennis_query_add_metric (query, "motivation.belonging");
  kennis_query_add_metric (query, "motivation.competence");
  kennis_query_add_metric (query, "motivation.reward");
  kennis_query_add_grouping (query, by_team);
  CU_ASSERT (kennis_query_set_window (query, "2024", "2024", NULL));
  set = metrics_run (d, query, 1);
  CU_ASSERT_TRUE (kennis_gate_apply (set, NULL, NULL, NULL));
  for (guint i = 0; i < set->raw->len; i++)
    {
      const KennisRawMeasurement *raw = &g_array_index (set->raw, KennisRawMeasurement, i);

      n += raw->metric == (guint) kennis_catalogue_find (metric) && raw->status == WITHHELD;
    }
  return n;
}

/* Team a all say the highest to autonomy: the mean of what is above, and those beside, would tell. */
static void
a_report_withholds_a_scale_with_those_above_and_beside (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint t = 0; t < 3; t++)
    metrics_add (d, KENNIS_TYPE_TEAM, "id", t == 0 ? "a" : t == 1 ? "b" : "c", NULL);
  for (guint i = 0; i < 30; i++)
    metrics_add (d, KENNIS_TYPE_PERSON, "id", names[i], "team", i < 10 ? "a" : i < 20 ? "b" : "c", NULL);
  for (guint i = 0; i < 30; i++)
    answer (d, i);
  CU_ASSERT_EQUAL (count_withheld (d, "motivation.autonomy"), 2);
  CU_ASSERT_EQUAL (count_withheld (d, "motivation.autonomous"), 2);
  CU_ASSERT_EQUAL (count_withheld (d, "motivation.belonging"), 2);
  CU_ASSERT_EQUAL (count_withheld (d, "motivation.competence"), 2);
  CU_ASSERT_EQUAL (count_withheld (d, "motivation.reward"), 0);
}

int
main (void)
{
  return kennis_test_main ("survey-gate", (CU_TestInfo[]) {
    { "a small team takes the smallest other with it", a_small_team_takes_the_smallest_other_with_it },
    { "a scale is withheld with those above and beside it", a_scale_is_withheld_with_those_above_and_beside },
    { "who all say the same are not shown", who_all_say_the_same_are_not_shown },
    { "nobody is known from above", nobody_is_known_from_above },
    { "a few without a team are not told of", a_few_without_a_team_are_not_told_of },
    { "where nobody answered there are no data", where_nobody_answered_there_are_no_data },
    { "an item is withheld with the others of its scale", an_item_is_withheld_with_the_others_of_its_scale },
    { "the means of the same people do not tell of the others", means_of_the_same_people_do_not_tell_of_the_others },
    { "what all say alike in one wave is not told by a change", what_all_say_alike_in_one_wave_is_not_told_by_a_change },
    { "a minimum under three is an error", a_minimum_under_three_is_an_error },
    { "a report withholds a scale with those above and beside it", a_report_withholds_a_scale_with_those_above_and_beside },
    CU_TEST_INFO_NULL,
  });
}
