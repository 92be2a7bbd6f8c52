#include "config.h"

#include <math.h>

#include "survey/kennis-instrument-private.h"

static char **
list_of (GPtrArray *names)
{
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/**
 * kennis_instrument_list_languages:
 * @self: an instrument
 *
 * Gets the languages in which every item has a text, in the order of the first item.
 *
 * Returns: (transfer full) (array zero-terminated=1): languages
 *
 * Since: 1.0
 */
char **
kennis_instrument_list_languages (KennisInstrument *self)
{
  GPtrArray *names;
  KennisItem *first;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);

  names = g_ptr_array_new ();
  first = self->items->len > 0 ? self->items->pdata[0] : NULL;
  for (guint t = 0; first != NULL && t < first->text->len; t += 2)
    {
      guint n = 0;

      for (guint i = 0; i < self->items->len; i++)
        {
          KennisWording *text = ((KennisItem *) self->items->pdata[i])->text;

          for (guint j = 0; j < text->len; j += 2)
            n += g_str_equal (text->pdata[j], first->text->pdata[t]) ? 1 : 0;
        }
      if (n == self->items->len)
        g_ptr_array_add (names, g_strdup (first->text->pdata[t]));
    }
  return list_of (names);
}

/**
 * kennis_instrument_list_scales:
 * @self: an instrument
 *
 * Gets the ids of all scales, in the order of the document: a scale stands before those below it.
 *
 * Returns: (transfer full) (array zero-terminated=1): ids
 *
 * Since: 1.0
 */
char **
kennis_instrument_list_scales (KennisInstrument *self)
{
  GPtrArray *names;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);

  names = g_ptr_array_new ();
  for (guint i = 0; i < self->scales->len; i++)
    g_ptr_array_add (names, g_strdup (((KennisScale *) self->scales->pdata[i])->id));
  return list_of (names);
}

/**
 * kennis_instrument_list_children:
 * @self: an instrument
 * @scale: (nullable): the id of a scale; %NULL: the instrument
 *
 * Gets the ids of the scales right below one, in the order of the document.
 *
 * Returns: (transfer full) (array zero-terminated=1): ids; none where there is no such scale
 *
 * Since: 1.0
 */
char **
kennis_instrument_list_children (KennisInstrument *self, const char *scale)
{
  GPtrArray *names;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);

  names = g_ptr_array_new ();
  for (guint i = 0; i < self->scales->len; i++)
    {
      KennisScale *child = self->scales->pdata[i];
      KennisScale *parent = child->parent >= 0 ? self->scales->pdata[child->parent] : NULL;

      if (scale == NULL ? parent == NULL : parent != NULL && g_str_equal (parent->id, scale))
        g_ptr_array_add (names, g_strdup (child->id));
    }
  return list_of (names);
}

/**
 * kennis_instrument_list_items:
 * @self: an instrument
 * @scale: (nullable): the id of a scale; %NULL: the instrument
 *
 * Gets the ids of the items of a scale and of those below it, in the order of the document.
 *
 * Returns: (transfer full) (array zero-terminated=1): ids; none where there is no such scale
 *
 * Since: 1.0
 */
char **
kennis_instrument_list_items (KennisInstrument *self, const char *scale)
{
  GPtrArray *names;
  KennisScale *wanted;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);

  names = g_ptr_array_new ();
  wanted = scale != NULL ? kennis_instrument_scale (self, scale) : NULL;
  for (guint i = 0; i < self->items->len && (scale == NULL || wanted != NULL); i++)
    if (kennis_instrument_is_within (self, self->items->pdata[i], wanted))
      g_ptr_array_add (names, g_strdup (((KennisItem *) self->items->pdata[i])->id));
  return list_of (names);
}

/**
 * kennis_instrument_has_scale:
 * @self: an instrument
 * @scale: the id of a scale
 *
 * Tells whether it has a scale.
 *
 * Returns: whether it has the scale
 *
 * Since: 1.0
 */
gboolean
kennis_instrument_has_scale (KennisInstrument *self, const char *scale)
{
  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), FALSE);

  return scale != NULL && kennis_instrument_scale (self, scale) != NULL;
}

/**
 * kennis_instrument_get_scale_parent:
 * @self: an instrument
 * @scale: the id of a scale
 *
 * Gets the scale above one.
 *
 * Returns: (nullable): the id of the scale above; %NULL: there is none
 *
 * Since: 1.0
 */
const char *
kennis_instrument_get_scale_parent (KennisInstrument *self, const char *scale)
{
  KennisScale *found;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);
  g_return_val_if_fail (scale != NULL, NULL);

  found = kennis_instrument_scale (self, scale);
  return found != NULL && found->parent >= 0 ? ((KennisScale *) self->scales->pdata[found->parent])->id : NULL;
}

/**
 * kennis_instrument_get_scale_title:
 * @self: an instrument
 * @scale: the id of a scale
 * @language: (nullable): a language, as "nl"; %NULL: English
 *
 * Gets the title of a scale.
 *
 * Where there is no text in the language it is the English one, else the first.
 *
 * Returns: (nullable): the title; %NULL: no such scale
 *
 * Since: 1.0
 */
const char *
kennis_instrument_get_scale_title (KennisInstrument *self, const char *scale, const char *language)
{
  KennisScale *found;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);
  g_return_val_if_fail (scale != NULL, NULL);

  found = kennis_instrument_scale (self, scale);
  return found != NULL ? kennis_wording_get (found->title, language) : NULL;
}

/**
 * kennis_instrument_get_scale_description:
 * @self: an instrument
 * @scale: the id of a scale
 * @language: (nullable): a language, as "nl"; %NULL: English
 *
 * Gets what a scale is about.
 *
 * Where there is no text in the language it is the English one, else the first.
 *
 * Returns: (nullable): the description; %NULL: there is none
 *
 * Since: 1.0
 */
const char *
kennis_instrument_get_scale_description (KennisInstrument *self, const char *scale, const char *language)
{
  KennisScale *found;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);
  g_return_val_if_fail (scale != NULL, NULL);

  found = kennis_instrument_scale (self, scale);
  return found != NULL ? kennis_wording_get (found->description, language) : NULL;
}

/**
 * kennis_instrument_get_minimum_answered:
 * @self: an instrument
 * @scale: the id of a scale
 *
 * Gets the share of the items of a scale that a person must have answered to have a score on it.
 *
 * It is the scale's own, else that of the scale above it, else one half.
 *
 * Returns: a share over 0 and at most 1; NaN: no such scale
 *
 * Since: 1.0
 */
double
kennis_instrument_get_minimum_answered (KennisInstrument *self, const char *scale)
{
  KennisScale *found;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NAN);
  g_return_val_if_fail (scale != NULL, NAN);

  found = kennis_instrument_scale (self, scale);
  return found != NULL ? found->minimum_answered : NAN;
}

/**
 * kennis_instrument_has_item:
 * @self: an instrument
 * @item: the id of an item
 *
 * Tells whether it has an item.
 *
 * Returns: whether it has the item
 *
 * Since: 1.0
 */
gboolean
kennis_instrument_has_item (KennisInstrument *self, const char *item)
{
  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), FALSE);

  return item != NULL && kennis_instrument_item (self, item) != NULL;
}

/**
 * kennis_instrument_get_item_scale:
 * @self: an instrument
 * @item: the id of an item
 *
 * Gets the scale that an item stands in.
 *
 * Returns: (nullable): the id of the scale; %NULL: no such item
 *
 * Since: 1.0
 */
const char *
kennis_instrument_get_item_scale (KennisInstrument *self, const char *item)
{
  KennisItem *found;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);
  g_return_val_if_fail (item != NULL, NULL);

  found = kennis_instrument_item (self, item);
  return found != NULL ? ((KennisScale *) self->scales->pdata[found->scale])->id : NULL;
}

/**
 * kennis_instrument_get_item_text:
 * @self: an instrument
 * @item: the id of an item
 * @language: (nullable): a language, as "nl"; %NULL: English
 *
 * Gets the text of an item.
 *
 * Where there is no text in the language it is the English one, else the first.
 *
 * Returns: (nullable): the text; %NULL: no such item
 *
 * Since: 1.0
 */
const char *
kennis_instrument_get_item_text (KennisInstrument *self, const char *item, const char *language)
{
  KennisItem *found;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);
  g_return_val_if_fail (item != NULL, NULL);

  found = kennis_instrument_item (self, item);
  return found != NULL ? kennis_wording_get (found->text, language) : NULL;
}

/**
 * kennis_instrument_get_item_low:
 * @self: an instrument
 * @item: the id of an item
 *
 * Gets the lowest answer to an item.
 *
 * Returns: the lowest answer; NaN: no such item
 *
 * Since: 1.0
 */
double
kennis_instrument_get_item_low (KennisInstrument *self, const char *item)
{
  KennisItem *found;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NAN);
  g_return_val_if_fail (item != NULL, NAN);

  found = kennis_instrument_item (self, item);
  return found != NULL ? found->low : NAN;
}

/**
 * kennis_instrument_get_item_high:
 * @self: an instrument
 * @item: the id of an item
 *
 * Gets the highest answer to an item.
 *
 * Returns: the highest answer; NaN: no such item
 *
 * Since: 1.0
 */
double
kennis_instrument_get_item_high (KennisInstrument *self, const char *item)
{
  KennisItem *found;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NAN);
  g_return_val_if_fail (item != NULL, NAN);

  found = kennis_instrument_item (self, item);
  return found != NULL ? found->high : NAN;
}

/**
 * kennis_instrument_is_item_reversed:
 * @self: an instrument
 * @item: the id of an item
 *
 * Tells whether a high answer to an item means little of what its scale measures.
 *
 * Returns: whether the item is reversed
 *
 * Since: 1.0
 */
gboolean
kennis_instrument_is_item_reversed (KennisInstrument *self, const char *item)
{
  KennisItem *found;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), FALSE);
  g_return_val_if_fail (item != NULL, FALSE);

  found = kennis_instrument_item (self, item);
  return found != NULL ? found->reversed : FALSE;
}

/**
 * kennis_instrument_list_answers:
 * @self: an instrument
 * @item: the id of an item
 * @language: (nullable): a language, as "nl"; %NULL: English
 *
 * Gets the words of the answers to an item, from the lowest to the highest.
 *
 * An answer without words is empty.
 *
 * Returns: (transfer full) (array zero-terminated=1): the words; none where the item has a plain range
 *
 * Since: 1.0
 */
char **
kennis_instrument_list_answers (KennisInstrument *self, const char *item, const char *language)
{
  GPtrArray *names;
  KennisItem *found;
  KennisAnswerSet *set;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);
  g_return_val_if_fail (item != NULL, NULL);

  names = g_ptr_array_new ();
  found = kennis_instrument_item (self, item);
  set = found != NULL && found->answers >= 0 ? self->answer_sets->pdata[found->answers] : NULL;
  for (guint i = 0; set != NULL && i < set->labels->len; i++)
    {
      const char *label = kennis_wording_get (set->labels->pdata[i], language);

      g_ptr_array_add (names, g_strdup (label != NULL ? label : ""));
    }
  return list_of (names);
}

/**
 * kennis_instrument_score_answer:
 * @self: an instrument
 * @item: the id of an item
 * @answer: an answer, as given
 *
 * Puts an answer on 0 to 100, in the direction of the scale.
 *
 * (answer − low) / (high − low) × 100, and 100 minus that for a reversed item.
 *
 * Returns: 0 to 100; NaN: no such item, or an answer out of its range
 *
 * Since: 1.0
 */
double
kennis_instrument_score_answer (KennisInstrument *self, const char *item, double answer)
{
  KennisItem *found;

  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NAN);
  g_return_val_if_fail (item != NULL, NAN);

  found = kennis_instrument_item (self, item);
  return found != NULL ? kennis_item_score (found, answer) : NAN;
}
