#include "config.h"

#include "summary/kennis-stripes-private.h"

#define GROUP     16u       /* rows whose slots are fetched together */
#define FIRST_DAY (-25600)  /* 1899 … 2200: an event is from 1900 to 2199 */
#define N_DAYS    109700u

/* Plain rows of one day and kind.  Cells and spells are made of these at the end: so a row costs one place in memory, one line of the
 * cache, and not two. */
typedef struct
{
  guint32     person, topic;
  gint32      day;
  KennisCodes codes;
  gint32      since_start, until_applied;
  gint64      n;
  guint32     n_timed, n_costed;
  gint64      duration, cost;
  gint64      n_evaluated;
} KennisDaySum;

#define DAY_KEYS 6
#define DAY_SUMS 5
G_STATIC_ASSERT (sizeof (KennisDaySum) == 64);

static const KennisShape day_shape = {
  "days", sizeof (KennisDaySum), DAY_KEYS, DAY_SUMS,
  { KENNIS_KEY_PERSON, KENNIS_KEY_TOPIC, KENNIS_KEY_SIGNED, KENNIS_KEY_UNSIGNED, KENNIS_KEY_SIGNED, KENNIS_KEY_SIGNED }
};

G_STATIC_ASSERT (sizeof (KennisPlainRow) == 32);

static const KennisShape known_shape = {
  "known", sizeof (KennisKnownCount), 2, 1, { KENNIS_KEY_PERSON, KENNIS_KEY_UNSIGNED }
};

void
kennis_stripes_init (KennisStripes *self)
{
  memset (self, 0, sizeof *self);
  pthread_mutex_init (&self->lock, NULL);
  for (guint s = 0; s < KENNIS_N_STRIPES; s++)
    pthread_mutex_init (&self->stripes[s].lock, NULL);
  self->months = g_new (gint16, N_DAYS);
  for (guint i = 0; i < N_DAYS; i++)
    self->months[i] = kennis_month_of_day (FIRST_DAY + (gint32) i);
}

void
kennis_stripes_clear (KennisStripes *self)
{
  for (guint s = 0; s < KENNIS_N_STRIPES; s++)
    {
      for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
        kennis_tally_clear (&self->stripes[s].tallies[i]);
      kennis_tally_clear (&self->stripes[s].days);
      kennis_tally_clear (&self->stripes[s].known_counts);
      pthread_mutex_destroy (&self->stripes[s].lock);
    }
  pthread_mutex_destroy (&self->lock);
  g_clear_pointer (&self->months, g_free);
}

static void
note_overflow (KennisStripes    *self,
               const KennisCell *cell)
{
  pthread_mutex_lock (&self->lock);
  if (!self->overflow || cell->person < self->overflowed.person
      || (cell->person == self->overflowed.person && cell->month < self->overflowed.month))
    self->overflowed = *cell;
  self->overflow = TRUE;
  pthread_mutex_unlock (&self->lock);
}

static inline gboolean
is_known (guint32 known,
          guint   field)
{
  return (known >> field & 1) != 0;
}

/* Where the row's sums belong, on its way into the cache. */
static inline guint64
fetch (const KennisTally    *days,
       const KennisPlainRow *row,
       guint32              *keys)
{
  guint64 hash;

  keys[0] = row->person;
  keys[1] = row->topic;
  keys[2] = row->day;
  keys[3] = row->codes;
  keys[4] = (guint32) (gint32) row->since_start;
  keys[5] = (guint32) (gint32) row->until_applied;
  hash = kennis_tally_hash (keys, DAY_KEYS);
  __builtin_prefetch (days->slots + kennis_tally_slot (days, hash) * sizeof (KennisDaySum), 1);

  return hash;
}

/* False, and nothing added, where a sum overflows. */
static inline gboolean
add_to_day (KennisDaySum         *sum,
            const KennisPlainRow *row)
{
  gboolean timed = is_known (row->known, KENNIS_ACTIVITY_DURATION),
           costed = is_known (row->known, KENNIS_ACTIVITY_COST);
  gint64 duration, cost;

  if (__builtin_add_overflow (sum->duration, timed ? row->duration : 0, &duration)
      || __builtin_add_overflow (sum->cost, costed ? row->cost : 0, &cost) || sum->n == G_MAXUINT32)
    return FALSE;

  sum->n++;
  sum->n_timed += timed;
  sum->n_costed += costed;
  sum->n_evaluated += is_known (row->known, KENNIS_ACTIVITY_EVALUATED);
  sum->duration = duration;
  sum->cost = cost;

  return TRUE;
}

static inline gint32
month_of (const KennisStripes *self,
          gint32               day)
{
  guint32 place = (guint32) (day - FIRST_DAY);

  return G_LIKELY (place < N_DAYS) ? self->months[place] : kennis_month_of_day (day);
}

static void
add_group (KennisStripes        *self,
           KennisStripe         *stripe,
           const KennisPlainRow *rows,
           guint                 n)
{
  guint32 keys[GROUP][DAY_KEYS];
  guint64 hashes[GROUP];

  kennis_tally_reserve (&stripe->days, &day_shape, n);
  kennis_tally_reserve (&stripe->known_counts, &known_shape, n);
  for (guint i = 0; i < n; i++)
    {
      __builtin_prefetch (&rows[i + 2 * GROUP]);
      hashes[i] = fetch (&stripe->days, &rows[i], keys[i]);
    }

  for (guint i = 0; i < n; i++)
    {
      guint32 known[] = { rows[i].person, rows[i].known };
      gint64 *sums = kennis_tally_at (&stripe->days, hashes[i], keys[i], DAY_KEYS, DAY_SUMS);
      KennisDaySum *sum = (KennisDaySum *) (gpointer) ((guint8 *) sums - G_STRUCT_OFFSET (KennisDaySum, n));

      if (G_UNLIKELY (!add_to_day (sum, &rows[i])))
        note_overflow (self, &(KennisCell) { .person = sum->person, .month = month_of (self, sum->day) });
      ++*kennis_tally_at (&stripe->known_counts, kennis_tally_hash (known, 2), known, 2, 1);
    }
}

void
kennis_stripes_add_rows (KennisStripes        *self,
                         const KennisPlainRow *rows,
                         guint                 n)
{
  KennisStripe *stripe;

  if (n == 0)
    return;

  stripe = &self->stripes[kennis_stripe_of (rows[0].person)];
  pthread_mutex_lock (&stripe->lock);
  for (guint i = 0; i < n; i += GROUP)
    add_group (self, stripe, rows + i, MIN (GROUP, n - i));
  pthread_mutex_unlock (&stripe->lock);
}

void
kennis_stripes_add_known (KennisStripes *self,
                          guint32        person,
                          guint32        known)
{
  guint32 keys[] = { person, known };
  KennisStripe *stripe = &self->stripes[kennis_stripe_of (person)];

  pthread_mutex_lock (&stripe->lock);
  kennis_tally_reserve (&stripe->known_counts, &known_shape, 1);
  ++*kennis_tally_at (&stripe->known_counts, kennis_tally_hash (keys, 2), keys, 2, 1);
  pthread_mutex_unlock (&stripe->lock);
}

static void
add_element (KennisStripes     *self,
             KennisTally       *tally,
             const KennisShape *shape,
             const guint32     *element)
{
  kennis_tally_reserve (tally, shape, 1);
  if (!kennis_tally_add (tally, kennis_tally_hash (element, shape->n_keys), element, shape->n_keys, shape->n_sums))
    note_overflow (self, (const KennisCell *) element);
}

/* Elements in the order of their stripes: next[] holds for each stripe where its elements end. */
static void
order_by_stripe (const KennisShape *shape,
                 const guint8      *elements,
                 guint              n,
                 guint             *next,
                 guint             *order)
{
  memset (next, 0, (KENNIS_N_STRIPES + 1) * sizeof *next);
  for (guint i = 0; i < n; i++)
    next[kennis_stripe_of (*(const guint32 *) (elements + i * shape->size)) + 1]++;
  for (guint s = 0; s < KENNIS_N_STRIPES; s++)
    next[s + 1] += next[s];
  for (guint i = 0; i < n; i++)
    order[next[kennis_stripe_of (*(const guint32 *) (elements + i * shape->size))]++] = i;
}

void
kennis_stripes_add (KennisStripes *self,
                    KennisSection  section,
                    gconstpointer  elements,
                    guint          n,
                    guint          thread)
{
  const KennisShape *shape = kennis_shape_get (section);
  g_autofree guint *order = g_new (guint, MAX (n, 1));
  guint end[KENNIS_N_STRIPES + 1];

  order_by_stripe (shape, elements, n, end, order);
  for (guint k = 0; k < KENNIS_N_STRIPES; k++)
    {
      guint s = kennis_stripe_of (k + thread * 37), from = s > 0 ? end[s - 1] : 0;
      KennisStripe *stripe = &self->stripes[s];

      if (from == end[s])
        continue;
      pthread_mutex_lock (&stripe->lock);
      for (guint i = from; i < end[s]; i++)
        add_element (self, &stripe->tallies[section], shape,
                     (const guint32 *) ((const guint8 *) elements + order[i] * shape->size));
      pthread_mutex_unlock (&stripe->lock);
    }
}

static void
settle_day (KennisStripes      *self,
            KennisStripe       *stripe,
            const KennisDaySum *sum)
{
  KennisSetting setting = KENNIS_CODES_SETTING (sum->codes);
  KennisStatus status = KENNIS_CODES_STATUS (sum->codes);
  KennisCell cell = { sum->person, month_of (self, sum->day), sum->topic, sum->codes, sum->n, sum->n_timed, sum->n_costed,
                      sum->n_evaluated, sum->duration, sum->cost };

  add_element (self, &stripe->tallies[KENNIS_SECTION_CELLS], kennis_shape_get (KENNIS_SECTION_CELLS),
               (const guint32 *) (gconstpointer) &cell);
  if (status < KENNIS_STATUS_ENROLLED)
    return;

  if (setting > KENNIS_SETTING_DETACHED)
    setting = KENNIS_SETTING_TEAM;
  KennisSpell spell = { sum->person, sum->topic, sum->day,
                        KENNIS_CODES (0, setting, 0, KENNIS_CODES_INITIATIVE (sum->codes), status, 0), sum->since_start,
                        sum->until_applied, sum->n };
  add_element (self, &stripe->tallies[KENNIS_SECTION_COMPLETIONS], kennis_shape_get (KENNIS_SECTION_COMPLETIONS),
               (const guint32 *) (gconstpointer) &spell);
}

void
kennis_stripes_settle (KennisStripes *self,
                       guint          stripe)
{
  KennisTally *days = &self->stripes[stripe].days;

  for (gsize i = 0; i < days->n_slots; i++)
    {
      const KennisDaySum *sum = (const KennisDaySum *) (gconstpointer) days->slots + i;

      if (sum->person != KENNIS_INTERN_NONE)
        settle_day (self, &self->stripes[stripe], sum);
    }
  kennis_tally_clear (days);
}

void
kennis_stripes_finish (KennisStripes *self,
                       KennisDraft   *draft,
                       KennisVector  *known_counts)
{
  for (guint s = 0; s < KENNIS_N_STRIPES; s++)
    {
      for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
        {
          kennis_tally_dump (&self->stripes[s].tallies[i], kennis_shape_get (i), &draft->sections[i]);
          kennis_tally_clear (&self->stripes[s].tallies[i]);
        }
      kennis_tally_dump (&self->stripes[s].known_counts, &known_shape, known_counts);
      kennis_tally_clear (&self->stripes[s].known_counts);
    }
}
