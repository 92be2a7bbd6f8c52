#pragma once

#include "metric/kennis-measure-private.h"

/* The gate's parts.
 *
 * An *atom* is a set of (person, month) that no population tells apart.  A sum over people is additive over atoms, so that every population
 * is a 0/1 vector over them, and what a reader can work out is the span of the vectors that are shown.  A *cell* is a population, or (from
 * n_populations on) a *remainder*: what is left of one population without others and has fewer people than the minimum; nobody shows it,
 * and nobody should be able to work it out.
 *
 * A mover is in two teams in one year but in one at a time: what adds up are not people but their spells (KennisGateSpell), of which each
 * is in one group of a grouping.  Numbers of people do not add up over spells; for them there are the atoms of one period. */
typedef struct
{
  guint          n_populations;
  guint          n_cells;
  guint          n_atoms;
  guint         *atoms_begin;     /* of each cell, sorted: atoms[atoms_begin[c]] … */
  guint         *atoms;
  guint         *cells_begin;     /* of each atom: the populations that contain it */
  guint         *cells;
  guint         *people_begin;    /* of each atom */
  guint32       *people;
  guint          n_persons;       /* highest index of a person + 1 */
  guint         *n_people;        /* of each cell */
  guint          n_used;
  guint         *used;            /* cells that have atoms here */
} KennisGateAtoms;

KennisGateAtoms *kennis_gate_atoms_new   (const KennisMeasureSet *set);
void             kennis_gate_atoms_free  (KennisGateAtoms *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisGateAtoms, kennis_gate_atoms_free)
/* Distinct people of some atoms. */
guint            kennis_gate_atoms_count (const KennisGateAtoms *self, const guint *atoms, guint n);

/* A *frame* is all groups of one grouping in one period of one query. */
typedef struct
{
  const guint *of;           /* by population */
  const guint *everybody;    /* by frame: the population of everybody in its query and period, or G_MAXUINT */
} KennisGateFrames;

/* kennis-gate-remainders.c: adds the remainders to the cells. */
void kennis_gate_atoms_find_remainders (KennisGateAtoms *self, const KennisMeasureSet *set, const KennisGateFrames *frames);
int  kennis_gate_compare_uint64        (gconstpointer a, gconstpointer b);

/* kennis-gate-parts.c: the atoms apart that no population has together, each with all cells; of KennisGateAtoms. */
GPtrArray *kennis_gate_atoms_split      (const KennisGateAtoms *self);
void       kennis_gate_atoms_list_cells (KennisGateAtoms *self);

/* What a cell is, for one metric. */
typedef enum
{
  KENNIS_CELL_ABSENT,        /* not measured: neither shown nor to be protected */
  KENNIS_CELL_SHOWN,
  KENNIS_CELL_PRIMARY,       /* withheld for its own sake */
  KENNIS_CELL_COMPLEMENT     /* withheld for another's */
} KennisCellState;

static inline gboolean
kennis_cell_is_withheld (guint8 state)
{
  return state == KENNIS_CELL_PRIMARY || state == KENNIS_CELL_COMPLEMENT;
}

/* A sum that the shown cells give away: of one withheld cell, or else of a set of atoms of withheld cells. */
typedef struct
{
  gint    cell;              /* −1: a set of atoms */
  guint   n_atoms;
  guint  *atoms;
  guint   n_rows;
  guint  *rows;              /* the shown populations whose sums are added and subtracted */
  gboolean is_small;         /* of fewer people than the minimum */
} KennisGateLeak;

void       kennis_gate_leak_free (KennisGateLeak *self);
/* All leaks where cells have these states (n_cells bytes): exact, by elimination over a prime field.  Of KennisGateLeak. */
GPtrArray *kennis_gate_leaks     (const KennisGateAtoms *atoms, const guint8 *states);

#define KENNIS_GATE_PRIME 2147483647u      /* coefficients are of the field of so many elements */

/* kennis-gate-unions.c: a withheld cell, or a single hidden atom, and what elimination leaves of it. */
typedef struct
{
  guint        n_atoms;
  const guint *atoms;
  guint        n_people;     /* as the metric counts, at least 1 */
  gboolean     has_pivot;    /* something is known of it with others */
  guint        begin, end;   /* its residue in columns and values */
} KennisGateUnit;

typedef struct
{
  const KennisGateAtoms *atoms;
  guint   minimum;
  GArray *units;             /* of KennisGateUnit */
  GArray *columns;           /* of guint: atoms */
  GArray *values;            /* of guint32 */
} KennisGateResidues;

GPtrArray *kennis_gate_unions_find (const KennisGateResidues *residues);
/* Leaks of several withheld cells that are together fewer than the minimum.  n: people as the metric counts, by cell; NULL: all of them. */
GPtrArray *kennis_gate_union_leaks (const KennisGateAtoms *atoms, const guint8 *states, const guint *n, guint minimum);

/* How wide a reader's interval of a withheld sum must be: ± this share of the true sum, on either side or shared between them. */
#define KENNIS_GATE_PROTECTION 0.2
/* The primary cells whose sum might be found within that, to the one who knows the sums of all shown cells and that no sum is negative.
 * x: the true sums by cell, NaN where not known.  are_answers: they are numbers of people who say yes, and a reader must not know any such
 * number exactly, also not 0, even though at most everybody can say yes.  is_zero_secret: that a sum is 0 must not be known either.  Never misses one; of guint.
 * frame_of: by population, grouping and period of a query as a number; NULL: no sums of people.
 * is_wide: by cell: found wide before, while less was withheld, and so still; NULL: none. */
GArray    *kennis_gate_narrow    (const KennisGateAtoms *atoms, const guint8 *states, const double *x,
                                 gboolean are_answers, gboolean is_zero_secret, const guint *frame_of, guint8 *is_wide);
/* The same populations, but only those of one period; an atom is the people who are in exactly the same of them, a mover in several teams. */
KennisGateAtoms *kennis_gate_atoms_of_period (const KennisGateAtoms *self, const KennisMeasureSet *set, gint32 first_month,
                                              gint32 end_month);

/* What the gate must know of a metric. */
typedef struct
{
  guint    minimum;          /* fewest people */
  gboolean is_sensitive;     /* that all say yes, or all no, is itself withheld */
  gboolean is_share;
  gboolean is_score;         /* 0 to 100: all at one end is all saying the same; numerators are of shares of 100 */
  guint    family;           /* not 0: withheld together with all of that family, as one follows from others (a scale and those below it) */
} KennisGateTraits;

typedef enum
{
  KENNIS_GATE_FLAGS_NONE = 0,
  KENNIS_GATE_FLAGS_WITHOUT_COMPLEMENT = 1     /* for tests: shows what complementary withholding is for */
} KennisGateFlags;

/* The values of one additive sum. */
typedef struct
{
  const KennisMeasureSet *set;
  const KennisGateAtoms  *atoms;
  const GPtrArray        *parts;         /* the same, as far as they hang together */
  GHashTable             *cache;         /* states and atoms → leaks */
  GCancellable           *cancellable;   /* NULL */
  const guint            *group_of;      /* by population: a number for grouping and group */
  const guint            *frame_of;      /* by population: a number for query, grouping and period */
  const guint8           *is_loose;      /* by cell: its x adds up with nothing that is known; NULL: all do */
  const guint            *rank;          /* by population: order of grouping, text of group, period, query */
  guint                   minimum;
  gboolean                is_sensitive;
  const guint            *n;             /* people in the denominator by cell; NULL: all of them */
  const double           *x;             /* sums by cell, NaN: not known; NULL: structure only */
  const double           *positive;      /* of a share: the yeses by cell, and … */
  const double           *whole;         /* … the yeses and noes; NULL */
  const GPtrArray        *periods;       /* x are numbers of people: atoms by period; NULL: x are sums over time */
  gboolean                are_counts;    /* nothing but that is shown; else there are also sums over time */
  const double           *largest;       /* the largest part of one person by cell; NULL */
} KennisGateTask;

/* kennis-gate-loose.c */
typedef struct _KennisGateRelations KennisGateRelations;
KennisGateRelations *kennis_gate_relations_new        (const KennisMeasureSet *set, const KennisGateAtoms *atoms, const guint *frame_of);
void                 kennis_gate_relations_free       (KennisGateRelations *self);
/* By cell: whether the x of no population that it is in, or that is in it, can be subtracted.  x: numbers of people. */
guint8              *kennis_gate_relations_find_loose (const KennisGateRelations *self, const KennisGateAtoms *atoms, const double *x,
                                                       guint minimum);

/* Withholds more cells until nothing of the withheld can be worked out.  Only adds. */
void kennis_gate_close (const KennisGateTask *task, guint8 *states);

/* Leaves nothing of a value, and says that it is withheld. */
void     kennis_gate_overwrite  (KennisRawMeasurement *raw);
/* kennis-gate-ties.c: by population and metric; NULL: it was not measured. */
GHashTable           *kennis_gate_index_raw (const KennisMeasureSet *set);
KennisRawMeasurement *kennis_gate_raw_at    (KennisMeasureSet *set, GHashTable *index, guint population, guint metric);
/* After the rest. */
void     kennis_gate_apply_ties (KennisMeasureSet *set, const KennisGateTraits *traits);
/* kennis-gate-catalogue.c: the fewest people for a metric of the catalogue. */
guint    kennis_gate_minimum_of (guint metric, guint minimum_group, guint minimum_survey_group);
guint    kennis_gate_minimum_of_id (const char *id, guint minimum_group, guint minimum_survey_group);

/* traits by metric (catalogue index). */
void     kennis_gate_apply_with (KennisMeasureSet *set, const KennisGateTraits *traits, KennisGateFlags flags);
/* Tells the sink the last tenth.  When cancelled the set is not fit to be seen. */
gboolean kennis_gate_run        (KennisMeasureSet *set, const KennisGateTraits *traits, KennisGateFlags flags,
                                 KennisProgressSink *sink, GCancellable *cancellable, GError **error);
