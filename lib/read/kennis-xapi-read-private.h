#pragma once

#include "read/kennis-xapi-quick-private.h"

/* What follows from record, verb and type. */
#define KENNIS_XAPI_FOLLOWS 32u
typedef struct
{
  guint32  key, rest;
  gint64   status;
  gboolean is_known;
} KennisXapiFollows;

/* One source of statements that is being read, between kennis-xapi-read.c and kennis-xapi-attempts.c. */
typedef struct
{
  KennisReadJob    *job;
  KennisXapiMap    *map;
  KennisXapiKeys    keys;
  KennisCalendar   *calendar;
  KennisXapiMemory *memory;
  KennisXapiVoided *voided;
  GPtrArray        *members;
  gboolean          has_more;      /* a page names a next one */
  gboolean          is_bold;       /* nobody looked for voiding statements: nothing is final before the end */
  gboolean          turns_back;    /* something would be final, or was voided: it is read again from the beginning */
  guint64           line;          /* of the block's first one, from 1 */
  guint64           n_lenient, first_lenient, n_no_length, first_no_length, n_too_late, first_too_late, n_unread, first_unread;
  KennisXapiFollows follows[KENNIS_XAPI_FOLLOWS];
} KennisXapiRead;

/* What one record says of its attempt. */
typedef struct
{
  gint64 person, topic, start, ended, duration, status;
} KennisXapiTold;

/* kennis-xapi-attempts.c: takes a record into its attempt, whose `rest` is to be set where it is new. */
KennisXapiAttempt *kennis_xapi_join (KennisXapiRead *self, const KennisXapiMapRecord *record, guint64 key,
                                     const KennisXapiTold *told, guint64 line, gboolean *is_new);
/* The number of what else the codes of a record say; they are changed. */
guint32  kennis_xapi_rest_of       (KennisXapiRead *self, gint64 *codes);
/* Has it one?  Else it is a record of its own. */
gboolean kennis_xapi_is_joined     (guint64 key, const gint64 *codes);
/* At the end of the source: appends their records. */
gboolean kennis_xapi_give_attempts (KennisXapiRead *self, GError **error);
/* kennis-xapi-read.c: the same text is the same code, whenever it comes. */
gboolean kennis_xapi_coded_code    (KennisXapiRead *self, const KennisField *field, KennisXapiCoded *coded, gint64 *code,
                                    KennisTextProblem *problem);
/* kennis-xapi-brief.c: what take_records() does. */
gboolean kennis_xapi_take_brief    (KennisXapiRead *self, const KennisXapiBrief *brief, KennisPlace place, GError **error);
