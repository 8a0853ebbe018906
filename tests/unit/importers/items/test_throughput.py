"""Histories that items tell: whole periods, zeros among them, and what is not to be believed."""

import json
import random
import shutil
import tomllib
from datetime import date, timedelta

import pytest

from riskengine.cli.entry import main
from riskengine.errors import ScenarioError
from riskengine.importers.items.options import ItemOptions
from riskengine.importers.items.periods import Period, period_of, whole_periods
from riskengine.importers.items.throughput import HistoryOptions
from riskengine.importers.status.throughput_plan import content_of, read_throughput
from riskengine.reading import parse, read
from tests.support.places import ROOT
from tests.unit.importers.items.test_cases import CASES, needs_cases
from tests.unit.importers.items.test_mutations import EXPORTS, damaged

HEAD = "Issue key,Issue id,Status,Created,Resolved,Team,Issue Type,Parent key"
MONDAY = date(2027, 3, 8)


def done_row(key: str, resolved: str, *, team: str = "", kind: str = "Task", parent: str = "") -> str:
    """Return a done item."""
    return f"{key},{key[2:]},Done,2027-01-04,{resolved},{team},{kind},{parent}"


def open_row(key: str, *, team: str = "", parent: str = "", status: str = "To Do") -> str:
    """Return an item that is left to do."""
    return f"{key},{key[2:]},{status},2027-02-02,,{team},Task,{parent}"


def weekly(counts: list[int], first: int = 1, **more: str) -> list[str]:
    """Return items that were done in the weeks before 8 March, so many in each."""
    rows = []
    for back, count in enumerate(reversed(counts), 1):
        day = MONDAY - timedelta(days=7 * back - 2)
        rows += [done_row(f"A-{first + len(rows) + number}", str(day), **more) for number in range(count)]
    return rows


COUNTS = [3, 0, 2, 4, 0, 0, 1, 5]
TEXT = "\n".join([HEAD, *weekly(COUNTS), *(open_row(f"A-{90 + number}") for number in range(4)), ""])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def throughput(folder, text, *, data_date=MONDAY, **asked):
    """Return the histories of an export."""
    (folder / "items.csv").write_text(text, encoding="utf-8")
    return read_throughput(folder / "items.csv", ItemOptions(map="jira", data_date=data_date), HistoryOptions(**asked))


def code_of(folder, text, **asked):
    """Return the code of the one fault of an export."""
    with pytest.raises(ScenarioError) as error:
        throughput(folder, text, **asked)
    (issue,) = error.value.issues
    return issue


@pytest.mark.parametrize(
    ("first", "data_date", "period", "starts", "end"),
    [
        (date(2027, 2, 24), date(2027, 3, 8), Period(1), [date(2027, 2, 22), date(2027, 3, 1)], date(2027, 3, 8)),
        (date(2027, 3, 7), date(2027, 3, 10), Period(1), [date(2027, 3, 1)], date(2027, 3, 8)),
        (date(2027, 3, 8), date(2027, 3, 10), Period(1), [], date(2027, 3, 8)),
        (date(2027, 2, 21), date(2027, 3, 8), Period(2), [date(2027, 2, 8), date(2027, 2, 22)], date(2027, 3, 8)),
        (date(2027, 3, 6), date(2027, 3, 9), Period(0), [date(2027, 3, 5), date(2027, 3, 8)], date(2027, 3, 9)),
    ],
)
def test_only_whole_periods_before_the_data_date_count(first, data_date, period, starts, end):
    periods = whole_periods(first, data_date, period)
    assert (list(periods.starts), periods.end) == (starts, end)
    assert all(periods.place(start) == place for place, start in enumerate(starts))
    assert periods.place(end) is None


def test_a_weekend_belongs_to_the_friday_before():
    periods = whole_periods(date(2027, 3, 4), date(2027, 3, 10), Period(0))
    assert [periods.place(date(2027, 3, day)) for day in (4, 5, 6, 7, 8)] == [0, 1, 1, 1, 2]


@pytest.mark.parametrize("text", ["", "0w", "5w", "1", "w", "1m", "2d", "-1w"])
def test_periods_that_are_no_length_of_work_are_refused(text):
    assert period_of(text) is None


def test_what_was_done_in_each_week_with_its_zeros(folder):
    plan = throughput(folder, TEXT)
    (history,) = plan.histories
    assert list(history.done) == COUNTS
    assert history.added == (0, 0, 0, 4, 0, 0, 0, 0)
    assert history.periods.starts[0] == date(2027, 1, 11)
    assert len(history.open_ids) == 4
    content = content_of(plan, Period(1), ["history.csv"])
    assert content["backlogs"] == {
        "A": {"name": "A: items left to do", "items": 4, "history": "history.csv", "period": "1w"}
    }
    assert history.table("week").splitlines()[:3] == ["week,done,added", "2027-01-11,3,0", "2027-01-18,0,0"]


def test_the_running_week_is_no_row(folder):
    text = TEXT + done_row("A-80", "2027-03-09") + "\n"
    plan = throughput(folder, text, data_date=date(2027, 3, 10))
    assert list(plan.histories[0].done) == COUNTS
    assert any("in the running period" in note and note.endswith("A-80") for note in plan.notes)


def test_summaries_and_dropped_items_are_no_work(folder):
    rows = [
        done_row("A-70", "2027-03-02"),
        done_row("A-71", "2027-03-02", parent="A-70"),
        done_row("A-72", "2027-03-02").replace("Done", "Won't Do"),
    ]
    plan = throughput(folder, "\n".join([TEXT.rstrip(), *rows, ""]))
    assert list(plan.histories[0].done) == [*COUNTS[:-1], COUNTS[-1] + 1]
    assert any("never" in note or "neither done nor added" in note for note in plan.notes)


def test_a_history_of_each_team_and_of_each_epic(folder):
    rows = [
        *weekly([1, 2, 0, 3, 1, 1, 2], team="Web"),
        *weekly([2, 2, 2, 2, 2, 2], 40, team="Data"),
        *(open_row("A-90", team="Web"), open_row("A-91", team="Data"), open_row("A-92", team="Data")),
    ]
    plan = throughput(folder, "\n".join([HEAD, *rows, ""]), by="team")
    assert {each.name: list(each.done) for each in plan.histories} == {
        "Data": [2, 2, 2, 2, 2, 2],
        "Web": [1, 2, 0, 3, 1, 1, 2],
    }
    backlogs = content_of(plan, Period(1), ["history-1.csv", "history-2.csv"])["backlogs"]
    assert (backlogs["Data"]["items"], backlogs["Data"]["team"], backlogs["Web"]["history"]) == (
        2,
        "Data",
        "history-2.csv",
    )
    epics = [row.removesuffix(",") + ",A-500" for row in [*weekly(COUNTS), open_row("A-90")]]
    plan = throughput(folder, "\n".join([HEAD, *epics, ""]), by="epic")
    assert [each.name for each in plan.histories] == ["A-500"]


@pytest.mark.parametrize(("count", "code"), [(10, "RE615"), (9, None)])
def test_two_fifths_on_one_day_and_ten_of_them_are_refused(folder, count, code):
    on_one_day = [done_row(f"A-{200 + number}", "2027-03-05") for number in range(count)]
    text = "\n".join([HEAD, *weekly([2, 2, 2, 2, 2, 2]), *on_one_day, open_row("A-90"), ""])
    if code:
        issue = code_of(folder, text)
        assert issue.code == code and issue.value == "10 of 22 dated done items on 2027-03-05"
        assert throughput(folder, text, keeps_bulk=True).histories[0].done[-1] == 12
    else:
        note = "1 day on which items look closed in bulk: their dates may not be when they were done"
        assert f"{note}: 9 of 21 dated done items on 2027-03-05" in throughput(folder, text).notes


def test_a_fifth_on_one_day_is_a_warning(folder):
    rows = [done_row(f"A-{200 + number}", "2027-03-05") for number in range(5)]
    few = "\n".join([HEAD, *weekly([4, 3, 3, 4, 3, 3]), *rows, open_row("A-90"), ""])
    assert any("5 of 25" in note for note in throughput(folder, few).notes)
    more = "\n".join([HEAD, *weekly([4, 3, 3, 4, 3, 4]), *rows, open_row("A-90"), ""])
    assert not any("closed in bulk" in note for note in throughput(folder, more).notes)


@pytest.mark.parametrize(
    ("text", "asked", "code"),
    [
        ("\n".join([HEAD, *weekly([3, 1, 2, 0, 1]), open_row("A-90"), ""]), {}, "RE616"),
        ("Issue key,Status\nA-1,Done\n", {}, "RE617"),
        ("\n".join([HEAD, open_row("A-90"), ""]), {}, "RE618"),
        ("\n".join([HEAD, *weekly(COUNTS, team="Web"), open_row("A-90", team="Data"), ""]), {"by": "team"}, "RE618"),
    ],
)
def test_a_pace_that_nobody_can_tell_is_refused(folder, text, asked, code):
    assert code_of(folder, text, **asked).code == code


def test_a_plan_with_its_history_is_written_and_read(folder, capsys):
    (folder / "items.csv").write_text(TEXT, encoding="utf-8")
    asked = ["import", "items.csv", "--map", "jira", "--as-of", "2027-03-08", "--history", "1w", "-o", "plan.toml"]
    assert main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["histories"] == ["history.csv"] and told["counts"]["items left to do"] == 4
    backlog = read(folder / "plan.toml").tasks["A"]
    assert [*backlog.history.done] == COUNTS
    bytes_before = [(folder / name).read_bytes() for name in ("plan.toml", "history.csv")]
    assert main([*asked, "--force"]) == 0
    assert [(folder / name).read_bytes() for name in ("plan.toml", "history.csv")] == bytes_before
    assert tomllib.loads((folder / "plan.toml").read_text())["imported"]["notes"]


def test_a_history_that_is_there_is_left_alone(folder, capsys):
    (folder / "items.csv").write_text(TEXT, encoding="utf-8")
    (folder / "history.csv").write_text("mine\n", encoding="utf-8")
    asked = ["import", "items.csv", "--map", "jira", "--as-of", "2027-03-08", "--history", "1w", "-o", "plan.toml"]
    assert main(asked) == 2
    assert "RE817" in capsys.readouterr().err
    assert (folder / "history.csv").read_text() == "mine\n" and not (folder / "plan.toml").exists()


@pytest.mark.parametrize(
    "more", [["--by", "team"], ["--bulk", "keep"], ["--history", "1y"], ["--history", "1w", "--ranges", "x"]]
)
def test_options_that_do_not_fit_are_refused(folder, more):
    (folder / "items.csv").write_text(TEXT, encoding="utf-8")
    assert main(["import", "items.csv", "--map", "jira", "--as-of", "2027-03-08", "-o", "plan.toml", *more]) == 2
    assert not (folder / "plan.toml").exists()


@needs_cases
def test_the_case_of_items_closed_in_bulk(folder, capsys):
    source = str(CASES / "6-throughput" / "done-bulk.csv")
    asked = ["import", source, "--map", "jira", "--as-of", "2027-02-27", "--history", "1w", "-o", "plan.toml"]
    assert main(asked) == 3
    assert "25 of 39 dated done items on 2027-02-26" in capsys.readouterr().err
    assert main([*asked, "--bulk", "keep"]) == 0
    rows = (folder / "history.csv").read_text().splitlines()
    assert [int(row.split(",")[1]) for row in rows[1:]] == [2, 0, 0, 2, 2, 2, 2, 2, 2, 0]
    assert rows[1].startswith("2026-12-14") and not (folder / "plan.toml").exists()


def test_damaged_exports_are_histories_or_refused(folder):
    outcomes = set()
    for kind, text in {**EXPORTS, "history": TEXT}.items():
        options = ItemOptions(map={"json": "jira", "history": "jira"}.get(kind, kind), data_date=MONDAY)
        for seed in range(20):
            (folder / "items.csv").write_bytes(damaged(text, random.Random(f"history {kind} {seed}")))
            try:
                plan = read_throughput(
                    folder / "items.csv",
                    options,
                    HistoryOptions(by=("", "team")[seed % 2], near=("PAY-1",) if seed % 3 == 0 else ()),
                )
                content = content_of(plan, Period(1), None)
                if content is not None:
                    parse(content)
                outcomes.add("read")
            except ScenarioError as error:
                assert all(issue.code and issue.rule for issue in error.issues)
                outcomes.add("refused")
    assert outcomes == {"read", "refused"}


EPICS = [
    "B-1,1,In Progress,2027-01-04,,,Epic,",
    "B-2,2,To Do,2027-01-04,,,Epic,",
    *(open_row("A-90", parent="B-1", team="Web"), open_row("A-91", parent="B-1", team="Web")),
    *(open_row("A-92", parent="B-2", team="Web"), open_row("A-93", parent="B-2", team="Web")),
]
NEAR_HEAD = f"{HEAD},Original estimate,Inward issue link (Blocks),Assignee"


def near_text() -> str:
    """Return an export of two epics, the nearer one estimated, one item of it behind one of the other epic."""
    more = {"A-90": "28800,A-92,Ann", "A-91": "57600,A-90,Ben"}
    rows = [f"{row},{more.get(row.split(',')[0], ',,')}" for row in [*weekly(COUNTS, team="Web"), *EPICS]]
    return "\n".join([NEAR_HEAD, *rows, ""])


def test_near_epics_are_tasks_and_the_rest_is_a_backlog_behind_them(folder):
    plan = throughput(folder, near_text(), by="team", near=("B-1",))
    content = content_of(plan, Period(1), ["history.csv"])
    assert {id: task.get("duration") for id, task in content["tasks"].items()} == {
        "B-1": None,
        "A-90": "8h",
        "A-91": "16h",
    }
    assert content["backlogs"]["Web"]["items"] == 2
    assert content["backlogs"]["Web"]["after"] == ["A-91"]
    notes = content["imported"]["notes"]
    assert any(note.startswith("one team both in the network and in a backlog") and "Web" in note for note in notes)
    assert any("relationship from the backlog left out" in note and "A-92 -> A-90" in note for note in notes)
    scenario = parse(content_of(plan, Period(1), None))
    assert sorted(scenario.tasks) == ["A-90", "A-91", "B-1", "Web"]


def test_a_near_epic_that_is_not_there_is_refused(folder):
    assert code_of(folder, near_text(), near=("B-9",)).code == "RE621"


def test_near_items_need_their_estimates_and_far_ones_none(folder):
    issue = code_of(folder, near_text().replace("57600", ""), near=("B-1",))
    assert issue.code == "RE883" and "A-91" in issue.path


def test_the_shipped_release_has_the_items_and_the_pace_of_its_export(folder, capsys):
    page = (ROOT / "docs" / "work-items.md").read_text(encoding="utf-8")
    shutil.copy(ROOT / "docs" / "work-items" / "release-jira.csv", folder)
    words = (
        "release-jira.csv --map jira --as-of 2027-03-08 --history 1w --by team --near REL-1 --people -o release.toml"
    )
    assert f"riskengine import {words}" in page
    assert main(["import", *words.split()]) == 0
    assert "one team both in the network and in a backlog" in capsys.readouterr().err
    export, shipped = read(folder / "release.toml"), read(ROOT / "scenarios" / "product-release.toml")
    assert export.tasks.keys() < shipped.tasks.keys()
    assert export.tasks["Cloud"].history.done == shipped.tasks["Cloud"].history.done
    for id, task in export.tasks.items():
        other = shipped.tasks[id]
        assert (task.after, task.team, task.resources, task.wbs) == (
            other.after,
            other.team,
            other.resources,
            other.wbs,
        )
        if id not in ("REL-1", "Cloud"):  # growth is by hand, and so is how long the backlog takes
            assert task.duration.plan_value() == other.duration.plan_value()
    assert export.tasks["Cloud"].items == shipped.tasks["Cloud"].items


@pytest.mark.parametrize(("days", "is_taken"), [(9_999, True), (10_000, False)])
def test_a_history_is_never_longer_than_a_plan_takes(folder, days, is_taken):
    """Working days back from 8 March: five a week."""
    weeks, rest = divmod(days, 5)
    first = MONDAY - timedelta(days=7 * weeks + (rest + 2 if rest else 0))
    done = [done_row(f"A-{2 + back}", str(MONDAY - timedelta(days=7 * back + 3))) for back in range(30)]
    text = "\n".join([HEAD, f"A-1,1,Done,{first},{first},,Task,", *done, open_row("A-90"), ""])
    if not is_taken:
        assert code_of(folder, text, period=Period(0)).code == "RE616"
        return
    plan = throughput(folder, text, period=Period(0))
    (history,) = plan.histories
    assert len(history.done) == days
    assert parse(content_of(plan, Period(0), None) or {}).tasks
