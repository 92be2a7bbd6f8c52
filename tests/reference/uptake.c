#include "config.h"

#include "kennis-metrics.h"

/* Every metric of the family on a dataset small enough to be worked out by hand. */

static void
person (KennisDataset *d, const char *id, const char *hired, const char *left)
{
  metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "fte", 1.0, "hired", hired ? at (hired) : KENNIS_UNKNOWN, "left",
               left ? at (left) : KENNIS_UNKNOWN, NULL);
}

static void
learned (KennisDataset *d, const char *who, const char *day, double hours)
{
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", who, "ended", at (day), "duration", HOURS (hours), "status",
               KENNIS_STATUS_COMPLETED, NULL);
}

/* anna 10 h, bram 2 h, cleo nothing, dirk there for the last 61 of 366 days: 4 h.
 * Residents are anna, bram and cleo: 2 of 3 learned.  Heads: 3 + 61/366; hours 16. */
static KennisDataset *
four_people (void)
{
  KennisDataset *d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  person (d, "anna", NULL, NULL);
  person (d, "bram", NULL, NULL);
  person (d, "cleo", NULL, NULL);
  person (d, "dirk", "2024-11-01", NULL);
  learned (d, "anna", "2024-01-10", 10);
  learned (d, "bram", "2024-06-10", 2);
  learned (d, "dirk", "2024-12-10", 4);
  return d;
}

static void
participation_is_of_residents (void)
{
  g_autoptr (KennisDataset) d = four_people ();
  KennisRawMeasurement m = metrics_measure (d, "uptake.participation-rate", "2024", "2024");

  assert_value (m, 2.0 / 3);
  CU_ASSERT_EQUAL (m.n, 3);
  CU_ASSERT_EQUAL (m.n_positive, 2);
  CU_ASSERT (isnan (m.lower));
}

static void
hours_per_head_divide_by_presence (void)
{
  g_autoptr (KennisDataset) d = four_people ();
  KennisRawMeasurement m = metrics_measure (d, "uptake.hours-per-head", "2024", "2024");

  assert_value (m, 16 / (3 + 61.0 / 366));
  CU_ASSERT_EQUAL (m.n_people, 4);
  assert_near (m.dominance, 10.0 / 16);
  CU_ASSERT (m.is_additive);
}

static void
activity (KennisDataset *d, const char *who, const char *day, double hours, const char *property, int value)
{
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", who, "ended", at (day), "duration", HOURS (hours), "status",
               KENNIS_STATUS_COMPLETED, property, value, NULL);
}

/* anna: half a post, 40.00 an hour; bram: a whole one, 50.00; cleo: post not known.
 *   hours       anna 10, bram 2, cleo 8 (out: post not known)       12 / 1.5 = 8
 *   cost        anna 300 completed, bram 60 abandoned (cleo 1 out)  360 / 1.5 = 240
 *   time        10 × 40 + 2 × 50 = 500                              500 / 1.5 = 333.33… */
static KennisDataset *
posts (void)
{
  KennisDataset *d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "fte", 0.5, "hourly-cost", MONEY (40), NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "bram", "fte", 1.0, "hourly-cost", MONEY (50), NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "cleo", "hourly-cost", MONEY (1), NULL);
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "anna", "ended", at ("2024-02-01"), "duration", HOURS (10), "cost",
               MONEY (300), "status", KENNIS_STATUS_COMPLETED, NULL);
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "bram", "ended", at ("2024-02-01"), "duration", HOURS (2), "cost",
               MONEY (0), "status", KENNIS_STATUS_COMPLETED, NULL);
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "bram", "ended", at ("2024-03-01"), "duration", HOURS (7), "cost",
               MONEY (60), "status", KENNIS_STATUS_ABANDONED, NULL);
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "cleo", "ended", at ("2024-03-01"), "duration", HOURS (8), "cost",
               MONEY (1), "status", KENNIS_STATUS_COMPLETED, NULL);
  return d;
}

static void
hours_and_costs_per_fte_leave_unknown_posts_out (void)
{
  g_autoptr (KennisDataset) d = posts ();

  assert_value (metrics_measure (d, "uptake.hours-per-fte", "2024", "2024"), 8);
  assert_value (metrics_measure (d, "uptake.cost-per-fte", "2024", "2024"), 240);
  assert_value (metrics_measure (d, "uptake.time-cost-per-fte", "2024", "2024"), 500 / 1.5);
}

/* As posts(), and dora, who learned in a leave whose row does not tell what an hour costs: she is left out, and nobody else. */
static void
a_leave_without_an_hourly_cost_leaves_out_one_person (void)
{
  g_autoptr (KennisDataset) d = posts ();

  metrics_add (d, KENNIS_TYPE_PERSON, "id", "dora", "effective", at ("2024-01-01"), "fte", 1.0, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "dora", "effective", at ("2024-07-01"), "fte", 1.0, "present", 0.0, NULL);
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "dora", "ended", at ("2024-08-10"), "duration", HOURS (3), "status",
               KENNIS_STATUS_COMPLETED, NULL);
  assert_value (metrics_measure (d, "uptake.time-cost-per-fte", "2024", "2024"), 500 / 1.5);
}

/* First quarter.  anna: all three months, learned in January and (twice) in February.  bram: from 15 February, so March is his only full
 * month; he learned in February and March.  Full months 3 + 1, with learning 2 + 1. */
static void
regularity_counts_full_months (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  person (d, "anna", NULL, NULL);
  person (d, "bram", "2024-02-15", NULL);
  learned (d, "anna", "2024-01-10", 1);
  learned (d, "anna", "2024-02-10", 1);
  learned (d, "anna", "2024-02-20", 1);
  learned (d, "bram", "2024-02-20", 1);
  learned (d, "bram", "2024-03-20", 1);
  assert_value (metrics_measure (d, "uptake.regularity", "2024-01", "2024-03"), 0.75);
}

/* Hours 6 FORMAL, 3 TOGETHER, 3 REFLECTION, 5 of unknown form.  Not formal: 6 of 12.
 * Evenness: −(½ ln ½ + 2 · ¼ ln ¼) / ln 8 = 1.5 ln 2 / 3 ln 2 = ½. */
static void
forms_of_unknown_hours_do_not_count (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();

  kennis_dataset_set_accept_seen (d, TRUE);
  activity (d, "anna", "2024-01-10", 6, "form", KENNIS_FORM_FORMAL);
  activity (d, "anna", "2024-01-11", 3, "form", KENNIS_FORM_TOGETHER);
  activity (d, "bram", "2024-01-12", 3, "form", KENNIS_FORM_REFLECTION);
  activity (d, "bram", "2024-01-31", 5, "form", KENNIS_FORM_UNKNOWN);
  assert_value (metrics_measure (d, "uptake.informal-share", "2024-01", "2024-01"), 0.5);
  assert_value (metrics_measure (d, "uptake.form-diversity", "2024-01", "2024-01"), 0.5);
}

/* CLASSROOM 6, DIGITAL 6: ln 2 / ln 4 = ½.  SELF 3, MANAGER 4, REQUIRED 5: ¼.  External yes 2, no 6, unknown 9: ¼. */
static void
approach_choice_and_provider (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();

  kennis_dataset_set_accept_seen (d, TRUE);
  activity (d, "anna", "2024-01-10", 6, "approach", KENNIS_APPROACH_CLASSROOM);
  activity (d, "bram", "2024-01-31", 6, "approach", KENNIS_APPROACH_DIGITAL);
  assert_value (metrics_measure (d, "uptake.approach-diversity", "2024-01", "2024-01"), 0.5);
  activity (d, "anna", "2024-02-10", 3, "initiative", KENNIS_INITIATIVE_SELF);
  activity (d, "bram", "2024-02-11", 4, "initiative", KENNIS_INITIATIVE_MANAGER);
  activity (d, "bram", "2024-02-28", 5, "initiative", KENNIS_INITIATIVE_REQUIRED);
  assert_value (metrics_measure (d, "uptake.self-chosen-share", "2024-02", "2024-02"), 0.25);
  activity (d, "anna", "2024-03-10", 2, "external", KENNIS_ANSWER_YES);
  activity (d, "bram", "2024-03-11", 6, "external", KENNIS_ANSWER_NO);
  activity (d, "bram", "2024-03-31", 9, "external", KENNIS_ANSWER_UNKNOWN);
  assert_value (metrics_measure (d, "uptake.external-share", "2024-03", "2024-03"), 0.25);
}

/* anna, of "care": 3 h on "wounds" (care, by its parent), 1 h on "budget" (finance), 5 h on a topic without discipline: 1 of 4. */
static void
breadth_asks_the_topics_parent (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  const char *topics[] = { "wounds", "budget", "other" };
  const double hours[] = { 3, 1, 5 };

  metrics_cover (d, "2024-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "nursing", "discipline", "care", NULL);
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "wounds", "parent", "nursing", NULL);
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "budget", "discipline", "finance", NULL);
  metrics_add (d, KENNIS_TYPE_TOPIC, "id", "other", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "discipline", "care", NULL);
  for (guint i = 0; i < 3; i++)
    metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", "anna", "ended", at ("2024-02-01"), "duration", HOURS (hours[i]),
                 "status", KENNIS_STATUS_COMPLETED, "topic", topics[i], NULL);
  assert_value (metrics_measure (d, "uptake.breadth", "2024", "2024"), 0.25);
}

/* Hours 0, 1, 3, 4.  Differences of pairs: 1 + 3 + 4 + 2 + 3 + 1 = 14, six pairs, mean 2: G = 14 / 6 / (2 · 2) = 7/12.
 * Among 1, 3, 4: (2 + 3 + 1) / 3 / (2 · 8/3) = 3/8.  p = 3/4.  Uncorrected: 7/12 · 3/4 = 7/16 and 3/8 · 2/3 = 1/4, and
 * (1 − p) + p · 1/4 = 7/16.
 * R: x <- c (0, 1, 3, 4); sum (abs (outer (x, x, "-"))) / (2 * 4 * 3 * mean (x)) is 0.5833333. */
static void
the_gini_is_made_up_of_reach_and_inequality_among_the_reached (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  const char *ids[] = { "anna", "bram", "cleo", "dirk" };
  const double hours[] = { 0, 1, 3, 4 };
  KennisRawMeasurement all, some, reached;

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint i = 0; i < 4; i++)
    {
      metrics_add (d, KENNIS_TYPE_PERSON, "id", ids[i], "fte", 1.0, NULL);
      if (hours[i] > 0)
        learned (d, ids[i], "2024-02-01", hours[i]);
    }
  all = metrics_measure (d, "uptake.gini", "2024", "2024");
  some = metrics_measure (d, "uptake.gini-among-participants", "2024", "2024");
  reached = metrics_measure (d, "uptake.share-reached", "2024", "2024");
  assert_value (all, 7.0 / 12);
  assert_value (some, 3.0 / 8);
  assert_value (reached, 0.75);
  assert_near (all.value * 3 / 4, (1 - reached.value) + reached.value * some.value * 2 / 3);
}

/* Thirty people, minimum group 3: 27 with 1 hour, 3 with 11: 33 of 60. */
static void
the_top_decile_is_ten_times_the_minimum_group (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisMeasureSet) few = NULL, enough = NULL;

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%02u", i);

      metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "fte", 1.0, NULL);
      learned (d, id, "2024-02-01", i < 3 ? 11 : 1);
    }
  kennis_query_add_metric (query, "uptake.top-decile-share");
  kennis_query_add_metric (query, "uptake.lorenz-90");
  few = metrics_run (d, query, 1);
  CU_ASSERT_EQUAL (metrics_find (few, "uptake.top-decile-share", NULL).status, KENNIS_MEASURE_STATUS_TOO_FEW);
  CU_ASSERT (kennis_query_set_minimum_group (query, 3, FALSE, NULL));
  enough = metrics_run (d, query, 1);
  assert_value (metrics_find (enough, "uptake.top-decile-share", NULL), 0.55);
  assert_value (metrics_find (enough, "uptake.lorenz-90", NULL), 0.45);
  assert_near (metrics_find (enough, "uptake.lorenz-90", NULL).lower,
               1 - metrics_find (enough, "uptake.top-decile-share", NULL).upper);
  CU_ASSERT_EQUAL (metrics_find (enough, "uptake.top-decile-share", NULL).n_part, 3);
}

/* Department a: 4 of 5 learned; b: 2 of 5; c has 3 people, too few to compare.  0.4 / 0.8. */
static void
access_compares_groups_that_are_large_enough (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  const char *teams[] = { "a", "b", "c" };
  const guint people[] = { 5, 5, 3 }, participants[] = { 4, 2, 0 };
  KennisRawMeasurement m;

  metrics_cover (d, "2024-01-01", "2025-01-01");
  metrics_add (d, KENNIS_TYPE_TEAM, "id", "all", NULL);
  for (guint t = 0; t < 3; t++)
    {
      metrics_add (d, KENNIS_TYPE_TEAM, "id", teams[t], "parent", "all", NULL);
      for (guint i = 0; i < people[t]; i++)
        {
          g_autofree char *id = g_strdup_printf ("%s%u", teams[t], i);

          metrics_add (d, KENNIS_TYPE_PERSON, "id", id, "team", teams[t], NULL);
          if (i < participants[t])
            learned (d, id, "2024-02-01", 1);
        }
    }
  m = metrics_measure (d, "uptake.group-access-ratio", "2024", "2024");
  assert_value (m, 0.5);
  CU_ASSERT_EQUAL (m.n, 10);
  CU_ASSERT_EQUAL (m.n_part, 5);
}

/* lena leads the two others all year: 6 hours; they have 2 and 4, 3 on average. */
static void
leaders_are_compared_with_others (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  KennisRawMeasurement m;

  metrics_cover (d, "2024-01-01", "2025-01-01");
  person (d, "lena", NULL, NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "anna", "leader", "lena", NULL);
  metrics_add (d, KENNIS_TYPE_PERSON, "id", "bram", "leader", "lena", NULL);
  learned (d, "lena", "2024-02-01", 6);
  learned (d, "anna", "2024-02-01", 2);
  learned (d, "bram", "2024-02-01", 4);
  m = metrics_measure (d, "uptake.leader-ratio", "2024", "2024");
  assert_value (m, 2);
  CU_ASSERT_EQUAL (m.n_part, 1);
}

static void
begun (KennisDataset *d, const char *who, gint32 start, gint32 days, KennisStatus status)
{
  gint64 first = at ("2024-01-01") + start * KENNIS_MS_PER_DAY;

  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", who, "start", first, "ended",
               days < 0 ? KENNIS_UNKNOWN : first + days * KENNIS_MS_PER_DAY, "status", status, NULL);
}

/* Followed: completed on day 10; left on day 12; given up on day 15; completed on day 20; never ended; and one that began 16 days before the
 * last day observed.  At risk 6, 5, 4, then one is censored on day 16, 2:
 * 1/6 + (5/6 · 4/5 · 3/4) · 1/2 = 1/6 + 1/4 = 5/12. */
static void
completion_is_followed_up (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  const char *ids[] = { "anna", "bram", "cleo", "dirk", "emma", "finn" };

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint i = 0; i < 6; i++)
    person (d, ids[i], NULL, i == 1 ? "2024-01-13" : NULL);
  begun (d, "anna", 0, 10, KENNIS_STATUS_COMPLETED);
  begun (d, "bram", 0, -1, KENNIS_STATUS_ENROLLED);
  begun (d, "cleo", 0, 15, KENNIS_STATUS_ABANDONED);
  begun (d, "dirk", 0, 20, KENNIS_STATUS_COMPLETED);
  begun (d, "emma", 0, -1, KENNIS_STATUS_ENROLLED);
  begun (d, "finn", 365 - 16, -1, KENNIS_STATUS_ENROLLED);
  assert_value (metrics_measure (d, "uptake.completion-rate", "2024", "2024"), 5.0 / 12);
}

/* 24 people with two activities each, so that the variance must be that of leaving people out.  R 4.2, survival 3.5-3:
 *   d <- expand.grid (j = 0:1, i = 0:23); d$start <- (13*d$i + 7*d$j) %% 300; d$t <- 1 + (37*d$i + 101*d$j) %% 200
 *   d$type <- (d$i + 2*d$j) %% 4; leave <- ifelse (d$i %% 6 == 5, 274, 366); keep <- d$start < leave
 *   d <- d[keep, ]; leave <- leave[keep]; follow <- ifelse (leave < 366, leave - d$start, 365 - d$start)
 *   late <- d$type == 3 | d$t > follow; t <- ifelse (late, follow, d$t)
 *   s <- ifelse (late, ifelse (leave < 366, 2, 0), ifelse (d$type == 1, 2, 1))
 *   f <- survfit (Surv (t, factor (s, 0:2)) ~ 1, id = seq_along (t), influence = TRUE)
 *   (the influence has a column for time 0)
 *   k <- max (which (f$time <= 180)); F <- f$pstate[k, 2]; u <- rowsum (f$influence.pstate[, k + 1, 2], d$i)
 *   n <- rowsum (rep (1, nrow (d)), d$i); se <- sqrt (sum ((u / (1 - n / sum (n)))^2) * 23 / 24)
 *   h <- qt (.975, 23) * se / (F * -log (F)); c (F, F^exp (h), F^exp (-h))
 * (u is R's: sqrt (sum (u^2)) and qnorm give 0.25206246 and 0.63782943, as complex-step differentiation by people's weights in Python does;
 * what is done to u since was worked out there, with scipy's t.ppf) */
static void
follow_up_of_repeated_rows_leaves_people_out (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();
  KennisRawMeasurement m;

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (gint32 i = 0; i < 24; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%02d", i);

      person (d, id, NULL, i % 6 == 5 ? "2024-10-01" : NULL);
      for (gint32 j = 0; j < 2; j++)
        {
          gint32 type = (i + 2 * j) % 4, start = (13 * i + 7 * j) % 300, t = 1 + (37 * i + 101 * j) % 200;

          begun (d, id, start, type == 3 ? -1 : t,
                 type == 3   ? KENNIS_STATUS_ENROLLED
                 : type == 1 ? KENNIS_STATUS_ABANDONED
                             : KENNIS_STATUS_COMPLETED);
        }
    }
  m = metrics_measure (d, "uptake.completion-rate", "2024", "2024");
  assert_value (m, 0.455112576832034210);
  assert_within (m.lower, 0.2368583476811037, 1e-10);
  assert_within (m.upper, 0.6503400502967662, 1e-10);
  CU_ASSERT_EQUAL (m.n, 47);
}

static void
requested (KennisDataset *d, const char *who, const char *day, int days, KennisStatus status)
{
  metrics_add (d, KENNIS_TYPE_ACTIVITY, "person", who, "requested", at (day), "decided",
               days < 0 ? KENNIS_UNKNOWN : at (day) + days * KENNIS_MS_PER_DAY, "status", status, NULL);
}

/* Decided after 2, 4 and 6 days; one still waits; one has a yes without a day, which tells nothing.  After 4 days 2 of 4 are decided.
 * Refused or put off for 90 days: 1 + 1; decided or 90 days old: those two, two yeses with a day, the one without, and the old one that waits;
 * put off in December is too new. */
static void
requests_are_decided_and_refused (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  person (d, "anna", NULL, NULL);
  person (d, "bram", NULL, NULL);
  requested (d, "anna", "2024-02-01", 2, KENNIS_STATUS_APPROVED);
  requested (d, "anna", "2024-02-01", 4, KENNIS_STATUS_REFUSED);
  requested (d, "bram", "2024-02-01", 6, KENNIS_STATUS_COMPLETED);
  requested (d, "bram", "2024-02-01", -1, KENNIS_STATUS_REQUESTED);
  requested (d, "bram", "2024-02-02", -1, KENNIS_STATUS_APPROVED);
  assert_value (metrics_measure (d, "uptake.decision-time", "2024", "2024"), 4);
  requested (d, "anna", "2024-03-01", -1, KENNIS_STATUS_DEFERRED);
  requested (d, "anna", "2024-12-01", -1, KENNIS_STATUS_DEFERRED);
  assert_value (metrics_measure (d, "uptake.refusal-rate", "2024", "2024"), 2.0 / 6);
}

/* Ten people say "not yet" on 1 February; four have a talk within 30 days, one on the 31st day after, one a growth talk. */
static void
a_not_yet_is_talked_about (void)
{
  g_autoptr (KennisDataset) d = metrics_dataset ();

  metrics_cover (d, "2024-01-01", "2025-01-01");
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);

      person (d, id, NULL, NULL);
      requested (d, id, "2024-02-01", -1, i % 2 ? KENNIS_STATUS_NOT_YET : KENNIS_STATUS_DECLINED);
      if (i < 5)
        metrics_add (d, KENNIS_TYPE_TALK, "person", id, "kind", KENNIS_TALK_KIND_NOT_YET, "held",
                     at (i < 3    ? "2024-02-01"
                         : i == 3 ? "2024-03-02"
                                  : "2024-03-03"),
                     NULL);
      if (i == 5)
        metrics_add (d, KENNIS_TYPE_TALK, "person", id, "kind", KENNIS_TALK_KIND_GROWTH, "held", at ("2024-02-05"),
                     NULL);
    }
  assert_value (metrics_measure (d, "uptake.not-yet-conversation-rate", "2024", "2024"), 0.4);
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "participation is of residents", participation_is_of_residents },
    { "hours per head divide by presence", hours_per_head_divide_by_presence },
    { "hours and costs per FTE leave unknown posts out", hours_and_costs_per_fte_leave_unknown_posts_out },
    { "a leave without an hourly cost leaves out one person", a_leave_without_an_hourly_cost_leaves_out_one_person },
    { "regularity counts full months", regularity_counts_full_months },
    { "forms of unknown hours do not count", forms_of_unknown_hours_do_not_count },
    { "approach, choice and provider", approach_choice_and_provider },
    { "breadth asks the topic's parent", breadth_asks_the_topics_parent },
    { "the Gini is made up of reach and inequality among the reached",
      the_gini_is_made_up_of_reach_and_inequality_among_the_reached },
    { "the top decile is ten times the minimum group", the_top_decile_is_ten_times_the_minimum_group },
    { "access compares groups that are large enough", access_compares_groups_that_are_large_enough },
    { "leaders are compared with others", leaders_are_compared_with_others },
    { "completion is followed up", completion_is_followed_up },
    { "follow-up of repeated rows leaves people out", follow_up_of_repeated_rows_leaves_people_out },
    { "requests are decided and refused", requests_are_decided_and_refused },
    { "a not yet is talked about", a_not_yet_is_talked_about },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("uptake", tests);
}
