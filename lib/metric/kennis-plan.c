#include "config.h"

#include "base/kennis-calendar-private.h"
#include "base/kennis-i18n-private.h"
#include "metric/kennis-catalogue-private.h"
#include "metric/kennis-made-of-private.h"
#include "metric/kennis-measuring-private.h"
#include "metric/kennis-sort-private.h"
#include "metric/kennis-survey-rows-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

/* Without an end of coverage, a month whose last event lies this near to its end counts as complete. */
#define DAYS_OF_GRACE 7

void
kennis_plan_free (KennisPlan *self)
{
  g_array_unref (self->metrics);
  g_array_unref (self->slots);
  g_array_unref (self->groupings);
  g_array_unref (self->unasked);
  g_array_unref (self->own);
  kennis_culture_plan_free (self->culture);
  g_free (self);
}

/* The days in which a type is observed, by its records of coverage; where there are none, or they leave an end open, by its events.
 * *has_end: whether a record says until when. */
static KennisSpan
find_observed_of (const KennisGround *ground, KennisRecordType type, gboolean *has_end)
{
  KennisSpan extent = ground->extent[type], span = { G_MAXINT32, G_MININT32 };
  gboolean is_declared = FALSE;

  if (extent.from >= extent.until)
    extent = span;
  else
    extent.until = MIN (extent.until, ground->last_event + 1);
  for (guint i = 0; i < ground->coverage->len; i++)
    {
      const KennisCoverageRow *c = &g_array_index (ground->coverage, KennisCoverageRow, i);
      /* An end beyond all reach is none. */
      gboolean ends = c->span.until < kennis_day_from_date (2200, 1, 1);

      if (c->type != type || c->field >= 0)
        continue;
      is_declared = TRUE;
      if (c->span.from >= c->span.until)
        continue;
      *has_end |= ends;
      span.from = MIN (span.from, c->span.from > G_MININT32 / 2 ? c->span.from : extent.from);
      span.until = MAX (span.until, ends ? c->span.until : extent.until);
    }
  return is_declared ? span : extent;
}

/* The days that were observed, as far as can be known: [*from, *until); *is_declared: by records of coverage.  What these say goes before
 * events: a few requests from before the time that a source observes do not make that time longer. */
static gboolean
find_observed (const KennisGround *ground, gint32 *from, gint32 *until, gboolean *is_declared)
{
  *from = G_MAXINT32;
  *until = G_MININT32;
  *is_declared = FALSE;
  for (guint type = 0; type < KENNIS_N_RECORD_TYPES; type++)
    if (kennis_schema_get (type)->is_event)
      {
        KennisSpan span = find_observed_of (ground, type, is_declared);

        *from = MIN (*from, span.from);
        *until = MAX (*until, span.until);
      }
  /* Mere contacts are no reason to say that exchange was observed, but they tell when. */
  if (*from >= *until && ground->first_event <= ground->last_event)
    {
      *from = ground->first_event;
      *until = ground->last_event + 1;
    }
  return *from < *until;
}

static int
compare_guints (const void *a, const void *b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

/* Was the survey of this metric held at all? */
static gboolean
was_held (const KennisGround *ground, const KennisMetricRow *row)
{
  g_autofree char *instrument = row->argument != NULL ? g_strndup (row->argument, strcspn (row->argument, " ")) : NULL;

  return instrument == NULL || kennis_catalogue_find (instrument) >= 0
         || kennis_ground_survey (ground, instrument) != NULL;
}

/* A pattern does not mean surveys that nobody held, or a report would be full of them; unless it means nothing else. */
static void
leave_out_surveys (const KennisGround *ground, GArray *found, const char *pattern)
{
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    {
      guint metric = g_array_index (found, guint, i);
      const KennisMetricRow *row = kennis_catalogue_row (metric);

      if (was_held (ground, row) || g_str_equal (row->id, pattern))
        g_array_index (found, guint, n++) = metric;
    }
  if (n > 0)
    g_array_set_size (found, n);
}

/* The measuring's own metrics that a pattern means; false: none. */
static gboolean
add_own (KennisPlan *self, const KennisGround *ground, const char *pattern)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = kennis_catalogue_size ();

  if (ground->survey_rows != NULL)
    kennis_survey_rows_match (ground->survey_rows, pattern, found);
  for (guint i = 0; i < found->len; i++)
    {
      guint metric = g_array_index (found, guint, i);
      const KennisSurveyRow *row = ground->survey_rows->pdata[metric - n];

      if (was_held (ground, &row->row) || g_str_equal (row->id, pattern))
        g_array_append_val (self->own, metric);
    }
  return found->len > 0;
}

static void
sort_once (GArray *metrics)
{
  guint n = 0;

  kennis_sort_array (metrics->data, metrics->len, sizeof (guint), compare_guints);
  for (guint i = 0; i < metrics->len; i++)
    if (n == 0 || g_array_index (metrics, guint, i) != g_array_index (metrics, guint, n - 1))
      g_array_index (metrics, guint, n++) = g_array_index (metrics, guint, i);
  g_array_set_size (metrics, n);
}

static gboolean
resolve_metrics (KennisPlan *self, const KennisGround *ground, const KennisQueryData *query, GError **error)
{
  for (guint i = 0; i < MAX (query->patterns->len, 1); i++)
    {
      const char *pattern = i < query->patterns->len ? g_ptr_array_index (query->patterns, i) : "*";
      gboolean is_own = add_own (self, ground, pattern);
      g_autoptr (GArray) found = kennis_catalogue_match (pattern, is_own ? NULL : error);

      if (found == NULL && !is_own)
        return FALSE;
      if (found == NULL)
        continue;
      leave_out_surveys (ground, found, pattern);
      g_array_append_vals (self->metrics, found->data, found->len);
    }
  sort_once (self->metrics);
  sort_once (self->own);
  self->culture = kennis_culture_plan_new (self->metrics, query->profile);
  kennis_made_of_complete (self->metrics, self->unasked);
  kennis_culture_plan_place (self->culture, self->metrics);
  return TRUE;
}

static gboolean
resolve_groupings (KennisPlan *self, KennisGround *ground, const KennisQueryData *query, GError **error)
{
  const char *access[] = { query->access_attribute != NULL ? query->access_attribute : "department", NULL };
  static const char *const level[] = { "level", NULL };
  guint zero = 0;

  g_array_append_val (self->groupings, zero);
  for (guint i = 0; i < query->groupings->len; i++)
    {
      int found = kennis_ground_grouping (ground, g_ptr_array_index (query->groupings, i), error);
      gboolean is_new = TRUE;

      if (found < 0)
        return FALSE;
      for (guint j = 0; j < self->groupings->len; j++)
        is_new &= g_array_index (self->groupings, guint, j) != (guint) found;
      if (is_new)
        g_array_append_val (self->groupings, found);
    }
  self->level_grouping = kennis_ground_grouping (ground, level, NULL);
  self->access_grouping = kennis_ground_grouping (ground, access, error);
  return self->access_grouping >= 0;
}

static gint32
months_of (KennisPeriod period)
{
  switch (period)
    {
    case KENNIS_PERIOD_YEAR:
      return 12;
    case KENNIS_PERIOD_QUARTER:
      return 3;
    case KENNIS_PERIOD_MONTH:
      return 1;
    case KENNIS_PERIOD_ALL:
      break;
    }
  return 0;
}

static gint32
floor_to (gint32 month, gint32 length)
{
  return month - ((month % length) + length) % length;
}

/* Cuts the window into calendar periods; what is not whole, or not over, is partial. */
static void
cut_window (KennisPlan *self, gint32 from, gint32 end, KennisPeriod period, gint32 observed_until)
{
  gint32 length = months_of (period), next;

  for (gint32 month = from; month < end; month = next)
    {
      gint32 start = length > 0 ? floor_to (month, length) : from;
      KennisSlot slot = { month, end, FALSE };

      next = length > 0 ? MIN (end, start + length) : end;
      slot.end_month = next;
      slot.is_partial =
          (length > 0 && (start < month || start + length > next)) || kennis_month_first_day (next) > observed_until;
      g_array_append_val (self->slots, slot);
    }
  self->first_day = kennis_month_first_day (from);
  self->end_day = kennis_month_first_day (end);
}

static gboolean
resolve_window (KennisPlan *self, const KennisGround *ground, const KennisQueryData *query, GError **error)
{
  gint32 from = query->from_month, end = query->end_month, first = 0, until = 0;
  gboolean is_declared = FALSE, is_known = find_observed (ground, &first, &until, &is_declared);

  if (!is_known && (from == G_MININT32 || end == G_MININT32))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
                   _("There are no events and there is no coverage to find the window by; accepted is a query with "
                     "both from and to"));
      return FALSE;
    }
  if (from == G_MININT32)
    from = MIN (kennis_month_of_day (first), end == G_MININT32 ? G_MAXINT32 : end - 1);
  if (end == G_MININT32)
    end = MAX (kennis_month_of_day (until - 1) + 1, from + 1);
  if (!is_known)
    until = G_MAXINT32;
  cut_window (self, from, end, query->period, is_declared || !is_known ? until : until + DAYS_OF_GRACE);
  return TRUE;
}

static double
foundation_threshold (const KennisQueryData *data)
{
  g_autoptr (KennisProfile) profile =
      data->profile != NULL ? g_object_ref (data->profile) : kennis_profile_find ("default", NULL);

  return profile->thresholds[KENNIS_CULTURE_FOUNDATION];
}

KennisPlan *
kennis_plan_new (KennisGround *ground, KennisQuery *query, guint number, guint n_threads, GError **error)
{
  const KennisQueryData *data = kennis_query_data (query);
  g_autoptr (KennisPlan) self = g_new0 (KennisPlan, 1);

  self->query = number;
  self->metrics = g_array_new (FALSE, FALSE, sizeof (guint));
  self->slots = g_array_new (FALSE, FALSE, sizeof (KennisSlot));
  self->groupings = g_array_new (FALSE, FALSE, sizeof (guint));
  self->unasked = g_array_new (FALSE, FALSE, sizeof (guint));
  self->own = g_array_new (FALSE, FALSE, sizeof (guint));
  self->foundation_threshold = foundation_threshold (data);
  self->minimum_group = data->minimum_group;
  self->minimum_survey_group = data->minimum_survey_group;
  self->level = data->level;
  self->seed = data->seed;
  self->replicates = data->replicates;
  self->admit_contact = data->admit_contact;
  if (!resolve_metrics (self, ground, data, error) || !resolve_groupings (self, ground, data, error)
      || !resolve_window (self, ground, data, error))
    return NULL;
  self->weights = kennis_ground_weights (ground, self->seed, self->replicates, n_threads);
  return g_steal_pointer (&self);
}
