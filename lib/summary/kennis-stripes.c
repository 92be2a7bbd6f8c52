#include "config.h"

#include "summary/kennis-stripes-private.h"

#define GROUP      16u      /* rows whose slots are fetched together */
#define FIRST_BITS 5u

G_STATIC_ASSERT (sizeof (KennisPlainRow) == 24);
G_STATIC_ASSERT (sizeof (KennisDaySum) == 48);
/* Bits of the kind: fields beside one another stand beside one another in it. */
G_STATIC_ASSERT (KENNIS_ACTIVITY_ENDED == KENNIS_ACTIVITY_START + 1 && KENNIS_ACTIVITY_APPLIED == KENNIS_ACTIVITY_DECIDED + 1
                 && KENNIS_ACTIVITY_COST == KENNIS_ACTIVITY_DURATION + 1);

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
        kennis_tally_clear (&self->stripes[s].tallies[i]);
      kennis_tally_clear (&self->stripes[s].known_counts);
      g_free (self->stripes[s].days);
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

static inline gsize
slot_of (const KennisStripe *stripe,
         guint64             kind,
         guint64             when)
{
  guint64 h = ((kind & ~KENNIS_PLAIN_FLAGS) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ when)
              * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);

  return h >> (64 - stripe->day_bits);
}

static inline gsize
next_slot (const KennisStripe *stripe,
           gsize               slot)
{
  return (slot + 1) & (((gsize) 1 << stripe->day_bits) - 1);
}

static void
grow_days (KennisStripe *stripe)
{
  KennisDaySum *old = stripe->days;
  gsize n_old = old != NULL ? (gsize) 1 << stripe->day_bits : 0;

  stripe->day_bits = old != NULL ? stripe->day_bits + 1 : FIRST_BITS;
  stripe->days = g_new0 (KennisDaySum, (gsize) 1 << stripe->day_bits);
  for (gsize i = 0; i < n_old; i++)
    if (old[i].n > 0)
      {
        gsize slot = slot_of (stripe, old[i].kind, old[i].when);

        while (stripe->days[slot].n > 0)
          slot = next_slot (stripe, slot);
        stripe->days[slot] = old[i];
      }
  g_free (old);
}

static inline void
add_row (KennisStripe         *stripe,
         gsize                 slot,
         const KennisPlainRow *row)
{
  const guint64 kind = row->kind & ~KENNIS_PLAIN_FLAGS;
  KennisDaySum *sum = &stripe->days[slot];

  while (G_UNLIKELY (sum->kind != kind || sum->when != row->when || sum->n == 0))
    {
      if (sum->n == 0)
        {
          sum->kind = kind;
          sum->when = row->when;
          stripe->n_days++;
          break;
        }
      slot = next_slot (stripe, slot);
      sum = &stripe->days[slot];
    }
  sum->duration += row->duration;
  sum->cost += row->cost;
  sum->n++;
  sum->n_timed += row->kind & 1;
  sum->n_costed += row->kind >> 1 & 1;
  sum->n_evaluated += row->kind >> 2 & 1;
}

static void
add_group (KennisStripe         *stripe,
           const KennisPlainRow *rows,
           guint                 n)
{
  gsize slots[GROUP];

  /* At most two thirds full. */
  while (stripe->days == NULL || (stripe->n_days + n) * 3 > (gsize) 2 << stripe->day_bits)
    grow_days (stripe);
  for (guint i = 0; i < n; i++)
    {
      slots[i] = slot_of (stripe, rows[i].kind, rows[i].when);
      __builtin_prefetch (&stripe->days[slots[i]], 1);
      __builtin_prefetch (&stripe->days[slots[i]].n_evaluated, 1);
    }
  for (guint i = 0; i < n; i++)
    add_row (stripe, slots[i], &rows[i]);
}

void
kennis_stripes_add_rows (KennisStripes        *self,
                         guint                 number,
                         const KennisPlainRow *rows,
                         guint                 n)
{
  KennisStripe *stripe = &self->stripes[number];

  if (n == 0)
    return;

  pthread_mutex_lock (&stripe->lock);
  /* So no count, and no sum of 32 bits, can overflow in the days. */
  if (stripe->n_rows + n > G_MAXINT32)
    kennis_stripes_settle (self, number);
  stripe->n_rows += n;
  for (guint i = 0; i < n; i += GROUP)
    add_group (stripe, rows + i, MIN (GROUP, n - i));
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
add_to_total (KennisTotal        *total,
              const KennisDaySum *sum)
{
  KennisCodes codes = sum->kind >> 8 & 0x3ffff;
  guint records = sum->kind >> 3;
  const guint32 n = sum->n;

  total->n += n;
  total->n_known[KENNIS_ACTIVITY_ID] += (records & 1) * n;
  total->n_known[KENNIS_ACTIVITY_START] += (records >> 1 & 1) * n;
  total->n_known[KENNIS_ACTIVITY_ENDED] += (records >> 2 & 1) * n;
  total->n_known[KENNIS_ACTIVITY_DECIDED] += (records >> 3 & 1) * n;
  total->n_known[KENNIS_ACTIVITY_APPLIED] += (records >> 4 & 1) * n;
  total->n_known[KENNIS_ACTIVITY_PERSON] += n;
  total->n_known[KENNIS_ACTIVITY_TOPIC] += (guint32) (sum->kind >> 32) != KENNIS_INTERN_NONE ? n : 0;
  total->n_known[KENNIS_ACTIVITY_FORM] += KENNIS_CODES_FORM (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_SETTING] += KENNIS_CODES_SETTING (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_APPROACH] += KENNIS_CODES_APPROACH (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_INITIATIVE] += KENNIS_CODES_INITIATIVE (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_STATUS] += KENNIS_CODES_STATUS (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_EXTERNAL] += KENNIS_CODES_EXTERNAL (codes) != 0 ? n : 0;
  total->n_known[KENNIS_ACTIVITY_DURATION] += sum->n_timed;
  total->n_known[KENNIS_ACTIVITY_COST] += sum->n_costed;
  total->n_known[KENNIS_ACTIVITY_EVALUATED] += sum->n_evaluated;
}

static void
settle_day (KennisStripes      *self,
            KennisStripe       *stripe,
            guint32             person,
            const KennisDaySum *sum)
{
  KennisCodes codes = sum->kind >> 8 & 0x3ffff;
  gint32 day = (gint32) (sum->when >> 23 & (KENNIS_PLAIN_N_DAYS - 1)) + KENNIS_PLAIN_FIRST_DAY;
  guint32 topic = sum->kind >> 32;
  KennisSetting setting = KENNIS_CODES_SETTING (codes);
  KennisStatus status = KENNIS_CODES_STATUS (codes);
  KennisCell cell = { person, kennis_month_of_day (day), topic, codes, sum->n, sum->n_timed, sum->n_costed,
                      sum->n_evaluated, (gint64) sum->duration, (gint64) sum->cost };

  add_element (self, &stripe->tallies[KENNIS_SECTION_CELLS], kennis_shape_get (KENNIS_SECTION_CELLS),
               (const guint32 *) (gconstpointer) &cell);
  if (status < KENNIS_STATUS_ENROLLED)
    return;

  if (setting > KENNIS_SETTING_DETACHED)
    setting = KENNIS_SETTING_TEAM;
  KennisSpell spell = { person, topic, day, KENNIS_CODES (0, setting, 0, KENNIS_CODES_INITIATIVE (codes), status, 0),
                        (gint32) (sum->when >> 12 & (KENNIS_PLAIN_N_SINCE - 1)) - 1,
                        (gint32) (sum->when & (KENNIS_PLAIN_N_UNTIL - 1)) - 1, sum->n };
  add_element (self, &stripe->tallies[KENNIS_SECTION_COMPLETIONS], kennis_shape_get (KENNIS_SECTION_COMPLETIONS),
               (const guint32 *) (gconstpointer) &spell);
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
  gsize n_slots = stripe->days != NULL ? (gsize) 1 << stripe->day_bits : 0;

  for (gsize i = 0; i < n_slots; i++)
    {
      const KennisDaySum *sum = &stripe->days[i];
      gsize place = sum->when >> 40;

      if (sum->n == 0)
        continue;
      settle_day (self, stripe, (guint32) (place << KENNIS_STRIPE_BITS | number), sum);
      add_to_total (total_of (stripe, place), sum);
    }
  g_clear_pointer (&stripe->days, g_free);
  stripe->n_days = stripe->n_rows = 0;
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
        {
          kennis_tally_dump (&stripe->tallies[i], kennis_shape_get (i), &draft->sections[i]);
          kennis_tally_clear (&stripe->tallies[i]);
        }
      finish_totals (stripe, s, &draft->totals);
      kennis_tally_clear (&stripe->known_counts);
      g_clear_pointer (&stripe->totals, g_free);
      stripe->n_totals = 0;
    }
}
