#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-progress.h>
#include <kennis/kennis-value-model.h>

G_BEGIN_DECLS

#define KENNIS_TYPE_RETURN (kennis_return_get_type ())
KENNIS_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (KennisReturn, kennis_return, KENNIS, RETURN, GObject)

KENNIS_AVAILABLE_IN_1_0
KennisReturn       *kennis_return_new                (KennisValueModel     *model,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
KennisReturn       *kennis_return_simulate           (KennisValueModel     *model,
                                                      guint64               n_draws,
                                                      guint64               seed,
                                                      KennisSampling        sampling,
                                                      double                until,
                                                      guint                 n_threads,
                                                      KennisProgress        progress,
                                                      gpointer              progress_data,
                                                      GCancellable         *cancellable,
                                                      GError              **error);
KENNIS_AVAILABLE_IN_1_0
void                kennis_return_simulate_async     (KennisValueModel     *model,
                                                      guint64               n_draws,
                                                      guint64               seed,
                                                      KennisSampling        sampling,
                                                      double                until,
                                                      guint                 n_threads,
                                                      KennisProgress        progress,
                                                      gpointer              progress_data,
                                                      GDestroyNotify        progress_destroy,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
KENNIS_AVAILABLE_IN_1_0
KennisReturn       *kennis_return_simulate_finish    (GAsyncResult         *result,
                                                      GError              **error);

KENNIS_AVAILABLE_IN_1_0
const char         *kennis_return_get_currency       (KennisReturn         *self);
KENNIS_AVAILABLE_IN_1_0
guint               kennis_return_get_horizon        (KennisReturn         *self);
KENNIS_AVAILABLE_IN_1_0
char              **kennis_return_list_programmes    (KennisReturn         *self);
KENNIS_AVAILABLE_IN_1_0
const char         *kennis_return_get_name           (KennisReturn         *self,
                                                      const char           *programme);
KENNIS_AVAILABLE_IN_1_0
KennisReturn       *kennis_return_get_programme      (KennisReturn         *self,
                                                      const char           *programme);
KENNIS_AVAILABLE_IN_1_0
char              **kennis_return_list_inputs        (KennisReturn         *self);
KENNIS_AVAILABLE_IN_1_0
KennisQuantity     *kennis_return_get_input          (KennisReturn         *self,
                                                      const char           *path,
                                                      KennisEvidence       *evidence,
                                                      const char          **source);
KENNIS_AVAILABLE_IN_1_0
KennisFigureStatus  kennis_return_get_figure         (KennisReturn         *self,
                                                      const char           *programme,
                                                      KennisFigure          figure,
                                                      double               *value);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_benefit        (KennisReturn         *self,
                                                      const char           *programme,
                                                      KennisBenefitKind     kind);
KENNIS_AVAILABLE_IN_1_0
KennisFigureStatus  kennis_return_get_break_even     (KennisReturn         *self,
                                                      const char           *path,
                                                      double               *value);
KENNIS_AVAILABLE_IN_1_0
double             *kennis_return_list_break_evens   (KennisReturn         *self,
                                                      const char           *path,
                                                      gsize                *n_values);
KENNIS_AVAILABLE_IN_1_0
char              **kennis_return_list_missing       (KennisReturn         *self,
                                                      const char           *programme,
                                                      KennisFigure          figure);
KENNIS_AVAILABLE_IN_1_0
char              **kennis_return_list_defaults      (KennisReturn         *self,
                                                      const char           *programme);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_cash           (KennisReturn         *self,
                                                      guint                 month,
                                                      double               *cost,
                                                      double               *benefit,
                                                      double               *loss_avoided);
KENNIS_AVAILABLE_IN_1_0
GBytes             *kennis_return_get_present_cents  (KennisReturn         *self);
KENNIS_AVAILABLE_IN_1_0
char              **kennis_return_choose             (KennisReturn         *self,
                                                      double                budget);
KENNIS_AVAILABLE_IN_1_0
char               *kennis_return_explain_employee   (KennisReturn         *self,
                                                      const char           *programme,
                                                      const char           *language);

KENNIS_AVAILABLE_IN_1_0
guint64             kennis_return_get_n_draws        (KennisReturn         *self);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_wanted_error   (KennisReturn         *self);
KENNIS_AVAILABLE_IN_1_0
KennisFigure        kennis_return_get_objective      (KennisReturn         *self);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_mean           (KennisReturn         *self,
                                                      KennisFigure          figure,
                                                      double               *standard_error);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_sd             (KennisReturn         *self,
                                                      KennisFigure          figure,
                                                      double               *standard_error);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_percentile     (KennisReturn         *self,
                                                      KennisFigure          figure,
                                                      double                p,
                                                      double               *standard_error);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_probability    (KennisReturn         *self,
                                                      double               *standard_error);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_probability_over (KennisReturn       *self,
                                                      KennisFigure          figure,
                                                      double                value,
                                                      double               *standard_error);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_probability_best (KennisReturn       *self,
                                                      const char           *programme,
                                                      double               *standard_error);
KENNIS_AVAILABLE_IN_1_0
guint64             kennis_return_get_n_valued       (KennisReturn         *self,
                                                      KennisFigure          figure);
KENNIS_AVAILABLE_IN_1_0
gboolean            kennis_return_is_exact           (KennisReturn         *self,
                                                      KennisFigure          figure);
KENNIS_AVAILABLE_IN_1_0
GBytes             *kennis_return_get_draws          (KennisReturn         *self);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_band           (KennisReturn         *self,
                                                      guint                 month,
                                                      double                p,
                                                      double               *standard_error);
KENNIS_AVAILABLE_IN_1_0
gboolean            kennis_return_get_swing          (KennisReturn         *self,
                                                      const char           *path,
                                                      double               *low,
                                                      double               *high);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_first_order    (KennisReturn         *self,
                                                      const char           *path,
                                                      double               *standard_error);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_total_effect   (KennisReturn         *self,
                                                      const char           *path,
                                                      double               *standard_error);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_evpi           (KennisReturn         *self,
                                                      double               *standard_error);
KENNIS_AVAILABLE_IN_1_0
double              kennis_return_get_evppi          (KennisReturn         *self,
                                                      const char           *path,
                                                      double               *standard_error);

G_END_DECLS
