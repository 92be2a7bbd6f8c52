#include "config.h"

#include "base/kennis-i18n-private.h"
#include "dataset/kennis-dataset-private.h"

#include <kennis/kennis-error.h>

/* What becomes of a row when a person is forgotten. */
typedef enum
{
  KEEP,
  DROP
} Fate;

static gboolean
is_person_text (const KennisField *field)
{
  return field->kind == KENNIS_KIND_TEXT
         && (field->space == KENNIS_SPACE_PERSON || field->space == KENNIS_SPACE_RESPONDENT);
}

static char *
list_without (const char *list,
              const char *person)
{
  g_auto (GStrv) members = g_strsplit (list, "\n", -1);
  GString *kept = g_string_new (NULL);

  for (guint i = 0; members[i] != NULL; i++)
    if (!g_str_equal (members[i], person))
      g_string_append_printf (kept, "%s%s", kept->len > 0 ? "\n" : "", members[i]);

  return g_string_free (kept, FALSE);
}

/* Copies one text into the new dataset's spaces; a list of people loses the one to forget. */
static gint64
copy_text (KennisDataset     *from,
           KennisDataset     *to,
           const KennisField *field,
           gint64             code,
           const char        *person,
           gboolean           has_people,
           gboolean          *named)
{
  const char *text = kennis_dataset_text (from, field->space, code);
  g_autofree char *kept = NULL;

  if (text == NULL)
    return KENNIS_UNKNOWN;
  if (has_people && strstr (text, person) != NULL)
    {
      kept = list_without (text, person);
      *named = *named || !g_str_equal (kept, text);
      text = kept;
    }
  if (*text == '\0')
    return KENNIS_UNKNOWN;

  return kennis_intern_add (to->spaces[field->space], text, strlen (text));
}

/* A leader who is forgotten leaves "unknown" behind; any other record that names the person goes. */
static Fate
copy_row (KennisDataset      *from,
          KennisDataset      *to,
          const KennisSchema *schema,
          const gint64       *codes,
          const char         *person,
          gint64             *copied,
          gboolean           *named)
{
  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisField *field = &schema->fields[f];
      const char *text = field->kind == KENNIS_KIND_TEXT ? kennis_dataset_text (from, field->space, codes[f]) : NULL;

      copied[f] = codes[f];
      if (field->kind > KENNIS_KIND_PAIRS)
        continue;
      if (text != NULL && is_person_text (field) && g_str_equal (text, person))
        {
          *named = TRUE;
          if (!g_str_equal (field->name, "leader"))
            return DROP;
          copied[f] = KENNIS_UNKNOWN;
          continue;
        }
      copied[f] = copy_text (from, to, field, codes[f], person,
                             field->kind == KENNIS_KIND_LIST && schema->type == KENNIS_RECORD_TYPE_MOMENT, named);
    }

  return KEEP;
}

/**
 * kennis_dataset_forget_person:
 * @self: a dataset
 * @person: the id of a person
 * @error: return location for an error
 *
 * Makes a dataset without one person (GDPR, article 17).
 *
 * Records about the person are gone, and so are sharings with the person on either side; a leader or attendee is
 * taken out of the records of others.  Aliases go with the person's own records.  To keep the next import from
 * bringing the person back, put the id and the aliases on a [class@Suppression] list.
 *
 * @self is not changed, and what others hold (files, snapshots, summaries) is theirs to deal with.
 *
 * Time and memory: O(records).
 *
 * Returns: (transfer full): a new dataset; %NULL and %KENNIS_ERROR_UNKNOWN_REFERENCE where no record names the person
 *
 * Since: 1.0
 */
KennisDataset *
kennis_dataset_forget_person (KennisDataset  *self,
                              const char     *person,
                              GError        **error)
{
  g_autoptr (KennisDataset) copy = NULL;
  gboolean named = FALSE;

  g_return_val_if_fail (KENNIS_IS_DATASET (self) && person != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  copy = kennis_dataset_new (kennis_dataset_get_time_zone (self), self->currency, error);
  if (copy == NULL)
    return NULL;
  copy->accept_seen = self->accept_seen;
  g_set_object (&copy->suppression, self->suppression);

  for (guint type = 0; type < KENNIS_N_RECORD_TYPES; type++)
    {
      const KennisSchema *schema = kennis_schema_get (type);

      for (guint32 row = 0; row < self->tables[type].n_rows; row++)
        {
          gint64 codes[KENNIS_MAX_FIELDS], copied[KENNIS_MAX_FIELDS];

          kennis_table_get_row (&self->tables[type], schema, row, codes);
          if (copy_row (self, copy, schema, codes, person, copied, &named) == KEEP)
            kennis_dataset_append_checked (copy, type, copied);
        }
    }
  if (!named)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE,
                   _("No record names the person “%s”; accepted is the id of one who is there"), person);
      return NULL;
    }

  return g_steal_pointer (&copy);
}
