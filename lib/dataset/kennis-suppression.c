#include "config.h"

#include "base/kennis-i18n-private.h"

#include <kennis/kennis-error.h>
#include <kennis/kennis-suppression.h>
#include <string.h>

#define HASH_LENGTH 64   /* hexadecimal digits of HMAC-SHA-256 */

/**
 * KennisSuppression:
 *
 * People who asked to be forgotten, so that the next import does not bring them back.
 *
 * Only keyed hashes of their ids are kept (HMAC-SHA-256 with the caller's key): who has the list without the key
 * cannot tell who is on it.  (GDPR, article 17.)
 *
 * Since: 1.0
 */
struct _KennisSuppression
{
  GObject parent_instance;

  GBytes *key;
  GHashTable *hashes;   /* of hexadecimal digits */
};

G_DEFINE_FINAL_TYPE (KennisSuppression, kennis_suppression, G_TYPE_OBJECT)

/* g_object_new(), which bindings offer for every type, makes one without a key: it may do nothing. */
static gboolean
is_made (KennisSuppression *self)
{
  return KENNIS_IS_SUPPRESSION (self) && self->key != NULL;
}

static void
kennis_suppression_finalize (GObject *object)
{
  KennisSuppression *self = KENNIS_SUPPRESSION (object);

  g_clear_pointer (&self->key, g_bytes_unref);
  g_clear_pointer (&self->hashes, g_hash_table_unref);

  G_OBJECT_CLASS (kennis_suppression_parent_class)->finalize (object);
}

static void
kennis_suppression_class_init (KennisSuppressionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_suppression_finalize;
}

static void
kennis_suppression_init (KennisSuppression *self)
{
  self->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * kennis_suppression_new:
 * @key: a secret, 16 bytes or more
 *
 * Makes an empty list.
 *
 * Returns: (transfer full): a new list
 *
 * Since: 1.0
 */
KennisSuppression *
kennis_suppression_new (GBytes *key)
{
  KennisSuppression *self;

  g_return_val_if_fail (key != NULL && g_bytes_get_size (key) >= 16, NULL);

  self = g_object_new (KENNIS_TYPE_SUPPRESSION, NULL);
  self->key = g_bytes_ref (key);

  return self;
}

static char *
hash_of (KennisSuppression *self,
         const char        *person)
{
  gsize size;
  gconstpointer key = g_bytes_get_data (self->key, &size);

  return g_compute_hmac_for_data (G_CHECKSUM_SHA256, key, size, (const guchar *) person, strlen (person));
}

/**
 * kennis_suppression_add:
 * @self: a list
 * @person: a person's id, or another name under which an import may bring it
 *
 * Puts a person on the list.
 *
 * Since: 1.0
 */
void
kennis_suppression_add (KennisSuppression *self,
                        const char        *person)
{
  g_return_if_fail (is_made (self) && person != NULL);

  g_hash_table_add (self->hashes, hash_of (self, person));
}

/**
 * kennis_suppression_contains:
 * @self: a list
 * @person: a person's id
 *
 * Tells whether the person is on the list.
 *
 * Returns: whether the person is on the list
 *
 * Since: 1.0
 */
gboolean
kennis_suppression_contains (KennisSuppression *self,
                             const char        *person)
{
  g_autofree char *hash = NULL;

  g_return_val_if_fail (is_made (self) && person != NULL, FALSE);

  if (g_hash_table_size (self->hashes) == 0)
    return FALSE;

  hash = hash_of (self, person);
  return g_hash_table_contains (self->hashes, hash);
}

/**
 * kennis_suppression_get_size:
 * @self: a list
 *
 * Tells how many hashes are on it.
 *
 * Returns: how many hashes are on it
 *
 * Since: 1.0
 */
guint
kennis_suppression_get_size (KennisSuppression *self)
{
  g_return_val_if_fail (is_made (self), 0);

  return g_hash_table_size (self->hashes);
}

static gboolean
is_hash (const char *line)
{
  return strlen (line) == HASH_LENGTH && strspn (line, "0123456789abcdef") == HASH_LENGTH;
}

/**
 * kennis_suppression_load:
 * @file: a file that [method@Suppression.save] wrote
 * @key: the secret with which it was made
 * @cancellable: (nullable): stops the work
 * @error: return location for an error
 *
 * Reads a list: one hash a line; lines that begin with `#` are comments.
 *
 * Returns: (transfer full): the list; %NULL and %KENNIS_ERROR_PARSE with the line that is wrong, or an error of GIO
 *
 * Since: 1.0
 */
KennisSuppression *
kennis_suppression_load (GFile         *file,
                         GBytes        *key,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (KennisSuppression) self = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (G_IS_FILE (file) && key != NULL && g_bytes_get_size (key) >= 16, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!g_file_load_contents (file, cancellable, &text, NULL, NULL, error))
    return NULL;

  self = kennis_suppression_new (key);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      if (!is_hash (lines[i]))
        {
          g_autofree char *name = g_file_get_parse_name (file);

          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_PARSE,
                       _("%s, line %u: not a hash; accepted are %d hexadecimal digits in lower case"), name,
                       i + 1, HASH_LENGTH);
          return NULL;
        }
      g_hash_table_add (self->hashes, g_strdup (lines[i]));
    }

  return g_steal_pointer (&self);
}

/**
 * kennis_suppression_save:
 * @self: a list
 * @file: where to write it
 * @cancellable: (nullable): stops the work
 * @error: return location for an error
 *
 * Writes the list, sorted, so that it does not tell who was added when.  The file is replaced as a whole.
 *
 * Returns: true if it is written
 *
 * Since: 1.0
 */
gboolean
kennis_suppression_save (KennisSuppression  *self,
                         GFile              *file,
                         GCancellable       *cancellable,
                         GError            **error)
{
  g_autoptr (GList) hashes = NULL;
  g_autoptr (GString) text = g_string_new ("# Kennis suppression list: HMAC-SHA-256\n");

  g_return_val_if_fail (is_made (self) && G_IS_FILE (file), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  hashes = g_list_sort (g_hash_table_get_keys (self->hashes), (GCompareFunc) strcmp);
  for (GList *l = hashes; l != NULL; l = l->next)
    g_string_append_printf (text, "%s\n", (const char *) l->data);

  return g_file_replace_contents (file, text->str, text->len, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, cancellable,
                                  error);
}
