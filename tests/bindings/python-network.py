"""A network goes from and to Debian's python as columns: networkx and a sparse matrix of SciPy take them as they are."""
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

GIVING, RECEIVING = Kennis.Side.GIVING, Kennis.Side.RECEIVING
TIES = [(0, 1, 2.0), (1, 2, 1.0), (2, 0, 0.5), (3, 0, 4.0)]
NAMES = ["anna", "bert", "cees", "dora"]


def column(code, values):
    return GLib.Bytes.new(array.array(code, values).tobytes())


def network():
    givers, receivers, weights = zip(*TIES)
    return Kennis.Network.new_from_columns(4, column("I", givers), column("I", receivers), column("d", weights), NAMES,
                                           None)


def ties_come_back_as_columns():
    found = network()
    givers = memoryview(found.get_givers().get_data()).cast("I")
    others = memoryview(found.get_others(GIVING).get_data()).cast("I")
    weights = memoryview(found.get_weights(GIVING).get_data()).cast("d")
    assert list(zip(givers, others, weights)) == TIES
    assert [found.get_label(i) for i in range(4)] == NAMES
    assert found.find_person("cees") == 2


def networkx_takes_them():
    try:
        import networkx
    except ImportError:
        raise tap.Skip("no python3-networkx")
    found = network()
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(found.get_n_people()))
    graph.add_weighted_edges_from(zip(memoryview(found.get_givers().get_data()).cast("I"),
                                      memoryview(found.get_others(GIVING).get_data()).cast("I"),
                                      memoryview(found.get_weights(GIVING).get_data()).cast("d")))
    assert graph.number_of_edges() == found.get_n_ties()
    assert abs(networkx.density(graph) - found.get_density()) < 1e-12
    assert graph[3][0]["weight"] == 4


def a_sparse_matrix_takes_them():
    try:
        import numpy
        from scipy import sparse
    except ImportError:
        raise tap.Skip("no python3-scipy")
    found = network()
    n = found.get_n_people()
    for side, kind in (GIVING, sparse.csr_matrix), (RECEIVING, sparse.csc_matrix):
        matrix = kind((numpy.frombuffer(found.get_weights(side).get_data(), "f8"),
                       numpy.frombuffer(found.get_others(side).get_data(), "i4"),
                       numpy.frombuffer(found.get_offsets(side).get_data(), "i4")), shape=(n, n))
        assert all(matrix[a, b] == w for a, b, w in TIES) and matrix.nnz == len(TIES)


def a_wrong_column_is_an_error():
    try:
        Kennis.Network.new_from_columns(2, column("I", [0]), column("I", [2]), None, None, None)
    except GLib.Error as error:
        assert error.matches(Kennis.error_quark(), Kennis.Error.INVALID), error.message
    else:
        raise AssertionError("person 2 of 2 was taken")


def it_is_made_of_a_summary():
    dataset = Kennis.Dataset.new("UTC", "EUR")
    dataset.set_accept_seen(True)
    dataset.add(Kennis.Sharing(giver="anna", receiver="bert", kind=Kennis.SharingKind.MENTORING, time=0))
    dataset.add(Kennis.Sharing(giver="anna", receiver="bert", kind=Kennis.SharingKind.CONTACT, time=0))
    summary = Kennis.Summary.make(dataset)
    options = Kennis.NetworkOptions(weight=Kennis.TieWeight.EVENTS, admit_contact=True)
    found = Kennis.Network.make(summary, options, None, None, None)
    assert found.get_n_ties() == 1 and found.get_total_weight() == 2
    assert Kennis.Network.make(summary).get_total_weight() == 1


tap.run(ties_come_back_as_columns, networkx_takes_them, a_sparse_matrix_takes_them, a_wrong_column_is_an_error,
        it_is_made_of_a_summary)
