#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "summary/kennis-summary-private.h"
#include "value/kennis-value-model-private.h"

/* What happened to a team's outcome: sums before and after. */
typedef struct
{
  double before, after;
  guint  n_before, n_after;
  guint8 took_part;
} Team;

/* Changes of a group of teams: mean and the square of its standard error. */
typedef struct
{
  guint  n;
  double mean, squares;
} Group;

static gboolean
mark_teams (KennisDataset *facts, const char *const *teams, Team *found, GError **error)
{
  for (guint i = 0; teams[i] != NULL; i++)
    {
      guint32 team = kennis_value_find_text (facts, KENNIS_SPACE_TEAM, teams[i]);

      if (team == KENNIS_INTERN_NONE)
        {
          g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_UNKNOWN_REFERENCE, _("the summary knows no team “%s”"),
                       teams[i]);
          return FALSE;
        }
      found[team].took_part = TRUE;
    }
  return TRUE;
}

static gboolean
collect (KennisDataset *facts, const char *measure, gint64 begun, Team *teams, GError **error)
{
  const KennisTable *table = &facts->tables[KENNIS_RECORD_TYPE_OUTCOME];
  guint32 wanted = kennis_value_find_text (facts, KENNIS_SPACE_WORD, measure);
  gboolean any = FALSE;

  for (gsize row = 0; row < table->n_rows && wanted != KENNIS_INTERN_NONE; row++)
    {
      Team *team = &teams[kennis_column_get (&table->columns[KENNIS_OUTCOME_TEAM], row)];
      gint64 value = kennis_column_get (&table->columns[KENNIS_OUTCOME_VALUE], row);

      if ((guint32) kennis_column_get (&table->columns[KENNIS_OUTCOME_MEASURE], row) != wanted)
        continue;
      any = TRUE;
      if (kennis_column_get (&table->columns[KENNIS_OUTCOME_PERIOD], row) < begun)
        {
          team->before += value / 1e6;
          team->n_before++;
        }
      else
        {
          team->after += value / 1e6;
          team->n_after++;
        }
    }
  if (!any)
    g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
                 _("the summary has no outcomes “%s”; accepted is the measure of its outcome records"), measure);
  return any;
}

/* Welford's mean and squares (1962). */
static void
add_change (Group *group, double change)
{
  double off = change - group->mean;

  group->n++;
  group->mean += off / group->n;
  group->squares += off * (change - group->mean);
}

static gboolean
compare (const Team *teams, guint32 n_teams, Group *with, Group *without, GError **error)
{
  for (guint32 i = 0; i < n_teams; i++)
    if (teams[i].n_before > 0 && teams[i].n_after > 0)
      add_change (teams[i].took_part ? with : without,
                  teams[i].after / teams[i].n_after - teams[i].before / teams[i].n_before);
  if (with->n >= 2 && without->n >= 2)
    return TRUE;
  g_set_error (
      error, KENNIS_ERROR, KENNIS_ERROR_NO_DATA,
      _("%u teams that took part and %u others have outcomes both before and after; accepted are 2 or more of each"),
      with->n, without->n);
  return FALSE;
}

/* The full path of a benefit that takes an amount; NULL with an error. */
static char *
find_benefit (KennisValueModel *self, const char *benefit, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/amount", benefit), *full = NULL;
  g_auto (GStrv) parts = NULL;
  KennisInvestment *programme;

  if (kennis_value_model_resolve (self, path, NULL, &full, error) == NULL)
    return NULL;
  parts = g_strsplit (full, "/", 3);
  programme = kennis_value_model_find (self, parts[0]);
  for (guint i = 0; i < programme->benefits->len; i++)
    {
      const KennisBenefit *candidate = programme->benefits->pdata[i];

      if (strcmp (candidate->id, parts[1]) != 0 || candidate->method == KENNIS_BENEFIT_METHOD_AMOUNT)
        continue;
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("“%s” is a utility, which takes no amount; accepted is a benefit of the method amount"), benefit);
      return NULL;
    }
  return g_strdup_printf ("%s/%s", parts[0], parts[1]);
}

static gboolean
give (KennisValueModel *self, const char *benefit, const char *input, const char *text, const char *source, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", benefit, input);

  return kennis_value_model_set_input_text (self, path, text, KENNIS_EVIDENCE_MEASURED, source, error);
}

/**
 * kennis_value_model_fill_benefit:
 * @self: a model
 * @benefit: a benefit of the method amount, as `programme/benefit`
 * @summary: records with outcomes of teams
 * @measure: which outcomes
 * @teams: (array zero-terminated=1): the teams that took part; every other team with such outcomes is in the comparison group
 * @begun: when the programme began, Unix ms: periods that begin earlier are before, the others after
 * @worth: what one unit more of the measure is worth for one team in a year, in the model's currency; below 0 where less is better
 * @error: return location for an error
 *
 * Takes a benefit from what happened to the teams that took part, compared with the others (difference in differences).
 *
 * With Δ the change of a team's mean outcome from before to after, the effect is mean Δ of those that took part − mean Δ of the
 * others, and its standard error √(s²/n + s²/n) of both (Welch 1947); each team counts once.  Only teams with outcomes before and after
 * count, and it takes 2 of either kind.  The amount per year is @worth × teams that took part × effect, a normal distribution with that
 * error; transfer and isolation become 1, since outcomes have them in them already.  All are graded as measured.
 *
 * It is the programme's effect only where both groups would have gone the same way without it, which nobody can see: teams that were
 * chosen because they did badly get better anyway.
 *
 * Errors: %KENNIS_ERROR_UNKNOWN_REFERENCE for a benefit or team that there is not, %KENNIS_ERROR_NO_DATA, %KENNIS_ERROR_INVALID where
 * @worth is no number or the benefit is a utility; the model is then as it was.
 *
 * Time: O(outcomes).  Source: Card & Krueger (1994); Angrist & Pischke (2009), chapter 5.
 *
 * Returns: whether it was filled
 *
 * Since: 1.0
 */
gboolean
kennis_value_model_fill_benefit (KennisValueModel    *self,
                                 const char          *benefit,
                                 KennisSummary       *summary,
                                 const char          *measure,
                                 const char * const  *teams,
                                 gint64               begun,
                                 double               worth,
                                 GError             **error)
{
  g_autofree char *path = NULL, *mean = NULL, *sd = NULL, *amount = NULL, *source = NULL;
  g_autofree Team *found = NULL;
  Group with = { 0 }, without = { 0 };
  KennisSummaryView view;
  guint32 n_teams;
  double effect, deviation;

  g_return_val_if_fail (KENNIS_IS_VALUE_MODEL (self) && KENNIS_IS_SUMMARY (summary), FALSE);
  g_return_val_if_fail (benefit != NULL && measure != NULL && teams != NULL, FALSE);

  path = find_benefit (self, benefit, error);
  if (path == NULL)
    return FALSE;
  if (!isfinite (worth))
    {
      g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                   _("the worth of a unit is no number; accepted is an amount"));
      return FALSE;
    }
  kennis_summary_view (summary, &view);
  n_teams = kennis_intern_size (view.facts->spaces[KENNIS_SPACE_TEAM]);
  found = g_new0 (Team, (gsize) n_teams + 1);
  if (!mark_teams (view.facts, teams, found, error) || !collect (view.facts, measure, begun, found, error)
      || !compare (found, n_teams, &with, &without, error))
    return FALSE;

  effect = with.mean - without.mean;
  deviation = sqrt (with.squares / (with.n - 1) / with.n + without.squares / (without.n - 1) / without.n);
  mean = kennis_number_to_text (worth * with.n * effect);
  sd = kennis_number_to_text (fabs (worth) * with.n * deviation);
  amount = deviation > 0 && worth != 0 ? g_strdup_printf ("normal(%s,%s)", mean, sd) : g_steal_pointer (&mean);
  source = g_strdup_printf ("records: difference in differences of “%s”, %u teams and %u others", measure, with.n,
                            without.n);
  return give (self, path, "amount", amount, source, error) && give (self, path, "transfer", "1", source, error)
         && give (self, path, "isolation", "1", source, error);
}
