#pragma once

#include <glib.h>

/* SHA-256 (FIPS 180-4) of a source's bytes while they stream by.  GLib's own is as slow as parsing XML is, so
 * processors that have instructions for it use them. */
typedef struct
{
  guint32    state[8];
  guint64    length;
  guint8     block[64];
  GChecksum *slow;          /* where the processor has no such instructions */
} KennisFingerprint;

void  kennis_fingerprint_init   (KennisFingerprint *self);
void  kennis_fingerprint_update (KennisFingerprint *self, const guint8 *data, gsize length);
/* 64 hexadecimal digits.  Free with g_free().  Ends the use of self. */
char *kennis_fingerprint_finish (KennisFingerprint *self);
void  kennis_fingerprint_clear  (KennisFingerprint *self);
