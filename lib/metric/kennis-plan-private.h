#pragma once

#include <kennis/kennis-query.h>

#include "metric/kennis-culture-private.h"

/* A query, resolved against a summary. */

typedef struct
{
  gint32   first_month, end_month;
  gboolean is_partial;
} KennisSlot;

typedef struct _KennisPlan KennisPlan;
struct _KennisPlan
{
  guint    query;               /* its number */
  GArray  *metrics;             /* of guint, catalogue indices in order */
  GArray  *slots;               /* of KennisSlot: the periods */
  GArray  *groupings;           /* of guint, the ground's; the first is everybody (0) */
  gint32   first_day, end_day;  /* the window */
  guint    minimum_group, minimum_survey_group;
  double   level;
  guint64  seed;
  guint    replicates;
  gboolean admit_contact;
  GArray  *own;                 /* of guint: the measuring's own metrics, after those of the catalogue */
  GArray  *unasked;             /* of guint: metrics that others are made of, and nobody asked for */
  const KennisPlan *whole;      /* of a plan for parts of groups (kennis-made-of.c): the plan that they are for; else NULL */
  double   foundation_threshold;
  int      level_grouping;      /* by people's attribute "level"; −1: nobody has one */
  int      access_grouping;     /* the grouping of group-access-ratio */
  gconstpointer weights;        /* KennisWeights */
  KennisCulturePlan *culture;   /* NULL: no metric that is made of others */
};
void kennis_plan_free (KennisPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisPlan, kennis_plan_free)

static inline guint
kennis_plan_metric (const KennisPlan *self, guint i)
{
  return i < self->metrics->len ? g_array_index (self->metrics, guint, i)
                                : g_array_index (self->own, guint, i - self->metrics->len);
}

/* What a query holds. */
typedef struct
{
  GPtrArray *patterns;          /* of char *; none: "*" */
  GPtrArray *groupings;         /* of char ** */
  gint32     from_month, end_month;   /* G_MININT32: not set */
  KennisPeriod period;
  guint      minimum_group, minimum_survey_group;
  double     level;
  guint64    seed;
  guint      replicates;
  gboolean   admit_contact;
  char      *access_attribute;
  GPtrArray *instruments;       /* of KennisInstrument: the caller's own */
  KennisProfile *profile;       /* NULL: "default" */
} KennisQueryData;
const KennisQueryData *kennis_query_data (KennisQuery *self);
