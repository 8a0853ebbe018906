"""What one scenario says otherwise than another."""

from pathlib import Path

import pytest

import riskengine
from riskengine.model.fields import Entities
from riskengine.model.format import FORMAT
from riskengine.report.answers.differences import NOUNS
from riskengine.scenario.differences import GROUPS, OF_FIELD, OF_SCENARIO, OF_SECTION, RECORDS, differences, group_of
from riskengine.scenario.resolve import resolve
from tests.support.command_line import plan
from tests.support.places import ROOT

VALID = sorted((ROOT / "tests/spec/valid").glob("*.resolved.json"))


def told(before, after):
    """Group, section, id, field, kind and both texts of all that differs."""
    found = differences(before, after)
    return [(e.group, e.section, e.id, e.field, e.kind, e.before_text, e.after_text) for e in found]


@pytest.fixture
def base():
    """The plan of two tasks and a risk."""
    return riskengine.read(plan())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"tasks.build.duration": 7},
            (
                "durations",
                "tasks",
                "build",
                "duration",
                "changed",
                "pert: low 30, most likely 35, high 60 days",
                "7 days",
            ),
        ),
        ({"risks.late.probability": 0.5}, ("risks", "risks", "late", "probability", "changed", "30%", "50%")),
        ({"tasks.build.after": []}, ("logic", "tasks", "build", 'after."design FS"', "removed", "0 days", "")),
        (
            {"tasks.design.cost.rate": 1600},
            ("cost", "tasks", "design", "cost.rate", "changed", "1,500 EUR", "1,600 EUR"),
        ),
        (
            {"risks.late.impacts.build.cost": 900},
            ("risks", "risks", "late", "impacts.build.cost", "added", "", "900 EUR"),
        ),
        (
            {"gates.delivery.finish": "2027-06-20"},
            ("gates", "gates", "delivery", "finish", "changed", "2027-06-14", "2027-06-20"),
        ),
        (
            {"calendars.standard.exceptions": {"2027-05-03": "off"}},
            ("calendars", "calendars", "standard", "exceptions.2027-05-03", "added", "", "off"),
        ),
        (
            {"tasks.build.constraints": [{"type": "FNLT", "date": "2027-06-18"}, {"type": "ALAP"}]},
            ("logic", "tasks", "build", "constraints", "changed", "", "ALAP, FNLT 2027-06-18"),
        ),
        ({"tasks.build.deadline": "2027-06-18"}, ("logic", "tasks", "build", "deadline", "changed", "", "2027-06-18")),
        ({"start": "2027-03-08"}, ("progress", "", "", "start", "changed", "2027-03-01", "2027-03-08")),
        ({"tasks.build.name": "Hall"}, ("names and records", "tasks", "build", "name", "changed", "", "Hall")),
        ({"tasks.build.resources": {"crane": 2}}, ("resources", "tasks", "build", "resources.crane", "added", "", "2")),
    ],
)
def test_a_change_is_told_once_where_it_was_made(base, changes, expected):
    assert told(base, base.changed(changes)) == [expected]


@pytest.mark.parametrize(
    ("field", "group"),
    [
        *((field, "durations") for field in ("work", "people", "productivity", "quantity", "rate_per_day")),
        *((field, "progress") for field in ("remaining", "remaining_work", "remaining_quantity")),
    ],
)
def test_work_is_a_duration_and_what_is_left_of_it_is_progress(field, group):
    assert field in FORMAT["tasks"] and group_of("tasks", field) == group


def test_what_is_added_and_removed_is_introduced(base):
    more = riskengine.read(plan() + '[tasks.test]\nname = "Test run"\nduration = 5\nafter = ["build SS+3d"]\n')
    summary = "duration 5 days; after build SS 3 days"
    assert told(base, more) == [("logic", "tasks", "test", "", "added", "", summary)]
    assert told(more, base) == [("logic", "tasks", "test", "", "removed", summary, "")]
    assert differences(base, more)[0].name == "Test run"
    paced = riskengine.read(plan() + '[tasks.code]\nwork = "80h"\npeople = 2\n')
    assert told(base, paced) == [("logic", "tasks", "code", "", "added", "", "work 80 hours; people 2")]


def test_the_order_of_a_file_and_written_defaults_are_no_difference(base):
    head, *tables = plan().replace('after = ["design"]', 'after = ["design FS+0d"]\nexists = 1.0').split("\n\n")
    assert len(tables) == 4
    assert told(base, riskengine.read("\n\n".join([head, *reversed(tables)]))) == []


def test_differences_come_group_by_group_and_the_other_way_round(base):
    other = base.changed(
        {
            "gates.delivery.confidence": 0.7,
            "tasks.design.cost.fixed": 5,
            "risks.late.active": False,
            "tasks.build.after": [],
            "tasks.build.duration": 3,
            "tasks.design.duration": 2,
        }
    )
    found = differences(base, other)
    assert [each.group for each in found] == ["logic", "durations", "durations", "risks", "cost", "gates"]
    assert [each.id for each in found[1:3]] == ["build", "design"]
    back = differences(other, base)
    assert [(e.section, e.id, e.field, e.after, e.before) for e in back] == [
        (e.section, e.id, e.field, e.before, e.after) for e in found
    ]


def test_every_key_of_the_format_has_its_group():
    sections = {
        entry.field.section for entry in FORMAT[""].values() if isinstance(entry.field, Entities) and entry.attribute
    } | {"backlogs"}  # which are tasks of the model
    assert sections == set(OF_SECTION)
    assert {"", *sections} == set(NOUNS)
    keys = {key for key, entry in FORMAT[""].items() if entry.attribute and key not in sections} | {
        "schema",
        "data_date",
    }
    assert keys == set(OF_SCENARIO)
    assert {*OF_SCENARIO.values(), *OF_SECTION.values(), *RECORDS.values()} == set(GROUPS)
    assert all(fields.keys() <= FORMAT[section].keys() for section, fields in OF_FIELD.items())


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name.removesuffix(".resolved.json"))
def test_whatever_a_scenario_says_can_be_told(path: Path):
    """Against a plan of one task everything is told, and against itself nothing."""
    scenario = riskengine.read(path)
    empty = riskengine.read('schema = 1\nname = "x"\nstart = 2027-03-01\ntasks.a.duration = 1\n')
    assert differences(scenario, scenario) == []
    found = differences(empty, scenario)
    assert found
    entities = {(each.section, each.id) for each in found if each.section}
    document = resolve(scenario)
    for section in OF_SECTION:
        for id, entity in document.get(section, {}).items():
            is_same = resolve(empty).get(section, {}).get(id) == entity
            assert is_same or (section, id) in entities
