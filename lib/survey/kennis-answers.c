#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "survey/kennis-answers-private.h"
#include "survey/kennis-group-rows-private.h"

/**
 * KennisAnswers:
 *
 * What people answered to an [class@Instrument] in one wave: a row for each, a column for each item.
 *
 * A respondent is an anonymous token as well as a person.  Answers never change and may be used from any thread.  They are not
 * gated: code that holds them holds the data (docs/privacy.md).
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisAnswers, kennis_answers, G_TYPE_OBJECT)

static void
kennis_answers_finalize (GObject *object)
{
  KennisAnswers *self = KENNIS_ANSWERS (object);

  g_clear_object (&self->instrument);
  g_free (self->wave);
  g_free (self->values);
  g_strfreev (self->respondents);
  g_strfreev (self->teams);
  g_strfreev (self->languages);
  g_hash_table_unref (self->invited);

  G_OBJECT_CLASS (kennis_answers_parent_class)->finalize (object);
}

static void
kennis_answers_class_init (KennisAnswersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_answers_finalize;
}

static void
kennis_answers_init (KennisAnswers *self)
{
  self->invited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static char **
texts_or_empty (const char *const *texts, guint n)
{
  char **copy = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    copy[i] = g_strdup (texts != NULL ? texts[i] : "");
  return copy;
}

static gboolean
check_length (const char *const *texts, guint n, const char *what, GError **error)
{
  if (texts == NULL || g_strv_length ((char **) texts) == n)
    return TRUE;
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("%s: %u texts for %u rows; each row needs one"), what,
               g_strv_length ((char **) texts), n);
  return FALSE;
}

/* What is out of its item's range is no answer, and is counted. */
static void
reject (KennisAnswers *self)
{
  for (guint row = 0; row < self->n_rows; row++)
    for (guint i = 0; i < self->n_items; i++)
      {
        double *value = &self->values[(gsize) row * self->n_items + i];

        if (!isnan (*value) && isnan (kennis_item_score (self->instrument->items->pdata[i], *value)))
          {
            *value = NAN;
            self->n_rejected++;
          }
      }
}

/**
 * kennis_answers_new:
 * @instrument: an instrument
 * @values: rows of doubles, one for each item of [method@Instrument.list_items]; NaN: no answer
 * @respondents: (nullable) (array zero-terminated=1): for each row a person or token
 * @teams: (nullable) (array zero-terminated=1): for each row the id of a team, empty for unknown
 * @languages: (nullable) (array zero-terminated=1): for each row the language, empty for unknown
 * @error: return location for an error
 *
 * Takes answers that are there already as a matrix.
 *
 * An answer out of its item's range counts as none, see [method@Answers.get_n_rejected].
 *
 * Errors: %KENNIS_ERROR_INVALID where lengths do not agree.
 *
 * Returns: (transfer full): new answers
 *
 * Since: 1.0
 */
KennisAnswers *
kennis_answers_new (KennisInstrument *instrument, GBytes *values, const char *const *respondents,
                    const char *const *teams, const char *const *languages, GError **error)
{
  KennisAnswers *self;
  const double *matrix;
  gsize n;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (instrument), NULL);
  g_return_val_if_fail (values != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!kennis_survey_matrix (values, instrument->items->len, &matrix, &n, error)
      || !check_length (respondents, (guint) n, _("respondents"), error)
      || !check_length (teams, (guint) n, _("teams"), error)
      || !check_length (languages, (guint) n, _("languages"), error))
    return NULL;
  self = g_object_new (KENNIS_TYPE_ANSWERS, NULL);
  self->instrument = g_object_ref (instrument);
  self->n_rows = (guint) n;
  self->n_items = instrument->items->len;
  self->values = g_new (double, n * self->n_items + 1);
  if (n > 0)
    memcpy (self->values, matrix, g_bytes_get_size (values));
  self->respondents = texts_or_empty (respondents, self->n_rows);
  self->teams = texts_or_empty (teams, self->n_rows);
  self->languages = texts_or_empty (languages, self->n_rows);
  reject (self);
  return self;
}

/**
 * kennis_answers_get_instrument:
 * @self: answers
 *
 * Gets the instrument.
 *
 * Returns: (transfer none) (nullable): the instrument; %NULL for answers that were not made
 *
 * Since: 1.0
 */
KennisInstrument *
kennis_answers_get_instrument (KennisAnswers *self)
{
  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), NULL);

  return self->instrument;
}

/**
 * kennis_answers_get_wave:
 * @self: answers
 *
 * Gets the wave.
 *
 * Returns: (nullable): the wave; %NULL where none was said
 *
 * Since: 1.0
 */
const char *
kennis_answers_get_wave (KennisAnswers *self)
{
  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), NULL);

  return self->wave;
}

/**
 * kennis_answers_get_n_rows:
 * @self: answers
 *
 * Gets how many respondents there are.
 *
 * Returns: how many respondents there are
 *
 * Since: 1.0
 */
guint
kennis_answers_get_n_rows (KennisAnswers *self)
{
  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), 0);

  return self->n_rows;
}

/**
 * kennis_answers_get_n_rejected:
 * @self: answers
 *
 * Gets how many answers were not taken: out of their item's range, or to an item that the instrument does not have.
 *
 * Returns: how many answers were not taken
 *
 * Since: 1.0
 */
guint64
kennis_answers_get_n_rejected (KennisAnswers *self)
{
  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), 0);

  return self->n_rejected;
}

/**
 * kennis_answers_list_respondents:
 * @self: answers
 *
 * Gets the persons or tokens, one for each row, in the order of the rows.
 *
 * Returns: (transfer full) (array zero-terminated=1): the persons or tokens
 *
 * Since: 1.0
 */
char **
kennis_answers_list_respondents (KennisAnswers *self)
{
  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), NULL);

  return self->respondents != NULL ? g_strdupv (self->respondents) : g_new0 (char *, 1);
}

guint *
kennis_answers_columns (KennisAnswers *self, const char *scale, guint *n, GError **error)
{
  KennisScale *wanted =
      scale != NULL && self->instrument != NULL ? kennis_instrument_scale (self->instrument, scale) : NULL;
  guint *columns;

  *n = 0;
  if (self->instrument == NULL || (scale != NULL && wanted == NULL))
    {
      g_auto (GStrv) scales =
          self->instrument != NULL ? kennis_instrument_list_scales (self->instrument) : g_new0 (char *, 1);
      g_autofree char *accepted = g_strjoinv (", ", scales);

      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("there is no scale “%s”; accepted are %s"),
                   scale != NULL ? scale : "", accepted);
      return NULL;
    }
  columns = g_new (guint, self->n_items + 1);
  for (guint i = 0; i < self->n_items; i++)
    if (kennis_instrument_is_within (self->instrument, self->instrument->items->pdata[i], wanted))
      columns[(*n)++] = i;
  return columns;
}

/**
 * kennis_answers_get_values:
 * @self: answers
 * @scale: (nullable): the id of a scale; %NULL: the instrument
 * @error: return location for an error
 *
 * Gets the answers to the items of a scale, in the direction of the scale: as [class@Reliability] and
 * [class@Agreement] take them.
 *
 * A reversed item's answer is low + high − answer.  Where the items of the scale do not all have the same range, all are put on 0
 * to 100.
 *
 * Errors: %KENNIS_ERROR_INVALID names the scales that there are.
 *
 * Returns: (transfer full): rows of doubles, one for each item of [method@Instrument.list_items]; NaN: no answer
 *
 * Since: 1.0
 */
GBytes *
kennis_answers_get_values (KennisAnswers *self, const char *scale, GError **error)
{
  g_autofree guint *columns = NULL;
  const KennisItem *first;
  gboolean one_range = TRUE;
  double *values;
  guint n;

  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  columns = kennis_answers_columns (self, scale, &n, error);
  if (columns == NULL)
    return NULL;
  first = self->instrument->items->pdata[columns[0]];
  for (guint i = 0; i < n; i++)
    {
      const KennisItem *item = self->instrument->items->pdata[columns[i]];

      one_range = one_range && item->low == first->low && item->high == first->high;
    }
  values = g_new (double, (gsize) self->n_rows *n + 1);
  for (guint row = 0; row < self->n_rows; row++)
    for (guint i = 0; i < n; i++)
      {
        const KennisItem *item = self->instrument->items->pdata[columns[i]];
        double answer = self->values[(gsize) row * self->n_items + columns[i]];

        values[(gsize) row * n + i] = !one_range       ? kennis_item_score (item, answer)
                                      : item->reversed ? item->low + item->high - answer
                                                       : answer;
      }
  return g_bytes_new_take (values, (gsize) self->n_rows * n * sizeof *values);
}

/**
 * kennis_answers_score:
 * @self: answers
 * @scale: (nullable): the id of a scale; %NULL: the instrument
 * @error: return location for an error
 *
 * Works out each respondent's score on a scale.
 *
 * It is the mean, over the items of the scale and of those below it that the respondent answered, of
 * [method@Instrument.score_answer]: 0 to 100; NaN where less than [method@Instrument.get_minimum_answered] of them were answered.
 *
 * Errors: %KENNIS_ERROR_INVALID names the scales that there are.
 *
 * Returns: (transfer full): one double for each row
 *
 * Since: 1.0
 */
GBytes *
kennis_answers_score (KennisAnswers *self, const char *scale, GError **error)
{
  g_autofree guint *columns = NULL;
  double *scores, minimum;
  guint n;

  g_return_val_if_fail (KENNIS_IS_ANSWERS (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  columns = kennis_answers_columns (self, scale, &n, error);
  if (columns == NULL)
    return NULL;
  minimum = scale != NULL ? kennis_instrument_get_minimum_answered (self->instrument, scale) : 0.5;
  scores = g_new (double, self->n_rows + 1);
  for (guint row = 0; row < self->n_rows; row++)
    {
      double sum = 0;
      guint answered = 0;

      for (guint i = 0; i < n; i++)
        {
          double answer = self->values[(gsize) row * self->n_items + columns[i]];

          if (isnan (answer))
            continue;
          sum += kennis_item_score (self->instrument->items->pdata[columns[i]], answer);
          answered++;
        }
      /* The share is a decimal: 2 of 3 is enough for 0.6667. */
      scores[row] = answered > 0 && answered >= minimum * n - 1e-3 ? sum / answered : NAN;
    }
  return g_bytes_new_take (scores, self->n_rows * sizeof *scores);
}
