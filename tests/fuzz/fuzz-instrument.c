/* Instruments of any bytes: no crash; every item has a text, a range and a place, and an answer's score is 0 to 100 or none. */
#include "config.h"

#include <kennis/kennis.h>

#include <math.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
look_at_item (KennisInstrument *self, const char *item)
{
  double low = kennis_instrument_get_item_low (self, item), high = kennis_instrument_get_item_high (self, item);
  g_auto (GStrv) words = kennis_instrument_list_answers (self, item, "fr");

  g_assert (low < high);
  g_assert (g_strv_length (words) == 0 || g_strv_length (words) == (guint) (high - low) + 1);
  g_assert (kennis_instrument_has_scale (self, kennis_instrument_get_item_scale (self, item)));
  g_assert (g_utf8_validate (kennis_instrument_get_item_text (self, item, "nl"), -1, NULL));
  g_assert (fabs (kennis_instrument_score_answer (self, item, low) - 50) == 50);
  g_assert (fabs (kennis_instrument_score_answer (self, item, high) - 50) == 50);
  g_assert (isnan (kennis_instrument_score_answer (self, item, high + 1)));
}

/* Two people who answer the lowest and the highest everywhere. */
static void
look_at_answers (KennisInstrument *self, char **items)
{
  guint n = g_strv_length (items);
  double *values = g_new (double, 2 * n);
  g_autoptr (GBytes) bytes = NULL, scores = NULL;
  g_autoptr (KennisAnswers) answers = NULL;
  g_auto (GStrv) scales = kennis_instrument_list_scales (self);

  for (guint i = 0; i < n; i++)
    {
      values[i] = kennis_instrument_get_item_low (self, items[i]);
      values[n + i] = kennis_instrument_get_item_high (self, items[i]);
    }
  bytes = g_bytes_new_take (values, 2 * n * sizeof *values);
  answers = kennis_answers_new (self, bytes, NULL, NULL, NULL, NULL);
  g_assert (answers != NULL && kennis_answers_get_n_rejected (answers) == 0);
  scores = kennis_answers_score (answers, scales[0], NULL);
  values = (double *) g_bytes_get_data (scores, NULL);
  g_assert (values[0] >= 0 && values[0] <= 100 && fabs (values[0] + values[1] - 100) < 1e-9);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisInstrument) self = kennis_instrument_new_from_bytes (bytes, "fuzz", &error);
  g_auto (GStrv) items = NULL;

  g_assert ((self == NULL) == (error != NULL));
  if (self == NULL)
    return 0;
  items = kennis_instrument_list_items (self, NULL);
  for (guint i = 0; items[i] != NULL; i++)
    look_at_item (self, items[i]);
  look_at_answers (self, items);
  return 0;
}
