#include "config.h"

#include <string.h>

#include "base/kennis-calendar-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is accepted is written in its canonical form, which reads back as the same value. */
static void
check_time (const char *text, gsize size)
{
  char canonical[40];
  gint64 time, again;
  const char *problem = NULL;

  if (!kennis_parse_time (text, size, NULL, &time, &problem))
    {
      g_assert_nonnull (problem);
      return;
    }
  g_assert_cmpint (time, >=, KENNIS_TIME_MIN);
  g_assert_cmpint (time, <=, KENNIS_TIME_MAX);
  g_assert_true (kennis_parse_time (canonical, kennis_format_time (time, canonical), NULL, &again, &problem));
  g_assert_cmpint (time, ==, again);
}

static void
check_duration (const char *text, gsize size)
{
  char canonical[40];
  gint64 duration, again;
  const char *problem = NULL;

  if (!kennis_parse_duration (text, size, 0, &duration, &problem))
    {
      g_assert_nonnull (problem);
      return;
    }
  g_assert_cmpint (duration, >=, 0);
  g_assert_true (kennis_parse_duration (canonical, kennis_format_duration (duration, canonical), 0, &again, &problem));
  g_assert_cmpint (duration, ==, again);
}

static void
check_decimal (const char *text, gsize size)
{
  char canonical[40];
  gint64 value, again;
  const char *problem = NULL;

  if (!kennis_parse_decimal (text, size, 4, &value, &problem))
    {
      g_assert_nonnull (problem);
      return;
    }
  g_assert_true (kennis_parse_decimal (canonical, kennis_format_decimal (value, 4, canonical), 4, &again, &problem));
  g_assert_cmpint (value, ==, again);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  check_time ((const char *) data, size);
  check_duration ((const char *) data, size);
  check_decimal ((const char *) data, size);
  return 0;
}
