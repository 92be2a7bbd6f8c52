#pragma once

#include "summary/kennis-summary-people-private.h"

#include <kennis/kennis-network-options.h>

/* Who is who in a summary: aliases resolved, records in force by local day, as the metrics have it (kennis-summary-people-private.h).
 * Immutable once made. */
typedef struct _KennisNetworkPeople KennisNetworkPeople;

struct _KennisNetworkPeople
{
  KennisSummary       *summary;
  KennisDataset       *facts;
  guint32              n;            /* size of the space PERSON */
  guint32             *canonical;
  guint8              *on_roster;
  guint32             *before;       /* by row of a person: the one in force before it */
  guint32             *first;        /* n + 1: of the versions */
  KennisPersonVersion *versions;     /* by person and time */
  /* Of a network: which person stands at each place, and the local day that attributes are of. */
  guint32             *person;
  gint32               first_day, end_day;
};

KennisNetworkPeople *kennis_network_people_new  (KennisSummary *summary);
/* With the same window and the same n_places people at the same places. */
KennisNetworkPeople *kennis_network_people_copy (const KennisNetworkPeople *self, guint32 n_places);
void                 kennis_network_people_free (KennisNetworkPeople *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisNetworkPeople, kennis_network_people_free)

/* Is the person there on that day: employed and included?  Who was only seen in events always is. */
gboolean kennis_network_people_is_there (const KennisNetworkPeople *self, guint32 person, gint32 day);
/* The last record in force, on a day when the person was there, in the days [first, end); −1: none. */
gint64   kennis_network_people_last_row (const KennisNetworkPeople *self, guint32 person, gint32 first, gint32 end);
/* What a record says, or those of the person before it. */
gint64   kennis_network_people_value (const KennisNetworkPeople *self, guint field, guint32 row);
/* Was the person on the roster there on any day of [first, end)? */
gboolean kennis_network_people_on_roster (const KennisNetworkPeople *self, guint32 person, gint32 first, gint32 end);

/* A sharing that counts: both sides known, there and not the same; not REQUIRED; CONTACT only where admitted. */
typedef struct
{
  guint32 giver, receiver;    /* canonical persons */
  guint32 topic, session;     /* KENNIS_INTERN_NONE: not known */
  guint32 audience;           /* sharings of this giver in this session; 1 without a session */
  guint8  kind;
  gint64  time;               /* Unix ms */
  gint64  duration;           /* ms, or KENNIS_UNKNOWN */
} KennisNetworkSharing;

/* All that the options ask for, in the summary's canonical order, as a GArray of KennisNetworkSharing.  NULL and an error where
 * the topic is not known, or when cancelled. */
GArray *kennis_network_people_sharings (const KennisNetworkPeople *self, KennisNetworkOptions *options,
                                        GCancellable *cancellable, GError **error);
/* Local days of the options' window; of the summary's sharings where an end is open. */
void    kennis_network_people_days (const KennisNetworkPeople *self, KennisNetworkOptions *options, gint32 *first_day,
                                    gint32 *end_day);
