#include "config.h"

#include "read/kennis-bytes-private.h"
#include "read/kennis-utf-16-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reads on until the chunk holds something or the stream is at its end. */
static gboolean
take_chunk (KennisBytes   *self,
            GCancellable  *cancellable,
            GError       **error)
{
  gssize n;

  if (self->at > 0)
    memmove (self->chunk, self->chunk + self->at, self->end - self->at);
  self->end -= self->at;
  self->at = 0;
  if (self->at_end || self->end == KENNIS_BYTES_CHUNK)
    return TRUE;

  n = g_input_stream_read (self->stream, self->chunk + self->end, KENNIS_BYTES_CHUNK - self->end, cancellable, error);
  if (n < 0)
    return FALSE;
  self->n_taken += (gsize) n;
  self->end += (gsize) n;
  self->at_end = n == 0;

  return TRUE;
}

static gboolean
is_gzip (const KennisBytes *self)
{
  return self->end - self->at >= 2 && self->chunk[self->at] == 0x1f && self->chunk[self->at + 1] == 0x8b;
}

gboolean
kennis_bytes_init (KennisBytes   *self,
                   GInputStream  *stream,
                   guint64        size,
                   GCancellable  *cancellable,
                   GError       **error)
{
  memset (self, 0, sizeof *self);
  self->stream = g_object_ref (stream);
  self->size = size;
  self->chunk = g_malloc (KENNIS_BYTES_CHUNK);
  self->begin =
      G_IS_SEEKABLE (stream) && g_seekable_can_seek (G_SEEKABLE (stream)) ? g_seekable_tell (G_SEEKABLE (stream)) : -1;
  kennis_fingerprint_init (&self->fingerprint);

  /* A pipe may give its first byte alone. */
  while (self->end < 2 && !self->at_end)
    if (!take_chunk (self, cancellable, error))
      return FALSE;
  if (is_gzip (self))
    self->gunzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));

  return TRUE;
}

void
kennis_bytes_clear (KennisBytes *self)
{
  g_clear_object (&self->stream);
  g_clear_object (&self->gunzip);
  g_clear_pointer (&self->chunk, g_free);
  g_clear_pointer (&self->narrowing, g_free);
  kennis_fingerprint_clear (&self->fingerprint);
}

/* Between two members: another one, the end, or zeros that fill the last block of a tape. */
static gboolean
begin_member (KennisBytes   *self,
              GCancellable  *cancellable,
              GError       **error)
{
  while (!self->at_end && self->end - self->at < 2)
    if (!take_chunk (self, cancellable, error))
      return FALSE;

  if (is_gzip (self))
    {
      g_converter_reset (self->gunzip);
      self->in_member = TRUE;
      return TRUE;
    }
  while (self->at < self->end && self->chunk[self->at] == 0)
    self->at++;
  if (self->at < self->end)
    self->problem = N_("there is something else behind the compressed data");

  return TRUE;
}

/* One step; *n is 0 where more of the source is needed first. */
static gboolean
unpack (KennisBytes  *self,
        guint8       *buffer,
        gsize         room,
        gsize        *n)
{
  g_autoptr (GError) error = NULL;
  gsize n_in = 0;
  GConverterResult result =
      g_converter_convert (self->gunzip, self->chunk + self->at, self->end - self->at, buffer, room,
                           self->at_end ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &n_in, n, &error);

  if (result == G_CONVERTER_ERROR)
    {
      *n = 0;
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        self->problem = N_("the compressed data are damaged");
      else if (self->at_end)
        self->problem = N_("the compressed data end too early");
      return self->problem == NULL;
    }
  self->at += n_in;
  if (result == G_CONVERTER_FINISHED)
    self->in_member = FALSE;

  return TRUE;
}

static gssize
read_packed (KennisBytes   *self,
             guint8        *buffer,
             gsize          room,
             GCancellable  *cancellable,
             GError       **error)
{
  while (self->problem == NULL)
    {
      gsize n = 0;

      if (!self->in_member && !begin_member (self, cancellable, error))
        return -1;
      if (!self->in_member && self->at == self->end && self->at_end)
        return 0;
      if (self->in_member && !unpack (self, buffer, room, &n))
        return 0;
      if (n > 0)
        return (gssize) n;
      if (!take_chunk (self, cancellable, error))
        return -1;
    }

  return 0;
}

static gssize
read_unpacked (KennisBytes   *self,
               guint8        *buffer,
               gsize          room,
               GCancellable  *cancellable,
               GError       **error)
{
  gsize held = self->end - self->at;
  gssize n;

  if (self->gunzip != NULL)
    return read_packed (self, buffer, room, cancellable, error);

  if (held > 0)
    {
      held = MIN (held, room);
      memcpy (buffer, self->chunk + self->at, held);
      self->at += held;
      return (gssize) held;
    }

  n = g_input_stream_read (self->stream, buffer, room, cancellable, error);
  if (n > 0)
    self->n_taken += (gsize) n;

  return n;
}

#define NARROWING_CHUNK (64u * 1024)

struct _KennisNarrowing
{
  gboolean is_big, at_end;
  guint8   raw[NARROWING_CHUNK];
  gsize    n_raw;                           /* half a character, of what came before */
  char     text[NARROWING_CHUNK * 2];
  gsize    at, end;                         /* what of text was not handed out */
};

static void
narrow (KennisNarrowing *self)
{
  gsize used = kennis_utf_16_decode (self->raw, self->n_raw, self->is_big, self->at_end, self->text, &self->end);

  memmove (self->raw, self->raw + used, self->n_raw - used);
  self->n_raw -= used;
  self->at = 0;
}

static gssize
read_narrow (KennisBytes *self, guint8 *buffer, gsize room, GCancellable *cancellable, GError **error)
{
  KennisNarrowing *narrowing = self->narrowing;

  while (narrowing->at == narrowing->end && !narrowing->at_end)
    {
      gssize n = read_unpacked (self, narrowing->raw + narrowing->n_raw, NARROWING_CHUNK - narrowing->n_raw,
                                cancellable, error);

      if (n < 0)
        return -1;
      narrowing->at_end = n == 0;
      narrowing->n_raw += (gsize) n;
      narrow (narrowing);
    }
  room = MIN (room, narrowing->end - narrowing->at);
  memcpy (buffer, narrowing->text + narrowing->at, room);
  narrowing->at += room;

  return (gssize) room;
}

/* The fingerprint is of what was unpacked, so that a file and its compressed copy are one source. */
static gssize
read_on (KennisBytes   *self,
         guint8        *buffer,
         gsize          room,
         GCancellable  *cancellable,
         GError       **error)
{
  gssize n = self->narrowing != NULL ? read_narrow (self, buffer, room, cancellable, error)
                                     : read_unpacked (self, buffer, room, cancellable, error);

  if (n > 0 && !self->is_quiet && !self->apart)
    kennis_fingerprint_update (&self->fingerprint, buffer, (gsize) n);

  return n;
}

gssize
kennis_bytes_peek (KennisBytes   *self,
                   guint8        *head,
                   gsize          room,
                   GCancellable  *cancellable,
                   GError       **error)
{
  room = MIN (room, sizeof self->head);
  while (self->n_head < room)
    {
      gssize n = read_on (self, self->head + self->n_head, room - self->n_head, cancellable, error);

      if (n < 0)
        return -1;
      if (n == 0)
        break;
      self->n_head += (gsize) n;
    }
  /* More may have been peeked at before. */
  memcpy (head, self->head, MIN (self->n_head, room));

  return (gssize) MIN (self->n_head, room);
}

static gboolean
is_any (const KennisSniff *sniffs, const guint8 *head, gsize length)
{
  for (; *sniffs != NULL; sniffs++)
    if ((*sniffs) (head, length))
      return TRUE;

  return FALSE;
}

gboolean
kennis_bytes_narrow (KennisBytes        *self,
                     const KennisSniff  *sniffs,
                     gboolean           *is_big,
                     GCancellable       *cancellable,
                     GError            **error)
{
  guint8 head[sizeof self->head];
  char text[2 * sizeof head];
  gssize n = kennis_bytes_peek (self, head, sizeof head, cancellable, error);
  gsize length;

  if (n <= 0 || self->narrowing != NULL || !kennis_utf_16_sniff (head, (gsize) n, is_big))
    return FALSE;
  kennis_utf_16_decode (head, (gsize) n, *is_big, FALSE, text, &length);
  if (!is_any (sniffs, (const guint8 *) text, length))
    return FALSE;

  self->narrowing = g_new0 (KennisNarrowing, 1);
  self->narrowing->is_big = *is_big;
  self->narrowing->n_raw = self->n_head;
  memcpy (self->narrowing->raw, self->head, self->n_head);
  self->n_head = 0;
  narrow (self->narrowing);
  kennis_fingerprint_clear (&self->fingerprint);
  kennis_fingerprint_init (&self->fingerprint);

  return TRUE;
}

gssize
kennis_bytes_read (KennisBytes   *self,
                   guint8        *buffer,
                   gsize          room,
                   GCancellable  *cancellable,
                   GError       **error)
{
  gsize n = MIN (self->n_head, room);

  if (n == 0)
    return read_on (self, buffer, room, cancellable, error);

  memcpy (buffer, self->head, n);
  memmove (self->head, self->head + n, self->n_head - n);
  self->n_head -= n;

  return (gssize) n;
}

gboolean
kennis_bytes_can_rewind (const KennisBytes *self)
{
  return self->begin >= 0;
}

gboolean
kennis_bytes_rewind (KennisBytes   *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (self->begin >= 0, FALSE);

  if (!g_seekable_seek (G_SEEKABLE (self->stream), self->begin, G_SEEK_SET, cancellable, error))
    return FALSE;
  if (self->gunzip != NULL)
    g_converter_reset (self->gunzip);
  kennis_fingerprint_clear (&self->fingerprint);
  kennis_fingerprint_init (&self->fingerprint);
  self->at = self->end = self->n_head = 0;
  self->n_taken = 0;
  if (self->narrowing != NULL)
    {
      self->narrowing->n_raw = self->narrowing->at = self->narrowing->end = 0;
      self->narrowing->at_end = FALSE;
    }
  self->at_end = self->in_member = self->is_quiet = FALSE;
  self->problem = NULL;

  return TRUE;
}

double
kennis_bytes_fraction (const KennisBytes *self)
{
  if (self->size == 0)
    return -1;

  return MIN (1.0, (double) self->n_taken / (double) self->size);
}

char *
kennis_bytes_finish (KennisBytes  *self,
                     GCancellable *cancellable)
{
  guint8 rest[4096];
  gssize n = self->size > 0 ? 1 : 0;

  while (n > 0)
    n = read_on (self, rest, sizeof rest, cancellable, NULL);
  if (n < 0)
    return NULL;

  return kennis_fingerprint_finish (&self->fingerprint);
}
