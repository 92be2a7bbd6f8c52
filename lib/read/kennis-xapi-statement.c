#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-xapi-quick-private.h"

/* A statement that holds to the rules becomes what the mapping says, in any thread: texts are interned later, in order. */

void
kennis_xapi_worker_init (KennisXapiWorker     *self,
                         const KennisXapiMap  *map,
                         const KennisXapiKeys *keys,
                         const KennisReader   *reader,
                         KennisCalendar       *calendar,
                         gboolean              only_voiding)
{
  *self = (KennisXapiWorker) { .map = map, .reader = reader, .calendar = calendar, .only_voiding = only_voiding };
  self->statement.keys = keys;
  self->statement.calendar = calendar;
  self->statement.year_days = reader->year_days;
  self->json = kennis_json_new ();
  self->person = g_string_new (NULL);
  self->joined = g_string_new (NULL);
  if (!only_voiding && !reader->long_way)
    {
      self->knowns = kennis_xapi_knowns_new ();
      self->shapes = kennis_xapi_shapes_new ();
    }
}

void
kennis_xapi_worker_clear (KennisXapiWorker *self)
{
  kennis_json_free (self->json);
  g_string_free (self->person, TRUE);
  g_string_free (self->joined, TRUE);
  g_clear_pointer (&self->knowns, kennis_xapi_knowns_free);
  g_clear_pointer (&self->shapes, kennis_xapi_shapes_free);
}

/* ── What is found goes into bytes ────────────────────────────────────────────────────────────────────────────────── */

static gsize
begin_found (KennisXapiWorker *self, guint64 line, guint32 flags)
{
  KennisXapiFound found = { .line = line, .flags = flags };

  return kennis_xapi_buffer_append (self->found, &found, sizeof found, sizeof found);
}

static KennisXapiFound *
end_found (KennisXapiWorker *self, gsize at)
{
  KennisXapiFound *found = (KennisXapiFound *) (void *) (self->found->data + at);

  found->size = (guint32) (self->found->len - at);

  return found;
}

/* Where it breaks a rule: which one, where in it, and what stands there. */
static void
reject (KennisXapiWorker *self, guint64 line)
{
  const KennisXapiStatement *statement = &self->statement;
  g_autofree char *path = kennis_xapi_broken_path (statement);
  gsize at = begin_found (self, line, KENNIS_XAPI_REJECTED), path_length = strlen (path);
  gsize shown_length = statement->shown != NULL ? MIN (statement->shown_length, 200) : 0;
  KennisXapiFound *found;

  kennis_xapi_buffer_append (self->found, path, path_length, kennis_xapi_rounded (path_length));
  kennis_xapi_buffer_append (self->found, statement->shown, shown_length, kennis_xapi_rounded (shown_length));
  found = end_found (self, at);
  found->rule = statement->broken;
  found->path_length = (guint32) path_length;
  found->shown_length = (guint32) shown_length;
}

/* No JSON, or too long: `rule` counts on behind the rules of statements. */
static void
reject_text (KennisXapiWorker *self, guint64 line, KennisJsonProblem problem)
{
  gsize at = begin_found (self, line, KENNIS_XAPI_REJECTED);

  end_found (self, at)->rule = 256 + problem;
}

/* The id of what is spoken of: the statement's own, or that of the one it voids. */
static gboolean
find_id (const KennisXapiStatement *statement, guint8 *id)
{
  guint at = KENNIS_XAPI_HAS (&statement->statement, KENNIS_XAPI_ID) ? statement->statement.at[KENNIS_XAPI_ID] : 0;
  gsize length;
  const char *text;

  if (at != 0 && !statement->is_voiding)
    return memcpy (id, statement->id, sizeof statement->id) != NULL;
  if (statement->is_voiding)
    at = kennis_xapi_find (statement, statement->statement.at[KENNIS_XAPI_OBJECT], "id");
  if (at == 0)
    return FALSE;
  text = kennis_json_text (&statement->tape, at, &length);

  return kennis_xapi_uuid (text, length, id);
}

static guint
add_records (KennisXapiWorker *self)
{
  const KennisXapiStatement *statement = &self->statement;
  KennisXapiText verb_iri = { statement->verb, statement->verb_length }, type_iri = kennis_xapi_type (statement);
  guint verb = kennis_xapi_number (&self->map->verbs, verb_iri), type = kennis_xapi_number (&self->map->types, type_iri);
  guint n = kennis_xapi_make (self, verb, type);

  if (self->tally != NULL)
    kennis_xapi_tally_add (self->tally, verb_iri, verb, type_iri, type, n > 0);

  return n;
}

static guint32
duration_flags (const KennisXapiStatement *statement)
{
  return (statement->duration_state == KENNIS_XAPI_DURATION_LENIENT ? KENNIS_XAPI_LENIENT : 0)
         | (statement->duration_state == KENNIS_XAPI_DURATION_UNKNOWN ? KENNIS_XAPI_NO_LENGTH : 0);
}

static void
take_statement (KennisXapiWorker *self, guint root, guint64 line)
{
  KennisXapiStatement *statement = &self->statement;
  KennisXapiFound *found;
  guint8 id[16];
  guint32 flags = 0;
  gboolean has_id;
  gsize at;
  guint n;

  if (!kennis_xapi_check (statement, root))
    {
      reject (self, line);
      return;
    }
  has_id = find_id (statement, id);
  flags |= statement->is_voiding ? KENNIS_XAPI_VOIDING : 0;
  flags |= has_id ? KENNIS_XAPI_HAS_ID : 0;
  flags |= duration_flags (statement);
  at = begin_found (self, line, flags);
  n = statement->is_voiding || self->only_voiding ? 0 : add_records (self);
  found = end_found (self, at);
  found->n_records = n;
  found->flags |= n > 0 ? KENNIS_XAPI_USED : 0;
  if (has_id)
    found->id_hash = kennis_xapi_id_hash (id);
}

/* What databases put around a statement: Elasticsearch's hits, Learning Locker's documents. */
static guint
unwrap (const KennisXapiStatement *statement, guint root)
{
  guint inside = 0;

  if (kennis_xapi_find (statement, root, "actor") != 0)
    return root;
  inside = kennis_xapi_find (statement, root, "_source");
  if (inside == 0)
    inside = kennis_xapi_find (statement, root, "statement");

  return inside != 0 && kennis_json_type (&statement->tape, inside) == KENNIS_JSON_OBJECT ? inside : root;
}

static void
take_root (KennisXapiWorker *self, guint root, guint64 line)
{
  const KennisJsonTape *tape = &self->statement.tape;
  guint list = root;

  /* Nearly all have an actor near their beginning, and are no lists. */
  if (kennis_json_type (tape, root) == KENNIS_JSON_OBJECT)
    list = kennis_xapi_find (&self->statement, root, "actor") != 0
               ? 0
               : kennis_xapi_find (&self->statement, root, "statements");
  if (list == 0 || kennis_json_type (tape, list) != KENNIS_JSON_ARRAY)
    {
      take_statement (self, unwrap (&self->statement, root), line);
      return;
    }
  if (list != root)
    {
      guint more = kennis_xapi_find (&self->statement, root, "more");
      gsize length = 0;

      if (more != 0 && kennis_json_type (tape, more) == KENNIS_JSON_TEXT)
        kennis_json_text (tape, more, &length);
      if (length > 0)
        end_found (self, begin_found (self, line, KENNIS_XAPI_PAGE));
    }
  for (guint at = list + 1; at < kennis_json_end (tape, list); at = kennis_json_next (tape, at))
    take_statement (self, unwrap (&self->statement, at), line);
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]) && text[i] != 0x1e)
      return FALSE;

  return TRUE;
}

/* Any text, the long way. */
static void
take_text (KennisXapiWorker *self, const char *text, gsize length, guint64 line)
{
  KennisJsonProblem problem;

  if (length > KENNIS_XAPI_MAX_STATEMENT)
    {
      reject_text (self, line, KENNIS_JSON_TOO_LARGE);
      return;
    }
  if (self->only_voiding && !kennis_xapi_may_void (text, length))
    return;
  /* Records of a sequence (RFC 7464) begin with this. */
  for (; length > 0 && *text == 0x1e; length--)
    text++;
  if (length == 0 || (length < 64 && is_blank (text, length)))
    return;
  problem = kennis_json_parse (self->json, text, length, &self->statement.tape);
  if (problem != KENNIS_JSON_SOUND)
    reject_text (self, line, problem);
  else
    take_root (self, KENNIS_JSON_ROOT, line);
}

/* ── Quickly ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* False where something was asked for that only the long way can tell. */
static gboolean
take_known (KennisXapiWorker *self, KennisXapiQuick *quick, guint64 line)
{
  KennisXapiStatement *statement = &self->statement;
  guint32 flags = (quick->id.text != NULL ? KENNIS_XAPI_HAS_ID : 0) | duration_flags (statement);
  gsize at = begin_found (self, line, flags);
  KennisXapiFound *found;
  guint n;

  self->quick = quick;
  n = kennis_xapi_make (self, quick->known[KENNIS_XAPI_KNOWN_VERB]->number,
                        quick->known[KENNIS_XAPI_KNOWN_OBJECT]->number);
  self->quick = NULL;
  if (quick->refused)
    {
      self->found->len = at;
      return FALSE;
    }
  found = end_found (self, at);
  found->n_records = n;
  found->flags |= n > 0 ? KENNIS_XAPI_USED : 0;
  if (quick->id.text != NULL)
    found->id_hash = kennis_xapi_id_hash (statement->id);

  return TRUE;
}

/* By its tokens.  What is new in it is learned. */
static gboolean
take_tokens (KennisXapiWorker *self, KennisXapiQuick *quick, const char *text, gsize length, guint64 line)
{
  KennisXapiTokens *tokens = &quick->tokens;
  gsize at = self->found->len;
  const KennisXapiFound *found;
  KennisXapiQuickState state;

  if (length > KENNIS_XAPI_MAX_STATEMENT || !kennis_json_tokens (self->json, text, length, &tokens->at, &tokens->n))
    return FALSE;
  tokens->text = text;
  tokens->k = 0;
  state = kennis_xapi_quick_read (self, quick);
  if (state == KENNIS_XAPI_QUICK_LONG || tokens->k < tokens->n)
    return FALSE;
  if (state == KENNIS_XAPI_QUICK_SOUND)
    {
      kennis_xapi_shapes_learn (self->shapes, quick, text, length);
      return take_known (self, quick, line);
    }

  take_text (self, text, length, line);
  found = (const KennisXapiFound *) (const void *) (self->found->data + at);
  if (self->found->len > at && (found->flags & (KENNIS_XAPI_REJECTED | KENNIS_XAPI_PAGE)) == 0)
    kennis_xapi_quick_learn (self, quick);

  return TRUE;
}

guint64
kennis_xapi_worker_take_lines (KennisXapiWorker *self,
                               char             *text,
                               gsize             length)
{
  gboolean may_be = self->knowns != NULL;
  KennisXapiQuick quick;
  guint64 line = 0;

  memset (quick.before, 0, sizeof quick.before);
  /* Ends what goes on to the end of the text. */
  text[length] = '\0';
  for (gsize from = 0, to; from < length; from = to + 1, line++)
    {
      gsize read = may_be ? kennis_xapi_shapes_read (self, &quick, text + from, length - from) : 0;
      const char *newline;

      to = from + read;
      if (read > 0 && take_known (self, &quick, line))
        continue;
      newline = memchr (text + from, '\n', length - from);
      to = newline != NULL ? (gsize) (newline - text) : length;
      if (!may_be || !take_tokens (self, &quick, text + from, to - from, line))
        take_text (self, text + from, to - from, line);
    }

  return line;
}

void
kennis_xapi_worker_take_items (KennisXapiWorker     *self,
                               const char           *text,
                               gsize                 length,
                               const KennisXapiItem *items,
                               guint                 n_items)
{
  gboolean may_be = self->knowns != NULL;
  KennisXapiQuick quick;

  memset (quick.before, 0, sizeof quick.before);
  for (guint i = 0; i < n_items; i++)
    {
      const KennisXapiItem *item = &items[i];
      const char *from = text + MIN (item->at, length);

      /* One that was over the limit is not in the text. */
      if (may_be && item->length <= KENNIS_XAPI_MAX_STATEMENT
          && ((kennis_xapi_shapes_read (self, &quick, from, item->length) == item->length
               && take_known (self, &quick, item->line))
              || take_tokens (self, &quick, from, item->length, item->line)))
        continue;
      take_text (self, from, item->length, item->line);
    }
}
