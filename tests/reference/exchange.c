#include "config.h"

#include "kennis-metrics.h"

/* Every metric of the family on a dataset small enough to be worked out by hand. */

static void
person (KennisDataset *d, const char *id, const char *team, const char *discipline)
{
  metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", team, "discipline", discipline, "fte", 1.0, NULL);
}

static void
gave (KennisDataset *d, const char *giver, const char *receiver, const char *session, const char *day)
{
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", giver, "receiver", receiver, "session", session, "kind",
               KENNIS_SHARING_KIND_MENTORING, "time", at (day), NULL);
}

static KennisRawMeasurement
measure_2024 (KennisDataset *d, const char *metric)
{
  return metrics_measure (d, metric, "2024", "2024");
}

/* Of a team (NULL: everybody). */
static KennisRawMeasurement
measure_team (KennisDataset *d, const char *metric, const char *team)
{
  const char *by_team[] = { "team", NULL };
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisMeasureSet) set = NULL;
  g_autoptr (GError) error = NULL;

  kennis_query_add_metric (query, metric);
  kennis_query_add_grouping (query, by_team);
  if (!kennis_query_set_window (query, "2024", "2024", &error))
    g_error ("%s", error->message);
  set = metrics_run (d, query, 1);
  return metrics_find (set, metric, team);
}

/* Team A: anna and bram of it, cleo of hr.  Team B: dirk and eva of it, fien of hr, who exchanges with nobody.
 *
 *   bram ⇄ anna → cleo,  anna → dirk ⇄ eva,  dirk → eva a second time
 *
 * Seven sharings, six ties. */
static KennisDataset *
two_teams (void)
{
  KennisDataset *d = metrics_dataset ();

  metrics_cover (d, "2023-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "A", NULL);
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "B", NULL);
  person (d, "anna", "A", "it");
  person (d, "bram", "A", "it");
  person (d, "cleo", "A", "hr");
  person (d, "dirk", "B", "it");
  person (d, "eva", "B", "it");
  person (d, "fien", "B", "hr");
  gave (d, "anna", "bram", NULL, "2024-02-01");
  gave (d, "bram", "anna", NULL, "2024-02-02");
  gave (d, "anna", "cleo", NULL, "2024-03-01");
  gave (d, "anna", "dirk", NULL, "2024-04-01");
  gave (d, "dirk", "eva", NULL, "2024-05-01");
  gave (d, "eva", "dirk", NULL, "2024-06-01");
  gave (d, "dirk", "eva", NULL, "2024-12-01");
  return d;
}

/* Of six: all but fien took part; anna, bram, dirk and eva gave; all but fien received. */
static void
rates_are_of_residents (void)
{
  g_autoptr (KennisDataset) d = two_teams ();
  KennisRawMeasurement m = measure_2024 (d, "exchange.participation-rate");

  assert_value (m, 5.0 / 6);
  CU_ASSERT_EQUAL (m.n, 6);
  CU_ASSERT_EQUAL (m.n_positive, 5);
  assert_value (measure_2024 (d, "exchange.giving-rate"), 4.0 / 6);
  assert_value (measure_2024 (d, "exchange.receiving-rate"), 5.0 / 6);
}

/* 6 ties of 6 · 5; 4 of them mutual; (4/6 − 0.2) / 0.8.
 * networkx 2.8.8: G = DiGraph ([("a","b"),("b","a"),("a","c"),("a","d"),("d","e"),("e","d")]); G.add_node ("f");
 * density (G) = 0.2, overall_reciprocity (G) = 0.6666666666666666.
 * Team A has 3 ties of 3 · 2, 2 of them mutual. */
static void
structure_is_networkx_s (void)
{
  g_autoptr (KennisDataset) d = two_teams ();
  KennisRawMeasurement m = measure_2024 (d, "exchange.density");

  assert_value (m, 0.2);
  CU_ASSERT_EQUAL (m.n_people, 6);
  CU_ASSERT (isnan (m.lower));
  m = measure_2024 (d, "exchange.reciprocity");
  assert_value (m, 0.6666666666666666);
  CU_ASSERT_EQUAL (m.n, 6);
  CU_ASSERT_EQUAL (m.n_people, 5);
  assert_value (measure_2024 (d, "exchange.reciprocity-beyond-chance"), (4.0 / 6 - 0.2) / 0.8);
  assert_value (measure_team (d, "exchange.density", "A"), 3.0 / 6);
  assert_value (measure_team (d, "exchange.reciprocity", "A"), 2.0 / 3);
}

/* All but fien hang together.  Within three steps anna and bram reach 4 of 5, dirk and eva each other: 10 of 30.
 * 1/steps: anna 1 + 1 + 1 + 1/2, bram 1 + 1/2 + 1/2 + 1/3, dirk and eva 1 each: 47/6 of 30.
 * On shortest ways: anna for bram to cleo, dirk and eva, dirk for anna and bram to eva: 3 and 2, all others 0, as igraph 0.10.2's
 * Graph (6, [(0,1),(1,0),(0,2),(0,3),(3,4),(4,3)], directed=True).betweenness () = [3, 0, 0, 2, 0, 0]; Gini 0.7 × 6/5. */
static void
ways_are_those_of_the_graph (void)
{
  g_autoptr (KennisDataset) d = two_teams ();
  KennisRawMeasurement m = measure_2024 (d, "exchange.largest-component-share");

  assert_value (m, 5.0 / 6);
  CU_ASSERT_EQUAL (m.n_people, 6);
  CU_ASSERT (isnan (m.lower));
  assert_value (measure_2024 (d, "exchange.reach"), 1.0 / 3);
  assert_value (measure_2024 (d, "exchange.global-efficiency"), 47.0 / 6 / 30);
  m = measure_2024 (d, "exchange.brokerage-concentration");
  assert_value (m, 0.7 * 6 / 5);
  assert_near (m.dominance, 0.6);
  assert_value (measure_team (d, "exchange.largest-component-share", "A"), 1);
  assert_value (measure_team (d, "exchange.reach", "A"), 2.0 / 3);
  assert_value (measure_team (d, "exchange.global-efficiency", "B"), 2.0 / 6);
}

/* Nobody stands between two others. */
static void
without_ways_through_others_there_is_no_concentration (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  CU_ASSERT_EQUAL (measure_team (d, "exchange.brokerage-concentration", "B").status, KENNIS_MEASURE_STATUS_NO_DATA);
}

/* By time: bram reaches anna (2 Feb), cleo, dirk, eva: 4.  Anna: bram, cleo, dirk, eva: 4.  Dirk: eva.  Eva: dirk.  Cleo, fien: nobody.
 * 10 of 6 · 5.  Without times bram would reach no more; had dirk told eva before he heard, anna's would not come to her: in team B alone dirk and
 * eva reach each other, of 3 · 2. */
static void
reach_over_time_follows_the_order_of_sharings (void)
{
  g_autoptr (KennisDataset) d = two_teams ();
  KennisRawMeasurement m = measure_2024 (d, "exchange.temporal-reach");

  assert_value (m, 10.0 / 30);
  CU_ASSERT_EQUAL (m.n_people, 6);
  CU_ASSERT (isnan (m.lower));
  assert_value (measure_team (d, "exchange.temporal-reach", "B"), 2.0 / 6);
  /* Fien tells bram after he told anna: she reaches bram alone. */
  gave (d, "fien", "bram", NULL, "2024-03-03");
  assert_value (measure_2024 (d, "exchange.temporal-reach"), 11.0 / 30);
}

/* Pairs, whichever direction: anna 3 (bram, cleo, dirk), bram 1, cleo 1, dirk 2, eva 1, fien 0: 8 of 6 people.  Team A: 5 of 3. */
static void
partners_are_distinct (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  assert_value (measure_2024 (d, "exchange.partners-per-head"), 8.0 / 6);
  assert_value (measure_2024 (d, "exchange.isolates-share"), 1.0 / 6);
  assert_value (measure_team (d, "exchange.partners-per-head", "A"), 5.0 / 3);
  assert_value (measure_team (d, "exchange.isolates-share", "B"), 1.0 / 3);
}

/* Sessions given: 3, 1, 0, 2, 1, 0.  numpy 1.24.2: x = np.array ([3, 1, 0, 2, 1, 0]);
 * np.abs (np.subtract.outer (x, x)).mean () / (2 * x.mean ()) * 6 / 5 = 0.6 */
static void
giving_has_numpy_s_gini (void)
{
  g_autoptr (KennisDataset) d = two_teams ();
  KennisRawMeasurement m = measure_2024 (d, "exchange.giving-gini");

  assert_value (m, 0.6);
  assert_near (m.dominance, 3.0 / 7);
}

/* Teams: only anna → dirk is of two.  E = 1, I = 5; I* = 2 · 3 · 2 = 12, E* = 30 − 12 = 18.
 * Team A: E = 1, I = 3 (anna ⇄ bram, anna → cleo); E* = 2 · 3 · 3 = 18, I* = 6.
 * Disciplines (it 4, hr 2): only anna → cleo is of two.  I* = 4 · 3 + 2 = 14, E* = 16.
 * Team A by discipline: E = 1, I = 3; touching pairs 30 − 6 (both in B) = 24, I* = 14 − 2 (dirk and eva) = 12, E* = 12. */
static void
ties_cross_teams_and_disciplines (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  assert_value (measure_2024 (d, "exchange.ei-team"), (1.0 - 5) / 6);
  assert_value (measure_2024 (d, "exchange.mixing-team"), (1.0 / 18) / (5.0 / 12));
  assert_value (measure_2024 (d, "exchange.ei-team-expected"), (18.0 - 12) / 30);
  assert_value (measure_2024 (d, "exchange.ei-discipline-expected"), (16.0 - 14) / 30);
  assert_value (measure_team (d, "exchange.ei-team-expected", "A"), (18.0 - 6) / 24);
  assert_value (measure_team (d, "exchange.ei-discipline-expected", "A"), (12.0 - 12) / 24);
  assert_value (measure_team (d, "exchange.ei-team", "A"), (1.0 - 3) / 4);
  assert_value (measure_team (d, "exchange.mixing-team", "A"), (1.0 / 18) / (3.0 / 6));
  assert_value (measure_2024 (d, "exchange.ei-discipline"), (1.0 - 5) / 6);
  assert_value (measure_2024 (d, "exchange.mixing-discipline"), (1.0 / 16) / (5.0 / 14));
  assert_value (measure_team (d, "exchange.mixing-discipline", "A"), (1.0 / 12) / (3.0 / 12));
}

/* Each team: 1 − (2/3)² − (1/3)² = 4/9. */
static void
teams_have_diversity (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  assert_value (measure_2024 (d, "exchange.team-diversity"), 4.0 / 9);
  assert_value (measure_team (d, "exchange.team-diversity", "B"), 4.0 / 9);
}

/* A tie of July 2023 is in the window of June 2024 (2023-07 … 2024-06), not in that of July 2024.  June: the six and fien → cleo. */
static void
structure_is_of_twelve_months (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  gave (d, "fien", "cleo", NULL, "2023-07-31");
  assert_value (metrics_measure (d, "exchange.density", "2024-06", "2024-06"), 7.0 / 30);
  assert_value (metrics_measure (d, "exchange.density", "2024-07", "2024-07"), 6.0 / 30);
}

/* What is required, and mere contact, change nothing: fien still stands alone. */
static void
required_and_contact_never_count (void)
{
  static const char *const metrics[] = { "exchange.participation-rate", "exchange.giving-rate", "exchange.sessions-per-head",
                                         "exchange.density", "exchange.ei-team", "exchange.giving-gini", "exchange.isolates-share" };
  g_autoptr (KennisDataset) plain = two_teams (), more = two_teams ();
  KennisSharingKind mentoring = KENNIS_SHARING_KIND_MENTORING;

  metrics_add (more, KENNIS_TYPE_SHARING, "giver", "fien", "receiver", "anna", "kind", mentoring, "initiative",
               KENNIS_INITIATIVE_REQUIRED, "time", at ("2024-05-05"), NULL);
  metrics_add (more, KENNIS_TYPE_SHARING, "giver", "fien", "receiver", "bram", "kind", KENNIS_SHARING_KIND_CONTACT,
               "time", at ("2024-05-05"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    assert_value (measure_2024 (more, metrics[i]), measure_2024 (plain, metrics[i]).value);
  gave (more, "fien", "bram", NULL, "2024-05-05");
  assert_value (measure_2024 (more, "exchange.density"), 7.0 / 30);
}

/* A guest who is on no roster gives to fien: fien is no isolate and has a partner, the heads stay six; the guest's tie is one of the 7 in
 * the whole, not of the density's, and of no team. */
static void
guests_take_part_but_are_no_heads (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  kennis_dataset_set_accept_seen (d, TRUE);
  gave (d, "guest", "fien", NULL, "2024-05-05");
  assert_value (measure_2024 (d, "exchange.isolates-share"), 0);
  assert_value (measure_2024 (d, "exchange.partners-per-head"), 9.0 / 6);
  assert_value (measure_2024 (d, "exchange.reciprocity"), 4.0 / 7);
  assert_value (measure_2024 (d, "exchange.density"), 0.2);
  assert_value (measure_2024 (d, "exchange.reciprocity-beyond-chance"), (4.0 / 6 - 0.2) / 0.8);
  assert_value (measure_2024 (d, "exchange.ei-team"), (1.0 - 5) / 6);
  assert_value (measure_2024 (d, "exchange.sessions-per-head"), 8.0 / 6);
}

/* 51 people; p00, whom all others have as leader, speaks to fifty: in one session, or in fifty.  p02 gives once to p01. */
static KennisDataset *
fifty (gboolean is_talk)
{
  KennisDataset *d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (int i = 0; i <= 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%02d", i);

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "leader", i > 0 ? "p00" : NULL, NULL);
    }
  for (int i = 1; i <= 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%02d", i), *session = g_strdup_printf ("s%02d", i);

      metrics_add (d, KENNIS_TYPE_SHARING, "giver", "p00", "receiver", id, "session", is_talk ? "talk" : session,
                   "kind", is_talk ? KENNIS_SHARING_KIND_PRESENTATION : KENNIS_SHARING_KIND_MENTORING, "knowledge",
                   KENNIS_KNOWLEDGE_EXPLICIT, "time", at ("2024-05-05"), NULL);
    }
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "p02", "receiver", "p01", "kind", KENNIS_SHARING_KIND_MENTORING,
               "knowledge", KENNIS_KNOWLEDGE_IMPLICIT, "time", at ("2024-06-05"), NULL);
  return d;
}

/* Sessions: 2 or 51 of 51 people.  A leader gave 1 or 50 times, another person 1/50 times.  Of the sessions half, or 1 of 51, were implicit. */
static void
a_talk_to_fifty_is_not_fifty_mentorings (void)
{
  g_autoptr (KennisDataset) talk = fifty (TRUE), mentoring = fifty (FALSE);
  KennisRawMeasurement m = measure_2024 (talk, "exchange.sessions-per-head");

  assert_value (m, 2.0 / 51);
  CU_ASSERT (m.lower < m.value && m.value < m.upper);
  assert_value (measure_2024 (mentoring, "exchange.sessions-per-head"), 1);
  assert_value (measure_2024 (talk, "exchange.leader-giving-ratio"), 50);
  m = measure_2024 (mentoring, "exchange.leader-giving-ratio");
  assert_value (m, 2500);
  CU_ASSERT_EQUAL (m.n_part, 1);
  assert_value (measure_2024 (talk, "exchange.implicit-share"), 0.5);
  assert_value (measure_2024 (mentoring, "exchange.implicit-share"), 1.0 / 51);
}

/* 2 of 51 gave.  R 4.2.2: prop.test (2, 51, correct = FALSE)$conf.int */
static void
rates_have_wilson_s_interval_and_pairs_none (void)
{
  g_autoptr (KennisDataset) d = fifty (TRUE);
  KennisRawMeasurement m = measure_2024 (d, "exchange.giving-rate");

  assert_value (m, 2.0 / 51);
  assert_near (m.lower, 0.010821083352867092);
  assert_near (m.upper, 0.132163056553622621);
  m = measure_2024 (d, "exchange.partners-per-head");
  assert_value (m, 102.0 / 51);
  CU_ASSERT (isnan (m.lower));
}

static void
learned (KennisDataset *d, const char *who, KennisForm form, const char *session, double hours, KennisStatus status)
{
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", who, "form", form, "session", session, "ended", at ("2024-05-05"),
               "duration", HOURS (hours), "status", status, NULL);
}

/* 3 h alone; a talk of 2 h to two is 2 h, a talk among three in which each gives to both others for 1 h is 3 × 1 h: 5 of 8. */
static void
an_hour_for_many_is_one_hour (void)
{
  const char *ids[] = { "anna", "bram", "cleo" };
  g_autoptr (KennisDataset) d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint i = 0; i < 3; i++)
    person (d, ids[i], NULL, NULL);
  learned (d, "anna", KENNIS_FORM_SELF_STUDY, NULL, 3, KENNIS_STATUS_COMPLETED);
  for (guint i = 1; i < 3; i++)
    metrics_add (d, KENNIS_TYPE_SHARING, "giver", "anna", "receiver", ids[i], "session", "talk", "kind",
                 KENNIS_SHARING_KIND_PRESENTATION, "duration", HOURS (2), "time", at ("2024-05-05"), NULL);
  for (guint i = 0; i < 9; i++)
    if (i / 3 != i % 3)
      metrics_add (d, KENNIS_TYPE_SHARING, "giver", ids[i / 3], "receiver", ids[i % 3], "session", "circle", "kind",
                   KENNIS_SHARING_KIND_DISCUSSION, "duration", HOURS (1), "time", at ("2024-05-06"), NULL);
  assert_value (measure_2024 (d, "exchange.between-people-share"), 5.0 / 8);
}

/* anna: 4 h together, 6 h alone, 2 h abandoned.  cleo: 1 h of mentoring, recorded twice, as activity (under her mail address) and as sharing of
 * that session.  bram: 2 h received.  Between people 4 + 1 + 2, of 4 + 6 + 1 + 2. */
static void
an_hour_between_people_counts_once (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  const char *aliases[] = { "cleo@example.org", NULL };

  metrics_cover (d, "2024-01-01", "2025-01-01");
  person (d, "anna", NULL, NULL);
  person (d, "bram", NULL, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "cleo", "aliases", aliases, NULL);
  learned (d, "anna", KENNIS_FORM_TOGETHER, NULL, 4, KENNIS_STATUS_COMPLETED);
  learned (d, "anna", KENNIS_FORM_SELF_STUDY, NULL, 6, KENNIS_STATUS_COMPLETED);
  learned (d, "anna", KENNIS_FORM_TOGETHER, NULL, 2, KENNIS_STATUS_ABANDONED);
  kennis_dataset_set_accept_seen (d, TRUE);
  learned (d, "cleo@example.org", KENNIS_FORM_MENTORING, "hour", 1, KENNIS_STATUS_COMPLETED);
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "anna", "receiver", "cleo", "session", "hour", "kind",
               KENNIS_SHARING_KIND_MENTORING, "duration", HOURS (1), "time", at ("2024-05-05"), NULL);
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "anna", "receiver", "bram", "session", "other", "kind",
               KENNIS_SHARING_KIND_MENTORING, "duration", HOURS (2), "time", at ("2024-05-06"), NULL);
  assert_value (measure_2024 (d, "exchange.between-people-share"), 7.0 / 13);
  /* Two that took who knows how long: of four receipts without an activity, under 60% are known. */
  gave (d, "bram", "anna", NULL, "2024-05-07");
  gave (d, "bram", "cleo", NULL, "2024-05-07");
  CU_ASSERT_EQUAL (measure_2024 (d, "exchange.between-people-share").status, KENNIS_MEASURE_STATUS_LOW_COVERAGE);
}

static void
told (KennisDataset *d, const char *session, KennisKnowledge knowledge, KennisAnswer outside, const char *receiver)
{
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "anna", "receiver", receiver, "session", session, "kind",
               KENNIS_SHARING_KIND_DISCUSSION, "knowledge", knowledge, "outside", outside, "time", at ("2024-05-05"),
               NULL);
}

/* One session half implicit, one all, one not known: (1/2 + 1) / 2.  Outside: known of two, of one yes. */
static void
shares_are_of_sessions_where_it_is_known (void)
{
  g_autoptr (KennisDataset) d = two_teams ();

  told (d, "one", KENNIS_KNOWLEDGE_IMPLICIT, KENNIS_ANSWER_UNKNOWN, "bram");
  told (d, "one", KENNIS_KNOWLEDGE_EXPLICIT, KENNIS_ANSWER_UNKNOWN, "cleo");
  told (d, "two", KENNIS_KNOWLEDGE_IMPLICIT, KENNIS_ANSWER_YES, "dirk");
  told (d, "three", KENNIS_KNOWLEDGE_UNKNOWN, KENNIS_ANSWER_NO, "dirk");
  assert_value (measure_2024 (d, "exchange.implicit-share"), 0.75);
  assert_value (measure_2024 (d, "exchange.outside-share"), 0.5);
}

static void
asked (KennisDataset *d, const char *who)
{
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "bram", "receiver", who, "kind", KENNIS_SHARING_KIND_QUESTION, "time",
               at ("2024-05-05"), NULL);
}

/* cleo, dirk (twice) and lies, who leads them, asked: 1 of 3. */
static void
leaders_ask (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  static const char *const others[] = { "bram", "cleo", "dirk" };

  metrics_cover (d, "2024-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "lies", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    metrics_add (d, KENNIS_TYPE_PERSON, "id", others[i], "leader", "lies", NULL);
  asked (d, "cleo");
  asked (d, "lies");
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "cleo", "receiver", "dirk", "kind", KENNIS_SHARING_KIND_QUESTION,
               "time", at ("2024-06-05"), NULL);
  asked (d, "dirk");
  assert_value (measure_2024 (d, "exchange.leader-asking-share"), 1.0 / 3);
}

static void
finished (KennisDataset *d, const char *who, const char *day)
{
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", who, "topic", "sewing", "ended", at (day), "status",
               KENNIS_STATUS_COMPLETED, NULL);
}

static void
shared_topic (KennisDataset *d, const char *who, const char *topic, const char *day)
{
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", who, "receiver", "fien", "topic", topic, "kind",
               KENNIS_SHARING_KIND_DISCUSSION, "time", at (day), NULL);
}

/* Five finish sewing, eva only on 20 December.  After 10 days anna shares hems, a part of it; after 30 cleo leaves; after 50
 * dirk shares it; bram shares it only before, and baking after; eva is followed for 11 days.
 * At risk on day 10: 5; F = 1/5, S = 4/5.  On day 30: bram, cleo, dirk; S = 4/5 · 2/3.  On day 50: bram, dirk; F = 1/5 + 8/15 · 1/2 = 7/15. */
static void
learners_pass_on (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  static const char *const people[] = { "anna", "bram", "dirk", "eva", "fien" };

  metrics_cover (d, "2024-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "sewing", NULL);
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "hems", "parent", "sewing", NULL);
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "baking", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    metrics_add (d, KENNIS_TYPE_PERSON, "id", people[i], NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "cleo", "left", at ("2024-04-09"), NULL);
  finished (d, "anna", "2024-03-10");
  finished (d, "bram", "2024-03-10");
  finished (d, "cleo", "2024-03-10");
  finished (d, "dirk", "2024-03-10");
  finished (d, "eva", "2024-12-20");
  shared_topic (d, "anna", "hems", "2024-03-20");
  shared_topic (d, "bram", "sewing", "2024-03-09");
  shared_topic (d, "bram", "baking", "2024-03-12");
  shared_topic (d, "dirk", "sewing", "2024-04-29");
  assert_value (measure_2024 (d, "exchange.pass-on-rate"), 7.0 / 15);
  CU_ASSERT_EQUAL (measure_2024 (d, "exchange.pass-on-rate").n_people, 5);
}

static void
newcomer (KennisDataset *d, const char *id, const char *hired, const char *left)
{
  metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "hired", at (hired), "left", left ? at (left) : KENNIS_UNKNOWN, NULL);
}

static void
buddy (KennisDataset *d, const char *who, const char *day)
{
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "dirk", "receiver", who, "kind", KENNIS_SHARING_KIND_BUDDY, "time",
               at (day), NULL);
}

/* anna met a buddy after 30 days, bram after 31; cleo came too late and eva left too soon to be observed for 30 days; dirk came
 * the year before. */
static void
newcomers_have_buddies (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();

  metrics_cover (d, "2023-01-01", "2025-01-01");
  newcomer (d, "anna", "2024-03-01", NULL);
  newcomer (d, "bram", "2024-03-01", NULL);
  newcomer (d, "cleo", "2024-12-20", NULL);
  newcomer (d, "dirk", "2023-06-01", NULL);
  newcomer (d, "eva", "2024-04-01", "2024-04-15");
  gave (d, "dirk", "anna", NULL, "2024-03-02");
  CU_ASSERT_EQUAL (measure_2024 (d, "exchange.buddy-coverage").status, KENNIS_MEASURE_STATUS_NO_DATA);
  buddy (d, "anna", "2024-03-31");
  buddy (d, "bram", "2024-04-01");
  buddy (d, "cleo", "2024-12-21");
  assert_value (measure_2024 (d, "exchange.buddy-coverage"), 0.5);
  CU_ASSERT_EQUAL (measure_2024 (d, "exchange.buddy-coverage").n, 2);
}

/* Without any sharing there is no data, not 0. */
static void
what_was_never_recorded_is_no_data (void)
{
  static const char *const metrics[] = { "exchange.participation-rate", "exchange.sessions-per-head", "exchange.density",
                                         "exchange.isolates-share", "exchange.giving-gini", "exchange.between-people-share" };
  g_autoptr (KennisDataset) d = metrics_dataset ();

  person (d, "anna", NULL, NULL);
  person (d, "bram", NULL, NULL);
  learned (d, "anna", KENNIS_FORM_TOGETHER, NULL, 4, KENNIS_STATUS_COMPLETED);
  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    CU_ASSERT_EQUAL (measure_2024 (d, metrics[i]).status, KENNIS_MEASURE_STATUS_NO_DATA);
  /* Who records nothing but contacts has not looked for exchange. */
  metrics_add (d, KENNIS_TYPE_SHARING, "giver", "anna", "receiver", "bram", "kind", KENNIS_SHARING_KIND_CONTACT, "time",
               at ("2024-05-05"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    CU_ASSERT_EQUAL (measure_2024 (d, metrics[i]).status, KENNIS_MEASURE_STATUS_NO_DATA);
  gave (d, "anna", "bram", NULL, "2024-05-06");
  CU_ASSERT_NOT_EQUAL (measure_2024 (d, metrics[0]).status, KENNIS_MEASURE_STATUS_NO_DATA);
}

static void
ties_that_were_not_seen_are_missing_and_that_is_said (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();

  metrics_cover (d, "2024-03-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "A", NULL);
  person (d, "anna", "A", "it");
  person (d, "bram", "A", "it");
  gave (d, "anna", "bram", NULL, "2024-05-01");
  assert_value (measure_2024 (d, "exchange.density"), 0.5);
  assert_text (measure_2024 (d, "exchange.density").note,
               "Part of the 12 months was not observed: ties that were not seen are missing.");
  assert_text (measure_2024 (d, "exchange.temporal-reach").note,
               "Part of the 12 months was not observed: ties that were not seen are missing.");
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "reach over time follows the order of sharings", reach_over_time_follows_the_order_of_sharings },
    { "rates are of residents", rates_are_of_residents },
    { "structure is networkx's", structure_is_networkx_s },
    { "ways are those of the graph", ways_are_those_of_the_graph },
    { "without ways through others there is no concentration", without_ways_through_others_there_is_no_concentration },
    { "partners are distinct", partners_are_distinct },
    { "giving has numpy's Gini", giving_has_numpy_s_gini },
    { "ties cross teams and disciplines", ties_cross_teams_and_disciplines },
    { "teams have diversity", teams_have_diversity },
    { "structure is of twelve months", structure_is_of_twelve_months },
    { "required and contact never count", required_and_contact_never_count },
    { "guests take part but are no heads", guests_take_part_but_are_no_heads },
    { "a talk to fifty is not fifty mentorings", a_talk_to_fifty_is_not_fifty_mentorings },
    { "rates have Wilson's interval and pairs none", rates_have_wilson_s_interval_and_pairs_none },
    { "an hour between people counts once", an_hour_between_people_counts_once },
    { "an hour for many is one hour", an_hour_for_many_is_one_hour },
    { "shares are of sessions where it is known", shares_are_of_sessions_where_it_is_known },
    { "leaders ask", leaders_ask },
    { "learners pass on", learners_pass_on },
    { "newcomers have buddies", newcomers_have_buddies },
    { "what was never recorded is no data", what_was_never_recorded_is_no_data },
    { "ties that were not seen are missing, and that is said", ties_that_were_not_seen_are_missing_and_that_is_said },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("exchange", tests);
}
