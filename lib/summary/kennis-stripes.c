#include "config.h"

#include "summary/kennis-stripes-private.h"

#define AHEAD      16u      /* rows between two steps of one: its slot is fetched, then its day, and then it is added */
#define FIRST_BITS 6u
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
      g_aligned_free (self->stripes[s].days);
      g_free (self->stripes[s].slots);
      g_free (self->stripes[s].totals);
      pthread_mutex_destroy (&self->stripes[s].lock);
    }
  pthread_mutex_destroy (&self->lock);
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

static inline guint32
slot_of (const KennisStripe *stripe,
         guint64             kind,
         guint64             when)
{
  guint64 h = (kind * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ when) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);

  return (guint32) (h >> (64 - stripe->slot_bits));
}

static inline guint32
next_slot (const KennisStripe *stripe,
           guint32             slot)
{
  return (slot + 1) & ((1u << stripe->slot_bits) - 1);
}

static void
grow_slots (KennisStripe *stripe)
{
  stripe->slot_bits = MAX (FIRST_BITS, stripe->slot_bits + 1);
  g_free (stripe->slots);
  stripe->slots = g_new0 (guint32, (gsize) 1 << stripe->slot_bits);
  for (guint32 i = 0; i < stripe->n_days; i++)
    {
      guint32 slot = slot_of (stripe, stripe->days[i].kind, stripe->days[i].when);

      while (stripe->slots[slot] != 0)
        slot = next_slot (stripe, slot);
      stripe->slots[slot] = i + 1;
    }
}

/* Each lies in one line of the cache. */
static void
grow_days (KennisStripe *stripe,
           gsize         n)
{
  KennisDaySum *days = g_aligned_alloc (n, sizeof *days, sizeof *days);

  if (stripe->n_days > 0)
    memcpy (days, stripe->days, stripe->n_days * sizeof *days);
  g_aligned_free (stripe->days);
  stripe->days = days;
  stripe->days_room = (guint32) n;
}

/* Room for more keys; the slots are at most half full.  True where they are other ones now. */
static inline gboolean
reserve_days (KennisStripe *stripe,
              guint         more)
{
  gsize n = (gsize) stripe->n_days + more;

  if (G_UNLIKELY (n > stripe->days_room))
    grow_days (stripe, n + n / 2);
  if (G_LIKELY (n * 2 <= (gsize) 1 << stripe->slot_bits))
    return FALSE;

  while (n * 2 > (gsize) 1 << stripe->slot_bits)
    grow_slots (stripe);
  return TRUE;
}

static inline KennisDaySum *
find_day (KennisStripe *stripe,
          guint32       slot,
          guint64       kind,
          guint64       when)
{
  for (;; slot = next_slot (stripe, slot))
    {
      guint32 number = stripe->slots[slot];
      KennisDaySum *sum = &stripe->days[number == 0 ? stripe->n_days : number - 1];

      if (G_UNLIKELY (number == 0))
        {
          stripe->slots[slot] = ++stripe->n_days;
          *sum = (KennisDaySum) { .kind = kind, .when = when };
          return sum;
        }
      if (G_LIKELY (sum->kind == kind && sum->when == when))
        return sum;
    }
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
add_row (KennisStripe         *stripe,
         guint32               slot,
         const KennisPlainRow *row)
{
  KennisDaySum *sum = find_day (stripe, slot, row->kind, row->when);
  guint64 low = sum->sums[0] + ((guint64) row->cost << 32 | 1);

  sum->sums[1] += ((guint64) row->duration << 16) + (low < sum->sums[0] ? 1 : 0);
  sum->sums[0] = low;
}

/* Memory is waited for, so each row takes three steps, and others' steps go between. */
static void
add_rows (KennisStripe         *stripe,
          const KennisPlainRow *rows,
          guint                 n)
{
  guint32 slots[4 * AHEAD];

  for (guint i = 0; i < n + 2 * AHEAD; i++)
    {
      /* The slots move where there are to be more; then those of the rows under way are found anew. */
      if (i % AHEAD == 0 && reserve_days (stripe, 2 * AHEAD))
        for (guint k = MAX (i, 2 * AHEAD) - 2 * AHEAD; k < MIN (i, n); k++)
          slots[k % (4 * AHEAD)] = slot_of (stripe, rows[k].kind, rows[k].when);
      if (i < n)
        {
          guint32 slot = slot_of (stripe, rows[i].kind, rows[i].when);

          slots[i % (4 * AHEAD)] = slot;
          __builtin_prefetch (&stripe->slots[slot], 1);
        }
      if (i - AHEAD < n)
        __builtin_prefetch (&stripe->days[stripe->slots[slots[(i - AHEAD) % (4 * AHEAD)]]] - 1, 1);
      if (i >= 2 * AHEAD)
        add_row (stripe, slots[(i - 2 * AHEAD) % (4 * AHEAD)], &rows[i - 2 * AHEAD]);
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
  for (guint32 i = 0; i < stripe->n_days; i++)
    {
      const KennisDaySum *sum = &stripe->days[i];
      gsize place = sum->when >> KENNIS_PLAIN_PERSON;
      guint32 person = (guint32) (place << KENNIS_STRIPE_BITS | number);

      settle_cell (self, &stripe->tallies[KENNIS_SECTION_CELLS], person, sum);
      settle_spell (&stripe->blocks[KENNIS_SECTION_COMPLETIONS], person, sum);
      add_to_total (total_of (stripe, place), sum);
    }
  g_clear_pointer (&stripe->days, g_aligned_free);
  g_clear_pointer (&stripe->slots, g_free);
  stripe->n_days = stripe->days_room = stripe->slot_bits = 0;
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
