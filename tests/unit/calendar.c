#include "config.h"

#include <string.h>

#include "kennis-test.h"
#include "base/kennis-calendar-private.h"

static gint64
utc (int year, int month, int day, int hour, int minute, int second)
{
  return kennis_day_from_date (year, month, day) * KENNIS_MS_PER_DAY
         + ((hour * 60 + minute) * 60 + second) * G_GINT64_CONSTANT (1000);
}

static void
days_and_dates_are_one_to_one (void)
{
  int y, m, d, wrong = 0;
  gint32 day = kennis_day_from_date (1, 1, 1);

  CU_ASSERT_EQUAL (day * KENNIS_MS_PER_DAY, KENNIS_TIME_MIN);
  CU_ASSERT_EQUAL ((kennis_day_from_date (10000, 1, 1)) * KENNIS_MS_PER_DAY - 1, KENNIS_TIME_MAX);
  CU_ASSERT_EQUAL (kennis_day_from_date (1970, 1, 1), 0);
  CU_ASSERT_EQUAL (kennis_day_of_week (0), 4);
  CU_ASSERT_EQUAL (kennis_day_of_week (kennis_day_from_date (1, 1, 1)), 1);
  for (int year = 1; year <= 9999; year++)
    for (int month = 1; month <= 12; month++)
      {
        gint32 number = 12 * (year - 1970) + month - 1;

        wrong += kennis_month_first_day (number) != day;
        for (int dom = 1; kennis_date_is_valid (year, month, dom); dom++, day++)
          {
            kennis_day_to_date (day, &y, &m, &d);
            wrong += kennis_day_from_date (year, month, dom) != day || y != year || m != month || d != dom
                     || kennis_month_of_day (day) != number;
          }
      }
  CU_ASSERT_EQUAL (wrong, 0);
  CU_ASSERT_EQUAL (day, kennis_day_from_date (10000, 1, 1));
  CU_ASSERT_FALSE (kennis_date_is_valid (1900, 2, 29));
  CU_ASSERT_TRUE (kennis_date_is_valid (2000, 2, 29));
}

static void
unknown_zones_are_refused (void)
{
  static const char *const bad[] = { "", "Foo/Bar", "Europe", "/etc/passwd", "../../../etc/passwd", "zone.tab", "+25:00",
                                     "right/Europe/Amsterdam", "Europe/Amster dam", "Amsterdam", "\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      CU_ASSERT_PTR_NULL (kennis_calendar_new (bad[i], &error));
      CU_ASSERT_TRUE (g_error_matches (error, KENNIS_ERROR, KENNIS_ERROR_INVALID));
    }
}

static void
days_follow_the_clocks_of_the_zone (void)
{
  g_autoptr (KennisCalendar) ams = kennis_calendar_new ("Europe/Amsterdam", NULL);
  g_autoptr (KennisCalendar) east = kennis_calendar_new ("+05:30", NULL);

  CU_ASSERT_STRING_EQUAL (kennis_calendar_get_id (ams), "Europe/Amsterdam");
  /* In winter midnight is 23:00 UTC, in summer 22:00 UTC. */
  CU_ASSERT_EQUAL (kennis_calendar_day (ams, utc (2024, 1, 31, 22, 59, 59)), kennis_day_from_date (2024, 1, 31));
  CU_ASSERT_EQUAL (kennis_calendar_day (ams, utc (2024, 1, 31, 23, 0, 0)), kennis_day_from_date (2024, 2, 1));
  CU_ASSERT_EQUAL (kennis_calendar_day (ams, utc (2024, 6, 30, 21, 59, 59)), kennis_day_from_date (2024, 6, 30));
  CU_ASSERT_EQUAL (kennis_calendar_month (ams, utc (2024, 6, 30, 22, 0, 0)), 12 * 54 + 6);
  CU_ASSERT_EQUAL (kennis_calendar_day_start (ams, kennis_day_from_date (2024, 7, 1)), utc (2024, 6, 30, 22, 0, 0));
  CU_ASSERT_EQUAL (kennis_calendar_month_start (ams, 12 * 54 + 1), utc (2024, 1, 31, 23, 0, 0));
  CU_ASSERT_EQUAL (kennis_calendar_day (east, -1), 0);
  CU_ASSERT_EQUAL (kennis_calendar_day (east, -19800001), -1);
  CU_ASSERT_EQUAL (kennis_calendar_day_start (east, 0), -19800000);
}

static void
clocks_that_jump_are_followed (void)
{
  g_autoptr (KennisCalendar) ams = kennis_calendar_new ("Europe/Amsterdam", NULL);
  g_autoptr (KennisCalendar) rio = kennis_calendar_new ("America/Sao_Paulo", NULL);
  g_autoptr (KennisCalendar) apia = kennis_calendar_new ("Pacific/Apia", NULL);
  g_autoptr (KennisCalendar) havana = kennis_calendar_new ("America/Havana", NULL);
  gint32 skipped = kennis_day_from_date (2011, 12, 30);

  /* 02:30 twice on 27 October 2024 (the first is summer time); not at all on 31 March. */
  CU_ASSERT_EQUAL (kennis_calendar_local (ams, 2024, 10, 27, 2, 30, 0, 5), utc (2024, 10, 27, 0, 30, 0) + 5);
  CU_ASSERT_EQUAL (kennis_calendar_local (ams, 2024, 3, 31, 2, 30, 0, 0), utc (2024, 3, 31, 1, 30, 0));
  CU_ASSERT_EQUAL (kennis_calendar_local (ams, 2024, 3, 31, 3, 0, 0, 0), utc (2024, 3, 31, 1, 0, 0));
  /* Midnight did not exist in São Paulo on 4 November 2018: the day began at 01:00 -02:00. */
  CU_ASSERT_EQUAL (kennis_calendar_day_start (rio, kennis_day_from_date (2018, 11, 4)), utc (2018, 11, 4, 3, 0, 0));
  /* Havana's clocks went from 01:00 back to 00:00 on 3 November 2024: the first midnight begins the day. */
  CU_ASSERT_EQUAL (kennis_calendar_day_start (havana, kennis_day_from_date (2024, 11, 3)), utc (2024, 11, 3, 4, 0, 0));
  /* Samoa had no 30 December 2011. */
  CU_ASSERT_EQUAL (kennis_calendar_day_start (apia, skipped), utc (2011, 12, 30, 10, 0, 0));
  CU_ASSERT_EQUAL (kennis_calendar_day_start (apia, skipped + 1), utc (2011, 12, 30, 10, 0, 0));
  CU_ASSERT_EQUAL (kennis_calendar_day (apia, utc (2011, 12, 30, 9, 59, 59)), skipped - 1);
  CU_ASSERT_EQUAL (kennis_calendar_day (apia, utc (2011, 12, 30, 10, 0, 0)), skipped + 1);
}

/* Values of Python 3.11's zoneinfo: datetime (…, tzinfo=utc).astimezone (ZoneInfo (…)).utcoffset ().  All zones of
 * Debian's tzdata 2025b agreed on 140 000 instants from 1875 to 8307 when this was written. */
static void
the_far_future_follows_the_yearly_rule (void)
{
  static const struct { const char *zone; int year, month, hours; } known[] = {
    { "Europe/Amsterdam", 2100, 7, 2 }, { "Europe/Amsterdam", 2199, 1, 1 }, { "Europe/Amsterdam", 2201, 7, 2 },
    { "Europe/Amsterdam", 9998, 7, 2 }, { "Europe/Amsterdam", 9998, 12, 1 }, { "Europe/Dublin", 2037, 12, 0 },
    { "Europe/Dublin", 2038, 2, 0 }, { "Europe/Dublin", 2038, 7, 1 }, { "Europe/Dublin", 2100, 12, 0 },
    { "Europe/Dublin", 5000, 12, 0 }, { "Europe/Dublin", 5000, 7, 1 }, { "Asia/Tokyo", 2500, 7, 9 },
    { "America/New_York", 3000, 1, -5 }, { "America/New_York", 3000, 7, -4 }, { "Australia/Sydney", 2300, 1, 11 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (KennisCalendar) zone = kennis_calendar_new (known[i].zone, NULL);
      gint64 local = utc (known[i].year, known[i].month, 15, 0, 0, 0);

      CU_ASSERT_EQUAL (kennis_calendar_day_start (zone, kennis_day_from_date (known[i].year, known[i].month, 15)),
                       local - known[i].hours * KENNIS_MS_PER_HOUR);
    }
}

static void
days_never_run_backwards_and_begin_where_they_say (void)
{
  static const char *const zones[] = { "Europe/Amsterdam", "Europe/Dublin", "Asia/Kathmandu", "UTC",
                                       "Africa/Casablanca" };

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (KennisCalendar) zone = kennis_calendar_new (zones[i], NULL);
      int wrong = 0;

      for (gint32 day = kennis_day_from_date (1900, 1, 1); day < kennis_day_from_date (2450, 1, 1); day++)
        {
          gint64 start = kennis_calendar_day_start (zone, day);

          wrong += kennis_calendar_day (zone, start) != day || kennis_calendar_day (zone, start - 1) != day - 1;
        }
      CU_ASSERT_EQUAL (wrong, 0);
    }
}

static void
many_days_are_those_of_each_time (void)
{
  static const char *const zones[] = { "Europe/Amsterdam", "America/Havana", "Pacific/Apia",      "Asia/Kathmandu",
                                       "UTC",              "Africa/Cairo",   "Atlantic/Azores",   "-11:30",
                                       "America/Sao_Paulo", "Asia/Manila",   "Antarctica/Troll" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (KennisCalendar) zone = kennis_calendar_new (zones[i], NULL);
      gint64 times[999];
      gint32 days[999];
      int wrong = 0;

      /* From before 1970 to after 2110, and the ms around the beginnings of days. */
      for (gint32 day = -400; day < 52000; day += 333)
        {
          for (guint k = 0; k < 999; k++)
            {
              times[k] = kennis_calendar_day_start (zone, day + (gint32) (k / 3)) + (gint64) (k % 3) - 1;
              if (k % 7 == 0)
                times[k] += g_rand_int_range (rand, 0, (gint32) KENNIS_MS_PER_DAY);
            }
          times[5] = i % 2 == 0 ? KENNIS_TIME_MIN : KENNIS_TIME_MAX;
          kennis_calendar_days (zone, times, 999, days);
          for (guint k = 0; k < 999; k++)
            wrong += days[k] != kennis_calendar_day (zone, times[k]);
        }
      CU_ASSERT_EQUAL (wrong, 0);
    }
}

static void
times_are_read (void)
{
  g_autoptr (KennisCalendar) ams = kennis_calendar_new ("Europe/Amsterdam", NULL);
  gint64 half_past = utc (2024, 3, 1, 9, 30, 0);
  const struct { const char *text; gint64 time; } good[] = {
    { "2024-03-01T09:30:15Z", half_past + 15000 }, { "2024-03-01T09:30:15+01:00", half_past - 3600000 + 15000 },
    { "2024-03-01T09:30:15-05:30", half_past + 19800000 + 15000 }, { "2024-03-01T09:30Z", half_past },
    { "2024-03-01T09:30:15.123Z", half_past + 15123 }, { "2024-03-01T09:30:15,1Z", half_past + 15100 },
    { "2024-03-01T09:30:15.1239999Z", half_past + 15123 }, { "2024-03-01T09:30:15.123+01", half_past - 3600000 + 15123 },
    { "2024-03-01T09:30:15+0100", half_past - 3600000 + 15000 }, { "20240301T093015Z", half_past + 15000 },
    { "20240301T0930+0100", half_past - 3600000 }, { "20240301T093015.5Z", half_past + 15500 },
    { "2024-03-01T24:00:00Z", utc (2024, 3, 2, 0, 0, 0) }, { "2024-03-01T24:00Z", utc (2024, 3, 2, 0, 0, 0) },
    { "2016-12-31T23:59:60Z", utc (2017, 1, 1, 0, 0, 0) - 1 }, { "2016-12-31T23:59:60.5Z", utc (2017, 1, 1, 0, 0, 0) - 1 },
    { "2024-02-29T00:00:00Z", utc (2024, 2, 29, 0, 0, 0) }, { "1969-12-31T23:59:59.999Z", -1 },
    { "0001-01-01T00:00:00Z", KENNIS_TIME_MIN }, { "9999-12-31T23:59:59.999Z", KENNIS_TIME_MAX },
    { "2024-03-01", utc (2024, 2, 29, 23, 0, 0) }, { "20240301", utc (2024, 2, 29, 23, 0, 0) },
    { "2024-07-01T09:30", utc (2024, 7, 1, 7, 30, 0) }, { "2024-07-01T24:00", utc (2024, 7, 1, 22, 0, 0) },
    { "9999-12-31", utc (9999, 12, 30, 23, 0, 0) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      const char *problem = NULL;
      gint64 time = 0;

      CU_ASSERT_TRUE (kennis_parse_time (good[i].text, strlen (good[i].text), ams, &time, &problem));
      CU_ASSERT_EQUAL (time, good[i].time);
    }
}

static void
what_is_no_time_is_refused (void)
{
  static const char *const bad[] = {
    "", "2", "2024", "2024-03", "2024-3-1", "2024-03-1", "2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-00",
    "0000-01-01", "2024-03-01T", "2024-03-01T09", "2024-03-01T09Z", "2024-03-01T9:30Z", "2024-03-01T25:00Z", "2024-03-01T24:01Z",
    "2024-03-01T24:00:00.001Z", "2024-03-01T09:60Z", "2024-03-01T09:30:61Z", "2024-03-01T09:30:15.Z", "2024-03-01T09:30:15Zx",
    "2024-03-01T09:30:15+1", "2024-03-01T09:30:15+24:00", "2024-03-01T09:30:15+01:60", "2024-03-01T09:30:15+01:0",
    "2024-03-01T09:30:15+", "2024-03-01T09:30:15+01:", "2024-03-01 09:30:15Z", "2024-03-01t09:30:15z", "20240301T09:30Z",
    "2024-0301", "202403-01", " 2024-03-01", "2024-03-01 ", "-2024-03-01", "12024-03-01T00:00:00Z", "0001-01-01T00:00:00+00:01",
    "9999-12-31T24:00:00Z", "9999-12-31T23:59:59-00:01", "٢٠٢٤-03-01", "2024-03-01T09:30:1/Z", "2024-03-01T09:30:1:Z",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (KennisCalendar) zone = kennis_calendar_new ("UTC", NULL);
      const char *problem = NULL;
      gint64 time = 42;

      if (kennis_parse_time (bad[i], strlen (bad[i]), zone, &time, &problem))
        CU_FAIL (bad[i]);
      CU_ASSERT_PTR_NOT_NULL (problem);
      CU_ASSERT_EQUAL (time, 42);
    }

  gint64 time;
  CU_ASSERT_FALSE (kennis_parse_time ("2024-03-01T09:30:15", 19, NULL, &time, NULL));
  CU_ASSERT_FALSE (kennis_parse_time ("2024-03-01", 10, NULL, &time, NULL));
  CU_ASSERT_FALSE (kennis_parse_time ("2024-03-01T09:30:15\0Z", 21, NULL, &time, NULL));
}

static void
durations_are_read (void)
{
  static const struct { const char *text; double year; gint64 duration; } good[] = {
    { "PT1H30M", 0, 5400000 }, { "PT0S", 0, 0 }, { "P0D", 0, 0 }, { "P1D", 0, 86400000 }, { "P2DT4H", 0, 187200000 },
    { "P1W", 0, 604800000 }, { "P1.5W", 0, 907200000 }, { "PT1.5H", 0, 5400000 }, { "PT1,5H", 0, 5400000 },
    { "PT12.345S", 0, 12345 }, { "PT0.0005S", 0, 1 }, { "PT0.00049S", 0, 0 }, { "P1DT1M", 0, 86460000 },
    { "PT36H", 0, 129600000 }, { "P0.5D", 0, 43200000 }, { "P1Y", 365.25, 31557600000 }, { "P1M", 365.25, 2629800000 },
    { "P1Y2M3DT4H5M6.789S", 365, 31536000000 + 2 * 2628000000 + 3 * 86400000 + 4 * 3600000 + 5 * 60000 + 6789 },
    { "PT1M", 365, 60000 }, { "PT9223372036854775.807S", 0, G_MAXINT64 },
  };
  static const char *const bad[] = {
    "", "P", "PT", "P1", "PT1", "1H", "-PT1H", "P-1D", "PT1H30", "P1DT", "PT1S1M", "PT1H1H", "PT1.5H30M", "P1.5DT1H", "P1W1D", "P1D1W",
    "P1WT1H", "PT1W", "PT1D", "P1H", "P1S", "PT.5H", "PT1.H", "P1Y", "P1M", "P1Y2M", "pt1h", "PT1h", "PT1m", "P1m", "PT1HT1M", "P 1D", "PT1H ",
    "PT1e3S", "P1T", "PTT1H", "PT9223372036854775.808S", "P99999999999999999999D", "PT2562047788016H", "P1.5W1D", "P3T4",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      gint64 duration = -1;

      if (!kennis_parse_duration (good[i].text, strlen (good[i].text), good[i].year, &duration, NULL))
        CU_FAIL (good[i].text);
      CU_ASSERT_EQUAL (duration, good[i].duration);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *problem = NULL;
      gint64 duration = 42;

      if (kennis_parse_duration (bad[i], strlen (bad[i]), 0, &duration, &problem))
        CU_FAIL (bad[i]);
      CU_ASSERT_PTR_NOT_NULL (problem);
      CU_ASSERT_EQUAL (duration, 42);
    }
}

static void
decimals_and_hours_are_exact (void)
{
  static const struct { const char *text; guint scale; gint64 value; } good[] = {
    { "12.5", 4, 125000 }, { "0", 4, 0 }, { "-0.0001", 4, -1 }, { "+7", 0, 7 }, { "1.2300", 2, 123 }, { ".5", 1, 5 }, { "5.", 1, 50 },
    { "922337203685477.5807", 4, G_MAXINT64 }, { "-922337203685477.5807", 4, -G_MAXINT64 }, { "0.000000000000000001", 18, 1 },
    { "0.1000000000000000000000000", 1, 1 },
  };
  static const char *const bad[] = { "", "-", "+", ".", "1e3", "1,5", "1.23456", "0x10", "1 ", " 1", "1.2.3", "--1", "nan", "inf",
                                     "922337203685477.5808", "99999999999999999999", "0.00000000000000000001" };
  gint64 value;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      if (!kennis_parse_decimal (good[i].text, strlen (good[i].text), good[i].scale, &value, NULL))
        CU_FAIL (good[i].text);
      CU_ASSERT_EQUAL (value, good[i].value);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *problem = NULL;

      if (kennis_parse_decimal (bad[i], strlen (bad[i]), 4, &value, &problem))
        CU_FAIL (bad[i]);
      CU_ASSERT_PTR_NOT_NULL (problem);
    }
  CU_ASSERT_TRUE (kennis_parse_hours ("1.5", 3, &value, NULL) && value == 5400000);
  CU_ASSERT_TRUE (kennis_parse_hours ("0.3333333333", 12, &value, NULL) && value == 1200000);
  CU_ASSERT_TRUE (kennis_parse_hours ("0.00000014", 10, &value, NULL) && value == 1);
  CU_ASSERT_TRUE (kennis_parse_hours ("0.00000013", 10, &value, NULL) && value == 0);
  CU_ASSERT_TRUE (kennis_parse_hours ("-0", 2, &value, NULL) && value == 0);
  CU_ASSERT_FALSE (kennis_parse_hours ("-1", 2, &value, NULL));
  CU_ASSERT_FALSE (kennis_parse_hours ("1h", 2, &value, NULL));
}

static void
values_are_written_in_their_canonical_form (void)
{
  char text[40];

  CU_ASSERT_EQUAL (kennis_format_time (utc (2024, 3, 1, 9, 30, 15), text), 20);
  CU_ASSERT_STRING_EQUAL (text, "2024-03-01T09:30:15Z");
  kennis_format_time (utc (2024, 3, 1, 9, 30, 15) + 7, text);
  CU_ASSERT_STRING_EQUAL (text, "2024-03-01T09:30:15.007Z");
  kennis_format_time (-1, text);
  CU_ASSERT_STRING_EQUAL (text, "1969-12-31T23:59:59.999Z");
  kennis_format_time (KENNIS_TIME_MIN, text);
  CU_ASSERT_STRING_EQUAL (text, "0001-01-01T00:00:00Z");
  kennis_format_time (KENNIS_TIME_MAX, text);
  CU_ASSERT_STRING_EQUAL (text, "9999-12-31T23:59:59.999Z");
  CU_ASSERT_EQUAL (kennis_format_time (G_MAXINT64, text), 0);
  CU_ASSERT_EQUAL (kennis_format_duration (5400000, text), 7);
  CU_ASSERT_STRING_EQUAL (text, "PT1H30M");
  kennis_format_duration (0, text);
  CU_ASSERT_STRING_EQUAL (text, "PT0S");
  kennis_format_duration (12345, text);
  CU_ASSERT_STRING_EQUAL (text, "PT12.345S");
  kennis_format_duration (36 * KENNIS_MS_PER_HOUR + 500, text);
  CU_ASSERT_STRING_EQUAL (text, "PT36H0.5S");
  kennis_format_decimal (125000, 4, text);
  CU_ASSERT_STRING_EQUAL (text, "12.5");
  kennis_format_decimal (-1, 4, text);
  CU_ASSERT_STRING_EQUAL (text, "-0.0001");
  kennis_format_decimal (30000, 4, text);
  CU_ASSERT_STRING_EQUAL (text, "3");
  kennis_format_decimal (G_MININT64, 4, text);
  CU_ASSERT_STRING_EQUAL (text, "-922337203685477.5808");
  kennis_format_date (kennis_day_from_date (476, 9, 4), text);
  CU_ASSERT_STRING_EQUAL (text, "0476-09-04");
}

static void
what_is_written_reads_back (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  int wrong = 0;

  for (int i = 0; i < 100000; i++)
    {
      gint64 bits = (gint64) ((guint64) g_rand_int (rand) << 31 ^ g_rand_int (rand));
      gint64 time = KENNIS_TIME_MIN + bits % (KENNIS_TIME_MAX - KENNIS_TIME_MIN), duration = bits >> (i % 60);
      guint scale = (guint) i % 19;
      gint64 back;
      char text[40];
      gsize length = kennis_format_time (time, text);

      wrong += length != strlen (text) || !kennis_parse_time (text, length, NULL, &back, NULL) || back != time;
      length = kennis_format_duration (duration, text);
      wrong += length != strlen (text) || !kennis_parse_duration (text, length, 0, &back, NULL) || back != duration;
      length = kennis_format_decimal (-duration, scale, text);
      wrong += length != strlen (text) || !kennis_parse_decimal (text, length, scale, &back, NULL) || back != -duration;
    }
  CU_ASSERT_EQUAL (wrong, 0);
}

/* Each text is a heap block of exactly its length, so that the sanitizer sees a read beyond it. */
/* Common spellings have short ways; the same value in an uncommon one goes the long way. */
static void
common_spellings_mean_what_uncommon_ones_do (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  static const char letters[] = "0123456789.PTHMSZ:+-/ \xb0";
  guint taken = 0, different = 0;

  for (int i = 0; i < 200000; i++)
    {
      char text[] = "2024-03-01T12:34:56Z", longer[48];
      gint64 a = 0, b = 0;
      int n;

      for (int j = g_rand_int_range (rand, 0, 4); j > 0; j--)
        text[g_rand_int_range (rand, 0, 20)] = letters[g_rand_int_range (rand, 0, sizeof letters - 1)];
      if (text[19] == 'Z')
        {
          g_snprintf (longer, sizeof longer, "%.19s.0Z", text);
          different +=
              kennis_parse_time (text, 20, NULL, &a, NULL) != kennis_parse_time (longer, 22, NULL, &b, NULL) || a != b;
        }

      n = g_rand_int_range (rand, 0, 13);
      for (int j = 0; j < n; j++)
        text[j] = letters[g_rand_int_range (rand, 0, j == n / 2 ? 16 : 10)];
      text[n] = '\0';
      g_snprintf (longer, sizeof longer, "+%s", text);
      a = b = 0;
      different +=
          kennis_parse_decimal (text, n, 4, &a, NULL) != kennis_parse_decimal (longer, n + 1, 4, &b, NULL) || a != b;
      taken += a != 0;

      g_snprintf (text, sizeof text, "PT%.*s%c", n, "8401937265023", letters[g_rand_int_range (rand, 8, 16)]);
      g_snprintf (longer, sizeof longer, "P0D%s", text + 1);
      a = b = 0;
      different += kennis_parse_duration (text, strlen (text), 0, &a, NULL)
                       != kennis_parse_duration (longer, strlen (longer), 0, &b, NULL)
                   || a != b;
      taken += a != 0;
    }
  CU_ASSERT_EQUAL (different, 0);
  CU_ASSERT_TRUE (taken > 10000);
}

static void
any_bytes_are_survived (void)
{
  static const char letters[] = "0123456789-+:.,TZPWYMDHS 0123\xc3";
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (KennisCalendar) zone = kennis_calendar_new ("Europe/Amsterdam", NULL);
  guint taken = 0;

  for (int i = 0; i < 200000; i++)
    {
      gsize length = (gsize) g_rand_int_range (rand, 0, 28);
      g_autofree char *text = g_malloc (length);
      const char *problem = NULL;
      gint64 value;

      for (gsize j = 0; j < length; j++)
        text[j] = letters[g_rand_int_range (rand, 0, sizeof letters)];
      if (i % 2 && length >= 10)
        memcpy (text, "2024-03-01T12:34:56+0", MIN (length, 21) - (gsize) i % 3);
      if (kennis_parse_time (text, length, zone, &value, &problem))
        taken += value >= KENNIS_TIME_MIN && value <= KENNIS_TIME_MAX;
      else
        CU_ASSERT_PTR_NOT_NULL_FATAL (problem);
      if (kennis_parse_duration (text, length, 365.25, &value, &problem))
        CU_ASSERT_TRUE (value >= 0);
      kennis_parse_decimal (text, length, 4, &value, &problem);
      kennis_parse_hours (text, length, &value, &problem);
    }
  CU_ASSERT_TRUE (taken > 0);
}

static void
an_unknown_zone_is_told_in_valid_utf8_however_long_it_is (void)
{
  g_autofree char *long_name = g_strnfill (99, 'x');
  g_autofree char *zone =
      g_strconcat (long_name, "\xe2\x82\xac\xe2\x82\xac", NULL); /* a cut at 100 goes through the first € */
  g_autoptr (GError) error = NULL;

  CU_ASSERT_PTR_NULL (kennis_calendar_new (zone, &error));
  CU_ASSERT_FATAL (error != NULL);
  CU_ASSERT (g_utf8_validate (error->message, -1, NULL));
}

int
main (void)
{
  return kennis_test_main ("calendar", (CU_TestInfo[]) {
    { "days and dates are one to one", days_and_dates_are_one_to_one },
    { "unknown zones are refused", unknown_zones_are_refused },
    { "days follow the clocks of the zone", days_follow_the_clocks_of_the_zone },
    { "clocks that jump are followed", clocks_that_jump_are_followed },
    { "the far future follows the yearly rule", the_far_future_follows_the_yearly_rule },
    { "days never run backwards and begin where they say", days_never_run_backwards_and_begin_where_they_say },
    { "many days are those of each time", many_days_are_those_of_each_time },
    { "times are read", times_are_read },
    { "what is no time is refused", what_is_no_time_is_refused },
    { "durations are read", durations_are_read },
    { "decimals and hours are exact", decimals_and_hours_are_exact },
    { "values are written in their canonical form", values_are_written_in_their_canonical_form },
    { "what is written reads back", what_is_written_reads_back },
    { "common spellings mean what uncommon ones do", common_spellings_mean_what_uncommon_ones_do },
    { "any bytes are survived", any_bytes_are_survived },
    { "an unknown zone is told in valid UTF-8, however long it is", an_unknown_zone_is_told_in_valid_utf8_however_long_it_is },
    CU_TEST_INFO_NULL,
  });
}
