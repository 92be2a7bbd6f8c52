#include "config.h"

#include <string.h>

#include "network/kennis-temporal-private.h"

/* Least significant digit first, eleven bits at a time, of as many as the times need; stable. */
#define DIGIT 11
#define LOOK_EVERY 65536
/* Events of one time that are sorted in the same way; fewer are compared. */
#define MANY 65536

static int
compare_rows (const void *a,
              const void *b)
{
  const KennisEventRow *x = a, *y = b;

  if (x->giver != y->giver)
    return (x->giver > y->giver) - (x->giver < y->giver);
  return (x->receiver > y->receiver) - (x->receiver < y->receiver);
}

static gboolean
is_sorted (const KennisEventRow *rows,
           gsize                 n)
{
  for (gsize i = 1; i < n; i++)
    if (rows[i].time < rows[i - 1].time)
      return FALSE;
  return TRUE;
}

typedef enum { BY_TIME, BY_RECEIVER, BY_GIVER } Key;

static inline guint64
key_of (const KennisEventRow *row,
        Key                   key)
{
  return key == BY_TIME ? row->time : key == BY_RECEIVER ? row->receiver : row->giver;
}

static gboolean
scatter (const KennisEventRow *rows,
         gsize                 n,
         Key                   key,
         guint                 shift,
         KennisEventRow       *out,
         GCancellable         *cancellable)
{
  gsize place[(1 << DIGIT) + 1] = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      if (i % LOOK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      place[((key_of (&rows[i], key) >> shift) & ((1 << DIGIT) - 1)) + 1]++;
    }
  for (guint d = 0; d < 1 << DIGIT; d++)
    place[d + 1] += place[d];
  for (gsize i = 0; i < n; i++)
    {
      if (i % LOOK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      out[place[(key_of (&rows[i], key) >> shift) & ((1 << DIGIT) - 1)]++] = rows[i];
    }
  return TRUE;
}

static gboolean
sort_by (Key             key,
         KennisEventRow *rows,
         gsize           n,
         GCancellable   *cancellable)
{
  g_autofree KennisEventRow *other = g_new (KennisEventRow, n + 1);
  KennisEventRow *from = rows, *to = other, *swap;
  guint64 most = 0;

  for (gsize i = 0; i < n; i++)
    most = MAX (most, key_of (&rows[i], key));
  for (guint shift = 0; shift < 64 && most >> shift != 0; shift += DIGIT)
    {
      if (!scatter (from, n, key, shift, to, cancellable))
        return FALSE;
      swap = from;
      from = to;
      to = swap;
    }
  if (from != rows)
    memcpy (rows, from, n * sizeof *rows);
  return TRUE;
}

/* Those of one time. */
static gboolean
sort_people (KennisEventRow *rows,
             gsize           n,
             GCancellable   *cancellable)
{
  if (n > MANY)
    return sort_by (BY_RECEIVER, rows, n, cancellable) && sort_by (BY_GIVER, rows, n, cancellable);
  if (n > 1)
    qsort (rows, n, sizeof *rows, compare_rows);
  return TRUE;
}

gboolean
kennis_event_rows_sort (KennisEventRow *rows,
                        gsize           n,
                        GCancellable   *cancellable)
{
  gsize end;

  if (!is_sorted (rows, n) && !sort_by (BY_TIME, rows, n, cancellable))
    return FALSE;
  for (gsize i = 0; i < n; i = end)
    {
      for (end = i + 1; end < n && rows[end].time == rows[i].time; end++)
        ;
      if (g_cancellable_is_cancelled (cancellable) || !sort_people (rows + i, end - i, cancellable))
        return FALSE;
    }
  return TRUE;
}

gboolean
kennis_events_reverse (const KennisEvents *events,
                       KennisEvents       *reversed,
                       GCancellable       *cancellable)
{
  g_autofree KennisEventRow *rows = g_new (KennisEventRow, events->n + 1);
  g_autofree guint32 *from = g_new (guint32, events->n + 1), *to = g_new (guint32, events->n + 1);
  g_autofree gint64 *time = g_new (gint64, events->n + 1);
  gint64 least = events->n > 0 ? kennis_reversed_time (events->time[events->n - 1]) : 0;

  for (gsize i = 0; i < events->n; i++)
    {
      gsize e = events->n - 1 - i;

      if (i % LOOK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      rows[i].time = (guint64) kennis_reversed_time (events->time[e]) - (guint64) least;
      rows[i].giver = events->to[e];
      rows[i].receiver = events->from[e];
    }
  if (!kennis_event_rows_sort (rows, events->n, cancellable))
    return FALSE;
  for (gsize i = 0; i < events->n; i++)
    {
      if (i % LOOK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      time[i] = (gint64) (rows[i].time + (guint64) least);
      from[i] = rows[i].giver;
      to[i] = rows[i].receiver;
    }
  *reversed = (KennisEvents) { .from = g_steal_pointer (&from),
                               .to = g_steal_pointer (&to),
                               .time = g_steal_pointer (&time),
                               .n = events->n,
                               .n_people = events->n_people };
  return TRUE;
}

void
kennis_events_clear_reversed (KennisEvents *reversed)
{
  g_free ((gpointer) reversed->from);
  g_free ((gpointer) reversed->to);
  g_free ((gpointer) reversed->time);
}
