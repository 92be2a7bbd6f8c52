#include "config.h"

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "summary/kennis-draft-private.h"

void
kennis_draft_init (KennisDraft    *self,
                   KennisCalendar *calendar,
                   const char     *currency,
                   guint           n_threads)
{
  memset (self, 0, sizeof *self);
  self->calendar = kennis_calendar_ref (calendar);
  self->currency = g_strdup (currency);
  self->n_threads = n_threads;
  self->sources = g_ptr_array_new_with_free_func (g_free);
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    self->spaces[s] = kennis_intern_new ();
}

void
kennis_draft_clear_blocks (KennisDraft   *self,
                           KennisSection  section)
{
  KennisVector *blocks = self->blocks[section].data;

  for (gsize i = 0; i < self->blocks[section].n; i++)
    kennis_vector_clear (&blocks[i]);
  kennis_vector_clear (&self->blocks[section]);
}

void
kennis_draft_clear (KennisDraft *self)
{
  g_clear_pointer (&self->calendar, kennis_calendar_unref);
  g_clear_pointer (&self->currency, g_free);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_object (&self->origin);
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    {
      g_clear_pointer (&self->spaces[s], kennis_intern_free);
      g_clear_pointer (&self->maps[s], g_free);
    }
  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    {
      kennis_vector_clear (&self->sections[i]);
      kennis_draft_clear_blocks (self, i);
    }
  for (guint i = 0; i < KENNIS_N_RECORD_TYPES; i++)
    kennis_vector_clear (&self->rows[i]);
  kennis_vector_clear (&self->totals);
}

static gboolean
is_empty (const KennisDraft *self)
{
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    if (kennis_intern_size (self->spaces[s]) > 0)
      return FALSE;

  return TRUE;
}

/* The summary never names an activity, so their ids, most of the texts, stay out. */
static gboolean
is_of_summary (guint space)
{
  return space != KENNIS_SPACE_ACTIVITY;
}

static void
share_texts (KennisDraft   *self,
             KennisDataset *dataset)
{
  g_set_object (&self->origin, dataset);
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    if (is_of_summary (s))
      {
        kennis_intern_free (self->spaces[s]);
        self->spaces[s] = kennis_intern_snapshot (dataset->spaces[s]);
      }
}

static gboolean
add_texts (KennisIntern        *to,
           const KennisIntern  *from,
           guint32             *map,
           GError             **error)
{
  guint32 n = kennis_intern_size (from);

  for (guint32 i = 0; i < n; i++)
    {
      gsize length;
      const char *text = kennis_intern_get (from, i, &length);
      guint32 index = kennis_intern_add (to, text, length);

      if (index == KENNIS_INTERN_NONE)
        {
          g_set_error_literal (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE,
                               _("A summary has too many texts; accepted are 4 GiB of ids and of words"));
          return FALSE;
        }
      if (map != NULL)
        map[i] = index;
    }

  return TRUE;
}

gboolean
kennis_draft_own_texts (KennisDraft  *self,
                        GError      **error)
{
  if (self->origin == NULL)
    return TRUE;

  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    if (is_of_summary (s))
      {
        g_autoptr (KennisIntern) own = kennis_intern_new ();

        if (!add_texts (own, self->spaces[s], NULL, error))
          return FALSE;
        kennis_intern_free (self->spaces[s]);
        self->spaces[s] = g_steal_pointer (&own);
      }
  g_clear_object (&self->origin);

  return TRUE;
}

static void
clear_maps (KennisDraft *self)
{
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    g_clear_pointer (&self->maps[s], g_free);
}

gboolean
kennis_draft_map (KennisDraft    *self,
                  KennisDataset  *dataset,
                  GError        **error)
{
  clear_maps (self);
  /* Batch after batch of one dataset, the usual case, needs no map: what was interned stays. */
  if (self->origin == dataset || (self->origin == NULL && is_empty (self)))
    {
      share_texts (self, dataset);
      return TRUE;
    }

  if (self->follows)
    share_texts (self, self->origin);
  self->follows = FALSE;
  if (!kennis_draft_own_texts (self, error))
    return FALSE;
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    if (is_of_summary (s))
      {
        self->maps[s] = g_new (guint32, MAX (kennis_intern_size (dataset->spaces[s]), 1));
        if (!add_texts (self->spaces[s], dataset->spaces[s], self->maps[s], error))
          return FALSE;
      }

  return TRUE;
}

gboolean
kennis_draft_follow (KennisDraft   *self,
                     KennisDataset *dataset)
{
  if (self->origin != dataset && (self->origin != NULL || !is_empty (self)))
    return FALSE;
  clear_maps (self);
  share_texts (self, dataset);
  self->follows = TRUE;

  return TRUE;
}

gboolean
kennis_draft_add_rows (KennisDraft       *self,
                       KennisDataset     *dataset,
                       KennisRecordType   type,
                       GError           **error)
{
  const KennisSchema *schema = kennis_schema_get (type);
  const KennisTable *table = &dataset->tables[type];
  g_autofree gint64 *page = g_new (gint64, KENNIS_PAGE_ROWS);

  if (table->n_rows == 0)
    return TRUE;

  gint64 *rows = kennis_vector_add (&self->rows[type], schema->n_fields * sizeof *rows, table->n_rows);
  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisField *field = &schema->fields[f];
      const guint32 *map = field->kind <= KENNIS_KIND_PAIRS ? self->maps[field->space] : NULL;

      for (gsize first = 0; first < table->n_rows; first += KENNIS_PAGE_ROWS)
        {
          gsize n = MIN (table->n_rows - first, KENNIS_PAGE_ROWS);

          kennis_column_read (&table->columns[f], first, n, page);
          for (gsize i = 0; i < n; i++)
            rows[(first + i) * schema->n_fields + f] =
                map != NULL && page[i] != KENNIS_UNKNOWN ? map[page[i]] : page[i];
        }
    }

  return TRUE;
}

static void
add_section (KennisDraft   *self,
             KennisSection  section,
             KennisSummary *summary)
{
  const KennisShape *shape = kennis_shape_get (section);
  const KennisVector *from = &summary->sections[section];

  if (from->n == 0)
    return;

  guint8 *to = kennis_vector_add (&self->sections[section], shape->size, from->n);
  memcpy (to, from->data, from->n * shape->size);
  for (guint k = 0; k < shape->n_keys; k++)
    {
      int space = kennis_key_space (shape->kinds[k]);

      if (space < 0 || self->maps[space] == NULL)
        continue;
      for (gsize i = 0; i < from->n; i++)
        {
          guint32 *key = (guint32 *) (to + i * shape->size) + k;

          if (*key != KENNIS_INTERN_NONE)
            *key = self->maps[space][*key];
        }
    }
}

gboolean
kennis_draft_add_summary (KennisDraft    *self,
                          KennisSummary  *summary,
                          GError        **error)
{
  if (!kennis_draft_map (self, summary->facts, error))
    return FALSE;

  for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
    add_section (self, i, summary);
  for (gsize i = 0; i < summary->totals.n; i++)
    {
      KennisTotal *total = kennis_vector_add (&self->totals, sizeof *total, 1);

      *total = ((const KennisTotal *) summary->totals.data)[i];
      total->person = kennis_draft_index (self, KENNIS_SPACE_PERSON, total->person);
    }
  for (guint type = 0; type < KENNIS_N_RECORD_TYPES; type++)
    if (!kennis_draft_add_rows (self, summary->facts, type, error))
      return FALSE;
  for (guint i = 0; i < summary->sources->len; i++)
    if (!kennis_draft_add_source (self, summary->sources->pdata[i], error))
      return FALSE;

  return TRUE;
}

gboolean
kennis_draft_add_source (KennisDraft  *self,
                         const char   *fingerprint,
                         GError      **error)
{
  gsize length = strlen (fingerprint);

  if (length == 0 || length > KENNIS_MAX_TEXT || !g_utf8_validate (fingerprint, length, NULL))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("A source's fingerprint is no text; accepted is UTF-8 of 1 to %d bytes"), KENNIS_MAX_TEXT);
      return FALSE;
    }
  if (g_ptr_array_find_with_equal_func (self->sources, fingerprint, g_str_equal, NULL))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_DUPLICATE_SOURCE,
                   _("The source “%s” is in the summary already; accepted is each source once"), fingerprint);
      return FALSE;
    }
  g_ptr_array_add (self->sources, g_strdup (fingerprint));

  return TRUE;
}
