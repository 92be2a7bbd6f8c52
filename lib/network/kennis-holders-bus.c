#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "network/kennis-holders-private.h"

/* The bus factor (truck factor): the fewest people whose leaving orphans more than half of the topics.  To find the union of the k smallest sets is
 * NP-hard (minimum k-union), so: two greedy searches, of which what is too much is put back; a lower bound by counting; and a search between
 * the two, with a budget. */

typedef struct
{
  const KennisHolders *holders;
  guint32  wanted;         /* topics to orphan */
  guint32 *left;           /* by topic: holders who have not left */
  guint8  *gone;           /* by person */
  GArray  *leavers;        /* of guint32 */
  guint32  orphaned;
  GCancellable *cancellable;
} Leaving;

static void
leaving_init (Leaving             *self,
              const KennisHolders *holders,
              guint32              wanted,
              GCancellable        *cancellable)
{
  *self = (Leaving) { .holders = holders, .wanted = wanted, .cancellable = cancellable };
  self->left = g_new (guint32, (gsize) holders->n_topics + 1);
  for (guint32 t = 0; t < holders->n_topics; t++)
    self->left[t] = kennis_holders_count (holders, t);
  self->gone = g_new0 (guint8, (gsize) holders->n_people + 1);
  self->leavers = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
leaving_clear (Leaving *self)
{
  g_free (self->left);
  g_free (self->gone);
  g_array_unref (self->leavers);
}

static void
leave (Leaving *self,
       guint32  person)
{
  self->gone[person] = 1;
  g_array_append_val (self->leavers, person);
  for (guint32 i = self->holders->first_topic[person]; i < self->holders->first_topic[person + 1]; i++)
    self->orphaned += --self->left[self->holders->topics[i]] == 0;
}

/* Who left last but for a cause that others gave as well, stays. */
static void
put_back (Leaving *self)
{
  for (guint i = self->leavers->len; i-- > 0;)
    {
      guint32 person = g_array_index (self->leavers, guint32, i), lost = 0;

      for (guint32 k = self->holders->first_topic[person]; k < self->holders->first_topic[person + 1]; k++)
        lost += self->left[self->holders->topics[k]] == 0;
      if (self->orphaned - lost < self->wanted)
        continue;
      for (guint32 k = self->holders->first_topic[person]; k < self->holders->first_topic[person + 1]; k++)
        self->left[self->holders->topics[k]]++;
      self->orphaned -= lost;
      self->gone[person] = 0;
      g_array_remove_index (self->leavers, i);
    }
}

/* The topic with the fewest holders left goes first. */
static void
leave_by_topic (Leaving *self)
{
  const KennisHolders *h = self->holders;

  while (self->orphaned < self->wanted && !g_cancellable_is_cancelled (self->cancellable))
    {
      guint32 best = G_MAXUINT32;

      for (guint32 t = 0; t < h->n_topics; t++)
        if (self->left[t] > 0 && (best == G_MAXUINT32 || self->left[t] < self->left[best]))
          best = t;
      for (guint32 i = h->first[best]; i < h->first[best + 1]; i++)
        if (!self->gone[h->people[i]])
          leave (self, h->people[i]);
    }
}

/* Looks at everybody for each who leaves; above so many looks the other search is what there is. */
#define WORTH_WHILE 20000000

/* Whose leaving takes most: Σ over the topics that they still hold of 1 / holders left (Avelino et al. 2016 take the number of topics). */
static void
leave_by_person (Leaving *self)
{
  const KennisHolders *h = self->holders;

  while (self->orphaned < self->wanted && !g_cancellable_is_cancelled (self->cancellable))
    {
      guint32 best = G_MAXUINT32;
      double most = -1;

      for (guint32 p = 0; p < h->n_people; p++)
        {
          double weight = 0;

          for (guint32 i = h->first_topic[p]; !self->gone[p] && i < h->first_topic[p + 1]; i++)
            weight += 1.0 / self->left[h->topics[i]];
          if (!self->gone[p] && h->first_topic[p + 1] > h->first_topic[p] && weight > most)
            {
              most = weight;
              best = p;
            }
        }
      leave (self, best);
    }
}

static int
compare_counts (const void *a,
                const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* Of any `wanted` topics, one has as many holders as the `wanted`-th smallest; and together they have at least the sum of the smallest,
 * of which s people can make up at most what the s with most topics hold. */
static guint32
lower_bound (const KennisHolders *h,
             guint32              wanted)
{
  g_autofree guint32 *counts = g_new (guint32, (gsize) h->n_topics + 1);
  g_autofree guint32 *degrees = g_new (guint32, (gsize) h->n_people + 1);
  guint64 needed = 0, made_up = 0;
  guint32 n = 0, s;

  for (guint32 t = 0; t < h->n_topics; t++)
    if (kennis_holders_count (h, t) > 0)
      counts[n++] = kennis_holders_count (h, t);
  for (guint32 p = 0; p < h->n_people; p++)
    degrees[p] = h->first_topic[p + 1] - h->first_topic[p];
  qsort (counts, n, sizeof *counts, compare_counts);
  qsort (degrees, h->n_people, sizeof *degrees, compare_counts);
  for (guint32 i = 0; i < wanted; i++)
    needed += counts[i];
  for (s = 0; s < h->n_people && made_up < needed; s++)
    made_up += degrees[h->n_people - 1 - s];
  return MAX (s, counts[wanted - 1]);
}

typedef struct
{
  const KennisHolders *holders;
  const guint32       *order;      /* topics, fewest holders first */
  guint32              n;
  guint32              wanted, limit;
  guint32             *in;         /* by person: chosen topics that they hold */
  guint32              n_in;
  guint64              budget;
  GCancellable        *cancellable;
} Search;

/* Steps of a search between two looks at the cancellable. */
#define PACE 1024

/* Can `wanted` of the topics from `at` on be orphaned, with `chosen` so far, by `limit` people in all?  −1: out of budget. */
static int
can_orphan (Search *self,
            guint32 at,
            guint32 chosen)
{
  const KennisHolders *h = self->holders;

  if (chosen >= self->wanted)
    return 1;
  for (; at < self->n && chosen + (self->n - at) >= self->wanted; at++)
    {
      guint32 topic = self->order[at], before = self->n_in;
      int found = 0;

      if (self->budget == 0 || (self->budget % PACE == 0 && g_cancellable_is_cancelled (self->cancellable)))
        return -1;
      self->budget--;
      for (guint32 i = h->first[topic]; i < h->first[topic + 1]; i++)
        self->n_in += self->in[h->people[i]]++ == 0;
      if (self->n_in <= self->limit)
        found = can_orphan (self, at + 1, chosen + 1);
      for (guint32 i = h->first[topic]; i < h->first[topic + 1]; i++)
        self->in[h->people[i]]--;
      /* A topic that cost nobody more is never worth leaving out. */
      if (found != 0 || self->n_in == before)
        {
          self->n_in = before;
          return found;
        }
      self->n_in = before;
    }
  return 0;
}

static int
compare_topics (const void *a,
                const void *b,
                gpointer    data)
{
  const KennisHolders *h = data;
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;
  guint32 n = kennis_holders_count (h, x), m = kennis_holders_count (h, y);

  return n != m ? (n > m) - (n < m) : (x > y) - (x < y);
}

#define MAX_DEPTH 4000     /* of the search, which goes one level deeper for each topic */

static guint32
raise_bound (const KennisHolders *h,
             guint32              wanted,
             guint64              budget,
             GCancellable        *cancellable,
             guint32              least,
             guint32              most)
{
  g_autofree guint32 *order = g_new (guint32, (gsize) h->n_topics + 1);
  g_autofree guint32 *in = g_new0 (guint32, (gsize) h->n_people + 1);
  Search search = {
    .holders = h, .order = order, .wanted = wanted, .in = in, .budget = budget, .cancellable = cancellable
  };

  for (guint32 t = 0; t < h->n_topics; t++)
    if (kennis_holders_count (h, t) > 0)
      order[search.n++] = t;
  if (wanted > MAX_DEPTH)
    return least;
  g_qsort_with_data (order, (int) search.n, sizeof *order, compare_topics, (gpointer) h);
  while (least < most && !g_cancellable_is_cancelled (cancellable))
    {
      search.limit = least;
      if (can_orphan (&search, 0, 0) != 0)
        break;
      least++;
    }
  return least;
}

void
kennis_holders_bus_factor (const KennisHolders  *self,
                           guint64               budget,
                           GCancellable         *cancellable,
                           guint32              *least,
                           guint32              *most,
                           guint32             **leavers)
{
  guint32 held = kennis_holders_n_held (self), wanted = held / 2 + 1;
  Leaving by_topic, by_person, *best;

  *least = *most = 0;
  if (leavers != NULL)
    *leavers = NULL;
  if (held == 0)
    return;
  leaving_init (&by_topic, self, wanted, cancellable);
  leaving_init (&by_person, self, wanted, cancellable);
  leave_by_topic (&by_topic);
  put_back (&by_topic);
  best = &by_topic;
  if ((guint64) self->first[self->n_topics] * by_topic.leavers->len <= WORTH_WHILE)
    {
      leave_by_person (&by_person);
      put_back (&by_person);
      if (by_person.leavers->len < by_topic.leavers->len)
        best = &by_person;
    }
  *most = best->leavers->len;
  *least = MIN (lower_bound (self, wanted), *most);
  *least = raise_bound (self, wanted, budget, cancellable, *least, *most);
  if (leavers != NULL)
    *leavers = g_memdup2 (best->leavers->data, best->leavers->len * sizeof (guint32));
  leaving_clear (&by_topic);
  leaving_clear (&by_person);
}
