#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-xapi-private.h"

/* Statements in arrays, in lists and over several lines: byte after byte, for only what comes before tells where one begins. */

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

/* Past what is nothing but text: to a quotation mark, escape or control character. */
static gsize
skip_text (const char *text,
           gsize       at,
           gsize       length)
{
  for (; at + sizeof (guint64) <= length; at += sizeof (guint64))
    {
      guint64 found = kennis_xapi_text_stops (kennis_eight_from (text + at));

      if (found != 0)
        return at + (guint) __builtin_ctzll (found) / 8;
    }

  return at;
}

/* Within brackets of a statement of a list: to a text, or to what closes the last of them. */
static gsize
skip_inside (Walk  *walk,
             gsize  at)
{
  /* 1 and 2: one more or fewer; 3: a line; 4: a text. */
  static const guint8 kinds[256] = { ['{'] = 1, ['['] = 1, ['}'] = 2, [']'] = 2, ['\n'] = 3, ['"'] = 4 };
  const char *text = walk->block->text;
  gsize length = walk->block->length;
  guint depth = walk->split->depth;

  for (; at < length; at++)
    {
      guint8 kind = kinds[(guchar) text[at]];

      if (kind == 0)
        continue;
      if (kind == 4 || (kind == 2 && depth == 1))
        break;
      depth += kind == 1;
      depth -= kind == 2;
      walk->line += kind == 3;
    }
  walk->split->depth = depth;

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
        at = skip_text (text, at, walk->block->length);
      else if (!self->in_text && self->place == IN_ITEM && self->depth > 0)
        at = skip_inside (walk, at);
      if (at == walk->block->length)
        break;
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

int
kennis_xapi_split_fill_values (KennisXapiSplit *self,
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
      if (!kennis_xapi_split_read_more (self, block, error))
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
      kennis_xapi_block_make_room (block, block->room * 2);
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
  kennis_xapi_split_keep_rest (self, block, keep);
  self->item = 0;
  self->text_from -= MIN (self->text_from, keep);

  return 1;
}
