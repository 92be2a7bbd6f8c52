#include "config.h"

#include <kennis/kennis-error.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "metric/kennis-estimate-private.h"
#include "metric/kennis-survey-gate-private.h"
#include "survey/kennis-change-private.h"

#define FEWEST 3

/**
 * KennisSurveyGate:
 *
 * Tells which scores of a survey may be shown, where there are answers and no roster.
 *
 * It is the gate of [class@Measurements] (docs/privacy.md), asked about all scales and groups of one survey at once: whoever shows
 * [class@Scores], [class@Agreement], [class@Reliability] or [class@Change] to readers shows no more than it lets through.  It never changes and may be
 * used from any thread.
 *
 * Since: 1.0
 */
struct _KennisSurveyGate
{
  GObject parent_instance;

  guint   minimum_group;
  char  **scales, **groups, **items;
  guint   n_groups;
  guint8 *statuses;        /* by scale: of everybody, then of each group; of KennisMeasureStatus */
  guint8 *item_statuses;
};

G_DEFINE_FINAL_TYPE (KennisSurveyGate, kennis_survey_gate, G_TYPE_OBJECT)

static void
kennis_survey_gate_finalize (GObject *object)
{
  KennisSurveyGate *self = KENNIS_SURVEY_GATE (object);

  g_strfreev (self->scales);
  g_strfreev (self->groups);
  g_strfreev (self->items);
  g_free (self->statuses);
  g_free (self->item_statuses);

  G_OBJECT_CLASS (kennis_survey_gate_parent_class)->finalize (object);
}

static void
kennis_survey_gate_class_init (KennisSurveyGateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_survey_gate_finalize;
}

static void
kennis_survey_gate_init (KennisSurveyGate *self)
{
}

static int
place_of (char **texts, const char *text)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    if (strcmp (texts[i], text) == 0)
      return (int) i;
  return -1;
}

static int
by_bytes (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Groups may be thousands, and are sorted. */
static int
place_of_group (const KennisSurveyGate *self, const char *group)
{
  char **found = bsearch (&group, self->groups, self->n_groups, sizeof *self->groups, by_bytes);

  return found != NULL ? (int) (found - self->groups) : -1;
}

/* ── What the gate is told ───────────────────────────────────────────────────────────────────────────────────────── */

/* Everybody is population 0, each group the next, and those in no group the last: they are what everybody less the groups tells of. */
static KennisMeasureSet *
set_new (KennisAnswers *answers, KennisGroupBy by, char **groups, guint minimum)
{
  static const char *const none[] = { NULL }, *const one[] = { "group", NULL };
  g_autoptr (GBytes) everybody = kennis_answers_get_groups (answers, KENNIS_GROUP_BY_ALL);
  g_autoptr (GBytes) grouped = kennis_answers_get_groups (answers, by);
  const guint32 *answered = g_bytes_get_data (everybody, NULL), *group = g_bytes_get_data (grouped, NULL);
  guint n_rows = kennis_answers_get_n_rows (answers), n = g_strv_length (groups);
  g_autoptr (GPtrArray) people = g_ptr_array_new_full (n + 2, (GDestroyNotify) g_array_unref);
  KennisMeasureSet *set = kennis_measure_set_new ();

  set->minimum_group = set->minimum_survey_group = minimum;
  g_ptr_array_add (set->groupings, g_strdupv ((char **) none));
  g_ptr_array_add (set->groupings, g_strdupv ((char **) one));
  for (guint p = 0; p < n + 2; p++)
    g_ptr_array_add (people, g_array_new (FALSE, FALSE, sizeof (guint32)));
  for (guint32 row = 0; row < n_rows; row++)
    if (answered[row] == 0)
      {
        g_array_append_val (people->pdata[0], row);
        g_array_append_val (people->pdata[1 + MIN (group[row], n)], row);
      }
  for (guint p = 0; p < n + 2; p++)
    {
      GArray *of = people->pdata[p];
      KennisPopulation population = { .grouping = p > 0, .group = g_new0 (char *, 2), .end_month = 1, .n_people = of->len,
                                      .people = g_memdup2 (of->data, of->len * sizeof (guint32)) };

      population.group[0] = p == 0 ? NULL : g_strdup (p <= n ? groups[p - 1] : "");
      g_array_append_val (set->populations, population);
    }
  return set;
}

/* That all say the same tells what each said, at the ends of the scale or between them: the gate is told of it as of a part of nobody. */
static void
add_score (KennisMeasureSet *set, guint scale, guint population, const double *scores)
{
  const KennisPopulation *p = &g_array_index (set->populations, KennisPopulation, population);
  g_autofree double *x = g_new (double, p->n_people + 1);
  double sum = 0, least = INFINITY, most = -INFINITY;
  KennisRawMeasurement raw = { .metric = scale, .population = population, .value = NAN, .lower = NAN, .upper = NAN, .coverage = NAN,
                               .n_part = G_MAXUINT32, .n_positive = G_MAXUINT32, .is_additive = TRUE };

  for (guint i = 0; i < p->n_people; i++)
    if (!isnan (scores[p->people[i]]))
      {
        x[raw.n_people++] = scores[p->people[i]];
        sum += scores[p->people[i]];
        least = MIN (least, scores[p->people[i]]);
        most = MAX (most, scores[p->people[i]]);
      }
  raw.n = raw.n_people;
  raw.status = raw.n > 0 ? KENNIS_MEASURE_STATUS_OK : KENNIS_MEASURE_STATUS_NO_DATA;
  raw.numerator = sum / 100;
  raw.denominator = raw.n;
  raw.dominance = kennis_estimate_dominance (x, raw.n);
  if (raw.n > 0)
    raw.value = sum / raw.n;
  if (raw.n > 0 && least == most)
    raw.n_part = 0;
  g_array_append_val (set->raw, raw);
}

/* The scale that it is below, with none above. */
static guint
family_of (KennisInstrument *instrument, char **scales, const char *scale)
{
  const char *above;

  while ((above = kennis_instrument_get_scale_parent (instrument, scale)) != NULL)
    scale = above;
  return (guint) place_of (scales, scale) + 1;
}

static void
decide (KennisSurveyGate *self, KennisAnswers *answers, KennisMeasureSet *set, KennisGateFlags flags)
{
  KennisInstrument *instrument = kennis_answers_get_instrument (answers);
  guint n = g_strv_length (self->scales), n_shown = 1 + self->n_groups, n_all = set->populations->len;
  g_autofree KennisGateTraits *traits = g_new0 (KennisGateTraits, n + 1);

  for (guint s = 0; s < n; s++)
    {
      g_autoptr (GBytes) scores = kennis_answers_score (answers, self->scales[s], NULL);

      traits[s] = (KennisGateTraits) { .minimum = self->minimum_group,
                                       .is_sensitive = TRUE,
                                       .is_score = TRUE,
                                       .family = family_of (instrument, self->scales, self->scales[s]) };
      for (guint p = 0; p < n_all; p++)
        add_score (set, s, p, g_bytes_get_data (scores, NULL));
    }
  kennis_gate_apply_with (set, traits, flags);
  self->statuses = g_new0 (guint8, (gsize) n * n_shown + 1);
  for (guint s = 0; s < n; s++)
    for (guint p = 0; p < n_shown; p++)
      self->statuses[s * n_shown + p] =
          (guint8) g_array_index (set->raw, KennisRawMeasurement, (gsize) s * n_all + p).status;
}

/* ── Items ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Of everybody: too few answered it, or all alike. */
static KennisMeasureStatus
judge_item (const double *values, guint n_rows, guint n_items, guint item, guint minimum)
{
  double least = INFINITY, most = -INFINITY;
  guint n = 0;

  for (guint row = 0; row < n_rows; row++)
    {
      double value = values[(gsize) row * n_items + item];

      if (isnan (value))
        continue;
      n++;
      least = MIN (least, value);
      most = MAX (most, value);
    }
  return n == 0                           ? KENNIS_MEASURE_STATUS_NO_DATA
         : n < minimum || !(most > least) ? KENNIS_MEASURE_STATUS_WITHHELD
                                          : KENNIS_MEASURE_STATUS_OK;
}

/* The mean of a scale, less those of its other items, is that of the one that is withheld: so none of its own items is shown.  Nor are any
 * where the scale itself is withheld. */
static void
decide_items (KennisSurveyGate *self, KennisAnswers *answers)
{
  KennisInstrument *instrument = kennis_answers_get_instrument (answers);
  g_autoptr (GBytes) bytes = kennis_answers_get_values (answers, NULL, NULL);
  guint n = g_strv_length (self->items), n_scales = g_strv_length (self->scales);
  g_autofree guint8 *is_hidden = g_new0 (guint8, n_scales + 1);
  g_autofree guint *scale_of = g_new (guint, n + 1);

  self->item_statuses = g_new0 (guint8, n + 1);
  for (guint s = 0; s < n_scales; s++)
    is_hidden[s] = kennis_survey_gate_get_status (self, self->scales[s], NULL) == KENNIS_MEASURE_STATUS_WITHHELD;
  for (guint i = 0; i < n; i++)
    {
      const char *scale = kennis_instrument_get_item_scale (instrument, self->items[i]);

      scale_of[i] = (guint) place_of (self->scales, scale);
      self->item_statuses[i] = (guint8) judge_item (g_bytes_get_data (bytes, NULL), kennis_answers_get_n_rows (answers),
                                                    n, i, self->minimum_group);
      is_hidden[scale_of[i]] |= self->item_statuses[i] == KENNIS_MEASURE_STATUS_WITHHELD;
    }
  for (guint i = 0; i < n; i++)
    if (is_hidden[scale_of[i]] && self->item_statuses[i] == KENNIS_MEASURE_STATUS_OK)
      self->item_statuses[i] = KENNIS_MEASURE_STATUS_WITHHELD;
}

/* ── The type ────────────────────────────────────────────────────────────────────────────────────────────────────── */

KennisSurveyGate *
kennis_survey_gate_new_with (KennisAnswers *answers, KennisGroupBy by, guint minimum_group, KennisGateFlags flags,
                             GError **error)
{
  KennisInstrument *instrument = kennis_answers_get_instrument (answers);
  g_autoptr (KennisMeasureSet) set = NULL;
  KennisSurveyGate *self;

  if (minimum_group < FEWEST || instrument == NULL)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("a smallest group of %u would show what single people said; accepted is %u or more"),
                   minimum_group, FEWEST);
      return NULL;
    }
  self = g_object_new (KENNIS_TYPE_SURVEY_GATE, NULL);
  self->minimum_group = minimum_group;
  self->scales = kennis_instrument_list_scales (instrument);
  self->items = kennis_instrument_list_items (instrument, NULL);
  self->groups = by != KENNIS_GROUP_BY_ALL ? kennis_answers_list_groups (answers, by) : g_new0 (char *, 1);
  self->n_groups = g_strv_length (self->groups);
  set = set_new (answers, by, self->groups, minimum_group);
  decide (self, answers, set, flags);
  decide_items (self, answers);
  return self;
}

/**
 * kennis_survey_gate_new:
 * @answers: answers of one wave
 * @by: how they are grouped
 * @minimum_group: the fewest people who are shown, 3 or more; 8 for surveys
 * @error: return location for an error
 *
 * Decides what may be shown of answers, of everybody and of each group, on all scales.
 *
 * Withheld is the score of a group of which fewer than the minimum have one, or in which all have the same one, or more than 80% of the points are of one
 * person; and what else is needed so that no such score can be worked out from those shown, exactly or narrowly, neither from below (no score is under
 * 0) nor from above (none is over 100).  A scale and the scales below it are withheld together, as one follows from the others.  People in no group
 * count as a group that nobody shows.  The same answers always withhold the same.
 *
 * What people who left items open answered can be told apart by those who know who they are: scale and items count different people then.
 *
 * Errors: %KENNIS_ERROR_INVALID where the minimum is under 3.
 *
 * Time: linear in answers, and that of the gate in scales × groups.  Memory: linear.
 *
 * Returns: (transfer full): a new gate
 *
 * Since: 1.0
 */
KennisSurveyGate *
kennis_survey_gate_new (KennisAnswers *answers, KennisGroupBy by, guint minimum_group, GError **error)
{
  g_return_val_if_fail (KENNIS_IS_ANSWERS (answers), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return kennis_survey_gate_new_with (answers, by, minimum_group, KENNIS_GATE_FLAGS_NONE, error);
}

/**
 * kennis_survey_gate_get_minimum_group:
 * @self: a gate
 *
 * Gets the fewest people who are shown.
 *
 * Returns: the minimum that it was made with
 *
 * Since: 1.0
 */
guint
kennis_survey_gate_get_minimum_group (KennisSurveyGate *self)
{
  g_return_val_if_fail (KENNIS_IS_SURVEY_GATE (self), 0);

  return self->minimum_group;
}

/**
 * kennis_survey_gate_get_status:
 * @self: a gate
 * @scale: the id of a scale
 * @group: (nullable): the label of a group; %NULL: everybody
 *
 * Tells whether the score of a group on a scale may be shown, and all else that is of these people and this scale.
 *
 * Returns: %KENNIS_MEASURE_STATUS_OK, %KENNIS_MEASURE_STATUS_WITHHELD, or %KENNIS_MEASURE_STATUS_NO_DATA where nobody of the group answered
 *   enough of the scale, or there is no such scale or group
 *
 * Since: 1.0
 */
KennisMeasureStatus
kennis_survey_gate_get_status (KennisSurveyGate *self, const char *scale, const char *group)
{
  int s, g;

  g_return_val_if_fail (KENNIS_IS_SURVEY_GATE (self), KENNIS_MEASURE_STATUS_WITHHELD);
  g_return_val_if_fail (scale != NULL, KENNIS_MEASURE_STATUS_WITHHELD);

  s = place_of (self->scales, scale);
  g = group != NULL ? place_of_group (self, group) : 0;
  if (s < 0 || g < 0)
    return KENNIS_MEASURE_STATUS_NO_DATA;
  return self->statuses[(gsize) s * (1 + self->n_groups) + (group != NULL ? (guint) g + 1 : 0)];
}

/**
 * kennis_survey_gate_get_item_status:
 * @self: a gate
 * @item: the id of an item
 *
 * Tells whether the mean of an item, of everybody, may be shown.
 *
 * It may not where fewer than the minimum answered it, or all alike; then no item of the same scale may, from which and the scale's mean it could be worked out.
 *
 * Returns: %KENNIS_MEASURE_STATUS_OK, %KENNIS_MEASURE_STATUS_WITHHELD, or %KENNIS_MEASURE_STATUS_NO_DATA where nobody answered it, or there is no such item
 *
 * Since: 1.0
 */
KennisMeasureStatus
kennis_survey_gate_get_item_status (KennisSurveyGate *self, const char *item)
{
  int i;

  g_return_val_if_fail (KENNIS_IS_SURVEY_GATE (self), KENNIS_MEASURE_STATUS_WITHHELD);
  g_return_val_if_fail (item != NULL, KENNIS_MEASURE_STATUS_WITHHELD);

  i = place_of (self->items, item);
  return i >= 0 ? self->item_statuses[i] : KENNIS_MEASURE_STATUS_NO_DATA;
}

/**
 * kennis_survey_gate_judge_change:
 * @self: a gate, of the later wave
 * @scale: the id of a scale
 * @change: the change of everybody on that scale
 * @figure: a figure of it
 *
 * Tells whether a number of a change may be shown beside the scores of the later wave.
 *
 * It may where the minimum of people were compared (of matched waves: answered both), the scale itself may be shown, neither wave is at one end
 * or has one and the same score of all, and not all changed alike.  Of matched waves nothing is shown where fewer than the minimum, and not nobody, answered only one of them: the means of both
 * waves and the difference would tell of these.  Where not all of the later wave answered both, its mean less that of those who did would
 * tell of the others: the means are then withheld, and their difference is shown.
 *
 * Each scale is judged by itself: where one is withheld, whoever shows several leaves out those above, below and beside it too, from which it would follow, and
 * what a gate of the earlier wave withholds.
 *
 * Returns: %KENNIS_MEASURE_STATUS_OK, %KENNIS_MEASURE_STATUS_WITHHELD, or %KENNIS_MEASURE_STATUS_NO_DATA where nobody can be compared
 *
 * Since: 1.0
 */
KennisMeasureStatus
kennis_survey_gate_judge_change (KennisSurveyGate *self, const char *scale, KennisChange *change,
                                 KennisChangeFigure figure)
{
  KennisMeasureStatus of_scale;
  gboolean is_matched;
  double n_after, n_both, n, before, after, apart;

  g_return_val_if_fail (KENNIS_IS_SURVEY_GATE (self), KENNIS_MEASURE_STATUS_WITHHELD);
  g_return_val_if_fail (KENNIS_IS_CHANGE (change), KENNIS_MEASURE_STATUS_WITHHELD);

  of_scale = kennis_survey_gate_get_status (self, scale, NULL);
  is_matched = kennis_change_get_pairing (change) == KENNIS_PAIRING_MATCHED;
  n_after = kennis_change_get (change, KENNIS_CHANGE_N_AFTER);
  n_both = kennis_change_get (change, KENNIS_CHANGE_N_BOTH);
  n = is_matched ? n_both : MIN (kennis_change_get (change, KENNIS_CHANGE_N_BEFORE), n_after);
  /* What the waves' own means and the difference of those in both tell is a sum over those in one of them. */
  apart = is_matched ? kennis_change_get (change, KENNIS_CHANGE_N_BEFORE) + n_after - 2 * n_both : 0;
  before = kennis_change_get (change, KENNIS_CHANGE_BEFORE);
  after = kennis_change_get (change, KENNIS_CHANGE_AFTER);
  if (of_scale != KENNIS_MEASURE_STATUS_OK)
    return of_scale;
  if (!(n > 0))
    return KENNIS_MEASURE_STATUS_NO_DATA;
  if (n < self->minimum_group || (apart > 0 && apart < self->minimum_group)
      || !(before > 0 && before < 100 && after > 0 && after < 100) || kennis_change_is_any_alike (change)
      || !(kennis_change_get (change, KENNIS_CHANGE_UPPER) > kennis_change_get (change, KENNIS_CHANGE_LOWER)))
    return KENNIS_MEASURE_STATUS_WITHHELD;
  if (is_matched && n_both != n_after && (figure == KENNIS_CHANGE_BEFORE || figure == KENNIS_CHANGE_AFTER))
    return KENNIS_MEASURE_STATUS_WITHHELD;
  return KENNIS_MEASURE_STATUS_OK;
}
