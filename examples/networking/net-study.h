#pragma once

#include "networking/net-options.h"

/* A figure of the whole network. */
typedef struct
{
  const char *id, *title;   /* the title translated */
  double      value;        /* NaN: not defined */
  guint       digits;       /* behind the point */
} NetFigure;

/* A number for each person. */
typedef struct
{
  const char *id, *title;
  double     *values;
} NetVector;

/* Ties of a group; not all of them need be shown. */
enum { NET_INSIDE = 1, NET_GIVEN = 2, NET_RECEIVED = 4 };

/* Ties between two groups, or inside of one. */
typedef struct
{
  guint32 from, to;
  guint   ties, people;     /* distinct people on either side */
  double  weight;
  gboolean shown;
} NetGroupTie;

typedef struct
{
  const NetOptions *options;
  KennisNetwork *network;
  guint    n;
  GArray  *figures, *vectors, *group_ties;
  char   **names;           /* of groups */
  guint    n_groups, n_hidden, n_ties_hidden;
  guint32 *group;           /* of each person; G_MAXUINT32: not known, or no group */
  guint   *size;            /* of each group */
  gboolean *shown;          /* enough people in it */
  guint8  *touches;         /* of each group: which ties there are, shown or not */
  double   error_bound;     /* of betweenness; 0: exact */
  guint32 *community;
} NetStudy;

gboolean net_study_run   (NetStudy *self, KennisSummary *summary, NetOptions *options, KennisProgress progress,
                          gpointer progress_data, GError **error);
void     net_study_clear (NetStudy *self);
/* net-groups.c */
gboolean net_study_group (NetStudy *self, gboolean by_default, GError **error);
/* What stands for a person in a graph: the id where disclosed, else a pseudonym that is another each time.  And in which order. */
char   **net_study_names (const NetStudy *self, guint32 **order);
/* The name of the group where it may be shown, else NULL. */
const char *net_study_group_of (const NetStudy *self, guint person);

/* net-spread.c: how people differ.  Sets at[] and values[] to so many shares, under 1, and what so many people have at most, with the minimum of
 * people between one and the next; returns how many there are, 0 where people are too few. */
#define NET_QUANTILES 3
guint    net_study_quantiles (const NetStudy *self, const NetVector *vector, double at[NET_QUANTILES],
                              double values[NET_QUANTILES]);

char    *net_text    (const NetStudy *self);
char    *net_json    (const NetStudy *self);
char    *net_graphml (const NetStudy *self);
char    *net_gexf    (const NetStudy *self);
char    *net_svg     (const NetStudy *self);
