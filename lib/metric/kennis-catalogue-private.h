#pragma once

#include "metric/kennis-measure-private.h"

/* The tables of rows, one a file of metrics.  A new file adds one line here. */
#define KENNIS_CATALOGUE_TABLES(X) \
  X (uptake) \
  X (uptake_spread) \
  X (uptake_forms) \
  X (uptake_choice) \
  X (embedding) \
  X (embedding_moments) \
  X (transfer) \
  X (exchange) \
  X (exchange_structure) \
  X (exchange_mixing) \
  X (exchange_graph) \
  X (exchange_follow) \
  X (exchange_time) \
  X (retention) \
  X (retention_leaving) \
  X (chain) \
  X (foundation) \
  X (carriers) \
  X (gap) \
  X (surveys) \
  X (commitment) \
  X (culture)

#define KENNIS_DECLARE_TABLE(name)                       \
  extern const KennisMetricRow kennis_metrics_##name[];  \
  extern const guint kennis_n_metrics_##name;
KENNIS_CATALOGUE_TABLES (KENNIS_DECLARE_TABLE)

/* At the end of a file of metrics: KENNIS_METRICS (uptake, { … }, { … }); */
#define KENNIS_METRICS(name, ...)                                    \
  const KennisMetricRow kennis_metrics_##name[] = { __VA_ARGS__ };   \
  const guint kennis_n_metrics_##name = G_N_ELEMENTS (kennis_metrics_##name);

/* Indices of the rows that a glob matches (light ones, or the one named in full), in order; NULL and an error that names the nearest ids. */
GArray *kennis_catalogue_match (const char *pattern, GError **error);
