#pragma once

#include "network/kennis-network-private.h"

/* Groups of people: a column of guint32, KENNIS_NETWORK_NOBODY where not known.  NULL and an error where its length is not the people's. */
const guint32 *kennis_network_check_groups (KennisNetwork *self, GBytes *groups, GError **error);
/* As numbers from 0 in order of the first person, so that arrays can be made of them; the caller's own.  *n: how many. */
guint32       *kennis_network_number_groups (KennisNetwork *self, const guint32 *groups, guint32 *n);
