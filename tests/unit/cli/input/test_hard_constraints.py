"""``--ignore-hard-constraints``: what a delay cannot move is left out, and said."""

import json

import pytest

from riskengine.cli import main
from riskengine.results.folder.store import open_run
from tests.support.command_line import plan

BOUND = plan().replace(
    "[risks.late]\n", '[tasks.late]\nduration = 1\nconstraints = ["MSO 2027-12-06"]\n\n[risks.late]\n'
)


@pytest.fixture
def bound(folder):
    (folder / "bound.toml").write_text(BOUND)
    return "bound.toml"


def finish(folder):
    """Instant of the deterministic finish of a run that was written."""
    return str(max(open_run(folder).tables["tasks"]["deterministic_finish"].to_pylist()))


def test_simulate_says_what_it_left_out_and_computes_without_it(bound, capsys):
    assert main(["simulate", bound, "-n", "256", "-o", "with"]) == 0
    assert "ignored" not in capsys.readouterr().err
    assert main(["simulate", bound, "-n", "256", "-o", "without", "--ignore-hard-constraints"]) == 0
    assert "bound.toml: 1 hard constraint ignored: late MSO 2027-12-06T00:00:00" in capsys.readouterr().err
    assert finish("with").startswith("2027-12-06")
    assert not finish("without").startswith("2027-12-06")


def test_decide_answers_the_gates_without_them(bound, capsys):
    assert main(["decide", bound, "-n", "256", "--no-write"]) == 10
    assert main(["decide", bound, "-n", "1024", "--no-write", "--ignore-hard-constraints"]) == 0
    assert "1 hard constraint ignored" in capsys.readouterr().err


def test_batch_says_it_of_each_scenario(bound, capsys):
    assert main(["batch", bound, "plan.toml", "-n", "256", "--ignore-hard-constraints"]) in (0, 11)
    err = capsys.readouterr().err
    assert "bound.toml: 1 hard constraint ignored: late MSO 2027-12-06T00:00:00" in err
    assert "plan.toml: there are no hard constraints to ignore" in err


def test_check_echoes_the_scenario_as_it_would_be_computed(bound, capsys):
    assert main(["check", bound, "--ignore-hard-constraints", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["scenarios"][0]["tasks"] == 3
    assert "1 hard constraint ignored" in err


def test_many_are_counted_and_three_are_named(folder, capsys):
    tasks = "".join(f"[tasks.t{number}]\nduration = 1\ndeadline = 2027-06-01\n" for number in range(5))
    (folder / "many.toml").write_text('schema = 1\nname = "Many"\nstart = 2027-03-01\n' + tasks)
    main(["check", "many.toml", "--ignore-hard-constraints"])
    line = next(line for line in capsys.readouterr().err.splitlines() if "ignored" in line)
    assert line.startswith("many.toml: 5 hard constraints ignored: t0 deadline 2027-06-02T00:00:00, t1 ")
    assert line.endswith("t2 deadline 2027-06-02T00:00:00 and 2 more")
