#include "config.h"

#include "dataset/kennis-intern-private.h"
#include "dataset/kennis-schema-private.h"
#include "kennis-test.h"

static void
every_text_has_one_index (void)
{
  g_autoptr (KennisIntern) intern = kennis_intern_new (), copy = NULL;
  gboolean same = TRUE;
  gsize length;

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < 100000; i++)
      {
        char text[20];
        int n = g_snprintf (text, sizeof text, "person-%u", i);

        same = same && kennis_intern_add (intern, text, n) == i;
      }
  CU_ASSERT (same);
  CU_ASSERT_EQUAL (kennis_intern_size (intern), 100000);

  copy = kennis_intern_snapshot (intern);
  kennis_intern_add (intern, "new", 3);
  CU_ASSERT_EQUAL (kennis_intern_size (copy), 100000);
  CU_ASSERT_STRING_EQUAL (kennis_intern_get (copy, 4711, &length), "person-4711");
  CU_ASSERT_EQUAL (length, 11);
  kennis_intern_make_index (copy);
  CU_ASSERT_EQUAL (kennis_intern_find (copy, "person-99999", 12), 99999);
  CU_ASSERT_EQUAL (kennis_intern_find (copy, "new", 3), KENNIS_INTERN_NONE);
  CU_ASSERT_EQUAL (kennis_intern_find (intern, "new", 3), 100000);
}

static void
texts_of_any_bytes_and_length_are_kept (void)
{
  g_autoptr (KennisIntern) intern = kennis_intern_new ();
  g_autofree char *text = g_malloc0 (KENNIS_MAX_TEXT + 1);
  gsize length;

  CU_ASSERT_EQUAL (kennis_intern_add (intern, "", 0), 0);
  CU_ASSERT_EQUAL (kennis_intern_add (intern, "a\0b", 3), 1);
  CU_ASSERT_EQUAL (kennis_intern_add (intern, "a", 1), 2);
  for (guint i = 0; i < 9; i++)
    {
      text[0] = (char) i;
      CU_ASSERT_EQUAL (kennis_intern_add (intern, text, KENNIS_MAX_TEXT), 3 + i);
    }
  CU_ASSERT_EQUAL (kennis_intern_add (intern, text, KENNIS_MAX_TEXT + 1), KENNIS_INTERN_NONE);
  CU_ASSERT (memcmp (kennis_intern_get (intern, 1, &length), "a\0b", 4) == 0 && length == 3);
  CU_ASSERT (kennis_intern_get (intern, 7, &length)[0] == 4 && length == KENNIS_MAX_TEXT);
}

int
main (void)
{
  return kennis_test_main ("intern", (CU_TestInfo[]) {
    { "every text has one index", every_text_has_one_index },
    { "texts of any bytes and length are kept", texts_of_any_bytes_and_length_are_kept },
    CU_TEST_INFO_NULL,
  });
}
