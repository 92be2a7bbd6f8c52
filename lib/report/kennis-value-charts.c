#include "config.h"

#include <math.h>
#include <string.h>

#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-value-charts-private.h"

#define WIDTH  640
#define HEIGHT 300
#define LEFT   200
#define RIGHT  620
#define say(self, text) kennis_text ((self)->language, (text))

static void
begin (const KennisValueCharts *self,
       const char              *id,
       const char              *title,
       const char              *description,
       double                   height)
{
  KennisMarkup *out = self->out;
  g_autofree char *title_id = g_strconcat (id, "-title", NULL), *description_id = g_strconcat (id, "-desc", NULL);
  g_autofree char *both = g_strconcat (title_id, " ", description_id, NULL);

  kennis_markup_leaf (out, "h2", NULL, title);
  kennis_markup_open (out, "figure");
  kennis_markup_open (out, "svg");
  kennis_markup_attr_f (out, "viewBox", "0 0 %d %d", WIDTH, (int) height);
  kennis_markup_attr (out, "role", "img");
  kennis_markup_attr (out, "aria-labelledby", both);
  kennis_markup_open (out, "title");
  kennis_markup_attr (out, "id", title_id);
  kennis_markup_text (out, title);
  kennis_markup_close (out);
  kennis_markup_open (out, "desc");
  kennis_markup_attr (out, "id", description_id);
  kennis_markup_text (out, description);
  kennis_markup_close (out);
}

static void
end (const KennisValueCharts *self,
     const char              *caption)
{
  kennis_markup_close (self->out);
  kennis_markup_leaf (self->out, "figcaption", NULL, caption);
  kennis_markup_close (self->out);
}

static void
text_at (const KennisValueCharts *self,
         double                   x,
         double                   y,
         const char              *anchor,
         const char              *text)
{
  kennis_markup_open (self->out, "text");
  kennis_markup_attr_number (self->out, "x", x);
  kennis_markup_attr_number (self->out, "y", y);
  kennis_markup_attr (self->out, "text-anchor", anchor);
  kennis_markup_text (self->out, text);
  kennis_markup_close (self->out);
}

static void
rectangle (const KennisValueCharts *self,
           const char              *class_name,
           double                   x1,
           double                   x2,
           double                   y,
           double                   height)
{
  kennis_markup_open_class (self->out, "rect", class_name);
  kennis_markup_attr_number (self->out, "x", MIN (x1, x2));
  kennis_markup_attr_number (self->out, "y", y);
  kennis_markup_attr_number (self->out, "width", MAX (fabs (x2 - x1), 1));
  kennis_markup_attr_number (self->out, "height", height);
  kennis_markup_close (self->out);
}

static void
upright (const KennisValueCharts *self,
         double                   x,
         double                   y1,
         double                   y2)
{
  kennis_markup_open_class (self->out, "line", "zero");
  kennis_markup_attr_number (self->out, "x1", x);
  kennis_markup_attr_number (self->out, "x2", x);
  kennis_markup_attr_number (self->out, "y1", y1);
  kennis_markup_attr_number (self->out, "y2", y2);
  kennis_markup_close (self->out);
}

static double
place (double value,
       double least,
       double most)
{
  return most > least ? LEFT + (RIGHT - LEFT) * (value - least) / (most - least) : LEFT;
}

typedef struct
{
  KennisFigure figure;
  double from, to;
} Step;

/* What is known, one after the other; the last is what is left. */
static guint
find_steps (KennisReturn *result,
            Step         *steps)
{
  static const struct { KennisFigure figure; int sign; } order[] = {
    { KENNIS_FIGURE_BENEFIT, 1 }, { KENNIS_FIGURE_LOSS_AVOIDED, 1 }, { KENNIS_FIGURE_SUBSIDY, 1 }, { KENNIS_FIGURE_DIRECT_COST, -1 },
    { KENNIS_FIGURE_INDIRECT_COST, -1 }, { KENNIS_FIGURE_TIME_COST, -1 }, { KENNIS_FIGURE_PAY_RISE, -1 }, { KENNIS_FIGURE_NET, 0 } };
  double sum = 0, value;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (kennis_return_get_figure (result, NULL, order[i].figure, &value) == KENNIS_FIGURE_STATUS_OK)
      {
        double begun = order[i].sign == 0 ? 0 : sum;

        sum = order[i].sign == 0 ? value : sum + order[i].sign * value;
        steps[n++] = (Step) { order[i].figure, begun, sum };
      }
  return n;
}

void
kennis_value_chart_waterfall (const KennisValueCharts *self)
{
  Step steps[8];
  double least = 0, most = 0;
  guint n = find_steps (self->result, steps);

  /* Where what is left is not known there is nothing to end in. */
  if (n == 0 || steps[n - 1].figure != KENNIS_FIGURE_NET)
    return;
  for (guint i = 0; i < n; i++)
    {
      least = MIN (least, MIN (steps[i].from, steps[i].to));
      most = MAX (most, MAX (steps[i].from, steps[i].to));
    }
  begin (
      self, "waterfall", say (self, N_("From benefit to net value")),
      say (self, N_("Bars from left to right: each begins where the one before it ends; the last is what is left.")),
      34 * n + 10);
  upright (self, place (0, least, most), 0, 34 * n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *amount = kennis_value_words_money (self->result, self->language, steps[i].to - steps[i].from);
      double left = place (MIN (steps[i].from, steps[i].to), least, most);
      double right = place (MAX (steps[i].from, steps[i].to), least, most);
      gboolean before = right > RIGHT - 100;

      text_at (self, LEFT - 10, 34 * i + 21, "end", kennis_value_words_figure (self->language, steps[i].figure));
      rectangle (self, steps[i].to < steps[i].from ? "minus" : "plus", left, right, 34 * i + 4, 24);
      /* Where there is room: after the bar, before it, or in it. */
      text_at (self,
               !before             ? right + 4
               : left > LEFT + 100 ? left - 4
                                   : right - 4,
               34 * i + 21, before ? "end" : "start", amount);
    }
  end (self, say (self, N_("Undiscounted, before tax. The table of figures has the same values.")));
}

static double
cumulative (KennisReturn *result,
            guint         month)
{
  double sum = 0;

  for (guint m = 0; m <= month; m++)
    sum += kennis_return_get_cash (result, m, NULL, NULL, NULL);
  return sum;
}

static double
cash_at (const KennisValueCharts *self,
         guint                    month,
         double                   p,
         double                  *standard_error)
{
  if (kennis_return_get_n_draws (self->result) > 0)
    return kennis_return_get_band (self->result, month, p, standard_error);
  if (standard_error != NULL)
    *standard_error = NAN;
  return cumulative (self->result, month);
}

static void
append_point (GString *points,
              double   x,
              double   y)
{
  char a[G_ASCII_DTOSTR_BUF_SIZE], b[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (points, "%s%s,%s", points->len > 0 ? " " : "", g_ascii_formatd (a, sizeof a, "%.1f", x),
                          g_ascii_formatd (b, sizeof b, "%.1f", y));
}

static void
cash_table (const KennisValueCharts *self)
{
  KennisMarkup *out = self->out;
  guint horizon = kennis_return_get_horizon (self->result), step = MAX (1, horizon / 12);
  gboolean is_drawn = kennis_return_get_n_draws (self->result) > 0;
  const double at[] = { 0.05, 0.5, 0.95 };
  guint n_columns = is_drawn ? G_N_ELEMENTS (at) : 1;

  kennis_markup_open (out, "details");
  kennis_markup_leaf (out, "summary", NULL, say (self, N_("The same as a table")));
  kennis_markup_open (out, "table");
  kennis_markup_open (out, "tr");
  kennis_markup_leaf (out, "th", NULL, say (self, N_("after month")));
  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *head = kennis_text_percent (self->language, at[i], 0);

      kennis_markup_leaf (out, "th", NULL, is_drawn ? head : say (self, N_("as expected")));
    }
  kennis_markup_close (out);
  for (guint m = 0; m <= horizon; m += step)
    {
      g_autofree char *month = kennis_text_integer (self->language, m);

      kennis_markup_open (out, "tr");
      kennis_markup_leaf (out, "th", NULL, month);
      for (guint i = 0; i < n_columns; i++)
        {
          double error, value = cash_at (self, m, at[i], &error);
          g_autofree char *amount = kennis_value_words_money_sure (self->result, self->language, value, error);

          kennis_markup_leaf (out, "td", NULL, amount);
        }
      kennis_markup_close (out);
    }
  kennis_markup_close (out);
  kennis_markup_close (out);
}

void
kennis_value_chart_cash (const KennisValueCharts *self)
{
  guint horizon = kennis_return_get_horizon (self->result);
  double least = 0, most = 0;
  g_autoptr (GString) band = g_string_new (NULL);
  g_autoptr (GString) middle = g_string_new (NULL);
  g_autofree char *top = NULL, *bottom = NULL, *months = NULL, *last = NULL;

  if (isnan (cash_at (self, 0, 0.5, NULL)))
    return;
#define X(m) (110 + (RIGHT - 110) * (double) (m) / horizon)
#define Y(v) (HEIGHT - 30 - (HEIGHT - 50) * ((v) -least) / (most - least))
  for (guint m = 0; m <= horizon; m++)
    {
      least = MIN (least, cash_at (self, m, 0.05, NULL));
      most = MAX (most, cash_at (self, m, 0.95, NULL));
    }
  most = most > least ? most : least + 1;
  for (guint m = 0; m <= horizon; m++)
    {
      append_point (band, X (m), Y (cash_at (self, m, 0.95, NULL)));
      append_point (middle, X (m), Y (cash_at (self, m, 0.5, NULL)));
    }
  for (guint m = horizon + 1; m-- > 0;)
    append_point (band, X (m), Y (cash_at (self, m, 0.05, NULL)));
  begin (
      self, "cash", say (self, N_("Cash flow so far, month by month")),
      kennis_return_get_n_draws (self->result) > 0
          ? say (self, N_("A line for the middle and a band in which nine of ten draws lie, after tax, undiscounted."))
          : say (self, N_("A line for what is expected, after tax, undiscounted.")),
      HEIGHT);
  kennis_markup_open_class (self->out, "polygon", "band");
  kennis_markup_attr (self->out, "points", band->str);
  kennis_markup_close (self->out);
  kennis_markup_open_class (self->out, "polyline", "middle");
  kennis_markup_attr (self->out, "points", middle->str);
  kennis_markup_close (self->out);
  kennis_markup_open_class (self->out, "line", "zero");
  kennis_markup_attr_number (self->out, "x1", X (0));
  kennis_markup_attr_number (self->out, "x2", X (horizon));
  kennis_markup_attr_number (self->out, "y1", Y (0));
  kennis_markup_attr_number (self->out, "y2", Y (0));
  kennis_markup_close (self->out);
  top = kennis_value_words_money (self->result, self->language, most);
  bottom = kennis_value_words_money (self->result, self->language, least);
  months = kennis_text_integer (self->language, horizon);
  last = g_strdup_printf ("%s %s", say (self, N_("after month")), months);
  text_at (self, 104, Y (most) + 5, "end", top);
  text_at (self, 104, Y (least) + 5, "end", bottom);
  text_at (self, X (0), HEIGHT - 8, "middle", "0");
  text_at (self, X (horizon), HEIGHT - 8, "end", last);
#undef X
#undef Y
  end (self, say (self, N_("Under the line of 0 more was paid than came back.")));
  cash_table (self);
}

/* Of a programme in which nothing is uncertain all bounds are its value; NaN where it is not known. */
static double
bound_of (KennisReturn *part,
          KennisFigure  figure,
          double        p)
{
  double value;

  if (kennis_return_get_n_valued (part, figure) > 0)
    return kennis_return_get_percentile (part, figure, p, NULL);
  kennis_return_get_figure (part, NULL, figure, &value);
  return value;
}

static void
range_of_programmes (const KennisValueCharts *self,
                     char                   **ids,
                     double                  *least,
                     double                  *most)
{
  KennisFigure objective = kennis_return_get_objective (self->result);

  *least = *most = 0;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      KennisReturn *part = kennis_return_get_programme (self->result, ids[i]);

      *least = MIN (*least, bound_of (part, objective, 0.05));
      *most = MAX (*most, bound_of (part, objective, 0.95));
    }
}

/* Where nine of ten draws of each programme lie, with a line for the middle one. */
void
kennis_value_chart_programmes (const KennisValueCharts *self)
{
  KennisFigure objective = kennis_return_get_objective (self->result);
  g_auto (GStrv) ids = kennis_return_list_programmes (self->result);
  guint n = g_strv_length (ids);
  double least, most;
  g_autofree char *caption = NULL;

  range_of_programmes (self, ids, &least, &most);
  caption = g_strdup_printf ("%s. %s", kennis_value_words_figure (self->language, objective),
                             say (self, N_("Under the line of 0 more was paid than came back.")));
  begin (self, "programmes", say (self, N_("Programmes beside one another")),
         say (self, N_("A bar for each programme in which nine of ten draws lie, with a line for the middle one.")),
         34 * n + 10);
  upright (self, place (0, least, most), 0, 34 * n);
  for (guint i = 0; i < n; i++)
    {
      KennisReturn *part = kennis_return_get_programme (self->result, ids[i]);
      double low = bound_of (part, objective, 0.05), high = bound_of (part, objective, 0.95),
             middle = place (bound_of (part, objective, 0.5), least, most);

      text_at (self, LEFT - 10, 34 * i + 21, "end", kennis_return_get_name (self->result, ids[i]));
      if (isnan (low))
        {
          text_at (self, LEFT + 10, 34 * i + 21, "start", say (self, N_("not known")));
          continue;
        }
      rectangle (self, "plus", place (low, least, most), place (high, least, most), 34 * i + 4, 24);
      upright (self, middle, 34 * i + 4, 34 * i + 28);
    }
  end (self, caption);
}

void
kennis_value_chart_tornado (const KennisValueCharts *self)
{
  g_autoptr (GArray) swings = kennis_value_swings (self->result);
  double least = INFINITY, most = -INFINITY, middle;
  guint shown = MIN (swings->len, 12);
  const char *why = kennis_value_words_indices (self->result, self->language, swings);
  g_autofree char *title = kennis_value_words_swings (self->result, self->language);

  if (swings->len == 0)
    return;
  kennis_return_get_figure (self->result, NULL, kennis_return_get_objective (self->result), &middle);
  for (guint i = 0; i < swings->len; i++)
    {
      const KennisValueSwing *swing = &g_array_index (swings, KennisValueSwing, i);

      least = MIN (least, MIN (swing->low, swing->high));
      most = MAX (most, MAX (swing->low, swing->high));
    }
  begin (self, "tornado", title,
         say (self, N_("A bar for each uncertain input, from its 10th to its 90th percentile with the others as "
                       "expected; the widest first.")),
         30 * shown + 10);
  upright (self, place (middle, least, most), 0, 30 * shown);
  for (guint i = 0; i < shown; i++)
    {
      const KennisValueSwing *swing = &g_array_index (swings, KennisValueSwing, i);

      text_at (self, LEFT - 10, 30 * i + 20, "end", swing->path);
      rectangle (self, "minus", place (middle, least, most), place (swing->low, least, most), 30 * i + 4, 20);
      rectangle (self, "plus", place (middle, least, most), place (swing->high, least, most), 30 * i + 4, 20);
    }
  end (self, say (self, N_("Darker: the input's 10th percentile; lighter with a border: its 90th.")));
  kennis_value_html_table (self, kennis_value_table_swings (self->result, self->language, swings));
  if (why != NULL)
    kennis_markup_leaf (self->out, "p", NULL, why);
  kennis_value_html_note (self, kennis_value_words_few_of_each (self->result, self->language));
}

void
kennis_value_chart_distribution (const KennisValueCharts *self)
{
  enum
  {
    BARS = 40
  };
  KennisFigure objective = kennis_return_get_objective (self->result);
  g_autoptr (GBytes) bytes = kennis_return_get_draws (self->result);
  gsize n = bytes != NULL ? g_bytes_get_size (bytes) / sizeof (double) : 0;
  const double *draws = bytes != NULL ? g_bytes_get_data (bytes, NULL) : NULL;
  double least = kennis_return_get_percentile (self->result, objective, 0.001, NULL),
         most = kennis_return_get_percentile (self->result, objective, 0.999, NULL);
  gsize count[BARS] = { 0 }, largest = 1;
  g_autofree char *from = NULL, *to = NULL;

  if (n == 0 || !(most > least))
    return;
  for (gsize i = 0; i < n; i++)
    if (draws[i] >= least && draws[i] < most)
      count[(guint) MIN ((draws[i] - least) / (most - least) * BARS, BARS - 1)]++;
  for (guint b = 0; b < BARS; b++)
    largest = MAX (largest, count[b]);
  begin (self, "distribution", say (self, N_("How it may turn out")),
         say (self, N_("A bar for each range of the result: the higher, the likelier. Dark bars lie under 0.")), HEIGHT);
  for (guint b = 0; b < BARS; b++)
    {
      double height = (HEIGHT - 40.0) * count[b] / largest, x = 20 + 15.0 * b;

      rectangle (self, least + (b + 1) * (most - least) / BARS <= 0 ? "minus" : "plus", x, x + 14, HEIGHT - 30 - height, height);
    }
  from = kennis_value_words_money (self->result, self->language, least);
  to = kennis_value_words_money (self->result, self->language, most);
  text_at (self, 20, HEIGHT - 8, "start", from);
  text_at (self, RIGHT, HEIGHT - 8, "end", to);
  end (self, say (self, N_("Without one in a thousand at either end.")));
}
