#pragma once

#include <kennis/kennis-answers.h>

#include "survey/kennis-instrument-private.h"

struct _KennisAnswers
{
  GObject parent_instance;

  KennisInstrument *instrument;
  char     *wave;
  gint64    begins;          /* Unix ms of its invitation or first answer; KENNIS_UNKNOWN */
  guint     n_rows, n_items;
  double   *values;          /* n_rows × n_items, as given, NaN: none; items in the instrument's order */
  char    **respondents;     /* n_rows texts */
  char    **teams;           /* "": not known */
  char    **languages;
  guint64   n_rejected;
  GHashTable *invited;       /* of a team's id ("": the organisation) the people asked, as double * */
};

/* The columns of the scale's items; an error where there is no such scale. */
guint *kennis_answers_columns (KennisAnswers *self, const char *scale, guint *n, GError **error);
