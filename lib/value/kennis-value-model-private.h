#pragma once

#include <kennis/kennis-value-model.h>

#include "summary/kennis-summary-private.h"
#include "value/kennis-quantity-private.h"

#define KENNIS_MAX_HORIZON    1200
#define KENNIS_MAX_PROGRAMMES 1000
#define KENNIS_MAX_BENEFITS   100

typedef enum
{
  KENNIS_LEVEL_MODEL,
  KENNIS_LEVEL_PROGRAMME,
  KENNIS_LEVEL_BENEFIT,
} KennisLevel;

/* Inputs, numbered through all levels. */
typedef enum
{
  KENNIS_INPUT_DISCOUNT_RATE,
  KENNIS_INPUT_TAX_RATE,

  KENNIS_INPUT_PARTICIPANTS,
  KENNIS_INPUT_LEAVING_RATE,
  KENNIS_INPUT_COST_PER_HEAD,
  KENNIS_INPUT_FIXED_COST,
  KENNIS_INPUT_RUNNING_COST,
  KENNIS_INPUT_INDIRECT_COST,
  KENNIS_INPUT_SUBSIDY,
  KENNIS_INPUT_HOURS_PER_HEAD,
  KENNIS_INPUT_WAGE,
  KENNIS_INPUT_BILLING_RATE,
  KENNIS_INPUT_BILLABLE_SHARE,
  KENNIS_INPUT_NOT_CAUGHT_UP,
  KENNIS_INPUT_PAY_RISE,
  KENNIS_INPUT_START,
  KENNIS_INPUT_HAZARD,
  KENNIS_INPUT_DOUBLING,
  KENNIS_INPUT_AGE,
  KENNIS_INPUT_LOSS,
  KENNIS_INPUT_PREVENTED,
  KENNIS_INPUT_OWN_HOURS,
  KENNIS_INPUT_OWN_HOUR_WORTH,
  KENNIS_INPUT_TIME_SAVED,
  KENNIS_INPUT_MEANING,

  /* Of a programme, for those of its benefits that have none of their own. */
  KENNIS_INPUT_TRANSFER,
  KENNIS_INPUT_DELAY,
  KENNIS_INPUT_RAMP_UP,
  KENNIS_INPUT_HALF_LIFE,
  KENNIS_INPUT_END,

  KENNIS_INPUT_AMOUNT,
  KENNIS_INPUT_ISOLATION,
  KENNIS_INPUT_CONFIDENCE,
  KENNIS_INPUT_D,
  KENNIS_INPUT_SDY,
  KENNIS_INPUT_VARIABLE_COST,
} KennisInputKind;

#define KENNIS_N_INPUTS (KENNIS_INPUT_VARIABLE_COST + 1)

typedef struct
{
  const char *name;
  const char *title;       /* marked for translation */
  const char *unit;        /* "money", "share", "months", "hours", "people", "rate", "number", "rating" */
  double      least, most; /* what makes sense */
  guint       levels;      /* bits of KennisLevel */
} KennisInputInfo;

const KennisInputInfo *kennis_input_info (KennisInputKind kind);
/* −1: no such input. */
int                    kennis_input_find (const char *name, KennisLevel level);

typedef struct
{
  KennisQuantity *quantity;   /* NULL: not given */
  KennisEvidence  evidence;
  char           *source;
} KennisInput;

typedef struct
{
  char               *id;
  char               *name;
  KennisBenefitKind   kind;
  KennisBenefitMethod method;
  KennisInput         inputs[KENNIS_N_INPUTS];
} KennisBenefit;

typedef struct
{
  char        *id;
  char        *name;
  GPtrArray   *benefits;      /* KennisBenefit */
  GPtrArray   *reasons;       /* texts */
  KennisInput  inputs[KENNIS_N_INPUTS];
} KennisInvestment;

typedef struct
{
  char  *a, *b;
  double value;
} KennisCorrelation;

struct _KennisValueModel
{
  GObject          parent_instance;

  char            *currency;
  guint            horizon;     /* months */
  KennisCashTiming timing;
  GPtrArray       *programmes;  /* KennisInvestment */
  GArray          *correlations;
  KennisInput      inputs[KENNIS_N_INPUTS];
};

KennisInvestment *kennis_value_model_find    (KennisValueModel *self, const char *id);
/* The input that a path names, whether given or not; NULL and an error where it names none.  *kind and *path_full may be NULL. */
KennisInput      *kennis_value_model_resolve (KennisValueModel *self, const char *path, KennisInputKind *kind, char **full,
                                              GError **error);
/* Whether it is given as a distribution. */
gboolean          kennis_value_model_is_uncertain (KennisValueModel *self, const char *path);
/* Calls func for every input that is given, in the order of the model. */
typedef void (*KennisInputFunc) (const char *path, KennisInputKind kind, const KennisInput *input, gpointer data);
void              kennis_value_model_each    (KennisValueModel *self, KennisInputFunc func, gpointer data);
char             *kennis_value_clean         (const char *text);
/* The index of a text in a summary's facts; KENNIS_INTERN_NONE. */
guint32           kennis_value_find_text     (KennisDataset *facts, KennisSpace space, const char *text);
