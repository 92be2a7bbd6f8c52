#pragma once

#include <glib.h>

/* Writes elements: HTML, XML and SVG alike.  Every text and every attribute goes through here and is escaped on its way;
 * there is no call that takes markup from outside.  Names of elements and attributes are literals of this program.
 *
 * What no XML document may hold (control characters, what is not UTF-8) becomes U+FFFD. */
typedef struct
{
  GString   *text;
  GPtrArray *open;      /* names of elements that are open, literals */
  gboolean   in_tag;    /* the last start tag still takes attributes */
  gboolean   is_html;   /* void elements end without a slash, empty ones never by themselves */
  gboolean   indented;  /* an element on a line of its own; not where text stands beside elements */
  gboolean   has_child; /* the innermost element has elements in it */
} KennisMarkup;

KennisMarkup *kennis_markup_new    (gboolean is_html, gboolean indented);
void          kennis_markup_free   (KennisMarkup *self);
/* All elements must be closed.  Frees self. */
GBytes       *kennis_markup_finish (KennisMarkup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KennisMarkup, kennis_markup_free)

void kennis_markup_open   (KennisMarkup *self, const char *name);
void kennis_markup_close  (KennisMarkup *self);
/* Until something else is written; a NULL value leaves the attribute out. */
void kennis_markup_attr   (KennisMarkup *self, const char *name, const char *value);
void kennis_markup_attr_f (KennisMarkup *self, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* A number in the shape of XML and SVG, whatever the locale; NaN leaves the attribute out. */
void kennis_markup_attr_number (KennisMarkup *self, const char *name, double value);
void kennis_markup_text   (KennisMarkup *self, const char *text);
/* Open with an attribute class (NULL: none), text and close. */
void kennis_markup_leaf   (KennisMarkup *self, const char *name, const char *class_name, const char *text);
void kennis_markup_open_class (KennisMarkup *self, const char *name, const char *class_name);
/* A line break in the source, for those who read it. */
void kennis_markup_line   (KennisMarkup *self);
/* The only text that is not escaped: a literal of this program inside <style>. */
void kennis_markup_style  (KennisMarkup *self, const char *literal);

/* Appends `text` so that it is safe between tags and between double quotes. */
void kennis_markup_escape (GString *target, const char *text);
