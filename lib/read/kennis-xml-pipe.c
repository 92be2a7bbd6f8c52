#include "config.h"

#include "read/kennis-bytes-private.h"
#include "read/kennis-xml-pipe-private.h"

/* Room for an ordinary item behind what makes a block full. */
#define SPARE 16384u

void
kennis_raw_block_make_room (KennisRawBlock *block,
                            gsize           more)
{
  while (block->room - block->used < more)
    block->room *= 2;
  block->data = g_realloc (block->data, block->room);
}

static void
block_empty (KennisRawBlock *block)
{
  /* What an extraordinary record needed is given back. */
  if (block->data == NULL || block->room > 2 * KENNIS_RAW_BLOCK)
    {
      block->room = KENNIS_RAW_BLOCK + SPARE;
      g_free (block->data);
      block->data = g_malloc (block->room);
    }
  block->used = block->item = 0;
}

void
kennis_xml_pipe_init (KennisXmlPipe     *self,
                      KennisFingerprint *fingerprint)
{
  memset (self, 0, sizeof *self);
  self->fingerprint = fingerprint;
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->for_parser, NULL);
  pthread_cond_init (&self->for_caller, NULL);
  for (guint i = 0; i < KENNIS_PIPE_CHUNKS; i++)
    self->chunks[i].data = g_malloc (KENNIS_BYTES_CHUNK);
}

void
kennis_xml_pipe_clear (KennisXmlPipe *self)
{
  for (guint i = 0; i < KENNIS_PIPE_CHUNKS; i++)
    g_free (self->chunks[i].data);
  for (guint i = 0; i < KENNIS_PIPE_BLOCKS; i++)
    g_free (self->blocks[i].data);
  pthread_cond_destroy (&self->for_parser);
  pthread_cond_destroy (&self->for_caller);
  pthread_mutex_destroy (&self->lock);
}

KennisPipeTask
kennis_xml_pipe_wait (KennisXmlPipe *self)
{
  KennisPipeTask task;

  pthread_mutex_lock (&self->lock);
  while (TRUE)
    {
      gboolean takes_chunks = !self->no_more && !self->stop && !self->done;

      /* The parser is the slower one: it comes first. */
      if (takes_chunks && self->n_filled - self->n_drained < KENNIS_PIPE_CHUNKS)
        task = KENNIS_PIPE_WANTS_CHUNK;
      else if (self->n_made != self->n_used)
        task = KENNIS_PIPE_HAS_BLOCK;
      else if (self->done)
        task = KENNIS_PIPE_ENDED;
      else
        {
          pthread_cond_wait (&self->for_caller, &self->lock);
          continue;
        }
      break;
    }
  pthread_mutex_unlock (&self->lock);

  return task;
}

KennisPipeChunk *
kennis_xml_pipe_free_chunk (KennisXmlPipe *self)
{
  return &self->chunks[self->n_filled % KENNIS_PIPE_CHUNKS];
}

KennisRawBlock *
kennis_xml_pipe_block (KennisXmlPipe *self)
{
  return &self->blocks[self->n_used % KENNIS_PIPE_BLOCKS];
}

static void
tell (KennisXmlPipe  *self,
      pthread_cond_t *whom,
      guint          *counter,
      gboolean       *flag)
{
  pthread_mutex_lock (&self->lock);
  if (counter != NULL)
    (*counter)++;
  if (flag != NULL)
    *flag = TRUE;
  pthread_cond_signal (whom);
  pthread_mutex_unlock (&self->lock);
}

void
kennis_xml_pipe_filled (KennisXmlPipe *self)
{
  tell (self, &self->for_parser, &self->n_filled, NULL);
}

void
kennis_xml_pipe_no_more (KennisXmlPipe *self)
{
  tell (self, &self->for_parser, NULL, &self->no_more);
}

void
kennis_xml_pipe_used (KennisXmlPipe *self)
{
  tell (self, &self->for_parser, &self->n_used, NULL);
}

void
kennis_xml_pipe_stop (KennisXmlPipe *self)
{
  tell (self, &self->for_parser, NULL, &self->stop);
}

static void
digest (KennisXmlPipe         *self,
        const KennisPipeChunk *chunk)
{
  if (chunk->is_fresh)
    kennis_fingerprint_update (self->fingerprint, chunk->data, chunk->length);
  self->n_digested++;
}

void
kennis_xml_pipe_digest_rest (KennisXmlPipe *self)
{
  while (self->n_digested != self->n_filled)
    digest (self, &self->chunks[self->n_digested % KENNIS_PIPE_CHUNKS]);
}

const KennisPipeChunk *
kennis_xml_pipe_next_chunk (KennisXmlPipe *self)
{
  const KennisPipeChunk *chunk = NULL;

  pthread_mutex_lock (&self->lock);
  while (!self->stop && !self->no_more && self->n_filled == self->n_drained)
    pthread_cond_wait (&self->for_parser, &self->lock);
  if (!self->stop && self->n_filled != self->n_drained)
    chunk = &self->chunks[self->n_drained % KENNIS_PIPE_CHUNKS];
  pthread_mutex_unlock (&self->lock);
  if (chunk != NULL)
    digest (self, chunk);

  return chunk;
}

void
kennis_xml_pipe_drained (KennisXmlPipe *self)
{
  tell (self, &self->for_caller, &self->n_drained, NULL);
}

KennisRawBlock *
kennis_xml_pipe_next_block (KennisXmlPipe *self,
                            gboolean       hand_over)
{
  KennisRawBlock *block;

  pthread_mutex_lock (&self->lock);
  if (hand_over)
    {
      self->n_made++;
      pthread_cond_signal (&self->for_caller);
    }
  while (!self->stop && self->n_made - self->n_used == KENNIS_PIPE_BLOCKS)
    pthread_cond_wait (&self->for_parser, &self->lock);
  /* Who stopped does not look at blocks any more, so that the last one may be written over. */
  if (self->stop && self->n_made - self->n_used == KENNIS_PIPE_BLOCKS)
    self->n_made--;
  block = &self->blocks[self->n_made % KENNIS_PIPE_BLOCKS];
  pthread_mutex_unlock (&self->lock);
  block_empty (block);

  return block;
}

void
kennis_xml_pipe_done (KennisXmlPipe *self)
{
  tell (self, &self->for_caller, NULL, &self->done);
}
