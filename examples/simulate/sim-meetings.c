#include "config.h"

#include "simulate/sim-model.h"

/* Moments as a calendar tells them: a VCALENDAR for each team, and the mapping that reads it back. */

static const char mapping[] =
    "[mapping]\nid=simulated-meetings\nformat=ics\ntitle=Meetings of a simulated organisation\npresent=accepted\n\n"
    "[record moment]\nsession={x-kennis-session}\nteam={calendar}\nkind={categories}\ntime={start}\nattendees={attendees}\n";

static void
free_text (gpointer text)
{
  g_string_free (text, TRUE);
}

static GString *
calendar_of (SimModel      *model,
             const SimTeam *team)
{
  GString *calendar;

  if (model->meetings == NULL)
    model->meetings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_text);
  calendar = g_hash_table_lookup (model->meetings, team->id);
  if (calendar == NULL)
    {
      calendar = g_string_new (NULL);
      g_hash_table_insert (model->meetings, g_strdup (team->id), calendar);
      g_string_append_printf (
          calendar, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kennis//kennis-simulate//EN\r\nX-WR-CALNAME:%s\r\n",
          team->id);
    }

  return calendar;
}

void
sim_meetings_add (SimModel         *model,
                  const SimTeam    *team,
                  KennisMomentKind  kind,
                  const char       *session,
                  gint64            time,
                  const GArray     *attendees)
{
  GString *calendar = calendar_of (model, team);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, model->calendar.zone);
  g_autofree char *start = g_date_time_format (local, "%Y%m%dT%H%M%S"),
                  *stamp = g_date_time_format (utc, "%Y%m%dT%H%M%SZ");
  g_autoptr (GEnumClass) kinds = g_type_class_ref (KENNIS_TYPE_MOMENT_KIND);
  const char *nick = g_enum_get_value (kinds, (int) kind)->value_nick;

  g_string_append_printf (
      calendar,
      "BEGIN:VEVENT\r\nUID:%u@vlinderslag.example\r\nDTSTAMP:%s\r\nDTSTART;TZID=Europe/Amsterdam:%s\r\n"
      "DURATION:PT1H\r\nSUMMARY:%s\r\nCATEGORIES:%s\r\nX-KENNIS-SESSION:%s\r\n",
      ++model->meeting_count, stamp, start, nick, nick, session);
  for (guint i = 0; attendees != NULL && i < attendees->len; i++)
    {
      g_autofree char *mail = sim_staff_mail (SIM_PERSON (model, g_array_index (attendees, guint, i)));

      g_string_append_printf (calendar, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:%s\r\n", mail);
    }
  g_string_append (calendar, "END:VEVENT\r\n");
}

gboolean
sim_meetings_save (SimModel    *model,
                   const char  *folder,
                   GError     **error)
{
  g_autofree char *path = g_build_filename (folder, "meetings.ics", NULL);
  g_autofree char *keys = g_build_filename (folder, "meetings.keys", NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint t = 0; t < model->teams->len && model->meetings != NULL; t++)
    {
      GString *calendar = g_hash_table_lookup (model->meetings, SIM_TEAM (model, t)->id);

      if (calendar == NULL)
        continue;
      g_string_append_len (all, calendar->str, (gssize) calendar->len);
      g_string_append (all, "END:VCALENDAR\r\n");
    }
  if (all->len == 0)
    g_string_append (all, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n");

  return g_file_set_contents (path, all->str, (gssize) all->len, error)
         && g_file_set_contents (keys, mapping, -1, error);
}
