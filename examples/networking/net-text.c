#include "config.h"

#include "networking/net-study.h"

#include <glib/gi18n.h>
#include <math.h>

/* Text.  Of persons who are not disclosed: how they differ. */

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

static void
write_distribution (const NetStudy *self, const NetVector *vector, GString *text)
{
  double at[NET_QUANTILES], values[NET_QUANTILES];
  guint n = net_study_quantiles (self, vector, at, values);

  padded (text, vector->title, 32);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = g_strdup_printf ("%.4g", values[i]);

      g_string_append_printf (text, "  %3.0f%% %-10s", 100 * at[i], value);
    }
  if (n == 0)
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

/* Nothing that may be shown is not nothing. */
static void
write_count (const NetStudy *self, guint group, guint8 which, guint n, GString *text)
{
  g_autofree char *number = n == 0 && self->touches[group] & which ? g_strdup ("–") : g_strdup_printf ("%u", n);

  g_string_append_printf (text, " %*s%s", (int) MAX (10 - g_utf8_strlen (number, -1), 0), "", number);
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
        g_string_append_printf (text, " %10u", self->size[g]);
        write_count (self, g, NET_INSIDE, inside[g], text);
        write_count (self, g, NET_GIVEN, out[g], text);
        write_count (self, g, NET_RECEIVED, in[g], text);
        g_string_append_c (text, '\n');
      }
  g_string_append_printf (
      text,
      _("  Counted are ties between groups in which at least %u people take part; – where there are others only.\n"),
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
