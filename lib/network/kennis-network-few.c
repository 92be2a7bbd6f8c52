#include "config.h"

#include <string.h>

#include "base/kennis-wide-private.h"
#include "network/kennis-network-search-private.h"

/* A few steps among not too many people, for 512 targets at once: a bit for each.  Whom I reach within k steps are those whom the ones that I
 * give to reach within k − 1; who is new is not asked, as nobody is full so soon. */

#define WORDS 8
#define BATCH (WORDS * 64)
/* People between two looks at the cancellable. */
#define PACE  4096

typedef struct { guint64 word[WORDS]; } Bits;

typedef struct
{
  KennisSearch *search;
  guint32       n;
  KennisRows    out, in;
  Bits        **near, **next;    /* by thread, by person */
  guint32     **found;
  gboolean      begins_with_two; /* steps; else with one */
  GCancellable *cancellable;
} Run;

static inline __attribute__ ((always_inline)) Bits
gather (const Run *run, const Bits *near, guint32 p)
{
  Bits all = near[p];

  for (guint32 i = run->out.offset[p]; i < run->out.offset[p + 1]; i++)
    for (guint w = 0; w < WORDS; w++)
      all.word[w] |= near[run->out.to[i]].word[w];
  return all;
}

KENNIS_WIDEST static gboolean
step (const Run *run, const Bits *near, Bits *next)
{
  for (guint32 p = 0; p < run->n; p++)
    {
      if (p % PACE == 0 && g_cancellable_is_cancelled (run->cancellable))
        return FALSE;
      next[p] = gather (run, near, p);
    }
  return TRUE;
}

/* By bytes, of all words at once: vectors have that, whereas single words go to memory and back for their instruction. */
static inline __attribute__ ((always_inline)) guint
count_bits (const Bits *bits)
{
  const guint64 twos = G_MAXUINT64 / 3, fours = G_MAXUINT64 / 5, bytes = G_MAXUINT64 / 17, pairs = G_MAXUINT64 / 257;
  guint64 sum = 0;

  for (guint w = 0; w < WORDS; w++)
    {
      guint64 word = bits->word[w];

      word -= word >> 1 & twos;
      word = (word & fours) + (word >> 2 & fours);
      sum += (word + (word >> 4)) & bytes;
    }
  /* At most 64 in a byte. */
  sum = (sum & pairs) + (sum >> 8 & pairs);
  return (guint) (sum * (G_MAXUINT64 / 65535) >> 48);
}

/* The last step only has to be counted. */
KENNIS_WIDEST static void
count (const Run *run, const Bits *near, guint32 *found)
{
  for (guint32 p = 0; p < run->n; p++)
    {
      Bits all = gather (run, near, p);

      if (p % PACE == 0 && g_cancellable_is_cancelled (run->cancellable))
        return;
      found[p] += count_bits (&all);
    }
}

static void
tell (const Run *run, Bits *near, guint32 q, guint word, guint64 bit)
{
  for (guint32 i = run->in.offset[q]; i < run->in.offset[q + 1]; i++)
    near[run->in.to[i]].word[word] |= bit;
}

/* The targets themselves, and those who are one or two steps from them: as long as bits are few, single ones are quicker. */
static void
begin (const Run *run, Bits *near, guint32 first, guint32 end)
{
  memset (near, 0, run->n * sizeof *near);
  for (guint32 q = first; q < end; q++)
    {
      guint word = (q - first) / 64;
      guint64 bit = G_GUINT64_CONSTANT (1) << (q - first) % 64;

      near[q].word[word] |= bit;
      tell (run, near, q, word, bit);
      for (guint32 i = run->in.offset[q]; run->begins_with_two && i < run->in.offset[q + 1]; i++)
        tell (run, near, run->in.to[i], word, bit);
    }
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
do_batch (gsize batch, guint thread, gpointer data)
{
  Run *run = data;
  guint32 first = (guint32) batch * BATCH, end = MIN (run->n - first, BATCH) + first;
  Bits *near;

  if (run->near[thread] == NULL)
    {
      run->near[thread] = g_aligned_alloc (run->n, sizeof (Bits), sizeof (Bits));
      run->found[thread] = g_new0 (guint32, run->n);
    }
  near = run->near[thread];
  begin (run, near, first, end);
  for (guint32 k = run->begins_with_two ? 3 : 2; k < run->search->max_steps; k++)
    {
      if (run->next[thread] == NULL)
        run->next[thread] = g_aligned_alloc (run->n, sizeof (Bits), sizeof (Bits));
      if (!step (run, near, run->next[thread]))
        return;
      run->near[thread] = run->next[thread];
      run->next[thread] = near;
      near = run->near[thread];
    }
  count (run, near, run->found[thread]);
}

gboolean
kennis_search_run_few (KennisSearch *self, const KennisNetwork *network, GCancellable *cancellable, GError **error)
{
  guint n_threads = kennis_parallel_n_threads (self->n_threads);
  g_autofree Bits **near = g_new0 (Bits *, n_threads), **next = g_new0 (Bits *, n_threads);
  g_autofree guint32 **found = g_new0 (guint32 *, n_threads);
  Run run = { self, network->n, kennis_network_rows (network, self->receiving),
              kennis_network_rows (network, !self->receiving), near, next, found, FALSE, cancellable };
  gboolean fine;

  run.begins_with_two = should_begin_with_two (&run);
  fine = kennis_parallel_for (n_threads, ((gsize) network->n + BATCH - 1) / BATCH, do_batch, &run, NULL, cancellable,
                              error);

  /* Sums of integers; all have found themselves. */
  for (guint32 p = 0; fine && p < network->n; p++)
    {
      self->within[p] = 0;
      for (guint t = 0; t < n_threads; t++)
        self->within[p] += found[t] != NULL ? found[t][p] : 0;
      self->within[p]--;
    }
  for (guint t = 0; t < n_threads; t++)
    {
      g_aligned_free (near[t]);
      g_aligned_free (next[t]);
      g_free (found[t]);
    }
  return fine;
}
