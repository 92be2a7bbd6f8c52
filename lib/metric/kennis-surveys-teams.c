#include "config.h"

#include "metric/kennis-surveys-private.h"

#include <math.h>

/* Which teams a figure about teams may be of.  It is measured before the gate decides, and how teams differ would tell of those that it withholds:
 * so the same is decided here for one scale, group and period by itself. */

typedef struct
{
  guint32  team;             /* KENNIS_INTERN_NONE: people without one */
  guint    n;
  double   least, most;      /* scores */
  gboolean is_hidden;
} Team;

static GArray *
find_teams (const guint32 *team_of, const double *scores, guint n)
{
  GArray *teams = g_array_new (FALSE, FALSE, sizeof (Team));
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n; i++)
    {
      gpointer place = GUINT_TO_POINTER (team_of[i] + 1);
      guint at = GPOINTER_TO_UINT (g_hash_table_lookup (places, place));
      Team *team;

      if (at == 0)
        {
          Team first = { .team = team_of[i], .least = INFINITY, .most = -INFINITY };

          g_array_append_val (teams, first);
          at = teams->len;
          g_hash_table_insert (places, place, GUINT_TO_POINTER (at));
        }
      team = &g_array_index (teams, Team, at - 1);
      team->n++;
      team->least = fmin (team->least, scores[i]);
      team->most = fmax (team->most, scores[i]);
    }
  return teams;
}

/* The smallest that is not yet hidden, NULL: none. */
static Team *
smallest (GArray *teams)
{
  Team *found = NULL;

  for (guint i = 0; i < teams->len; i++)
    {
      Team *team = &g_array_index (teams, Team, i);

      if (!team->is_hidden && team->team != KENNIS_INTERN_NONE && (found == NULL || team->n < found->n))
        found = team;
    }
  return found;
}

/* Those of too few people, or of which all say the same, and where everybody less the rest would tell of these, the smallest of the others.  People
 * without a team are never shown, and hide others. */
static gboolean
hide (GArray *teams, guint minimum)
{
  guint n_people = 0, n_groups = 0;
  gboolean is_any = FALSE;
  Team *next;

  for (guint i = 0; i < teams->len; i++)
    {
      Team *team = &g_array_index (teams, Team, i);

      team->is_hidden = team->n < minimum || !(team->most > team->least);
      is_any |= team->is_hidden;
      if (!team->is_hidden && team->team != KENNIS_INTERN_NONE)
        continue;
      n_people += team->n;
      n_groups++;
    }
  while (is_any && (n_groups < 2 || n_people < minimum) && (next = smallest (teams)) != NULL)
    {
      next->is_hidden = TRUE;
      n_people += next->n;
      n_groups++;
    }
  return is_any;
}

GHashTable *
kennis_surveys_number_teams (const guint32 *team_of, const double *scores, guint n, guint minimum,
                             gboolean *is_any_hidden)
{
  g_autoptr (GArray) teams = find_teams (team_of, scores, n);
  GHashTable *numbers = g_hash_table_new (NULL, NULL);
  guint n_teams = 0;

  *is_any_hidden = hide (teams, minimum);
  for (guint i = 0; i < teams->len; i++)
    {
      const Team *team = &g_array_index (teams, Team, i);

      if (!team->is_hidden && team->team != KENNIS_INTERN_NONE)
        g_hash_table_insert (numbers, GUINT_TO_POINTER (team->team + 1), GUINT_TO_POINTER (++n_teams));
    }
  return numbers;
}
