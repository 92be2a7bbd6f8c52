#include "config.h"

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "summary/kennis-summary-bytes-private.h"

/* Where in the bytes the reading is. */
typedef struct
{
  const guint8 *data;
  gsize length;
  gsize at, end;             /* of the section */
  const char *section;       /* NULL: the header */
  KennisDraft *draft;
  KennisDataset *texts;
  GError **error;
} Source;

static gboolean
damaged (Source     *self,
         const char *problem)
{
  if (self->section == NULL)
    g_set_error (self->error, KENNIS_ERROR, KENNIS_ERROR_DAMAGED,
                 _("The summary's bytes are damaged: header, byte %zu: %s; accepted is what "
                   "kennis_summary_to_bytes() wrote"),
                 self->at, problem);
  else
    g_set_error (self->error, KENNIS_ERROR, KENNIS_ERROR_DAMAGED,
                 _("The summary's bytes are damaged: section “%s”, byte %zu: %s; accepted is what "
                   "kennis_summary_to_bytes() wrote"),
                 self->section, self->at, problem);

  return FALSE;
}

static gboolean
take (Source   *self,
      gpointer  out,
      gsize     n)
{
  if (self->end - self->at < n)
    return damaged (self, _("it ends too early"));
  memcpy (out, self->data + self->at, n);
  self->at += n;

  return TRUE;
}

static gboolean
take_u32 (Source  *self,
          guint32 *value)
{
  if (!take (self, value, sizeof *value))
    return FALSE;
  *value = GUINT32_FROM_LE (*value);

  return TRUE;
}

static gboolean
take_u64 (Source  *self,
          guint64 *value)
{
  if (!take (self, value, sizeof *value))
    return FALSE;
  *value = GUINT64_FROM_LE (*value);

  return TRUE;
}

static gboolean
take_text (Source      *self,
           const char **text,
           guint32     *length)
{
  if (!take_u32 (self, length))
    return FALSE;
  if (self->end - self->at < *length)
    return damaged (self, _("a text ends too early"));
  *text = (const char *) self->data + self->at;
  self->at += *length;

  return TRUE;
}

/* Every row has a byte at least in the first column: no more memory is asked for than the bytes there justify. */
static gboolean
take_n_rows (Source *self,
             gsize  *n)
{
  guint64 rows = 0;

  if (!take_u64 (self, &rows))
    return FALSE;
  if (rows > self->end - self->at)
    return damaged (self, _("there are more rows than bytes"));
  *n = rows;

  return TRUE;
}

static gboolean
take_column (Source   *self,
             gint64   *values,
             gsize     n,
             gboolean  is_first)
{
  guint64 base = 0;
  guint8 width = 0, has_unknown = 0;

  if (!take_u64 (self, &base) || !take (self, &width, 1) || !take (self, &has_unknown, 1))
    return FALSE;
  if (width > 8 || has_unknown > 1 || (is_first && width == 0))
    return damaged (self, _("a column is none"));
  if (width > 0 && (self->end - self->at) / width < n)
    return damaged (self, _("a column ends too early"));

  for (gsize i = 0; i < n; i++)
    {
      guint64 packed = 0;

      memcpy (&packed, self->data + self->at + i * width, width);
      packed = GUINT64_FROM_LE (packed);
      values[i] = has_unknown && packed == 0 ? KENNIS_UNKNOWN : (gint64) (base + packed - has_unknown);
    }
  self->at += n * width;

  return TRUE;
}

/* One key as it is in an element; false where it cannot be one. */
static gboolean
key_of (const Source *self,
        guint8        kind,
        gint64        value,
        guint32      *key)
{
  int space = kennis_key_space (kind);

  *key = (guint32) value;
  if (kind == KENNIS_KEY_SIGNED)
    return value >= G_MININT32 && value <= G_MAXINT32;
  if (kind == KENNIS_KEY_TOPIC && value == KENNIS_UNKNOWN)
    {
      *key = KENNIS_INTERN_NONE;
      return TRUE;
    }

  return value >= 0 && value < (space < 0 ? G_MAXUINT32 : kennis_intern_size (self->texts->spaces[space]));
}

static gboolean
read_section (Source        *self,
              KennisSection  section)
{
  const KennisShape *shape = kennis_shape_get (section);
  g_autofree gint64 *values = NULL;
  gsize n = 0;

  if (!take_n_rows (self, &n))
    return FALSE;
  values = g_new (gint64, MAX (n, 1));
  guint8 *elements = kennis_vector_add (&self->draft->sections[section], shape->size, n);

  for (guint k = 0; k < shape->n_keys; k++)
    {
      if (!take_column (self, values, n, k == 0))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        if (!key_of (self, shape->kinds[k], values[i], (guint32 *) (elements + i * shape->size) + k))
          return damaged (self, _("a number is out of range"));
    }
  for (guint s = 0; s < shape->n_sums; s++)
    {
      if (!take_column (self, values, n, FALSE))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        ((gint64 *) (elements + i * shape->size + shape->n_keys * sizeof (guint32)))[s] = values[i];
    }

  for (gsize i = 0; i < n; i++)
    {
      const char *problem = kennis_summary_check_element (section, elements + i * shape->size);

      if (problem != NULL)
        return damaged (self, problem);
    }

  return TRUE;
}

static gboolean
read_totals (Source *self)
{
  g_autofree gint64 *values = NULL;
  gsize n = 0;

  if (!take_n_rows (self, &n))
    return FALSE;
  values = g_new (gint64, MAX (n, 1));
  KennisTotal *totals = kennis_vector_add (&self->draft->totals, sizeof *totals, n);

  for (guint c = 0; c < KENNIS_TOTAL_COLUMNS; c++)
    {
      if (!take_column (self, values, n, c == 0))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        if (c == 0)
          {
            totals[i] = (KennisTotal) { 0 };
            if (!key_of (self, KENNIS_KEY_PERSON, values[i], &totals[i].person))
              return damaged (self, _("an index is out of range"));
          }
        else
          *(c == 1   ? &totals[i].n
            : c == 2 ? &totals[i].first
            : c == 3 ? &totals[i].last
                     : &totals[i].n_known[c - 4]) = values[i];
    }

  for (gsize i = 0; i < n; i++)
    {
      const char *problem = kennis_summary_check_total (&totals[i]);

      if (problem != NULL)
        return damaged (self, problem);
    }

  return TRUE;
}

static gboolean
read_facts (Source           *self,
            KennisRecordType  type)
{
  const KennisSchema *schema = kennis_schema_get (type);
  g_autofree gint64 *values = NULL;
  gsize n = 0;

  if (!take_n_rows (self, &n))
    return FALSE;
  values = g_new (gint64, MAX (n, 1));
  gint64 *rows = kennis_vector_add (&self->draft->rows[type], schema->n_fields * sizeof *rows, n);

  for (guint f = 0; f < schema->n_fields; f++)
    {
      if (!take_column (self, values, n, f == 0))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        rows[i * schema->n_fields + f] = values[i];
    }
  for (gsize i = 0; i < n; i++)
    {
      const char *problem = kennis_summary_check_codes (self->texts, type, rows + i * schema->n_fields);

      if (problem != NULL)
        return damaged (self, problem);
    }

  return TRUE;
}

static gboolean
read_meta (Source *self)
{
  const char *zone = NULL, *currency = NULL;
  guint32 zone_length = 0, currency_length = 0;
  g_autoptr (GError) problem = NULL;

  if (!take_text (self, &zone, &zone_length) || !take_text (self, &currency, &currency_length))
    return FALSE;
  if (memchr (zone, 0, zone_length) != NULL || memchr (currency, 0, currency_length) != NULL)
    return damaged (self, _("a text has a NUL"));

  g_autofree char *time_zone = g_strndup (zone, zone_length), *code = g_strndup (currency, currency_length);
  self->texts = kennis_dataset_new (time_zone, code, &problem);
  if (self->texts == NULL)
    return damaged (self, problem->message);
  kennis_draft_init (self->draft, self->texts->calendar, code, 1);

  return TRUE;
}

static gboolean
read_sources (Source *self)
{
  guint32 n = 0, length = 0;
  const char *text = NULL;

  if (!take_u32 (self, &n))
    return FALSE;
  for (guint32 i = 0; i < n; i++)
    {
      if (!take_text (self, &text, &length))
        return FALSE;

      g_autofree char *fingerprint = g_strndup (text, length);
      /* Sorted, so that a look at the last one tells whether it is there twice. */
      if (strlen (fingerprint) != length || length == 0 || length > KENNIS_MAX_TEXT
          || !g_utf8_validate (fingerprint, length, NULL)
          || (i > 0 && strcmp (self->draft->sources->pdata[i - 1], fingerprint) >= 0))
        return damaged (self, _("a source is not valid, or not in order"));
      g_ptr_array_add (self->draft->sources, g_steal_pointer (&fingerprint));
    }

  return TRUE;
}

static gboolean
read_texts (Source *self)
{
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    {
      guint32 n = 0, length = 0;
      const char *text = NULL;

      if (!take_u32 (self, &n))
        return FALSE;
      for (guint32 i = 0; i < n; i++)
        {
          if (!take_text (self, &text, &length))
            return FALSE;
          if (kennis_dataset_intern (self->texts, s, text, length, NULL) != i)
            return damaged (self, _("a text is not valid, or there twice"));
        }
    }

  return kennis_draft_map (self->draft, self->texts, self->error);
}

static gboolean
read_part (Source *self,
           guint   part)
{
  switch (part)
    {
    case KENNIS_PART_META:
      return read_meta (self);
    case KENNIS_PART_SOURCES:
      return read_sources (self);
    case KENNIS_PART_TEXTS:
      return read_texts (self);
    case KENNIS_PART_TOTALS:
      return read_totals (self);
    default:
      return part < KENNIS_PART_FACTS ? read_section (self, part - KENNIS_PART_SECTIONS)
                                      : read_facts (self, part - KENNIS_PART_FACTS);
    }
}

/* The header as a whole, before anything in it is believed. */
static gboolean
read_header (Source  *self,
             guint32 *n_parts)
{
  char magic[8];
  guint32 version = 0;
  guint64 crc;

  if (!take (self, magic, sizeof magic))
    return FALSE;
  if (memcmp (magic, KENNIS_SUMMARY_MAGIC, sizeof magic) != 0)
    {
      self->at = 0;
      return damaged (self, _("these are not the bytes of a summary"));
    }
  if (!take_u32 (self, &version) || !take_u32 (self, n_parts))
    return FALSE;

  gsize header = KENNIS_SUMMARY_HEADER + (gsize) *n_parts * KENNIS_SECTION_ENTRY;
  if (header + sizeof crc > self->length)
    return damaged (self, _("it ends too early"));
  memcpy (&crc, self->data + header, sizeof crc);
  if (GUINT64_FROM_LE (crc) != kennis_summary_crc (self->data, header))
    return damaged (self, _("the checksum differs"));
  if (version != KENNIS_SUMMARY_VERSION)
    {
      g_set_error (self->error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE,
                   _("The summary was written in version %u of the format; accepted is version %d"), version,
                   KENNIS_SUMMARY_VERSION);
      return FALSE;
    }

  return TRUE;
}

static gboolean
unknown_section (Source     *self,
                 const char *name,
                 guint32     version)
{
  g_autofree char *shown = g_utf8_make_valid (name, strnlen (name, KENNIS_SECTION_NAME));

  g_set_error (
      self->error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE,
      _("The summary has a section “%s” of version %u, which this version of Kennis does not know; accepted are the "
        "sections of its own version"),
      shown, version);

  return FALSE;
}

/* One entry of the header and its section. */
static gboolean
read_entry (Source *self,
            gsize   entry,
            guint   part,
            gsize  *offset)
{
  const char *name = (const char *) self->data + entry, *wanted = kennis_summary_part_name (part);
  char padded[KENNIS_SECTION_NAME] = { 0 };
  guint32 version = 0, zero = 0;
  guint64 numbers[3] = { 0 };

  self->at = entry + KENNIS_SECTION_NAME;
  self->end = self->length;
  self->section = NULL;
  if (!take_u32 (self, &version) || !take_u32 (self, &zero) || !take_u64 (self, &numbers[0])
      || !take_u64 (self, &numbers[1]) || !take_u64 (self, &numbers[2]))
    return FALSE;
  memcpy (padded, wanted, strlen (wanted));
  if (memcmp (padded, name, sizeof padded) != 0 || version != KENNIS_SECTION_VERSION)
    return unknown_section (self, name, version);
  if (zero != 0 || numbers[0] != *offset || numbers[1] > self->length - *offset)
    return damaged (self, _("a section is not where it should be"));

  self->section = wanted;
  self->at = *offset;
  self->end = *offset += numbers[1];
  if (numbers[2] != kennis_summary_crc (self->data + self->at, self->end - self->at))
    return damaged (self, _("the checksum differs"));
  if (!read_part (self, part))
    return FALSE;

  return self->at == self->end || damaged (self, _("there is more than belongs here"));
}

static gboolean
read_all (Source *self)
{
  guint32 n_parts = 0, n = 0;
  const char *problem;

  self->end = self->length;
  if (!read_header (self, &n_parts))
    return FALSE;

  gsize offset = KENNIS_SUMMARY_HEADER + (gsize) n_parts * KENNIS_SECTION_ENTRY + 8;
  for (guint part = 0; part < KENNIS_N_PARTS; part++)
    {
      if (kennis_summary_part_name (part) == NULL)
        continue;
      if (n == n_parts)
        return damaged (self, _("a section is missing"));
      if (!read_entry (self, KENNIS_SUMMARY_HEADER + (gsize) n++ * KENNIS_SECTION_ENTRY, part, &offset))
        return FALSE;
    }
  if (n < n_parts)
    return unknown_section (self, (const char *) self->data + KENNIS_SUMMARY_HEADER + (gsize) n * KENNIS_SECTION_ENTRY,
                            0);
  if (offset != self->length)
    return damaged (self, _("there is more than belongs here"));

  self->section = kennis_summary_part_name (KENNIS_PART_TOTALS);
  problem = kennis_summary_check_sums (self->draft);

  return problem == NULL || damaged (self, problem);
}

/* Everything must be as it would be written: in order, each once, nothing that no section names. */
static gboolean
check_canonical (Source        *self,
                 KennisSummary *summary)
{
  g_autoptr (GBytes) again = kennis_summary_to_bytes (summary);
  gsize length;
  const guint8 *data = g_bytes_get_data (again, &length);

  if (length == self->length && memcmp (data, self->data, length) == 0)
    return TRUE;

  self->section = NULL;
  for (self->at = 0; self->at < MIN (length, self->length) && data[self->at] == self->data[self->at];)
    self->at++;

  return damaged (self, _("this is not how a summary is written"));
}

/**
 * kennis_summary_new_from_bytes:
 * @bytes: what [method@Summary.to_bytes] gave
 * @error: return location for an error
 *
 * Reads a summary.
 *
 * Any bytes may be given: those that no summary has are refused with %KENNIS_ERROR_DAMAGED, which says in what section
 * and where; those of a newer version, with %KENNIS_ERROR_INCOMPATIBLE.  What is accepted is written again byte for
 * byte.
 *
 * Time: O(summary).  Memory: at most some hundred times the bytes, whatever they are.
 *
 * Returns: (transfer full): a new summary
 *
 * Since: 1.0
 */
KennisSummary *
kennis_summary_new_from_bytes (GBytes  *bytes,
                               GError **error)
{
  g_auto (KennisDraft) draft = { 0 };
  g_autoptr (KennisDataset) texts = NULL;
  g_autoptr (KennisSummary) summary = NULL;
  g_autoptr (GError) problem = NULL;
  Source source = { .draft = &draft, .error = error };
  gboolean ok;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  source.data = g_bytes_get_data (bytes, &source.length);
  ok = read_all (&source);
  texts = source.texts;
  if (!ok)
    return NULL;

  summary = kennis_draft_finish (&draft, NULL, &problem);
  if (summary == NULL)
    {
      damaged (&source, problem->message);
      return NULL;
    }
  if (!check_canonical (&source, summary))
    return NULL;

  return g_steal_pointer (&summary);
}
