#include "config.h"

#include "value/kennis-columns-private.h"

#include <math.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "value/kennis-quantity-private.h"

#define OCTAVES   24
#define PIECE_BITS 6
#define N_PIECES  (OCTAVES << PIECE_BITS)
#define SHIFT     (52 - PIECE_BITS)
/* The first piece begins at 2^-(OCTAVES + 1) and the last ends at ½. */
#define FIRST     ((guint64) (1023 - OCTAVES - 1) << PIECE_BITS)
#define TOLERANCE 1e-8
#define LEAST     0x1p-25                     /* = knot (0) */
#define BEYOND    ((guint64) 1 << 31)         /* of the places of what is in no piece */
#define STRETCH   256                         /* draws at once: their places stay in the nearest cache */

typedef struct { double c[4]; } Piece;

struct _KennisSampler
{
  KennisQuantity *quantity;
  Piece          *pieces;   /* of p and of 1 − p, N_PIECES each; NULL: exactly */
};

static double
from_bits (guint64 bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static guint64
to_bits (double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static double
knot (gsize i)
{
  return from_bits ((FIRST + i) << SHIFT);
}

/* Quantile at a distance v from 0, or from 1. */
static double
quantile_at (KennisQuantity *quantity,
             gboolean        upper,
             double          v)
{
  return kennis_quantity_quantile (quantity, upper ? 1 - v : v);
}

static double
slope_at (KennisQuantity *quantity,
          gboolean        upper,
          double          value)
{
  return (upper ? -1 : 1) * quantity->mass / kennis_quantity_density (quantity, value);
}

static double
value_of (const Piece *piece,
          double       t)
{
  return piece->c[0] + t * (piece->c[1] + t * (piece->c[2] + t * piece->c[3]));
}

/* Cubic Hermite pieces between the knots of one side; false where a piece's middle is not where it should be. */
static gboolean
make_side (KennisQuantity *quantity,
           gboolean        upper,
           Piece          *pieces)
{
  double spread = kennis_quantity_get_sd (quantity);
  double v0 = knot (0), y0 = quantile_at (quantity, upper, v0), s0 = slope_at (quantity, upper, y0);

  for (gsize i = 0; i < N_PIECES; i++)
    {
      double v1 = knot (i + 1), h = v1 - v0, y1 = quantile_at (quantity, upper, v1),
             s1 = slope_at (quantity, upper, y1);
      double rise = y1 - y0, a = s0 * h, b = s1 * h, middle;

      pieces[i] = (Piece) { { y0, a, 3 * rise - 2 * a - b, a + b - 2 * rise } };
      middle = value_of (&pieces[i], 0.5);
      if (!(fabs (middle - quantile_at (quantity, upper, v0 + h / 2)) <= TOLERANCE * spread))
        return FALSE;
      v0 = v1;
      y0 = y1;
      s0 = s1;
    }
  return TRUE;
}

KennisSampler *
kennis_sampler_new (KennisQuantity *quantity)
{
  KennisSampler *self = g_new0 (KennisSampler, 1);
  gboolean simple = quantity->distribution <= KENNIS_DISTRIBUTION_TRIANGULAR;

  self->quantity = kennis_quantity_ref (quantity);
  if (simple)
    return self;
  self->pieces = g_new (Piece, 2 * N_PIECES);
  if (!make_side (quantity, FALSE, self->pieces) || !make_side (quantity, TRUE, self->pieces + N_PIECES))
    g_clear_pointer (&self->pieces, g_free);
  return self;
}

void
kennis_sampler_free (KennisSampler *self)
{
  kennis_quantity_unref (self->quantity);
  g_free (self->pieces);
  g_free (self);
}

KENNIS_WIDEST static void
draw_uniform (const KennisQuantity *q,
              const double         *uniform,
              gsize                 n,
              double               *out)
{
  double from = q->from, span = q->span, below = q->below, mass = q->mass;

  for (gsize i = 0; i < n; i++)
    out[i] = from + span * (below + uniform[i] * mass);
}

/* Of the standard triangular distribution: what the root is taken of, and the value from the root. */
KENNIS_WIDEST static void
make_squares (const KennisQuantity *q,
              const double         *uniform,
              gsize                 n,
              double               *square)
{
  double below = q->below, mass = q->mass, mode = q->shape[0];

  for (gsize i = 0; i < n; i++)
    {
      double p = below + uniform[i] * mass, rest = 1 - p;

      square[i] = p < mode ? p * mode : rest * (1 - mode);
    }
}

KENNIS_WIDEST static void
go_from_roots (const KennisQuantity *q,
               const double         *uniform,
               gsize                 n,
               const double         *root,
               double               *out)
{
  double from = q->from, span = q->span, below = q->below, mass = q->mass, mode = q->shape[0];

  for (gsize i = 0; i < n; i++)
    out[i] = from + span * (below + uniform[i] * mass < mode ? root[i] : 1 - root[i]);
}

/* By hand, since compilers stop at what sqrt() does with errno. */
static void
take_roots (double *x,
            gsize   n)
{
  gsize i = 0;

#ifdef __SSE2__
  for (; i + 2 <= n; i += 2)
    _mm_storeu_pd (x + i, _mm_sqrt_pd (_mm_loadu_pd (x + i)));
#endif
  for (; i < n; i++)
    x[i] = sqrt (x[i]);
}

static void
draw_triangular (const KennisQuantity *q,
                 const double         *uniform,
                 gsize                 n,
                 double               *out)
{
  double root[STRETCH];

  for (gsize from = 0; from < n; from += STRETCH)
    {
      gsize m = MIN (n - from, STRETCH);

      make_squares (q, uniform + from, m, root);
      take_roots (root, m);
      go_from_roots (q, uniform + from, m, root, out + from);
    }
}

static void
draw_exactly (KennisQuantity *q,
              const double   *uniform,
              gsize           n,
              double         *out)
{
  switch (q->distribution)
    {
    case KENNIS_DISTRIBUTION_NUMBER:
      for (gsize i = 0; i < n; i++)
        out[i] = q->from;
      break;
    case KENNIS_DISTRIBUTION_UNIFORM:
      draw_uniform (q, uniform, n, out);
      break;
    case KENNIS_DISTRIBUTION_TRIANGULAR:
      draw_triangular (q, uniform, n, out);
      break;
    default:
      for (gsize i = 0; i < n; i++)
        out[i] = kennis_quantity_quantile (q, uniform[i]);
    }
}

/* Which piece each uniform is in, and where in it; whether some are beyond all pieces. */
KENNIS_WIDEST static gboolean
find_places (const double *uniform,
             gsize         n,
             guint64      *piece,
             double       *at)
{
  guint64 beyond = 0;

  for (gsize i = 0; i < n; i++)
    {
      double u = uniform[i], rest = 1 - u, v = u < rest ? u : rest;
      guint64 bits = to_bits (v), index = (bits >> SHIFT) - FIRST;
      guint64 side = u < rest ? 0 : N_PIECES;

      index = v < LEAST || v >= 0.5 ? BEYOND : index;
      beyond |= index;
      piece[i] = index + side;
      at[i] = from_bits ((bits & ((G_GUINT64_CONSTANT (1) << SHIFT) - 1)) << PIECE_BITS | (guint64) 1023 << 52) - 1;
    }
  return beyond >= BEYOND;
}

void
kennis_sampler_draw (const KennisSampler *self,
                     const double        *uniform,
                     gsize                n,
                     double              *out)
{
  guint64 piece[STRETCH];
  double at[STRETCH];

  if (self->pieces == NULL)
    {
      draw_exactly (self->quantity, uniform, n, out);
      return;
    }
  for (gsize from = 0; from < n; from += STRETCH)
    {
      gsize m = MIN (n - from, STRETCH);
      gboolean beyond = find_places (uniform + from, m, piece, at);

      for (gsize i = 0; i < m; i++)
        if (G_UNLIKELY (beyond) && piece[i] & BEYOND)
          out[from + i] = kennis_quantity_quantile (self->quantity, uniform[from + i]);
        else
          out[from + i] = value_of (&self->pieces[piece[i]], at[i]);
    }
}
