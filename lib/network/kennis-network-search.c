#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-wide-private.h"
#include "network/kennis-network-search-private.h"

#define WORDS  8
#define BATCH  (WORDS * 64)
/* People between two looks at the cancellable: at most some ms of ties. */
#define PACE   1024

typedef struct { guint64 word[WORDS]; } Bits;

/* One batch in one thread. */
typedef struct
{
  Bits    *seen, *now, *next;   /* by person; now: new in the last step */
  guint8  *has_now;             /* any bit in now */
  guint8  *is_full;             /* all of the batch seen */
  guint32 *who, *who_next;      /* people with a bit in now (next), in any order */
  guint32  n_who, n_who_next;
  guint64 *harmonic, *within;
  GArray  *pairs;
} Scratch;

typedef struct
{
  KennisSearch        *search;
  const KennisNetwork *network;
  KennisRows           out, in;    /* out: the ties along which p reaches others */
  GCancellable        *cancellable;
  guint                shift;      /* of 1/distance in fixed point */
  Scratch             *scratch;    /* by thread */
} Run;

/* False: cancelled. */
static gboolean
scratch_make (Scratch *self, const Run *run)
{
  gsize n = (gsize) run->network->n + 1;

  /* A row is a cache line. */
  self->seen = g_aligned_alloc (n, sizeof (Bits), sizeof (Bits));
  self->now = g_aligned_alloc (n, sizeof (Bits), sizeof (Bits));
  self->next = g_aligned_alloc (n, sizeof (Bits), sizeof (Bits));
  self->has_now = g_new0 (guint8, n);
  self->is_full = g_new (guint8, n);
  self->who = g_new (guint32, n);
  self->who_next = g_new (guint32, n);
  self->harmonic = run->search->harmonic != NULL ? g_new0 (guint64, n) : NULL;
  self->within = run->search->within != NULL ? g_new0 (guint64, n) : NULL;
  self->pairs = g_array_new (FALSE, TRUE, sizeof (guint64));
  return kennis_network_zero (self->now, n * sizeof (Bits), run->cancellable)
         && kennis_network_zero (self->next, n * sizeof (Bits), run->cancellable);
}

static void
scratch_clear (Scratch *self)
{
  gpointer rows[] = { self->seen, self->now, self->next };
  gpointer all[] = { self->has_now, self->is_full, self->who, self->who_next, self->harmonic, self->within };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_aligned_free (rows[i]);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
  g_clear_pointer (&self->pairs, g_array_unref);
}

/* Notes what is new for p in this step: `fresh` has no bit that was seen. */
static inline guint64
take (Scratch *self, guint32 p, const Bits *fresh, const Bits *all, Bits *row)
{
  guint64 missing = 0;
  guint n = 0;

  for (guint w = 0; w < WORDS; w++)
    {
      n += (guint) __builtin_popcountll (fresh->word[w]);
      self->seen[p].word[w] |= fresh->word[w];
      missing |= all->word[w] & ~self->seen[p].word[w];
      row->word[w] = fresh->word[w];
    }
  self->is_full[p] = missing == 0;
  return n;
}

static inline void
note (Scratch *self, guint32 p, guint64 n, guint32 step, guint64 share)
{
  g_array_index (self->pairs, guint64, step) += n;
  if (self->harmonic != NULL)
    self->harmonic[p] += n * share;
  if (self->within != NULL)
    self->within[p] += n;
}

/* Everyone who misses some looks at the ones they can reach: for wide fronts.  False: cancelled. */
KENNIS_WIDEST static gboolean
pull (Scratch *self, const Run *run, const Bits *all, guint32 step, guint64 share)
{
  gboolean is_wide = self->n_who > run->network->n / 3;

  self->n_who_next = 0;
  for (guint32 p = 0; p < run->network->n; p++)
    {
      Bits found = { { 0 } };
      guint64 any = 0;

      if (p % PACE == 0 && g_cancellable_is_cancelled (run->cancellable))
        return FALSE;
      if (self->is_full[p])
        continue;
      /* Where most are in the front, to look whether one is costs more than to add nothing. */
      if (is_wide)
        for (guint32 i = run->out.offset[p]; i < run->out.offset[p + 1]; i++)
          for (guint w = 0; w < WORDS; w++)
            found.word[w] |= self->now[run->out.to[i]].word[w];
      else
        for (guint32 i = run->out.offset[p]; i < run->out.offset[p + 1]; i++)
          if (self->has_now[run->out.to[i]])
            for (guint w = 0; w < WORDS; w++)
              found.word[w] |= self->now[run->out.to[i]].word[w];
      for (guint w = 0; w < WORDS; w++)
        any |= found.word[w] &= ~self->seen[p].word[w];
      if (any == 0)
        continue;
      note (self, p, take (self, p, &found, all, &self->next[p]), step, share);
      self->who_next[self->n_who_next++] = p;
    }
  return TRUE;
}

/* The front tells those who reach it: for narrow ones. */
KENNIS_WIDEST static gboolean
push (Scratch *self, const Run *run, const Bits *all, guint32 step, guint64 share)
{
  self->n_who_next = 0;
  for (guint32 k = 0; k < self->n_who; k++)
    {
      guint32 q = self->who[k];

      if (k % PACE == 0 && g_cancellable_is_cancelled (run->cancellable))
        return FALSE;
      for (guint32 i = run->in.offset[q]; i < run->in.offset[q + 1]; i++)
        {
          guint32 p = run->in.to[i];
          guint64 any = 0, before = 0;

          if (self->is_full[p])
            continue;
          for (guint w = 0; w < WORDS; w++)
            {
              before |= self->next[p].word[w];
              any |= self->next[p].word[w] |= self->now[q].word[w] & ~self->seen[p].word[w];
            }
          if (before == 0 && any != 0)
            self->who_next[self->n_who_next++] = p;
        }
    }
  for (guint32 k = 0; k < self->n_who_next; k++)
    {
      Bits found = self->next[self->who_next[k]];

      if (k % PACE == 0 && g_cancellable_is_cancelled (run->cancellable))
        return FALSE;
      note (self, self->who_next[k], take (self, self->who_next[k], &found, all, &self->next[self->who_next[k]]), step,
            share);
    }
  return TRUE;
}

/* The new ones become those of the last step. */
static void
step_on (Scratch *self)
{
  Bits *now = self->now;
  guint32 *who = self->who;

  for (guint32 k = 0; k < self->n_who; k++)
    {
      memset (&now[who[k]], 0, sizeof (Bits));
      self->has_now[who[k]] = 0;
    }
  for (guint32 k = 0; k < self->n_who_next; k++)
    self->has_now[self->who_next[k]] = 1;
  self->now = self->next;
  self->who = self->who_next;
  self->n_who = self->n_who_next;
  self->next = now;
  self->who_next = who;
}

static gboolean
begin (Scratch *self, const Run *run, guint32 first, guint32 end, Bits *all)
{
  if (!kennis_network_zero (self->seen, (gsize) run->network->n * sizeof (Bits), run->cancellable))
    return FALSE;
  memset (self->is_full, 0, run->network->n);
  memset (all, 0, sizeof *all);
  self->n_who = self->n_who_next = 0;
  for (guint32 p = first; p < end; p++)
    {
      guint32 bit = p - first;

      all->word[bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
      self->seen[p].word[bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
      self->now[p] = self->seen[p];
      self->has_now[p] = 1;
      self->who[self->n_who++] = p;
    }
  return TRUE;
}

/* Ties to look at when the front tells. */
static guint64
count_ties (const Scratch *self, const Run *run)
{
  guint64 n = 0;

  for (guint32 k = 0; k < self->n_who; k++)
    n += run->in.offset[self->who[k] + 1] - run->in.offset[self->who[k]];
  return n;
}

static void
do_batch (gsize chunk, guint thread, gpointer data)
{
  Run *run = data;
  Scratch *self = &run->scratch[thread];
  guint32 n = run->network->n, first = (guint32) chunk * BATCH, limit = run->search->max_steps;
  gboolean go_on = TRUE;
  Bits all;

  if ((self->seen == NULL && !scratch_make (self, run))
      || !begin (self, run, first, MIN (n - first, BATCH) + first, &all))
    return;
  for (guint32 step = 1; go_on && self->n_who > 0 && (limit == 0 || step <= limit); step++)
    {
      guint64 share = (G_GUINT64_CONSTANT (1) << run->shift) / step;

      if (self->pairs->len <= step)
        g_array_set_size (self->pairs, step + 1);
      /* A pull stops early at nobody, but reads rows in a better order. */
      go_on = count_ties (self, run) > run->network->m / 8 ? pull (self, run, &all, step, share)
                                                           : push (self, run, &all, step, share);
      if (go_on)
        step_on (self);
    }
  /* What a limit left; after a cancel there is no other batch. */
  if (!go_on)
    return;
  self->n_who_next = 0;
  step_on (self);
  memset (self->has_now, 0, n);
}

/* Sums of integers: the same whichever thread did what. */
static void
gather (KennisSearch *self, const Run *run, guint n_threads)
{
  guint32 n = run->network->n;

  for (guint t = 0; t < n_threads; t++)
    {
      const Scratch *s = &run->scratch[t];

      if (s->seen == NULL)
        continue;
      if (self->pairs->len < s->pairs->len)
        g_array_set_size (self->pairs, s->pairs->len);
      for (guint d = 0; d < s->pairs->len; d++)
        g_array_index (self->pairs, guint64, d) += g_array_index (s->pairs, guint64, d);
      for (guint32 p = 0; self->within != NULL && p < n; p++)
        self->within[p] += s->within[p];
    }
  for (guint32 p = 0; self->harmonic != NULL && p < n; p++)
    {
      guint64 sum = 0;

      for (guint t = 0; t < n_threads; t++)
        sum += run->scratch[t].seen != NULL ? run->scratch[t].harmonic[p] : 0;
      self->harmonic[p] = ldexp ((double) sum, -(int) run->shift);
    }
  /* The last step found nobody. */
  while (self->pairs->len > 1 && g_array_index (self->pairs, guint64, self->pairs->len - 1) == 0)
    g_array_set_size (self->pairs, self->pairs->len - 1);
}

gboolean
kennis_search_run (KennisSearch *self, const KennisNetwork *network, GCancellable *cancellable, GError **error)
{
  guint n_threads = kennis_parallel_n_threads (self->n_threads);
  gsize n_batches = ((gsize) network->n + BATCH - 1) / BATCH;
  g_autofree Scratch *scratch = g_new0 (Scratch, n_threads);
  Run run = { self, network, kennis_network_rows (network, self->receiving),
              kennis_network_rows (network, !self->receiving), cancellable, 62, scratch };
  gboolean fine;

  /* Sums stay under 2⁶³: at most n − 1 others at distance 1. */
  while (network->n >> (63 - run.shift) != 0)
    run.shift--;
  if (self->within != NULL)
    memset (self->within, 0, (gsize) network->n * sizeof *self->within);
  self->pairs = g_array_new (FALSE, TRUE, sizeof (guint64));
  g_array_set_size (self->pairs, 1);
  fine = kennis_parallel_for (n_threads, n_batches, do_batch, &run, NULL, cancellable, error);
  if (fine)
    gather (self, &run, n_threads);
  else
    g_clear_pointer (&self->pairs, g_array_unref);
  for (guint t = 0; t < n_threads; t++)
    scratch_clear (&scratch[t]);
  return fine;
}
