#include "config.h"

#include "report/kennis-chart-private.h"

#include <math.h>
#include <string.h>

#include "base/kennis-calendar-private.h"
#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "report/kennis-words-private.h"

#define say(model, text) kennis_text ((model)->language, (text))

/* A heat map is a table: months across, groups down, the number in each field and its shade behind it.  So it needs no
 * table behind it, and reads the same without colour, on paper and to the ear. */
typedef struct
{
  KennisMarkup *out;
  const KennisReportModel *model;
  guint metric;
  const char *attribute;
  gint32 first_month, end_month;
  double largest;
} Map;

static gboolean
is_month (const KennisReportRow *row)
{
  return row->end_day - row->first_day >= 28 && row->end_day - row->first_day <= 31;
}

static gboolean
belongs (const Map *map, const KennisReportRow *row)
{
  return is_month (row) && kennis_report_row_is_by (map->model, row, map->attribute);
}

static gboolean
measure_map (Map *map)
{
  guint first, n = kennis_report_model_n_rows (map->model, map->metric, &first);

  map->first_month = G_MAXINT32;
  map->end_month = G_MININT32;
  for (guint i = first; i < first + n; i++)
    {
      const KennisReportRow *row = kennis_report_model_row (map->model, i);

      if (!belongs (map, row))
        continue;
      map->first_month = MIN (map->first_month, kennis_month_of_day (row->first_day));
      map->end_month = MAX (map->end_month, kennis_month_of_day (row->end_day));
      if (kennis_report_row_has_value (row))
        map->largest = MAX (map->largest, row->value);
    }

  return map->first_month >= 0 && map->end_month > map->first_month && map->end_month - map->first_month <= 120;
}

static void
head (Map *map)
{
  KennisMarkup *out = map->out;

  kennis_markup_open (out, "thead");
  kennis_markup_open (out, "tr");
  kennis_markup_open (out, "th");
  kennis_markup_attr (out, "scope", "col");
  kennis_markup_attr (out, "rowspan", "2");
  kennis_markup_text (out, kennis_words_attribute (map->model, map->attribute));
  kennis_markup_close (out);
  for (gint32 month = map->first_month; month < map->end_month;)
    {
      gint32 next = MIN ((month / 12 + 1) * 12, map->end_month);
      g_autofree char *year = g_strdup_printf ("%d", 1970 + month / 12);

      kennis_markup_open_class (out, "th", "year");
      kennis_markup_attr (out, "scope", "colgroup");
      kennis_markup_attr_f (out, "colspan", "%d", next - month);
      kennis_markup_text (out, year);
      kennis_markup_close (out);
      month = next;
    }
  kennis_markup_close (out);
  kennis_markup_open (out, "tr");
  for (gint32 month = map->first_month; month < map->end_month; month++)
    {
      g_autofree char *name = kennis_text_month (map->model->language, month);
      g_autofree char *number = g_strdup_printf ("%d", month % 12 + 1);

      kennis_markup_open (out, "th");
      kennis_markup_attr (out, "scope", "col");
      kennis_markup_open (out, "abbr");
      kennis_markup_attr (out, "title", name);
      kennis_markup_text (out, number);
      kennis_markup_close (out);
      kennis_markup_close (out);
    }
  kennis_markup_close (out);
  kennis_markup_close (out);
}

/* Words would make the field too wide: a sign stands for them, which the legend explains and a screen reader says. */
static void
sign (KennisMarkup *out, gboolean is_withheld, const char *words)
{
  kennis_markup_open_class (out, "td", is_withheld ? "withheld" : "none");
  kennis_markup_open (out, "abbr");
  kennis_markup_attr (out, "title", words);
  kennis_markup_attr (out, "aria-label", words);
  kennis_markup_text (out, is_withheld ? "▒" : "·");
  kennis_markup_close (out);
  kennis_markup_close (out);
}

static void
field (Map *map, const KennisReportRow *row)
{
  static const char *const levels[] = { "heat h0", "heat h1", "heat h2", "heat h3", "heat h4", "heat h5" };

  if (row == NULL)
    sign (map->out, FALSE, say (map->model, N_("not measured")));
  else if (kennis_report_row_has_value (row))
    {
      g_autofree char *number =
          kennis_text_number (map->model->language, row->value, row->value == floor (row->value) ? 0 : 1);
      double part = map->largest > 0 ? row->value / map->largest : 0;

      kennis_markup_leaf (map->out, "td", levels[row->value <= 0 ? 0 : CLAMP ((int) ceil (part * 5), 1, 5)], number);
    }
  else
    {
      g_autofree char *words = kennis_words_result (map->model, row, TRUE);

      sign (map->out, row->status == KENNIS_MEASURE_STATUS_WITHHELD, words);
    }
}

static void
begin_row (Map *map, const KennisReportRow *row)
{
  kennis_markup_open (map->out, "tr");
  kennis_markup_open (map->out, "th");
  kennis_markup_attr (map->out, "scope", "row");
  kennis_html_name (map->out, kennis_words_group (map->model, row));
  kennis_markup_close (map->out);
}

static void
end_row (Map *map, gint32 month)
{
  for (; month < map->end_month; month++)
    field (map, NULL);
  kennis_markup_close (map->out);
  kennis_markup_line (map->out);
}

/* Rows come by group and then by month. */
static void
body (Map *map)
{
  const KennisReportModel *model = map->model;
  guint first, n = kennis_report_model_n_rows (model, map->metric, &first);
  const KennisReportRow *current = NULL;
  gint32 month = 0;

  kennis_markup_open (map->out, "tbody");
  for (guint i = first; i < first + n; i++)
    {
      const KennisReportRow *row = kennis_report_model_row (model, i);

      if (!belongs (map, row))
        continue;
      if (current == NULL || !g_strv_equal ((const char *const *) row->group, (const char *const *) current->group))
        {
          if (current != NULL)
            end_row (map, month);
          begin_row (map, row);
          current = row;
          month = map->first_month;
        }
      for (; month < kennis_month_of_day (row->first_day); month++)
        field (map, NULL);
      field (map, row);
      month++;
    }
  if (current != NULL)
    end_row (map, month);
  kennis_markup_close (map->out);
}

static void
legend (Map *map)
{
  g_autofree char *largest =
      kennis_words_value (map->model, kennis_report_model_metric (map->model, map->metric), map->largest, FALSE);
  g_autofree char *sentence = kennis_words_fill (
      say (map->model,
           N_("The darker a field, the more; the most is {largest}. The numbers at the top are months. “▒” is "
              "withheld, “·” was not recorded or has no value.")),
      "largest", largest, NULL);

  kennis_markup_leaf (map->out, "p", "small", sentence);
}

void
kennis_chart_rhythm (KennisMarkup *out, const KennisReportModel *model)
{
  Map map = { .out = out, .model = model, .attribute = kennis_chart_attribute (model) };
  int metric = kennis_report_model_find_metric (model, "embedding.moments-per-team-month");
  const char *caption = say (model, N_("Moments of looking back, per group and month"));

  kennis_html_section_begin (out, "rhythm", say (model, N_("The rhythm of learning in the work")));
  kennis_markup_leaf (
      out, "p", NULL,
      say (model,
           N_("A learning culture has a steady rhythm: check-outs, retrospectives, evaluations, week after week. Read "
              "along a row: "
              "an even row is a habit, a few dark fields are campaigns, and a row that fades is a habit that is "
              "getting lost. Holidays show as pale columns.")));
  map.metric = MAX (metric, 0);
  if (metric >= 0 && map.attribute != NULL && measure_map (&map))
    {
      kennis_markup_open (out, "figure");
      kennis_html_scroll_begin (out, caption);
      kennis_markup_open_class (out, "table", "map");
      kennis_markup_leaf (out, "caption", NULL, caption);
      head (&map);
      body (&map);
      kennis_markup_close (out);
      kennis_html_scroll_end (out);
      legend (&map);
      kennis_markup_close (out);
    }
  else
    kennis_markup_leaf (
        out, "p", "nothing",
        say (model, N_("There is no map: moments of teams by month were not recorded or not asked for.")));
  kennis_html_section_end (out);
}
