"""What risks contribute may be left out: a run for each of them is saved, and no other number moves."""

import tomllib

import pytest

import riskengine
from riskengine import engine
from riskengine.analysis import portfolio
from riskengine.cli import main
from riskengine.report.summary import terminal
from riskengine.results.folder.store import open_run
from riskengine.scenario import parse
from tests.unit.python_api.plans import STAND


@pytest.fixture(scope="module")
def scenario():
    return parse(tomllib.loads(STAND), "stand.toml")


@pytest.fixture(scope="module")
def run(scenario):
    return riskengine.simulate(scenario, iterations=512, contributions=False)


def arrow(run, name):
    found = run.tables[name]
    return getattr(found, "table", found)


def test_contributions_are_null_and_nothing_else_differs(scenario, run):
    asked = riskengine.simulate(scenario, iterations=512)
    assert arrow(asked, "risks")["days_p80"].null_count == 0
    for name in asked.tables:
        one, other = arrow(asked, name), arrow(run, name)
        assert one.schema == other.schema
        for column in one.column_names:
            if name == "risks" and column.startswith(("days_", "cost_")):
                assert other[column].null_count == len(other)
            elif (name, column) != ("risks", "method"):
                assert one[column].equals(other[column]), (name, column)
    assert arrow(run, "risks")["method"].to_pylist() == ["off"]


def test_no_run_without_a_risk_is_made(scenario, monkeypatch):
    requests = []
    names = engine.simulate_until.__globals__
    original = names["run_blocks"]

    def noted(plan, request, *rest):
        requests.append(request)
        return original(plan, request, *rest)

    monkeypatch.setitem(names, "run_blocks", noted)
    counts = []
    for contributions in (True, False):
        requests.clear()
        riskengine.simulate(scenario, iterations=512, contributions=contributions)
        counts.append([tuple(request.without) for request in requests].count((0,)))
    assert counts[1] == counts[0] - 1


def test_the_summary_says_so(run):
    text = " ".join(terminal.render(run, 80, True).split())
    assert "What each risk adds was not measured, as --no-contributions asks" in text


def test_no_task_is_called_the_driver_in_the_place_of_a_risk(run):
    assert portfolio.driver({name: arrow(run, name) for name in ("risks", "tasks")}) == {}


def test_decide_answers_the_same_gates(scenario):
    one, other = (riskengine.decide(scenario, iterations=512, contributions=each) for each in (True, False))
    assert arrow(one, "gates").equals(arrow(other, "gates"))


def test_anything_but_true_or_false_is_refused(scenario):
    with pytest.raises(riskengine.UsageError, match="contributions must be True or False"):
        riskengine.simulate(scenario, iterations=16, contributions="no")


@pytest.mark.parametrize("command", ["simulate", "decide"])
def test_the_command_line_leaves_them_out_and_writes_a_valid_folder(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stand.toml").write_text(STAND, encoding="utf-8")
    main([command, "stand.toml", "-n", "512", "-o", "out", "--no-contributions"])
    assert "was not measured" in capsys.readouterr().out
    assert open_run("out").tables["risks"]["method"].to_pylist() == ["off"]


def test_settings_ask_for_contributions_unless_told_otherwise():
    assert engine.Settings().has_contributions
