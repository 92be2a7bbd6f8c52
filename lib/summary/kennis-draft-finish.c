#include "config.h"

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "summary/kennis-draft-private.h"

/* A text in use, and the draft's index of it (KENNIS_INTERN_NONE where only a list names it). */
typedef struct
{
  const char *text;
  gsize       length;
  guint32     index;
} Used;

static int
compare_used (gconstpointer a,
              gconstpointer b)
{
  const Used *x = a, *y = b;
  int order = memcmp (x->text, y->text, MIN (x->length, y->length));

  return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

typedef struct
{
  guint8       *used[KENNIS_N_SPACES];
  KennisVector  listed[KENNIS_N_SPACES];   /* of Used: members of lists */
  guint32      *rank[KENNIS_N_SPACES];     /* by the draft's index */
  KennisIntern *spaces[KENNIS_N_SPACES];
  KennisVector  spans[KENNIS_N_SECTIONS];  /* of KennisSpan */
} Ranking;

static void
ranking_clear (Ranking *self)
{
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    {
      g_free (self->used[s]);
      g_free (self->rank[s]);
      kennis_vector_clear (&self->listed[s]);
      g_clear_pointer (&self->spaces[s], kennis_intern_free);
    }
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    kennis_vector_clear (&self->spans[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ranking, ranking_clear)

/* What a list names is named by the summary too. */
static void
use_members (Ranking    *self,
             int         space,
             const char *list,
             gsize       length)
{
  const char *end = list + length;

  while (list < end)
    {
      const char *stop = memchr (list, KENNIS_LIST_SEPARATOR, end - list);
      Used *member;

      if (stop == NULL)
        stop = end;
      if (stop > list)
        {
          member = kennis_vector_add (&self->listed[space], sizeof *member, 1);
          *member = (Used) { list, stop - list, KENNIS_INTERN_NONE };
        }
      list = stop + 1;
    }
}

static void
use_rows (Ranking           *self,
          const KennisDraft *draft,
          KennisRecordType   type)
{
  const KennisSchema *schema = kennis_schema_get (type);
  const gint64 *rows = draft->rows[type].data;

  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisField *field = &schema->fields[f];
      int list_space = kennis_draft_list_space (type, f);

      if (field->kind > KENNIS_KIND_PAIRS)
        continue;
      for (gsize i = 0; i < draft->rows[type].n; i++)
        {
          gint64 code = rows[i * schema->n_fields + f];

          if (code == KENNIS_UNKNOWN)
            continue;
          if (list_space >= 0)
            {
              gsize length;
              const char *list = kennis_intern_get (draft->spaces[field->space], code, &length);

              use_members (self, list_space, list, length);
            }
          self->used[field->space][code] = TRUE;
        }
    }
}

typedef struct
{
  Ranking *ranking;
  KennisSection section;
} Using;

static void
use_span (gsize    number,
          guint    thread,
          gpointer data)
{
  const Using *using = data;
  const KennisShape *shape = kennis_shape_get (using->section);
  const KennisSpan *span = (const KennisSpan *) using->ranking->spans[using->section].data + number;

  for (guint k = 0; k < shape->n_keys; k++)
    {
      int space = kennis_key_space (shape->kinds[k]);
      const guint32 *key = (const guint32 *) (gconstpointer) span->elements + k;

      if (space < 0)
        continue;
      for (gsize i = 0; i < span->n; i++, key += shape->size / sizeof *key)
        {
          guint8 *used = *key != KENNIS_INTERN_NONE ? &using->ranking->used[space][*key] : NULL;

          /* Several threads may find the same text used. */
          if (used != NULL && !__atomic_load_n (used, __ATOMIC_RELAXED))
            __atomic_store_n (used, TRUE, __ATOMIC_RELAXED);
        }
    }
}

static void
use_section (Ranking           *self,
             const KennisDraft *draft,
             KennisSection      section)
{
  const KennisShape *shape = kennis_shape_get (section);
  const KennisVector *blocks = draft->blocks[section].data;
  Using using = { self, section };

  kennis_spans_add (&self->spans[section], shape, &draft->sections[section]);
  for (gsize i = 0; i < draft->blocks[section].n; i++)
    kennis_spans_add (&self->spans[section], shape, &blocks[i]);
  kennis_parallel_for (draft->n_threads, self->spans[section].n, use_span, &using, NULL, NULL, NULL);
}

/* The texts of one space that something names, sorted by bytes, and the rank of each. */
static void
rank_space (Ranking           *self,
            const KennisDraft *draft,
            guint              space)
{
  const KennisIntern *texts = draft->spaces[space];
  guint32 n = kennis_intern_size (texts);
  KennisVector *all = &self->listed[space];

  for (guint32 i = 0; i < n; i++)
    if (self->used[space][i])
      {
        Used *used = kennis_vector_add (all, sizeof *used, 1);

        used->text = kennis_intern_get (texts, i, &used->length);
        used->index = i;
      }
  if (all->n > 1)
    qsort (all->data, all->n, sizeof (Used), compare_used);

  self->rank[space] = g_new (guint32, MAX (n, 1));
  self->spaces[space] = kennis_intern_new ();
  for (gsize i = 0; i < all->n; i++)
    {
      const Used *used = (const Used *) all->data + i;
      guint32 rank = kennis_intern_add (self->spaces[space], used->text, used->length);

      if (used->index != KENNIS_INTERN_NONE)
        self->rank[space][used->index] = rank;
    }
  kennis_vector_clear (all);
}

static void
rank_all (Ranking           *self,
          const KennisDraft *draft)
{
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    self->used[s] = g_new0 (guint8, MAX (kennis_intern_size (draft->spaces[s]), 1));
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    use_section (self, draft, i);
  for (gsize i = 0; i < draft->totals.n; i++)
    self->used[KENNIS_SPACE_PERSON][((const KennisTotal *) draft->totals.data)[i].person] = TRUE;
  for (guint type = 0; type < KENNIS_N_RECORD_TYPES; type++)
    use_rows (self, draft, type);
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    rank_space (self, draft, s);
}

static void
rank_rows (const Ranking    *self,
           KennisDraft      *draft,
           KennisRecordType  type)
{
  const KennisSchema *schema = kennis_schema_get (type);
  gint64 *rows = draft->rows[type].data;

  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisField *field = &schema->fields[f];

      if (field->kind > KENNIS_KIND_PAIRS)
        continue;
      for (gsize i = 0; i < draft->rows[type].n; i++)
        {
          gint64 *code = &rows[i * schema->n_fields + f];

          if (*code != KENNIS_UNKNOWN)
            *code = self->rank[field->space][*code];
        }
    }
}

/* Sums of counts do not overflow before memory does; those of durations and amounts may. */
gboolean
kennis_draft_refuse_overflow (KennisSection        section,
                              gconstpointer        element,
                              const KennisIntern  *people,
                              GError             **error)
{
  const KennisCell *cell = element;

  if (section != KENNIS_SECTION_CELLS)
    g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_OVERFLOW, _("A count of the section “%s” does not fit in 63 bits"),
                 kennis_shape_get (section)->name);
  else
    g_set_error (
        error, KENNIS_ERROR, KENNIS_ERROR_OVERFLOW,
        _("The durations or costs of person “%s” in %04d-%02d do not fit in 63 bits; accepted is a sum of at most "
          "%lld ms and %lld of the currency"),
        kennis_intern_get (people, cell->person, NULL), 1970 + (cell->month + 12000) / 12 - 1000,
        (cell->month + 12000) % 12 + 1, (long long) G_MAXINT64, (long long) (G_MAXINT64 / 10000));

  return FALSE;
}

static gboolean
sort_sections (const Ranking  *self,
               KennisDraft    *draft,
               GCancellable   *cancellable,
               GError        **error)
{
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    {
      const KennisShape *shape = kennis_shape_get (i);
      guint32 n_groups = kennis_intern_size (self->spaces[kennis_key_space (shape->kinds[0])]);
      const guint32 *ranks[KENNIS_MAX_KEYS] = { NULL };
      KennisVector sorted;
      gpointer overflow;

      for (guint k = 0; k < shape->n_keys; k++)
        if (kennis_key_space (shape->kinds[k]) >= 0)
          ranks[k] = self->rank[kennis_key_space (shape->kinds[k])];
      if (!kennis_tally_sort (shape, &self->spans[i], ranks, n_groups, draft->n_threads, &sorted, &overflow,
                              cancellable, error))
        return FALSE;
      kennis_vector_clear (&draft->sections[i]);
      kennis_draft_clear_blocks (draft, i);
      draft->sections[i] = sorted;
      if (overflow != NULL)
        return kennis_draft_refuse_overflow (i, overflow, self->spaces[KENNIS_SPACE_PERSON], error);
    }

  return TRUE;
}

static int
compare_totals (gconstpointer a,
                gconstpointer b)
{
  guint32 x = ((const KennisTotal *) a)->person, y = ((const KennisTotal *) b)->person;

  return (x > y) - (x < y);
}

/* One total for each person.  Counts of records cannot overflow: no machine holds so many. */
static void
sort_totals (const Ranking *self,
             KennisDraft   *draft)
{
  KennisTotal *totals = draft->totals.data;
  gsize kept = 0;

  for (gsize i = 0; i < draft->totals.n; i++)
    totals[i].person = self->rank[KENNIS_SPACE_PERSON][totals[i].person];
  if (draft->totals.n > 1)
    qsort (totals, draft->totals.n, sizeof *totals, compare_totals);

  for (gsize i = 0; i < draft->totals.n; i++)
    {
      KennisTotal *to = totals + kept;

      if (kept == 0 || to[-1].person != totals[i].person)
        {
          *to = totals[i];
          kept++;
          continue;
        }
      to--;
      to->n += totals[i].n;
      to->first = MIN (to->first, totals[i].first);
      to->last = MAX (to->last, totals[i].last);
      for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
        to->n_known[f] += totals[i].n_known[f];
    }
  draft->totals.n = kept;
}

static int
compare_sources (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

KennisSummary *
kennis_draft_finish (KennisDraft   *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_auto (Ranking) ranking = { 0 };
  KennisDataset *facts;
  KennisSummary *summary;

  rank_all (&ranking, self);
  if (!sort_sections (&ranking, self, cancellable, error))
    return NULL;
  sort_totals (&ranking, self);
  for (guint type = 0; type < KENNIS_N_RECORD_TYPES; type++)
    rank_rows (&ranking, self, type);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  facts = kennis_draft_make_facts (self, ranking.spaces, error);
  if (facts == NULL)
    return NULL;

  summary = g_object_new (KENNIS_TYPE_SUMMARY, NULL);
  summary->facts = facts;
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    {
      summary->sections[i] = self->sections[i];
      self->sections[i] = (KennisVector) { 0 };
    }
  summary->totals = self->totals;
  self->totals = (KennisVector) { 0 };
  summary->sources = g_steal_pointer (&self->sources);
  g_ptr_array_sort (summary->sources, compare_sources);
  kennis_summary_make_view (summary);

  return summary;
}
