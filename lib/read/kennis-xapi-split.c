#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-xapi-private.h"

/* Bytes to statements.  Lines are cut here into blocks of whole lines only, so that any thread can part them; what stands in an
 * array, in {"statements": […]} or over several lines is parted here (kennis-xapi-lists.c), since only the bytes before tell where one begins.
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

void
kennis_xapi_block_make_room (KennisXapiBlock *block,
           gsize            room)
{
  if (block->room >= room)
    return;
  block->room = room;
  block->text = g_realloc (block->text, room + KENNIS_JSON_PADDING);
}

/* What is behind the last whole statement is for the next block. */
void
kennis_xapi_split_keep_rest (KennisXapiSplit *self,
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
gboolean
kennis_xapi_split_read_more (KennisXapiSplit *self,
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
      if (!kennis_xapi_split_read_more (self, block, error))
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
      if (!kennis_xapi_split_read_more (self, block, error))
        return -1;
      newline = last_newline (block->text, block->length);
      if (newline != NULL || self->at_end)
        break;
      if (block->length >= KENNIS_XAPI_MAX_STATEMENT)
        return begin_skipping (self, block), 1;
      kennis_xapi_block_make_room (block, block->room * 2);
    }
  if (!self->at_end)
    kennis_xapi_split_keep_rest (self, block, (gsize) (newline + 1 - block->text));

  return block->length > 0;
}

/* ── Any ──────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static int
fill (KennisXapiSplit *self,
      KennisXapiBlock *block,
      GError         **error)
{
  block->length = block->hash_to = 0;
  block->n_lines = 0;
  g_array_set_size (block->items, 0);
  kennis_xapi_block_make_room (block, self->n_rest + KENNIS_XAPI_BLOCK / 2);
  if (self->n_rest > 0)
    memcpy (block->text, self->rest, self->n_rest);
  block->length = self->n_rest;
  if (!self->is_known)
    {
      gsize bom;

      if (!kennis_xapi_split_read_more (self, block, error))
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

  return kennis_xapi_split_fill_values (self, block, error);
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
