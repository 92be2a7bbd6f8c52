#include "config.h"

#include "surveying/sur-study.h"

#include <libxml/xmlwriter.h>
#include <stdarg.h>
#include <string.h>

/* LimeSurvey's structure (.lss), of version 5 and later (DBVersion 350 and on, with texts apart): one group, and one question
 * "array" for each run of items with the same answers; its rows have codes made of the items' ids, since LimeSurvey takes letters and
 * digits only. */

#define SURVEY "100001"

typedef struct
{
  KennisInstrument *instrument;
  xmlTextWriter *out;
  char **languages, **items, **codes;   /* codes: of items */
  guint *question;        /* of each item */
  guint n_items, n_questions;
} Lss;

static void
open_ (Lss *self, const char *name)
{
  xmlTextWriterStartElement (self->out, (const xmlChar *) name);
}

static void
close_ (Lss *self)
{
  xmlTextWriterEndElement (self->out);
}

static void
leaf (Lss *self, const char *name, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (char *c = valid; *c != '\0'; c++)
    if ((guchar) *c < ' ' && *c != '\n')
      *c = ' ';
  xmlTextWriterWriteElement (self->out, (const xmlChar *) name, (const xmlChar *) valid);
}

static void
leaf_number (Lss *self, const char *name, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  leaf (self, name, text);
}

/* Names of fields, ended by NULL: a table begins. */
static void
table (Lss *self, const char *name, ...)
{
  va_list names;

  open_ (self, name);
  open_ (self, "fields");
  va_start (names, name);
  for (const char *field = va_arg (names, const char *); field != NULL; field = va_arg (names, const char *))
    leaf (self, "fieldname", field);
  va_end (names);
  close_ (self);
  open_ (self, "rows");
}

static void
end_table (Lss *self)
{
  close_ (self);
  close_ (self);
}

char **
sur_lss_codes (KennisInstrument *instrument)
{
  g_auto (GStrv) items = kennis_instrument_list_items (instrument, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  char **codes = g_new0 (char *, g_strv_length (items) + 1);

  for (guint i = 0; items[i] != NULL; i++)
    {
      GString *code = g_string_new (NULL);

      for (const char *c = items[i]; *c != '\0' && code->len < 14; c++)
        if (g_ascii_isalnum (*c) && (code->len > 0 || g_ascii_isalpha (*c)))
          g_string_append_c (code, *c);
      if (code->len == 0)
        g_string_append (code, "Q");
      if (g_hash_table_contains (seen, code->str))
        g_string_append_printf (code, "x%u", i);
      codes[i] = g_string_free (code, FALSE);
      g_hash_table_add (seen, codes[i]);
    }

  return codes;
}

static guint
steps (const Lss *self, const char *item)
{
  double range = kennis_instrument_get_item_high (self->instrument, item)
                 - kennis_instrument_get_item_low (self->instrument, item);

  return range >= 1 && range <= 20 ? (guint) range + 1 : 0;
}

static gboolean
has_same_answers (const Lss *self, guint a, guint b)
{
  g_auto (GStrv) words = kennis_instrument_list_answers (self->instrument, self->items[a], self->languages[0]),
                 others = kennis_instrument_list_answers (self->instrument, self->items[b], self->languages[0]);

  return steps (self, self->items[a]) == steps (self, self->items[b])
         && kennis_instrument_get_item_low (self->instrument, self->items[a])
                == kennis_instrument_get_item_low (self->instrument, self->items[b])
         && (words != NULL && others != NULL ? g_strv_equal ((const char *const *) words, (const char *const *) others)
                                             : words == others);
}

static void
number_questions (Lss *self)
{
  self->question = g_new0 (guint, self->n_items + 1);
  for (guint i = 0; i < self->n_items; i++)
    {
      if (i == 0 || !has_same_answers (self, i - 1, i))
        self->n_questions++;
      self->question[i] = self->n_questions;
    }
}

static guint
first_item (const Lss *self, guint question)
{
  for (guint i = 0; i < self->n_items; i++)
    if (self->question[i] == question)
      return i;

  return 0;
}

/* aid of the k-th answer of a question. */
static guint
answer_id (guint question, guint k)
{
  return 100 * question + k;
}

static void
write_answers (Lss *self)
{
  table (self, "answers", "aid", "qid", "code", "sortorder", "assessment_value", "scale_id", NULL);
  for (guint q = 1; q <= self->n_questions; q++)
    for (guint k = 0; k < steps (self, self->items[first_item (self, q)]); k++)
      {
        double low = kennis_instrument_get_item_low (self->instrument, self->items[first_item (self, q)]);
        g_autofree char *code = g_strdup_printf ("%.0f", low + k);

        open_ (self, "row");
        leaf_number (self, "aid", answer_id (q, k));
        leaf_number (self, "qid", q);
        leaf (self, "code", code);
        leaf_number (self, "sortorder", k);
        leaf (self, "assessment_value", code);
        leaf (self, "scale_id", "0");
        close_ (self);
      }
  end_table (self);
}

static void
write_answer_texts (Lss *self)
{
  guint id = 1;

  table (self, "answer_l10ns", "id", "aid", "answer", "language", NULL);
  for (guint q = 1; q <= self->n_questions; q++)
    for (guint l = 0; self->languages[l] != NULL; l++)
      {
        const char *item = self->items[first_item (self, q)];
        g_auto (GStrv) answers = kennis_instrument_list_answers (self->instrument, item, self->languages[l]);

        for (guint k = 0; k < steps (self, item); k++)
          {
            g_autofree char *number =
                g_strdup_printf ("%.0f", kennis_instrument_get_item_low (self->instrument, item) + k);

            open_ (self, "row");
            leaf_number (self, "id", id++);
            leaf_number (self, "aid", answer_id (q, k));
            leaf (self, "answer", answers != NULL && k < g_strv_length (answers) ? answers[k] : number);
            leaf (self, "language", self->languages[l]);
            close_ (self);
          }
      }
  end_table (self);
}

static void
write_groups (Lss *self)
{
  table (self, "groups", "gid", "sid", "group_order", "grelevance", NULL);
  open_ (self, "row");
  leaf (self, "gid", "1");
  leaf (self, "sid", SURVEY);
  leaf (self, "group_order", "1");
  leaf (self, "grelevance", "1");
  close_ (self);
  end_table (self);
  table (self, "group_l10ns", "id", "gid", "group_name", "description", "language", NULL);
  for (guint l = 0; self->languages[l] != NULL; l++)
    {
      open_ (self, "row");
      leaf_number (self, "id", l + 1);
      leaf (self, "gid", "1");
      leaf (self, "group_name", kennis_instrument_get_title (self->instrument, self->languages[l]));
      leaf (self, "description", "");
      leaf (self, "language", self->languages[l]);
      close_ (self);
    }
  end_table (self);
}

static void
question_row (Lss *self, guint qid, guint parent, const char *type, const char *code, guint order)
{
  open_ (self, "row");
  leaf_number (self, "qid", qid);
  leaf_number (self, "parent_qid", parent);
  leaf (self, "sid", SURVEY);
  leaf (self, "gid", "1");
  leaf (self, "type", type);
  leaf (self, "title", code);
  leaf (self, "other", "N");
  leaf (self, "mandatory", "N");
  leaf (self, "encrypted", "N");
  leaf_number (self, "question_order", order);
  leaf (self, "scale_id", "0");
  leaf (self, "same_default", "0");
  leaf (self, "relevance", "1");
  leaf (self, "same_script", "0");
  close_ (self);
}

#define QUESTION_FIELDS \
  "qid", "parent_qid", "sid", "gid", "type", "title", "other", "mandatory", "encrypted", "question_order", "scale_id", "same_default", \
      "relevance", "same_script", NULL

static void
write_questions (Lss *self)
{
  table (self, "questions", QUESTION_FIELDS);
  for (guint q = 1; q <= self->n_questions; q++)
    {
      g_autofree char *code = g_strdup_printf ("Q%u", q);

      /* F: an array of rows with the same answers; K: numbers. */
      question_row (self, q, 0, steps (self, self->items[first_item (self, q)]) > 0 ? "F" : "K", code, q);
    }
  end_table (self);
  table (self, "subquestions", QUESTION_FIELDS);
  for (guint i = 0; i < self->n_items; i++)
    {
      question_row (self, 1000 + i, self->question[i], "T", self->codes[i], i);
    }
  end_table (self);
}

static void
text_row (Lss *self, guint id, guint qid, const char *text, const char *language)
{
  open_ (self, "row");
  leaf_number (self, "id", id);
  leaf_number (self, "qid", qid);
  leaf (self, "question", text != NULL ? text : "");
  leaf (self, "help", "");
  leaf (self, "script", "");
  leaf (self, "language", language);
  close_ (self);
}

static void
write_question_texts (Lss *self)
{
  guint id = 1;

  table (self, "question_l10ns", "id", "qid", "question", "help", "script", "language", NULL);
  for (guint l = 0; self->languages[l] != NULL; l++)
    {
      for (guint q = 1; q <= self->n_questions; q++)
        text_row (self, id++, q, kennis_instrument_get_title (self->instrument, self->languages[l]),
                  self->languages[l]);
      for (guint i = 0; i < self->n_items; i++)
        text_row (self, id++, 1000 + i,
                  kennis_instrument_get_item_text (self->instrument, self->items[i], self->languages[l]),
                  self->languages[l]);
    }
  end_table (self);
}

static void
write_survey (Lss *self)
{
  g_autofree char *others = g_strjoinv (" ", self->languages + 1);

  table (self, "surveys", "sid", "gsid", "admin", "active", "anonymized", "format", "language", "additional_languages",
         NULL);
  open_ (self, "row");
  leaf (self, "sid", SURVEY);
  leaf (self, "gsid", "1");
  leaf (self, "admin", "");
  leaf (self, "active", "N");
  leaf (self, "anonymized", "Y");
  leaf (self, "format", "G");
  leaf (self, "language", self->languages[0]);
  leaf (self, "additional_languages", others);
  close_ (self);
  end_table (self);
  table (self, "surveys_languagesettings", "surveyls_survey_id", "surveyls_language", "surveyls_title",
         "surveyls_description", NULL);
  for (guint l = 0; self->languages[l] != NULL; l++)
    {
      open_ (self, "row");
      leaf (self, "surveyls_survey_id", SURVEY);
      leaf (self, "surveyls_language", self->languages[l]);
      leaf (self, "surveyls_title", kennis_instrument_get_title (self->instrument, self->languages[l]));
      leaf (self, "surveyls_description", "");
      close_ (self);
    }
  end_table (self);
}

/* The base language first. */
static char **
order_languages (KennisInstrument *instrument, const char *base)
{
  g_auto (GStrv) spoken = kennis_instrument_list_languages (instrument);
  g_autoptr (GStrvBuilder) languages = g_strv_builder_new ();

  g_strv_builder_add (languages, base);
  for (guint i = 0; spoken[i] != NULL; i++)
    if (!g_str_equal (spoken[i], base))
      g_strv_builder_add (languages, spoken[i]);

  return g_strv_builder_end (languages);
}

char *
sur_lss (KennisInstrument *instrument, const char *language)
{
  xmlBuffer *buffer = xmlBufferCreate ();
  Lss self = { .instrument = instrument,
               .out = xmlNewTextWriterMemory (buffer, 0),
               .languages = order_languages (instrument, language) };
  char *text;

  self.items = kennis_instrument_list_items (instrument, NULL);
  self.n_items = g_strv_length (self.items);
  self.codes = sur_lss_codes (instrument);
  number_questions (&self);
  xmlTextWriterSetIndent (self.out, 1);
  xmlTextWriterStartDocument (self.out, NULL, "UTF-8", NULL);
  open_ (&self, "document");
  leaf (&self, "LimeSurveyDocType", "Survey");
  leaf (&self, "DBVersion", "606");
  open_ (&self, "languages");
  for (guint l = 0; self.languages[l] != NULL; l++)
    leaf (&self, "language", self.languages[l]);
  close_ (&self);
  write_answers (&self);
  write_answer_texts (&self);
  write_groups (&self);
  write_questions (&self);
  write_question_texts (&self);
  write_survey (&self);
  xmlTextWriterEndDocument (self.out);
  xmlFreeTextWriter (self.out);
  text = g_strndup ((const char *) xmlBufferContent (buffer), xmlBufferLength (buffer));
  xmlBufferFree (buffer);
  g_strfreev (self.languages);
  g_strfreev (self.items);
  g_strfreev (self.codes);
  g_free (self.question);

  return text;
}
