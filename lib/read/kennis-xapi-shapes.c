#include "config.h"

#include "read/kennis-xapi-quick-private.h"

#include <string.h>

/* Shapes of sound lines: a tree of stretches of bytes that are always the same, with a cell behind each.  Below a node are the
 * stretches that came behind its cell; a line fits where a way through the tree leads to its end.  Nothing but the cells is read
 * then, and the line is as sound as the one it was learned of:
 *
 *   - a stretch is compared byte for byte, so names, structure and all that is no cell are the same;
 *   - a cell is held against the rules of its kind, and may not hold what would end it or be UTF-8 to look at;
 *   - a known part is JSON that is whole: bytes that begin with it can be nothing but it.
 *
 * What only the whole can tell (names that are there twice, or not there) follows from the shape. */

#define MOST_SIBLINGS 16u
#define MOST_NODES    4096u
#define MOST_BYTES    (4u * 1024 * 1024)
#define MOST_CLOSINGS 32u

typedef struct _Node Node;
struct _Node
{
  Node           *first, *sibling;
  guint           n_below;
  KennisXapiCell  cell;             /* behind the stretch */
  guint32         closings;         /* of a part: bit n: one had n + 1 closing braces */
  KennisXapiSeen  seen;             /* of a whole line */
  gsize           length;           /* of the stretch */
  char            text[];
};

struct _KennisXapiShapes
{
  Node  root;
  guint n;
  gsize bytes;
};

KennisXapiShapes *
kennis_xapi_shapes_new (void)
{
  return g_new0 (KennisXapiShapes, 1);
}

static void
free_below (Node *node)
{
  for (Node *next, *below = node->first; below != NULL; below = next)
    {
      next = below->sibling;
      free_below (below);
      g_free (below);
    }
  node->first = NULL;
  node->n_below = 0;
}

void
kennis_xapi_shapes_free (KennisXapiShapes *self)
{
  free_below (&self->root);
  g_free (self);
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Most are short, or differ in their last bytes. */
static inline gboolean
is_same (const char *a,
         const char *b,
         gsize       length)
{
  if (length < 8)
    return memcmp (a, b, length) == 0;
  if (kennis_eight_at (a + length - 8) != kennis_eight_at (b + length - 8))
    return FALSE;
  if (length > 48)
    return memcmp (a, b, length - 8) == 0;
  for (gsize i = 0; i + 8 < length; i += 8)
    if (kennis_eight_at (a + i) != kennis_eight_at (b + i))
      return FALSE;

  return TRUE;
}

static inline const Node *
follow (const Node *node,
        const char *at,
        const char *end)
{
  for (node = node->first; node != NULL; node = node->sibling)
    if ((gsize) (end - at) >= node->length && is_same (node->text, at, node->length))
      break;

  return node;
}

/* The quotation mark that ends a text; NULL: before it stands an escape, a control character (as behind the last line), or what is
 * no ASCII. */
static inline const char *
text_end (const char *at)
{
  for (;; at += sizeof (guint64))
    {
      guint64 bytes = kennis_eight_from (at);
      guint64 found = kennis_xapi_text_stops (bytes) | (bytes & G_GUINT64_CONSTANT (0x8080808080808080));

      if (found == 0)
        continue;
      at += (guint) __builtin_ctzll (found) / 8;
      return *at == '"' ? at : NULL;
    }
}

static const char *
word_end (const char *at)
{
  while (g_ascii_isalnum (*at) || *at == '.' || *at == '-' || *at == '+')
    at++;

  return at;
}

/* An id or a time of the usual length: where it is sound, it holds nothing that would end it. */
static inline gboolean
read_usual_cell (KennisXapiWorker     *self,
                 KennisXapiQuick      *quick,
                 const KennisXapiCell *cell,
                 const char           *at,
                 const char           *text_ends,
                 gsize                *length)
{
  gsize left = (gsize) (text_ends - at);

  if (cell->kind == KENNIS_XAPI_CELL_ID || cell->kind == KENNIS_XAPI_CELL_REGISTRATION)
    {
      *length = 36;
      return left > 36 && at[36] == '"' && kennis_xapi_cell_read (self, quick, cell, (KennisXapiText) { at, 36 });
    }

  *length = 24;
  return cell->kind == KENNIS_XAPI_CELL_TIMESTAMP && left > 24 && at[24] == '"'
         && kennis_xapi_plain_time (at, 24, &quick->timestamp);
}

/* Behind the cell; NULL: it is none of its kind. */
static inline const char *
read_cell (KennisXapiWorker     *self,
           KennisXapiQuick      *quick,
           const KennisXapiCell *cell,
           const char           *at,
           const char           *text_ends)
{
  const char *end;
  gsize length;

  if (read_usual_cell (self, quick, cell, at, text_ends, &length))
    return at + length;
  if (cell->kind != KENNIS_XAPI_CELL_VALUE && cell->kind != KENNIS_XAPI_CELL_EXTENSION)
    end = text_end (at);
  else if (*at != '"')
    end = word_end (at);
  else if ((end = text_end (at + 1)) != NULL)
    end++;
  if (end == NULL || end > text_ends
      || !kennis_xapi_cell_read (self, quick, cell, (KennisXapiText) { at, (gsize) (end - at) }))
    return NULL;

  return end;
}

static inline gboolean
is_here (const KennisXapiKnown *known,
         const char            *at,
         const char            *end)
{
  return (gsize) (end - at) >= known->length && is_same ((const char *) (known + 1), at, known->length);
}

/* By the braces that close parts that stood here; where none of those is known, an actor may become known. */
static KennisXapiKnown *
find_known (KennisXapiWorker *self,
            const Node       *node,
            const char       *at,
            const char       *end,
            gboolean          learn)
{
  const char *part_end = at;
  KennisXapiKnown *known = NULL;
  guint64 hash;

  for (guint32 left = node->closings; left != 0 && known == NULL; left >>= 1)
    {
      part_end = memchr (part_end, '}', (gsize) (end - part_end));
      if (part_end == NULL)
        return NULL;
      part_end++;
      if ((left & 1) != 0)
        {
          known = kennis_xapi_knowns_find (self->knowns, node->cell.which, at, (gsize) (part_end - at), &hash);
          if (learn)
            known = kennis_xapi_quick_learn_actor (self, at, (gsize) (part_end - at), hash);
        }
    }

  return known != NULL || learn || node->cell.which != KENNIS_XAPI_KNOWN_ACTOR ? known
                                                                               : find_known (self, node, at, end, TRUE);
}

/* Statements of one person, or about one activity, often come together; and others come in turns. */
static inline const char *
read_part (KennisXapiWorker *self,
           KennisXapiQuick  *quick,
           const Node       *node,
           const char       *at,
           const char       *end)
{
  KennisXapiKnown *before = quick->before[node->cell.which], *known = before;

  if (before == NULL || !is_here (before, at, end))
    {
      known = before != NULL ? before->next : NULL;
      if (known == NULL || !is_here (known, at, end))
        {
          known = find_known (self, node, at, end, FALSE);
          if (known == NULL)
            return NULL;
          if (before != NULL)
            before->next = known;
        }
      quick->before[node->cell.which] = known;
    }
  quick->known[node->cell.which] = known;

  return at + known->length;
}

gsize
kennis_xapi_shapes_read (KennisXapiWorker *self,
                         KennisXapiQuick  *quick,
                         const char       *text,
                         gsize             length)
{
  const char *at = text, *end = text + length;
  const Node *node = &self->shapes->root;

  kennis_xapi_quick_begin (self, quick);
  while (at != NULL && (node = follow (node, at, end)) != NULL)
    {
      at += node->length;
      if (node->cell.kind == KENNIS_XAPI_CELL_PART)
        at = read_part (self, quick, node, at, end);
      else if (node->cell.kind != KENNIS_XAPI_CELL_END)
        at = read_cell (self, quick, &node->cell, at, end);
      else
        {
          quick->seen = node->seen;
          return (at == end || *at == '\n') && at - text <= KENNIS_XAPI_MAX_STATEMENT
                         && kennis_xapi_quick_finish (self, quick)
                     ? (gsize) (at - text)
                     : 0;
        }
    }

  return 0;
}

/* ── Learning ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static Node *
add_below (KennisXapiShapes     *self,
           Node                 *above,
           const char           *text,
           gsize                 length,
           const KennisXapiCell *cell)
{
  Node *node;

  if (above->n_below == MOST_SIBLINGS)
    return NULL;
  node = g_malloc0 (sizeof *node + length);
  node->cell = *cell;
  node->length = length;
  memcpy (node->text, text, length);
  /* The name of what stands in the cell is in the stretch before it. */
  if (cell->iri.text != NULL)
    node->cell.iri.text = node->text + (cell->iri.text - text);
  node->sibling = above->first;
  above->first = node;
  above->n_below++;
  self->n++;
  self->bytes += sizeof *node + length;

  return node;
}

static Node *
find_below (const Node           *above,
            const char           *text,
            gsize                 length,
            const KennisXapiCell *cell)
{
  for (Node *node = above->first; node != NULL; node = node->sibling)
    if (node->length == length && node->cell.kind == cell->kind && node->cell.which == cell->which
        && memcmp (node->text, text, length) == 0)
      return node;

  return NULL;
}

static void
note_closings (Node           *node,
               KennisXapiText  part)
{
  guint n = 0;

  for (gsize i = 0; i < part.length; i++)
    n += part.text[i] == '}';
  if (n > 0 && n <= MOST_CLOSINGS)
    node->closings |= 1u << (n - 1);
}

void
kennis_xapi_shapes_learn (KennisXapiShapes      *self,
                          const KennisXapiQuick *quick,
                          const char            *text,
                          gsize                  length)
{
  static const KennisXapiCell at_end = { .kind = KENNIS_XAPI_CELL_END };
  Node *node = &self->root;
  const char *at = text;

  if (quick->n_cells > KENNIS_XAPI_MAX_CELLS)
    return;
  /* Others may come from here on. */
  if (self->n + KENNIS_XAPI_MAX_CELLS >= MOST_NODES || self->bytes + length >= MOST_BYTES)
    {
      free_below (node);
      self->n = 0;
      self->bytes = 0;
    }
  for (guint i = 0; i <= quick->n_cells && node != NULL; i++)
    {
      const KennisXapiCell *cell = i < quick->n_cells ? &quick->cells[i].cell : &at_end;
      KennisXapiText inside = i < quick->n_cells ? quick->cells[i].text : (KennisXapiText) { text + length, 0 };
      Node *below = find_below (node, at, (gsize) (inside.text - at), cell);

      node = below != NULL ? below : add_below (self, node, at, (gsize) (inside.text - at), cell);
      if (node != NULL && cell->kind == KENNIS_XAPI_CELL_PART)
        note_closings (node, inside);
      at = inside.text + inside.length;
    }
  if (node != NULL)
    node->seen = quick->seen;
}
