"""Tables of what a confidence takes: every row says what the analysis says when it is asked."""

from fractions import Fraction

import pytest

from riskengine.analysis.contingency import measure_contingency
from riskengine.analysis.joint_confidence import joint_confidence, usual_question
from riskengine.results.tables.reserve_tables import CONFIDENCES
from tests.support.report_runs import gate, run, sample, without_cost

ENDS = (("", "value"), ("_ci_low", "ci_low"), ("_ci_high", "ci_high"))
GATES = (gate("date", 0.6), gate("both", 0.6, 0.65, 0.5, target=1), gate("also", 0.7, 0.9, 0.9))


@pytest.fixture(scope="module")
def made():
    return run(sample(gates=GATES, targets=("done",)))


def told(row, name):
    return tuple(row[f"{name}{end}"] for end, _ in ENDS)


def answer(interval):
    return tuple(getattr(interval, name) for _, name in ENDS)


def test_contingency_has_every_target_measure_and_confidence(made):
    rows = made.tables["contingency"].to_pylist()
    expected = [("project", "finish"), ("done", "finish"), ("project", "cost")]
    assert [(row["target"], row["measure"]) for row in rows[:: len(CONFIDENCES)]] == expected
    for row in rows:
        confidence = Fraction(repr(row["confidence"]))
        one = measure_contingency(made, row["measure"], confidence, row["target"])
        for name in ("percentile", "instant", "from_plan", "from_mean"):
            assert told(row, name) == answer(getattr(one, name)), (row["target"], row["measure"], name)
        assert row["from_plan"] == pytest.approx(row["percentile"] - one.plan)


def test_percentiles_are_those_of_the_table_of_percentiles(made):
    known = {
        (row["target"], row["measure"], row["percentile"]): row["value"]
        for row in made.tables["percentiles"].to_pylist()
    }
    for row in made.tables["contingency"].to_pylist():
        assert row["percentile"] == known[row["target"], row["measure"], round(100 * row["confidence"], 9)]


def test_joint_has_the_frontier_equal_percentiles_the_plan_and_the_gates_on_both(made):
    rows = made.tables["joint"].to_pylist()
    result = joint_confidence(made, usual_question(made))
    assert (result.question.target, result.question.level) == ("done", Fraction("0.65"))
    kinds = ["frontier"] * len(result.frontier) + ["equal percentiles", "each at level", "plan", "gate", "gate"]
    assert [row["point"] for row in rows] == kinds
    assert [row["number"] for row in rows] == list(range(len(rows)))
    for row, point in zip(rows, result.frontier, strict=False):
        assert (row["finish"], told(row, "cost"), told(row, "on_time")) == (
            point.finish,
            answer(point.cost),
            answer(point.on_time),
        )
    equal, each, plan, both, also = rows[len(result.frontier) :]
    assert told(equal, "finish") == answer(result.equal.finish) and told(equal, "cost") == answer(result.equal.cost)
    assert told(equal, "on_time") == told(equal, "in_budget") == answer(result.equal.share)
    assert told(each, "joint") == answer(result.equal.joint_at_level)
    assert told(plan, "joint") == answer(result.plan.joint) and plan["level"] is None
    assert [(row["gate"], row["target"]) for row in (both, also)] == [("both", "done"), ("also", "project")]
    for row, one in zip((both, also), result.gates, strict=True):
        for name in ("joint", "on_time", "in_budget"):
            assert told(row, name) == answer(getattr(one.chance, name))
            assert row["joint"] <= row[name]


def test_there_is_no_joint_confidence_where_nothing_costs_anything():
    assert run(without_cost(sample())).tables["joint"].num_rows == 0


@pytest.mark.parametrize("iterations", [1, 2, 10])
def test_few_iterations_leave_ends_open(iterations):
    made = run(sample(iterations=iterations))
    row = made.tables["contingency"].to_pylist()[-1]
    assert row["confidence"] == 0.95 and row["percentile"] is not None and row["percentile_ci_high"] is None
    joint = made.tables["joint"].to_pylist()
    assert len(joint) >= 4 and all(row["cost"] is not None for row in joint)
