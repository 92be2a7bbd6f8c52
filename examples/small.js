#!/usr/bin/gjs
// The share of people who learned something, by team.
imports.gi.versions.Kennis = '1.0';
const { Gio, Kennis } = imports.gi;

const file = Gio.File.new_for_commandline_arg(ARGV[0] ?? 'organisation.xml');
const dataset = new Kennis.Reader().load(file, null, null);
const query = new Kennis.Query();
query.add_metric('uptake.participation-rate');
query.add_grouping(['team']);
const found = Kennis.Measurements.make(Kennis.Summary.make(dataset, null, 0, null, null), [query], 0, null, null);
for (let i = 0; i < found.get_size(); i++) {
    const one = found.get_item(i);
    print((one.get_attribute('team') ?? '(everybody)').padEnd(24), (100 * one.get_value()).toFixed(1).padStart(6) + '%');
}
