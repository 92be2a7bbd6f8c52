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
  if (n < 0 || all->len != entry->n_unpacked)
    return *problem = N_("the zip archive is damaged"), NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}
