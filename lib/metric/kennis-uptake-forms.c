#include "config.h"

#include "base/kennis-i18n-private.h"
#include "base/kennis-statistics-private.h"
#include "metric/kennis-uptake-private.h"

#include <math.h>

/* In which ways people learn. */

void
kennis_uptake_share_of_hours (const KennisSlice *slice, KennisCellQuestion question, KennisEstimate *out)
{
  double *yes = kennis_slice_doubles (slice), *known = kennis_slice_doubles (slice);
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  if (!kennis_uptake_has_hours (slice, out))
    return;
  for (gsize i = 0; i < n; i++)
    if (KENNIS_CODES_STATUS (cells[i].cell->codes) == KENNIS_STATUS_COMPLETED)
      {
        KennisAnswer answer = question (slice, &cells[i]);
        double hours = kennis_hours (cells[i].cell->duration);

        yes[cells[i].member] += answer == KENNIS_ANSWER_YES ? hours : 0;
        known[cells[i].member] += answer != KENNIS_ANSWER_UNKNOWN ? hours : 0;
      }
  kennis_estimate_ratio (slice, yes, known, out);
  /* What one person dominates is the hours, whichever their kind. */
  out->dominance = kennis_estimate_dominance (known, slice->n_members);
}

static KennisAnswer
answer_of (gboolean yes)
{
  return yes ? KENNIS_ANSWER_YES : KENNIS_ANSWER_NO;
}

static KennisAnswer
is_informal (const KennisSlice *slice, const KennisSliceCell *cell)
{
  KennisForm form = KENNIS_CODES_FORM (cell->cell->codes);

  return form == KENNIS_FORM_UNKNOWN ? KENNIS_ANSWER_UNKNOWN : answer_of (form != KENNIS_FORM_FORMAL);
}

static KennisAnswer
is_self_chosen (const KennisSlice *slice, const KennisSliceCell *cell)
{
  KennisInitiative initiative = KENNIS_CODES_INITIATIVE (cell->cell->codes);

  return initiative == KENNIS_INITIATIVE_UNKNOWN ? KENNIS_ANSWER_UNKNOWN
                                                 : answer_of (initiative == KENNIS_INITIATIVE_SELF);
}

static KennisAnswer
is_external (const KennisSlice *slice, const KennisSliceCell *cell)
{
  return KENNIS_CODES_EXTERNAL (cell->cell->codes);
}

static KennisAnswer
is_outside_discipline (const KennisSlice *slice, const KennisSliceCell *cell)
{
  guint32 of_topic = kennis_ground_topic_discipline (slice->ground, cell->cell->topic);
  guint32 own = cell->segment->discipline;

  if (of_topic == KENNIS_INTERN_NONE || own == KENNIS_INTERN_NONE)
    return KENNIS_ANSWER_UNKNOWN;
  return answer_of (of_topic != own);
}

static void
informal_share (const KennisSlice *slice, KennisEstimate *out)
{
  kennis_uptake_share_of_hours (slice, is_informal, out);
}

static void
self_chosen_share (const KennisSlice *slice, KennisEstimate *out)
{
  kennis_uptake_share_of_hours (slice, is_self_chosen, out);
}

static void
external_share (const KennisSlice *slice, KennisEstimate *out)
{
  kennis_uptake_share_of_hours (slice, is_external, out);
}

static void
breadth (const KennisSlice *slice, KennisEstimate *out)
{
  kennis_uptake_share_of_hours (slice, is_outside_discipline, out);
}

static double
evenness_of (const double *sums, gpointer data)
{
  return kennis_evenness (sums, GPOINTER_TO_UINT (data));
}

/* The evenness of hours over kinds 1 … n_kinds; kind 0 is unknown. */
static void
diversity (const KennisSlice *slice, guint (*kind_of) (KennisCodes codes), guint n_kinds, KennisEstimate *out)
{
  double *hours[KENNIS_MAX_SUMS], *all = kennis_slice_doubles (slice);
  guint8 *counts = kennis_slice_bytes (slice);
  gsize n;
  const KennisSliceCell *cells = kennis_slice_cells (slice, &n);

  if (!kennis_uptake_has_hours (slice, out))
    return;
  for (guint k = 0; k < n_kinds; k++)
    hours[k] = kennis_slice_doubles (slice);
  for (gsize i = 0; i < n; i++)
    {
      guint kind = kind_of (cells[i].cell->codes), m = cells[i].member;

      if (KENNIS_CODES_STATUS (cells[i].cell->codes) != KENNIS_STATUS_COMPLETED || kind == 0 || kind > n_kinds
          || cells[i].cell->duration == 0)
        continue;
      hours[kind - 1][m] += kennis_hours (cells[i].cell->duration);
      all[m] += kennis_hours (cells[i].cell->duration);
      counts[m] = 1;
    }
  kennis_estimate_of_sums (slice, (const double *const *) hours, n_kinds, counts, evenness_of,
                           GUINT_TO_POINTER (n_kinds), out);
  out->dominance = kennis_estimate_dominance (all, slice->n_members);
}

static guint
form_of (KennisCodes codes)
{
  return KENNIS_CODES_FORM (codes);
}

static guint
approach_of (KennisCodes codes)
{
  return KENNIS_CODES_APPROACH (codes);
}

static void
form_diversity (const KennisSlice *slice, KennisEstimate *out)
{
  diversity (slice, form_of, KENNIS_FORM_REFLECTION, out);
}

static void
approach_diversity (const KennisSlice *slice, KennisEstimate *out)
{
  diversity (slice, approach_of, KENNIS_APPROACH_CLASSROOM, out);
}

KENNIS_METRICS (uptake_forms,
  {
    .id = "uptake.form-diversity",
    .title = N_("Diversity of forms of learning"),
    .description = N_("How evenly the hours are spread over the eight forms of learning: 0 is all in one form, 1 is the same for each."),
    .reading_aid = N_("Low means that learning is mostly one thing, often courses. Working out loud, mentoring and reflection make it higher."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "- sum of p ln p / ln 8, p the share of each form in completed hours of known form",
    .source = "Shannon 1948, evenness after Pielou 1966",
    .inputs = "activity.status activity.duration activity.form",
    .measure = form_diversity,
  },
  {
    .id = "uptake.approach-diversity",
    .title = N_("Diversity of approaches"),
    .description = N_("How evenly the hours are spread over experience, digital, practice and classroom: 0 is all in one, 1 is the same for each."),
    .reading_aid = N_("People learn in different ways: a mix reaches more of them."),
    .unit = KENNIS_UNIT_NUMBER, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "- sum of p ln p / ln 4, p the share of each approach in completed hours of known approach",
    .source = "Shannon 1948, evenness after Pielou 1966",
    .inputs = "activity.status activity.duration activity.approach",
    .measure = approach_diversity,
  },
  {
    .id = "uptake.informal-share",
    .title = N_("Informal learning"),
    .description = N_("The share of completed hours that were no course or training."),
    .reading_aid = N_("Most learning at work is informal, and little of it is recorded: this is at the least."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "completed hours not FORMAL / completed hours of known form",
    .source = "ours, after Marsick & Watkins 1990",
    .inputs = "activity.status activity.duration activity.form",
    .measure = informal_share,
  },
  {
    .id = "uptake.self-chosen-share",
    .title = N_("Self-chosen learning"),
    .description = N_("The share of completed hours that people chose themselves, rather than their manager or a rule."),
    .reading_aid = N_("Autonomy is a foundation of a learning culture. Much required learning makes this low without anyone doing wrong."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,
    .formula = "completed hours with initiative SELF / completed hours with known initiative",
    .source = "ours, after Deci & Ryan 2000",
    .inputs = "activity.status activity.duration activity.initiative",
    .measure = self_chosen_share,
  },
  {
    .id = "uptake.breadth",
    .title = N_("Learning outside one's own discipline"),
    .description = N_("The share of completed hours on topics of another discipline than the person's own."),
    .reading_aid = N_("Neither high nor low is good in itself: new combinations need breadth, mastery needs depth."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "completed hours on topics of another discipline / completed hours where both disciplines are known",
    .source = "ours",
    .inputs = "activity.status activity.duration activity.topic topic.discipline person.discipline",
    .measure = breadth,
  },
  {
    .id = "uptake.external-share",
    .title = N_("External learning"),
    .description = N_("The share of completed hours that were provided from outside of the organisation."),
    .reading_aid = N_("What is bought outside brings new things in; what is learned inside is closer to the work."),
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_NEUTRAL,
    .formula = "completed external hours / completed hours of which it is known",
    .source = "usual in the field",
    .inputs = "activity.status activity.duration activity.external",
    .measure = external_share,
  })
