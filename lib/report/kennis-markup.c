#include "config.h"

#include "report/kennis-markup-private.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

KennisMarkup *
kennis_markup_new (gboolean is_html, gboolean indented)
{
  KennisMarkup *self = g_new0 (KennisMarkup, 1);

  self->text = g_string_new (is_html ? "<!DOCTYPE html>\n" : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  self->open = g_ptr_array_new ();
  self->is_html = is_html;
  self->indented = indented;

  return self;
}

void
kennis_markup_free (KennisMarkup *self)
{
  if (self == NULL)
    return;

  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->open);
  g_free (self);
}

GBytes *
kennis_markup_finish (KennisMarkup *self)
{
  GBytes *bytes;

  g_warn_if_fail (self->open->len == 0);

  g_string_append_c (self->text, '\n');
  bytes = g_string_free_to_bytes (g_steal_pointer (&self->text));
  self->text = g_string_new (NULL);
  kennis_markup_free (self);

  return bytes;
}

/* The characters of XML 1.0, less the C1 controls, which no one means. */
static gboolean
is_allowed (gunichar c)
{
  if (c < 0x20)
    return c == '\t' || c == '\n' || c == '\r';

  return !(c >= 0x7f && c < 0xa0) && !(c >= 0xd800 && c < 0xe000) && c != 0xfffe && c != 0xffff;
}

void
kennis_markup_escape (GString *target, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '&')
        g_string_append (target, "&amp;");
      else if (c == '<')
        g_string_append (target, "&lt;");
      else if (c == '>')
        g_string_append (target, "&gt;");
      else if (c == '"')
        g_string_append (target, "&quot;");
      else if (c == '\'')
        g_string_append (target, "&#39;");
      else if (c == '\r')
        g_string_append (target, "&#13;");
      else
        g_string_append_unichar (target, is_allowed (c) ? c : 0xfffd);
    }
}

static gboolean
is_void (const char *name)
{
  static const char *const names[] = { "br", "col", "hr", "img", "link", "meta", "wbr", NULL };

  return g_strv_contains (names, name);
}

static void
end_tag (KennisMarkup *self)
{
  if (self->in_tag)
    g_string_append_c (self->text, '>');
  self->in_tag = FALSE;
}

static void
indent (KennisMarkup *self)
{
  if (!self->indented || self->text->len == 0)
    return;

  if (self->text->str[self->text->len - 1] != '\n')
    g_string_append_c (self->text, '\n');
  for (guint i = 0; i < self->open->len; i++)
    g_string_append (self->text, "  ");
}

void
kennis_markup_open (KennisMarkup *self, const char *name)
{
  end_tag (self);
  indent (self);
  g_string_append_c (self->text, '<');
  g_string_append (self->text, name);
  g_ptr_array_add (self->open, (gpointer) name);
  self->in_tag = TRUE;
  self->has_child = FALSE;
}

void
kennis_markup_open_class (KennisMarkup *self, const char *name, const char *class_name)
{
  kennis_markup_open (self, name);
  kennis_markup_attr (self, "class", class_name);
}

void
kennis_markup_close (KennisMarkup *self)
{
  const char *name;

  g_return_if_fail (self->open->len > 0);

  name = g_ptr_array_steal_index (self->open, self->open->len - 1);
  if (self->in_tag && self->is_html && is_void (name))
    g_string_append_c (self->text, '>');
  else if (self->in_tag && !self->is_html)
    g_string_append (self->text, "/>");
  else
    {
      end_tag (self);
      if (self->has_child)
        indent (self);
      g_string_append_printf (self->text, "</%s>", name);
    }
  self->in_tag = FALSE;
  self->has_child = TRUE;
}

void
kennis_markup_attr (KennisMarkup *self, const char *name, const char *value)
{
  g_return_if_fail (self->in_tag);

  if (value == NULL)
    return;

  g_string_append_printf (self->text, " %s=\"", name);
  kennis_markup_escape (self->text, value);
  g_string_append_c (self->text, '"');
}

void
kennis_markup_attr_f (KennisMarkup *self, const char *name, const char *format, ...)
{
  g_autofree char *value = NULL;
  va_list arguments;

  va_start (arguments, format);
  value = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  kennis_markup_attr (self, name, value);
}

void
kennis_markup_attr_number (KennisMarkup *self, const char *name, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (value))
    kennis_markup_attr (self, name, g_ascii_formatd (buffer, sizeof buffer, "%.6g", value));
}

void
kennis_markup_text (KennisMarkup *self, const char *text)
{
  end_tag (self);
  if (text != NULL)
    kennis_markup_escape (self->text, text);
}

void
kennis_markup_leaf (KennisMarkup *self, const char *name, const char *class_name, const char *text)
{
  kennis_markup_open_class (self, name, class_name);
  kennis_markup_text (self, text);
  kennis_markup_close (self);
}

void
kennis_markup_line (KennisMarkup *self)
{
  end_tag (self);
  g_string_append_c (self->text, '\n');
}

void
kennis_markup_style (KennisMarkup *self, const char *literal)
{
  g_return_if_fail (strstr (literal, "</") == NULL);

  end_tag (self);
  g_string_append (self->text, literal);
}
