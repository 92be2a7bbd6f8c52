#include "config.h"

#include "read/kennis-xml-parser-private.h"

#include <libxml/parserInternals.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define WINDOW 32768   /* bytes that libxml2 is asked to read at once */

/* Nearly every record of nearly every file is one empty element in ASCII, `<activity id="a1" … />`, with attributes that
 * the schema knows and nothing to replace in them.  Between two such siblings of a group libxml2 has nothing to decide:
 * these are read straight from its buffer, several times as fast.  Whatever is not exactly so, a fault above all, is left
 * to libxml2 from its first byte; and so is every first record of a group, whose name libxml2 puts into its name space. */

typedef struct
{
  const guint8 *at, *end;
  const guint8 *mark;             /* a place in the line whose column is known */
  guint         line, column;     /* of mark */
} Scan;

/* What a plain value cannot hold. */
static const guint8 stops[256] = {
  [0 ... 0x1f] = 1, ['&'] = 1, ['<'] = 1, [0x7f ... 0xff] = 1,
};

static void
set_name (KennisXmlName     *self,
          const KennisField *field,
          const char        *name,
          guint8             number)
{
  guint8 bytes[16] = { 0 }, mask[16] = { 0 };

  self->field = field;
  self->number = number;
  self->length = (guint8) strlen (name) + 1;
  g_assert (self->length <= sizeof bytes);
  memcpy (bytes, name, self->length - 1u);
  bytes[self->length - 1] = '=';
  memset (mask, 0xff, self->length);
  memcpy (self->bytes, bytes, sizeof bytes);
  memcpy (self->mask, mask, sizeof mask);
}

void
kennis_xml_plain_init (KennisXmlParser *self)
{
  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    {
      const KennisSchema *schema = kennis_schema_get (i);
      KennisXmlType *type = &self->types[i];

      type->n_fields = schema->n_fields;
      type->length = (guint) g_snprintf (type->tag, sizeof type->tag, "<%s", schema->name);
      for (guint f = 0; f < schema->n_fields; f++)
        {
          type->unknown[f] = kennis_field_unknown (&schema->fields[f]);
          if (self->names[i][f] == NULL)
            continue;
          set_name (&type->names[type->n_names++], &schema->fields[f], schema->fields[f].name, (guint8) f);
          if (self->names[i][f] == self->duration)
            {
              type->hours = &type->names[type->n_names++];
              set_name (type->hours, &schema->fields[f], "hours", KENNIS_RAW_HOURS);
            }
        }
    }
  /* Its words begin at 0. */
  self->types[KENNIS_RECORD_TYPE_COVERAGE].unknown[KENNIS_COVERAGE_RECORD] = KENNIS_UNKNOWN;
}

static gboolean
is_plain (const guint8 *text,
          gsize         length)
{
  if (length == 0 || length > KENNIS_MAX_TEXT)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (text[i] < 0x20 || text[i] >= 0x7f)
      return FALSE;

  return TRUE;
}

/* A duration or hours: the second one of a record is a fault, which is told behind the faults before it. */
static gboolean
convert_once (KennisXmlParser   *self,
              const KennisField *field,
              guint8             number,
              const char        *text,
              gsize              length,
              gint64            *code)
{
  gboolean first = !self->timed;

  self->timed = TRUE;
  if (!first)
    return FALSE;
  if (number == KENNIS_RAW_HOURS)
    return kennis_parse_hours (text, length, code, NULL);

  return kennis_convert_early (&self->words, field, text, length, code);
}

static inline gboolean
add_value (KennisXmlParser   *self,
           const KennisField *field,
           guint8             number,
           const char        *text,
           gsize              length,
           gboolean           plain)
{
  KennisRawText *added;
  gboolean known;
  gint64 code;

  if (field->kind == KENNIS_KIND_TEXT)
    {
      added = kennis_raw_add (self->block, number, KENNIS_RAW_VALUE, text, length);
      if (added != NULL && plain)
        kennis_raw_set_plain (added);
      return added != NULL;
    }

  known = field->kind == KENNIS_KIND_DURATION ? convert_once (self, field, number, text, length, &code)
                                              : kennis_convert_early (&self->words, field, text, length, &code);
  if (!known)
    return kennis_raw_add (self->block, number, KENNIS_RAW_VALUE, text, length) != NULL;

  kennis_raw_item (self->block)->codes[field - self->fields] = code;
  return TRUE;
}

gboolean
kennis_xml_plain_add_value (KennisXmlParser *self,
                            guint8           number,
                            const char      *text,
                            gsize            length)
{
  guint f = number != KENNIS_RAW_HOURS ? number : (guint) (self->types[self->type].hours->field - self->fields);

  return add_value (self, &self->fields[f], number, text, length, is_plain ((const guint8 *) text, length));
}

static inline guint
column_of (const Scan *scan)
{
  return scan->column + (guint) (scan->at - scan->mark);
}

static inline void
skip_blanks (Scan *scan)
{
  for (; scan->at < scan->end; scan->at++)
    if (*scan->at == '\n')
      {
        scan->line++;
        scan->column = 1;
        scan->mark = scan->at + 1;
      }
    else if (*scan->at != ' ' && *scan->at != '\t'
             && (*scan->at != '\r' || scan->at + 1 == scan->end || scan->at[1] != '\n'))
      return;
}

static inline gboolean
has_name (const KennisXmlName *name,
          const guint64        bytes[2])
{
  return (((bytes[0] ^ name->bytes[0]) & name->mask[0]) | ((bytes[1] ^ name->bytes[1]) & name->mask[1])) == 0;
}

/* The name that stands here with its "=", or NULL; files give the same names at the same places. */
static inline const KennisXmlName *
scan_name (KennisXmlType *type,
           Scan          *scan,
           guint          place)
{
  const KennisXmlName *name = &type->names[type->order[place]];
  guint64 bytes[2];

  if ((gsize) (scan->end - scan->at) < sizeof bytes)
    return NULL;
  memcpy (bytes, scan->at, sizeof bytes);
  if (G_UNLIKELY (!has_name (name, bytes)))
    {
      guint n = 0;

      while (n < type->n_names && !has_name (&type->names[n], bytes))
        n++;
      if (n == type->n_names)
        return NULL;
      name = &type->names[n];
      type->order[place] = (guint8) n;
    }
  scan->at += name->length;

  return name;
}

/* The first byte that a plain value in these quotes cannot hold, or the end. */
static inline const guint8 *
find_stop (const guint8 *at,
           const guint8 *end,
           guint8        quote)
{
#ifdef __SSE2__
  const __m128i quotes = _mm_set1_epi8 ((char) quote), less = _mm_set1_epi8 ('<'), and = _mm_set1_epi8 ('&');
  const __m128i blank = _mm_set1_epi8 (0x20), delete = _mm_set1_epi8 (0x7f);

  for (; end - at >= 16; at += 16)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) at);
      /* As signed numbers, bytes from 0x80 on are less than a blank too. */
      __m128i found = _mm_or_si128 (_mm_cmpeq_epi8 (bytes, quotes), _mm_cmplt_epi8 (bytes, blank));

      found = _mm_or_si128 (found, _mm_or_si128 (_mm_cmpeq_epi8 (bytes, less), _mm_cmpeq_epi8 (bytes, and)));
      found = _mm_or_si128 (found, _mm_cmpeq_epi8 (bytes, delete));
      guint bits = (guint) _mm_movemask_epi8 (found);
      if (bits != 0)
        return at + __builtin_ctz (bits);
    }
#endif
  while (at < end && *at != quote && !stops[*at])
    at++;

  return at;
}

/* What stands between the quotes here; NULL: they do not end here, or it is not plain. */
static inline const guint8 *
scan_value (Scan  *scan,
            gsize *length)
{
  const guint8 *begin, *at;
  guint8 quote;

  if (scan->at == scan->end || (*scan->at != '"' && *scan->at != '\''))
    return NULL;
  quote = *scan->at;
  begin = scan->at + 1;
  at = find_stop (begin, scan->end, quote);
  if (at == scan->end || *at != quote)
    return NULL;
  *length = (gsize) (at - begin);
  scan->at = at + 1;

  return begin;
}

/* Behind an attribute, or the element's name: true before another attribute, false at the end of the tag or a fault. */
static inline gboolean
scan_gap (Scan *scan)
{
  const guint8 *from = scan->at;

  if (scan->end - from >= 2 && from[0] == ' ' && from[1] > ' ' && from[1] != '/')
    {
      scan->at++;
      return TRUE;
    }
  skip_blanks (scan);

  return scan->at > from && scan->at < scan->end && *scan->at != '/';
}

/* A whole element, made an item of; false and nothing done where there is none. */
static gboolean
take_record (KennisXmlParser *self,
             KennisXmlType   *type,
             Scan            *scan)
{
  guint32 seen = 0;

  skip_blanks (scan);
  if ((gsize) (scan->end - scan->at) <= type->length || memcmp (scan->at, type->tag, type->length) != 0)
    return FALSE;

  kennis_raw_begin (self->block, KENNIS_RAW_RECORD, self->type, scan->line, column_of (scan), type->unknown,
                    type->n_fields);
  self->timed = FALSE;
  scan->at += type->length;
  for (guint place = 0; scan_gap (scan); place++)
    {
      const KennisXmlName *name = place <= KENNIS_MAX_FIELDS ? scan_name (type, scan, place) : NULL;
      guint32 bit = name != NULL ? 1u << (name - type->names) : 0;
      const guint8 *value;
      gsize length;

      if (name == NULL || (seen & bit) != 0 || (value = scan_value (scan, &length)) == NULL || length > KENNIS_MAX_TEXT
          || !add_value (self, name->field, name->number, (const char *) value, length, length > 0))
        {
          self->block->used = self->block->item;
          return FALSE;
        }
      seen |= bit;
    }
  if (scan->end - scan->at < 2 || scan->at[0] != '/' || scan->at[1] != '>')
    {
      self->block->used = self->block->item;
      return FALSE;
    }
  scan->at += 2;

  return TRUE;
}

/* What is left in the buffer is no whole record: has libxml2 read on, if that is all that there is. */
static gboolean
read_on (KennisXmlParser *self)
{
  xmlParserInput *input = self->context->input;

  kennis_xml_parser_mark_place (self);
  /* A fault of the encoding comes before all that was read with it: the less that is, the more is kept. */
  if (xmlParserInputGrow (input, input->buf != NULL && input->buf->encoder == NULL ? WINDOW : 0) <= 0)
    return FALSE;
  xmlParserInputShrink (input);

  return !self->stopped;
}

void
kennis_xml_plain_run (KennisXmlParser *self)
{
  xmlParserInput *input = self->context->input;
  KennisXmlType *type = &self->types[self->type];
  gboolean some;

  do
    {
      Scan scan = {
        .at = input->cur,
        .end = input->end,
        .mark = input->cur,
        .line = (guint) input->line,
        .column = (guint) input->col,
      };

      for (some = FALSE; take_record (self, type, &scan); some = TRUE)
        {
          input->cur = scan.at;
          input->line = (int) scan.line;
          input->col = (int) column_of (&scan);
          kennis_xml_parser_end_item (self);
        }
    }
  while (some && read_on (self));
}
