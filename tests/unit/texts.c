#include "config.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "kennis-test.h"
#include "base/kennis-calendar-private.h"
#include "base/kennis-resources-private.h"
#include "base/kennis-texts-private.h"

static gboolean
is (char *text, const char *expected)
{
  g_autofree char *owned = text;
  gboolean same = g_strcmp0 (owned, expected) == 0;

  if (!same)
    printf ("# “%s” is not “%s”\n", owned, expected);
  return same;
}

static void
the_language_that_fits_is_found (void)
{
  CU_ASSERT_STRING_EQUAL (kennis_text_language ("nl"), "nl");
  CU_ASSERT_STRING_EQUAL (kennis_text_language ("nl_BE.UTF-8"), "nl");
  CU_ASSERT_STRING_EQUAL (kennis_text_language ("NL-be"), "nl");
  CU_ASSERT_STRING_EQUAL (kennis_text_language ("fr_FR@euro"), "fr");
  CU_ASSERT_STRING_EQUAL (kennis_text_language ("fry"), "en"); /* Frisian */
  CU_ASSERT_STRING_EQUAL (kennis_text_language ("C"), "en");
  CU_ASSERT_STRING_EQUAL (kennis_text_language ("n"), "en");
  CU_ASSERT_STRING_EQUAL (kennis_text_language (""), "en");
  CU_ASSERT_STRING_EQUAL (kennis_text_language (NULL), "en");
  for (const char *const *id = kennis_text_languages (); *id != NULL; id++)
    CU_ASSERT_STRING_EQUAL (kennis_text_language (*id), *id);
}

static void
texts_go_by_language_and_not_by_locale (void)
{
  CU_ASSERT_STRING_EQUAL (kennis_text ("nl_NL.UTF-8", "March"), "maart");
  CU_ASSERT_STRING_EQUAL (kennis_text ("fr", "August"), "août");
  CU_ASSERT_STRING_EQUAL (kennis_text ("en", "March"), "March");
  CU_ASSERT_STRING_EQUAL (kennis_text ("nl", "no one says this"), "no one says this");
  CU_ASSERT_STRING_EQUAL (kennis_text ("nl", ""), ""); /* not the catalogue's head */
}

static void
every_catalogue_is_carried_and_has_its_head (void)
{
  static const char *const paths[] = { "/kennis/texts/nl.mo", "/kennis/texts/fr.mo" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GBytes) bytes =
          g_resource_lookup_data (kennis_get_resource (), paths[i], G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      gsize size, length;
      const guint8 *data;

      CU_ASSERT_PTR_NOT_NULL_FATAL (bytes);
      data = g_bytes_get_data (bytes, &size);
      const char *head = kennis_texts_find (data, size, "", &length);
      CU_ASSERT_PTR_NOT_NULL_FATAL (head);
      CU_ASSERT_PTR_NOT_NULL (strstr (head, "charset=UTF-8"));
      /* What the code counts by is what translators are told. */
      CU_ASSERT_PTR_NOT_NULL (strstr (head, i == 0 ? "plural=(n != 1)" : "plural=(n > 1)"));
    }
}

static void
without_translation_plurals_are_english (void)
{
  CU_ASSERT_STRING_EQUAL (kennis_text_plural ("nl", "one apple", "many apples", 1), "one apple");
  CU_ASSERT_STRING_EQUAL (kennis_text_plural ("fr", "one apple", "many apples", 0), "many apples");
  CU_ASSERT_STRING_EQUAL (kennis_text_plural (NULL, "one apple", "many apples", 2), "many apples");
}

static void
numbers_are_written_as_people_do (void)
{
  CU_ASSERT_TRUE (is (kennis_text_number ("nl", 1234.5, 1), "1.234,5"));
  CU_ASSERT_TRUE (is (kennis_text_number ("fr", 1234.5, 1), "1\u202f234,5"));
  CU_ASSERT_TRUE (is (kennis_text_number ("en", 1234.5, 1), "1,234.5"));
  CU_ASSERT_TRUE (is (kennis_text_number ("nl", -1234567.891, 2), "-1.234.567,89"));
  CU_ASSERT_TRUE (is (kennis_text_number ("en", 999, 0), "999"));
  CU_ASSERT_TRUE (is (kennis_text_number ("en", 999.6, 0), "1,000"));
  CU_ASSERT_TRUE (is (kennis_text_number ("nl", -0.04, 1), "0,0"));
  CU_ASSERT_TRUE (is (kennis_text_number ("nl", -0.06, 1), "-0,1"));
  CU_ASSERT_TRUE (is (kennis_text_number ("nl", NAN, 1), "–"));
  CU_ASSERT_TRUE (is (kennis_text_number ("nl", -INFINITY, 1), "-∞"));
  CU_ASSERT_TRUE (is (kennis_text_percent ("nl", 0.125, 1), "12,5%"));
  CU_ASSERT_TRUE (is (kennis_text_percent ("fr", 0.125, 1), "12,5\u202f%"));
  CU_ASSERT_TRUE (is (kennis_text_percent ("en", 0.125, 1), "12.5%"));
  CU_ASSERT_TRUE (is (kennis_text_percent ("fr", NAN, 1), "–"));
  CU_ASSERT_TRUE (is (kennis_text_integer ("nl", 10000000), "10.000.000"));
  CU_ASSERT_TRUE (is (kennis_text_integer ("en", G_MININT64), "-9,223,372,036,854,775,808"));
  CU_ASSERT_TRUE (is (kennis_text_integer ("fr", 0), "0"));

  g_autofree char *large = kennis_text_number ("en", DBL_MAX, G_MAXUINT);
  CU_ASSERT_EQUAL (strlen (large), 309 + 102 + 1 + 20);
}

static void
months_and_days_are_written_as_people_do (void)
{
  gint32 day = kennis_day_from_date (2024, 3, 1);

  CU_ASSERT_TRUE (is (kennis_text_month ("nl", kennis_month_of_day (day)), "maart 2024"));
  CU_ASSERT_TRUE (is (kennis_text_month ("en", kennis_month_of_day (day)), "March 2024"));
  CU_ASSERT_TRUE (is (kennis_text_month ("fr", kennis_month_of_day (day)), "mars 2024"));
  CU_ASSERT_TRUE (is (kennis_text_day ("nl", day), "1 maart 2024"));
  CU_ASSERT_TRUE (is (kennis_text_day ("fr", day), "1er mars 2024"));
  CU_ASSERT_TRUE (is (kennis_text_day ("fr", day + 1), "2 mars 2024"));
  CU_ASSERT_TRUE (is (kennis_text_day ("en", kennis_day_from_date (1969, 12, 31)), "31 December 1969"));
}

static void
data_reads_back_as_the_same_number (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  int wrong = 0;

  CU_ASSERT_TRUE (is (kennis_number_to_text (0.1), "0.1"));
  CU_ASSERT_TRUE (is (kennis_number_to_text (0.1 + 0.2), "0.30000000000000004"));
  CU_ASSERT_TRUE (is (kennis_number_to_text (1.0 / 3), "0.3333333333333333"));
  CU_ASSERT_TRUE (is (kennis_number_to_text (12), "12"));
  CU_ASSERT_TRUE (is (kennis_number_to_text (-0.5), "-0.5"));
  CU_ASSERT_TRUE (is (kennis_number_to_text (NAN), ""));
  CU_ASSERT_TRUE (is (kennis_number_to_text (-INFINITY), "-inf"));
  CU_ASSERT_TRUE (is (kennis_number_to_text (5e-324), "5e-324"));
  CU_ASSERT_TRUE (is (kennis_number_to_text (DBL_MAX), "1.7976931348623157e+308"));
  for (int i = 0; i < 100000; i++)
    {
      guint64 bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
      double value;

      memcpy (&value, &bits, sizeof value);
      g_autofree char *text = kennis_number_to_text (value);
      wrong += isnan (value) ? *text != '\0' : g_ascii_strtod (text, NULL) != value;
    }
  CU_ASSERT_EQUAL (wrong, 0);
}

static void
put_word (GByteArray *bytes, guint32 word, gboolean swapped)
{
  word = swapped ? GUINT32_SWAP_LE_BE (word) : word;
  g_byte_array_append (bytes, (const guint8 *) &word, sizeof word);
}

typedef struct { const char *text; gsize length; } Piece;

/* A catalogue of three texts, the last with a plural. */
static GByteArray *
make_catalogue (gboolean swapped)
{
  static const Piece pieces[] = { { "", 0 },     { "apple", 5 }, { "pear\0pears", 10 },
                                  { "head", 4 }, { "appel", 5 }, { "peer\0peren", 10 } };
  GByteArray *bytes = g_byte_array_new ();
  guint32 at = 28 + 6 * 8;

  put_word (bytes, 0x950412de, swapped);
  put_word (bytes, 0, swapped);
  put_word (bytes, 3, swapped);
  put_word (bytes, 28, swapped);
  put_word (bytes, 28 + 3 * 8, swapped);
  put_word (bytes, 0, swapped);
  put_word (bytes, 0, swapped);
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      put_word (bytes, (guint32) pieces[i].length, swapped);
      put_word (bytes, at, swapped);
      at += (guint32) pieces[i].length + 1;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    g_byte_array_append (bytes, (const guint8 *) pieces[i].text, (guint) pieces[i].length + 1);
  return bytes;
}

static void
catalogues_are_read_in_either_byte_order (void)
{
  for (int swapped = 0; swapped < 2; swapped++)
    {
      g_autoptr (GByteArray) bytes = make_catalogue (swapped);
      gsize length;
      const char *found = kennis_texts_find (bytes->data, bytes->len, "apple", &length);

      CU_ASSERT_TRUE (g_strcmp0 (found, "appel") == 0 && length == 5);
      found = kennis_texts_find (bytes->data, bytes->len, "pear", &length);
      CU_ASSERT_TRUE (g_strcmp0 (found, "peer") == 0 && length == 10 && strcmp (found + 5, "peren") == 0);
      CU_ASSERT_PTR_NULL (kennis_texts_find (bytes->data, bytes->len, "plum", &length));
      CU_ASSERT_PTR_NULL (kennis_texts_find (bytes->data, bytes->len, "zebra", &length));
    }
}

/* In a heap block of exactly that length, so that the sanitizer sees a read beyond it. */
static gboolean
survives (const guint8 *data, gsize size)
{
  g_autofree guint8 *block = g_memdup2 (data, size);
  static const char *const asked[] = { "", "apple", "pear", "zebra" };
  gboolean sound = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      gsize length;
      const char *found = kennis_texts_find (block, size, asked[i], &length);

      sound &= found == NULL
               || ((const guint8 *) found >= block && (const guint8 *) found + length < block + size
                   && found[length] == '\0');
    }
  return sound;
}

static void
damaged_catalogues_are_survived (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GByteArray) bytes = make_catalogue (FALSE);
  int wrong = 0;

  for (guint size = 0; size < bytes->len; size++)
    wrong += !survives (bytes->data, size);
  for (int i = 0; i < 50000; i++)
    {
      g_autofree guint8 *damaged = g_memdup2 (bytes->data, bytes->len);

      for (int k = g_rand_int_range (rand, 1, 4); k > 0; k--)
        damaged[g_rand_int_range (rand, 4, (gint32) bytes->len)] =
            (guint8) (g_rand_boolean (rand) ? 0xff : g_rand_int_range (rand, 0, 256));
      wrong += !survives (damaged, bytes->len);
    }
  CU_ASSERT_EQUAL (wrong, 0);
  CU_ASSERT_PTR_NULL (kennis_texts_find (NULL, 0, "apple", &(gsize) { 0 }));
}

/* What programs may ask for. */
static void
programs_get_texts_and_numbers_too (void)
{
  g_autofree char *dutch = kennis_translate_number ("nl_BE.UTF-8", 1234.5, 1);
  g_autofree char *none = kennis_translate_number (NULL, NAN, 2);

  assert_text (kennis_translate ("nl", "Growth mindset"), kennis_text ("nl", "Growth mindset"));
  CU_ASSERT_STRING_NOT_EQUAL (kennis_translate ("fr", "Growth mindset"), "Growth mindset");
  assert_text (kennis_translate (NULL, "Growth mindset"), "Growth mindset");
  assert_text (kennis_translate ("nl", "a text of somebody else"), "a text of somebody else");
  assert_text (dutch, "1.234,5");
  assert_text (none, "–");
}

int
main (void)
{
  return kennis_test_main ("texts", (CU_TestInfo[]) {
    { "the language that fits is found", the_language_that_fits_is_found },
    { "texts go by language and not by locale", texts_go_by_language_and_not_by_locale },
    { "every catalogue is carried and has its head", every_catalogue_is_carried_and_has_its_head },
    { "without translation plurals are English", without_translation_plurals_are_english },
    { "numbers are written as people do", numbers_are_written_as_people_do },
    { "months and days are written as people do", months_and_days_are_written_as_people_do },
    { "data reads back as the same number", data_reads_back_as_the_same_number },
    { "catalogues are read in either byte order", catalogues_are_read_in_either_byte_order },
    { "programs get texts and numbers too", programs_get_texts_and_numbers_too },
    { "damaged catalogues are survived", damaged_catalogues_are_survived },
    CU_TEST_INFO_NULL,
  });
}
