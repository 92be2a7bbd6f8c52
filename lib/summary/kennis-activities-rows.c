#include "config.h"

#include "summary/kennis-activities-private.h"

typedef struct
{
  gint64 start, ended, counted;
  gint32 start_day, ended_day, counted_day;     /* valid where the time is known */
} Times;

static gboolean
is_known (gint64 code)
{
  return code != KENNIS_UNKNOWN;
}

static guint32
text_index (gint64 code)
{
  return is_known (code) ? (guint32) code : KENNIS_INTERN_NONE;
}

static void
read_times (const KennisCalendar *calendar,
            const gint64         *codes,
            Times                *times)
{
  times->start = codes[KENNIS_ACTIVITY_START];
  times->ended = codes[KENNIS_ACTIVITY_ENDED];
  if (is_known (times->start))
    times->counted_day = times->start_day = kennis_calendar_day (calendar, times->start);
  if (is_known (times->ended))
    times->counted_day = times->ended_day = kennis_calendar_day (calendar, times->ended);

  times->counted = is_known (times->ended) ? times->ended : times->start;
  if (is_known (times->counted))
    return;
  times->counted = codes[KENNIS_ACTIVITY_REQUESTED];
  if (is_known (times->counted))
    times->counted_day = kennis_calendar_day (calendar, times->counted);
}

/* The months before the one in which the activity counts get their part of its duration; the rest is left in the cell. */
static void
spread (KennisRowSink *sink,
        const Times   *times,
        gint32         first_month,
        KennisCell    *cell)
{
  gint64 duration = cell->duration, span = times->ended - times->start, before = 0;

  for (gint32 month = first_month; month < cell->month; month++)
    {
      gint64 elapsed = kennis_calendar_month_start (sink->calendar, month + 1) - times->start;
      gint64 part = (gint64) ((__int128) duration * CLAMP (elapsed, 0, span) / span);

      if (part > before)
        {
          KennisCell earlier = { .person = cell->person, .month = month, .topic = cell->topic, .codes = cell->codes };

          earlier.duration = part - before;
          sink->emit (sink, KENNIS_SECTION_CELLS, &earlier);
          before = part;
        }
    }
  cell->duration -= before;
}

static void
emit_cell (KennisRowSink *sink,
           const gint64  *codes,
           const Times   *times)
{
  gint64 duration = codes[KENNIS_ACTIVITY_DURATION], cost = codes[KENNIS_ACTIVITY_COST];
  KennisCell cell = {
    .person = (guint32) codes[KENNIS_ACTIVITY_PERSON],
    .month = kennis_month_of_day (times->counted_day),
    .topic = text_index (codes[KENNIS_ACTIVITY_TOPIC]),
    .codes = KENNIS_CODES (codes[KENNIS_ACTIVITY_FORM], codes[KENNIS_ACTIVITY_SETTING], codes[KENNIS_ACTIVITY_APPROACH],
                           codes[KENNIS_ACTIVITY_INITIATIVE], codes[KENNIS_ACTIVITY_STATUS],
                           codes[KENNIS_ACTIVITY_EXTERNAL]),
    .n = 1,
    .n_timed = is_known (duration),
    .n_costed = is_known (cost),
    .n_evaluated = is_known (codes[KENNIS_ACTIVITY_EVALUATED]),
    .duration = is_known (duration) ? duration : 0,
    .cost = is_known (cost) ? cost : 0,
  };

  if (cell.duration > 0 && is_known (times->start) && is_known (times->ended) && times->ended > times->start
      && times->start_day != times->ended_day)
    {
      gint32 first_month = kennis_month_of_day (times->start_day);

      if (first_month < cell.month)
        spread (sink, times, first_month, &cell);
    }
  sink->emit (sink, KENNIS_SECTION_CELLS, &cell);
}

static void
emit_spell (KennisRowSink *sink,
            const gint64  *codes,
            const Times   *times)
{
  KennisStatus status = codes[KENNIS_ACTIVITY_STATUS];
  KennisSetting setting = codes[KENNIS_ACTIVITY_SETTING];
  gboolean by_start = is_known (times->start) && (status == KENNIS_STATUS_ENROLLED || !is_known (times->ended));
  gint64 applied = codes[KENNIS_ACTIVITY_APPLIED];

  if (status < KENNIS_STATUS_ENROLLED || (!is_known (times->start) && !is_known (times->ended)))
    return;

  if (setting != KENNIS_SETTING_UNKNOWN && setting != KENNIS_SETTING_DETACHED)
    setting = KENNIS_SETTING_TEAM;
  KennisSpell spell = {
    .person = (guint32) codes[KENNIS_ACTIVITY_PERSON],
    .topic = text_index (codes[KENNIS_ACTIVITY_TOPIC]),
    .day = by_start ? times->start_day : times->ended_day,
    .codes = KENNIS_CODES (0, setting, 0, codes[KENNIS_ACTIVITY_INITIATIVE], status, 0),
    .since_start = -1,
    .until_applied = -1,
    .n = 1,
  };
  /* Where clocks go back over midnight a later moment can lie in an earlier day. */
  if (is_known (times->start) && is_known (times->ended))
    spell.since_start = MAX (0, times->ended_day - times->start_day);
  if (is_known (times->ended) && is_known (applied))
    spell.until_applied = MAX (0, kennis_calendar_day (sink->calendar, applied) - times->ended_day);
  sink->emit (sink, KENNIS_SECTION_COMPLETIONS, &spell);
}

void
kennis_activities_request (KennisRowSink *sink,
                           guint32        person,
                           KennisStatus   status,
                           gint64         requested,
                           gint64         decided,
                           gint32         counted_day)
{
  if (!is_known (requested) && status != KENNIS_STATUS_NOT_YET && status != KENNIS_STATUS_DECLINED)
    return;

  KennisRequest request = {
    .person = person,
    .day = is_known (requested) ? kennis_calendar_day (sink->calendar, requested) : counted_day,
    .until_decided = -1,
    .status = status,
    .n = 1,
  };
  if (is_known (decided))
    request.until_decided = MAX (0, kennis_calendar_day (sink->calendar, decided) - request.day);
  sink->emit (sink, KENNIS_SECTION_REQUESTS, &request);
}

void
kennis_activities_attended (KennisRowSink *sink,
                            guint32        session,
                            guint32        person)
{
  KennisAttended attended = { session, person };

  sink->emit (sink, KENNIS_SECTION_ATTENDED, &attended);
}

gint64
kennis_activities_row (KennisRowSink *sink,
                       const gint64  *codes)
{
  Times times = { 0 };

  read_times (sink->calendar, codes, &times);
  /* A dataset takes no activity without a time. */
  g_return_val_if_fail (is_known (times.counted), KENNIS_UNKNOWN);

  emit_cell (sink, codes, &times);
  emit_spell (sink, codes, &times);
  kennis_activities_request (sink, codes[KENNIS_ACTIVITY_PERSON], codes[KENNIS_ACTIVITY_STATUS],
                             codes[KENNIS_ACTIVITY_REQUESTED], codes[KENNIS_ACTIVITY_DECIDED], times.counted_day);
  if (is_known (codes[KENNIS_ACTIVITY_SESSION]))
    kennis_activities_attended (sink, codes[KENNIS_ACTIVITY_SESSION], codes[KENNIS_ACTIVITY_PERSON]);

  return times.counted;
}
