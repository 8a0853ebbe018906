"""The questions of an analyst, each one SQL statement in ``docs/bi/questions``, against plain Python."""

import math
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

import riskengine
from riskengine.star.dictionary import RUN_STAR, STAR
from tests.support.exports import FORMATS, expected_rows, export_to, query_postgresql
from tests.support.star_runs import write_run

QUESTIONS = Path(__file__).parents[3] / "docs" / "bi" / "questions"
STATEMENTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(QUESTIONS.glob("*.sql"))}
HARBOUR = {
    "schema": 1,
    "name": "Harbour",
    "start": "2027-03-01",
    "currency": "EUR",
    "tasks": {
        "dredge": {"duration": [20, 30, 60], "team": "Sea", "cost": {"rate": 1000}},
        "quay": {"duration": [30, 40, 65], "team": "Land", "cost": {"fixed": 5000, "rate": 800}},
        "crane": {"duration": 1, "team": "Land"},
        "open": {"milestone": True, "after": ["dredge", "quay", "crane"]},
    },
    "risks": {"storm": {"probability": 0.4, "impacts": {"quay": {"delay": [5, 8, 20]}}}},
    "gates": {"even": {"finish": "2027-04-30", "confidence": 0.5}, "dear": {"cost": 1, "confidence": 0.5}},
}
"""A run of the engine: tasks that are seldom critical, teams that spend money over months."""
GUIDE = QUESTIONS.parent / "questions.md"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Three plans at several status dates, two of them within one month."""
    root = tmp_path_factory.mktemp("results")
    for folder, plan, seed, days_later in (
        ("march", "bridge", 1, 0),
        ("april", "bridge", 2, 35),
        ("late-april", "bridge", 3, 49),
        ("march", "tunnel", 4, 0),
        ("april", "tunnel", 5, 35),
        ("march", "tunnel-by-night", 6, 0),
    ):
        project = plan.split("-")[0].title()
        write_run(root / folder / plan, seed=seed, project=project, name=plan, days_later=days_later)
    riskengine.decide(riskengine.read(HARBOUR), iterations=512).write(root / "march" / "harbour")
    run = riskengine.open_run(root / "march" / "harbour")
    for answer in (run.drivers(), riskengine.contributions(run), run.contingency(0.8), run.teams()):
        answer.keep(root / "march" / "harbour")
    return root


@pytest.fixture(scope="module")
def star(results):
    """The rows of every table as dictionaries, straight from the results folders."""
    return {
        table: [dict(zip(STAR[table].schema().names, row, strict=True)) for row in expected_rows(results, table)]
        for table in RUN_STAR
    }


@pytest.fixture(scope="module")
def exported(results, tmp_path_factory):
    """The folder of a DuckDB file with the runs."""
    folder = tmp_path_factory.mktemp("database")
    export_to("duckdb", results, folder)
    return folder


@pytest.fixture(scope="module", params=["duckdb", "postgresql"])
def answers(request, results, exported):
    """What a database answers to every question: a list of dictionaries each, of the types that DuckDB has."""
    with duckdb.connect(str(FORMATS["duckdb"].place(exported)), read_only=True) as connection:
        relations = {name: connection.sql(statement) for name, statement in STATEMENTS.items()}
        if request.param == "duckdb":
            return {name: relation.to_arrow_table().to_pylist() for name, relation in relations.items()}
        types = {name: dict(zip(one.columns, map(str, one.types), strict=True)) for name, one in relations.items()}
    export_to("postgresql", results, exported)
    place = FORMATS["postgresql"].place(exported)
    return {
        name: [dict(zip(types[name], row, strict=True)) for row in query_postgresql(place, statement, types[name])]
        for name, statement in STATEMENTS.items()
    }


def by_run(rows):
    """Rows of a table, under the key of their run."""
    groups = defaultdict(list)
    for row in rows:
        groups[row["run_key"]].append(row)
    return groups


def latest(star):
    """The last run of each scenario."""
    last = {}
    for run in sorted(star["dim_run"], key=lambda run: run["status_date"]):
        last[run["scenario_key"]] = run
    return [last[key] for key in sorted(last)]


def percentile(star, run, measure):
    (row,) = (
        row
        for row in by_run(star["fact_percentile"])[run["run_key"]]
        if row["target"] == "project" and row["measure"] == measure and row["percentile"] == 80
    )
    return row


def test_there_are_sixteen_questions_each_one_statement():
    assert len(STATEMENTS) == 16
    for name, statement in STATEMENTS.items():
        assert len(duckdb.extract_statements(statement)) == 1, name
        assert statement.startswith("-- "), name


def test_the_guide_names_every_question():
    text = GUIDE.read_text(encoding="utf-8")
    assert [name for name in STATEMENTS if f"questions/{name}.sql" not in text] == []


def test_p80_by_project_and_month_takes_the_last_status_of_a_month(star, answers):
    last = {}
    for run in sorted(star["dim_run"], key=lambda run: run["status_date"]):
        last[run["scenario_key"], f"{run['status_date']:%Y-%m}"] = run
    expected = {
        key: (percentile(star, run, "finish")["date"], percentile(star, run, "cost")["value"])
        for key, run in last.items()
    }
    rows = answers["p80-by-project-and-month"]
    assert {
        (row["scenario_key"], row["status_month"]): (row["finish_p80"], row["cost_p80"]) for row in rows
    } == expected
    assert len(rows) == len(expected) == 6


def test_top_risks_are_those_of_the_last_runs_in_the_order_of_days(star, answers):
    rows = answers["top-risks-of-the-portfolio"]
    facts = by_run(star["fact_risk"])
    expected = {
        (run["scenario_key"], fact["risk"]): (fact["days_p80"], fact["cost_p80"])
        for run in latest(star)
        for fact in facts[run["run_key"]]
        if fact["days_p80"] is not None or fact["cost_p80"] is not None
    }
    assert {(row["scenario_key"], row["risk"]): (row["days_p80"], row["cost_p80"]) for row in rows} == expected
    assert len(rows) == len(expected) > 1
    days = [row["days_p80"] for row in rows]
    assert days == sorted(days, reverse=True)


def test_critical_tasks_stand_under_their_team(star, answers):
    facts = by_run(star["fact_task"])
    team = {(task["run_key"], task["task"]): task["team"] for task in star["dim_task"]}
    expected = {
        (team[run["run_key"], fact["task"]], run["scenario_key"], fact["task"], fact["criticality"])
        for run in latest(star)
        for fact in facts[run["run_key"]]
        if fact["criticality"] >= 0.1
    }
    rows = answers["who-is-critical-by-team"]
    assert {(row["team"], row["scenario_key"], row["task"], row["criticality"]) for row in rows} == expected
    assert len(rows) == len(expected) > 0


def test_cash_of_the_quarters_adds_up_to_the_mean_costs(star, answers):
    periods = by_run(star["fact_cost_period"])
    expected = defaultdict(float)
    for run in latest(star):
        for period in periods[run["run_key"]]:
            if period["scope"] == "project":
                month = period["month_start"]
                expected[f"{month.year}-Q{(month.month + 2) // 3}"] += period["cost_mean"]
    rows = answers["cash-by-quarter"]
    assert {row["year_quarter"]: row["expected"] for row in rows} == pytest.approx(dict(expected))


def test_joint_chance_counts_the_futures_that_meet_every_gate(star, answers):
    met = by_run(star["fact_gate_iteration"])
    expected = {}
    for run in star["dim_run"]:
        misses = {row["iteration"] for row in met[run["run_key"]] if not row["is_met"]}
        futures = {row["iteration"] for row in met[run["run_key"]]}
        expected[run["scenario_key"], run["status_date"]] = 1 - len(misses) / len(futures)
    rows = answers["joint-chance-of-all-gates"]
    assert {(row["scenario_key"], row["status_date"]): row["all_gates"] for row in rows} == pytest.approx(expected)
    assert all(row["all_gates"] <= row["least_gate"] for row in rows)


def test_trend_is_the_step_from_one_status_to_the_next(star, answers):
    expected, before = {}, {}
    for run in sorted(star["dim_run"], key=lambda run: run["status_date"]):
        days = percentile(star, run, "finish")["value"]
        previous = before.get(run["scenario_key"])
        expected[run["scenario_key"], run["status_date"]] = (
            days,
            None if days is None or previous is None else days - previous,
        )
        before[run["scenario_key"]] = days
    rows = answers["trend-of-p80"]
    assert {
        (row["scenario_key"], row["status_date"]): (row["finish_days_p80"], row["days_since_last_status"])
        for row in rows
    } == expected


def test_gates_that_fall_short_are_all_that_do_not_pass(star, answers):
    asked = {(gate["run_key"], gate["gate"]): gate["confidence"] for gate in star["dim_gate"]}
    facts = by_run(star["fact_gate"])
    expected = {
        (run["scenario_key"], fact["gate"]): asked[run["run_key"], fact["gate"]] - fact["probability"]
        for run in latest(star)
        for fact in facts[run["run_key"]]
        if fact["answer"] != "pass"
    }
    rows = answers["gates-that-fall-short"]
    assert {(row["scenario_key"], row["gate"]): row["shortfall"] for row in rows} == pytest.approx(expected)
    assert rows == sorted(rows, key=lambda row: -row["shortfall"])
    assert rows


def test_contingency_is_that_of_the_summary(star, answers):
    summaries = by_run(star["fact_summary"])
    expected = {
        (run["scenario_key"], row["measure"]): (row["contingency_p80"], row["chance"])
        for run in latest(star)
        for row in summaries[run["run_key"]]
        if row["target"] == "project"
    }
    rows = answers["contingency-by-project"]
    assert {
        (row["scenario_key"], row["measure"]): (row["contingency_p80"], row["chance_of_the_plan"]) for row in rows
    } == expected


def test_money_and_date_together_are_those_of_the_latest_runs(star, answers):
    points = by_run(star["fact_joint"])
    expected = {
        (run["scenario_key"], row["point"], row["gate"]): (row["level"], row["finish_date"], row["cost"], row["joint"])
        for run in latest(star)
        for row in points[run["run_key"]]
        if row["point"] != "frontier"
    }
    rows = answers["money-and-date-together"]
    assert {
        (row["scenario_key"], row["point"], row["gate"]): (row["level"], row["finish_date"], row["cost"], row["joint"])
        for row in rows
    } == expected
    assert len(rows) == len(expected) >= 3 * len(latest(star))


def test_every_task_finishes_in_the_month_of_its_p80(star, answers):
    facts = by_run(star["fact_task"])
    expected = {
        (run["scenario_key"], fact["task"], f"{fact['finish_p80_date']:%Y-%m}")
        for run in latest(star)
        for fact in facts[run["run_key"]]
    }
    rows = answers["what-finishes-in-each-month"]
    assert {(row["scenario_key"], row["task"], row["year_month"]) for row in rows} == expected
    assert [row["year_month"] for row in rows] == sorted(row["year_month"] for row in rows)


def test_cost_of_the_portfolio_is_the_percentile_of_the_sums(star, answers):
    (row,) = answers["p80-cost-of-the-portfolio"]
    costs = by_run([row for row in star["fact_iteration"] if row["target"] == "project"])
    runs = [
        [row["cost"] for row in sorted(costs[run["run_key"]], key=lambda row: row["iteration"])] for run in latest(star)
    ]
    assert len({len(run) for run in runs}) == 2  # what all have is counted, the first iterations
    sums = sorted(math.fsum(futures) for futures in zip(*runs, strict=False))
    assert row["iterations"] == len(sums)
    assert row["cost_p80"] == pytest.approx(sums[math.ceil(0.8 * len(sums)) - 1], rel=1e-12)
    assert row["cost_mean"] == pytest.approx(math.fsum(sums) / len(sums))
    singles = [sorted(run)[math.ceil(0.8 * len(run)) - 1] for run in runs]
    assert row["cost_p80"] < math.fsum(singles)


def rows_of_harbour(star, table):
    """Rows of a table of answers: of the one run that was asked."""
    assert {row["run_key"] for row in star[table]} == {"harbour@2027-03-01"}
    return star[table]


def test_top_drivers_are_those_that_were_kept_the_widest_first(star, answers):
    rows = answers["top-drivers-of-the-portfolio"]
    swings = {one["input"]: one["finish_swing"] for one in rows_of_harbour(star, "fact_driver")}
    assert {row["input"]: row["finish_swing"] for row in rows} == swings
    assert [row["finish_swing"] for row in rows] == sorted(swings.values(), reverse=True)
    assert len(rows) > 3


def test_parts_of_the_p80_lead_from_the_plan_to_the_run(star, answers):
    rows = answers["what-p80-is-made-of"]
    kept = [one for one in rows_of_harbour(star, "fact_contribution") if one["statistic"] == "p80"]
    assert sorted((row["measure"], row["number"], row["value"]) for row in rows) == sorted(
        (one["measure"], one["number"], one["value"]) for one in kept
    )
    for measure in ("finish", "cost"):
        steps = [row for row in rows if row["measure"] == measure]
        assert (steps[0]["kind"], steps[-1]["kind"]) == ("plan", "all")
        assert math.fsum(step["value"] for step in steps[:-1]) == pytest.approx(steps[-1]["value"])


def test_parts_of_the_contingency_add_up_to_it(star, answers):
    rows = answers["whose-the-contingency-is"]
    for measure in ("finish", "cost"):
        parts = [row["value"] for row in rows if row["measure"] == measure]
        (whole,) = [
            one["from_plan"]
            for one in star["fact_contingency"]
            if one["run_key"].startswith("harbour@")
            and (one["target"], one["measure"], one["confidence"]) == ("project", measure, 0.8)
        ]
        assert math.fsum(parts) == pytest.approx(whole)
    assert "storm" in {row["risk"] for row in rows}


def test_months_of_teams_are_those_in_which_they_drive(star, answers):
    rows = answers["which-teams-must-not-slip"]
    expected = {
        (one["key"], f"{one['month_start']:%Y-%m}"): one["driving"]
        for one in rows_of_harbour(star, "fact_team_month")
        if one["kind"] == "team" and one["driving"] is not None
    }
    assert {(row["team"], row["year_month"]): row["driving"] for row in rows} == expected
    assert {team for team, _ in expected} == {"Sea", "Land"}


def test_plans_that_mislead_are_told_by_their_warnings(star, answers):
    rows = answers["plans-that-mislead"]
    expected = {(one["code"], one["count"]) for one in star["fact_health_finding"] if one["level"] == "warning"}
    assert {(row["code"], row["behind_it"]) for row in rows} == expected
    assert {row["scenario_key"] for row in rows} == {"harbour"}
