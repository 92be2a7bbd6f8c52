#include "config.h"

#include "read/kennis-reader-private.h"

/* How tables write dates and numbers. */

static const char *const orders[] = { NULL, "dmy", "mdy", "ymd" };

/**
 * kennis_reader_get_date_order: (get-property date-order)
 * @self: a reader
 *
 * Tells in which order tables write dates.
 *
 * Returns: (nullable): in which order tables write dates; %NULL: as the mapping or the first rows say
 *
 * Since: 1.0
 */
const char *
kennis_reader_get_date_order (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);

  return orders[self->dates];
}

/**
 * kennis_reader_set_date_order: (set-property date-order)
 * @self: a reader
 * @date_order: (nullable): "dmy", "mdy" or "ymd"; %NULL: as the mapping or the first rows say
 *
 * Sets [property@Reader:date-order]; another word is a programmer's error and changes nothing.
 *
 * Since: 1.0
 */
void
kennis_reader_set_date_order (KennisReader *self,
                              const char   *date_order)
{
  guint i = 0;

  g_return_if_fail (KENNIS_IS_READER (self));

  while (i < G_N_ELEMENTS (orders) && g_strcmp0 (orders[i], date_order) != 0)
    i++;
  g_return_if_fail (i < G_N_ELEMENTS (orders));

  if (self->dates == i)
    return;
  self->dates = i;
  g_object_notify (G_OBJECT (self), "date-order");
}

/**
 * kennis_reader_get_decimal_mark: (get-property decimal-mark)
 * @self: a reader
 *
 * Tells what stands before the decimals of numbers in tables.
 *
 * Returns: (nullable): "point" or "comma"; %NULL: as the mapping or the first rows say
 *
 * Since: 1.0
 */
const char *
kennis_reader_get_decimal_mark (KennisReader *self)
{
  g_return_val_if_fail (KENNIS_IS_READER (self), NULL);

  return self->decimal == ',' ? "comma" : self->decimal == '.' ? "point" : NULL;
}

/**
 * kennis_reader_set_decimal_mark: (set-property decimal-mark)
 * @self: a reader
 * @decimal_mark: (nullable): "point" or "comma"; %NULL: as the mapping or the first rows say
 *
 * Sets [property@Reader:decimal-mark]; another word is a programmer's error and changes nothing.
 *
 * Since: 1.0
 */
void
kennis_reader_set_decimal_mark (KennisReader *self,
                                const char   *decimal_mark)
{
  char value = g_strcmp0 (decimal_mark, "comma") == 0 ? ',' : g_strcmp0 (decimal_mark, "point") == 0 ? '.' : '\0';

  g_return_if_fail (KENNIS_IS_READER (self));
  g_return_if_fail (decimal_mark == NULL || value != '\0');

  if (self->decimal == value)
    return;
  self->decimal = value;
  g_object_notify (G_OBJECT (self), "decimal-mark");
}
