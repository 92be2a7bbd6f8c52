#include "config.h"

#include <math.h>
#include <string.h>

#include <kennis/kennis-error.h>

#include "base/kennis-elementary-private.h"
#include "base/kennis-i18n-private.h"
#include "base/kennis-texts-private.h"
#include "value/kennis-quantity-private.h"

/* Between limits with less of a distribution than this, nobody means what is written. */
#define LEAST_MASS 1e-6

typedef struct
{
  const char *name;
  guint       n;
  const char *form;
} Form;

static const Form forms[] = {
  [KENNIS_DISTRIBUTION_NUMBER] = { "", 1, "1200" },
  [KENNIS_DISTRIBUTION_UNIFORM] = { "uniform", 2, N_("uniform(least,most) with least < most") },
  [KENNIS_DISTRIBUTION_TRIANGULAR] = { "triangular", 3, N_("triangular(least,likely,most) with least ≤ likely ≤ most and least < most") },
  [KENNIS_DISTRIBUTION_PERT] = { "pert", 3, N_("pert(least,likely,most) with least ≤ likely ≤ most and least < most") },
  [KENNIS_DISTRIBUTION_NORMAL] = { "normal", 2, N_("normal(mean,sd) with sd > 0") },
  [KENNIS_DISTRIBUTION_LOGNORMAL] = { "lognormal", 2, N_("lognormal(mean,sd), mean and standard deviation of the value itself, both > 0") },
  [KENNIS_DISTRIBUTION_BETA] = { "beta", 2, N_("beta(a,b) with both > 0") },
};

/**
 * KennisQuantity:
 *
 * A number, or what is known of a number: a distribution.
 *
 * Written as text: `1200`, `uniform(a,b)`, `triangular(a,m,b)`, `pert(a,m,b)`, `normal(m,s)`, `lognormal(m,s)` (mean and
 * standard deviation of the value itself), `beta(a,b)`; each may be cut off at limits: `normal(30,5)[0,]`, `beta(2,3)[0.1,0.9]`.
 * Numbers have a point for decimals, whatever the language.  A quantity never changes and may be used from any thread.
 *
 * Since: 1.0
 */
G_DEFINE_BOXED_TYPE (KennisQuantity, kennis_quantity, kennis_quantity_ref, kennis_quantity_unref)

static gboolean
parameters_fit (const KennisQuantity *self)
{
  const double *p = self->parameter;

  switch (self->distribution)
    {
    case KENNIS_DISTRIBUTION_UNIFORM:
      return p[0] < p[1];
    case KENNIS_DISTRIBUTION_TRIANGULAR:
    case KENNIS_DISTRIBUTION_PERT:
      return p[0] <= p[1] && p[1] <= p[2] && p[0] < p[2];
    case KENNIS_DISTRIBUTION_NORMAL:
      return p[1] > 0;
    case KENNIS_DISTRIBUTION_LOGNORMAL:
    case KENNIS_DISTRIBUTION_BETA:
      return p[0] > 0 && p[1] > 0;
    case KENNIS_DISTRIBUTION_NUMBER:
    default:
      return TRUE;
    }
}

/* From the parameters as written to the standard scale.  False where a span or shape is not finite or vanishes. */
static gboolean
derive (KennisQuantity *self)
{
  const double *p = self->parameter;
  double ratio;

  self->from = p[0];
  self->span = 0;
  switch (self->distribution)
    {
    case KENNIS_DISTRIBUTION_NUMBER:
      return TRUE;
    case KENNIS_DISTRIBUTION_UNIFORM:
    case KENNIS_DISTRIBUTION_NORMAL:
      self->span = self->distribution == KENNIS_DISTRIBUTION_NORMAL ? p[1] : p[1] - p[0];
      break;
    case KENNIS_DISTRIBUTION_TRIANGULAR:
      self->span = p[2] - p[0];
      self->shape[0] = (p[1] - p[0]) / self->span;
      break;
    case KENNIS_DISTRIBUTION_PERT:
      self->span = p[2] - p[0];
      self->shape[0] = 1 + 4 * (p[1] - p[0]) / self->span;
      self->shape[1] = 1 + 4 * (p[2] - p[1]) / self->span;
      break;
    case KENNIS_DISTRIBUTION_LOGNORMAL:
      ratio = p[1] / p[0];
      self->from = 0;
      self->span = 1;
      self->shape[1] = sqrt (kennis_log1p (ratio * ratio));
      self->shape[0] = kennis_log (p[0]) - self->shape[1] * self->shape[1] / 2;
      break;
    case KENNIS_DISTRIBUTION_BETA:
    default:
      self->from = 0;
      self->span = 1;
      self->shape[0] = p[0];
      self->shape[1] = p[1];
    }
  return isfinite (self->span) && self->span > 0 && isfinite (self->shape[0]) && isfinite (self->shape[1])
         && (self->distribution != KENNIS_DISTRIBUTION_LOGNORMAL || self->shape[1] > 0);
}

/* False where (nearly) nothing lies between the limits. */
static gboolean
limit (KennisQuantity *self)
{
  self->below = kennis_quantity_cdf (self, self->lower);
  self->mass = kennis_quantity_cdf (self, self->upper) - self->below;
  if (self->distribution == KENNIS_DISTRIBUTION_NUMBER)
    {
      self->below = 0;
      self->mass = 1;
      return self->lower <= self->from && self->from <= self->upper;
    }
  return self->lower < self->upper && self->mass >= LEAST_MASS;
}

/**
 * kennis_quantity_new:
 * @number: a finite number
 *
 * Makes a quantity that is certain.
 *
 * Returns: (transfer full): a quantity
 *
 * Since: 1.0
 */
KennisQuantity *
kennis_quantity_new (double number)
{
  KennisQuantity *self;

  g_return_val_if_fail (isfinite (number), NULL);

  self = g_new0 (KennisQuantity, 1);
  g_atomic_ref_count_init (&self->references);
  self->parameter[0] = self->from = number;
  self->lower = -INFINITY;
  self->upper = INFINITY;
  self->mass = 1;
  return self;
}

static const char *
skip_spaces (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;
  return p;
}

/* A finite decimal number; hexadecimal, inf and nan are none. */
static gboolean
take_number (const char **p,
             double      *value)
{
  const char *start = skip_spaces (*p), *digits = start + (*start == '-' || *start == '+');
  char *end;

  if (!(g_ascii_isdigit (*digits) || (*digits == '.' && g_ascii_isdigit (digits[1]))) || (digits[1] | 32) == 'x')
    return FALSE;
  *value = g_ascii_strtod (start, &end);
  *p = skip_spaces (end);
  return isfinite (*value);
}

static gboolean
take_parameters (KennisQuantity *self,
                 const char    **p)
{
  const Form *form = &forms[self->distribution];

  for (guint i = 0; i < form->n; i++)
    {
      if (**p != (i == 0 ? '(' : ','))
        return FALSE;
      (*p)++;
      if (!take_number (p, &self->parameter[i]))
        return FALSE;
    }
  if (**p != ')')
    return FALSE;
  *p = skip_spaces (*p + 1);
  return parameters_fit (self) && derive (self);
}

/* "[least,most]", where either may be missing. */
static gboolean
take_limits (KennisQuantity *self,
             const char    **p)
{
  if (**p != '[')
    return TRUE;
  *p = skip_spaces (*p + 1);
  if (**p != ',' && !take_number (p, &self->lower))
    return FALSE;
  if (**p != ',')
    return FALSE;
  *p = skip_spaces (*p + 1);
  if (**p != ']' && !take_number (p, &self->upper))
    return FALSE;
  if (**p != ']')
    return FALSE;
  *p = skip_spaces (*p + 1);
  return TRUE;
}

static KennisQuantity *
wrong (KennisQuantity *self,
       const char     *text,
       GError        **error)
{
  g_autofree char *shown = g_utf8_make_valid (text, MIN (strlen (text), 80));

  if (self == NULL)
    g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
                 _("“%s” is no quantity; write a number as 1200 or 0.35, or uniform(least,most), "
                   "triangular(least,likely,most), "
                   "pert(least,likely,most), normal(mean,sd), lognormal(mean,sd) or beta(a,b), with limits if wanted: "
                   "normal(30,5)[0,]"),
                 shown);
  else
    g_set_error (error, KENNIS_ERROR, KENNIS_ERROR_INVALID, _("“%s” does not fit; write %s"), shown,
                 _ (forms[self->distribution].form));
  g_clear_pointer (&self, kennis_quantity_unref);
  return NULL;
}

static KennisQuantity *
wrong_limits (KennisQuantity *self,
              const char     *text,
              GError        **error)
{
  g_set_error (
      error, KENNIS_ERROR, KENNIS_ERROR_INVALID,
      _("“%s” has limits between which (nearly) nothing of it lies; write [least,most] with least < most, around the "
        "likely values"),
      text);
  kennis_quantity_unref (self);
  return NULL;
}

/**
 * kennis_quantity_parse:
 * @text: a number or a distribution
 * @error: return location for an error
 *
 * Reads a quantity from text, whatever the locale.
 *
 * Errors: %KENNIS_ERROR_INVALID shows the form that is right.
 *
 * Returns: (transfer full): a quantity
 *
 * Since: 1.0
 */
KennisQuantity *
kennis_quantity_parse (const char  *text,
                       GError     **error)
{
  KennisQuantity *self;
  const char *p;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = kennis_quantity_new (0);
  p = skip_spaces (text);
  length = strspn (p, "abcdefghijklmnopqrstuvwxyz");
  if (length == 0)
    {
      if (!take_number (&p, &self->parameter[0]) || *p != '\0')
        {
          kennis_quantity_unref (self);
          return wrong (NULL, text, error);
        }
      self->from = self->parameter[0];
      return self;
    }
  for (guint i = 1; i < G_N_ELEMENTS (forms); i++)
    if (strlen (forms[i].name) == length && strncmp (forms[i].name, p, length) == 0)
      self->distribution = i;
  if (self->distribution == KENNIS_DISTRIBUTION_NUMBER)
    {
      kennis_quantity_unref (self);
      return wrong (NULL, text, error);
    }
  p = skip_spaces (p + length);
  if (!take_parameters (self, &p) || !take_limits (self, &p) || *p != '\0')
    return wrong (self, text, error);
  return limit (self) ? self : wrong_limits (self, text, error);
}

/**
 * kennis_quantity_ref:
 * @self: a quantity
 *
 * Takes a reference.
 *
 * Returns: (transfer full): the same quantity
 *
 * Since: 1.0
 */
KennisQuantity *
kennis_quantity_ref (KennisQuantity *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * kennis_quantity_unref:
 * @self: a quantity
 *
 * Lets go of a quantity.
 *
 * Since: 1.0
 */
void
kennis_quantity_unref (KennisQuantity *self)
{
  if (g_atomic_ref_count_dec (&self->references))
    g_free (self);
}

static void
append_number (GString *text,
               double   value)
{
  g_autofree char *number = kennis_number_to_text (value);

  g_string_append (text, number);
}

/**
 * kennis_quantity_to_text:
 * @self: a quantity
 *
 * Writes a quantity as [func@Quantity.parse] reads it back, the same to the last bit.
 *
 * Returns: (transfer full): text
 *
 * Since: 1.0
 */
char *
kennis_quantity_to_text (KennisQuantity *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (forms[self->distribution].name);
  for (guint i = 0; i < forms[self->distribution].n; i++)
    {
      if (self->distribution != KENNIS_DISTRIBUTION_NUMBER)
        g_string_append_c (text, i == 0 ? '(' : ',');
      append_number (text, self->parameter[i]);
    }
  if (self->distribution != KENNIS_DISTRIBUTION_NUMBER)
    g_string_append_c (text, ')');
  if (isfinite (self->lower) || isfinite (self->upper))
    {
      g_string_append_c (text, '[');
      if (isfinite (self->lower))
        append_number (text, self->lower);
      g_string_append_c (text, ',');
      if (isfinite (self->upper))
        append_number (text, self->upper);
      g_string_append_c (text, ']');
    }
  return g_string_free (text, FALSE);
}

/**
 * kennis_quantity_get_distribution:
 * @self: a quantity
 *
 * Tells which distribution it is.
 *
 * Returns: which distribution it is
 *
 * Since: 1.0
 */
KennisDistribution
kennis_quantity_get_distribution (KennisQuantity *self)
{
  g_return_val_if_fail (self != NULL, KENNIS_DISTRIBUTION_NUMBER);

  return self->distribution;
}

/**
 * kennis_quantity_get_mean:
 * @self: a quantity
 *
 * Gets its mean, between its limits.
 *
 * Returns: its mean, between its limits
 *
 * Since: 1.0
 */
double
kennis_quantity_get_mean (KennisQuantity *self)
{
  double mean, variance;

  g_return_val_if_fail (self != NULL, NAN);

  kennis_quantity_moments (self, &mean, &variance);
  return mean;
}

/**
 * kennis_quantity_get_sd:
 * @self: a quantity
 *
 * Gets its standard deviation, between its limits.
 *
 * Returns: its standard deviation, between its limits; 0 where it is certain
 *
 * Since: 1.0
 */
double
kennis_quantity_get_sd (KennisQuantity *self)
{
  double mean, variance;

  g_return_val_if_fail (self != NULL, NAN);

  kennis_quantity_moments (self, &mean, &variance);
  return sqrt (variance);
}

/**
 * kennis_quantity_get_least:
 * @self: a quantity
 *
 * Gets the least value it may take.
 *
 * Returns: the least value it may take; −∞ where there is none
 *
 * Since: 1.0
 */
double
kennis_quantity_get_least (KennisQuantity *self)
{
  return kennis_quantity_quantile (self, 0);
}

/**
 * kennis_quantity_get_most:
 * @self: a quantity
 *
 * Gets the largest value it may take.
 *
 * Returns: the largest value it may take; ∞ where there is none
 *
 * Since: 1.0
 */
double
kennis_quantity_get_most (KennisQuantity *self)
{
  return kennis_quantity_quantile (self, 1);
}

/**
 * kennis_quantity_quantile:
 * @self: a quantity
 * @p: a probability, from 0 to 1
 *
 * Gives the value under which the quantity lies with a probability.
 *
 * Returns: the value; NaN where @p is not from 0 to 1
 *
 * Since: 1.0
 */
double
kennis_quantity_quantile (KennisQuantity *self,
                          double          p)
{
  double value;

  g_return_val_if_fail (self != NULL, NAN);

  if (!(p >= 0 && p <= 1))
    return NAN;
  value = self->below + p * self->mass;
  if (value <= 0 || value >= 1)
    switch (self->distribution)
      {
      case KENNIS_DISTRIBUTION_NORMAL:
        value = value <= 0 ? -INFINITY : INFINITY;
        break;
      case KENNIS_DISTRIBUTION_LOGNORMAL:
        value = value <= 0 ? 0 : INFINITY;
        break;
      default:
        value = kennis_quantity_inverse (self, value);
      }
  else
    value = kennis_quantity_inverse (self, value);
  return CLAMP (value, self->lower, self->upper);
}

/**
 * kennis_quantity_probability:
 * @self: a quantity
 * @value: a value
 *
 * Gives the probability that the quantity is at most some value.
 *
 * Returns: a probability
 *
 * Since: 1.0
 */
double
kennis_quantity_probability (KennisQuantity *self,
                             double          value)
{
  g_return_val_if_fail (self != NULL, NAN);

  if (isnan (value))
    return NAN;
  return CLAMP ((kennis_quantity_cdf (self, value) - self->below) / self->mass, 0, 1);
}

/**
 * kennis_quantity_sample:
 * @self: a quantity
 * @seed: a seed
 * @stream: which stream of the seed
 * @n: how many draws
 *
 * Draws from a quantity, by inversion: draw k of a seed and stream is always the same.
 *
 * Returns: (transfer full): @n doubles in native byte order
 *
 * Since: 1.0
 */
GBytes *
kennis_quantity_sample (KennisQuantity *self,
                        guint64         seed,
                        guint64         stream,
                        gsize           n)
{
  g_autoptr (KennisSampler) sampler = NULL;
  double *draws;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n <= G_MAXSIZE / sizeof (double) / 2, NULL);

  sampler = kennis_sampler_new (self);
  draws = g_new (double, n);
  kennis_draw_uniforms (seed, stream, 0, n, draws);
  kennis_sampler_draw (sampler, draws, n, draws);
  return g_bytes_new_take (draws, n * sizeof (double));
}
