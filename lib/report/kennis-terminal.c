#include "config.h"

#include "report/kennis-terminal-private.h"

#include <string.h>

static guint
char_width (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

guint
kennis_terminal_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += char_width (g_utf8_get_char (p));

  return width;
}

/* Marks, embeddings, overrides and isolates of the bidirectional algorithm. */
static gboolean
turns_direction (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

char *
kennis_terminal_safe (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *safe = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029)
        g_string_append_c (safe, ' ');
      else if (!turns_direction (c))
        g_string_append_unichar (safe, g_unichar_iscntrl (c) ? 0xfffd : c);
    }

  return g_string_free (safe, FALSE);
}

void
kennis_terminal_styled (GString *target, KennisTerminalStyle style, const char *text)
{
  static const char *const codes[] = {
    [KENNIS_STYLE_NONE] = "",
    [KENNIS_STYLE_BOLD] = "\033[1m",
    [KENNIS_STYLE_DIM] = "\033[2m",
    [KENNIS_STYLE_WARN] = "\033[33m"
  };
  g_autofree char *safe = kennis_terminal_safe (text);

  g_string_append (target, codes[style]);
  g_string_append (target, safe);
  if (style != KENNIS_STYLE_NONE)
    g_string_append (target, "\033[0m");
}

static char *
cut (const char *text, guint width)
{
  const char *p = text;
  guint used = 0;

  if (kennis_terminal_width (text) <= width)
    return g_strdup (text);

  while (*p != '\0' && used + char_width (g_utf8_get_char (p)) <= width - 1)
    {
      used += char_width (g_utf8_get_char (p));
      p = g_utf8_next_char (p);
    }

  return g_strdup_printf ("%.*s…", (int) (p - text), text);
}

void
kennis_terminal_pad (GString *target, const char *text, guint width, gboolean to_the_right, KennisTerminalStyle style)
{
  g_autofree char *safe = kennis_terminal_safe (text);
  g_autofree char *shown = width > 0 ? cut (safe, width) : g_strdup (safe);
  guint used = kennis_terminal_width (shown), missing = used < width ? width - used : 0;

  if (to_the_right)
    g_string_append_printf (target, "%*s", (int) missing, "");
  kennis_terminal_styled (target, style, shown);
  if (!to_the_right)
    g_string_append_printf (target, "%*s", (int) missing, "");
}

void
kennis_terminal_wrap (GString *target, const char *text, guint indent, guint width, KennisTerminalStyle style)
{
  g_autofree char *safe = kennis_terminal_safe (text);
  g_auto (GStrv) words = g_strsplit (safe, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);
  guint used = indent;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint needed = kennis_terminal_width (words[i]);

      if (needed == 0)
        continue;
      if (line->len > 0 && used + 1 + needed > width)
        {
          g_string_append_printf (target, "%*s", (int) indent, "");
          kennis_terminal_styled (target, style, line->str);
          g_string_append_c (target, '\n');
          g_string_truncate (line, 0);
          used = indent;
        }
      used += needed + (line->len > 0);
      if (line->len > 0)
        g_string_append_c (line, ' ');
      g_string_append (line, words[i]);
    }

  if (line->len > 0)
    {
      g_string_append_printf (target, "%*s", (int) indent, "");
      kennis_terminal_styled (target, style, line->str);
      g_string_append_c (target, '\n');
    }
}
