#pragma once

#include <kennis/kennis-dataset.h>

#include "base/kennis-calendar-private.h"
#include "base/kennis-hashes-private.h"
#include "dataset/kennis-column-private.h"
#include "dataset/kennis-intern-private.h"
#include "dataset/kennis-schema-private.h"

/* Codes of a field with which nothing can be wrong, so that a row is checked at a glance: from low to high, or unknown. */
typedef struct
{
  gint64 low, high, unknown;
} KennisOrdinary;

/* One table of a dataset.  A natural key finds its row by rows_of_id where the key is the id, else by slots. */
typedef struct
{
  KennisColumn columns[KENNIS_MAX_FIELDS];
  KennisOrdinary ordinary[KENNIS_MAX_FIELDS];
  guint32      n_rows;
  guint32      refers;         /* a bit for each field that names somebody or something that must be known */
  guint32      marks;          /* and for each that declares or names a person, team or topic */
  GArray      *rows_of_id;     /* guint32 row + 1 by index of the id; NULL where the key is not just the id */
  guint32     *slots;          /* row + 1 */
  guint32      n_slots;        /* power of two, or 0 */
} KennisTable;

/* An id whose row was taken out by kennis_dataset_clear_events(). */
#define KENNIS_ROW_GONE ((gint64) G_MAXUINT32 - 1)

typedef enum
{
  KENNIS_MARK_DECLARED = 1 << 0,   /* there is a record of it */
  KENNIS_MARK_NAMED    = 1 << 1,   /* a record names it */
  KENNIS_MARK_ALIAS    = 1 << 2    /* a declared person goes by it */
} KennisMark;

struct _KennisDataset
{
  GObject parent_instance;

  KennisCalendar *calendar;
  char *currency;
  KennisSuppression *suppression;
  KennisIntern *spaces[KENNIS_N_SPACES];
  KennisTable tables[KENNIS_N_RECORD_TYPES];
  KennisHashes *gone;    /* of ids of activities of batches before; NULL: of none */
  GByteArray *declared[KENNIS_SPACE_TOPIC + 1];   /* KennisMark by index in the spaces PERSON, TEAM, TOPIC */
  gboolean accept_seen;
  gboolean read_only;
  gboolean deferred;     /* references of reference records are checked by kennis_dataset_check() */
  GMutex lock;           /* of the indices that a snapshot makes when it is first asked */
};

/* For readers: the index of a text in a space, checked (UTF-8, no control characters, not too long).
 * The record that names it must still be appended.  KENNIS_INTERN_NONE and an error, else. */
guint32      kennis_dataset_intern        (KennisDataset *self, KennisSpace space, const char *text, gsize length,
                                           GError **error);
/* Appends one row of codes (n_fields of the type's schema) after all checks.  *added is false where the same record was
 * there already.  Nothing is changed where it fails. */
gboolean     kennis_dataset_append        (KennisDataset *self, KennisRecordType type, const gint64 *codes,
                                           gboolean *added, GError **error);
/* All checks of it, for a row without a key that is kept elsewhere (kennis-plain-private.h). */
gboolean     kennis_dataset_pass          (KennisDataset *self, KennisRecordType type, const gint64 *codes, GError **error);
/* May threads pass activities themselves, where kennis_dataset_check_row() finds nothing, and name their persons at the end? */
gboolean     kennis_dataset_passes_apart  (KennisDataset *self);
void         kennis_dataset_name          (KennisDataset *self, KennisSpace space, guint32 index);
/* The same for a row that passed all checks elsewhere: nothing is looked up but its key is indexed. */
void         kennis_dataset_append_checked (KennisDataset *self, KennisRecordType type, const gint64 *codes);
/* Is every person, team and topic that the row must know declared? */
gboolean     kennis_dataset_check_references (KennisDataset *self, KennisRecordType type, const gint64 *codes, GError **error);
/* While deferred, references from reference records may point forward; kennis_dataset_check() finds the dangling ones. */
void         kennis_dataset_set_deferred  (KennisDataset *self, gboolean deferred);
/* Of kennis_dataset_check(): are teams and topics trees?  For summaries, of which one may name what is in another. */
gboolean     kennis_dataset_check_trees   (KennisDataset *self, GError **error);
/* Takes out all rows of events (to summarise batch after batch in constant memory); what was interned stays, and so do the
 * ids: an id that a batch before had is merged, without a look whether the rest is equal; other keys are for each batch. */
void         kennis_dataset_clear_events  (KennisDataset *self);
/* After that: of the ids of activities only 64 bits of each are kept, for whoever has no index of one in hand. */
void         kennis_dataset_forget_ids   (KennisDataset *self);
KennisCalendar *kennis_dataset_get_calendar (KennisDataset *self);
const char  *kennis_dataset_text          (KennisDataset *self, KennisSpace space, gint64 code);   /* NULL: unknown */
gboolean     kennis_dataset_is_declared   (KennisDataset *self, KennisSpace space, gint64 code);

/* kennis-dataset-check.c: what one row may hold; names the record and what would be accepted. */
gboolean     kennis_dataset_check_row     (KennisDataset *self, KennisRecordType type, const gint64 *codes, GError **error);
void         kennis_dataset_ordinary_codes (const KennisSchema *schema, KennisOrdinary *out);
/* Text that names a row in messages: 'activity "a1"', 'moment of team "t1"'.  Free with g_free(). */
char        *kennis_dataset_describe_row  (KennisDataset *self, KennisRecordType type, const gint64 *codes);

/* kennis-table.c */
void         kennis_table_init            (KennisTable *self, const KennisSchema *schema);
void         kennis_table_clear           (KennisTable *self, const KennisSchema *schema);
void         kennis_table_snapshot        (const KennisTable *self, const KennisSchema *schema, KennisTable *copy);
/* The row with the same key, or −1 (also where the row has no key, as an activity without an id). */
gint64       kennis_table_find            (const KennisTable *self, const KennisSchema *schema, const gint64 *codes);
void         kennis_table_append          (KennisTable *self, const KennisSchema *schema, const gint64 *codes);
void         kennis_table_get_row         (const KennisTable *self, const KennisSchema *schema, gsize row, gint64 *codes);

/* Takes out the rows; ids are remembered as KENNIS_ROW_GONE. */
void         kennis_table_forget_rows     (KennisTable *self, const KennisSchema *schema);

/* kennis-record.c: records ↔ codes. */
gboolean      kennis_record_to_codes      (KennisRecord *record, KennisDataset *dataset, gint64 *codes, GError **error);
KennisRecord *kennis_record_from_codes    (KennisDataset *dataset, KennisRecordType type, const gint64 *codes);
