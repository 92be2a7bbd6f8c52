#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "value/kennis-return-private.h"

/* "What is in it for me", in plain words. */

static double
mean_of (KennisReturn   *self,
         const char     *programme,
         const char     *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", programme, name);

  for (guint i = 0; i < self->plan->slots->len; i++)
    if (strcmp (kennis_value_plan_slot (self->plan, i)->path, path) == 0)
      return self->values[i];
  return NAN;
}

static void
say (GString    *text,
     const char *sentence,
     const char *a,
     const char *b)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "{1}", 2);
  g_autofree char *first = g_strjoinv (a, parts);
  g_auto (GStrv) rest = g_strsplit (first, "{2}", 2);
  g_autofree char *second = g_strjoinv (b != NULL ? b : "", rest);

  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", second);
}

static char *
money (KennisReturn *self,
       const char   *language,
       double        amount)
{
  g_autofree char *number = kennis_text_number (language, amount, 0);

  return g_strdup_printf ("%s %s", self->plan->currency, number);
}

static void
say_time (KennisReturn *self,
          const char   *programme,
          const char   *language,
          GString      *text)
{
  double work = mean_of (self, programme, "hours-per-head"), own = mean_of (self, programme, "own-hours");
  g_autofree char *at_work = kennis_text_number (language, work, 0), *of_own = kennis_text_number (language, own, 0);

  if (!isnan (work) && !isnan (own))
    say (text, kennis_text (language, N_("It takes you about {1} hours at work and {2} of your own.")), at_work,
         of_own);
  else if (!isnan (work))
    say (text, kennis_text (language, N_("It takes you about {1} hours at work; your own time was not recorded.")),
         at_work, NULL);
  else if (!isnan (own))
    say (text, kennis_text (language, N_("It takes you about {1} hours of your own.")), of_own, NULL);
  else
    say (text, kennis_text (language, N_("How much time it takes you is not known.")), "", NULL);
}

static void
say_gain (KennisReturn *self,
          const char   *programme,
          const char   *language,
          GString      *text)
{
  double rise = mean_of (self, programme, "pay-rise"), saved = mean_of (self, programme, "time-saved");
  g_autofree char *rise_text = money (self, language, rise), *saved_text = kennis_text_number (language, saved, 0);

  if (!isnan (rise) && rise > 0)
    say (text, kennis_text (language, N_("Your pay rises by about {1} a year.")), rise_text, NULL);
  if (!isnan (saved) && saved > 0)
    say (text, kennis_text (language, N_("It saves you about {1} hours a year.")), saved_text, NULL);
  if (!(rise > 0) && !(saved > 0))
    say (text, kennis_text (language, N_("A gain in pay or time was not recorded.")), "", NULL);
}

static void
say_balance (KennisReturn *self,
             int           number,
             const char   *programme,
             const char   *language,
             GString      *text)
{
  double heads = mean_of (self, programme, "participants"), net;
  KennisFigureStatus status;
  g_autofree char *amount = NULL, *months = kennis_text_integer (language, self->plan->horizon);

  net = kennis_totals_figure (&self->each[number], KENNIS_FIGURE_EMPLOYEE_NET, &status) / heads;
  if (isnan (net)
      || (self->each[number].total[KENNIS_STREAM_OWN_COST] == 0
          && self->each[number].total[KENNIS_STREAM_OWN_GAIN] == 0))
    return;
  amount = money (self, language, fabs (net));
  if (net >= 0)
    say (text, kennis_text (language, N_("All together you are about {1} better off in {2} months.")), amount, months);
  else
    say (text, kennis_text (language, N_("All together it costs you about {1} in {2} months.")), amount, months);
}

static void
say_meaning (KennisReturn *self,
             int           number,
             const char   *programme,
             const char   *language,
             GString      *text)
{
  GPtrArray *reasons = self->plan->reasons->pdata[number];
  double meaning = mean_of (self, programme, "meaning");
  g_autofree char *rating = kennis_text_number (language, meaning, 1);
  g_autoptr (GString) list = g_string_new (NULL);

  if (isnan (meaning))
    return;
  for (guint i = 0; i < reasons->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "; " : "", (const char *) reasons->pdata[i]);
  if (reasons->len > 0)
    say (text,
         kennis_text (language, N_("Those who took part rate what it means to them {1} out of 10, and say: {2}.")),
         rating, list->str);
  else
    say (text, kennis_text (language, N_("Those who took part rate what it means to them {1} out of 10.")), rating,
         NULL);
}

/**
 * kennis_return_explain_employee:
 * @self: a return
 * @programme: a programme
 * @language: (nullable): nl, en or fr; %NULL is English
 *
 * Answers "what is in it for me" for someone who takes part, in one paragraph of plain language.
 *
 * What was not given is said to be not known.
 *
 * Returns: (transfer full) (nullable): a paragraph; %NULL where there is no such programme
 *
 * Since: 1.0
 */
char *
kennis_return_explain_employee (KennisReturn *self,
                                const char   *programme,
                                const char   *language)
{
  GString *text;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);
  g_return_val_if_fail (programme != NULL, NULL);

  for (guint i = 0; i < self->plan->programmes->len; i++)
    if (strcmp (self->plan->programmes->pdata[i], programme) == 0)
      {
        text = g_string_new (NULL);
        say_time (self, programme, language, text);
        say_gain (self, programme, language, text);
        say_balance (self, (int) i, programme, language, text);
        say_meaning (self, (int) i, programme, language, text);
        return g_string_free (text, FALSE);
      }
  return NULL;
}
