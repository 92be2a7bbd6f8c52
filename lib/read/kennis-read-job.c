#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-reader-private.h"

#include <kennis/kennis-error.h>

gboolean
kennis_read_job_header (KennisReadJob  *job,
                        const char     *time_zone,
                        const char     *currency,
                        GError        **error)
{
  KennisReader *reader = job->reader;

  if (job->dataset == NULL)
    {
      job->dataset = kennis_dataset_new (time_zone, currency, error);
      if (job->dataset == NULL)
        return FALSE;
      kennis_dataset_set_accept_seen (job->dataset, reader->accept_seen);
      kennis_dataset_set_suppression (job->dataset, reader->suppression);
      kennis_dataset_set_deferred (job->dataset, TRUE);
      return TRUE;
    }

  const char *own_zone = kennis_dataset_get_time_zone (job->dataset);
  const char *own_currency = kennis_dataset_get_currency (job->dataset);

  if (g_str_equal (own_zone, time_zone) && g_str_equal (own_currency, currency))
    return TRUE;
  g_set_error (
      error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE,
      _("the source is of time zone “%s” and currency “%s”, and the dataset of “%s” and “%s”; accepted are the same"),
      time_zone, currency, own_zone, own_currency);
  return FALSE;
}

void
kennis_read_job_tell (KennisReadJob  *job,
                      KennisSeverity  severity,
                      KennisPlace     place,
                      const char     *record,
                      const char     *problem,
                      const char     *accepted)
{
  KennisReader *reader = job->reader;

  gboolean is_kept = g_list_model_get_n_items (G_LIST_MODEL (reader->diagnostics)) < reader->max_diagnostics,
           is_reason = severity != KENNIS_SEVERITY_NOTE && reader->story != NULL;
  g_autoptr (KennisDiagnostic) diagnostic = NULL;

  reader->n_diagnostics[severity]++;
  if (!is_kept && !is_reason)
    return;

  diagnostic = kennis_diagnostic_new (severity, job->name, place, record, problem, accepted);
  if (is_reason)
    kennis_source_story_add (reader->story, problem, diagnostic);
  if (is_kept)
    g_list_store_append (reader->diagnostics, diagnostic);
}

static void
set_error_from (KennisReadJob  *job,
                KennisPlace     place,
                const char     *record,
                KennisError     code,
                const char     *problem,
                const char     *accepted,
                GError        **error)
{
  g_autoptr (KennisDiagnostic) diagnostic = NULL;
  g_autofree char *text = NULL;

  diagnostic = kennis_diagnostic_new (KENNIS_SEVERITY_ERROR, job->name, place, record, problem, accepted);
  text = kennis_diagnostic_to_string (diagnostic);
  g_set_error_literal (error, KENNIS_ERROR, (int) code, text);
}

gboolean
kennis_read_job_reject (KennisReadJob  *job,
                        KennisPlace     place,
                        const char     *record,
                        KennisError     code,
                        const char     *problem,
                        const char     *accepted,
                        GError        **error)
{
  job->n_read++;
  job->reader->n_read++;
  job->reader->n_rejected++;
  kennis_read_job_tell (job, KENNIS_SEVERITY_ERROR, place, record, problem, accepted);
  if (!job->reader->strict)
    return TRUE;

  set_error_from (job, place, record, code, problem, accepted, error);
  return FALSE;
}

gboolean
kennis_read_job_break (KennisReadJob  *job,
                       KennisPlace     place,
                       const char     *problem,
                       const char     *accepted,
                       GError        **error)
{
  job->ended_early = TRUE;
  kennis_read_job_tell (job, KENNIS_SEVERITY_ERROR, place, NULL, problem, accepted);
  if (!job->reader->strict && job->n_read > 0)
    return TRUE;

  set_error_from (job, place, NULL, KENNIS_ERROR_PARSE, problem, accepted, error);
  return FALSE;
}

gboolean
kennis_read_job_flush (KennisReadJob  *job,
                       GError        **error)
{
  if (job->batch == NULL || job->n_in_batch == 0)
    return TRUE;

  job->n_in_batch = 0;
  if (!job->batch (job->dataset, job->batch_data, error))
    return FALSE;
  kennis_dataset_clear_events (job->dataset);

  return TRUE;
}

/* The dataset's own message names the record first; a diagnostic has a place of its own for that. */
static gboolean
refused (KennisReadJob     *job,
         KennisRecordType   type,
         const gint64      *codes,
         KennisPlace        place,
         const GError      *cause,
         GError           **error)
{
  g_autofree char *record = NULL;
  const char *problem = cause->message;

  if (g_error_matches (cause, KENNIS_ERROR, KENNIS_ERROR_SUPPRESSED))
    {
      job->n_read++;
      job->reader->n_read++;
      job->reader->n_ignored++;
      return TRUE;
    }

  record = kennis_dataset_describe_row (job->dataset, type, codes);
  if (g_str_has_prefix (problem, record) && g_str_has_prefix (problem + strlen (record), ": "))
    problem += strlen (record) + 2;

  return kennis_read_job_reject (job, place, record, (KennisError) cause->code, problem, NULL, error);
}

gboolean
kennis_read_job_append (KennisReadJob     *job,
                        KennisRecordType   type,
                        const gint64      *codes,
                        KennisPlace        place,
                        GError           **error)
{
  KennisReader *reader = job->reader;
  g_autoptr (GError) cause = NULL;
  gboolean added;

  if (!kennis_dataset_append (job->dataset, type, codes, &added, &cause))
    return refused (job, type, codes, place, cause, error);

  job->n_read++;
  reader->n_read++;
  if (type == KENNIS_RECORD_TYPE_COVERAGE && reader->story != NULL)
    kennis_source_story_cover (reader->story, job->dataset, codes);
  reader->n_added += added ? 1 : 0;
  reader->n_merged += added ? 0 : 1;
  if (job->batch != NULL && kennis_schema_get (type)->is_event && ++job->n_in_batch == KENNIS_BATCH_EVENTS)
    return kennis_read_job_flush (job, error);

  return TRUE;
}

gboolean
kennis_read_job_ignore_row (KennisReadJob *job)
{
  job->n_read++;
  job->reader->n_read++;
  job->reader->n_ignored++;
  job->reader->n_rows_ignored++;

  return TRUE;
}

gboolean
kennis_read_job_end_row (KennisReadJob *job,
                         guint64        n_rejected,
                         guint64        n_ignored,
                         guint64        n_made)
{
  KennisReader *reader = job->reader;

  if (n_made == 0)
    return kennis_read_job_ignore_row (job);
  if (reader->n_rejected > n_rejected)
    reader->n_rows_rejected++;
  else if (reader->n_ignored - n_ignored == n_made)
    reader->n_rows_ignored++;
  else
    reader->n_rows_used++;

  return TRUE;
}

gboolean
kennis_read_job_pass (KennisReadJob  *job,
                      const gint64   *codes,
                      KennisPlace     place,
                      gboolean       *passed,
                      GError        **error)
{
  g_autoptr (GError) cause = NULL;

  *passed = kennis_dataset_pass (job->dataset, KENNIS_RECORD_TYPE_ACTIVITY, codes, &cause);
  if (!*passed)
    return refused (job, KENNIS_RECORD_TYPE_ACTIVITY, codes, place, cause, error);

  job->n_read++;
  job->reader->n_read++;
  job->reader->n_added++;

  return TRUE;
}

gboolean
kennis_read_job_coverage (KennisReadJob       *job,
                          const KennisMapping *mapping,
                          KennisPlace          place,
                          GError             **error)
{
  for (guint i = 0; i < mapping->coverages->len; i++)
    {
      gint64 codes[KENNIS_MAX_FIELDS];

      kennis_map_coverage_codes (&g_array_index (mapping->coverages, KennisMapCoverage, i), job->dataset, codes);
      if (!kennis_read_job_append (job, KENNIS_RECORD_TYPE_COVERAGE, codes, place, error))
        return FALSE;
    }

  return TRUE;
}
