#pragma once

#include <glib.h>

#include "surveying/sur-options.h"

/* A table of texts and numbers, written alike in every format.  Titles of columns are in English: they are translated where they are written. */
typedef struct { const char *id, *title; int digits; } SurColumn;   /* digits: −1 text, else behind the point */
typedef struct { char *text; double value; } SurCell;               /* text NULL: a number, NaN where there is none */

typedef struct
{
  const char *id, *title;
  char *note;                      /* what it says, for who is no statistician */
  const SurColumn *columns;
  guint n_columns;
  GArray *cells;                   /* of SurCell, row by row */
} SurTable;

SurTable *sur_table_new    (const char *id, const char *title, const char *note, const SurColumn *columns, guint n_columns);
void      sur_table_free   (SurTable *self);
void      sur_table_note   (SurTable *self, const char *more);   /* said behind the note */
void      sur_table_text   (SurTable *self, const char *text);   /* the next cell; NULL: an empty text */
void      sur_table_number (SurTable *self, double value);
guint     sur_table_rows   (const SurTable *self);

/* Of a GPtrArray of tables. */
char *sur_write_text (GPtrArray *tables, const char *title, const char *note, const char *language);
char *sur_write_html (GPtrArray *tables, const char *title, const char *note, const char *language);
char *sur_write_json (GPtrArray *tables, const char *title, const char *note);
char *sur_write_csv  (const SurTable *table);
char *sur_escape     (const char *text);
