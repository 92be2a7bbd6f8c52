#include "config.h"

#include "summary/kennis-summary-bytes-private.h"

const char *
kennis_summary_part_name (guint part)
{
  static const char *const names[] = { "meta", "sources", "texts", "totals" };

  if (part < KENNIS_PART_SECTIONS)
    return names[part];
  if (part < KENNIS_PART_FACTS)
    return kennis_shape_get (part - KENNIS_PART_SECTIONS)->name;

  return part - KENNIS_PART_FACTS == KENNIS_RECORD_TYPE_ACTIVITY ? NULL
                                                                 : kennis_schema_get (part - KENNIS_PART_FACTS)->group;
}

/* CRC-64 of ECMA-182, reflected, as xz has it; eight bytes at a time. */
static void
make_crc_tables (guint64 (*tables)[256])
{
  for (guint i = 0; i < 256; i++)
    {
      guint64 crc = i;

      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? G_GUINT64_CONSTANT (0xc96c5795d7870f42) : 0);
      tables[0][i] = crc;
    }
  for (guint t = 1; t < 8; t++)
    for (guint i = 0; i < 256; i++)
      tables[t][i] = (tables[t - 1][i] >> 8) ^ tables[0][tables[t - 1][i] & 255];
}

guint64
kennis_summary_crc (const guint8 *data,
                    gsize         length)
{
  guint64 tables[8][256], crc = ~G_GUINT64_CONSTANT (0);

  make_crc_tables (tables);
  for (; length >= 8; data += 8, length -= 8)
    {
      guint64 word;

      memcpy (&word, data, sizeof word);
      crc ^= GUINT64_FROM_LE (word);
      crc = tables[7][crc & 255] ^ tables[6][(crc >> 8) & 255] ^ tables[5][(crc >> 16) & 255]
            ^ tables[4][(crc >> 24) & 255] ^ tables[3][(crc >> 32) & 255] ^ tables[2][(crc >> 40) & 255]
            ^ tables[1][(crc >> 48) & 255] ^ tables[0][crc >> 56];
    }
  for (; length > 0; data++, length--)
    crc = (crc >> 8) ^ tables[0][(crc ^ *data) & 255];

  return ~crc;
}

static void
put (KennisVector  *out,
     gconstpointer  data,
     gsize          length)
{
  if (length > 0)
    memcpy (kennis_vector_add (out, 1, length), data, length);
}

static void
put_u32 (KennisVector *out,
         guint32       value)
{
  value = GUINT32_TO_LE (value);
  put (out, &value, sizeof value);
}

static void
put_u64 (KennisVector *out,
         guint64       value)
{
  value = GUINT64_TO_LE (value);
  put (out, &value, sizeof value);
}

static void
put_text (KennisVector *out,
          const char   *text,
          gsize         length)
{
  put_u32 (out, length);
  put (out, text, length);
}

static void
put_column (KennisVector *out,
            const gint64 *values,
            gsize         n,
            gboolean      is_first)
{
  gint64 least = G_MAXINT64, most = G_MININT64;
  guint8 has_unknown = FALSE, width = 0;

  for (gsize i = 0; i < n; i++)
    if (values[i] == KENNIS_UNKNOWN)
      has_unknown = TRUE;
    else
      {
        least = MIN (least, values[i]);
        most = MAX (most, values[i]);
      }
  if (least > most)
    least = most = 0;

  /* Unknown is the least gint64, so there is always room for one more. */
  for (guint64 range = (guint64) most - (guint64) least + has_unknown; range > 0; range >>= 8)
    width++;
  width = MAX (width, is_first ? 1 : 0);
  put_u64 (out, least);
  put (out, &width, 1);
  put (out, &has_unknown, 1);

  guint8 *to = kennis_vector_add (out, 1, n * width);
  for (gsize i = 0; i < n; i++, to += width)
    {
      guint64 packed = values[i] == KENNIS_UNKNOWN ? 0 : (guint64) values[i] - (guint64) least + has_unknown;

      packed = GUINT64_TO_LE (packed);
      memcpy (to, &packed, width);
    }
}

static void
put_section (KennisVector       *out,
             const KennisShape  *shape,
             const KennisVector *elements)
{
  g_autofree gint64 *values = g_new (gint64, MAX (elements->n, 1));

  put_u64 (out, elements->n);
  for (guint k = 0; k < shape->n_keys; k++)
    {
      for (gsize i = 0; i < elements->n; i++)
        {
          guint32 key = ((const guint32 *) ((const guint8 *) elements->data + i * shape->size))[k];

          values[i] = shape->kinds[k] == KENNIS_KEY_SIGNED                               ? (gint32) key
                      : shape->kinds[k] == KENNIS_KEY_TOPIC && key == KENNIS_INTERN_NONE ? KENNIS_UNKNOWN
                                                                                         : key;
        }
      put_column (out, values, elements->n, k == 0);
    }
  for (guint s = 0; s < shape->n_sums; s++)
    {
      for (gsize i = 0; i < elements->n; i++)
        {
          const guint8 *element = (const guint8 *) elements->data + i * shape->size;

          values[i] = ((const gint64 *) (element + shape->n_keys * sizeof (guint32)))[s];
        }
      put_column (out, values, elements->n, FALSE);
    }
}

static void
put_totals (KennisVector       *out,
            const KennisVector *totals)
{
  g_autofree gint64 *values = g_new (gint64, MAX (totals->n, 1));

  put_u64 (out, totals->n);
  for (guint c = 0; c < KENNIS_TOTAL_COLUMNS; c++)
    {
      for (gsize i = 0; i < totals->n; i++)
        {
          const KennisTotal *total = (const KennisTotal *) totals->data + i;

          values[i] = c == 0   ? total->person
                      : c == 1 ? total->n
                      : c == 2 ? total->first
                      : c == 3 ? total->last
                               : total->n_known[c - 4];
        }
      put_column (out, values, totals->n, c == 0);
    }
}

static void
put_facts (KennisVector      *out,
           KennisDataset     *facts,
           KennisRecordType   type)
{
  const KennisSchema *schema = kennis_schema_get (type);
  const KennisTable *table = &facts->tables[type];
  g_autofree gint64 *values = g_new (gint64, MAX (table->n_rows, 1));

  put_u64 (out, table->n_rows);
  for (guint f = 0; f < schema->n_fields; f++)
    {
      if (table->n_rows > 0)
        kennis_column_read (&table->columns[f], 0, table->n_rows, values);
      put_column (out, values, table->n_rows, f == 0);
    }
}

static void
put_texts (KennisVector  *out,
           KennisDataset *facts)
{
  for (guint s = 0; s < KENNIS_N_SPACES; s++)
    {
      guint32 n = kennis_intern_size (facts->spaces[s]);

      put_u32 (out, n);
      for (guint32 i = 0; i < n; i++)
        {
          gsize length;
          const char *text = kennis_intern_get (facts->spaces[s], i, &length);

          put_text (out, text, length);
        }
    }
}

static void
put_part (KennisVector  *out,
          KennisSummary *self,
          guint          part)
{
  const char *zone = kennis_summary_get_time_zone (self), *currency = kennis_summary_get_currency (self);

  switch (part)
    {
    case KENNIS_PART_META:
      put_text (out, zone, strlen (zone));
      put_text (out, currency, strlen (currency));
      break;
    case KENNIS_PART_SOURCES:
      put_u32 (out, self->sources->len);
      for (guint i = 0; i < self->sources->len; i++)
        put_text (out, self->sources->pdata[i], strlen (self->sources->pdata[i]));
      break;
    case KENNIS_PART_TEXTS:
      put_texts (out, self->facts);
      break;
    case KENNIS_PART_TOTALS:
      put_totals (out, &self->totals);
      break;
    default:
      if (part < KENNIS_PART_FACTS)
        put_section (out, kennis_shape_get (part - KENNIS_PART_SECTIONS), &self->sections[part - KENNIS_PART_SECTIONS]);
      else
        put_facts (out, self->facts, part - KENNIS_PART_FACTS);
    }
}

/**
 * kennis_summary_to_bytes:
 * @self: a summary
 *
 * Writes the summary as bytes, to keep it or to merge it elsewhere.
 *
 * Equal summaries give equal bytes: it lists its texts sorted by bytes, its numbers sorted and little-endian.  The bytes
 * carry a version and a checksum of every section.
 *
 * They hold the ids of people and what they did: keep them as safe as the records.
 *
 * Time and memory: O(summary).
 *
 * Returns: (transfer full): the bytes
 *
 * Since: 1.0
 */
GBytes *
kennis_summary_to_bytes (KennisSummary *self)
{
  KennisVector out = { 0 };
  guint n_parts = KENNIS_N_PARTS - 1; /* there is none of activities */
  gsize entry = KENNIS_SUMMARY_HEADER, header = entry + n_parts * KENNIS_SECTION_ENTRY;

  g_return_val_if_fail (kennis_summary_is_made (self), NULL);

  put (&out, KENNIS_SUMMARY_MAGIC, 8);
  put_u32 (&out, KENNIS_SUMMARY_VERSION);
  put_u32 (&out, n_parts);
  memset (kennis_vector_add (&out, 1, header + 8 - out.n), 0, header + 8 - KENNIS_SUMMARY_HEADER);

  for (guint part = 0; part < KENNIS_N_PARTS; part++)
    {
      const char *name = kennis_summary_part_name (part);
      gsize offset = out.n;

      if (name == NULL)
        continue;
      put_part (&out, self, part);

      guint8 *data = out.data;
      guint32 version = GUINT32_TO_LE (KENNIS_SECTION_VERSION);
      guint64 numbers[] = { GUINT64_TO_LE (offset), GUINT64_TO_LE (out.n - offset),
                            GUINT64_TO_LE (kennis_summary_crc (data + offset, out.n - offset)) };
      memcpy (data + entry, name, strlen (name));
      memcpy (data + entry + KENNIS_SECTION_NAME, &version, sizeof version);
      memcpy (data + entry + KENNIS_SECTION_NAME + 8, numbers, sizeof numbers);
      entry += KENNIS_SECTION_ENTRY;
    }

  guint64 crc = GUINT64_TO_LE (kennis_summary_crc (out.data, header));
  memcpy ((guint8 *) out.data + header, &crc, sizeof crc);

  return g_bytes_new_take (out.data, out.n);
}
