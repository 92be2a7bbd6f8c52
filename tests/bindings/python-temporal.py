"""Temporal networks from Debian's python: columns in, columns out."""
import array
import os
import sys

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import GLib, Kennis  # noqa: E402

import tap  # noqa: E402

FORWARD, BACKWARD = Kennis.TimeDirection.FORWARD, Kennis.TimeDirection.BACKWARD
STRICT, CHAINED = Kennis.TimeOrder.STRICT, Kennis.TimeOrder.NON_DECREASING


def column(code, values):
    return GLib.Bytes.new(array.array(code, values).tobytes())


def numbers(code, column_of_bytes):
    return list(array.array(code, column_of_bytes.get_data()))


def network():
    """0 tells 1 at 10, 1 tells 2 at 20, 2 tells 3 at 20, 3 tells 0 at 5."""
    return Kennis.TemporalNetwork.new_from_columns(
        4, column("I", [0, 1, 2, 3]), column("I", [1, 2, 3, 0]), column("q", [10, 20, 20, 5]), None)


def reach_follows_time():
    n = network()
    assert numbers("I", n.reach(FORWARD, STRICT, -1, 1, None)) == [2, 1, 1, 3]
    assert numbers("I", n.reach(FORWARD, CHAINED, -1, 1, None)) == [3, 2, 1, 3]
    assert numbers("I", n.reach(BACKWARD, STRICT, -1, 1, None)) == [1, 2, 3, 1]
    assert numbers("I", n.reach(FORWARD, CHAINED, 4, 1, None)) == [1, 2, 1, 1]


def arrivals_are_times():
    times = numbers("q", network().arrivals(3, FORWARD, STRICT, -1, None))
    assert times == [5, 10, 20, Kennis.UNKNOWN], times


def the_mean_is_a_share():
    share, error = network().mean_reach(FORWARD, STRICT, -1, 0, 0, 1, None)
    assert abs(share - 7 / 12) < 1e-12 and error == 0


def a_window_has_fewer_events():
    part = network().cut(10, Kennis.UNKNOWN)
    assert part.get_n_events() == 3 and numbers("q", part.get_times()) == [10, 20, 20]


def wrong_columns_are_an_error():
    try:
        Kennis.TemporalNetwork.new_from_columns(2, column("I", [0]), column("I", [5]), column("q", [0]), None)
    except GLib.Error as error:
        assert error.matches(Kennis.error_quark(), Kennis.Error.INVALID)
    else:
        raise AssertionError("person 5 of 2 was taken")


tap.run(reach_follows_time, arrivals_are_times, the_mean_is_a_share, a_window_has_fewer_events, wrong_columns_are_an_error)
