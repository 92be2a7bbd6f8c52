#include "config.h"

#include "read/kennis-limesurvey-private.h"

#include <string.h>

/* Question types of LimeSurvey (its class Question): parts of these are answered one by one. */
#define TYPES_WITH_PARTS   "ABCEFHKMPQ"
#define TYPES_WITH_ANSWERS "LFHO!1"
#define TYPES_WITH_OTHER   "L!MP"

static gboolean
is_one_of (char type, const char *types)
{
  return type != '\0' && strchr (types, type) != NULL;
}

/* "3", "A3", "AO03": the number that the mapping of LimeSurvey's tables reads as well. */
static gboolean
code_number (const char *code, int *number)
{
  gint64 value = 0;
  const char *digits;

  code += *code == 'A' ? 1 : 0;
  code += *code == 'O' ? 1 : 0;
  digits = *code == '-' ? code + 1 : code;
  if (!g_ascii_isdigit (*digits) || strlen (digits) > 6
      || !g_ascii_string_to_signed (code, 10, -999999, 999999, &value, NULL))
    return FALSE;
  *number = (int) value;

  return TRUE;
}

GPtrArray *
kennis_limesurvey_answers (const KennisLimesurveyItem *item)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < item->question->answers->len; i++)
    if (((KennisLimesurveyAnswer *) item->question->answers->pdata[i])->scale == item->scale)
      g_ptr_array_add (found, item->question->answers->pdata[i]);

  return found;
}

/* Codes that are different numbers are scores; else the order of the answers is. */
static void
find_range (KennisLimesurveyItem *item)
{
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  char type = item->question->type;

  item->low = is_one_of (type, "5AB") ? 1 : 0;
  item->high = type == 'B' ? 10 : is_one_of (type, "5A") ? 5 : 0;
  if (!is_one_of (type, TYPES_WITH_ANSWERS))
    return;
  answers = kennis_limesurvey_answers (item);
  if (answers->len < 2)
    return;
  for (guint i = 0; i < answers->len && !item->has_order; i++)
    {
      KennisLimesurveyAnswer *answer = answers->pdata[i];

      item->has_order =
          !code_number (answer->code, &answer->score) || !g_hash_table_add (seen, GINT_TO_POINTER (answer->score));
    }
  for (guint i = 0; i < answers->len; i++)
    {
      KennisLimesurveyAnswer *answer = answers->pdata[i];

      if (item->has_order)
        answer->score = (int) i + 1;
      item->low = i == 0 ? answer->score : MIN (item->low, answer->score);
      item->high = i == 0 ? answer->score : MAX (item->high, answer->score);
    }
}

char *
kennis_limesurvey_translate (const KennisLimesurveyItem *item, const char *code)
{
  if (!item->has_order)
    return NULL;
  for (guint i = 0; i < item->question->answers->len; i++)
    {
      const KennisLimesurveyAnswer *answer = item->question->answers->pdata[i];

      if (answer->scale == item->scale && strcmp (answer->code, code) == 0)
        return g_strdup_printf ("%d", answer->score);
    }

  return NULL;
}

static void
add_item (KennisLimesurvey *self, KennisLimesurveyItem item, char *id, char *field, gboolean has_range)
{
  KennisLimesurveyItem *added;

  if (self->items->len >= KENNIS_LIMESURVEY_MAX_ITEMS || g_hash_table_contains (self->by_field, field))
    {
      g_free (id);
      g_free (field);
      return;
    }
  added = g_memdup2 (&item, sizeof item);
  added->id = id;
  added->field = field;
  if (has_range)
    find_range (added);
  g_ptr_array_add (self->items, added);
  g_hash_table_insert (self->by_field, added->field, added);
}

static void
add_parts (KennisLimesurvey *self, KennisLimesurveyItem item, const char *field)
{
  const KennisLimesurveyQuestion *question = item.question;

  for (guint i = 0; i < question->parts->len; i++)
    {
      const KennisLimesurveyQuestion *part = item.part = question->parts->pdata[i];

      if (question->type == '1')
        for (item.scale = 0; item.scale < 2; item.scale++)
          add_item (self, item, g_strdup_printf ("%s[%s][%u]", question->title, part->title, item.scale + 1),
                    g_strdup_printf ("%s%s#%u", field, part->title, item.scale), TRUE);
      else
        add_item (self, item, g_strdup_printf ("%s[%s]", question->title, part->title),
                  g_strconcat (field, part->title, NULL), TRUE);
      if (question->type == 'P')
        add_item (self, item, g_strdup_printf ("%s[%scomment]", question->title, part->title),
                  g_strconcat (field, part->title, "comment", NULL), FALSE);
    }
}

/* Rows by columns: the parts of scale 0 by those of scale 1. */
static void
add_table (KennisLimesurvey *self, KennisLimesurveyItem item, const char *field)
{
  const GPtrArray *parts = item.question->parts;

  for (guint r = 0; r < parts->len; r++)
    for (guint c = 0; c < parts->len && self->items->len < KENNIS_LIMESURVEY_MAX_ITEMS; c++)
      {
        const KennisLimesurveyQuestion *row = parts->pdata[r], *column = parts->pdata[c];

        item.part = row;
        if (row->scale == 0 && column->scale == 1)
          add_item (self, item, g_strdup_printf ("%s[%s_%s]", item.question->title, row->title, column->title),
                    g_strdup_printf ("%s%s_%s", field, row->title, column->title), FALSE);
      }
}

static void
add_question (KennisLimesurvey *self, const KennisLimesurveyGroup *group, const KennisLimesurveyQuestion *question)
{
  KennisLimesurveyItem item = { .group = group, .question = question };
  g_autofree char *field = g_strdup_printf ("%sX%sX%s", self->survey, group->id, question->id);

  if (is_one_of (question->type, TYPES_WITH_PARTS "1"))
    add_parts (self, item, field);
  else if (is_one_of (question->type, ":;"))
    add_table (self, item, field);
  else if (!is_one_of (question->type, "XR|"))
    add_item (self, item, g_strdup (question->title), g_strdup (field), TRUE);
  if (is_one_of (question->type, TYPES_WITH_OTHER))
    add_item (self, item, g_strconcat (question->title, "[other]", NULL), g_strconcat (field, "other", NULL), FALSE);
  if (question->type == 'O')
    add_item (self, item, g_strconcat (question->title, "[comment]", NULL), g_strconcat (field, "comment", NULL),
              FALSE);
}

gboolean
kennis_limesurvey_make_items (KennisLimesurvey *self)
{
  for (guint g = 0; g < self->groups->len; g++)
    {
      const KennisLimesurveyGroup *group = self->groups->pdata[g];

      for (guint q = 0; q < group->questions->len; q++)
        add_question (self, group, group->questions->pdata[q]);
    }

  return self->items->len < KENNIS_LIMESURVEY_MAX_ITEMS;
}
