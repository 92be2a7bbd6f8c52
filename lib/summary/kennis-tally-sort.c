#include "config.h"

#include "base/kennis-pages-private.h"
#include "summary/kennis-tally-private.h"

#define SPAN_ELEMENTS 8192u
#define CHUNK_GROUPS  16u
#define FEW           64u      /* elements that are sorted by comparing them */

/* An element on its way to its place: its keys but the first, as numbers that sort. */
typedef struct
{
  guint64 second_and_third;
  const guint8 *element;
} Ref;

typedef struct
{
  const KennisShape *shape;
  const KennisSpan *spans;
  const guint32 *const *ranks;
  guint32 n_groups;
  guint32 *groups;         /* of each element: its first key's rank */
  gsize *start;            /* of each group, and the end */
  const guint8 **ordered;  /* elements by group */
  gsize *kept;             /* of each group: distinct keys */
  gsize *overflow;         /* of each chunk: 1 + where, or 0 */
  guint8 *out;
} Sorting;

static gsize
n_elements (const KennisVector *spans)
{
  const KennisSpan *last = (const KennisSpan *) spans->data + spans->n;

  return spans->n > 0 ? last[-1].first + last[-1].n : 0;
}

void
kennis_spans_add (KennisVector       *spans,
                  const KennisShape  *shape,
                  const KennisVector *block)
{
  gsize first = n_elements (spans);

  for (gsize i = 0; i < block->n; i += SPAN_ELEMENTS)
    {
      KennisSpan *span = kennis_vector_add (spans, sizeof *span, 1);

      *span =
          (KennisSpan) { (const guint8 *) block->data + i * shape->size, MIN (SPAN_ELEMENTS, block->n - i), first + i };
    }
}

/* A key as a number that sorts as the key does. */
static inline guint32
sortable (const Sorting *self,
          const guint8  *element,
          guint          k)
{
  guint32 key = ((const guint32 *) (gconstpointer) element)[k];

  if (self->shape->kinds[k] == KENNIS_KEY_SIGNED)
    return key ^ 0x80000000u;

  return self->ranks[k] != NULL && key != KENNIS_INTERN_NONE ? self->ranks[k][key] : key;
}

static void
find_groups (gsize    number,
             guint    thread,
             gpointer data)
{
  const Sorting *self = data;
  const KennisSpan *span = &self->spans[number];

  for (gsize i = 0; i < span->n; i++)
    self->groups[span->first + i] = sortable (self, span->elements + i * self->shape->size, 0);
}

/* Puts the elements of one first key together, in the order of these keys. */
static void
order_by_group (Sorting *self,
                gsize    n_spans,
                gsize    n)
{
  g_autofree gsize *next = NULL;

  for (gsize i = 0; i < n; i++)
    self->start[self->groups[i] + 1]++;
  for (guint32 g = 0; g < self->n_groups; g++)
    self->start[g + 1] += self->start[g];

  next = g_memdup2 (self->start, (self->n_groups + 1) * sizeof *next);
  for (gsize s = 0; s < n_spans; s++)
    {
      const KennisSpan *span = &self->spans[s];

      for (gsize i = 0; i < span->n; i++)
        self->ordered[next[self->groups[span->first + i]]++] = span->elements + i * self->shape->size;
    }
}

static inline gboolean
is_before (const Sorting *self,
           const Ref     *a,
           const Ref     *b)
{
  if (G_LIKELY (a->second_and_third != b->second_and_third))
    return a->second_and_third < b->second_and_third;

  for (guint k = 3; k < self->shape->n_keys; k++)
    {
      guint32 x = sortable (self, a->element, k), y = sortable (self, b->element, k);

      if (x != y)
        return x < y;
    }

  return FALSE;
}

static void
insert_sort (const Sorting *self,
             Ref           *refs,
             gsize          n)
{
  for (gsize i = 1; i < n; i++)
    {
      Ref ref = refs[i];
      gsize to = i;

      for (; to > 0 && is_before (self, &ref, &refs[to - 1]); to--)
        refs[to] = refs[to - 1];
      refs[to] = ref;
    }
}

static void
merge_sort (const Sorting *self,
            Ref           *refs,
            gsize          n,
            Ref           *spare)
{
  gsize half = n / 2, left = 0, right = half;

  if (n <= 12)
    {
      insert_sort (self, refs, n);
      return;
    }

  merge_sort (self, refs, half, spare);
  merge_sort (self, refs + half, n - half, spare);
  memcpy (spare, refs, half * sizeof *refs);
  for (gsize to = 0; left < half; to++)
    if (right < n && is_before (self, &refs[right], &spare[left]))
      refs[to] = refs[right++];
    else
      refs[to] = spare[left++];
}

/* Sorts by one byte of the two keys; what is alike in it stays in its order. */
static void
sort_by_byte (const Ref *refs,
              gsize      n,
              guint      shift,
              Ref       *out)
{
  guint32 next[256] = { 0 }, place = 0;

  for (gsize i = 0; i < n; i++)
    next[refs[i].second_and_third >> shift & 0xff]++;
  for (guint b = 0; b < 256; b++)
    {
      guint32 count = next[b];

      next[b] = place;
      place += count;
    }
  for (gsize i = 0; i < n; i++)
    out[next[refs[i].second_and_third >> shift & 0xff]++] = refs[i];
}

/* Sorts, with room for as many more at `spare`: by the bytes in which the two keys differ at all, which are seldom more than three, then those
 * that have them in common by the rest. */
static void
sort_refs (const Sorting *self,
           Ref           *refs,
           gsize          n,
           Ref           *spare)
{
  guint64 differs = 0;
  Ref *from = refs, *to = spare;

  if (n < FEW || n > G_MAXUINT32)
    {
      merge_sort (self, refs, n, spare);
      return;
    }

  for (gsize i = 1; i < n; i++)
    differs |= refs[i].second_and_third ^ refs[0].second_and_third;
  for (guint shift = 0; shift < 64; shift += 8)
    if ((differs >> shift & 0xff) != 0)
      {
        Ref *sorted = to;

        sort_by_byte (from, n, shift, sorted);
        to = from;
        from = sorted;
      }
  if (from != refs)
    memcpy (refs, from, n * sizeof *refs);
  if (self->shape->n_keys <= 3)
    return;

  for (gsize i = 0, end; i < n; i = end)
    {
      for (end = i + 1; end < n && refs[end].second_and_third == refs[i].second_and_third;)
        end++;
      if (end - i > 1)
        merge_sort (self, refs + i, end - i, spare);
    }
}

/* Writes an element with its ranks. */
static void
put (const Sorting *self,
     guint8        *to,
     const guint8  *element)
{
  const KennisShape *shape = self->shape;

  kennis_shape_copy (shape, to, element);
  for (guint k = 0; k < shape->n_keys; k++)
    if (self->ranks[k] != NULL)
      ((guint32 *) (gpointer) to)[k] = sortable (self, element, k);
}

static gboolean
add_sums (const KennisShape *shape,
          guint8            *to,
          const guint8      *element)
{
  gint64 *sums = (gint64 *) (gpointer) (to + shape->n_keys * sizeof (guint32));
  const gint64 *more = (const gint64 *) (gconstpointer) (element + shape->n_keys * sizeof (guint32));
  gboolean fits = TRUE;

  for (guint s = 0; s < shape->n_sums; s++)
    fits &= !__builtin_add_overflow (sums[s], more[s], &sums[s]);

  return fits;
}

/* Writes sorted elements, those of one key as one; the number of those that stay. */
static gsize
combine (const Sorting *self,
         const Ref     *refs,
         gsize          n,
         gsize          start,
         gsize         *overflow)
{
  gsize size = self->shape->size, kept = 0;
  guint8 *out = self->out + start * size;

  for (gsize i = 0; i < n; i++)
    if (i == 0 || is_before (self, &refs[i - 1], &refs[i]))
      put (self, out + kept++ * size, refs[i].element);
    else if (!add_sums (self->shape, out + (kept - 1) * size, refs[i].element) && *overflow == 0)
      *overflow = start + kept;

  return kept;
}

static void
sort_chunk (gsize    chunk,
            guint    thread,
            gpointer data)
{
  Sorting *self = data;
  guint32 first = (guint32) chunk * CHUNK_GROUPS, last = MIN (first + CHUNK_GROUPS, self->n_groups);
  gsize n_keys = self->shape->n_keys, most = 0;
  g_autofree Ref *refs = NULL;

  for (guint32 g = first; g < last; g++)
    most = MAX (most, self->start[g + 1] - self->start[g]);
  refs = g_new (Ref, 2 * most + 1);

  for (guint32 g = first; g < last; g++)
    {
      gsize from = self->start[g], n = self->start[g + 1] - from;

      for (gsize i = 0; i < n; i++)
        {
          const guint8 *element = self->ordered[from + i];

          if (i + 8 < n)
            __builtin_prefetch (self->ordered[from + i + 8]);
          refs[i].element = element;
          refs[i].second_and_third =
              (guint64) sortable (self, element, 1) << 32 | (n_keys > 2 ? sortable (self, element, 2) : 0);
        }
      sort_refs (self, refs, n, refs + most);
      self->kept[g] = combine (self, refs, n, from, &self->overflow[chunk]);
    }
}

/* Closes the gaps that combining left. */
static gsize
close_gaps (const Sorting *self)
{
  gsize n = 0, size = self->shape->size;

  for (guint32 g = 0; g < self->n_groups; g++)
    {
      if (n != self->start[g])
        memmove (self->out + n * size, self->out + self->start[g] * size, self->kept[g] * size);
      n += self->kept[g];
    }

  return n;
}

gboolean
kennis_tally_sort (const KennisShape     *shape,
                   const KennisVector    *spans,
                   const guint32 *const  *ranks,
                   guint32                n_groups,
                   guint                  n_threads,
                   KennisVector          *out,
                   gpointer              *overflow,
                   GCancellable          *cancellable,
                   GError               **error)
{
  gsize n = n_elements (spans), n_chunks = ((gsize) n_groups + CHUNK_GROUPS - 1) / CHUNK_GROUPS;
  g_autofree guint32 *groups = g_new (guint32, MAX (n, 1));
  g_autofree gsize *start = g_new0 (gsize, (gsize) n_groups + 1);
  g_autofree const guint8 **ordered = g_new (const guint8 *, MAX (n, 1));
  g_autofree gsize *kept = g_new0 (gsize, (gsize) n_groups + 1);
  g_autofree gsize *overflows = g_new0 (gsize, n_chunks + 1);
  Sorting self = { shape, spans->data, ranks, n_groups, groups, start, ordered, kept, overflows, NULL };

  *overflow = NULL;
  *out = (KennisVector) { 0 };
  if (n == 0)
    return TRUE;

  if (!kennis_parallel_for (n_threads, spans->n, find_groups, &self, NULL, cancellable, error))
    return FALSE;
  order_by_group (&self, spans->n, n);
  self.out = kennis_vector_add (out, shape->size, n);
  kennis_pages_prefer_large (self.out, n * shape->size);
  if (!kennis_parallel_for (n_threads, n_chunks, sort_chunk, &self, NULL, cancellable, error))
    {
      kennis_vector_clear (out);
      return FALSE;
    }

  for (gsize c = 0; c < n_chunks && *overflow == NULL; c++)
    if (overflows[c] > 0)
      *overflow = self.out + (overflows[c] - 1) * shape->size;
  if (*overflow != NULL)
    return TRUE;

  out->n = close_gaps (&self);
  if (out->n < n)
    {
      out->data = g_realloc_n (out->data, out->n, shape->size);
      out->room = out->n;
    }

  return TRUE;
}
