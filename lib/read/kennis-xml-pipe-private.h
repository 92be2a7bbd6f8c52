#pragma once

#include <pthread.h>

#include "read/kennis-fingerprint-private.h"
#include "read/kennis-raw-private.h"

/* Between the thread that parses XML and its caller's thread, which reads the bytes and makes records of what was
 * parsed: chunks of bytes go one way and blocks of items the other, each through a ring that both look at under
 * one lock, once per chunk or block. */
#define KENNIS_PIPE_CHUNKS 2u
#define KENNIS_PIPE_BLOCKS 4u

typedef struct
{
  guint8  *data;
  gsize    length;
  gboolean is_fresh;     /* not in the fingerprint yet */
} KennisPipeChunk;

typedef struct
{
  pthread_mutex_t lock;
  pthread_cond_t  for_parser, for_caller;

  KennisPipeChunk chunks[KENNIS_PIPE_CHUNKS];
  guint           n_filled, n_drained;         /* chunks, ever */
  gboolean        no_more;                     /* chunks come */
  guint           n_digested;                  /* chunks, ever: the parser's alone while it runs */
  KennisFingerprint *fingerprint;              /* the same */
  KennisRawBlock  blocks[KENNIS_PIPE_BLOCKS];
  guint           n_made, n_used;              /* blocks, ever */
  gboolean        stop;                        /* the caller wants no more */
  gboolean        done;                        /* the parser has ended */
} KennisXmlPipe;

typedef enum
{
  KENNIS_PIPE_WANTS_CHUNK,
  KENNIS_PIPE_HAS_BLOCK,
  KENNIS_PIPE_ENDED
} KennisPipeTask;

void kennis_xml_pipe_init  (KennisXmlPipe *self, KennisFingerprint *fingerprint);
void kennis_xml_pipe_clear (KennisXmlPipe *self);

/* The caller's side.  Waits for something to do; then the chunk to fill is chunks[n_filled % …], the block to use is
 * blocks[n_used % …]. */
KennisPipeTask   kennis_xml_pipe_wait     (KennisXmlPipe *self);
KennisPipeChunk *kennis_xml_pipe_free_chunk (KennisXmlPipe *self);
void             kennis_xml_pipe_filled   (KennisXmlPipe *self);
void             kennis_xml_pipe_no_more  (KennisXmlPipe *self);
KennisRawBlock  *kennis_xml_pipe_block    (KennisXmlPipe *self);
void             kennis_xml_pipe_used     (KennisXmlPipe *self);
void             kennis_xml_pipe_stop     (KennisXmlPipe *self);

/* The parser's side.  NULL: there are no more chunks, or nobody wants more. */
const KennisPipeChunk *kennis_xml_pipe_next_chunk (KennisXmlPipe *self);
void                   kennis_xml_pipe_drained    (KennisXmlPipe *self);
/* Takes in the fingerprint of what the parser did not want; when its thread has ended. */
void                   kennis_xml_pipe_digest_rest (KennisXmlPipe *self);
/* Hands the block over, and gives the next one, empty. */
KennisRawBlock        *kennis_xml_pipe_next_block (KennisXmlPipe *self, gboolean hand_over);
void                   kennis_xml_pipe_done       (KennisXmlPipe *self);
