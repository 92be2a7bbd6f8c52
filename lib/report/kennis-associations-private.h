#pragma once

#include <glib.h>

/* Spearman's rank correlation (1904) with mean ranks, and its two-sided p by Student's t with n − 2 degrees of freedom, as R's
 * cor.test (method = "spearman", exact = FALSE).  Both NaN where n < 3 or one side is all the same. */
void kennis_spearman (const double *x, const double *y, guint n, double *rho, double *p);
/* Holm (1979), in place, of those that are numbers; as R's p.adjust (method = "holm"). */
void kennis_holm     (double *p, guint n);
