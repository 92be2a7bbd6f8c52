#include "config.h"

#include "kennis-test.h"

static void
the_domain_has_its_name (void)
{
  CU_ASSERT_STRING_EQUAL (g_quark_to_string (KENNIS_ERROR), "kennis-error-quark");
}

int
main (void)
{
  return kennis_test_main ("error", (CU_TestInfo[]) {
    { "the domain has its name", the_domain_has_its_name },
    CU_TEST_INFO_NULL,
  });
}
