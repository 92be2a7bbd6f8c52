#include "config.h"

#include "read/kennis-ical-private.h"
#include "report/kennis-import-private.h"

/* A file's order is fixed: who and what it declares comes before its events.  So the first batch of events ends the look. */
static gboolean
stop (KennisDataset *batch, gpointer user_data, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");

  return FALSE;
}

static void
look_into (KennisImportSource *source, KennisReader *reader, const char *time_zone, const char *currency,
           GCancellable *cancellable)
{
  g_autoptr (KennisReader) scout = kennis_reader_like (reader);
  g_autoptr (KennisSourceStory) story = NULL;

  g_clear_object (&source->found);
  kennis_reader_set_accept_seen (scout, TRUE);
  kennis_reader_set_max_diagnostics (scout, 0);
  kennis_reader_set_strict (scout, FALSE);
  kennis_reader_set_time_zone (scout, time_zone);
  kennis_reader_set_currency (scout, currency);
  if (source->mapping != NULL)
    kennis_reader_set_mapping (scout, source->mapping);
  scout->only_reference = TRUE;
  kennis_reader_read_batches (scout, source->file, NULL, source->name, &source->found, stop, NULL, NULL, NULL,
                              cancellable, NULL);
  story = kennis_reader_steal_story (scout);
  source->tells_zone = story != NULL && story->tells_zone && source->found != NULL;
}

static gboolean
fits (KennisDataset *dataset, KennisDataset *found)
{
  return g_str_equal (kennis_dataset_get_time_zone (dataset), kennis_dataset_get_time_zone (found))
         && g_str_equal (kennis_dataset_get_currency (dataset), kennis_dataset_get_currency (found));
}

static void
take (KennisImportSource *source, KennisDataset *dataset)
{
  static const KennisRecordType types[] = { KENNIS_RECORD_TYPE_PERSON, KENNIS_RECORD_TYPE_TEAM,
                                            KENNIS_RECORD_TYPE_TOPIC };

  for (guint t = 0; t < G_N_ELEMENTS (types) && fits (dataset, source->found); t++)
    {
      guint64 n = kennis_dataset_count (source->found, types[t]);

      source->has_reference = source->has_reference || n > 0;
      for (guint64 i = 0; i < n; i++)
        {
          g_autoptr (KennisRecord) record = kennis_dataset_get_record (source->found, types[t], i);
          gboolean added;

          if (kennis_dataset_add (dataset, record, &added, NULL) && added)
            source->n_declared++;
        }
    }
}

static gboolean
declares_any (KennisDataset *found)
{
  return kennis_dataset_count (found, KENNIS_RECORD_TYPE_PERSON) > 0
         || kennis_dataset_count (found, KENNIS_RECORD_TYPE_TEAM) > 0
         || kennis_dataset_count (found, KENNIS_RECORD_TYPE_TOPIC) > 0;
}

/* Sources that do not say their own time zone and currency are of those of the first one that does. */
gboolean
kennis_import_declare (KennisImportRun *run, GError **error)
{
  GPtrArray *sources = run->self->sources;
  KennisReader *reader = run->self->reader;
  const char *time_zone = reader->time_zone, *currency = reader->currency;
  gboolean is_told = FALSE;

  g_clear_pointer (&reader->calendars, kennis_ical_versions_unref);
  reader->calendars = kennis_ical_versions_new ();
  for (guint i = 0; i < sources->len; i++)
    {
      KennisImportSource *source = g_ptr_array_index (sources, i);

      if (source->file == NULL)
        continue;
      look_into (source, reader, reader->time_zone, reader->currency, run->cancellable);
      if (!source->tells_zone || is_told)
        continue;
      is_told = TRUE;
      time_zone = kennis_dataset_get_time_zone (source->found);
      currency = kennis_dataset_get_currency (source->found);
    }
  for (guint i = 0; i < sources->len; i++)
    {
      KennisImportSource *source = g_ptr_array_index (sources, i);

      /* A stream, which cannot be looked into, may still tell. */
      if (source->found == NULL || (!is_told && !declares_any (source->found)))
        continue;
      if (run->dataset == NULL)
        {
          run->dataset = kennis_dataset_new (time_zone, currency, error);
          if (run->dataset == NULL)
            return FALSE;
          kennis_dataset_set_accept_seen (run->dataset, kennis_reader_get_accept_seen (reader));
          kennis_dataset_set_suppression (run->dataset, kennis_reader_get_suppression (reader));
          kennis_dataset_set_deferred (run->dataset, TRUE);
        }
      if (!source->tells_zone && !fits (run->dataset, source->found))
        look_into (source, reader, time_zone, currency, run->cancellable);
      if (source->found != NULL)
        take (source, run->dataset);
    }
  for (guint i = 0; i < sources->len; i++)
    g_clear_object (&((KennisImportSource *) g_ptr_array_index (sources, i))->found);

  return TRUE;
}
