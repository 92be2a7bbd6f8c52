#pragma once

#include "read/kennis-xapi-quick-private.h"

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
  guint64           n_lenient, first_lenient, n_no_length, first_no_length, n_too_late, first_too_late;
} KennisXapiRead;

/* kennis-xapi-attempts.c: takes the codes of a record into its attempt. */
void     kennis_xapi_join          (KennisXapiRead *self, const KennisXapiMapRecord *record, guint64 key, gint64 *codes,
                                    guint64 line);
/* Has it one?  Else it is a record of its own. */
gboolean kennis_xapi_is_joined     (guint64 key, const gint64 *codes);
/* At the end of the source: appends their records. */
gboolean kennis_xapi_give_attempts (KennisXapiRead *self, GError **error);
