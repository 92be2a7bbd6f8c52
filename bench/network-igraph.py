"""The peer of bench/network.c: python-igraph on the same ties.  Arguments: the ties (n, m, givers, receivers, weights, sources), a
folder for results.  It says that it is ready; each line that it reads then names a job, which it runs once: it prints the seconds (nothing where it has no such job), and
writes the result the first time."""
import functools
import sys
import time

try:
    import igraph
    import numpy as np
except ImportError:
    sys.exit()


def read(path):
    data = np.fromfile(path, "u1")
    n, m, k = (int(x) for x in data[:24].view("u8"))
    at, columns = 24, []
    for count, kind in (m, "u4"), (m, "u4"), (m, "f8"), (k, "u4"):
        columns.append(data[at:at + count * np.dtype(kind).itemsize].view(kind))
        at += count * np.dtype(kind).itemsize
    return n, *columns


def make(n, givers, receivers, weights):
    graph = igraph.Graph(n=n, edges=np.column_stack((givers, receivers)).astype("i8"), directed=True)
    graph.es["weight"] = weights.tolist()
    return graph


def jobs(graph, undirected, sources):
    return {
        "betweenness": lambda: graph.betweenness(),
        "betweenness-weighted": lambda: graph.betweenness(weights=[1 / w for w in graph.es["weight"]]),
        "harmonic": lambda: graph.harmonic_centrality(mode="out"),
        "harmonic-sampled": lambda: graph.harmonic_centrality(vertices=sources, mode="out"),
        "mean-length": lambda: [graph.average_path_length()],
        "diameter": lambda: [graph.diameter()],
        "reach": lambda: graph.neighborhood_size(order=3, mode="out"),
        "pagerank": lambda: graph.pagerank(weights="weight"),
        "constraint": lambda: graph.constraint(weights="weight"),
        "weak": lambda: graph.connected_components(mode="weak").membership,
        "strong": lambda: [len(graph.connected_components(mode="strong"))],
        "coreness": lambda: graph.coreness(mode="all"),
        "transitivity": lambda: [graph.transitivity_undirected()],
        "clustering": lambda: undirected().transitivity_local_undirected(),
    }


def main(path, folder):
    n, *ties, sources = read(path)
    graph = functools.cache(lambda: make(n, *ties))
    undirected = functools.cache(lambda: graph().as_undirected(combine_edges="sum"))
    told = set()
    print("ready", flush=True)
    for name in map(str.strip, sys.stdin):
        if name == "make":
            work = {name: lambda: [make(n, *ties).vcount()]}
        elif name == "make-pagerank":
            work = {name: lambda: make(n, *ties).pagerank(weights="weight")}
        else:
            work = jobs(graph(), undirected, sources.tolist())
        if name == "clustering":
            undirected()
        if name not in work:
            print(flush=True)
            continue
        begun = time.perf_counter()
        found = work[name]()
        seconds = time.perf_counter() - begun
        if name not in told:
            np.asarray(found, "f8").tofile(f"{folder}/{name}")
        told.add(name)
        print(seconds, flush=True)


main(sys.argv[1], sys.argv[2])
