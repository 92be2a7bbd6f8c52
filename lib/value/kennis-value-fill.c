#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-calendar-private.h"
#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "base/kennis-texts-private.h"
#include "summary/kennis-summary-private.h"
#include "value/kennis-value-model-private.h"

#define FOLLOW_UP      90
#define DAYS_PER_MONTH 30.436875

typedef struct
{
  KennisValueModel *model;
  const char *programme;
  KennisSummaryView view;
  guint8 *wanted;                /* topics */
  gboolean all;
  gint32 from_month, to_month, from_day, to_day, last_day;
  GError **error;
} Filling;

static gboolean
is_wanted (const Filling *self,
           guint32        topic)
{
  return self->all || (topic != KENNIS_INTERN_NONE && self->wanted[topic]);
}

static gboolean
give (Filling    *self,
      const char *name,
      const char *text,
      const char *source)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", self->programme, name);

  return kennis_value_model_set_input_text (self->model, path, text, KENNIS_EVIDENCE_MEASURED, source, self->error);
}

/* Of the programme; where it has utilities, which take none, of each of its benefits by amount. */
static gboolean
give_share (Filling    *self,
            const char *text,
            const char *source)
{
  KennisInvestment *programme = kennis_value_model_find (self->model, self->programme);
  gboolean has_utility = FALSE, fine = TRUE;

  for (guint i = 0; i < programme->benefits->len; i++)
    has_utility |= ((KennisBenefit *) programme->benefits->pdata[i])->method == KENNIS_BENEFIT_METHOD_UTILITY;
  if (!has_utility)
    return give (self, "transfer", text, source);
  for (guint i = 0; fine && i < programme->benefits->len; i++)
    {
      const KennisBenefit *benefit = programme->benefits->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s/transfer", benefit->id);

      fine = benefit->method == KENNIS_BENEFIT_METHOD_UTILITY || give (self, name, text, source);
    }
  return fine;
}

static gboolean
give_number (Filling    *self,
             const char *name,
             double      value,
             const char *source)
{
  g_autofree char *text = kennis_number_to_text (value);

  return give (self, name, text, source);
}

/* A mean with its standard error; certain where that is 0 or not known. */
static gboolean
give_mean (Filling    *self,
           const char *name,
           double      mean,
           double      error_of_mean,
           const char *source)
{
  g_autofree char *m = kennis_number_to_text (mean), *s = kennis_number_to_text (error_of_mean), *text = NULL;

  if (!(error_of_mean > 0))
    return give_number (self, name, mean, source);
  text = g_strdup_printf ("normal(%s,%s)[0,]", m, s);
  return give (self, name, text, source);
}

typedef struct { gint64 n, timed, costed, duration, cost; } Person;

static gboolean
fill_people (Filling *self)
{
  guint32 n_people = kennis_intern_size (self->view.facts->spaces[KENNIS_SPACE_PERSON]);
  g_autofree Person *people = g_new0 (Person, n_people + 1);
  Person all = { 0 };
  double heads = 0, squares = 0, mean;
  g_autofree char *source = NULL;

  for (gsize i = 0; i < self->view.n_cells; i++)
    {
      const KennisCell *cell = &self->view.cells[i];
      KennisStatus status = KENNIS_CODES_STATUS (cell->codes);
      Person *person = &people[cell->person];

      if (!is_wanted (self, cell->topic) || cell->month < self->from_month || cell->month > self->to_month)
        continue;
      if (status != KENNIS_STATUS_COMPLETED && status != KENNIS_STATUS_ABANDONED)
        continue;
      all.cost += cell->cost;
      all.costed += cell->n_costed;
      all.n += cell->n;
      if (status != KENNIS_STATUS_COMPLETED)
        continue;
      person->n += cell->n;
      person->timed += cell->n_timed;
      person->duration += cell->duration;
    }
  for (guint32 i = 0; i < n_people; i++)
    {
      heads += people[i].n > 0;
      all.timed += people[i].timed;
      all.duration += people[i].duration;
    }
  if (heads == 0)
    {
      g_set_error (self->error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
                   _("no completed activity on these topics in this period; widen one of them"));
      return FALSE;
    }
  mean = all.duration / 3600000.0 / heads;
  for (guint32 i = 0; i < n_people; i++)
    if (people[i].n > 0)
      squares += (people[i].duration / 3600000.0 - mean) * (people[i].duration / 3600000.0 - mean);
  source = g_strdup_printf ("records: %" G_GINT64_FORMAT " activities, %" G_GINT64_FORMAT
                            " with a duration, %" G_GINT64_FORMAT " with a cost",
                            all.n, all.timed, all.costed);
  return give_number (self, "participants", heads, source)
         && (all.timed == 0
             || give_mean (self, "hours-per-head", mean, heads > 1 ? sqrt (squares / (heads - 1) / heads) : 0, source))
         && (all.costed == 0 || give_number (self, "cost-per-head", all.cost / 10000.0 / heads, source));
}

/* Share used after 90 days by Kaplan & Meier, as a beta with the same mean and variance; delay of those who use it by then. */
static gboolean
give_transfer (Filling      *self,
               const gint32 *day,
               const guint8 *cause,
               gsize         n)
{
  KennisIncidence at;
  double share, mean = 0, square = 0, strength, used = 0;
  g_autofree char *source = g_strdup_printf ("records: Kaplan–Meier, 90 days, %" G_GSIZE_FORMAT " completions", n),
                  *a = NULL, *b = NULL, *text = NULL;

  kennis_incidence (day, cause, NULL, n, FOLLOW_UP, 0.95, &at);
  share = at.incidence;
  /* Nobody knows where nobody was followed for that long: later uses may still come. */
  if (isnan (share) || (share < 1 && !(at.at_risk > 0)))
    return TRUE;
  if (share <= 0)
    return give_share (self, "0", source);
  strength = share * (1 - share) / at.variance - 1;
  a = kennis_number_to_text (share * strength);
  b = kennis_number_to_text ((1 - share) * strength);
  text = share >= 1 || !(at.variance > 0) || !(strength > 0) ? kennis_number_to_text (share)
                                                             : g_strdup_printf ("beta(%s,%s)", a, b);
  if (!give_share (self, text, source))
    return FALSE;
  for (gint32 d = 0; d < FOLLOW_UP; d++)
    {
      double later;

      kennis_incidence (day, cause, NULL, n, d, 0.95, &at);
      later = 1 - at.incidence / share;
      mean += later;
      square += (2 * d + 1) * later;
    }
  for (gsize i = 0; i < n; i++)
    used += cause[i] == 1 && day[i] <= FOLLOW_UP;
  return give_mean (self, "delay", mean / DAYS_PER_MONTH, sqrt (MAX (square - mean * mean, 0) / used) / DAYS_PER_MONTH,
                    source);
}

static gboolean
fill_use (Filling *self)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GArray) causes = g_array_new (FALSE, FALSE, sizeof (guint8));

  /* Where first use was never recorded, nobody knows. */
  if (self->view.n_known[KENNIS_ACTIVITY_APPLIED] == 0)
    return TRUE;
  for (gsize i = 0; i < self->view.n_spells; i++)
    {
      const KennisSpell *spell = &self->view.spells[i];
      gint32 follow_up = self->last_day - spell->day, day;
      guint8 cause;

      if (!is_wanted (self, spell->topic) || KENNIS_CODES_STATUS (spell->codes) != KENNIS_STATUS_COMPLETED
          || spell->day < self->from_day || spell->day >= self->to_day || follow_up < 0)
        continue;
      cause = spell->until_applied >= 0 && spell->until_applied <= follow_up;
      day = cause ? spell->until_applied : follow_up;
      for (gint64 k = 0; k < spell->n; k++)
        {
          g_array_append_val (days, day);
          g_array_append_val (causes, cause);
        }
    }
  return days->len == 0 || give_transfer (self, (const gint32 *) days->data, (const guint8 *) causes->data, days->len);
}

guint32
kennis_value_find_text (KennisDataset *facts, KennisSpace space, const char *text)
{
  const KennisIntern *texts = facts->spaces[space];

  /* A summary's texts have no index, and making one would change it under other threads. */
  for (guint32 i = 0; i < kennis_intern_size (texts); i++)
    if (strcmp (kennis_intern_get (texts, i, NULL), text) == 0)
      return i;
  return KENNIS_INTERN_NONE;
}

static gboolean
find_topics (Filling             *self,
             const char * const  *topics)
{
  self->all = topics == NULL;
  self->wanted = g_new0 (guint8, kennis_intern_size (self->view.facts->spaces[KENNIS_SPACE_TOPIC]) + 1);
  for (guint i = 0; topics != NULL && topics[i] != NULL; i++)
    {
      guint32 found = kennis_value_find_text (self->view.facts, KENNIS_SPACE_TOPIC, topics[i]);

      if (found == KENNIS_INTERN_NONE)
        {
          g_set_error (self->error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE, _("the summary knows no topic “%s”"),
                       topics[i]);
          return FALSE;
        }
      self->wanted[found] = 1;
    }
  return TRUE;
}

/**
 * kennis_value_model_fill:
 * @self: a model
 * @programme: a programme of the model
 * @summary: records of it
 * @topics: (nullable) (array zero-terminated=1): topics of the programme; %NULL for all
 * @from: first instant, Unix ms; %KENNIS_UNKNOWN for as early as there are records
 * @to: first instant after it; %KENNIS_UNKNOWN for as late as there are
 * @error: return location for an error
 *
 * Takes a programme's participants, hours and cost per head, the share that is used at work and the delay until then
 * from records, each as sure as these make it, graded as measured.
 *
 * Participants are people who completed an activity; hours per head get the standard error of their mean; cost counts what
 * was abandoned too.  Share and delay are of 90 days of follow-up by Kaplan & Meier (1958), censored at the last
 * record; they stay as they are where first use was never recorded, and so do hours and cost.  Months count whole.  The share
 * is given to the programme; where it has a utility, which has transfer in it already, to each of its benefits by amount.
 *
 * Returns: whether it was filled; on failure the model may hold some of the inputs
 *
 * Since: 1.0
 */
gboolean
kennis_value_model_fill (KennisValueModel    *self,
                         const char          *programme,
                         KennisSummary       *summary,
                         const char * const  *topics,
                         gint64               from,
                         gint64               to,
                         GError             **error)
{
  Filling filling = { .model = self, .programme = programme, .error = error };
  g_autoptr (KennisCalendar) calendar = NULL;
  gboolean done;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self), FALSE);
  g_return_val_if_fail (programme != NULL && KENNIS_IS_SUMMARY (summary), FALSE);

  if (kennis_value_model_find (self, programme) == NULL)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE,
                   _("the model has no programme “%s”; add it first"), programme);
      return FALSE;
    }
  if (g_strcmp0 (kennis_summary_get_currency (summary), self->currency) != 0)
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INCOMPATIBLE, _("the records are in %s and the model is in %s"),
                   kennis_summary_get_currency (summary), self->currency);
      return FALSE;
    }
  calendar = kennis_calendar_new (kennis_summary_get_time_zone (summary), error);
  if (calendar == NULL)
    return FALSE;
  kennis_summary_view (summary, &filling.view);
  filling.from_month = from == KENNIS_UNKNOWN ? G_MININT32 : kennis_calendar_month (calendar, from);
  filling.to_month = to == KENNIS_UNKNOWN ? G_MAXINT32 : kennis_calendar_month (calendar, to - 1);
  filling.from_day = from == KENNIS_UNKNOWN ? G_MININT32 : kennis_calendar_day (calendar, from);
  filling.to_day = to == KENNIS_UNKNOWN ? G_MAXINT32 : kennis_calendar_day (calendar, to - 1) + 1;
  filling.last_day =
      filling.view.last_time == KENNIS_UNKNOWN ? 0 : kennis_calendar_day (calendar, filling.view.last_time);
  done = find_topics (&filling, topics) && fill_people (&filling) && fill_use (&filling);
  g_free (filling.wanted);
  return done;
}
