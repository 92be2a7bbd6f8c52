#include "config.h"

#include "read/kennis-csv-form-private.h"

void
kennis_csv_form_init (KennisCsvForm *self, char point, guint n_decimals, guint64 one)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101), ends = n_decimals > 0 ? 8 * (7 - n_decimals) : 0,
                at_point = n_decimals > 0 ? G_GUINT64_CONSTANT (0xff) << ends : 0;

  *self = (KennisCsvForm) { .least = n_decimals > 0 ? n_decimals + 2 : 1,
                            .text = (ones * '0' & ~at_point) | (ones * (guchar) point & at_point),
                            .digits = ones * 6 & ~at_point,
                            .wrong = ones * 0xf0 | at_point,
                            .whole = (G_GUINT64_CONSTANT (1) << ends) - 1,
                            .factor = one };
  self->decimals = ~(self->whole | at_point);
  for (guint d = 0; d < n_decimals; d++)
    self->factor /= 10;
}
