#include "config.h"

#include "metric/kennis-ground-types-private.h"
#include "survey/kennis-answers-private.h"

#include <math.h>
#include <string.h>

/* Answers to the instruments that come with the library, one sheet for each respondent and wave. */

#define RESPONSE KENNIS_RECORD_TYPE_RESPONSE
#define INVITATION KENNIS_RECORD_TYPE_INVITATION

void
kennis_survey_free (gpointer data)
{
  KennisSurvey *self = data;

  g_free (self->id);
  g_strfreev (self->scales);
  g_array_unref (self->sheets);
  g_array_unref (self->scores);
  kennis_order_clear (&self->by_person);
  kennis_order_clear (&self->by_team);
  g_array_unref (self->tokens);
  g_array_unref (self->waves);
  g_array_unref (self->asked);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->ranges, g_array_unref);
  g_free (self);
}

static gboolean
is_word (const KennisGround *ground, KennisRecordType type, guint field, gsize row, const char *word)
{
  gint64 value = kennis_ground_value (ground, type, field, row);

  return g_strcmp0 (kennis_dataset_text (ground->facts, KENNIS_SPACE_WORD, value), word) == 0;
}

/* By respondent: the first day of an answer in the wave, and the first team that is known. */
typedef struct
{
  guint    wave;
  gint32  *day;
  guint32 *team;
  guint8  *has_answers;
} Rows;

static void
read_rows (const KennisGround *ground, const char *instrument, const char *wave, guint32 n, Rows *rows)
{
  for (guint32 i = 0; i < n; i++)
    {
      rows->day[i] = KENNIS_NO_DAY;
      rows->team[i] = KENNIS_INTERN_NONE;
      rows->has_answers[i] = FALSE;
    }
  for (guint32 row = 0; row < ground->facts->tables[RESPONSE].n_rows; row++)
    {
      guint32 who = kennis_ground_index (ground, RESPONSE, KENNIS_RESPONSE_RESPONDENT, row);
      gint32 day = kennis_ground_day (ground, kennis_ground_value (ground, RESPONSE, KENNIS_RESPONSE_TIME, row));

      if (who >= n || !is_word (ground, RESPONSE, KENNIS_RESPONSE_INSTRUMENT, row, instrument)
          || !is_word (ground, RESPONSE, KENNIS_RESPONSE_WAVE, row, wave))
        continue;
      if (day != KENNIS_NO_DAY && (rows->day[who] == KENNIS_NO_DAY || day < rows->day[who]))
        rows->day[who] = day;
      rows->has_answers[who] |= kennis_ground_value (ground, RESPONSE, KENNIS_RESPONSE_SCORE, row) != KENNIS_UNKNOWN;
      if (rows->team[who] == KENNIS_INTERN_NONE)
        rows->team[who] = kennis_ground_index (ground, RESPONSE, KENNIS_RESPONSE_TEAM, row);
    }
}

static GHashTable *
numbers_of (const KennisGround *ground, KennisSpace space)
{
  GHashTable *numbers = g_hash_table_new (g_str_hash, g_str_equal);
  guint32 n = kennis_intern_size (ground->facts->spaces[space]);

  for (guint32 i = 0; i < n; i++)
    g_hash_table_insert (numbers, (gpointer) kennis_intern_get (ground->facts->spaces[space], i, NULL),
                         GUINT_TO_POINTER (i + 1));
  return numbers;
}

/* A token is placed in a team where someone of the roster is in that team on that day: else no group would have it. */
static guint32
place_token (const KennisGround *ground, const KennisOrder *segments, guint32 team, gint32 day)
{
  if (team >= ground->n_teams)
    return KENNIS_INTERN_NONE;
  for (guint32 i = segments->first[team]; i < segments->first[team + 1]; i++)
    {
      const KennisSegment *s = &ground->segments[segments->items[i]];

      if (s->on_roster && s->present > 0 && s->first_day <= day && day < s->end_day)
        return team;
    }
  return KENNIS_INTERN_NONE;
}

typedef struct
{
  KennisGround *ground;
  GHashTable   *persons, *respondents;
  KennisOrder   segments;     /* by team */
} Names;

static void
add_sheets (const Names *names, KennisSurvey *survey, KennisAnswers *answers, const Rows *rows)
{
  const KennisGround *ground = names->ground;
  guint n_scales = g_strv_length (survey->scales), first = survey->sheets->len;

  for (guint i = 0; i < answers->n_rows; i++)
    {
      guint32 who = GPOINTER_TO_UINT (g_hash_table_lookup (names->respondents, answers->respondents[i])) - 1;
      guint32 person = GPOINTER_TO_UINT (g_hash_table_lookup (names->persons, answers->respondents[i])) - 1;
      KennisSheetFact sheet = { ground->n_persons + who, KENNIS_INTERN_NONE, rows->day[who], rows->wave,
                                rows->has_answers[who] };

      person = person < ground->n_persons ? kennis_ground_person (ground, person) : KENNIS_INTERN_NONE;
      if (person < ground->n_persons && kennis_ground_on_roster (ground, person))
        sheet.owner = person;
      else
        sheet.team = place_token (ground, &names->segments, rows->team[who], rows->day[who]);
      g_array_append_val (survey->sheets, sheet);
    }
  g_array_set_size (survey->scores, survey->sheets->len * n_scales);
  for (guint s = 0; s < n_scales; s++)
    {
      g_autoptr (GBytes) bytes = kennis_answers_score (answers, survey->scales[s], NULL);
      const double *scores = g_bytes_get_data (bytes, NULL);

      for (guint i = 0; i < answers->n_rows; i++)
        g_array_index (survey->scores, double, (first + i) * n_scales + s) = scores[i];
    }
}

static void
order_sheets (const KennisGround *ground, KennisSurvey *survey)
{
  guint n = survey->sheets->len;
  g_autofree guint32 *person = g_new (guint32, n + 1), *team = g_new (guint32, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const KennisSheetFact *sheet = &g_array_index (survey->sheets, KennisSheetFact, i);

      person[i] = sheet->owner;
      team[i] = sheet->team;
      if (sheet->owner >= ground->n_persons)
        g_array_append_val (survey->tokens, i);
    }
  kennis_order_make (&survey->by_person, person, n, ground->n_persons);
  kennis_order_make (&survey->by_team, team, n, ground->n_teams);
}

static gint32
first_of (gint32 day, gint32 other)
{
  return day == KENNIS_NO_DAY || other == KENNIS_NO_DAY ? MAX (day, other) : MIN (day, other);
}

static void
add_wave (const KennisGround *ground, KennisSurvey *survey, const char *wave, const Rows *rows, guint32 n)
{
  KennisWaveFact fact = { KENNIS_NO_DAY, FALSE, survey->sheets->len };
  gboolean is_told;

  for (guint32 row = 0; row < ground->facts->tables[INVITATION].n_rows; row++)
    {
      KennisAskedFact asked = { rows->wave, kennis_ground_index (ground, INVITATION, KENNIS_INVITATION_TEAM, row),
                                (guint64) MAX (0, kennis_ground_value (ground, INVITATION, KENNIS_INVITATION_PEOPLE, row)) };
      gint32 day = kennis_ground_day (ground, kennis_ground_value (ground, INVITATION, KENNIS_INVITATION_FROM, row));

      if (!is_word (ground, INVITATION, KENNIS_INVITATION_INSTRUMENT, row, survey->id)
          || !is_word (ground, INVITATION, KENNIS_INVITATION_WAVE, row, wave))
        continue;
      fact.has_invitations = TRUE;
      fact.day = first_of (fact.day, day);
      g_array_append_val (survey->asked, asked);
    }
  is_told = fact.day != KENNIS_NO_DAY;
  for (guint32 i = 0; i < n && !is_told; i++)
    fact.day = first_of (fact.day, rows->day[i]);
  /* An answer without a time is of the day on which people were asked. */
  for (guint32 i = 0; i < n && is_told; i++)
    rows->day[i] = rows->day[i] != KENNIS_NO_DAY ? rows->day[i] : fact.day;
  g_array_append_val (survey->waves, fact);
}

static void
keep_items (KennisSurvey *survey, KennisAnswers *answers)
{
  for (guint s = 0; survey->scales[s] != NULL; s++)
    g_ptr_array_add (survey->items, kennis_answers_get_values (answers, survey->scales[s], NULL));
}

static void
find_ranges (KennisSurvey *survey, KennisInstrument *instrument)
{
  survey->items = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  survey->ranges = g_array_new (FALSE, FALSE, sizeof (KennisSurveyScale));
  for (guint s = 0; survey->scales[s] != NULL; s++)
    {
      g_auto (GStrv) items = kennis_instrument_list_items (instrument, survey->scales[s]);
      KennisSurveyScale scale = { g_strv_length (items), kennis_instrument_get_item_low (instrument, items[0]),
                                  kennis_instrument_get_item_high (instrument, items[0]) };

      for (guint i = 1; i < scale.n_items; i++)
        if (kennis_instrument_get_item_low (instrument, items[i]) != scale.low
            || kennis_instrument_get_item_high (instrument, items[i]) != scale.high)
          scale.low = scale.high = 0;
      g_array_append_val (survey->ranges, scale);
    }
}

static void
add_survey (const Names *names, KennisInstrument *instrument, gboolean with_items)
{
  KennisGround *ground = names->ground;
  guint32 n = kennis_intern_size (ground->facts->spaces[KENNIS_SPACE_RESPONDENT]);
  g_auto (GStrv) waves = kennis_answers_list_waves (instrument, ground->summary);
  g_autofree gint32 *day = g_new (gint32, n + 1);
  g_autofree guint32 *team = g_new (guint32, n + 1);
  g_autofree guint8 *has_answers = g_new (guint8, n + 1);
  Rows rows = { 0, day, team, has_answers };
  KennisSurvey *survey = g_new0 (KennisSurvey, 1);

  survey->id = g_strdup (kennis_instrument_get_id (instrument));
  survey->scales = kennis_instrument_list_scales (instrument);
  survey->sheets = g_array_new (FALSE, FALSE, sizeof (KennisSheetFact));
  survey->scores = g_array_new (FALSE, FALSE, sizeof (double));
  survey->tokens = g_array_new (FALSE, FALSE, sizeof (guint));
  survey->waves = g_array_new (FALSE, FALSE, sizeof (KennisWaveFact));
  survey->asked = g_array_new (FALSE, FALSE, sizeof (KennisAskedFact));
  if (with_items)
    find_ranges (survey, instrument);
  for (guint w = 0; waves[w] != NULL; w++)
    {
      g_autoptr (KennisAnswers) answers = kennis_answers_new_from_summary (instrument, ground->summary, waves[w], NULL);

      if (answers == NULL)
        continue;
      rows.wave = survey->waves->len;
      read_rows (ground, survey->id, waves[w], n, &rows);
      add_wave (ground, survey, waves[w], &rows, n);
      add_sheets (names, survey, answers, &rows);
      if (with_items)
        keep_items (survey, answers);
    }
  order_sheets (ground, survey);
  g_ptr_array_add (ground->surveys, survey);
}

static void
names_init (Names *self, KennisGround *ground)
{
  g_autofree guint32 *team = g_new (guint32, (gsize) ground->n_segments + 1);

  self->ground = ground;
  self->persons = numbers_of (ground, KENNIS_SPACE_PERSON);
  self->respondents = numbers_of (ground, KENNIS_SPACE_RESPONDENT);
  for (guint32 i = 0; i < ground->n_segments; i++)
    team[i] = ground->segments[i].team;
  kennis_order_make (&self->segments, team, ground->n_segments, ground->n_teams);
}

static void
names_clear (Names *self)
{
  g_hash_table_unref (self->persons);
  g_hash_table_unref (self->respondents);
  kennis_order_clear (&self->segments);
}

void
kennis_ground_build_surveys (KennisGround *self)
{
  g_autoptr (GListModel) instruments = NULL;
  Names names;

  self->surveys = g_ptr_array_new_with_free_func (kennis_survey_free);
  if (self->facts->tables[RESPONSE].n_rows == 0)
    return;
  instruments = kennis_instrument_list ();
  names_init (&names, self);
  for (guint i = 0; i < g_list_model_get_n_items (instruments); i++)
    {
      g_autoptr (KennisInstrument) instrument = g_list_model_get_item (instruments, i);

      add_survey (&names, instrument, FALSE);
    }
  names_clear (&names);
}

void
kennis_ground_add_survey (KennisGround *self, KennisInstrument *instrument)
{
  Names names;

  for (guint i = 0; i < self->surveys->len; i++)
    if (g_str_equal (((KennisSurvey *) self->surveys->pdata[i])->id, kennis_instrument_get_id (instrument)))
      g_ptr_array_remove_index (self->surveys, i--);
  if (self->facts->tables[RESPONSE].n_rows == 0)
    return;
  names_init (&names, self);
  add_survey (&names, instrument, TRUE);
  kennis_ground_extend_by_survey (self, self->surveys->pdata[self->surveys->len - 1]);
  names_clear (&names);
}

const KennisSurvey *
kennis_ground_survey (const KennisGround *self, const char *instrument)
{
  for (guint i = 0; i < self->surveys->len; i++)
    {
      const KennisSurvey *survey = g_ptr_array_index (self->surveys, i);

      if (g_str_equal (survey->id, instrument) && survey->sheets->len > 0)
        return survey;
    }
  return NULL;
}
