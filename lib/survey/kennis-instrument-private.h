#pragma once

#include <kennis/kennis-instrument.h>

/* A text in some languages: pairs of language and text. */
typedef GPtrArray KennisWording;

typedef struct
{
  char          *id;
  int            low;
  GPtrArray     *labels;     /* of KennisWording, from the lowest answer to the highest */
} KennisAnswerSet;

typedef struct
{
  char          *id;
  int            parent;     /* −1: none */
  KennisWording *title;
  KennisWording *description;
  double         minimum_answered;
} KennisScale;

typedef struct
{
  char          *id;
  guint          scale;
  KennisWording *text;
  int            low, high;
  int            answers;    /* index of the answer set, −1: none */
  gboolean       reversed;
} KennisItem;

struct _KennisInstrument
{
  GObject parent_instance;

  char             *id;
  KennisValidation  validation;
  KennisWording    *title;
  KennisWording    *note;
  GPtrArray        *scales;      /* of KennisScale, in document order */
  GPtrArray        *items;       /* of KennisItem, in document order */
  GPtrArray        *answer_sets; /* of KennisAnswerSet */
};

/* g_object_new() makes one without anything; kennis-instrument-xml.c fills it. */
KennisScale       *kennis_instrument_scale     (KennisInstrument *self, const char *id);   /* NULL: none */
KennisItem        *kennis_instrument_item      (KennisInstrument *self, const char *id);
/* Whether the item is of the scale or of one below it; a scale of NULL has all. */
gboolean           kennis_instrument_is_within (KennisInstrument *self, const KennisItem *item, const KennisScale *scale);

KennisWording     *kennis_wording_new (void);
/* The text in the language, else in English, else the first; NULL: no text at all. */
const char        *kennis_wording_get (KennisWording *self, const char *language);

/* An answer on 0 to 100 in the direction of the scale; NaN where it is out of range. */
static inline double
kennis_item_score (const KennisItem *item, double answer)
{
  double share = (answer - item->low) / (item->high - item->low);

  if (!(share >= 0 && share <= 1))
    return __builtin_nan ("");
  return 100 * (item->reversed ? 1 - share : share);
}
