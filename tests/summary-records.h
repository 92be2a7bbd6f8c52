#pragma once

#include <string.h>

#include "summary/kennis-summary-bytes-private.h"

/* Records that belong to no dataset, so that tests can deal them out over several: fields as in the schema, texts as
 * texts. */
typedef struct
{
  KennisRecordType type;
  gint64 codes[KENNIS_MAX_FIELDS];
  char texts[KENNIS_MAX_FIELDS][64];   /* "" unknown */
} TestRecord;

static inline void
test_record_init (TestRecord       *self,
                  KennisRecordType  type)
{
  const KennisSchema *schema = kennis_schema_get (type);

  memset (self, 0, sizeof *self);
  self->type = type;
  for (guint f = 0; f < schema->n_fields; f++)
    self->codes[f] = kennis_field_unknown (&schema->fields[f]);
}

/* Adds it through the checks that readers go through; false where it is refused. */
static inline gboolean
test_record_add (const TestRecord *self,
                 KennisDataset    *dataset)
{
  const KennisSchema *schema = kennis_schema_get (self->type);
  gint64 codes[KENNIS_MAX_FIELDS];
  gboolean added;

  memcpy (codes, self->codes, sizeof codes);
  for (guint f = 0; f < schema->n_fields; f++)
    if (*self->texts[f] != '\0')
      codes[f] = kennis_dataset_intern (dataset, schema->fields[f].space, self->texts[f], strlen (self->texts[f]), NULL);

  return kennis_dataset_append (dataset, self->type, codes, &added, NULL) && added;
}

static inline KennisDataset *
test_dataset_new_in (const char *zone)
{
  KennisDataset *dataset = kennis_dataset_new (zone, "EUR", NULL);

  kennis_dataset_set_accept_seen (dataset, TRUE);
  kennis_dataset_set_deferred (dataset, TRUE);

  return dataset;
}

static inline KennisDataset *
test_dataset_new (void)
{
  return test_dataset_new_in ("Europe/Amsterdam");
}

static inline gboolean
test_chance (GRand *random,
             double        p)
{
  return g_rand_double (random) < p;
}

/* Some ms in 2023 to 2025, often on a round hour and often on a month's edge. */
static inline gint64
test_time (GRand *random)
{
  gint64 time = G_GINT64_CONSTANT (1672531200000) + (gint64) g_rand_int_range (random, 0, 1096 * 24) * 3600000;

  if (test_chance (random, 0.2))
    time += g_rand_int_range (random, 0, 3600000);

  return time;
}

static inline void
test_text (char         *text,
           GRand *random,
           const char   *stem,
           guint         n)
{
  g_snprintf (text, 64, "%s%u", stem, g_rand_int_range (random, 0, n));
}

static inline void
test_random_activity (TestRecord   *self,
                      GRand *random,
                      guint         k)
{
  gint64 *codes = self->codes;

  test_record_init (self, KENNIS_RECORD_TYPE_ACTIVITY);
  if (test_chance (random, 0.5))
    g_snprintf (self->texts[KENNIS_ACTIVITY_ID], 64, "a%u", k);
  if (test_chance (random, 0.3))
    test_text (self->texts[KENNIS_ACTIVITY_SESSION], random, "session", 20);
  test_text (self->texts[KENNIS_ACTIVITY_PERSON], random, "p", 12);
  if (test_chance (random, 0.8))
    test_text (self->texts[KENNIS_ACTIVITY_TOPIC], random, "topic", 4);
  codes[KENNIS_ACTIVITY_FORM] = g_rand_int_range (random, 0, 9);
  codes[KENNIS_ACTIVITY_SETTING] = g_rand_int_range (random, 0, 5);
  codes[KENNIS_ACTIVITY_APPROACH] = g_rand_int_range (random, 0, 2);
  codes[KENNIS_ACTIVITY_INITIATIVE] = g_rand_int_range (random, 0, 4);
  codes[KENNIS_ACTIVITY_STATUS] = g_rand_int_range (random, 0, 11);
  codes[KENNIS_ACTIVITY_EXTERNAL] = g_rand_int_range (random, 0, 3);
  if (test_chance (random, 0.8))
    codes[KENNIS_ACTIVITY_START] = test_time (random);
  if (test_chance (random, 0.8))
    codes[KENNIS_ACTIVITY_ENDED] = codes[KENNIS_ACTIVITY_START] == KENNIS_UNKNOWN
                                     ? test_time (random)
                                     : codes[KENNIS_ACTIVITY_START] + (gint64) g_rand_int_range (random, 0, 2400) * 3600000;
  if (test_chance (random, 0.2) || (codes[KENNIS_ACTIVITY_START] == KENNIS_UNKNOWN &&
                                    codes[KENNIS_ACTIVITY_ENDED] == KENNIS_UNKNOWN))
    codes[KENNIS_ACTIVITY_REQUESTED] = test_time (random);
  if (codes[KENNIS_ACTIVITY_REQUESTED] != KENNIS_UNKNOWN && test_chance (random, 0.5))
    codes[KENNIS_ACTIVITY_DECIDED] = codes[KENNIS_ACTIVITY_REQUESTED] + (gint64) g_rand_int_range (random, 0, 5000) * 1000000;
  if (codes[KENNIS_ACTIVITY_ENDED] != KENNIS_UNKNOWN && test_chance (random, 0.4))
    codes[KENNIS_ACTIVITY_APPLIED] = codes[KENNIS_ACTIVITY_ENDED] + (gint64) g_rand_int_range (random, 0, 5000) * 1000000;
  if (codes[KENNIS_ACTIVITY_ENDED] != KENNIS_UNKNOWN && test_chance (random, 0.2))
    codes[KENNIS_ACTIVITY_EVALUATED] = codes[KENNIS_ACTIVITY_ENDED];
  if (test_chance (random, 0.8))
    codes[KENNIS_ACTIVITY_DURATION] = g_rand_int_range (random, 0, 200000000);
  if (test_chance (random, 0.5))
    codes[KENNIS_ACTIVITY_COST] = g_rand_int_range (random, 0, 100000000);
}

static inline void
test_random_sharing (TestRecord   *self,
                     GRand *random,
                     guint         k)
{
  test_record_init (self, KENNIS_RECORD_TYPE_SHARING);
  if (test_chance (random, 0.3))
    g_snprintf (self->texts[KENNIS_SHARING_ID], 64, "s%u", k);
  if (test_chance (random, 0.3))
    test_text (self->texts[KENNIS_SHARING_SESSION], random, "session", 20);
  test_text (self->texts[KENNIS_SHARING_GIVER], random, "p", 6);
  test_text (self->texts[KENNIS_SHARING_RECEIVER], random, "q", 6);
  test_text (self->texts[KENNIS_SHARING_TOPIC], random, "topic", 3);
  self->codes[KENNIS_SHARING_KIND] = g_rand_int_range (random, 0, 12);
  /* Few times, so that some sharings without an id are equal in all. */
  self->codes[KENNIS_SHARING_TIME] = G_GINT64_CONSTANT (1700000000000) + g_rand_int_range (random, 0, 3);
}

/* Whose natural key is k, so that no two records have one key. */
static inline void
test_random_fact (TestRecord   *self,
                  GRand *random,
                  guint         k)
{
  static const KennisRecordType types[] = { KENNIS_RECORD_TYPE_PERSON, KENNIS_RECORD_TYPE_TEAM, KENNIS_RECORD_TYPE_TOPIC,
                                            KENNIS_RECORD_TYPE_MOMENT, KENNIS_RECORD_TYPE_TALK, KENNIS_RECORD_TYPE_GOAL,
                                            KENNIS_RECORD_TYPE_RESPONSE, KENNIS_RECORD_TYPE_OUTCOME };
  gint64 time = G_GINT64_CONSTANT (1700000000000) + (gint64) k * 60000;

  test_record_init (self, types[k % G_N_ELEMENTS (types)]);
  switch (self->type)
    {
    case KENNIS_RECORD_TYPE_PERSON:
      test_text (self->texts[KENNIS_PERSON_ID], random, "p", 12);
      self->codes[KENNIS_PERSON_EFFECTIVE] = time;
      test_text (self->texts[KENNIS_PERSON_TEAM], random, "team", 5);
      test_text (self->texts[KENNIS_PERSON_LEADER], random, "boss", 3);
      self->codes[KENNIS_PERSON_FTE] = g_rand_int_range (random, 0, 1000001);
      break;
    case KENNIS_RECORD_TYPE_TEAM:
      g_snprintf (self->texts[KENNIS_TEAM_ID], 64, "unit%u", k);
      test_text (self->texts[KENNIS_TEAM_PARENT], random, "team", 5);
      break;
    case KENNIS_RECORD_TYPE_TOPIC:
      g_snprintf (self->texts[KENNIS_TOPIC_ID], 64, "subject%u", k);
      break;
    case KENNIS_RECORD_TYPE_MOMENT:
      test_text (self->texts[KENNIS_MOMENT_TEAM], random, "team", 5);
      self->codes[KENNIS_MOMENT_KIND] = 1 + g_rand_int_range (random, 0, 6);
      self->codes[KENNIS_MOMENT_TIME] = time;
      g_snprintf (self->texts[KENNIS_MOMENT_ATTENDEES], 64, "p%u\nq%u\nr%u", g_rand_int_range (random, 0, 9),
                  g_rand_int_range (random, 0, 9), g_rand_int_range (random, 0, 9));
      break;
    case KENNIS_RECORD_TYPE_TALK:
      test_text (self->texts[KENNIS_TALK_PERSON], random, "p", 12);
      test_text (self->texts[KENNIS_TALK_LEADER], random, "boss", 3);
      self->codes[KENNIS_TALK_HELD] = time;
      break;
    case KENNIS_RECORD_TYPE_GOAL:
      test_text (self->texts[KENNIS_GOAL_PERSON], random, "p", 12);
      self->codes[KENNIS_GOAL_SET] = time;
      break;
    case KENNIS_RECORD_TYPE_RESPONSE:
      strcpy (self->texts[KENNIS_RESPONSE_INSTRUMENT], "i");
      strcpy (self->texts[KENNIS_RESPONSE_WAVE], "w");
      g_snprintf (self->texts[KENNIS_RESPONSE_RESPONDENT], 64, "p%u", k % 40);
      g_snprintf (self->texts[KENNIS_RESPONSE_ITEM], 64, "item%u", k);
      self->codes[KENNIS_RESPONSE_SCORE] = g_rand_int_range (random, 0, 6) * 1000000;
      break;
    default:
      test_text (self->texts[KENNIS_OUTCOME_TEAM], random, "team", 5);
      strcpy (self->texts[KENNIS_OUTCOME_MEASURE], "sales");
      self->codes[KENNIS_OUTCOME_PERIOD] = time;
      self->codes[KENNIS_OUTCOME_VALUE] = -(gint64) g_rand_int_range (random, 0, 5000000);
      break;
    }
}

/* n records of every sort, no two of which are one. */
static inline TestRecord *
test_random_records (guint64 seed,
                     guint   n)
{
  TestRecord *records = g_new (TestRecord, n);
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) seed);

  for (guint k = 0; k < n; k++)
    if (k % 4 < 2)
      test_random_activity (&records[k], random, k);
    else if (k % 4 == 2)
      test_random_sharing (&records[k], random, k);
    else
      test_random_fact (&records[k], random, k / 4);

  return records;
}

/* Makes the checksums right again, so that what changed gets past them. */
static inline void
test_repair_checksums (guint8 *data,
                       gsize   length)
{
  guint32 n_parts;

  if (length < KENNIS_SUMMARY_HEADER + 8)
    return;
  memcpy (&n_parts, data + 12, sizeof n_parts);
  n_parts = GUINT32_FROM_LE (n_parts);
  if (n_parts > (length - KENNIS_SUMMARY_HEADER - 8) / KENNIS_SECTION_ENTRY)
    return;

  for (guint32 i = 0; i < n_parts; i++)
    {
      guint8 *entry = data + KENNIS_SUMMARY_HEADER + (gsize) i * KENNIS_SECTION_ENTRY + KENNIS_SECTION_NAME + 8;
      guint64 place[2], crc;

      memcpy (place, entry, sizeof place);
      place[0] = GUINT64_FROM_LE (place[0]);
      place[1] = GUINT64_FROM_LE (place[1]);
      if (place[0] > length || place[1] > length - place[0])
        continue;
      crc = GUINT64_TO_LE (kennis_summary_crc (data + place[0], place[1]));
      memcpy (entry + sizeof place, &crc, sizeof crc);
    }

  gsize header = KENNIS_SUMMARY_HEADER + (gsize) n_parts * KENNIS_SECTION_ENTRY;
  guint64 crc = GUINT64_TO_LE (kennis_summary_crc (data, header));
  memcpy (data + header, &crc, sizeof crc);
}
