"""What a second ``riskengine batch`` into the same folder simulates, removes and leaves alone."""

import json
import os
import shutil
import time
from dataclasses import replace

import pytest

from riskengine.cli import answer, main
from riskengine.cli.batch.memory import SETTLED
from riskengine.results.folder.portfolio import open_portfolio
from riskengine.results.folder.store import open_manifest, open_run, verify
from tests.support.command_line import plan
from tests.support.example_runs import contents


@pytest.fixture
def plans(folder):
    """A folder of three plans, one with a table, that were not just written."""
    (folder / "plans").mkdir()
    (folder / "plans/good.toml").write_text(plan("Good"))
    (folder / "plans/late.toml").write_text(plan("Late", confidence=0.95))
    text = 'schema = 1\nname = "Table"\nstart = 2027-03-01\ntasks = "tasks.csv"\n'
    (folder / "plans/table.toml").write_text(text)
    (folder / "plans/tasks.csv").write_text("id,duration\na,5\nb,7\n")
    settle()
    return folder / "plans"


def settle():
    time.sleep(2 * SETTLED)


@pytest.fixture
def simulated(monkeypatch):
    """Names of the scenarios that are simulated, as they are."""
    names = []
    honest = answer.compute

    def compute(scenario, *rest):
        names.append(scenario.name)
        return honest(scenario, *rest)

    monkeypatch.setattr("riskengine.cli.answer.compute", compute)
    return names


def batch(*words):
    return main(["batch", "-n", "256", *map(str, words)])


def again(simulated, *words):
    """What another batch simulates."""
    simulated.clear()
    batch(*words)
    return sorted(simulated)


def test_nothing_is_simulated_again_where_nothing_changed(folder, plans, simulated, capsys):
    first = batch(plans, "-o", "out")
    assert sorted(simulated) == ["Good", "Late", "Table"]
    before = contents(folder / "out")
    capsys.readouterr()
    simulated.clear()
    assert batch(plans, "-o", "out") == first == 10
    assert simulated == []
    assert contents(folder / "out") == before
    assert capsys.readouterr().out.splitlines()[-1] == "3 scenarios: 1 GO, 1 NO-GO, 1 without gates; 3 unchanged"


def test_files_that_did_not_change_are_not_even_read(plans, simulated, monkeypatch):
    batch(plans, "-o", "out")

    def refuse(*_, **__):
        raise AssertionError("read again")

    monkeypatch.setattr("riskengine.reading.read_placed", refuse)
    monkeypatch.setattr("riskengine.scenario.outline.outline_of", refuse)
    assert again(simulated, plans, "-o", "out") == []


def test_answers_that_are_kept_are_no_change_and_stay(folder, plans, simulated):
    batch(plans, "-o", "out")
    for command in ("drivers", "contributions", "contingency", "teams"):
        assert main([command, "out/good", "--keep"]) == 0
    before = contents(folder / "out/good")
    assert "drivers.arrow" in before
    assert again(simulated, plans, "-o", "out") == []
    assert again(simulated, plans, "-o", "out") == []
    assert contents(folder / "out/good") == before
    path = folder / "out/good/drivers.arrow"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert again(simulated, plans, "-o", "out") == ["Good"]


def test_answers_of_a_run_that_is_replaced_are_named_with_the_commands_to_ask_again(plans, capsys):
    batch(plans, "-o", "out")
    for command in ("teams", "drivers"):
        assert main([command, "out/good", "--keep"]) == 0
    (plans / "good.toml").write_text(plan("Good").replace("0.3", "0.4"))
    capsys.readouterr()
    batch(plans, "-o", "out")
    message = "out/good: what drivers, teams had put there (--keep) was of the run before: ask this one again"
    assert capsys.readouterr().err.count(message) == 1
    assert main(["drivers", "out/good", "--keep"]) == 0
    capsys.readouterr()
    assert main(["simulate", str(plans / "good.toml"), "-n", "256", "-o", "out/good"]) == 0
    assert "out/good: what drivers had put there" in capsys.readouterr().err


def test_the_folder_of_a_plan_that_is_gone_goes_with_the_answers_in_it(folder, plans):
    batch(plans, "-o", "out")
    assert main(["drivers", "out/good", "--keep"]) == 0
    (plans / "good.toml").unlink()
    batch(plans, "-o", "out")
    assert sorted(path.name for path in (folder / "out").iterdir() if path.is_dir()) == ["late", "table"]


@pytest.mark.parametrize("name", ["good.toml", "tasks.csv"])
def test_a_plan_is_simulated_again_when_any_of_its_files_says_something_else(plans, simulated, name):
    batch(plans, "-o", "out")
    path = plans / name
    path.write_text(path.read_text().replace("[20, 25, 40]", "[20, 25, 41]").replace("b,7", "b,8"))
    assert again(simulated, plans, "-o", "out") == ["Good" if name == "good.toml" else "Table"]
    settle()
    assert again(simulated, plans, "-o", "out") == []


def test_a_base_that_changed_counts_for_all_that_extend_it(plans, simulated):
    (plans / "variant.toml").write_text('extends = "good.toml"\nname = "Variant"\n')
    settle()
    batch(plans, "-o", "out")
    assert again(simulated, plans, "-o", "out") == []
    (plans / "good.toml").write_text(plan("Good").replace("0.3", "0.4"))
    assert again(simulated, plans, "-o", "out") == ["Good", "Variant"]


def test_a_comment_changes_the_file_and_not_the_plan(plans, simulated):
    batch(plans, "-o", "out")
    path = plans / "good.toml"
    path.write_text("# reviewed\n" + path.read_text())
    assert again(simulated, plans, "-o", "out") == []


def test_a_file_that_was_written_while_it_was_read_is_read_again(folder, simulated, monkeypatch):
    import riskengine.reading

    (folder / "a.toml").write_text(plan("A"))
    settle()
    honest = riskengine.reading.read_placed

    def read(path, *rest, **more):
        scenario = honest(path, *rest, **more)
        (folder / "a.toml").write_text(plan("A").replace("0.3", "0.4"))
        return scenario

    monkeypatch.setattr("riskengine.reading.read_placed", read)
    batch("a.toml", "-o", "out")
    monkeypatch.setattr("riskengine.reading.read_placed", honest)
    settle()
    assert again(simulated, "a.toml", "-o", "out") == ["A"]


@pytest.mark.parametrize(
    "words",
    [
        ["-n", "512"],
        ["--seed", "2"],
        ["--method", "lhs"],
        ["--until", "1024"],
        ["--no-contributions"],
        ["--ignore-hard-constraints"],
        ["--fresh"],
    ],
    ids=lambda words: words[0],
)
def test_other_settings_simulate_everything(plans, simulated, words):
    batch(plans, "-o", "out")
    assert again(simulated, plans, "-o", "out", *words) == ["Good", "Late", "Table"]


def test_the_number_of_threads_simulates_nothing(plans, simulated):
    batch(plans, "-o", "out")
    assert again(simulated, plans, "-o", "out", "--threads", "1") == []


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        ("riskengine.results.provenance", "NUMBERS", 99),
        ("riskengine.results.provenance", "FORMAT", 99),
        ("riskengine.results.provenance", "libraries", lambda: {"numpy": "0"}),
        ("riskengine.cli.batch.memory", "source_of_package", lambda: "changed"),
    ],
)
def test_another_engine_takes_nothing_over(plans, simulated, monkeypatch, module, name, value):
    from riskengine.cli.batch.memory import inputs_of
    from riskengine.cli.input.options import RunOptions

    options = RunOptions(256, 1, "sobol", None, None)
    before = inputs_of(options)
    monkeypatch.setattr(f"{module}.{name}", value)
    assert inputs_of(options) != before


def damages():
    def flip(folder):
        path = folder / "iterations.arrow"
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

    def cut(folder):
        path = folder / "tasks.arrow"
        path.write_bytes(path.read_bytes()[:-1])

    def flip_manifest(folder):
        path = folder / "manifest.json"
        path.write_bytes(path.read_bytes().replace(b'"seed": 1', b'"seed": 2'))

    return {
        "a bit": flip,
        "the end": cut,
        "the manifest": flip_manifest,
        "a part": lambda folder: (folder / "gates.arrow").unlink(),
        "all of it": shutil.rmtree,
    }


@pytest.mark.parametrize("damage", damages().values(), ids=damages())
def test_damaged_results_are_noticed_and_made_again(folder, plans, simulated, capsys, damage):
    batch(plans, "-o", "out")
    whole = contents(folder / "out")
    damage(folder / "out/good")
    capsys.readouterr()
    assert again(simulated, plans, "-o", "out") == ["Good"]
    assert "out/good: simulated again: " in capsys.readouterr().err
    assert contents(folder / "out") == whole


def test_a_run_that_somebody_else_wrote_there_is_not_taken_over(folder, plans, simulated):
    batch(plans, "-o", "out")
    assert main(["simulate", "plans/good.toml", "-o", "out/good", "-n", "300"]) == 0
    assert again(simulated, plans, "-o", "out") == ["Good"]
    assert open_run(folder / "out/good").manifest["iterations"] == 256


def test_a_foreign_file_in_a_results_folder_fails_its_scenario_as_ever(folder, plans, simulated, capsys):
    batch(plans, "-o", "out")
    (folder / "out/good/notes.txt").write_text("mine")
    assert batch(plans, "-o", "out") == 13
    assert "notes.txt" in capsys.readouterr().err
    assert (folder / "out/good/notes.txt").read_text() == "mine"


def test_hints_are_said_again_of_what_did_not_change(folder, simulated, capsys):
    (folder / "odd.toml").write_text(plan("Odd").replace("delay = [5, 10, 25]", "factor = [1, 2, 9]"))
    settle()
    batch("odd.toml", "-o", "out")
    assert "RE591" in capsys.readouterr().err
    assert again(simulated, "odd.toml", "-o", "out") == []
    assert "RE591" in capsys.readouterr().err


def test_no_write_takes_over_and_writes_nothing(folder, plans, simulated):
    batch(plans, "-o", "out")
    before = contents(folder / "out")
    (plans / "late.toml").rename(plans / "later.toml")
    assert again(simulated, plans, "-o", "out", "--no-write") == ["Late"]
    assert contents(folder / "out") == before


def folders(out):
    return sorted(path.name for path in out.iterdir() if path.is_dir())


def test_the_folder_of_a_plan_that_was_renamed_or_removed_goes(folder, plans, capsys):
    batch(plans, "-o", "out")
    (plans / "late.toml").rename(plans / "later.toml")
    (plans / "table.toml").unlink()
    capsys.readouterr()
    batch(plans, "-o", "out")
    assert folders(folder / "out") == ["good", "later"]
    err = capsys.readouterr().err
    assert "out/late: removed: " in err and "out/table: removed: " in err
    assert sorted(open_portfolio("out/portfolio.arrow")["scenario_key"].to_pylist()) == ["good", "later"]
    assert not list((folder / "out").glob(".*"))


def test_plans_that_were_named_one_by_one_go_too(folder, plans):
    batch(*plans.glob("*.toml"), "-o", "out")
    (plans / "late.toml").unlink()
    batch(*plans.glob("*.toml"), "-o", "out")
    assert folders(folder / "out") == ["good", "table"]


def test_a_folder_that_no_batch_wrote_is_left(folder, plans):
    batch(plans, "-o", "out")
    main(["simulate", "plan.toml", "-o", "out/mine", "-n", "256"])
    (folder / "out/notes").mkdir()
    batch(plans, "-o", "out")
    assert folders(folder / "out") == ["good", "late", "mine", "notes", "table"]


def keep_a_note(folder):
    (folder / "note.txt").write_text("mine")


def keep_another_run(folder):
    main(["simulate", "plan.toml", "-o", str(folder), "-n", "300"])


def keep_elsewhere(folder):
    elsewhere = folder.with_name("elsewhere")
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)


def keep_damaged(folder):
    (folder / "tasks.arrow").write_bytes(b"")


@pytest.mark.parametrize("change", [keep_a_note, keep_another_run, keep_elsewhere, keep_damaged])
def test_a_folder_that_is_not_as_the_batch_left_it_is_left_and_named(folder, plans, capsys, change):
    batch(plans, "-o", "out")
    (plans / "late.toml").unlink()
    change(folder / "out/late")
    before = contents(folder / "out/late")
    for _ in range(2):
        capsys.readouterr()
        batch(plans, "-o", "out")
        assert contents(folder / "out/late") == before
        assert "out/late: left as it is, although " in capsys.readouterr().err


def test_plans_of_another_batch_or_left_out_keep_their_folders(folder, plans, capsys):
    batch(plans, "-o", "out")
    batch(plans / "good.toml", "-o", "out")
    assert "out/late: left as it is: plans/late.toml is not in this batch" in capsys.readouterr().err.replace(
        f"{folder}/", ""
    )
    batch(plans, "--exclude", "late*", "-o", "out")
    assert folders(folder / "out") == ["good", "late", "table"]


def test_plans_of_a_folder_that_is_not_there_are_not_taken_for_removed(folder, plans):
    (folder / "disk").mkdir()
    (folder / "disk/far.toml").write_text(plan("Far"))
    batch(plans, "disk", "-o", "out")
    shutil.rmtree(folder / "disk")
    batch(plans, "-o", "out")
    assert "far" in folders(folder / "out")


def test_plans_of_a_folder_that_cannot_be_read_are_not_taken_for_removed(folder, plans, monkeypatch):
    (plans / "deep").mkdir()
    (plans / "deep/x.toml").write_text(plan("Deep"))
    batch(plans, "-o", "out")
    listed = os.scandir

    def scandir(path):
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    (plans / "deep/x.toml").unlink()
    monkeypatch.setattr(os, "scandir", scandir)
    batch(plans, "-o", "out")
    monkeypatch.undo()
    assert "deep-x" in folders(folder / "out")


def test_a_batch_from_another_folder_finds_the_same_plans(folder, plans, simulated, monkeypatch):
    batch(plans, "-o", "out")
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")
    assert again(simulated, "../plans", "-o", "../out") == []
    assert folders(folder / "out") == ["good", "late", "table"]


def test_a_plan_that_is_refused_keeps_its_old_run_and_says_so(folder, plans, simulated, capsys):
    batch(plans, "-o", "out")
    text = (plans / "good.toml").read_text()
    (plans / "good.toml").write_text("schema = 1\n")
    assert batch(plans, "-o", "out") == 13
    assert "out/good: it holds the run before" in capsys.readouterr().err
    assert verify(folder / "out/good") == []
    (plans / "good.toml").write_text(text)
    assert again(simulated, plans, "-o", "out") == []


def row_of(key):
    return next(row for row in open_portfolio("out/portfolio.arrow").to_pylist() if row["scenario_key"] == key)


def test_the_portfolio_says_what_the_run_before_said_until_the_next_change(folder, plans):
    batch(plans, "-o", "out")
    first = row_of("good")
    assert first["previous_run"] is None
    (plans / "good.toml").write_text(plan("Good").replace("[30, 35, 60]", "[30, 35, 90]"))
    batch(plans, "-o", "out")
    second = row_of("good")
    for name in ("run", "status_date", "decision", "chance", "finish_p50", "finish_p80", "cost_p80"):
        assert second[f"previous_{name}"] == first[name]
    assert second["run"] != first["run"] and second["finish_p80"] > first["finish_p80"]
    for words in ([], ["--fresh"]):
        batch(plans, "-o", "out", *words)
        assert row_of("good") == second


def test_another_project_under_the_same_name_has_no_run_before(folder, plans):
    batch(plans, "-o", "out")
    (plans / "good.toml").write_text(plan("Quite another"))
    batch(plans, "-o", "out")
    assert row_of("good")["previous_run"] is None


def test_a_damaged_manifest_is_told_and_nothing_is_removed(folder, plans, simulated, capsys):
    batch(plans, "-o", "out")
    manifest = folder / "out/batch.json"
    manifest.write_text(manifest.read_text().replace('"is_current": true', '"is_current": false'))
    (plans / "late.toml").unlink()
    assert again(simulated, plans, "-o", "out") == ["Good", "Table"]
    assert "batch.json is damaged" in capsys.readouterr().err
    assert "late" in folders(folder / "out")


@pytest.mark.parametrize("text", ["my notes", "{}", json.dumps({"engine": "riskengine", "format": 99})])
def test_a_file_of_somebody_else_or_of_another_version_is_not_replaced(folder, plans, simulated, capsys, text):
    (folder / "out").mkdir()
    (folder / "out/batch.json").write_text(text)
    assert batch(plans, "-o", "out") == 4
    assert simulated == []
    assert (folder / "out/batch.json").read_text() == text
    assert "batch.json" in capsys.readouterr().err


def test_a_manifest_cannot_name_a_folder_elsewhere(folder, plans):
    from riskengine.results.folder.batch_manifest import read_batch, write_batch

    batch(plans, "-o", "out")
    main(["simulate", "plan.toml", "-o", "victim", "-n", "256"])
    entry = replace(read_batch("out")["good"], checksum=open_manifest("victim")["checksum"])
    write_batch("out", {"../victim": entry})
    (plans / "good.toml").unlink()
    batch(plans, "-o", "out")
    assert verify(folder / "victim") == []


@pytest.mark.skipif(os.name != "posix", reason="a name that is no text")
def test_names_that_are_no_text_stop_nothing(folder):
    name = os.fsdecode(b"caf\xe9.toml")
    (folder / name).write_text(plan("Odd"))
    for _ in range(2):
        assert batch(name, "-o", "out") == 0
