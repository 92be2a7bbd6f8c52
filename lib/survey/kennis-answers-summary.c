#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "summary/kennis-summary-private.h"
#include "survey/kennis-answers-private.h"

#define DECIMALS 1e6     /* of KENNIS_KIND_DECIMAL */

typedef struct
{
  KennisDataset *facts;
  const char    *instrument;
  const char    *wave;
} Source;

static gint64
value_of (const Source *self, KennisRecordType type, guint field, gsize row)
{
  return kennis_column_get (&self->facts->tables[type].columns[field], row);
}

static const char *
word_of (const Source *self, KennisRecordType type, guint field, gsize row)
{
  return kennis_dataset_text (self->facts, KENNIS_SPACE_WORD, value_of (self, type, field, row));
}

static gboolean
is_wanted (const Source *self, KennisRecordType type, guint instrument, guint wave, gsize row)
{
  return g_strcmp0 (word_of (self, type, instrument, row), self->instrument) == 0
         && (self->wave == NULL || g_strcmp0 (word_of (self, type, wave, row), self->wave) == 0);
}

static int
by_bytes (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The rows of the table of responses that count, and the respondents, sorted. */
static GArray *
find_rows (const Source *self, GPtrArray *respondents)
{
  const KennisRecordType type = KENNIS_RECORD_TYPE_RESPONSE;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint32 row = 0; row < self->facts->tables[type].n_rows; row++)
    if (is_wanted (self, type, KENNIS_RESPONSE_INSTRUMENT, KENNIS_RESPONSE_WAVE, row))
      {
        const char *respondent = kennis_dataset_text (self->facts, KENNIS_SPACE_RESPONDENT,
                                                      value_of (self, type, KENNIS_RESPONSE_RESPONDENT, row));

        g_array_append_val (rows, row);
        if (g_hash_table_add (seen, (gpointer) respondent))
          g_ptr_array_add (respondents, (gpointer) respondent);
      }
  g_ptr_array_sort (respondents, by_bytes);
  return rows;
}

static void
take_text (char **text, const char *found)
{
  if (found == NULL || *found == '\0' || **text != '\0')
    return;
  g_free (*text);
  *text = g_strdup (found);
}

static void
fill_row (KennisAnswers *self, const Source *source, GHashTable *columns, guint32 row, guint respondent)
{
  const KennisRecordType type = KENNIS_RECORD_TYPE_RESPONSE;
  const char *item = word_of (source, type, KENNIS_RESPONSE_ITEM, row);
  gint64 score = value_of (source, type, KENNIS_RESPONSE_SCORE, row);
  gpointer column = NULL;
  double answer;

  take_text (&self->teams[respondent], kennis_dataset_text (source->facts, KENNIS_SPACE_TEAM,
                                                            value_of (source, type, KENNIS_RESPONSE_TEAM, row)));
  take_text (&self->languages[respondent], word_of (source, type, KENNIS_RESPONSE_LANGUAGE, row));
  if (score == KENNIS_UNKNOWN)
    return;
  answer = (double) score / DECIMALS;
  if (!g_hash_table_lookup_extended (columns, item, NULL, &column)
      || isnan (kennis_item_score (self->instrument->items->pdata[GPOINTER_TO_UINT (column)], answer)))
    {
      self->n_rejected++;
      return;
    }
  self->values[(gsize) respondent * self->n_items + GPOINTER_TO_UINT (column)] = answer;
}

static void
fill (KennisAnswers *self, const Source *source)
{
  g_autoptr (GPtrArray) respondents = g_ptr_array_new ();
  g_autoptr (GArray) rows = find_rows (source, respondents);
  g_autoptr (GHashTable) columns = g_hash_table_new (g_str_hash, g_str_equal),
                         places = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n;

  self->n_rows = respondents->len;
  self->n_items = self->instrument->items->len;
  n = (gsize) self->n_rows * self->n_items;
  self->values = g_new (double, n + 1);
  for (gsize i = 0; i < n; i++)
    self->values[i] = NAN;
  self->respondents = g_new0 (char *, self->n_rows + 1);
  self->teams = g_new0 (char *, self->n_rows + 1);
  self->languages = g_new0 (char *, self->n_rows + 1);
  for (guint i = 0; i < self->n_rows; i++)
    {
      self->respondents[i] = g_strdup (respondents->pdata[i]);
      self->teams[i] = g_strdup ("");
      self->languages[i] = g_strdup ("");
      g_hash_table_insert (places, respondents->pdata[i], GUINT_TO_POINTER (i));
    }
  for (guint i = 0; i < self->n_items; i++)
    g_hash_table_insert (columns, ((KennisItem *) self->instrument->items->pdata[i])->id, GUINT_TO_POINTER (i));
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);
      const char *respondent =
          kennis_dataset_text (source->facts, KENNIS_SPACE_RESPONDENT,
                               value_of (source, KENNIS_RECORD_TYPE_RESPONSE, KENNIS_RESPONSE_RESPONDENT, row));

      fill_row (self, source, columns, row, GPOINTER_TO_UINT (g_hash_table_lookup (places, respondent)));
    }
}

static void
fill_invited (KennisAnswers *self, const Source *source)
{
  const KennisRecordType type = KENNIS_RECORD_TYPE_INVITATION;

  for (guint32 row = 0; row < source->facts->tables[type].n_rows; row++)
    {
      const char *team;
      double *people;

      if (!is_wanted (source, type, KENNIS_INVITATION_INSTRUMENT, KENNIS_INVITATION_WAVE, row))
        continue;
      team =
          kennis_dataset_text (source->facts, KENNIS_SPACE_TEAM, value_of (source, type, KENNIS_INVITATION_TEAM, row));
      people = g_new (double, 1);
      *people = (double) value_of (source, type, KENNIS_INVITATION_PEOPLE, row);
      g_hash_table_insert (self->invited, g_strdup (team != NULL ? team : ""), people);
    }
}

typedef struct
{
  const char *name;
  gint64      time;
} Wave;

static void
see_waves (const Source *source, KennisRecordType type, guint instrument, guint wave, guint time, GArray *waves)
{
  for (guint32 row = 0; row < source->facts->tables[type].n_rows; row++)
    {
      Wave seen = { .time = G_MAXINT64 };
      guint i;

      if (!is_wanted (source, type, instrument, wave, row))
        continue;
      seen.name = word_of (source, type, wave, row);
      if (value_of (source, type, time, row) != KENNIS_UNKNOWN)
        seen.time = value_of (source, type, time, row);
      for (i = 0; i < waves->len && strcmp (g_array_index (waves, Wave, i).name, seen.name) != 0; i++)
        ;
      if (i == waves->len)
        g_array_append_val (waves, seen);
      else
        g_array_index (waves, Wave, i).time = MIN (g_array_index (waves, Wave, i).time, seen.time);
    }
}

static int
by_time (gconstpointer a, gconstpointer b)
{
  const Wave *x = a, *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  return strcmp (x->name, y->name);
}

/* From the first to the last; of times of which nothing is known G_MAXINT64. */
static GArray *
find_waves (KennisInstrument *instrument, KennisSummary *summary)
{
  GArray *waves = g_array_new (FALSE, FALSE, sizeof (Wave));
  KennisSummaryView view = { 0 };
  Source source = { .instrument = instrument->id };

  if (kennis_summary_is_made (summary) && instrument->id != NULL)
    {
      kennis_summary_view (summary, &view);
      source.facts = view.facts;
      see_waves (&source, KENNIS_RECORD_TYPE_INVITATION, KENNIS_INVITATION_INSTRUMENT, KENNIS_INVITATION_WAVE,
                 KENNIS_INVITATION_FROM, waves);
      see_waves (&source, KENNIS_RECORD_TYPE_RESPONSE, KENNIS_RESPONSE_INSTRUMENT, KENNIS_RESPONSE_WAVE,
                 KENNIS_RESPONSE_TIME, waves);
    }
  g_array_sort (waves, by_time);
  return waves;
}

static char **
names_of (const GArray *waves)
{
  char **names = g_new0 (char *, waves->len + 1);

  for (guint i = 0; i < waves->len; i++)
    names[i] = g_strdup (g_array_index (waves, Wave, i).name);
  return names;
}

/* KENNIS_UNKNOWN where nothing tells it. */
static gint64
beginning_of (const GArray *waves, const char *name)
{
  for (guint i = 0; i < waves->len; i++)
    {
      const Wave *wave = &g_array_index (waves, Wave, i);

      if (strcmp (wave->name, name) == 0)
        return wave->time == G_MAXINT64 ? KENNIS_UNKNOWN : wave->time;
    }
  return KENNIS_UNKNOWN;
}

/**
 * kennis_answers_new_from_summary:
 * @instrument: an instrument
 * @summary: a summary
 * @wave: a wave
 * @error: return location for an error
 *
 * Gets what people answered to an instrument in one wave.
 *
 * Rows are sorted by the bytes of the respondents' names, so that they do not depend on the order of the sources.  A respondent's team and
 * language are the first known ones.  Answers to items that the instrument does not have, or out of their range, are not taken
 * and counted ([method@Answers.get_n_rejected]).
 *
 * Errors: %KENNIS_ERROR_NO_DATA names the waves that there are, or tells that there are none.
 *
 * Returns: (transfer full): new answers
 *
 * Since: 1.0
 */
KennisAnswers *
kennis_answers_new_from_summary (KennisInstrument *instrument, KennisSummary *summary, const char *wave,
                                 GError **error)
{
  KennisAnswers *self;
  KennisSummaryView view;
  Source source = { .wave = wave };
  g_autoptr (GArray) times = NULL;
  g_auto (GStrv) waves = NULL;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (instrument), NULL);
  g_return_val_if_fail (KENNIS_IS_SUMMARY (summary), NULL);
  g_return_val_if_fail (wave != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  times = find_waves (instrument, summary);
  waves = names_of (times);
  if (waves[0] == NULL)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA, _("nobody was asked or answered “%s”"),
                   instrument->id != NULL ? instrument->id : "");
      return NULL;
    }
  if (!g_strv_contains ((const char *const *) waves, wave))
    {
      g_autofree char *accepted = g_strjoinv (", ", waves);

      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
                   _("nobody was asked or answered “%s” in wave “%s”; there are the waves: %s"),
                   instrument->id != NULL ? instrument->id : "", wave, accepted);
      return NULL;
    }
  kennis_summary_view (summary, &view);
  source.facts = view.facts;
  source.instrument = instrument->id;
  self = g_object_new (KENNIS_TYPE_ANSWERS, NULL);
  self->instrument = g_object_ref (instrument);
  self->wave = g_strdup (wave);
  self->begins = beginning_of (times, wave);
  fill (self, &source);
  fill_invited (self, &source);
  return self;
}

/**
 * kennis_answers_list_waves:
 * @instrument: an instrument
 * @summary: a summary
 *
 * Gets the waves of an instrument that a summary knows, from the first to the last.
 *
 * A wave begins when its invitation says so, or with its first answer; waves of which no time is known come last, by name.
 *
 * Returns: (transfer full) (array zero-terminated=1): the waves
 *
 * Since: 1.0
 */
char **
kennis_answers_list_waves (KennisInstrument *instrument, KennisSummary *summary)
{
  g_autoptr (GArray) waves = NULL;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (instrument), NULL);
  g_return_val_if_fail (KENNIS_IS_SUMMARY (summary), NULL);

  waves = find_waves (instrument, summary);
  return names_of (waves);
}
