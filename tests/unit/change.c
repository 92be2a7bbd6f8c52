#include "config.h"

#include <math.h>
#include <string.h>

#include "kennis-metrics.h"

static const double before[] = { 50, 62.5, 75, 40, 55, 80, 66, 71 };
static const double after[] = { 58, 60, 85, 52, 57, 88, 70, 79, 64 };
static const char *const before_ids[] = { "a", "b", "c", "d", "e", "f", "g", "h", NULL };
static const char *const after_ids[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", NULL };

static KennisChange *
between (KennisPairing pairing, gboolean with_ids)
{
  g_autoptr (GBytes) a = g_bytes_new (before, sizeof before), b = g_bytes_new (after, sizeof after);

  return kennis_change_new (a, with_ids ? before_ids : NULL, b, with_ids ? after_ids : NULL, pairing, 0.95, NULL);
}

#define figure(name) kennis_change_get (self, KENNIS_CHANGE_##name)

/* R: t.test (after, before); g and its interval by Borenstein et al. (2009), 4.18 to 4.24, as pooled sd, J = 1 − 3/59. */
static void
independent_waves_give_welch_s_interval_and_hedges_g (void)
{
  g_autoptr (KennisChange) self = between (KENNIS_PAIRING_INDEPENDENT, FALSE);

  assert_within (figure (LOWER), -8.10873264678, 1e-9);
  assert_within (figure (UPPER), 19.45595486900, 1e-9);
  assert_within (figure (G), 0.406179926180, 1e-11);
  assert_within (figure (G_LOWER), -0.508018133266, 1e-11);
  assert_within (figure (G_UPPER), 1.320377985625, 1e-11);
  CU_ASSERT_TRUE (isnan (figure (N_BOTH)));
  CU_ASSERT_TRUE (isnan (figure (SHARE_BOTH)));
}

/* R: t.test (after[1:8], before, paired = TRUE); g by Borenstein et al. (2009), 4.26 to 4.28, with the root of the mean variance. */
static void
matched_waves_give_the_paired_interval (void)
{
  g_autoptr (KennisChange) self = between (KENNIS_PAIRING_MATCHED, TRUE);

  assert_near (figure (N_BEFORE), 8);
  assert_near (figure (N_AFTER), 9);
  assert_near (figure (N_BOTH), 8);
  assert_near (figure (SHARE_BOTH), 8 / 9.0);
  assert_within (figure (LOWER), 2.2412288576, 1e-9);
  assert_within (figure (UPPER), 10.1337711424, 1e-9);
  assert_within (figure (G), 0.402231042724, 1e-11);
  assert_within (figure (G_LOWER), 0.179934097856, 1e-11);
  assert_within (figure (G_UPPER), 0.624527987592, 1e-11);
  CU_ASSERT_EQUAL (kennis_change_get_pairing (self), KENNIS_PAIRING_MATCHED);
}

/* The same people as two languages of one wave: the first answered in Dutch, the second in French, one in none that is known. */
static void
two_languages_are_compared_as_independent (void)
{
  static const char text[] = "<instrument xmlns=\"urn:kennis:instrument:1\" version=\"1\" id=\"x\"><title "
                             "xml:lang=\"en\">?</title><scale id=\"s\">"
                             "<title xml:lang=\"en\">?</title><item id=\"i\" low=\"0\" high=\"100\"><text "
                             "xml:lang=\"en\">?</text></item></scale></instrument>";
  g_autoptr (GBytes) file = g_bytes_new_static (text, strlen (text));
  g_autoptr (KennisInstrument) instrument = kennis_instrument_new_from_bytes (file, NULL, NULL);
  double values[G_N_ELEMENTS (before) + G_N_ELEMENTS (after) + 1] = { 3 };
  const char *languages[G_N_ELEMENTS (values) + 1] = { "" };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KennisAnswers) answers = NULL;
  g_autoptr (KennisChange) self = NULL, waves = between (KENNIS_PAIRING_INDEPENDENT, FALSE);
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < G_N_ELEMENTS (values); i++)
    {
      gboolean is_dutch = i <= G_N_ELEMENTS (before);

      values[i] = is_dutch ? before[i - 1] : after[i - 1 - G_N_ELEMENTS (before)];
      languages[i] = is_dutch ? "nl" : "fr";
    }
  bytes = g_bytes_new (values, sizeof values);
  answers = kennis_answers_new (instrument, bytes, NULL, NULL, languages, NULL);
  self = kennis_change_new_for_groups (answers, "s", KENNIS_GROUP_BY_LANGUAGE, "nl", "fr", 0.95, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (self);
  assert_near (figure (N_BEFORE), 8);
  assert_near (figure (N_AFTER), 9);
  assert_within (figure (LOWER), -8.10873264678, 1e-9);
  assert_within (figure (UPPER), 19.45595486900, 1e-9);
  for (guint f = KENNIS_CHANGE_BEFORE; f <= KENNIS_CHANGE_G_UPPER; f++)
    assert_near (kennis_change_get (self, f), kennis_change_get (waves, f));
  CU_ASSERT_TRUE (isnan (figure (N_BOTH)));
  CU_ASSERT_PTR_NULL (kennis_change_new_for_groups (answers, "s", KENNIS_GROUP_BY_LANGUAGE, "nl", "de", 0.95, &error));
  assert_text (error->message, "nobody answered in the group “de”; there are the groups: fr, nl");
}

static void
tokens_that_changed_match_nobody (void)
{
  static const char *const others[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL };
  g_autoptr (GBytes) a = g_bytes_new (before, sizeof before), b = g_bytes_new (after, sizeof after);
  g_autoptr (KennisChange) self = kennis_change_new (a, before_ids, b, others, KENNIS_PAIRING_MATCHED, 0.95, NULL);

  assert_near (figure (SHARE_BOTH), 0);
  CU_ASSERT_TRUE (isnan (figure (DIFFERENCE)));
  CU_ASSERT_TRUE (isnan (figure (LOWER)));
}

static void
matched_waves_need_ids (void)
{
  g_autoptr (GBytes) a = g_bytes_new (before, sizeof before), b = g_bytes_new (after, sizeof after);
  g_autoptr (GError) error = NULL;

  CU_ASSERT_PTR_NULL (kennis_change_new (a, NULL, b, after_ids, KENNIS_PAIRING_MATCHED, 0.95, &error));
  assert_text (error->message, "matched waves need an id for each of the 8 scores; there are 0");
  g_clear_error (&error);
  CU_ASSERT_PTR_NULL (kennis_change_new (a, NULL, b, NULL, KENNIS_PAIRING_INDEPENDENT, 95, &error));
  assert_text (error->message, "a level of confidence is over 0 and under 1: 0.95");
}

static void
equal_scores_have_no_spread_and_no_g (void)
{
  const double same[] = { 50, 50, 50 };
  g_autoptr (GBytes) a = g_bytes_new (same, sizeof same);
  g_autoptr (KennisChange) self = kennis_change_new (a, NULL, a, NULL, KENNIS_PAIRING_INDEPENDENT, 0.95, NULL);

  assert_near (figure (DIFFERENCE), 0);
  assert_near (figure (LOWER), 0);
  CU_ASSERT_TRUE (isnan (figure (G)));
}

/* What ten people answered, in a wave of that name; time NULL: not known. */
static void
add_wave (KennisDataset *dataset, KennisInstrument *instrument, const char *wave, const char *time)
{
  g_auto (GStrv) items = kennis_instrument_list_items (instrument, NULL);

  for (guint p = 0; p < 10; p++)
    for (guint i = 0; items[i] != NULL; i++)
      {
        g_autofree char *person = g_strdup_printf ("token-%u", p);

        metrics_add (dataset, KENNIS_TYPE_RESPONSE, "instrument", "mindset", "wave", wave, "respondent", person, "item",
                     items[i], "score", 1.0 + (p + i) % 5, "time", time != NULL ? at (time) : KENNIS_UNKNOWN, NULL);
      }
}

static gboolean
may_compare (KennisInstrument *instrument, KennisSummary *summary, const char *first, const char *second)
{
  g_autoptr (KennisAnswers) a = kennis_answers_new_from_summary (instrument, summary, first, NULL),
                            b = kennis_answers_new_from_summary (instrument, summary, second, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisChange) self = kennis_change_new_for_scale (a, b, NULL, NULL, KENNIS_PAIRING_MATCHED, 0.95, &error);

  CU_ASSERT_EQUAL (self == NULL, error != NULL);
  if (error != NULL)
    {
      CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
      CU_ASSERT_PTR_NOT_NULL (strstr (error->message, first));
    }
  return self != NULL;
}

static void
a_later_wave_is_no_earlier_one (void)
{
  g_autoptr (KennisDataset) dataset = metrics_dataset ();
  g_autoptr (KennisInstrument) instrument = kennis_instrument_find ("mindset", NULL);
  g_autoptr (KennisSummary) summary = NULL;

  add_wave (dataset, instrument, "zero", "2024-01-05");
  add_wave (dataset, instrument, "half", "2024-06-05");
  add_wave (dataset, instrument, "2022", NULL);
  add_wave (dataset, instrument, "2023", NULL);
  add_wave (dataset, instrument, "some", NULL);
  summary = kennis_summary_make (dataset, NULL, 1, NULL, NULL, NULL, NULL);
  CU_ASSERT_TRUE (may_compare (instrument, summary, "zero", "half"));
  CU_ASSERT_FALSE (may_compare (instrument, summary, "half", "zero"));
  CU_ASSERT_FALSE (may_compare (instrument, summary, "half", "half"));
  CU_ASSERT_TRUE (may_compare (instrument, summary, "2022", "2023"));
  CU_ASSERT_FALSE (may_compare (instrument, summary, "2023", "2022"));
  CU_ASSERT_FALSE (may_compare (instrument, summary, "some", "some"));
  CU_ASSERT_TRUE (may_compare (instrument, summary, "some", "2022"));
  CU_ASSERT_TRUE (may_compare (instrument, summary, "2022", "some"));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "independent waves give Welch's interval and Hedges' g", independent_waves_give_welch_s_interval_and_hedges_g },
    { "matched waves give the paired interval", matched_waves_give_the_paired_interval },
    { "two languages are compared as independent", two_languages_are_compared_as_independent },
    { "tokens that changed match nobody", tokens_that_changed_match_nobody },
    { "matched waves need ids", matched_waves_need_ids },
    { "equal scores have no spread and no g", equal_scores_have_no_spread_and_no_g },
    { "a later wave is no earlier one", a_later_wave_is_no_earlier_one },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("change", tests);
}
