#include "config.h"

#include "simulate/sim-model.h"

/* The rows that happened are entered into the log in the order in which people recorded them, so that late entries stand
 * among later events.  Each month what was entered in it goes to the dataset; the rest waits. */

static int
compare_entry (gint64 entered_a,
               guint  number_a,
               gint64 entered_b,
               guint  number_b)
{
  if (entered_a != entered_b)
    return entered_a < entered_b ? -1 : 1;

  return number_a < number_b ? -1 : number_a > number_b;
}

static int
compare_activities (gconstpointer a,
                    gconstpointer b)
{
  const SimActivity *one = a, *other = b;

  return compare_entry (one->entered, one->number, other->entered, other->number);
}

static int
compare_sharings (gconstpointer a,
                  gconstpointer b)
{
  const SimSharing *one = a, *other = b;

  return compare_entry (one->entered, one->number, other->entered, other->number);
}

static gint64
minutes_to_ms (gint64 minutes)
{
  return minutes == KENNIS_UNKNOWN ? KENNIS_UNKNOWN : minutes * SIM_MINUTE;
}

static void
emit_common (SimModel   *model,
             char        prefix,
             guint       number,
             guint       session,
             char       *id,
             char       *session_id,
             gsize       size)
{
  g_snprintf (id, size, "%c%u", prefix, number);
  sim_emit_text (&model->emit, "id", id);
  if (session == 0)
    return;
  g_snprintf (session_id, size, "s%u", session);
  sim_emit_text (&model->emit, "session", session_id);
}

static void
emit_activity (SimModel          *model,
               const SimActivity *activity)
{
  SimEmit *emit = &model->emit;
  char id[16], session[16];

  sim_emit_begin (emit, KENNIS_RECORD_TYPE_ACTIVITY);
  emit_common (model, 'a', activity->number, activity->session, id, session, sizeof id);
  sim_emit_text (emit, "person", SIM_PERSON (model, activity->person)->id);
  sim_emit_enum (emit, "form", KENNIS_TYPE_FORM, activity->form);
  sim_emit_text (emit, "topic", model->topic_ids[activity->topic]);
  sim_emit_number (emit, "start", activity->start);
  sim_emit_number (emit, "ended", activity->ended);
  sim_emit_number (emit, "duration", minutes_to_ms (activity->minutes));
  sim_emit_number (emit, "cost", activity->cost == KENNIS_UNKNOWN ? KENNIS_UNKNOWN : activity->cost * 10000);
  sim_emit_enum (emit, "setting", KENNIS_TYPE_SETTING, activity->setting);
  sim_emit_enum (emit, "approach", KENNIS_TYPE_APPROACH, activity->approach);
  sim_emit_enum (emit, "initiative", KENNIS_TYPE_INITIATIVE, activity->initiative);
  sim_emit_enum (emit, "status", KENNIS_TYPE_STATUS, activity->status);
  sim_emit_number (emit, "requested", activity->requested);
  sim_emit_number (emit, "decided", activity->decided);
  sim_emit_number (emit, "applied", activity->applied);
  sim_emit_number (emit, "evaluated", activity->evaluated);
  sim_emit_enum (emit, "external", KENNIS_TYPE_ANSWER, activity->external);
  sim_emit_end (emit);
}

static void
emit_sharing (SimModel         *model,
              const SimSharing *sharing)
{
  SimEmit *emit = &model->emit;
  char id[16], session[16];

  sim_emit_begin (emit, KENNIS_RECORD_TYPE_SHARING);
  emit_common (model, 'k', sharing->number, sharing->session, id, session, sizeof id);
  sim_emit_text (emit, "giver", SIM_PERSON (model, sharing->giver)->id);
  if (sharing->receiver != SIM_NONE)
    sim_emit_text (emit, "receiver", SIM_PERSON (model, sharing->receiver)->id);
  sim_emit_enum (emit, "kind", KENNIS_TYPE_SHARING_KIND, sharing->kind);
  if (sharing->topic != SIM_NONE)
    sim_emit_text (emit, "topic", model->topic_ids[sharing->topic]);
  sim_emit_number (emit, "time", sharing->time);
  sim_emit_number (emit, "duration", minutes_to_ms (sharing->minutes));
  sim_emit_enum (emit, "knowledge", KENNIS_TYPE_KNOWLEDGE, sharing->knowledge);
  sim_emit_enum (emit, "initiative", KENNIS_TYPE_INITIATIVE, sharing->initiative);
  sim_emit_enum (emit, "outside", KENNIS_TYPE_ANSWER, sharing->outside);
  sim_emit_end (emit);
}

void
sim_learning_flush (SimModel *model,
                    gint64    until)
{
  guint n = 0;

  g_array_sort (model->activities, compare_activities);
  while (n < model->activities->len && g_array_index (model->activities, SimActivity, n).entered < until)
    emit_activity (model, &g_array_index (model->activities, SimActivity, n++));
  if (n > 0)
    g_array_remove_range (model->activities, 0, n);
}

void
sim_exchange_flush (SimModel *model,
                    gint64    until)
{
  guint n = 0;

  g_array_sort (model->sharings, compare_sharings);
  while (n < model->sharings->len && g_array_index (model->sharings, SimSharing, n).entered < until)
    emit_sharing (model, &g_array_index (model->sharings, SimSharing, n++));
  if (n > 0)
    g_array_remove_range (model->sharings, 0, n);
}
