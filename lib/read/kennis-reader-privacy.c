#include "config.h"

#include "read/kennis-reader-private.h"

/* Identity and privacy at the door: what a record loses before it is one. */

gint64
kennis_reader_coarsen (const KennisReader   *self,
                       const KennisCalendar *calendar,
                       gint64                time)
{
  if (!self->coarse_times || time == KENNIS_UNKNOWN)
    return time;

  return kennis_calendar_day_start (calendar, kennis_calendar_day (calendar, time));
}

char *
kennis_reader_pseudonym (const KennisReader *self,
                         KennisDataset      *dataset,
                         const char         *text,
                         gsize               length)
{
  g_autofree char *name = NULL;
  const guchar *key;
  gsize size;

  if (self->pseudonym_key == NULL)
    return NULL;
  name = g_strndup (text, length);
  if (dataset->suppression != NULL && kennis_suppression_contains (dataset->suppression, name))
    return NULL;
  key = g_bytes_get_data (self->pseudonym_key, &size);

  return g_compute_hmac_for_data (G_CHECKSUM_SHA256, key, size, (const guchar *) text, length);
}
