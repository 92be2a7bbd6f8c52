#pragma once

#include <glib.h>
#include <string.h>

/* JSON text to a tape, by simdjson: the one C++ file of the library stands behind this.  The tape is simdjson's own (its
 * doc/tape.md): one word for an element, its type in the upper 8 bits; a text's place among the texts, or where an object or array
 * ends, in the lower ones; a number's value in the word behind.  The whole text is checked: UTF-8, every token, nothing behind. */

G_BEGIN_DECLS

/* So many bytes behind a text must be readable; what they hold does not matter. */
#define KENNIS_JSON_PADDING 64u

typedef struct _KennisJson KennisJson;

typedef enum
{
  KENNIS_JSON_SOUND,
  KENNIS_JSON_NO_UTF_8,
  KENNIS_JSON_TOO_DEEP,
  KENNIS_JSON_BAD_TEXT,
  KENNIS_JSON_BAD_NUMBER,
  KENNIS_JSON_TOO_LARGE,
  KENNIS_JSON_BROKEN
} KennisJsonProblem;

typedef struct
{
  const guint64 *words;
  const char    *texts;
} KennisJsonTape;

KennisJson *kennis_json_new   (void);
void        kennis_json_free  (KennisJson *self);
/* Parses one text into self's tape, which holds until the next one. */
KennisJsonProblem kennis_json_parse (KennisJson *self, const char *text, gsize length, KennisJsonTape *tape);
/* Where the tokens of a text of one or more documents are: each of {}[]:, and the first byte of every text and of anything else
 * outside of texts.  Behind the last one stands the text's length.  False: there is a byte that is not UTF-8, a control character in
 * a text, or a text without an end.  Nothing else is looked at.  The places hold until the next call. */
gboolean    kennis_json_tokens (KennisJson *self, const char *text, gsize length, const guint32 **at, gsize *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisJson, kennis_json_free)

G_END_DECLS

#ifndef __cplusplus

/* Where the text's one value is. */
#define KENNIS_JSON_ROOT 1u

typedef enum
{
  KENNIS_JSON_OBJECT  = '{',
  KENNIS_JSON_ARRAY   = '[',
  KENNIS_JSON_TEXT    = '"',
  KENNIS_JSON_INTEGER = 'l',
  KENNIS_JSON_LARGE   = 'u',   /* an integer over G_MAXINT64 */
  KENNIS_JSON_DOUBLE  = 'd',
  KENNIS_JSON_TRUE    = 't',
  KENNIS_JSON_FALSE   = 'f',
  KENNIS_JSON_NULL    = 'n'
} KennisJsonType;

static inline KennisJsonType
kennis_json_type (const KennisJsonTape *self,
                  guint                 at)
{
  return (KennisJsonType) (self->words[at] >> 56);
}

static inline const char *
kennis_json_text (const KennisJsonTape *self,
                  guint                 at,
                  gsize                *length)
{
  const char *text = self->texts + (self->words[at] & G_GUINT64_CONSTANT (0x00ffffffffffffff));
  guint32 n;

  memcpy (&n, text, sizeof n);
  *length = n;

  return text + sizeof n;
}

/* What stands behind the element. */
static inline guint
kennis_json_next (const KennisJsonTape *self,
                  guint                 at)
{
  switch (kennis_json_type (self, at))
    {
    case KENNIS_JSON_OBJECT:
    case KENNIS_JSON_ARRAY:
      return (guint32) self->words[at];
    case KENNIS_JSON_INTEGER:
    case KENNIS_JSON_LARGE:
    case KENNIS_JSON_DOUBLE:
      return at + 2;
    case KENNIS_JSON_TEXT:
    case KENNIS_JSON_TRUE:
    case KENNIS_JSON_FALSE:
    case KENNIS_JSON_NULL:
    default:
      return at + 1;
    }
}

/* The members of an object (key, value, key, value …) or of an array are from at + 1 up to here. */
static inline guint
kennis_json_end (const KennisJsonTape *self,
                 guint                 at)
{
  return (guint32) self->words[at] - 1;
}

static inline gboolean
kennis_json_is_number (const KennisJsonTape *self,
                       guint                 at)
{
  KennisJsonType type = kennis_json_type (self, at);

  return type == KENNIS_JSON_INTEGER || type == KENNIS_JSON_LARGE || type == KENNIS_JSON_DOUBLE;
}

static inline double
kennis_json_number (const KennisJsonTape *self,
                    guint                 at)
{
  guint64 word = self->words[at + 1];
  double value;

  switch (kennis_json_type (self, at))
    {
    case KENNIS_JSON_INTEGER:
      return (double) (gint64) word;
    case KENNIS_JSON_LARGE:
      return (double) word;
    case KENNIS_JSON_DOUBLE:
      memcpy (&value, &word, sizeof value);
      return value;
    case KENNIS_JSON_OBJECT:
    case KENNIS_JSON_ARRAY:
    case KENNIS_JSON_TEXT:
    case KENNIS_JSON_TRUE:
    case KENNIS_JSON_FALSE:
    case KENNIS_JSON_NULL:
    default:
      return 0;
    }
}

#endif
