#include "config.h"

#include "simulate/sim-model.h"

#include <glib/gi18n.h>
#include <locale.h>

/* kennis-simulate: writes a believable organisation to try Kennis on, and what is true of it.  See docs/simulator.md. */

#define GOOD 0
#define WRONG_USAGE 1
#define CANNOT_WRITE 2

static int
fail (int         code,
      const char *message)
{
  g_printerr ("kennis-simulate: %s\n", message);

  return code;
}

static gboolean
write_truth (SimModel    *model,
             const char  *folder,
             GError     **error)
{
  g_autofree char *path = g_build_filename (folder, "truth.json", NULL);
  g_autofree char *truth = sim_truth_write (model);

  return g_file_set_contents (path, truth, -1, error);
}

static gboolean
write_all (SimModel          *model,
           const SimOptions  *options,
           GError           **error)
{
  g_autofree char *path =
      g_build_filename (options->output, options->gzip ? "organisation.xml.gz" : "organisation.xml", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return sim_emit_save (&model->emit, file, options->gzip, error) && write_truth (model, options->output, error)
         && (!options->calendar || sim_meetings_save (model, options->output, error));
}

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GError) problem = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) || g_file_make_directory_with_parents (folder, NULL, &problem))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("cannot make the directory “%s”: %s"), path, problem->message);

  return FALSE;
}

static int
simulate (const SimOptions *options)
{
  g_autoptr (GError) error = NULL;
  SimModel model;
  int code = GOOD;

  if (!make_folder (options->output, &error))
    return fail (CANNOT_WRITE, error->message);
  if (!sim_model_run (&model, options, &error) || !write_all (&model, options, &error))
    code = fail (CANNOT_WRITE, error->message);
  sim_model_clear (&model);

  return code;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  SimOptions options = { 0 };
  gboolean done = FALSE;
  int code;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, KENNIS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!sim_options_parse (&options, &argc, &argv, &done, &error))
    code = fail (WRONG_USAGE, error->message);
  else
    code = done ? GOOD : simulate (&options);
  sim_options_clear (&options);

  return code;
}
