#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-xml-private.h"
#include "read/kennis-limesurvey-private.h"
#include "read/kennis-zip-private.h"

#include <kennis/kennis-error.h>

#include <string.h>

/* Over any survey; what is more is left out, so that no file takes long. */
#define MAX_ANSWERS 1000u   /* of one question */
#define MAX_TEXTS   400u    /* languages and texts of one thing */

static GPtrArray *
texts_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static void
answer_free (gpointer data)
{
  KennisLimesurveyAnswer *answer = data;

  g_free (answer->code);
  g_ptr_array_unref (answer->text);
  g_free (answer);
}

static void
question_free (gpointer data)
{
  KennisLimesurveyQuestion *question = data;

  g_free (question->id);
  g_free (question->title);
  g_free (question->parent);
  g_ptr_array_unref (question->text);
  g_ptr_array_unref (question->answers);
  g_ptr_array_unref (question->parts);
  g_free (question);
}

static void
group_free (gpointer data)
{
  KennisLimesurveyGroup *group = data;

  g_free (group->id);
  g_ptr_array_unref (group->text);
  g_ptr_array_unref (group->questions);
  g_free (group);
}

static void
item_free (gpointer data)
{
  KennisLimesurveyItem *item = data;

  g_free (item->id);
  g_free (item->field);
  g_free (item);
}

void
kennis_limesurvey_free (KennisLimesurvey *self)
{
  g_free (self->survey);
  g_ptr_array_unref (self->title);
  g_hash_table_unref (self->by_field);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->groups);
  g_hash_table_unref (self->answer_by_id);
  g_hash_table_unref (self->question_by_id);
  g_hash_table_unref (self->group_by_id);
  g_free (self);
}

static xmlNode *
child_of (xmlNode *node, const char *name)
{
  for (xmlNode *child = node != NULL ? node->children : NULL; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE && strcmp ((const char *) child->name, name) == 0)
      return child;

  return NULL;
}

/* The text of a field of a row, "" where there is none.  Free with g_free(). */
static char *
cell (xmlNode *row, const char *name)
{
  xmlNode *node = child_of (row, name);
  xmlChar *content = node != NULL ? xmlNodeGetContent (node) : NULL;
  char *text = g_strdup (content != NULL ? (const char *) content : "");

  xmlFree (content);
  return g_strstrip (text);
}

static gint64
number_cell (xmlNode *row, const char *name)
{
  g_autofree char *text = cell (row, name);

  return g_ascii_strtoll (text, NULL, 10);
}

/* What a person reads of some HTML: tags are spaces, and the entities that an editor writes are characters. */
static char *
without_markup (const char *html)
{
  static const struct { const char *entity, *text; } known[] = {
    { "&nbsp;", " " }, { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" },
  };
  GString *text = g_string_new (NULL);

  while (*html != '\0')
    {
      const char *end = *html == '<' ? strchr (html, '>') : NULL, *part = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (known) && part == NULL && *html == '&'; i++)
        if (g_str_has_prefix (html, known[i].entity))
          part = known[i].text, end = html + strlen (known[i].entity) - 1;
      if (end != NULL && part == NULL)
        part = " ";
      if (part == NULL && g_ascii_isspace (*html))
        part = " ", end = html;
      if (part == NULL)
        g_string_append_c (text, *html);
      else if (*part != ' ' || (text->len > 0 && text->str[text->len - 1] != ' '))
        g_string_append (text, part);
      html = end != NULL ? end + 1 : html + 1;
    }

  return g_strstrip (g_string_free (text, FALSE));
}

/* One text for each language; the first one stays. */
static void
take_text (GPtrArray *texts, xmlNode *row, const char *text_name, const char *language_name)
{
  g_autofree char *language = cell (row, language_name), *html = cell (row, text_name), *text = without_markup (html);

  if (*language == '\0' || *text == '\0' || texts->len >= MAX_TEXTS)
    return;
  for (guint i = 0; i < texts->len; i += 2)
    if (strcmp (texts->pdata[i], language) == 0)
      return;
  g_ptr_array_add (texts, g_steal_pointer (&language));
  g_ptr_array_add (texts, g_steal_pointer (&text));
}

/* Before version 4 of LimeSurvey texts stand in the rows themselves, one row for each language; then in rows ending in _l10ns. */
static void
take_group (KennisLimesurvey *self, xmlNode *row)
{
  g_autofree char *id = cell (row, "gid");
  KennisLimesurveyGroup *group = g_hash_table_lookup (self->group_by_id, id);

  if (group == NULL)
    {
      group = g_new0 (KennisLimesurveyGroup, 1);
      group->id = g_steal_pointer (&id);
      group->order = number_cell (row, "group_order");
      group->text = texts_new ();
      group->questions = g_ptr_array_new ();
      g_hash_table_insert (self->group_by_id, group->id, group);
      g_ptr_array_add (self->groups, group);
    }
  take_text (group->text, row, "group_name", "language");
}

static void
take_question (KennisLimesurvey *self, xmlNode *row)
{
  g_autofree char *id = cell (row, "qid");
  KennisLimesurveyQuestion *question = g_hash_table_lookup (self->question_by_id, id);

  if (question == NULL)
    {
      g_autofree char *type = cell (row, "type"), *parent = cell (row, "parent_qid");
      KennisLimesurveyQuestion *whole = g_hash_table_lookup (self->question_by_id, parent);

      question = g_new0 (KennisLimesurveyQuestion, 1);
      question->id = g_steal_pointer (&id);
      question->title = cell (row, "title");
      question->type = *type;
      question->order = number_cell (row, "question_order");
      question->scale = (guint) number_cell (row, "scale_id");
      question->text = texts_new ();
      question->answers = g_ptr_array_new_with_free_func (answer_free);
      question->parts = g_ptr_array_new ();
      g_hash_table_insert (self->question_by_id, question->id, question);
      if (whole != NULL)
        g_ptr_array_add (whole->parts, question);
      else if (*parent == '\0' || strcmp (parent, "0") == 0)
        question->parent = cell (row, "gid");
    }
  take_text (question->text, row, "question", "language");
}

static void
take_answer (KennisLimesurvey *self, xmlNode *row)
{
  g_autofree char *qid = cell (row, "qid"), *aid = cell (row, "aid"), *code = cell (row, "code"),
                  *key = *aid != '\0' ? g_strdup (aid)
                                      : g_strdup_printf ("%s %d %s", qid, (int) number_cell (row, "scale_id"), code);
  KennisLimesurveyQuestion *question = g_hash_table_lookup (self->question_by_id, qid);
  KennisLimesurveyAnswer *answer = g_hash_table_lookup (self->answer_by_id, key);

  if (question == NULL || (answer == NULL && question->answers->len >= MAX_ANSWERS))
    return;
  if (answer == NULL)
    {
      answer = g_new0 (KennisLimesurveyAnswer, 1);
      answer->code = g_steal_pointer (&code);
      answer->scale = (guint) number_cell (row, "scale_id");
      answer->order = number_cell (row, "sortorder");
      answer->text = texts_new ();
      g_ptr_array_add (question->answers, answer);
      g_hash_table_insert (self->answer_by_id, g_steal_pointer (&key), answer);
    }
  take_text (answer->text, row, "answer", "language");
}

static void
take_group_text (KennisLimesurvey *self, xmlNode *row)
{
  g_autofree char *id = cell (row, "gid");
  KennisLimesurveyGroup *group = g_hash_table_lookup (self->group_by_id, id);

  if (group != NULL)
    take_text (group->text, row, "group_name", "language");
}

static void
take_question_text (KennisLimesurvey *self, xmlNode *row)
{
  g_autofree char *id = cell (row, "qid");
  KennisLimesurveyQuestion *question = g_hash_table_lookup (self->question_by_id, id);

  if (question != NULL)
    take_text (question->text, row, "question", "language");
}

static void
take_answer_text (KennisLimesurvey *self, xmlNode *row)
{
  g_autofree char *id = cell (row, "aid");
  KennisLimesurveyAnswer *answer = g_hash_table_lookup (self->answer_by_id, id);

  if (answer != NULL)
    take_text (answer->text, row, "answer", "language");
}

static void
take_survey (KennisLimesurvey *self, xmlNode *row)
{
  if (self->survey == NULL)
    self->survey = cell (row, "sid");
}

static void
take_title (KennisLimesurvey *self, xmlNode *row)
{
  take_text (self->title, row, "surveyls_title", "surveyls_language");
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const KennisLimesurveyGroup *one = *(void *const *) a, *other = *(void *const *) b;

  return (one->order > other->order) - (one->order < other->order);
}

static int
compare_questions (gconstpointer a, gconstpointer b)
{
  const KennisLimesurveyQuestion *one = *(void *const *) a, *other = *(void *const *) b;

  return (one->order > other->order) - (one->order < other->order);
}

static int
compare_answers (gconstpointer a, gconstpointer b)
{
  const KennisLimesurveyAnswer *one = *(void *const *) a, *other = *(void *const *) b;

  return (one->order > other->order) - (one->order < other->order);
}

/* GLib's sorts of arrays are stable: equal orders stay as the document has them. */
static void
put_in_order (KennisLimesurvey *self, xmlNode *root)
{
  g_ptr_array_sort (self->groups, compare_groups);
  for (xmlNode *row = child_of (child_of (child_of (root, "questions"), "rows"), "row"); row != NULL; row = row->next)
    {
      g_autofree char *id = row->type == XML_ELEMENT_NODE ? cell (row, "qid") : NULL;
      KennisLimesurveyQuestion *question = id != NULL ? g_hash_table_lookup (self->question_by_id, id) : NULL;
      KennisLimesurveyGroup *group = question != NULL && question->parent != NULL
                                         ? g_hash_table_lookup (self->group_by_id, question->parent)
                                         : NULL;

      if (question == NULL)
        continue;
      g_ptr_array_sort (question->parts, compare_questions);
      g_ptr_array_sort (question->answers, compare_answers);
      if (group != NULL)
        g_ptr_array_add (group->questions, question);
      g_clear_pointer (&question->parent, g_free); /* taken: old files have a row for each language */
    }
  for (guint i = 0; i < self->groups->len; i++)
    g_ptr_array_sort (((KennisLimesurveyGroup *) self->groups->pdata[i])->questions, compare_questions);
}

static void
take_all (KennisLimesurvey *self, xmlNode *root)
{
  static const struct { const char *name; void (*take) (KennisLimesurvey *, xmlNode *); } tables[] = {
    { "surveys", take_survey },           { "surveys_languagesettings", take_title }, { "groups", take_group },
    { "questions", take_question },       { "subquestions", take_question },          { "answers", take_answer },
    { "group_l10ns", take_group_text },   { "question_l10ns", take_question_text },   { "answer_l10ns", take_answer_text },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (xmlNode *row = child_of (child_of (child_of (root, tables[i].name), "rows"), "row"); row != NULL;
         row = row->next)
      if (row->type == XML_ELEMENT_NODE)
        tables[i].take (self, row);
  put_in_order (self, root);
}

static KennisLimesurvey *
limesurvey_new (void)
{
  KennisLimesurvey *self = g_new0 (KennisLimesurvey, 1);

  self->title = texts_new ();
  self->groups = g_ptr_array_new ();
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->by_field = g_hash_table_new (g_str_hash, g_str_equal);
  self->group_by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, group_free);
  self->question_by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, question_free);
  self->answer_by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

static KennisLimesurvey *
design_of (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (KennisLimesurvey) self = limesurvey_new ();
  xmlDoc *document = kennis_xml_parse (bytes, name, error);
  xmlNode *root;
  g_autofree char *type = NULL;
  gboolean fine;

  if (document == NULL)
    return NULL;
  root = xmlDocGetRootElement (document);
  type = cell (root, "LimeSurveyDocType");
  fine = strcmp (type, "Survey") == 0;
  if (fine)
    take_all (self, root);
  xmlFreeDoc (document);
  if (!fine || self->survey == NULL)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_PARSE,
                   _("%s: this is no survey of LimeSurvey; accepted is what it exports as .lss, or as .lsa"), name);
      return NULL;
    }
  if (!kennis_limesurvey_make_items (self))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE, _("%s: a survey has under 10000 items"), name);
      return NULL;
    }

  return g_steal_pointer (&self);
}

KennisLimesurvey *
kennis_limesurvey_new (GBytes *bytes, const char *name, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GBytes) survey = NULL;
  KennisZipEntry entry;
  const char *problem = NULL;

  if (kennis_zip_sniff (data, size))
    {
      if (kennis_zip_find (bytes, ".lss", &entry, &problem))
        survey = kennis_zip_load (bytes, &entry, KENNIS_LIMESURVEY_MAX_BYTES, &problem);
      if (survey == NULL)
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_PARSE, "%s: %s", name,
                       problem != NULL ? _ (problem) : _("the zip archive holds no .lss"));
          return NULL;
        }
      return design_of (survey, name, error);
    }
  if (size > KENNIS_LIMESURVEY_MAX_BYTES)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE, _("%s: an instrument has at most 16 MiB"), name);
      return NULL;
    }

  return design_of (bytes, name, error);
}
