#!/usr/bin/python3
"""The share of people who learned something, by team, and all values as one column without copies."""
import sys

import gi

gi.require_version("Kennis", "1.0")
from gi.repository import Gio, Kennis  # noqa: E402

file = Gio.File.new_for_commandline_arg(sys.argv[1] if len(sys.argv) > 1 else "organisation.xml")
dataset = Kennis.Reader().load(file)
query = Kennis.Query()
query.add_metric("uptake.participation-rate")
query.add_grouping(["team"])
measurements = Kennis.Measurements.make(Kennis.Summary.make(dataset), [query])
for one in measurements:
    print(f"{one.get_attribute('team') or '(everybody)':24} {one.get_value():6.1%}  {one.get_status().value_nick}")
print(len(measurements.column("value")), "values")
