"""``riskengine simulate`` and ``decide``."""

import json

import pytest

from riskengine.cli import main
from riskengine.errors import ResultsError
from riskengine.results.folder.store import open_run, verify
from tests.support.command_line import plan


def simulate(*words):
    return main(["simulate", *words])


def left(folder):
    """What lies in a folder and was not there at first."""
    return {path.name for path in folder.iterdir()} - {"plan.toml", "open.toml", "faulty.toml"}


def test_the_summary_goes_to_stdout_and_the_place_of_the_results_to_stderr(folder, capsys):
    assert simulate("plan.toml", "-n", "512") == 0
    out, err = capsys.readouterr()
    assert "In 100 futures of this project, " in out
    assert "P80" in out and "results in" not in out
    assert "results in results/plan" in err.replace("\\", "/")
    assert verify(folder / "results/plan") == []
    assert open_run("results/plan").manifest["iterations"] == 512


def test_an_older_run_is_replaced(folder, capsys):
    assert simulate("plan.toml", "-n", "256", "-o", "out") == 0
    assert simulate("plan.toml", "-n", "512", "-o", "out") == 0
    assert open_run("out").manifest["iterations"] == 512
    assert left(folder) - {".out.lock"} == {"out"}


def test_a_folder_of_something_else_is_refused_before_anything_is_computed(folder, capsys, monkeypatch):
    (folder / "out").mkdir()
    (folder / "out/thesis.txt").write_text("years of work")
    monkeypatch.setattr("riskengine.cli.answer.compute", lambda *_: pytest.fail("it computed"))
    assert simulate("plan.toml", "-o", "out") == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert "RE705" in err
    assert (folder / "out/thesis.txt").read_text() == "years of work"


def test_an_answer_that_cannot_be_written_is_printed_all_the_same(folder, capsys, monkeypatch):
    def full(*_):
        raise ResultsError("results/plan: cannot be written: no space left on device", "RE706")

    monkeypatch.setattr("riskengine.results.folder.store.write_claimed", full)
    assert simulate("plan.toml", "-n", "256") == 4
    out, err = capsys.readouterr()
    assert "In 100 futures of this project, " in out
    assert "RE706" in err and "results in" not in err
    assert left(folder) == set()


def test_no_write_leaves_nothing_behind(folder, capsys):
    assert simulate("plan.toml", "-n", "256", "--no-write") == 0
    assert left(folder) == set()
    assert "results in" not in capsys.readouterr().err


def test_json_is_one_object_and_the_only_thing_on_stdout(folder, capsys):
    assert simulate("plan.toml", "-n", "512", "--seed", "7", "--method", "lhs", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["run"]["iterations"], found["run"]["seed"], found["run"]["method"]) == (512, 7, "lhs")
    assert found["run"]["elapsed_s"] > 0
    assert found["gates"][0]["gate"] == "delivery"
    assert found["decision"] == "go"
    assert len(found["tasks"]) == 2


def test_seed_0_is_a_seed_and_the_largest_one_too(folder, capsys):
    for seed in (0, 2**64 - 1):
        assert simulate("plan.toml", "-n", "256", "--seed", str(seed), "--json", "--no-write") == 0
        assert json.loads(capsys.readouterr().out)["run"]["seed"] == seed


def test_the_number_of_threads_changes_no_byte(folder, capsys):
    for threads in ("1", "3"):
        assert simulate("plan.toml", "-n", "1024", "--threads", threads, "-o", f"out{threads}") == 0
    for name in ("iterations.arrow", "tasks.arrow", "risks.arrow", "manifest.json"):
        assert (folder / "out1" / name).read_bytes() == (folder / "out3" / name).read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ["-n", "0"],
        ["-n", "many"],
        ["--seed", "-1"],
        ["--seed", str(2**64)],
        ["--method", "guess"],
        ["--threads", "0"],
        ["--until", "100"],
        ["--colour"],
    ],
)
def test_an_option_out_of_range_is_a_usage_error(folder, capsys, words):
    assert simulate("plan.toml", *words) == 2
    out, err = capsys.readouterr()
    assert out == "" and "error: " in err and words[0].strip("-") in err
    assert left(folder) == set()


def test_a_faulty_scenario_lists_every_fault_and_writes_nothing(folder, capsys):
    assert simulate("faulty.toml") == 3
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert sum(line.startswith("faulty.toml:") for line in lines) >= 3
    assert any("did you mean" in line and "design" in line for line in lines)
    assert "faults; nothing was written" in lines[-1]
    assert left(folder) == set()


def test_a_missing_file_is_refused_in_one_line(folder, capsys):
    assert simulate("nowhere.toml") == 3
    assert capsys.readouterr().err.splitlines()[0].startswith("nowhere.toml: RE101")


def test_simulate_exits_0_whatever_the_gates_say(folder, capsys):
    (folder / "plan.toml").write_text(plan(confidence=0.95))
    assert simulate("plan.toml", "-n", "1024", "--no-write") == 0
    assert "NO-GO." in capsys.readouterr().out


def test_a_scenario_without_gates_is_simulated(folder, capsys):
    assert simulate("open.toml", "-n", "256", "--json", "--no-write") == 0
    assert json.loads(capsys.readouterr().out)["decision"] is None


@pytest.mark.parametrize(
    ("confidence", "status", "answer"), [(0.5, 0, "GO."), (0.95, 10, "NO-GO."), (0.805, 11, "UNDECIDED.")]
)
def test_decide_answers_in_its_exit_status(folder, capsys, confidence, status, answer):
    (folder / "plan.toml").write_text(plan(confidence=confidence))
    assert main(["decide", "plan.toml", "-n", "256", "--no-write"]) == status
    assert f" {answer}" in " ".join(capsys.readouterr().out.split())


def test_decide_with_json_says_the_same_in_both_ways(folder, capsys):
    (folder / "plan.toml").write_text(plan(confidence=0.95))
    assert main(["decide", "plan.toml", "-n", "512", "--json"]) == 10
    assert json.loads(capsys.readouterr().out)["decision"] == "no-go"
    assert verify("results/plan") == []


def test_decide_refuses_a_scenario_without_gates(folder, capsys):
    assert main(["decide", "open.toml"]) == 3
    out, err = capsys.readouterr()
    assert out == "" and "RE906" in err
    assert left(folder) == set()


def test_until_buys_iterations_until_the_gate_is_decided(folder, capsys):
    (folder / "plan.toml").write_text(plan(confidence=0.805))
    assert main(["decide", "plan.toml", "-n", "256", "--json", "--no-write"]) == 11
    capsys.readouterr()
    status = main(["decide", "plan.toml", "-n", "256", "--until", "4096", "--json", "--no-write"])
    found = json.loads(capsys.readouterr().out)
    assert 256 < found["run"]["iterations"] <= 4096
    assert status == {"go": 0, "no-go": 10, "undecided": 11}[found["decision"]]
    assert found["decision"] != "undecided" or found["run"]["iterations"] == 4096


def test_until_stops_at_once_where_the_answer_is_clear(folder, capsys):
    assert simulate("plan.toml", "-n", "1024", "--until", "100000", "--json", "--no-write") == 0
    assert json.loads(capsys.readouterr().out)["run"]["iterations"] == 1024


def test_until_without_gates_is_refused(folder, capsys):
    assert simulate("open.toml", "--until", "100000") == 3
    assert "RE906" in capsys.readouterr().err
