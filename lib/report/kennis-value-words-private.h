#pragma once

#include <kennis/kennis-value-report.h>

/* What reports on returns say.  Texts that are char * are freed with g_free(). */

#define KENNIS_N_FIGURES (KENNIS_FIGURE_EMPLOYEE_NET + 1)

const char *kennis_value_words_figure   (const char *language, KennisFigure figure);
/* The same beside one another, with what else tells them apart. */
const char *kennis_value_words_row      (const char *language, KennisFigure figure);
/* For data: "before" tax, "after" it, "same" either way, "none" where the organisation's tax has no part in it. */
const char *kennis_value_words_tax      (KennisFigure figure);
const char *kennis_value_words_code     (KennisFigure figure);                       /* for data: "net-after-tax" */
const char *kennis_value_words_status   (const char *language, KennisFigureStatus status);
const char *kennis_value_words_status_code (KennisFigureStatus status);
const char *kennis_value_words_evidence (const char *language, KennisEvidence evidence);
const char *kennis_value_words_evidence_code (KennisEvidence evidence);
char       *kennis_value_words_money    (KennisReturn *result, const char *language, double amount);
char       *kennis_value_words_money_sure (KennisReturn *result, const char *language, double amount, double error);
char       *kennis_value_words_percent_sure (const char *language, double share, double error);
char       *kennis_value_words_sure     (KennisReturn *result, const char *language, KennisFigure figure, double value, double error);
const char *kennis_value_words_kind     (const char *language, KennisBenefitKind kind);
const char *kennis_value_words_kind_code (KennisBenefitKind kind);
/* What the input at the end of a path is. */
const char *kennis_value_words_input    (const char *language, const char *path);
char       *kennis_value_words_title    (KennisReturn *result, const char *language);
/* How many inputs were measured, estimated, assumed. */
char       *kennis_value_words_grounds  (KennisReturn *result, const char *language);
/* Every break-even value and the one nearest to what is expected, of the programme that the input is of; of the whole for one of the
 * model.  NULL where there is none, and *status tells why. */
double     *kennis_value_words_break_even (KennisReturn *result, const char *path, KennisFigureStatus *status, double *nearest, gsize *n);
/* The same in words: "12", "0.25 and 4", "no effect". */
char       *kennis_value_words_even     (KennisReturn *result, const char *language, const char *path);
char       *kennis_value_words_quantity (const char *language, KennisQuantity *quantity);
char       *kennis_value_words_join     (const char *language, const char *between, const GPtrArray *texts);
/* Why a figure has no value for want of inputs. */
char       *kennis_value_words_missing  (KennisReturn *result, const char *programme, const char *language, KennisFigure figure);
/* Lines on what a programme's sums leave out, and on what was worked out as if there were none of it. */
GPtrArray  *kennis_value_words_not_given (KennisReturn *result, const char *programme, const char *language);
/* That nothing is uncertain, or that the precision asked for was not reached; NULL: neither. */
char       *kennis_value_words_uncertain (KennisReturn *result, const char *language);
/* What ± is, or why there is none. */
char       *kennis_value_words_errors   (KennisReturn *result, const char *language);
/* That there are too few draws for EVPPI, too many to count how often a programme is the best; NULL where there are not. */
char       *kennis_value_words_few_of_each (KennisReturn *result, const char *language);
char       *kennis_value_words_many_draws (KennisReturn *result, const char *language);
char       *kennis_value_words_value    (KennisReturn *result, const char *language, KennisFigure figure, double value);
/* Value of a figure with its status in words where it has none. */
char       *kennis_value_words_result   (KennisReturn *result, const char *programme, const char *language, KennisFigure figure);

/* What the chance that is told of a figure is to be over: nothing is left at it. */
double      kennis_value_threshold      (KennisFigure figure);

#define KENNIS_N_KINDS (KENNIS_BENEFIT_KIND_RETENTION + 1)

/* Ready to be set in a table. */
typedef struct
{
  guint  n_rows, n_columns;
  char **cells;                  /* the heads first, row by row; a column without any cell is left out */
} KennisValueTable;
gboolean          kennis_value_table_has_column (const KennisValueTable *self, guint column);

/* What one input does by itself; the widest first. */
typedef struct { char *path; double low, high; } KennisValueSwing;
GArray           *kennis_value_swings       (KennisReturn *result);
KennisValueTable *kennis_value_table_swings (KennisReturn *result, const char *language, GArray *swings);
char             *kennis_value_words_swings (KennisReturn *result, const char *language);
const char       *kennis_value_words_indices (KennisReturn *result, const char *language, GArray *swings);
/* The programmes beside one another. */
KennisValueTable *kennis_value_table_new  (KennisReturn *result, const char *language, gboolean with_errors);
void              kennis_value_table_free (KennisValueTable *self);
/* Of some programmes together. */
double            kennis_value_sum        (KennisReturn *result, const char * const *programmes, KennisFigure figure);
/* Whether it can be chosen: its cost and what it brings are known. */
gboolean          kennis_value_is_known   (KennisReturn *result, const char *programme);
/* Which programmes to choose, in a sentence; NULL where nobody asks. */
char             *kennis_value_choice     (KennisReturn *result, const char *language, double budget);

GBytes *kennis_value_text (KennisReturn *result, const char *language, double budget);
GBytes *kennis_value_json (KennisReturn *result, const char *language, double budget);
GBytes *kennis_value_csv  (KennisReturn *result, double budget);
GBytes *kennis_value_html (KennisReturn *result, const char *language, double budget);
