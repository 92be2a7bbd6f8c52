#pragma once

#include <kennis/kennis-mapping.h>

#include "dataset/kennis-dataset-private.h"
#include "read/kennis-csv-private.h"

/* One part of a template: "{Column|Other ~ regex @unit}", or what stands outside of braces. */
typedef enum
{
  KENNIS_PART_LITERAL,
  KENNIS_PART_COLUMN,
  KENNIS_PART_PREAMBLE,   /* {^Name}: the cell beside this name, above the header */
  KENNIS_PART_HEADER,     /* {#column}: with each=, the column's name as it stands */
  KENNIS_PART_VALUE,      /* {#value}: with each=, the column's cell */
  KENNIS_PART_ROW         /* {#row}: the number of the row below the header */
} KennisPartKind;

typedef struct
{
  KennisPartKind kind;
  char    *text;          /* of a literal; of a column, its names as written */
  char   **names;         /* plain names, which may have a '*' */
  GRegex  *regex;
  guint    index;         /* among all columns of the mapping */
} KennisPart;

typedef struct
{
  KennisPart *parts;
  guint       n_parts;
  KennisCellUnit  unit;
} KennisTemplate;

typedef struct
{
  guint          field;
  char          *member;  /* of pairs: the name */
  KennisTemplate template;
} KennisMapField;

/* Of a record of a mapping of statements (xAPI): which ones make it. */
typedef struct
{
  char     **verbs, **types, **unless_types, **profiles;   /* names of the lists, or IRIs; NULL: any */
  KennisTemplate merge;   /* statements that agree in it, the person and the topic make one record */
  gboolean   sums;        /* their durations are added up */
  gint64     within;      /* ms: so far apart may those be in which `merge` says nothing, to make one record; 0: each its own */
} KennisMapStatements;

/* A name of [verbs], [types] or [profiles]. */
typedef struct
{
  char  *name;
  char **iris;
} KennisMapIris;

enum { KENNIS_MAP_VERBS, KENNIS_MAP_TYPES, KENNIS_MAP_PROFILES, KENNIS_MAP_N_LISTS };
#define KENNIS_MAP_MAX_NAMES 62u

typedef struct
{
  const KennisSchema *schema;
  KennisMapStatements statements;
  GArray     *fields;     /* KennisMapField, by field */
  KennisTemplate when, unless;
  char      **each, **except;   /* plain names; NULL: one record of every row */
  guint32     needs;      /* fields without which no record is made */
} KennisMapRecord;

typedef struct
{
  KennisRecordType type;
  int    field;           /* −1: the record type as a whole */
  gint64 from, until;     /* dates as days; KENNIS_UNKNOWN */
} KennisMapCoverage;

struct _KennisMapping
{
  GObject parent_instance;

  char *id, *title, *description;
  char *text;             /* as it was written */
  char **match, **absent; /* every one "name|other" */
  GPtrArray *records;     /* KennisMapRecord */
  GArray *coverages;      /* KennisMapCoverage */
  GArray *keeps, *ignores;   /* KennisTemplate */
  GHashTable *words;      /* field's name → words: plain text → what it means */
  GHashTable *empties;    /* plain texts that say nothing */
  KennisCsvRules rules;
  gboolean says_decimal;  /* rules.decimal is the mapping's own word */
  char *zone;             /* of times without an offset; NULL: the dataset's */
  GRegex *zone_regex;     /* what in the header names it */
  GRegex *end;            /* what in the first cell ends the rows */
  KennisEncoding encoding;
  char delimiter;         /* 0: found out */
  guint extra_rows;       /* of the header, below its first */
  guint n_columns;        /* that templates name */
  gboolean is_of_statements;   /* xAPI: "columns" are properties of statements */
  GArray *lists[KENNIS_MAP_N_LISTS];   /* KennisMapIris */
  char  **accounts;       /* home pages whose account names are people's own ids; NULL: none */
  gboolean is_calendar;   /* iCalendar: "columns" are properties of events */
  char  **present;        /* answers of who counts as present, and "organizer"; NULL: the usual ones */
  gint64  from, until;    /* days, until is not in it: events outside are left out; KENNIS_UNKNOWN */
  gint64  day_length;     /* ms that a whole day counts for; KENNIS_UNKNOWN */
  guint   n_occurrences;  /* of one series at most; 0: the usual number */
};

/* Lower case, without spaces and underscores: how names are compared.  Free with g_free(). */
char    *kennis_plain_name        (const char *text, gssize length);
/* A name of the header, and "a|b*" of a mapping. */
gboolean kennis_plain_name_fits   (const char *plain, char *const *names);
gboolean kennis_template_init     (KennisTemplate *self, const char *text, guint *n_columns, GError **error);
void     kennis_template_clear    (KennisTemplate *self);
/* Does it name {#column} or {#value}? */
gboolean kennis_template_uses_each (const KennisTemplate *self);
/* May rows be rows of this mapping with such a header?  0: no; else how many of its columns there are. */
guint    kennis_mapping_fits      (KennisMapping *self, char *const *plain_header, guint n);
/* A record of coverage, for a dataset. */
void     kennis_map_coverage_codes (const KennisMapCoverage *coverage, KennisDataset *dataset, gint64 *codes);
/* kennis-mapping-parse.c */
/* Sets the error to what is wrong with a key of a group; always false. */
gboolean kennis_map_wrong         (GError **error, const char *group, const char *key, const char *problem);
/* A day as 2024-01-31; false, and a translated text of what would be accepted. */
gboolean kennis_map_coverage_day  (const char *text, gint64 *day, const char **accepted);
gboolean kennis_mapping_parse     (KennisMapping *self, GKeyFile *file, GError **error);
void     kennis_map_record_free   (gpointer record);
/* kennis-mapping-statements.c: what mappings of xAPI have beside that. */
void     kennis_map_statements_init  (KennisMapping *self);
void     kennis_map_statements_clear (KennisMapping *self);
void     kennis_map_statements_clear_record (KennisMapStatements *self);
/* 1: the key was one of these, 0: it is another one, −1: an error. */
int      kennis_map_statements_key   (KennisMapping *self, KennisMapRecord *record, const char *group, const char *key,
                                      const char *value, GError **error);
int      kennis_map_statements_group (KennisMapping *self, GKeyFile *file, const char *group, GError **error);
gboolean kennis_map_statements_check (KennisMapping *self, GError **error);
/* kennis-mapping-calendar.c: what mappings of iCalendar have beside that. */
int      kennis_map_calendar_key   (KennisMapping *self, const char *key, const char *value, GError **error);
gboolean kennis_map_calendar_check (KennisMapping *self, GError **error);
void     kennis_map_calendar_clear (KennisMapping *self);
