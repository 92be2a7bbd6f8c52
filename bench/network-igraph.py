"""The peer of bench/network.c: python-igraph on the same ties.  Arguments: the ties (n, m, givers, receivers, weights, sources), a
folder for results, and what to do; prints a line a job: name, seconds."""
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


def jobs(graph, n, sources):
    undirected = []

    def both():
        if not undirected:
            undirected.append(graph.as_undirected(combine_edges="sum"))
        return undirected[0]

    both()
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
        "clustering": lambda: both().transitivity_local_undirected(),
    }


def main(path, folder, wanted):
    n, givers, receivers, weights, sources = read(path)
    begun = time.perf_counter()
    graph = make(n, givers, receivers, weights)
    print("make", time.perf_counter() - begun, sep="\t", flush=True)
    work = jobs(graph, n, sources.tolist())
    for name in filter(work.__contains__, wanted):
        times = []
        while not times or (len(times) < 3 and sum(times) < 1) or (len(times) < 400 and sum(times) < 0.3):
            begun = time.perf_counter()
            found = work[name]()
            times.append(time.perf_counter() - begun)
        np.asarray(found, "f8").tofile(f"{folder}/{name}")
        print(name, sorted(times)[len(times) // 2], sep="\t", flush=True)


main(sys.argv[1], sys.argv[2], sys.argv[3:])
