#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-ical-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

/* An occurrence becomes records, as a mapping says. */

void
kennis_ical_taker_init (KennisIcalTaker *self,
                        KennisReadJob   *job,
                        KennisIcalMap   *map)
{
  *self = (KennisIcalTaker) { .job = job, .map = map };
  self->roster = kennis_ical_roster_new (job->reader, job->dataset);
  self->present = g_array_new (FALSE, FALSE, sizeof (KennisIcalPresent));
  self->teams = g_hash_table_new (g_str_hash, g_str_equal);
  self->joined = g_string_new (NULL);
}

void
kennis_ical_taker_clear (KennisIcalTaker *self)
{
  g_clear_pointer (&self->roster, kennis_ical_roster_free);
  g_clear_pointer (&self->present, g_array_unref);
  g_clear_pointer (&self->teams, g_hash_table_unref);
  g_string_free (self->joined, TRUE);
  g_free (self->unknown);
}

/* ── An event ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
counts_as_present (const KennisIcalTaker *self, const char *answer)
{
  static const char *const usual[] = { "accepted", "none", "organizer", NULL };
  char *const *present = self->map->mapping->present;

  return g_strv_contains (present != NULL ? (const char *const *) present : usual, answer);
}

/* Does whoever called the meeting say in the list of those invited what the answer is? */
static gboolean
is_answered_below (const KennisIcalEvent *event, guint organizer, KennisIcalRoster *roster, const char *id)
{
  for (guint i = 0; i < event->people->len; i++)
    {
      const KennisIcalPerson *person = &g_array_index (event->people, KennisIcalPerson, i);

      if (i != organizer && !person->is_organizer && !g_str_equal (person->partstat, "none")
          && !g_str_equal (person->partstat, "needs-action")
          && g_str_equal (kennis_ical_roster_id (roster, person->id), id))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_there (const KennisIcalTaker *self, const char *id)
{
  for (guint i = 0; i < self->present->len; i++)
    if (g_str_equal (g_array_index (self->present, KennisIcalPresent, i).id, id))
      return TRUE;

  return FALSE;
}

static void
find_present (KennisIcalTaker *self)
{
  const KennisIcalEvent *event = self->event;
  KennisSuppression *suppression = self->job->dataset->suppression;

  g_array_set_size (self->present, 0);
  self->organizer = NULL;
  for (guint i = 0; i < event->people->len; i++)
    {
      const KennisIcalPerson *person = &g_array_index (event->people, KennisIcalPerson, i);
      KennisIcalPresent one = { kennis_ical_roster_id (self->roster, person->id), person->partstat, person->role,
                                FALSE };

      /* Who was forgotten is in no record, and the others' meeting stays. */
      if (suppression != NULL
          && (kennis_suppression_contains (suppression, one.id)
              || kennis_suppression_contains (suppression, person->id)))
        continue;
      if (person->is_organizer)
        self->organizer = one.id;
      if (!counts_as_present (self, person->partstat) || is_there (self, one.id)
          || (person->is_organizer && is_answered_below (event, i, self->roster, one.id)))
        continue;
      one.is_known = kennis_ical_roster_knows (self->roster, one.id);
      if (!one.is_known && !self->is_again && self->n_unknown++ == 0)
        {
          self->first_unknown = event->line;
          self->unknown = g_strdup (one.id);
        }
      g_array_append_val (self->present, one);
    }
}

static gboolean
fits (const GArray *patterns, const KennisIcalEvent *event)
{
  for (guint i = 0; i < patterns->len; i++)
    {
      const KennisIcalPattern *pattern = &g_array_index (patterns, KennisIcalPattern, i);

      if (pattern->in_summary && event->summary != NULL && g_regex_match (pattern->regex, event->summary, 0, NULL))
        return TRUE;
      for (guint c = 0; pattern->in_categories && c < event->categories->len; c++)
        if (g_regex_match (pattern->regex, event->categories->pdata[c], 0, NULL))
          return TRUE;
    }

  return FALSE;
}

static void
find_types (KennisIcalTaker *self)
{
  self->types = 0;
  self->type = NULL;
  for (guint i = 0; i < self->map->types->len; i++)
    if (fits (self->map->types->pdata[i], self->event))
      {
        self->types |= G_GUINT64_CONSTANT (1) << i;
        if (self->type == NULL)
          self->type = g_array_index (self->map->mapping->lists[KENNIS_MAP_TYPES], KennisMapIris, i).name;
      }
}

gboolean
kennis_ical_taker_begin (KennisIcalTaker       *self,
                         const KennisIcalEvent *event,
                         const char            *calendar)
{
  const KennisMapping *mapping = self->map->mapping;

  self->event = event;
  self->calendar = calendar;
  self->person = NULL;
  self->occurrence =
      (KennisIcalOccurrence) { kennis_ical_instant (&event->start), KENNIS_UNKNOWN, KENNIS_UNKNOWN, 0, NULL };
  self->session[0] = '\0';
  find_present (self);
  find_types (self);
  for (guint i = 0; i < mapping->keeps->len; i++)
    if (kennis_ical_taker_text (self, &g_array_index (mapping->keeps, KennisTemplate, i)) == NULL)
      return FALSE;
  for (guint i = 0; i < mapping->ignores->len; i++)
    if (kennis_ical_taker_text (self, &g_array_index (mapping->ignores, KennisTemplate, i)) != NULL)
      return FALSE;

  return TRUE;
}

/* ── Records ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* All that a list's template says: everybody, every category; or its one text. */
static void
add_members (KennisIcalTaker *self, const KennisTemplate *template, GPtrArray *members)
{
  const GArray *names =
      template->n_parts == 1 && template->parts[0].kind == KENNIS_PART_COLUMN && template->parts[0].regex == NULL
          ? g_array_index (self->map->names, GArray *, template->parts[0].index)
          : NULL;
  const char *text;

  if (names != NULL && names->len == 1)
    for (guint i = 0; (text = kennis_ical_taker_value (self, &g_array_index (names, KennisIcalName, 0), i)) != NULL;
         i++)
      g_ptr_array_add (members, g_strdup (text));
  else if ((text = kennis_ical_taker_text (self, template)) != NULL)
    g_ptr_array_add (members, g_strdup (text));
}

/* A word of the mapping's [words FIELD], or "*" for all others; else the text. */
static const char *
word_for (const KennisIcalTaker *self, const KennisField *field, const char *text)
{
  GHashTable *words = g_hash_table_lookup (self->map->mapping->words, field->name);
  g_autofree char *plain = words != NULL ? kennis_plain_name (text, -1) : NULL;
  const char *word = words != NULL ? g_hash_table_lookup (words, plain) : NULL;

  if (words != NULL && word == NULL)
    word = g_hash_table_lookup (words, "*");

  return word != NULL ? word : text;
}

static gboolean
field_code (KennisIcalTaker *self, const KennisField *field, const KennisMapField *map, gint64 *code,
            KennisTextProblem *problem)
{
  g_autoptr (GPtrArray) members = NULL;
  const char *text;

  if (field->kind == KENNIS_KIND_LIST || field->kind == KENNIS_KIND_PAIRS)
    {
      members = g_ptr_array_new_with_free_func (g_free);
      add_members (self, &map->template, members);
      return members->len == 0 || kennis_convert_list (self->job, field, members, code, problem);
    }
  text = kennis_ical_taker_text (self, &map->template);
  if (text == NULL)
    return TRUE;
  text = word_for (self, field, text);
  if (*text == '\0')
    return TRUE;

  return kennis_convert_text (self->job, field, text, strlen (text), code, problem);
}

static gboolean
make_codes (KennisIcalTaker *self, const KennisMapRecord *record, gint64 *codes, KennisTextProblem *problem)
{
  for (guint f = 0; f < record->schema->n_fields; f++)
    codes[f] = kennis_field_unknown (&record->schema->fields[f]);
  for (guint i = 0; i < record->fields->len; i++)
    {
      const KennisMapField *map = &g_array_index (record->fields, KennisMapField, i);
      const KennisField *field = &record->schema->fields[map->field];

      /* A second key for one field ("team.2=") is looked at where the first one says nothing. */
      if (codes[map->field] == kennis_field_unknown (field)
          && !field_code (self, field, map, &codes[map->field], problem))
        return FALSE;
    }

  return TRUE;
}

/* Nobody shares with, or talks to, oneself. */
static gboolean
is_with_oneself (const KennisMapRecord *record, const gint64 *codes)
{
  if (record->schema->type == KENNIS_RECORD_TYPE_SHARING)
    return codes[KENNIS_SHARING_GIVER] != KENNIS_UNKNOWN
           && codes[KENNIS_SHARING_GIVER] == codes[KENNIS_SHARING_RECEIVER];

  return record->schema->type == KENNIS_RECORD_TYPE_TALK && codes[KENNIS_TALK_PERSON] == codes[KENNIS_TALK_LEADER];
}

static gboolean
has_needs (const KennisMapRecord *record, const gint64 *codes)
{
  for (guint f = 0; f < record->schema->n_fields; f++)
    {
      const KennisField *field = &record->schema->fields[f];

      if (((record->needs & 1u << f) != 0 || (field->flags & KENNIS_FIELD_REQUIRED) != 0)
          && codes[f] == kennis_field_unknown (field))
        return FALSE;
    }

  return !is_with_oneself (record, codes);
}

static gboolean
take_record (KennisIcalTaker *self, const KennisMapRecord *record, KennisIcalTaken *taken, GError **error)
{
  KennisReader *reader = self->job->reader;
  KennisPlace place = { self->event->line, 1 };
  guint64 n_rejected = reader->n_rejected, n_ignored = reader->n_ignored;
  gint64 codes[KENNIS_MAX_FIELDS];
  g_auto (KennisTextProblem) problem = { 0 };

  if ((record->when.n_parts > 0 && kennis_ical_taker_text (self, &record->when) == NULL)
      || (record->unless.n_parts > 0 && kennis_ical_taker_text (self, &record->unless) != NULL))
    return TRUE;
  if (!make_codes (self, record, codes, &problem))
    {
      *taken |= KENNIS_ICAL_TAKEN_REJECTED;
      return kennis_read_job_reject (self->job, place, NULL, problem.code, problem.problem, problem.accepted, error);
    }
  if (!has_needs (record, codes))
    return TRUE;
  if (!kennis_read_job_append (self->job, record->schema->type, codes, place, error))
    {
      *taken |= KENNIS_ICAL_TAKEN_REJECTED;
      return FALSE;
    }
  if (reader->n_rejected > n_rejected)
    *taken |= KENNIS_ICAL_TAKEN_REJECTED;
  else if (reader->n_ignored == n_ignored)
    *taken |= KENNIS_ICAL_TAKEN_USED;

  return TRUE;
}

/* One for everybody present whom the sources know. */
static gboolean
take_each (KennisIcalTaker *self, const KennisMapRecord *record, KennisIcalTaken *taken, GError **error)
{
  for (guint i = 0; i < self->present->len; i++)
    {
      self->person = &g_array_index (self->present, KennisIcalPresent, i);
      if (!self->person->is_known)
        continue;
      if (g_cancellable_set_error_if_cancelled (self->job->cancellable, error)
          || !take_record (self, record, taken, error))
        return FALSE;
    }
  self->person = NULL;

  return TRUE;
}

/* An event has the UID's name, an occurrence of a series that and its time; the text that ties records together is short. */
static void
set_session (KennisIcalTaker *self, guint8 *id)
{
  const KennisIcalEvent *event = self->event;
  gboolean is_one_of_many = event->rules->len + event->dates->len > 0 || event->instance.is_known;
  g_autofree char *text = event->uid != NULL && !is_one_of_many
                              ? g_strdup (event->uid)
                              : g_strdup_printf ("%s\n%" G_GINT64_FORMAT,
                                                 event->uid != NULL       ? event->uid
                                                 : event->summary != NULL ? event->summary
                                                                          : "",
                                                 self->occurrence.name);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = 32;
  guint8 digest[32];

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (id, digest, 16);
  g_strlcpy (self->session, "meeting-", sizeof self->session);
  for (guint i = 0; i < 10; i++)
    g_snprintf (self->session + 8 + 2 * i, 3, "%02x", digest[i]);
}

gboolean
kennis_ical_taker_take (KennisIcalTaker            *self,
                        const KennisIcalOccurrence *occurrence,
                        KennisIcalTaken            *taken,
                        GError                    **error)
{
  guint8 id[16];

  *taken = KENNIS_ICAL_TAKEN_NOTHING;
  self->occurrence = *occurrence;
  self->person = NULL;
  set_session (self, id);
  if (!kennis_ical_is_new (self->job->dataset, id))
    return TRUE;
  for (guint r = 0; r < self->map->records->len; r++)
    {
      const KennisIcalMapRecord *record = &g_array_index (self->map->records, KennisIcalMapRecord, r);

      if ((record->types != 0 && (record->types & self->types) == 0) || (record->unless_types & self->types) != 0)
        continue;
      if (!(record->each_person ? take_each (self, record->record, taken, error)
                                : take_record (self, record->record, taken, error)))
        return FALSE;
    }

  return TRUE;
}
