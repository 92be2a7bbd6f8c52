#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-random-private.h"
#include "kennis-test.h"

#define MAX_PEOPLE 14
#define MAX_EVENTS 40

typedef struct
{
  guint32 n_people;
  guint   n;
  guint32 giver[MAX_EVENTS], receiver[MAX_EVENTS];
  gint64  time[MAX_EVENTS];
} Events;

/* In canonical order already, as the events of the network are: read back from it. */
static KennisTemporalNetwork *
make_random (guint64  seed,
             Events  *e)
{
  KennisRandom random;
  g_autoptr (GBytes) givers = NULL, receivers = NULL, times = NULL;
  KennisTemporalNetwork *network;
  guint32 span;

  kennis_random_init (&random, seed, 1);
  e->n_people = 3 + kennis_random_below (&random, MAX_PEOPLE - 2);
  e->n = kennis_random_below (&random, MAX_EVENTS + 1);
  span = 1 + kennis_random_below (&random, seed % 3 == 0 ? 4 : 30);
  for (guint i = 0; i < e->n; i++)
    {
      e->giver[i] = kennis_random_below (&random, e->n_people);
      e->receiver[i] = kennis_random_below (&random, e->n_people);
      e->time[i] = kennis_random_below (&random, span);
    }
  givers = g_bytes_new (e->giver, e->n * sizeof (guint32));
  receivers = g_bytes_new (e->receiver, e->n * sizeof (guint32));
  times = g_bytes_new (e->time, e->n * sizeof (gint64));
  network = kennis_temporal_network_new_from_columns (e->n_people, givers, receivers, times, NULL, NULL);
  e->n = (guint) kennis_temporal_network_get_n_events (network);
  if (e->n > 0)
    {
      memcpy (e->giver, g_bytes_get_data (kennis_temporal_network_get_givers (network), NULL), e->n * sizeof (guint32));
      memcpy (e->receiver, g_bytes_get_data (kennis_temporal_network_get_receivers (network), NULL),
              e->n * sizeof (guint32));
      memcpy (e->time, g_bytes_get_data (kennis_temporal_network_get_times (network), NULL), e->n * sizeof (gint64));
    }
  return network;
}

static gboolean
may_follow (gint64          before,
            gint64          after,
            KennisTimeOrder order,
            gint64          max_wait)
{
  if (order == KENNIS_TIME_ORDER_STRICT ? after <= before : after < before)
    return FALSE;
  return max_wait < 0 || after - before <= max_wait;
}

typedef struct
{
  gint64 took, steps, end;
} Best;

/* The plainest search, for every first event by itself: fewest steps to each event (breadth first), then the best of all by `kind`. */
static Best
search (const Events    *e,
        guint32          from,
        guint32          to,
        KennisPathKind   kind,
        KennisTimeOrder  order,
        gint64           max_wait)
{
  Best best = { -1, -1, -1 };

  for (guint s = 0; s < e->n; s++)
    {
      guint steps[MAX_EVENTS] = { 0 };
      gboolean is_new = TRUE;

      if (e->giver[s] != from)
        continue;
      steps[s] = 1;
      for (guint depth = 1; is_new; depth++)
        {
          is_new = FALSE;
          for (guint i = 0; i < e->n; i++)
            for (guint j = 0; j < e->n && steps[i] == depth; j++)
              if (steps[j] == 0 && e->giver[j] == e->receiver[i]
                  && may_follow (e->time[i], e->time[j], order, max_wait))
                {
                  steps[j] = depth + 1;
                  is_new = TRUE;
                }
        }
      for (guint i = 0; i < e->n; i++)
        {
          Best b = { e->time[i] - e->time[s], steps[i], e->time[i] };
          gint64 first = kind == KENNIS_PATH_KIND_SHORTEST  ? b.steps
                         : kind == KENNIS_PATH_KIND_FASTEST ? b.took
                                                            : b.end;
          gint64 first_best = kind == KENNIS_PATH_KIND_SHORTEST  ? best.steps
                              : kind == KENNIS_PATH_KIND_FASTEST ? best.took
                                                                 : best.end;
          gint64 then = kind == KENNIS_PATH_KIND_SHORTEST ? b.took : b.steps;
          gint64 then_best = kind == KENNIS_PATH_KIND_SHORTEST ? best.took : best.steps;

          if (steps[i] > 0 && e->receiver[i] == to
              && (best.steps < 0 || first < first_best || (first == first_best && then < then_best)))
            best = b;
        }
    }
  return best;
}

/* Does the path hang together, and is it as good as the best? */
static gboolean
is_best (const Events    *e,
         GBytes          *bytes,
         guint32          from,
         guint32          to,
         KennisPathKind   kind,
         KennisTimeOrder  order,
         gint64           max_wait)
{
  gsize n;
  const guint64 *path = g_bytes_get_data (bytes, &n);
  Best best = search (e, from, to, kind, order, max_wait);

  n /= sizeof (guint64);
  if (n == 0)
    return best.steps < 0;
  if (e->giver[path[0]] != from || e->receiver[path[n - 1]] != to)
    return FALSE;
  for (gsize i = 1; i < n; i++)
    if (e->giver[path[i]] != e->receiver[path[i - 1]]
        || !may_follow (e->time[path[i - 1]], e->time[path[i]], order, max_wait))
      return FALSE;
  if (kind == KENNIS_PATH_KIND_EARLIEST)
    return e->time[path[n - 1]] == best.end && (gint64) n == best.steps;
  return e->time[path[n - 1]] - e->time[path[0]] == best.took && (gint64) n == best.steps;
}

static void
paths_are_as_good_as_those_of_the_plainest_search (void)
{
  static const gint64 waits[] = { -1, 0, 2, 8 };
  guint wrong = 0, told = 0;

  for (guint64 seed = 0; seed < 120; seed++)
    {
      Events e = { 0 };
      g_autoptr (KennisTemporalNetwork) network = make_random (seed, &e);

      for (guint c = 0; c < 24; c++)
        for (guint32 from = 0; from < 3; from++)
          {
            guint32 to = (from + 1 + (guint32) seed % 2) % 3;
            g_autoptr (GBytes) path = kennis_temporal_network_find_path (network, &from, 1, &to, 1, c % 3, c / 3 % 2,
                                                                         waits[c / 6], NULL, NULL);

            if (is_best (&e, path, from, to, c % 3, c / 3 % 2, waits[c / 6]))
              continue;
            if (told++ < 5)
              printf ("# seed %u: kind %u, order %u, wait %d, %u to %u\n", (guint) seed, c % 3, c / 3 % 2,
                      (int) waits[c / 6], from, to);
            wrong++;
          }
    }
  CU_ASSERT_EQUAL (wrong, 0);
}

static void
a_path_goes_from_any_of_a_team_to_any_of_another (void)
{
  guint32 people[] = { 0, 1, 2, 3, 1, 2, 3, 4 }, from[] = { 0, 1 }, to[] = { 4, 3, 1 };
  gint64 time[] = { 10, 20, 30, 40 };
  g_autoptr (GBytes) givers = g_bytes_new (people, 16), receivers = g_bytes_new (people + 4, 16);
  g_autoptr (GBytes) times = g_bytes_new (time, sizeof time);
  g_autoptr (KennisTemporalNetwork) network =
      kennis_temporal_network_new_from_columns (5, givers, receivers, times, NULL, NULL);
  g_autoptr (GBytes) path = kennis_temporal_network_find_path (network, from, 2, to, 3, KENNIS_PATH_KIND_SHORTEST,
                                                               KENNIS_TIME_ORDER_STRICT, -1, NULL, NULL);
  const guint64 *events = g_bytes_get_data (path, NULL);
  g_autoptr (GError) error = NULL;
  guint32 nobody = 5;

  /* 1 → 2 → 3; that 1 is on both sides makes it no end. */
  CU_ASSERT_EQUAL_FATAL (g_bytes_get_size (path), 16);
  CU_ASSERT_TRUE (events[0] == 1 && events[1] == 2);
  CU_ASSERT_PTR_NULL (kennis_temporal_network_find_path (network, from, 2, &nobody, 1, 0, 0, -1, NULL, &error));
  assert_text (error->message, "Person 5; there are people 0 to 4");
}

/* With certainty, who is informed is whom a path reaches, and when. */
static void
what_is_certain_spreads_as_far_as_paths_reach (void)
{
  guint wrong = 0;

  for (guint64 seed = 0; seed < 60; seed++)
    {
      Events e = { 0 };
      g_autoptr (KennisTemporalNetwork) network = make_random (seed, &e);
      guint32 source = (guint32) seed % e.n_people;
      g_autoptr (GBytes) arrivals = kennis_temporal_network_arrivals (network, source, 0, 0, -1, NULL, NULL);
      g_autoptr (GBytes) bytes =
          kennis_temporal_network_diffuse (network, &source, 1, 0, 1, 40, 1, 3, 5, 1, NULL, NULL);
      const gint64 *times = g_bytes_get_data (arrivals, NULL);
      const double *rows = g_bytes_get_data (bytes, NULL);

      for (guint day = 0; day <= 40; day++)
        {
          guint n = 1;

          for (guint32 p = 0; p < e.n_people; p++)
            n += times[p] != KENNIS_UNKNOWN && times[p] < day;
          wrong += fabs (rows[4 * day] - (double) n / e.n_people) > 1e-12;
          wrong += rows[4 * day + 1] > 1e-12 || fabs (rows[4 * day + 2] - rows[4 * day]) > 1e-12;
          wrong += fabs (rows[4 * day + 3] - rows[4 * day]) > 1e-12;
        }
    }
  CU_ASSERT_EQUAL (wrong, 0);
}

/* 0 tells 1 at day 1 and again at day 2, 1 tells 2 at day 3; with probability p: 1 knows by 1 − (1 − p)², 2 by that × p. */
static void
what_is_likely_spreads_as_often_as_it_should (void)
{
  guint32 people[] = { 0, 0, 1, 1, 1, 2 };
  gint64 time[] = { 1, 2, 3 };
  g_autoptr (GBytes) givers = g_bytes_new (people, 12), receivers = g_bytes_new (people + 3, 12);
  g_autoptr (GBytes) times = g_bytes_new (time, sizeof time);
  g_autoptr (KennisTemporalNetwork) network =
      kennis_temporal_network_new_from_columns (3, givers, receivers, times, NULL, NULL);
  guint32 source = 0;
  double p = 0.3, q = 1 - (1 - p) * (1 - p);
  g_autoptr (GBytes) one = NULL, two = NULL, seven = NULL;
  const double *rows;

  one = kennis_temporal_network_diffuse (network, &source, 1, 0, 1, 5, p, 20000, 3, 1, NULL, NULL);
  two = kennis_temporal_network_diffuse (network, &source, 1, 0, 1, 5, p, 20000, 3, 2, NULL, NULL);
  seven = kennis_temporal_network_diffuse (network, &source, 1, 0, 1, 5, p, 20000, 3, 7, NULL, NULL);
  CU_ASSERT_TRUE (g_bytes_equal (one, two) && g_bytes_equal (one, seven));
  rows = g_bytes_get_data (one, NULL);
  assert_near (rows[0], 1.0 / 3);
  assert_near (rows[4 * 1], 1.0 / 3);
  assert_within (rows[4 * 2], (1 + p) / 3, 4 * rows[4 * 2 + 1]);
  assert_within (rows[4 * 3], (1 + q) / 3, 4 * rows[4 * 3 + 1]);
  assert_within (rows[4 * 5], (1 + q + q * p) / 3, 4 * rows[4 * 5 + 1]);
  CU_ASSERT_TRUE (rows[4 * 5 + 1] > 0.001 && rows[4 * 5 + 1] < 0.003);
  assert_near (rows[4 * 5 + 2], 1.0 / 3);
  assert_near (rows[4 * 5 + 3], 1);
}

/* Nobody given: each of the three is as likely; at the end 0 informs all, 1 two, 2 one. */
static void
without_sources_everybody_is_as_likely (void)
{
  guint32 people[] = { 0, 1, 1, 2 };
  gint64 time[] = { 1, 2 };
  g_autoptr (GBytes) givers = g_bytes_new (people, 8), receivers = g_bytes_new (people + 2, 8);
  g_autoptr (GBytes) times = g_bytes_new (time, sizeof time);
  g_autoptr (KennisTemporalNetwork) network =
      kennis_temporal_network_new_from_columns (3, givers, receivers, times, NULL, NULL);
  g_autoptr (GBytes) bytes = kennis_temporal_network_diffuse (network, NULL, 0, 0, 1, 3, 1, 30000, 1, 2, NULL, NULL);
  const double *rows = g_bytes_get_data (bytes, NULL);

  assert_near (rows[0], 1.0 / 3);
  assert_within (rows[4 * 3], 2.0 / 3, 4 * rows[4 * 3 + 1]);
}

static void
wrong_questions_are_refused (void)
{
  Events e = { 0 };
  g_autoptr (KennisTemporalNetwork) network = make_random (1, &e);
  g_autoptr (GError) error = NULL;
  guint32 source = 0, nobody = MAX_PEOPLE + 5;

  CU_ASSERT_PTR_NULL (kennis_temporal_network_diffuse (network, &source, 1, 0, 1, 3, 1.5, 1, 1, 1, NULL, &error));
  assert_text (error->message, "The probability is 1.5; it must be from 0 to 1");
  g_clear_error (&error);
  CU_ASSERT_PTR_NULL (kennis_temporal_network_diffuse (network, &nobody, 1, 0, 1, 3, 0.5, 1, 1, 1, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
  g_clear_error (&error);
  CU_ASSERT_PTR_NULL (kennis_temporal_network_diffuse (network, &source, 1, 0, 0, 3, 0.5, 1, 1, 1, NULL, &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
}

/* Anna (team A) tells bram (B) in January, bram tells cleo (B1, within B) in February; dirk is on the roster alone.  Anna's mail is an alias. */
static void
a_network_is_made_from_a_summary (void)
{
  g_autoptr (KennisDataset) d = kennis_dataset_new ("UTC", "EUR", NULL);
  const struct
  {
    const char *id, *team;
  } people[] = { { "anna", "A" }, { "bram", "B" }, { "cleo", "B1" }, { "dirk", "A" } };
  const struct { const char *giver, *receiver; gint64 time; KennisSharingKind kind; } told[] = {
    { "anna@x", "bram", 1704067200000, KENNIS_SHARING_KIND_FEEDBACK }, { "bram", "cleo", 1706745600000, KENNIS_SHARING_KIND_FEEDBACK },
    { "dirk", "cleo", 1706745600000, KENNIS_SHARING_KIND_CONTACT } };
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (KennisTemporalNetwork) network = NULL, later = NULL;
  g_autoptr (GBytes) team = NULL, path = NULL, reach = NULL;
  g_autoptr (GError) error = NULL;
  guint32 anna, members[2];

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (KennisRecord) t = g_object_new (KENNIS_TYPE_TEAM, "id", (const char *[]) { "A", "B", "B1" }[i], "parent",
                                                 i == 2 ? "B" : NULL, NULL);
      CU_ASSERT_TRUE (kennis_dataset_add (d, t, NULL, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      const char *aliases[] = { "anna@x", NULL };
      g_autoptr (KennisRecord) p = g_object_new (KENNIS_TYPE_PERSON, "id", people[i].id, "team", people[i].team,
                                                 "aliases", i == 0 ? aliases : NULL, NULL);
      CU_ASSERT_TRUE (kennis_dataset_add (d, p, NULL, NULL));
    }
  kennis_dataset_set_accept_seen (d, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autoptr (KennisRecord) s = g_object_new (KENNIS_TYPE_SHARING, "giver", told[i].giver, "receiver",
                                                 told[i].receiver, "time", told[i].time, "kind", told[i].kind, NULL);
      CU_ASSERT_TRUE (kennis_dataset_add (d, s, NULL, NULL));
    }
  summary = kennis_summary_make (d, NULL, 1, NULL, NULL, NULL, NULL);
  network = kennis_temporal_network_make (summary, NULL, NULL, NULL);
  CU_ASSERT_EQUAL_FATAL (kennis_temporal_network_get_n_people (network), 4);
  CU_ASSERT_EQUAL (kennis_temporal_network_get_n_events (network), 2);
  anna = (guint32) kennis_temporal_network_find_person (network, "anna");
  assert_text (kennis_temporal_network_get_label (network, anna), "anna");
  CU_ASSERT_EQUAL (kennis_temporal_network_find_person (network, "anna@x"), -1);
  team = kennis_temporal_network_list_team (network, "B", NULL);
  CU_ASSERT_EQUAL_FATAL (g_bytes_get_size (team), 8);
  memcpy (members, g_bytes_get_data (team, NULL), 8);
  assert_text (kennis_temporal_network_get_label (network, members[1]), "cleo");
  reach = kennis_temporal_network_reach (network, 0, 0, -1, 1, NULL, NULL);
  CU_ASSERT_EQUAL (((const guint32 *) g_bytes_get_data (reach, NULL))[anna], 2);
  path = kennis_temporal_network_find_path (network, &anna, 1, members + 1, 1, 0, 0, -1, NULL, NULL);
  CU_ASSERT_EQUAL (g_bytes_get_size (path), 16);
  later = kennis_temporal_network_cut (network, 1706745600000, KENNIS_UNKNOWN);
  assert_text (kennis_temporal_network_get_label (later, anna), "anna");
  CU_ASSERT_PTR_NULL (kennis_temporal_network_list_team (network, "C", &error));
  CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "paths are as good as those of the plainest search", paths_are_as_good_as_those_of_the_plainest_search },
    { "a path goes from any of a team to any of another", a_path_goes_from_any_of_a_team_to_any_of_another },
    { "what is certain spreads as far as paths reach", what_is_certain_spreads_as_far_as_paths_reach },
    { "what is likely spreads as often as it should", what_is_likely_spreads_as_often_as_it_should },
    { "without sources everybody is as likely", without_sources_everybody_is_as_likely },
    { "wrong questions are refused", wrong_questions_are_refused },
    { "a network is made from a summary", a_network_is_made_from_a_summary },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("temporal paths", tests);
}
