#include "config.h"

#include <kennis/kennis-translate.h>

#include "base/kennis-texts-private.h"

/**
 * kennis_translate:
 * @language: (nullable): a language, as `nl`, `en` or `fr_BE.UTF-8`; %NULL for English
 * @text: one of the texts of Kennis, in English
 *
 * Gets a text of Kennis in a language, whatever the language of the process and the locales that are installed.
 *
 * It is for programs that write beside the library's reports, as `kennis-survey` does.  What has no translation stays as it is.
 *
 * Time: O(log(number of texts)).
 *
 * Returns: the text; it lives as long as the process, or as @text
 *
 * Since: 1.0
 */
const char *
kennis_translate (const char *language, const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return kennis_text (language, text);
}

/**
 * kennis_translate_number:
 * @language: (nullable): a language, as `nl`, `en` or `fr_BE.UTF-8`; %NULL for English
 * @value: a number
 * @decimals: how many decimals are told, at most 20
 *
 * Writes a number as a language does, for people: `1.234,5` in Dutch.
 *
 * NaN is “–”, infinity “∞”.  Data have [func@GLib.ascii_dtostr] instead.
 *
 * Returns: (transfer full): the number
 *
 * Since: 1.0
 */
char *
kennis_translate_number (const char *language, double value, guint decimals)
{
  return kennis_text_number (language, value, decimals);
}
