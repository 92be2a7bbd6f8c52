#include "config.h"

#include "base/kennis-hash-private.h"
#include "base/kennis-i18n-private.h"
#include "report/kennis-import-private.h"

#include <string.h>

/* A file and its copy with one space more have different fingerprints.  Records with ids are then found to be the same;
 * those without count twice.  A bottom-k sketch of each source (Broder 1997) tells how much two sources share, in memory that does
 * not grow with them. */

#define ROOM (4 * KENNIS_COPIES)
#define FEWEST 5u            /* records in both that are worth a word */

static const struct { KennisRecordType type; int id; } kinds[] = {
  { KENNIS_RECORD_TYPE_ACTIVITY, KENNIS_ACTIVITY_ID },
  { KENNIS_RECORD_TYPE_SHARING, KENNIS_SHARING_ID },
};

void
kennis_copies_init (KennisCopies *self)
{
  self->hashes = g_array_sized_new (FALSE, FALSE, sizeof (guint64), ROOM);
  self->limit = G_MAXUINT64;
}

void
kennis_copies_clear (KennisCopies *self)
{
  g_clear_pointer (&self->hashes, g_array_unref);
}

static int
compare (const void *a, const void *b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

static void
close_list (KennisCopies *self)
{
  guint64 *hashes = (guint64 *) (void *) self->hashes->data;
  guint n = 0;

  if (self->hashes->len == 0)
    return;
  qsort (hashes, self->hashes->len, sizeof *hashes, compare);
  for (guint i = 0; i < self->hashes->len && n < KENNIS_COPIES; i++)
    if (n == 0 || hashes[i] != hashes[n - 1])
      hashes[n++] = hashes[i];
  g_array_set_size (self->hashes, n);
  if (n == KENNIS_COPIES)
    self->limit = hashes[n - 1];
}

static void
add (KennisCopies *self, guint64 hash)
{
  if (hash >= self->limit)
    return;
  if (self->hashes->len == ROOM)
    close_list (self);
  if (hash < self->limit)
    g_array_append_val (self->hashes, hash);
}

static void
look_at (KennisCopies *self, const KennisTable *table, const KennisSchema *schema, int id, guint64 first, guint n)
{
  g_autofree guint64 *sums = g_new0 (guint64, KENNIS_PAGE_ROWS);
  g_autofree gint64 *codes = g_new (gint64, KENNIS_PAGE_ROWS);

  for (guint f = 0; f < schema->n_fields; f++)
    {
      kennis_column_read (&table->columns[f], first, n, codes);
      for (guint i = 0; i < n; i++)
        sums[i] = kennis_hash_mix (sums[i] + (guint64) codes[i] + f + 1);
    }
  kennis_column_read (&table->columns[id], first, n, codes);
  for (guint i = 0; i < n; i++)
    if (codes[i] == KENNIS_UNKNOWN)
      add (self, sums[i] ^ schema->type);
}

void
kennis_copies_look (KennisCopies *self, KennisDataset *dataset, const guint64 *first_rows)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      const KennisTable *table = &dataset->tables[kinds[k].type];

      for (guint64 row = first_rows != NULL ? first_rows[kinds[k].type] : 0; row < table->n_rows;)
        {
          guint64 end = MIN ((row / KENNIS_PAGE_ROWS + 1) * KENNIS_PAGE_ROWS, table->n_rows);

          look_at (self, table, kennis_schema_get (kinds[k].type), kinds[k].id, row, (guint) (end - row));
          row = end;
        }
    }
}

/* How many distinct records there are: exactly where the sketch has room for all, else as thin as it is spread. */
static double
size_of (const KennisCopies *self)
{
  guint n = self->hashes->len;

  return n < KENNIS_COPIES ? n : (n - 1) / ((double) self->limit / (double) G_MAXUINT64);
}

/* The part of the smaller one's records that is in the other one as well. */
static double
shared_part (const KennisCopies *a, const KennisCopies *b)
{
  const guint64 *x = (const guint64 *) (const void *) a->hashes->data,
                *y = (const guint64 *) (const void *) b->hashes->data;
  guint i = 0, j = 0, n_both = 0, n_all = 0;
  guint64 last = 0;
  double n_union, smaller = MIN (size_of (a), size_of (b));

  for (; n_all < KENNIS_COPIES && (i < a->hashes->len || j < b->hashes->len); n_all++)
    {
      gboolean in_a = i < a->hashes->len && (j == b->hashes->len || x[i] <= y[j]),
               in_b = j < b->hashes->len && (i == a->hashes->len || y[j] <= x[i]);

      n_both += in_a && in_b ? 1 : 0;
      last = in_a ? x[i] : y[j];
      i += in_a ? 1 : 0;
      j += in_b ? 1 : 0;
    }
  if (n_both == 0)
    return 0;
  n_union = n_all < KENNIS_COPIES ? n_all : (n_all - 1) / ((double) last / (double) G_MAXUINT64);
  if (n_union * n_both / n_all < FEWEST)
    return 0;

  return MIN (1.0, n_union * n_both / n_all / smaller);
}

void
kennis_import_tell_copies (KennisImport *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    close_list (&((KennisImportSource *) g_ptr_array_index (self->sources, i))->copies);
  for (guint i = 0; i < self->sources->len; i++)
    for (guint k = 0; k < i; k++)
      {
        const KennisImportSource *a = g_ptr_array_index (self->sources, i), *b = g_ptr_array_index (self->sources, k);
        KennisReadJob job = { .reader = self->reader, .name = a->name };
        double part = shared_part (&a->copies, &b->copies);
        g_autofree char *text = NULL;

        if (part < 0.5)
          continue;
        /* TRANSLATORS: a percentage, and the name of another source */
        text = g_strdup_printf (_("some %.0f%% of its records without an id are in “%s” as well, and count twice"),
                                100 * part, b->name);
        job.reader->story = a->story;
        kennis_read_job_tell (&job, KENNIS_SEVERITY_WARNING, (KennisPlace) { 0, 0 }, NULL, text,
                              _("every record in one source only, or with an id"));
        job.reader->story = NULL;
      }
}
