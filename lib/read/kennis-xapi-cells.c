#include "config.h"

#include "read/kennis-xapi-quick-private.h"

#include <string.h>

/* What varies in statements of one shape, whichever way it was found.  FALSE means no more than that the long way must tell. */

#define IS(word, wanted) ((word).length == sizeof (wanted) - 1 && memcmp ((word).text, wanted, sizeof (wanted) - 1) == 0)

/* "12" and "-0.125": short ones, that nobody reads in another way. */
static gboolean
is_plain_number (KennisXapiText word)
{
  gsize i = word.text[0] == '-', from = i;

  while (i < word.length && g_ascii_isdigit (word.text[i]))
    i++;
  if (i == from || i - from > 15 || (word.text[from] == '0' && i - from > 1))
    return FALSE;
  if (i == word.length)
    return TRUE;
  from = i + 1;

  return word.text[i] == '.' && from < word.length && word.length - from <= 15
         && strspn (word.text + from, "0123456789") == word.length - from;
}

static gboolean
is_value (KennisXapiText raw)
{
  return raw.length > 0
         && (raw.text[0] == '"' || is_plain_number (raw) || IS (raw, "true") || IS (raw, "false") || IS (raw, "null"));
}

static gboolean
read_extension (KennisXapiQuick      *quick,
                const KennisXapiCell *cell,
                KennisXapiText        raw)
{
  KennisXapiExtension *extension;

  if (quick->n_extensions[cell->which] == KENNIS_XAPI_MAX_EXTENSIONS || !is_value (raw))
    return FALSE;
  extension = &quick->extensions[cell->which][quick->n_extensions[cell->which]++];
  *extension = (KennisXapiExtension) { .iri = cell->iri };
  if (raw.text[0] == '"')
    extension->value = (KennisXapiText) { raw.text + 1, raw.length - 2 };
  else
    extension->is_number = raw.text[0] == '-' || g_ascii_isdigit (raw.text[0]);

  return TRUE;
}

gboolean
kennis_xapi_cell_read (KennisXapiWorker     *self,
                       KennisXapiQuick      *quick,
                       const KennisXapiCell *cell,
                       KennisXapiText        text)
{
  KennisXapiStatement *statement = &self->statement;
  guint8 uuid[16];

  switch ((KennisXapiCellKind) cell->kind)
    {
    case KENNIS_XAPI_CELL_ID:
      quick->id = text;
      return kennis_xapi_uuid (text.text, text.length, statement->id);
    case KENNIS_XAPI_CELL_REGISTRATION:
      quick->registration = text;
      return kennis_xapi_uuid (text.text, text.length, uuid);
    case KENNIS_XAPI_CELL_TIMESTAMP:
      return kennis_xapi_time (text.text, text.length, self->calendar, &quick->timestamp);
    case KENNIS_XAPI_CELL_STORED:
      return kennis_xapi_time (text.text, text.length, self->calendar, &quick->stored);
    case KENNIS_XAPI_CELL_DATABASE_TIME:
      quick->database_time = text;
      return TRUE;
    case KENNIS_XAPI_CELL_DURATION:
      statement->duration_state =
          kennis_xapi_duration (text.text, text.length, statement->year_days, &statement->duration);
      return statement->duration_state != KENNIS_XAPI_DURATION_BAD;
    case KENNIS_XAPI_CELL_PLATFORM:
      quick->platform = text;
      return TRUE;
    case KENNIS_XAPI_CELL_TEXT:
      return TRUE;
    case KENNIS_XAPI_CELL_VALUE:
      return is_value (text);
    case KENNIS_XAPI_CELL_EXTENSION:
      return read_extension (quick, cell, text);
    case KENNIS_XAPI_CELL_PART:
    case KENNIS_XAPI_CELL_END:
    default:
      return FALSE;
    }
}

void
kennis_xapi_quick_begin (KennisXapiWorker *self,
                         KennisXapiQuick  *quick)
{
  quick->seen = (KennisXapiSeen) { 0 };
  memset (quick->known, 0, sizeof quick->known);
  quick->database_time = quick->registration = quick->platform = quick->id = (KennisXapiText) { NULL, 0 };
  quick->n_extensions[0] = quick->n_extensions[1] = quick->n_unknown = quick->n_cells = 0;
  quick->refused = FALSE;
  self->statement.duration = KENNIS_UNKNOWN;
  self->statement.duration_state = KENNIS_XAPI_DURATION_SOUND;
}

/* The time of the event, as kennis-xapi-check.c finds it. */
static gboolean
find_time (KennisXapiWorker      *self,
           const KennisXapiQuick *quick)
{
  gint64 *time = &self->statement.time;

  *time = KENNIS_UNKNOWN;
  if (KENNIS_XAPI_HAS_BIT (quick->seen.own, KENNIS_XAPI_TIMESTAMP))
    *time = quick->timestamp;
  else if (quick->database_time.text != NULL)
    return kennis_xapi_time (quick->database_time.text, quick->database_time.length, self->calendar, time);
  else if (KENNIS_XAPI_HAS_BIT (quick->seen.own, KENNIS_XAPI_STORED))
    *time = quick->stored;

  return TRUE;
}

gboolean
kennis_xapi_quick_finish (KennisXapiWorker      *self,
                          const KennisXapiQuick *quick)
{
  KennisXapiStatement *statement = &self->statement;

  if (!find_time (self, quick))
    return FALSE;
  statement->actor_kind = KENNIS_XAPI_AGENT_KIND;
  statement->object_kind = KENNIS_XAPI_ACTIVITY_KIND;
  statement->is_voiding = FALSE;

  return TRUE;
}
