#pragma once

#include <gio/gio.h>

/* One file of a zip archive that is held in memory; stored or deflated, without encryption, parts or zip64. */
typedef struct
{
  gsize   at;          /* of its data in the archive */
  gsize   n_packed;
  guint64 n_unpacked;  /* as the archive says */
  guint32 checksum;    /* likewise: CRC-32 of what is unpacked */
  guint   method;      /* 0: stored, 8: deflated */
} KennisZipEntry;

gboolean      kennis_zip_sniff (const guint8 *head, gsize length);
/* The first file whose name ends so.  False with a problem (not translated yet), which is NULL where there is no such file. */
gboolean      kennis_zip_find  (GBytes *archive, const char *suffix, KennisZipEntry *entry, const char **problem);
/* Are all of its bytes there, and those that were packed?  False with a problem, or with an error where it was cancelled. */
gboolean      kennis_zip_check (GBytes *archive, const KennisZipEntry *entry, GCancellable *cancellable, const char **problem,
                                GError **error);
/* Its bytes, unpacked as they are read. */
GInputStream *kennis_zip_open  (GBytes *archive, const KennisZipEntry *entry);
/* All of its bytes; NULL where they are more than `most` or damaged. */
GBytes       *kennis_zip_load  (GBytes *archive, const KennisZipEntry *entry, gsize most, const char **problem);
