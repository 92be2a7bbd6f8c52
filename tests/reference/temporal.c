/* Reach by time-respecting paths in the e-mail of a department (SNAP's email-Eu-core-temporal-Dept3, 89 people, 12 216 messages), node by node:
 * shared/data/reference/temporal, computed with a plain search in Python; see the README there. */
#include "config.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "kennis-test.h"

#define DAY    86400
#define PEOPLE 90       /* ids 0 to 89, of which one is not there */

static char *
shared_file (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("KENNIS_SHARED") ?: "../shared", "data", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

static char *
read_packed (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) packed = g_file_read (file, NULL, NULL);
  g_autoptr (GZlibDecompressor) unpack = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) plain = g_converter_input_stream_new (G_INPUT_STREAM (packed), G_CONVERTER (unpack));
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  if (g_output_stream_splice (out, plain, G_OUTPUT_STREAM_SPLICE_NONE, NULL, NULL) < 0)
    return NULL;
  g_output_stream_write (out, "", 1, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
}

static KennisTemporalNetwork *
read_network (gint64 unit)
{
  g_autofree char *path = shared_file ("temporal/email-Eu-core-temporal-Dept3.txt.gz");
  g_autofree char *text = path != NULL ? read_packed (path) : NULL;
  g_autoptr (GArray) givers = g_array_new (FALSE, FALSE, 4), receivers = g_array_new (FALSE, FALSE, 4);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, 8);
  g_autoptr (GBytes) a = NULL, b = NULL, c = NULL;
  guint32 n_people = 0;

  for (char *at = text; at != NULL && *at != '\0';)
    {
      guint32 giver = strtoul (at, &at, 10), receiver = strtoul (at, &at, 10);
      gint64 time = g_ascii_strtoll (at, &at, 10) / unit;

      g_array_append_val (givers, giver);
      g_array_append_val (receivers, receiver);
      g_array_append_val (times, time);
      n_people = MAX (n_people, MAX (giver, receiver) + 1);
      at += strspn (at, " \r\n");
    }
  if (times->len == 0)
    return NULL;
  a = g_bytes_new (givers->data, givers->len * 4);
  b = g_bytes_new (receivers->data, receivers->len * 4);
  c = g_bytes_new (times->data, times->len * 8);
  return kennis_temporal_network_new_from_columns (n_people, a, b, c, NULL, NULL);
}

/* Rows by node: the numbers after it; a row of KENNIS_UNKNOWN for an id that nobody has. */
static guint
read_values (const char *name,
             gint64      values[][8])
{
  g_autofree char *path = shared_file (name), *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  for (guint node = 0; node < PEOPLE; node++)
    values[node][0] = KENNIS_UNKNOWN;
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      guint64 node = g_ascii_strtoull (cells[0], NULL, 10);

      for (guint c = 0; c < 8; c++)
        values[node][c] = g_ascii_strtoll (cells[c + 1], NULL, 10);
      n++;
    }
  return n;
}

typedef struct
{
  gint64 n, first, last, sum;
} Arrivals;

static Arrivals
sum_arrivals (KennisTemporalNetwork *network,
              guint32                person,
              KennisTimeOrder        order)
{
  g_autoptr (GBytes) bytes =
      kennis_temporal_network_arrivals (network, person, KENNIS_TIME_DIRECTION_FORWARD, order, -1, NULL, NULL);
  const gint64 *times = g_bytes_get_data (bytes, NULL);
  Arrivals a = { 0, G_MAXINT64, G_MININT64, 0 };

  for (guint32 p = 0; p < kennis_temporal_network_get_n_people (network); p++)
    if (times[p] != KENNIS_UNKNOWN)
      {
        a.n++;
        a.first = MIN (a.first, times[p]);
        a.last = MAX (a.last, times[p]);
        a.sum += times[p];
      }
  return a;
}

static void
compare (gint64      unit,
         const char *name)
{
  g_autoptr (KennisTemporalNetwork) network = read_network (unit);
  gint64 values[PEOPLE][8];
  guint n = network != NULL ? read_values (name, values) : 0, wrong = 0;

  if (n == 0)
    {
      kennis_test_skip ("shared/data/temporal or shared/data/reference/temporal is not there (KENNIS_SHARED)");
      return;
    }
  CU_ASSERT_EQUAL (n, 89);
  CU_ASSERT_EQUAL (kennis_temporal_network_get_n_people (network), PEOPLE);
  CU_ASSERT_EQUAL (kennis_temporal_network_get_n_events (network), 12216);
  for (guint c = 0; c < 4; c++)
    {
      g_autoptr (GBytes) bytes = kennis_temporal_network_reach (
          network, c / 2 ? KENNIS_TIME_DIRECTION_BACKWARD : KENNIS_TIME_DIRECTION_FORWARD,
          c % 2 ? KENNIS_TIME_ORDER_NON_DECREASING : KENNIS_TIME_ORDER_STRICT, -1, 2, NULL, NULL);
      const guint32 *reach = g_bytes_get_data (bytes, NULL);

      for (guint p = 0; p < PEOPLE; p++)
        wrong += reach[p] != (values[p][0] != KENNIS_UNKNOWN ? values[p][c] : 0);
    }
  CU_ASSERT_EQUAL (wrong, 0);
  for (guint p = 0; p < PEOPLE; p++)
    {
      Arrivals strict = sum_arrivals (network, p, KENNIS_TIME_ORDER_STRICT);
      Arrivals chained = sum_arrivals (network, p, KENNIS_TIME_ORDER_NON_DECREASING);

      if (values[p][0] == KENNIS_UNKNOWN)
        continue;
      wrong += strict.n != values[p][0] || chained.n != values[p][1];
      if (strict.n > 0)
        wrong += strict.first != values[p][4] || strict.last != values[p][5];
      wrong += strict.sum != values[p][6] || chained.sum != values[p][7];
    }
  CU_ASSERT_EQUAL (wrong, 0);
}

static void
reach_and_arrivals_in_a_departments_mail_are_those_of_a_plain_search (void)
{
  compare (1, "reference/temporal/email-Eu-core-temporal-Dept3.reach.tsv");
}

static void
so_they_are_where_times_are_days_and_many_are_equal (void)
{
  compare (DAY, "reference/temporal/email-Eu-core-temporal-Dept3-days.reach.tsv");
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "reach and arrivals in a department's mail are those of a plain search",
      reach_and_arrivals_in_a_departments_mail_are_those_of_a_plain_search },
    { "so they are where times are days and many are equal", so_they_are_where_times_are_days_and_many_are_equal },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("temporal reference", tests);
}
