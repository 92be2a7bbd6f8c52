#pragma once

#include <glib.h>

/* Translated texts of reports and the catalogue, by language and not by locale.  po/ is the one source: its
 * compiled catalogues (.gmo) are embedded as GResource and read here; a text without translation stays English.
 * `language`: "nl", "en", "fr", also "nl_BE.UTF-8"; NULL is English.  The answer lives as long as the process.
 * Mark texts in tables with N_().  Plurals: English and Dutch take `many` for n ≠ 1, French for n > 1. */
const char *kennis_text          (const char *language, const char *text);
const char *kennis_text_plural   (const char *language, const char *one, const char *many, gulong n);
/* The language Kennis has that fits a locale name or BCP 47 tag best: "nl", "fr" or "en". */
const char *kennis_text_language (const char *wanted);
const char * const *kennis_text_languages (void);     /* NULL-terminated: en, nl, fr */

/* Finds a text in the bytes of a compiled catalogue (.mo), which may be anything; plural forms follow one another,
 * each with its NUL, within `length`.  NULL: not in there, or not sound. */
const char *kennis_texts_find (const guint8 *data, gsize size, const char *text, gsize *length);

/* Numbers and dates as the language writes them, for people (never for data): "1.234,5", "1,234.5", "1 234,5" with narrow
 * no-break spaces; "12,5%", "12.5%", "12,5 %"; NaN is "–", infinity "∞".  Free with g_free(). */
char *kennis_text_number  (const char *language, double value, guint decimals);
char *kennis_text_percent (const char *language, double share, guint decimals);
char *kennis_text_integer (const char *language, gint64 value);
char *kennis_text_exact   (const char *language, double value);        /* all digits that it has: "0,05", "1.234,5" */
/* With the ISO 4217 code where the language has it: "EUR 1.234", "EUR 1,234", "1 234 EUR". */
char *kennis_text_money   (const char *language, const char *currency, double value, guint decimals);
char *kennis_text_month   (const char *language, gint32 month);        /* "maart 2024" */
char *kennis_text_day     (const char *language, gint32 day);          /* "1 maart 2024", "1er mars 2024" */
/* For data: shortest text that reads back as the same double, '.' for the decimal; "" for NaN; "inf", "-inf". */
char *kennis_number_to_text (double value);
