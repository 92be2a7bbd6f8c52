#pragma once

#include "summary/kennis-tally-private.h"

/* Of each person with activities: what cannot be read from the cells.  It is kept by person, so that a person can be
 * taken out as if never there. */
typedef struct
{
  guint32 person;
  guint32 reserved;       /* 0 */
  gint64  n;              /* activities */
  gint64  first, last;    /* counting times */
  gint64  n_known[KENNIS_ACTIVITY_EXTERNAL + 1];
} KennisTotal;

#define KENNIS_N_ACTIVITY_FIELDS (KENNIS_ACTIVITY_EXTERNAL + 1)

struct _KennisSummary
{
  GObject parent_instance;

  KennisDataset *facts;
  KennisVector   sections[KENNIS_N_SECTIONS];
  KennisVector   totals;      /* of KennisTotal, by person */
  GPtrArray     *sources;     /* fingerprints, sorted */
  KennisSummaryView view;
};

/* A summary in the making: elements in any order, not yet added up, with indices of its own.  kennis_draft_finish()
 * brings it into the one canonical form, so that building, merging, forgetting and loading all end in the same bytes. */
typedef struct
{
  KennisCalendar *calendar;
  char         *currency;
  KennisIntern *spaces[KENNIS_N_SPACES];
  KennisDataset *origin;                   /* the dataset whose texts the spaces are, or NULL: texts of their own */
  gboolean      follows;                   /* there may be indices of texts that the origin got since */
  guint32      *maps[KENNIS_N_SPACES];     /* from the last dataset's indices; NULL: the same */
  KennisVector  sections[KENNIS_N_SECTIONS];
  KennisVector  blocks[KENNIS_N_SECTIONS];   /* of KennisVector: more of the section */
  KennisVector  totals;
  KennisVector  rows[KENNIS_N_RECORD_TYPES];
  GPtrArray    *sources;
  guint         n_threads;
} KennisDraft;

void     kennis_draft_init       (KennisDraft *self, KennisCalendar *calendar, const char *currency, guint n_threads);
void     kennis_draft_clear      (KennisDraft *self);
void     kennis_draft_clear_blocks (KennisDraft *self, KennisSection section);
/* Makes room for the dataset's texts and the map from their indices to those of the draft. */
gboolean kennis_draft_map        (KennisDraft *self, KennisDataset *dataset, GError **error);
/* Lets indices of the dataset stand for its texts from now on, those that it gets later too.  False where the draft has other texts. */
gboolean kennis_draft_follow    (KennisDraft *self, KennisDataset *dataset);
gboolean kennis_draft_add_rows   (KennisDraft *self, KennisDataset *dataset, KennisRecordType type, GError **error);
/* A summary's sections and facts. */
gboolean kennis_draft_add_summary (KennisDraft *self, KennisSummary *summary, GError **error);
gboolean kennis_draft_add_source (KennisDraft *self, const char *fingerprint, GError **error);
/* Leaves out a person; *found: whether anything named it. */
gboolean kennis_draft_forget     (KennisDraft *self, const char *person, gboolean *found, GError **error);
/* Gives the draft texts of its own, under the indices that they had, so that more can be added. */
gboolean kennis_draft_own_texts  (KennisDraft *self, GError **error);
KennisSummary *kennis_draft_finish (KennisDraft *self, GCancellable *cancellable, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KennisDraft, kennis_draft_clear)

static inline guint32
kennis_draft_index (const KennisDraft *self,
                    KennisSpace        space,
                    guint32            index)
{
  return self->maps[space] != NULL ? self->maps[space][index] : index;
}

/* Names the cell (for messages) where a sum does not fit; false. */
gboolean kennis_draft_refuse_overflow (KennisSection section, gconstpointer element, const KennisIntern *people,
                                       GError **error);

/* kennis-summary-view.c: what the view tells beside the arrays. */
void     kennis_summary_make_view (KennisSummary *self);

/* kennis-draft-facts.c */
/* The dataset of facts with the spaces (taken over) and the rows, which get sorted. */
KennisDataset *kennis_draft_make_facts (KennisDraft *self, KennisIntern **spaces, GError **error);

/* The space whose ids the members of a list field are; −1: none. */
static inline int
kennis_draft_list_space (KennisRecordType type,
                         guint            field)
{
  if (type == KENNIS_RECORD_TYPE_MOMENT && field == KENNIS_MOMENT_ATTENDEES)
    return KENNIS_SPACE_PERSON;
  if (type == KENNIS_RECORD_TYPE_PROGRAMME && field == KENNIS_PROGRAMME_TOPICS)
    return KENNIS_SPACE_TOPIC;

  return -1;
}

/* The section's key that is of a space, or −1. */
static inline int
kennis_key_space (guint8 kind)
{
  static const gint8 spaces[] = { KENNIS_SPACE_PERSON, KENNIS_SPACE_TOPIC, KENNIS_SPACE_SESSION, -1, -1 };

  return spaces[kind];
}
