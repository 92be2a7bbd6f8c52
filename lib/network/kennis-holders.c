#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/kennis-statistics-private.h"
#include "network/kennis-holders-private.h"

void
kennis_holders_free (KennisHolders *self)
{
  if (self == NULL)
    return;
  g_free (self->first);
  g_free (self->people);
  g_free (self->first_topic);
  g_free (self->topics);
  g_free (self);
}

static int
compare_pairs (const void *a,
               const void *b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

KennisHolders *
kennis_holders_new (guint32        n_people,
                    guint32        n_topics,
                    const guint32 *people,
                    const guint32 *topics,
                    gsize          n)
{
  KennisHolders *self = g_new0 (KennisHolders, 1);
  g_autofree guint64 *pairs = g_new (guint64, n + 1);
  g_autofree guint32 *next = NULL;
  gsize k = 0;

  for (gsize i = 0; i < n; i++)
    pairs[i] = (guint64) topics[i] << 32 | people[i];
  if (n > 1)
    qsort (pairs, n, sizeof *pairs, compare_pairs);
  for (gsize i = 0; i < n; i++)
    if (k == 0 || pairs[i] != pairs[k - 1])
      pairs[k++] = pairs[i];

  self->n_people = n_people;
  self->n_topics = n_topics;
  self->first = g_new0 (guint32, (gsize) n_topics + 1);
  self->first_topic = g_new0 (guint32, (gsize) n_people + 1);
  self->people = g_new (guint32, k + 1);
  self->topics = g_new (guint32, k + 1);
  for (gsize i = 0; i < k; i++)
    {
      self->first[(pairs[i] >> 32) + 1]++;
      self->first_topic[(pairs[i] & G_MAXUINT32) + 1]++;
      self->people[i] = (guint32) pairs[i];
    }
  for (guint32 t = 0; t < n_topics; t++)
    self->first[t + 1] += self->first[t];
  for (guint32 p = 0; p < n_people; p++)
    self->first_topic[p + 1] += self->first_topic[p];
  next = g_memdup2 (self->first_topic, ((gsize) n_people + 1) * sizeof *next);
  for (gsize i = 0; i < k; i++)
    self->topics[next[pairs[i] & G_MAXUINT32]++] = (guint32) (pairs[i] >> 32);
  return self;
}

guint32
kennis_holders_n_held (const KennisHolders *self)
{
  guint32 n = 0;

  for (guint32 t = 0; t < self->n_topics; t++)
    n += kennis_holders_count (self, t) > 0;
  return n;
}

guint32
kennis_holders_n_single (const KennisHolders *self)
{
  guint32 n = 0;

  for (guint32 t = 0; t < self->n_topics; t++)
    n += kennis_holders_count (self, t) == 1;
  return n;
}

guint32
kennis_holders_n_holders (const KennisHolders *self)
{
  guint32 n = 0;

  for (guint32 p = 0; p < self->n_people; p++)
    n += self->first_topic[p + 1] > self->first_topic[p];
  return n;
}

/* That all holders leave. */
static double
loss_of (const KennisHolders *self,
         guint32              topic,
         const double        *leaving)
{
  double loss = 1;

  for (guint32 i = self->first[topic]; i < self->first[topic + 1]; i++)
    loss *= leaving[self->people[i]];
  return loss;
}

double
kennis_holders_expected_loss (const KennisHolders *self,
                              const double        *leaving,
                              const double        *weight)
{
  KennisSum sum = { 0 };

  for (guint32 t = 0; t < self->n_topics; t++)
    if (kennis_holders_count (self, t) > 0)
      kennis_sum_add (&sum, (weight != NULL ? weight[t] : 1) * loss_of (self, t, leaving));
  return kennis_sum_get (&sum);
}

GArray *
kennis_holders_orphans (const KennisHolders *self,
                        const guint8        *gone)
{
  GArray *topics = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 t = 0; t < self->n_topics; t++)
    {
      guint32 left = 0;

      for (guint32 i = self->first[t]; i < self->first[t + 1]; i++)
        left += !gone[self->people[i]];
      if (left == 0 && kennis_holders_count (self, t) > 0)
        g_array_append_val (topics, t);
    }
  return topics;
}

/* ── Who should learn what from whom ───────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  const KennisHolders *holders;
  const double        *leaving;
  double              *loss;       /* by topic, weighted; as pairs are named */
  guint32             *named;      /* by learner: pairs that name them */
  GHashTable          *taken;      /* topic and learner of the pairs: they hold it now */
  KennisLearnerRank    learning;
  KennisTeacherRank    teaching;
  gpointer             data;
} Lessons;

static gboolean
holds (const Lessons *self,
       guint32        topic,
       guint32        person)
{
  guint32 low = self->holders->first[topic], high = self->holders->first[topic + 1];
  gint64 key = (gint64) ((guint64) topic << 32 | person);

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (self->holders->people[middle] == person)
        return TRUE;
      if (self->holders->people[middle] < person)
        low = middle + 1;
      else
        high = middle;
    }
  return g_hash_table_contains (self->taken, &key);
}

/* The learner under whom the loss falls most; G_MAXUINT32: nobody. */
static guint32
find_learner (const Lessons *self,
              guint32        topic)
{
  guint32 best = G_MAXUINT32;
  guint best_rank = 0;

  for (guint32 p = 0; p < self->holders->n_people; p++)
    {
      guint rank;

      if (best != G_MAXUINT32 && self->leaving[p] > self->leaving[best])
        continue;
      rank = holds (self, topic, p) ? 0 : self->learning != NULL ? self->learning (topic, p, self->data) : 1;
      if (rank == 0)
        continue;
      if (best == G_MAXUINT32 || self->leaving[p] < self->leaving[best] || rank > best_rank
          || (rank == best_rank && self->named[p] < self->named[best]))
        {
          best = p;
          best_rank = rank;
        }
    }
  return best;
}

static guint32
find_teacher (const Lessons *self,
              guint32        topic,
              guint32        learner)
{
  guint32 best = G_MAXUINT32;
  guint best_rank = 0;

  for (guint32 i = self->holders->first[topic]; i < self->holders->first[topic + 1]; i++)
    {
      guint32 p = self->holders->people[i];
      guint rank = self->teaching != NULL ? self->teaching (p, learner, self->data) : 0;

      if (best == G_MAXUINT32 || rank > best_rank || (rank == best_rank && self->leaving[p] > self->leaving[best]))
        {
          best = p;
          best_rank = rank;
        }
    }
  return best;
}

GArray *
kennis_holders_lessons (const KennisHolders *self,
                        const double        *leaving,
                        const double        *weight,
                        guint                n,
                        KennisLearnerRank    learning,
                        KennisTeacherRank    teaching,
                        gpointer             data,
                        GCancellable        *cancellable)
{
  GArray *lessons = g_array_new (FALSE, FALSE, sizeof (KennisLesson));
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree double *loss = g_new0 (double, (gsize) self->n_topics + 1);
  g_autofree guint32 *learner = g_new (guint32, (gsize) self->n_topics + 1);
  g_autofree guint32 *named = g_new0 (guint32, (gsize) self->n_people + 1);
  Lessons work = { self, leaving, loss, named, taken, learning, teaching, data };

  for (guint32 t = 0; t < self->n_topics && !g_cancellable_is_cancelled (cancellable); t++)
    {
      if (kennis_holders_count (self, t) > 0)
        loss[t] = (weight != NULL ? weight[t] : 1) * loss_of (self, t, leaving);
      learner[t] = loss[t] > 0 ? find_learner (&work, t) : G_MAXUINT32;
    }
  while (lessons->len < n && !g_cancellable_is_cancelled (cancellable))
    {
      KennisLesson best = { .gain = 0 };
      gint64 key;

      for (guint32 t = 0; t < self->n_topics; t++)
        if (learner[t] != G_MAXUINT32 && loss[t] * (1 - leaving[learner[t]]) > best.gain)
          best = (KennisLesson) { t, 0, learner[t], loss[t] * (1 - leaving[learner[t]]) };
      if (!(best.gain > 0))
        break;
      /* Others may have been named since. */
      best.learner = find_learner (&work, best.topic);
      best.teacher = find_teacher (&work, best.topic, best.learner);
      g_array_append_val (lessons, best);
      key = (gint64) ((guint64) best.topic << 32 | best.learner);
      g_hash_table_add (taken, g_memdup2 (&key, sizeof key));
      named[best.learner]++;
      loss[best.topic] *= leaving[best.learner];
      learner[best.topic] = loss[best.topic] > 0 ? find_learner (&work, best.topic) : G_MAXUINT32;
    }
  return lessons;
}
