"""``riskengine batch``."""

import json
import os

import pyarrow.ipc
import pytest

from riskengine.cli import main
from riskengine.cli.batch.files import find_batch_files
from riskengine.errors import UsageError
from riskengine.results.folder.store import open_run, verify
from tests.support.command_line import plan


@pytest.fixture
def plans(folder):
    """A folder of scenarios: GO, NO-GO, without gates, one below."""
    (folder / "plans/deep").mkdir(parents=True)
    (folder / "plans/good.toml").write_text(plan("Good"))
    (folder / "plans/late.toml").write_text(plan("Late", confidence=0.95))
    (folder / "plans/open.toml").write_text(plan("Open", gate=False))
    (folder / "plans/deep/good.toml").write_text(plan("Deep"))
    (folder / "plans/notes.txt").write_text("no scenario")
    return folder / "plans"


def batch(*words):
    return main(["batch", "-n", "256", *map(str, words)])


def test_every_scenario_of_a_folder_is_run_and_its_results_are_whole(folder, plans, capsys):
    assert batch(plans, "-o", "out") == 10
    assert {path.name for path in (folder / "out").iterdir() if path.is_dir()} == {"good", "late", "open", "deep-good"}
    for name in ("good", "late", "open", "deep-good"):
        assert verify(folder / "out" / name) == []
    out, err = capsys.readouterr()
    assert "NO-GO" in out and "  deep-good  " in out and "late" in out
    assert "portfolio in" in err


def test_the_portfolio_table_has_a_row_for_each(folder, plans):
    batch(plans, "-o", "out")
    with pyarrow.ipc.open_file(folder / "out/portfolio.arrow") as file:
        rows = file.read_all().to_pylist()
    assert [row["name"] for row in rows] == ["Good", "Late", "Open", "Deep"]
    assert [row["decision"] for row in rows] == ["go", "no-go", None, "go"]
    assert all(row["driver"] == "late" and row["driver_kind"] == "risk" for row in rows)


def test_a_bad_file_stops_nobody_and_is_reported_at_the_end(folder, plans, capsys):
    (plans / "aaa.toml").write_text((folder / "faulty.toml").read_text())
    assert batch(plans, "-o", "out") == 13
    out, err = capsys.readouterr()
    assert "aaa.tomlrefused:" in "".join(out.split())  # a long path is broken where the line ends
    assert "RE202" in err and "RE301" in err
    assert verify(folder / "out/late") == []
    assert not (folder / "out/aaa").exists()


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ({"a": 0.5}, 0),
        ({"a": 0.5, "b": 0.805}, 11),
        ({"a": 0.805, "b": 0.95}, 10),
        ({"a": 0.95, "b": None}, 13),
        ({"a": 0.805, "b": None}, 14),
        ({"a": 0.5, "b": None}, 3),
        ({"b": None}, 3),
    ],
)
def test_the_exit_status_is_the_worst_decision_and_tells_whether_others_have_no_results(folder, capsys, files, status):
    for name, confidence in files.items():
        text = "schema = 1" if confidence is None else plan(name, confidence=confidence)
        (folder / f"{name}.toml").write_text(text)
    assert batch(*(f"{name}.toml" for name in files), "-o", "out") == status


def test_a_folder_that_is_not_ours_fails_its_scenario_alone(folder, plans, capsys):
    (folder / "out/good").mkdir(parents=True)
    (folder / "out/good/thesis.txt").write_text("years of work")
    assert batch(plans, "-o", "out") == 13
    out, err = capsys.readouterr()
    assert "good.tomlfailed:" in "".join(out.split()), "a long path is broken over lines"
    assert "RE705" in err
    assert (folder / "out/good/thesis.txt").read_text() == "years of work"
    assert verify(folder / "out/late") == []


def test_a_crash_in_one_scenario_is_reported_and_the_others_are_run(folder, plans, capsys, monkeypatch):
    from riskengine.cli import answer

    honest = answer.compute

    def crash(scenario, *rest):
        if scenario.name == "Late":
            raise ZeroDivisionError("once")
        return honest(scenario, *rest)

    monkeypatch.setattr("riskengine.cli.answer.compute", crash)
    assert batch(plans, "-o", "out") == 1
    assert "internal error: ZeroDivisionError: once" in capsys.readouterr().err
    assert verify(folder / "out/good") == []
    assert not (folder / "out/late").exists()


def test_the_number_of_threads_changes_no_byte_of_any_run(folder, plans):
    for threads in (1, 4):
        batch(plans, "--threads", threads, "-o", f"out{threads}")
    for name in ("good", "late", "deep-good"):
        for part in ("manifest.json", "iterations.arrow", "risks.arrow"):
            assert (folder / "out1" / name / part).read_bytes() == (folder / "out4" / name / part).read_bytes()
    assert (folder / "out1/portfolio.arrow").read_bytes() == (folder / "out4/portfolio.arrow").read_bytes()


def test_json_is_one_object_with_the_worst_decision(folder, plans, capsys):
    assert batch(plans, "-o", "out", "--json") == 10
    found = json.loads(capsys.readouterr().out)
    assert found["decision"] == "no-go"
    assert [row["decision"] for row in found["scenarios"]] == ["go", "no-go", None, "go"]
    assert all(row["finish_p80_date"] for row in found["scenarios"])


def test_a_portfolio_that_cannot_be_written_is_printed_all_the_same(folder, plans, capsys):
    (folder / "out/portfolio.arrow").mkdir(parents=True)
    assert batch(plans, "-o", "out") == 4
    out, err = capsys.readouterr()
    assert "NO-GO" in out
    assert err.splitlines()[-1].startswith("error: ") and "portfolio in" not in err
    assert verify(folder / "out/good") == []
    assert not (folder / "out/.portfolio.arrow.new").exists()


def test_until_applies_to_those_that_have_gates(folder, plans):
    assert batch(plans, "-o", "out", "--until", "1024") == 10
    assert open_run(folder / "out/open").manifest["iterations"] == 256


def test_nothing_to_run_is_a_usage_error(folder, capsys):
    (folder / "empty").mkdir()
    assert batch("empty", "-o", "out") == 2
    assert "RE905" in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_a_missing_file_is_one_bad_scenario(folder, capsys):
    assert batch("plan.toml", "nowhere.toml", "-o", "out") == 3
    assert "nowhere.toml refused: " in " ".join(capsys.readouterr().out.split())
    assert verify(folder / "out/plan") == []


def test_a_file_named_twice_is_run_once(folder, plans):
    assert list(find_batch_files([plans / "good.toml", plans / "../plans/good.toml"]).scenarios) == [
        plans / "good.toml"
    ]


def test_two_scenarios_for_one_results_folder_are_refused(folder, plans):
    with pytest.raises(UsageError, match="would both write to good"):
        find_batch_files([plans / "good.toml", plans / "deep/good.toml"])


def test_names_that_differ_in_case_alone_are_refused(folder, plans):
    (plans / "Good.TOML").touch()
    (folder / "GOOD.toml").write_text(plan())
    with pytest.raises(UsageError, match="would both write"):
        find_batch_files([plans / "good.toml", folder / "GOOD.toml"])


def test_hidden_files_and_folders_are_left_out(folder, plans):
    (plans / ".hidden.toml").touch()
    (plans / ".git").mkdir()
    (plans / ".git/x.toml").touch()
    assert {path.name for path in find_batch_files([plans]).scenarios} == {"good.toml", "late.toml", "open.toml"}


def links_to_itself(path):
    path.symlink_to(path.name)


def links_in_a_circle(path):
    path.symlink_to("other.toml")
    path.with_name("other.toml").symlink_to(path.name)


def dangles(path):
    path.symlink_to("nowhere.toml")


def links_above(path):
    path.symlink_to("..")


def links_to_a_device(path):
    path.symlink_to("/dev/zero")


ODD = {
    "a link to itself": links_to_itself,
    "a circle of links": links_in_a_circle,
    "a dangling link": dangles,
    "a pipe": os.mkfifo,
    "a device": links_to_a_device,
    "a folder": lambda path: path.mkdir(),
    "a link to the folder above": links_above,
    "a name that is no text": lambda path: path.with_name(os.fsdecode(b"\xff\xfe.toml")).write_bytes(b"\xff"),
    "an endless name": lambda path: path.with_name("x" * 250 + ".toml").write_text(plan("Endless")),
}


@pytest.mark.skipif(os.name != "posix", reason="makes links, pipes and devices")
@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_nothing_odd_in_a_folder_stops_the_others(folder, plans, capsys, make):
    make(plans / "odd.toml")
    assert batch(plans, "-o", "out") in (10, 13)
    assert verify(folder / "out/good") == []
    err = capsys.readouterr().err
    assert "internal error" not in err and "Traceback" not in err
    assert "portfolio in" in err


@pytest.mark.skipif(os.name != "posix", reason="makes links")
def test_a_link_that_leads_to_itself_is_one_bad_scenario(folder, capsys):
    (folder / "loop.toml").symlink_to("loop.toml")
    assert batch("loop.toml", "plan.toml", "-o", "out") == 3
    assert "its links form a circle" in capsys.readouterr().err
    assert verify(folder / "out/plan") == []


def test_a_folder_that_cannot_be_read_is_told_and_does_not_stop_the_others(folder, plans, capsys, monkeypatch):
    listed = os.scandir

    def scandir(path):
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert batch(plans, "-o", "out") == 13
    err = capsys.readouterr().err
    assert "deep" in err and "RE101" in err and "permission denied" in err
    assert verify(folder / "out/good") == []
    with pyarrow.ipc.open_file(folder / "out/portfolio.arrow") as file:
        assert "refused" in str(file.read_all().to_pylist()[-1])


def test_a_folder_that_cannot_be_read_alone_is_no_empty_folder(folder, capsys, monkeypatch):
    (folder / "closed").mkdir()

    def scandir(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", scandir)
    assert batch("closed", "-o", "out") == 3
    assert "permission denied" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["..toml", "...toml"])
def test_a_name_of_points_leads_to_no_other_folder(folder, name):
    (folder / name).write_text(plan("Points"))
    assert batch(name, "-o", "out") == 0
    results = [path.name for path in (folder / "out").iterdir() if path.is_dir()]
    assert len(results) == 1 and results[0].strip(".")
