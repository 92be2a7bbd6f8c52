#pragma once

#include "metric/kennis-ground-types-private.h"

/* Resolves a query; an error says what in it is not there. */
KennisPlan *kennis_plan_new (KennisGround *ground, KennisQuery *query, guint number, guint n_threads, GError **error);
