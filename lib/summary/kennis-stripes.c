#include "config.h"

#include "base/kennis-pages-private.h"
#include "summary/kennis-stripes-private.h"

#define AHEAD      32u      /* rows from where its day is fetched to where it is added */
#define MOST_ROWS  512u     /* that are added at once: there is room for as many days */
#define FIRST_BITS 7u
#define NEXT_BITS  12u
#define LARGE_BITS 16u      /* of tables of 2 MiB and more */
#define MOST_SUM   (G_GUINT64_CONSTANT (1) << 48)

G_STATIC_ASSERT (sizeof (KennisPlainRow) == 24);
G_STATIC_ASSERT (sizeof (KennisDaySum) == 32);
/* Bits of the kind: fields beside one another stand beside one another in it. */
G_STATIC_ASSERT (KENNIS_ACTIVITY_SESSION == KENNIS_ACTIVITY_ID + 1 && KENNIS_ACTIVITY_ENDED == KENNIS_ACTIVITY_START + 1
                 && KENNIS_ACTIVITY_DECIDED == KENNIS_ACTIVITY_REQUESTED + 1
                 && KENNIS_ACTIVITY_APPLIED == KENNIS_ACTIVITY_REQUESTED + 2
                 && KENNIS_ACTIVITY_COST == KENNIS_ACTIVITY_DURATION + 1);

G_STATIC_ASSERT (KENNIS_CODES (1, 0, 0, 0, 0, 0) == 1u << KENNIS_PLAIN_FORM_SHIFT
                 && KENNIS_CODES (0, 1, 0, 0, 0, 0) == 1u << KENNIS_PLAIN_SETTING_SHIFT
                 && KENNIS_CODES (0, 0, 1, 0, 0, 0) == 1u << KENNIS_PLAIN_APPROACH_SHIFT
                 && KENNIS_CODES (0, 0, 0, 1, 0, 0) == 1u << KENNIS_PLAIN_INITIATIVE_SHIFT
                 && KENNIS_CODES (0, 0, 0, 0, 1, 0) == 1u << KENNIS_PLAIN_STATUS_SHIFT
                 && KENNIS_CODES (0, 0, 0, 0, 0, 1) == 1u << KENNIS_PLAIN_EXTERNAL_SHIFT);

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

gboolean
kennis_stripes_overflow (KennisStripes *self)
{
  gboolean overflow;

  pthread_mutex_lock (&self->lock);
  overflow = self->overflow;
  pthread_mutex_unlock (&self->lock);

  return overflow;
}

static inline guint64
hash_of (guint64 kind,
         guint64 when)
{
  return (kind * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ when) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
}

/* The first of two days that lie in one line of the cache. */
static inline guint32
place_of (const KennisStripe *stripe,
          guint64             hash)
{
  return (guint32) (hash >> (64 - stripe->day_bits)) & ~1u;
}

/* Its day, or a free one behind those that are in the way. */
static KennisDaySum *
find_any_day (const KennisStripe *stripe,
              guint32             place,
              guint64             kind,
              guint64             when)
{
  while (stripe->days[place].kind != 0 && (stripe->days[place].kind != kind || stripe->days[place].when != when))
    place = (place + 1) & ((1u << stripe->day_bits) - 1);

  return &stripe->days[place];
}

/* Zeros. */
static KennisDaySum *
days_new (guint bits)
{
  if (bits >= LARGE_BITS)
    return kennis_pages_new (sizeof (KennisDaySum) << bits);

  return g_aligned_alloc0 ((gsize) 1 << bits, sizeof (KennisDaySum), 2 * sizeof (KennisDaySum));
}

static void
days_free (guint         bits,
           KennisDaySum *days)
{
  if (bits >= LARGE_BITS)
    kennis_pages_free (days, sizeof (KennisDaySum) << bits);
  else
    g_aligned_free (days);
}

/* Room for more keys.  A table that has been filled once will be filled again: it grows at least to what most stripes of much need. */
static void
reserve_days (KennisStripe *stripe,
              guint         more)
{
  KennisDaySum *old = stripe->days;
  const guint old_bits = stripe->day_bits;
  const gsize n = old != NULL ? (gsize) 1 << old_bits : 0;
  guint bits = MAX (old_bits, FIRST_BITS);

  while (((gsize) stripe->n_days + more) * 2 > (gsize) 1 << bits)
    bits++;
  if (bits == old_bits)
    return;

  stripe->day_bits = old != NULL ? MAX (bits, NEXT_BITS) : bits;
  stripe->days = days_new (stripe->day_bits);
  for (gsize i = 0; i < n; i++)
    if (old[i].kind != 0)
      *find_any_day (stripe, place_of (stripe, hash_of (old[i].kind, old[i].when)), old[i].kind, old[i].when) = old[i];
  days_free (old_bits, old);
}

void
kennis_stripes_clear (KennisStripes *self)
{
  for (guint s = 0; s < KENNIS_N_STRIPES; s++)
    {
      for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
        {
          kennis_tally_clear (&self->stripes[s].tallies[i]);
          kennis_vector_clear (&self->stripes[s].blocks[i]);
        }
      kennis_tally_clear (&self->stripes[s].known_counts);
      days_free (self->stripes[s].day_bits, self->stripes[s].days);
      g_free (self->stripes[s].totals);
      pthread_mutex_destroy (&self->stripes[s].lock);
    }
  pthread_mutex_destroy (&self->lock);
}

static inline KennisDaySum *
find_or_begin_day (KennisStripe *stripe,
                   guint32       place,
                   guint64       kind,
                   guint64       when)
{
  KennisDaySum *sum = find_any_day (stripe, place, kind, when);

  if (sum->kind == 0)
    {
      *sum = (KennisDaySum) { .kind = kind, .when = when };
      stripe->n_days++;
    }

  return sum;
}

/* One of the two at the place, which nearly always is the day's.  Which of them is no matter for a branch, which could not be foretold: what
 * differs is made to tell by its highest bit.  NULL: it is elsewhere, or not there. */
static inline KennisDaySum *
find_near_day (const KennisStripe *stripe,
               guint32             place,
               guint64             kind,
               guint64             when)
{
  KennisDaySum *days = &stripe->days[place];
  guint64 first = (days[0].kind ^ kind) | (days[0].when ^ when), second = (days[1].kind ^ kind) | (days[1].when ^ when);

  first |= -first;
  second |= -second;

  return G_LIKELY ((first & second) >> 63 == 0) ? days + (first >> 63) : NULL;
}

static inline guint32
count_of (const KennisDaySum *sum)
{
  return (guint32) sum->sums[0];
}

/* How many of them have what the flag says. */
static inline guint32
count_with (const KennisDaySum *sum,
            guint               flag)
{
  return (sum->kind >> flag & 1) != 0 ? count_of (sum) : 0;
}

static inline gint64
cost_of (const KennisDaySum *sum)
{
  return (gint64) (sum->sums[0] >> 32 | (sum->sums[1] & 0xffff) << 32);
}

static inline gint64
duration_of (const KennisDaySum *sum)
{
  return (gint64) (sum->sums[1] >> 16);
}

static inline void
add_row (KennisDaySum         *sum,
         const KennisPlainRow *row)
{
  guint64 low = sum->sums[0] + ((guint64) row->cost << 32 | 1);

  sum->sums[1] += ((guint64) row->duration << 16) + (low < sum->sums[0] ? 1 : 0);
  sum->sums[0] = low;
}

/* Fetches where a row's day may be. */
static inline void
look_ahead (const KennisStripe   *stripe,
            const KennisPlainRow *row,
            guint32              *place)
{
  *place = place_of (stripe, hash_of (row->kind, row->when));
  __builtin_prefetch (&stripe->days[*place], 1);
}

/* Memory is waited for, so that of rows to come is asked for before; what is not where it was looked for is asked for once more, and comes last. */
static void
add_some_rows (KennisStripe         *stripe,
               const KennisPlainRow *rows,
               guint                 n)
{
  guint32 places[MOST_ROWS + AHEAD];
  guint16 late[MOST_ROWS];
  guint n_late = 0;

  for (guint i = 0; i < MIN (n, AHEAD); i++)
    look_ahead (stripe, &rows[i], &places[i]);
  for (guint i = 0; i < n; i++)
    {
      KennisDaySum *sum;

      if (G_LIKELY (i + AHEAD < n))
        look_ahead (stripe, &rows[i + AHEAD], &places[i + AHEAD]);
      sum = find_near_day (stripe, places[i], rows[i].kind, rows[i].when);
      if (G_LIKELY (sum != NULL))
        {
          add_row (sum, &rows[i]);
          continue;
        }
      __builtin_prefetch (&stripe->days[(places[i] + 2) & ((1u << stripe->day_bits) - 1)], 1);
      late[n_late++] = (guint16) i;
    }
  for (guint k = 0; k < n_late; k++)
    {
      const KennisPlainRow *row = &rows[late[k]];

      add_row (find_or_begin_day (stripe, places[late[k]], row->kind, row->when), row);
    }
}

static void
add_rows (KennisStripe         *stripe,
          const KennisPlainRow *rows,
          guint                 n)
{
  for (guint m; n > 0; rows += m, n -= m)
    {
      m = MIN (n, MOST_ROWS);
      reserve_days (stripe, m);
      add_some_rows (stripe, rows, m);
    }
}

void
kennis_stripes_add_rows (KennisStripes        *self,
                         guint                 number,
                         const KennisPlainRow *rows,
                         guint                 n)
{
  KennisStripe *stripe = &self->stripes[number];
  guint64 duration = 0, cost = 0;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      duration += rows[i].duration;
      cost += rows[i].cost;
    }

  pthread_mutex_lock (&stripe->lock);
  /* So no count, and no sum, can overflow in the days. */
  if (stripe->n_rows + n > G_MAXINT32 || stripe->duration + duration >= MOST_SUM || stripe->cost + cost >= MOST_SUM)
    kennis_stripes_settle (self, number);
  stripe->n_rows += n;
  stripe->duration += duration;
  stripe->cost += cost;
  add_rows (stripe, rows, n);
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

static inline KennisCodes
codes_of (const KennisDaySum *sum)
{
  return sum->kind >> KENNIS_PLAIN_CODES & 0x3ffff;
}

static inline gint32
day_of (const KennisDaySum *sum)
{
  return (gint32) (sum->when >> KENNIS_PLAIN_DAY & ((1u << KENNIS_PLAIN_DAY_BITS) - 1)) + KENNIS_PLAIN_FIRST_DAY;
}

static void
add_to_total (KennisTotal        *total,
              const KennisDaySum *sum)
{
  KennisCodes codes = codes_of (sum);
  guint records = sum->kind >> KENNIS_PLAIN_RECORDS;
  const guint32 n = count_of (sum);

  total->n += n;
  total->n_known[KENNIS_ACTIVITY_ID] += (records & 1) * n;
  total->n_known[KENNIS_ACTIVITY_SESSION] += (records >> 1 & 1) * n;
  total->n_known[KENNIS_ACTIVITY_START] += (records >> 2 & 1) * n;
  total->n_known[KENNIS_ACTIVITY_ENDED] += (records >> 3 & 1) * n;
  total->n_known[KENNIS_ACTIVITY_REQUESTED] += (records >> 4 & 1) * n;
  total->n_known[KENNIS_ACTIVITY_DECIDED] += (records >> 5 & 1) * n;
  total->n_known[KENNIS_ACTIVITY_APPLIED] += (records >> 6 & 1) * n;
  total->n_known[KENNIS_ACTIVITY_PERSON] += n;
  total->n_known[KENNIS_ACTIVITY_TOPIC] += (guint32) (sum->kind >> KENNIS_PLAIN_TOPIC) != KENNIS_INTERN_NONE ? n : 0;
  total->n_known[KENNIS_ACTIVITY_FORM] += KENNIS_CODES_FORM (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_SETTING] += KENNIS_CODES_SETTING (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_APPROACH] += KENNIS_CODES_APPROACH (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_INITIATIVE] += KENNIS_CODES_INITIATIVE (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_STATUS] += KENNIS_CODES_STATUS (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_EXTERNAL] += KENNIS_CODES_EXTERNAL (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_DURATION] += count_with (sum, 0);
  total->n_known[KENNIS_ACTIVITY_COST] += count_with (sum, 1);
  total->n_known[KENNIS_ACTIVITY_EVALUATED] += count_with (sum, 2);
}

static void
settle_cell (KennisStripes      *self,
             KennisTally        *cells,
             guint32             person,
             const KennisDaySum *sum)
{
  KennisCell cell = { person, kennis_month_of_day (day_of (sum)), sum->kind >> KENNIS_PLAIN_TOPIC, codes_of (sum),
                      count_of (sum), count_with (sum, 0), count_with (sum, 1), count_with (sum, 2),
                      duration_of (sum), cost_of (sum) };
  const guint32 *keys = &cell.person;

  kennis_tally_reserve (cells, kennis_shape_get (KENNIS_SECTION_CELLS), 1);
  if (!kennis_tally_add (cells, kennis_tally_hash (keys, 4), keys, 4, 6))
    note_overflow (self, &cell);
}

static void
settle_spell (KennisVector       *spells,
              guint32             person,
              const KennisDaySum *sum)
{
  KennisCodes codes = codes_of (sum);
  KennisSetting setting = KENNIS_CODES_SETTING (codes);
  KennisStatus status = KENNIS_CODES_STATUS (codes);
  guint32 n = count_of (sum);

  if (status < KENNIS_STATUS_ENROLLED)
    return;

  if (setting > KENNIS_SETTING_DETACHED)
    setting = KENNIS_SETTING_TEAM;
  *(KennisSpell *) kennis_vector_add (spells, sizeof (KennisSpell), 1) =
      (KennisSpell) { person,
                      sum->kind >> 32,
                      day_of (sum),
                      KENNIS_CODES (0, setting, 0, KENNIS_CODES_INITIATIVE (codes), status, 0),
                      (gint32) (sum->when >> KENNIS_PLAIN_SINCE & ((1u << KENNIS_PLAIN_SINCE_BITS) - 1)) - 1,
                      (gint32) (sum->when & ((1u << KENNIS_PLAIN_UNTIL_BITS) - 1)) - 1,
                      n };
}

static KennisTotal *
total_of (KennisStripe *stripe,
          gsize         place)
{
  gsize n = MAX (place + 1, stripe->n_totals + stripe->n_totals / 2);

  if (place >= stripe->n_totals)
    {
      stripe->totals = g_renew (KennisTotal, stripe->totals, n);
      memset (stripe->totals + stripe->n_totals, 0, (n - stripe->n_totals) * sizeof *stripe->totals);
      stripe->n_totals = n;
    }

  return &stripe->totals[place];
}

void
kennis_stripes_settle (KennisStripes *self,
                       guint          number)
{
  KennisStripe *stripe = &self->stripes[number];

  kennis_tally_reserve (&stripe->tallies[KENNIS_SECTION_CELLS], kennis_shape_get (KENNIS_SECTION_CELLS),
                        stripe->n_days);
  kennis_vector_reserve (&stripe->blocks[KENNIS_SECTION_COMPLETIONS], sizeof (KennisSpell), stripe->n_days);
  for (gsize i = 0; i < (stripe->days != NULL ? (gsize) 1 << stripe->day_bits : 0); i++)
    {
      const KennisDaySum *sum = &stripe->days[i];
      gsize place = sum->when >> KENNIS_PLAIN_PERSON;
      guint32 person = (guint32) (place << KENNIS_STRIPE_BITS | number);

      if (sum->kind == 0)
        continue;
      settle_cell (self, &stripe->tallies[KENNIS_SECTION_CELLS], person, sum);
      settle_spell (&stripe->blocks[KENNIS_SECTION_COMPLETIONS], person, sum);
      add_to_total (total_of (stripe, place), sum);
    }
  days_free (stripe->day_bits, g_steal_pointer (&stripe->days));
  stripe->n_days = stripe->day_bits = 0;
  stripe->n_rows = stripe->duration = stripe->cost = 0;

  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    {
      kennis_tally_dump (&stripe->tallies[i], kennis_shape_get (i), &stripe->blocks[i]);
      kennis_tally_clear (&stripe->tallies[i]);
    }
}

static void
finish_totals (const KennisStripe *stripe,
               guint               number,
               KennisVector       *totals)
{
  KennisVector counts = { 0 };

  for (gsize i = 0; i < stripe->n_totals; i++)
    if (stripe->totals[i].n > 0)
      {
        KennisTotal *total = kennis_vector_add (totals, sizeof *total, 1);

        *total = stripe->totals[i];
        total->person = (guint32) (i << KENNIS_STRIPE_BITS | number);
      }

  kennis_tally_dump (&stripe->known_counts, &known_shape, &counts);
  for (gsize i = 0; i < counts.n; i++)
    {
      const KennisKnownCount *count = (const KennisKnownCount *) counts.data + i;
      KennisTotal *total = kennis_vector_add (totals, sizeof *total, 1);

      *total = (KennisTotal) { .person = count->person, .n = count->n };
      for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
        total->n_known[f] = (count->known >> f & 1) != 0 ? count->n : 0;
    }
  kennis_vector_clear (&counts);
}

void
kennis_stripes_finish (KennisStripes *self,
                       KennisDraft   *draft)
{
  for (guint s = 0; s < KENNIS_N_STRIPES; s++)
    {
      KennisStripe *stripe = &self->stripes[s];

      for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
        if (stripe->blocks[i].n > 0)
          {
            *(KennisVector *) kennis_vector_add (&draft->blocks[i], sizeof (KennisVector), 1) = stripe->blocks[i];
            stripe->blocks[i] = (KennisVector) { 0 };
          }
      finish_totals (stripe, s, &draft->totals);
      kennis_tally_clear (&stripe->known_counts);
      g_clear_pointer (&stripe->totals, g_free);
      stripe->n_totals = 0;
    }
}
