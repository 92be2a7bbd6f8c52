#pragma once

#include <glib.h>

/* Text for a terminal: columns of what is shown, wide and combining characters counted as such. */
typedef enum
{
  KENNIS_STYLE_NONE,
  KENNIS_STYLE_BOLD,
  KENNIS_STYLE_DIM,
  KENNIS_STYLE_WARN
} KennisTerminalStyle;

guint kennis_terminal_width  (const char *text);
/* The text without what could steer a terminal or turn the direction of a line.  Free with g_free(). */
char *kennis_terminal_safe   (const char *text);
void  kennis_terminal_styled (GString *target, KennisTerminalStyle style, const char *text);
/* Cut to `width` with an ellipsis where it is longer, filled up where it is shorter; 0: as it is. */
void  kennis_terminal_pad    (GString *target, const char *text, guint width, gboolean to_the_right, KennisTerminalStyle style);
/* Words on lines of at most `width` columns, each with `indent` spaces before it; ends the last line. */
void  kennis_terminal_wrap   (GString *target, const char *text, guint indent, guint width, KennisTerminalStyle style);
