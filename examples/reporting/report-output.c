#include "config.h"

#include "reporting/report-output.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static gboolean
fail (const char *output, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (output);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", name, g_strerror (code));

  return FALSE;
}

static gboolean
write_in_place (const char *output, const char *data, gsize size, GError **error)
{
  int file = g_open (output, O_WRONLY | O_CLOEXEC | O_TRUNC, 0), code = 0;

  if (file < 0)
    return fail (output, errno, error);
  while (size > 0 && code == 0)
    {
      gssize n = write (file, data, size);

      if (n < 0 && errno != EINTR)
        code = errno;
      data += MAX (n, 0);
      size -= (gsize) MAX (n, 0);
    }
  if (close (file) != 0 && code == 0)
    code = errno;

  return code == 0 || fail (output, code, error);
}

/* A link is followed, so that what it names is replaced and not the link (as /dev/stdout is one). */
static gboolean
write_file (const char *output, const char *data, gsize size, GError **error)
{
  char *real = realpath (output, NULL);
  GStatBuf status;
  gboolean ok, is_there = g_stat (output, &status) == 0;

  if (is_there && !S_ISDIR (status.st_mode) && (!S_ISREG (status.st_mode) || real == NULL))
    ok = write_in_place (output, data, size, error);
  else
    ok = g_file_set_contents (real != NULL ? real : output, data, (gssize) size, error);
  free (real);

  return ok;
}

gboolean
report_output_write (const char *output, const char *data, gsize size, GError **error)
{
  if (output != NULL && strcmp (output, "-") != 0)
    return write_file (output, data, size, error);
  if (fwrite (data, 1, size, stdout) == size && fflush (stdout) == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("standard output cannot be written"));

  return FALSE;
}
