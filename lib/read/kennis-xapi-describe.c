#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-description-private.h"
#include "read/kennis-xapi-private.h"

/* What verbs and types statements have, and which of them a mapping knows. */

#define MAX_STATEMENTS 100000u  /* that are looked at */
#define MAX_IRIS       2000u    /* different ones of a kind */
#define SHOWN          50u

typedef struct
{
  char   *iri;
  guint   number;               /* in the mapping's list; KENNIS_XAPI_UNLISTED */
  guint64 n, n_used;            /* statements, and those that make records */
} Count;

struct _KennisXapiTally
{
  GHashTable *verbs, *types;    /* IRI → Count */
  guint64 n_statements, n_rejected;
  gboolean is_whole;
};

static void
count_free (gpointer data)
{
  Count *count = data;

  g_free (count->iri);
  g_free (count);
}

static void
add (GHashTable *counts, KennisXapiText iri, guint number, gboolean is_used)
{
  g_autofree char *key = g_strndup (iri.text != NULL ? iri.text : "", iri.length);
  Count *count = g_hash_table_lookup (counts, key);

  if (*key == '\0' || (count == NULL && g_hash_table_size (counts) >= MAX_IRIS))
    return;
  if (count == NULL)
    {
      count = g_new0 (Count, 1);
      count->number = number;
      count->iri = g_steal_pointer (&key);
      g_hash_table_insert (counts, count->iri, count);
    }
  count->n++;
  count->n_used += is_used ? 1 : 0;
}

void
kennis_xapi_tally_add (KennisXapiTally *self, KennisXapiText verb, guint verb_number, KennisXapiText type,
                       guint type_number, gboolean is_used)
{
  add (self->verbs, verb, verb_number, is_used);
  add (self->types, type, type_number, is_used);
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const Count *x = *(const Count *const *) a, *y = *(const Count *const *) b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;

  return strcmp (x->iri, y->iri);
}

/* The most frequent first. */
static GPtrArray *
sorted (GHashTable *counts)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer count;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    g_ptr_array_add (list, count);
  g_ptr_array_sort (list, compare_counts);

  return list;
}

/* ── Looking ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
count_found (KennisXapiTally *self, const KennisXapiBlock *block)
{
  for (gsize at = 0; at < block->found.len;)
    {
      const KennisXapiFound *found = (const KennisXapiFound *) (const void *) (block->found.data + at);

      self->n_statements += (found->flags & KENNIS_XAPI_PAGE) == 0 ? 1 : 0;
      self->n_rejected += (found->flags & KENNIS_XAPI_REJECTED) != 0 ? 1 : 0;
      at += found->size;
    }
}

static gboolean
look (KennisXapiTally *self, KennisBytes *bytes, KennisXapiWorker *worker, GCancellable *cancellable, GError **error)
{
  KennisXapiSplit split;
  KennisXapiBlock block;
  int filled = 1;

  kennis_xapi_split_init (&split, bytes, cancellable);
  kennis_xapi_block_init (&block);
  while (self->n_statements < MAX_STATEMENTS && (filled = kennis_xapi_split_fill (&split, &block, error)) > 0)
    {
      kennis_xapi_block_parse (&block, worker);
      count_found (self, &block);
    }
  self->is_whole = filled == 0;
  kennis_xapi_block_clear (&block);
  kennis_xapi_split_clear (&split);

  return filled >= 0;
}

/* ── Telling ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
tell_known (GString *text, const KennisXapiMap *map, GPtrArray *verbs)
{
  guint n = 0;

  for (guint i = 0; i < verbs->len; i++)
    {
      const Count *count = verbs->pdata[i];

      if (count->number == KENNIS_XAPI_UNLISTED)
        continue;
      if (n++ == 0)
        g_string_append (text,
                         _("Verbs that it knows, with the statements of each and how many of them make records:\n"));
      g_string_append_printf (text, "  %s (%s): %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT "\n", count->iri,
                              g_array_index (map->mapping->lists[KENNIS_MAP_VERBS], KennisMapIris, count->number).name,
                              count->n, count->n_used);
    }
}

/* How many were told. */
static guint
tell_unknown (GString *text, const char *before, const char *title, GPtrArray *counts)
{
  guint n = 0;

  for (guint i = 0; i < counts->len && n < SHOWN; i++)
    {
      const Count *count = counts->pdata[i];

      if (count->number != KENNIS_XAPI_UNLISTED)
        continue;
      if (n++ == 0)
        g_string_append (text, title);
      g_string_append_printf (text, "%s%s: %" G_GUINT64_FORMAT "\n", before, count->iri, count->n);
    }

  return n;
}

static void
tell_names (GString *text, const GArray *list, const char *group)
{
  g_string_append_printf (
      text,
      _("Accepted is a mapping of your own with each of them in [%s], behind the name of what it means "
        "(--output=FILE writes one to begin with); the names are:\n  "),
      group);
  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", g_array_index (list, KennisMapIris, i).name);
  g_string_append_c (text, '\n');
}

static char *
tell (const KennisXapiTally *self, const KennisXapiMap *map, GPtrArray *verbs, GPtrArray *types)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _("Statements that were looked at: %llu; invalid ones: %llu.\n"),
                          (unsigned long long) self->n_statements, (unsigned long long) self->n_rejected);
  if (!self->is_whole)
    g_string_append (text, _("There are more, which were not looked at.\n"));
  tell_known (text, map, verbs);
  if (tell_unknown (text, "  ", _("Verbs that it does not know, with the statements of each:\n"), verbs) > 0)
    tell_names (text, map->mapping->lists[KENNIS_MAP_VERBS], "verbs");
  if (tell_unknown (text, "  ", _("Types of activities that it does not know, with the statements of each:\n"), types)
      > 0)
    tell_names (text, map->mapping->lists[KENNIS_MAP_TYPES], "types");

  return g_string_free (text, FALSE);
}

static void
list_iris (GPtrArray *counts, const KennisXapiMap *map, GPtrArray *columns, GPtrArray *examples, GPtrArray *unused)
{
  const GArray *list = map->mapping->lists[KENNIS_MAP_VERBS];

  for (guint i = 0; i < counts->len; i++)
    {
      const Count *count = counts->pdata[i];
      gboolean is_known = count->number != KENNIS_XAPI_UNLISTED;

      if (columns != NULL)
        {
          g_ptr_array_add (columns, g_strdup (count->iri));
          g_ptr_array_add (examples,
                           g_strdup (is_known ? g_array_index (list, KennisMapIris, count->number).name : ""));
        }
      if (!is_known)
        g_ptr_array_add (unused, g_strdup (count->iri));
    }
}

/* In English, as mappings are. */
static char *
write_draft (const KennisMapping *mapping, GPtrArray *verbs, GPtrArray *types)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree char *copy = kennis_description_copy_mapping (mapping, none);
  GString *draft = g_string_new (copy);

  tell_unknown (
      draft, "#   ",
      "\n# Verbs that no name of [verbs] has: put each behind the name of what it means, with ; between them.\n",
      verbs);
  tell_unknown (draft, "#   ", "\n# Types that no name of [types] has, likewise:\n", types);

  return g_string_free (draft, FALSE);
}

static gboolean
describe (KennisXapiTally *self, KennisBytes *bytes, KennisReader *reader, const KennisXapiMap *map, GCancellable *cancellable,
          GError **error)
{
  g_autoptr (KennisCalendar) calendar = kennis_calendar_new (reader->time_zone, error);
  KennisXapiKeys keys;
  KennisXapiWorker worker;
  gboolean ok;

  if (calendar == NULL)
    return FALSE;
  kennis_xapi_keys_init (&keys);
  /* As if it looked for voiding ones, which needs no memory of what came before: all goes the long way. */
  kennis_xapi_worker_init (&worker, map, &keys, reader, calendar, TRUE);
  worker.only_voiding = FALSE;
  worker.tally = self;
  ok = look (self, bytes, &worker, cancellable, error);
  kennis_xapi_worker_clear (&worker);

  return ok;
}

gboolean
kennis_xapi_describe (KennisBytes *bytes, KennisReader *reader, KennisMapping *mapping, GPtrArray *columns, GPtrArray *examples,
                      GPtrArray *unused, char **told, char **draft, GCancellable *cancellable, GError **error)
{
  g_autoptr (KennisXapiMap) map = kennis_xapi_map_new (mapping, error);
  g_autoptr (GHashTable) verbs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, count_free);
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, count_free);
  g_autoptr (GPtrArray) by_verb = NULL, by_type = NULL;
  KennisXapiTally tally = { .verbs = verbs, .types = types };

  if (map == NULL || !describe (&tally, bytes, reader, map, cancellable, error))
    return FALSE;
  by_verb = sorted (verbs);
  by_type = sorted (types);
  list_iris (by_verb, map, columns, examples, unused);
  list_iris (by_type, map, NULL, NULL, unused);
  *told = tell (&tally, map, by_verb, by_type);
  *draft = write_draft (mapping, by_verb, by_type);

  return TRUE;
}
