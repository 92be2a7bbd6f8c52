#pragma once

#include <kennis/kennis-instrument.h>

#include "metric/kennis-ground-private.h"
#include "metric/kennis-mixing-private.h"
#include "metric/kennis-plan-private.h"
#include "metric/kennis-measure-private.h"

/* Inside of the ground: for the engine's own files. */

/* Things of owners: those of owner o are items[first[o]] … items[first[o + 1] − 1]. */
typedef struct
{
  guint32 *first;
  guint32 *items;
} KennisOrder;

typedef struct
{
  gint32 from, until;     /* days; until is the first no longer covered */
} KennisSpan;

/* One row of coverage. */
typedef struct
{
  KennisRecordType type;
  int     field;          /* −1: the records as such */
  guint32 team;           /* KENNIS_INTERN_NONE: everywhere */
  KennisSpan span;
} KennisCoverageRow;

/* What has to be observed together: pairs (type × KENNIS_MAX_FIELDS + field + 1), sorted. */
typedef struct
{
  guint    pairs[16];
  guint    n_pairs;
  guint32 *list_of_team;  /* n_teams + 1 (the last: no team known): which list of spans */
  GArray  *lists;         /* of guint32: where list l begins in spans (n_lists + 1) */
  GArray  *spans;         /* of KennisSpan, in order, disjoint */
} KennisKey;

typedef struct
{
  char   **names;             /* the attributes; none for "everybody" */
  guint32  n_groups;
  char   **values;            /* n_groups × number of names; NULL: unknown; borrowed texts */
  GStringChunk *texts;        /* of values that are no texts of the dataset */
  guint32 *group_of_segment;
  KennisOrder segments;       /* of a group, in order of person and time */
} KennisGrouping;

/* What one respondent answered in one wave. */
typedef struct
{
  guint32 owner;              /* a person on the roster (canonical); of a token n_persons + its number */
  guint32 team;               /* of a token that could be placed; KENNIS_INTERN_NONE */
  gint32  day;                /* KENNIS_NO_DAY: not known, and so in no period */
  guint32 wave;
  guint8  has_answers;        /* to anything */
} KennisSheetFact;

typedef struct
{
  gint32   day;               /* the first of its invitations, else of its answers; KENNIS_NO_DAY */
  gboolean has_invitations;
  guint    first_sheet;
} KennisWaveFact;

/* The items of a scale; low and high 0: they have no one range. */
typedef struct
{
  guint  n_items;
  double low, high;
} KennisSurveyScale;

/* An invitation. */
typedef struct
{
  guint   wave;
  guint32 team;               /* KENNIS_INTERN_NONE: the organisation */
  guint64 people;
} KennisAskedFact;

/* All answers to one instrument. */
typedef struct
{
  char       *id;
  char      **scales;
  GArray     *sheets;         /* of KennisSheetFact */
  GArray     *scores;         /* of double: sheets × scales, 0 to 100; NaN: none */
  KennisOrder by_person, by_team;
  GArray     *tokens;         /* of guint: sheets that are of nobody on the roster */
  GArray     *waves;          /* of KennisWaveFact */
  GArray     *asked;          /* of KennisAskedFact */
  GPtrArray  *items;          /* of GBytes, by wave and scale: sheets × items in the direction of the scale; NULL: nobody asks for them */
  GArray     *ranges;         /* of KennisSurveyScale */
} KennisSurvey;

/* Poisson weights of people and teams for one seed. */
typedef struct
{
  guint64 seed;
  guint   replicates;
  gsize   stride;             /* KENNIS_REPLICATES_PADDED (replicates) */
  guint8 *people;             /* n_persons rows of stride */
  guint8 *teams;
} KennisWeights;

struct _KennisGround
{
  GCancellable *cancellable;   /* of who measures, and only as long as they do; for what takes long in one metric */
  KennisSummary     *summary;
  KennisSummaryView  view;
  KennisDataset     *facts;

  guint32  n_persons, n_teams, n_topics;
  guint32 *canonical;
  KennisOrder ids;             /* of a canonical person: all indices that are the person */
  guint8  *on_roster;
  guint32 *before;             /* by row of a person: the one in force before it */
  gboolean has_roster, has_alias_conflict, admit_contact;
  KennisSegment *segments;
  guint32  n_segments;
  guint32 *segment_first;     /* by person, n_persons + 1 */
  gint32  *hired;
  gint32  *gone;              /* first day after the last segment; G_MAXINT32: stays */

  guint32 *team_parent, *topic_parent, *topic_discipline, *team_department;
  guint8  *team_is_leaf;
  GHashTable *needs;          /* of topic, team, role */

  KennisOrder cells, spells, requests, talks, goals, holdings;     /* by canonical person; in order of time */
  KennisOrder given, received;                            /* sharings, by person, canonical order */
  KennisOrder moments;                                    /* by team */
  KennisSharingFact *sharings;
  KennisMomentFact  *moment_facts;
  KennisTalkFact    *talk_facts;
  KennisGoalFact    *goal_facts;
  KennisHoldingFact *holding_facts;
  KennisNeedFact    *need_facts;
  gsize n_sharings, n_moments, n_talks, n_goals, n_holdings, n_needs;

  guint8   known[KENNIS_N_RECORD_TYPES][KENNIS_MAX_FIELDS];   /* any value, in any record */
  GArray  *coverage;          /* of KennisCoverageRow */
  KennisSpan extent[KENNIS_N_RECORD_TYPES];   /* whole months spanned by the events of the type */
  guint32 *team_writes;       /* by team: bits of the types of records that it ever wrote */
  gint32   first_event, last_event;           /* days; G_MAXINT32, G_MININT32 where there are none */

  KennisMixingSizes *mixing_sizes;
  GPtrArray *keys;            /* of KennisKey */
  GPtrArray *groupings;       /* of KennisGrouping; the first is everybody */
  GPtrArray *weights;         /* of KennisWeights */
  GPtrArray *surveys;         /* of KennisSurvey */
  const GPtrArray *survey_rows;   /* of KennisSurveyRow: the measuring's own metrics; NULL: none */
};

/* NULL when cancelled, which is looked at between its parts. */
/* admit_contact: contacts are exchange too, so that who recorded them has looked for it. */
KennisGround *kennis_ground_new  (KennisSummary *summary, gboolean admit_contact, GCancellable *cancellable);
void          kennis_ground_free (KennisGround *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisGround, kennis_ground_free)

void kennis_ground_build_people   (KennisGround *self);    /* kennis-ground-people.c */
void kennis_ground_build_segments (KennisGround *self);    /* kennis-ground-segments.c */
void kennis_ground_build_facts    (KennisGround *self);    /* kennis-ground-facts.c */
void kennis_ground_build_coverage (KennisGround *self);    /* kennis-ground-coverage.c */
void kennis_ground_build_holdings (KennisGround *self);    /* kennis-ground-holdings.c */
void kennis_ground_build_surveys  (KennisGround *self);    /* kennis-ground-surveys.c */
/* Answers to an instrument that comes with the library; NULL: nobody answered it. */
const KennisSurvey *kennis_ground_survey (const KennisGround *self, const char *instrument);
void kennis_survey_free (gpointer data);
/* Answers to another instrument, or the same with their items. */
void kennis_ground_add_survey (KennisGround *self, KennisInstrument *instrument);
/* kennis-ground-writers.c.  Sharings, moments, talks and goals are there only where the people of a team write them down: of a team of which
 * nothing of the kind was ever recorded, and no coverage says that it would have been, they are not known.  Activities come from registrations of the
 * whole organisation.  KENNIS_INTERN_NONE, people without a team: TRUE. */
void     kennis_ground_find_writers        (KennisGround *self);
gboolean kennis_ground_is_written_by_teams (KennisRecordType type);
gboolean kennis_ground_team_writes         (const KennisGround *self, KennisRecordType type, guint32 team);
/* kennis-ground-coverage.c: responses are observed as long as anybody answered. */
void kennis_ground_extend_by_survey (KennisGround *self, const KennisSurvey *survey);

/* Orders n things by their owner (KENNIS_INTERN_NONE: nobody's), stable. */
void kennis_order_make  (KennisOrder *self, const guint32 *owner, gsize n, guint32 n_owners);
void kennis_order_clear (KennisOrder *self);

/* A field of a fact. */
gint64 kennis_ground_value (const KennisGround *self, KennisRecordType type, guint field, gsize row);
guint32 kennis_ground_index (const KennisGround *self, KennisRecordType type, guint field, gsize row);
gint32 kennis_ground_day (const KennisGround *self, gint64 time);   /* KENNIS_NO_DAY of unknown */

/* Coverage. */
guint  kennis_ground_key           (KennisGround *self, const KennisMetricRow *row);
gint32 kennis_ground_covered_days  (const KennisGround *self, guint key, guint32 team, gint32 from, gint32 until);
/* The first day not covered after this covered one; G_MININT32: it is not. */
gint32 kennis_ground_covered_until (const KennisGround *self, guint key, guint32 team, gint32 day);
/* Why the metric can have no data at all (N_() text), or NULL. */
const char *kennis_ground_missing  (const KennisGround *self, const KennisMetricRow *row);

/* Groupings, kennis-groups.c.  −1 and an error: no such attribute. */
int    kennis_ground_grouping      (KennisGround *self, const char * const *names, GError **error);
/* Distinct people of the roster with exposure in these days, sorted; the rest of a population. */
guint32 *kennis_grouping_people    (const KennisGround *self, const KennisGrouping *grouping, guint32 group,
                                    gint32 first_day, gint32 end_day, guint *n, gboolean *has_anyone);
/* The value of a named attribute in "a=b\nc=d"; NULL: none.  Length in *length. */
const char *kennis_attribute_find  (const char *list, const char *name, gsize *length);

/* Weights, kennis-weights.c. */
const KennisWeights *kennis_ground_weights (KennisGround *self, guint64 seed, guint replicates, guint n_threads);
