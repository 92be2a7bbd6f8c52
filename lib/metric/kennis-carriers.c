#include "config.h"

#include "base/kennis-i18n-private.h"
#include "metric/kennis-surveys-private.h"

/* The six carriers of a learning culture: what people say of them, and beside it what was recorded that stands for them.  The two are never
 * averaged: that they differ is what is worth knowing. */

/* Another metric under the name of a carrier. */
static void
recorded (const KennisSlice *slice, KennisEstimate *out)
{
  kennis_catalogue_row (kennis_catalogue_find (slice->cache->argument))->measure (slice, out);
}

/* Where it is safe, people show what they do not know: they ask, and let others look at what they made. */
static gboolean
shows_oneself (guint8 kind)
{
  return kind == KENNIS_SHARING_KIND_QUESTION || kind == KENNIS_SHARING_KIND_FEEDBACK
         || kind == KENNIS_SHARING_KIND_PEER_REVIEW;
}

static void
asking (const KennisSlice *slice, KennisEstimate *out)
{
  guint8 *answer = kennis_slice_bytes (slice);
  gsize n;
  const KennisSliceSharing *sharings = kennis_slice_sharings (slice, &n);

  for (guint m = 0; m < slice->n_members; m++)
    answer[m] = slice->members[m].is_resident ? 0 : 2;
  for (gsize i = 0; i < n; i++)
    if (sharings[i].receiver >= 0 && shows_oneself (sharings[i].fact->kind) && answer[sharings[i].receiver] == 0)
      answer[sharings[i].receiver] = 1;
  kennis_estimate_share_of_people (slice, answer, out);
}

#define BEHAVIOUR(ID, MEASURE, OF, TITLE, DESCRIPTION, FORMULA, INPUTS)                                              \
  {                                                                                                                 \
    .id = ID, .title = TITLE, .description = DESCRIPTION,                                                           \
    .reading_aid = N_("One thing that is recorded stands for the whole carrier. Read it beside what people say of the carrier, and never as one figure with it. Of a team of which nothing of the kind was ever written down, and of which no source says that it covers it, it is not known."), \
    .unit = KENNIS_UNIT_SHARE, .minimum = 0, .maximum = 1, .direction = KENNIS_DIRECTION_HIGHER,                     \
    .formula = FORMULA, .source = "ours, after Korevaar et al. 2020", .inputs = INPUTS, .measure = MEASURE, .argument = OF, \
  }

KENNIS_METRICS (carriers,
  KENNIS_SURVEY_SCALE ("carrier.1.survey", "carriers work", N_("Carrier: content of the work"), HIGHER),
  BEHAVIOUR ("carrier.1.behaviour", recorded, "embedding.embedded-share", N_("Carrier: content of the work, as recorded"), N_("The share of learning hours that took place in the daily work, in a meeting or in a team's moment."),
             "that of embedding.embedded-share", "activity.status activity.duration activity.setting"),
  KENNIS_SURVEY_SCALE ("carrier.2.survey", "carriers safety", N_("Carrier: room and safety"), HIGHER),
  BEHAVIOUR ("carrier.2.behaviour", asking, NULL, N_("Carrier: room and safety, as recorded"),
             N_("The share of people who asked a question, or let others judge their work, at least once, among those present for at least half of the period."),
             "people with at least 1 question, feedback or peer review received / people present for at least half of the period",
             "sharing.kind sharing.receiver person"),
  KENNIS_SURVEY_SCALE ("carrier.3.survey", "carriers collaboration", N_("Carrier: collaboration and team development"), HIGHER),
  BEHAVIOUR ("carrier.3.behaviour", recorded, "exchange.between-people-share", N_("Carrier: collaboration and team development, as recorded"), N_("The part of all learning hours that people spend learning from each other."),
             "that of exchange.between-people-share", "activity.status activity.duration activity.form sharing.receiver sharing.duration"),
  KENNIS_SURVEY_SCALE ("carrier.4.survey", "carriers leadership", N_("Carrier: leadership for development"), HIGHER),
  BEHAVIOUR ("carrier.4.behaviour", recorded, "embedding.talk-rate", N_("Carrier: leadership for development, as recorded"), N_("The share of people who had a growth or review talk in the twelve months that end with the period."),
             "that of embedding.talk-rate", "talk.held talk.kind person"),
  KENNIS_SURVEY_SCALE ("carrier.5.survey", "carriers organisation", N_("Carrier: organisation for development"), HIGHER),
  BEHAVIOUR ("carrier.5.behaviour", recorded, "embedding.monthly-evaluation", N_("Carrier: organisation for development, as recorded"), N_("The share of months in which a team held a retrospective or evaluation; n is the number of months of teams."),
             "that of embedding.monthly-evaluation", "moment.kind person.team"),
  KENNIS_SURVEY_SCALE ("carrier.6.survey", "carriers outside", N_("Carrier: connection with the outside"), HIGHER),
  BEHAVIOUR ("carrier.6.behaviour", recorded, "exchange.outside-share", N_("Carrier: connection with the outside, as recorded"), N_("The part of the exchanges, of those where it is known, with customers, suppliers or other organisations."),
             "that of exchange.outside-share", "sharing.outside"),
  KENNIS_SURVEY_RESPONSE ("carrier.response-rate", "carriers"))
