#pragma once

#include "report/kennis-report-model-private.h"

/* What a report says, in words of its language.  Everything returned as char * is freed with g_free(). */

/* `pattern` with each {name} replaced: pairs of name and text, then NULL.  Translators may put them in any order; a name
 * that is not given stays as it is, so that no translation can do harm. */
char *kennis_words_fill     (const char *pattern, ...) G_GNUC_NULL_TERMINATED;

/* How a source was read, in lines of a person's language.  With examples: for who reads the data in, since they name values; else
 * for those a report is passed on to.  Free with g_ptr_array_unref(). */
GPtrArray *kennis_words_source  (const char *language, const KennisReportSource *source, gboolean with_examples);
/* What is told of all sources together: problems, warnings, and what is covered. */
GPtrArray *kennis_words_sources (const char *language, const KennisSourceStory *story, gboolean with_examples);
/* What ended the reading of a source early, without values; NULL: nothing. */
char      *kennis_words_problem (const KennisReportSource *source);

/* A value with its unit: "63.4%", "12.5 hours"; `bare` leaves a unit that a heading tells out: "12.5". */
char *kennis_words_value    (const KennisReportModel *model, const KennisReportMetric *metric, double value, gboolean bare);
/* What stands in the value's place: the value, or in words why there is none ("withheld: fewer than 5"). */
char *kennis_words_result   (const KennisReportModel *model, const KennisReportRow *row, gboolean bare);
/* "58.1% to 68.4%"; NULL: no interval. */
char *kennis_words_interval (const KennisReportModel *model, const KennisReportRow *row);
char *kennis_words_n        (const KennisReportModel *model, const KennisReportRow *row);         /* "312"; NULL: not told */
char *kennis_words_coverage (const KennisReportModel *model, const KennisReportRow *row);         /* "95%"; NULL: not told */
char *kennis_words_period   (const KennisReportModel *model, const KennisReportRow *row);         /* "March 2024" */
char *kennis_words_days     (const KennisReportModel *model, gint32 first_day, gint32 end_day);
/* What the status adds to the value, and the note; NULL: nothing. */
char *kennis_words_remark   (const KennisReportModel *model, const KennisReportRow *row);

const char *kennis_words_group       (const KennisReportModel *model, const KennisReportRow *row);  /* "Everybody", "Team A" */
const char *kennis_words_status      (const KennisReportModel *model, KennisMeasureStatus status);
const char *kennis_words_status_code (KennisMeasureStatus status);    /* for data: "low-coverage" */
const char *kennis_words_unit_code   (KennisUnit unit);
const char *kennis_words_direction   (const KennisReportModel *model, KennisDirection direction);
const char *kennis_words_family      (const KennisReportModel *model, const char *family);          /* a heading */
const char *kennis_words_attribute   (const KennisReportModel *model, const char *attribute);       /* "team" → "Team" */

/* The aids of every report: paragraphs on how to read, NULL-terminated, in the report's language.  Free with g_strfreev(). */
char **kennis_words_how_to_read (const KennisReportModel *model);
/* What one number says about itself: what it covers, what its interval means, what would make it better. */
char  *kennis_words_aid         (const KennisReportModel *model, const KennisReportRow *row);
