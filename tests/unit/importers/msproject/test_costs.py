"""What the assignments of a Microsoft Project file cost: by units, by work, and where a resource is missing."""

import pytest

from riskengine.importers import document
from tests.unit.importers.msproject.mspdi_text import by_id, imported, project, task

ANN = "<Resource><UID>1</UID><Name>Ann</Name><Type>1</Type><StandardRate>50</StandardRate></Resource>"
STEEL = "<Resource><UID>2</UID><Name>Steel</Name><Type>0</Type><StandardRate>30</StandardRate></Resource>"


def job(resource=1, task=1, **fields):
    rest = "".join(f"<{tag}>{text}</{tag}>" for tag, text in fields.items())
    return f"<Assignment><TaskUID>{task}</TaskUID><ResourceUID>{resource}</ResourceUID>{rest}</Assignment>"


def cost_of(folder, *jobs, rows=None, id="1", resources=ANN + STEEL):
    """What a task costs over its whole duration, its people by rate or by units, and the notes."""
    schedule = imported(folder, project(rows or task(1, 80), resources=resources, assignments="".join(jobs)))
    content = document(schedule)
    table = content["tasks"][id]
    days = by_id(schedule)[id].hours / 8
    cost = table.get("cost", {})
    people = sum(
        units * (content["resources"][name].get("rate") or 0.0) * days
        for name, units in table.get("resources", {}).items()
    )
    return cost.get("fixed", 0) + cost.get("rate", 0) * days + people, "\n".join(schedule.notes)


@pytest.mark.parametrize(
    ("fields", "total", "is_told"),
    [
        ({"Units": 1, "Work": "PT80H0M0S"}, 4000, False),
        ({"Units": 0, "Work": "PT80H0M0S"}, 4000, True),
        ({"Units": 0, "Work": "P10D"}, 4000, True),
        ({"Units": 0, "Work": "PT40H0M0S"}, 2000, True),
        ({"Units": 0, "RemainingWork": "PT80H0M0S"}, 4000, True),
        ({"Units": 1, "Work": "PT20H0M0S"}, 1000, True),
        ({"Units": 0.5, "Work": "PT40H0M0S"}, 2000, False),
        ({"Units": 0, "Work": "PT80H0M0S", "Cost": 400000}, 4000, False),
        ({"Units": 0, "Cost": 400000}, 4000, False),
        ({"Units": 0}, 0, True),
        ({"Units": 1}, 4000, False),
    ],
)
def test_an_assignment_costs_what_its_work_costs(tmp_path, fields, total, is_told):
    found, notes = cost_of(tmp_path, job(**fields))
    assert found == pytest.approx(total)
    assert ("assignments" in notes) is is_told


def test_a_person_whose_work_decides_once_is_counted_by_work_everywhere(tmp_path):
    jobs = (job(Units=0, Work="PT80H0M0S"), job(task=2, Units=1, Work="PT40H0M0S"))
    rows = task(1, 80) + task(2, 40)
    assert cost_of(tmp_path, *jobs, rows=rows)[0] == pytest.approx(4000)
    assert cost_of(tmp_path, *jobs, rows=rows, id="2")[0] == pytest.approx(2000)


def test_the_cost_of_the_task_is_not_counted_twice(tmp_path):
    row = task(1, 80, Cost=500000)
    for fields in (
        {"Units": 0, "Cost": 400000},
        {"Units": 1, "Cost": 400000},
        {"Units": 0, "Work": "PT80H0M0S"},
        {"Units": 1, "Work": "PT80H0M0S"},
        {"Units": 1},
    ):
        assert cost_of(tmp_path, job(**fields), rows=row)[0] == pytest.approx(5000)


def test_an_assignment_to_a_missing_resource_keeps_its_cost_and_is_told(tmp_path):
    found, notes = cost_of(tmp_path, job(9, Units=1, Work="PT80H0M0S", Cost=400000))
    assert found == pytest.approx(4000)
    assert "1 task has assignments of resources that are not in the file; of these only cost counts: 1" in notes
    assert "not in the file" in cost_of(tmp_path, job(9, Units=1, Work="PT80H0M0S"))[1]


def test_materials_cost_without_a_stated_cost_of_the_task(tmp_path):
    assert cost_of(tmp_path, job(2, Units=10, Cost=30000))[0] == pytest.approx(300)
    assert cost_of(tmp_path, job(2, Units=10))[0] == pytest.approx(300)
    assert cost_of(tmp_path, job(2, Units=10, Cost=30000), rows=task(1, 80, Cost=30000))[0] == pytest.approx(300)


def test_what_remains_of_the_work_costs_once_it_has_begun(tmp_path):
    row = task(1, 80, ActualStart="2027-03-01T08:00:00", PercentComplete=50, RemainingDuration="PT40H0M0S")
    schedule = imported(
        tmp_path,
        project(row, resources=ANN, assignments=job(Units=0, Work="PT80H0M0S", RemainingWork="PT40H0M0S")),
    )
    assert [item.cost for item in by_id(schedule)["1"].assignments] == [2000]


def test_assignments_of_tasks_that_are_not_in_the_file_are_told(tmp_path):
    assert (
        "1 task that assignments name is not in the file: these assignments are left out: 7"
        in cost_of(tmp_path, job(Units=1), job(task=7, Units=1), job(task=0, Units=1))[1]
    )


@pytest.mark.parametrize(
    ("more", "fields", "total", "note"),
    [
        # 64 hours at 50 and 16 of overtime at 100; costs stand in hundredths, rates do not
        ("<OvertimeRate>100</OvertimeRate>", {"OvertimeWork": "PT16H0M0S"}, 4800, "or with overtime"),
        ("<CostPerUse>10000</CostPerUse>", {}, 4100, "each time they are used"),
        ("<CostPerUse>10000</CostPerUse>", {"Cost": 410000}, 4100, ""),
        (
            "<Rates><Rate><RateTable>0</RateTable><StandardRate>50</StandardRate></Rate>"
            "<Rate><RateTable>1</RateTable><StandardRate>80</StandardRate></Rate></Rates>",
            {"CostRateTable": 1},
            6400,
            "at a rate apart from the resource's",
        ),
    ],
)
def test_what_a_resource_costs_beside_its_rate_is_counted(tmp_path, more, fields, total, note):
    ann = ANN.replace("</Resource>", f"{more}</Resource>")
    found, notes = cost_of(tmp_path, job(Units=1, Work="PT80H0M0S", **fields), resources=ann)
    assert found == pytest.approx(total)
    assert note in notes


def test_a_rate_may_stand_in_the_rate_table_alone(tmp_path):
    rates = "<Rates><Rate><RateTable>0</RateTable><StandardRate>50</StandardRate></Rate></Rates>"
    ann = ANN.replace("<StandardRate>50</StandardRate>", rates)
    assert cost_of(tmp_path, job(Units=1, Work="PT80H0M0S"), resources=ann)[0] == pytest.approx(4000)


def test_materials_of_no_units_cost_by_their_work_and_are_told(tmp_path):
    found, notes = cost_of(tmp_path, job(2, Units=0, Work="PT10H0M0S"))
    assert found == pytest.approx(300)
    assert "1 task uses materials of no units; the work of the assignments is the amount: 1" in notes
