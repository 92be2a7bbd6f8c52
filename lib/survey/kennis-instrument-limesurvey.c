#include "config.h"

#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "read/kennis-limesurvey-private.h"
#include "survey/kennis-instrument-private.h"

static KennisWording *
wording_of (const GPtrArray *texts, const char *otherwise)
{
  KennisWording *wording = kennis_wording_new ();

  for (guint i = 0; i < texts->len; i++)
    g_ptr_array_add (wording, g_strdup (texts->pdata[i]));
  if (wording->len == 0)
    {
      g_ptr_array_add (wording, g_strdup ("en"));
      g_ptr_array_add (wording, g_strdup (otherwise));
    }

  return wording;
}

/* What is asked: the part of an array, else the question. */
static KennisWording *
text_of_item (const KennisLimesurveyItem *item)
{
  const KennisLimesurveyQuestion *part = item->part != NULL ? item->part : item->question;

  return wording_of (part->text, item->id);
}

static int
scale_of (KennisInstrument *self, char *id, const GPtrArray *texts, int parent)
{
  g_autofree char *name = id;
  KennisScale *scale;

  for (guint i = 0; i < self->scales->len; i++)
    if (strcmp (((KennisScale *) self->scales->pdata[i])->id, name) == 0)
      return (int) i;
  scale = g_new0 (KennisScale, 1);
  scale->title = wording_of (texts, name);
  scale->id = g_steal_pointer (&name);
  scale->parent = parent;
  scale->description = kennis_wording_new ();
  scale->minimum_answered = 0.5;
  g_ptr_array_add (self->scales, scale);

  return (int) self->scales->len - 1;
}

static int
compare_scores (gconstpointer a, gconstpointer b)
{
  const KennisLimesurveyAnswer *one = *(void *const *) a, *other = *(void *const *) b;

  return (one->score > other->score) - (one->score < other->score);
}

/* The words of the answers, where each number from the lowest to the highest has some; −1: they are not all there. */
static int
answers_of (KennisInstrument *self, const KennisLimesurveyItem *item)
{
  g_autoptr (GPtrArray) answers = kennis_limesurvey_answers (item);
  g_autofree char *id = g_strdup_printf ("%s-%u", item->question->title, item->scale);
  KennisAnswerSet *set;

  if ((gint64) answers->len != (gint64) item->high - item->low + 1)
    return -1;
  for (guint i = 0; i < self->answer_sets->len; i++)
    if (strcmp (((KennisAnswerSet *) self->answer_sets->pdata[i])->id, id) == 0)
      return (int) i;
  g_ptr_array_sort (answers, compare_scores);
  set = g_new0 (KennisAnswerSet, 1);
  set->id = g_steal_pointer (&id);
  set->low = item->low;
  set->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < answers->len; i++)
    {
      const KennisLimesurveyAnswer *answer = answers->pdata[i];

      g_ptr_array_add (set->labels, wording_of (answer->text, answer->code));
    }
  g_ptr_array_add (self->answer_sets, set);

  return (int) self->answer_sets->len - 1;
}

static void
add_item (KennisInstrument *self, const KennisLimesurveyItem *from)
{
  KennisItem *item = g_new0 (KennisItem, 1);
  int scale = scale_of (self, g_strconcat ("group-", from->group->id, NULL), from->group->text, -1);

  if (from->part != NULL)
    scale = scale_of (self, g_strdup (from->question->title), from->question->text, scale);
  item->id = g_strdup (from->id);
  item->scale = (guint) scale;
  item->text = text_of_item (from);
  item->low = from->low;
  item->high = from->high;
  item->answers = answers_of (self, from);
  g_ptr_array_add (self->items, item);
}

/* Each item once, though titles may come twice in a file that LimeSurvey did not make. */
static KennisInstrument *
make (const KennisLimesurvey *survey, const char *id, const char *name, GError **error)
{
  g_autoptr (KennisInstrument) self = g_object_new (KENNIS_TYPE_INSTRUMENT, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  self->id = g_strdup (id);
  self->validation = KENNIS_VALIDATION_UNVALIDATED;
  g_ptr_array_unref (self->title);
  self->title = wording_of (survey->title, survey->survey);
  for (guint i = 0; i < survey->items->len; i++)
    {
      const KennisLimesurveyItem *item = survey->items->pdata[i];

      if (item->low < item->high && g_hash_table_add (seen, item->id))
        add_item (self, item);
    }
  if (self->items->len > 0)
    return g_steal_pointer (&self);
  g_set_error (
      error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
      _("%s: no question has a range; accepted are arrays, lists with two answers or more, and 5-point choices"),
      name);

  return NULL;
}

/**
 * kennis_instrument_new_from_limesurvey:
 * @bytes: a survey as LimeSurvey exports it: an .lss of at most 16 MiB, or an archive (.lsa) with one
 * @name: (nullable): what to call it in errors
 * @id: (nullable): its id, which responses name; %NULL: "limesurvey", as the mapping that comes with the library has it
 * @error: return location for an error
 *
 * Makes the instrument of a survey that was designed in LimeSurvey.
 *
 * Items are the questions that have a range, with the id that heads the column of their answers, as "Q1" or "Q1[SQ001]": in
 * tables that LimeSurvey exports with question codes, and in archives (.lsa) as [class@Reader] reads them.  The range is 1 to 5
 * or 1 to 10 of choices and arrays of so many points; of other arrays and lists the lowest to the highest number of the
 * answers' codes (3, A3, AO03), or, where not all codes are different numbers, 1 to the number of answers in the survey's
 * order.  Other questions (texts, dates, files, multiple choice, yes or no, rankings, numbers) are no items.
 *
 * Each group of questions is a scale ("group-" and its number), and each array in it one below it, by its code.  Texts are
 * in the survey's languages, without markup.  LimeSurvey does not know which items are reversed: none is.
 *
 * %KENNIS_ERROR_PARSE where it is no survey, %KENNIS_ERROR_TOO_LARGE, %KENNIS_ERROR_INVALID where no question has a range.
 *
 * Time and memory: O(bytes).
 *
 * Returns: (transfer full): a new instrument; %NULL with an error
 *
 * Since: 1.0
 */
KennisInstrument *
kennis_instrument_new_from_limesurvey (GBytes *bytes, const char *name, const char *id, GError **error)
{
  g_autoptr (KennisLimesurvey) survey = NULL;
  const char *file = name != NULL ? name : _("instrument");

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (id == NULL || *id != '\0', NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  survey = kennis_limesurvey_new (bytes, file, error);

  return survey != NULL ? make (survey, id != NULL ? id : "limesurvey", file, error) : NULL;
}
