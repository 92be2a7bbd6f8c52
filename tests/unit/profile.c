#include "config.h"

#include "kennis-test.h"

#include <math.h>
#include <string.h>

#define UPTAKE "culture.uptake-index"
#define EXCHANGE "culture.exchange-index"
#define GENERAL "[profile]\nid=own\ntitle=Own\n"
#define HOURS "[uptake uptake.hours-per-head]\nlow=0\nhigh=40\n"
#define SESSIONS "[exchange exchange.sessions-per-head]\nlow=0\nhigh=20\n"

static KennisProfile *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return kennis_profile_new_from_bytes (bytes, "own.keys", error);
}

/* Weights of an index make up 1, texts are there in every language, and the low and high values tell something apart. */
static void
check_index (KennisProfile *profile, const char *index)
{
  g_auto (GStrv) ids = kennis_profile_list_indicators (profile, index);
  double sum = 0;

  CU_ASSERT (g_strv_length (ids) >= 3);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (KennisMetric) metric = kennis_metric_lookup (ids[i]);

      sum += kennis_profile_get_weight (profile, index, ids[i]);
      CU_ASSERT_PTR_NOT_NULL (metric);
      CU_ASSERT (kennis_profile_get_low (profile, index, ids[i]) != kennis_profile_get_high (profile, index, ids[i]));
    }
  assert_near (sum, 1);
  CU_ASSERT (kennis_profile_get_threshold (profile, index) > 1);
}

static void
what_comes_with_the_library_is_whole (void)
{
  g_autoptr (GListModel) list = kennis_profile_list ();

  CU_ASSERT (g_list_model_get_n_items (list) >= 2);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (KennisProfile) profile = g_list_model_get_item (list, i);
      g_autoptr (KennisProfile) found = kennis_profile_find (kennis_profile_get_id (profile), NULL);

      CU_ASSERT_PTR_NOT_NULL (found);
      check_index (profile, UPTAKE);
      check_index (profile, EXCHANGE);
      CU_ASSERT_STRING_NOT_EQUAL (kennis_profile_get_title (profile, "nl_BE.UTF-8"),
                                  kennis_profile_get_title (profile, NULL));
      CU_ASSERT_STRING_NOT_EQUAL (kennis_profile_get_title (profile, "fr"), kennis_profile_get_title (profile, "nl"));
      CU_ASSERT_PTR_NOT_NULL (strstr (kennis_profile_get_description (profile, "en"), "no norms"));
    }
}

static void
users_describe_their_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisProfile) own = read_text (GENERAL "title[nl]=Eigen\nuptake=40\n" HOURS "weight=3\nper=year\n"
                                                     "[uptake uptake.gini]\nlow=1\nhigh=0.4\n" SESSIONS "per=period\n",
                                             &error);

  g_assert_no_error (error);
  assert_text (kennis_profile_get_id (own), "own");
  assert_text (kennis_profile_get_title (own, "nl"), "Eigen");
  assert_text (kennis_profile_get_title (own, "de"), "Own");
  CU_ASSERT_PTR_NULL (kennis_profile_get_description (own, "nl"));
  assert_near (kennis_profile_get_weight (own, UPTAKE, "uptake.hours-per-head"), 0.75);
  assert_near (kennis_profile_get_weight (own, EXCHANGE, "exchange.sessions-per-head"), 1);
  CU_ASSERT (isnan (kennis_profile_get_weight (own, EXCHANGE, "uptake.hours-per-head")));
  CU_ASSERT (isnan (kennis_profile_get_low (own, "uptake.gini", "uptake.gini")));
  assert_near (kennis_profile_get_low (own, UPTAKE, "uptake.gini"), 1);
  assert_near (kennis_profile_get_high (own, UPTAKE, "uptake.gini"), 0.4);
  CU_ASSERT_TRUE (kennis_profile_is_per_year (own, UPTAKE, "uptake.hours-per-head"));
  CU_ASSERT_FALSE (kennis_profile_is_per_year (own, EXCHANGE, "exchange.sessions-per-head"));
  assert_near (kennis_profile_get_threshold (own, UPTAKE), 40);
  assert_near (kennis_profile_get_threshold (own, "foundation.level"), 50);
  CU_ASSERT (isnan (kennis_profile_get_threshold (own, "uptake.gini")));
}

static void
mistakes_are_told_with_their_place (void)
{
  static const struct { const char *text, *message; } wrong[] = {
    { "", "own.keys: is no profile" },
    { "\377\376[", "own.keys: is no profile" },
    { "id=own\n", "own.keys: is no profile" },
    { GENERAL HOURS, "[exchange METRIC] : is missing" },
    { GENERAL SESSIONS, "[uptake METRIC] : is missing" },
    { "[profile]\nid=own\n" HOURS SESSIONS, "[profile] title: is missing" },
    { "[profile]\ntitle=Own\n" HOURS SESSIONS, "[profile] id: is missing" },
    { "[profile]\nid=../own\n", "[profile] id: accepted are" },
    { GENERAL "colour=red\n", "[profile] colour: is no such key; accepted are id, title" },
    { GENERAL "title[nl]=\\q\n", "[profile] title[nl]: has a “\\” before" },
    { GENERAL "uptake=101\n", "[profile] uptake: “101” is not taken; accepted is a number from 1 to 100" },
    { GENERAL "foundation=nan\n", "[profile] foundation: “nan” is not taken" },
    { GENERAL "[uptake uptake.horus]\n", "there is no metric “uptake.horus”" },
    { GENERAL "[foundation uptake.gini]\n", "is no such group; accepted are [profile], [uptake METRIC]" },
    { GENERAL "[uptake]\n", "is no such group" },
    { GENERAL "[uptake culture.uptake-index]\n", "is made of other metrics itself" },
    { GENERAL "[uptake exchange.temporal-reach]\n", "is a heavy metric" },
    { GENERAL "[uptake uptake.gini]\nlow=0\n", "[uptake uptake.gini] low, high: accepted are two different numbers" },
    { GENERAL "[uptake uptake.gini]\nlow=1\nhigh=1.0\n", "accepted are two different numbers" },
    { GENERAL "[uptake uptake.gini]\nlow=1e300\n", "[uptake uptake.gini] low: “1e300” is not taken" },
    { GENERAL "[uptake uptake.gini]\nlow=0 %\n", "“0 %” is not taken" },
    { GENERAL "[uptake uptake.gini]\nweight=0\n", "[uptake uptake.gini] weight: “0” is not taken" },
    { GENERAL "[uptake uptake.gini]\nweight=-1\n", "weight: “-1” is not taken" },
    { GENERAL "[uptake uptake.gini]\nweight=inf\n", "weight: “inf” is not taken" },
    { GENERAL "[uptake uptake.gini]\nper=month\n", "per: accepted are year and period" },
    { GENERAL "[uptake uptake.gini]\nhow=1\n", "how: is no such key; accepted are weight, low, high and per" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      CU_ASSERT_PTR_NULL (read_text (wrong[i].text, &error));
      g_assert_nonnull (error);
      CU_ASSERT (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
      if (strstr (error->message, wrong[i].message) == NULL)
        assert_text (error->message, wrong[i].message);
    }
}

/* Every beginning of a good profile, and the profile with each byte changed, is read or refused with a message in UTF-8. */
static void
any_bytes_are_survived (void)
{
  static const char text[] = GENERAL "title[nl]=Eigen\n" HOURS "weight=3\nper=year\n" SESSIONS;
  guint n_read = 0;

  for (gsize i = 0; i < 2 * strlen (text); i++)
    for (guint change = 0; change < (i < strlen (text) ? 1 : 4); change++)
      {
        static const char others[] = { '\377', '\0', '[', '\n' };
        g_autofree char *copy = g_strdup (text);
        gsize n = i < strlen (text) ? i : strlen (text);
        g_autoptr (GBytes) bytes = NULL;
        g_autoptr (GError) error = NULL;
        g_autoptr (KennisProfile) profile = NULL;

        if (i >= strlen (text))
          copy[i - strlen (text)] = others[change];
        bytes = g_bytes_new (copy, n);
        profile = kennis_profile_new_from_bytes (bytes, NULL, &error);
        CU_ASSERT ((profile != NULL) == (error == NULL));
        CU_ASSERT (error == NULL || g_utf8_validate (error->message, -1, NULL));
        n_read += profile != NULL;
      }
  CU_ASSERT (n_read > 0);
}

static void
one_that_is_too_large_or_not_there_is_refused (void)
{
  g_autofree char *many = g_strnfill ((1 << 20) + 1, '#');
  g_autoptr (GBytes) bytes = g_bytes_new (many, (1 << 20) + 1);
  g_autoptr (GFile) file = g_file_new_for_path ("/nothing/own.keys");
  g_autoptr (GError) large = NULL, missing = NULL, unknown = NULL;

  CU_ASSERT_PTR_NULL (kennis_profile_new_from_bytes (bytes, NULL, &large));
  CU_ASSERT (g_error_matches (large, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE));
  CU_ASSERT_PTR_NULL (kennis_profile_new_from_file (file, NULL, &missing));
  CU_ASSERT (g_error_matches (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND));
  CU_ASSERT_PTR_NULL (kennis_profile_find ("nothing", &unknown));
  CU_ASSERT_PTR_NOT_NULL (strstr (unknown->message, "accepted are default, small"));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "what comes with the library is whole", what_comes_with_the_library_is_whole },
    { "users describe their own", users_describe_their_own },
    { "mistakes are told with their place", mistakes_are_told_with_their_place },
    { "any bytes are survived", any_bytes_are_survived },
    { "one that is too large or not there is refused", one_that_is_too_large_or_not_there_is_refused },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("profile", tests);
}
