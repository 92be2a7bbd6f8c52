#include "config.h"

#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-resources-private.h"
#include "survey/kennis-instrument-private.h"

#define FOLDER "/kennis/instruments/"

/**
 * KennisInstrument:
 *
 * A survey: scales, and the items that measure them.
 *
 * An instrument is an XML file (data/schema/kennis-instrument-1.rng, docs/surveys.md).  Scales may have scales below them; an item
 * has texts in some languages, a range and a direction, and an id that is the same in every language.  The instruments that come
 * with the library ([func@Instrument.list]) are in our own words and unvalidated: [class@Reliability] and [class@Agreement]
 * tell whether the data at hand support a scale.
 *
 * An instrument never changes and may be used from any thread.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (KennisInstrument, kennis_instrument, G_TYPE_OBJECT)

KennisWording *
kennis_wording_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

/* "nl_BE.UTF-8" and "nl-BE" are "nl". */
static gboolean
same_language (const char *tag, const char *wanted)
{
  gsize n = strcspn (wanted, "-_.@");

  return strcspn (tag, "-_.@") == n && g_ascii_strncasecmp (tag, wanted, n) == 0;
}

const char *
kennis_wording_get (KennisWording *self, const char *language)
{
  const char *tries[] = { language != NULL ? language : "en", "en" };

  for (guint i = 0; i < self->len; i += 2)
    if (g_ascii_strcasecmp (self->pdata[i], tries[0]) == 0)
      return self->pdata[i + 1];
  for (guint t = 0; t < G_N_ELEMENTS (tries); t++)
    for (guint i = 0; i < self->len; i += 2)
      if (same_language (self->pdata[i], tries[t]))
        return self->pdata[i + 1];
  return self->len > 0 ? self->pdata[1] : NULL;
}

static void
answer_set_free (gpointer data)
{
  KennisAnswerSet *set = data;

  g_free (set->id);
  g_ptr_array_unref (set->labels);
  g_free (set);
}

static void
scale_free (gpointer data)
{
  KennisScale *scale = data;

  g_free (scale->id);
  g_ptr_array_unref (scale->title);
  g_ptr_array_unref (scale->description);
  g_free (scale);
}

static void
item_free (gpointer data)
{
  KennisItem *item = data;

  g_free (item->id);
  g_ptr_array_unref (item->text);
  g_free (item);
}

static void
kennis_instrument_finalize (GObject *object)
{
  KennisInstrument *self = KENNIS_INSTRUMENT (object);

  g_free (self->id);
  g_ptr_array_unref (self->title);
  g_ptr_array_unref (self->note);
  g_ptr_array_unref (self->scales);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->answer_sets);

  G_OBJECT_CLASS (kennis_instrument_parent_class)->finalize (object);
}

static void
kennis_instrument_class_init (KennisInstrumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kennis_instrument_finalize;
}

static void
kennis_instrument_init (KennisInstrument *self)
{
  self->title = kennis_wording_new ();
  self->note = kennis_wording_new ();
  self->scales = g_ptr_array_new_with_free_func (scale_free);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->answer_sets = g_ptr_array_new_with_free_func (answer_set_free);
}

KennisScale *
kennis_instrument_scale (KennisInstrument *self, const char *id)
{
  for (guint i = 0; i < self->scales->len; i++)
    if (g_strcmp0 (((KennisScale *) self->scales->pdata[i])->id, id) == 0)
      return self->scales->pdata[i];
  return NULL;
}

KennisItem *
kennis_instrument_item (KennisInstrument *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (((KennisItem *) self->items->pdata[i])->id, id) == 0)
      return self->items->pdata[i];
  return NULL;
}

gboolean
kennis_instrument_is_within (KennisInstrument *self, const KennisItem *item, const KennisScale *scale)
{
  for (int i = (int) item->scale; i >= 0; i = ((KennisScale *) self->scales->pdata[i])->parent)
    if (scale == NULL || self->scales->pdata[i] == scale)
      return TRUE;
  return FALSE;
}

/**
 * kennis_instrument_list:
 *
 * Gets the instruments that come with the library, by id.
 *
 * Returns: (transfer full): a list of [class@Instrument]
 *
 * Since: 1.0
 */
GListModel *
kennis_instrument_list (void)
{
  g_autoptr (GListStore) list = g_list_store_new (KENNIS_TYPE_INSTRUMENT);
  g_auto (GStrv) names = g_resource_enumerate_children (kennis_get_resource (), FOLDER, 0, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (kennis_get_resource (), path, 0, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisInstrument) instrument = kennis_instrument_new_from_bytes (bytes, names[i], &error);

      if (instrument == NULL)
        g_error ("%s", error->message); /* the tests read them all */
      g_list_store_append (list, instrument);
    }

  return G_LIST_MODEL (g_steal_pointer (&list));
}

/**
 * kennis_instrument_find:
 * @id: an id, as "foundation"
 * @error: return location for an error
 *
 * Gets an instrument that comes with the library.
 *
 * %KENNIS_ERROR_INVALID names those that there are.
 *
 * Returns: (transfer full): the instrument; %NULL with an error
 *
 * Since: 1.0
 */
KennisInstrument *
kennis_instrument_find (const char *id, GError **error)
{
  g_autoptr (GListModel) list = kennis_instrument_list ();
  g_autoptr (GString) ids = g_string_new (NULL);

  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (KennisInstrument) instrument = g_list_model_get_item (list, i);

      if (g_str_equal (instrument->id, id))
        return g_steal_pointer (&instrument);
      g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", instrument->id);
    }
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("there is no instrument “%s”; accepted are %s"), id,
               ids->str);

  return NULL;
}

/**
 * kennis_instrument_get_id:
 * @self: an instrument
 *
 * Gets its id, as "foundation".
 *
 * It is what [property@Response:instrument] names.
 *
 * Returns: (nullable): its id; %NULL for one that was not read
 *
 * Since: 1.0
 */
const char *
kennis_instrument_get_id (KennisInstrument *self)
{
  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);

  return self->id;
}

/**
 * kennis_instrument_get_validation:
 * @self: an instrument
 *
 * Gets whether somebody has shown that its items measure what they are meant to.
 *
 * Returns: what is known of its items
 *
 * Since: 1.0
 */
KennisValidation
kennis_instrument_get_validation (KennisInstrument *self)
{
  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), KENNIS_VALIDATION_UNVALIDATED);

  return self->validation;
}

/**
 * kennis_instrument_get_title:
 * @self: an instrument
 * @language: (nullable): a language, as "nl"; %NULL: English
 *
 * Gets its title.
 *
 * Where there is no text in the language it is the English one, else the first.
 *
 * Returns: (nullable): its title
 *
 * Since: 1.0
 */
const char *
kennis_instrument_get_title (KennisInstrument *self, const char *language)
{
  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);

  return kennis_wording_get (self->title, language);
}

/**
 * kennis_instrument_get_note:
 * @self: an instrument
 * @language: (nullable): a language, as "nl"; %NULL: English
 *
 * Gets what a reader must know of it: where it comes from, and that it is not validated.
 *
 * Where there is no text in the language it is the English one, else the first.
 *
 * Returns: (nullable): its note
 *
 * Since: 1.0
 */
const char *
kennis_instrument_get_note (KennisInstrument *self, const char *language)
{
  g_return_val_if_fail (KENNIS_IS_INSTRUMENT (self), NULL);

  return kennis_wording_get (self->note, language);
}
