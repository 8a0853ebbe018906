"""The registry of the format: what each table may say, and what follows from it for those who write files."""

import pytest

from riskengine.model.fields import Entities, Special, Table, Tables
from riskengine.model.format import FORMAT, SECTIONS, as_written
from riskengine.scenario.document.merge import is_merged


def test_a_document_is_written_in_the_order_of_the_format_without_what_holds_anyhow():
    task = {"deadline": "2027-05-03", "duration": "5d", "type": "task", "name": None, "cost": {"rate": 5, "fixed": 9}}
    found = as_written({"tasks": {"a": task}, "lag_calendar": "predecessor", "name": "X", "schema": 1})
    assert list(found) == ["schema", "name", "tasks"]
    assert list(found["tasks"]["a"]) == ["duration", "cost", "deadline"]
    assert list(found["tasks"]["a"]["cost"]) == ["fixed", "rate"]


@pytest.mark.parametrize(
    "document", [{"taks": {}}, {"tasks": {"a": {"duratoin": 5}}}, {"tasks": {"a": {"cost": {"fixd": 5}}}}]
)
def test_a_key_that_the_format_does_not_have_is_never_written(document):
    with pytest.raises(KeyError, match="the format has no"):
        as_written(document)


def test_every_table_that_a_field_names_is_one_of_the_format():
    named = {
        entry.field.section
        for section in FORMAT.values()
        for entry in section.values()
        if isinstance(entry.field, Table | Tables | Entities)
    }
    assert named | {"", "levelling", "matrix"} == set(FORMAT)
    assert isinstance(FORMAT[""]["levelling"].field, Special)
    assert isinstance(FORMAT["correlations"]["matrix"].field, Special)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("tasks",), True),
        (("tasks", "a"), True),
        (("tasks", "a", "cost"), True),
        (("tasks", "a", "resources"), True),
        (("tasks", "a", "cost", "fixed"), False),
        (("tasks", "a", "duration"), False),
        (("tasks", "a", "imported"), False),
        (("risks", "r", "impacts"), True),
        (("risks", "r", "impacts", "a"), True),
        (("risks", "r", "impacts", "a", "delay"), False),
        (("calendars", "c", "exceptions"), True),
        (("calendars", "c", "week"), False),
        (("defaults",), True),
        (("defaults", "task"), True),
        (("schedule",), True),
        (("schedule", "critical_float"), False),
        (("imported",), False),
        (("levelling",), False),
        (("wbs",), False),
        (("unheard of",), False),
    ],
)
def test_files_laid_over_others_change_these_tables_key_by_key(place, expected):
    assert is_merged(place) is expected


def test_sections_are_the_tables_of_entities():
    assert SECTIONS == (
        "calendars",
        "resources",
        "tasks",
        "backlogs",
        "costs",
        "indices",
        "risks",
        "exclusive",
        "actions",
        "correlations",
        "damages",
        "bonuses",
        "changes",
        "projects",
        "branches",
        "rework",
        "learning",
        "gates",
        "templates",
        "bands",
    )
