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
    assert (math.isnan(a) and math.isnan(b)) or abs(a - b) <= 1e-9 * abs(b) + 1e-13, (what, a, b)


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


def its_cores():
    network, undirected, _groups, figures, people = read()
    for name, column_ in {"core_undirected": undirected.coreness(GIVING), "core_directed_all": network.coreness(BOTH),
                          "core_directed_in": network.coreness(RECEIVING),
                          "core_directed_out": network.coreness(GIVING)}.items():
        cores = numbers("I", column_)
        assert list(cores) == people[name], name
        histogram = {int(k): v for k, v in figures["kcore_histogram"][name.removeprefix("core_")].items()}
        assert collections.Counter(cores) == histogram, name
    innermost = figures["kcore_histogram"]["undirected"]
    near(undirected.get_core_share(GIVING, 0), innermost["34"] / figures["n"])
    near(undirected.get_core_share(GIVING, 33), (innermost["33"] + innermost["34"]) / figures["n"])


def mean(values, nan=None):
    values = [v if v == v else nan for v in values]
    values = [v for v in values if v is not None]
    return sum(values) / len(values)


def its_clustering():
    network, undirected, _groups, figures, people = read()
    expected = figures["clustering"]
    for either in network, undirected:
        near(either.transitivity(2), expected["transitivity_global_undirected"])
        local = numbers("d", either.clustering(2))
        near(mean(local, 0), expected["avg_local_undirected_zero"])
        near(mean(local), expected["avg_local_undirected_nan"])
        for a, b in zip(numbers("d", either.clustering(1)), people["local_clustering_und"]):
            near(a if a == a else 0, b)
    near(expected["transitivity_directed_input_igraph"], network.transitivity(1))
    near(mean(numbers("d", network.directed_clustering(2)), 0), expected["avg_directed_fagiolo_nx"])


def its_paths_and_closeness():
    network, undirected, _groups, figures, people = read()
    for either, name in (network, "paths_directed"), (undirected, "paths_undirected"):
        paths, expected = either.find_paths(2), figures[name]
        assert paths.get_n_pairs() == expected["reachable_ordered_pairs"]
        assert paths.get_diameter() == expected["diameter"]
        near(paths.get_mean_length(), expected["mean_over_reachable"])
        near(paths.get_efficiency(), expected["global_efficiency"])
        assert sum(numbers("Q", paths.get_pairs())) == expected["reachable_ordered_pairs"]
        reach = numbers("d", either.reach(GIVING, 0, 2))
        near(sum(reach) * (figures["n"] - 1), expected["reachable_ordered_pairs"])
    each_near(network.harmonic_closeness(GIVING, 2), people["harmonic_out"])
    each_near(network.harmonic_closeness(RECEIVING, 2), people["harmonic_in"])
    each_near(undirected.harmonic_closeness(GIVING, 2), people["harmonic_und"])


def its_betweenness():
    network, undirected, _groups, figures, people = read()
    n = figures["n"]
    for either, column_, total in ((network, "betweenness_dir", "betweenness_directed_sum"),
                                   (undirected, "betweenness_und", "betweenness_undirected_sum")):
        found = either.betweenness(False, 2)
        each_near(found, people[column_], column_)
        values = numbers("d", found)
        near(sum(values), figures[total])
    values = numbers("d", network.betweenness(False, 1))
    for person, expected in figures["betweenness_directed_top20"]:
        near(values[person], expected)
    near(sum(max(values) - v for v in values) / ((n - 1) ** 2 * (n - 2)),
         figures["freeman_centralization"]["betweenness_directed"])


def its_pagerank():
    network, _undirected, _groups, figures, people = read()
    found = network.pagerank(0.85, 2)
    each_near(found, people["pagerank085"])
    for person, expected in figures["pagerank_top10"]:
        near(numbers("d", found)[person], expected)
    assert sum(d == 0 for d in numbers("I", network.degrees(GIVING))) == figures["pagerank_dangling_nodes"]


def its_constraint():
    network, _undirected, _groups, figures, people = read()
    found = network.constraint(2)
    each_near(found, people["constraint_unweighted_igraph"])
    each_near(found, people["constraint_unweighted_contacts_only"])
    values = [v for v in numbers("d", found) if v == v]
    for name in "constraint_unweighted_igraph", "constraint_unweighted_contacts_only":
        near(mean(values), figures[name]["mean"])
        near(min(values), figures[name]["min"])
        near(max(values), figures[name]["max"])
    assert figures["n"] - len(values) == figures["constraint_unweighted_igraph"]["n_nan"]


def its_departments():
    network, undirected, groups, figures, people = read()
    assert collections.Counter(numbers("I", groups)) == {int(k): v for k, v in figures["group_sizes"].items()}
    assert list(numbers("I", groups)) == people["group"]
    for either, name, times in (network, "directed_ties", 1), (undirected, "undirected_ties", 2):
        expected = figures["EI"][name]
        ei, external, internal = either.external_internal(groups, -1)
        assert (external, internal) == (times * expected["external"], times * expected["internal"])
        near(ei, expected["ei"])
    n, sizes = figures["n"], figures["group_sizes"]
    near(network.expected_external_internal(groups, -1), 1 - 2 * sum(g * (g - 1) for g in sizes.values()) / (n * (n - 1)))
    for group, g in sizes.items():
        near(network.expected_external_internal(groups, int(group)), (2 * (n - g) - (g - 1)) / (2 * (n - g) + g - 1))
    for group, expected in figures["EI_by_group_directed_ties_touching_group"].items():
        ei, external, internal = network.external_internal(groups, int(group))
        assert (external, internal) == (expected["external"], expected["internal"])
        near(ei, expected["ei"])
    near(network.modularity(groups, 1, False), figures["modularity"]["directed"])
    near(undirected.modularity(groups, 1, False), figures["modularity"]["undirected"])
    near(network.assortativity(groups), figures["assortativity_nominal_directed"])


def its_communities_are_better_than_departments():
    network, _undirected, _groups, figures, _people = read()
    found, n = network.communities(1, False, 1, None)
    assert n > figures["is_isolates"]
    assert network.modularity(found, 1, False) > 0.42, network.modularity(found, 1, False)
    again, _n = network.communities(1, False, 1, None)
    assert again.get_data() == found.get_data()


tap.run(its_size_density_and_dyads, its_degrees, its_components, its_cores, its_clustering, its_paths_and_closeness,
        its_betweenness, its_pagerank, its_constraint, its_departments, its_communities_are_better_than_departments)
