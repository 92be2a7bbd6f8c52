#include "config.h"

#include "networking/net-study.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

/* Text and JSON.  Of persons who are not disclosed: quantiles with the minimum of people between one and the next. */

#define WIDE 58

static void
heading (GString *text, const char *title)
{
  g_string_append_printf (text, "%s%s\n", text->len > 0 ? "\n" : "", title);
  for (glong i = g_utf8_strlen (title, -1); i > 0; i--)
    g_string_append (text, "─");
  g_string_append_c (text, '\n');
}

static void
padded (GString *text, const char *word, glong width)
{
  g_string_append_printf (text, "  %s%*s", word, (int) MAX (width - g_utf8_strlen (word, -1), 0), "");
}

static char *
number_text (double value, guint digits)
{
  return isnan (value) ? g_strdup ("–") : g_strdup_printf ("%.*f", (int) digits, value);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The known values, sorted. */
static double *
sorted_values (const NetStudy *self, const NetVector *vector, guint *n)
{
  double *sorted = g_new (double, self->n + 1);

  *n = 0;
  for (guint p = 0; p < self->n; p++)
    if (!isnan (vector->values[p]))
      sorted[(*n)++] = vector->values[p];
  qsort (sorted, *n, sizeof *sorted, compare_doubles);

  return sorted;
}

/* How many steps quantiles may have: ten, four, two (the median) or none (0). */
static guint
steps_of (const NetStudy *self, guint n)
{
  static const guint steps[] = { 10, 4, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (n / steps[i] >= self->options->minimum_group)
      return steps[i];

  return 0;
}

/* Type 7 of Hyndman & Fan (1996). */
static double
quantile (const double *sorted, guint n, double p)
{
  double at = p * (n - 1);
  guint below = (guint) at;

  return below + 1 < n ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[n - 1];
}

static void
write_distribution (const NetStudy *self, const NetVector *vector, GString *text)
{
  guint n, steps;
  g_autofree double *sorted = sorted_values (self, vector, &n);

  steps = steps_of (self, n);
  padded (text, vector->title, 32);
  for (guint i = 1; i < steps; i++)
    if (steps == 10 ? i == 1 || i == 5 || i == 9 : TRUE)
      {
        g_autofree char *value = g_strdup_printf ("%.4g", quantile (sorted, n, (double) i / steps));

        g_string_append_printf (text, "  %3u%% %-10s", 100 * i / steps, value);
      }
  if (steps == 0)
    g_string_append (text, _("withheld: too few people"));
  g_string_append_c (text, '\n');
}

static void
write_persons (const NetStudy *self, GString *text)
{
  g_autofree guint32 *order = NULL;
  g_auto (GStrv) names = net_study_names (self, &order);
  g_autofree char *title = g_strdup_printf (_("Persons, disclosed for: %s"), self->options->purpose);

  heading (text, title);
  padded (text, _("person"), 20);
  for (guint v = 0; v < self->vectors->len; v++)
    g_string_append_printf (text, " %14s", g_array_index (self->vectors, NetVector, v).id);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < self->n; i++)
    {
      padded (text, names[order[i]], 20);
      for (guint v = 0; v < self->vectors->len; v++)
        {
          double value = g_array_index (self->vectors, NetVector, v).values[order[i]];
          g_autofree char *number = isnan (value) ? g_strdup ("–") : g_strdup_printf ("%.5g", value);

          g_string_append_printf (text, " %14s", number);
        }
      g_string_append_c (text, '\n');
    }
}

static void
write_groups (const NetStudy *self, GString *text)
{
  g_autofree guint *inside = g_new0 (guint, self->n_groups + 1), *out = g_new0 (guint, self->n_groups + 1),
                   *in = g_new0 (guint, self->n_groups + 1);
  g_autofree char *title = g_strdup_printf (_("Groups by %s"), self->options->by);

  for (guint i = 0; i < self->group_ties->len; i++)
    {
      const NetGroupTie *tie = &g_array_index (self->group_ties, NetGroupTie, i);

      if (!tie->shown)
        continue;
      if (tie->from == tie->to)
        inside[tie->from] += tie->ties;
      else
        {
          out[tie->from] += tie->ties;
          in[tie->to] += tie->ties;
        }
    }
  heading (text, title);
  padded (text, "", 32);
  g_string_append_printf (text, " %10s %10s %10s %10s\n", _("people"), _("inside"), _("given"), _("received"));
  for (guint g = 0; g < self->n_groups; g++)
    if (self->shown[g])
      {
        padded (text, self->names[g], 32);
        g_string_append_printf (text, " %10u %10u %10u %10u\n", self->size[g], inside[g], out[g], in[g]);
      }
  g_string_append_printf (text, _("  Counted are ties between groups in which at least %u people take part.\n"),
                          self->options->purpose != NULL ? 1 : self->options->minimum_group);
  if (self->n_hidden > 0)
    g_string_append_printf (text, _("  Groups that are not shown, because they or what is left are too small: %u.\n"),
                            self->n_hidden);
}

char *
net_text (const NetStudy *self)
{
  GString *text = g_string_new (NULL);

  heading (text, _("The knowledge network"));
  for (guint i = 0; i < self->figures->len; i++)
    {
      const NetFigure *figure = &g_array_index (self->figures, NetFigure, i);
      g_autofree char *value = number_text (figure->value, figure->digits);

      padded (text, figure->title, WIDE);
      g_string_append_printf (text, " %10s\n", value);
    }
  heading (text, _("How people differ: what so many of them have at most"));
  for (guint v = 0; v < self->vectors->len; v++)
    write_distribution (self, &g_array_index (self->vectors, NetVector, v), text);
  if (self->error_bound > 0)
    g_string_append_printf (
        text, _("  Betweenness is estimated; with a chance of 95%% no value is off by more than %.4g.\n"),
        self->error_bound);
  if (self->names != NULL)
    write_groups (self, text);
  if (self->options->purpose != NULL)
    write_persons (self, text);

  return g_string_free (text, FALSE);
}
