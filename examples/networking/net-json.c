#include "config.h"

#include "networking/net-study.h"
#include "simulate/sim-json.h"

#include <math.h>

static void
write_persons (const NetStudy *self, SimJson *json)
{
  g_autofree guint32 *order = NULL;
  g_auto (GStrv) names = net_study_names (self, &order);

  sim_json_open (json, "persons", '[');
  for (guint i = 0; i < self->n; i++)
    {
      guint32 p = order[i];

      sim_json_open (json, NULL, '{');
      sim_json_text (json, "id", names[p]);
      sim_json_text (json, "group", net_study_group_of (self, p));
      sim_json_number (json, "community", self->community[p]);
      for (guint v = 0; v < self->vectors->len; v++)
        {
          const NetVector *vector = &g_array_index (self->vectors, NetVector, v);

          sim_json_number (json, vector->id, vector->values[p]);
        }
      sim_json_close (json, '}');
    }
  sim_json_close (json, ']');
}

/* Under the name of each number, by share of people, what so many have at most; empty where people are too few. */
static void
write_spread (const NetStudy *self, SimJson *json)
{
  sim_json_open (json, "distributions", '{');
  for (guint v = 0; v < self->vectors->len; v++)
    {
      const NetVector *vector = &g_array_index (self->vectors, NetVector, v);
      double at[NET_QUANTILES], values[NET_QUANTILES];
      guint n = net_study_quantiles (self, vector, at, values);

      sim_json_open (json, vector->id, '{');
      for (guint i = 0; i < n; i++)
        {
          char share[G_ASCII_DTOSTR_BUF_SIZE];

          sim_json_number (json, g_ascii_formatd (share, sizeof share, "%g", at[i]), values[i]);
        }
      sim_json_close (json, '}');
    }
  sim_json_close (json, '}');
}

static void
write_groups (const NetStudy *self, SimJson *json)
{
  sim_json_open (json, "groups", '[');
  for (guint g = 0; g < self->n_groups; g++)
    if (self->shown[g])
      {
        sim_json_open (json, NULL, '{');
        sim_json_text (json, "group", self->names[g]);
        sim_json_number (json, "people", self->size[g]);
        sim_json_close (json, '}');
      }
  sim_json_close (json, ']');
  sim_json_number (json, "groups-not-shown", self->n_hidden);
  sim_json_open (json, "ties-of-groups", '[');
  for (guint i = 0; i < self->group_ties->len; i++)
    {
      const NetGroupTie *tie = &g_array_index (self->group_ties, NetGroupTie, i);

      if (!tie->shown)
        continue;
      sim_json_open (json, NULL, '{');
      sim_json_text (json, "from", self->names[tie->from]);
      sim_json_text (json, "to", self->names[tie->to]);
      sim_json_number (json, "ties", tie->ties);
      sim_json_number (json, "weight", tie->weight);
      sim_json_close (json, '}');
    }
  sim_json_close (json, ']');
}

char *
net_json (const NetStudy *self)
{
  SimJson json;

  sim_json_init (&json);
  sim_json_open (&json, NULL, '{');
  sim_json_open (&json, "figures", '{');
  for (guint i = 0; i < self->figures->len; i++)
    {
      const NetFigure *figure = &g_array_index (self->figures, NetFigure, i);

      sim_json_number (&json, figure->id, figure->value);
    }
  sim_json_close (&json, '}');
  write_spread (self, &json);
  sim_json_number (&json, "betweenness-error-bound", self->error_bound);
  sim_json_number (&json, "minimum-group", self->options->minimum_group);
  if (self->names != NULL)
    {
      sim_json_text (&json, "grouped-by", self->options->by);
      write_groups (self, &json);
    }
  sim_json_text (&json, "purpose", self->options->purpose);
  if (self->options->purpose != NULL)
    write_persons (self, &json);
  sim_json_close (&json, '}');

  return sim_json_finish (&json);
}
