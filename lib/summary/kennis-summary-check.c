#include "config.h"

#include "base/kennis-i18n-private.h"
#include "summary/kennis-summary-bytes-private.h"

/* Days of 1899-12-31 to 2200-01-01: an event is from 1900 to 2199, in any time zone. */
#define FIRST_DAY   (-25568)
#define LAST_DAY    84006
#define FIRST_MONTH (12 * (1899 - 1970) + 11)
#define LAST_MONTH  (12 * (2200 - 1970))

static const char *
check_kinds (KennisCodes codes)
{
  if (KENNIS_CODES_FORM (codes) > KENNIS_FORM_REFLECTION || KENNIS_CODES_SETTING (codes) > KENNIS_SETTING_TEAM
      || KENNIS_CODES_APPROACH (codes) > KENNIS_APPROACH_CLASSROOM
      || KENNIS_CODES_STATUS (codes) > KENNIS_STATUS_ABANDONED || KENNIS_CODES_EXTERNAL (codes) > KENNIS_ANSWER_YES
      || codes >> 18 != 0)
    return _("a code is none");

  return NULL;
}

static const char *
check_cell (const KennisCell *cell)
{
  if (cell->month < FIRST_MONTH || cell->month > LAST_MONTH)
    return _("a month is out of range");
  if (cell->n < 0 || cell->n_timed < 0 || cell->n_costed < 0 || cell->n_evaluated < 0 || cell->n_timed > cell->n
      || cell->n_costed > cell->n || cell->n_evaluated > cell->n)
    return _("a count is out of range");
  if (cell->duration < 0 || (cell->n == 0 && cell->duration == 0))
    return _("a duration is out of range");
  if (cell->cost < 0 || (cell->n_costed == 0 && cell->cost > 0))
    return _("a cost is out of range");

  return check_kinds (cell->codes);
}

static const char *
check_spell (const KennisSpell *spell)
{
  KennisSetting setting = KENNIS_CODES_SETTING (spell->codes);
  KennisStatus status = KENNIS_CODES_STATUS (spell->codes);

  if (spell->day < FIRST_DAY || spell->day > LAST_DAY)
    return _("a day is out of range");
  if (spell->since_start < -1 || spell->since_start > LAST_DAY - FIRST_DAY || spell->until_applied < -1
      || spell->until_applied > LAST_DAY - FIRST_DAY)
    return _("a number of days is out of range");
  if (spell->n < 1)
    return _("a count is out of range");
  if (spell->codes != KENNIS_CODES (0, setting, 0, KENNIS_CODES_INITIATIVE (spell->codes), status, 0)
      || status < KENNIS_STATUS_ENROLLED || status > KENNIS_STATUS_ABANDONED
      || (setting != KENNIS_SETTING_UNKNOWN && setting != KENNIS_SETTING_DETACHED && setting != KENNIS_SETTING_TEAM))
    return _("a code is none");

  return NULL;
}

static const char *
check_request (const KennisRequest *request)
{
  if (request->day < FIRST_DAY || request->day > LAST_DAY)
    return _("a day is out of range");
  if (request->until_decided < -1 || request->until_decided > LAST_DAY - FIRST_DAY)
    return _("a number of days is out of range");
  if (request->n < 1)
    return _("a count is out of range");

  return (guint) request->status > KENNIS_STATUS_ABANDONED ? _("a code is none") : NULL;
}

const char *
kennis_summary_check_element (KennisSection section,
                              gconstpointer element)
{
  switch (section)
    {
    case KENNIS_SECTION_CELLS:
      return check_cell (element);
    case KENNIS_SECTION_COMPLETIONS:
      return check_spell (element);
    case KENNIS_SECTION_REQUESTS:
      return check_request (element);
    case KENNIS_SECTION_ATTENDED:
    case KENNIS_N_SECTIONS:
      break;
    }

  return NULL;
}

const char *
kennis_summary_check_total (const KennisTotal *total)
{
  gint64 from = FIRST_DAY * KENNIS_MS_PER_DAY, until = (LAST_DAY + 1) * KENNIS_MS_PER_DAY;

  if (total->n < 1 || total->n_known[KENNIS_ACTIVITY_PERSON] != total->n)
    return _("a count is out of range");
  for (guint f = 0; f < KENNIS_N_ACTIVITY_FIELDS; f++)
    if (total->n_known[f] < 0 || total->n_known[f] > total->n)
      return _("a count is out of range");
  if (total->first < from || total->last >= until || total->first > total->last)
    return _("a time is out of range");

  return NULL;
}

/* A set as a dataset holds it: members in order, each once, none empty. */
static gboolean
is_set (const char *list)
{
  g_auto (GStrv) members = g_strsplit (list, "\n", -1);

  for (guint i = 0; members[i] != NULL; i++)
    if (*members[i] == '\0' || (i > 0 && strcmp (members[i - 1], members[i]) >= 0))
      return FALSE;

  return TRUE;
}

const char *
kennis_summary_check_codes (KennisDataset    *texts,
                            KennisRecordType  type,
                            const gint64     *codes)
{
  const KennisSchema *schema = kennis_schema_get (type);

  for (guint f = 0; f < schema->n_fields; f++)
    {
      const KennisField *field = &schema->fields[f];
      gint64 code = codes[f];

      if (field->kind == KENNIS_KIND_ENUM
          && (code < 0 || code > G_MAXINT || kennis_field_enum_nick (field, code) == NULL))
        return _("a code is none");
      if (field->kind == KENNIS_KIND_ANSWER && (code < KENNIS_ANSWER_UNKNOWN || code > KENNIS_ANSWER_YES))
        return _("an answer is none");
      if (field->kind > KENNIS_KIND_PAIRS || code == KENNIS_UNKNOWN)
        continue;
      if (code < 0 || code >= kennis_intern_size (texts->spaces[field->space]))
        return _("an index is out of range");
      const char *text = kennis_dataset_text (texts, field->space, code);
      if (field->kind == KENNIS_KIND_TEXT ? strchr (text, '\n') != NULL : !is_set (text))
        return field->kind == KENNIS_KIND_TEXT ? _("a text has several lines") : _("a list is not in order");
    }

  return kennis_dataset_check_row (texts, type, codes, NULL) ? NULL : _("a record is not valid");
}

const char *
kennis_summary_check_sums (const KennisDraft *draft)
{
  const KennisTotal *totals = draft->totals.data;
  const KennisCell *cells = draft->sections[KENNIS_SECTION_CELLS].data;
  gsize n_people = kennis_intern_size (draft->spaces[KENNIS_SPACE_PERSON]);
  g_autofree gint64 *counted = g_new0 (gint64, MAX (n_people, 1));
  gint64 all = 0;

  for (gsize i = 0; i < draft->sections[KENNIS_SECTION_CELLS].n; i++)
    if (__builtin_add_overflow (counted[cells[i].person], cells[i].n, &counted[cells[i].person]))
      return _("counts do not fit");
  for (gsize i = 0; i < draft->totals.n; i++)
    {
      if (__builtin_add_overflow (all, totals[i].n, &all))
        return _("counts do not fit");
      if (counted[totals[i].person] != totals[i].n)
        return _("counts do not agree");
      counted[totals[i].person] = 0;
    }
  for (gsize i = 0; i < n_people; i++)
    if (counted[i] != 0)
      return _("counts do not agree");

  return NULL;
}
