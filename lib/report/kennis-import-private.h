#pragma once

#include <kennis/kennis-import.h>

#include "base/kennis-progress-private.h"

typedef struct
{
  GFile        *file;          /* NULL: stream */
  GInputStream *stream;
  char         *name, *fingerprint, *problem;
  gboolean      has_reference; /* it declares people, teams or topics */
  guint64       size;          /* bytes; 0: not known */
  guint64       n_declared;    /* people, teams and topics that were taken from it before the events of any source */
  guint64       n_read, n_added, n_merged, n_rejected, n_ignored;
} KennisImportSource;

struct _KennisImport
{
  GObject parent_instance;

  KennisReader *reader;
  GPtrArray *sources;        /* of KennisImportSource */
  KennisSummary *summary;
  gboolean running;
};

/* kennis-import-declared.c: takes the people, teams and topics of a file into `*dataset`, which is made where it is NULL; what
 * is wrong with the file is told when it is read. */
void kennis_import_declare (KennisImportSource *source, KennisReader *reader, KennisDataset **dataset, GCancellable *cancellable);
