#include "config.h"

#include "report/kennis-words-private.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/kennis-calendar-private.h"
#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"

#define say(model, text) kennis_text ((model)->language, (text))

char *
kennis_words_fill (const char *pattern, ...)
{
  GString *text = g_string_new (NULL);

  for (const char *p = pattern; *p != '\0';)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL, *found = NULL;
      va_list pairs;

      va_start (pairs, pattern);
      for (const char *name; end != NULL && found == NULL && (name = va_arg (pairs, const char *)) != NULL;)
        {
          const char *value = va_arg (pairs, const char *);

          if (strlen (name) == (gsize) (end - p - 1) && strncmp (name, p + 1, end - p - 1) == 0)
            found = value != NULL ? value : "";
        }
      va_end (pairs);

      g_string_append_len (text, found != NULL ? found : p, found != NULL ? (gssize) strlen (found) : 1);
      p = found != NULL ? end + 1 : p + 1;
    }

  return g_string_free (text, FALSE);
}

/* As many decimals as a reader can use: about three digits. */
static guint
useful_decimals (double value)
{
  double size = fabs (value);

  return size >= 100 || size == floor (size) ? 0 : size >= 10 ? 1 : 2;
}

/* "EUR 1,234". */
static char *
money (const KennisReportModel *model, double value)
{
  g_autofree char *amount = kennis_text_number (model->language, value, fabs (value) < 100 ? 2 : 0);

  return model->currency == NULL ? g_steal_pointer (&amount) : g_strdup_printf ("%s %s", model->currency, amount);
}

char *
kennis_words_value (const KennisReportModel *model, const KennisReportMetric *metric, double value, gboolean bare)
{
  g_autofree char *number = NULL;
  const char *pattern = NULL;

  if (!isfinite (value))
    return g_strdup ("–");

  switch (metric->unit)
    {
    case KENNIS_UNIT_SHARE:
      return kennis_text_percent (model->language, value, 1);
    case KENNIS_UNIT_MONEY:
      return money (model, value);
    case KENNIS_UNIT_HOURS:
      pattern = say (model, N_("{value} hours"));
      break;
    case KENNIS_UNIT_DAYS:
      pattern = say (model, N_("{value} days"));
      break;
    case KENNIS_UNIT_SCORE:
      pattern = say (model, N_("{value} of 100"));
      break;
    case KENNIS_UNIT_NUMBER:
    case KENNIS_UNIT_COUNT:
    case KENNIS_UNIT_CATEGORY: /* a row has words of its own */
    default:
      break;
    }

  number = kennis_text_number (model->language, value, useful_decimals (value));
  if (pattern == NULL || bare)
    return g_steal_pointer (&number);

  return kennis_words_fill (pattern, "value", number, NULL);
}

char *
kennis_words_result (const KennisReportModel *model, const KennisReportRow *row, gboolean bare)
{
  if (kennis_report_row_has_value (row) && row->category_title != NULL)
    return g_strdup (row->category_title);
  if (kennis_report_row_has_value (row))
    return kennis_words_value (model, kennis_report_model_metric (model, row->metric), row->value, bare);

  if (row->status == KENNIS_MEASURE_STATUS_WITHHELD)
    {
      guint own = kennis_report_model_metric (model, row->metric)->minimum_group;
      guint fewest = own > 0 ? own : model->minimum_group;
      g_autofree char *minimum = kennis_text_integer (model->language, fewest);

      if (fewest > 0)
        return kennis_words_fill (say (model, N_("withheld: fewer than {minimum}, or would reveal fewer")), "minimum",
                                  minimum, NULL);
    }

  return g_strdup (kennis_words_status (model, row->status));
}

char *
kennis_words_interval (const KennisReportModel *model, const KennisReportRow *row)
{
  const KennisReportMetric *metric = kennis_report_model_metric (model, row->metric);
  g_autofree char *lower = NULL, *upper = NULL;

  if (!kennis_report_row_has_value (row) || !isfinite (row->lower) || !isfinite (row->upper))
    return NULL;

  lower = kennis_words_value (model, metric, row->lower, TRUE);
  upper = kennis_words_value (model, metric, row->upper, FALSE);

  return kennis_words_fill (say (model, N_("{lower} to {upper}")), "lower", lower, "upper", upper, NULL);
}

char *
kennis_words_n (const KennisReportModel *model, const KennisReportRow *row)
{
  if (row->n < 0 || row->status == KENNIS_MEASURE_STATUS_WITHHELD)
    return NULL;

  return kennis_text_integer (model->language, row->n);
}

char *
kennis_words_coverage (const KennisReportModel *model, const KennisReportRow *row)
{
  if (!isfinite (row->coverage) || row->status == KENNIS_MEASURE_STATUS_WITHHELD)
    return NULL;

  /* What is not all of it is not shown as 100%. */
  return kennis_text_percent (model->language, row->coverage < 1 ? MIN (row->coverage, 0.99) : 1, 0);
}

char *
kennis_words_days (const KennisReportModel *model, gint32 first_day, gint32 end_day)
{
  g_autofree char *first = kennis_text_day (model->language, first_day);
  g_autofree char *last = kennis_text_day (model->language, end_day - 1);

  return kennis_words_fill (say (model, N_("{first} to {last}")), "first", first, "last", last, NULL);
}

char *
kennis_words_period (const KennisReportModel *model, const KennisReportRow *row)
{
  gint32 month = kennis_month_of_day (row->first_day), end = kennis_month_of_day (row->end_day);
  int year, month_of_year, day;

  kennis_day_to_date (row->first_day, &year, &month_of_year, &day);
  if (kennis_month_first_day (month) != row->first_day || kennis_month_first_day (end) != row->end_day)
    return kennis_words_days (model, row->first_day, row->end_day);
  if (end - month == 1)
    return kennis_text_month (model->language, month);
  if (end - month == 3 && month_of_year % 3 == 1)
    {
      g_autofree char *quarter = g_strdup_printf ("%d", (month_of_year + 2) / 3);
      g_autofree char *text = g_strdup_printf ("%d", year);

      return kennis_words_fill (say (model, N_("quarter {quarter} of {year}")), "quarter", quarter, "year", text,
                                NULL);
    }
  if (end - month == 12 && month_of_year == 1)
    return g_strdup_printf ("%d", year);

  g_autofree char *first = kennis_text_month (model->language, month);
  g_autofree char *last = kennis_text_month (model->language, end - 1);

  return kennis_words_fill (say (model, N_("{first} to {last}")), "first", first, "last", last, NULL);
}

char *
kennis_words_remark (const KennisReportModel *model, const KennisReportRow *row)
{
  const char *status = NULL;

  /* The result says it already. */
  if (row->status == KENNIS_MEASURE_STATUS_WITHHELD)
    return NULL;
  /* Without a value the status stands in its place already. */
  if (kennis_report_row_has_value (row) && row->status != KENNIS_MEASURE_STATUS_OK)
    status = kennis_words_status (model, row->status);
  if (row->note == NULL || *row->note == '\0')
    return g_strdup (status);

  return status == NULL ? g_strdup (row->note) : g_strdup_printf ("%s; %s", status, row->note);
}

const char *
kennis_words_group (const KennisReportModel *model, const KennisReportRow *row)
{
  return row->label != NULL ? row->label : say (model, N_("Everybody"));
}
