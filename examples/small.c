/* The share of people who learned something, by team.  cc small.c $(pkg-config --cflags --libs kennis-1.0) */
#include <kennis/kennis.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (argc > 1 ? argv[1] : "organisation.xml");
  g_autoptr (KennisReader) reader = kennis_reader_new ();
  g_autoptr (KennisDataset) dataset = kennis_reader_load (reader, file, NULL, NULL, NULL, &error);
  g_autoptr (KennisSummary) summary = dataset ? kennis_summary_make (dataset, NULL, 0, NULL, NULL, NULL, &error) : NULL;
  g_autoptr (KennisQuery) query = kennis_query_new ();
  g_autoptr (KennisMeasurements) found = NULL;

  kennis_query_add_metric (query, "uptake.participation-rate");
  kennis_query_add_grouping (query, (const char *[]) { "team", NULL });
  if (summary != NULL)
    found = kennis_measurements_make (summary, &query, 1, 0, NULL, NULL, NULL, &error);
  if (found == NULL)
    return g_printerr ("%s\n", error->message), 2;

  for (guint i = 0; i < kennis_measurements_get_size (found); i++)
    {
      g_autoptr (KennisMeasurement) one = g_list_model_get_item (G_LIST_MODEL (found), i);

      const char *team = kennis_measurement_get_attribute (one, "team");

      g_print ("%-24s %5.1f%%\n", team ? team : "(everybody)", 100 * kennis_measurement_get_value (one));
    }
  return 0;
}
