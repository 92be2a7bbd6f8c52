#include "config.h"

#include "base/kennis-hash-private.h"
#include "read/kennis-csv-plan-private.h"

/* Of each step the texts that a thread has seen, up to a number, so that what comes again is known by it. */
#define SLOTS      131072u              /* of one step, a power of two */
#define MOST_WORDS (SLOTS / 2)
#define MOST_BYTES (1024u * 1024)
#define FIRST      64u

typedef struct
{
  guint32 hash, at, length;
  guint32 word;                          /* + 1; 0: free */
} Slot;

typedef struct
{
  gint64 code;
  gint   is_known;
} Lesson;

typedef struct
{
  Lesson *lessons;                       /* of MOST_WORDS, by word: only those that are looked at take memory */
  Slot   *slots;
  guint   n_slots, n_words;
  char   *bytes;
  gsize   n_bytes, room;
} Dictionary;

struct _KennisCsvWords
{
  guint n_steps;
  Dictionary steps[];
};

KennisCsvWords *
kennis_csv_words_new (guint n_steps)
{
  KennisCsvWords *self = g_malloc0 (sizeof *self + n_steps * sizeof *self->steps);

  self->n_steps = n_steps;
  for (guint i = 0; i < n_steps; i++)
    self->steps[i].lessons = g_new0 (Lesson, MOST_WORDS);

  return self;
}

void
kennis_csv_words_free (KennisCsvWords *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    {
      g_free (self->steps[i].lessons);
      g_free (self->steps[i].slots);
      g_free (self->steps[i].bytes);
    }
  g_free (self);
}

static void
grow (Dictionary *self)
{
  guint n = MAX (FIRST, self->n_slots * 2);
  Slot *slots = g_new0 (Slot, n);

  for (guint i = 0; i < self->n_slots; i++)
    if (self->slots[i].word != 0)
      {
        guint at = self->slots[i].hash & (n - 1);

        while (slots[at].word != 0)
          at = (at + 1) & (n - 1);
        slots[at] = self->slots[i];
      }
  g_free (self->slots);
  self->slots = slots;
  self->n_slots = n;
}

static guint
add (Dictionary *self, guint32 hash, const char *text, gsize length)
{
  guint at;

  if (self->n_words == MOST_WORDS || self->n_bytes + length > MOST_BYTES)
    return KENNIS_CSV_NO_WORD;
  if (self->n_words * 2 >= self->n_slots)
    grow (self);
  if (self->n_bytes + length > self->room)
    {
      self->room = MAX (1024, (self->n_bytes + length) * 2);
      self->bytes = g_realloc (self->bytes, self->room);
    }
  memcpy (self->bytes + self->n_bytes, text, length);
  at = hash & (self->n_slots - 1);
  while (self->slots[at].word != 0)
    at = (at + 1) & (self->n_slots - 1);
  self->slots[at] = (Slot) { hash, (guint32) self->n_bytes, (guint32) length, ++self->n_words };
  self->n_bytes += length;

  return self->n_words - 1;
}

guint
kennis_csv_words_find (KennisCsvWords *words, guint step, const char *text, gsize length)
{
  Dictionary *self = &words->steps[step];
  guint32 hash = (guint32) kennis_hash_bytes (text, length);

  if (self->n_slots > 0)
    for (guint at = hash & (self->n_slots - 1); self->slots[at].word != 0; at = (at + 1) & (self->n_slots - 1))
      {
        const Slot *slot = &self->slots[at];

        if (slot->hash == hash && slot->length == length && memcmp (self->bytes + slot->at, text, length) == 0)
          return slot->word - 1;
      }

  return add (self, hash, text, length);
}

void
kennis_csv_words_teach (KennisCsvWords *self, guint step, guint word, gint64 code)
{
  Lesson *lesson = &self->steps[step].lessons[word];

  if (lesson->is_known)
    return;
  lesson->code = code;
  g_atomic_int_set (&lesson->is_known, TRUE);
}

gboolean
kennis_csv_words_learned (KennisCsvWords *self, guint step, guint word, gint64 *code)
{
  const Lesson *lesson = &self->steps[step].lessons[word];

  if (!g_atomic_int_get (&lesson->is_known))
    return FALSE;
  *code = lesson->code;

  return TRUE;
}
