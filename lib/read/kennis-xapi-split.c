#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-xapi-private.h"

/* Bytes to statements.  Lines are cut here into blocks of whole lines only, so that any thread can part them; what stands in an
 * array, in {"statements": […]} or over several lines is parted here, since only the bytes before tell where one begins.
 * simdjson's own cutting is not used: a line that is not UTF-8 would take others with it. */

void
kennis_xapi_split_init (KennisXapiSplit *self,
                        KennisBytes     *bytes,
                        GCancellable    *cancellable)
{
  *self = (KennisXapiSplit) { .bytes = bytes, .cancellable = cancellable };
}

void
kennis_xapi_split_clear (KennisXapiSplit *self)
{
  g_clear_pointer (&self->rest, g_free);
}

void
kennis_xapi_block_init (KennisXapiBlock *self)
{
  *self = (KennisXapiBlock) { .room = KENNIS_XAPI_BLOCK };
  self->text = g_malloc (self->room + KENNIS_JSON_PADDING);
  self->items = g_array_new (FALSE, FALSE, sizeof (KennisXapiItem));
}

void
kennis_xapi_block_clear (KennisXapiBlock *self)
{
  g_free (self->text);
  g_array_unref (self->items);
  g_free (self->found.data);
}

static void
make_room (KennisXapiBlock *block,
           gsize            room)
{
  if (block->room >= room)
    return;
  block->room = room;
  block->text = g_realloc (block->text, room + KENNIS_JSON_PADDING);
}

/* What is behind the last whole statement is for the next block. */
static void
keep_rest (KennisXapiSplit *self,
           KennisXapiBlock *block,
           gsize            from)
{
  self->n_rest = block->length - from;
  if (self->rest == NULL || self->n_rest > self->rest_room)
    {
      self->rest_room = self->n_rest + KENNIS_XAPI_BLOCK;
      self->rest = g_realloc (self->rest, self->rest_room);
    }
  memcpy (self->rest, block->text + from, self->n_rest);
  block->length = from;
}

/* Reads on up to the block's room. */
static gboolean
read_more (KennisXapiSplit *self,
           KennisXapiBlock *block,
           GError         **error)
{
  while (!self->at_end && block->length < block->room)
    {
      gssize n = kennis_bytes_read (self->bytes, (guint8 *) block->text + block->length, block->room - block->length,
                                    self->cancellable, error);

      if (n < 0)
        return FALSE;
      self->at_end = n == 0;
      block->length += (gsize) n;
    }
  memset (block->text + block->length, 0, KENNIS_JSON_PADDING);

  return TRUE;
}

/* ── Is it lines? ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Behind the object or array that begins here; NULL: it does not end. */
static const char *
value_end (const char *text,
           const char *end)
{
  guint depth = 0;
  gboolean in_text = FALSE;

  for (; text < end; text++)
    {
      if (in_text)
        {
          if (*text == '\\')
            text++;
          else if (*text == '"')
            in_text = FALSE;
        }
      else if (*text == '"')
        in_text = TRUE;
      else if (*text == '{' || *text == '[')
        depth++;
      else if ((*text == '}' || *text == ']') && --depth == 0)
        return text + 1;
    }

  return NULL;
}

#define LINES_TO_SEE 8

/* A line that is an object on its own, and no list: of those, one bad statement must not take the others with it. */
static gboolean
is_whole (const char *text,
          const char *end)
{
  gboolean may_be = *text == '{' && memmem (text, (gsize) (end - text), "\"statements\"", 12) == NULL;
  const char *value = may_be ? value_end (text, end) : NULL;

  while (value != NULL && value < end && g_ascii_isspace (*value))
    value++;

  return value == end;
}

/* The first line tells, or two whole ones together: the first one may be bad, and within an array one of them has a comma. */
static gboolean
is_lines (const char *text,
          gsize       length)
{
  const char *end = text + length;
  guint n_whole = 0;

  for (guint i = 0; i < LINES_TO_SEE && text < end;)
    {
      const char *line_end = memchr (text, '\n', (gsize) (end - text));

      if (line_end == NULL)
        line_end = end;
      while (text < line_end && (g_ascii_isspace (*text) || *text == 0x1e))
        text++;
      if (text < line_end)
        {
          n_whole = is_whole (text, line_end) ? n_whole + 1 : 0;
          if (n_whole == 2 || (n_whole == 1 && i == 0))
            return TRUE;
          i++;
        }
      text = line_end + 1;
    }

  return FALSE;
}

/* ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *
last_newline (const char *text,
              gsize       length)
{
  return memrchr (text, '\n', length);
}

/* A line over the limit: an empty item stands for it, and the rest of it is passed over. */
static void
begin_skipping (KennisXapiSplit *self,
                KennisXapiBlock *block)
{
  KennisXapiItem item = { .at = 0, .length = G_MAXSIZE, .line = 0 };

  self->is_skipping = TRUE;
  block->is_lines = FALSE;
  block->hash_to = block->length;
  block->length = 0;
  block->n_lines = 0;
  g_array_append_val (block->items, item);
}

static gboolean
skip_line (KennisXapiSplit *self,
           KennisXapiBlock *block,
           GError         **error)
{
  while (self->is_skipping)
    {
      const char *newline;

      block->length = 0;
      if (!read_more (self, block, error))
        return FALSE;
      newline = memchr (block->text, '\n', block->length);
      self->is_skipping = newline == NULL && !self->at_end;
      if (newline != NULL)
        memmove (block->text, newline, block->length -= (gsize) (newline - block->text));
      else
        block->length = 0;
    }

  return TRUE;
}

static int
fill_lines (KennisXapiSplit *self,
            KennisXapiBlock *block,
            GError         **error)
{
  const char *newline;

  block->is_lines = TRUE;
  if (self->is_skipping && !skip_line (self, block, error))
    return -1;
  for (;;)
    {
      if (!read_more (self, block, error))
        return -1;
      newline = last_newline (block->text, block->length);
      if (newline != NULL || self->at_end)
        break;
      if (block->length >= KENNIS_XAPI_MAX_STATEMENT)
        return begin_skipping (self, block), 1;
      make_room (block, block->room * 2);
    }
  if (!self->at_end)
    keep_rest (self, block, (gsize) (newline + 1 - block->text));

  return block->length > 0;
}

/* ── Arrays, lists and objects over lines ────────────────────────────────────────────────────────────────────────── */

enum { BETWEEN, IN_OBJECT, IN_ARRAY, IN_ITEM, BEHIND_LIST };

typedef struct
{
  KennisXapiSplit *split;
  KennisXapiBlock *block;
  guint64 line, item_line;
} Walk;

static void
add_item (Walk *walk,
          gsize end)
{
  KennisXapiItem item = { .at = walk->split->item, .length = end - walk->split->item, .line = walk->item_line };

  g_array_append_val (walk->block->items, item);
}

static void
begin_item (Walk  *walk,
            gsize  at,
            guint8 place)
{
  walk->split->item = at;
  walk->item_line = walk->line;
  walk->split->place = place;
  walk->split->depth = 0;
  walk->split->wants_key = FALSE;
  walk->split->key = 0;
}

/* The end of a text at depth 1 of an object outside of all lists: a name, or the value of "more". */
static void
end_text (Walk *walk,
          gsize end)
{
  KennisXapiSplit *self = walk->split;
  const char *text = walk->block->text + self->text_from;
  gsize length = end - self->text_from;

  self->in_text = FALSE;
  if (self->depth != 1 || (self->place != IN_OBJECT && self->place != BEHIND_LIST))
    return;
  if (self->wants_key)
    self->key = length == 10 && memcmp (text, "statements", 10) == 0 ? 1
                : length == 4 && memcmp (text, "more", 4) == 0       ? 2
                                                                     : 0;
  else if (self->key == 2 && length > 0)
    self->has_more = TRUE;
}

/* Outside of texts, within a value: whether it goes on. */
static void
walk_inside (Walk *walk,
             gsize at,
             char  c)
{
  KennisXapiSplit *self = walk->split;

  if (c == '{' || c == '[')
    {
      /* What was taken for a statement is a list of them. */
      if (c == '[' && self->place == IN_OBJECT && self->depth == 1 && self->key == 1 && !self->wants_key)
        {
          self->place = IN_ARRAY;
          self->in_wrapper = TRUE;
          return;
        }
      self->depth++;
      self->wants_key = c == '{';
    }
  else if (c == '}' || c == ']')
    {
      if (self->depth > 0)
        self->depth--;
      self->wants_key = FALSE;
      if (self->depth == 0 && self->place == IN_OBJECT)
        {
          add_item (walk, at + 1);
          self->place = BETWEEN;
        }
      else if (self->depth == 0 && self->place == BEHIND_LIST)
        self->place = BETWEEN;
    }
  else if (c == ',')
    self->wants_key = self->depth == 1;
  else if (c == ':')
    self->wants_key = FALSE;
}

/* In an array a statement is what stands between commas: its own brackets are looked at only to know which commas those are. */
static void
walk_item (Walk *walk,
           gsize at,
           char  c)
{
  KennisXapiSplit *self = walk->split;

  if ((c == ',' || c == ']') && self->depth == 0)
    {
      add_item (walk, at);
      self->place = IN_ARRAY;
      if (c == ']')
        {
          self->place = self->in_wrapper ? BEHIND_LIST : BETWEEN;
          self->depth = self->in_wrapper ? 1 : 0;
          self->in_wrapper = FALSE;
        }
      return;
    }
  if (c == '{' || c == '[')
    self->depth++;
  else if ((c == '}' || c == ']') && self->depth > 0)
    self->depth--;
}

/* False where nothing of this kind may stand. */
static gboolean
walk_one (Walk *walk,
          gsize at,
          char  c)
{
  KennisXapiSplit *self = walk->split;

  switch (self->place)
    {
    case BETWEEN:
      if (g_ascii_isspace (c) || c == 0x1e)
        return TRUE;
      begin_item (walk, at, c == '{' ? IN_OBJECT : IN_ARRAY);
      self->depth = c == '{';
      self->wants_key = c == '{';
      return c == '{' || c == '[';
    case IN_ARRAY:
      if (g_ascii_isspace (c))
        return TRUE;
      if (c != ']')
        begin_item (walk, at, IN_ITEM);
      else
        {
          self->place = self->in_wrapper ? BEHIND_LIST : BETWEEN;
          self->depth = self->in_wrapper ? 1 : 0;
          self->in_wrapper = FALSE;
          return TRUE;
        }
      break;
    default:
      break;
    }
  if (c == '"')
    {
      self->in_text = TRUE;
      self->text_from = at + 1;
    }
  else if (self->place == IN_ITEM)
    walk_item (walk, at, c);
  else
    walk_inside (walk, at, c);

  return TRUE;
}

#define EACH(n) (G_GUINT64_CONSTANT (0x0101010101010101) * (n))
#define ZEROS(word) (((word) - EACH (1)) & ~(word) & EACH (0x80))

/* Past what is nothing but text: the first quotation mark, escape or control character is at most 7 bytes on, or the end is. */
static gsize
skip_text (const char *text,
           gsize       at,
           gsize       length)
{
  for (; at + sizeof (guint64) <= length; at += sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, text + at, sizeof word);
      if ((ZEROS (word ^ EACH ('"')) | ZEROS (word ^ EACH ('\\')) | ((word - EACH (0x20)) & ~word & EACH (0x80))) != 0)
        break;
    }

  return at;
}

/* How far into the block it came; less than its length where the rest is no JSON. */
static gsize
walk_block (Walk *walk,
            gsize at)
{
  KennisXapiSplit *self = walk->split;
  const char *text = walk->block->text;

  for (; at < walk->block->length; at++)
    {
      char c;

      if (self->in_text && !self->escaped)
        {
          at = skip_text (text, at, walk->block->length);
          if (at == walk->block->length)
            break;
        }
      c = text[at];
      walk->line += c == '\n';
      if (self->escaped)
        self->escaped = FALSE;
      else if (self->in_text && c == '\\')
        self->escaped = TRUE;
      else if (self->in_text && c == '"')
        end_text (walk, at);
      else if (!self->in_text && !walk_one (walk, at, c))
        return at;
    }

  return at;
}

/* Nothing but a statement, or the name or text at hand, must be kept for the next block. */
static gsize
needed_from (const KennisXapiSplit *self,
             gsize                  length)
{
  if (self->place == IN_OBJECT || self->place == IN_ITEM)
    return self->item;

  return self->in_text ? self->text_from : length;
}

static int
fill_values (KennisXapiSplit *self,
             KennisXapiBlock *block,
             GError         **error)
{
  Walk walk = { .split = self, .block = block };
  gsize from = self->n_rest, walked;

  block->is_lines = FALSE;
  for (gsize i = 0; i < from; i++)
    walk.line += block->text[i] == '\n';
  for (;;)
    {
      if (!read_more (self, block, error))
        return -1;
      walked = walk_block (&walk, from);
      if (walked < block->length)
        {
          self->problem = N_("there is something that is no statement and no list of them");
          self->at_end = TRUE;
          break;
        }
      from = block->length;
      if (block->items->len > 0 || self->at_end)
        break;
      if (needed_from (self, block->length) == 0 && block->length >= KENNIS_XAPI_MAX_STATEMENT)
        {
          self->problem = N_("a statement has over 16 MiB");
          self->at_end = TRUE;
          break;
        }
      if (needed_from (self, block->length) > 0)
        break;
      make_room (block, block->room * 2);
    }
  block->n_lines = walk.line;
  if (self->at_end)
    {
      self->n_rest = 0;
      if (self->place != BETWEEN && self->problem == NULL)
        self->problem = N_("it ends in the middle of a statement, or of a list of them");
      return block->items->len > 0;
    }

  gsize keep = needed_from (self, block->length);

  /* Lines of what is kept are counted when it is whole. */
  for (gsize i = keep; i < block->length; i++)
    block->n_lines -= block->text[i] == '\n';
  keep_rest (self, block, keep);
  self->item = 0;
  self->text_from -= MIN (self->text_from, keep);

  return 1;
}

static int
fill (KennisXapiSplit *self,
      KennisXapiBlock *block,
      GError         **error)
{
  block->length = block->hash_to = 0;
  block->n_lines = 0;
  g_array_set_size (block->items, 0);
  make_room (block, self->n_rest + KENNIS_XAPI_BLOCK / 2);
  if (self->n_rest > 0)
    memcpy (block->text, self->rest, self->n_rest);
  block->length = self->n_rest;
  if (!self->is_known)
    {
      gsize bom;

      if (!read_more (self, block, error))
        return -1;
      bom = block->length >= 3 && memcmp (block->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
      memmove (block->text, block->text + bom, block->length -= bom);
      self->is_known = TRUE;
      self->is_lines = is_lines (block->text, block->length);
    }
  if (self->is_lines)
    {
      self->n_rest = 0;
      return self->at_end && block->length == 0 ? 0 : fill_lines (self, block, error);
    }
  if (self->at_end && self->n_rest == 0 && block->length == 0)
    return 0;

  return fill_values (self, block, error);
}

int
kennis_xapi_split_fill (KennisXapiSplit *self,
                        KennisXapiBlock *block,
                        GError         **error)
{
  /* Where bytes are moved or left out they are fingerprinted as they come. */
  gboolean apart = self->apart && self->is_known && !self->is_skipping;
  int filled;

  self->bytes->apart = apart;
  block->hash_from = self->n_hashed;
  filled = fill (self, block, error);
  if (block->hash_to == 0)
    block->hash_to = block->length;
  if (!apart)
    block->hash_from = block->hash_to;
  self->n_hashed = apart ? 0 : self->n_rest;
  self->bytes->apart = FALSE;

  return filled;
}

void
kennis_xapi_block_parse (KennisXapiBlock  *self,
                         KennisXapiWorker *worker)
{
  self->found.len = 0;
  worker->found = &self->found;
  if (self->is_lines)
    self->n_lines = kennis_xapi_worker_take_lines (worker, self->text, self->length);
  else
    kennis_xapi_worker_take_items (worker, self->text, self->length,
                                   (const KennisXapiItem *) (const void *) self->items->data, self->items->len);
}
