"""``--json`` has one object on stdout in every outcome, for every command that takes it."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from riskengine.cli import main
from riskengine.errors import ResultsError
from tests.support.command_line import FAULTY, command, environment, plan
from tests.unit.cli.page import commands

ERROR_KEYS = {"exit_status", "code", "message", "cure", "issues"}
ALL = sorted(name for name, one in commands().items() if any("--json" in parameter.opts for parameter in one.params))
ACTION = "\n[actions.hurry]\ncost = 100\neffects.late.probability = 0.1\n"
XER = "%T\tPROJECT\n%F\tproj_id\n%R\t1\n"


def words_of(name, folder):
    """A call of a command that succeeds, with whatever it reads made first."""
    if name in ("show", "export", "history") and not (folder / "results/plan").exists():
        assert main(["simulate", "plan.toml", "-n", "256"]) == 0
    if name == "mitigate":
        text = (folder / "plan.toml").read_text(encoding="utf-8")
        (folder / "actions.toml").write_text(text + ACTION, encoding="utf-8")
    if name == "calibrate":
        rows = "".join(f"{at},5,{5 + at % 3}\n" for at in range(12))
        (folder / "done.csv").write_text(f"id,estimate,actual\n{rows}", encoding="utf-8")
    if name == "backtest":
        day = date(2027, 1, 4)
        rows = "".join(f"A-{at},Done,{day + timedelta(days=3 * at)}\n" for at in range(60))
        (folder / "done.csv").write_text(f"Issue key,Status,Resolved\n{rows}", encoding="utf-8")
    if name == "collect":
        (folder / "forms").mkdir(exist_ok=True)
        (folder / "forms/ana.csv").write_text("task,p10,likely,p90\nbuild,3,5,9\n", encoding="utf-8")
    if name == "merge":
        assert main(["simulate", "plan.toml", "-n", "256", "--shard", "1/1", "-o", "part"]) == 0
    quick = ["-n", "256"] if name in ("simulate", "decide", "batch") else []
    others = {
        "backtest": ["backtest", "done.csv", "--map", "jira", "--as-of", "2027-07-05"],
        "calibrate": ["calibrate", "done.csv"],
        "collect": ["collect", "forms"],
        "compare": ["compare", "plan.toml", "plan.toml", *["-n", "256"]],
        "diff": ["diff", "plan.toml", "plan.toml"],
        "mitigate": ["mitigate", "actions.toml", "-n", "256"],
        "merge": ["merge", "part", "--no-write"],
        "trace": ["trace", "plan.toml", "--near", "p80", "-n", "256"],
        "outside-view": ["outside-view", "plan.toml", "--green-book", "standard-buildings"],
        "teams": ["teams", "plan.toml", "-n", "256"],
        "show": ["show", "results/plan"],
        "export": ["export", "results/plan", "--to", "parquet:out"],
        "history": ["history", "results", "-o", "runs.duckdb"],
        "import": ["import", "plan.xer", "-o", "new.toml"],
    }
    return others.get(name, [name, "plan.toml", *quick])


def the_object(capsys):
    """The one object on stdout: anything before or behind it fails to parse."""
    return json.loads(capsys.readouterr().out)


def error_of(found, status):
    assert set(found) == {"error"}
    assert set(found["error"]) == ERROR_KEYS
    assert found["error"]["exit_status"] == status
    assert found["error"]["message"]
    return found["error"]


def test_these_commands_take_json():
    assert {"simulate", "decide", "batch", "check", "show", "import", "export"} <= set(ALL)


@pytest.mark.parametrize("name", [name for name in ALL if name != "import"])
def test_status_0_has_the_answer(folder, capsys, name):
    words = words_of(name, folder)
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    assert "error" not in the_object(capsys)


@pytest.mark.parametrize("name", ALL)
def test_status_1_has_the_error(folder, capsys, monkeypatch, name):
    words = words_of(name, folder)
    capsys.readouterr()
    for place in (
        "riskengine.reading.read_placed",
        "riskengine.calibration.answer.read_finished",
        "riskengine.calibration.backtest.read_throughput",
        "riskengine.elicitation.answer.read_forms",
        "riskengine.importers.read_schedule",
        "riskengine.results.folder.store.open_run",
        "riskengine.api.sharding.open_shard",
        "riskengine.star.folders.find_runs",
        "riskengine.cli.batch.files.find_batch_files",
    ):
        monkeypatch.setattr(place, lambda *_, **__: 1 / 0)
    assert main([*words, "--json"]) == 1
    assert "ZeroDivisionError" in error_of(the_object(capsys), 1)["message"]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "wrong", [["--json", "--no-such-option"], ["--no-such-option", "--json"], ["--json"], ["--json=1", "--json"]]
)
def test_status_2_has_the_error_wherever_json_stands(folder, capsys, name, wrong):
    words = [] if wrong == ["--json"] else ["plan.toml"]
    assert main([name, *words, *wrong]) == 2
    error_of(the_object(capsys), 2)


def test_a_misspelt_command_has_the_error(folder, capsys):
    assert main(["simulat", "plan.toml", "--json"]) == 2
    assert "did you mean 'simulate'?" in error_of(the_object(capsys), 2)["message"]
    assert main(["--json"]) == 2
    error_of(the_object(capsys), 2)


def test_json_behind_the_end_of_options_is_a_file(folder, capsys):
    assert main(["simulate", "--", "--json"]) == 3
    out, err = capsys.readouterr()
    assert out == "" and "RE108" in err


@pytest.mark.parametrize("name", ["simulate", "decide"])
def test_status_3_has_every_fault_with_file_and_line(folder, capsys, name):
    assert main([name, "faulty.toml", "--json"]) == 3
    error = error_of(the_object(capsys), 3)
    assert {"RE202", "RE301"} <= {issue["code"] for issue in error["issues"]}
    assert next(i for i in error["issues"] if i["code"] == "RE202")["line"] == 6
    assert error["code"] == error["issues"][0]["code"]


@pytest.mark.parametrize("name", ["simulate", "decide", "import"])
def test_a_missing_file_has_the_error(folder, capsys, name):
    missing = "nowhere.xer" if name == "import" else "nowhere.toml"
    status = main([name, missing, "--json"])
    assert status in (3, 4)
    error_of(the_object(capsys), status)


def test_a_schedule_with_faults_has_the_error(folder, capsys):
    (folder / "plan.xer").write_text(XER)
    assert main(["import", "plan.xer", "-o", "new.toml", "--json"]) == 3
    assert error_of(the_object(capsys), 3)["issues"]


def test_check_and_batch_keep_their_own_object_for_faults(folder, capsys):
    assert main(["check", "faulty.toml", "nowhere.toml", "--json"]) == 3
    assert [one["valid"] for one in the_object(capsys)["scenarios"]] == [False, False]
    assert main(["batch", "faulty.toml", "--json"]) == 3
    assert the_object(capsys)["scenarios"][0]["status"] == "refused"


def test_a_scenario_without_gates_has_the_error(folder, capsys):
    assert main(["decide", "open.toml", "--json"]) == 3
    assert error_of(the_object(capsys), 3)["code"] == "RE906"


@pytest.mark.parametrize("name", ["simulate", "decide"])
def test_status_4_has_the_error(folder, capsys, name):
    (folder / "out").mkdir()
    (folder / "out/thesis.txt").write_text("years of work")
    assert main([name, "plan.toml", "-o", "out", "--json"]) == 4
    assert error_of(the_object(capsys), 4)["code"] == "RE705"


def test_show_of_no_results_has_the_error(folder, capsys):
    assert main(["show", "nowhere", "--json"]) == 4
    assert error_of(the_object(capsys), 4)["code"] == "RE701"


def test_an_answer_that_cannot_be_written_stays_the_only_object(folder, capsys, monkeypatch):
    def full(*_):
        raise ResultsError("results/plan: cannot be written", "RE706")

    monkeypatch.setattr("riskengine.results.folder.store.write_claimed", full)
    monkeypatch.setattr("riskengine.results.folder.portfolio.write_portfolio", full)
    for name in ("simulate", "batch"):
        assert main([name, "plan.toml", "-n", "256", "--json"]) == 4
        out, err = capsys.readouterr()
        assert "error" not in json.loads(out)
        assert "RE706" in err


@pytest.mark.parametrize(("confidence", "status"), [(0.95, 10), (0.805, 11)])
@pytest.mark.parametrize("name", ["decide", "batch"])
def test_status_10_and_11_have_the_answer(folder, capsys, name, confidence, status):
    (folder / "plan.toml").write_text(plan(confidence=confidence))
    assert main([name, "plan.toml", "-n", "256", "--json"]) == status
    assert the_object(capsys)["decision"] in ("no-go", "undecided")


def test_a_library_that_is_missing_has_its_code(folder, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)

    def lacking(*_):
        import numba  # noqa: F401

    monkeypatch.setattr("riskengine.cli.answer.compute", lacking)
    assert main(["simulate", "plan.toml", "--json"]) == 4
    assert error_of(the_object(capsys), 4)["code"] == "RE912"


def test_names_in_an_error_cannot_act_on_a_terminal(folder, capsys):
    (folder / "faulty.toml").write_text(FAULTY.replace("desing", "x\\u001b[2J\\u202e"), encoding="utf-8")
    assert main(["simulate", "faulty.toml", "--json"]) == 3
    out, _ = capsys.readouterr()
    assert json.loads(out)
    assert not [sign for sign in out if not (sign.isprintable() or sign == "\n")]


@pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
@pytest.mark.parametrize("name", ["simulate", "decide", "batch"])
def test_status_130_has_the_error(folder, name):
    process = subprocess.Popen(
        command(name, "plan.toml", "-n", "100000000", "-o", "out", "--json"),
        cwd=folder,
        env=environment(RISKENGINE_MEMORY_GB="1000"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 30
    while not any(path.name.endswith(".lock") for path in folder.rglob(".*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert error_of(json.loads(out), 130)["message"] == "interrupted"


@pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
def test_an_interrupt_while_the_program_loads_has_the_error(folder):
    code = (
        "import os, signal, sys\n"
        "import riskengine.cli as cli\n"
        "from riskengine.cli import machine\n"
        "machine.lack_of_address_space = lambda needed: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.argv = ['riskengine', 'simulate', 'plan.toml', '--json']\n"
        "sys.exit(cli.main())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment(), capture_output=True, check=False)
    assert done.returncode == 130
    error_of(json.loads(done.stdout), 130)


@pytest.mark.parametrize(
    "change",
    ["machine.lack_of_address_space = lambda needed: 'too little'", "sys.modules['riskengine.cli.entry'] = None"],
)
def test_a_program_that_cannot_start_has_the_error(folder, change):
    code = (
        f"import sys\nimport riskengine.cli as cli\nfrom riskengine.cli import machine\n{change}\n"
        "sys.argv = ['riskengine', 'check', 'plan.toml', '--json']\nsys.exit(cli.main())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment(), capture_output=True, check=False)
    assert done.returncode == 4
    error_of(json.loads(done.stdout), 4)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_device_is_said_once(folder):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("check", "plan.toml", "--json"), cwd=folder, env=environment(), stdout=full, stderr=-1, check=False
        )
    assert done.returncode == 4
    assert done.stderr.count(b"cannot write to standard output") == 1
