"""The next export of a plan with backlogs: what is left of each, with the history up to now."""

import json
import tomllib
from datetime import date, datetime, timedelta

import pytest

from riskengine.cli.entry import main
from riskengine.reading import read
from tests.unit.importers.items.test_throughput import HEAD, done_row, open_row, weekly

COUNTS = [3, 1, 2, 4, 1, 2]
WEB = [*weekly(COUNTS, team="Web"), *(open_row(f"A-{90 + n}", team="Web") for n in range(4))]
APP = [*weekly(COUNTS, first=40, team="App"), *(open_row(f"A-{190 + n}", team="App") for n in range(3))]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(day: str, *more: str) -> list[str]:
    """Return the words of an import by teams."""
    return ["import", f"{day}.csv", "--map", "jira", "--as-of", day, "-o", f"{day}.toml", *more]


def export(folder, day: str, rows: list[str]) -> None:
    """Write an export."""
    (folder / f"{day}.csv").write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")


def first_plan(folder, more: str = "") -> None:
    """Import backlogs of two teams on 8 March, and add to them by hand in a file that extends the import."""
    export(folder, "2027-03-08", WEB + APP)
    assert main(asked("2027-03-08", "--history", "1w", "--by", "team")) == 0
    (folder / "plan.toml").write_text(f'extends = "2027-03-08.toml"\n{more}', encoding="utf-8")


def status(folder, capsys, day: str, rows: list[str], plan: str = "plan.toml") -> dict:
    """Return the status that an export is; it is a scenario, and its summary says the same."""
    export(folder, day, rows)
    capsys.readouterr()
    words = asked(day, "--history", "1w", "--by", "team", "--update", plan, "--force")
    assert main([*words, "--json"]) == 0, capsys.readouterr().err
    summary = json.loads(capsys.readouterr().out)
    content = tomllib.loads((folder / f"{day}.toml").read_text(encoding="utf-8"))
    read(folder / f"{day}.toml")
    assert summary["extends"] == plan and summary["notes"] == content["imported"]["notes"]
    return content


def one_week_on(rows: list[str], *, done: tuple[str, ...], team: str) -> list[str]:
    """Return the rows of an export a week later, in which these items were done on Wednesday, 10 March."""
    there = [row for row in rows if row.split(",")[0] not in done]
    return there + [done_row(key, "2027-03-10", team=team) for key in done]


def test_a_week_takes_items_off_and_adds_a_row(folder, capsys):
    first_plan(folder, "[backlogs.Web]\ngrowth = [1.0, 1.2, 1.5]\n")
    content = status(folder, capsys, "2027-03-15", one_week_on(WEB, done=("A-90", "A-91"), team="Web") + APP)
    assert content["backlogs"]["Web"]["items"] == 2
    assert content["backlogs"]["Web"]["history"]["done"] == [*COUNTS, 2]
    assert content["backlogs"]["Web"]["actual_start"] == datetime(2027, 3, 8)
    assert "actual_start" not in content["backlogs"]["App"] and content["backlogs"]["App"]["items"] == 3
    assert "1 backlog with other items left: Web (4 to 2)" in content["imported"]["notes"]
    merged = read(folder / "2027-03-15.toml").tasks["Web"]
    assert merged.history.done == (*COUNTS, 2) and merged.growth.plan_value() == 1.2
    assert content["data_date"] == datetime(2027, 3, 15)


def test_the_same_export_again_is_the_same_bytes_and_the_files_of_the_plan_stay(folder, capsys):
    first_plan(folder)
    before = {
        path.name: path.read_bytes() for path in folder.glob("*") if "03-08" in path.name or "history" in path.name
    }
    status(folder, capsys, "2027-03-15", WEB + APP)
    first = (folder / "2027-03-15.toml").read_bytes()
    status(folder, capsys, "2027-03-15", WEB + APP)
    assert (folder / "2027-03-15.toml").read_bytes() == first
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_a_backlog_with_nothing_left_is_done_on_its_last_day_and_may_be_open_again(folder, capsys):
    first_plan(folder)
    every = tuple(f"A-{190 + n}" for n in range(3))
    rows = WEB + one_week_on(APP, done=every, team="App")
    content = status(folder, capsys, "2027-03-15", rows)
    app = content["backlogs"]["App"]
    assert app == {"actual_start": datetime(2027, 3, 8), "actual_finish": date(2027, 3, 10)}
    again = status(folder, capsys, "2027-03-22", [*rows, open_row("A-199", team="App")], "2027-03-15.toml")
    assert again["remove"] == ["backlogs.App.actual_finish"]
    assert again["backlogs"]["App"]["items"] == 1
    still = status(folder, capsys, "2027-03-22", rows, "2027-03-15.toml")
    assert "App" not in still["backlogs"]


def test_new_groups_and_items_changed_by_hand_are_noted(folder, capsys):
    first_plan(folder, f"[backlogs.Web]\nitems = [4, 6, 9]\ndone = {[3] * 8}\n")
    ops = [*weekly(COUNTS, first=70, team="Ops"), open_row("A-290", team="Ops")]
    content = status(folder, capsys, "2027-03-15", WEB + APP + ops)
    assert content["backlogs"]["Ops"]["items"] == 1 and content["backlogs"]["Web"]["items"] == 4
    notes = " ".join(content["imported"]["notes"])
    assert "1 backlog added: Ops" in notes
    assert "items were changed by hand: those of the export count: Web (4 in place of [4, 6, 9])" in notes
    assert "1 backlog whose history was changed by hand: that of the export counts: Web" in notes
    assert read(folder / "2027-03-15.toml").tasks["Web"].history.done == (*COUNTS, 0)


def test_a_backlog_taken_out_by_hand_stays_out(folder, capsys):
    first_plan(folder, "remove = ['backlogs.App']\n")
    content = status(folder, capsys, "2027-03-15", WEB + APP)
    assert set(content["backlogs"]) == {"Web"}
    assert "1 backlog taken out by hand: left out: App" in content["imported"]["notes"]


def refused(folder, capsys, words: list[str]) -> str:
    """Return what is said of an import that is refused with RE635, and has written nothing."""
    capsys.readouterr()
    assert main(words) == 3
    said = capsys.readouterr().err
    assert "RE635" in said
    assert not (folder / words[words.index("-o") + 1]).exists()
    return said


def test_items_that_a_backlog_counts_never_become_tasks_beside_it(folder, capsys):
    first_plan(folder)
    export(folder, "2027-03-15", WEB + APP)
    assert "--history" in refused(folder, capsys, asked("2027-03-15", "--update", "plan.toml"))


def test_an_export_without_a_team_of_the_plan_is_refused(folder, capsys):
    first_plan(folder)
    export(folder, "2027-03-15", WEB)
    words = asked("2027-03-15", "--history", "1w", "--by", "team", "--update", "plan.toml")
    assert "none of App" in refused(folder, capsys, words)


def test_near_epics_with_a_backlog_behind_them_have_no_status(folder, capsys):
    near = f"A-500,500,To Do,2027-02-02,,Web,Epic,\n{open_row('A-501', team='Web', parent='A-500')}"
    export(folder, "2027-03-08", [*WEB, near])
    words = ["--history", "1w", "--by", "team", "--near", "A-500", "--missing", "8h"]
    assert main(asked("2027-03-08", *words)) == 0, capsys.readouterr().err
    export(folder, "2027-03-15", [*WEB, near])
    for more in ([], ["--history", "1w", "--by", "team"]):
        assert "near epics" in refused(folder, capsys, asked("2027-03-15", *more, "--update", "2027-03-08.toml"))


def test_every_day_of_the_week_is_a_day_of_a_status(folder, capsys):
    """In a running week the items that are done are off, and in no row; the backlog has begun all the same."""
    first_plan(folder)
    rows = one_week_on(WEB, done=("A-90",), team="Web") + APP
    day = date(2027, 3, 10) + timedelta(days=2)
    web = status(folder, capsys, day.isoformat(), rows)["backlogs"]["Web"]
    assert (web["items"], web["history"]["done"], web["actual_start"]) == (3, COUNTS, datetime(2027, 3, 8))
