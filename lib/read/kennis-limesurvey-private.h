#pragma once

#include "read/kennis-reader-private.h"

/* A LimeSurvey survey as its .lss tells it: what can be answered, in the order of the survey. */
#define KENNIS_LIMESURVEY_MAX_BYTES (16u * 1024 * 1024)  /* of an .lss */
#define KENNIS_LIMESURVEY_MAX_ZIP   (64u * 1024 * 1024)  /* of an .lsa */
#define KENNIS_LIMESURVEY_MAX_ITEMS 10000u

typedef struct
{
  char      *code;
  guint      scale;          /* of a question with two of them */
  gint64     order;
  int        score;          /* what the code says, else its place from 1 */
  GPtrArray *text;           /* pairs of language and text without markup */
} KennisLimesurveyAnswer;

typedef struct
{
  char      *id, *title;
  guint      scale;
  gint64     order;
  char       type;
  GPtrArray *text;
  GPtrArray *answers;        /* KennisLimesurveyAnswer, in order */
  GPtrArray *parts;          /* KennisLimesurveyQuestion: its subquestions, in order */
  char      *parent;         /* id of the group or of the question that it is a part of */
} KennisLimesurveyQuestion;

typedef struct
{
  char      *id;
  gint64     order;
  GPtrArray *text;
  GPtrArray *questions;      /* not owned, in order */
} KennisLimesurveyGroup;

typedef struct
{
  char      *id;             /* as heads of columns have it: Q1, Q1[SQ001] */
  char      *field;          /* as an .lsr has it: 841748X3X3SQ001 */
  const KennisLimesurveyGroup *group;
  const KennisLimesurveyQuestion *question, *part;  /* part NULL: of the question itself */
  guint      scale;          /* of the answers */
  int        low, high;      /* low = high: no range is known */
  gboolean   has_order;      /* scores are places of the answers, since their codes are no numbers */
} KennisLimesurveyItem;

typedef struct
{
  char       *survey;
  GPtrArray  *title;
  GPtrArray  *groups;        /* KennisLimesurveyGroup, in order */
  GPtrArray  *items;         /* KennisLimesurveyItem, in order */
  GHashTable *by_field;      /* field → item */
  GHashTable *group_by_id, *question_by_id, *answer_by_id;
} KennisLimesurvey;

/* From an .lss, or an .lsa that holds one.  Items are under KENNIS_LIMESURVEY_MAX_ITEMS. */
KennisLimesurvey *kennis_limesurvey_new  (GBytes *bytes, const char *name, GError **error);
void              kennis_limesurvey_free (KennisLimesurvey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisLimesurvey, kennis_limesurvey_free)

/* kennis-limesurvey-items.c: what can be answered, once all questions are known. */
gboolean          kennis_limesurvey_make_items (KennisLimesurvey *self);
/* The answers of the item's scale, in order; free with g_ptr_array_unref(). */
GPtrArray        *kennis_limesurvey_answers    (const KennisLimesurveyItem *item);
/* What an answer's code means; NULL: just what it says.  Free with g_free(). */
char             *kennis_limesurvey_translate  (const KennisLimesurveyItem *item, const char *code);

/* kennis-limesurvey-rows.c: the responses of an .lsr as a table with heads of columns, each row on a line of its own.  NULL with
 * a problem (not translated yet) where it is none, or with an error; later on *problem is set where the document is malformed.
 * design may be NULL. */
GInputStream     *kennis_limesurvey_rows_new   (KennisBytes *bytes, const KennisLimesurvey *design, const char **problem,
                                               GError **error);

/* kennis-limesurvey-read.c */
gboolean          kennis_limesurvey_sniff (const guint8 *head, gsize length);
gboolean          kennis_limesurvey_read  (KennisReadJob *job, GError **error);

/* kennis-limesurvey-look.c: shows the responses of an .lsr or .lsa as a table; false with an error, as where it has none. */
typedef gboolean (*KennisLimesurveyLook) (KennisBytes *table, gpointer data, GError **error);
gboolean          kennis_limesurvey_look  (KennisBytes *bytes, KennisLimesurveyLook callback, gpointer data, GCancellable *cancellable,
                                           GError **error);
