#include "config.h"

#include "read/kennis-xapi-quick-private.h"

/* Reads a statement from its tokens, and notes its cells, so that its shape can be learned.  FALSE anywhere means no more than that
 * the long way must tell. */

#define IS(name, word) ((name).length == sizeof (word) - 1 && memcmp ((name).text, word, sizeof (word) - 1) == 0)
#define BIT(key) (G_GUINT64_CONSTANT (1) << (key))

static inline char
char_of (const KennisXapiTokens *self)
{
  return self->k < self->n ? self->text[self->at[self->k]] : '\0';
}

/* A text without escapes: behind its quotation mark nothing but space may stand before the next token. */
static inline gboolean
take_text (KennisXapiTokens *self,
           KennisXapiText   *text)
{
  const char *from = self->text + self->at[self->k], *end;

  if (char_of (self) != '"')
    return FALSE;
  for (end = self->text + self->at[self->k + 1] - 1; end > from && g_ascii_isspace (*end);)
    end--;
  if (end == from || *end != '"')
    return FALSE;
  text->text = from + 1;
  text->length = (gsize) (end - from - 1);
  self->k++;

  return TRUE;
}

static inline gboolean
take_plain_text (KennisXapiTokens *self,
                 KennisXapiText   *text)
{
  return take_text (self, text) && memchr (text->text, '\\', text->length) == NULL;
}

static inline gboolean
take_char (KennisXapiTokens *self,
           char              c)
{
  if (char_of (self) != c)
    return FALSE;
  self->k++;

  return TRUE;
}

/* The name of the next property. */
static inline gboolean
take_name (KennisXapiTokens *self,
           KennisXapiText   *name)
{
  return take_text (self, name) && take_char (self, ':');
}

/* Behind a value: true where another property follows. */
static inline gboolean
goes_on (KennisXapiTokens *self,
         gboolean         *ok)
{
  char c = char_of (self);

  *ok = c == ',' || c == '}';
  if (*ok)
    self->k++;

  return c == ',';
}

/* Anything but a text, object or array, as it stands. */
static gboolean
take_word (KennisXapiTokens *self,
           KennisXapiText   *word)
{
  const char *from = self->text + self->at[self->k], *end;

  for (end = from; g_ascii_isalnum (*end) || *end == '.' || *end == '-' || *end == '+';)
    end++;
  if (end == from || end != self->text + self->at[self->k + 1])
    return FALSE;
  *word = (KennisXapiText) { from, (gsize) (end - from) };
  self->k++;

  return TRUE;
}

static gboolean
take_boolean (KennisXapiTokens *self,
              gboolean         *value)
{
  KennisXapiText word;

  if (!take_word (self, &word))
    return FALSE;
  *value = IS (word, "true");

  return *value || IS (word, "false");
}

/* Past an object or array, whatever it holds. */
static gboolean
take_value (KennisXapiTokens *self,
            KennisXapiText   *raw)
{
  static const gint8 steps[256] = { ['{'] = 1, ['['] = 1, ['}'] = -1, [']'] = -1 };
  const char *text = self->text;
  const guint32 *at = self->at;
  gsize k = self->k, n = self->n;
  int depth = steps[(guchar) char_of (self)];

  if (depth != 1)
    return FALSE;
  for (k++; depth > 0 && k < n; k++)
    depth += steps[(guchar) text[at[k]]];
  if (depth > 0)
    return FALSE;
  *raw = (KennisXapiText) { text + at[self->k], at[k - 1] + 1 - at[self->k] };
  self->k = k;

  return TRUE;
}

/* One more than there is room for says that there are too many. */
static void
note_cell (KennisXapiQuick *quick,
           KennisXapiCell   cell,
           KennisXapiText   text)
{
  if (quick->n_cells < KENNIS_XAPI_MAX_CELLS)
    {
      quick->cells[quick->n_cells].cell = cell;
      quick->cells[quick->n_cells].text = text;
    }
  quick->n_cells = MIN (quick->n_cells, KENNIS_XAPI_MAX_CELLS) + 1;
}

static gboolean
take_part (KennisXapiWorker    *self,
           KennisXapiQuick     *quick,
           KennisXapiKnownKind  kind)
{
  KennisXapiKnown *before;
  KennisXapiText raw;
  guint64 hash;

  if (!take_value (&quick->tokens, &raw))
    return FALSE;
  note_cell (quick, (KennisXapiCell) { .kind = KENNIS_XAPI_CELL_PART, .which = (guint8) kind }, raw);
  /* Statements of one person, or about one activity, often come together. */
  before = quick->before[kind];
  if (before != NULL && before->length == raw.length && memcmp (before + 1, raw.text, raw.length) == 0)
    {
      quick->known[kind] = before;
      return TRUE;
    }
  quick->known[kind] = kennis_xapi_knowns_find (self->knowns, kind, raw.text, raw.length, &hash);
  if (quick->known[kind] != NULL)
    {
      quick->before[kind] = quick->known[kind];
      return TRUE;
    }
  if (quick->n_unknown == KENNIS_XAPI_MAX_UNKNOWN)
    return FALSE;
  quick->unknown[quick->n_unknown].kind = (guint8) kind;
  quick->unknown[quick->n_unknown].raw = raw.text;
  quick->unknown[quick->n_unknown].length = raw.length;
  quick->unknown[quick->n_unknown++].hash = hash;

  return TRUE;
}

static gboolean
take_cell (KennisXapiWorker *self,
           KennisXapiQuick  *quick,
           KennisXapiCell    cell,
           KennisXapiText    text)
{
  note_cell (quick, cell, text);

  return kennis_xapi_cell_read (self, quick, &cell, text);
}

/* One that is a text. */
static gboolean
take_text_cell (KennisXapiWorker   *self,
                KennisXapiQuick    *quick,
                KennisXapiCellKind  kind)
{
  KennisXapiText text;

  return take_plain_text (&quick->tokens, &text)
         && take_cell (self, quick, (KennisXapiCell) { .kind = (guint8) kind }, text);
}

/* A text with its quotation marks, or a word. */
static gboolean
take_raw (KennisXapiTokens *tokens,
          KennisXapiText   *raw)
{
  if (char_of (tokens) != '"')
    return take_word (tokens, raw);
  if (!take_plain_text (tokens, raw))
    return FALSE;
  *raw = (KennisXapiText) { raw->text - 1, raw->length + 2 };

  return TRUE;
}

/* Extensions that are texts, numbers, true, false and null. */
static gboolean
take_extensions (KennisXapiWorker *self,
                 KennisXapiQuick  *quick,
                 guint             which)
{
  KennisXapiTokens *tokens = &quick->tokens;
  gboolean ok = take_char (tokens, '{');

  if (ok && char_of (tokens) == '}')
    return take_char (tokens, '}');
  while (ok)
    {
      KennisXapiCell cell = { .kind = KENNIS_XAPI_CELL_EXTENSION, .which = (guint8) which };
      KennisXapiText raw;

      if (!take_name (tokens, &cell.iri) || !kennis_xapi_is_iri (cell.iri.text, cell.iri.length)
          || !take_raw (tokens, &raw) || !take_cell (self, quick, cell, raw))
        return FALSE;
      if (!goes_on (tokens, &ok))
        break;
    }

  return ok;
}

/* False where the property stands there twice. */
static gboolean
note (guint64       *seen,
      KennisXapiKey  key)
{
  gboolean is_new = (*seen & BIT (key)) == 0;

  *seen |= BIT (key);

  return is_new;
}

static gboolean
take_result_property (KennisXapiWorker *self,
                      KennisXapiQuick  *quick,
                      KennisXapiText    name)
{
  KennisXapiTokens *tokens = &quick->tokens;
  guint64 *seen = &quick->seen.in_result;

  if (IS (name, "duration"))
    return note (seen, KENNIS_XAPI_DURATION) && take_text_cell (self, quick, KENNIS_XAPI_CELL_DURATION);
  if (IS (name, "completion"))
    return note (seen, KENNIS_XAPI_COMPLETION) && take_boolean (tokens, &quick->seen.completion);
  if (IS (name, "success"))
    return note (seen, KENNIS_XAPI_SUCCESS) && take_boolean (tokens, &quick->seen.success);
  if (IS (name, "score"))
    return note (seen, KENNIS_XAPI_SCORE) && take_part (self, quick, KENNIS_XAPI_KNOWN_SCORE);
  if (IS (name, "extensions"))
    return note (seen, KENNIS_XAPI_EXTENSIONS) && take_extensions (self, quick, 0);
  if (IS (name, "response"))
    return note (seen, KENNIS_XAPI_RESPONSE) && take_text_cell (self, quick, KENNIS_XAPI_CELL_TEXT);

  return FALSE;
}

static gboolean
take_context_property (KennisXapiWorker *self,
                       KennisXapiQuick  *quick,
                       KennisXapiText    name)
{
  KennisXapiTokens *tokens = &quick->tokens;
  guint64 *seen = &quick->seen.in_context;
  KennisXapiText text;

  if (IS (name, "registration"))
    return note (seen, KENNIS_XAPI_REGISTRATION) && take_text_cell (self, quick, KENNIS_XAPI_CELL_REGISTRATION);
  if (IS (name, "contextActivities"))
    return note (seen, KENNIS_XAPI_CONTEXT_ACTIVITIES) && take_part (self, quick, KENNIS_XAPI_KNOWN_ACTIVITIES);
  if (IS (name, "extensions"))
    return note (seen, KENNIS_XAPI_EXTENSIONS) && take_extensions (self, quick, 1);
  if (IS (name, "platform"))
    return note (seen, KENNIS_XAPI_PLATFORM) && take_text_cell (self, quick, KENNIS_XAPI_CELL_PLATFORM);
  if (IS (name, "revision"))
    return note (seen, KENNIS_XAPI_REVISION) && take_text_cell (self, quick, KENNIS_XAPI_CELL_TEXT);
  if (IS (name, "language"))
    return note (seen, KENNIS_XAPI_LANGUAGE) && take_plain_text (tokens, &text)
           && kennis_xapi_is_language (text.text, text.length);

  return FALSE;
}

typedef gboolean (*TakeProperty) (KennisXapiWorker *self, KennisXapiQuick *quick, KennisXapiText name);

static inline gboolean
take_object (KennisXapiWorker *self,
             KennisXapiQuick  *quick,
             TakeProperty      take_property)
{
  KennisXapiTokens *tokens = &quick->tokens;
  gboolean ok = take_char (tokens, '{');
  KennisXapiText name;

  if (ok && char_of (tokens) == '}')
    return take_char (tokens, '}');
  while (ok)
    {
      if (!take_name (tokens, &name) || !take_property (self, quick, name))
        return FALSE;
      if (!goes_on (tokens, &ok))
        break;
    }

  return ok;
}

/* What databases add: texts, numbers and the like. */
static gboolean
take_database_property (KennisXapiWorker *self,
                        KennisXapiQuick  *quick,
                        KennisXapiText    name)
{
  KennisXapiText raw;

  if (name.length == 0 || (name.text[0] != '@' && name.text[0] != '_') || memchr (name.text, '\\', name.length) != NULL)
    return FALSE;
  if (IS (name, "@timestamp"))
    return quick->database_time.text == NULL && take_text_cell (self, quick, KENNIS_XAPI_CELL_DATABASE_TIME);

  return take_raw (&quick->tokens, &raw)
         && take_cell (self, quick, (KennisXapiCell) { .kind = KENNIS_XAPI_CELL_VALUE }, raw);
}

static gboolean
take_version (KennisXapiTokens *tokens)
{
  KennisXapiText text;

  return take_plain_text (tokens, &text) && kennis_xapi_is_version (text.text, text.length);
}

static gboolean
take_property (KennisXapiWorker *self,
               KennisXapiQuick  *quick,
               KennisXapiText    name)
{
  KennisXapiTokens *tokens = &quick->tokens;
  guint64 *seen = &quick->seen.own;

  if (IS (name, "id"))
    return note (seen, KENNIS_XAPI_ID) && take_text_cell (self, quick, KENNIS_XAPI_CELL_ID);
  if (IS (name, "actor"))
    return note (seen, KENNIS_XAPI_ACTOR) && take_part (self, quick, KENNIS_XAPI_KNOWN_ACTOR);
  if (IS (name, "verb"))
    return note (seen, KENNIS_XAPI_VERB) && take_part (self, quick, KENNIS_XAPI_KNOWN_VERB);
  if (IS (name, "object"))
    return note (seen, KENNIS_XAPI_OBJECT) && take_part (self, quick, KENNIS_XAPI_KNOWN_OBJECT);
  if (IS (name, "result"))
    return note (seen, KENNIS_XAPI_RESULT) && take_object (self, quick, take_result_property);
  if (IS (name, "context"))
    return note (seen, KENNIS_XAPI_CONTEXT) && take_object (self, quick, take_context_property);
  if (IS (name, "timestamp"))
    return note (seen, KENNIS_XAPI_TIMESTAMP) && take_text_cell (self, quick, KENNIS_XAPI_CELL_TIMESTAMP);
  if (IS (name, "stored"))
    return note (seen, KENNIS_XAPI_STORED) && take_text_cell (self, quick, KENNIS_XAPI_CELL_STORED);
  if (IS (name, "version"))
    return note (seen, KENNIS_XAPI_VERSION) && take_version (tokens);
  if (IS (name, "authority"))
    return note (seen, KENNIS_XAPI_AUTHORITY) && take_part (self, quick, KENNIS_XAPI_KNOWN_AUTHORITY);

  return take_database_property (self, quick, name);
}

KennisXapiQuickState
kennis_xapi_quick_read (KennisXapiWorker *self,
                        KennisXapiQuick  *quick)
{
  const guint64 needed = BIT (KENNIS_XAPI_ACTOR) | BIT (KENNIS_XAPI_VERB) | BIT (KENNIS_XAPI_OBJECT);

  kennis_xapi_quick_begin (self, quick);
  if (!take_object (self, quick, take_property) || (quick->seen.own & needed) != needed
      || !kennis_xapi_quick_finish (self, quick))
    return KENNIS_XAPI_QUICK_LONG;
  quick->end = quick->tokens.at[quick->tokens.k - 1] + 1;

  return quick->n_unknown > 0 ? KENNIS_XAPI_QUICK_UNKNOWN : KENNIS_XAPI_QUICK_SOUND;
}
