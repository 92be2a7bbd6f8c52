#pragma once

#include <glib.h>

/* Texts that are kept once: every distinct text has an index, 0, 1, 2 … in order of first appearance.
 * Texts stand in blocks that never move, so that a snapshot can share them while the writer goes on.
 * Cost beside the text: 3 bytes of length and NUL, 4 of place, and 5 a slot of the index at a load of 0.4 to 0.8
 * (6 to 12 bytes); a snapshot has no index until kennis_intern_make_index() is called. */
typedef struct _KennisIntern KennisIntern;

#define KENNIS_INTERN_NONE G_MAXUINT32

KennisIntern *kennis_intern_new      (void);
void          kennis_intern_free     (KennisIntern *self);
KennisIntern *kennis_intern_snapshot (const KennisIntern *self);
guint32       kennis_intern_size     (const KennisIntern *self);
/* The text's index, new or old; KENNIS_INTERN_NONE where the store is full (4 GiB of text) or length > KENNIS_MAX_TEXT. */
guint32       kennis_intern_add      (KennisIntern *self, const char *text, gsize length);
/* The same for who has kennis_hash_bytes() of the text already, as from another thread. */
guint32       kennis_intern_add_hashed (KennisIntern *self, guint64 hash, const char *text, gsize length);
/* Brings near what adding a text of this hash will look at first: worth it where other work comes between. */
void          kennis_intern_prefetch (const KennisIntern *self, guint64 hash);
gboolean      kennis_intern_has_index  (const KennisIntern *self);
void          kennis_intern_make_index (KennisIntern *self);
/* Its index, or KENNIS_INTERN_NONE; needs the index. */
guint32       kennis_intern_find     (const KennisIntern *self, const char *text, gsize length);
/* The text, with a NUL behind it; lives as long as self or any snapshot of it. */
const char   *kennis_intern_get      (const KennisIntern *self, guint32 index, gsize *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisIntern, kennis_intern_free)
