#pragma once

#include <kennis/kennis-measurements.h>

#include "base/kennis-progress-private.h"

/* What measuring hands to the gate, and the gate to KennisMeasurements.
 *
 * A *population* is one group in one period: its people are what the gate protects.  All metrics of one group and period share it. */

/* Months in which someone's groups do not change. */
typedef struct
{
  guint32 person;
  gint32  first_month;      /* in part or whole */
  gint32  end_month;        /* not any more */
} KennisGateSpell;

typedef struct
{
  guint    query;           /* which query asked for it */
  guint    grouping;        /* index of the grouping in the set; grouping 0 is "everybody", without attributes */
  char   **group;           /* value of each attribute of the grouping, in its order; owned by the set */
  gint32   first_month;     /* the period: from this month … */
  gint32   end_month;       /* … to before this one */
  gboolean is_partial;      /* the period is not over, or not all in the window */
  guint    n_people;        /* distinct people of the roster with exposure */
  const guint32 *people;    /* sorted indices of those people (owned by the set); may be larger than what one metric uses */
  guint    n_spells;
  const guint32 *spells;    /* sorted indices of those people's spells in it (owned by the set) */
} KennisPopulation;

/* A metric that is made of another's values is withheld wherever that one is. */
typedef struct
{
  guint query;
  guint metric;             /* in the catalogue */
  guint on;
} KennisMeasureTie;

/* The same of one cell, made of another of another group. */
typedef struct
{
  guint population, metric;
  guint on_population, on;
} KennisMeasureCellTie;

/* One value before the gate. */
typedef struct
{
  guint               metric;       /* index in the catalogue */
  guint               population;
  KennisMeasureStatus status;       /* OK, PARTIAL, NO_DATA, LOW_COVERAGE, TOO_FEW, NOT_REACHED, UNDETERMINED */
  double              value;        /* NaN unless there is one */
  double              lower, upper; /* NaN: no interval */
  double              coverage;     /* share of heads observed, 0 … 1; NaN: not defined */
  guint32             n;            /* units in the denominator (people, or teams, or ties), as shown */
  guint32             n_people;     /* distinct people in the denominator */
  guint32             n_part;       /* fewest distinct people in any part that is compared; G_MAXUINT32: no parts */
  guint32             n_positive;   /* where the value is a share of people: how many count as yes; G_MAXUINT32: it is not */
  double              dominance;    /* the largest share of one person in the sum behind the value; NaN: no sum */
  gboolean            is_additive;  /* value is (sum over people) / (denominator): subtraction of groups is possible */
  double              numerator, denominator;
  const char         *note;         /* static, N_()-marked English text, or NULL */
} KennisRawMeasurement;

typedef struct
{
  GArray *populations;   /* of KennisPopulation */
  GArray *raw;           /* of KennisRawMeasurement */
  GPtrArray *groupings;  /* of char ** (names of attributes, NULL-terminated) */
  GArray *spells;        /* of KennisGateSpell; NULL: nobody changes groups */
  GArray *ties;          /* of KennisMeasureTie; NULL: none */
  GArray *cell_ties;     /* of KennisMeasureCellTie; NULL: none */
  guint   n_shown;       /* populations; those after them were measured for others only, and are not to be seen.  0: all */
  GHashTable *unasked;   /* query << 32 | metric: measured for others only, and not to be seen; NULL: none */
  GPtrArray *rows;       /* of KennisSurveyRow: metrics after those of the catalogue; NULL: none */
  guint minimum_group;
  guint minimum_survey_group;
} KennisMeasureSet;

KennisMeasureSet *kennis_measure_set_new (void);
void kennis_measure_set_free (KennisMeasureSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisMeasureSet, kennis_measure_set_free)
void kennis_measure_set_clear_population (KennisMeasureSet *self, guint population);
void kennis_measure_set_tie          (KennisMeasureSet *self, const KennisMeasureTie *tie);
/* Metrics (of guint) that a query's own ones need, and nobody asked for. */
void kennis_measure_set_add_unasked  (KennisMeasureSet *self, guint query, const GArray *metrics);
/* Is it of a team, and of nothing else? */
gboolean kennis_measure_set_is_by_team (const KennisMeasureSet *self, const KennisPopulation *population);
/* After the gate: takes out what nobody asked for. */
void kennis_measure_set_drop_unasked (KennisMeasureSet *self);

/* kennis-gate.c: decides what may be shown, in place.  A withheld value keeps metric, population and status WITHHELD with a note;
 * value, interval, n and every sum behind it are overwritten.  Deterministic.  Tells the sink the last tenth of the work; false when cancelled, and the set is
 * then not fit to be seen. */
gboolean kennis_gate_apply (KennisMeasureSet *set, KennisProgressSink *sink, GCancellable *cancellable, GError **error);

/* kennis-measure.c (the engine): everything up to the gate, and nine tenths of the progress. */
KennisMeasureSet *kennis_measure_run (KennisSummary *summary, KennisQuery **queries, gsize n_queries, guint n_threads,
                                      KennisProgressSink *sink, GCancellable *cancellable, GError **error);

/* The catalogue: one row a metric. */
typedef struct _KennisSlice KennisSlice;       /* lib/metric/kennis-slice-private.h: a population with its data */
typedef struct _KennisEstimate KennisEstimate; /* what a metric function fills in */
typedef void (*KennisMetricFunc) (const KennisSlice *slice, KennisEstimate *out);

typedef struct
{
  const char *id;                /* "learning-culture" */
  const char *title;             /* N_() */
} KennisMetricCategory;

typedef struct
{
  const char     *id;            /* "uptake.participation-rate" */
  const char     *title;         /* N_() */
  const char     *description;   /* N_(), one or two plain sentences */
  const char     *reading_aid;   /* N_(), how to read it and what would make it better */
  KennisUnit      unit;
  double          minimum, maximum;
  KennisDirection direction;
  const char     *formula;
  const char     *source;        /* author, year; "ours, after …" */
  const char     *inputs;        /* "activity.duration person.fte" */
  KennisCost      cost;
  KennisMetricFunc measure;
  char           **titles;       /* of a metric that is not in the catalogue, in the order of kennis_text_languages(); else NULL */
  const char     *argument;      /* "instrument scale" or "instrument" of a survey, or another metric; NULL: none */
  const char     *made_of;       /* ids of metrics of which its values tell; NULL: none */
  const char     *by;            /* … and of which parts of the group, by an attribute; NULL: of the group */
  gboolean        is_derived;    /* made of other metrics' values (kennis-culture.c); measure is NULL */
  const KennisMetricCategory *categories;    /* of a unit CATEGORY: the value is a place in it; up to one without an id */
} KennisMetricRow;

/* Of the catalogue, or of the set's own. */
const KennisMetricRow *kennis_measure_set_row (const KennisMeasureSet *self, guint metric);

/* All rows, in the order of families: uptake, embedding, transfer, exchange, … */
const KennisMetricRow *kennis_catalogue_row (guint index);
guint                  kennis_catalogue_size (void);
int                    kennis_catalogue_find (const char *id);       /* −1: none */
