#include "config.h"

#include "surveying/sur-study.h"

#include <math.h>
#include <string.h>

/* The questionnaire on paper: one HTML file that prints well. */

typedef struct { const char *language, *name, *intro, *team, *thanks; } Words;

static const Words words[] = {
  { "nl", "Vragenlijst", "Er zijn geen goede of foute antwoorden. Zet bij elke uitspraak een kruisje bij wat het best past; laat open wat niet van toepassing is.",
    "Team (alleen als je wilt; van een team met minder dan %u antwoorden wordt niets getoond):", "Bedankt." },
  { "en", "Questionnaire", "There are no right or wrong answers. Tick for each statement what fits best; leave open what does not apply.",
    "Team (only if you like; nothing is shown of a team with fewer than %u answers):", "Thank you." },
  { "fr", "Questionnaire", "Il n’y a pas de bonnes ni de mauvaises réponses. Cochez pour chaque énoncé ce qui convient le mieux ; laissez ouvert ce qui ne s’applique pas.",
    "Équipe (seulement si vous le souhaitez ; rien n’est montré d’une équipe de moins de %u réponses) :", "Merci." },
};

static const Words *
words_of (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].language, language))
      return &words[i];

  return &words[1];
}

/* Whole steps from the lowest to the highest answer; 0 where there are too many to tick. */
static guint
n_steps (KennisInstrument *instrument, const char *item)
{
  double range = kennis_instrument_get_item_high (instrument, item) - kennis_instrument_get_item_low (instrument, item);

  return range >= 1 && range <= 10 && range == floor (range) ? (guint) range + 1 : 0;
}

static void
item_head (GString *out, KennisInstrument *instrument, const char *item, const Words *say)
{
  g_auto (GStrv) answers = kennis_instrument_list_answers (instrument, item, say->language);
  guint n = n_steps (instrument, item);

  g_string_append (out, "<table><thead><tr><td></td>");
  for (guint k = 0; k < n; k++)
    {
      /* What the ends mean only the instrument can say: agreement is not what every item asks. */
      const char *own = answers != NULL && k < g_strv_length (answers) ? answers[k] : "";
      g_autofree char *safe = sur_escape (own);

      g_string_append_printf (out, "<th scope=\"col\">%s</th>", safe);
    }
  g_string_append (out, "</tr></thead><tbody>\n");
}

static void
item_row (GString *out, KennisInstrument *instrument, const char *item, guint number, const Words *say)
{
  const char *text = kennis_instrument_get_item_text (instrument, item, say->language);
  g_autofree char *safe = sur_escape (text != NULL ? text : item);
  double low = kennis_instrument_get_item_low (instrument, item);
  guint n = n_steps (instrument, item);

  g_string_append_printf (out, "<tr><th scope=\"row\">%u. %s</th>", number, safe);
  for (guint k = 0; k < n; k++)
    g_string_append_printf (out, "<td><span class=\"box\"></span>%.0f</td>", low + k);
  if (n == 0)
    g_string_append_printf (out, "<td class=\"line\">%g … %g: ________</td>", low,
                            kennis_instrument_get_item_high (instrument, item));
  g_string_append (out, "</tr>\n");
}

/* Items with the same answers share a head. */
static gboolean
is_alike (KennisInstrument *instrument, const char *a, const char *b, const char *language)
{
  g_auto (GStrv) x = kennis_instrument_list_answers (instrument, a, language),
                 y = kennis_instrument_list_answers (instrument, b, language);

  return kennis_instrument_get_item_low (instrument, a) == kennis_instrument_get_item_low (instrument, b)
         && kennis_instrument_get_item_high (instrument, a) == kennis_instrument_get_item_high (instrument, b)
         && (x == NULL) == (y == NULL)
         && (x == NULL || g_strv_equal ((const char *const *) x, (const char *const *) y));
}

static void
head (GString *out, const char *title, const Words *say)
{
  g_string_append_printf (out,
                          "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                          "content=\"width=device-width\"><title>%s</title>\n",
                          say->language, title);
  g_string_append (out, "<style>@page{size:A4;margin:1.5cm}body{font:11pt system-ui,'Noto Sans','DejaVu "
                        "Sans',sans-serif;max-width:48rem;margin:0 auto;padding:1rem}"
                        "table{border-collapse:collapse;width:100%;margin:0 0 1.2rem}td,thead "
                        "th{text-align:center;vertical-align:bottom;padding:.15rem .3rem;font-size:9pt;font-weight:400}"
                        "tbody th{text-align:left;font-weight:400;width:55%;padding:.35rem .5rem .35rem 0}tbody "
                        "td{vertical-align:middle}tbody tr{border-top:1px solid #999;break-inside:avoid}"
                        ".box{display:inline-block;width:.9em;height:.9em;border:1.2px "
                        "solid;margin-right:.25em;vertical-align:-.1em}.line{text-align:right}"
                        ".team{border-bottom:1px solid;padding-bottom:1.6em}"
                        ".last{break-inside:avoid}.last .thanks{border:0}.thanks td{text-align:left;font-size:11pt;"
                        "padding-top:1.2rem}</style></head><body>\n");
  g_string_append_printf (out, "<h1>%s</h1>\n<p>%s</p>\n", title, say->intro);
}

/* Where results are told by team, those who answer on paper have to say theirs; nobody has to. */
static void
ask_team (GString *out, const Words *say, guint minimum)
{
  g_auto (GStrv) parts = g_strsplit (say->team, "%u", 2);
  g_autofree char *number = g_strdup_printf ("%u", minimum), *text = g_strjoinv (number, parts);

  g_string_append_printf (out, "<p class=\"team\">%s</p>\n", text);
}

/* With the last item, so that it does not stand alone on a page: browsers keep rows of a table together, but not a table and what follows it. */
static void
thank (GString *out, guint n, const Words *say)
{
  g_string_append_printf (out, "<tr class=\"thanks\"><td colspan=\"%u\">%s</td></tr>\n</tbody></table>\n",
                          1 + MAX (n, 1), say->thanks);
}

char *
sur_print (KennisInstrument *instrument, const char *language, guint minimum_of_team)
{
  const Words *say = words_of (language);
  g_autofree char *title = sur_escape (kennis_instrument_get_title (instrument, language));
  g_auto (GStrv) items = kennis_instrument_list_items (instrument, NULL);
  GString *out = g_string_new (NULL);

  head (out, title, say);
  if (minimum_of_team > 0)
    ask_team (out, say, minimum_of_team);
  /* No titles of scales: who knows what an item is to measure answers otherwise. */
  for (guint i = 0; items[i] != NULL; i++)
    {
      if (i == 0 || !is_alike (instrument, items[i - 1], items[i], language))
        {
          g_string_append (out, i > 0 ? "</tbody></table>\n" : "");
          item_head (out, instrument, items[i], say);
        }
      g_string_append (out, items[i + 1] == NULL ? "</tbody><tbody class=\"last\">\n" : "");
      item_row (out, instrument, items[i], i + 1, say);
      if (items[i + 1] == NULL)
        thank (out, n_steps (instrument, items[i]), say);
    }
  g_string_append (out, "</body></html>\n");

  return g_string_free (out, FALSE);
}
