"""Two exports of one plan: the second says what was done, begun, added, dropped or estimated anew, no more."""

import json
import random
import shutil
import tomllib

import pytest

from riskengine.cli.entry import main
from riskengine.cli.output import exits
from riskengine.errors import ScenarioError
from riskengine.reading import read
from tests.support.places import ROOT
from tests.unit.importers.items.exports import JIRA, jira_row, table
from tests.unit.importers.items.test_mutations import EXPORTS, damaged

LINKS = f"{JIRA},Actual start,Resolved,Inward issue link (Blocks)"
MARCH = [
    jira_row("A-1", more=",,"),
    jira_row("A-2", more=",,A-1", hours=16),
    jira_row("A-3", more=",,A-2"),
    jira_row("A-4", more=",,", hours=40),
    jira_row("A-5", more=",,A-4"),
]
LIST = ["#", "Task", "Best (h)", "Likely (h)", "Worst (h)", "Predecessors", "Actual Start", "Actual Finish", "Status"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def first_plan(folder, rows=MARCH, more: str = "", name: str = "jira", text: str = "") -> None:
    """Import a plan of 8 March, and add to it by hand in a file that extends it."""
    (folder / "march.csv").write_text(text or "\n".join([LINKS, *rows, ""]), encoding="utf-8")
    asked = ["import", "march.csv", "--map", name, "--as-of", "2027-03-08", "-o", "march.toml", "--force"]
    assert main(asked) == 0
    (folder / "plan.toml").write_text(f'extends = "march.toml"\n{more}', encoding="utf-8")


def status(folder, rows, capsys, name: str = "jira", text: str = "", day: str = "2027-06-01") -> tuple[dict, list[str]]:
    """Return the status that an export of 1 June is, and its notes."""
    (folder / "june.csv").write_text(text or "\n".join([LINKS, *rows, ""]), encoding="utf-8")
    capsys.readouterr()
    asked = ["import", "june.csv", "--map", name, "--as-of", day, "--update", "plan.toml", "-o", "june.toml", "--force"]
    assert main([*asked, "--json"]) == 0, capsys.readouterr().err
    assert json.loads(capsys.readouterr().out)["written"] == "june.toml"
    content = tomllib.loads((folder / "june.toml").read_text(encoding="utf-8"))
    read(folder / "june.toml")
    return content, content["imported"]["notes"]


def test_the_same_export_changes_nothing_but_the_date(folder, capsys):
    first_plan(folder)
    content, _ = status(folder, MARCH, capsys)
    assert set(content) == {"schema", "name", "extends", "data_date", "imported"}
    assert (content["extends"], str(content["data_date"])) == ("plan.toml", "2027-06-01 00:00:00")
    first = (folder / "june.toml").read_bytes()
    status(folder, MARCH, capsys)
    assert (folder / "june.toml").read_bytes() == first


JUNE = [
    jira_row("A-1", status="Done", more="2027-03-09,2027-03-10T16:00,"),
    jira_row("A-2", status="In Progress", more="2027-05-31,,A-1", hours=16).replace("57600,,", "57600,14400,"),
    jira_row("A-3", more=",,A-2", hours=24),
    jira_row("A-4", status="Won't Do", more=",,", hours=40),
    jira_row("A-5", more=",,A-6"),
    jira_row("A-6", more=",,"),
]


def test_what_was_done_begun_added_dropped_and_estimated_anew(folder, capsys):
    first_plan(folder)
    content, notes = status(folder, JUNE, capsys)
    tasks = content["tasks"]
    assert {name: str(value) for name, value in tasks["A-1"].items()} == {
        "actual_start": "2027-03-09 00:00:00",
        "actual_finish": "2027-03-10 16:00:00",
    }
    assert (str(tasks["A-2"]["actual_start"]), tasks["A-2"]["remaining"]) == ("2027-05-31 00:00:00", "4h")
    assert tasks["A-3"] == {"duration": "24h"}
    assert tasks["A-5"] == {"after": {"add": ["A-6"], "remove": ["A-4"]}}
    assert tasks["A-6"]["duration"] == "8h"
    assert content["remove"] == ["tasks.A-4"]
    for line in (
        *("1 task done: A-1", "1 task that has begun: A-2", "1 task estimated anew: A-3 (8h -> 24h)"),
        *("1 task added: A-6", "1 task dropped: taken out: A-4", "1 relationship added: A-6 -> A-5"),
    ):
        assert line in notes
    record = content["changes"]["status-2027-06-01"]
    assert record["who"] == "Jira" and "A-4" in record["why"] and "done" not in record["why"]
    scenario = read(folder / "june.toml")
    assert sorted(scenario.tasks) == ["A-1", "A-2", "A-3", "A-5", "A-6"]
    assert str(scenario.project_start) == "2027-03-08 00:00:00" or str(scenario.start) == "2027-06-01 00:00:00"


def test_the_next_status_extends_the_one_before(folder, capsys):
    first_plan(folder)
    status(folder, JUNE, capsys)
    (folder / "july.csv").write_text((folder / "june.csv").read_text(encoding="utf-8"), encoding="utf-8")
    asked = ["import", "july.csv", "--map", "jira", "--as-of", "2027-07-01", "--update", "june.toml", "-o", "july.toml"]
    assert main(asked) == 0
    content = tomllib.loads((folder / "july.toml").read_text(encoding="utf-8"))
    assert set(content) == {"schema", "name", "extends", "data_date", "imported"}
    assert content["name"] == "A, status of 2027-07-01"


def test_what_was_changed_by_hand_stays_and_is_told(folder, capsys):
    more = (
        '[tasks.A-2]\nduration = ["8h", "16h", "40h"]\n[tasks.A-3]\nduration = ["4h", "8h", "20h"]\n'
        '[tasks.contract]\nduration = 5\n[tasks.A-5]\nafter.add = ["contract"]\n'
    )
    first_plan(folder, more=more)
    content, notes = status(folder, JUNE, capsys)
    assert "contract" not in content["tasks"] and "tasks.contract" not in content["remove"]
    assert content["tasks"]["A-2"]["percent_complete"] == 75 and "remaining" not in content["tasks"]["A-2"]
    assert "A-3" not in content["tasks"]
    assert any("a duration of the plan's own, which stays" in note and note.endswith("A-3") for note in notes)
    tasks = read(folder / "june.toml").tasks
    assert sorted(each.task for each in tasks["A-5"].after) == ["A-6", "contract"]
    assert str(tasks["A-3"].work) == str(read(folder / "plan.toml").tasks["A-3"].work)


def test_finished_work_may_be_missing_from_a_later_export(folder, capsys):
    first_plan(folder)
    status(folder, JUNE, capsys)
    shutil.copy(folder / "june.toml", folder / "before.toml")
    (folder / "plan.toml").unlink()
    (folder / "plan.toml").write_text('extends = "before.toml"\n', encoding="utf-8")
    text = (
        (folder / "before.toml").read_text(encoding="utf-8").replace('extends = "plan.toml"', 'extends = "march.toml"')
    )
    (folder / "before.toml").write_text(text, encoding="utf-8")
    content, _ = status(folder, [row for row in JUNE if not row.startswith("A-1,")], capsys, day="2027-06-08")
    assert "tasks" not in content and "remove" not in content


def test_what_is_gone_is_taken_out_with_what_acted_on_it(folder, capsys):
    more = (
        "[risks.late]\nprobability = 0.3\nimpacts.A-4.delay = 5\nimpacts.A-3.delay = 1\n"
        "[risks.lost]\nprobability = 0.1\nimpacts.A-4.delay = 9\n"
    )
    first_plan(folder, more=more)
    content, notes = status(folder, [row for row in MARCH if not row.startswith("A-4,")], capsys)
    assert sorted(content["remove"]) == ["risks.late.impacts.A-4", "risks.lost", "tasks.A-4"]
    assert any(note.startswith("1 task that the export has no more") for note in notes)


def test_done_items_without_dates_are_done_by_the_data_date(folder, capsys):
    first_plan(folder)
    rows = [jira_row("A-1", status="Done", more=",,"), *MARCH[1:]]
    content, notes = status(folder, rows, capsys)
    assert str(content["tasks"]["A-1"]["actual_finish"]) == "2027-06-01 00:00:00"
    assert str(content["tasks"]["A-1"]["actual_start"]) == "2027-03-08 00:00:00"
    assert any("without a date" in note for note in notes)


def test_what_is_open_again_loses_its_finish(folder, capsys):
    first_plan(folder)
    status(folder, JUNE, capsys)
    (folder / "june.toml").rename(folder / "may.toml")
    (folder / "august.csv").write_text("\n".join([LINKS, *MARCH, ""]), encoding="utf-8")
    asked = ["import", "august.csv", "--map", "jira", "--as-of", "2027-08-02", "--update", "may.toml", "-o", "aug.toml"]
    assert main(asked) == 0
    content = tomllib.loads((folder / "aug.toml").read_text(encoding="utf-8"))
    assert {"tasks.A-1.actual_finish", "tasks.A-1.actual_start", "tasks.A-2.remaining"} <= set(content["remove"])
    task = read(folder / "aug.toml").tasks["A-1"]
    assert task.actual_start is None and task.actual_finish is None
    assert any("open again" in note for note in content["imported"]["notes"])


def test_a_list_gives_compare_diff_and_history_their_statuses(folder, capsys):
    rows = [
        ["1", "Analyse", "8", "16", "32", "", "", "", "To Do"],
        ["2", "Design", "16", "24", "40", "1", "", "", "To Do"],
        ["3", "Launch", "0", "0", "0", "2", "", "", "To Do"],
    ]
    first_plan(folder, name="list", text=table(LIST, *rows))
    rows[0] = ["1", "Analyse", "8", "16", "32", "", "2027-03-08", "2027-03-12", "Done"]
    rows[1][2:5] = ["16", "32", "64"]
    content, _ = status(folder, [], capsys, name="list", text=table(LIST, *rows), day="2027-03-15")
    assert content["tasks"]["2"]["duration"]["high"] == "64h"
    assert main(["compare", "plan.toml", "june.toml", "-n", "256", "--json"]) == 0
    assert main(["diff", "plan.toml", "june.toml"]) == 0
    assert "64" in capsys.readouterr().out
    for name in ("plan", "june"):
        assert main(["simulate", f"{name}.toml", "-n", "256", "-o", f"runs/{name}"]) == 0
    capsys.readouterr()
    assert main(["history", "runs", "-o", "history.duckdb", "--json"]) == 0
    told = capsys.readouterr().out
    assert "2027-03-08" in told and "2027-03-15" in told


def test_the_example_of_the_documents(folder, capsys):
    for path in (ROOT / "docs" / "work-items").iterdir():
        shutil.copy(path, folder)
    page = (ROOT / "docs" / "work-items.md").read_text(encoding="utf-8")
    plan = "checkout-jira.csv --map jira --as-of 2027-03-08 --people --ranges ranges.toml -o checkout.toml"
    later = (
        "checkout-jira-15-march.csv --map jira --as-of 2027-03-15 "
        "--update checkout-decision.toml -o checkout-15-march.toml"
    )
    assert f"riskengine import {later}" in page
    assert main(["import", *plan.split()]) == 0
    assert main(["import", *later.split()]) == 0
    said = capsys.readouterr().err
    assert "1 task done: SHOP-7" in said and "1 task added: SHOP-11" in said and "(32h -> 56h)" in said
    assert main(["decide", "checkout-15-march.toml", "-n", "512", "--no-write"]) == exits.NO_GO


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"--update": "other.toml"}, "RE612"),
        ({"--as-of": "2027-03-01"}, "RE613"),
        ({"SOURCE": "other.csv"}, "RE614"),
        ({"--update": "../plan.toml"}, "RE117"),
        ({"-o": "plan.toml"}, "RE116"),
        ({"--update": "missing.toml"}, "RE101"),
    ],
)
def test_what_is_no_status_is_refused_and_nothing_written(folder, capsys, change, code):
    first_plan(folder)
    shutil.copy(folder / "plan.toml", folder.parent / "plan.toml")
    shutil.copy(folder / "march.toml", folder.parent / "march.toml")
    (folder / "other.toml").write_text('schema = 1\nname = "x"\nstart = 2027-03-08\n[tasks.A-1]\nduration = 3\n')
    (folder / "other.csv").write_text(f"{JIRA}\n{jira_row('B-1')}\n", encoding="utf-8")
    asked = {"SOURCE": "march.csv", "--as-of": "2027-06-01", "--update": "plan.toml", "-o": "june.toml", **change}
    words = [word for name, value in asked.items() if name != "SOURCE" for word in (name, value)]
    before = sorted(path.name for path in folder.iterdir())
    assert main(["import", asked["SOURCE"], "--map", "jira", "--force", *words]) in (2, 3)
    assert code in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_gate_on_what_was_dropped_is_told(folder, capsys):
    first_plan(folder, more='[gates.soon]\ntarget = "A-4"\nfinish = 2027-06-30\nconfidence = 0.8\n')
    (folder / "june.csv").write_text("\n".join([LINKS, *JUNE, ""]), encoding="utf-8")
    asked = ["import", "june.csv", "--map", "jira", "--as-of", "2027-06-01", "--update", "plan.toml", "-o", "june.toml"]
    assert main(asked) == 3
    said = capsys.readouterr().err
    assert "RE818" in said and "gates.soon" in said
    assert not (folder / "june.toml").exists()


def test_damaged_exports_are_statuses_or_refused(folder, capsys):
    from riskengine.cli.status_update import status_text
    from riskengine.importers.items.options import ItemOptions
    from tests.unit.importers.items.exports import DATA_DATE

    outcomes = set()
    for kind, text in EXPORTS.items():
        name = "jira" if kind == "json" else kind
        (folder / "march.csv").write_text(text, encoding="utf-8")
        missing = ["--missing", "8h", "--force"]
        asked = ["import", "march.csv", "--map", name, "--as-of", "2027-03-08", "-o", "march.toml", *missing]
        assert main(asked) == 0, capsys.readouterr().err
        options = ItemOptions(map=name, data_date=DATA_DATE, missing=8.0)
        for seed in range(15):
            (folder / "june.csv").write_bytes(damaged(text, random.Random(f"status {kind} {seed}")))
            try:
                status_text(folder / "june.csv", options, folder / "march.toml", folder / "june.toml")
                outcomes.add("status")
            except ScenarioError as error:
                assert all(issue.code and issue.rule for issue in error.issues)
                outcomes.add("refused")
    assert outcomes == {"status", "refused"}
