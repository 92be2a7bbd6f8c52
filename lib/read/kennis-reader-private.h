#pragma once

#include <kennis/kennis-error.h>
#include <kennis/kennis-reader.h>

#include "base/kennis-progress-private.h"
#include "dataset/kennis-dataset-private.h"
#include "dataset/kennis-plain-private.h"
#include "read/kennis-bytes-private.h"
#include "read/kennis-csv-private.h"

#include "read/kennis-mapping-private.h"

/* Where plain activities go that need not be in a batch of the dataset; NULL without an error: all must. */
typedef const KennisPlainSink *(*KennisPlainFunc) (KennisDataset *dataset, gpointer user_data, GError **error);

/* Why records were rejected, or what was warned of: one kind of problem, whatever values it names. */
typedef struct
{
  char   *problem;          /* without the values: fit for those who must not see the data */
  char   *example;          /* the first one, whole */
  guint64 line;             /* where that one stands; 0: not told */
  guint64 n;
} KennisReason;

/* What the source says that it tells of. */
typedef struct
{
  const char *record;       /* "activity" */
  char       *field;        /* NULL: the records as a whole */
  char       *from, *until; /* local days, as 2024-01-31; NULL: not told */
  GHashTable *groups;       /* codes of the groups of which it tells that; NULL: of everybody */
} KennisCover;

#define KENNIS_MAX_REASONS 20u
#define KENNIS_MAX_COVERS  100u

/* How one source was read. */
typedef struct
{
  const char *format;       /* "CSV", …; NULL: of no known one */
  char       *mapping;      /* its id; NULL: none */
  const char *encoding;     /* "UTF-8", …; NULL: not told */
  char        delimiter;    /* 0: none */
  gboolean    tells_zone;   /* the source says of itself which time zone and currency it is of */
  GArray     *reasons;      /* KennisReason, as they came up; at most KENNIS_MAX_REASONS */
  guint64     n_other;      /* rejected for other reasons than those */
  GArray     *warnings;     /* likewise */
  guint64     n_other_warnings;
  GArray     *covers;       /* KennisCover; at most KENNIS_MAX_COVERS */
  GPtrArray  *findings;     /* char *: what was found out of how to read it, without the values that prove it */
} KennisSourceStory;

struct _KennisReader
{
  GObject parent_instance;

  gboolean strict;
  guint max_diagnostics;
  double year_days;
  gboolean accept_seen;
  KennisSuppression *suppression;

  GListStore *diagnostics;
  guint64 n_diagnostics[KENNIS_SEVERITY_ERROR + 1];
  guint64 n_read, n_added, n_merged, n_rejected, n_ignored, n_seen;
  GPtrArray *fingerprints;

  /* kennis-reader-options.c */
  KennisMapping *mapping;         /* NULL: the one that fits */
  char *time_zone, *currency;     /* of what does not say its own */
  KennisEncoding encoding;
  KennisDates dates;
  char decimal;                   /* '.' or ','; 0: as the mapping or the source says */
  GBytes *pseudonym_key;
  gboolean coarse_times;
  gint64   events_from, events_until;   /* of calendars; KENNIS_UNKNOWN: see there */
  gboolean long_way;              /* rows of tables and statements are never taken the quick way: for tests, which compare */
  gboolean no_straight_way;       /* rows of tables never go straight into a summary: for tests, too */
  KennisPlainFunc plain;          /* of who takes batches, with the same data; NULL: batches only */
  guint statement_threads;        /* 0: one for each processor; for tests, too */
  gboolean only_reference;        /* events are not made: a look for who and what a source declares */
  gint64 covered_from, covered_until;   /* days that an import was told are covered: calendars are read so; KENNIS_UNKNOWN */
  struct _KennisIcalVersions *calendars;   /* shared with those like it, while an import reads; NULL: nothing is known of other sources */
  struct _KennisXapiVoided *voided;   /* shared with those like it; NULL before the first statements */
  guint64 n_rows, n_rows_used, n_rows_rejected, n_rows_ignored;
  guint64 n_straight;             /* of the rows: those that went straight; for tests */

  /* kennis-reader-story.c: of the source that was read last. */
  KennisSourceStory *story;
};

/* What a reader counted up to some point of a source, to go back to it. */
typedef struct
{
  guint64 diagnostics[KENNIS_SEVERITY_ERROR + 1];
  guint64 records[6], rows[4];
  guint   n_kept;           /* diagnostics */
} KennisReaderCounts;

/* kennis-reader-story.c */
void               kennis_reader_get_counts (KennisReader *self, KennisReaderCounts *counts);
/* Reasons of the source at hand are forgotten: there were none. */
void               kennis_reader_set_counts (KennisReader *self, const KennisReaderCounts *counts);
KennisSourceStory *kennis_source_story_new  (void);
void               kennis_source_story_free (KennisSourceStory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisSourceStory, kennis_source_story_free)
/* One more error or warning; notes are not kept.  example: the diagnostic. */
void               kennis_source_story_add  (KennisSourceStory *self, const char *problem, KennisDiagnostic *example);
/* Something that the source itself proves, as the order of its dates. */
void               kennis_source_story_find (KennisSourceStory *self, const char *finding);
/* A record of coverage was taken. */
void               kennis_source_story_cover (KennisSourceStory *self, KennisDataset *dataset, const gint64 *codes);
/* A problem with “…” for every value that it quotes; names of fields stay, and the column's where it begins with one. */
char              *kennis_without_values    (const char *problem);
/* That of the last source, which the reader then no longer has; NULL: nothing was read. */
KennisSourceStory *kennis_reader_steal_story (KennisReader *self);

/* kennis-reader-options.c */
void         kennis_reader_options_install (GObjectClass *klass);
void         kennis_reader_options_init    (KennisReader *self);
void         kennis_reader_options_clear   (KennisReader *self);
gboolean     kennis_reader_options_get     (KennisReader *self, guint id, GValue *value);
gboolean     kennis_reader_options_set     (KennisReader *self, guint id, const GValue *value);
/* kennis-reader-window.c */
void         kennis_reader_window_install  (GObjectClass *klass);
gboolean     kennis_reader_window_get      (KennisReader *self, guint id, GValue *value);
gboolean     kennis_reader_window_set      (KennisReader *self, guint id, const GValue *value);
/* A reader with the same settings, without counts. */
KennisReader *kennis_reader_like           (KennisReader *self);
/* The beginning of the local day, where times are coarse; else the time. */
gint64       kennis_reader_coarsen         (const KennisReader *self, const KennisCalendar *calendar, gint64 time);
/* What stands for the id of a person or respondent; NULL: the id itself, as that of a suppressed person, whom the dataset must know
 * to refuse.  Free with g_free(). */
char        *kennis_reader_pseudonym       (const KennisReader *self, KennisDataset *dataset, const char *text, gsize length);

/* Gets the dataset with some events in it, KENNIS_BATCH_EVENTS or fewer, in the caller's thread; they are taken out when it
 * returns.  False and an error ends the reading. */
typedef gboolean (*KennisBatchFunc) (KennisDataset *batch, gpointer user_data, GError **error);

#define KENNIS_BATCH_EVENTS 65536u

/* Reads one source in constant memory: `*dataset` is made with the time zone and currency of the first source where it is
 * NULL; events go to `batch` and reference records stay.  `stream` NULL: opens `file`.  `batch` NULL: events stay as well. */
gboolean kennis_reader_read_batches (KennisReader     *self,
                                     GFile            *file,
                                     GInputStream     *stream,
                                     const char       *name,
                                     KennisDataset   **dataset,
                                     KennisBatchFunc   batch,
                                     gpointer          batch_data,
                                     KennisProgress    progress,
                                     gpointer          progress_data,
                                     GCancellable     *cancellable,
                                     GError          **error);

/* The words of enums come again and again: what each stood for the last time.  Used by one thread. */
#define KENNIS_WORDS 256u

typedef struct
{
  const KennisField *field;
  guint64            text[2];
  guint8             length;
  guint8             value;
} KennisKnownWord;

typedef struct
{
  KennisKnownWord known[KENNIS_WORDS];
} KennisWords;

/* One source that is being read: what every format works with. */
typedef struct
{
  KennisReader       *reader;
  KennisDataset      *dataset;       /* NULL before the header */
  const char         *name;
  KennisBytes        *bytes;
  KennisBatchFunc     batch;
  KennisPlainFunc     plain;         /* NULL: batches only */
  gpointer            batch_data;
  guint               n_in_batch;
  guint64             n_read;        /* records of this source */
  gboolean            ended_early;   /* malformed: there may be more behind */
  KennisProgressSink *sink;
  GCancellable       *cancellable;
  KennisWords         words;
} KennisReadJob;

typedef struct
{
  guint64 line, column;
} KennisPlace;

/* A private table of these is all there is to a format. */
typedef struct
{
  const char *name;
  gboolean  (*sniff) (const guint8 *head, gsize length);
  gboolean  (*read)  (KennisReadJob *job, GError **error);
} KennisFormat;

gboolean kennis_xml_sniff (const guint8 *head, gsize length);
gboolean kennis_xml_read  (KennisReadJob *job, GError **error);
gboolean kennis_csv_sniff (const guint8 *head, gsize length);
gboolean kennis_csv_read  (KennisReadJob *job, GError **error);
gboolean kennis_xapi_sniff (const guint8 *head, gsize length);
gboolean kennis_xapi_read  (KennisReadJob *job, GError **error);
gboolean kennis_ical_sniff (const guint8 *head, gsize length);
/* kennis-reader-read.c: what is looked for in UTF-16 as well; NULL ends it. */
extern const KennisSniff kennis_reader_narrow[];
gboolean kennis_ical_read  (KennisReadJob *job, GError **error);

/* Makes the dataset, or finds out whether the one there is fits. */
gboolean kennis_read_job_header (KennisReadJob *job, const char *time_zone, const char *currency, GError **error);
/* Appends a record, or tells why not.  False and an error only where reading must end. */
gboolean kennis_read_job_append (KennisReadJob *job, KennisRecordType type, const gint64 *codes, KennisPlace place,
                                 GError **error);
/* The same of an activity without an id that goes to a plain sink; *passed: it may. */
gboolean kennis_read_job_pass   (KennisReadJob *job, const gint64 *codes, KennisPlace place, gboolean *passed, GError **error);
/* What a mapping says that its source covers. */
gboolean kennis_read_job_coverage (KennisReadJob *job, const KennisMapping *mapping, KennisPlace place, GError **error);
/* A record that cannot be taken.  False and an error where the reader is strict. */
gboolean kennis_read_job_reject (KennisReadJob *job, KennisPlace place, const char *record, KennisError code,
                                 const char *problem, const char *accepted, GError **error);
/* Anything else that must be said. */
void     kennis_read_job_tell   (KennisReadJob *job, KennisSeverity severity, KennisPlace place, const char *record,
                                 const char *problem, const char *accepted);
/* Of a row nothing is made; always true. */
gboolean kennis_read_job_ignore_row (KennisReadJob *job);
/* All n_made records of a row were appended: which class it is in, by the reader's counts before the first one; always true. */
gboolean kennis_read_job_end_row (KennisReadJob *job, guint64 n_rejected, guint64 n_ignored, guint64 n_made);
gboolean kennis_read_job_flush  (KennisReadJob *job, GError **error);
/* The source is malformed from here on: what precedes is kept.  False and an error where the reader is strict, or no record
 * was read. */
gboolean kennis_read_job_break  (KennisReadJob *job, KennisPlace place, const char *problem, const char *accepted, GError **error);

/* "“text”", shortened, without control characters.  Free with g_free(). */
char    *kennis_read_quote      (const char *text, gsize length);

/* One text to one code, for every format. */
typedef struct
{
  KennisError code;
  char       *problem;          /* free with g_free() */
  const char *accepted;         /* NULL: the problem says it */
  char       *accepted_words;   /* free with g_free() */
} KennisTextProblem;

void     kennis_text_problem_clear (KennisTextProblem *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KennisTextProblem, kennis_text_problem_clear)
gboolean kennis_convert_text  (KennisReadJob *job, const KennisField *field, const char *text, gsize length, gint64 *code,
                               KennisTextProblem *problem);
/* The same without dataset and settings, in any thread: true where these would not matter, so that the code is what
 * kennis_convert_text() would give (but for a coarse time); else that one must be asked.  Not for texts. */
gboolean kennis_convert_early (KennisWords *words, const KennisField *field, const char *text, gsize length, gint64 *code);
gboolean kennis_convert_hours (const KennisField *field, const char *text, gsize length, gint64 *code,
                               KennisTextProblem *problem);
/* Members (NUL-terminated) of a list or of pairs; they are sorted. */
gboolean kennis_convert_list  (KennisReadJob *job, const KennisField *field, GPtrArray *members, gint64 *code,
                               KennisTextProblem *problem);

KennisDiagnostic *kennis_diagnostic_new (KennisSeverity severity, const char *file, KennisPlace place, const char *record,
                                         const char *problem, const char *accepted);
