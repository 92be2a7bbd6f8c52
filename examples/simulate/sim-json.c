#include "config.h"

#include "simulate/sim-json.h"

#include <math.h>

static void
quote (GString    *text,
       const char *word)
{
  g_string_append_c (text, '"');
  for (const char *c = word; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_printf (text, "\\%c", *c);
      else if ((guchar) *c < 0x20)
        g_string_append_printf (text, "\\u%04x", (guint) (guchar) *c);
      else
        g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

static void
begin (SimJson    *self,
       const char *key)
{
  if (!self->first)
    g_string_append_c (self->text, ',');
  if (self->depth > 0)
    g_string_append_printf (self->text, "\n%*s", (int) (2 * self->depth), "");
  self->first = FALSE;
  if (key == NULL)
    return;
  quote (self->text, key);
  g_string_append (self->text, ": ");
}

void
sim_json_init (SimJson *self)
{
  *self = (SimJson) { g_string_new (NULL), 0, TRUE };
}

void
sim_json_open (SimJson    *self,
               const char *key,
               char        bracket)
{
  begin (self, key);
  g_string_append_c (self->text, bracket);
  self->depth++;
  self->first = TRUE;
}

void
sim_json_close (SimJson *self,
                char     bracket)
{
  self->depth--;
  if (!self->first)
    g_string_append_printf (self->text, "\n%*s", (int) (2 * self->depth), "");
  g_string_append_c (self->text, bracket);
  self->first = FALSE;
}

void
sim_json_number (SimJson    *self,
                 const char *key,
                 double      number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  begin (self, key);
  for (int digits = 6; isfinite (number) && digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, number);
      if (g_ascii_strtod (buffer, NULL) == number)
        break;
    }
  g_string_append (self->text, isfinite (number) ? buffer : "null");
}

void
sim_json_text (SimJson    *self,
               const char *key,
               const char *text)
{
  begin (self, key);
  if (text != NULL)
    quote (self->text, text);
  else
    g_string_append (self->text, "null");
}

void
sim_json_bool (SimJson    *self,
               const char *key,
               gboolean    value)
{
  begin (self, key);
  g_string_append (self->text, value ? "true" : "false");
}

char *
sim_json_finish (SimJson *self)
{
  g_string_append_c (self->text, '\n');

  return g_string_free (g_steal_pointer (&self->text), FALSE);
}
