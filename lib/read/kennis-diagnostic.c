#include "config.h"

#include "base/kennis-i18n-private.h"
#include "read/kennis-reader-private.h"

#include <kennis/kennis-diagnostic.h>
#include <kennis/kennis-enum-types.h>

/**
 * KennisDiagnostic:
 *
 * What a [class@Reader] could not take, or wants to say: where it stands, what is wrong, and what would be accepted.
 *
 * Since: 1.0
 */
struct _KennisDiagnostic
{
  GObject parent_instance;

  KennisSeverity severity;
  char *file;
  guint64 line, column;
  char *record;
  char *problem;
  char *accepted;
};

G_DEFINE_FINAL_TYPE (KennisDiagnostic, kennis_diagnostic, G_TYPE_OBJECT)

typedef enum
{
  PROP_SEVERITY = 1,
  PROP_FILE,
  PROP_LINE,
  PROP_COLUMN,
  PROP_RECORD,
  PROP_PROBLEM,
  PROP_ACCEPTED,
} KennisDiagnosticProperty;

static GParamSpec *properties[PROP_ACCEPTED + 1];

static void
kennis_diagnostic_finalize (GObject *object)
{
  KennisDiagnostic *self = KENNIS_DIAGNOSTIC (object);

  g_free (self->file);
  g_free (self->record);
  g_free (self->problem);
  g_free (self->accepted);

  G_OBJECT_CLASS (kennis_diagnostic_parent_class)->finalize (object);
}

static void
kennis_diagnostic_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  KennisDiagnostic *self = KENNIS_DIAGNOSTIC (object);

  switch ((KennisDiagnosticProperty) id)
    {
    case PROP_SEVERITY:
      g_value_set_enum (value, self->severity);
      break;
    case PROP_FILE:
      g_value_set_string (value, self->file);
      break;
    case PROP_LINE:
      g_value_set_uint64 (value, self->line);
      break;
    case PROP_COLUMN:
      g_value_set_uint64 (value, self->column);
      break;
    case PROP_RECORD:
      g_value_set_string (value, self->record);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_ACCEPTED:
      g_value_set_string (value, self->accepted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
make_properties (GParamFlags flags)
{
  /**
   * KennisDiagnostic:severity:
   *
   * Whether something was lost.
   *
   * Since: 1.0
   */
  properties[PROP_SEVERITY] = g_param_spec_enum ("severity", NULL, NULL, KENNIS_TYPE_SEVERITY, 0, flags);
  /**
   * KennisDiagnostic:file:
   *
   * The name of the source.
   *
   * Since: 1.0
   */
  properties[PROP_FILE] = g_param_spec_string ("file", NULL, NULL, NULL, flags);
  /**
   * KennisDiagnostic:line:
   *
   * The line, from 1; 0 where there is no place.
   *
   * Since: 1.0
   */
  properties[PROP_LINE] = g_param_spec_uint64 ("line", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  /**
   * KennisDiagnostic:column:
   *
   * The byte in the line, from 1; 0 where there is no place.
   *
   * Since: 1.0
   */
  properties[PROP_COLUMN] = g_param_spec_uint64 ("column", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  /**
   * KennisDiagnostic:record:
   *
   * Names the record, as `activity “a1”`.
   *
   * Since: 1.0
   */
  properties[PROP_RECORD] = g_param_spec_string ("record", NULL, NULL, NULL, flags);
  /**
   * KennisDiagnostic:problem:
   *
   * What is wrong.
   *
   * Since: 1.0
   */
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  /**
   * KennisDiagnostic:accepted:
   *
   * What would be accepted, where the problem does not say it.
   *
   * Since: 1.0
   */
  properties[PROP_ACCEPTED] = g_param_spec_string ("accepted", NULL, NULL, NULL, flags);
}

static void
kennis_diagnostic_class_init (KennisDiagnosticClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kennis_diagnostic_finalize;
  object_class->get_property = kennis_diagnostic_get_property;

  make_properties (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
kennis_diagnostic_init (KennisDiagnostic *self)
{
}

KennisDiagnostic *
kennis_diagnostic_new (KennisSeverity severity,
                       const char    *file,
                       KennisPlace    place,
                       const char    *record,
                       const char    *problem,
                       const char    *accepted)
{
  KennisDiagnostic *self = g_object_new (KENNIS_TYPE_DIAGNOSTIC, NULL);

  self->severity = severity;
  self->file = g_strdup (file);
  self->line = place.line;
  self->column = place.column;
  self->record = g_strdup (record);
  self->problem = g_strdup (problem);
  self->accepted = g_strdup (accepted);

  return self;
}

/**
 * kennis_diagnostic_get_severity: (get-property severity)
 * @self: a diagnostic
 *
 * Tells whether something was lost.
 *
 * Returns: whether something was lost
 *
 * Since: 1.0
 */
KennisSeverity
kennis_diagnostic_get_severity (KennisDiagnostic *self)
{
  g_return_val_if_fail (KENNIS_IS_DIAGNOSTIC (self), KENNIS_SEVERITY_NOTE);

  return self->severity;
}

/**
 * kennis_diagnostic_get_file: (get-property file)
 * @self: a diagnostic
 *
 * Gets the name of the source.
 *
 * Returns: the name of the source
 *
 * Since: 1.0
 */
const char *
kennis_diagnostic_get_file (KennisDiagnostic *self)
{
  g_return_val_if_fail (KENNIS_IS_DIAGNOSTIC (self), NULL);

  return self->file;
}

/**
 * kennis_diagnostic_get_line: (get-property line)
 * @self: a diagnostic
 *
 * Gets the line, from 1.
 *
 * Returns: the line, from 1; 0 where there is no place
 *
 * Since: 1.0
 */
guint64
kennis_diagnostic_get_line (KennisDiagnostic *self)
{
  g_return_val_if_fail (KENNIS_IS_DIAGNOSTIC (self), 0);

  return self->line;
}

/**
 * kennis_diagnostic_get_column: (get-property column)
 * @self: a diagnostic
 *
 * Gets the byte in the line, from 1.
 *
 * Returns: the byte in the line, from 1; 0 where there is no place
 *
 * Since: 1.0
 */
guint64
kennis_diagnostic_get_column (KennisDiagnostic *self)
{
  g_return_val_if_fail (KENNIS_IS_DIAGNOSTIC (self), 0);

  return self->column;
}

/**
 * kennis_diagnostic_get_record: (get-property record)
 * @self: a diagnostic
 *
 * Tells what names the record, as `activity “a1”`.
 *
 * Returns: (nullable): what names the record, as `activity “a1”`; %NULL where it is about none
 *
 * Since: 1.0
 */
const char *
kennis_diagnostic_get_record (KennisDiagnostic *self)
{
  g_return_val_if_fail (KENNIS_IS_DIAGNOSTIC (self), NULL);

  return self->record;
}

/**
 * kennis_diagnostic_get_problem: (get-property problem)
 * @self: a diagnostic
 *
 * Tells what is wrong.
 *
 * Returns: what is wrong
 *
 * Since: 1.0
 */
const char *
kennis_diagnostic_get_problem (KennisDiagnostic *self)
{
  g_return_val_if_fail (KENNIS_IS_DIAGNOSTIC (self), NULL);

  return self->problem;
}

/**
 * kennis_diagnostic_get_accepted: (get-property accepted)
 * @self: a diagnostic
 *
 * Tells what would be accepted.
 *
 * Returns: (nullable): what would be accepted; %NULL where the problem says it
 *
 * Since: 1.0
 */
const char *
kennis_diagnostic_get_accepted (KennisDiagnostic *self)
{
  g_return_val_if_fail (KENNIS_IS_DIAGNOSTIC (self), NULL);

  return self->accepted;
}

/**
 * kennis_diagnostic_to_string:
 * @self: a diagnostic
 *
 * Writes it on one line: `FILE:LINE:COLUMN: RECORD: PROBLEM; accepted is …`.
 *
 * Returns: (transfer full): the text
 *
 * Since: 1.0
 */
char *
kennis_diagnostic_to_string (KennisDiagnostic *self)
{
  GString *text;

  g_return_val_if_fail (KENNIS_IS_DIAGNOSTIC (self), NULL);

  text = g_string_new (self->file);
  if (self->line > 0)
    g_string_append_printf (text, ":%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, self->line, self->column);
  if (self->record != NULL)
    g_string_append_printf (text, ": %s", self->record);
  g_string_append_printf (text, ": %s", self->problem);
  if (self->accepted != NULL)
    g_string_append_printf (text, _("; accepted is %s"), self->accepted);

  return g_string_free (text, FALSE);
}
