#pragma once

#include <glib.h>

/* Messages of the library in the language of the process.  Every source of lib/ that speaks includes this instead of
 * <glib/gi18n-lib.h>, which leaves the text domain unbound: the library has no init function, so the first message
 * binds it.  Texts of reports go by language and not by locale: see kennis-texts-private.h. */
#define _(text)                             kennis_gettext (text)
#define N_(text)                            (text)

const char *kennis_gettext  (const char *text) G_GNUC_FORMAT (1);
const char *kennis_ngettext (const char *one, const char *many, gulong n) G_GNUC_FORMAT (1) G_GNUC_FORMAT (2);
