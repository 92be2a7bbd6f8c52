#include "config.h"

#include <math.h>

#include "base/kennis-random-private.h"
#include "kennis-test.h"
#include "network/kennis-holders-private.h"

#define MAX_PAIRS 200

typedef struct
{
  guint32 n_people, n_topics;
  gsize   n;
  guint32 people[MAX_PAIRS], topics[MAX_PAIRS];
  guint64 holders[64];     /* by topic: a bit a person */
} Pairs;

static Pairs
make_random (guint64 seed,
             guint32 max_people,
             guint32 max_topics)
{
  KennisRandom random;
  Pairs p = { 0 };

  kennis_random_init (&random, seed, 0);
  p.n_people = 1 + kennis_random_below (&random, max_people);
  p.n_topics = 1 + kennis_random_below (&random, max_topics);
  p.n = kennis_random_below (&random, MIN (MAX_PAIRS, p.n_people * p.n_topics) + 1);
  for (gsize i = 0; i < p.n; i++)
    {
      p.people[i] = kennis_random_below (&random, p.n_people);
      p.topics[i] = kennis_random_below (&random, p.n_topics);
      p.holders[p.topics[i]] |= G_GUINT64_CONSTANT (1) << p.people[i];
    }
  return p;
}

static KennisHolders *
make (const Pairs *p)
{
  return kennis_holders_new (p->n_people, p->n_topics, p->people, p->topics, p->n);
}

static guint32
count_orphans (const Pairs *p,
               guint64      gone)
{
  guint32 n = 0;

  for (guint32 t = 0; t < p->n_topics; t++)
    n += p->holders[t] != 0 && (p->holders[t] & ~gone) == 0;
  return n;
}

static void
holders_are_counted (void)
{
  guint wrong = 0;

  for (guint64 seed = 0; seed < 100; seed++)
    {
      Pairs p = make_random (seed, 20, 20);
      g_autoptr (KennisHolders) h = make (&p);
      guint64 all = 0;
      guint32 single = 0;

      for (guint32 t = 0; t < p.n_topics; t++)
        {
          wrong += kennis_holders_count (h, t) != (guint32) __builtin_popcountll (p.holders[t]);
          single += __builtin_popcountll (p.holders[t]) == 1;
          all |= p.holders[t];
        }
      wrong += kennis_holders_n_single (h) != single
               || kennis_holders_n_held (h) != count_orphans (&p, ~G_GUINT64_CONSTANT (0));
      wrong += kennis_holders_n_holders (h) != (guint32) __builtin_popcountll (all);
    }
  CU_ASSERT_EQUAL (wrong, 0);
}

/* Over all sets of people who may leave: Σ P(set) × topics of which all holders are in it. */
static void
the_expected_loss_is_that_over_all_who_may_leave (void)
{
  for (guint64 seed = 0; seed < 40; seed++)
    {
      Pairs p = make_random (seed, 10, 12);
      g_autoptr (KennisHolders) h = make (&p);
      double leaving[10], weight[12], sum = 0;

      for (guint32 i = 0; i < p.n_people; i++)
        leaving[i] = 0.05 + 0.07 * i;
      for (guint32 t = 0; t < p.n_topics; t++)
        weight[t] = 1 + t % 3;
      for (guint64 set = 0; set < G_GUINT64_CONSTANT (1) << p.n_people; set++)
        {
          double probability = 1, lost = 0;

          for (guint32 i = 0; i < p.n_people; i++)
            probability *= set >> i & 1 ? leaving[i] : 1 - leaving[i];
          for (guint32 t = 0; t < p.n_topics; t++)
            if (p.holders[t] != 0 && (p.holders[t] & ~set) == 0)
              lost += weight[t];
          sum += probability * lost;
        }
      assert_near (kennis_holders_expected_loss (h, leaving, weight), sum);
    }
}

/* All sets of up to twelve people: the smallest that orphans more than half. */
static guint32
fewest (const Pairs *p,
        guint32      wanted)
{
  guint32 best = G_MAXUINT32;

  for (guint64 set = 0; set < G_GUINT64_CONSTANT (1) << p->n_people; set++)
    if (count_orphans (p, set) >= wanted)
      best = MIN (best, (guint32) __builtin_popcountll (set));
  return best;
}

static void
the_bus_factor_is_bounded_by_the_exhaustive_one_and_found_with_time (void)
{
  guint wrong = 0, greedy_high = 0;

  for (guint64 seed = 0; seed < 300; seed++)
    {
      Pairs p = make_random (seed, 12, 30);
      g_autoptr (KennisHolders) h = make (&p);
      guint32 held = kennis_holders_n_held (h), exact = held > 0 ? fewest (&p, held / 2 + 1) : 0, least, most;
      g_autofree guint32 *leavers = NULL;
      guint64 gone = 0;

      kennis_holders_bus_factor (h, 0, NULL, &least, &most, &leavers);
      wrong += least > exact || most < exact;
      greedy_high += most > exact;
      for (guint32 i = 0; i < most; i++)
        gone |= G_GUINT64_CONSTANT (1) << leavers[i];
      wrong += (guint32) __builtin_popcountll (gone) != most;
      wrong += held > 0 && count_orphans (&p, gone) < held / 2 + 1;
      kennis_holders_bus_factor (h, 10000000, NULL, &least, &most, NULL);
      wrong += least != exact;
    }
  CU_ASSERT_EQUAL (wrong, 0);
  CU_ASSERT_TRUE (greedy_high < 60);
  printf ("# greedy too high in %u of 300\n", greedy_high);
}

static void
orphans_are_topics_that_all_holders_left (void)
{
  guint wrong = 0;

  for (guint64 seed = 0; seed < 100; seed++)
    {
      Pairs p = make_random (seed, 20, 20);
      g_autoptr (KennisHolders) h = make (&p);
      guint8 gone[20] = { 0 };
      guint64 set = 0;
      g_autoptr (GArray) orphans = NULL;

      for (guint32 i = 0; i < p.n_people; i++)
        {
          gone[i] = (seed * 7 + i * 5) % 3 > 0;
          set |= (guint64) gone[i] << i;
        }
      orphans = kennis_holders_orphans (h, gone);
      wrong += orphans->len != count_orphans (&p, set);
    }
  CU_ASSERT_EQUAL (wrong, 0);
}

/* The first lesson is the best of all pairs; each lowers the loss by what it says. */
static void
lessons_lower_the_expected_loss_most (void)
{
  guint wrong = 0, n_lessons = 0;

  for (guint64 seed = 0; seed < 100; seed++)
    {
      Pairs p = make_random (seed, 8, 8);
      g_autoptr (KennisHolders) h = make (&p);
      g_autoptr (GArray) lessons = NULL;
      double leaving[8], before;

      for (guint32 i = 0; i < p.n_people; i++)
        leaving[i] = 0.1 + 0.1 * (i % 4);
      before = kennis_holders_expected_loss (h, leaving, NULL);
      lessons = kennis_holders_lessons (h, leaving, NULL, 5, NULL, NULL, NULL, NULL);
      for (guint k = 0; k < lessons->len; k++)
        {
          const KennisLesson *l = &g_array_index (lessons, KennisLesson, k);
          double most = 0, after;

          n_lessons++;
          wrong += p.holders[l->topic] >> l->learner & 1 || !(p.holders[l->topic] >> l->teacher & 1);
          for (guint32 t = 0; t < p.n_topics; t++)
            for (guint32 i = 0; i < p.n_people; i++)
              if (p.holders[t] != 0 && !(p.holders[t] >> i & 1))
                {
                  double loss = 1;

                  for (guint32 j = 0; j < p.n_people; j++)
                    loss *= p.holders[t] >> j & 1 ? leaving[j] : 1;
                  most = MAX (most, loss * (1 - leaving[i]));
                }
          wrong += fabs (l->gain - most) > 1e-12;
          p.people[p.n] = l->learner;
          p.topics[p.n++] = l->topic;
          p.holders[l->topic] |= G_GUINT64_CONSTANT (1) << l->learner;
          {
            g_autoptr (KennisHolders) more = make (&p);

            after = kennis_holders_expected_loss (more, leaving, NULL);
          }
          wrong += fabs (before - after - l->gain) > 1e-12;
          before = after;
        }
    }
  CU_ASSERT_EQUAL (wrong, 0);
  CU_ASSERT_TRUE (n_lessons > 300);
}

static guint
rank_learner (guint32  topic,
              guint32  learner,
              gpointer data)
{
  return learner == 2 ? 0 : learner == 3 ? 2 : 1;
}

static guint
rank_teacher (guint32  teacher,
              guint32  learner,
              gpointer data)
{
  return teacher == 1;
}

static void
lessons_go_to_who_needs_them_from_who_is_near (void)
{
  Pairs p = { .n_people = 6, .n_topics = 2, .n = 3, .people = { 0, 1, 0 }, .topics = { 0, 0, 1 } };
  g_autoptr (KennisHolders) h = make (&p);
  double leaving[] = { 0.5, 0.5, 0.5, 0.5, 0.5, 0.9 };
  g_autoptr (GArray) lessons = kennis_holders_lessons (h, leaving, NULL, 3, rank_learner, rank_teacher, NULL, NULL);
  const KennisLesson *l = (const KennisLesson *) (gconstpointer) lessons->data;

  CU_ASSERT_EQUAL_FATAL (lessons->len, 3);
  /* Topic 1 has one holder; 3 ranks highest.  Then both lose a quarter: topic 0, again 3, by 1 who is near. */
  CU_ASSERT_TRUE (l[0].topic == 1 && l[0].learner == 3 && l[0].teacher == 0);
  assert_near (l[0].gain, 0.25);
  CU_ASSERT_TRUE (l[1].topic == 0 && l[1].learner == 3 && l[1].teacher == 1);
  /* Of topic 1 now, 1 and 4 rank alike. */
  CU_ASSERT_TRUE (l[2].topic == 1 && l[2].learner == 1 && l[2].teacher == 0);
}

static void
nobody_and_nothing_have_no_bus_factor (void)
{
  Pairs p = { 0 };
  g_autoptr (KennisHolders) h = make (&p);
  guint32 least = 9, most = 9;

  kennis_holders_bus_factor (h, 10, NULL, &least, &most, NULL);
  CU_ASSERT_TRUE (least == 0 && most == 0);
  CU_ASSERT_EQUAL (kennis_holders_expected_loss (h, NULL, NULL), 0);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "holders are counted", holders_are_counted },
    { "the expected loss is that over all who may leave", the_expected_loss_is_that_over_all_who_may_leave },
    { "the bus factor is bounded by the exhaustive one, and found with time",
      the_bus_factor_is_bounded_by_the_exhaustive_one_and_found_with_time },
    { "orphans are topics that all holders left", orphans_are_topics_that_all_holders_left },
    { "lessons lower the expected loss most", lessons_lower_the_expected_loss_most },
    { "lessons go to who needs them, from who is near", lessons_go_to_who_needs_them_from_who_is_near },
    { "nobody and nothing have no bus factor", nobody_and_nothing_have_no_bus_factor },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("holders", tests);
}
