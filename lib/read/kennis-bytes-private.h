#pragma once

#include <gio/gio.h>

#include "read/kennis-fingerprint-private.h"

#define KENNIS_BYTES_CHUNK (256u * 1024)

/* What turns UTF-16 into UTF-8. */
typedef struct _KennisNarrowing KennisNarrowing;

/* The bytes of one source: read in chunks, fingerprinted as they are, and unpacked where they are gzip (one member or
 * several).  Used by one thread. */
typedef struct
{
  GInputStream     *stream;
  GConverter       *gunzip;     /* NULL: not compressed */
  guint64           size;       /* of the source in bytes; 0: not known */
  guint64           n_taken;    /* bytes taken from the stream */
  KennisFingerprint fingerprint;
  gboolean          apart;      /* whoever reads updates the fingerprint, with what is not of head */
  guint8           *chunk;      /* as read, KENNIS_BYTES_CHUNK */
  gsize             at, end;    /* what of chunk was not handed out */
  gboolean          at_end;     /* of the stream */
  gboolean          in_member;
  gboolean          is_quiet;   /* what is read now is not fingerprinted: it is read again */
  goffset           begin;      /* of the source in its stream; −1: it cannot be read again */
  guint8            head[256];  /* what was looked at and not handed out */
  gsize             n_head;
  KennisNarrowing  *narrowing;  /* NULL: bytes are handed out as they are */
  const char       *problem;    /* what is wrong with the compression; not translated yet */
} KennisBytes;

/* Takes the first chunk in, to know whether it is gzip. */
gboolean kennis_bytes_init  (KennisBytes *self, GInputStream *stream, guint64 size, GCancellable *cancellable, GError **error);
void     kennis_bytes_clear (KennisBytes *self);
/* Up to `room` (at most 256) of the first bytes, unpacked, without taking them; before the first read only. */
gssize   kennis_bytes_peek  (KennisBytes *self, guint8 *head, gsize room, GCancellable *cancellable, GError **error);
/* Before the first read: where the text is UTF-16, and in UTF-8 what one of these (up to a NULL) looks for, it is UTF-8 from here on, also for
 * the fingerprint; whether it is so, and in which order it was. */
typedef gboolean (*KennisSniff) (const guint8 *head, gsize length);
gboolean kennis_bytes_narrow (KennisBytes *self, const KennisSniff *sniffs, gboolean *is_big, GCancellable *cancellable, GError **error);
/* Up to `room` bytes; 0 at the end (self->problem is then set where the compressed data are damaged), −1 with an error. */
gssize   kennis_bytes_read  (KennisBytes *self, guint8 *buffer, gsize room, GCancellable *cancellable, GError **error);
/* Back to the first byte, as if nothing had been read.  For streams that can seek only. */
gboolean kennis_bytes_can_rewind (const KennisBytes *self);
gboolean kennis_bytes_rewind     (KennisBytes *self, GCancellable *cancellable, GError **error);
/* How much of the source is read, 0 to 1; negative where its size is not known. */
double   kennis_bytes_fraction (const KennisBytes *self);
/* The fingerprint of the source in hexadecimal digits; takes in what is left of a source with a known size.  NULL: could not. */
char    *kennis_bytes_finish (KennisBytes *self, GCancellable *cancellable);
