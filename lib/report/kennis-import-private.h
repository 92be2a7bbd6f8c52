#pragma once

#include <kennis/kennis-import.h>

#include "base/kennis-progress-private.h"
#include "read/kennis-mapping-private.h"
#include "read/kennis-reader-private.h"
#include "report/kennis-report-model-private.h"
#include "summary/kennis-summary-private.h"

/* Which records without ids a source has: the KENNIS_COPIES smallest hashes of them, so that two sources can be compared. */
#define KENNIS_COPIES 512u

typedef struct
{
  GArray *hashes;              /* guint64; sorted and distinct once it is closed */
  guint64 limit;               /* hashes from here on are too large */
} KennisCopies;

typedef struct
{
  GFile        *file;          /* NULL: stream */
  GInputStream *stream;
  char         *name, *fingerprint, *problem;
  KennisMapping *mapping;      /* NULL: the reader's */
  KennisDataset *found;        /* what it declares, from a look at it beforehand */
  gboolean      has_reference; /* it declares people, teams or topics */
  gboolean      tells_zone;    /* it says which time zone and currency it is of */
  guint64       size;          /* bytes; 0: not known */
  guint64       n_declared;    /* people, teams and topics that were taken from it before the events of any source */
  guint64       n_read, n_added, n_merged, n_rejected, n_ignored, n_seen;
  guint64       n_rows, n_rows_used, n_rows_rejected, n_rows_ignored;
  KennisSourceStory *story;    /* NULL: it was not read */
  KennisCopies  copies;
} KennisImportSource;

struct _KennisImport
{
  GObject parent_instance;

  KennisReader *reader;
  GPtrArray *sources;          /* of KennisImportSource */
  GArray *coverages;           /* of KennisMapCoverage */
  KennisSourceStory *story;    /* what is told of all sources together; NULL: it did not run */
  KennisSummary *summary;
  gboolean running, is_done;
};

/* One run. */
typedef struct
{
  KennisImport         *self;
  KennisDataset        *dataset;      /* NULL before the first source that tells its time zone */
  KennisSummaryBuilder *builder;      /* NULL before the first events */
  gboolean              keeps;        /* events stay in the dataset, and there is no summary */
  KennisImportSource   *source;       /* that is being read */
  guint                 n_threads;
  KennisProgressSink   *sink;
  GCancellable         *cancellable;
  guint64               n_bytes, n_bytes_done, n_bytes_now;
  gboolean              summary_failed;   /* no fault of the source */
} KennisImportRun;

/* kennis-import-run.c: reads all sources, into a summary or, with `keeps`, into run->dataset. */
gboolean kennis_import_run_all (KennisImportRun *run, GError **error);

/* kennis-import-tell.c: what a report shows of a source. */
KennisReportSource kennis_import_report_source (KennisImport *self, guint source);
/* For those a report is passed on to: a file's own name, with as many of the folders as tell it from other sources. */
void kennis_import_shorten_name (KennisImport *self, guint source, KennisReportSource *shown);

/* kennis-import-declared.c: takes the people, teams and topics of all files into run->dataset before any event is read, and
 * finds out which time zone and currency it is to have; what is wrong with a file is told when it is read. */
gboolean kennis_import_declare (KennisImportRun *run, GError **error);

/* kennis-import-copies.c: records without an id are counted as often as they are there. */
void     kennis_copies_init    (KennisCopies *self);
void     kennis_copies_clear   (KennisCopies *self);
/* The activities and sharings without ids from these rows on. */
void     kennis_copies_look    (KennisCopies *self, KennisDataset *dataset, const guint64 *first_rows);
/* Warns of sources that hold mostly the same. */
void     kennis_import_tell_copies (KennisImport *self);
