#pragma once

#include "report/kennis-report-model-private.h"

/* Models made by hand, for the tests of what a report looks like. */

/* Adds a metric; the texts are its id with a word before it. */
guint models_add_metric (KennisReportModel *model, const char *id, KennisUnit unit);
/* Adds a row of 2024 (month 0) or of a month of it; `group` NULL: everybody, else a value of attribute 0. */
KennisReportRow *models_add_row (KennisReportModel *model, guint metric, const char *group, guint month, double value, gint64 n);
/* An organisation with teams of many sizes, months, withheld values and names that mean harm. */
KennisReportModel *models_hostile (const char *language);
