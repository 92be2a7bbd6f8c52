#include "config.h"

#include "base/kennis-wide-private.h"
#include "read/kennis-csv-private.h"
#include "read/kennis-utf-16-private.h"

#include <string.h>

/* What Windows-1252 has from 0x80 to 0x9f; 0: nothing. */
static const guint16 windows_1252[32] = {
  0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
  0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static const struct
{
  const char    *name;
  KennisEncoding encoding;
} names[] = {
  { "utf8", KENNIS_ENCODING_UTF_8 },
  { "utf16le", KENNIS_ENCODING_UTF_16LE },
  { "utf16", KENNIS_ENCODING_UTF_16LE },
  { "utf16be", KENNIS_ENCODING_UTF_16BE },
  { "windows1252", KENNIS_ENCODING_WINDOWS_1252 },
  { "cp1252", KENNIS_ENCODING_WINDOWS_1252 },
  { "latin1", KENNIS_ENCODING_WINDOWS_1252 },
  { "iso88591", KENNIS_ENCODING_WINDOWS_1252 },
};

const char *
kennis_encoding_name (KennisEncoding encoding)
{
  switch (encoding)
    {
    case KENNIS_ENCODING_UTF_8:
      return "UTF-8";
    case KENNIS_ENCODING_UTF_16LE:
      return "UTF-16LE";
    case KENNIS_ENCODING_UTF_16BE:
      return "UTF-16BE";
    case KENNIS_ENCODING_WINDOWS_1252:
      return "Windows-1252";
    case KENNIS_ENCODING_UNKNOWN:
    default:
      return "ASCII";
    }
}

KennisEncoding
kennis_encoding_parse (const char *name)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (plain, g_ascii_tolower (*c));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, plain->str))
      return names[i].encoding;

  return KENNIS_ENCODING_UNKNOWN;
}

void
kennis_csv_text_init (KennisCsvText  *self,
                      KennisBytes    *bytes,
                      KennisEncoding  declared,
                      GCancellable   *cancellable)
{
  memset (self, 0, sizeof *self);
  self->bytes = bytes;
  self->cancellable = cancellable;
  self->encoding = declared;
  self->is_declared = declared != KENNIS_ENCODING_UNKNOWN;
  self->raw = g_malloc (KENNIS_CSV_CHUNK);
  /* A byte of Windows-1252 becomes three of UTF-8 at most. */
  self->text = g_malloc (3 * KENNIS_CSV_CHUNK);
}

void
kennis_csv_text_clear (KennisCsvText *self)
{
  g_clear_pointer (&self->raw, g_free);
  g_clear_pointer (&self->text, g_free);
}

static void
skip_bom (KennisCsvText *self, guint length, KennisEncoding encoding)
{
  memmove (self->raw, self->raw + length, self->n_raw - length);
  self->n_raw -= length;
  self->encoding = encoding;
  self->has_bom = TRUE;
}

/* A mark at the beginning says more than anybody. */
static void
look_at_beginning (KennisCsvText *self)
{
  const guint8 *raw = self->raw;
  gboolean is_big;

  if (self->n_raw >= 3 && memcmp (raw, "\xef\xbb\xbf", 3) == 0)
    skip_bom (self, 3, KENNIS_ENCODING_UTF_8);
  else if (self->n_raw >= 2 && memcmp (raw, "\xff\xfe", 2) == 0)
    skip_bom (self, 2, KENNIS_ENCODING_UTF_16LE);
  else if (self->n_raw >= 2 && memcmp (raw, "\xfe\xff", 2) == 0)
    skip_bom (self, 2, KENNIS_ENCODING_UTF_16BE);
  else if (self->encoding == KENNIS_ENCODING_UNKNOWN && kennis_utf_16_sniff (raw, self->n_raw, &is_big))
    self->encoding = is_big ? KENNIS_ENCODING_UTF_16BE : KENNIS_ENCODING_UTF_16LE;
}

typedef guint64 Wide __attribute__ ((vector_size (32)));

/* The first byte that is no ASCII; length: there is none. */
KENNIS_WIDE static gsize
find_beyond_ascii (const guint8 *raw, gsize length)
{
  gsize i = 0;

  for (; i + 16 * sizeof (Wide) <= length; i += 16 * sizeof (Wide))
    {
      Wide any = { 0 }, next;

#pragma GCC unroll 16
      for (gsize k = 0; k < 16; k++)
        {
          memcpy (&next, raw + i + k * sizeof next, sizeof next);
          any |= next;
        }
      if (((any[0] | any[1] | any[2] | any[3]) & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
    }
  while (i < length && raw[i] < 0x80)
    i++;

  return i;
}

/* The first byte that is no ASCII decides, with what is known of what follows.  Where it stands at the end, and may be the beginning of a
 * character of UTF-8, nothing is decided yet, and *length becomes that of what stands before it. */
static KennisEncoding
decide (const guint8 *raw, gsize *length, gboolean at_end)
{
  gsize i = find_beyond_ascii (raw, *length);
  const char *bad, *end = (const char *) raw + *length;

  if (i == *length)
    return KENNIS_ENCODING_UNKNOWN;
  if (g_utf8_validate_len ((const char *) raw + i, *length - i, &bad))
    return KENNIS_ENCODING_UTF_8;
  if (at_end || end - bad >= 4 || g_utf8_get_char_validated (bad, end - bad) != (gunichar) -2)
    return KENNIS_ENCODING_WINDOWS_1252;

  /* A character that the chunk cuts in two is no fault. */
  if (bad > (const char *) raw + i)
    return KENNIS_ENCODING_UTF_8;
  *length = i;

  return KENNIS_ENCODING_UNKNOWN;
}

static gsize
decode_windows (KennisCsvText *self)
{
  for (gsize i = 0; i < self->n_raw; i++)
    {
      guint8 c = self->raw[i];

      if (c < 0x80)
        self->text[self->end++] = (char) c;
      else if (c < 0xa0)
        self->end +=
            kennis_utf_8_put (self->text + self->end, windows_1252[c - 0x80] != 0 ? windows_1252[c - 0x80] : 0xd800);
      else
        self->end += kennis_utf_8_put (self->text + self->end, c);
    }

  return self->n_raw;
}

static gsize
decode (KennisCsvText *self)
{
  switch (self->encoding)
    {
    case KENNIS_ENCODING_UTF_16LE:
    case KENNIS_ENCODING_UTF_16BE:
      return kennis_utf_16_decode (self->raw, self->n_raw, self->encoding == KENNIS_ENCODING_UTF_16BE, self->at_end,
                                   self->text, &self->end);
    case KENNIS_ENCODING_WINDOWS_1252:
      return decode_windows (self);
    case KENNIS_ENCODING_UTF_8:
    case KENNIS_ENCODING_UNKNOWN:
    default:
      memcpy (self->text, self->raw, self->n_raw);
      self->end = self->n_raw;
      return self->n_raw;
    }
}

/* As much as there is, up to a chunk. */
static gboolean
read_chunk (KennisCsvText *self, guint8 *out, gsize *n, GError **error)
{
  while (!self->at_end && *n < KENNIS_CSV_CHUNK)
    {
      gssize got = kennis_bytes_read (self->bytes, out + *n, KENNIS_CSV_CHUNK - *n, self->cancellable, error);

      if (got < 0)
        return FALSE;
      self->at_end = got == 0;
      *n += (gsize) got;
    }

  return TRUE;
}

/* Of what is in self->raw, without the last n_left bytes, which stay there. */
static int
decode_chunk (KennisCsvText *self, gsize n_left)
{
  gsize used;

  self->n_raw -= n_left;
  used = decode (self);
  self->n_raw += n_left;
  memmove (self->raw, self->raw + used, self->n_raw - used);
  self->n_raw -= used;

  return self->end > 0 ? 1 : 0;
}

int
kennis_csv_text_fill (KennisCsvText *self,
                      GError       **error)
{
  gboolean is_first = self->bytes != NULL && self->end == 0 && !self->at_end && self->n_raw == 0;
  gsize n;

  self->at = self->end = 0;
  if (!read_chunk (self, self->raw, &self->n_raw, error))
    return -1;
  if (is_first)
    look_at_beginning (self);
  n = self->n_raw;
  if (self->encoding == KENNIS_ENCODING_UNKNOWN)
    self->encoding = decide (self->raw, &n, self->at_end);

  return decode_chunk (self, self->n_raw - n);
}

static gboolean
is_as_wanted (KennisEncoding encoding)
{
  return encoding == KENNIS_ENCODING_UNKNOWN || encoding == KENNIS_ENCODING_UTF_8;
}

int
kennis_csv_text_read (KennisCsvText *self,
                      char          *out,
                      gsize          room,
                      gsize         *length,
                      GError       **error)
{
  gsize n;

  *length = 0;
  if (self->at == self->end && is_as_wanted (self->encoding) && self->n_raw == 0 && !self->at_end)
    {
      if (!read_chunk (self, (guint8 *) out, length, error))
        return -1;
      n = *length;
      if (self->encoding == KENNIS_ENCODING_UNKNOWN)
        self->encoding = decide ((const guint8 *) out, &n, self->at_end);
      if (is_as_wanted (self->encoding))
        {
          self->n_raw = *length - n;
          memcpy (self->raw, out + n, self->n_raw);
          *length = n;
          return n > 0 ? 1 : 0;
        }

      /* The first characters that are none of UTF-8. */
      memcpy (self->raw, out, *length);
      self->n_raw = *length;
      self->at = self->end = 0;
      decode_chunk (self, 0);
    }
  else if (self->at == self->end)
    {
      int filled = kennis_csv_text_fill (self, error);

      if (filled <= 0)
        return filled;
    }
  *length = MIN (self->end - self->at, room);
  memcpy (out, self->text + self->at, *length);
  self->at += *length;

  return *length > 0 ? 1 : 0;
}
