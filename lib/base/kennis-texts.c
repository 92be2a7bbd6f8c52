#include "config.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/kennis-calendar-private.h"
#include "base/kennis-i18n-private.h"
#include "base/kennis-resources-private.h"
#include "base/kennis-texts-private.h"

#define NARROW_SPACE "\u202f"      /* narrow no-break space */
#define NO_BREAK_SPACE "\u00a0"
#define NOT_A_NUMBER "–"

/* How a language writes numbers, and from which count on it takes its plural besides 0. */
typedef struct
{
  const char *id;
  const char *catalogue;      /* NULL: the texts are in this language already */
  const char *thousands, *decimal, *percent;
} Language;

static const Language languages[] = {
  { "en", NULL, ",", ".", "%" },
  { "nl", "/kennis/texts/nl.mo", ".", ",", "%" },
  { "fr", "/kennis/texts/fr.mo", NARROW_SPACE, ",", NARROW_SPACE "%" },
};

static const char *const month_names[] = {
  N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
  N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
};

static const Language *
find_language (const char *wanted)
{
  for (gsize i = 0; wanted != NULL && i < G_N_ELEMENTS (languages); i++)
    if (g_ascii_strncasecmp (wanted, languages[i].id, 2) == 0 && !g_ascii_isalnum (wanted[2]))
      return &languages[i];
  return &languages[0];
}

const char *
kennis_text_language (const char *wanted)
{
  return find_language (wanted)->id;
}

const char *const *
kennis_text_languages (void)
{
  static const char *const ids[] = { "en", "nl", "fr", NULL };

  return ids;
}

/* A catalogue as msgfmt writes it (GNU gettext manual, "The Format of GNU MO Files"), in either byte order. */
typedef struct
{
  const guint8 *data;
  gsize         size;
  gboolean      swapped;
  guint32       n, originals, translations;      /* numbers and offsets of the two tables */
} Catalogue;

static guint32
read_word (const Catalogue *self, gsize at)
{
  guint32 word;

  memcpy (&word, self->data + at, sizeof word);
  return self->swapped ? GUINT32_SWAP_LE_BE (word) : word;
}

static gboolean
catalogue_open (Catalogue *self, const guint8 *data, gsize size)
{
  *self = (Catalogue) { .data = data, .size = size };
  if (data == NULL || size < 28)
    return FALSE;
  self->swapped = read_word (self, 0) == 0xde120495;
  self->n = read_word (self, 8);
  self->originals = read_word (self, 12);
  self->translations = read_word (self, 16);
  return read_word (self, 0) == 0x950412de && read_word (self, 4) >> 16 == 0 && self->originals <= size
         && self->n <= (size - self->originals) / 8 && self->translations <= size
         && self->n <= (size - self->translations) / 8;
}

/* NULL where the string is not within the bytes or has no NUL behind it. */
static const char *
catalogue_string (const Catalogue *self, guint32 table, guint32 i, gsize *length)
{
  gsize at = (gsize) table + 8 * (gsize) i;
  gsize offset = read_word (self, at + 4);

  *length = read_word (self, at);
  if (offset >= self->size || *length >= self->size - offset || self->data[offset + *length] != '\0')
    return NULL;
  return (const char *) self->data + offset;
}

const char *
kennis_texts_find (const guint8 *data, gsize size, const char *text, gsize *length)
{
  Catalogue catalogue;
  guint32 low = 0, high;

  if (!catalogue_open (&catalogue, data, size))
    return NULL;
  for (high = catalogue.n; low < high;)
    {
      guint32 middle = low + (high - low) / 2;
      const char *original = catalogue_string (&catalogue, catalogue.originals, middle, length);
      int order = original != NULL ? strcmp (text, original) : 0;

      if (original == NULL)
        return NULL;
      if (order == 0)
        return catalogue_string (&catalogue, catalogue.translations, middle, length);
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

/* The resource is part of the library's own image, not compressed: what it gives stays where it is. */
static const char *
find_translation (const Language *language, const char *text, gsize *length)
{
  if (language->catalogue == NULL || *text == '\0')
    return NULL;

  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (kennis_get_resource (), language->catalogue, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  return kennis_texts_find (data, size, text, length);
}

const char *
kennis_text (const char *language, const char *text)
{
  gsize length;
  const char *found = find_translation (find_language (language), text, &length);

  return found != NULL && *found != '\0' ? found : text;
}

/* French counts 0 with one; the others do not. */
static gboolean
is_plural (const Language *language, gulong n)
{
  return g_str_equal (language->id, "fr") ? n > 1 : n != 1;
}

const char *
kennis_text_plural (const char *language, const char *one, const char *many, gulong n)
{
  const Language *its = find_language (language);
  gsize length;
  const char *found = find_translation (its, one, &length);

  if (found != NULL && is_plural (its, n))
    found = strlen (found) < length ? found + strlen (found) + 1 : NULL;
  if (found != NULL && *found != '\0')
    return found;
  return n == 1 ? one : many;
}

/* Sets the language's signs into digits as C writes them. */
static char *
dress (const Language *language, const char *digits, const char *unit)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize whole;

  /* Minus nothing is nothing. */
  if (*digits == '-')
    {
      if (strspn (digits, "-0.") < strlen (digits))
        g_string_append_c (text, '-');
      digits++;
    }
  whole = strspn (digits, "0123456789");
  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append (text, language->thousands);
      g_string_append_c (text, digits[i]);
    }
  if (digits[whole] == '.')
    {
      g_string_append (text, language->decimal);
      g_string_append (text, digits + whole + 1);
    }
  g_string_append (text, unit);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
number (const Language *language, double value, guint decimals, const char *unit)
{
  char format[16], digits[400];

  if (isnan (value))
    return g_strdup (NOT_A_NUMBER);
  if (isinf (value))
    return g_strconcat (value < 0 ? "-∞" : "∞", unit, NULL);
  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 20));
  return dress (language, g_ascii_formatd (digits, sizeof digits, format, value), unit);
}

char *
kennis_text_number (const char *language, double value, guint decimals)
{
  return number (find_language (language), value, decimals, "");
}

char *
kennis_text_percent (const char *language, double share, guint decimals)
{
  const Language *its = find_language (language);

  return number (its, 100 * share, decimals, its->percent);
}

char *
kennis_text_integer (const char *language, gint64 value)
{
  char digits[32];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, value);
  return dress (find_language (language), digits, "");
}

char *
kennis_text_exact (const char *language, double value)
{
  const Language *its = find_language (language);
  g_autofree char *digits = NULL, *mantissa = NULL;
  gsize length;

  if (!isfinite (value))
    return number (its, value, 0, "");
  digits = kennis_number_to_text (value);
  length = strcspn (digits, "e");
  mantissa = g_strndup (digits, length);
  return dress (its, mantissa, digits + length);
}

char *
kennis_text_money (const char *language, const char *currency, double value, guint decimals)
{
  g_autofree char *amount = kennis_text_number (language, value, decimals);
  gboolean after = g_str_equal (kennis_text_language (language), "fr");

  return isnan (value)
             ? g_steal_pointer (&amount)
             : g_strdup_printf ("%s" NO_BREAK_SPACE "%s", after ? amount : currency, after ? currency : amount);
}

char *
kennis_text_month (const char *language, gint32 month)
{
  int year, of_year, day;

  kennis_day_to_date (kennis_month_first_day (month), &year, &of_year, &day);
  return g_strdup_printf ("%s %d", kennis_text (language, month_names[of_year - 1]), year);
}

char *
kennis_text_day (const char *language, gint32 day)
{
  gboolean first;
  int year, month, of_month;
  const char *name;

  kennis_day_to_date (day, &year, &month, &of_month);
  name = kennis_text (language, month_names[month - 1]);
  first = of_month == 1 && g_str_equal (kennis_text_language (language), "fr");
  return g_strdup_printf ("%d%s %s %d", of_month, first ? "er" : "", name, year);
}

char *
kennis_number_to_text (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (value))
    return g_strdup ("");
  /* Fifteen digits always survive, but a subnormal number has fewer of its own. */
  for (int digits = fabs (value) < DBL_MIN ? 1 : 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  return g_strdup (text);
}
