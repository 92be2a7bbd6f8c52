#include "config.h"

#include <kennis/kennis-enum-types.h>
#include <kennis/kennis-network-options.h>

/**
 * KennisNetworkOptions:
 *
 * Which sharings make a [class@Network], and what they weigh.
 *
 * As they come: all of the time, all topics, every kind of sharing but mere contact, weighed by sessions, with the people on the
 * roster who shared nothing.
 *
 * Since: 1.0
 */
struct _KennisNetworkOptions
{
  GObject parent_instance;

  gint64 from, to;
  char *topic;
  guint kinds;             /* bits of KennisSharingKind; 0: all but CONTACT */
  KennisTieWeight weight;
  gboolean admit_contact, with_isolates;
};

G_DEFINE_FINAL_TYPE (KennisNetworkOptions, kennis_network_options, G_TYPE_OBJECT)

enum { PROP_0, PROP_FROM, PROP_TO, PROP_TOPIC, PROP_WEIGHT, PROP_ADMIT_CONTACT, PROP_WITH_ISOLATES };

static void
kennis_network_options_finalize (GObject *object)
{
  g_free (KENNIS_NETWORK_OPTIONS (object)->topic);
  G_OBJECT_CLASS (kennis_network_options_parent_class)->finalize (object);
}

static void
kennis_network_options_get_property (GObject    *object,
                                     guint       id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  KennisNetworkOptions *self = KENNIS_NETWORK_OPTIONS (object);

  switch (id)
    {
    case PROP_FROM:
      g_value_set_int64 (value, self->from);
      break;
    case PROP_TO:
      g_value_set_int64 (value, self->to);
      break;
    case PROP_TOPIC:
      g_value_set_string (value, self->topic);
      break;
    case PROP_WEIGHT:
      g_value_set_enum (value, self->weight);
      break;
    case PROP_ADMIT_CONTACT:
      g_value_set_boolean (value, self->admit_contact);
      break;
    case PROP_WITH_ISOLATES:
      g_value_set_boolean (value, self->with_isolates);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kennis_network_options_set_property (GObject      *object,
                                     guint         id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  KennisNetworkOptions *self = KENNIS_NETWORK_OPTIONS (object);

  switch (id)
    {
    case PROP_FROM:
      self->from = g_value_get_int64 (value);
      break;
    case PROP_TO:
      self->to = g_value_get_int64 (value);
      break;
    case PROP_TOPIC:
      kennis_network_options_set_topic (self, g_value_get_string (value));
      break;
    case PROP_WEIGHT:
      self->weight = g_value_get_enum (value);
      break;
    case PROP_ADMIT_CONTACT:
      self->admit_contact = g_value_get_boolean (value);
      break;
    case PROP_WITH_ISOLATES:
      self->with_isolates = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_choices (GObjectClass *object_class, GParamFlags flags)
{
  /**
   * KennisNetworkOptions:weight:
   *
   * What a tie weighs.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      object_class, PROP_WEIGHT,
      g_param_spec_enum ("weight", NULL, NULL, KENNIS_TYPE_TIE_WEIGHT, KENNIS_TIE_WEIGHT_SESSIONS, flags));
  /**
   * KennisNetworkOptions:admit-contact:
   *
   * Whether mere contact (mail, chat, meeting together) makes ties too.
   *
   * Since: 1.0
   */
  g_object_class_install_property (object_class, PROP_ADMIT_CONTACT,
                                   g_param_spec_boolean ("admit-contact", NULL, NULL, FALSE, flags));
  /**
   * KennisNetworkOptions:with-isolates:
   *
   * Whether people on the roster who were there in the window are in the network without a tie too.
   *
   * Since: 1.0
   */
  g_object_class_install_property (object_class, PROP_WITH_ISOLATES,
                                   g_param_spec_boolean ("with-isolates", NULL, NULL, TRUE, flags));
}

static void
kennis_network_options_class_init (KennisNetworkOptionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT;

  object_class->finalize = kennis_network_options_finalize;
  object_class->get_property = kennis_network_options_get_property;
  object_class->set_property = kennis_network_options_set_property;

  /**
   * KennisNetworkOptions:from:
   *
   * The first instant of the window, Unix ms; %KENNIS_UNKNOWN: as early as there are sharings.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      object_class, PROP_FROM, g_param_spec_int64 ("from", NULL, NULL, G_MININT64, G_MAXINT64, KENNIS_UNKNOWN, flags));
  /**
   * KennisNetworkOptions:to:
   *
   * The first instant after the window, Unix ms; %KENNIS_UNKNOWN: as late as there are sharings.
   *
   * Since: 1.0
   */
  g_object_class_install_property (
      object_class, PROP_TO, g_param_spec_int64 ("to", NULL, NULL, G_MININT64, G_MAXINT64, KENNIS_UNKNOWN, flags));
  /**
   * KennisNetworkOptions:topic:
   *
   * The topic, with all that are part of it; %NULL for all sharings, also those without a topic.
   *
   * Since: 1.0
   */
  g_object_class_install_property (object_class, PROP_TOPIC, g_param_spec_string ("topic", NULL, NULL, NULL, flags));
  install_choices (object_class, flags);
}

static void
kennis_network_options_init (KennisNetworkOptions *self)
{
}

/**
 * kennis_network_options_new:
 *
 * Makes options as described at the class.
 *
 * Returns: (transfer full): new options
 *
 * Since: 1.0
 */
KennisNetworkOptions *
kennis_network_options_new (void)
{
  return g_object_new (KENNIS_TYPE_NETWORK_OPTIONS, NULL);
}

/**
 * kennis_network_options_set_window:
 * @self: options
 * @from: first instant, Unix ms; %KENNIS_UNKNOWN for as early as there are sharings
 * @to: first instant after it; %KENNIS_UNKNOWN for as late as there are
 *
 * Sets the time in which sharings count.
 *
 * Since: 1.0
 */
void
kennis_network_options_set_window (KennisNetworkOptions *self,
                                   gint64                from,
                                   gint64                to)
{
  g_return_if_fail (KENNIS_IS_NETWORK_OPTIONS (self));

  self->from = from;
  self->to = to;
}

/**
 * kennis_network_options_get_window:
 * @self: options
 * @from: (out) (optional): first instant
 * @to: (out) (optional): first instant after it
 *
 * Gets the time in which sharings count.
 *
 * Since: 1.0
 */
void
kennis_network_options_get_window (KennisNetworkOptions *self,
                                   gint64               *from,
                                   gint64               *to)
{
  g_return_if_fail (KENNIS_IS_NETWORK_OPTIONS (self));

  if (from != NULL)
    *from = self->from;
  if (to != NULL)
    *to = self->to;
}

/**
 * kennis_network_options_set_topic:
 * @self: options
 * @topic: (nullable): id of a topic; %NULL for all
 *
 * Sets of which topic, with its parts, sharings count.
 *
 * Since: 1.0
 */
void
kennis_network_options_set_topic (KennisNetworkOptions *self,
                                  const char           *topic)
{
  g_return_if_fail (KENNIS_IS_NETWORK_OPTIONS (self));

  if (topic == self->topic)
    return;
  g_free (self->topic);
  self->topic = g_strdup (topic);
}

/**
 * kennis_network_options_get_topic:
 * @self: options
 *
 * Gets of which topic sharings count.
 *
 * Returns: (nullable): id of a topic; %NULL: all
 *
 * Since: 1.0
 */
const char *
kennis_network_options_get_topic (KennisNetworkOptions *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK_OPTIONS (self), NULL);

  return self->topic;
}

/**
 * kennis_network_options_add_kind:
 * @self: options
 * @kind: a kind
 *
 * Lets sharings of this kind count, and no longer all.
 *
 * Contact that is named here counts too.
 *
 * Since: 1.0
 */
void
kennis_network_options_add_kind (KennisNetworkOptions *self,
                                 KennisSharingKind     kind)
{
  g_return_if_fail (KENNIS_IS_NETWORK_OPTIONS (self));
  g_return_if_fail ((guint) kind <= KENNIS_SHARING_KIND_CONTACT);

  self->kinds |= 1u << kind;
}

/**
 * kennis_network_options_has_kind:
 * @self: options
 * @kind: a kind
 *
 * Tells whether sharings of a kind count.
 *
 * Returns: whether they count
 *
 * Since: 1.0
 */
gboolean
kennis_network_options_has_kind (KennisNetworkOptions *self,
                                 KennisSharingKind     kind)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK_OPTIONS (self), FALSE);
  g_return_val_if_fail ((guint) kind <= KENNIS_SHARING_KIND_CONTACT, FALSE);

  if (kind == KENNIS_SHARING_KIND_CONTACT && self->admit_contact)
    return TRUE;
  return self->kinds == 0 ? kind != KENNIS_SHARING_KIND_CONTACT : (self->kinds >> kind & 1) != 0;
}

/**
 * kennis_network_options_set_weight:
 * @self: options
 * @weight: what a tie weighs
 *
 * Sets what a tie weighs.
 *
 * Since: 1.0
 */
void
kennis_network_options_set_weight (KennisNetworkOptions *self,
                                   KennisTieWeight       weight)
{
  g_return_if_fail (KENNIS_IS_NETWORK_OPTIONS (self));

  self->weight = weight;
}

/**
 * kennis_network_options_get_weight:
 * @self: options
 *
 * Gets what a tie weighs.
 *
 * Returns: what a tie weighs
 *
 * Since: 1.0
 */
KennisTieWeight
kennis_network_options_get_weight (KennisNetworkOptions *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK_OPTIONS (self), KENNIS_TIE_WEIGHT_SESSIONS);

  return self->weight;
}

/**
 * kennis_network_options_set_admit_contact:
 * @self: options
 * @admit_contact: whether mere contact makes ties too
 *
 * Sets whether mere contact makes ties too.
 *
 * Since: 1.0
 */
void
kennis_network_options_set_admit_contact (KennisNetworkOptions *self,
                                          gboolean              admit_contact)
{
  g_return_if_fail (KENNIS_IS_NETWORK_OPTIONS (self));

  self->admit_contact = admit_contact != FALSE;
}

/**
 * kennis_network_options_get_admit_contact:
 * @self: options
 *
 * Tells whether mere contact makes ties too.
 *
 * Returns: whether mere contact makes ties too
 *
 * Since: 1.0
 */
gboolean
kennis_network_options_get_admit_contact (KennisNetworkOptions *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK_OPTIONS (self), FALSE);

  return self->admit_contact;
}

/**
 * kennis_network_options_set_with_isolates:
 * @self: options
 * @with_isolates: whether people on the roster without a tie are in the network
 *
 * Sets whether people on the roster without a tie are in the network.
 *
 * Since: 1.0
 */
void
kennis_network_options_set_with_isolates (KennisNetworkOptions *self,
                                          gboolean              with_isolates)
{
  g_return_if_fail (KENNIS_IS_NETWORK_OPTIONS (self));

  self->with_isolates = with_isolates != FALSE;
}

/**
 * kennis_network_options_get_with_isolates:
 * @self: options
 *
 * Tells whether people on the roster without a tie are in the network.
 *
 * Returns: whether people on the roster without a tie are in the network
 *
 * Since: 1.0
 */
gboolean
kennis_network_options_get_with_isolates (KennisNetworkOptions *self)
{
  g_return_val_if_fail (KENNIS_IS_NETWORK_OPTIONS (self), FALSE);

  return self->with_isolates;
}
