#include "config.h"

#include "read/kennis-xapi-private.h"

/* Which statements are voided.  A statement may be voided by one that comes later, so a file is looked through before it is read:
 * quickly, for most files hold none that voids. */

struct _KennisXapiVoided
{
  gatomicrefcount references;
  KennisXapiIds *ids;
  GHashTable *sources;   /* names */
};

KennisXapiVoided *
kennis_xapi_voided_new (void)
{
  KennisXapiVoided *self = g_new0 (KennisXapiVoided, 1);

  g_atomic_ref_count_init (&self->references);
  self->ids = kennis_xapi_ids_new ();
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

KennisXapiVoided *
kennis_xapi_voided_ref (KennisXapiVoided *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
kennis_xapi_voided_unref (KennisXapiVoided *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  kennis_xapi_ids_free (self->ids);
  g_hash_table_unref (self->sources);
  g_free (self);
}

void
kennis_xapi_voided_add (KennisXapiVoided *self,
                        guint64           hash)
{
  kennis_xapi_ids_add (self->ids, hash);
}

gboolean
kennis_xapi_voided_has (KennisXapiVoided *self,
                        guint64           hash)
{
  return kennis_xapi_ids_has (self->ids, hash);
}

gboolean
kennis_xapi_voided_knows (KennisXapiVoided *self,
                          const char       *source)
{
  return g_hash_table_contains (self->sources, source);
}

void
kennis_xapi_voided_forget (KennisXapiVoided *self,
                           const char       *source)
{
  g_hash_table_remove (self->sources, source);
}

void
kennis_xapi_voided_know (KennisXapiVoided *self,
                         const char       *source)
{
  g_hash_table_add (self->sources, g_strdup (source));
}

/* ── A quick look ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Bytes side by side, which any processor's vector instructions compare at once. */
typedef guint8 Bytes __attribute__ ((vector_size (16)));

#define GROUP 64u

static inline Bytes
bytes_at (const char *text)
{
  Bytes bytes;

  memcpy (&bytes, text, sizeof bytes);

  return bytes;
}

/* Something among 64 bytes that may be the beginning of the word, or an escape. */
static inline gboolean
is_worth_a_look (const char *text)
{
  Bytes any = { 0 };
  guint64 words[2];

  for (guint i = 0; i < GROUP; i += sizeof any)
    any |= (Bytes) ((bytes_at (text + i) == 'v') & (bytes_at (text + i + 3) == 'd') & (bytes_at (text + i + 5) == 'd'))
           | (Bytes) (bytes_at (text + i) == '\\');
  memcpy (words, &any, sizeof words);

  return (words[0] | words[1]) != 0;
}

/* "voided", or a small letter as an escape, as "\u0076". */
static gboolean
begins_word (const char *text,
             gsize       length)
{
  if (length >= strlen ("voided") && memcmp (text, "voided", strlen ("voided")) == 0)
    return TRUE;

  return length >= 6 && text[0] == '\\' && text[1] == 'u' && text[2] == '0' && text[3] == '0'
         && (text[4] == '6' || text[4] == '7');
}

gboolean
kennis_xapi_may_void (const char *text,
                      gsize       length)
{
  gsize i = 0;

  while (i < length)
    {
      gsize end = MIN (length, i + GROUP);

      /* The word's last letters may stand in the next group. */
      if (i + GROUP + sizeof (Bytes) <= length && !is_worth_a_look (text + i))
        {
          i = end;
          continue;
        }
      for (; i < end; i++)
        if (begins_word (text + i, length - i))
          return TRUE;
    }

  return FALSE;
}

#define CHUNK    (64u * 1024)
#define LONGEST  6u      /* of what is looked for */

/* Does any statement of the source void one, as far as a quick look can tell? */
static gboolean
look (KennisReadJob  *job,
      gboolean       *found,
      GError        **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  gsize held = 0;

  *found = FALSE;
  while (!*found)
    {
      gssize n = kennis_bytes_read (job->bytes, (guint8 *) chunk + held, CHUNK - held, job->cancellable, error);

      if (n < 0 || g_cancellable_set_error_if_cancelled (job->cancellable, error))
        return FALSE;
      if (n == 0)
        break;
      held += (gsize) n;
      *found = kennis_xapi_may_void (chunk, held);
      memmove (chunk, chunk + held - MIN (held, LONGEST - 1), MIN (held, LONGEST - 1));
      held = MIN (held, LONGEST - 1);
    }

  return TRUE;
}

/* ── Those of a source ────────────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
take_voided (KennisXapiBlock *block,
             gpointer         data,
             GError         **error)
{
  for (gsize at = 0; at < block->found.len;)
    {
      const KennisXapiFound *found = (const KennisXapiFound *) (const void *) (block->found.data + at);

      if ((found->flags & KENNIS_XAPI_VOIDING) != 0 && (found->flags & KENNIS_XAPI_HAS_ID) != 0)
        kennis_xapi_voided_add (data, found->id_hash);
      at += found->size;
    }

  return TRUE;
}

static gboolean
look_through (KennisReadJob        *job,
              KennisXapiVoided     *self,
              const KennisXapiMap  *map,
              const KennisXapiKeys *keys,
              KennisCalendar       *calendar,
              GError              **error)
{
  KennisXapiSplit split;
  gboolean found, ok;

  job->bytes->is_quiet = TRUE;
  if (!look (job, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  if (!kennis_bytes_rewind (job->bytes, job->cancellable, error))
    return FALSE;
  job->bytes->is_quiet = TRUE;
  kennis_xapi_split_init (&split, job->bytes, job->cancellable);
  ok = kennis_xapi_pipe_run (job, &split, map, keys, calendar, TRUE, take_voided, self, error);
  kennis_xapi_split_clear (&split);

  return ok;
}

gboolean
kennis_xapi_find_voided (KennisReadJob        *job,
                         KennisXapiVoided     *self,
                         const KennisXapiMap  *map,
                         const KennisXapiKeys *keys,
                         KennisCalendar       *calendar,
                         GError              **error)
{
  KennisProgressSink *sink = job->sink;
  gboolean ok;

  if (kennis_xapi_voided_knows (self, job->name))
    {
      kennis_xapi_voided_forget (self, job->name);
      return TRUE;
    }
  if (!kennis_bytes_can_rewind (job->bytes))
    return TRUE;
  job->sink = NULL;
  ok = look_through (job, self, map, keys, calendar, error);
  job->sink = sink;
  if (ok && job->reader->only_reference)
    kennis_xapi_voided_know (self, job->name);

  return ok && kennis_bytes_rewind (job->bytes, job->cancellable, error);
}
