#include "config.h"

#include "read/kennis-ical-private.h"

#include <string.h>

/* Whom an invitation means, by what the sources before it declare, and in which team that person was. */

typedef struct
{
  gint64 effective, team;     /* KENNIS_UNKNOWN: since ever; no team */
} Row;

struct _KennisIcalRoster
{
  KennisReader  *reader;
  KennisDataset *dataset;
  GHashTable    *people;      /* id or alias → GArray of Row, which they share */
  GHashTable    *unclaimed;   /* ids that are mail addresses, and nobody's alias so far */
  GHashTable    *folded;      /* the same in small letters → id or alias as it is written */
  GHashTable    *found;       /* what invitations say → what it is taken for */
};

#define MAX_FOUND 65536u

static void
put (KennisIcalRoster *self, const char *name, GArray *rows)
{
  GArray *others = g_hash_table_lookup (self->people, name);
  /* A source before this one called the person by mail: both tell of the same one. */
  gboolean is_claimed = others != NULL && others != rows && g_hash_table_remove (self->unclaimed, name);

  if (is_claimed)
    g_array_append_vals (rows, others->data, others->len);
  if (others == NULL || is_claimed)
    g_hash_table_insert (self->people, g_strdup (name), g_array_ref (rows));
  /* A pseudonym has no letters that matter. */
  if (self->reader->pseudonym_key == NULL)
    {
      char *lower = g_utf8_strdown (name, -1);

      if (!g_hash_table_contains (self->folded, lower))
        g_hash_table_insert (self->folded, lower, g_strdup (name));
      else
        g_free (lower);
    }
}

static void
put_row (KennisIcalRoster *self, const gint64 *codes)
{
  const char *id = kennis_dataset_text (self->dataset, KENNIS_SPACE_PERSON, codes[KENNIS_PERSON_ID]);
  const char *aliases = kennis_dataset_text (self->dataset, KENNIS_SPACE_WORD, codes[KENNIS_PERSON_ALIASES]);
  Row row = { codes[KENNIS_PERSON_EFFECTIVE], codes[KENNIS_PERSON_TEAM] };
  g_auto (GStrv) names = aliases != NULL ? g_strsplit (aliases, "\n", -1) : NULL;
  GArray *rows;

  if (id == NULL)
    return;
  rows = g_hash_table_lookup (self->people, id);
  if (rows == NULL)
    {
      g_autoptr (GArray) made = g_array_new (FALSE, FALSE, sizeof (Row));

      put (self, id, made);
      if (strchr (id, '@') != NULL)
        g_hash_table_add (self->unclaimed, g_strdup (id));
      rows = g_hash_table_lookup (self->people, id);
    }
  g_array_append_val (rows, row);
  for (char **name = names; name != NULL && *name != NULL; name++)
    put (self, *name, rows);
}

KennisIcalRoster *
kennis_ical_roster_new (KennisReader  *reader,
                        KennisDataset *dataset)
{
  KennisIcalRoster *self = g_new0 (KennisIcalRoster, 1);
  const KennisTable *table = &dataset->tables[KENNIS_RECORD_TYPE_PERSON];

  self->reader = reader;
  self->dataset = dataset;
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->unclaimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint32 i = 0; i < table->n_rows; i++)
    {
      gint64 codes[KENNIS_MAX_FIELDS];

      kennis_table_get_row (table, kennis_schema_get (KENNIS_RECORD_TYPE_PERSON), i, codes);
      put_row (self, codes);
    }

  return self;
}

void
kennis_ical_roster_free (KennisIcalRoster *self)
{
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->unclaimed);
  g_hash_table_unref (self->folded);
  g_hash_table_unref (self->found);
  g_free (self);
}

static GArray *
rows_of (KennisIcalRoster *self, const char *id)
{
  g_autofree char *pseudonym = kennis_reader_pseudonym (self->reader, self->dataset, id, strlen (id));

  return g_hash_table_lookup (self->people, pseudonym != NULL ? pseudonym : id);
}

const char *
kennis_ical_roster_id (KennisIcalRoster *self,
                       const char       *mail)
{
  const char *known = g_hash_table_lookup (self->found, mail), *declared;
  g_autofree char *lower = NULL;
  char *id;

  if (known != NULL)
    return known;
  lower = g_utf8_strdown (mail, -1);
  declared = g_hash_table_lookup (self->folded, lower);
  if (rows_of (self, mail) != NULL)
    id = g_strdup (mail);
  else
    id = g_strdup (declared != NULL ? declared : lower);
  if (g_hash_table_size (self->found) >= MAX_FOUND)
    g_hash_table_remove_all (self->found);
  g_hash_table_insert (self->found, g_strdup (mail), id);

  return id;
}

const char *
kennis_ical_roster_team (KennisIcalRoster *self,
                         const char       *id,
                         gint64            time)
{
  const GArray *rows = id != NULL ? rows_of (self, id) : NULL;
  const Row *best = NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      /* What a row leaves open is as the one before says. */
      if (row->team != KENNIS_UNKNOWN && row->effective <= time && (best == NULL || row->effective > best->effective))
        best = row;
    }

  return best != NULL ? kennis_dataset_text (self->dataset, KENNIS_SPACE_TEAM, best->team) : NULL;
}

gboolean
kennis_ical_roster_knows (KennisIcalRoster *self,
                          const char       *id)
{
  return kennis_dataset_get_accept_seen (self->dataset) || rows_of (self, id) != NULL;
}
