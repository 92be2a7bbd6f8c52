#include "config.h"

#include "read/kennis-csv-read-private.h"
#include "reading.h"

#include <kennis/kennis-description.h>

/* A sample of a vendor's file (names of columns as its documentation has them, people made up), and what it becomes. */
typedef struct
{
  const char *id;                /* of the mapping that must be recognised */
  const char *text;
  const char *records;           /* each on a line */
  guint used, rejected, ignored; /* rows */
} Sample;

#define MET "activity session=\"meeting-6b86b273ff34fce19d6b\" person=\""
#define TRAINED                                                                                                        \
  "\" form=\"formal\" topic=\"Training Git\" start=\"2024-03-01T09:00:00Z\" ended=\"2024-03-01T10:00:00Z\" duration=\"PT1H\" " \
  "setting=\"detached\" status=\"completed\"\n"
#define ACTIVITY "activity person="

static const Sample samples[] = {
  { "viva-people",
    "PersonId,EffectiveDate,ManagerId,Organization,LevelDesignation,FunctionType,HireDate,HourlyRate\n"
    "ann@x.example,12/31/2023,bob@x.example,Sales,Support,Marketing,01/15/2020,45.5\n"
    "bob@x.example,12/31/2023,,Sales,Director,Marketing,,\n",
    "person id=\"ann@x.example\" effective=\"2023-12-31T00:00:00Z\" team=\"Sales\" role=\"Marketing\" leader=\"bob@x.example\" "
    "hourly-cost=\"45.5\" hired=\"2020-01-15T00:00:00Z\" attributes=\"level=Support\"\n"
    "person id=\"bob@x.example\" effective=\"2023-12-31T00:00:00Z\" team=\"Sales\" role=\"Marketing\" "
    "attributes=\"level=Director\"\n"
    "team id=\"Sales\"\n",
    2, 0, 0 },
  { "viva-people",
    "Microsoft_PersonEmail,Microsoft_ManagerEmail,Microsoft_LevelDesignation,Microsoft_Organization,Microsoft_Layer,"
    "Microsoft_CompanyOfficeCity,Microsoft_JobDiscipline,Microsoft_JobTitle\n"
    "ann@x.example,'',Support,Sales,8,Seattle,,Clerk\nbob@x.example,ann@x.example,Support,Sales,8,Seattle,Marketing,Clerk\n",
    "person id=\"ann@x.example\" team=\"Sales\" role=\"Clerk\" attributes=\"level=Support location=Seattle\"\n"
    "person id=\"bob@x.example\" team=\"Sales\" role=\"Marketing\" leader=\"ann@x.example\" "
    "attributes=\"level=Support location=Seattle\"\n"
    "team id=\"Sales\"\n",
    2, 0, 0 },
  { "viva-p2p",
    "\"PrimaryCollaborator_PersonId\",\"PrimaryCollaborator_Organization\",\"SecondaryCollaborator_PersonId\","
    "\"SecondaryCollaborator_Organization\",\"MetricDate\"\n\"a\",\"HR\",\"b\",\"IT\",2023-07-01\n",
    "person id=\"a\" effective=\"2023-07-01T00:00:00Z\" team=\"HR\"\n"
    "person id=\"b\" effective=\"2023-07-01T00:00:00Z\" team=\"IT\"\n"
    "team id=\"HR\"\nteam id=\"IT\"\n"
    "sharing giver=\"a\" receiver=\"b\" kind=\"contact\" time=\"2023-07-01T00:00:00Z\"\n",
    1, 0, 0 },
  { "viva-person-query",
    "PersonId,MetricDate,Collaboration_hours,Meetings,FunctionType,SupervisorIndicator,Level,Organization,LevelDesignation\n"
    "a,2024-04-28,14.1,6,Specialist,Manager,Level3,IT,Senior IC\nb,2024-04-28,1,1,,,,,\n",
    "person id=\"a\" effective=\"2024-04-28T00:00:00Z\" team=\"IT\" role=\"Specialist\" attributes=\"level=Senior IC\"\n"
    "person id=\"b\" effective=\"2024-04-28T00:00:00Z\"\nteam id=\"IT\"\n",
    2, 0, 0 },
  { "personas", "id,mail,username\n7,ann@x.example,ann\n",
    "person id=\"7\" effective=\"2199-12-31T00:00:00Z\" aliases=\"ann ann@x.example\"\n", 1, 0, 0 },
  { "calendar",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Training Git\r\nDTSTART:20240301T090000Z\r\nDURATION:PT1H\r\n"
    "ORGANIZER:mailto:bob@x.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@x.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    MET "bob@x.example" TRAINED MET "ann@x.example" TRAINED, 1, 0, 0 },
  { "xapi",
    "{\"actor\":{\"mbox\":\"mailto:ann@x.example\"},\"verb\":{\"id\":\"http://activitystrea.ms/schema/1.0/complete\"},"
    "\"object\":{\"id\":\"http://x.example/c\"},\"timestamp\":\"2024-03-01T10:00:00Z\",\"result\":{\"duration\":\"PT1H\"}}\n",
    ACTIVITY "\"ann@x.example\" topic=\"http://x.example/c\" ended=\"2024-03-01T10:00:00Z\" duration=\"PT1H\" "
    "status=\"completed\"\n",
    1, 0, 0 },
  { "workday-workers",
    "Employee_ID,Supervisory_Organization,Hire_Date,Termination_Date,Job_Profile,FTE_%,Work_Email\n"
    "007,Security,2020-02-01,,Agent,80%,j@x.example\n",
    "person id=\"007\" team=\"Security\" role=\"Agent\" fte=\"0.8\" hired=\"2020-02-01T00:00:00Z\" aliases=\"j@x.example\"\n"
    "team id=\"Security\" name=\"Security\"\n",
    1, 0, 0 },
  { "purview-leavers",
    "EmailAddress,ResignationDate,LastWorkingDate\n"
    "sarad@contoso.com,2019-04-23T15:18:02.4675041+05:30,2019-04-29T15:18:02.4675041+05:30\n",
    "person id=\"sarad@contoso.com\" effective=\"2019-04-23T09:48:02.467Z\" left=\"2019-04-29T09:48:02.467Z\"\n", 1, 0, 0 },
  /* One file for several scenarios, as the vendor shows it. */
  { "purview-leavers",
    "HRScenario,EmailAddress,ResignationDate,LastWorkingDate,EffectiveDate,Remarks,Rating,OldLevel,NewLevel\n"
    "Resignation,sarad@contoso.com,2019-04-23T15:18:02.4675041+05:30,2019-04-29T15:18:02.4675041+05:30,,,,\n"
    "Job level change,sarad@contoso.com,2019-04-23T15:18:02.4675041+05:30,,,,,Level 61 Sr. Manager, Level 60 Manager\n"
    "Performance review,pillarp@contoso.com,,,2019-04-23T15:18:02.4675041+05:30, Multiple conflicts with the team,,\n",
    "person id=\"sarad@contoso.com\" effective=\"2019-04-23T09:48:02.467Z\" left=\"2019-04-29T09:48:02.467Z\"\n", 1, 0, 2 },
  { "moodle-log",
    "Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,IP address\n"
    "\"27/06/17, 05:54\",-,-,Course: X,System,Course viewed,The user with id '5104' viewed the course with id '177'.,web,::1\n"
    "\"7/07/17, 18:15\",-,-,File: Y,System,Course activity completion updated,\"The user with id '1' updated the completion "
    "state for the course module with id '9' for the user with id '5104'.\",web,::1\n"
    "\"7/07/17, 18:15\",-,-,Turnitin,T,List Submissions,User viewed their submission inbox at course: 165,web,::1\n",
    ACTIVITY "\"5104\" form=\"self-study\" topic=\"Course: X\" start=\"2017-06-27T05:54:00Z\" approach=\"digital\"\n"
    ACTIVITY "\"5104\" form=\"self-study\" topic=\"File: Y\" start=\"2017-07-07T18:15:00Z\" ended=\"2017-07-07T18:15:00Z\" "
    "approach=\"digital\" status=\"completed\"\n",
    2, 0, 1 },
  { "totara-completions",
    "username,courseshortname,courseidnumber,completiondate,grade\nann,HS,hs1,23/03/2012,80\nbob,HS,hs1,,\neve,FIRE,,24/03/2012,\n",
    ACTIVITY "\"ann\" form=\"formal\" topic=\"hs1\" ended=\"2012-03-23T00:00:00Z\" status=\"completed\"\n"
    ACTIVITY "\"eve\" form=\"formal\" topic=\"FIRE\" ended=\"2012-03-24T00:00:00Z\" status=\"completed\"\n", 2, 1, 0 },
  { "totara-certifications",
    "username,certificationshortname,certificationidnumber,completiondate,duedate\nharrychinn,health_and_safety,hs1,23/03/2012,\n",
    ACTIVITY "\"harrychinn\" form=\"formal\" topic=\"hs1\" ended=\"2012-03-23T00:00:00Z\" status=\"completed\"\n", 1, 0, 0 },
  { "adobe-learning-manager",
    "Name,Email,LP/Certification/Course,Type,Course,Module,Selection Criteria,Enrollment Date (America/New_York TimeZone),"
    "Started Date (America/New_York TimeZone),Completion Date (America/New_York TimeZone),Status,Time Spent(minutes)\n"
    "Ann,a@x.example,GDPR,Course,GDPR,,Self-Enrolled,2024-03-01 09:00:00,2024-03-02 09:00:00,2024-03-02 10:00:00,Completed,60\n"
    "Ann,a@x.example,GDPR,Course,GDPR,Quiz,Self-Enrolled,2024-03-01 09:00:00,2024-03-02 09:00:00,2024-03-02 10:00:00,Completed,20\n"
    "Ann,a@x.example,Law,Learning Path,,,Self-Enrolled,2024-03-01 09:00:00,2024-03-02 09:00:00,,In Progress,60\n"
    "Bob,b@x.example,GDPR,Course,GDPR,,Manager Nominated Enrollment,2024-03-01 09:00:00,,,Not Started,\n"
    "Bob,b@x.example,Law,Learning Path,Contracts,,Manager Approved Enrollment,2024-03-01 09:00:00,,,Unenrolled,5\n",
    ACTIVITY "\"a@x.example\" form=\"formal\" topic=\"GDPR\" start=\"2024-03-02T14:00:00Z\" ended=\"2024-03-02T15:00:00Z\" "
    "duration=\"PT1H\" approach=\"digital\" initiative=\"self\" status=\"completed\" requested=\"2024-03-01T14:00:00Z\"\n"
    ACTIVITY "\"b@x.example\" form=\"formal\" topic=\"GDPR\" approach=\"digital\" initiative=\"manager\" status=\"enrolled\" "
    "requested=\"2024-03-01T14:00:00Z\"\n" ACTIVITY "\"b@x.example\" form=\"formal\" topic=\"Contracts\" duration=\"PT5M\" "
    "approach=\"digital\" initiative=\"self\" status=\"abandoned\" requested=\"2024-03-01T14:00:00Z\"\n",
    3, 0, 2 },
  { "limesurvey",
    "\357\273\277\"id\",\"submitdate\",\"lastpage\",\"startlanguage\",\"seed\",\"Q1[SQ001]\",\"Q1[SQ002]\",\"Q2\"\n"
    "\"1\",\"2024-03-01 10:00:00\",\"2\",\"nl\",\"5\",\"A4\",\"\",\"free text\"\n"
    "\"2\",\"\",\"1\",\"nl\",\"6\",\"A3\",\"A1\",\"\"\n",
    "response instrument=\"limesurvey\" wave=\"1\" respondent=\"1\" item=\"Q1[SQ001]\" score=\"4\" language=\"nl\" "
    "time=\"2024-03-01T10:00:00Z\"\n",
    1, 0, 1 },
  { "qualtrics",
    "StartDate,EndDate,Status,Finished,ResponseId,UserLanguage,QID1,QID2\n"
    "Start Date,End Date,Response Type,Finished,Response ID,User Language,How are you?,Why?\n"
    "\"{\"\"ImportId\"\":\"\"startDate\"\"}\",x,x,x,x,x,x,x\n"
    "2024-03-01 09:00:00,2024-03-01 10:00:00,Survey Preview,True,R_1,EN,5,\n"
    "2024-03-01 09:00:00,2024-03-01 10:00:00,IP Address,True,R_2,EN,5 (very well),because\n"
    "2024-03-01 09:00:00,2024-03-01 10:00:00,IP Address,False,R_3,EN,5,\n",
    "response instrument=\"qualtrics\" wave=\"1\" respondent=\"R_2\" item=\"QID1\" score=\"5\" language=\"EN\" "
    "time=\"2024-03-01T10:00:00Z\"\n",
    1, 0, 3 },
  { "microsoft-forms",
    "ID;Start time;Completion time;Email;Name;How safe?;Points - How safe?\n"
    "1;3/13/24 9:00:00;3/13/24 9:05:10;anonymous;;4;1\n",
    "response instrument=\"microsoft-forms\" wave=\"1\" respondent=\"1\" item=\"How safe?\" score=\"4\" "
    "time=\"2024-03-13T09:05:10Z\"\n",
    1, 0, 0 },
  { "microsoft-forms",
    "ID;Begintijd;Tijd van voltooien;E-mail;Naam;Tijd van laatste wijziging;Hoe veilig?\n"
    "1;3/13/24 9:00:00;3/13/24 9:05:10;anonymous;;;4\n",
    "response instrument=\"microsoft-forms\" wave=\"1\" respondent=\"1\" item=\"Hoe veilig?\" score=\"4\" "
    "time=\"2024-03-13T09:05:10Z\"\n",
    1, 0, 0 },
  { "microsoft-forms",
    "ID;Heure de début;Heure de fin;Adresse de messagerie;Nom;Langue;Sécurité ?\n"
    "1;3/13/24 9:00:00;3/13/24 9:05:10;anonymous;;Français;4\n",
    "response instrument=\"microsoft-forms\" wave=\"1\" respondent=\"1\" item=\"Sécurité ?\" score=\"4\" "
    "language=\"Français\" time=\"2024-03-13T09:05:10Z\"\n",
    1, 0, 0 },
  { "teams-attendance",
    "1. Summary\nMeeting title\tLunch and learn\nAttended participants\t1\nStart time\t7/22/26, 7:00:11 PM\n\n2. Participants\n"
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
    "Ann\t7/22/26, 7:02:11 PM\t7/22/26, 7:03:24 PM\t1m 13s\ta@x.example\ta@x.example\tPresenter\n\n"
    "3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
    "Ann\t7/22/26, 7:02:11 PM\t7/22/26, 7:03:24 PM\t1m 13s\ta@x.example\tPresenter\n",
    "activity session=\"Lunch and learn 7/22/26, 7:00:11 PM\" person=\"a@x.example\" form=\"together\" topic=\"Lunch and learn\" "
    "start=\"2026-07-22T19:02:11Z\" ended=\"2026-07-22T19:03:24Z\" duration=\"PT1M13S\" setting=\"meeting\" "
    "status=\"completed\"\n",
    1, 0, 3 },
  { "teams-attendance",
    "Meeting Summary\nTotal Number of Participants\t1\nMeeting Title\tLunch and learn\nMeeting Start Time\t22/11/2021, 11:33:07\n\n"
    "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)\n"
    "Ann\t22/11/2021, 11:33:10\t22/11/2021, 11:34:23\t1m 13s\ta@x.example\tPresenter\ta@x.example\n",
    "activity session=\"Lunch and learn 22/11/2021, 11:33:07\" person=\"a@x.example\" form=\"together\" topic=\"Lunch and learn\" "
    "start=\"2021-11-22T11:33:10Z\" ended=\"2021-11-22T11:34:23Z\" duration=\"PT1M13S\" setting=\"meeting\" "
    "status=\"completed\"\n",
    1, 0, 0 },
  /* The policy "only who attended": neither times nor durations. */
  { "teams-attendance-names",
    "1. Summary\nMeeting title\tLunch and learn\nAttended participants\t2\nStart time\t7/22/26, 7:00:11 PM\nEnd time\t7/22/26, 8:00:00 PM\n\n"
    "2. Participants\nName\tEmail\tParticipant ID (UPN)\tRole\nAnn\ta@x.example\ta@x.example\tPresenter\nGuest (Unverified)\t\t\tAttendee\n",
    "activity session=\"Lunch and learn 7/22/26, 7:00:11 PM\" person=\"a@x.example\" form=\"together\" topic=\"Lunch and learn\" "
    "start=\"2026-07-22T19:00:11Z\" ended=\"2026-07-22T20:00:00Z\" setting=\"meeting\" status=\"completed\"\n",
    1, 0, 1 },
  { "people", "Person ID|Team|Manager|FTE|Consent\nann|t1|bob|0.8|yes\nbob|t1||1|no\n",
    "person id=\"ann\" team=\"t1\" leader=\"bob\" fte=\"0.8\"\nteam id=\"t1\"\n", 1, 0, 1 },
  { "activities", "sep=;\nperson;form;start;hours;external\nann;mentoring;2024-03-01;1.5;ja\n",
    ACTIVITY "\"ann\" form=\"mentoring\" start=\"2024-03-01T00:00:00Z\" duration=\"PT1H30M\" external=\"yes\"\n", 1, 0, 0 },
  { "sharings", "giver,receiver,kind,time,minutes\nann,bob,peer_review,2024-03-01,30\n",
    "sharing giver=\"ann\" receiver=\"bob\" kind=\"peer-review\" time=\"2024-03-01T00:00:00Z\" duration=\"PT30M\"\n", 1, 0, 0 },
  { "responses", "instrument,wave,respondent,item,score\nabc,2024,r1,a1,4\n",
    "response instrument=\"abc\" wave=\"2024\" respondent=\"r1\" item=\"a1\" score=\"4\"\n", 1, 0, 0 },
  { "outcomes", "team,measure,period,value\nt1,sick leave,2024-01-01,4.5\n",
    "outcome team=\"t1\" measure=\"sick leave\" period=\"2024-01-01T00:00:00Z\" value=\"4.5\"\n", 1, 0, 0 },
};

static KennisDataset *
load (KennisReader *reader, const char *text, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);

  kennis_reader_set_accept_seen (reader, TRUE);
  return kennis_reader_load_stream (reader, stream, "t", NULL, NULL, NULL, error);
}

static void
check_sample (const Sample *sample)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = load (reader, sample->text, &error);
  g_autofree char *told = told_by (reader);

  if (dataset == NULL)
    printf ("# %s\n", sample->id);
  check_read (reader, dataset, error, sample->records, sample->used, sample->rejected, sample->ignored);
  if (strstr (told, sample->id) == NULL)
    printf ("# %s: %s\n", sample->id, told);
  CU_ASSERT_PTR_NOT_NULL (strstr (told, sample->id));
}

static void
every_shipped_mapping_reads_its_sample (void)
{
  g_autoptr (GListModel) list = kennis_mapping_list ();

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    check_sample (&samples[i]);
  for (guint m = 0; m < g_list_model_get_n_items (list); m++)
    {
      g_autoptr (KennisMapping) mapping = g_list_model_get_item (list, m);
      gboolean has_sample = g_str_equal (kennis_mapping_get_id (mapping), "ibm-hr"); /* tests/reference/csv-real.py */

      for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
        has_sample = has_sample || g_str_equal (samples[i].id, kennis_mapping_get_id (mapping));
      if (!has_sample)
        printf ("# %s has no sample\n", kennis_mapping_get_id (mapping));
      CU_ASSERT_TRUE (has_sample);
      CU_ASSERT_PTR_NOT_NULL (kennis_mapping_get_description (mapping));
    }
}

#define SCORE(item, respondent, score) "response instrument=\"microsoft-forms\" wave=\"1\" respondent=\"" respondent "\" item=\"" item "\" score=\"" score "\"\n"

/* Labels count where the whole column has them: "d" has two for one number, "e" an answer without any, "f" none behind a separator. */
static void
answers_in_words_that_begin_with_a_number_are_no_scores (void)
{
  static const Sample sample = {
    "microsoft-forms",
    "ID;Start time;Completion time;Email;Name;a;b;c;d;e;f\n"
    "1;;;;;5 - Strongly agree;7 things I learned;3;1 - one;2: two;3 times a week\n"
    "2;;;;;1 – Not at all;3 keer per week;2.5;1 - another;none;4-5 times\n"
    "3;;;;;3;;-1;2 - two;1: one;\n"
    "4;;;;;5 - Strongly agree;2;1. a list;3;;\n",
    SCORE ("a", "1", "5") SCORE ("c", "1", "3") SCORE ("a", "2", "1") SCORE ("c", "2", "2.5") SCORE ("a", "3", "3")
    SCORE ("c", "3", "-1") SCORE ("a", "4", "5") SCORE ("b", "4", "2") SCORE ("d", "4", "3"),
    4, 0, 0
  };
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = load (reader, sample.text, &error);

  check_read (reader, dataset, error, sample.records, sample.used, sample.rejected, sample.ignored);
  CU_ASSERT_TRUE (
      is_told (reader, "t:2:7: column “b”: answers in words are no scores: 11; this is the first one; accepted"));
  CU_ASSERT_TRUE (is_told (reader, "as “5 - Agree”"));
}

static void
scores_prove_a_decimal_comma (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset =
      load (reader, "ID;Start time;Completion time;Email;Name;a;b\n1;;;;;7,5;8\n2;;;;;6;1,5 - half\n", &error);

  check_read (reader, dataset, error,
              SCORE ("a", "1", "7.5") SCORE ("b", "1", "8") SCORE ("a", "2", "6") SCORE ("b", "2", "1.5"), 2, 0, 0);
  CU_ASSERT_TRUE (is_told (reader, "numbers are read with a decimal comma, as “7,5” proves"));
}

/* A row that the mapping leaves out, as the second row of Qualtrics' header, and what is behind the first 64 KiB do not count. */
static void
labels_of_scores_are_those_of_the_first_rows (void)
{
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisDataset) dataset = NULL;
  GString *text =
      g_string_new ("StartDate,EndDate,Status,Finished,ResponseId,Q1\n,,,,,How?\n\"{\"\"ImportId\"\"}\",,,,,{}\n"
                    ",,Survey Preview,True,R_0,preview\n");

  for (guint i = 0; i < 9000; i++)
    g_string_append_printf (text, ",,IP Address,True,R_%u,%u (%s)\n", i, i % 2 + 1, i % 2 == 0 ? "no" : "yes");
  g_string_append (text, ",,IP Address,True,R_x,1 (maybe)\n,,IP Address,True,R_y,3 (very)\n");
  dataset = load (reader, text->str, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_RESPONSE), 9001);
  CU_ASSERT_TRUE (is_told (reader, "t:9005:6: column “Q1”: answers in words are no scores: 1;"));
  g_string_free (text, TRUE);
}

/* The same in the quick way, in the long one, and in a list. */
static void
values_in_small_letters_join_who_is_written_in_two_ways (void)
{
  static const char keys[] = "[mapping]\nid=m\n[match]\ncolumns=mail;what;when\n[record activity]\nperson={mail @lower}\ntopic={what}\nended={when}\n"
                             "session={what}-{mail @lower}\nform=formal\n[record person]\nid={number}\naliases={mail @lower}\nneeds=id\n";
  static const char records[] = "person id=\"7\" aliases=\"dée@x.example\"\n"
                                "activity session=\"go-dée@x.example\" person=\"dée@x.example\" form=\"formal\" topic=\"Go\" ended=\"2024-03-01T00:00:00Z\"\n"
                                "activity session=\"up-dée@x.example\" person=\"dée@x.example\" form=\"formal\" topic=\"Up\" ended=\"2024-03-02T00:00:00Z\"\n";

  for (int way = 0; way < 2; way++)
    {
      g_autoptr (KennisMapping) mapping = kennis_mapping_new (keys, "m", NULL);
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisDataset) dataset = NULL;

      CU_ASSERT_PTR_NOT_NULL_FATAL (mapping);
      kennis_reader_set_mapping (reader, mapping);
      kennis_reader_set_encoding (reader, "UTF-8");
      reader->long_way = way == 1;
      dataset = load (reader, "number,mail,what,when\n7,DÉE@X.example,Go,2024-03-01\n,Dée@x.Example,Up,2024-03-02\n,\xff@x,No,2024-03-02\n", &error);
      check_read (reader, dataset, error, records, 2, 1, 0);
    }
}

/* Also where a table that no mapping fits has a title above its header, with a separator in it or none. */
static void
a_header_below_a_title_is_named_where_no_mapping_fits (void)
{
  static const struct { const char *text, *told; } tables[] = {
    { "1. Summary\nTitle\tX\n\nWho\tWhat\tWhen\tWhere\nAnn\tExcel\t2024\tGent\n", "t:4:1: no mapping fits the columns “Who”, “What”, “When”, “Where”;" },
    { "Report, of 2024\n\nWho,What,When,Where\nAnn,Excel,2024,Gent\n", "t:3:1: no mapping fits the columns “Who”, “What”, “When”, “Where”;" },
    { "Who,What\nAnn,Excel\n", "t:1:1: no mapping fits the columns “Who”, “What”;" },
    { "Who,What,When\nAnn,Excel,2024,1\n", "t:1:1: no mapping fits the columns “Who”, “What”, “When”;" },
    { "sep=;\nWho;What", "t:2:1: no mapping fits the columns “Who”, “What”;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (GError) error = NULL;

      CU_ASSERT_PTR_NULL (load (reader, tables[i].text, &error));
      if (!is_told (reader, tables[i].told))
        printf ("# %s\n", error->message);
      CU_ASSERT_TRUE (is_told (reader, tables[i].told));
    }
}

static void
a_unit_that_is_none_of_time_makes_no_duration (void)
{
  static const char *const units[] = { "lower", "score", "percent" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *keys = g_strdup_printf ("[mapping]\nid=m\n[match]\ncolumns=who;long\n[record activity]\nperson={who}\nform=formal\n"
                                               "ended=2024-03-01\nduration={long @%s}\n", units[i]);
      g_autoptr (KennisMapping) mapping = kennis_mapping_new (keys, "m", NULL);
      g_autoptr (KennisReader) reader = kennis_reader_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisDataset) dataset = NULL;

      CU_ASSERT_PTR_NOT_NULL_FATAL (mapping);
      kennis_reader_set_mapping (reader, mapping);
      dataset = load (reader, "who,long\nann,5\nbob,PT1H\n", &error);
      CU_ASSERT_TRUE (kennis_reader_get_n_rows_rejected (reader) >= 1);
      CU_ASSERT_TRUE (is_told (reader, "t:2:2: column “long”: “duration” is “5”; accepted is PT1H30M"));
    }
}

#define GOOD "[mapping]\nid=x\n[match]\ncolumns=a;b\n"

static void
a_wrong_mapping_is_refused_with_its_place (void)
{
  static const struct { const char *text, *told; } wrong[] = {
    { "", "is empty" },
    { "nonsense", "nonsense" },
    { "[mapping]\nid=x\n", "needs an id" },
    { GOOD "[record actvity]\n", "[record actvity]" },
    { GOOD "[record activity]\nperson={a}\nstatsu=completed\n", "statsu" },
    { GOOD "[record activity]\nstart={a}\n", "person: is missing" },
    { GOOD "[record activity]\nperson={a\n", "a brace that is closed" },
    { GOOD "[record activity]\nperson={a ~ (}\n", "person" },
    { GOOD "[record activity]\nperson={}\n", "the name of a column" },
    { GOOD "[record coverage]\nrecord=activity\n", "[coverage …]" },
    { GOOD "[record activity]\nperson={a}\nneeds=personn\n", "needs" },
    { GOOD "[record activity]\nperson={#value}\n", "each" },
    { GOOD "[rows]\nkeep={#value}\n", "of records only" },
    { GOOD "[record activity]\nperson={a}\nwhen={#column}\n", "of fields only" },
    { GOOD "[columns]\na=b\n", "[columns]" },
    { GOOD "[coverage activity]\nfrom=soon\n", "2024-12-31" },
    { GOOD "[coverage activity]\nfields=what\n", "is no field" },
    { "[mapping]\nid=x\ndates=dym\n", "iso, dmy, mdy and ymd" },
    { "[mapping]\nid=x\ndecimal=x\n", "decimal" },
    { "[mapping]\nid=x\nthousands=xx\n", "thousands" },
    { "[mapping]\nid=x\nencoding=ebcdic\n", "encoding" },
    { "[mapping]\nid=x\nheader-rows=0\n", "1 to 9" },
    { "[mapping]\nid=x\nend=(\n", "end" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KennisMapping) mapping = kennis_mapping_new (wrong[i].text, "mine", &error);

      CU_ASSERT_PTR_NULL (mapping);
      CU_ASSERT_FATAL (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
      if (strstr (error->message, wrong[i].told) == NULL)
        printf ("# %s\n", error->message);
      CU_ASSERT_PTR_NOT_NULL (strstr (error->message, wrong[i].told));
      CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "mine"));
    }
}

static void
a_mapping_of_ones_own_says_it_all (void)
{
  const char *text = "[mapping]\nid=mine\ndates=dmy\ndecimal=,\nthousands=.\nzone=America/New_York\nempty=-;onbekend\n"
                     "[match]\ncolumns=Medewerker;Cursus\n"
                     "[words status]\nafgerond=completed\n*=\n"
                     "[record activity]\nid=lms-{Nr}\nperson={Medewerker}\ntopic={Cursus}\nended={Op}\n"
                     "duration={Uren @hours}\ncost={Kosten}\nstatus={Stand}\n"
                     "[coverage activity]\nfields=duration\nfrom=2024-01-01\nuntil=2025-01-01\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisMapping) mapping = kennis_mapping_new (text, "mine", &error);
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = NULL;
  g_autoptr (KennisRecord) coverage = NULL;
  g_autofree char *records = NULL, *covered = NULL;

  CU_ASSERT_PTR_NOT_NULL_FATAL (mapping);
  kennis_reader_set_mapping (reader, mapping);
  CU_ASSERT_PTR_EQUAL (kennis_reader_get_mapping (reader), mapping);
  dataset = load (reader,
                  "Nr;medewerker;CURSUS;Op;Uren;Kosten;Stand\n7;ann;C;5-3-2024;1,5;1.250,00;Afgerond\n8;bob;-;6-3-2024;-;-;bezig\n",
                  &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL (dataset);
  records = records_of (dataset);
  assert_text (records,
               "activity id=\"lms-7\" person=\"ann\" topic=\"C\" ended=\"2024-03-05T05:00:00Z\" duration=\"PT1H30M\" "
               "cost=\"1250\" status=\"completed\"\nactivity id=\"lms-8\" person=\"bob\" ended=\"2024-03-06T05:00:00Z\"\n");
  CU_ASSERT_EQUAL (kennis_dataset_count (dataset, KENNIS_RECORD_TYPE_COVERAGE), 2);
  coverage = kennis_dataset_get_record (dataset, KENNIS_RECORD_TYPE_COVERAGE, 1);
  covered = kennis_record_to_string (coverage);
  assert_text (covered,
               "coverage record=\"activity\" field=\"duration\" from=\"2024-01-01T00:00:00Z\" until=\"2025-01-01T00:00:00Z\"");
}

static void
a_given_mapping_that_does_not_fit_is_an_error (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KennisMapping) mapping = kennis_mapping_find ("moodle-log", &error);
  g_autoptr (KennisReader) reader = kennis_reader_new ();

  CU_ASSERT_PTR_NOT_NULL_FATAL (mapping);
  kennis_reader_set_mapping (reader, mapping);
  CU_ASSERT_PTR_NULL (load (reader, "giver,receiver,time\n", &error));
  CU_ASSERT_PTR_NOT_NULL_FATAL (error);
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "the mapping “moodle-log” does not fit"));
  g_clear_error (&error);
  CU_ASSERT_PTR_NULL (kennis_mapping_find ("nothing", &error));
  CU_ASSERT_PTR_NOT_NULL (strstr (error->message, "moodle-log"));
}

static KennisDescription *
describe_with (KennisMapping *mapping, const char *text)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (GError) error = NULL;
  KennisDescription *description;

  kennis_reader_set_mapping (reader, mapping);
  file = g_file_new_tmp ("kennis-XXXXXX.csv", &stream, NULL);
  CU_ASSERT_TRUE_FATAL (g_file_replace_contents (file, text, strlen (text), NULL, FALSE, 0, NULL, NULL, NULL));
  description = kennis_description_new (reader, file, NULL, &error);
  g_file_delete (file, NULL, NULL);
  CU_ASSERT_EQUAL (description == NULL, error != NULL);
  return description;
}

static KennisDescription *
describe (const char *text)
{
  return describe_with (NULL, text);
}

/* Only the mapping's own id is another one, wherever it stands. */
static void
the_draft_of_a_table_that_fits_is_a_copy_of_its_mapping (void)
{
  static const char own[] =
      "# Ours\n[record person]\nid={who}\n\n[match]\ncolumns=who\n\n[mapping]\n# ours, too\nid = own\ntitle=Own\n";
  g_autoptr (KennisMapping) mapping = kennis_mapping_new (own, "own", NULL), copy = NULL;
  g_autoptr (KennisDescription) description = describe_with (mapping, "who,what\nann,C\n");
  const char *draft;

  CU_ASSERT_PTR_NOT_NULL_FATAL (description);
  draft = kennis_description_get_draft (description);
  copy = kennis_mapping_new (draft, "draft", NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL (copy);
  assert_text (kennis_mapping_get_id (copy), "my-own");
  CU_ASSERT_PTR_NOT_NULL (strstr (draft, "[record person]\nid={who}\n"));
  CU_ASSERT_PTR_NOT_NULL (strstr (draft, "# Ours\n"));
  CU_ASSERT_PTR_NOT_NULL (strstr (draft, "# ours, too\n"));
  CU_ASSERT_PTR_NOT_NULL (strstr (draft, "# {what}\n"));
}

static void
a_description_tells_what_fits_and_what_is_unused (void)
{
  g_autoptr (KennisDescription) known = describe ("person;topic;start;shoe size\nann;C;2024-03-01;38\n");
  g_autoptr (KennisDescription) unknown = describe ("Wie,Wat,Wanneer,Status\nann,,31/12/2024,klaar\n");
  g_auto (GStrv) unused = NULL, columns = NULL, examples = NULL;
  g_autofree char *text = NULL;

  CU_ASSERT_PTR_NULL (describe ("<kennis/>"));
  CU_ASSERT_PTR_NOT_NULL_FATAL (known);
  CU_ASSERT_PTR_NOT_NULL_FATAL (unknown);
  assert_text (kennis_mapping_get_id (kennis_description_get_mapping (known)), "activities");
  unused = kennis_description_get_unused (known);
  CU_ASSERT_EQUAL (g_strv_length (unused), 1);
  assert_text (unused[0], "shoe size");
  text = kennis_description_to_string (known);
  CU_ASSERT_PTR_NOT_NULL (strstr (text, "“shoe size”, as “38”"));

  CU_ASSERT_PTR_NULL (kennis_description_get_mapping (unknown));
  columns = kennis_description_get_columns (unknown);
  examples = kennis_description_get_examples (unknown);
  CU_ASSERT_EQUAL (g_strv_length (columns), 4);
  assert_text (examples[2], "31/12/2024");
  CU_ASSERT_PTR_NOT_NULL (strstr (kennis_description_get_draft (unknown), "dates=dmy"));
  CU_ASSERT_PTR_NOT_NULL (strstr (kennis_description_get_draft (unknown), "status={Status}"));
}

int
main (void)
{
  CU_TestInfo tests[] = {
    { "every shipped mapping reads its sample", every_shipped_mapping_reads_its_sample },
    { "answers in words that begin with a number are no scores", answers_in_words_that_begin_with_a_number_are_no_scores },
    { "values in small letters join who is written in two ways", values_in_small_letters_join_who_is_written_in_two_ways },
    { "a header below a title is named where no mapping fits", a_header_below_a_title_is_named_where_no_mapping_fits },
    { "scores prove a decimal comma", scores_prove_a_decimal_comma },
    { "a unit that is none of time makes no duration", a_unit_that_is_none_of_time_makes_no_duration },
    { "labels of scores are those of the first rows", labels_of_scores_are_those_of_the_first_rows },
    { "a wrong mapping is refused with its place", a_wrong_mapping_is_refused_with_its_place },
    { "a mapping of one's own says it all", a_mapping_of_ones_own_says_it_all },
    { "a given mapping that does not fit is an error", a_given_mapping_that_does_not_fit_is_an_error },
    { "the draft of a table that fits is a copy of its mapping", the_draft_of_a_table_that_fits_is_a_copy_of_its_mapping },
    { "a description tells what fits and what is unused", a_description_tells_what_fits_and_what_is_unused },
    CU_TEST_INFO_NULL,
  };

  return kennis_test_main ("mapping", tests);
}
