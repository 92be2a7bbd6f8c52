#pragma once

#include "reporting/report-options.h"

/* The metrics that there are, those of questionnaires too, as text or JSON.  Free with g_free(); NULL: with an error. */
char *report_metrics_list (const ReportOptions *options, GError **error);
