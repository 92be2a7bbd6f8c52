/* Runs a fuzz target without libFuzzer, so that "make check" does it with any compiler: every seed as it is, then a
 * bounded number of mutations of the seeds, the same ones each time.
 *
 *   TARGET [FOLDER [COUNT]]
 *
 * FOLDER is tests/fuzz/corpus/TARGET in the source tree where not given; COUNT is $KENNIS_FUZZ_RUNS or 20000, and no
 * more than fit into $KENNIS_FUZZ_SECONDS or 20.  An input that crashes or takes over 10 seconds is left in
 * TARGET.crash; "TARGET FILE" runs one such file. */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

#define MAX_SIZE     (1 << 16)
#define HANG_SECONDS 10

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const int deadly[] = { SIGABRT, SIGALRM, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP };

/* What the signal handler needs: the input under way, where to leave it, and who comes next (a sanitizer may). */
static struct
{
  const guint8 *data;
  gsize size;
  char path[256];
  struct sigaction next[G_N_ELEMENTS (deadly)];
} current;

static void
on_signal (int number)
{
  static const char word[] = "# the input that ended this run was left in ";
  int file = open (current.path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

  if (file >= 0 && write (file, current.data, current.size) >= 0 && write (STDOUT_FILENO, word, sizeof word - 1) >= 0
      && write (STDOUT_FILENO, current.path, strlen (current.path)) >= 0)
    (void) !write (STDOUT_FILENO, "\n", 1);
  for (guint i = 0; i < G_N_ELEMENTS (deadly); i++)
    sigaction (deadly[i], &current.next[i], NULL);
  /* The others come again by themselves, from where they came first: a stack worth reading. */
  if (number == SIGALRM || number == SIGTRAP)
    raise (number);
}

static void
run (const guint8 *data, gsize size)
{
  /* A copy of just this size, so that a sanitizer sees a read past its end. */
  g_autofree guint8 *copy = g_memdup2 (data, size);

  current.data = copy;
  current.size = size;
  alarm (HANG_SECONDS);
  LLVMFuzzerTestOneInput (copy, size);
  alarm (0);
}

/* splitmix64 (Steele, Lea & Flood 2014). */
static guint64
draw (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static guint
below (guint64 *state, guint bound)
{
  return bound == 0 ? 0 : draw (state) % bound;
}

static void
flip_bit (GByteArray *input, guint64 *state)
{
  if (input->len > 0)
    input->data[below (state, input->len)] ^= 1 << below (state, 8);
}

static void
set_byte (GByteArray *input, guint64 *state)
{
  static const guint8 telling[] = { 0,   1,   9,   '"', '&', '-',  '.',  '/',  '0',
                                    '9', ':', '<', '>', 'P', 0x7f, 0x80, 0xc0, 0xff };

  if (input->len > 0)
    input->data[below (state, input->len)] = telling[below (state, G_N_ELEMENTS (telling))];
}

static void
set_number (GByteArray *input, guint64 *state)
{
  static const gint64 telling[] = { 0, 1, -1, G_MININT32, G_MAXINT32, G_MAXUINT32, G_MININT64, G_MAXINT64 };
  guint size = 1 << below (state, 4);
  gint64 value = GINT64_TO_LE (telling[below (state, G_N_ELEMENTS (telling))]);

  if (input->len >= size)
    memcpy (input->data + below (state, input->len - size + 1), &value, size);
}

static void
take_out (GByteArray *input, guint64 *state)
{
  guint from = below (state, input->len);

  if (input->len > 0)
    g_byte_array_remove_range (input, from, 1 + below (state, MIN (64, input->len - from)));
}

static void
cut_off (GByteArray *input, guint64 *state)
{
  g_byte_array_set_size (input, below (state, input->len + 1));
}

static void
insert (GByteArray *input, guint at, const guint8 *piece, guint size)
{
  guint tail = input->len - at;

  if (input->len + size > MAX_SIZE || size == 0)
    return;
  g_byte_array_set_size (input, input->len + size);
  memmove (input->data + at + size, input->data + at, tail);
  memcpy (input->data + at, piece, size);
}

static void
repeat (GByteArray *input, guint64 *state)
{
  guint from = below (state, input->len);
  guint size = input->len > 0 ? 1 + below (state, MIN (256, input->len - from)) : 0;
  g_autofree guint8 *piece = g_memdup2 (input->data + from, size);

  insert (input, below (state, input->len + 1), piece, size);
}

static void
graft (GByteArray *input, GBytes *other, guint64 *state)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (other, &size);
  guint from = below (state, MIN (size, MAX_SIZE));

  insert (input, below (state, input->len + 1), data + from, size > 0 ? 1 + below (state, MIN (1024, size - from)) : 0);
}

static void
mutate (GByteArray *input, GPtrArray *seeds, guint64 *state)
{
  static void (*const ways[]) (GByteArray *, guint64 *) = { flip_bit, set_byte, set_number, take_out, repeat, cut_off };

  for (guint n = 1 + below (state, 6); n > 0; n--)
    {
      guint way = below (state, 4 * G_N_ELEMENTS (ways));

      /* Cutting off and grafting are the rarer ways: they throw the most away. */
      if (way == 0)
        graft (input, g_ptr_array_index (seeds, below (state, seeds->len)), state);
      else if (way == 1)
        cut_off (input, state);
      else
        ways[way % (G_N_ELEMENTS (ways) - 1)](input, state);
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The files of the folder (or the one file) in the order of their names. */
static GPtrArray *
read_seeds (const char *path, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? NULL : g_dir_open (path, 0, error);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    g_ptr_array_add (names, g_strdup (path));
  else if (dir == NULL)
    return NULL;
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      char *data;
      gsize size;

      if (!g_file_get_contents (g_ptr_array_index (names, i), &data, &size, error))
        return NULL;
      g_ptr_array_add (seeds, g_bytes_new_take (data, size));
    }
  if (seeds->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s has no seeds", path);
      return NULL;
    }
  return g_steal_pointer (&seeds);
}

static guint
run_mutations (GPtrArray *seeds, guint count, gint64 deadline)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  guint i;

  for (i = 0; i < count && g_get_monotonic_time () < deadline; i++)
    {
      guint64 state = i;
      GBytes *seed = g_ptr_array_index (seeds, below (&state, seeds->len));

      g_byte_array_set_size (input, 0);
      g_byte_array_append (input, g_bytes_get_data (seed, NULL), MIN (g_bytes_get_size (seed), MAX_SIZE));
      mutate (input, seeds, &state);
      run (input->data, input->len);
    }
  return i;
}

static guint
setting (const char *text, const char *variable, guint otherwise)
{
  guint64 value;

  text = text != NULL ? text : g_getenv (variable);
  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &value, NULL) ? value : otherwise;
}

int
main (int argc, char **argv)
{
  g_autofree char *name = g_path_get_basename (argv[0]);
  g_autofree char *usual = g_build_filename (g_getenv ("KENNIS_SRCDIR") != NULL ? g_getenv ("KENNIS_SRCDIR") : ".",
                                             "tests", "fuzz", "corpus", name, NULL);
  const char *path = argc > 1 ? argv[1] : usual;
  guint count = setting (argc > 2 ? argv[2] : NULL, "KENNIS_FUZZ_RUNS", 20000);
  gint64 seconds = setting (NULL, "KENNIS_FUZZ_SECONDS", 20);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) seeds = read_seeds (path, &error);

  if (seeds == NULL)
    {
      printf ("Bail out! %s\n", error->message);
      return 99;
    }
  g_snprintf (current.path, sizeof current.path, "%s.crash", name);
  for (guint i = 0; i < G_N_ELEMENTS (deadly); i++)
    sigaction (deadly[i], &(struct sigaction) { .sa_handler = on_signal, .sa_flags = SA_NODEFER }, &current.next[i]);
  setvbuf (stdout, NULL, _IOLBF, 0);

  printf ("1..2\n");
  for (guint i = 0; i < seeds->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (seeds, i), &size);

      run (data, size);
    }
  run ((const guint8 *) "", 0);
  printf ("ok 1 - %s: survives %u seeds and nothing at all\n", name, seeds->len);

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      printf ("ok 2 - %s: mutations # SKIP one file was asked for\n", name);
      return 0;
    }
  guint done = run_mutations (seeds, count, g_get_monotonic_time () + seconds * G_USEC_PER_SEC);
  printf ("ok 2 - %s: survives %u mutations\n", name, done);
  return 0;
}
