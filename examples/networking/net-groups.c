#include "config.h"

#include "networking/net-study.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* Who may be shown.  A group of fewer than the minimum is not; where the people of all such groups together are still fewer,
 * what is shown of the others and of all would tell of them, so the smallest of the others goes too. */

static gboolean
hide_smallest (NetStudy *self)
{
  guint smallest = G_MAXUINT;

  for (guint g = 0; g < self->n_groups; g++)
    if (self->shown[g] && (smallest == G_MAXUINT || self->size[g] < self->size[smallest]))
      smallest = g;
  if (smallest == G_MAXUINT)
    return FALSE;
  self->shown[smallest] = FALSE;
  self->n_hidden++;

  return TRUE;
}

static void
decide (NetStudy *self)
{
  guint minimum = self->options->minimum_group, people = 0;

  for (guint g = 0; g < self->n_groups; g++)
    {
      self->shown[g] = self->size[g] >= minimum || self->options->purpose != NULL;
      self->n_hidden += !self->shown[g];
    }
  do
    {
      people = 0;
      for (guint g = 0; g < self->n_groups; g++)
        people += self->shown[g] ? 0 : self->size[g];
    }
  while (people > 0 && people < minimum && hide_smallest (self));
}

typedef struct { guint32 from, to, person; double weight; } Side;

static int
compare_sides (const void *a, const void *b)
{
  const Side *x = a, *y = b;
  const guint32 keys[][2] = { { x->from, y->from }, { x->to, y->to }, { x->person, y->person } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i][0] != keys[i][1])
      return keys[i][0] < keys[i][1] ? -1 : 1;

  return 0;
}

/* Each tie twice: for its giver, with the weight, and for its receiver. */
static Side *
collect_sides (const NetStudy *self, gsize *n)
{
  g_autoptr (GBytes) offsets = kennis_network_get_offsets (self->network, KENNIS_SIDE_GIVING);
  g_autoptr (GBytes) others = kennis_network_get_others (self->network, KENNIS_SIDE_GIVING);
  g_autoptr (GBytes) weights = kennis_network_get_weights (self->network, KENNIS_SIDE_GIVING);
  const guint32 *offset = g_bytes_get_data (offsets, NULL), *other = g_bytes_get_data (others, NULL);
  const double *weight = g_bytes_get_data (weights, NULL);
  Side *sides = g_new (Side, 2 * (gsize) kennis_network_get_n_ties (self->network) + 1);

  *n = 0;
  for (guint32 p = 0; p < self->n; p++)
    for (guint32 t = offset[p]; t < offset[p + 1]; t++)
      {
        guint32 from = self->group[p], to = self->group[other[t]];

        if (from == G_MAXUINT32 || to == G_MAXUINT32 || !self->shown[from] || !self->shown[to])
          continue;
        sides[(*n)++] = (Side) { from, to, p, weight[t] };
        sides[(*n)++] = (Side) { from, to, other[t], -1 };
      }

  return sides;
}

static void
add_group_ties (NetStudy *self)
{
  gsize n;
  g_autofree Side *sides = collect_sides (self, &n);
  NetGroupTie *last = NULL;

  qsort (sides, n, sizeof *sides, compare_sides);
  for (gsize i = 0; i < n; i++)
    {
      const Side *side = &sides[i];

      if (last == NULL || last->from != side->from || last->to != side->to)
        {
          NetGroupTie tie = { .from = side->from, .to = side->to };

          g_array_append_val (self->group_ties, tie);
          last = &g_array_index (self->group_ties, NetGroupTie, self->group_ties->len - 1);
        }
      last->people += i == 0 || compare_sides (side, side - 1) != 0;
      last->ties += side->weight >= 0;
      last->weight += side->weight >= 0 ? side->weight : 0;
    }
}

/* A single tie that is hidden could be worked out from all the others: then the thinnest of them goes too. */
static void
decide_ties (NetStudy *self)
{
  NetGroupTie *thinnest = NULL;

  for (guint i = 0; i < self->group_ties->len; i++)
    {
      NetGroupTie *tie = &g_array_index (self->group_ties, NetGroupTie, i);

      tie->shown = tie->people >= self->options->minimum_group || self->options->purpose != NULL;
      self->n_ties_hidden += !tie->shown;
      if (tie->shown && (thinnest == NULL || tie->people < thinnest->people))
        thinnest = tie;
    }
  if (self->n_ties_hidden == 1 && thinnest != NULL)
    {
      thinnest->shown = FALSE;
      self->n_ties_hidden++;
    }
}

/* What there is of each group's ties, with groups that are not shown or not known as well. */
static void
note_touches (NetStudy *self)
{
  g_autoptr (GBytes) offsets = kennis_network_get_offsets (self->network, KENNIS_SIDE_GIVING);
  g_autoptr (GBytes) others = kennis_network_get_others (self->network, KENNIS_SIDE_GIVING);
  const guint32 *offset = g_bytes_get_data (offsets, NULL), *other = g_bytes_get_data (others, NULL);

  self->touches = g_new0 (guint8, self->n_groups + 1);
  for (guint32 p = 0; p < self->n; p++)
    for (guint32 t = offset[p]; t < offset[p + 1]; t++)
      {
        guint32 from = self->group[p], to = self->group[other[t]];

        if (from != G_MAXUINT32)
          self->touches[from] |= from == to ? NET_INSIDE : NET_GIVEN;
        if (to != G_MAXUINT32)
          self->touches[to] |= from == to ? NET_INSIDE : NET_RECEIVED;
      }
}

gboolean
net_study_group (NetStudy *self, gboolean by_default, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) groups = kennis_network_group_by (self->network, self->options->by, &self->names, &problem);

  self->group = g_new (guint32, self->n + 1);
  memset (self->group, 0xff, self->n * sizeof *self->group);
  if (groups == NULL && by_default) /* nobody asked for teams */
    return TRUE;
  if (groups == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  memcpy (self->group, g_bytes_get_data (groups, NULL), self->n * sizeof *self->group);
  self->n_groups = g_strv_length (self->names);
  self->size = g_new0 (guint, self->n_groups + 1);
  self->shown = g_new0 (gboolean, self->n_groups + 1);
  for (guint p = 0; p < self->n; p++)
    if (self->group[p] != G_MAXUINT32)
      self->size[self->group[p]]++;
  decide (self);
  note_touches (self);
  add_group_ties (self);
  decide_ties (self);

  return TRUE;
}

const char *
net_study_group_of (const NetStudy *self, guint person)
{
  guint32 group = self->group[person];

  return group != G_MAXUINT32 && self->shown[group] ? self->names[group] : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  char **names = data;

  return strcmp (names[*(const guint32 *) a], names[*(const guint32 *) b]);
}

/* 32 bytes that nobody knows: pseudonyms of two runs have nothing in common. */
static void
draw_key (guint8 key[32])
{
  if (getrandom (key, 32, 0) != 32)
    g_error ("the system gives no random bytes: %s", g_strerror (errno));
}

char **
net_study_names (const NetStudy *self, guint32 **order)
{
  char **names = g_new0 (char *, self->n + 1);
  guint8 key[32];

  draw_key (key);
  *order = g_new (guint32, self->n + 1);
  for (guint32 p = 0; p < self->n; p++)
    {
      const char *id = kennis_network_get_label (self->network, p);
      g_autofree char *mac = g_compute_hmac_for_string (G_CHECKSUM_SHA256, key, sizeof key, id, -1);

      (*order)[p] = p;
      names[p] = self->options->purpose != NULL ? g_strdup (id) : g_strdup_printf ("p-%.16s", mac);
    }
  /* Pseudonyms come in their own order: that of the records would tell who is who. */
  g_qsort_with_data (*order, (gint) self->n, sizeof **order, compare_names, names);

  return names;
}
