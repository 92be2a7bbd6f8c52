#include "config.h"

#include "base/kennis-i18n-private.h"

#include <libintl.h>

/* Translators' catalogues lie where this library was installed, and GLib expects UTF-8 whatever the locale's charset. */
static const char *
bound_domain (void)
{
  static gsize bound = 0;

  if (g_once_init_enter (&bound))
    {
      bindtextdomain (GETTEXT_PACKAGE, KENNIS_LOCALEDIR);
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      g_once_init_leave (&bound, 1);
    }
  return GETTEXT_PACKAGE;
}

const char *
kennis_gettext (const char *text)
{
  return g_dgettext (bound_domain (), text);
}

const char *
kennis_ngettext (const char *one, const char *many, gulong n)
{
  return g_dngettext (bound_domain (), one, many, n);
}
