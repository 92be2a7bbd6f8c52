#include "config.h"

#include <string.h>

#include "base/kennis-wide-private.h"
#include "network/kennis-network-search-private.h"

/* A few steps among not too many people, for 512 targets at once: a bit for each.  Whom I reach within k steps are those whom the ones that I
 * give to reach within k − 1; who is new is not asked, as nobody is full so soon. */

#define WORDS  8
#define BATCH  (WORDS * 64)
/* People whose bits are counted together. */
#define TOGETHER 8
/* People between two looks at the cancellable. */
#define PACE   4096

typedef guint64 Bits __attribute__ ((vector_size (WORDS * 8)));
typedef guint32 Counts __attribute__ ((vector_size (TOGETHER * 4)));

typedef struct
{
  Bits    *near, *next;    /* by person */
  Counts  *found;          /* by place in the order */
  guint64 *bits;           /* by person: of a word, who are at most one step away */
  guint16 *others;         /* whose bits are not 0 */
} Memory;

typedef struct
{
  KennisSearch *search;
  guint32       n;
  KennisRows    out, in;
  gboolean      is_sorted;
  guint16      *order;           /* people: those of a window by how many ties they have */
  guint16      *to, *from;       /* ties in this order; ties in the order of people */
  Memory       *memory;          /* by thread */
  gboolean      begins_with_two; /* steps; else with one */
  GCancellable *cancellable;
} Run;

static inline guint32
n_ties_of (const Run *run, guint32 p)
{
  return run->out.offset[p + 1] - run->out.offset[p];
}

/* Of people who come after each other nearly all have as many ties: else each time the end of the loop over them would be guessed wrong, which
 * takes as long as half of the loop.  A window, as many as a batch, is small enough that those of a team stay near each other.  In half the bytes
 * the ties leave more of the nearest memory to the bits. */
static void
sort_window (Run *run, guint32 first, guint32 end)
{
  guint32 begin[64] = { 0 }, at = run->out.offset[first];

  for (guint32 p = first; p < end; p++)
    begin[MIN (n_ties_of (run, p), G_N_ELEMENTS (begin) - 2) + 1]++;
  for (guint i = 1; i < G_N_ELEMENTS (begin); i++)
    begin[i] += begin[i - 1];
  for (guint32 p = first; p < end; p++)
    run->order[first + begin[MIN (n_ties_of (run, p), G_N_ELEMENTS (begin) - 2)]++] = (guint16) p;
  for (guint32 k = first; k < end; k++)
    for (guint32 p = run->order[k], i = run->out.offset[p]; i < run->out.offset[p + 1]; i++)
      run->to[at++] = (guint16) run->out.to[i];
  for (guint32 i = run->in.offset[first]; i < run->in.offset[end]; i++)
    run->from[i] = (guint16) run->in.to[i];
}

static inline __attribute__ ((always_inline)) void
gather (Bits *all, const Bits *near, guint32 p, const guint16 *to, guint32 n_ties)
{
  Bits bits = near[p];

  for (guint32 i = 0; i < n_ties; i++)
    bits |= near[to[i]];
  *all = bits;
}

KENNIS_WIDEST static gboolean
step (const Run *run, const Bits *near, Bits *next)
{
  const guint16 *to = run->to;

  for (guint32 k = 0; k < run->n; k++)
    {
      guint32 p = run->order[k], n_ties = n_ties_of (run, p);

      if (k % PACE == 0 && g_cancellable_is_cancelled (run->cancellable))
        return FALSE;
      gather (&next[p], near, p, to, n_ties);
      to += n_ties;
    }
  return TRUE;
}

/* How many bits there are in each byte, of all words at once: vectors have that, whereas single words go to memory and back for their
 * instruction. */
static inline __attribute__ ((always_inline)) void
count_in_bytes (Bits *bits)
{
  Bits sum = *bits - (*bits >> 1 & G_MAXUINT64 / 3);

  sum = (sum & G_MAXUINT64 / 5) + (sum >> 2 & G_MAXUINT64 / 5);
  *bits = (sum + (sum >> 4)) & G_MAXUINT64 / 17;
}

/* The sums of the words of eight people, each in a word of one: sums of halves, of quarters, of eighths. */
static inline __attribute__ ((always_inline)) void
sum_words (Bits *sum, const Bits row[TOGETHER])
{
  Bits half[4], quarter[2];

  for (guint i = 0; i < 4; i++)
    half[i] = __builtin_shuffle (row[2 * i], row[2 * i + 1], (Bits) { 0, 8, 2, 10, 4, 12, 6, 14 })
              + __builtin_shuffle (row[2 * i], row[2 * i + 1], (Bits) { 1, 9, 3, 11, 5, 13, 7, 15 });
  for (guint i = 0; i < 2; i++)
    quarter[i] = __builtin_shuffle (half[2 * i], half[2 * i + 1], (Bits) { 0, 1, 8, 9, 4, 5, 12, 13 })
                 + __builtin_shuffle (half[2 * i], half[2 * i + 1], (Bits) { 2, 3, 10, 11, 6, 7, 14, 15 });
  *sum = __builtin_shuffle (quarter[0], quarter[1], (Bits) { 0, 1, 2, 3, 8, 9, 10, 11 })
         + __builtin_shuffle (quarter[0], quarter[1], (Bits) { 4, 5, 6, 7, 12, 13, 14, 15 });
}

/* The last step only has to be counted. */
KENNIS_WIDEST static void
count (const Run *run, const Bits *near, Counts *found)
{
  const guint16 *to = run->to;

  for (guint32 k = 0; k < run->n; k += TOGETHER, found++)
    {
      guint n = MIN (run->n - k, TOGETHER);
      Bits row[TOGETHER], sum;

      if (k % PACE == 0 && g_cancellable_is_cancelled (run->cancellable))
        return;
      for (guint i = n; i < TOGETHER; i++)
        row[i] = (Bits) { 0 };
      for (guint i = 0; i < n; i++)
        {
          guint32 p = run->order[k + i], n_ties = n_ties_of (run, p);

          gather (&row[i], near, p, to, n_ties);
          count_in_bytes (&row[i]);
          to += n_ties;
        }
      sum_words (&sum, row);
      /* At most 64 in a byte. */
      sum = (sum & G_MAXUINT64 / 257) + (sum >> 8 & G_MAXUINT64 / 257);
      sum += sum >> 16;
      *found += __builtin_convertvector((sum + (sum >> 32)) & 0xffff, Counts);
    }
}

/* For 64 targets, one at least: whoever gives to them, or are they themselves, each once with the bits of all of them; and for these
 * whoever gives to them.  As long as bits are few, single words are quicker. */
static void
begin_word (const Run *run, const Memory *memory, guint word, guint32 first, guint32 end)
{
  guint64 *bits = memory->bits, *near = (guint64 *) memory->near + word;
  guint16 *others = memory->others;
  guint32 n = 0;

  for (guint32 q = first; q < end; q++)
    {
      guint64 bit = G_GUINT64_CONSTANT (1) << (q - first);

      others[n] = (guint16) q;
      n += bits[q] == 0;
      bits[q] |= bit;
      for (guint32 i = run->in.offset[q]; run->begins_with_two && i < run->in.offset[q + 1]; i++)
        {
          /* No branch, which would be guessed wrong. */
          others[n] = run->from[i];
          n += bits[run->from[i]] == 0;
          bits[run->from[i]] |= bit;
        }
    }
  for (guint32 k = 0; k < n; k++)
    {
      guint64 of_other = bits[others[k]];

      bits[others[k]] = 0;
      near[(gsize) others[k] * WORDS] |= of_other;
      for (guint32 i = run->in.offset[others[k]]; i < run->in.offset[others[k] + 1]; i++)
        near[(gsize) run->from[i] * WORDS] |= of_other;
    }
}

static void
begin (const Run *run, const Memory *memory, guint32 first, guint32 end)
{
  memset (memory->near, 0, run->n * sizeof *memory->near);
  for (guint32 q = first; q < end; q += 64)
    begin_word (run, memory, (q - first) / 64, q, MIN (q + 64, end));
}

static gboolean
should_begin_with_two (const Run *run)
{
  guint64 n_paths = 0, n_looks = (guint64) run->out.offset[run->n] * (run->n / BATCH + 1);

  for (guint32 p = 0; p < run->n; p++)
    n_paths += (guint64) (run->out.offset[p + 1] - run->out.offset[p]) * (run->in.offset[p + 1] - run->in.offset[p]);
  return run->search->max_steps > 2 && n_paths <= n_looks;
}

static void
do_batch (const Run *run, Memory *memory, guint32 first, guint32 end)
{
  if (memory->near == NULL)
    {
      memory->near = g_aligned_alloc (run->n, sizeof (Bits), sizeof (Bits));
      memory->found = g_aligned_alloc0 (run->n / TOGETHER + 1, sizeof (Counts), sizeof (Counts));
      memory->bits = g_new0 (guint64, run->n);
      memory->others = g_new (guint16, (gsize) run->n + 1);
    }
  begin (run, memory, first, end);
  for (guint32 k = run->begins_with_two ? 3 : 2; k < run->search->max_steps; k++)
    {
      Bits *near = memory->near;

      if (memory->next == NULL)
        memory->next = g_aligned_alloc (run->n, sizeof (Bits), sizeof (Bits));
      if (!step (run, near, memory->next))
        return;
      memory->near = memory->next;
      memory->next = near;
    }
  count (run, memory->near, memory->found);
}

static void
do_chunk (gsize chunk, guint thread, gpointer data)
{
  Run *run = data;
  guint32 first = (guint32) chunk * BATCH, end = MIN (run->n - first, BATCH) + first;

  if (run->is_sorted)
    do_batch (run, &run->memory[thread], first, end);
  else
    sort_window (run, first, end);
}

static gboolean
go_on (gpointer data)
{
  Run *run = data;
  gboolean was_sorted = run->is_sorted;

  run->is_sorted = TRUE;
  return !was_sorted;
}

/* Sums of integers; all have found themselves. */
static void
add_up (const Run *run, guint n_threads)
{
  for (guint32 k = 0; k < run->n; k++)
    {
      guint64 *within = &run->search->within[run->order[k]];

      *within = 0;
      for (guint t = 0; t < n_threads; t++)
        *within += run->memory[t].found != NULL ? ((const guint32 *) run->memory[t].found)[k] : 0;
      --*within;
    }
}

gboolean
kennis_search_run_few (KennisSearch *self, const KennisNetwork *network, GCancellable *cancellable, GError **error)
{
  guint n_threads = kennis_parallel_n_threads (self->n_threads);
  g_autofree Memory *memory = g_new0 (Memory, n_threads);
  g_autofree guint16 *order = g_new (guint16, (gsize) network->n + 1), *to = g_new (guint16, (gsize) network->m + 1);
  g_autofree guint16 *from = g_new (guint16, (gsize) network->m + 1);
  Run run = { .search = self, .n = network->n, .out = kennis_network_rows (network, self->receiving),
              .in = kennis_network_rows (network, !self->receiving), .order = order, .to = to, .from = from,
              .memory = memory, .cancellable = cancellable };
  gboolean fine;

  run.begins_with_two = should_begin_with_two (&run);
  fine = kennis_parallel_rounds (n_threads, ((gsize) network->n + BATCH - 1) / BATCH, do_chunk, go_on, &run,
                                 cancellable, error);
  if (fine)
    add_up (&run, n_threads);
  for (guint t = 0; t < n_threads; t++)
    {
      g_aligned_free (memory[t].near);
      g_aligned_free (memory[t].next);
      g_aligned_free (memory[t].found);
      g_free (memory[t].bits);
      g_free (memory[t].others);
    }
  return fine;
}
