# Runs kennis-network on an organisation of kennis-simulate, and reads what it wrote with other tools than its own.
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tap

BUILD = pathlib.Path(os.environ.get("KENNIS_BUILDDIR", "."))
SOURCE = pathlib.Path(os.environ.get("KENNIS_SRCDIR", "."))
PROGRAM = BUILD / "examples" / "kennis-network"
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="kennis-network-"))
FILE = FOLDER / "organisation.xml"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://www.gexf.net/1.2draft}"
RECORDS = "{urn:kennis:records:1}"
PURPOSE = "plan the hand-over <of> & \"Jan\""


def network(*options, stdin=None, code=0):
    ran = subprocess.run([str(PROGRAM), *map(str, options)], input=stdin, capture_output=True)
    assert ran.returncode == code, (options, ran.returncode, ran.stderr.decode())
    return ran.stdout.decode(), ran.stderr.decode()


def found(*options):
    return json.loads(network("--format=json", *options, FILE)[0])


def ids():
    return {person.get("id") for person in ElementTree.parse(FILE).iter(f"{RECORDS}person")}


def the_organisation_is_simulated():
    subprocess.run([str(BUILD / "examples" / "kennis-simulate"), "--people=120", "--months=14", f"--output={FOLDER}"], check=True)
    assert len(ids()) > 100


def the_manual_tells_every_option():
    manual = (SOURCE / "docs" / "man" / "kennis-network.1").read_text().replace("\\-", "-")
    for option in re.findall(r"--[a-z-]+", network("--help")[0]):
        assert option in manual or option in ("--help", "--describe", "--check"), option


def the_graphs_hold_the_network_of_the_figures():
    figures = found()["figures"]
    graphml = ElementTree.fromstring(network("--format=graphml", FILE)[0].encode())
    gexf = ElementTree.fromstring(network("--format=gexf", FILE)[0].encode())
    for nodes, edges in ((list(graphml.iter(f"{GRAPHML}node")), list(graphml.iter(f"{GRAPHML}edge"))),
                         (list(gexf.iter(f"{GEXF}node")), list(gexf.iter(f"{GEXF}edge")))):
        pairs = {(edge.get("source"), edge.get("target")) for edge in edges}
        names = {node.get("id") for node in nodes}
        assert len(names) == len(nodes) == figures["people"] and len(pairs) == len(edges) == figures["ties"]
        assert {name for pair in pairs for name in pair} <= names
        assert abs(len(pairs) / len(names) / (len(names) - 1) - figures["density"]) < 1e-12
        both = sum((b, a) in pairs for a, b in pairs)
        assert abs(both / len(pairs) - figures["reciprocity"]) < 1e-12 and both / 2 == figures["mutual-pairs"]


def networkx_reads_both_graphs():
    try:
        import networkx
    except ImportError:
        raise tap.Skip("no python3-networkx")
    figures = found()["figures"]
    for format in ("graphml", "gexf"):
        path = FOLDER / f"network.{format}"
        network(f"--format={format}", f"--output={path}", FILE)
        graph = getattr(networkx, f"read_{format}")(path)
        assert graph.is_directed() and graph.number_of_nodes() == figures["people"], format
        assert graph.number_of_edges() == figures["ties"] and all(tie["weight"] > 0 for _, _, tie in graph.edges(data=True)), format
        assert len({person.get("group") for _, person in graph.nodes(data=True)}) > 5, format


def nobody_has_a_name_who_is_not_disclosed():
    people = ids()
    for format in ("text", "json", "graphml", "gexf", "svg"):
        words = set(re.findall(r"[\w-]+", network(f"--format={format}", FILE)[0]))
        assert not words & people, (format, words & people)


def pseudonyms_are_others_each_time_and_in_their_own_order():
    a, b = ([node.get("id") for node in ElementTree.fromstring(network("--format=graphml", FILE)[0].encode()).iter(f"{GRAPHML}node")]
            for _ in range(2))
    assert not set(a) & set(b) and a == sorted(a)


def the_order_of_ties_tells_nothing_of_the_records():
    for format, name in (("graphml", GRAPHML), ("gexf", GEXF)):
        pairs = [(edge.get("source"), edge.get("target"))
                 for edge in ElementTree.fromstring(network(f"--format={format}", FILE)[0].encode()).iter(f"{name}edge")]
        assert len(pairs) > 100 and pairs == sorted(pairs), format


def the_text_and_json_tell_how_people_differ():
    text, result, every = network(FILE)[0], found(), found("--disclose-persons=test")
    assert set(result["distributions"]) == {"ties-given", "ties-received", "mutual-ties", "reach", "betweenness", "closeness", "pagerank",
                                            "constraint"}
    for name, shares in result["distributions"].items():
        values = sorted(person[name] for person in every["persons"] if person[name] is not None)
        assert list(shares) == ["0.1", "0.5", "0.9"], shares
        for share, value in shares.items():
            at = float(share) * (len(values) - 1)
            below = values[int(at)]
            assert abs(value - below - (at - int(at)) * (values[int(at) + 1] - below)) < 1e-9 * max(1, value), (name, share)
            assert f"{value:.4g}" in text, (name, value)
    assert not any(found("--minimum-group=100")["distributions"].values())


def what_is_hidden_is_not_told_as_nothing():
    """A team with ties of which none is shown has a dash; 0 is only where there is none."""
    every = {person["id"]: person["group"] for person in found("--disclose-persons=test", "--kind=mentoring")["persons"]}
    graph = ElementTree.fromstring(network("--format=graphml", "--kind=mentoring", "--disclose-persons=test", FILE)[0].encode())
    given = {every[edge.get("source")] for edge in graph.iter(f"{GRAPHML}edge") if every[edge.get("source")] != every[edge.get("target")]}
    rows = {line.split()[0]: line.split()[1:] for line in network("--kind=mentoring", FILE)[0].splitlines() if line.startswith("  ")}
    groups = [group for group in set(every.values()) - {None} if group in rows]
    assert len(groups) > 5 and any(rows[group][2] == "–" for group in groups), rows
    for group in groups:
        assert (rows[group][2] == "0") == (group not in given), (group, rows[group])


def few_who_exchange_are_not_shown_among_many_who_do_not():
    records = ElementTree.parse(FILE).getroot()
    for part in records:
        kept = 0
        for sharing in list(part):
            if sharing.tag == f"{RECORDS}sharing":
                counts = sharing.get("giver") not in (None, sharing.get("receiver")) and sharing.get("kind") != "contact"
                kept += counts
                if kept > 2 or not counts:
                    part.remove(sharing)
    path = FOLDER / "few.xml"
    ElementTree.ElementTree(records).write(path)
    for format in ("text", "json", "graphml", "gexf", "svg"):
        out, told = network(f"--format={format}", path, code=2)
        assert out == "" and "at least 5 are needed" in told, told
    assert json.loads(network("--format=json", "--disclose-persons=test", path)[0])["figures"]["ties"] in (1, 2)

def who_is_disclosed_has_a_name_and_a_purpose():
    result = found(f"--disclose-persons={PURPOSE}")
    people = {person["id"]: person for person in result["persons"]}
    assert result["purpose"] == PURPOSE and set(people) <= ids() and len(people) == result["figures"]["people"]
    graph = ElementTree.fromstring(network("--format=graphml", f"--disclose-persons={PURPOSE}", FILE)[0].encode())
    assert any(data.text == PURPOSE for data in graph.iter(f"{GRAPHML}data"))
    given = {}
    for edge in graph.iter(f"{GRAPHML}edge"):
        given[edge.get("source")] = given.get(edge.get("source"), 0) + 1
    for name, person in people.items():
        assert given.get(name, 0) == person["ties-given"], (name, person)
    network("--disclose-persons=", FILE, code=1)


def small_groups_and_thin_lines_are_not_shown():
    result, every = found("--minimum-group=8"), found("--disclose-persons=test")
    size = {group["group"]: group["people"] for group in every["groups"]}
    shown = {group["group"] for group in result["groups"]}
    assert shown and all(size[group] >= 8 for group in shown)
    hidden = sum(n for group, n in size.items() if group not in shown)
    assert len(shown) < len(size) and hidden >= 8, (size, shown)
    assert result["groups-not-shown"] == len(size) - len(shown)
    assert {tie[side] for tie in result["ties-of-groups"] for side in ("from", "to")} <= shown
    people = {person["id"]: person["group"] for person in every["persons"]}
    graph = ElementTree.fromstring(network("--format=graphml", "--disclose-persons=test", FILE)[0].encode())
    sides, ties = {}, {}
    for edge in graph.iter(f"{GRAPHML}edge"):
        key = people[edge.get("source")], people[edge.get("target")]
        sides.setdefault(key, set()).update((edge.get("source"), edge.get("target")))
        ties[key] = ties.get(key, 0) + 1
    for tie in result["ties-of-groups"]:
        key = tie["from"], tie["to"]
        assert len(sides[key]) >= 8 and ties[key] == tie["ties"], (key, tie)
    assert len(result["ties-of-groups"]) > 5


def the_drawing_is_svg_without_anything_from_elsewhere():
    text = network("--format=svg", FILE)[0]
    svg = ElementTree.fromstring(text.encode())
    tag = "{http://www.w3.org/2000/svg}"
    shown = found()["groups"]
    assert len(list(svg.iter(f"{tag}circle"))) == len(shown)
    assert all(next(iter(path)).text for path in svg.iter(f"{tag}path")) and svg.find(f"{tag}title") is not None
    assert "href" not in text and "<script" not in text
    for number in re.findall(r'\b(?:cx|cy|r|x|y)="([^"]*)"', text):
        float(number)


def the_same_seed_gives_the_same_on_any_threads():
    assert found("--threads=1", "--seed=4") == found("--threads=3", "--seed=4")


def a_window_and_a_kind_leave_less():
    every, year, mentoring = found(), found("--from=2023-06", "--to=2023-08-15"), found("--kind=mentoring", "--without-isolates")
    assert 0 < year["figures"]["ties"] < every["figures"]["ties"]
    assert 0 < mentoring["figures"]["ties"] < every["figures"]["ties"] and mentoring["figures"]["isolates"] == 0


def wrong_use_is_one_and_nothing_is_two():
    for options in (("--format=png", FILE), (), ("--by=shoe-size", FILE), ("--minimum-group=2", FILE), ("--kind=gossip", FILE),
                    ("--from=soon", FILE), ("--from=2024", "--to=2023", FILE), ("--check", FILE), ("--weight=stones", FILE)):
        out, told = network(*options, code=1)
        assert out == "" and told.startswith("kennis-network: "), (options, told)
    assert "none.xml" in network(FOLDER / "none.xml", code=2)[1]
    assert "at least 5" in network("--from=1999", "--to=1999", FILE, code=2)[1]


def standard_input_is_a_source_too():
    assert network("--format=json", "-", stdin=FILE.read_bytes())[0] == network("--format=json", FILE)[0]


tap.run(the_organisation_is_simulated, the_manual_tells_every_option, the_graphs_hold_the_network_of_the_figures,
        networkx_reads_both_graphs, nobody_has_a_name_who_is_not_disclosed,
        pseudonyms_are_others_each_time_and_in_their_own_order, the_order_of_ties_tells_nothing_of_the_records,
        the_text_and_json_tell_how_people_differ, what_is_hidden_is_not_told_as_nothing,
        few_who_exchange_are_not_shown_among_many_who_do_not,
        who_is_disclosed_has_a_name_and_a_purpose, small_groups_and_thin_lines_are_not_shown,
        the_drawing_is_svg_without_anything_from_elsewhere, the_same_seed_gives_the_same_on_any_threads,
        a_window_and_a_kind_leave_less, wrong_use_is_one_and_nothing_is_two, standard_input_is_a_source_too)
