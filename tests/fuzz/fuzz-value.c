/* Value models of any bytes: no crash; what is read is written the same, and every figure that is told is a number. */
#include "config.h"

#include <kennis/kennis.h>

#include <math.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
look_at (KennisReturn *result)
{
  double last = -INFINITY, value;

  for (guint f = 0; f <= KENNIS_FIGURE_EMPLOYEE_NET; f++)
    if (kennis_return_get_figure (result, NULL, f, &value) == KENNIS_FIGURE_STATUS_OK)
      g_assert (isfinite (value));
    else
      g_assert (isnan (value));
  for (double p = 0.05; kennis_return_get_n_draws (result) > 0 && p < 1; p += 0.45)
    {
      value = kennis_return_get_percentile (result, kennis_return_get_objective (result), p, NULL);
      g_assert (!(value < last));
      last = value;
    }
  for (guint format = KENNIS_REPORT_FORMAT_TEXT; format <= KENNIS_REPORT_FORMAT_JSON; format++)
    {
      g_autoptr (GBytes) report = kennis_value_report_render (result, format, "nl", 1000, NULL);

      g_assert (report == NULL
                || g_utf8_validate_len (g_bytes_get_data (report, NULL), g_bytes_get_size (report), NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size), written = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisValueModel) model = kennis_value_model_new_from_bytes (bytes, "fuzz", &error), back = NULL;
  g_autoptr (KennisReturn) expected = NULL, drawn = NULL;

  g_assert ((model == NULL) == (error != NULL));
  if (model == NULL)
    return 0;

  written = kennis_value_model_to_bytes (model);
  back = kennis_value_model_new_from_bytes (written, "written", &error);
  g_assert_no_error (error);
  again = kennis_value_model_to_bytes (back);
  g_assert (g_bytes_equal (written, again));

  expected = kennis_return_new (model, &error);
  g_assert ((expected == NULL) == (error != NULL));
  if (expected == NULL)
    return 0;
  look_at (expected);
  if (size % 16 != 0) /* drawing takes a hundred times as long as reading */
    return 0;
  drawn = kennis_return_simulate (model, 64, 1, KENNIS_SAMPLING_PLAIN, 0, 1, NULL, NULL, NULL, &error);
  g_assert ((drawn == NULL) == (error != NULL));
  if (drawn != NULL)
    look_at (drawn);
  return 0;
}
