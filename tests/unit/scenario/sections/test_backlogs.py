"""Backlogs as files have them, and what is wrong with them."""

import json
import tomllib
from pathlib import Path

import pytest

from riskengine.errors import ScenarioError
from riskengine.model import Backlog
from riskengine.scenario import dumps, parse, read

PLAN = 'schema = 1\nname = "Plan"\nstart = 2027-03-08\n'
DONE = "done = [4, 0, 6, 3, 5, 2]\n"
WEB = f"[backlogs.web]\nitems = 30\n{DONE}"


def faults(text: str) -> list[tuple[str, str]]:
    """Codes and paths of what is wrong with a scenario."""
    with pytest.raises(ScenarioError) as error:
        parse(tomllib.loads(PLAN + text))
    return [(issue.code, issue.path) for issue in error.value.issues]


def backlog(text: str) -> Backlog:
    """The backlog of a scenario, which is one of its tasks."""
    task = parse(tomllib.loads(PLAN + text)).tasks["web"]
    assert isinstance(task, Backlog)
    return task


def test_a_backlog_is_a_task_of_the_mean_of_its_history():
    web = backlog(WEB)
    assert web.history.done == (4.0, 0.0, 6.0, 3.0, 5.0, 2.0)
    assert web.throughput().plan_periods == 9  # 30 items at 3 and a third a week
    assert (web.duration.plan_value(), web.duration.unit) == (9.0, "w")
    assert web.duration.support() == (5.0, 520.0)


def test_growth_focus_and_period_count_in_the_plan():
    web = backlog(WEB + 'growth = [1.0, 1.2, 1.5]\nfocus = 0.8\nperiod = "2w"\n')
    assert web.planned_items == 36
    assert web.throughput().plan_periods == 14  # 36 / (0.8 x 20 / 6) = 13.5
    assert web.duration.plan_value() == 28.0


def test_the_resolved_form_has_it_among_the_backlogs_and_gives_it_back():
    scenario = parse(tomllib.loads(PLAN + WEB + "focus = 0.8\nafter = ['a']\n[tasks.a]\nduration = 2\n"))
    document = json.loads(dumps(scenario))
    assert list(document["tasks"]) == ["a"]
    assert document["backlogs"]["web"]["history"] == {"done": [4.0, 0.0, 6.0, 3.0, 5.0, 2.0]}
    assert dumps(parse(document)) == dumps(scenario)


def test_it_can_be_named_wherever_a_task_can():
    scenario = parse(
        tomllib.loads(
            f"{PLAN}{WEB}wbs = '1.2'\nteam = 'Web'\n[tasks.ship]\nduration = 1\nafter = ['web']\n"
            "[gates.g]\ntarget = 'web'\nfinish = 2027-06-01\nconfidence = 0.8\n"
            "[risks.r]\nprobability = 0.5\nimpacts.web.delay = 5\nimpacts.'team:Web'.cost = 10\n"
        )
    )
    assert scenario.tasks["ship"].after[0].task == "web"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WEB + "[tasks.web]\nduration = 1\n", ("RE424", "backlogs.web")),
        ("[backlogs.web]\nitems = 30\n", ("RE425", "backlogs.web")),
        (WEB + "history = { done = [1, 2, 3, 4, 5, 6] }\n", ("RE425", "backlogs.web.done")),
        ("[backlogs.web]\nitems = 3\ndone = [1, 2, 3, 4, 5]\n", ("RE426", "backlogs.web.done")),
        ("[backlogs.web]\nitems = 3\ndone = [1, 2, 3, 4, 5, -6]\n", ("RE426", "backlogs.web.done[5]")),
        (
            "[backlogs.web]\nitems = 3\nhistory = { done = [1, 2, 3, 4, 5, 6], added = [1] }\n",
            ("RE426", "backlogs.web.history.added"),
        ),
        ("[backlogs.web]\nitems = 3\ndone = [0, 0, 0, 0, 0, 0]\n", ("RE427", "backlogs.web.history")),
        (WEB.replace("30", "0"), ("RE428", "backlogs.web.items")),
        (WEB + "growth = -1\n", ("RE428", "backlogs.web.growth")),
        (WEB + "focus = 0\n", ("RE428", "backlogs.web.focus")),
        (WEB + "period = 0\n", ("RE429", "backlogs.web.period")),
        (WEB + "sampling = 'block:1'\n", ("RE429", "backlogs.web.sampling")),
        (WEB + "sampling = 'blocks'\n", ("RE429", "backlogs.web.sampling")),
        (WEB + "added = 'history'\n", ("RE449", "backlogs.web.added")),
        (WEB.replace("30", "30000"), ("RE451", "backlogs.web.items")),
        (WEB + "duration = 5\n", ("RE111", "backlogs.web.duration")),
        (WEB + "after = ['nobody']\n", ("RE220", "backlogs.web.after[0]")),
        (WEB.replace("items = 30\n", ""), ("RE112", "backlogs.web.items")),
        (WEB + "[rework.again]\ntasks = ['web']\nprobability = 0.2\n", ("RE447", "rework.again.tasks[0]")),
        (
            WEB + "[tasks.a]\nduration = [1, 2, 3]\n[correlations.c]\nbetween = ['a', 'web']\nrank = 0.5\n",
            ("RE333", "correlations.c"),
        ),
    ],
)
def test_what_is_wrong_with_a_backlog_is_told_where_it_stands(text, expected):
    assert faults(text) == [expected]


def test_a_history_is_read_from_a_file_beside_the_scenario(tmp_path: Path):
    (tmp_path / "history.csv").write_text("week;done;added\n" + "".join(f"{k};{k};1\n" for k in range(8)))
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN + "[backlogs.web]\nitems = 30\nhistory = 'history.csv'\nadded = 'history'\n")
    web = read(plan).tasks["web"]
    assert isinstance(web, Backlog)
    assert web.history.done == tuple(float(k) for k in range(8))
    assert web.mean_net(1.0) == 2.5


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("week,finished\n1,2\n", "RE503", None),
        ("week,done\n1,2\n2,\n", "RE506", 3),
        ("week,done\n1,2\n2,many\n", "RE506", 3),
        ("done,done\n1,2\n", "RE508", 1),
        ("done\n" + "3\n" * 5 + "-1\n", "RE426", 7),
        ("done\n" + "3\n" * 5 + "4,5\n", "RE505", 7),
        ("done\n3\n\n" + "3\n" * 5, "RE506", 3),
        ("week,done\n" + "1,3\n" * 6 + "Total:,18\n", "RE506", 8),
        ("Woche;done\n" + "1;3\n" * 6 + "SUMME;18\n", "RE506", 8),
    ],
)
def test_what_is_wrong_with_a_history_is_told_with_its_line(tmp_path: Path, content, code, line):
    (tmp_path / "history.csv").write_text(content)
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN + "[backlogs.web]\nitems = 30\nhistory = 'history.csv'\n")
    with pytest.raises(ScenarioError) as error:
        read(plan)
    assert error.value.issues[0].code == code
    if line is not None:
        assert (Path(error.value.issues[0].file).name, error.value.issues[0].line) == ("history.csv", line)


def test_a_history_must_lie_in_the_folder_of_the_scenario(tmp_path: Path):
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN + "[backlogs.web]\nitems = 30\nhistory = '../history.csv'\n")
    with pytest.raises(ScenarioError) as error:
        read(plan)
    assert [issue.path for issue in error.value.issues] == ["backlogs.web.history"]


def test_the_check_says_how_sure_the_plan_is():
    hints: list[str] = []
    parse(tomllib.loads(PLAN + WEB.replace("[4, 0, 6, 3, 5, 2]", "[4, 0, 6, 3, 5, 2, 7, 3, 4, 6, 1, 5]")), hints=hints)
    assert hints == ["web: 8 periods by the mean of its history, enough in 58.6 % of futures"]


def test_a_short_history_is_told():
    hints: list[str] = []
    parse(tomllib.loads(PLAN + WEB), hints=hints)
    assert hints[0] == "fewer than 12 rows of history, so bad periods may be missing: web"


def test_a_backlog_that_has_begun_begins_at_the_data_date_with_what_is_left():
    text = PLAN.replace("start", "data_date") + WEB + "actual_start = 2027-02-01\n"
    web = parse(tomllib.loads(text)).tasks["web"]
    assert web.remaining == web.duration


def test_a_status_update_changes_what_is_left(tmp_path: Path):
    (tmp_path / "plan.toml").write_text(PLAN + WEB)
    status = tmp_path / "status.toml"
    status.write_text(
        'schema = 1\nextends = "plan.toml"\ndata_date = 2027-04-05\n'
        "[backlogs.web]\nitems = 12\nactual_start = 2027-03-08\nhistory = { done = [4, 0, 6, 3, 5, 2, 4] }\n"
    )
    web = read(status).tasks["web"]
    assert isinstance(web, Backlog)
    assert (web.planned_items, len(web.history.done)) == (12, 7)
