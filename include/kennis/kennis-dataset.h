#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-record.h>
#include <kennis/kennis-suppression.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_DATASET (kennis_dataset_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisDataset, kennis_dataset, KENNIS, DATASET, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisDataset     *kennis_dataset_new              (const char        *time_zone,
                                                    const char        *currency,
                                                    GError           **error);
KENNIS_AVAILABLE_IN_1_0
const char        *kennis_dataset_get_time_zone    (KennisDataset     *self);
KENNIS_AVAILABLE_IN_1_0
const char        *kennis_dataset_get_currency     (KennisDataset     *self);
KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_dataset_get_accept_seen  (KennisDataset     *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_dataset_set_accept_seen  (KennisDataset     *self,
                                                    gboolean           accept_seen);
KENNIS_AVAILABLE_IN_1_0
KennisSuppression *kennis_dataset_get_suppression  (KennisDataset     *self);
KENNIS_AVAILABLE_IN_1_0
void               kennis_dataset_set_suppression  (KennisDataset     *self,
                                                    KennisSuppression *suppression);
KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_dataset_get_read_only    (KennisDataset     *self);

KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_dataset_add              (KennisDataset     *self,
                                                    KennisRecord      *record,
                                                    gboolean          *added,
                                                    GError           **error);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_dataset_count            (KennisDataset     *self,
                                                    KennisRecordType   type);
KENNIS_AVAILABLE_IN_1_0
guint              kennis_dataset_count_seen       (KennisDataset     *self);
KENNIS_AVAILABLE_IN_1_0
KennisRecord      *kennis_dataset_get_record       (KennisDataset     *self,
                                                    KennisRecordType   type,
                                                    guint64            position);
KENNIS_AVAILABLE_IN_1_0
KennisRecord      *kennis_dataset_lookup           (KennisDataset     *self,
                                                    KennisRecordType   type,
                                                    const char        *id);
KENNIS_AVAILABLE_IN_1_0
GListModel        *kennis_dataset_list             (KennisDataset     *self,
                                                    KennisRecordType   type);
KENNIS_AVAILABLE_IN_1_0
gboolean           kennis_dataset_check            (KennisDataset     *self,
                                                    GError           **error);
KENNIS_AVAILABLE_IN_1_0
KennisDataset     *kennis_dataset_snapshot         (KennisDataset     *self);
KENNIS_AVAILABLE_IN_1_0
KennisDataset     *kennis_dataset_forget_person    (KennisDataset     *self,
                                                    const char        *person,
                                                    GError           **error);
KENNIS_AVAILABLE_IN_1_0
GBytes            *kennis_dataset_get_column       (KennisDataset     *self,
                                                    KennisRecordType   type,
                                                    const char        *field,
                                                    GError           **error);
KENNIS_AVAILABLE_IN_1_0
char             **kennis_dataset_get_texts        (KennisDataset     *self,
                                                    KennisRecordType   type,
                                                    const char        *field,
                                                    GError           **error);
KENNIS_AVAILABLE_IN_1_0
char             **kennis_dataset_get_fields       (KennisRecordType   type);
KENNIS_AVAILABLE_IN_1_0
GType              kennis_dataset_get_column_type  (KennisRecordType   type,
                                                    const char        *field,
                                                    GError           **error);
KENNIS_AVAILABLE_IN_1_0
guint64            kennis_dataset_get_memory       (KennisDataset     *self,
                                                    KennisRecordType   type);

G_END_DECLS
