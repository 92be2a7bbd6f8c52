"""The templates of ADL's LRS conformance suite (1.0.3 and 2.0), made whole as the suite does, and what Kennis thinks of them.

Which are valid is told here from what their authors call them and from the specification, not from what Kennis says.  A template
with gaps (an agent without an identifier, an empty verb) is no statement, and one where they are filled.  The data stay in ${KENNIS_SHARED:-../shared}/data; where they are missing, the tests are skipped."""
import copy
import glob
import json
import os
import re
import sys

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Gio, GLib, Kennis  # noqa: E402

import tap  # noqa: E402

FOLDER = os.path.join(os.environ.get("KENNIS_SHARED", "../shared"), "data", "xapi", "adl-lrs-conformance", "test")
# An LRS adds the time to what comes without one; what is read here comes out of one.
TIME = '"timestamp": "2024-03-01T09:30:00Z"'
WHOLE = {
    "timestamp": "2024-03-01T09:30:00Z",
    "actor": {"mbox": "mailto:a@example.org"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/attended"},
    "object": {"id": "http://www.example.com/meetings/34534"},
}
# Where a part of each folder stands in a statement.
SLOT = {"agents": "actor", "groups": "actor", "verbs": "verb", "activities": "object", "contexts": "context",
        "results": "result", "substatements": "object"}
# What the names say: something that must be there is not, or something is not as it must be.
WRONG = re.compile(r"_no_homepage|_no_name|^no_id$|^no_actor$|^no_verb$|^no_object$|statementref_no_id|anonymous_no_member"
                   r"|^numeric_(name|description)$|^string_(name|description)$|invalid")
# What the names do not say.
OTHERS = {"statements/multiple_actor": "a property twice", "verbs/voided": "a voiding statement about an activity"}
# Gaps, which the suite fills with one part after the other: nothing but their type is there.
FILLED = {
    "Agent": {"mbox": "mailto:b@example.org"}, "Group": {"mbox": "mailto:c@example.org"},
    "Activity": {"id": "http://www.example.com/meetings/34535"},
    "SubStatement": {key: WHOLE[key] for key in ("actor", "verb", "object")},
}


def templates():
    paths = sorted(glob.glob(os.path.join(FOLDER, "*", "templates", "*", "*.json")))
    if not paths:
        raise tap.Skip(f"{FOLDER} is not there")
    return paths


def name_of(path):
    return "/".join(path.split(os.sep)[-2:])[:-len(".json")]


def fill(node, key=None):
    """The same without gaps, and how many there were."""
    if isinstance(node, list):
        parts = [fill(part) for part in node]
        return [part for part, _ in parts], sum(n for _, n in parts)
    if not isinstance(node, dict):
        return node, 0
    if key == "verb" and not node:
        return WHOLE["verb"], 1
    if list(node) == ["objectType"] and node["objectType"] in FILLED:
        return dict(node, **FILLED[node["objectType"]]), 1
    parts = {name: fill(part, name) for name, part in node.items()}
    return {name: part for name, (part, _) in parts.items()}, sum(n for _, n in parts.values())


def whole(path):
    """The template as the text of a statement, and that without its gaps; None: it is no part of one, or has none."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    folder = name_of(path).split("/")[0]
    if folder == "statements":
        statement = json.loads(text)
        # As it stands: one has a property twice, which a dict has not.
        text = text if "timestamp" in statement else text.replace("{", "{" + TIME + ",", 1)
        statement.setdefault("timestamp", WHOLE["timestamp"])
    elif folder in SLOT:
        statement = copy.deepcopy(WHOLE)
        statement[SLOT[folder]] = json.loads(text)
        text = json.dumps(statement)
    else:
        return None, None
    filled, n_gaps = fill(statement)
    return text, json.dumps(filled) if n_gaps > 0 else None


def is_valid(path):
    name = name_of(path)
    return name not in OTHERS and not WRONG.search(name.split("/")[1])


def judge(text):
    reader = Kennis.Reader.new()
    reader.set_accept_seen(True)
    # One on its own that is rejected is an error, not a source with a rejected statement.
    good = json.dumps(dict(WHOLE, id="6690e6c9-3ef0-4ed3-8b37-7f3964730bee"))
    stream = Gio.MemoryInputStream.new_from_bytes(GLib.Bytes.new((good + "\n" + text.replace("\n", " ") + "\n").encode()))
    reader.load_stream(stream, "template", None, None)
    assert reader.get_n_rows() == 2, reader.get_n_rows()
    told = [d.to_string() for d in reader.get_diagnostics()]
    return reader.get_n_rows_rejected() == 0, told[0]


def kennis_and_the_names_of_the_templates_agree_on_which_are_valid():
    n_valid = n_invalid = 0
    wrong = []
    for path in templates():
        text, filled = whole(path)
        for one, wanted in ((text, is_valid(path) and filled is None), (filled, is_valid(path))):
            if one is None:
                continue
            valid, told = judge(one)
            if valid != wanted:
                wrong.append(f"{path[len(FOLDER) + 1:]}: Kennis takes it as {'valid' if valid else told}")
            n_valid += valid
            n_invalid += not valid
    print(f"# {n_valid} valid, {n_invalid} rejected")
    assert not wrong, "\n".join(wrong)
    assert n_valid > 100 and n_invalid > 50, (n_valid, n_invalid)


def a_rejected_template_is_told_with_its_line_the_place_and_the_section():
    for name, place in (("agents/account_no_homepage", "actor.account.homePage"), ("verbs/no_id", "verb.id"),
                        ("activities/numeric_name", "object.definition.name"),
                        ("contexts/invalid_activity", "context.contextActivities.consequences")):
        path = os.path.join(FOLDER, "v1_0_3", "templates", name + ".json")
        templates()
        valid, told = judge(whole(path)[0])
        assert not valid and place in told and "xAPI 1.0.3" in told and ":2:" in told, told


if __name__ == "__main__":
    tap.run(kennis_and_the_names_of_the_templates_agree_on_which_are_valid,
            a_rejected_template_is_told_with_its_line_the_place_and_the_section)
