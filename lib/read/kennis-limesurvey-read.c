#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-limesurvey-private.h"
#include "read/kennis-zip-private.h"

#include <kennis/kennis-error.h>

#include <string.h>

/* The responses of LimeSurvey become a table like the one that it exports as CSV, so that the same mappings, and those that people
 * made of them, say what is done with it. */
gboolean
kennis_limesurvey_sniff (const guint8 *head, gsize length)
{
  return kennis_zip_sniff (head, length)
         || g_strstr_len ((const char *) head, (gssize) length, "<LimeSurveyDocType") != NULL;
}

static gboolean
tell (KennisReadJob *job, const char *problem, GError **error)
{
  kennis_read_job_break (job, (KennisPlace) { 1, 1 }, problem,
                         _("what LimeSurvey exports as a survey archive (.lsa) or as responses (.lsr)"), error);
  return FALSE;
}

static gboolean
read_table (KennisReadJob *job, KennisBytes *document, const KennisLimesurvey *design, GError **error)
{
  KennisBytes *bytes = job->bytes, table;
  const char *problem;
  g_autoptr (GInputStream) rows = kennis_limesurvey_rows_new (document, design, &problem, error);
  gboolean ok;

  if (rows == NULL)
    return problem != NULL && tell (job, _ (problem), error);
  ok = kennis_bytes_init (&table, rows, 0, job->cancellable, error);
  if (ok)
    {
      job->bytes = &table;
      ok = kennis_csv_read (job, error);
      job->bytes = bytes;
      /* What precedes the fault is kept. */
      if (ok && problem != NULL && !job->ended_early)
        ok = kennis_read_job_break (job, (KennisPlace) { 0, 0 }, _ (problem), NULL, error);
    }
  kennis_bytes_clear (&table);

  return ok;
}

/* All of an archive: its directory stands at the end. */
static GBytes *
take_archive (KennisReadJob *job, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 chunk[16384];
  gssize n;

  while ((n = kennis_bytes_read (job->bytes, chunk, sizeof chunk, job->cancellable, error)) > 0)
    {
      if ((gsize) n > KENNIS_LIMESURVEY_MAX_ZIP - all->len)
        {
          tell (job, _("the zip archive is larger than 64 MiB"), error);
          return NULL;
        }
      g_byte_array_append (all, chunk, (guint) n);
    }

  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static gboolean
read_archive (KennisReadJob *job, GError **error)
{
  g_autoptr (GBytes) archive = take_archive (job, error);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (KennisLimesurvey) design = NULL;
  g_autoptr (GError) cause = NULL;
  KennisZipEntry entry;
  KennisBytes document;
  const char *problem = NULL;
  gboolean ok;

  if (archive == NULL)
    return FALSE;
  if (!kennis_zip_find (archive, ".lsr", &entry, &problem) && problem == NULL
      && (kennis_zip_find (archive, "[Content_Types].xml", &entry, &problem)
          || kennis_zip_find (archive, "content.xml", &entry, &problem)))
    return kennis_read_job_break (job, (KennisPlace) { 1, 1 },
                                  _("the source is an office document, as .xlsx and .ods are"),
                                  _("its table, saved as CSV in UTF-8"), error)
           && FALSE;
  if (!kennis_zip_find (archive, ".lsr", &entry, &problem))
    return tell (job, problem != NULL ? _ (problem) : _("the zip archive holds no responses of LimeSurvey"), error);
  /* A wrong digit would be a wrong number: nothing is taken from what is not as it was packed. */
  if (!kennis_zip_check (archive, &entry, job->cancellable, &problem, error))
    return problem != NULL && tell (job, _ (problem), error);
  design = kennis_limesurvey_new (archive, job->name, &cause);
  if (design == NULL)
    kennis_read_job_tell (job, KENNIS_SEVERITY_WARNING, (KennisPlace) { 0, 0 }, NULL, cause->message, NULL);
  stream = kennis_zip_open (archive, &entry);
  ok = kennis_bytes_init (&document, stream, 0, job->cancellable, error) && read_table (job, &document, design, error);
  kennis_bytes_clear (&document);

  return ok;
}

gboolean
kennis_limesurvey_read (KennisReadJob *job, GError **error)
{
  guint8 head[256]; /* all that was looked at before */
  gssize n = kennis_bytes_peek (job->bytes, head, sizeof head, job->cancellable, error);

  if (n < 0)
    return FALSE;
  if (kennis_zip_sniff (head, (gsize) n))
    return read_archive (job, error);

  return read_table (job, job->bytes, NULL, error);
}
