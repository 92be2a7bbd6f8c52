#include "config.h"

#include "read/kennis-fingerprint-private.h"

#ifdef HAVE_XXH_X86DISPATCH
/* The same functions, with the instructions that the processor has. */
#include <xxh_x86dispatch.h>
#else
#include <xxhash.h>
#endif

void
kennis_fingerprint_init (KennisFingerprint *self)
{
  self->state = XXH3_createState ();
  if (self->state == NULL)
    g_error ("no memory for a fingerprint");
  XXH3_128bits_reset (self->state);
}

void
kennis_fingerprint_update (KennisFingerprint *self,
                           const guint8      *data,
                           gsize              length)
{
  if (length > 0)
    XXH3_128bits_update (self->state, data, length);
}

char *
kennis_fingerprint_finish (KennisFingerprint *self)
{
  XXH128_canonical_t bytes;
  char *hex = g_malloc (2 * sizeof bytes.digest + 1);

  XXH128_canonicalFromHash (&bytes, XXH3_128bits_digest (self->state));
  for (guint i = 0; i < sizeof bytes.digest; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", bytes.digest[i]);

  return hex;
}

void
kennis_fingerprint_clear (KennisFingerprint *self)
{
  g_clear_pointer (&self->state, XXH3_freeState);
}
