#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-exchange-private.h"
#include "metric/kennis-slice-types-private.h"

#include <kennis/kennis-temporal-network.h>
#include <math.h>

/* How far knowledge can have come. */

#define SAMPLE      16384         /* sources, in an organisation of more than LARGE heads */
#define LARGE       50000
#define SAMPLE_SEED 1

static KennisTemporalNetwork *
make_network (const KennisSlice *year, guint32 *n_heads)
{
  gsize n, k = 0;
  const KennisSliceSharing *sharings = kennis_slice_sharings (year, &n);
  guint32 *number = kennis_slice_scratch (year, (year->n_members + 1) * sizeof *number);
  g_autofree guint32 *giver = g_new (guint32, n + 1), *receiver = g_new (guint32, n + 1);
  g_autofree gint64 *time = g_new (gint64, n + 1);
  g_autoptr (GBytes) givers = NULL, receivers = NULL, times = NULL;

  *n_heads = 0;
  for (guint m = 0; m < year->n_members; m++)
    number[m] = kennis_exchange_is_head (year, m) ? (*n_heads)++ : KENNIS_INTERN_NONE;
  for (gsize i = 0; i < n; i++)
    {
      const KennisSliceSharing *s = &sharings[i];

      if (s->giver < 0 || s->receiver < 0 || number[s->giver] == KENNIS_INTERN_NONE
          || number[s->receiver] == KENNIS_INTERN_NONE)
        continue;
      giver[k] = number[s->giver];
      receiver[k] = number[s->receiver];
      time[k++] = s->fact->time;
    }
  givers = g_bytes_new_static (giver, k * sizeof *giver);
  receivers = g_bytes_new_static (receiver, k * sizeof *receiver);
  times = g_bytes_new_static (time, k * sizeof *time);
  return kennis_temporal_network_new_from_columns (*n_heads, givers, receivers, times, year->ground->cancellable, NULL);
}

static void
temporal_reach (const KennisSlice *slice, KennisEstimate *out)
{
  const KennisSlice *year = kennis_slice_year (slice);
  guint32 n_heads;
  g_autoptr (KennisTemporalNetwork) network = make_network (year, &n_heads);
  double value, error = 0;

  if (network == NULL || n_heads < 2)
    return;
  value = kennis_temporal_network_mean_reach (network, KENNIS_TIME_DIRECTION_FORWARD, KENNIS_TIME_ORDER_STRICT, -1,
                                              n_heads > LARGE ? SAMPLE : 0, SAMPLE_SEED, 1, &error,
                                              year->ground->cancellable, NULL);
  kennis_estimate_structural (out, value, n_heads, n_heads);
  if (error > 0)
    {
      out->lower = fmax (0, value - 1.96 * error);
      out->upper = fmin (1, value + 1.96 * error);
      out->note = N_("Estimated from a sample of people; the limits are those of the sample.");
    }
  else
    kennis_exchange_note_coverage (year, out);
}

KENNIS_METRICS (exchange_time,
  {
    .id = "exchange.temporal-reach",
    .title = N_("Reach over time"),
    .description = N_("To what share of the others what someone knows could have come within twelve months, from one to the next, each time later than the time before; on average over people."),
    .reading_aid = N_("It says how far knowledge could travel, not that it did. Where times are recorded as days, what was told and passed on within one day is not seen."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "ordered pairs of heads with a time-respecting path in the group, times strictly increasing / N(N − 1); 12 months",
    .source = "Holme & Saramäki 2012",
    .inputs = "sharing.giver sharing.receiver person",
    .cost = KENNIS_COST_HEAVY,
    .measure = temporal_reach,
  })
