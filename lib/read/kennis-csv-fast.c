#include "config.h"

#include "base/kennis-hash-private.h"
#include "base/kennis-parallel-private.h"
#include "read/kennis-csv-straight-private.h"

#include <string.h>

#define THREADS 2u
#define FIRST_PARTS 4u      /* of what one thread reads alone */
#define UNSEEN  G_MAXINT64       /* of a word: it was not looked at */
#define BAD     (G_MAXINT64 - 1) /* the row must go the long way, which tells why */

/* The caller's thread: fills blocks, and makes records of what threads made of them. */
typedef struct
{
  KennisCsvRead *read;
  const KennisCsvPlan *plan;
  KennisCsvPool *pool;    /* NULL: this thread does all of it */
  KennisCsvWords **words; /* of each thread, then of this one */
  KennisCsvBlock own;
  GArray **codes; /* gint64 by word, for each thread and step */
  GString *rest;  /* the beginning of a row that did not end in the block before */
  gboolean at_end, is_stuck;
} Fast;

/* The long way for what is whole rows, or the beginning of one. */
static gboolean
feed (Fast *self, const char *text, gsize length, GError **error)
{
  gsize at = 0, used;

  while (at < length)
    {
      gboolean is_whole = kennis_csv_row_feed (&self->read->row, text + at, length - at, &used);

      at += used;
      if (is_whole && !kennis_csv_take_row (self->read, error))
        return FALSE;
    }

  return TRUE;
}

/* What a text means in a step: the same as the long way would find. */
static gint64
look_at_word (Fast *self, const KennisCsvStep *step, const char *text, gsize length)
{
  KennisCsvBinding *binding = &self->read->binding;
  g_auto (KennisTextProblem) problem = { 0 };
  KennisCsvValue value;
  gint64 code;

  binding->bad_column = -1;
  value = kennis_csv_cell_value (binding, step->template, text, length, (int) step->column);
  if (binding->bad_column >= 0)
    {
      binding->bad_column = -1;
      return BAD;
    }
  if (step->kind == KENNIS_CSV_STEP_FILTER)
    return (value.text != NULL) == step->keeps ? 0 : BAD;

  code = kennis_field_unknown (step->schema_field);
  if (value.text != NULL
      && !kennis_csv_convert (binding, self->read->job, step->schema_field, step->template, value, &code, &problem))
    return BAD;

  return code;
}

static inline gint64
code_of (Fast *self, const KennisCsvBlock *block, guint s, const KennisCsvStep *step, gint64 value)
{
  guint word = (guint) (value >> 40);
  gsize at = (gsize) (value >> 20) & 0xfffff, length = (gsize) value & 0xfffff;
  GArray *codes = self->codes[block->thread * self->plan->steps->len + s];

  if (word == KENNIS_CSV_NO_WORD)
    return look_at_word (self, step, block->text + at, length);
  if (word >= codes->len)
    {
      guint old = codes->len;

      g_array_set_size (codes, MAX (64, word * 2));
      for (guint i = old; i < codes->len; i++)
        g_array_index (codes, gint64, i) = UNSEEN;
    }
  if (G_UNLIKELY (g_array_index (codes, gint64, word) == UNSEEN))
    {
      gint64 code = look_at_word (self, step, block->text + at, length);

      g_array_index (codes, gint64, word) = code;
    }

  return g_array_index (codes, gint64, word);
}

/* The row's records into read->waiting; false: it must go the long way. */
static inline gboolean
make_records (Fast *self, const KennisCsvBlock *block, const gint64 *values)
{
  const KennisCsvPlan *plan = self->plan;
  const KennisCsvStep *steps = (const KennisCsvStep *) (const void *) plan->steps->data;
  KennisCsvWaiting *made;

  g_array_set_size (self->read->waiting, plan->shapes->len);
  made = (KennisCsvWaiting *) (void *) self->read->waiting->data;
  for (guint r = 0; r < plan->shapes->len; r++)
    {
      const KennisCsvShape *shape = &g_array_index (plan->shapes, KennisCsvShape, r);

      made[r].type = shape->record->schema->type;
      memcpy (made[r].codes, shape->codes, shape->record->schema->n_fields * sizeof *made[r].codes);
    }
  for (guint s = 0; s < plan->steps->len; s++)
    {
      gboolean is_number = steps[s].kind >= KENNIS_CSV_STEP_TIME && steps[s].kind <= KENNIS_CSV_STEP_NUMBER;
      gint64 code = values[s];

      if (code == KENNIS_CSV_NOTHING)
        {
          if (steps[s].kind == KENNIS_CSV_STEP_FILTER && steps[s].keeps)
            return FALSE;
          continue;
        }
      if (!is_number && (code = code_of (self, block, s, &steps[s], code)) == BAD)
        return FALSE;
      if (steps[s].kind != KENNIS_CSV_STEP_FILTER)
        made[steps[s].record].codes[steps[s].field] = code;
    }
  for (guint r = 0; r < plan->shapes->len; r++)
    if (!kennis_csv_has_needs (g_array_index (plan->shapes, KennisCsvShape, r).record, &made[r]))
      return FALSE;

  return TRUE;
}

/* Ids are many: what is looked at for one of the rows to come is brought near meanwhile. */
#define ROWS_AHEAD 8u

static inline void
look_ahead (Fast *self, const KennisCsvBlock *block, const gint64 *values)
{
  const KennisCsvStep *steps = (const KennisCsvStep *) (const void *) self->plan->steps->data;
  KennisDataset *dataset = self->read->job->dataset;
  guint n = self->plan->steps->len;

  values += ROWS_AHEAD * n;
  if (values + n > (const gint64 *) (const void *) block->values->data + block->values->len)
    return;
  for (guint s = 0; s < n; s++)
    if (steps[s].kind == KENNIS_CSV_STEP_TEXT && values[s] != KENNIS_CSV_NOTHING)
      {
        guint64 hash =
            kennis_hash_bytes (block->text + ((gsize) (values[s] >> 20) & 0xfffff), (gsize) values[s] & 0xfffff);

        kennis_intern_prefetch (dataset->spaces[steps[s].schema_field->space], hash);
        if (dataset->gone != NULL && steps[s].schema_field->space == KENNIS_SPACE_ACTIVITY)
          kennis_hashes_prefetch (dataset->gone, hash);
      }
}

/* Lines that are counted, and no more to be done about. */
static void
pass_over (Fast *self, const KennisCsvBetween *lines)
{
  KennisCsvRead *read = self->read;
  KennisReader *reader = read->job->reader;

  if (lines->last > 0)
    read->row.first_line = read->row.line + lines->last - 1;
  read->row.line += lines->n_straight + lines->n_empty;
  read->binding.n_row += lines->n_straight;
  read->job->n_read += lines->n_straight;
  reader->n_straight += lines->n_straight;
  reader->n_rows += lines->n_straight;
  reader->n_rows_used += lines->n_straight;
  reader->n_read += lines->n_straight;
  reader->n_added += lines->n_straight;
}

/* Before there are threads: what this one has seen all begin with. */
static void
teach_all (Fast *self, const KennisCsvBlock *block, guint s, gint64 value, gint64 code)
{
  for (guint t = 0; t <= self->own.thread; t++)
    {
      guint word = kennis_csv_words_find (self->words[t], s, block->text + ((gsize) (value >> 20) & 0xfffff),
                                          (gsize) value & 0xfffff);

      if (word != KENNIS_CSV_NO_WORD)
        kennis_csv_words_teach (self->words[t], s, word, code);
    }
}

/* The row became a record: rows with its words may go straight. */
static void
teach (Fast *self, const KennisCsvBlock *block, const gint64 *values)
{
  const KennisCsvStep *steps = (const KennisCsvStep *) (const void *) self->plan->steps->data;

  for (guint s = 0; s < self->plan->steps->len; s++)
    {
      gboolean is_word = steps[s].kind == KENNIS_CSV_STEP_WORD || steps[s].kind == KENNIS_CSV_STEP_FILTER;
      guint word = (guint) (values[s] >> 40);

      if (!is_word || values[s] == KENNIS_CSV_NOTHING || word == KENNIS_CSV_NO_WORD)
        continue;
      if (block == &self->own)
        teach_all (self, block, s, values[s], code_of (self, block, s, &steps[s], values[s]));
      else
        kennis_csv_words_teach (self->words[block->thread], s, word, code_of (self, block, s, &steps[s], values[s]));
    }
}

static gboolean
append_quick (Fast *self, const KennisCsvBlock *block, const gint64 *values, GError **error)
{
  KennisCsvRead *read = self->read;
  guint64 n_added = read->job->reader->n_added;

  read->row.first_line = read->row.line++;
  read->job->reader->n_rows++;
  read->binding.n_row++;
  if (!kennis_csv_append_records (read, error))
    return FALSE;
  if (self->plan->straight != NULL && read->job->reader->n_added > n_added)
    teach (self, block, values);

  return TRUE;
}

static gboolean
take_items (Fast *self, const KennisCsvBlock *block, GError **error)
{
  const KennisCsvItem *items = (const KennisCsvItem *) (const void *) block->items->data;
  const gint64 *values = (const gint64 *) (const void *) block->values->data;

  for (guint i = 0; i < block->items->len; i++)
    {
      const KennisCsvItem *item = &items[i];
      gboolean is_quick = !item->is_long_way;

      pass_over (self, &item->before);
      if (is_quick)
        {
          look_ahead (self, block, values);
          is_quick = make_records (self, block, values);
        }
      if (is_quick ? !append_quick (self, block, values, error)
                   : !feed (self, block->text + item->at, item->length, error))
        return FALSE;
      values += item->is_long_way ? 0 : self->plan->steps->len;
    }
  pass_over (self, &block->at_end);

  return TRUE;
}

/* Text up to the end of a row, about so much of it at least but at the end; its length is 0 where there is none. */
static gboolean
fill (Fast *self, KennisCsvBlock *block, gsize least, GError **error)
{
  KennisCsvText *text = &self->read->text;
  gsize n = self->rest->len, whole;

  memcpy (block->text, self->rest->str, n);
  g_string_truncate (self->rest, 0);
  while (!self->at_end && n < least)
    {
      gsize length;
      int got = kennis_csv_text_read (text, block->text + n, KENNIS_CSV_BLOCK_MAX - n, &length, error);

      if (got < 0)
        return FALSE;
      self->at_end = got == 0;
      n += length;
      kennis_progress_sink_report (self->read->job->sink, kennis_bytes_fraction (self->read->job->bytes));
      if (g_cancellable_set_error_if_cancelled (self->read->job->cancellable, error))
        return FALSE;
    }
  whole = kennis_csv_whole_rows (block->text, n, self->plan->delimiter);
  g_string_append_len (self->rest, block->text + whole, (gssize) (n - whole));
  block->length = whole;
  self->is_stuck = whole == 0 || self->rest->len > KENNIS_CSV_BLOCK_MAX / 2;

  return TRUE;
}

/* A row that is long, or has an end of line of its own: on by the long way to its end. */
static gboolean
unstick (Fast *self, GError **error)
{
  KennisCsvRead *read = self->read;
  int got = 0;

  self->is_stuck = FALSE;
  if (!feed (self, self->rest->str, self->rest->len, error))
    return FALSE;
  g_string_truncate (self->rest, 0);
  while (!self->at_end && !kennis_csv_row_is_between (&read->row))
    {
      got = kennis_csv_long_way (read, error);
      if (got < 0)
        return FALSE;
      self->at_end = got == 0;
    }

  return TRUE;
}

static gboolean
fill_pool (Fast *self, GError **error)
{
  KennisCsvBlock *block;

  while (!self->at_end && !self->is_stuck && (block = kennis_csv_pool_get (self->pool)) != NULL)
    {
      if (!fill (self, block, KENNIS_CSV_BLOCK, error))
        return FALSE;
      if (block->length > 0)
        kennis_csv_pool_submit (self->pool);
    }

  return TRUE;
}

/* Threads are worth it once most texts have been met.  Rows may go straight from then on, so that is sought by small steps. */
static gboolean
read_first (Fast *self, GError **error)
{
  KennisCsvWords *words = self->words[self->own.thread];
  KennisCsvStraight *straight =
      self->plan->straight != NULL ? kennis_csv_straight_new (self->plan, words, self->own.thread) : NULL;
  gboolean ok = TRUE;

  for (guint n = 0; ok && n < FIRST_PARTS && !self->at_end && !self->is_stuck; n++)
    {
      ok = fill (self, &self->own, KENNIS_CSV_BLOCK / FIRST_PARTS, error);
      if (!ok || self->own.length == 0)
        continue;
      kennis_csv_split (self->plan, words, n > 0 ? straight : NULL, &self->own);
      ok = take_items (self, &self->own, error);
    }
  g_clear_pointer (&straight, kennis_csv_straight_free);

  return ok;
}

static gboolean
read_blocks (Fast *self, GError **error)
{
  for (;;)
    {
      const KennisCsvBlock *block;

      if (!fill_pool (self, error))
        return FALSE;
      block = kennis_csv_pool_wait (self->pool);
      if (block != NULL)
        {
          if (!take_items (self, block, error))
            return FALSE;
          kennis_csv_pool_done (self->pool);
        }
      else if (self->is_stuck && !self->at_end)
        {
          if (!unstick (self, error))
            return FALSE;
        }
      else if (self->at_end)
        return TRUE;
    }
}

gboolean
kennis_csv_read_fast (KennisCsvRead *read, const KennisCsvPlan *plan, GError **error)
{
  guint n_threads =
            plan->straight != NULL ? plan->straight->sink->n_threads - 1 : MIN (THREADS, kennis_parallel_n_threads (0)),
        n = (n_threads + 1) * plan->steps->len;
  Fast self = { .read = read, .plan = plan };
  gboolean ok;

  kennis_csv_block_init (&self.own);
  self.own.thread = n_threads;
  self.words = g_new (KennisCsvWords *, n_threads + 1);
  for (guint t = 0; t <= n_threads; t++)
    self.words[t] = kennis_csv_words_new (plan->steps->len);
  self.rest = g_string_new (NULL);
  self.codes = g_new (GArray *, n);
  for (guint i = 0; i < n; i++)
    self.codes[i] = g_array_new (FALSE, FALSE, sizeof (gint64));

  ok = read_first (&self, error) && (!self.is_stuck || unstick (&self, error));
  if (ok && !self.at_end && (self.pool = kennis_csv_pool_new (plan, self.words, n_threads)) != NULL)
    ok = read_blocks (&self, error);
  ok = ok && feed (&self, self.rest->str, self.rest->len, error);

  g_clear_pointer (&self.pool, kennis_csv_pool_free);
  for (guint i = 0; i < n; i++)
    g_array_unref (self.codes[i]);
  g_free (self.codes);
  for (guint t = 0; t <= n_threads; t++)
    kennis_csv_words_free (self.words[t]);
  g_free (self.words);
  kennis_csv_block_clear (&self.own);
  g_string_free (self.rest, TRUE);

  return ok;
}
