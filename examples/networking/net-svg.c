#include "config.h"

#include "networking/net-study.h"

#include <glib/gi18n.h>
#include <math.h>

/* The groups on a circle, in the order of their names; a tie bends to the right of whoever gives, so that both ways can be seen. */

#define SIZE   900
#define HEIGHT (SIZE + 60)
#define CENTRE (SIZE / 2.0)

typedef struct { double x, y, angle, radius; } Place;

/* Text of an attribute or element. */
static char *
escaped (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (char *c = valid; *c != '\0'; c++)
    if ((guchar) *c < ' ')
      *c = '?';

  return g_markup_escape_text (valid, -1);
}

/* In data the point is a point. */
static const char *
point (char buffer[32], double value)
{
  return g_ascii_formatd (buffer, 32, "%.1f", value);
}

static void
draw_tie (GString *svg, const NetStudy *self, const NetGroupTie *tie, const Place *from, const Place *to, double widest)
{
  double dx = to->x - from->x, dy = to->y - from->y, far = hypot (dx, dy);
  double x = (from->x + to->x) / 2, y = (from->y + to->y) / 2, bend = 0.25;
  g_autofree char *giver = escaped (self->names[tie->from]), *receiver = escaped (self->names[tie->to]);
  char b[8][32];

  if (far == 0)
    return;
  /* Towards the centre, and to the right of the way. */
  x += bend * (CENTRE - x) - 0.06 * dy;
  y += bend * (CENTRE - y) + 0.06 * dx;
  g_string_append_printf (
      svg, "<path class=\"tie\" d=\"M%s %sQ%s %s %s %s\" stroke-width=\"%s\" stroke-opacity=\"%s\"><title>",
      point (b[0], from->x), point (b[1], from->y), point (b[2], x), point (b[3], y), point (b[4], to->x),
      point (b[5], to->y), point (b[6], 0.5 + 9.5 * tie->weight / widest),
      g_ascii_formatd (b[7], 32, "%.2f", 0.1 + 0.7 * tie->weight / widest));
  g_string_append_printf (svg, ngettext ("%s → %s: %u tie", "%s → %s: %u ties", tie->ties), giver, receiver, tie->ties);
  g_string_append (svg, "</title></path>\n");
}

static void
draw_group (GString *svg, const NetStudy *self, guint group, const Place *place, guint n_shown)
{
  g_autofree char *name = escaped (self->names[group]);
  gboolean left = cos (place->angle) < 0;
  double label = place->radius + 6, x = place->x + label * cos (place->angle),
         y = place->y + label * sin (place->angle);
  double turn = place->angle * 180 / G_PI + (left ? 180 : 0);
  char b[7][32];

  g_string_append_printf (svg, "<g class=\"group\"><title>");
  g_string_append_printf (svg, ngettext ("%s: %u person", "%s: %u people", self->size[group]), name, self->size[group]);
  g_string_append_printf (svg, "</title><circle cx=\"%s\" cy=\"%s\" r=\"%s\"/>", point (b[0], place->x),
                          point (b[1], place->y), point (b[2], place->radius));
  g_string_append_printf (
      svg, "<text x=\"%s\" y=\"%s\" transform=\"rotate(%s %s %s)\" text-anchor=\"%s\" font-size=\"%s\">%s</text></g>\n",
      point (b[0], x), point (b[1], y), point (b[2], turn), point (b[3], x), point (b[4], y), left ? "end" : "start",
      point (b[5], CLAMP (700.0 / MAX (n_shown, 1), 6, 13)), name);
}

static Place *
place_groups (const NetStudy *self, guint *n_shown)
{
  Place *places = g_new0 (Place, self->n_groups + 1);
  guint at = 0, largest = 1;

  *n_shown = 0;
  for (guint g = 0; g < self->n_groups; g++)
    if (self->shown[g])
      {
        (*n_shown)++;
        largest = MAX (largest, self->size[g]);
      }
  for (guint g = 0; g < self->n_groups; g++)
    if (self->shown[g])
      {
        double angle = 2 * G_PI * at++ / *n_shown - G_PI / 2, room = G_PI * 270 / MAX (*n_shown, 4);

        places[g] = (Place) { CENTRE + 270 * cos (angle), CENTRE + 270 * sin (angle), angle,
                              MIN (26, 0.8 * room) * sqrt ((double) self->size[g] / largest) };
      }

  return places;
}

static void
draw_legend (GString *svg, const NetStudy *self, guint n_shown)
{
  g_autofree char *by = escaped (self->options->by);
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, _("A circle is a group, as large as it has people; a line bends to the right of who "
                                   "gives, and is wider for more sharing."));
  g_string_append_printf (svg, "<text x=\"20\" y=\"%d\" font-size=\"12\">%s</text>\n", HEIGHT - 34, words->str);
  g_string_truncate (words, 0);
  g_string_append_printf (words, _("Not shown, with fewer than %u people behind them: %u groups and %u lines."),
                          self->options->minimum_group, self->n_hidden, self->n_ties_hidden);
  g_string_append_printf (svg, "<text x=\"20\" y=\"%d\" font-size=\"12\">%s</text>\n", HEIGHT - 16, words->str);
}

char *
net_svg (const NetStudy *self)
{
  GString *svg = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  guint n_shown;
  g_autofree Place *places = place_groups (self, &n_shown);
  double widest = 0;

  for (guint i = 0; i < self->group_ties->len; i++)
    {
      const NetGroupTie *tie = &g_array_index (self->group_ties, NetGroupTie, i);

      if (tie->shown && tie->from != tie->to)
        widest = MAX (widest, tie->weight);
    }
  g_string_append_printf (svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" "
                          "font-family=\"system-ui,'Noto Sans','DejaVu Sans',sans-serif\">\n",
                          SIZE, HEIGHT);
  g_string_append_printf (svg, "<title>%s</title>\n", _("Who shares knowledge with whom, between groups"));
  g_string_append (svg, "<style>svg{background:#fff}.tie{fill:none;stroke:#0b5394;stroke-linecap:round}"
                        ".group circle{fill:#f4b183;stroke:#8a3b00}text{fill:#111;dominant-baseline:middle}"
                        ".tie:hover{stroke:#8a3b00;stroke-opacity:1}</style>\n");
  for (guint i = 0; i < self->group_ties->len; i++)
    {
      const NetGroupTie *tie = &g_array_index (self->group_ties, NetGroupTie, i);

      if (tie->shown && tie->from != tie->to)
        draw_tie (svg, self, tie, &places[tie->from], &places[tie->to], widest);
    }
  for (guint g = 0; g < self->n_groups; g++)
    if (self->shown[g])
      draw_group (svg, self, g, &places[g], n_shown);
  draw_legend (svg, self, n_shown);
  g_string_append (svg, "</svg>\n");

  return g_string_free (svg, FALSE);
}
