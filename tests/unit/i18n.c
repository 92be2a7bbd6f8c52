#include "config.h"

#include "base/kennis-i18n-private.h"
#include "kennis-test.h"

#include <libintl.h>

static void
the_first_message_binds_the_text_domain (void)
{
  CU_ASSERT_STRING_EQUAL (_("no catalogue has this"), "no catalogue has this");
  CU_ASSERT_STRING_EQUAL (bindtextdomain (GETTEXT_PACKAGE, NULL), KENNIS_LOCALEDIR);
  CU_ASSERT_STRING_EQUAL (bind_textdomain_codeset (GETTEXT_PACKAGE, NULL), "UTF-8");
}

static void
a_plural_follows_its_number (void)
{
  CU_ASSERT_STRING_EQUAL (kennis_ngettext ("one stone", "many stones", 1), "one stone");
  CU_ASSERT_STRING_EQUAL (kennis_ngettext ("one stone", "many stones", 2), "many stones");
}

int
main (void)
{
  return kennis_test_main ("i18n", (CU_TestInfo[]) {
    { "the first message binds the text domain", the_first_message_binds_the_text_domain },
    { "a plural follows its number", a_plural_follows_its_number },
    CU_TEST_INFO_NULL,
  });
}
