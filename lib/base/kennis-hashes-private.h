#pragma once

#include <glib.h>

/* Many ids of which 64 bits each are kept: 8 bytes a slot, at most 14 bytes an id.  Among ten million ids with hashes that are
 * mixed well, one of 370 000 such sets takes two for the same.  Used by one thread. */
typedef struct _KennisHashes KennisHashes;

KennisHashes *kennis_hashes_new      (void);
void          kennis_hashes_free     (KennisHashes *self);
/* False where it is there already. */
gboolean      kennis_hashes_add      (KennisHashes *self, guint64 hash);
/* Brings near what adding it will look at. */
void          kennis_hashes_prefetch (const KennisHashes *self, guint64 hash);
gboolean      kennis_hashes_has      (const KennisHashes *self, guint64 hash);
guint64       kennis_hashes_size     (const KennisHashes *self);
gsize         kennis_hashes_bytes    (const KennisHashes *self);
