#include "config.h"

#include "report/kennis-report-model-private.h"

#include <math.h>
#include <string.h>

static void
metric_clear (gpointer data)
{
  KennisReportMetric *metric = data;

  g_free (metric->id);
  g_free (metric->family);
  g_free (metric->title);
  g_free (metric->description);
  g_free (metric->reading_aid);
  g_free (metric->formula);
  g_free (metric->source);
  g_free (metric->inputs);
}

static void
row_clear (gpointer data)
{
  KennisReportRow *row = data;

  g_strfreev (row->group);
  g_free (row->label);
  g_free (row->order);
  g_free (row->period);
  g_free (row->note);
}

void
kennis_report_source_clear (gpointer data)
{
  KennisReportSource *source = data;

  g_free (source->name);
  g_free (source->fingerprint);
  g_free (source->problem);
}

KennisReportModel *
kennis_report_model_new (const char *language)
{
  KennisReportModel *self = g_new0 (KennisReportModel, 1);

  self->language = g_strdup (language);
  self->attributes = g_new0 (char *, 1);
  self->metrics = g_array_new (FALSE, TRUE, sizeof (KennisReportMetric));
  self->rows = g_array_new (FALSE, TRUE, sizeof (KennisReportRow));
  self->sources = g_array_new (FALSE, TRUE, sizeof (KennisReportSource));
  g_array_set_clear_func (self->metrics, metric_clear);
  g_array_set_clear_func (self->rows, row_clear);
  g_array_set_clear_func (self->sources, kennis_report_source_clear);
  self->level = NAN;
  self->seed = -1;

  return self;
}

void
kennis_report_model_free (KennisReportModel *self)
{
  if (self == NULL)
    return;

  g_free (self->language);
  g_free (self->title);
  g_free (self->currency);
  g_free (self->time_zone);
  g_strfreev (self->attributes);
  g_array_unref (self->metrics);
  g_array_unref (self->rows);
  g_array_unref (self->sources);
  g_free (self);
}

int
kennis_report_model_find_metric (const KennisReportModel *self, const char *id)
{
  for (guint i = 0; i < self->metrics->len; i++)
    if (strcmp (kennis_report_model_metric (self, i)->id, id) == 0)
      return i;

  return -1;
}

gboolean
kennis_report_row_has_value (const KennisReportRow *row)
{
  return row->status != KENNIS_MEASURE_STATUS_WITHHELD && isfinite (row->value);
}

gboolean
kennis_report_row_is_by (const KennisReportModel *self, const KennisReportRow *row, const char *attribute)
{
  for (guint i = 0; self->attributes[i] != NULL && i < 64; i++)
    if (strcmp (self->attributes[i], attribute) == 0)
      return row->grouping == G_GUINT64_CONSTANT (1) << i;

  return FALSE;
}

/* A text that sorts as people expect on every machine: small and capital letters alike, "Team 9" before "Team 10". */
static char *
natural_order (const char *label)
{
  g_autofree char *folded = g_utf8_casefold (label, -1);
  GString *order = g_string_new (NULL);

  for (const char *p = folded; *p != '\0';)
    {
      gsize digits = strspn (p, "0123456789"), zeros = MIN (strspn (p, "0"), digits);

      /* How many digits comes before which. */
      if (digits > 0)
        g_string_append_printf (order, "0%05" G_GSIZE_FORMAT, MIN (digits - zeros, 99999));
      g_string_append_len (order, p + zeros, digits - zeros);
      p += digits;
      if (*p != '\0')
        g_string_append_c (order, *p++);
    }

  return g_string_free (order, FALSE);
}

static gint32
length_in_months (const KennisReportRow *row)
{
  return (row->end_day - row->first_day + 15) / 30;
}

/* By label and never by value: a report is no league table.  Of periods that begin together the longest comes first. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const KennisReportRow *x = a, *y = b;
  int order;

  if (x->metric != y->metric)
    return x->metric < y->metric ? -1 : 1;
  if (x->grouping != y->grouping)
    return x->grouping < y->grouping ? -1 : 1;
  order = strcmp (x->order, y->order);
  for (guint i = 0; order == 0 && x->group[i] != NULL && y->group[i] != NULL; i++)
    order = strcmp (x->group[i], y->group[i]);
  if (order != 0)
    return order;
  if (x->first_day != y->first_day)
    return x->first_day < y->first_day ? -1 : 1;

  return (x->end_day < y->end_day) - (x->end_day > y->end_day);
}

/* Two queries of one report may ask for the same. */
static void
take_out_twins (KennisReportModel *self)
{
  guint kept = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      KennisReportRow *row = kennis_report_model_row (self, i), twin;

      if (kept > 0 && compare_rows (kennis_report_model_row (self, kept - 1), row) == 0)
        continue;
      twin = *kennis_report_model_row (self, kept);
      *kennis_report_model_row (self, kept++) = *row;
      *row = twin;
    }
  g_array_set_size (self->rows, kept);
}

void
kennis_report_model_sort (KennisReportModel *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      KennisReportRow *row = kennis_report_model_row (self, i);

      g_free (row->order);
      row->order = natural_order (row->label != NULL ? row->label : "");
    }
  g_array_sort (self->rows, compare_rows);
  take_out_twins (self);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const KennisReportRow *row = kennis_report_model_row (self, i);

      self->first_day = i == 0 ? row->first_day : MIN (self->first_day, row->first_day);
      self->end_day = i == 0 ? row->end_day : MAX (self->end_day, row->end_day);
    }
}

guint
kennis_report_model_n_rows (const KennisReportModel *self, guint metric, guint *first)
{
  guint low = 0, high = self->rows->len, n = 0;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (kennis_report_model_row (self, middle)->metric < metric)
        low = middle + 1;
      else
        high = middle;
    }
  while (low + n < self->rows->len && kennis_report_model_row (self, low + n)->metric == metric)
    n++;
  *first = low;

  return n;
}

gboolean
kennis_report_model_is_missing (const KennisReportModel *self, guint metric)
{
  guint first, n = kennis_report_model_n_rows (self, metric, &first);

  for (guint i = first; i < first + n; i++)
    if (kennis_report_model_row (self, i)->status != KENNIS_MEASURE_STATUS_NO_DATA)
      return FALSE;

  return n > 0;
}

/* A finished period says more than one that goes on, and that more than none. */
static int
worth (const KennisReportRow *row)
{
  return kennis_report_row_has_value (row) ? 1 + (row->status != KENNIS_MEASURE_STATUS_PARTIAL) : 0;
}

const KennisReportRow *
kennis_report_model_key_row (const KennisReportModel *self, guint metric)
{
  const KennisReportRow *best = NULL;
  guint first, n = kennis_report_model_n_rows (self, metric, &first);

  for (guint i = first; i < first + n; i++)
    {
      const KennisReportRow *row = kennis_report_model_row (self, i);

      if (row->grouping != 0)
        break;
      if (best == NULL || length_in_months (row) > length_in_months (best)
          || (length_in_months (row) == length_in_months (best) && worth (row) >= worth (best)))
        best = row;
    }

  return best;
}
