"""The figures of a research institution's e-mail network (Leskovec, Kleinberg & Faloutsos 2007; 1005 people) are those that R's igraph
and sna, python-igraph and networkx give: ../shared/data/reference."""
import array
import collections
import json
import math
import os
import sys

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import GLib, Kennis  # noqa: E402

import tap  # noqa: E402

DATA = os.environ["KENNIS_SHARED"] + "/data"
GIVING, RECEIVING, BOTH = Kennis.Side.GIVING, Kennis.Side.RECEIVING, Kennis.Side.BOTH


def column(code, values):
    return GLib.Bytes.new(array.array(code, values).tobytes())


def numbers(code, column_):
    return array.array(code, column_.get_data() or b"")


def near(a, b, what=""):
    assert (math.isnan(a) and math.isnan(b)) or abs(a - b) <= 1e-9 * max(1, abs(b)), (what, a, b)


def each_near(column_, expected, what=""):
    values = numbers("d", column_)
    assert len(values) == len(expected)
    for person, (a, b) in enumerate(zip(values, expected)):
        near(a, b, (what, person))


def read():
    """The network, its twin without directions, the departments, the figures and the table of people."""
    if read.found:
        return read.found
    folder = f"{DATA}/reference/networks/"
    if not os.path.exists(folder):
        raise tap.Skip(f"no {folder}")
    with open(f"{DATA}/network/email-Eu-core.txt") as file:
        pairs = [tuple(map(int, line.split())) for line in file if line.strip()]
    with open(f"{DATA}/network/email-Eu-core-department-labels.txt") as file:
        groups = [int(line.split()[1]) for line in file if line.strip()]
    with open(folder + "email-Eu-core.json") as file:
        figures = json.load(file)
    with open(folder + "email-Eu-core.nodes.tsv") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    people = {name: [float("nan") if row[i] in ("NA", "NaN", "") else float(row[i]) for row in rows[1:]]
              for i, name in enumerate(rows[0])}
    network = Kennis.Network.new_from_columns(figures["n"], column("I", [a for a, _ in pairs]),
                                              column("I", [b for _, b in pairs]), None, None, None)
    read.found = network, network.to_undirected(None), column("I", groups), figures, people
    return read.found


read.found = None


def its_size_density_and_dyads():
    network, undirected, _groups, figures, _people = read()
    assert network.get_n_people() == figures["n"] and network.get_n_ties() == figures["m"]
    assert network.get_n_rows() == figures["m_rows"] and network.get_n_loops() == figures["self_loops"]
    assert undirected.get_n_ties() == 2 * figures["m_undirected"]
    near(network.get_density(), figures["density"])
    near(undirected.get_density(), figures["density_undirected"])
    assert network.count_dyads() == tuple(figures["dyads"][k] for k in ("mutual", "asymmetric", "null"))
    near(network.get_reciprocity(), figures["reciprocity_edges"])
    near(network.get_dyad_reciprocity(), figures["reciprocity_dyads"])
    assert len(numbers("I", network.mutual_ties())) == 2 * figures["dyads"]["mutual"]


def gini(values):
    values, n = sorted(values), len(values)
    return sum((2 * i - n + 1) * v for i, v in enumerate(values)) / (n * sum(values))


def its_degrees():
    network, undirected, _groups, figures, people = read()
    for name, column_ in {"indegree": network.degrees(RECEIVING), "outdegree": network.degrees(GIVING),
                          "total_in_plus_out": network.degrees(BOTH),
                          "undirected": undirected.degrees(GIVING)}.items():
        degree, expected, n = numbers("I", column_), figures["degree"][name], figures["n"]
        mean = sum(degree) / n
        assert (min(degree), max(degree)) == (expected["min"], expected["max"])
        near(mean, expected["mean"])
        near(math.sqrt(sum((d - mean) ** 2 for d in degree) / n), expected["sd_pop"])
        near(gini(degree), expected["gini"])
        near(gini(degree) * n / (n - 1), expected["gini_unbiased"])
        if name in figures["freeman_centralization"]:
            near(sum(max(degree) - d for d in degree) / (n - 1) ** 2, figures["freeman_centralization"][name])
        if name != "total_in_plus_out":
            assert list(degree) == people["undirected_degree" if name == "undirected" else name]
    isolates = sum(d == 0 for d in numbers("I", network.degrees(BOTH)))
    assert isolates == figures["is_isolates"]
    assert list(numbers("d", network.strengths(GIVING))) == people["outdegree"]


def its_components():
    network, _undirected, _groups, figures, _people = read()
    _membership, n, largest = network.components(False)
    assert (n, largest) == (figures["weak_components"], figures["weak_largest"])
    membership, n, largest = network.components(True)
    assert (n, largest) == (figures["strong_components"], figures["strong_largest"])
    assert max(collections.Counter(numbers("I", membership)).values()) == largest


tap.run(its_size_density_and_dyads, its_degrees, its_components)
