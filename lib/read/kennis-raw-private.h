#pragma once

#include <glib.h>
#include <string.h>

#include "base/kennis-hash-private.h"

/* What a parser found, on its way to the thread that makes records of it: a block is a sequence of items, an item a
 * head, codes and texts.  Everything stands at multiples of eight bytes. */
#define KENNIS_RAW_BLOCK (256u * 1024)     /* a block is handed over when it holds this much */
#define KENNIS_RAW_MAX   (2u * 1024 * 1024) /* bytes in one item */

typedef enum
{
  KENNIS_RAW_HEADER,      /* texts: see KENNIS_HEADER_… */
  KENNIS_RAW_RECORD,
  KENNIS_RAW_REMARK       /* one text with a problem as its field; no record is lost by it */
} KennisRawWhat;

enum { KENNIS_HEADER_VERSION, KENNIS_HEADER_TIME_ZONE, KENNIS_HEADER_CURRENCY, KENNIS_HEADER_N };

/* A text's field: the index of a field of the record's schema, or one of these. */
enum
{
  KENNIS_RAW_HOURS = 0x80,             /* decimal hours, for the field "duration" */
  KENNIS_RAW_UNKNOWN_ATTRIBUTE,        /* the text is its name */
  KENNIS_RAW_UNKNOWN_ELEMENT,
  KENNIS_RAW_MISSING_ATTRIBUTE,        /* of an element inside a record: "element attribute" */
  KENNIS_RAW_WRONG_RECORD,             /* an element of another group */
  KENNIS_RAW_MISPLACED,                /* the group stands after one that it must precede */
  KENNIS_RAW_TEXT,                     /* text where only elements may be */
  KENNIS_RAW_FOREIGN,                  /* an element of another namespace */
  KENNIS_RAW_TOO_LARGE,
  KENNIS_RAW_FIRST_PROBLEM = KENNIS_RAW_UNKNOWN_ATTRIBUTE
};

/* Which part of a list a text is. */
enum { KENNIS_RAW_VALUE, KENNIS_RAW_MEMBER, KENNIS_RAW_PAIR_NAME, KENNIS_RAW_PAIR_VALUE };

typedef struct
{
  guint32 size;       /* with the head */
  guint32 line, column;
  guint8  what;       /* KennisRawWhat */
  guint8  type;       /* KennisRecordType; KENNIS_RAW_NO_TYPE: none */
  guint16 n_texts;
  guint32 n_codes;    /* the fields of a record whose type is known: what the parser knew, or unknown */
  guint32 padding;
  gint64  codes[];
} KennisRawItem;

#define KENNIS_RAW_NO_TYPE 0xff

typedef struct
{
  guint32 length;
  guint8  field;
  guint8  part;
  guint16 is_plain;   /* ASCII without control characters, of 1 to KENNIS_MAX_TEXT bytes: */
  guint64 hash;       /* kennis_hash_bytes() of it then */
  char    text[];
} KennisRawText;

typedef struct
{
  guint8 *data;
  gsize   used, room;
  gsize   item;       /* where the item being made begins */
} KennisRawBlock;

static inline gsize
kennis_raw_round (gsize size)
{
  return (size + 7) & ~(gsize) 7;
}

static inline const KennisRawText *
kennis_raw_first (const KennisRawItem *item)
{
  return (const KennisRawText *) (item->codes + item->n_codes);
}

static inline const KennisRawText *
kennis_raw_next (const KennisRawText *text)
{
  return (const KennisRawText *) ((const guint8 *) text + sizeof *text + kennis_raw_round (text->length));
}

static inline KennisRawItem *
kennis_raw_item (KennisRawBlock *block)
{
  return (KennisRawItem *) (block->data + block->item);
}

void kennis_raw_block_make_room (KennisRawBlock *block, gsize more);

static inline void
kennis_raw_begin (KennisRawBlock *block,
                  KennisRawWhat   what,
                  guint8          type,
                  guint32         line,
                  guint32         column,
                  const gint64   *codes,
                  guint           n_codes)
{
  gsize size = sizeof (KennisRawItem) + n_codes * sizeof *codes;
  KennisRawItem *item;

  if (block->room - block->used < size)
    kennis_raw_block_make_room (block, size);
  block->item = block->used;
  item = kennis_raw_item (block);
  *item = (KennisRawItem) { .line = line, .column = column, .what = what, .type = type, .n_codes = n_codes };
  if (n_codes > 0)
    memcpy (item->codes, codes, n_codes * sizeof *codes);
  block->used += size;
}

/* NULL where the item has grown too large; the text is then not in it. */
static inline KennisRawText *
kennis_raw_add (KennisRawBlock *block,
                guint8          field,
                guint8          part,
                const char     *text,
                gsize           length)
{
  gsize size = sizeof (KennisRawText) + kennis_raw_round (length);
  KennisRawText *to;

  if (block->room - block->used < size)
    kennis_raw_block_make_room (block, size);
  if (block->used - block->item + size > KENNIS_RAW_MAX || kennis_raw_item (block)->n_texts == G_MAXUINT16)
    return NULL;

  to = (KennisRawText *) (block->data + block->used);
  to->length = (guint32) length;
  to->field = field;
  to->part = part;
  to->is_plain = FALSE;
  memcpy (to->text, text, length);
  block->used += size;
  kennis_raw_item (block)->n_texts++;
  return to;
}

/* The text is plain (see there): who interns it need not look at it again. */
static inline void
kennis_raw_set_plain (KennisRawText *self)
{
  self->is_plain = TRUE;
  self->hash = kennis_hash_bytes (self->text, self->length);
}

static inline void
kennis_raw_end (KennisRawBlock *block)
{
  kennis_raw_item (block)->size = (guint32) (block->used - block->item);
}
