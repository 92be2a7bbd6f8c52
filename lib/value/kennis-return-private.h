#pragma once

#include <kennis/kennis-return.h>

#include "base/kennis-progress-private.h"
#include "value/kennis-value-plan-private.h"

/* Small enough that all columns of a block stay in the cache. */
#define KENNIS_DRAW_BLOCK   1024
#define KENNIS_MAX_EXACT    10000000
#define KENNIS_MAX_DRAWS    G_GUINT64_CONSTANT (100000000000)
#define KENNIS_EVPPI_BINS   128
#define KENNIS_BAND_DRAWS   4096
#define KENNIS_INDEX_DRAWS  16384

/* Counts of values by their leading 11 bits of precision: any percentile is within 2^-11 (0.05%) of its own value, however
 * many draws there are; adding two of them up is exact. */
typedef struct
{
  guint64 *count;
  guint64  n;
} KennisSketch;

void   kennis_sketch_init     (KennisSketch *self);
void   kennis_sketch_clear    (KennisSketch *self);
void   kennis_sketch_add      (KennisSketch *self, const double *x, gsize n);
void   kennis_sketch_add_zeros (KennisSketch *self, gsize n);
void   kennis_sketch_merge    (KennisSketch *self, const KennisSketch *other);
guint64 kennis_sketch_count_over (const KennisSketch *self, double value);
double kennis_sketch_quantile (const KennisSketch *self, double p);

/* Exact quantiles of type 7 of values in any order, without sorting all of them: counted in buckets once, then one pass over
 * the values for each question, which sorts those from the least to the most that is asked.  x is borrowed, n ≥ 1. */
typedef struct
{
  const double *x;
  gsize         n;
  double        least, scale;
  guint64      *below;
} KennisSelection;

void kennis_selection_init      (KennisSelection *self, const double *x, gsize n, guint n_threads);
void kennis_selection_clear     (KennisSelection *self);
void kennis_selection_quantiles (const KennisSelection *self, const double *p, guint n_p, guint n_threads, double *out);

/* Of one figure: Chan, Golub & LeVeque's merge of means and squares, in the order of the blocks. */
typedef struct
{
  guint64 n, n_blocks;                       /* draws that have a value; whole blocks */
  guint64 above;                             /* of those, over the threshold: 0, of the BCR 1 */
  double  mean, squares;
  double  block_mean, block_mean_squares;    /* of the means of whole blocks */
  double  block_sd, block_sd_squares;        /* of their standard deviations */
} KennisMoments;

typedef struct { double count, sum, squares; } KennisBin;

/* Sums of max (0, objective) and of max (0, −objective). */
typedef struct { double gain, gain_squares, loss, loss_squares; } KennisJudgement;

/* The figures that are drawn. */
enum
{
  KENNIS_TRACKED_COST,
  KENNIS_TRACKED_BENEFIT,
  KENNIS_TRACKED_LOSS_AVOIDED,
  KENNIS_TRACKED_NET,
  KENNIS_TRACKED_NET_AFTER_TAX,
  KENNIS_TRACKED_NPV,
  KENNIS_TRACKED_BCR,                        /* NaN where a draw has no cost */
  KENNIS_TRACKED_EMPLOYEE_NET,
  KENNIS_N_TRACKED
};

typedef struct
{
  guint64        n, seed;
  KennisSampling sampling;
  KennisFigure   objective;
  KennisMoments  moments[KENNIS_N_TRACKED];
  KennisSketch   sketches[KENNIS_N_TRACKED];
  KennisJudgement judgement;
  double        *draws;                    /* n of them; NULL: more than KENNIS_MAX_EXACT */
  KennisSelection selection;               /* of draws */
  KennisBin     *bins;                     /* KENNIS_EVPPI_BINS of each slot */
  double        *band;                     /* cumulative cash, sorted in each month: (horizon + 1) × n_band */
  gsize          n_band;
  double        *first, *first_error, *whole, *whole_error;   /* of each slot; NaN: certain or correlated */
} KennisSimulation;

/* What is to be drawn. */
typedef struct
{
  guint64             n, seed;
  KennisSampling      sampling;
  double              until;
  guint               n_threads;
  guint64             most_exact;        /* draws that are kept at most */
  KennisProgressSink *sink;
  double              begun, share;      /* of all the work */
} KennisDrawing;

/* Columns of one block: from the sums of each stream to the figures, and from a figure to what it comes to. */
void              kennis_block_figures   (double * const *total, double * const *present, const gboolean *fed, double tax,
                                          const double *taxes, gsize n, double * const *figures);
void              kennis_block_measure   (const double *x, gsize n, double threshold, KennisMoments *out);
void              kennis_block_judge     (const double *x, gsize n, KennisJudgement *self);

void              kennis_simulation_free (KennisSimulation *self);
/* The index among those tracked, −1: not tracked. */
int               kennis_simulation_find (KennisFigure figure);
KennisSimulation *kennis_simulation_run  (KennisValuePlan *plan, const KennisDrawing *order, GCancellable *cancellable,
                                          GError **error);
/* Uniforms of one block for every uncertain slot, correlated where asked for; stream numbers begin at `base`. */
void              kennis_block_uniforms  (const KennisValuePlan *plan, guint64 seed, guint64 base, KennisSampling sampling,
                                          guint64 block, gsize n, double **uniforms);
gboolean          kennis_simulation_indices (KennisSimulation *self, KennisValuePlan *plan, guint n_threads, GCancellable *cancellable,
                                             GError **error);
gboolean          kennis_simulation_band (KennisSimulation *self, KennisValuePlan *plan, guint n_threads, GCancellable *cancellable,
                                          GError **error);

struct _KennisReturn
{
  GObject           parent_instance;

  KennisValuePlan  *plan;
  double           *values;        /* expected value of each slot */
  KennisTotals      all;
  KennisTotals     *each;          /* of each programme */
  guint            *fed;           /* of each programme: bits of the streams that somebody gave inputs for */
  double           *flows;         /* of all */
  gint64           *cents;         /* discounted, after tax; NULL without a rate */
  KennisSimulation *simulation;    /* NULL: not simulated, or nothing is uncertain */
  double            wanted_error;  /* of the objective's mean; 0: not asked for */
  KennisReturn    **parts;         /* of each programme by itself; NULL where there is one */
  guint64          *best;          /* draws in which each programme is the best; NULL: not counted */
};

KennisReturn      *kennis_return_make       (KennisValuePlan *plan);
/* What nobody gave an input for is not known, and not 0; programme −1: all. */
gboolean           kennis_return_is_fed     (KennisReturn *self, int programme, KennisFigure figure);
/* Whether the figure that decides has a value. */
gboolean           kennis_return_is_known   (KennisReturn *self);
guint             *kennis_return_find_fed   (const KennisValuePlan *plan);
/* Its number, −1: no such programme. */
int                kennis_return_find_programme (KennisReturn *self, const char *id);
/* First month at whose end nothing is open any more; and the roots of the net present value. */
KennisFigureStatus kennis_flows_payback     (const double *flows, guint horizon, double tax, double *month);
KennisFigureStatus kennis_flows_irr         (const double *flows, guint horizon, double *rate);
double             kennis_flows_net         (const double *flows, guint month);
