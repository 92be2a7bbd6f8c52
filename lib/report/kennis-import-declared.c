#include "config.h"

#include "dataset/kennis-dataset-private.h"
#include "read/kennis-reader-private.h"
#include "report/kennis-import-private.h"

/* A file's order is fixed: who and what it declares comes before its events.  So the first batch of events ends the look. */
static gboolean
stop (KennisDataset *batch, gpointer user_data, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");

  return FALSE;
}

static gboolean
fits (KennisDataset *dataset, KennisDataset *found)
{
  return g_str_equal (kennis_dataset_get_time_zone (dataset), kennis_dataset_get_time_zone (found))
         && g_str_equal (kennis_dataset_get_currency (dataset), kennis_dataset_get_currency (found));
}

void
kennis_import_declare (KennisImportSource *source, KennisReader *reader, KennisDataset **dataset, GCancellable *cancellable)
{
  static const KennisRecordType types[] = { KENNIS_RECORD_TYPE_PERSON, KENNIS_RECORD_TYPE_TEAM,
                                            KENNIS_RECORD_TYPE_TOPIC };
  g_autoptr (KennisReader) scout = kennis_reader_like (reader);
  KennisDataset *found = NULL;

  kennis_reader_set_accept_seen (scout, TRUE);
  kennis_reader_set_max_diagnostics (scout, 0);
  scout->only_reference = TRUE;

  kennis_reader_read_batches (scout, source->file, NULL, source->name, &found, stop, NULL, NULL, NULL, cancellable,
                              NULL);
  if (found == NULL)
    return;

  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    {
      guint64 n = kennis_dataset_count (found, types[t]);

      source->has_reference = source->has_reference || n > 0;
      if (n > 0 && *dataset == NULL)
        {
          *dataset =
              kennis_dataset_new (kennis_dataset_get_time_zone (found), kennis_dataset_get_currency (found), NULL);
          kennis_dataset_set_accept_seen (*dataset, kennis_reader_get_accept_seen (reader));
          kennis_dataset_set_suppression (*dataset, kennis_reader_get_suppression (reader));
          kennis_dataset_set_deferred (*dataset, TRUE);
        }
      for (guint64 i = 0; i < n && fits (*dataset, found); i++)
        {
          g_autoptr (KennisRecord) record = kennis_dataset_get_record (found, types[t], i);
          gboolean added;

          if (kennis_dataset_add (*dataset, record, &added, NULL) && added)
            source->n_declared++;
        }
    }
  g_object_unref (found);
}
