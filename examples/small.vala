// The share of people who learned something, by team.  valac --pkg kennis-1.0 small.vala
int main (string[] args) {
    try {
        var file = GLib.File.new_for_commandline_arg (args.length > 1 ? args[1] : "organisation.xml");
        var dataset = new Kennis.Reader ().load (file, null, null);
        var query = new Kennis.Query ();
        query.add_metric ("uptake.participation-rate");
        query.add_grouping ({ "team" });
        var found = Kennis.Measurements.make (Kennis.Summary.make (dataset, null, 0, null), { query }, 0, null);
        for (uint i = 0; i < found.get_size (); i++) {
            var one = (Kennis.Measurement) found.get_item (i);
            print ("%-24s %5.1f%%\n", one.get_attribute ("team") ?? "(everybody)", 100 * one.get_value ());
        }
        return 0;
    } catch (GLib.Error e) {
        printerr ("%s\n", e.message);
        return 2;
    }
}
