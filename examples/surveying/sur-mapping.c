#include "config.h"

#include "surveying/sur-study.h"

#include <glib/gi18n.h>
#include <string.h>

/* The way back from LimeSurvey: a mapping that gives its answers the ids of the questionnaire's items. */

static const char head[] =
    "empty=N/A\n\n[match]\ncolumns=id|Response ID;submitdate|Date submitted;startlanguage|Start language;*%s*\n\n"
    "[rows]\nkeep={submitdate|Date submitted}\n\n"
    "# A question with the code team tells the team, where the survey has one.\n"
    "[record response]\neach=*[*];*X*X*\ninstrument=%s\nwave=%s\nrespondent={token|Access code}\n"
    "respondent.response={id|Response ID}\nteam={team}\n"
    "item={#column ~ ^(?:.*\\[|\\d+X\\d+X\\d+)([A-Za-z][A-Za-z0-9]*)\\]?$}\n"
    "score={#value ~ ^A?O?(-?\\d+(?:[.,]\\d+)?)$}\nlanguage={startlanguage|Start language}\n"
    "time={submitdate|Date submitted ~ ^(?!1980-01-01)(.+)$}\nneeds=item;score\n\n"
    "# LimeSurvey's codes, and the items that they stand for; what else was asked is left out.\n[words item]\n";

static gboolean
is_plain (const char *text)
{
  return *text != '\0' && strpbrk (text, "{}\n\r\\") == NULL;
}

char *
sur_mapping (KennisInstrument *instrument, const char *wave, GError **error)
{
  g_auto (GStrv) items = kennis_instrument_list_items (instrument, NULL), codes = sur_lss_codes (instrument);
  const char *id = kennis_instrument_get_id (instrument);
  g_autoptr (KennisMapping) trial = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (wave != NULL && !is_plain (wave))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("a wave in a mapping has no braces and no lines"));
      return NULL;
    }
  g_string_append_printf (text, "[mapping]\nid=limesurvey-%s\ntitle=LimeSurvey: %s\n", id,
                          kennis_instrument_get_title (instrument, "en"));
  g_string_append_printf (text, head, codes[0], id, wave != NULL ? wave : "1");
  for (guint i = 0; items[i] != NULL; i++)
    g_string_append_printf (text, "%s=%s\n", codes[i], items[i]);
  g_string_append (text, "*=\n");
  /* Whatever the instrument's words are: what is written can be read. */
  trial = kennis_mapping_new (text->str, id, error);

  return trial != NULL ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
