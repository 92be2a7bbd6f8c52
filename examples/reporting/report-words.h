#pragma once

#include <glib.h>

/* What the words of options are, for every program.  Each fails with an error that names the option, the word and what is accepted; a
 * word that is NULL was not given, and changes nothing. */
gboolean report_word_wrong  (GError **error, const char *name, const char *word, const char *accepted);
/* One of the words, ended by NULL: its place. */
gboolean report_word_read   (const char *name, const char *word, const char *const *words, int *value, GError **error);
gboolean report_word_number (const char *name, const char *word, guint64 smallest, guint64 largest, guint64 *value, GError **error);
/* An amount of 0 or more. */
gboolean report_word_amount (const char *name, const char *word, double *value, GError **error);

/* Before anything is said, and after setlocale(): --language (or its letter) is the language of messages too, not only of what is
 * written. */
void report_words_speak (int argc, char **argv, char letter);
