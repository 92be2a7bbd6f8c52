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

char
kennis_csv_find_delimiter (const char *text,
                           gsize       length)
{
  char best = ',', declared = 0;
  guint n_best = 0;
  gsize skipped = take_sep (text, length, &declared);

  if (declared != 0)
    return declared;
  for (guint d = 0; d < G_N_ELEMENTS (delimiters); d++)
    {
      KennisCsvRow row;
      gsize used;

      kennis_csv_row_init (&row, delimiters[d]);
      if ((kennis_csv_row_feed (&row, text + skipped, length - skipped, &used) || kennis_csv_row_finish (&row))
          && row.n_cells > n_best)
        {
          n_best = row.n_cells;
          best = delimiters[d];
        }
      kennis_csv_row_clear (&row);
    }

  return best;
}
