#pragma once

#include <kennis/kennis-value-report.h>

/* What reports on returns say.  Texts that are char * are freed with g_free(). */

#define KENNIS_N_FIGURES (KENNIS_FIGURE_EMPLOYEE_NET + 1)

const char *kennis_value_words_figure   (const char *language, KennisFigure figure);
const char *kennis_value_words_code     (KennisFigure figure);                       /* for data: "net-after-tax" */
const char *kennis_value_words_status   (const char *language, KennisFigureStatus status);
const char *kennis_value_words_status_code (KennisFigureStatus status);
const char *kennis_value_words_evidence (const char *language, KennisEvidence evidence);
char       *kennis_value_words_money    (KennisReturn *result, const char *language, double amount);
char       *kennis_value_words_money_sure (KennisReturn *result, const char *language, double amount, double error);
char       *kennis_value_words_percent_sure (const char *language, double share, double error);
char       *kennis_value_words_sure     (KennisReturn *result, const char *language, KennisFigure figure, double value, double error);
const char *kennis_value_words_kind     (const char *language, KennisBenefitKind kind);
const char *kennis_value_words_kind_code (KennisBenefitKind kind);
/* What the input at the end of a path is. */
const char *kennis_value_words_input    (const char *language, const char *path);
/* How many inputs were measured, estimated, assumed. */
char       *kennis_value_words_grounds  (KennisReturn *result, const char *language);
/* Of the programme that the input is of; of the whole for one of the model. */
KennisFigureStatus kennis_value_words_break_even (KennisReturn *result, const char *path, double *value);
char       *kennis_value_words_value    (KennisReturn *result, const char *language, KennisFigure figure, double value);
/* Value of a figure with its status in words where it has none. */
char       *kennis_value_words_result   (KennisReturn *result, const char *programme, const char *language, KennisFigure figure);

#define KENNIS_N_KINDS (KENNIS_BENEFIT_KIND_RETENTION + 1)

/* The programmes beside one another, ready to be set in a table. */
typedef struct
{
  guint  n_rows, n_columns;
  char **cells;                  /* the heads first, row by row */
} KennisValueTable;
KennisValueTable *kennis_value_table_new  (KennisReturn *result, const char *language, gboolean with_errors);
void              kennis_value_table_free (KennisValueTable *self);
/* Of some programmes together. */
double            kennis_value_sum        (KennisReturn *result, const char * const *programmes, KennisFigure figure);
/* Which programmes to choose, in a sentence; NULL where nobody asks. */
char             *kennis_value_choice     (KennisReturn *result, const char *language, double budget);

GBytes *kennis_value_text (KennisReturn *result, const char *language, double budget);
GBytes *kennis_value_json (KennisReturn *result, const char *language, double budget);
GBytes *kennis_value_csv  (KennisReturn *result, double budget);
GBytes *kennis_value_html (KennisReturn *result, const char *language, double budget);
