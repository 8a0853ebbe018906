"""The tables of what a run was computed from: relationships, impacts, estimates, and what tasks and risks are."""

import json
from datetime import datetime
from importlib import import_module

import numpy as np
import pytest

import riskengine
from riskengine import engine, plan
from riskengine.plan.inputs import INPUTS, columns_of
from riskengine.plan.variables.distribution import build_distribution
from riskengine.results.tables.input_tables import INPUT_TABLES
from tests.support.scenario_text import read_text

HEAD = 'schema = 1\nname = "Test"\ncurrency = "EUR"\ndata_date = 2027-03-15\n'

PLAN = """
[wbs]
"1" = "Civil"
[resources.crew]
name = "Crew of six"
rate = 250
capacity = 3
[tasks.dig]
duration = [8, 10, 14]
actual_start = 2027-03-01
actual_finish = 2027-03-12
team = "Ground"
wbs = "1.1"
cost.fixed = 500
[tasks.pour]
duration = { low = 4, most_likely = 5, high = 9, source = "two former sites" }
after = ["dig FS+3ed"]
actual_start = 2027-03-12
remaining = [1, 2, 4]
team = "Ground"
wbs = "1.2"
owner = "Ann"
tags = ["wet", "out;door"]
[tasks.frame]
duration = "2w"
after = ["pour SS+2d", { task = "dig", type = "FF", lag = { shape = "uniform", low = -1, high = 3 } }]
team = "Steel"
wbs = "2"
cost = { fixed = { shape = "lognormal", mean = 9000, sd = 1500 }, rate = 120 }
resources = { crew = 2 }
[tasks.guard]
type = "level of effort"
after = ["pour SS", "frame FF"]
team = "Steel"
cost.rate = 80
[tasks.done]
milestone = true
after = ["frame"]
[costs.office]
name = "Site office"
rate = [90, 100, 140]
[costs.permit]
fixed = 3000
[risks.rain]
probability = 0.4
owner = "Ben"
description = "wet\\nweeks"
[risks.rain.impacts]
"*" = { delay = "8h", cost = [0, 100, 500] }
"wbs:Civil" = { factor = { shape = "discrete", values = [1.0, 1.5], weights = [3, 1] } }
[risks.steel]
probability = 0.2
active = false
[risks.steel.impacts]
"team:Steel" = { delay = 5, cost_factor = [1.0, 1.1, 1.3] }
"cost:*" = { cost_factor = 1.2 }
project = { delay = "3ed", cost = 700 }
"""


@pytest.fixture(scope="module")
def compiled():
    return plan.compile(read_text(PLAN, head=HEAD))


@pytest.fixture
def rows(compiled):
    """The rows of a table, each as a dictionary."""

    def of(table):
        columns = columns_of(compiled, table)
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    return of


def test_the_project_says_where_it_stands_and_where_it_came_from(rows):
    (row,) = rows("project")
    assert (row["project"], row["name"], row["calendar"], row["hours_per_day"]) == ("Test", "Test", "standard", 8)
    assert (row["start"], row["data_date"]) == (datetime(2027, 3, 1), datetime(2027, 3, 15))
    assert row["days_to_data_date"] == 10
    assert (row["source_tool"], row["source_data_date"]) == ("", None)


def test_an_import_is_named_in_the_project():
    text = '[imported]\ntool = "Primavera P6"\nfile = "plan.xer"\nproject = "P1"\ndata_date = 2027-03-01\n'
    made = plan.compile(read_text(text + "[tasks.a]\nduration = 1\n"))
    columns = columns_of(made, "project")
    assert [columns[f"source_{what}"] for what in ("tool", "file", "project", "data_date", "status")] == [
        ["Primavera P6"],
        ["plan.xer"],
        ["P1"],
        [datetime(2027, 3, 1)],
        [None],
    ]


@pytest.mark.parametrize(
    ("start", "data_date", "calendar", "days"),
    [
        ("2027-03-01", "2027-03-01", "standard", 0),
        ("2027-03-01", "2027-03-06", "standard", 5),
        ("2027-03-06", "2027-03-08", "standard", 0),
        ("2027-03-01T12:00:00", "2027-03-02T10:00:00", "standard", 0.75),
        ("2027-03-01", "2027-03-06", "24h", 5),
        ("2027-03-01", "2028-03-06", "long", 15),
        ("2027-03-13", "2028-02-01", "long", 0),
    ],
)
def test_days_to_the_data_date_are_working_days_of_the_project(start, data_date, calendar, days):
    """By hand; nobody works on the calendar long from 15 March 2027 to 25 February 2028."""
    head = f'schema = 1\nname = "x"\ndata_date = {data_date}\nproject_start = {start}\ncalendar = "{calendar}"\n'
    text = '[calendars.long]\nweek = "mon-fri 08:00-16:00"\nholidays = ["2027-03-15..2028-02-25"]\n'
    made = plan.compile(read_text(text + "[tasks.a]\nduration = 1\n", head=head))
    assert columns_of(made, "project")["days_to_data_date"] == [days]


def test_days_after_the_start_are_the_same_at_every_status_date(tmp_path):
    """A plan that keeps its dates keeps its days, which days after the data date do not."""
    plan_text = "[tasks.a]\nduration = 10\n[tasks.b]\nduration = 7\nafter = ['a']\n"
    head = 'schema = 1\nname = "Kept"\nstart = 2027-03-01\n'
    (tmp_path / "plan.toml").write_text(head + plan_text, encoding="utf-8")
    status = 'schema = 1\nextends = "plan.toml"\nname = "Status"\ndata_date = 2027-03-10\n'
    status += "[tasks.a]\nactual_start = 2027-03-01\nremaining = 3\n"
    (tmp_path / "status.toml").write_text(status, encoding="utf-8")
    runs = [riskengine.simulate(tmp_path / name, iterations=10) for name in ("plan.toml", "status.toml")]
    finishes = [run.table("summary").rows()[0] for run in runs]
    assert finishes[0]["deterministic_instant"] == finishes[1]["deterministic_instant"]
    assert [row["deterministic"] for row in finishes] == [17, 10]
    to_data_date = [run.table("project")["days_to_data_date"][0] for run in runs]
    assert [row["deterministic"] + days for row, days in zip(finishes, to_data_date, strict=True)] == [17, 17]


def test_every_table_of_inputs_has_what_makes_its_columns(compiled):
    assert set(INPUTS) == {"tasks", "risks"} | {kind.name for kind in INPUT_TABLES}
    for kind in INPUT_TABLES:
        assert list(columns_of(compiled, kind.name)) == [column.name for column in kind.columns]


def test_tasks_say_who_answers_for_them_and_how_far_they_are(rows):
    found = {row["calendar"] for row in rows("tasks")}
    assert found == {"standard"}
    dig, done, frame, guard, pour = rows("tasks")
    assert [row["progress"] for row in (dig, pour, frame)] == ["finished", "in progress", "not started"]
    assert [row["percent_complete"] for row in (dig, pour, frame)] == [100, pytest.approx(60), 0]
    assert pour["owner"] == "Ann" and pour["tags"] == "out,door;wet"
    assert [row["type"] for row in (done, guard, pour)] == ["milestone", "level of effort", "task"]


def test_elapsed_work_is_on_the_built_in_calendar():
    made = plan.compile(read_text('[tasks.cure]\nduration = "3ed"\n[tasks.walk]\nduration = 1\n'))
    assert columns_of(made, "tasks")["calendar"] == ["24h", "standard"]


def test_what_has_no_duration_to_compare_with_has_no_percentage():
    text = "[tasks.a]\nactual_start = 2027-03-01\nremaining = 3\n"
    made = plan.compile(read_text(text, head='schema = 1\nname = "x"\ndata_date = 2027-03-08\n'))
    assert columns_of(made, "tasks")["percent_complete"] == [None]


def test_risks_say_who_answers_for_them_and_whether_they_count(rows):
    said = ("owner", "description", "active")
    assert [{name: row[name] for name in said} for row in rows("risks")] == [
        {"owner": "Ben", "description": "wet\nweeks", "active": True},
        {"owner": "", "description": "", "active": False},
    ]


def test_relationships_have_their_lags_in_the_unit_as_written(rows):
    found = {(row["predecessor"], row["successor"], row["type"]): row for row in rows("relationships")}
    lag = found["dig", "pour", "FS"]
    assert (lag["lag"], lag["lag_unit"], lag["lag_calendar"]) == (3, "ed", "24h")
    lead = found["dig", "frame", "FF"]
    assert (lead["lag"], lead["lag_mean"], lead["lag_unit"]) == (1, 1, "d")
    assert found["pour", "frame", "SS"]["lag"] == 2
    assert len(found) == 6


def test_selectors_are_taken_apart_into_what_an_impact_acts_on(rows):
    found = {}
    for row in rows("impacts"):
        found.setdefault((row["risk"], row["selector"], row["effect"]), []).append((row["acts_on"], row["target"]))
    tasks = [("task", name) for name in ("done", "frame", "guard", "pour")]
    assert found == {
        ("rain", "*", "delay"): [at for at in tasks if at[1] != "guard"],
        ("rain", "*", "cost"): tasks,
        ("rain", "wbs:Civil", "factor"): [("task", "pour")],
        ("steel", "team:Steel", "delay"): [("task", "frame")],
        ("steel", "team:Steel", "cost_factor"): [("task", "frame"), ("task", "guard")],
        ("steel", "cost:*", "cost_factor"): [("cost line", "office"), ("cost line", "permit")],
        ("steel", "project", "delay"): [("project", "project")],
        ("steel", "project", "cost"): [("project", "project")],
    }


def test_an_impact_has_size_and_unit_of_its_estimate(rows):
    estimates = {row["estimate"]: row for row in rows("estimates")}
    for row in rows("impacts"):
        estimate = estimates[row["estimate"]]
        same = ("shape", "plan_value", "mean", "unit")
        assert [row[name] for name in same] == [estimate[name] for name in same]
    sizes = {(row["selector"], row["effect"]): (row["plan_value"], row["unit"]) for row in rows("impacts")}
    assert sizes["*", "delay"] == (8, "h")
    assert sizes["project", "delay"] == (3, "ed")
    assert sizes["wbs:Civil", "factor"] == (1, "factor")
    assert sizes["project", "cost"] == (700, "money")


def test_the_impacts_are_what_the_engine_acts_on(compiled):
    """Every task whose duration or cost a risk changes stands in the table, and no other."""
    on = read_text(PLAN.replace("active = false", "active = true"), head=HEAD)
    settings = engine.Settings(256, method="random", threads=1)
    for risk in on.risks:
        certain = {
            name: each.model_copy(update={"probability": 1.0 if name == risk else 0.0})
            for name, each in on.risks.items()
        }
        never = {name: each.model_copy(update={"probability": 0.0}) for name, each in on.risks.items()}
        samples = [
            engine.simulate(plan.compile(on.model_copy(update={"risks": each})), settings) for each in (certain, never)
        ]
        with_risk, without = (sample.tasks for sample in samples)
        assert with_risk.id == without.id
        columns = columns_of(compiled, "impacts")
        entries = list(zip(columns["risk"], columns["effect"], columns["acts_on"], columns["target"], strict=True))
        for measure, kinds in (("duration", {"delay", "factor"}), ("cost", {"cost", "cost_factor"})):
            differs = (getattr(with_risk, measure) != getattr(without, measure)).any(axis=1)
            changed = {name for name, is_changed in zip(with_risk.id, differs, strict=True) if is_changed}
            named = {at for name, effect, on, at in entries if (name, on) == (risk, "task") and effect in kinds}
            # the level of effort lasts as long as what it spans, and what costs by the day costs more for longer
            follow = {"guard"} if measure == "duration" else {"guard", "frame"}
            assert changed - follow == named - follow


def test_resources_of_tasks_have_their_names_and_rates(rows):
    crew = {"resource": "crew", "resource_name": "Crew of six", "rate": 250, "capacity": 3}
    assert rows("task_resources") == [{"task": "frame", "units": 2, **crew}]


def test_resources_may_be_named_and_not_described():
    made = plan.compile(read_text("[tasks.a]\nduration = 1\nresources = { crew = 2, crane = 1 }\n"))
    columns = columns_of(made, "task_resources")
    assert (columns["resource"], columns["units"]) == (["crane", "crew"], [1, 2])
    assert columns["rate"] == columns["capacity"] == [None, None]


def test_cost_lines_have_their_amounts(rows):
    office, permit = rows("cost_lines")
    assert office == {
        "cost_line": "office",
        "name": "Site office",
        "fixed": 0,
        "fixed_mean": 0,
        "rate": 100,
        "rate_mean": pytest.approx(105),
    }
    assert (permit["fixed"], permit["fixed_mean"]) == (3000, 3000)


def test_every_estimate_of_the_scenario_has_a_row(compiled, rows):
    found = {row["estimate"] for row in rows("estimates")}
    written = {
        "tasks.dig.duration",
        "tasks.dig.cost.fixed",
        "tasks.pour.duration",
        "tasks.pour.remaining",
        "tasks.pour.after[0].lag",
        "tasks.frame.duration",
        "tasks.frame.after[0].lag",
        "tasks.frame.after[1].lag",
        "tasks.frame.cost.fixed",
        "tasks.frame.cost.rate",
        "tasks.guard.cost.rate",
        "costs.office.rate",
        "costs.permit.fixed",
    }
    effects = {row["estimate"] for row in rows("impacts")}
    assert found == written | effects
    assert len(found) == len(rows("estimates"))


def test_an_estimate_says_what_became_of_it(rows):
    state = {row["estimate"]: row["state"] for row in rows("estimates")}
    assert state["tasks.dig.duration"] == "over"
    assert state["tasks.pour.duration"] == "replaced"
    assert state["tasks.pour.remaining"] == "simulated"
    assert state["risks.rain.impacts.*.delay"] == "simulated"
    assert state["risks.steel.impacts.project.delay"] == "off"


def test_an_estimate_has_its_points_and_source(rows):
    by_id = {row["estimate"]: row for row in rows("estimates")}
    row = by_id["tasks.pour.duration"]
    assert (row["low"], row["most_likely"], row["high"], row["unit"]) == (4, 5, 9, "d")
    assert json.loads(row["parameters"]) == {"low": 4, "most_likely": 5, "high": 9, "lambda": 4}
    assert row["source"] == "two former sites"
    assert row["words"] == "pert: low 4, most likely 5, high 9 days"
    assert by_id["tasks.frame.cost.fixed"]["words"] == "lognormal: mean 9,000, sd 1,500 EUR"
    assert by_id["tasks.frame.duration"]["words"] == "2 weeks"


def test_means_and_plan_values_are_those_of_the_distribution(compiled):
    columns = columns_of(compiled, "estimates")
    scenario = compiled.stages.scenario
    remaining = columns["estimate"].index("tasks.pour.remaining")
    assert columns["mean"][remaining] == pytest.approx((1 + 4 * 2 + 4) / 6)
    fixed = scenario.tasks["frame"].cost.fixed
    assert columns["mean"][columns["estimate"].index("tasks.frame.cost.fixed")] == pytest.approx(9000)
    draws = build_distribution(fixed, 1.0).quantile((np.arange(20_000) + 0.5) / 20_000)
    assert draws.mean() == pytest.approx(9000, rel=1e-3)


def test_a_changed_scenario_has_tables_of_its_own(tmp_path):
    """What no number depends on is not compiled again; a table of the former owner would be wrong all the same."""
    (tmp_path / "plan.toml").write_text(HEAD + PLAN, encoding="utf-8")
    scenario = riskengine.read(tmp_path / "plan.toml")
    before = riskengine.simulate(scenario, iterations=10)
    changed = scenario.changed({"tasks.frame.owner": "Cy", "risks.rain.description": "dry", "costs.permit.fixed": 4000})
    after = riskengine.simulate(changed, iterations=10)
    assert (before.table("tasks")["owner"][2], after.table("tasks")["owner"][2]) == ("", "Cy")
    assert after.table("risks")["description"][0] == "dry"
    assert (before.table("cost_lines")["fixed"][1], after.table("cost_lines")["fixed"][1]) == (3000, 4000)


def test_who_asks_for_a_date_waits_for_no_table_of_inputs(tmp_path, monkeypatch):
    (tmp_path / "plan.toml").write_text(HEAD + PLAN, encoding="utf-8")
    made = []
    spies = {name: lambda scenario, name=name: made.append(name) for name in INPUTS}
    monkeypatch.setattr(import_module("riskengine.plan.inputs.columns"), "INPUTS", spies)
    run = riskengine.simulate(riskengine.read(tmp_path / "plan.toml"), iterations=10)
    run.finish(0.8)
    assert made == []
