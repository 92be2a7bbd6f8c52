#include "config.h"

#include "reporting/report-words.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <string.h>

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

gboolean
report_word_amount (const char *name, const char *word, double *value, GError **error)
{
  double amount;
  char *end;

  if (word == NULL)
    return TRUE;
  amount = g_ascii_strtod (word, &end);
  if (*end == '\0' && end != word && isfinite (amount) && amount >= 0)
    {
      *value = amount;
      return TRUE;
    }

  return report_word_wrong (error, name, word, _("an amount of 0 or more, as 1200 or 0.5"));
}

static gboolean
is_plain (int category)
{
  const char *locale = setlocale (category, NULL);

  return locale == NULL || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX");
}

void
report_words_speak (int argc, char **argv, char letter)
{
  static const char *const languages[] = { "nl", "en", "fr", NULL };
  const char *wanted = NULL;

  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    if (g_str_has_prefix (argv[i], "--language="))
      wanted = strchr (argv[i], '=') + 1;
    else if (g_str_equal (argv[i], "--language") || (argv[i][0] == '-' && argv[i][1] == letter && argv[i][2] == '\0'))
      wanted = argv[i + 1];
    else if (argv[i][0] == '-' && argv[i][1] == letter)
      wanted = argv[i] + 2;
  if (wanted == NULL || !g_strv_contains (languages, wanted))
    return;

  g_setenv ("LANGUAGE", wanted, TRUE);
  /* In the C locale messages are not looked up at all. */
  if (is_plain (LC_MESSAGES))
    setlocale (LC_MESSAGES, "C.UTF-8");
  if (is_plain (LC_CTYPE))
    setlocale (LC_CTYPE, "C.UTF-8");
}
