#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-value-words-private.h"
#include "report/kennis-words-private.h"
#include "value/kennis-return-private.h"

/* What is said of what nobody gave, of inputs as they were given, and of the values at which nothing is left. */

#define MOST_NAMES 3

#define say(text) kennis_text (language, (text))

char *
kennis_value_words_join (const char       *language,
                         const char       *between,
                         const GPtrArray  *texts)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? kennis_text (language, between) : "", (const char *) texts->pdata[i]);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* ── Not given ────────────────────────────────────────────────────────────────────────────────────────────────────── */
static const char *
name_of (const char *language,
         const char *path)
{
  static const struct { const char *end, *name; } own[] = {
    { "/amount", N_("benefits") },
    { "/hazard", N_("loss avoided") },
    { "/leaving-rate", N_("people who leave") },
    { "/delay", N_("delay until it is used") },
    { "/ramp-up", N_("time to get from first to full use") },
    { "/half-life", N_("skills that wear off") },
    { "tax-rate", N_("tax") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_str_has_suffix (path, own[i].end))
      return kennis_text (language, own[i].name);
  return kennis_value_words_input (language, path);
}

/* Names of inputs, each once. */
static void
add_names (GPtrArray  *names,
           const char *language,
           char      **paths)
{
  for (guint i = 0; paths[i] != NULL; i++)
    {
      const char *name = name_of (language, paths[i]);

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_strdup (name));
    }
}

static gboolean
has (KennisReturn *result,
     const char   *programme,
     KennisFigure  figure)
{
  double value;

  return kennis_return_get_figure (result, programme, figure, &value) != KENNIS_FIGURE_STATUS_NO_DATA;
}

typedef enum
{
  SIDE_COST,
  SIDE_WORTH,
  SIDE_OWN_TIME,
  SIDE_GAIN,
} Side;

static gboolean
has_side (KennisReturn *result,
          const char   *programme,
          Side          side)
{
  switch (side)
    {
    case SIDE_COST:
      return has (result, programme, KENNIS_FIGURE_COST);
    case SIDE_WORTH:
      return has (result, programme, KENNIS_FIGURE_BENEFIT) || has (result, programme, KENNIS_FIGURE_LOSS_AVOIDED);
    case SIDE_OWN_TIME:
      return has (result, programme, KENNIS_FIGURE_EMPLOYEE_COST);
    default:
      return has (result, programme, KENNIS_FIGURE_EMPLOYEE_GAIN);
    }
}

/* NULL: it is given for all. */
static char *
side_missing (KennisReturn *result,
              const char   *programme,
              const char   *language,
              Side          side)
{
  static const char *const plain[] = { N_("no cost was given"), N_("no benefit was given"), N_("no own time was given"),
                                       N_("no gain was given") };
  static const char *const of[] = { N_("no cost was given for {names}"), N_("no benefit was given for {names}"),
                                    N_("no own time was given for {names}"), N_("no gain was given for {names}") };
  g_auto (GStrv) ids = kennis_return_list_programmes (result);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;
  guint n = 0, n_all = g_strv_length (ids);

  if (programme != NULL || n_all == 1)
    return has_side (result, programme, side) ? NULL : g_strdup (say (plain[side]));
  for (guint i = 0; ids[i] != NULL; i++)
    if (!has_side (result, ids[i], side) && ++n <= MOST_NAMES)
      g_ptr_array_add (names, g_strdup (kennis_return_get_name (result, ids[i])));
  if (n == 0 || n == n_all)
    return n == 0 ? NULL : g_strdup (say (plain[side]));
  if (n > MOST_NAMES)
    {
      g_autofree char *more = kennis_text_integer (language, n - MOST_NAMES);

      g_ptr_array_add (names, kennis_words_fill (say (N_("{n} more")), "n", more, NULL));
    }
  all = kennis_value_words_join (language, ", ", names);
  return kennis_words_fill (say (of[side]), "names", all, NULL);
}

static void
add_text (GPtrArray *texts,
          char      *text)
{
  if (text != NULL)
    g_ptr_array_add (texts, text);
}

char *
kennis_value_words_missing (KennisReturn *result,
                            const char   *programme,
                            const char   *language,
                            KennisFigure  figure)
{
  g_auto (GStrv) paths = kennis_return_list_missing (result, programme, figure);
  g_autoptr (GPtrArray) why = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;
  gboolean of_employees = figure == KENNIS_FIGURE_EMPLOYEE_NET;

  if (figure < KENNIS_FIGURE_COST || figure == KENNIS_FIGURE_LOSS_AVOIDED || figure == KENNIS_FIGURE_EMPLOYEE_COST
      || figure == KENNIS_FIGURE_EMPLOYEE_GAIN)
    {
      add_names (why, language, paths);
      all = kennis_value_words_join (language, ", ", why);
      return kennis_words_fill (say (N_("not given: {inputs}")), "inputs", all, NULL);
    }
  if (figure != KENNIS_FIGURE_BENEFIT)
    add_text (why, side_missing (result, programme, language, of_employees ? SIDE_OWN_TIME : SIDE_COST));
  if (figure != KENNIS_FIGURE_COST)
    add_text (why, figure == KENNIS_FIGURE_BENEFIT
                       ? g_strdup (say (N_("no benefit was given")))
                       : side_missing (result, programme, language, of_employees ? SIDE_GAIN : SIDE_WORTH));
  if (g_strv_contains ((const char *const *) paths, "discount-rate"))
    add_text (why, g_strdup (say (N_("no discount rate was given"))));
  all = kennis_value_words_join (language, N_("; "), why);
  return kennis_words_fill (say (N_("not known: {why}")), "why", all, NULL);
}

/* What sums leave out, and what was worked out as if there were none of it. */
GPtrArray *
kennis_value_words_not_given (KennisReturn *result,
                              const char   *programme,
                              const char   *language)
{
  static const KennisFigure sums[] = { KENNIS_FIGURE_COST, KENNIS_FIGURE_BENEFIT, KENNIS_FIGURE_LOSS_AVOIDED };
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) defaults = kennis_return_list_defaults (result, programme);
  g_autofree char *out = NULL, *as_none = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_auto (GStrv) paths = kennis_return_list_missing (result, programme, sums[i]);

      add_names (left_out, language, paths);
    }
  add_names (none, language, defaults);
  out = kennis_value_words_join (language, ", ", left_out);
  as_none = kennis_value_words_join (language, ", ", none);
  if (left_out->len > 0)
    g_ptr_array_add (lines, kennis_words_fill (say (N_("Not given, so not counted: {inputs}.")), "inputs", out, NULL));
  if (none->len > 0)
    g_ptr_array_add (
        lines, kennis_words_fill (say (N_("Not given, so worked out without: {inputs}.")), "inputs", as_none, NULL));
  return lines;
}

/* ── Uncertain or not ─────────────────────────────────────────────────────────────────────────────────────────────── */
static gboolean
is_uncertain (KennisReturn *result)
{
  g_auto (GStrv) paths = kennis_return_list_inputs (result);

  for (guint i = 0; paths[i] != NULL; i++)
    if (kennis_quantity_get_distribution (kennis_return_get_input (result, paths[i], NULL, NULL))
        != KENNIS_DISTRIBUTION_NUMBER)
      return TRUE;
  return FALSE;
}

char *
kennis_value_words_uncertain (KennisReturn *result,
                              const char   *language)
{
  KennisFigure objective = kennis_return_get_objective (result);
  double wanted = kennis_return_get_wanted_error (result), error;
  g_autofree char *draws = NULL, *asked = NULL, *reached = NULL;

  if (!is_uncertain (result))
    return g_strdup (say (N_("No input was given as a distribution: how sure this is cannot be told.")));
  kennis_return_get_mean (result, objective, &error);
  if (wanted == 0 || error <= wanted || kennis_return_get_n_valued (result, objective) == 0)
    return NULL;
  draws = kennis_text_integer (language, kennis_return_get_n_draws (result));
  asked = kennis_value_words_money (result, language, wanted);
  if (isnan (error))
    return kennis_words_fill (say (N_("Whether the standard error that was asked for, {asked}, was reached cannot be "
                                      "told: {n} draws are too few.")),
                              "asked", asked, "n", draws, NULL);
  reached = kennis_value_words_money (result, language, error);
  return kennis_words_fill (
      say (N_("The standard error that was asked for, {asked}, was not reached: after {n} draws it is {error}.")),
      "asked", asked, "n", draws, "error", reached, NULL);
}

char *
kennis_value_words_errors (KennisReturn *result,
                           const char   *language)
{
  g_autofree char *least = kennis_text_integer (language, KENNIS_ERROR_DRAWS);

  if (kennis_return_get_n_draws (result) >= KENNIS_ERROR_DRAWS)
    return g_strdup (say (N_("± is the standard error of drawing, not of the inputs.")));
  return kennis_words_fill (say (N_("Of fewer than {least} draws no standard error is told: they are too few.")),
                            "least", least, NULL);
}

char *
kennis_value_words_few_of_each (KennisReturn *result,
                                const char   *language)
{
  guint64 n = kennis_return_get_n_draws (result);
  g_autofree char *least = kennis_text_integer (language, KENNIS_EVPPI_DRAWS), *draws = NULL;

  if (n == 0 || n >= KENNIS_EVPPI_DRAWS
      || kennis_return_get_n_valued (result, kennis_return_get_objective (result)) == 0)
    return NULL;
  draws = kennis_text_integer (language, n);
  return kennis_words_fill (
      say (N_("The worth of knowing an input (EVPPI) comes out too high here: {n} draws are few for "
              "it; take {least} or more.")),
      "n", draws, "least", least, NULL);
}

char *
kennis_value_words_many_draws (KennisReturn *result,
                               const char   *language)
{
  g_auto (GStrv) ids = kennis_return_list_programmes (result);
  g_autofree char *most = kennis_text_integer (language, KENNIS_MAX_EXACT / MAX (g_strv_length (ids), 1));

  return kennis_return_has_many (result) ? kennis_words_fill (
             say (N_("The chance of being the best is not counted of so many draws; take {most} or fewer.")), "most",
             most, NULL)
                                         : NULL;
}

/* ── Inputs ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* As it is read, with its numbers as the language writes them. */
char *
kennis_value_words_quantity (const char     *language,
                             KennisQuantity *quantity)
{
  g_autofree char *text = kennis_quantity_to_text (quantity);
  g_autoptr (GString) words = g_string_new (NULL);

  for (char *p = text; *p != '\0';)
    if (g_ascii_isdigit (*p) || *p == '-')
      {
        char *end;
        g_autofree char *number = kennis_text_exact (language, g_ascii_strtod (p, &end));

        g_string_append (words, number);
        p = end;
      }
    else
      {
        if (*p == ',')
          g_string_append (words, say (N_("; ")));
        else
          g_string_append_c (words, *p);
        if (*p == '[' && p[1] == ',')
          g_string_append (words, "-∞");
        if (*p == ',' && p[1] == ']')
          g_string_append (words, "∞");
        p++;
      }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

double *
kennis_value_words_break_even (KennisReturn       *result,
                               const char         *path,
                               KennisFigureStatus *status,
                               double             *nearest,
                               gsize              *n)
{
  const char *slash = strchr (path, '/');
  g_autofree char *programme = slash != NULL ? g_strndup (path, slash - path) : NULL;
  KennisReturn *part = programme != NULL ? kennis_return_get_programme (result, programme) : NULL;
  KennisReturn *of = part != NULL ? part : result;

  double *values = kennis_return_list_break_evens (of, path, n), mean;

  *status = KENNIS_FIGURE_STATUS_OK;
  *nearest = NAN;
  if (values == NULL)
    {
      *status = kennis_return_get_break_even (of, path, nearest);
      return NULL;
    }
  mean = kennis_quantity_get_mean (kennis_return_get_input (of, path, NULL, NULL));
  for (gsize i = 0; i < *n; i++)
    if (!(fabs (values[i] - mean) >= fabs (*nearest - mean)))
      *nearest = values[i];
  return values;
}

/* Numbers that a person can use: as exact as they matter. */
char *
kennis_value_words_even (KennisReturn *result,
                         const char   *language,
                         const char   *path)
{
  KennisFigureStatus status;
  double nearest;
  gsize n;
  g_autofree double *values = kennis_value_words_break_even (result, path, &status, &nearest, &n);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (status != KENNIS_FIGURE_STATUS_OK)
    return g_strdup (kennis_value_words_status (language, status));
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (texts, kennis_text_number (language, values[i], fabs (values[i]) < 10 ? 3 : 0));
  return kennis_value_words_join (language, N_(" and "), texts);
}
