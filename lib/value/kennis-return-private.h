#pragma once

#include <kennis/kennis-return.h>

#include "base/kennis-progress-private.h"
#include "value/kennis-value-plan-private.h"

/* Small enough that all columns of a block stay in the cache. */
#define KENNIS_DRAW_BLOCK   1024
#define KENNIS_MAX_EXACT    10000000
#define KENNIS_MAX_DRAWS    G_GUINT64_CONSTANT (100000000000)
#define KENNIS_EVPPI_BINS   128
/* With fewer EVPPI is more than a tenth of EVPI too high where knowing the input is worth nothing: by up to EVPI/√(draws of a class). */
#define KENNIS_EVPPI_DRAWS  (100 * KENNIS_EVPPI_BINS)
/* So few draws tell nothing of how sure they are: two that are alike are no proof that all are. */
#define KENNIS_ERROR_DRAWS  100
#define KENNIS_BAND_DRAWS   4096
#define KENNIS_INDEX_DRAWS  16384
/* Draws that EVPPI is from, and errors where not all draws are looked at again. */
#define KENNIS_GLANCE_DRAWS (1 << 20)

/* Counts of values by their leading 11 bits of precision: any percentile is within 2^-11 (0.05%) of its own value, however
 * many draws there are (sizes from 2^-24 = 6·10^-8, under which all is 0, to 2^56 = 7·10^16); adding two of them up is exact. */
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
/* Those in buckets over the value's own; and in its own, which may be on either side. */
guint64 kennis_sketch_count_over (const KennisSketch *self, double value, guint64 *near);
/* The value of a rank (0 … n − 1), in the middle of its bucket; NaN where there are none. */
double kennis_sketch_quantile (const KennisSketch *self, double p);
/* As quantile, but where in its bucket the rank is: for differences. */
double kennis_sketch_between  (const KennisSketch *self, double p);
/* How far a value of a bucket may be from its middle. */
double kennis_sketch_error    (double value);

/* Exact quantiles of type 7 (Hyndman & Fan 1996) of values in any order without sorting them all (Floyd & Rivest 1975): a sorted
 * sample tells between which values the wanted ones are, and one pass over all takes those out.  x is borrowed; NaN does not
 * count. */
typedef struct
{
  const double *x;
  gsize         n_all, n;                    /* of them numbers */
  double       *sample;                      /* sorted */
  gsize         n_sample;
} KennisSelection;

void kennis_selection_init      (KennisSelection *self, const double *x, gsize n);
void kennis_selection_clear     (KennisSelection *self);
void kennis_selection_quantiles (const KennisSelection *self, const double *p, guint n_p, guint n_threads, double *out);

/* How many draws of each block are in a class, of those that have a value.  Blocks are independent of one another even where
 * the draws in them are not (Latin hypercubes, inputs that go together): replicates, whose spread tells how sure a share is. */
typedef struct { guint64 n, n_squares, in, in_squares, in_n, n_blocks; } KennisShares;

void   kennis_shares_add        (KennisShares *self, guint64 n, guint64 in);
/* What stands for the standard error of a share seen in none or all of n draws, which are no proof that there are no others: as far as Wilson's (1927)
 * interval of ± one standard error goes. */
double kennis_share_bound       (double n);
/* Standard error of in/n: from the blocks, or as of independent draws. */
double kennis_shares_error      (const KennisShares *self, gboolean by_blocks);
/* Standard error of Σ sum / Σ n over blocks from Σ sum², Σ sum·n, Σ n² (a ratio, linearised: Cochran 1977, § 2.11). */
double kennis_ratio_error       (double sum, double squares, double by_n, double n, double n_squares, double n_blocks);

/* Of one figure: Chan, Golub & LeVeque's merge of means and squares, in the order of the blocks. */
typedef struct
{
  guint64 n, n_blocks;                       /* draws that have a value; whole blocks */
  guint64 above;                             /* of those, over the threshold: 0, of the BCR 1 */
  double  mean, squares;
  double  least, most;                       /* ∞ and −∞ where there are none */
  KennisShares shares;                       /* of those above */
  double  block_mean, block_mean_squares;    /* of the means of blocks, weighted by the square of their draws */
  double  block_sd, block_sd_squares;        /* of the standard deviations of whole blocks */
} KennisMoments;

typedef struct { double count, sum, squares; } KennisBin;

/* Sums of max (0, objective) and of max (0, −objective), and of the squares of draws and of blocks. */
typedef struct
{
  double gain, gain_squares, gain_block_squares, gain_by_n;
  double loss, loss_squares, loss_block_squares, loss_by_n;
  double n, n_squares, n_blocks;
} KennisJudgement;

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

/* What makes draws: block after block, the same whenever and wherever it is asked. */
typedef struct
{
  const KennisValuePlan *plan;
  KennisEvaluator evaluator;
  guint64        seed;
  KennisSampling sampling;
  guint          same[KENNIS_N_TRACKED];     /* itself, or the figure that is the same in every draw */
  gboolean       fed[KENNIS_N_STREAMS];
  gboolean       is_void[KENNIS_N_TRACKED];  /* no term feeds it: 0 in every draw */
} KennisDrawer;

/* What one thread draws on. */
typedef struct
{
  double *memory;
  double **uniforms, **columns;              /* of each slot, NULL where it is not drawn */
  double *total[KENNIS_N_STREAMS], *present[KENNIS_N_STREAMS];
  double *scratch, *figure[KENNIS_N_TRACKED];
} KennisDesk;

void kennis_drawer_init  (KennisDrawer *self, const KennisValuePlan *plan, guint64 seed, KennisSampling sampling);
void kennis_drawer_clear (KennisDrawer *self);
/* The first n draws of a block: all of desk->uniforms and desk->figure. */
void kennis_drawer_block (const KennisDrawer *self, KennisDesk *desk, guint64 block, gsize n);
void kennis_desk_init    (KennisDesk *self, const KennisValuePlan *plan);
void kennis_desk_clear   (KennisDesk *self);

/* The draws of one figure of one simulation. */
typedef struct
{
  gatomicrefcount references;
  guint           number;                    /* of the simulation in its store */
  guint           tracked;
  gsize           n;
  double         *x;                         /* NaN: a draw without value */
  KennisSelection selection;
} KennisDrawn;

KennisDrawn *kennis_drawn_new   (guint number, guint tracked, double *x, gsize n);
KennisDrawn *kennis_drawn_ref   (KennisDrawn *self);
void          kennis_drawn_unref (KennisDrawn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisDrawn, kennis_drawn_unref)
/* Of the draws that have a value those up to `most`, block by block. */
void          kennis_drawn_shares (const KennisDrawn *self, double most, KennisShares *out);

/* Columns that were made again since they were asked for: as many as KENNIS_MAX_EXACT draws go in, those asked for last.  Of a
 * return and its parts together; may be used from any thread. */
typedef struct _KennisDrawnStore KennisDrawnStore;
KennisDrawnStore *kennis_drawn_store_new   (void);
KennisDrawnStore *kennis_drawn_store_ref   (KennisDrawnStore *self);
void               kennis_drawn_store_unref (KennisDrawnStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisDrawnStore, kennis_drawn_store_unref)

typedef struct
{
  guint64        n, seed;
  KennisSampling sampling;
  gboolean       in_blocks;                /* draws of a block depend on one another */
  KennisFigure   objective;
  KennisMoments  moments[KENNIS_N_TRACKED];
  KennisSketch  *sketches;                 /* of each figure; NULL: no more than KENNIS_MAX_EXACT draws were asked for */
  KennisJudgement judgement;
  KennisDrawn   *kept[KENNIS_N_TRACKED];   /* draws of each figure; NULL: too many to keep */
  KennisBin     *bins;                     /* KENNIS_EVPPI_BINS of each slot */
  double        *evppi_error;              /* of each slot, from blocks; NULL: draws do not depend on one another */
  double        *band;                     /* cumulative cash, sorted in each month: (horizon + 1) × n_band */
  double        *band_drawn;               /* the same in the order of the draws; NULL as evppi_error */
  gsize          n_band;
  double        *first, *first_error, *whole, *whole_error;   /* of each slot; NaN: certain or correlated */
  KennisValuePlan   *plan;
  KennisDrawnStore *store;
  guint          number;                   /* in the store */
} KennisSimulation;

/* All draws of a figure, or the first KENNIS_GLANCE_DRAWS of them where there are over KENNIS_MAX_EXACT: kept, or made again. */
KennisDrawn *kennis_simulation_drawn (KennisSimulation *self, guint tracked);
/* Whether errors are those of blocks, of which there are enough. */
gboolean      kennis_simulation_by_blocks (const KennisSimulation *self);
/* Standard error of the share of draws that is counted; NaN of too few. */
double        kennis_simulation_share_error (const KennisSimulation *self, const KennisShares *shares);
double        kennis_simulation_mean_error (const KennisSimulation *self, guint tracked);
/* Standard errors of EVPPI from blocks. */
gboolean      kennis_simulation_evppi (KennisSimulation *self, KennisDrawer *drawer, guint n_threads, GCancellable *cancellable,
                                       GError **error);
/* Whether knowing that an input is in a class of its values would change the choice. */
gboolean      kennis_bins_change (const KennisBin *bins, guint bin, double sum);

/* What is to be drawn. */
typedef struct
{
  guint64             n, seed;
  KennisSampling      sampling;
  double              until;
  guint               n_threads;
  guint64             most_kept;         /* draws of the objective that are kept at most */
  guint64             most_each;         /* and of every other figure */
  KennisProgressSink *sink;
  double              begun, share;      /* of all the work */
  KennisDrawnStore  *store;
  guint               number;
} KennisDrawing;

/* Columns of one block: from the sums of each stream to the figures, and from a figure to what it comes to. */
void              kennis_block_figures   (double * const *total, double * const *present, const gboolean *fed, double tax,
                                          const double *taxes, gsize n, double * const *figures);
void              kennis_block_measure   (const double *x, gsize n, double threshold, KennisMoments *out);
void              kennis_block_judge     (const double *x, gsize n, KennisJudgement *out);
void              kennis_judgement_merge (KennisJudgement *self, const KennisJudgement *other);

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
  guint64          *given;         /* of each programme: bits of its own inputs that were given, by KennisInputKind */
  double           *flows;         /* of all */
  gint64           *cents;         /* discounted, after tax; NULL without a rate */
  KennisSimulation *simulation;    /* NULL: not simulated, or nothing is uncertain */
  double            wanted_error;  /* of the objective's mean; 0: not asked for */
  KennisReturn    **parts;         /* of each programme by itself; NULL where there is one */
  KennisShares     *best;          /* draws in which each programme is the best; NULL: not counted */
};

KennisReturn      *kennis_return_make       (KennisValuePlan *plan);
/* What nobody gave an input for is not known, and not 0; programme −1: all. */
gboolean           kennis_return_is_fed     (KennisReturn *self, int programme, KennisFigure figure);
/* Whether how often each programme is the best was not counted since there are too many draws. */
gboolean           kennis_return_has_many   (KennisReturn *self);
/* Whether the figure that decides has a value. */
gboolean           kennis_return_is_known   (KennisReturn *self);
guint             *kennis_return_find_fed   (const KennisValuePlan *plan);
guint64           *kennis_return_find_given (const KennisValuePlan *plan);
/* Its number, −1: no such programme. */
int                kennis_return_find_programme (KennisReturn *self, const char *id);
/* First month at whose end nothing is open any more; and the roots of the net present value. */
KennisFigureStatus kennis_flows_payback     (const double *flows, guint horizon, double tax, double *month);
KennisFigureStatus kennis_flows_irr         (const double *flows, guint horizon, double *rate);
double             kennis_flows_net         (const double *flows, guint month);
