#include "config.h"

#include "read/kennis-zip-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Only the directory at the end says where files are (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16); every number in it is
 * taken for a lie until it fits into the archive. */
#define LOCAL_SIZE     30u
#define CENTRAL_SIZE   46u
#define END_SIZE       22u
#define MAX_COMMENT    65535u
#define MAX_ENTRIES    4096u
#define FLAG_ENCRYPTED 1u

static guint
get_16 (const guint8 *data)
{
  return data[0] | (guint) data[1] << 8;
}

static guint32
get_32 (const guint8 *data)
{
  return get_16 (data) | (guint32) get_16 (data + 2) << 16;
}

gboolean
kennis_zip_sniff (const guint8 *head, gsize length)
{
  return length >= 4 && memcmp (head, "PK\3\4", 4) == 0;
}

/* Where the directory's end stands; G_MAXSIZE: nowhere. */
static gsize
find_end (const guint8 *data, gsize size)
{
  gsize lowest = size > END_SIZE + MAX_COMMENT ? size - END_SIZE - MAX_COMMENT : 0;

  if (size < END_SIZE)
    return G_MAXSIZE;
  for (gsize at = size - END_SIZE + 1; at-- > lowest;)
    if (memcmp (data + at, "PK\5\6", 4) == 0 && get_16 (data + at + 20) <= size - END_SIZE - at)
      return at;

  return G_MAXSIZE;
}

static gboolean
take_entry (const guint8 *data, gsize size, const guint8 *central, KennisZipEntry *entry, const char **problem)
{
  gsize local = get_32 (central + 42), begin;

  entry->method = get_16 (central + 10);
  entry->checksum = get_32 (central + 16);
  entry->n_packed = get_32 (central + 20);
  entry->n_unpacked = get_32 (central + 24);
  if ((get_16 (central + 8) & FLAG_ENCRYPTED) != 0 || (entry->method != 0 && entry->method != 8))
    return *problem = N_("the zip archive is encrypted or packed in an unknown way"), FALSE;
  *problem = N_("the zip archive is damaged");
  if (local > size || size - local < LOCAL_SIZE || !kennis_zip_sniff (data + local, LOCAL_SIZE))
    return FALSE;
  begin = local + LOCAL_SIZE + get_16 (data + local + 26) + get_16 (data + local + 28);
  if (begin > size || entry->n_packed > size - begin || (entry->method == 0 && entry->n_packed != entry->n_unpacked))
    return FALSE;
  entry->at = begin;
  *problem = NULL;

  return TRUE;
}

gboolean
kennis_zip_find (GBytes *archive, const char *suffix, KennisZipEntry *entry, const char **problem)
{
  gsize size, at, end, n_suffix = strlen (suffix);
  const guint8 *data = g_bytes_get_data (archive, &size);
  guint n_entries;

  *problem = N_("the zip archive is damaged");
  end = find_end (data, size);
  if (end == G_MAXSIZE)
    return FALSE;
  n_entries = get_16 (data + end + 10);
  at = get_32 (data + end + 16);
  if (n_entries > MAX_ENTRIES)
    return *problem = N_("the zip archive holds over 4096 files"), FALSE;
  for (guint i = 0; i < n_entries; i++)
    {
      const guint8 *central = data + at;
      gsize n_name;

      if (at > end || end - at < CENTRAL_SIZE || memcmp (central, "PK\1\2", 4) != 0)
        return FALSE;
      n_name = get_16 (central + 28);
      if (n_name > end - at - CENTRAL_SIZE)
        return FALSE;
      if (n_name >= n_suffix && memcmp (central + CENTRAL_SIZE + n_name - n_suffix, suffix, n_suffix) == 0)
        return take_entry (data, size, central, entry, problem);
      at += CENTRAL_SIZE + n_name + get_16 (central + 30) + get_16 (central + 32);
    }
  *problem = NULL;

  return FALSE;
}

/* CRC-32 as zip archives have it (APPNOTE 6.3.10, section 4.4.7), four bits at a time; begins and ends with all bits turned. */
static guint32
checksum (guint32 sum, const guint8 *data, gsize length)
{
  static const guint32 table[16] = { 0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
                                     0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                     0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c };

  for (gsize i = 0; i < length; i++)
    {
      sum = table[(sum ^ data[i]) & 0xf] ^ sum >> 4;
      sum = table[(sum ^ data[i] >> 4) & 0xf] ^ sum >> 4;
    }

  return sum;
}

gboolean
kennis_zip_check (GBytes *archive, const KennisZipEntry *entry, GCancellable *cancellable, const char **problem,
                  GError **error)
{
  g_autoptr (GInputStream) stream = kennis_zip_open (archive, entry);
  guint32 sum = G_MAXUINT32;
  guint64 n_all = 0;
  guint8 chunk[16384];
  gssize n;

  *problem = NULL;
  while (n_all <= entry->n_unpacked && (n = g_input_stream_read (stream, chunk, sizeof chunk, cancellable, NULL)) > 0)
    {
      sum = checksum (sum, chunk, (gsize) n);
      n_all += (guint64) n;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (n_all != entry->n_unpacked || ~sum != entry->checksum)
    return *problem = N_("the zip archive is damaged"), FALSE;

  return TRUE;
}

GInputStream *
kennis_zip_open (GBytes *archive, const KennisZipEntry *entry)
{
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (archive, entry->at, entry->n_packed);
  g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_bytes (part);
  g_autoptr (GZlibDecompressor) inflate = NULL;

  if (entry->method == 0)
    return g_steal_pointer (&packed);
  inflate = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);

  return g_converter_input_stream_new (packed, G_CONVERTER (inflate));
}

GBytes *
kennis_zip_load (GBytes *archive, const KennisZipEntry *entry, gsize most, const char **problem)
{
  g_autoptr (GInputStream) stream = kennis_zip_open (archive, entry);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 chunk[16384];
  gssize n;

  while ((n = g_input_stream_read (stream, chunk, sizeof chunk, NULL, NULL)) > 0)
    {
      if ((gsize) n > most - all->len)
        return *problem = N_("a file in the zip archive is too large"), NULL;
      g_byte_array_append (all, chunk, (guint) n);
    }
  if (n < 0 || all->len != entry->n_unpacked || ~checksum (G_MAXUINT32, all->data, all->len) != entry->checksum)
    return *problem = N_("the zip archive is damaged"), NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}
