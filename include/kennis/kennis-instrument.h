#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <gio/gio.h>
#include <kennis/kennis-survey-enums.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_INSTRUMENT (kennis_instrument_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisInstrument, kennis_instrument, KENNIS, INSTRUMENT, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisInstrument *kennis_instrument_new_from_bytes         (GBytes            *bytes,
                                                            const char        *name,
                                                            GError           **error);
KENNIS_AVAILABLE_IN_1_0
KennisInstrument *kennis_instrument_new_from_file          (GFile             *file,
                                                            GCancellable      *cancellable,
                                                            GError           **error);
KENNIS_AVAILABLE_IN_1_0
GListModel       *kennis_instrument_list                   (void);
KENNIS_AVAILABLE_IN_1_0
KennisInstrument *kennis_instrument_find                   (const char        *id,
                                                            GError           **error);
KENNIS_AVAILABLE_IN_1_0
const char       *kennis_instrument_get_id                 (KennisInstrument  *self);
KENNIS_AVAILABLE_IN_1_0
KennisValidation  kennis_instrument_get_validation         (KennisInstrument  *self);
KENNIS_AVAILABLE_IN_1_0
const char       *kennis_instrument_get_title              (KennisInstrument  *self,
                                                            const char        *language);
KENNIS_AVAILABLE_IN_1_0
const char       *kennis_instrument_get_note               (KennisInstrument  *self,
                                                            const char        *language);
KENNIS_AVAILABLE_IN_1_0
char            **kennis_instrument_list_languages         (KennisInstrument  *self);
KENNIS_AVAILABLE_IN_1_0
char            **kennis_instrument_list_scales            (KennisInstrument  *self);
KENNIS_AVAILABLE_IN_1_0
char            **kennis_instrument_list_children          (KennisInstrument  *self,
                                                            const char        *scale);
KENNIS_AVAILABLE_IN_1_0
char            **kennis_instrument_list_items             (KennisInstrument  *self,
                                                            const char        *scale);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_instrument_has_scale              (KennisInstrument  *self,
                                                            const char        *scale);
KENNIS_AVAILABLE_IN_1_0
const char       *kennis_instrument_get_scale_parent       (KennisInstrument  *self,
                                                            const char        *scale);
KENNIS_AVAILABLE_IN_1_0
const char       *kennis_instrument_get_scale_title        (KennisInstrument  *self,
                                                            const char        *scale,
                                                            const char        *language);
KENNIS_AVAILABLE_IN_1_0
const char       *kennis_instrument_get_scale_description  (KennisInstrument  *self,
                                                            const char        *scale,
                                                            const char        *language);
KENNIS_AVAILABLE_IN_1_0
double            kennis_instrument_get_minimum_answered   (KennisInstrument  *self,
                                                            const char        *scale);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_instrument_has_item               (KennisInstrument  *self,
                                                            const char        *item);
KENNIS_AVAILABLE_IN_1_0
const char       *kennis_instrument_get_item_scale         (KennisInstrument  *self,
                                                            const char        *item);
KENNIS_AVAILABLE_IN_1_0
const char       *kennis_instrument_get_item_text          (KennisInstrument  *self,
                                                            const char        *item,
                                                            const char        *language);
KENNIS_AVAILABLE_IN_1_0
double            kennis_instrument_get_item_low           (KennisInstrument  *self,
                                                            const char        *item);
KENNIS_AVAILABLE_IN_1_0
double            kennis_instrument_get_item_high          (KennisInstrument  *self,
                                                            const char        *item);
KENNIS_AVAILABLE_IN_1_0
gboolean          kennis_instrument_is_item_reversed       (KennisInstrument  *self,
                                                            const char        *item);
KENNIS_AVAILABLE_IN_1_0
char            **kennis_instrument_list_answers           (KennisInstrument  *self,
                                                            const char        *item,
                                                            const char        *language);
KENNIS_AVAILABLE_IN_1_0
double            kennis_instrument_score_answer           (KennisInstrument  *self,
                                                            const char        *item,
                                                            double             answer);

G_END_DECLS
