#include "config.h"

#include "kennis-metrics.h"
#include "networks.h"

#define SHARED(giver_, receiver_, kind_, time_, ...)                                                                  \
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", giver_, "receiver", receiver_, "kind", KENNIS_SHARING_KIND_##kind_, "time", \
               at (time_), __VA_ARGS__ __VA_OPT__ (, ) NULL)

static KennisDataset *
some_days (void)
{
  KennisDataset *d = metrics_dataset ();

  kennis_dataset_set_accept_seen (d, TRUE);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "all", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "east", "parent", "all", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "west", "parent", "all", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "west-1", "parent", "west", NULL);
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "care", NULL);
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "wounds", "parent", "care", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "team", "east", "aliases", (const char *[]) { "a@x", NULL }, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "effective", at ("2024-03-01"), "team", "west-1", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "bert", "team", "east", "leader", "anna", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "cees", "team", "west-1", "left", at ("2024-02-01"), NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "dora", "team", "west-1", "included", KENNIS_ANSWER_NO, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "eva", "team", "east", NULL);
  SHARED ("anna", "bert", MENTORING, "2024-01-10", "topic", "care", "duration", HOURS (2));
  SHARED ("a@x", "bert", QUESTION, "2024-01-11", "topic", "wounds");
  SHARED ("anna", "bert", PRESENTATION, "2024-01-12", "session", "talk", "duration", HOURS (1));
  SHARED ("anna", "cees", PRESENTATION, "2024-01-12", "session", "talk", "duration", HOURS (1));
  SHARED ("bert", "cees", FEEDBACK, "2024-01-31");
  SHARED ("bert", "cees", FEEDBACK, "2024-02-01");
  SHARED ("bert", "dora", FEEDBACK, "2024-01-05");
  SHARED ("bert", "anna", CONTACT, "2024-03-05");
  SHARED ("bert", "anna", FEEDBACK, "2024-03-05", "initiative", KENNIS_INITIATIVE_REQUIRED);
  SHARED ("bert", "zoe", FEEDBACK, "2024-03-06");
  SHARED ("anna", "a@x", FEEDBACK, "2024-03-06");
  return d;
}

static KennisNetwork *
make (KennisNetworkOptions *options)
{
  g_autoptr (KennisDataset) dataset = some_days ();
  g_autoptr (KennisSummary) summary = kennis_summary_make (dataset, NULL, 1, NULL, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  KennisNetwork *network = kennis_network_make (summary, options, NULL, NULL, NULL, &error);

  if (network == NULL)
    g_error ("%s", error->message);
  return network;
}

static char *
tell (KennisNetwork *network)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GBytes) givers = kennis_network_get_givers (network);
  g_autoptr (GBytes) others = kennis_network_get_others (network, KENNIS_SIDE_GIVING);
  g_autoptr (GBytes) weights = kennis_network_get_weights (network, KENNIS_SIDE_GIVING);
  guint m = kennis_network_get_n_ties (network);

  for (guint i = 0; i < m; i++)
    g_string_append_printf (text, "%s>%s %g ", kennis_network_get_label (network, network_indices (givers, m)[i]),
                            kennis_network_get_label (network, network_indices (others, m)[i]),
                            network_doubles (weights, m)[i]);
  g_string_append (text, "|");
  for (guint p = 0; p < kennis_network_get_n_people (network); p++)
    g_string_append_printf (text, " %s", kennis_network_get_label (network, p));
  return g_string_free (text, FALSE);
}

static void
assert_network (KennisNetworkOptions *options, const char *expected)
{
  g_autoptr (KennisNetwork) network = make (options);
  g_autofree char *text = tell (network);

  assert_text (text, expected);
}

/* Who left before the day, who is not included, what was required, mere contact and what one tells oneself do not count; an alias
 * is the person; a talk to two weighs a half each. */
static void
sharings_that_count_make_ties (void)
{
  assert_network (NULL, "anna>bert 2.5 anna>cees 0.5 bert>cees 1 bert>zoe 1 | anna bert cees eva zoe");
}

static void
ties_weigh_what_was_asked (void)
{
  g_autoptr (KennisNetworkOptions) options = kennis_network_options_new ();
  g_autoptr (KennisNetwork) network = NULL;

  kennis_network_options_set_weight (options, KENNIS_TIE_WEIGHT_EVENTS);
  assert_network (options, "anna>bert 3 anna>cees 1 bert>cees 1 bert>zoe 1 | anna bert cees eva zoe");
  kennis_network_options_set_weight (options, KENNIS_TIE_WEIGHT_HOURS);
  assert_network (options, "anna>bert 3 anna>cees 1 | anna bert cees eva zoe");
  network = make (options);
  CU_ASSERT_EQUAL (kennis_network_get_n_left_out (network), 3);
  kennis_network_options_set_with_isolates (options, FALSE);
  assert_network (options, "anna>bert 3 anna>cees 1 | anna bert cees");
}

static void
the_window_the_topic_and_the_kinds_choose (void)
{
  g_autoptr (KennisNetworkOptions) window = kennis_network_options_new (), topic = kennis_network_options_new (),
                                   kinds = kennis_network_options_new (), contact = kennis_network_options_new ();

  kennis_network_options_set_window (window, at ("2024-01-31"), at ("2024-03-01"));
  assert_network (window, "bert>cees 1 | anna bert cees eva");
  kennis_network_options_set_topic (topic, "care");
  kennis_network_options_set_with_isolates (topic, FALSE);
  assert_network (topic, "anna>bert 2 | anna bert");
  kennis_network_options_set_topic (topic, "wounds");
  assert_network (topic, "anna>bert 1 | anna bert");
  kennis_network_options_add_kind (kinds, KENNIS_SHARING_KIND_QUESTION);
  kennis_network_options_add_kind (kinds, KENNIS_SHARING_KIND_PRESENTATION);
  assert_network (kinds, "anna>bert 1.5 anna>cees 0.5 | anna bert cees eva");
  kennis_network_options_set_admit_contact (contact, TRUE);
  assert_network (contact, "anna>bert 2.5 anna>cees 0.5 bert>anna 1 bert>cees 1 bert>zoe 1 | anna bert cees eva zoe");
}

static void
an_unknown_topic_is_refused (void)
{
  g_autoptr (KennisDataset) dataset = some_days ();
  g_autoptr (KennisSummary) summary = kennis_summary_make (dataset, NULL, 1, NULL, NULL, NULL, NULL);
  g_autoptr (KennisNetworkOptions) options = g_object_new (KENNIS_TYPE_NETWORK_OPTIONS, "topic", "cars", NULL);
  g_autoptr (GError) error = NULL;

  CU_ASSERT_PTR_NULL (kennis_network_make (summary, options, NULL, NULL, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE));
}

static void
assert_groups (KennisNetwork *network, const char *attribute, const char *expected)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) groups = kennis_network_group_by (network, attribute, &names, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = kennis_network_get_n_people (network);

  for (guint p = 0; groups != NULL && p < n; p++)
    {
      guint32 group = network_indices (groups, n)[p];

      g_string_append_printf (text, "%s ", group == G_MAXUINT32 ? "?" : names[group]);
    }
  assert_text (groups != NULL ? text->str : error->message, expected);
}

/* Who left is told by mail, in a row that says nothing else. */
static void
a_person_who_is_declared_by_mail_as_well_is_one (void)
{
  g_autoptr (KennisDataset) d = some_days ();
  g_autoptr (KennisNetworkOptions) options = kennis_network_options_new ();
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (KennisNetwork) network = NULL;
  g_autofree char *text = NULL;

  metrics_add (d, KENNIS_TYPE_PERSON, "id", "e@x", "effective", at ("2024-02-01"), "left", at ("2024-06-01"), NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "eva", "effective", at ("2023-01-01"), "aliases",
               (const char *[]) { "e@x", NULL }, NULL);
  SHARED ("e@x", "bert", FEEDBACK, "2024-05-31");
  SHARED ("eva", "bert", FEEDBACK, "2024-06-01");
  summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  kennis_network_options_set_window (options, at ("2024-05-01"), at ("2024-05-31T23:59:59Z"));
  network = kennis_network_make (summary, options, NULL, NULL, NULL, NULL);
  text = tell (network);
  assert_text (text, "eva>bert 1 | anna bert eva");
  assert_groups (network, "team", "west-1 east east ");
}

/* As on the last day on which they were there. */
static void
people_are_grouped_by_what_they_last_were (void)
{
  g_autoptr (KennisNetworkOptions) january = kennis_network_options_new ();
  g_autoptr (KennisNetwork) network = make (NULL), earlier = NULL;
  g_autoptr (GError) error = NULL;

  assert_groups (network, "team", "west-1 east west-1 east ? ");
  assert_groups (network, "department", "west east west east ? ");
  assert_groups (network, "leader", "yes no no no ? ");
  kennis_network_options_set_window (january, at ("2024-01-01"), at ("2024-02-01"));
  earlier = make (january);
  assert_groups (earlier, "team", "east east west-1 east ");
  CU_ASSERT_PTR_NULL (kennis_network_group_by (network, "shoe-size", NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  g_clear_object (&earlier);
  earlier = kennis_network_to_undirected (network, NULL, NULL);
  assert_groups (earlier, "team", "west-1 east west-1 east ? ");
}

static void
people_are_found_by_their_ids (void)
{
  g_autoptr (KennisNetwork) network = make (NULL);

  CU_ASSERT_EQUAL (kennis_network_find_person (network, "cees"), 2);
  CU_ASSERT_EQUAL (kennis_network_find_person (network, "a@x"), -1);
}

static void
keep (GObject *source, GAsyncResult *result, gpointer data)
{
  *(KennisNetwork **) data = kennis_network_make_finish (result, NULL);
}

static void
told (double fraction, gpointer data)
{
  CU_ASSERT_TRUE (fraction >= *(double *) data);
  *(double *) data = fraction;
}

static void
it_is_made_in_another_thread_too (void)
{
#ifdef __SANITIZE_THREAD__
  kennis_test_skip ("ThreadSanitizer does not see how GTask hands over from one thread to the other");
  return;
#endif

  g_autoptr (KennisDataset) dataset = some_days ();
  g_autoptr (KennisSummary) summary = kennis_summary_make (dataset, NULL, 1, NULL, NULL, NULL, NULL);
  g_autoptr (KennisNetwork) network = NULL, here = make (NULL);
  g_autofree char *a = NULL, *b = NULL;
  double fraction = 0;

  kennis_network_make_async (summary, NULL, told, &fraction, NULL, NULL, keep, &network);
  while (network == NULL)
    g_main_context_iteration (NULL, TRUE);
  a = tell (network);
  b = tell (here);
  assert_text (a, b);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "sharings that count make ties", sharings_that_count_make_ties },
    { "a person who is declared by mail as well is one", a_person_who_is_declared_by_mail_as_well_is_one },
    { "ties weigh what was asked", ties_weigh_what_was_asked },
    { "the window, the topic and the kinds choose", the_window_the_topic_and_the_kinds_choose },
    { "an unknown topic is refused", an_unknown_topic_is_refused },
    { "people are grouped by what they last were", people_are_grouped_by_what_they_last_were },
    { "people are found by their ids", people_are_found_by_their_ids },
    { "it is made in another thread too", it_is_made_in_another_thread_too },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("network-make", tests);
}
