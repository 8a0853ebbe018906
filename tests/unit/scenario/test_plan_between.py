"""Plans between two: some groups of what differs as the second says, all else as the first does."""

import pytest

import riskengine
from riskengine.reading import parse
from riskengine.scenario import resolve
from riskengine.scenario.plan_between import COMPUTED_GROUPS, plan_between
from tests.support.command_line import plan

MORE = """
[tasks.test]
duration = 5
after = ["build"]
cost.fixed = 100
[costs.camp]
rate = 50
[risks.storm]
probability = 0.2
impacts.test.delay = 3
impacts.build.delay = 4
impacts."cost:camp".cost_factor = 1.2
"""


@pytest.fixture
def documents():
    """The resolved forms of a plan, and of the plan with more of everything."""
    after = riskengine.read(plan() + MORE).changed(
        {"tasks.build.duration": [1, 2, 3], "tasks.design.cost.rate": 7, "risks.late.probability": 0.9}
    )
    return resolve(riskengine.read(plan())), resolve(after)


def test_no_group_is_the_first_plan_and_all_of_them_the_second(documents):
    for groups, expected in (((), documents[0]), (COMPUTED_GROUPS, documents[1])):
        found = resolve(parse(plan_between(*documents, groups)))
        for key in ("tasks", "risks", "costs", "calendars", "start"):
            assert found.get(key) == expected.get(key), key


def test_each_field_comes_from_the_plan_that_its_group_is_taken_from(documents):
    found = plan_between(*documents, ["durations"])
    assert found["tasks"]["build"]["duration"]["high"] == 3
    assert found["tasks"]["design"]["cost"]["rate"]["value"] == 1500
    assert list(found["tasks"]) == ["build", "design"]
    assert found["risks"]["late"]["probability"] == 0.3
    assert plan_between(*documents, ["cost"])["tasks"]["design"]["cost"]["rate"]["value"] == 7


def test_an_impact_on_what_is_not_there_is_left_out(documents):
    assert list(plan_between(*documents, ["risks"])["risks"]["storm"]["impacts"]) == ["build"]
    assert list(plan_between(*documents, ["risks", "logic"])["risks"]["storm"]["impacts"]) == ["build", "test"]
    assert set(plan_between(*documents, ["risks", "cost"])["risks"]["storm"]["impacts"]) == {"build", "cost:camp"}


def test_no_plan_between_has_gates(documents):
    assert "gates" not in plan_between(*documents, COMPUTED_GROUPS)
    assert "targets" not in plan_between(*documents, COMPUTED_GROUPS)


def test_a_plan_between_names_no_projects_whose_tasks_it_may_lack():
    before = {
        "schema": 1,
        "name": "x",
        "start": "2027-03-01",
        "tasks": {"a": {"duration": 1}, "hub.b": {"duration": 2}},
    }
    before["projects"] = {"hub": {"name": "Hub"}}
    documents = [resolve(parse(before)), resolve(parse({**before, "tasks": {"a": {"duration": 1}}, "projects": {}}))]
    assert set(parse(plan_between(*documents, ["logic"])).tasks) == {"a"}


def test_the_documents_stay_as_they_are(documents):
    before = [repr(each) for each in documents]
    plan_between(*documents, ["risks"])
    assert [repr(each) for each in documents] == before
