"""Tables that no one here made, counted by Kennis and by Python's csv module, which must agree.

The data stay in ${KENNIS_SHARED:-../shared}/data; where they are missing, the tests are skipped."""
import collections
import csv
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

DATA = os.path.join(os.environ.get("KENNIS_SHARED", "../shared"), "data", "csv")
ACTIVITY, PERSON, TEAM, SHARING = (getattr(Kennis.RecordType, name) for name in ("ACTIVITY", "PERSON", "TEAM", "SHARING"))


def path_of(name):
    path = os.path.join(DATA, name)
    if not os.path.exists(path):
        raise tap.Skip(f"{path} is not there")
    return path


def independent(name):
    with open(path_of(name), newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def read(name):
    reader = Kennis.Reader.new()
    reader.set_accept_seen(True)
    dataset = reader.load(Gio.File.new_for_path(path_of(name)), None, None)
    used, rejected, ignored = reader.get_n_rows_used(), reader.get_n_rows_rejected(), reader.get_n_rows_ignored()
    assert reader.get_n_rows() == used + rejected + ignored
    return reader, dataset


def records(dataset, kind):
    return [dataset.get_record(kind, i) for i in range(dataset.count(kind))]


def equal(got, wanted):
    assert got == wanted, f"{got!r} is not {wanted!r}"


def moodle(name):
    rows = independent(name)
    reader, dataset = read(name)
    done = re.compile(r"^Course (activity completion updated|completed)$")
    people, topics, n_completed = collections.Counter(), collections.Counter(), 0
    for row in rows:
        is_done = bool(done.match(row["Event name"]))
        pattern = r"for the user with id '(\d+)'" if is_done else r"^The user with id '(\d+)'"
        found = re.search(pattern, row["Description"])
        if found:
            people[found.group(1)] += 1
            topics[row["Event context"].strip()] += 1
            n_completed += is_done
    equal(reader.get_n_rows(), len(rows))
    equal(reader.get_n_rows_rejected(), 0)
    equal(reader.get_n_rows_used(), sum(people.values()))
    found = records(dataset, ACTIVITY)
    equal(collections.Counter(activity.props.person for activity in found), people)
    equal(collections.Counter(activity.props.topic for activity in found), topics)
    equal(sum(activity.props.status == Kennis.Status.COMPLETED for activity in found), n_completed)
    print(f"# {name}: {len(rows)} rows, {reader.get_n_rows_used()} activities of {len(people)} people, "
          f"{reader.get_n_rows_ignored()} ignored without a user id")


def moodle_of_spring_2017():
    moodle("Moodle Module 3 SP17.csv")


def moodle_of_spring_2018():
    moodle("Moodle Module 3 SP18.csv")


def moodle_of_autumn_2017():
    moodle("Moodle Module 5 F17.csv")


def viva_person_to_person():
    rows = independent("viva-p2p.csv")
    reader, dataset = read("viva-p2p.csv")
    equal(reader.get_n_rows(), len(rows))
    equal(reader.get_n_rows_used(), len(rows))
    pairs = collections.Counter((row["PrimaryCollaborator_PersonId"], row["SecondaryCollaborator_PersonId"]) for row in rows)
    equal(collections.Counter((s.props.giver, s.props.receiver) for s in records(dataset, SHARING)), pairs)
    people, teams = set(), set()
    for row in rows:
        for side in ("Primary", "Secondary"):
            people.add((row[f"{side}Collaborator_PersonId"], row[f"{side}Collaborator_Organization"]))
            teams.add(row[f"{side}Collaborator_Organization"])
    equal({(p.props.id, p.props.team) for p in records(dataset, PERSON)}, people)
    equal({team.props.id for team in records(dataset, TEAM)}, teams)
    print(f"# viva-p2p.csv: {len(rows)} rows, as many contacts among {len(people)} people in {len(teams)} organisations")


def ibm_employees():
    name = "WA_Fn-UseC_-HR-Employee-Attrition.csv"
    rows = independent(name)
    reader, dataset = read(name)
    equal(reader.get_n_rows(), len(rows))
    equal(reader.get_n_rows_used(), len(rows))
    wanted = {(row["EmployeeNumber"], row["Department"], row["JobRole"], row["EducationField"]) for row in rows}
    equal({(p.props.id, p.props.team, p.props.role, p.props.discipline) for p in records(dataset, PERSON)}, wanted)
    equal(dataset.count(PERSON), len(rows))
    print(f"# {name}: {len(rows)} rows, as many people in {dataset.count(TEAM)} departments")


BFI = """[mapping]
id=bfi
[match]
columns=A1;C1;E1;N1;O1
[record response]
each=*
except=gender;education;age
instrument=bfi
wave=1
respondent={#row}
item={#column}
score={#value}
needs=score
"""


def a_survey_with_a_column_for_every_item():
    """The 25 items of the psych package's bfi; what was not answered makes no response."""
    path = path_of("../survey/psych_bfi.csv")
    rows = independent("../survey/psych_bfi.csv")
    reader = Kennis.Reader.new()
    reader.set_mapping(Kennis.Mapping.new(BFI, "bfi"))
    dataset = reader.load(Gio.File.new_for_path(path), None, None)
    wanted = collections.defaultdict(lambda: [0, 0])
    for row in rows:
        for item, cell in row.items():
            if item not in ("gender", "education", "age") and cell not in ("", "NA"):
                wanted[item][0] += 1
                wanted[item][1] += int(cell)
    found = collections.defaultdict(lambda: [0, 0])
    for response in records(dataset, Kennis.RecordType.RESPONSE):
        found[response.props.item][0] += 1
        found[response.props.item][1] += response.props.score
    equal(reader.get_n_rows(), len(rows))
    equal({item: tuple(sums) for item, sums in found.items()}, {item: tuple(sums) for item, sums in wanted.items()})
    print(f"# psych_bfi.csv: {len(rows)} rows, {dataset.count(Kennis.RecordType.RESPONSE)} responses to {len(found)} items")


def a_person_query_tells_where_people_work():
    """It holds what Viva worked out of a week, and no record of learning or sharing."""
    name = "viva-person-query-700.csv"
    rows = independent(name)
    reader, dataset = read(name)
    equal((reader.get_n_rows(), reader.get_n_rows_used()), (len(rows), len(rows)))
    equal({(p.props.id, p.props.team, p.props.role) for p in records(dataset, PERSON)},
          {(row["PersonId"], row["Organization"], row["FunctionType"]) for row in rows})
    equal(dataset.count(PERSON), len({(row["PersonId"], row["MetricDate"]) for row in rows}))
    equal(dataset.count(TEAM), len({row["Organization"] for row in rows}))


if __name__ == "__main__":
    tap.run(moodle_of_spring_2017, moodle_of_spring_2018, moodle_of_autumn_2017, viva_person_to_person, ibm_employees,
            a_survey_with_a_column_for_every_item, a_person_query_tells_where_people_work)
