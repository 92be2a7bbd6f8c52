#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-mapping-private.h"

#include <kennis/kennis-error.h>
#include <string.h>

char *
kennis_plain_name (const char *text,
                   gssize      length)
{
  g_autofree char *valid = g_utf8_make_valid (text, length);
  g_autofree char *lower = g_utf8_strdown (valid, -1);
  GString *plain = g_string_new (NULL);

  for (const char *c = lower; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar u = g_utf8_get_char (c);

      if (u != '_' && u != 0xfeff && !g_unichar_isspace (u))
        g_string_append_unichar (plain, u);
    }

  return g_string_free (plain, FALSE);
}

gboolean
kennis_plain_name_fits (const char  *plain,
                        char *const *names)
{
  for (; *names != NULL; names++)
    if (strchr (*names, '*') != NULL ? g_pattern_match_simple (*names, plain) : g_str_equal (*names, plain))
      return TRUE;

  return FALSE;
}

static gboolean
fail (GError **error, const char *text, const char *accepted)
{
  g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("“%s” is no template; accepted is %s"), text, accepted);

  return FALSE;
}

static gboolean
parse_unit (const char *word, KennisCellUnit *unit)
{
  static const struct { const char *word; KennisCellUnit unit; } units[] = {
    { "hours", KENNIS_CELL_HOURS },   { "minutes", KENNIS_CELL_MINUTES },     { "seconds", KENNIS_CELL_SECONDS },
    { "ms", KENNIS_CELL_MILLISECONDS }, { "percent", KENNIS_CELL_PERCENT },   { "score", KENNIS_CELL_SCORE },
    { "lower", KENNIS_CELL_LOWER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].word, word))
      {
        *unit = units[i].unit;
        return TRUE;
      }

  return FALSE;
}

static void
name_part (KennisPart *part, char *name, guint *n_columns)
{
  part->text = g_strdup (g_strstrip (name));
  if (g_str_equal (part->text, "#column") || g_str_equal (part->text, "#value") || g_str_equal (part->text, "#row"))
    {
      part->kind = part->text[1] == 'c'   ? KENNIS_PART_HEADER
                   : part->text[1] == 'v' ? KENNIS_PART_VALUE
                                          : KENNIS_PART_ROW;
      return;
    }

  part->kind = part->text[0] == '^' ? KENNIS_PART_PREAMBLE : KENNIS_PART_COLUMN;
  part->names = g_strsplit (part->text + (part->text[0] == '^' ? 1 : 0), "|", -1);
  for (char **n = part->names; *n != NULL; n++)
    {
      char *plain = kennis_plain_name (*n, -1);

      g_free (*n);
      *n = plain;
    }
  if (part->kind == KENNIS_PART_COLUMN)
    part->index = (*n_columns)++;
}

/* "Column|Other ~ regex @unit" */
static gboolean
parse_part (KennisTemplate *self, KennisPart *part, const char *inside, guint *n_columns, GError **error)
{
  g_autofree char *text = g_strdup (inside);
  char *at = strrchr (text, '@'), *tilde = strstr (text, " ~ ");

  if (at != NULL && parse_unit (g_strstrip (at + 1), &self->unit))
    *at = '\0';
  if (tilde != NULL)
    {
      *tilde = '\0';
      part->regex = g_regex_new (g_strstrip (tilde + 3), G_REGEX_OPTIMIZE, 0, error);
      if (part->regex == NULL)
        {
          g_prefix_error (error, "“%s”: ", inside);
          return FALSE;
        }
    }
  name_part (part, text, n_columns);
  if (part->text[0] == '\0')
    return fail (error, inside, _("the name of a column in braces"));

  return TRUE;
}

/* The brace that ends what the first one begins. */
static const char *
closing_brace (const char *open)
{
  guint depth = 0;

  for (const char *c = open; *c != '\0'; c++)
    {
      if (*c == '\\' && c[1] != '\0')
        c++;
      else if (*c == '{')
        depth++;
      else if (*c == '}' && --depth == 0)
        return c;
    }

  return NULL;
}

gboolean
kennis_template_init (KennisTemplate *self,
                      const char     *text,
                      guint          *n_columns,
                      GError        **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (KennisPart));
  gboolean ok = TRUE;

  *self = (KennisTemplate) { 0 };
  for (const char *c = text; ok && *c != '\0';)
    {
      KennisPart part = { 0 };

      if (*c == '{')
        {
          const char *close = closing_brace (c);
          g_autofree char *inside = close != NULL ? g_strndup (c + 1, (gsize) (close - c - 1)) : NULL;

          ok = inside != NULL ? parse_part (self, &part, inside, n_columns, error)
                              : fail (error, text, _("a brace that is closed, as in {Column}"));
          c = close != NULL ? close + 1 : c + strlen (c);
        }
      else
        {
          gsize n = strcspn (c, "{");

          part.text = g_strndup (c, n);
          c += n;
        }
      g_array_append_val (parts, part);
    }
  self->n_parts = parts->len;
  self->parts = (KennisPart *) (void *) g_array_free (g_steal_pointer (&parts), FALSE);
  if (!ok)
    kennis_template_clear (self);

  return ok;
}

void
kennis_template_clear (KennisTemplate *self)
{
  for (guint i = 0; i < self->n_parts; i++)
    {
      g_free (self->parts[i].text);
      g_strfreev (self->parts[i].names);
      g_clear_pointer (&self->parts[i].regex, g_regex_unref);
    }
  g_free (self->parts);
  *self = (KennisTemplate) { 0 };
}

gboolean
kennis_template_uses_each (const KennisTemplate *self)
{
  for (guint p = 0; p < self->n_parts; p++)
    if (self->parts[p].kind == KENNIS_PART_HEADER || self->parts[p].kind == KENNIS_PART_VALUE)
      return TRUE;

  return FALSE;
}
