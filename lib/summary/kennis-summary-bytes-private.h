#pragma once

#include "summary/kennis-draft-private.h"

/* A summary as bytes, all numbers little-endian:
 *
 *   "KENNISUM", u32 version, u32 number of sections,
 *   for each section: name (16 bytes, NUL-padded), u32 version, u32 0, u64 offset, u64 length, u64 CRC-64 of its bytes,
 *   u64 CRC-64 of all bytes so far; then the sections, one after another.
 *
 * meta: time zone and currency; sources: u32 number and texts; texts: for each space u32 number and texts, sorted by
 * bytes, to whose ranks all indices refer.  A text is u32 length and its bytes.  Every other section is a table: u64
 * rows; then for each column i64 base, u8 bytes a row, u8 whether any is unknown, and the rows: value − base (+ 1 where
 * any is unknown, 0 standing for unknown), in the fewest bytes (of the first column: at least one, so that no count of
 * rows is more than the bytes that are there).  Rows are sorted and distinct (sharings without an id: sorted).
 *
 * There is one way to write a summary, and bytes that are not written so are refused. */
#define KENNIS_SUMMARY_MAGIC     "KENNISUM"
#define KENNIS_SUMMARY_VERSION   1
#define KENNIS_SECTION_VERSION   1
#define KENNIS_SECTION_NAME      16
#define KENNIS_SECTION_ENTRY     (KENNIS_SECTION_NAME + 4 + 4 + 8 + 8 + 8)
#define KENNIS_SUMMARY_HEADER    16

/* The sections in their order: these, those that compact, then the facts by type of record. */
typedef enum
{
  KENNIS_PART_META,
  KENNIS_PART_SOURCES,
  KENNIS_PART_TEXTS,
  KENNIS_PART_TOTALS,
  KENNIS_PART_SECTIONS,
  KENNIS_PART_FACTS = KENNIS_PART_SECTIONS + KENNIS_N_SECTIONS,
  KENNIS_N_PARTS = KENNIS_PART_FACTS + KENNIS_N_RECORD_TYPES
} KennisPart;

const char *kennis_summary_part_name (guint part);     /* NULL: activities, of which there is no section */
guint64     kennis_summary_crc       (const guint8 *data, gsize length);

#define KENNIS_TOTAL_COLUMNS (4 + KENNIS_N_ACTIVITY_FIELDS)

/* kennis-summary-check.c: is what was read such as a summary can be?  NULL, or what is wrong (not translated). */
const char *kennis_summary_check_element (KennisSection section, gconstpointer element);
const char *kennis_summary_check_total   (const KennisTotal *total);
const char *kennis_summary_check_codes   (KennisDataset *texts, KennisRecordType type, const gint64 *codes);
/* Every activity counts in one cell. */
const char *kennis_summary_check_sums    (const KennisDraft *draft);
