#pragma once

/* What is counted once for all groups of a measuring: kennis-exchange-mixing.c.  Locked, since groups are measured in threads. */
typedef struct _KennisMixingSizes KennisMixingSizes;

KennisMixingSizes *kennis_mixing_sizes_new  (void);
void               kennis_mixing_sizes_free (KennisMixingSizes *self);
