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
char       *kennis_value_words_value    (KennisReturn *result, const char *language, KennisFigure figure, double value);
/* Value of a figure with its status in words where it has none. */
char       *kennis_value_words_result   (KennisReturn *result, const char *programme, const char *language, KennisFigure figure);

GBytes *kennis_value_text (KennisReturn *result, const char *language);
GBytes *kennis_value_json (KennisReturn *result, const char *language);
GBytes *kennis_value_csv  (KennisReturn *result);
GBytes *kennis_value_html (KennisReturn *result, const char *language);
