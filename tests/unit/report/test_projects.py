"""Projects of a programme in words, in tables and in JSON."""

import pytest

import riskengine
from riskengine.report.summary import projects
from riskengine.report.summary.document import document
from riskengine.report.summary.terminal import render


def programme(**changes):
    """Two projects with a task each, and a task of neither; the wbs of each task is its project."""
    tasks = {
        "north.dig": {"duration": 5, "cost": {"fixed": [1000, 2000, 6000]}, "wbs": "north"},
        "south.dig": {"duration": 8, "cost": {"fixed": [1000, 2000, 6000]}, "wbs": "south"},
        "join": {"duration": 2, "after": ["north", "south"], "cost": {"fixed": 500}},
    }
    for path, value in changes.items():
        task, key = path.split("__")
        table = tasks["join" if task == "join" else f"{task}.dig"]
        table |= {key: value}
        if value is None:
            del table[key]
    return {
        "schema": 1,
        "name": "Lines",
        "start": "2027-03-01",
        "tasks": tasks,
        "projects": {"north": {"name": "North line"}, "south": {}},
    }


def run(plan):
    return riskengine.simulate(plan, iterations=2560, contributions=False)


@pytest.fixture(scope="module")
def made():
    return run(programme())


def test_a_programme_says_when_each_project_finishes_and_what_it_costs(made):
    lines = projects.section(made, 100)
    assert lines[0] == "Projects"
    assert [line.split()[0] for line in lines[2:7]] == ["north", "south", "of", "sum", "programme"]
    assert "5 Mar 2027" in lines[2]
    assert "500" in lines[4]
    assert "North line" in lines[2]
    assert "\n".join(lines) in render(made, 100)


def test_costs_of_the_projects_add_up_to_the_sum(made):
    said = document(made)["programme"]
    parts = [project["cost"] for project in said["projects"]] + [said["cost_of_no_project"]]
    for name in ("mean", "p80"):
        for end in ("value", "ci_low", "ci_high"):
            assert said["cost_sum"][name][end] == pytest.approx(sum(part[name][end] for part in parts), rel=1e-12)
    assert said["cost_of_no_project"]["p80"] == {"value": 500.0, "ci_low": 500.0, "ci_high": 500.0}
    assert said["cost_sum"]["mean"]["value"] == pytest.approx(said["cost"]["mean"]["value"], rel=1e-9)


def test_the_whole_has_a_lower_p80_than_its_projects_added_up(made):
    said = document(made)["programme"]
    assert said["cost"]["p80"]["ci_high"] < said["cost_sum"]["p80"]["ci_low"]


def test_where_nothing_varies_sum_and_whole_are_the_same():
    said = document(run(programme(north__cost={"fixed": 100}, south__cost={"fixed": 200})))["programme"]
    assert said["cost_sum"]["p80"] == said["cost"]["p80"] == {"value": 800.0, "ci_low": 800.0, "ci_high": 800.0}


def test_finishes_are_those_of_the_targets(made):
    said = document(made)["programme"]["projects"]
    for project in said:
        (row,) = [
            row
            for row in made.table("percentiles").to_arrow().to_pylist()
            if row["target"] == project["project"] and row["measure"] == "finish" and row["percentile"] == 80
        ]
        assert project["finish_p80"] == row["instant"].isoformat()


def test_what_falls_due_at_the_finish_of_a_project_is_its_money():
    plan = programme(north__cost={"fixed": 100}, south__cost={"fixed": 200})
    plan["risks"] = {"strike": {"status": "occurred", "impacts": {"north": {"cost": 70}}}}
    said = document(run(plan))["programme"]
    assert [project["cost"]["p80"]["value"] for project in said["projects"]] == [170.0, 200.0]
    assert said["cost_of_no_project"]["p80"]["value"] == 500.0


@pytest.mark.parametrize(
    "changes",
    [
        {"north__wbs": "south"},  # one element has tasks of two projects
        {"join__wbs": "north"},  # the element of a project has a task of none
        {"north__wbs": "", "south__wbs": ""},
    ],
)
def test_without_elements_of_their_own_projects_have_dates_and_no_cost(changes):
    made = run(programme(**changes))
    assert "" in made.table("projects")["element"]
    said = document(made)["programme"]
    assert [project["cost"] for project in said["projects"]] == [None, None]
    assert said["cost_sum"] is None
    lines = projects.section(made, 100)
    assert "cost" not in lines[1]
    assert "5 Mar 2027" in lines[2]


def test_a_programme_that_costs_nothing_has_dates_alone():
    made = run(programme(north__cost=None, south__cost=None, join__cost=None))
    assert projects.final_costs(made, projects.rows(made, "projects")) == {}
    assert projects.section(made, 60)[1].split() == ["project", "name", "finish", "P80"]


def test_a_scenario_that_is_no_programme_says_nothing_of_projects():
    made = run({"schema": 1, "name": "P", "start": "2027-03-01", "tasks": {"a": {"duration": 3}}})
    assert projects.section(made, 80) == []
    assert document(made)["programme"] is None
    assert made.table("projects")["project"] == []
