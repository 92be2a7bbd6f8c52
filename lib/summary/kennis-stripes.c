#include "config.h"

#include "summary/kennis-stripes-private.h"

#define GROUP     64u       /* rows whose slots are fetched together */
#define FIRST_DAY (-25600)  /* 1899 … 2200: an event is from 1900 to 2199 */
#define N_DAYS    109700u

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
  if (!self->overflow || cell->person < self->overflowed.person ||
      (cell->person == self->overflowed.person && cell->month < self->overflowed.month))
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

/* The keys of a cell and of a spell, as they begin these. */
typedef struct
{
  guint32 cell[4], spell[6];
  guint64 cell_hash, spell_hash;
} Keys;

static inline gboolean
has_spell (const KennisPlainRow *row)
{
  return KENNIS_CODES_STATUS (row->codes) >= KENNIS_STATUS_ENROLLED;
}

static inline void
make_keys (const KennisStripes  *self,
           const KennisPlainRow *row,
           Keys                 *keys)
{
  KennisSetting setting = KENNIS_CODES_SETTING (row->codes);
  guint32 day = (guint32) (row->day - FIRST_DAY);

  keys->cell[0] = keys->spell[0] = row->person;
  keys->cell[1] = G_LIKELY (day < N_DAYS) ? self->months[day] : kennis_month_of_day (row->day);
  keys->cell[2] = keys->spell[1] = row->topic;
  keys->cell[3] = row->codes;

  if (setting > KENNIS_SETTING_DETACHED)
    setting = KENNIS_SETTING_TEAM;
  keys->spell[2] = row->day;
  keys->spell[3] = KENNIS_CODES (0, setting, 0, KENNIS_CODES_INITIATIVE (row->codes), KENNIS_CODES_STATUS (row->codes), 0);
  keys->spell[4] = row->since_start;
  keys->spell[5] = row->until_applied;
}

/* Where the key belongs, on its way into the cache. */
static inline __attribute__ ((always_inline)) guint64
fetch (const KennisTally *tally,
       const guint32     *keys,
       const guint        n_keys,
       const guint        size)
{
  guint64 hash = kennis_tally_hash (keys, n_keys);

  __builtin_prefetch (tally->slots + kennis_tally_slot (tally, hash) * size, 1);
  return hash;
}

/* Counts never overflow; false where the duration or the cost would. */
static inline gboolean
add_to_cell (KennisCell           *cell,
             const KennisPlainRow *row)
{
  gboolean timed = is_known (row->known, KENNIS_ACTIVITY_DURATION), costed = is_known (row->known, KENNIS_ACTIVITY_COST);
  gint64 duration, cost;

  if (__builtin_add_overflow (cell->duration, timed ? row->duration : 0, &duration) ||
      __builtin_add_overflow (cell->cost, costed ? row->cost : 0, &cost))
    return FALSE;

  cell->n++;
  cell->n_timed += timed;
  cell->n_costed += costed;
  cell->n_evaluated += is_known (row->known, KENNIS_ACTIVITY_EVALUATED);
  cell->duration = duration;
  cell->cost = cost;

  return TRUE;
}

static void
add_group (KennisStripes        *self,
           KennisStripe         *stripe,
           const KennisPlainRow *rows,
           guint                 n)
{
  KennisTally *cells = &stripe->tallies[KENNIS_SECTION_CELLS];
  KennisTally *spells = &stripe->tallies[KENNIS_SECTION_COMPLETIONS];
  Keys keys[GROUP];

  kennis_tally_reserve (cells, kennis_shape_get (KENNIS_SECTION_CELLS), n);
  kennis_tally_reserve (spells, kennis_shape_get (KENNIS_SECTION_COMPLETIONS), n);
  kennis_tally_reserve (&stripe->known_counts, &known_shape, n);
  for (guint i = 0; i < n; i++)
    {
      make_keys (self, &rows[i], &keys[i]);
      keys[i].cell_hash = fetch (cells, keys[i].cell, 4, sizeof (KennisCell));
      keys[i].spell_hash = fetch (spells, keys[i].spell, 6, sizeof (KennisSpell));
    }

  for (guint i = 0; i < n; i++)
    {
      guint32 known[] = { rows[i].person, rows[i].known };
      gint64 *sums = kennis_tally_at (cells, keys[i].cell_hash, keys[i].cell, 4, 6);
      KennisCell *cell = (KennisCell *) (gpointer) ((guint8 *) sums - G_STRUCT_OFFSET (KennisCell, n));

      if (G_UNLIKELY (!add_to_cell (cell, &rows[i])))
        note_overflow (self, cell);
      if (has_spell (&rows[i]))
        ++*kennis_tally_at (spells, keys[i].spell_hash, keys[i].spell, 6, 1);
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
