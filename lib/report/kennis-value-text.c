#include "config.h"

#include <math.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-value-words-private.h"
#include "report/kennis-words-private.h"

#define WIDE 44

static void
heading (GString    *text,
         const char *title)
{
  g_string_append_printf (text, "%s%s\n", text->len > 0 ? "\n" : "", title);
  for (glong i = g_utf8_strlen (title, -1); i > 0; i--)
    g_string_append (text, "─");
  g_string_append_c (text, '\n');
}

static void
line (GString    *text,
      const char *name,
      const char *value)
{
  glong room = WIDE - g_utf8_strlen (name, -1);

  g_string_append_printf (text, "  %s%*s  %s\n", name, (int) MAX (room, 0), "", value);
}

static void
write_figures (KennisReturn *result,
               const char   *programme,
               const char   *language,
               GString      *text)
{
  for (guint f = 0; f < KENNIS_N_FIGURES; f++)
    {
      g_autofree char *value = kennis_value_words_result (result, programme, language, f);

      line (text, kennis_value_words_figure (language, f), value);
    }
}

static void
write_chance (KennisReturn *result,
              const char   *language,
              GString      *text)
{
  static const double at[] = { 0.05, 0.5, 0.95 };
  KennisFigure objective = kennis_return_get_objective (result);
  double error, value = kennis_return_get_mean (result, objective, &error);
  g_autofree char *draws = kennis_text_integer (language, kennis_return_get_n_draws (result)), *chance = NULL;
  g_autofree char *title = kennis_words_fill (kennis_text (language, N_("How sure: {figure}, {n} draws")), "figure",
                                              kennis_value_words_figure (language, objective), "n", draws, NULL);
  double values[6], errors[6];
  const char *names[6] = { kennis_text (language, N_("mean")), kennis_text (language, N_("standard deviation")), "5%", "50%", "95%",
                           kennis_text (language, N_("value of knowing all before (EVPI)")) };

  heading (text, title);
  values[0] = value;
  errors[0] = error;
  values[1] = kennis_return_get_sd (result, objective, &errors[1]);
  for (guint i = 0; i < 3; i++)
    values[2 + i] = kennis_return_get_percentile (result, objective, at[i], &errors[2 + i]);
  values[5] = kennis_return_get_evpi (result, &errors[5]);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *both = kennis_value_words_money_sure (result, language, values[i], errors[i]);

      line (text, names[i], both);
    }
  value = kennis_return_get_probability (result, &error);
  chance = kennis_value_words_percent_sure (language, value, error);
  line (text, kennis_text (language, N_("chance that it is over 0")), chance);
  g_string_append_printf (text, "  %s\n",
                          kennis_text (language, N_("± is the standard error of drawing, not of the inputs.")));
}

static void
write_inputs (KennisReturn *result,
              const char   *language,
              GString      *text)
{
  g_auto (GStrv) paths = kennis_return_list_inputs (result);

  heading (text, kennis_text (language, N_("Inputs, with their evidence and the value at which nothing is left")));
  for (guint i = 0; paths[i] != NULL; i++)
    {
      KennisEvidence evidence;
      const char *source;
      KennisQuantity *quantity = kennis_return_get_input (result, paths[i], &evidence, &source);
      g_autofree char *value = kennis_quantity_to_text (quantity), *even = NULL, *all = NULL;
      double at;

      if (kennis_return_get_break_even (result, paths[i], &at) == KENNIS_FIGURE_STATUS_OK)
        {
          g_autofree char *number = kennis_text_number (language, at, fabs (at) < 10 ? 3 : 0);

          even = kennis_words_fill (kennis_text (language, N_("break-even at {value}")), "value", number, NULL);
        }
      all = g_strconcat (value, "; ", kennis_value_words_evidence (language, evidence), source != NULL ? ": " : "",
                         source != NULL ? source : "", even != NULL ? "; " : "", even != NULL ? even : "", NULL);
      line (text, paths[i], all);
    }
}

GBytes *
kennis_value_text (KennisReturn *result,
                   const char   *language)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) programmes = kennis_return_list_programmes (result);
  g_autofree char *months = kennis_text_integer (language, kennis_return_get_horizon (result));
  g_autofree char *title =
      kennis_words_fill (kennis_text (language, N_("Return on value over {n} months")), "n", months, NULL);

  heading (text, title);
  write_figures (result, NULL, language, text);
  if (kennis_return_get_n_draws (result) > 0)
    write_chance (result, language, text);
  for (guint i = 0; programmes[i] != NULL; i++)
    {
      g_autofree char *employee = kennis_return_explain_employee (result, programmes[i], language);

      heading (text, programmes[i]);
      if (programmes[1] != NULL)
        write_figures (result, programmes[i], language, text);
      g_string_append_printf (text, "  %s %s\n", kennis_text (language, N_("What is in it for you?")), employee);
    }
  write_inputs (result, language, text);
  return g_string_free_to_bytes (text);
}
