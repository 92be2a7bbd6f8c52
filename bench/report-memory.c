/* Peak memory of kennis-report on one and on ten million activities that come through a pipe: no more than 10% apart, since it reads,
 * summarises and forgets batch after batch.  Cells are full in both (2 000 people, 24 months, 4 kinds a month); no ids. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t
start (int          in,
       int          out,
       const char  *program,
       const char **arguments)
{
  pid_t child = fork ();

  if (child != 0)
    return child;
  if (in >= 0)
    dup2 (in, STDIN_FILENO);
  dup2 (out, STDOUT_FILENO);
  closefrom (3);
  execv (program, (char **) arguments);
  perror (program);
  _exit (127);
}

/* MiB at the peak; below 0 where it failed. */
static double
peak_of (const char *n)
{
  int ends[2], status;
  struct rusage used;
  pid_t writer, reader;
  const char *make[] = { "make-xml", n, "2000", "4", NULL };
  const char *report[] = { "kennis-report", "--format", "csv", "--threads", "2", "-", NULL };
  FILE *nowhere = fopen ("/dev/null", "w");

  if (nowhere == NULL || pipe (ends) != 0)
    return -1;
  writer = start (-1, ends[1], "bench/make-xml", make);
  reader = start (ends[0], fileno (nowhere), "examples/kennis-report", report);
  close (ends[0]);
  close (ends[1]);
  fclose (nowhere);
  waitpid (writer, NULL, 0);
  if (wait4 (reader, &status, 0, &used) != reader || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
    return -1;

  return (double) used.ru_maxrss / 1024;
}

int
main (void)
{
  double one = peak_of ("1000000"), ten = peak_of ("10000000");

  if (one < 0 || ten < 0)
    {
      fprintf (stderr, "kennis-report failed\n");
      return 1;
    }
  printf ("peak, 1 million activities\t%.1f\tMiB\n", one);
  printf ("peak, 10 million activities\t%.1f\tMiB\n", ten);
  printf ("ratio (at most 1.1)\t%.3f\t\n", ten / one);
  return ten / one > 1.1;
}
