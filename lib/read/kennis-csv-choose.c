#include "config.h"

#include "read/kennis-csv-read-private.h"

#include <string.h>

static const char delimiters[] = { ',', ';', '\t', '|' };

static GPtrArray *
plain_row (const KennisCsvRow *row)
{
  GPtrArray *plain = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < row->n_cells; i++)
    {
      gsize length;
      const char *cell = kennis_csv_row_cell (row, i, &length);

      g_ptr_array_add (plain, kennis_plain_name (cell, (gssize) length));
    }

  return plain;
}

/* Spreadsheets say it in a first line of its own. */
static guint
take_sep (const char *text, gsize length, char *delimiter)
{
  guint n = 5;

  if (length < 6 || g_ascii_strncasecmp (text, "sep=", 4) != 0 || (text[5] != '\n' && text[5] != '\r'))
    return 0;
  *delimiter = text[4];
  while (n < length && (text[n] == '\n' || text[n] == '\r'))
    n++;

  return n;
}

/* More columns that a mapping asks for, then more that it uses, wins. */
static guint
score_of (KennisMapping *mapping, const GPtrArray *header)
{
  guint n = kennis_mapping_fits (mapping, (char *const *) header->pdata, header->len), n_used = 0;

  if (n == 0)
    return 0;
  for (guint r = 0; r < mapping->records->len; r++)
    {
      const KennisMapRecord *record = mapping->records->pdata[r];

      for (guint f = 0; f < record->fields->len; f++)
        {
          const KennisTemplate *template = &g_array_index (record->fields, KennisMapField, f).template;

          for (guint p = 0; p < template->n_parts; p++)
            for (guint i = 0; template->parts[p].kind == KENNIS_PART_COLUMN && i < header->len; i++)
              if (kennis_plain_name_fits (header->pdata[i], template->parts[p].names))
                {
                  n_used++;
                  break;
                }
        }
    }

  return n * 1000 + MIN (n_used, 999);
}

typedef struct
{
  GListModel *mappings;
  guint best;
  KennisCsvChoice *choice;
} Search;

static void
look_at_row (Search *search, const KennisCsvRow *row, guint n, char delimiter)
{
  g_autoptr (GPtrArray) plain = plain_row (row);

  for (guint m = 0; m < g_list_model_get_n_items (search->mappings); m++)
    {
      g_autoptr (KennisMapping) mapping = g_list_model_get_item (search->mappings, m);
      guint score = mapping->delimiter == 0 || mapping->delimiter == delimiter ? score_of (mapping, plain) : 0;

      if (score <= search->best)
        continue;
      search->best = score;
      g_set_object (&search->choice->mapping, mapping);
      search->choice->delimiter = delimiter;
      search->choice->row = n;
    }
}

void
kennis_csv_choose (const char      *text,
                   gsize            length,
                   KennisMapping   *given,
                   KennisCsvChoice *choice)
{
  g_autoptr (GListModel) mappings =
      given == NULL ? kennis_mapping_list () : G_LIST_MODEL (g_list_store_new (KENNIS_TYPE_MAPPING));
  Search search = { .mappings = mappings, .choice = choice };
  char declared = 0;

  *choice = (KennisCsvChoice) { 0 };
  if (given != NULL)
    g_list_store_append (G_LIST_STORE (mappings), given);
  choice->n_skipped = take_sep (text, length, &declared);
  for (guint d = 0; d < (declared != 0 ? 1 : G_N_ELEMENTS (delimiters)); d++)
    {
      char delimiter = declared != 0 ? declared : delimiters[d];
      gsize at = choice->n_skipped, used;
      KennisCsvRow row;

      kennis_csv_row_init (&row, delimiter);
      for (guint n = 0; n < KENNIS_CSV_HEAD_ROWS; n++, at += used)
        {
          if (!kennis_csv_row_feed (&row, text + at, length - at, &used) && !kennis_csv_row_finish (&row))
            break;
          if (row.n_cells > 1)
            look_at_row (&search, &row, n, delimiter);
        }
      kennis_csv_row_clear (&row);
    }
}

/* Cells of the widest of the first rows, up to `n`, and the first that has as many. */
static guint
width_of (const char *text, gsize length, char delimiter, guint n, guint *row)
{
  KennisCsvRow cells;
  guint widest = 0;
  gsize at = 0, used;

  *row = 0;
  kennis_csv_row_init (&cells, delimiter);
  for (guint i = 0; i < n; i++, at += used)
    {
      if (!kennis_csv_row_feed (&cells, text + at, length - at, &used) && !kennis_csv_row_finish (&cells))
        break;
      if (cells.n_cells > widest)
        {
          widest = cells.n_cells;
          *row = i;
        }
    }
  kennis_csv_row_clear (&cells);

  return widest;
}

/* What parts the first rows, up to `n`, into most cells; how many that are. */
static guint
widest_delimiter (const char *text, gsize length, guint n, char *delimiter)
{
  guint best = 0, row;

  for (guint d = 0; d < G_N_ELEMENTS (delimiters); d++)
    {
      guint width = width_of (text, length, delimiters[d], n, &row);

      if (width > best)
        {
          best = width;
          *delimiter = delimiters[d];
        }
    }

  return best;
}

char
kennis_csv_find_header (const char *text,
                        gsize       length,
                        guint      *row)
{
  char delimiter = ',', declared = 0;
  gsize skipped = take_sep (text, length, &declared);
  guint first;

  text += skipped;
  length -= skipped;
  first = widest_delimiter (text, length, 1, &delimiter);
  if (declared != 0)
    {
      delimiter = declared;
      first = width_of (text, length, delimiter, 1, row);
    }
  else if (first <= 1)
    widest_delimiter (text, length, KENNIS_CSV_HEAD_ROWS, &delimiter);
  /* What is much narrower than the rows below is a title. */
  if (first * 2 > width_of (text, length, delimiter, KENNIS_CSV_HEAD_ROWS, row))
    *row = 0;

  return delimiter;
}
