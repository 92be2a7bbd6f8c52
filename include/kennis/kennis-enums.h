#pragma once

#if !defined(KENNIS_INSIDE) && !defined(KENNIS_COMPILATION)
#error "Include <kennis/kennis.h> only."
#endif

#include <kennis/kennis-macros.h>

G_BEGIN_DECLS

/**
 * KENNIS_UNKNOWN:
 *
 * The value of a time, duration, amount or number that nobody recorded.
 * Unknown is never 0.
 *
 * Since: 1.0
 */
#define KENNIS_UNKNOWN ((gint64) (-9223372036854775807 - 1))

/**
 * KennisRecordType:
 * @KENNIS_RECORD_TYPE_COVERAGE: what a source observes, see [class@Coverage]
 * @KENNIS_RECORD_TYPE_PERSON: a person at a time, see [class@Person]
 * @KENNIS_RECORD_TYPE_TEAM: a team, see [class@Team]
 * @KENNIS_RECORD_TYPE_TOPIC: a topic, see [class@Topic]
 * @KENNIS_RECORD_TYPE_NEED: what a team or role should know, see [class@Need]
 * @KENNIS_RECORD_TYPE_HOLDING: what a person knows, see [class@Holding]
 * @KENNIS_RECORD_TYPE_PROGRAMME: an investment in learning, see [class@Programme]
 * @KENNIS_RECORD_TYPE_ACTIVITY: a learning activity, see [class@Activity]
 * @KENNIS_RECORD_TYPE_SHARING: a knowledge-sharing event, see [class@Sharing]
 * @KENNIS_RECORD_TYPE_MOMENT: a moment of a team, see [class@Moment]
 * @KENNIS_RECORD_TYPE_TALK: a talk of a person with a leader, see [class@Talk]
 * @KENNIS_RECORD_TYPE_GOAL: a learning goal, see [class@Goal]
 * @KENNIS_RECORD_TYPE_INVITATION: who was asked to answer, see [class@Invitation]
 * @KENNIS_RECORD_TYPE_RESPONSE: an answer to an item, see [class@Response]
 * @KENNIS_RECORD_TYPE_OUTCOME: a result of a team, see [class@Outcome]
 *
 * The types of records that a [class@Dataset] holds, in the order in which
 * files hold them.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_RECORD_TYPE_COVERAGE,
  KENNIS_RECORD_TYPE_PERSON,
  KENNIS_RECORD_TYPE_TEAM,
  KENNIS_RECORD_TYPE_TOPIC,
  KENNIS_RECORD_TYPE_NEED,
  KENNIS_RECORD_TYPE_HOLDING,
  KENNIS_RECORD_TYPE_PROGRAMME,
  KENNIS_RECORD_TYPE_ACTIVITY,
  KENNIS_RECORD_TYPE_SHARING,
  KENNIS_RECORD_TYPE_MOMENT,
  KENNIS_RECORD_TYPE_TALK,
  KENNIS_RECORD_TYPE_GOAL,
  KENNIS_RECORD_TYPE_INVITATION,
  KENNIS_RECORD_TYPE_RESPONSE,
  KENNIS_RECORD_TYPE_OUTCOME
} KennisRecordType;

/**
 * KennisAnswer:
 * @KENNIS_ANSWER_UNKNOWN: nobody recorded it
 * @KENNIS_ANSWER_NO: no
 * @KENNIS_ANSWER_YES: yes
 *
 * A yes, a no, or not known.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_ANSWER_UNKNOWN,
  KENNIS_ANSWER_NO,
  KENNIS_ANSWER_YES
} KennisAnswer;

/**
 * KennisForm:
 * @KENNIS_FORM_UNKNOWN: nobody recorded it
 * @KENNIS_FORM_FORMAL: a course or training
 * @KENNIS_FORM_WORKPLACE: at work, by doing it
 * @KENNIS_FORM_TOGETHER: with and from colleagues
 * @KENNIS_FORM_SELF_STUDY: by oneself
 * @KENNIS_FORM_EVENT: a conference, fair or visit
 * @KENNIS_FORM_MENTORING: with a mentor or coach
 * @KENNIS_FORM_VOLUNTEERING: by voluntary work
 * @KENNIS_FORM_REFLECTION: by looking back on one's own work
 *
 * How one learns.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_FORM_UNKNOWN,
  KENNIS_FORM_FORMAL,
  KENNIS_FORM_WORKPLACE,
  KENNIS_FORM_TOGETHER,
  KENNIS_FORM_SELF_STUDY,
  KENNIS_FORM_EVENT,
  KENNIS_FORM_MENTORING,
  KENNIS_FORM_VOLUNTEERING,
  KENNIS_FORM_REFLECTION
} KennisForm;

/**
 * KennisSetting:
 * @KENNIS_SETTING_UNKNOWN: nobody recorded it
 * @KENNIS_SETTING_DETACHED: away from the work
 * @KENNIS_SETTING_MEETING: in a work meeting
 * @KENNIS_SETTING_DAILY_WORK: in the daily work
 * @KENNIS_SETTING_TEAM: in a moment of the team
 *
 * Where in the work the learning takes place.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_SETTING_UNKNOWN,
  KENNIS_SETTING_DETACHED,
  KENNIS_SETTING_MEETING,
  KENNIS_SETTING_DAILY_WORK,
  KENNIS_SETTING_TEAM
} KennisSetting;

/**
 * KennisApproach:
 * @KENNIS_APPROACH_UNKNOWN: nobody recorded it
 * @KENNIS_APPROACH_EXPERIENTIAL: by experience
 * @KENNIS_APPROACH_DIGITAL: on line
 * @KENNIS_APPROACH_PRACTICE: by practice
 * @KENNIS_APPROACH_CLASSROOM: in a classroom
 *
 * The approach of a learning activity.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_APPROACH_UNKNOWN,
  KENNIS_APPROACH_EXPERIENTIAL,
  KENNIS_APPROACH_DIGITAL,
  KENNIS_APPROACH_PRACTICE,
  KENNIS_APPROACH_CLASSROOM
} KennisApproach;

/**
 * KennisInitiative:
 * @KENNIS_INITIATIVE_UNKNOWN: nobody recorded it
 * @KENNIS_INITIATIVE_SELF: one's own choice
 * @KENNIS_INITIATIVE_MANAGER: the manager's choice
 * @KENNIS_INITIATIVE_REQUIRED: required, by law or by rule
 *
 * Who chose that it happened.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_INITIATIVE_UNKNOWN,
  KENNIS_INITIATIVE_SELF,
  KENNIS_INITIATIVE_MANAGER,
  KENNIS_INITIATIVE_REQUIRED
} KennisInitiative;

/**
 * KennisStatus:
 * @KENNIS_STATUS_UNKNOWN: nobody recorded it
 * @KENNIS_STATUS_OFFERED: offered to the employee
 * @KENNIS_STATUS_DECLINED: declined by the employee
 * @KENNIS_STATUS_NOT_YET: "not yet", says the employee
 * @KENNIS_STATUS_REQUESTED: requested by the employee
 * @KENNIS_STATUS_APPROVED: approved by the employer
 * @KENNIS_STATUS_REFUSED: refused by the employer
 * @KENNIS_STATUS_DEFERRED: put off by the employer
 * @KENNIS_STATUS_ENROLLED: enrolled, or under way
 * @KENNIS_STATUS_COMPLETED: completed
 * @KENNIS_STATUS_ABANDONED: begun and given up
 *
 * How far a learning activity has come.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_STATUS_UNKNOWN,
  KENNIS_STATUS_OFFERED,
  KENNIS_STATUS_DECLINED,
  KENNIS_STATUS_NOT_YET,
  KENNIS_STATUS_REQUESTED,
  KENNIS_STATUS_APPROVED,
  KENNIS_STATUS_REFUSED,
  KENNIS_STATUS_DEFERRED,
  KENNIS_STATUS_ENROLLED,
  KENNIS_STATUS_COMPLETED,
  KENNIS_STATUS_ABANDONED
} KennisStatus;

/**
 * KennisSharingKind:
 * @KENNIS_SHARING_KIND_UNKNOWN: nobody recorded it
 * @KENNIS_SHARING_KIND_MENTORING: mentoring
 * @KENNIS_SHARING_KIND_BUDDY: help of a buddy to a newcomer
 * @KENNIS_SHARING_KIND_PEER_REVIEW: review of work by a peer
 * @KENNIS_SHARING_KIND_FEEDBACK: feedback
 * @KENNIS_SHARING_KIND_RETROSPECTIVE: a retrospective
 * @KENNIS_SHARING_KIND_PRESENTATION: a presentation
 * @KENNIS_SHARING_KIND_DISCUSSION: a discussion
 * @KENNIS_SHARING_KIND_QUESTION: an answered question; the giver answered
 * @KENNIS_SHARING_KIND_CO_CREATION: making something together
 * @KENNIS_SHARING_KIND_DOCUMENT: a document written for others
 * @KENNIS_SHARING_KIND_CONTACT: mere contact (e-mail, chat, meeting
 *   together): usable for a network, never counted as exchange
 *
 * How knowledge was shared.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_SHARING_KIND_UNKNOWN,
  KENNIS_SHARING_KIND_MENTORING,
  KENNIS_SHARING_KIND_BUDDY,
  KENNIS_SHARING_KIND_PEER_REVIEW,
  KENNIS_SHARING_KIND_FEEDBACK,
  KENNIS_SHARING_KIND_RETROSPECTIVE,
  KENNIS_SHARING_KIND_PRESENTATION,
  KENNIS_SHARING_KIND_DISCUSSION,
  KENNIS_SHARING_KIND_QUESTION,
  KENNIS_SHARING_KIND_CO_CREATION,
  KENNIS_SHARING_KIND_DOCUMENT,
  KENNIS_SHARING_KIND_CONTACT
} KennisSharingKind;

/**
 * KennisKnowledge:
 * @KENNIS_KNOWLEDGE_UNKNOWN: nobody recorded it
 * @KENNIS_KNOWLEDGE_EXPLICIT: can be written down
 * @KENNIS_KNOWLEDGE_IMPLICIT: shows in doing
 *
 * The kind of knowledge that was shared.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_KNOWLEDGE_UNKNOWN,
  KENNIS_KNOWLEDGE_EXPLICIT,
  KENNIS_KNOWLEDGE_IMPLICIT
} KennisKnowledge;

/**
 * KennisMomentKind:
 * @KENNIS_MOMENT_KIND_UNKNOWN: nobody recorded it
 * @KENNIS_MOMENT_KIND_CHECK_OUT: what did we learn today or this week
 * @KENNIS_MOMENT_KIND_RETROSPECTIVE: a retrospective
 * @KENNIS_MOMENT_KIND_EVALUATION: an evaluation
 * @KENNIS_MOMENT_KIND_RECOGNITION: learning is seen and praised
 * @KENNIS_MOMENT_KIND_EXPERIMENT: something new is tried out
 * @KENNIS_MOMENT_KIND_MEETING: an ordinary work meeting, the denominator
 *
 * The kind of a team's moment.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_MOMENT_KIND_UNKNOWN,
  KENNIS_MOMENT_KIND_CHECK_OUT,
  KENNIS_MOMENT_KIND_RETROSPECTIVE,
  KENNIS_MOMENT_KIND_EVALUATION,
  KENNIS_MOMENT_KIND_RECOGNITION,
  KENNIS_MOMENT_KIND_EXPERIMENT,
  KENNIS_MOMENT_KIND_MEETING
} KennisMomentKind;

/**
 * KennisTalkKind:
 * @KENNIS_TALK_KIND_UNKNOWN: nobody recorded it
 * @KENNIS_TALK_KIND_GROWTH: about growth
 * @KENNIS_TALK_KIND_REVIEW: about the work done
 * @KENNIS_TALK_KIND_NOT_YET: to understand a "not yet"
 * @KENNIS_TALK_KIND_EXIT: on leaving
 *
 * The kind of a talk between a person and a leader.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_TALK_KIND_UNKNOWN,
  KENNIS_TALK_KIND_GROWTH,
  KENNIS_TALK_KIND_REVIEW,
  KENNIS_TALK_KIND_NOT_YET,
  KENNIS_TALK_KIND_EXIT
} KennisTalkKind;

/**
 * KennisSeverity:
 * @KENNIS_SEVERITY_NOTE: nothing is lost
 * @KENNIS_SEVERITY_WARNING: something was not looked at, and no record was lost
 * @KENNIS_SEVERITY_ERROR: a record, or the rest of a source, was lost
 *
 * How much a [class@Diagnostic] matters.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_SEVERITY_NOTE,
  KENNIS_SEVERITY_WARNING,
  KENNIS_SEVERITY_ERROR
} KennisSeverity;

/**
 * KennisPeriod:
 * @KENNIS_PERIOD_ALL: the whole window
 * @KENNIS_PERIOD_YEAR: calendar years
 * @KENNIS_PERIOD_QUARTER: calendar quarters
 * @KENNIS_PERIOD_MONTH: calendar months
 *
 * Into what a query cuts its window.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_PERIOD_ALL,
  KENNIS_PERIOD_YEAR,
  KENNIS_PERIOD_QUARTER,
  KENNIS_PERIOD_MONTH
} KennisPeriod;

/**
 * KennisMeasureStatus:
 * @KENNIS_MEASURE_STATUS_OK: there is a value
 * @KENNIS_MEASURE_STATUS_WITHHELD: withheld to protect people
 * @KENNIS_MEASURE_STATUS_NO_DATA: the input was never recorded
 * @KENNIS_MEASURE_STATUS_LOW_COVERAGE: under 60% of heads are covered
 * @KENNIS_MEASURE_STATUS_PARTIAL: there is a value, of an unfinished period
 * @KENNIS_MEASURE_STATUS_TOO_FEW: too few observations for this figure
 * @KENNIS_MEASURE_STATUS_NOT_REACHED: the event is rarer than the figure asks
 * @KENNIS_MEASURE_STATUS_UNDETERMINED: the data do not decide
 *
 * What a measurement's value is worth.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_MEASURE_STATUS_OK,
  KENNIS_MEASURE_STATUS_WITHHELD,
  KENNIS_MEASURE_STATUS_NO_DATA,
  KENNIS_MEASURE_STATUS_LOW_COVERAGE,
  KENNIS_MEASURE_STATUS_PARTIAL,
  KENNIS_MEASURE_STATUS_TOO_FEW,
  KENNIS_MEASURE_STATUS_NOT_REACHED,
  KENNIS_MEASURE_STATUS_UNDETERMINED
} KennisMeasureStatus;

/**
 * KennisUnit:
 * @KENNIS_UNIT_NUMBER: a plain number, as an index
 * @KENNIS_UNIT_SHARE: a part of a whole, 0 to 1
 * @KENNIS_UNIT_HOURS: hours
 * @KENNIS_UNIT_DAYS: days
 * @KENNIS_UNIT_MONEY: units of the summary's currency
 * @KENNIS_UNIT_COUNT: how many, on average or in all
 * @KENNIS_UNIT_SCORE: points from 0 to 100
 * @KENNIS_UNIT_CATEGORY: one of the metric's categories, by its place among them from 0 ([method@Metric.list_categories])
 *
 * The unit of a metric's values.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_UNIT_NUMBER,
  KENNIS_UNIT_SHARE,
  KENNIS_UNIT_HOURS,
  KENNIS_UNIT_DAYS,
  KENNIS_UNIT_MONEY,
  KENNIS_UNIT_COUNT,
  KENNIS_UNIT_SCORE,
  KENNIS_UNIT_CATEGORY
} KennisUnit;

/**
 * KennisDirection:
 * @KENNIS_DIRECTION_NEUTRAL: neither high nor low is good in itself
 * @KENNIS_DIRECTION_HIGHER: higher speaks for a learning culture
 * @KENNIS_DIRECTION_LOWER: lower speaks for a learning culture
 *
 * How a metric's values are read.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_DIRECTION_NEUTRAL,
  KENNIS_DIRECTION_HIGHER,
  KENNIS_DIRECTION_LOWER
} KennisDirection;

/**
 * KennisCost:
 * @KENNIS_COST_LIGHT: runs whenever its pattern matches
 * @KENNIS_COST_HEAVY: runs only when named in full
 *
 * How much time a metric takes.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_COST_LIGHT,
  KENNIS_COST_HEAVY
} KennisCost;

/**
 * KennisReportFormat:
 * @KENNIS_REPORT_FORMAT_TEXT: for a person at a terminal
 * @KENNIS_REPORT_FORMAT_HTML: for a person with a browser: one file with charts, which loads nothing
 * @KENNIS_REPORT_FORMAT_CSV: one row a measurement (RFC 4180, UTF-8, formulas made harmless)
 * @KENNIS_REPORT_FORMAT_JSON: an object with what was read and one object a measurement
 * @KENNIS_REPORT_FORMAT_XML: the same, by the schema kennis-report-1.rng
 *
 * How a [class@Report] is written.
 *
 * Since: 1.0
 */
typedef enum {
  KENNIS_REPORT_FORMAT_TEXT,
  KENNIS_REPORT_FORMAT_HTML,
  KENNIS_REPORT_FORMAT_CSV,
  KENNIS_REPORT_FORMAT_JSON,
  KENNIS_REPORT_FORMAT_XML
} KennisReportFormat;

G_END_DECLS
