"""Assignments of P6 that say little: 0 units, no cost, resources or activities that are not in the file."""

import pytest

from riskengine.importers import document
from riskengine.importers.p6.pmxml import read_pmxml
from riskengine.importers.p6.projects import read_xer
from riskengine.scenario import parse
from tests.unit.importers.p6.test_pmxml import activity as xml_activity
from tests.unit.importers.p6.test_pmxml import calendar, element, project
from tests.unit.importers.p6.xer_files import activity, link, plan, write

WORKER = {
    "RSRC": [{"rsrc_id": 5, "rsrc_short_name": "CREW", "rsrc_name": "Crew", "clndr_id": 10, "rsrc_type": "RT_Labor"}],
    "RSRCRATE": [{"rsrc_id": 5, "cost_per_qty": 50, "max_qty_per_hr": 2}],
}
ZERO = "assignments of 0 units an hour with work left: their units were taken from the work (A)"
NOBODY = "assignments of 0 units: nobody works by them (A)"
BY_RATE = "assignments without a cost: their work at the rate of the resource was taken (A)"
FREE = "assignments with work left and a rate that cost nothing: 0 was taken, as the file says (A)"


def read(folder, *assignments, tasks=None, links=()):
    """The scenario of a file with an activity of 40 hours, and what was noted."""
    rows = [{"task_id": "tA", "rsrc_id": 5, **fields} for fields in assignments]
    (schedule,) = read_xer(write(folder, plan(tasks or [activity("A")], links, **WORKER, TASKRSRC=rows)))
    return parse(document(schedule)), schedule.notes


def total(scenario):
    """What the activity costs, its rate over its five days."""
    cost = scenario.tasks["A"].cost
    rate = cost.rate.value * 5 if cost.rate is not None else 0.0
    hired = sum(units * scenario.resources[name].rate * 5 for name, units in scenario.tasks["A"].resources.items())
    return rate + hired + (cost.fixed.value if cost.fixed is not None else 0.0)


@pytest.mark.parametrize(
    ("fields", "units", "cost", "notes"),
    [
        ({"remain_qty_per_hr": 1, "remain_qty": 40, "remain_cost": 2000}, 1.0, 2000, []),
        ({"remain_qty_per_hr": 0, "remain_qty": 80, "remain_cost": 4000}, 2.0, 4000, [ZERO]),
        ({"remain_qty_per_hr": 0, "remain_qty": 80}, 2.0, 4000, [ZERO, BY_RATE]),
        ({"target_qty": 40}, 1.0, 2000, [ZERO, BY_RATE]),
        ({"remain_qty_per_hr": 1, "remain_qty": 40, "remain_cost": 0}, 1.0, 0, [FREE]),
        ({"remain_qty_per_hr": 1}, 1.0, 2000, []),
        ({"remain_qty_per_hr": 0, "remain_qty": 0, "remain_cost": 0}, 0.0, 0, [NOBODY]),
        ({}, 0.0, 0, [NOBODY]),
    ],
)
def test_units_and_cost_come_from_the_work_where_they_are_missing(tmp_path, fields, units, cost, notes):
    scenario, said = read(tmp_path, fields)
    assert scenario.tasks["A"].resources.get("CREW", 0.0) == units
    assert total(scenario) == pytest.approx(cost)
    assert [note for note in said if note.startswith("assignments")] == notes


def test_what_one_assignment_costs_does_not_make_another_free(tmp_path):
    scenario, _ = read(tmp_path, {"remain_qty_per_hr": 1, "remain_cost": 1000}, {"remain_qty_per_hr": 1})
    assert total(scenario) == pytest.approx(1000 + 2000)


def test_a_resource_that_is_not_in_the_file_costs_and_is_noted(tmp_path):
    scenario, said = read(tmp_path, {"rsrc_id": 77, "remain_qty_per_hr": 1, "remain_cost": 900})
    assert (total(scenario), scenario.tasks["A"].resources) == (900, {})
    assert "assignments of roles, or of resources not in the file: only their cost was read (A)" in said


def test_what_belongs_to_activities_that_are_not_in_the_file_is_noted(tmp_path):
    _, said = read(tmp_path, {"task_id": "tZ", "remain_cost": 5}, links=[link("Y", "Z")])
    assert any(note.startswith("assignments of tasks that are not in the file") for note in said)
    assert any(note.startswith("relationships between tasks that are not in the file") for note in said)


def test_p6_xml_says_the_same(tmp_path):
    crew = element("Resource", ObjectId=5, Id="CREW", Name="Crew", ResourceType="Labor", CalendarObjectId=1)
    rate = element("ResourceRate", ResourceObjectId=5, PricePerUnit=50)
    work = element("ResourceAssignment", ActivityObjectId=1, ResourceObjectId=5, RemainingUnits=80, ProjectObjectId=7)
    path = tmp_path / "plan.xml"
    path.write_text(project(xml_activity(1) + work, calendar() + crew + rate), encoding="utf-8")
    (schedule,) = read_pmxml(path, "plan.xml")
    (item,) = schedule.tasks[0].assignments
    assert (item.units, item.cost) == (2.0, 4000.0)
