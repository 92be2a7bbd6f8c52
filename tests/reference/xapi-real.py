"""22 000 video statements that no one here made, counted by Kennis and by Python's json module, which must agree.

The data stay in ${KENNIS_SHARED:-../shared}/data; where they are missing, the tests are skipped."""
import collections
import datetime
import gzip
import json
import os
import sys

import gi
import gi.overrides

gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.path.insert(0, os.environ["KENNIS_SRCDIR"] + "/tests")
gi.require_version("Kennis", "1.0")
from gi.repository import Gio, GLib, Kennis  # noqa: E402

import tap  # noqa: E402

PATH = os.path.join(os.environ.get("KENNIS_SHARED", "../shared"), "data", "xapi", "potsie-statements.json.gz")
ADL, VIDEO = "http://adlnet.gov/expapi/verbs/", "https://w3id.org/xapi/video/"
SESSION = VIDEO + "extensions/session-id"
BEGINS, GOES_ON = {ADL + "initialized"}, {ADL + "interacted"} | {VIDEO + "verbs/" + v for v in ("played", "paused", "seeked")}
ENDS, DONE = {ADL + "terminated"}, {ADL + "completed"}


def statements():
    if not os.path.exists(PATH):
        raise tap.Skip(f"{PATH} is not there")
    with gzip.open(PATH, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def milliseconds(text):
    time = datetime.datetime.fromisoformat(text) - datetime.datetime.fromtimestamp(0, datetime.timezone.utc)
    return time // datetime.timedelta(milliseconds=1)


def expected():
    """Sessions as (person, video): status, start, end; and how many statements say nothing of how it went."""
    sessions, n_left_out = {}, 0
    for statement in statements():
        verb = statement["verb"]["id"]
        if verb not in BEGINS | GOES_ON | ENDS | DONE:
            n_left_out += 1
            continue
        account, time = statement["actor"]["account"], milliseconds(statement["@timestamp"])
        key = (account["homePage"] + " " + account["name"], statement["object"]["id"],
               statement["context"]["extensions"][SESSION])
        starts, ends, verbs = sessions.setdefault(key, ([], [], set()))
        (ends if verb in ENDS | DONE else starts).append(time)
        verbs.add(verb)
    found = collections.Counter()
    for (person, topic, _), (starts, ends, verbs) in sessions.items():
        status = "completed" if verbs & DONE else "enrolled" if verbs & BEGINS else "unknown"
        start, end = min(starts, default=None), max(ends, default=None)
        if start is not None and end is not None and end < start:
            start = None
        found[person, topic, status, start, end] += 1
    return found, n_left_out


def known(value):
    return None if value == GLib.MININT64 else value


def read(path):
    reader = Kennis.Reader.new()
    reader.set_accept_seen(True)
    dataset = reader.load(Gio.File.new_for_path(path), None, None)
    found = collections.Counter()
    for i in range(dataset.count(Kennis.RecordType.ACTIVITY)):
        p = dataset.get_record(Kennis.RecordType.ACTIVITY, i).props
        found[p.person, p.topic, p.status.value_nick, known(p.start), known(p.ended)] += 1
    return reader, found


def every_session_has_the_person_video_status_start_and_end_that_json_says():
    wanted, n_left_out = expected()
    reader, found = read(PATH)
    print(f"# {sum(found.values())} sessions, {len({key[0] for key in found})} people")
    assert found == wanted, (sum(found.values()), sum(wanted.values()), list((found - wanted).items())[:3],
                             list((wanted - found).items())[:3])
    rows = reader.get_n_rows(), reader.get_n_rows_used(), reader.get_n_rows_rejected(), reader.get_n_rows_ignored()
    assert rows == (22000, 22000 - n_left_out, 0, n_left_out), rows


def the_same_statements_in_an_array_and_a_list_read_alike():
    all_of_them = statements()
    _, wanted = read(PATH)
    for text in (json.dumps(all_of_them, indent=1), json.dumps({"statements": all_of_them, "more": ""})):
        file, stream = Gio.File.new_tmp("kennis-XXXXXX.json")
        stream.get_output_stream().write_all(text.encode(), None)
        stream.close(None)
        reader, found = read(file.get_path())
        file.delete(None)
        assert found == wanted and reader.get_n_rows() == 22000, reader.get_n_rows()


def a_file_given_twice_in_another_form_counts_once():
    reader = Kennis.Reader.new()
    reader.set_accept_seen(True)
    statements()
    dataset = reader.load(Gio.File.new_for_path(PATH), None, None)
    n = dataset.count(Kennis.RecordType.ACTIVITY)
    reader.read(Gio.File.new_for_path(PATH), dataset, None, None)
    assert dataset.count(Kennis.RecordType.ACTIVITY) == n
    assert reader.get_n_rows() == 44000 and reader.get_n_rows_ignored() == 22000 + 54, reader.get_n_rows_ignored()


if __name__ == "__main__":
    tap.run(every_session_has_the_person_video_status_start_and_end_that_json_says,
            the_same_statements_in_an_array_and_a_list_read_alike, a_file_given_twice_in_another_form_counts_once)
