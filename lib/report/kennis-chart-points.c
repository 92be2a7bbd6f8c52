#include "config.h"

#include "report/kennis-chart-private.h"

#include <math.h>

#include "report/kennis-terminal-private.h"

static void
point_clear (gpointer data)
{
  g_free (((KennisPoint *) data)->words);
}

GArray *
kennis_points_new (void)
{
  GArray *points = g_array_new (FALSE, TRUE, sizeof (KennisPoint));

  g_array_set_clear_func (points, point_clear);

  return points;
}

void
kennis_plot_mark (KennisPlot *self, KennisShape shape, double x, double y)
{
  if (shape == KENNIS_SHAPE_CIRCLE)
    {
      kennis_markup_open_class (self->out, "circle", "mark");
      kennis_markup_attr_number (self->out, "cx", x);
      kennis_markup_attr_number (self->out, "cy", y);
      kennis_markup_attr (self->out, "r", "5");
    }
  else
    {
      g_autofree char *place = NULL;
      char first[G_ASCII_DTOSTR_BUF_SIZE], second[G_ASCII_DTOSTR_BUF_SIZE];

      place = g_strdup_printf ("translate(%s %s)", g_ascii_formatd (first, sizeof first, "%.2f", x),
                               g_ascii_formatd (second, sizeof second, "%.2f", y));
      kennis_markup_open_class (self->out, "path", shape == KENNIS_SHAPE_TRIANGLE ? "mark mark-2" : "mark mark-3");
      kennis_markup_attr (self->out, "transform", place);
      kennis_markup_attr (self->out, "d",
                          shape == KENNIS_SHAPE_TRIANGLE ? "M0 -7L6.5 5L-6.5 5Z" : "M0 -8L8 0L0 8L-8 0Z");
    }
  kennis_markup_close (self->out);
}

typedef struct
{
  double left, top, right, bottom;
} Box;

static gboolean
overlap (const Box *a, const Box *b)
{
  return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

static gboolean
is_free (const KennisPlot *self, const GArray *taken, const Box *box)
{
  if (box->left < self->left + 1 || box->right > self->width - 2 || box->top < self->top - 4
      || box->bottom > self->bottom - 1)
    return FALSE;
  for (guint i = 0; i < taken->len; i++)
    if (overlap (box, &g_array_index (taken, Box, i)))
      return FALSE;

  return TRUE;
}

/* The first of eight places around the point where the name covers no point and no other name. */
static void
write_label (KennisPlot *self, const KennisPoint *point, GArray *taken)
{
  static const struct { double dx, dy; const char *anchor; } places[] = {
    { 9, 4, "start" }, { -9, 4, "end" }, { 0, -10, "middle" }, { 0, 19, "middle" },
    { 8, -7, "start" }, { 8, 15, "start" }, { -8, -7, "end" }, { -8, 15, "end" }
  };
  double x = kennis_plot_x (self, point->x), y = kennis_plot_y (self, point->y);
  g_autofree char *safe = kennis_terminal_safe (point->label);
  g_autoptr (GString) label = g_string_new (NULL);
  double width;

  kennis_terminal_pad (label, safe, MIN (kennis_terminal_width (safe), 22), FALSE, KENNIS_STYLE_NONE);
  width = kennis_terminal_width (label->str) * 7.0;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      double start = x + places[i].dx;
      Box box;

      if (*places[i].anchor == 'e')
        start -= width;
      else if (*places[i].anchor == 'm')
        start -= width / 2;
      box = (Box) { start, y + places[i].dy - 11, start + width, y + places[i].dy + 3 };
      if (!is_free (self, taken, &box))
        continue;
      g_array_append_val (taken, box);
      kennis_plot_text (self, x + places[i].dx, y + places[i].dy, places[i].anchor, "name", label->str);
      return;
    }
}

void
kennis_plot_points (KennisPlot *self, const GArray *points)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (Box));

  for (guint i = 0; i < points->len; i++)
    {
      const KennisPoint *point = &g_array_index (points, KennisPoint, i);
      double x = kennis_plot_x (self, point->x), y = kennis_plot_y (self, point->y);
      Box box = { x - 6, y - 6, x + 6, y + 6 };

      g_array_append_val (taken, box);
    }
  for (guint i = 0; i < points->len; i++)
    {
      const KennisPoint *point = &g_array_index (points, KennisPoint, i);

      kennis_markup_open (self->out, "g");
      kennis_markup_leaf (self->out, "title", NULL, point->words);
      kennis_plot_mark (self, point->shape, kennis_plot_x (self, point->x), kennis_plot_y (self, point->y));
      write_label (self, point, taken);
      kennis_markup_close (self->out);
    }
}

/* P(R ≤ r) by summing from 0: terms too small for a double add nothing that counts. */
double
kennis_binomial_limit (double n, double rate, double p)
{
  int size = (int) n;
  double log_odds, log_term, before = 0, sum = 0;

  if (!(n >= 1) || !(rate >= 0 && rate <= 1) || n > 1e6)
    return NAN;
  if (rate <= 0 || rate >= 1)
    return rate;

  log_odds = log (rate) - log1p (-rate);
  log_term = size * log1p (-rate);
  for (int r = 0; r <= size; r++)
    {
      before = sum;
      sum += exp (log_term);
      if (sum >= p)
        {
          double part = (sum - p) / (sum - before);

          return CLAMP ((r - part) / size, 0, 1);
        }
      log_term += log ((double) (size - r)) - log (r + 1.0) + log_odds;
    }

  return 1;
}

double
kennis_binomial_tail (double n, double rate, double share)
{
  int size = (int) n, seen = (int) floor (share * n + 0.5);
  double log_odds, log_term, below = 0, above = 0;

  if (!(n >= 1) || !(rate >= 0 && rate <= 1) || n > 1e6)
    return NAN;
  if (rate <= 0 || rate >= 1)
    return seen == (rate <= 0 ? 0 : size) ? 1 : 0;

  log_odds = log (rate) - log1p (-rate);
  log_term = size * log1p (-rate);
  for (int r = 0; r <= size; r++)
    {
      below += r <= seen ? exp (log_term) : 0;
      above += r >= seen ? exp (log_term) : 0;
      log_term += log ((double) (size - r)) - log (r + 1.0) + log_odds;
    }

  return MIN (MIN (below, above), 1);
}
