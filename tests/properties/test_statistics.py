"""What the statistics of a run must satisfy against its own iterations."""

from dataclasses import replace

import numpy as np
import pytest

from tests.support.command_runs import column, finish, rows, run
from tests.support.plans_of_all_features import RICH


def misplaced_percentiles(result) -> list[tuple[str, str, float]]:
    """Percentiles that no iteration has, or that another share of iterations does not exceed."""
    wrong = []
    for row in result.tables["percentiles"].to_pylist():
        target = "" if row["target"] == "project" else row["target"]
        values = column(result, "cost") if row["measure"] == "cost" else finish(result, target)
        share = row["percentile"] / 100
        is_reached = (values <= row["value"]).mean() >= share - 1e-12
        is_least = (values < row["value"]).mean() < share
        if not (is_reached and is_least and row["value"] in values):
            wrong.append((row["target"], row["measure"], row["percentile"]))
    return wrong


@pytest.mark.parametrize("iterations", [1, 2, 7, 1024, 1100])
def test_every_percentile_is_a_simulated_value_that_its_share_does_not_exceed(iterations):
    assert misplaced_percentiles(run(RICH, iterations)) == []


def test_an_interpolated_percentile_would_be_found(monkeypatch):
    result = run(RICH)
    table = result.tables["percentiles"]
    at = table.schema.get_field_index("value")
    between = table.column("value").to_numpy() * (1 + 1e-6)
    changed = table.set_column(at, table.schema.field("value"), [between])
    result = replace(result, tables={**result.tables, "percentiles": changed})
    assert len(misplaced_percentiles(result)) > 0.9 * table.num_rows


def joint_above_margins(gates) -> list[str]:
    """Margins that the joint gate beats."""
    return [name for name in ("delivery", "money") if gates["both"]["probability"] > gates[name]["probability"]]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_joint_gate_never_beats_its_margins(seed):
    result = run(RICH, seed=seed)
    gates = rows(result, "gates", "gate")
    assert joint_above_margins(gates) == []
    on_time = column(result, "finish") <= np.datetime64("2027-06-16")
    in_budget = column(result, "cost") <= 108000
    assert gates["both"]["probability"] == (on_time & in_budget).mean()
    assert gates["delivery"]["probability"] == on_time.mean()


def test_a_joint_gate_that_asks_for_either_would_be_found():
    result = run(RICH)
    gates = rows(result, "gates", "gate")
    either = (column(result, "finish") <= np.datetime64("2027-06-16")) | (column(result, "cost") <= 108000)
    assert joint_above_margins({**gates, "both": {"probability": either.mean()}}) == ["delivery", "money"]


def expected_answer(row) -> str:
    """The answer that an interval gives to the confidence asked for."""
    if row["ci_low"] >= row["confidence"]:
        return "pass"
    return "fail" if row["ci_high"] < row["confidence"] else "undecided"


def test_a_gate_answers_by_its_interval():
    about = rows(run(RICH, 2560), "gates", "gate")["delivery"]["probability"]
    answers = []
    for confidence in (0.02, about - 0.05, about, about + 0.05, 0.98):
        text = RICH.replace("confidence = 0.8", f"confidence = {confidence!r}")
        row = rows(run(text, 2560), "gates", "gate")["delivery"]
        assert row["ci_low"] <= row["probability"] <= row["ci_high"]
        assert row["answer"] == expected_answer(row)
        answers.append(row["answer"])
    assert answers == ["pass", "pass", "undecided", "fail", "fail"]
