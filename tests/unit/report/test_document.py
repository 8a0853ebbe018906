"""The JSON object: the names that are kept, and only what JSON has."""

import json
import math

import pytest

from riskengine.report.summary.document import document
from tests.support.report_runs import constant, gate, run, sample, without_cost


@pytest.fixture(scope="module")
def full():
    return document(run(sample([gate(), gate("joint", 0.5, 0.49, 0.9)], targets=("accept",))), elapsed_s=1.23456)


def test_the_kept_names_are_there(full):
    assert {"run", "finish", "cost", "tasks", "gates", "decision"} <= set(full)
    assert {"id", "digest", "seed", "iterations", "method", "engine", "elapsed_s"} <= set(full["run"])
    for measure in ("finish", "cost"):
        assert {"deterministic", "mean", "sd", "percentiles"} <= set(full[measure])
        assert set(full[measure]["mean"]) == {"value", "ci_low", "ci_high"}
        for point in full[measure]["percentiles"]:
            assert {"p", "value", "ci_low", "ci_high"} <= set(point)
    assert all("date" in point for point in full["finish"]["percentiles"])
    assert all({"task", "criticality", "ci_low", "ci_high"} <= set(task) for task in full["tasks"])
    kept = {"gate", "answer", "probability", "ci_low", "ci_high", "required"}
    assert all(kept <= set(answer) for answer in full["gates"])


def test_the_values_are_those_of_the_run(full):
    p80 = next(point for point in full["finish"]["percentiles"] if point["p"] == 80)
    assert p80["value"] == pytest.approx(80, abs=0.1)
    assert p80["ci_low"] < p80["value"] < p80["ci_high"]
    assert (p80["date"], p80["instant"][:10]) == ("2027-05-19", "2027-05-19")
    assert full["finish"]["deterministic"] == 30
    assert full["finish"]["deterministic_date"] == "2027-03-30"
    assert full["cost"]["mean"]["value"] == pytest.approx(50_000)
    assert full["run"]["elapsed_s"] == 1.235
    assert full["targets"][0]["target"] == "accept"


def test_the_answers_are_pass_fail_undecided_and_the_decision_their_worst(full):
    assert [answer["answer"] for answer in full["gates"]] == ["fail", "undecided"]
    assert full["decision"] == "no-go"
    assert [answer["required"] for answer in full["gates"]] == [0.8, 0.49]


@pytest.mark.parametrize(("share", "decision"), [(0.95, "go"), (0.5, "no-go"), (0.795, "undecided")])
def test_the_decision_follows_the_gate(share, decision):
    assert document(run(sample([gate(share=share)])))["decision"] == decision


def test_a_scenario_without_gates_has_no_decision():
    found = document(run(sample()))
    assert found["decision"] is None
    assert found["gates"] == []


@pytest.mark.parametrize(
    "made",
    [sample(iterations=1), sample([gate()], iterations=2), constant(sample([gate()])), without_cost(sample([gate()]))],
)
def test_what_is_unknown_is_null_and_never_nan(made):
    text = json.dumps(document(run(made)), allow_nan=False)
    assert "NaN" not in text


def test_every_number_is_finite(full):
    def walk(value):
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            for part in value:
                walk(part)
        elif isinstance(value, float):
            assert math.isfinite(value)

    walk(full)
