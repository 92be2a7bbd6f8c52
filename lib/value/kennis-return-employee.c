#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "value/kennis-return-private.h"

/* "What is in it for me", in plain words. */

typedef struct
{
  KennisReturn *of;
  guint number;
  const char *programme, *language;
  GString *text;
} Telling;

static double
mean_of (const Telling *self,
         const char    *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", self->programme, name);

  for (guint i = 0; i < self->of->plan->slots->len; i++)
    if (strcmp (kennis_value_plan_slot (self->of->plan, i)->path, path) == 0)
      return self->of->values[i];
  return NAN;
}

static void
say (Telling    *self,
     const char *sentence,
     const char *a,
     const char *b)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "{1}", 2);
  g_autofree char *first = g_strjoinv (a != NULL ? a : "", parts);
  g_auto (GStrv) rest = g_strsplit (first, "{2}", 2);
  g_autofree char *second = g_strjoinv (b != NULL ? b : "", rest);

  g_string_append_printf (self->text, "%s%s", self->text->len > 0 ? " " : "", second);
}

#define in_words(self, text) kennis_text ((self)->language, (text))

/* Cents where they are what there is. */
static char *
money (const Telling *self,
       double         amount)
{
  return kennis_text_money (self->language, self->of->plan->currency, amount,
                            fabs (amount) < 10 && amount != rint (amount) ? 2 : 0);
}

/* A number is written with a decimal where it is small and has one. */
static guint
decimals_of (double value)
{
  return fabs (value) < 10 && fabs (value - rint (value)) >= 0.05 ? 1 : 0;
}

/* The plural follows the number as it is written; half an hour is one in French and many in English, as 0 is. */
static gulong
plural_of (double value)
{
  if (decimals_of (value) > 0)
    return value < 2 ? 0 : 2;
  return (gulong) fabs (rint (MIN (value, 1e15)));
}

static char *
counted (const Telling *self,
         double         value,
         const char    *pattern)
{
  g_autofree char *number = kennis_text_number (self->language, value, decimals_of (value));
  g_auto (GStrv) parts = g_strsplit (pattern, "{n}", 2);

  return g_strjoinv (number, parts);
}

static char *
hours (const Telling *self,
       double         value)
{
  return counted (self, value,
                  kennis_text_plural (self->language, "{n} hour", "{n} hours", isnan (value) ? 0 : plural_of (value)));
}

static void
say_time (Telling *self)
{
  double work = mean_of (self, "hours-per-head"), own = mean_of (self, "own-hours");
  g_autofree char *at_work = hours (self, work), *of_own = hours (self, own);

  if (!isnan (work) && !isnan (own))
    say (self, in_words (self, N_("It takes you about {1} at work and {2} of your own time.")), at_work, of_own);
  else if (!isnan (work))
    say (self, in_words (self, N_("It takes you about {1} at work; your own time was not recorded.")), at_work, NULL);
  else if (!isnan (own))
    say (self, in_words (self, N_("It takes you about {1} of your own time; time at work was not recorded.")), of_own,
         NULL);
  else
    say (self, in_words (self, N_("How much time it takes you is not known.")), NULL, NULL);
}

static void
say_gain (Telling *self)
{
  double rise = mean_of (self, "pay-rise"), saved = mean_of (self, "time-saved");
  g_autofree char *rise_text = money (self, fabs (rise)), *saved_text = hours (self, saved);

  if (isnan (rise) && isnan (saved))
    {
      say (self, in_words (self, N_("A gain in pay or time was not recorded.")), NULL, NULL);
      return;
    }
  if (isnan (rise))
    say (self, in_words (self, N_("A gain in pay was not recorded.")), NULL, NULL);
  else if (rise > 0)
    say (self, in_words (self, N_("Your pay rises by about {1} a year.")), rise_text, NULL);
  else if (rise < 0)
    say (self, in_words (self, N_("Your pay falls by about {1} a year.")), rise_text, NULL);
  else
    say (self, in_words (self, N_("Your pay does not change.")), NULL, NULL);
  if (isnan (saved))
    say (self, in_words (self, N_("A gain in time was not recorded.")), NULL, NULL);
  else if (saved > 0)
    say (self, in_words (self, N_("It saves you about {1} a year.")), saved_text, NULL);
  else
    say (self, in_words (self, N_("It saves you no time.")), NULL, NULL);
}

static char *
months (const Telling *self,
        double         value)
{
  return counted (self, value, kennis_text_plural (self->language, "{n} month", "{n} months", plural_of (value)));
}

/* What the sum makes of time that is saved: less than a year's worth each year. */
static void
say_shape (Telling *self)
{
  static const struct { const char *input, *sentence; } shapes[] = {
    { "delay", N_("The time saved counts from about {1} after the start, when what was learned is used.") },
    { "ramp-up", N_("The time saved grows to the whole in about {1}.") },
    { "half-life", N_("The time saved halves about every {1}, since skills wear off.") },
  };

  if (!(mean_of (self, "time-saved") > 0))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      double value = mean_of (self, shapes[i].input);
      g_autofree char *time = value > 0 ? months (self, value) : NULL;

      if (time != NULL)
        say (self, in_words (self, shapes[i].sentence), time, NULL);
    }
}

/* What the average is of, so that nobody takes it for a promise. */
static void
say_average (Telling *self,
             double   heads)
{
  double leaving = mean_of (self, "leaving-rate"), worth = mean_of (self, "own-hour-worth");
  g_autofree char *people = kennis_text_number (self->language, heads, 0), *hour = money (self, worth);

  if (leaving > 0)
    say (self,
         in_words (self, N_("That is the average of all who take part ({1}), with those who leave before the end and "
                            "gain nothing from then on.")),
         people, NULL);
  else
    say (self, in_words (self, N_("That is the average of all who take part ({1}).")), people, NULL);
  if (!isnan (worth))
    say (self, in_words (self, N_("An hour of your own counts as {1} in it.")), hour, NULL);
}

static void
say_balance (Telling *self)
{
  double heads = mean_of (self, "participants"), net;
  KennisFigureStatus status;
  g_autofree char *amount = NULL, *time = NULL;

  if (!kennis_return_is_fed (self->of, (int) self->number, KENNIS_FIGURE_EMPLOYEE_NET) || !(heads > 0))
    return;
  net = kennis_totals_figure (&self->of->each[self->number], KENNIS_FIGURE_EMPLOYEE_NET, &status) / heads;
  amount = money (self, fabs (net));
  time = months (self, self->of->plan->horizon);
  if (net >= 0)
    say (self, in_words (self, N_("All together you are about {1} better off in {2}.")), amount, time);
  else
    say (self, in_words (self, N_("All together it costs you about {1} in {2}.")), amount, time);
  say_average (self, heads);
  say_shape (self);
}

static void
say_meaning (Telling *self)
{
  GPtrArray *reasons = self->of->plan->reasons->pdata[self->number];
  double meaning = mean_of (self, "meaning");
  g_autofree char *rating = kennis_text_number (self->language, meaning, meaning == rint (meaning) ? 0 : 1);
  g_autoptr (GString) list = g_string_new (NULL);

  if (isnan (meaning))
    return;
  for (guint i = 0; i < reasons->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? in_words (self, N_("; ")) : "", (const char *) reasons->pdata[i]);
  if (reasons->len > 0)
    say (self, in_words (self, N_("Those who took part rate what it means to them {1} out of 10, and say: {2}.")),
         rating, list->str);
  else
    say (self, in_words (self, N_("Those who took part rate what it means to them {1} out of 10.")), rating, NULL);
}

/**
 * kennis_return_explain_employee:
 * @self: a return
 * @programme: a programme
 * @language: (nullable): nl, en or fr; %NULL is English
 *
 * Answers "what is in it for me" for someone who takes part, in one paragraph of plain language.
 *
 * What was not given is said to be not recorded, and what was given as 0 to be none.  What it all comes to is told where both own time and
 * gains are known: the employees' net of the programme divided by its participants, an average that has those in it who leave before
 * the end, with the delay, ramp-up and half-life of time that is saved.
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
  Telling telling = { .of = self, .programme = programme, .language = language };
  int number;

  g_return_val_if_fail (KENNIS_IS_RETURN (self), NULL);
  g_return_val_if_fail (programme != NULL, NULL);

  number = kennis_return_find_programme (self, programme);
  if (number < 0)
    return NULL;
  telling.number = number;
  telling.text = g_string_new (NULL);
  say_time (&telling);
  say_gain (&telling);
  say_balance (&telling);
  say_meaning (&telling);
  return g_string_free (telling.text, FALSE);
}
