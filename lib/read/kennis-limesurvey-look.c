#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-limesurvey-private.h"
#include "read/kennis-zip-private.h"

#include <kennis/kennis-error.h>

/* Responses of LimeSurvey as a table, for who only wants to look at it. */

static gboolean
refuse_for (const char *problem, const char *accepted, GError **error)
{
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNSUPPORTED, _("%s; accepted is %s"), problem, accepted);

  return FALSE;
}

/* NULL: there is an error already. */
static gboolean
refuse (const char *problem, GError **error)
{
  return problem != NULL
         && refuse_for (_ (problem), _("what LimeSurvey exports as a survey archive (.lsa) or as responses (.lsr)"),
                        error);
}

static gboolean
look (KennisBytes *document, const KennisLimesurvey *design, KennisLimesurveyLook callback, gpointer data,
      GCancellable *cancellable, GError **error)
{
  const char *problem = NULL;
  g_autoptr (GInputStream) rows = kennis_limesurvey_rows_new (document, design, &problem, error);
  KennisBytes table;
  gboolean ok;

  if (rows == NULL)
    return refuse (problem, error);
  ok = kennis_bytes_init (&table, rows, 0, cancellable, error) && callback (&table, data, error);
  kennis_bytes_clear (&table);

  return ok;
}

/* All of an archive: its directory stands at the end. */
static GBytes *
take_archive (KennisBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 chunk[16384];
  gssize n;

  while ((n = kennis_bytes_read (bytes, chunk, sizeof chunk, cancellable, error)) > 0)
    {
      if ((gsize) n > KENNIS_LIMESURVEY_MAX_ZIP - all->len)
        {
          refuse (N_("the zip archive is larger than 64 MiB"), error);
          return NULL;
        }
      g_byte_array_append (all, chunk, (guint) n);
    }

  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static gboolean
look_into_archive (KennisBytes *bytes, KennisLimesurveyLook callback, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) archive = take_archive (bytes, cancellable, error);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (KennisLimesurvey) design = NULL;
  const char *problem = NULL;
  KennisZipEntry entry;
  KennisBytes document;
  gboolean ok;

  if (archive == NULL)
    return FALSE;
  if (kennis_zip_find (archive, "[Content_Types].xml", &entry, &problem)
      || kennis_zip_find (archive, "content.xml", &entry, &problem))
    return refuse_for (_("the source is an office document, as .xlsx and .ods are"),
                       _("its table, saved as CSV in UTF-8"), error);
  if (!kennis_zip_find (archive, ".lsr", &entry, &problem))
    return refuse (problem != NULL ? problem : N_("the zip archive holds no responses of LimeSurvey"), error);
  if (!kennis_zip_check (archive, &entry, cancellable, &problem, error))
    return refuse (problem, error);
  /* Without the design columns have the names of fields. */
  design = kennis_limesurvey_new (archive, "", NULL);
  stream = kennis_zip_open (archive, &entry);
  ok = kennis_bytes_init (&document, stream, 0, cancellable, error)
       && look (&document, design, callback, data, cancellable, error);
  kennis_bytes_clear (&document);

  return ok;
}

gboolean
kennis_limesurvey_look (KennisBytes *bytes, KennisLimesurveyLook callback, gpointer data, GCancellable *cancellable, GError **error)
{
  guint8 head[256];
  gssize n = kennis_bytes_peek (bytes, head, sizeof head, cancellable, error);

  if (n < 0)
    return FALSE;

  return kennis_zip_sniff (head, (gsize) n) ? look_into_archive (bytes, callback, data, cancellable, error)
                                            : look (bytes, NULL, callback, data, cancellable, error);
}
