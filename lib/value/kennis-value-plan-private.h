#pragma once

#include "value/kennis-value-model-private.h"

/* A model made ready to be worked out: sums of products of inputs, each spread over time by a profile. */

/* Where an operand is an input that is certain, it is as fast as a number; `op` says how it enters the product. */
typedef enum { KENNIS_OP_X, KENNIS_OP_NOT_X, KENNIS_OP_ONE_PLUS_X } KennisOp;

#define KENNIS_NO_SLOT G_MAXUINT

typedef struct
{
  guint    slot;
  KennisOp op;
} KennisOperand;

typedef enum
{
  KENNIS_STREAM_DIRECT,
  KENNIS_STREAM_INDIRECT,
  KENNIS_STREAM_TIME,
  KENNIS_STREAM_PAY,
  KENNIS_STREAM_SUBSIDY,
  KENNIS_STREAM_BENEFIT,
  KENNIS_STREAM_AVOIDED,
  KENNIS_STREAM_OWN_COST,
  KENNIS_STREAM_OWN_GAIN,
} KennisStream;

#define KENNIS_N_STREAMS (KENNIS_STREAM_OWN_GAIN + 1)

/* NONE: 0 was given for what it is of, so that nothing comes of it whatever else there is. */
typedef enum
{
  KENNIS_VALUE_PROFILE_ONCE,
  KENNIS_VALUE_PROFILE_STREAM,
  KENNIS_VALUE_PROFILE_HAZARD,
  KENNIS_VALUE_PROFILE_NONE,
} KennisValueProfileKind;

/* Slots of the inputs that shape it, KENNIS_NO_SLOT where not given. */
typedef struct
{
  KennisValueProfileKind kind;
  guint             start, delay, ramp_up, half_life, end, leaving;
  guint             hazard, doubling, age;
} KennisValueProfile;

typedef struct
{
  KennisStream      stream;
  KennisBenefitKind benefit;
  guint             programme;
  guint             n;
  KennisOperand     operand[8];
  KennisValueProfile     profile;
} KennisTerm;

typedef struct
{
  char           *path;
  KennisInputKind kind;
  KennisQuantity *quantity;
  KennisEvidence  evidence;
  char           *source;
  double          mean;
  gboolean        certain;
  KennisSampler  *sampler;   /* NULL: certain */
} KennisSlot;

typedef struct
{
  gatomicrefcount  references;
  char            *currency;
  guint            horizon;
  KennisCashTiming timing;
  guint            discount, tax;     /* slots */
  GArray          *terms;             /* KennisTerm */
  GArray          *slots;             /* KennisSlot */
  GPtrArray       *programmes;        /* ids */
  GPtrArray       *names;             /* of programmes */
  GPtrArray       *reasons;           /* GStrv of each programme */
  guint           *correlated;        /* slots */
  guint            n_correlated;
  double          *lower;             /* Cholesky factor of their correlations */
  guint8          *drawn;             /* of each slot: it is uncertain, and in what is worked out */
  char            *only;              /* the one programme that it is of; NULL: all */
} KennisValuePlan;

KennisValuePlan *kennis_value_plan_new   (KennisValueModel *model, GError **error);
KennisValuePlan *kennis_value_plan_ref   (KennisValuePlan *self);
void             kennis_value_plan_unref (KennisValuePlan *self);
/* The same for one programme: its slots have the same numbers, so that its draws are those of the whole. */
KennisValuePlan *kennis_value_plan_part  (KennisValuePlan *self, guint programme);
/* Takes the model's correlations of inputs that are distributions; false where they cannot all hold. */
gboolean         kennis_value_plan_correlate (KennisValuePlan *self, KennisValueModel *model, GError **error);
int              kennis_value_plan_find  (KennisValuePlan *self, const char *path);
/* KENNIS_NO_SLOT: not given there.  Programme and benefit may be NULL. */
guint            kennis_value_plan_slot_of (KennisValuePlan *self, const char *programme, const char *benefit, KennisInputKind kind);
/* Adds what a programme comes to. */
gboolean         kennis_value_plan_add   (KennisValuePlan *self, KennisInvestment *programme, guint number, GError **error);
/* Whether anything that is worked out comes from a distribution. */
gboolean         kennis_value_plan_is_uncertain (const KennisValuePlan *self);
/* Whether a slot is of the model, or of the programme that the plan is of. */
gboolean         kennis_value_plan_has   (const KennisValuePlan *self, guint slot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisValuePlan, kennis_value_plan_unref)

static inline const KennisSlot *
kennis_value_plan_slot (const KennisValuePlan *self, guint slot)
{
  return &g_array_index (self->slots, KennisSlot, slot);
}

/* What a term's product is multiplied with in month row m = 0 … horizon; a value of every slot is given. */
void   kennis_value_profile_weights (const KennisValuePlan *plan, const KennisValueProfile *profile, const double *values, double *weight);
/* Discount factor of row m. */
double kennis_plan_discount   (double rate, guint m);

/* Undiscounted and discounted sums of each stream for one set of values (stream by stream; programme G_MAXUINT: all). */
typedef struct
{
  double total[KENNIS_N_STREAMS];
  double present[KENNIS_N_STREAMS];
  double benefit[6];                  /* undiscounted, by KennisBenefitKind */
  double rate, tax;                   /* NaN: no rate given; tax 0: none given */
} KennisTotals;
void   kennis_plan_totals     (const KennisValuePlan *plan, const double *values, guint programme, KennisTotals *out);
/* The same by month: row-major (horizon + 1) × KENNIS_N_STREAMS, undiscounted. */
void   kennis_plan_flows      (const KennisValuePlan *plan, const double *values, guint programme, double *flows);
/* Value of a figure, NaN where it has none; and why. */
double kennis_totals_figure   (const KennisTotals *totals, KennisFigure figure, KennisFigureStatus *status);

/* Weights that every draw shares, worked out once. */
typedef struct
{
  gboolean certain;
  double   total, present;
} KennisShape;

/* n sets of values at once: columns[slot] is NULL where the slot is certain.  out[s] and present[s] take the sums per stream. */
typedef struct
{
  const KennisValuePlan *plan;
  KennisShape           *shapes;      /* of each term */
  double                *means;       /* of each slot */
  gboolean               has_rate;
} KennisEvaluator;
void   kennis_evaluator_init  (KennisEvaluator *self, const KennisValuePlan *plan);
void   kennis_evaluator_clear (KennisEvaluator *self);
void   kennis_evaluator_run   (const KennisEvaluator *self, double * const *columns, gsize n, double *scratch,
                               double **total, double **present);
