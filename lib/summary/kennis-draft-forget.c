#include "config.h"

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "summary/kennis-draft-private.h"

typedef struct
{
  KennisDraft *draft;
  const char  *person;
  gsize        length;
  guint32      index;        /* in the space PERSON, or KENNIS_INTERN_NONE */
  guint32      respondent;   /* in the space RESPONDENT */
  gboolean     found;
} Forgetting;

static void
forget_in_section (Forgetting    *self,
                   KennisSection  section)
{
  const KennisShape *shape = kennis_shape_get (section);
  KennisVector *elements = &self->draft->sections[section];
  guint8 *data = elements->data;
  gsize kept = 0;

  for (gsize i = 0; i < elements->n; i++)
    {
      const guint32 *keys = (const guint32 *) (data + i * shape->size);
      gboolean names = FALSE;

      for (guint k = 0; k < shape->n_keys; k++)
        names |= shape->kinds[k] == KENNIS_KEY_PERSON && keys[k] == self->index;
      if (!names)
        memmove (data + kept++ * shape->size, keys, shape->size);
    }
  self->found |= kept < elements->n;
  elements->n = kept;
}

static void
forget_in_totals (Forgetting *self)
{
  KennisTotal *totals = self->draft->totals.data;
  gsize kept = 0;

  for (gsize i = 0; i < self->draft->totals.n; i++)
    if (totals[i].person != self->index)
      totals[kept++] = totals[i];
  self->found |= kept < self->draft->totals.n;
  self->draft->totals.n = kept;
}

/* The list without the person; false where there is no room for another text. */
static gboolean
forget_in_list (Forgetting  *self,
                gint64      *code,
                GError     **error)
{
  KennisIntern *words = self->draft->spaces[KENNIS_SPACE_WORD];
  g_auto (GStrv) members = g_strsplit (kennis_intern_get (words, *code, NULL), "\n", -1);
  g_autoptr (GString) kept = g_string_new (NULL);
  gboolean names = FALSE;
  guint32 index;

  for (guint i = 0; members[i] != NULL; i++)
    if (g_str_equal (members[i], self->person))
      names = TRUE;
    else
      g_string_append_printf (kept, "%s%s", kept->len > 0 ? "\n" : "", members[i]);
  if (!names)
    return TRUE;

  self->found = TRUE;
  if (kept->len == 0)
    {
      *code = KENNIS_UNKNOWN;
      return TRUE;
    }
  index = kennis_intern_add (words, kept->str, kept->len);
  if (index == KENNIS_INTERN_NONE)
    {
      g_set_error_literal (error, KENNIS_ERROR, KENNIS_ERROR_TOO_LARGE,
                           _("A summary has too many texts; accepted are 4 GiB of ids and of words"));
      return FALSE;
    }
  *code = index;

  return TRUE;
}

/* A leader who is forgotten leaves "unknown" behind; any other record that names the person goes. */
static gboolean
forget_in_row (Forgetting        *self,
               KennisRecordType   type,
               gint64            *codes,
               gboolean          *keep,
               GError           **error)
{
  const KennisSchema *schema = kennis_schema_get (type);

  *keep = TRUE;
  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisField *field = &schema->fields[f];

      if (codes[f] == KENNIS_UNKNOWN || field->kind > KENNIS_KIND_LIST)
        continue;
      if (field->kind == KENNIS_KIND_LIST)
        {
          if (kennis_draft_list_space (type, f) == KENNIS_SPACE_PERSON && !forget_in_list (self, &codes[f], error))
            return FALSE;
          continue;
        }
      if (!(field->space == KENNIS_SPACE_PERSON && codes[f] == self->index)
          && !(field->space == KENNIS_SPACE_RESPONDENT && codes[f] == self->respondent))
        continue;
      self->found = TRUE;
      if (!g_str_equal (field->name, "leader"))
        {
          *keep = FALSE;
          return TRUE;
        }
      codes[f] = KENNIS_UNKNOWN;
    }

  return TRUE;
}

static gboolean
forget_in_rows (Forgetting        *self,
                KennisRecordType   type,
                GError           **error)
{
  KennisVector *rows = &self->draft->rows[type];
  guint n_fields = kennis_schema_get (type)->n_fields;
  gint64 *codes = rows->data;
  gsize kept = 0;

  for (gsize i = 0; i < rows->n; i++)
    {
      gboolean keep;

      if (!forget_in_row (self, type, codes + i * n_fields, &keep, error))
        return FALSE;
      if (keep)
        memmove (codes + kept++ * n_fields, codes + i * n_fields, n_fields * sizeof *codes);
    }
  rows->n = kept;

  return TRUE;
}

gboolean
kennis_draft_forget (KennisDraft  *self,
                     const char   *person,
                     gboolean     *found,
                     GError      **error)
{
  Forgetting forgetting = { .draft = self, .person = person, .length = strlen (person) };

  if (!kennis_draft_own_texts (self, error))
    return FALSE;
  forgetting.index = kennis_intern_find (self->spaces[KENNIS_SPACE_PERSON], person, forgetting.length);
  forgetting.respondent = kennis_intern_find (self->spaces[KENNIS_SPACE_RESPONDENT], person, forgetting.length);

  if (forgetting.index != KENNIS_INTERN_NONE)
    {
      for (guint i = 0; i < KENNIS_N_SECTIONS; i++)
        forget_in_section (&forgetting, i);
      forget_in_totals (&forgetting);
    }
  for (guint type = 0; type < KENNIS_N_RECORD_TYPES; type++)
    if (!forget_in_rows (&forgetting, type, error))
      return FALSE;
  *found = forgetting.found;

  return TRUE;
}
