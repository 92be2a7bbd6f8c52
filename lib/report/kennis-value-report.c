#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-enum-types.h>
#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-value-words-private.h"
#include "report/kennis-words-private.h"
#include "value/kennis-value-model-private.h"

static const char * const titles[KENNIS_N_FIGURES] = {
  [KENNIS_FIGURE_DIRECT_COST] = N_("direct cost"),
  [KENNIS_FIGURE_INDIRECT_COST] = N_("indirect cost"),
  [KENNIS_FIGURE_TIME_COST] = N_("working time"),
  [KENNIS_FIGURE_PAY_RISE] = N_("pay rises"),
  [KENNIS_FIGURE_SUBSIDY] = N_("subsidies"),
  [KENNIS_FIGURE_COST] = N_("cost in all"),
  [KENNIS_FIGURE_BENEFIT] = N_("benefits"),
  [KENNIS_FIGURE_LOSS_AVOIDED] = N_("loss avoided"),
  [KENNIS_FIGURE_NET] = N_("net value"),
  [KENNIS_FIGURE_BCR] = N_("benefit/cost ratio (BCR)"),
  [KENNIS_FIGURE_ROI] = N_("return on investment (ROI)"),
  [KENNIS_FIGURE_NET_AFTER_TAX] = N_("net value after tax"),
  [KENNIS_FIGURE_NPV] = N_("net present value"),
  [KENNIS_FIGURE_DISCOUNTED_BCR] = N_("discounted benefit/cost ratio"),
  [KENNIS_FIGURE_DISCOUNTED_ROI] = N_("discounted return on investment"),
  [KENNIS_FIGURE_PAYBACK] = N_("paid back after"),
  [KENNIS_FIGURE_IRR] = N_("internal rate of return"),
  [KENNIS_FIGURE_EMPLOYEE_COST] = N_("employees: own time"),
  [KENNIS_FIGURE_EMPLOYEE_GAIN] = N_("employees: gains"),
  [KENNIS_FIGURE_EMPLOYEE_NET] = N_("employees: net"),
};

const char *
kennis_value_words_figure (const char   *language,
                           KennisFigure  figure)
{
  return kennis_text (language, titles[figure]);
}

/* In a table of figures, where it stands between figures before and after tax. */
const char *
kennis_value_words_row (const char   *language,
                        KennisFigure  figure)
{
  switch (figure)
    {
    case KENNIS_FIGURE_NPV:
      return kennis_text (language, N_("net present value, after tax"));
    case KENNIS_FIGURE_DISCOUNTED_BCR:
      return kennis_text (language, N_("discounted BCR, before tax"));
    case KENNIS_FIGURE_DISCOUNTED_ROI:
      return kennis_text (language, N_("discounted ROI, before tax"));
    default:
      return kennis_value_words_figure (language, figure);
    }
}

const char *
kennis_value_words_tax (KennisFigure figure)
{
  switch (figure)
    {
    case KENNIS_FIGURE_NET_AFTER_TAX:
    case KENNIS_FIGURE_NPV:
      return "after";
    /* Tax takes the same share of every month, so that these are the same before and after it. */
    case KENNIS_FIGURE_PAYBACK:
    case KENNIS_FIGURE_IRR:
      return "same";
    case KENNIS_FIGURE_EMPLOYEE_COST:
    case KENNIS_FIGURE_EMPLOYEE_GAIN:
    case KENNIS_FIGURE_EMPLOYEE_NET:
      return "none";
    default:
      return "before";
    }
}

double
kennis_value_threshold (KennisFigure figure)
{
  return figure == KENNIS_FIGURE_BCR ? 1 : 0;
}

static const char *
nick_of (GType type,
         int   value)
{
  g_autoptr (GEnumClass) words = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value (words, value);

  return found != NULL ? found->value_nick : "";
}

const char *
kennis_value_words_code (KennisFigure figure)
{
  return nick_of (KENNIS_TYPE_FIGURE, figure);
}

const char *
kennis_value_words_status_code (KennisFigureStatus status)
{
  return nick_of (KENNIS_TYPE_FIGURE_STATUS, status);
}

const char *
kennis_value_words_status (const char         *language,
                           KennisFigureStatus  status)
{
  static const char * const words[] = {
    [KENNIS_FIGURE_STATUS_OK] = "",
    [KENNIS_FIGURE_STATUS_NO_DATA] = N_("not known: an input is missing"),
    [KENNIS_FIGURE_STATUS_NOT_REACHED] = N_("not reached"),
    [KENNIS_FIGURE_STATUS_NO_COST] = N_("no cost to divide by"),
    [KENNIS_FIGURE_STATUS_NO_ROOT] = N_("no rate does it"),
    [KENNIS_FIGURE_STATUS_SEVERAL_ROOTS] = N_("several rates do it"),
    [KENNIS_FIGURE_STATUS_UNDETERMINED] = N_("undetermined"),
    [KENNIS_FIGURE_STATUS_NO_EFFECT] = N_("no effect"),
  };

  return kennis_text (language, words[status]);
}

const char *
kennis_value_words_evidence (const char     *language,
                             KennisEvidence  evidence)
{
  static const char *const words[] = { N_("evidence not told"), N_("measured"), N_("estimated"), N_("assumed") };

  return kennis_text (language, words[evidence]);
}

const char *
kennis_value_words_evidence_code (KennisEvidence evidence)
{
  return nick_of (KENNIS_TYPE_EVIDENCE, evidence);
}

char *
kennis_value_words_money (KennisReturn *result,
                          const char   *language,
                          double        amount)
{
  guint decimals = fabs (amount) < 10 && fabs (amount - rint (amount)) >= 0.005 ? 2 : 0;

  return kennis_text_money (language, kennis_return_get_currency (result), amount, decimals);
}

/* With the standard error of drawing, where there is one. */
static char *
plus_minus (char *value, char *error, gboolean has_error)
{
  char *both = has_error ? g_strdup_printf ("%s (±\302\240%s)", value, error) : g_strdup (value);

  g_free (value);
  g_free (error);
  return both;
}

/* Both as exact as the error lets them be. */
char *
kennis_value_words_money_sure (KennisReturn *result, const char *language, double amount, double error)
{
  const char *currency = kennis_return_get_currency (result);
  guint decimals = error > 0 && error < 1 ? 2 : 0;

  if (isnan (error))
    return kennis_value_words_money (result, language, amount);
  return plus_minus (kennis_text_money (language, currency, amount, decimals),
                     kennis_text_money (language, currency, error, decimals), TRUE);
}

/* An error that is not 0 is not written as 0. */
char *
kennis_value_words_percent_sure (const char *language, double share, double error)
{
  guint decimals = 2;

  while (error > 0 && decimals < 9 && 100 * error * pow (10, decimals) < 0.5)
    decimals++;
  return plus_minus (kennis_text_percent (language, share, 1), kennis_text_percent (language, error, decimals),
                     !isnan (error));
}

char *
kennis_value_words_sure (KennisReturn *result, const char *language, KennisFigure figure, double value, double error)
{
  if (figure == KENNIS_FIGURE_ROI || figure == KENNIS_FIGURE_DISCOUNTED_ROI)
    return kennis_value_words_percent_sure (language, value / 100, error / 100);
  if (figure == KENNIS_FIGURE_BCR || figure == KENNIS_FIGURE_DISCOUNTED_BCR)
    return plus_minus (kennis_text_number (language, value, 2), kennis_text_number (language, error, 4),
                       !isnan (error));
  return kennis_value_words_money_sure (result, language, value, error);
}

const char *
kennis_value_words_kind (const char *language, KennisBenefitKind kind)
{
  static const char *const words[] = { N_("other benefits"),    N_("productivity"),  N_("quality"),
                                       N_("value to the team"), N_("employability"), N_("retention") };

  return kennis_text (language, words[kind]);
}

const char *
kennis_value_words_kind_code (KennisBenefitKind kind)
{
  return nick_of (KENNIS_TYPE_BENEFIT_KIND, kind);
}

const char *
kennis_value_words_input (const char *language, const char *path)
{
  const char *name = strrchr (path, '/') != NULL ? strrchr (path, '/') + 1 : path;

  for (int level = KENNIS_LEVEL_MODEL; level <= KENNIS_LEVEL_BENEFIT; level++)
    if (kennis_input_find (name, level) >= 0)
      return kennis_text (language, kennis_input_info (kennis_input_find (name, level))->title);
  return "";
}

char *
kennis_value_words_title (KennisReturn *result, const char *language)
{
  guint horizon = kennis_return_get_horizon (result);
  g_autofree char *months = kennis_text_integer (language, horizon);

  return kennis_words_fill (
      kennis_text_plural (language, "Return on value over {n} month", "Return on value over {n} months", horizon), "n",
      months, NULL);
}

char *
kennis_value_words_grounds (KennisReturn *result, const char *language)
{
  g_auto (GStrv) paths = kennis_return_list_inputs (result);
  guint count[4] = { 0 };
  g_autofree char *measured = NULL, *estimated = NULL, *assumed = NULL, *unknown = NULL;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      KennisEvidence evidence;

      kennis_return_get_input (result, paths[i], &evidence, NULL);
      count[evidence]++;
    }
  measured = kennis_text_integer (language, count[KENNIS_EVIDENCE_MEASURED]);
  estimated = kennis_text_integer (language, count[KENNIS_EVIDENCE_ESTIMATED]);
  assumed = kennis_text_integer (language, count[KENNIS_EVIDENCE_ASSUMED]);
  unknown = kennis_text_integer (language, count[KENNIS_EVIDENCE_UNKNOWN]);
  return kennis_words_fill (
      kennis_text (language,
                   count[KENNIS_EVIDENCE_UNKNOWN] > 0
                       ? N_("Evidence of the inputs: measured {m}, estimated {e}, assumed {a}, not told {u}.")
                       : N_("Evidence of the inputs: measured {m}, estimated {e}, assumed {a}.")),
      "m", measured, "e", estimated, "a", assumed, "u", unknown, NULL);
}

char *
kennis_value_words_value (KennisReturn *result,
                          const char   *language,
                          KennisFigure  figure,
                          double        value)
{
  g_autofree char *number = NULL;

  switch (figure)
    {
    case KENNIS_FIGURE_BCR:
    case KENNIS_FIGURE_DISCOUNTED_BCR:
      return kennis_text_number (language, value, 2);
    case KENNIS_FIGURE_ROI:
    case KENNIS_FIGURE_DISCOUNTED_ROI:
      return kennis_text_percent (language, value / 100, 0);
    case KENNIS_FIGURE_IRR:
      return kennis_text_percent (language, value, 1);
    case KENNIS_FIGURE_PAYBACK:
      number = kennis_text_number (language, value, 0);
      return kennis_words_fill (kennis_text_plural (language, "{n} month", "{n} months", (gulong) value), "n", number,
                                NULL);
    default:
      return kennis_value_words_money (result, language, value);
    }
}

char *
kennis_value_words_result (KennisReturn *result,
                           const char   *programme,
                           const char   *language,
                           KennisFigure  figure)
{
  double value;
  KennisFigureStatus status = kennis_return_get_figure (result, programme, figure, &value);

  if (status == KENNIS_FIGURE_STATUS_OK)
    return kennis_value_words_value (result, language, figure, value);
  if (status == KENNIS_FIGURE_STATUS_NO_DATA)
    return kennis_value_words_missing (result, programme, language, figure);
  if (status == KENNIS_FIGURE_STATUS_NO_COST && figure == KENNIS_FIGURE_PAYBACK)
    return g_strdup (kennis_text (language, N_("no cost to pay back")));
  if (status == KENNIS_FIGURE_STATUS_UNDETERMINED && figure == KENNIS_FIGURE_IRR)
    return g_strdup (kennis_text (language, N_("none: money comes first and is paid later, as of a loan")));
  return g_strdup (kennis_value_words_status (language, status));
}

/**
 * kennis_value_report_render:
 * @result: a return
 * @format: text, JSON, CSV or HTML
 * @language: (nullable): nl, en or fr; %NULL is English
 * @budget: what may be spent, to tell which programmes to choose ([method@Return.choose]); NaN or below 0: nobody asks
 * @error: return location for an error
 *
 * Renders a return for people (text, HTML) or for programs (JSON, CSV).
 *
 * Texts are in @language and numbers written its way, with the ISO 4217 code of the currency; data are the same in every
 * language, but for its sentences (JSON: `employee` and `notes`).  HTML is one file, with its charts as SVG and the same values in tables.
 *
 * Errors: %KENNIS_ERROR_UNSUPPORTED for another format.
 *
 * Returns: (transfer full): the report
 *
 * Since: 1.0
 */
GBytes *
kennis_value_report_render (KennisReturn        *result,
                            KennisReportFormat   format,
                            const char          *language,
                            double               budget,
                            GError             **error)
{
  g_return_val_if_fail (KENNIS_IS_RETURN (result), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  language = kennis_text_language (language != NULL ? language : "en");
  switch (format)
    {
    case KENNIS_REPORT_FORMAT_TEXT:
      return kennis_value_text (result, language, budget);
    case KENNIS_REPORT_FORMAT_JSON:
      return kennis_value_json (result, language, budget);
    case KENNIS_REPORT_FORMAT_CSV:
      return kennis_value_csv (result, budget);
    case KENNIS_REPORT_FORMAT_HTML:
      return kennis_value_html (result, language, budget);
    default:
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNSUPPORTED,
                   _("a return is not written as XML; take text, json, csv or html"));
      return NULL;
    }
}
