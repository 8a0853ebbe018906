"""Rules that end a run: how they are written, what they ask of a run's tables, and when a run ends by them."""

import math

import pyarrow.compute as pc
import pytest

import riskengine
from riskengine.analysis.stopping import MOST_ITERATIONS, Precision, stopping_rule
from riskengine.errors import UsageError

PLAN = {
    "schema": 1,
    "name": "Plan",
    "start": "2027-03-01",
    "tasks": {
        "a": {"duration": [10, 20, 60], "cost": {"fixed": [1000, 2000, 6000]}},
        "b": {"duration": [10, 20, 60], "after": ["a"]},
    },
    "targets": ["a"],
    "gates": {"g": {"finish": "2027-05-31", "confidence": 0.8}},
}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("P80(finish) +- 1d", (MOST_ITERATIONS, False, [("P80", "finish", 1.0, "d")])),
        ("p5( finish )±0.5d,2000", (2000, False, [("P5", "finish", 0.5, "d")])),
        ("mean(cost) +/- 5000", (MOST_ITERATIONS, False, [("mean", "cost", 5000.0, "")])),
        ("P80(cost) +- 1.5%, gates", (MOST_ITERATIONS, True, [("P80", "cost", 1.5, "%")])),
        (
            "chance(g) +- 0.5%, P50(a) +- 2d",
            (MOST_ITERATIONS, False, [("chance", "g", 0.5, "%"), ("P50", "a", 2.0, "d")]),
        ),
        ("gates, 512", (512, True, [])),
        ("100000", (100_000, True, [])),
    ],
)
def test_a_rule_is_read_as_it_is_written(text, rule):
    made = stopping_rule(text)
    assert (made.most, made.asks_gates) == rule[:2]
    assert made.precisions == tuple(Precision(*one) for one in rule[2])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P80(finish)",
        "P80 +- 1d",
        "P80(finish) +- 1",  # no unit
        "P80(finish) +- 1%",
        "P80(cost) +- 1d",
        "chance(g) +- 3d",
        "chance(g) +- 0%",
        "P82(finish) +- 1d",
        "P80(finish) +- -1d",
        "P80(finish) +- 1e400d",
        "P80(finish) +- 1d; 200",
        "P80(finish) +- 1d, 100, 200",
        "sd(finish) +- 1d",
        ", ".join(["P80(finish) +- 1d"] * 21),
    ],
)
def test_what_is_no_rule_is_refused_with_one(text):
    with pytest.raises(UsageError) as refused:
        stopping_rule(text)
    assert refused.value.code == "RE660"


@pytest.mark.parametrize("text", ["P80(b) +- 1d", "P80(project) +- 1d", "chance(h) +- 1%", "mean(g) +- 1d"])
def test_what_a_scenario_does_not_have_is_refused_by_name(text):
    with pytest.raises(UsageError) as refused:
        riskengine.decide(PLAN, iterations=64, until=text)
    assert refused.value.code == "RE661"


@pytest.mark.parametrize("method", ["random", "lhs", "sobol"])
def test_a_run_ends_at_the_first_look_at_which_it_is_precise(method):
    rule = stopping_rule("P80(finish) +- 1.5d, mean(cost) +- 2%, chance(g) +- 3%")
    made = riskengine.decide(PLAN, iterations=128, until=rule_text(rule), method=method, contributions=False)
    iterations = made.manifest["iterations"]
    assert iterations > 128
    assert is_precise(made)
    fewer = riskengine.simulate(PLAN, iterations=iterations // 2, method=method, contributions=False)
    assert not is_precise(fewer)
    same = riskengine.simulate(PLAN, iterations=iterations, method=method, contributions=False)
    for table in ("iterations", "percentiles", "summary", "gates"):
        assert made.table(table).to_arrow() == same.table(table).to_arrow()


def is_precise(run):
    """Whether the ends are near: P80 of the finish 1.5 days, the mean cost 2 %, the chance of the gate 3 points."""
    (finish,) = (
        run.table("percentiles")
        .to_arrow()
        .filter((pc.field("target") == "project") & (pc.field("measure") == "finish") & (pc.field("percentile") == 80))
        .to_pylist()
    )
    (cost,) = run.table("summary").to_arrow().filter(pc.field("measure") == "cost").to_pylist()
    (gate,) = run.table("gates").to_arrow().to_pylist()
    ends = [
        (finish["value"], finish["ci_low"], finish["ci_high"], 1.5),
        (cost["mean"], cost["mean_ci_low"], cost["mean_ci_high"], 0.02 * cost["mean"]),
        (gate["probability"], gate["ci_low"], gate["ci_high"], 0.03),
    ]
    return all(value - low <= most and high - value <= most for value, low, high, most in ends)


def rule_text(rule):
    """The rule as it would be typed."""
    return ", ".join(map(str, rule.precisions))


def test_a_run_that_does_not_get_there_ends_at_its_maximum_and_says_so():
    made = riskengine.decide(PLAN, iterations=100, until="P80(finish) +- 0.001d, 300", contributions=False)
    assert made.manifest["iterations"] == 300
    (line,) = stopping_rule("P80(finish) +- 0.001d").words(made.tables, 300)
    assert line.startswith("P80(finish) +- 0.001d is not reached with 300 iterations")


def test_what_does_not_vary_is_precise_at_once():
    plan = {**PLAN, "tasks": {"a": {"duration": 3}}}
    made = riskengine.decide(plan, iterations=64, until="P80(finish) +- 0.001d, mean(cost) +- 1%")
    assert made.manifest["iterations"] == 64


def test_an_open_interval_is_not_precise():
    made = riskengine.simulate(PLAN, iterations=8, method="random", contributions=False)
    assert Precision("P99", "finish", 1e9, "d").reached(made.tables) == math.inf


def test_gates_are_looked_at_as_often_only_where_they_end_the_run():
    """Width by itself does not favour an answer; a run that ends when it likes one has to allow for it."""
    apart = riskengine.decide(PLAN, iterations=256, until="P80(finish) +- 100d, 4096", contributions=False)
    both = riskengine.decide(PLAN, iterations=256, until="gates, P80(finish) +- 100d, 4096", contributions=False)
    assert apart.table("gates")["level"] == [0.95]
    assert both.table("gates")["level"] == [pytest.approx(0.99)]
