"""What ``riskengine batch`` prints, in which order, and which files of a folder it leaves out."""

import itertools
import json
import os

import pytest

from riskengine.cli import main
from riskengine.cli.batch.files import find_batch_files
from riskengine.cli.batch.status import exit_status
from riskengine.cli.output import exits
from riskengine.errors import UsageError
from riskengine.results.folder.portfolio import open_portfolio
from tests.support.command_line import plan


@pytest.fixture
def plans(folder):
    """A folder of scenarios: GO, NO-GO, without gates, and one with faults."""
    (folder / "plans").mkdir()
    (folder / "plans/good.toml").write_text(plan("Good"))
    (folder / "plans/late.toml").write_text(plan("Late", confidence=0.95))
    (folder / "plans/open.toml").write_text(plan("Open", gate=False))
    (folder / "plans/bad.toml").write_text((folder / "faulty.toml").read_text())
    return folder / "plans"


def batch(*words):
    return main(["batch", "-n", "256", *map(str, words)])


def first_words(out):
    return [line.split()[0] for line in out.splitlines() if line.startswith("  ") and line.split()[0] != "scenario"]


def test_the_last_line_counts_every_outcome(plans, capsys):
    assert batch(plans, "--no-write") == 13
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "4 scenarios: 1 GO, 1 NO-GO, 1 without gates, 1 refused"


def test_the_order_is_that_which_was_asked_for(plans, capsys):
    batch(plans, "--no-write", "--sort", "decision")
    assert first_words(capsys.readouterr().out)[:3] == ["late", "good", "open"]
    batch(plans, "--no-write", "--sort", "name", "--reverse")
    assert first_words(capsys.readouterr().out)[:3] == ["open", "late", "good"]


def test_a_filter_hides_rows_and_neither_totals_nor_exit_status(plans, capsys):
    assert batch(plans, "-o", "out", "--filter", "go") == 13
    out = capsys.readouterr().out
    assert first_words(out) == ["good"]
    assert "4 scenarios" in out and "(1 of them shown)" in out
    assert open_portfolio("out/portfolio.arrow").num_rows == 4


def test_json_lists_what_is_shown_and_counts_all(plans, capsys):
    (plans / "ranges.toml").write_text("[templates.site]\nlow = 0.9\nhigh = 1.3\n")
    batch(plans, "--no-write", "--filter", "decision=go,no-go", "--sort", "chance", "--json")
    found = json.loads(capsys.readouterr().out)
    assert [row["scenario_key"] for row in found["scenarios"]] == ["late", "good"]
    assert found["totals"] == {
        "scenarios": 4,
        "go": 1,
        "no-go": 1,
        "undecided": 0,
        "without_gates": 1,
        "refused": 1,
        "failed": 0,
        "unchanged": 0,
    }
    assert [gate["gate"] for gate in found["scenarios"][0]["gates"]] == ["delivery"]
    assert [entry["scenario"] for entry in found["passed_over"]] == [str(plans / "ranges.toml")]


def test_no_write_writes_nothing(folder, plans, capsys):
    before = sorted(folder.rglob("*"))
    assert batch(plans, "-o", "out", "--no-write") == 13
    assert sorted(folder.rglob("*")) == before
    out, err = capsys.readouterr()
    assert "NO-GO" in out and "portfolio in" not in err


@pytest.mark.parametrize("words", [["--sort", "colour"], ["--filter", "colour=red"], ["--filter", "decision=maybe"]])
def test_what_cannot_be_sorted_or_filtered_by_is_a_usage_error_before_anything_is_run(folder, plans, capsys, words):
    assert batch(plans, "-o", "out", *words) == 2
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("late.toml", ["bad", "good", "open", "sub-late"]),
        ("la*", ["bad", "good", "open"]),
        ("sub", ["bad", "good", "late", "open"]),
        ("sub/", ["bad", "good", "late", "open"]),
        ("sub-late", ["bad", "good", "late", "open"]),
        ("*.toml", None),
    ],
)
def test_patterns_leave_out_files_and_folders(plans, pattern, left):
    (plans / "sub").mkdir()
    (plans / "sub/late.toml").write_text(plan())
    if pattern == "late.toml":
        left = ["bad", "good", "open"]  # a name counts in every folder
    if left is None:
        with pytest.raises(UsageError, match="5 left out by --exclude"):
            find_batch_files([plans], [pattern])
        return
    assert sorted(find_batch_files([plans], [pattern]).scenarios.values()) == left


def test_a_pattern_that_leaves_out_nothing_is_told(plans, capsys):
    batch(plans, "--no-write", "--exclude", "draft-*", "--exclude", "bad*")
    err = capsys.readouterr().err
    assert "--exclude draft-* leaves out nothing" in err
    assert "bad.toml: not run: left out by --exclude" in err


PARTS = {
    "ranges.toml": "[templates.site]\nlow = 0.9\nhigh = 1.3\n",
    "ranges-with-schema.toml": "schema = 1\n[bands.small]\nlow = 0.9\nhigh = 1.3\n",
    "mapping.toml": '[columns]\nrisk = "Key"\n',
    "pyproject.toml": '[project]\nname = "x"\n',
    "empty.toml": "",
    "catalogue.toml": 'schema = 1\nname = "Catalogue"\nstart = 2027-03-01\n[risks.r]\nprobability = 0.5\n',
    "tasks-only.toml": "schema = 1\n[tasks.a]\nduration = 5\n",
    "same.toml": 'schema = 1\nextends = "good.toml"\n',
}


def test_parts_of_plans_and_other_files_are_passed_over_with_a_reason(plans, capsys):
    for name, text in PARTS.items():
        (plans / name).write_text(text)
    (plans / "one.toml").write_text('schema = 1\nextends = "catalogue.toml"\n[tasks.a]\nduration = [1, 2, 9]\n')
    (plans / "two.toml").write_text('extends = "tasks-only.toml"\nname = "Two"\nstart = 2027-03-01\n')
    files = find_batch_files([plans])
    assert sorted(files.scenarios.values()) == ["bad", "good", "late", "one", "open", "two"]
    assert {path.name for path in files.passed_over} == set(PARTS)
    assert all(files.passed_over.values())
    assert batch(plans, "--no-write") == 13
    out, err = capsys.readouterr()
    assert "6 scenarios" in out
    for name in PARTS:
        assert f"{plans / name}: not run: " in err


@pytest.mark.parametrize("name", ["catalogue.toml", "tasks-only.toml"])
def test_what_nobody_extends_is_refused_with_its_faults(plans, capsys, name):
    (plans / name).write_text(PARTS[name])
    assert batch(plans, "--no-write") == 13
    assert f"{name}refused:" in "".join(capsys.readouterr().out.split())


def test_a_whole_plan_that_others_extend_is_run(plans):
    (plans / "variant.toml").write_text('extends = "good.toml"\nname = "Variant"\n')
    assert {"good", "variant"} <= set(find_batch_files([plans]).scenarios.values())


def test_a_programme_that_others_extend_is_run(plans):
    """It has the tasks and the start of its projects."""
    (plans / "both.toml").write_text('schema = 1\nname = "Both"\n[projects.one]\nfile = "good.toml"\n')
    (plans / "change.toml").write_text('extends = "both.toml"\nname = "Both, changed"\n')
    assert {"both", "change"} <= set(find_batch_files([plans]).scenarios.values())


def test_the_base_of_an_excluded_file_is_a_part_still(plans):
    (plans / "catalogue.toml").write_text(PARTS["catalogue.toml"])
    (plans / "one.toml").write_text('schema = 1\nextends = "catalogue.toml"\n[tasks.a]\nduration = [1, 2, 9]\n')
    assert "catalogue" not in find_batch_files([plans], ["one.toml"]).scenarios.values()


def test_a_part_that_is_named_itself_is_run_and_refused(plans, capsys):
    (plans / "ranges.toml").write_text(PARTS["ranges.toml"])
    assert batch(plans / "ranges.toml", "--no-write") == 3
    assert "ranges.tomlrefused:" in "".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("text", ["tasks = [", 'name = "x"\n\xff'])
def test_what_cannot_be_understood_is_a_scenario_with_a_fault(plans, text):
    (plans / "broken.toml").write_bytes(text.encode("latin-1"))
    assert "broken" in find_batch_files([plans]).scenarios.values()


@pytest.mark.skipif(os.name != "posix", reason="makes links")
def test_a_circle_of_extends_ends(plans):
    (plans / "x.toml").write_text('extends = "y.toml"\n')
    (plans / "y.toml").write_text('extends = "x.toml"\n')
    files = find_batch_files([plans])
    assert len(files.passed_over) + len(files.scenarios) == 6


def test_every_mix_of_outcomes_has_its_exit_status():
    statuses = (exits.DONE, exits.CRASHED, exits.REFUSED, exits.STORAGE, exits.NO_GO, exits.UNDECIDED)
    for count in range(len(statuses) + 1):
        for mix in itertools.combinations(statuses, count):
            found = exit_status(mix)
            assert (found == 1) == (1 in mix)
            if 1 in mix:
                continue
            assert (found in (10, 13)) == (10 in mix), "a NO-GO is always seen"
            assert (found in (11, 14)) == (11 in mix and 10 not in mix)
            assert (found in (3, 4, 13, 14)) == bool({3, 4} & set(mix)), "what has no results is always seen"
            assert (found == 0) == (set(mix) <= {0})
