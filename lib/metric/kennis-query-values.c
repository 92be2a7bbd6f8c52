#include "config.h"

#include "metric/kennis-plan-private.h"

/* The plain properties of a query for C.  The setters go through the properties, which know the ranges. */

/**
 * kennis_query_get_period:
 * @self: a query
 *
 * Gets into what the window is cut.
 *
 * Returns: the value of [property@Query:period]
 *
 * Since: 1.0
 */
KennisPeriod
kennis_query_get_period (KennisQuery *self)
{
  g_return_val_if_fail (KENNIS_IS_QUERY (self), KENNIS_PERIOD_ALL);

  return kennis_query_data (self)->period;
}

/**
 * kennis_query_set_period:
 * @self: a query
 * @period: the value
 *
 * Sets into what the window is cut.
 *
 * Since: 1.0
 */
void
kennis_query_set_period (KennisQuery *self, KennisPeriod period)
{
  g_return_if_fail (KENNIS_IS_QUERY (self));

  g_object_set (self, "period", period, NULL);
}

/**
 * kennis_query_get_minimum_survey_group:
 * @self: a query
 *
 * Gets how many distinct people figures of surveys must be about, 3 or more.
 *
 * Returns: the value of [property@Query:minimum-survey-group]
 *
 * Since: 1.0
 */
guint
kennis_query_get_minimum_survey_group (KennisQuery *self)
{
  g_return_val_if_fail (KENNIS_IS_QUERY (self), 0);

  return kennis_query_data (self)->minimum_survey_group;
}

/**
 * kennis_query_set_minimum_survey_group:
 * @self: a query
 * @minimum_survey_group: the value
 *
 * Sets how many distinct people figures of surveys must be about, 3 or more.
 *
 * Since: 1.0
 */
void
kennis_query_set_minimum_survey_group (KennisQuery *self, guint minimum_survey_group)
{
  g_return_if_fail (KENNIS_IS_QUERY (self));

  g_object_set (self, "minimum-survey-group", minimum_survey_group, NULL);
}

/**
 * kennis_query_get_confidence_level:
 * @self: a query
 *
 * Gets the level of the intervals, 0.5 … 0.999.
 *
 * Returns: the value of [property@Query:confidence-level]
 *
 * Since: 1.0
 */
double
kennis_query_get_confidence_level (KennisQuery *self)
{
  g_return_val_if_fail (KENNIS_IS_QUERY (self), 0);

  return kennis_query_data (self)->level;
}

/**
 * kennis_query_set_confidence_level:
 * @self: a query
 * @confidence_level: the value
 *
 * Sets the level of the intervals, 0.5 … 0.999.
 *
 * Since: 1.0
 */
void
kennis_query_set_confidence_level (KennisQuery *self, double confidence_level)
{
  g_return_if_fail (KENNIS_IS_QUERY (self));

  g_object_set (self, "confidence-level", confidence_level, NULL);
}

/**
 * kennis_query_get_seed:
 * @self: a query
 *
 * Gets the seed of resampling; the same seed gives the same bits on any number of threads.
 *
 * Returns: the value of [property@Query:seed]
 *
 * Since: 1.0
 */
guint64
kennis_query_get_seed (KennisQuery *self)
{
  g_return_val_if_fail (KENNIS_IS_QUERY (self), 0);

  return kennis_query_data (self)->seed;
}

/**
 * kennis_query_set_seed:
 * @self: a query
 * @seed: the value
 *
 * Sets the seed of resampling; the same seed gives the same bits on any number of threads.
 *
 * Since: 1.0
 */
void
kennis_query_set_seed (KennisQuery *self, guint64 seed)
{
  g_return_if_fail (KENNIS_IS_QUERY (self));

  g_object_set (self, "seed", seed, NULL);
}

/**
 * kennis_query_get_replicates:
 * @self: a query
 *
 * Gets how many times people are resampled for an interval, to 9999; 0: no such intervals.
 *
 * Returns: the value of [property@Query:replicates]
 *
 * Since: 1.0
 */
guint
kennis_query_get_replicates (KennisQuery *self)
{
  g_return_val_if_fail (KENNIS_IS_QUERY (self), 0);

  return kennis_query_data (self)->replicates;
}

/**
 * kennis_query_set_replicates:
 * @self: a query
 * @replicates: the value
 *
 * Sets how many times people are resampled for an interval, to 9999; 0: no such intervals.
 *
 * Since: 1.0
 */
void
kennis_query_set_replicates (KennisQuery *self, guint replicates)
{
  g_return_if_fail (KENNIS_IS_QUERY (self));

  g_object_set (self, "replicates", replicates, NULL);
}

/**
 * kennis_query_get_admit_contact:
 * @self: a query
 *
 * Gets whether mere contact (e-mail, chat, meeting together) counts as exchange.
 *
 * Returns: the value of [property@Query:admit-contact]
 *
 * Since: 1.0
 */
gboolean
kennis_query_get_admit_contact (KennisQuery *self)
{
  g_return_val_if_fail (KENNIS_IS_QUERY (self), FALSE);

  return kennis_query_data (self)->admit_contact;
}

/**
 * kennis_query_set_admit_contact:
 * @self: a query
 * @admit_contact: the value
 *
 * Sets whether mere contact (e-mail, chat, meeting together) counts as exchange.
 *
 * Since: 1.0
 */
void
kennis_query_set_admit_contact (KennisQuery *self, gboolean admit_contact)
{
  g_return_if_fail (KENNIS_IS_QUERY (self));

  g_object_set (self, "admit-contact", admit_contact, NULL);
}

/**
 * kennis_query_get_minimum_group:
 * @self: a query
 *
 * Gets how many distinct people a figure must be about; set with [method@Query.set_minimum_group].
 *
 * Returns: the value of [property@Query:minimum-group]
 *
 * Since: 1.0
 */
guint
kennis_query_get_minimum_group (KennisQuery *self)
{
  g_return_val_if_fail (KENNIS_IS_QUERY (self), 0);

  return kennis_query_data (self)->minimum_group;
}

/**
 * kennis_query_get_access_attribute:
 * @self: a query
 *
 * Gets the attribute whose groups `uptake.group-access-ratio` compares.
 *
 * Returns: (nullable): its name; %NULL for `department`
 *
 * Since: 1.0
 */
const char *
kennis_query_get_access_attribute (KennisQuery *self)
{
  g_return_val_if_fail (KENNIS_IS_QUERY (self), NULL);

  return kennis_query_data (self)->access_attribute;
}

/**
 * kennis_query_set_access_attribute:
 * @self: a query
 * @attribute: (nullable): the name of an attribute; %NULL for `department`
 *
 * Sets the attribute whose groups `uptake.group-access-ratio` compares.
 *
 * An attribute that nobody has is an error when the query is measured.
 *
 * Since: 1.0
 */
void
kennis_query_set_access_attribute (KennisQuery *self, const char *attribute)
{
  g_return_if_fail (KENNIS_IS_QUERY (self));

  g_object_set (self, "access-attribute", attribute, NULL);
}

/**
 * kennis_query_get_profile:
 * @self: a query
 *
 * Gets what the indices of culture are made of.
 *
 * Returns: (transfer none) (nullable): the value of [property@Query:profile]
 *
 * Since: 1.0
 */
KennisProfile *
kennis_query_get_profile (KennisQuery *self)
{
  g_return_val_if_fail (KENNIS_IS_QUERY (self), NULL);

  return kennis_query_data (self)->profile;
}

/**
 * kennis_query_set_profile:
 * @self: a query
 * @profile: (nullable): the value; %NULL: the profile `default`
 *
 * Sets what the indices of culture are made of.
 *
 * Since: 1.0
 */
void
kennis_query_set_profile (KennisQuery *self, KennisProfile *profile)
{
  g_return_if_fail (KENNIS_IS_QUERY (self));
  g_return_if_fail (profile == NULL || KENNIS_IS_PROFILE (profile));

  g_object_set (self, "profile", profile, NULL);
}

/**
 * kennis_query_add_instrument:
 * @self: a query
 * @instrument: an instrument of one's own
 *
 * Measures the scales of a questionnaire that does not come with the library.
 *
 * Each scale is a metric `survey.INSTRUMENT.SCALE`, the mean from 0 to 100, which patterns such as `*` mean too.  With `.response-rate`, `.alpha`, `.rwg`, `.icc1`
 * and `.icc2` after it come who answered, Cronbach's alpha, the agreement of the group's people, and how far teams differ; these are measured where a pattern that begins
 * with `survey.` means them.  `survey.INSTRUMENT.response-rate` is of all its items.  The privacy gate and the minimum are those of surveys.  Such metrics of the
 * instruments that come with the library need no adding: name them as `survey.foundation.trust.alpha`.
 *
 * An id that another instrument has, given or of the library, is an error when the query is measured.
 *
 * Since: 1.0
 */
void
kennis_query_add_instrument (KennisQuery *self, KennisInstrument *instrument)
{
  GPtrArray *instruments;

  g_return_if_fail (KENNIS_IS_QUERY (self));
  g_return_if_fail (KENNIS_IS_INSTRUMENT (instrument));

  instruments = kennis_query_data (self)->instruments;
  if (!g_ptr_array_find (instruments, instrument, NULL))
    g_ptr_array_add (instruments, g_object_ref (instrument));
}
