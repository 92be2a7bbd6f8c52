#include "config.h"

#include "kennis-test.h"

#include <string.h>
#include <sys/resource.h>

/* A table whose second row has a cell of 4 GiB, made as it is read. */
#define HUGE_CELL (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024 + 16)
#define BEGINNING "person,topic,ended\nann,Excel,2024-01-01\nbob,%s"
#define END       "%s,2024-01-02\ncas,Python,2024-01-03\n"

#define LONG_TYPE_STREAM (long_stream_get_type ())
G_DECLARE_FINAL_TYPE (LongStream, long_stream, LONG, STREAM, GInputStream)

struct _LongStream
{
  GInputStream parent_instance;

  guint64 at;
  char *beginning, *end;
};

G_DEFINE_FINAL_TYPE (LongStream, long_stream, G_TYPE_INPUT_STREAM)

static gssize
long_stream_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  LongStream *self = LONG_STREAM (stream);
  guint64 first = strlen (self->beginning), last = first + HUGE_CELL, all = last + strlen (self->end);

  if (self->at < first)
    {
      count = MIN (count, first - self->at);
      memcpy (buffer, self->beginning + self->at, count);
    }
  else if (self->at < last)
    {
      count = MIN (count, last - self->at);
      memset (buffer, 'x', count);
    }
  else
    {
      count = MIN (count, all - self->at);
      memcpy (buffer, self->end + (self->at - last), count);
    }
  self->at += count;

  return (gssize) count;
}

static void
long_stream_finalize (GObject *object)
{
  g_free (LONG_STREAM (object)->beginning);
  g_free (LONG_STREAM (object)->end);

  G_OBJECT_CLASS (long_stream_parent_class)->finalize (object);
}

static void
long_stream_class_init (LongStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = long_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = long_stream_read;
}

static void
long_stream_init (LongStream *self)
{
}

static guint64
peak_kib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (guint64) usage.ru_maxrss;
}

static void
a_cell_of_four_gibibytes_is_a_rejected_row_in_bounded_memory (void)
{
  g_autoptr (LongStream) stream = g_object_new (LONG_TYPE_STREAM, NULL);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  guint64 before = peak_kib ();

  stream->beginning = g_strdup_printf (BEGINNING, "\"");
  stream->end = g_strdup_printf (END, "\"");
  kennis_reader_set_accept_seen (reader, TRUE);
  dataset = kennis_reader_load_stream (reader, G_INPUT_STREAM (stream), "large.csv", NULL, NULL, NULL, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_ACTIVITY), 2);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows (reader), 3);
  CU_ASSERT_EQUAL (kennis_reader_get_n_rows_rejected (reader), 1);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  CU_ASSERT_TRUE (peak_kib () - before < 32 * 1024);
#else
  (void) before;
#endif
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "a cell of four gibibytes is a rejected row, in bounded memory", a_cell_of_four_gibibytes_is_a_rejected_row_in_bounded_memory },
    CU_TEST_INFO_NULL
  };

  return kennis_test_main ("large tables", tests);
}
