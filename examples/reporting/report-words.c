#include "config.h"

#include "reporting/report-words.h"

#include <glib/gi18n.h>

gboolean
report_word_wrong (GError **error, const char *name, const char *word, const char *accepted)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* TRANSLATORS: an option, what was given, what would be accepted */
               _("--%s: “%s” is not accepted; give %s"), name, word, accepted);

  return FALSE;
}

gboolean
report_word_read (const char *name, const char *word, const char *const *words, int *value, GError **error)
{
  g_autofree char *accepted = NULL;

  if (word == NULL)
    return TRUE;
  for (int i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      {
        *value = i;
        return TRUE;
      }
  accepted = g_strjoinv (", ", (char **) words);

  return report_word_wrong (error, name, word, accepted);
}

gboolean
report_word_number (const char *name, const char *word, guint64 smallest, guint64 largest, guint64 *value, GError **error)
{
  g_autofree char *accepted = NULL;

  if (word == NULL || g_ascii_string_to_unsigned (word, 10, smallest, largest, value, NULL))
    return TRUE;
  accepted = g_strdup_printf (_("a whole number from %llu to %llu"), (unsigned long long) smallest,
                              (unsigned long long) largest);

  return report_word_wrong (error, name, word, accepted);
}

const char *
report_word_language (const char *wanted)
{
  const char *const *names = g_get_language_names ();

  if (wanted != NULL)
    return wanted;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "nl") || g_str_has_prefix (names[i], "fr") || g_str_has_prefix (names[i], "en"))
      return names[i];

  return "en";
}
