"""Bridges, estimates and cost lines of a run, against the tables of its folder."""

from datetime import datetime

import pytest

import riskengine
from riskengine.star.dictionary import STAR
from riskengine.star.folders import find_runs
from riskengine.star.run_tables import run_tables

PLAN = """
schema = 1
name = "Bridges"
start = 2027-03-01
[tasks.dig]
duration = [3, 5, 9]
owner = "Ann"
tags = ["wet", "deep"]
resources = { crew = 2 }
[tasks.pour]
duration = 4
after = ["dig", "dig", "dig SS+2d"]
[costs.office]
rate = 90
[risks.rain]
probability = 0.4
owner = "Ben"
[risks.rain.impacts]
"*" = { delay = 1 }
dig = { cost = 2 }
project = { cost = 100 }
"cost:office" = { cost_factor = 1.5 }
"""


@pytest.fixture(scope="module")
def run_and_star(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    riskengine.simulate(folder / "plan.toml", iterations=64).write(folder / "plan")
    (run,) = find_runs([folder / "plan"]).runs
    return riskengine.open_run(folder / "plan"), run_tables(run.read())


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("dim_cost_line", "cost_lines"),
        ("dim_estimate", "estimates"),
        ("bridge_risk_task", "impacts"),
        ("bridge_relationship", "relationships"),
        ("bridge_task_resource", "task_resources"),
    ],
)
def test_a_table_has_the_rows_of_the_folder(run_and_star, name, source):
    run, star = run_and_star
    rows = star[name].to_pylist()
    there = run.table(source).rows()
    assert there
    assert [{column: row[column] for column in there[0]} for row in rows] == there
    assert len({tuple(row[column] for column in STAR[name].key) for row in rows}) == len(rows)


def test_bridges_lead_to_tasks_and_risks(run_and_star):
    _, star = run_and_star
    tasks = set(star["dim_task"]["task_key"].to_pylist())
    risks = set(star["dim_risk"]["risk_key"].to_pylist())
    acts_on = star["bridge_risk_task"].to_pylist()
    assert {row["task_key"] for row in acts_on if row["acts_on"] == "task"} == tasks
    assert {row["task_key"] for row in acts_on if row["acts_on"] != "task"} == {None}
    assert {row["risk_key"] for row in acts_on} == risks
    relationships = star["bridge_relationship"].to_pylist()
    assert {row["predecessor_key"] for row in relationships} | {row["successor_key"] for row in relationships} == tasks
    assert set(star["bridge_task_resource"]["task_key"].to_pylist()) < tasks


def test_tasks_and_risks_have_who_answers_for_them(run_and_star):
    _, star = run_and_star
    assert [(row["owner"], row["tags"]) for row in star["dim_task"].to_pylist()] == [("Ann", "deep;wet"), ("", "")]
    assert star["dim_risk"]["owner"].to_pylist() == ["Ben"]


def test_days_count_from_the_start_of_the_project_at_a_status_date(tmp_path):
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    status = 'schema = 1\nextends = "plan.toml"\nname = "Status"\ndata_date = 2027-03-15\n'
    (tmp_path / "status.toml").write_text(status, encoding="utf-8")
    riskengine.simulate(tmp_path / "status.toml", iterations=64).write(tmp_path / "status")
    (run,) = find_runs([tmp_path / "status"]).runs
    star = run_tables(run.read(), ("dim_run", "fact_iteration"))
    (row,) = star["dim_run"].to_pylist()
    assert (row["start"], row["data_date"]) == (datetime(2027, 3, 1), datetime(2027, 3, 15))
    iterations = star["fact_iteration"].to_pylist()
    assert {round(each["finish_days"] - each["days_from_data_date"], 9) for each in iterations} == {10}
