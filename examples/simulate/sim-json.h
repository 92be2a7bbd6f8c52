#pragma once

#include <glib.h>

/* Writes JSON with one member a line.  Numbers are printed as short as they read back the same, in no locale; what is not
 * finite is null. */
typedef struct
{
  GString *text;
  guint    depth;
  gboolean first;
} SimJson;

void  sim_json_init   (SimJson *self);
/* key: NULL inside an array.  bracket: '{' or '['. */
void  sim_json_open   (SimJson *self, const char *key, char bracket);
void  sim_json_close  (SimJson *self, char bracket);
void  sim_json_number (SimJson *self, const char *key, double number);
void  sim_json_text   (SimJson *self, const char *key, const char *text);
void  sim_json_bool   (SimJson *self, const char *key, gboolean value);
char *sim_json_finish (SimJson *self);
