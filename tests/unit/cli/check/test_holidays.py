"""The hint at holidays that end before the work does, and the dates that it goes by."""

import json
from datetime import timedelta

import pytest

from riskengine.cli.entry import main
from riskengine.engine.blocks.core import prepare
from riskengine.model.in_force import in_force
from riskengine.model.plan_finishes import plan_finishes
from riskengine.plan import compile
from riskengine.scenario import read
from riskengine.schedule.dates.compute import dates
from tests.support.places import ROOT
from tests.support.scenario_text import HEAD, written
from tests.support.stored_dates import stored

SCENARIOS = sorted((ROOT / "scenarios").glob("*.toml"))
YEARLY = '["2027-04-01", "2027-05-06", "2027-12-24..2027-12-31"]'


def hints(text, tmp_path, capsys, head=HEAD):
    """Return the hints at holidays of a scenario, which is good."""
    path = written(tmp_path, text, head=head)
    assert main(["check", "--no-health", "--json", str(path)]) == 0
    (found,) = json.loads(capsys.readouterr().out)["scenarios"]
    return [hint for hint in found["hints"] if hint.startswith("RE596")]


def office(days, exceptions="", week="mon-fri 08:00-16:00"):
    return f'[calendars.standard]\nweek = "{week}"\nholidays = {days}\n{exceptions}'


def test_the_hint_names_the_last_day_off_the_plans_finish_and_the_first_holiday_that_is_missed(tmp_path, capsys):
    # 300 working days from Monday 1 March 2027 on, and eight that are off; 1 April 2028 is a Saturday
    (hint,) = hints(office(YEARLY) + "[tasks.a]\nduration = 300\n", tmp_path, capsys)
    assert "no day off after 31 Dec 2027" in hint and "until 3 May 2028" in hint and "from 3 Apr 2028 on" in hint
    assert hint.endswith("calendars.standard")


@pytest.mark.parametrize(
    ("days", "duration", "is_hinted"),
    [
        (YEARLY, 200, False),  # done in 2027
        (YEARLY, 277, False),  # done on 31 March 2028: no day of the year before has come again
        (YEARLY, 278, True),  # 1 April is a Saturday, Monday the day after
        ("[]", 900, False),
        ('["2027-06-07..2027-06-18"]', 900, False),  # a shutdown
        ('["2027-06-07..2027-06-18", "2027-10-04..2027-10-08"]', 900, False),  # two
        ('["2027-12-24..2027-12-31", "2028-12-25..2028-12-29"]', 600, True),  # one that comes again
    ],
)
def test_a_list_that_ends_a_season_too_early_is_hinted_at(days, duration, is_hinted, tmp_path, capsys):
    assert bool(hints(office(days) + f"[tasks.a]\nduration = {duration}\n", tmp_path, capsys)) == is_hinted


def test_only_days_with_less_work_than_usual_are_days_off(tmp_path, capsys):
    more = '"2027-04-03" = "08:00-12:00"\n"2027-05-08" = "off"\n"2027-06-05" = "07:00-15:00"\n'
    less = '"2027-04-02" = "08:00-12:00"\n"2027-05-07" = "off"\n"2027-06-04" = "07:00-09:00"\n'
    task = "[tasks.a]\nduration = 600\n"
    assert hints(office("[]", f"[calendars.standard.exceptions]\n{more}") + task, tmp_path, capsys) == []
    assert len(hints(office("[]", f"[calendars.standard.exceptions]\n{less}") + task, tmp_path, capsys)) == 1


def test_calendars_that_end_together_are_one_hint_and_unused_ones_none(tmp_path, capsys):
    calendars = "".join(f'[calendars.{name}]\nextends = "standard"\n' for name in ("crew", "crane", "idle"))
    tasks = '[tasks]\na = { duration = 600, calendar = "crew" }\nb = { duration = 500, calendar = "crane" }\n'
    late = '[calendars.own]\nextends = "standard"\nholidays = [2028-05-05]\n'
    (hint,) = hints(office(YEARLY) + calendars + late + tasks, tmp_path, capsys)
    assert hint.endswith("calendars.crane, crew")
    own = 'c = { duration = 900, calendar = "own" }\n'
    assert len(hints(office(YEARLY) + calendars + late + tasks + own, tmp_path, capsys)) == 2


def test_work_that_is_done_and_what_does_not_exist_in_the_plan_ask_for_no_holidays(tmp_path, capsys):
    task = "[tasks.a]\nduration = 600\n"
    under_way = HEAD.replace("start =", "data_date =").replace("2027-03-01", "2029-03-01")
    done = task + "actual_start = 2027-03-01\nactual_finish = 2029-02-15\n"
    assert hints(office(YEARLY) + done, tmp_path, capsys, under_way) == []
    assert hints(office(YEARLY) + task + "exists = 0.2\n", tmp_path, capsys) == []
    assert len(hints(office(YEARLY) + task + "exists = 0.8\n", tmp_path, capsys)) == 1


@pytest.mark.parametrize("command", ["simulate", "decide", "batch"])
def test_an_answer_says_it_once_for_each_calendar(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    gate = "[gates.g]\nfinish = 2029-05-01\nconfidence = 0.5\n"
    written(tmp_path, office(YEARLY) + f"[tasks.a]\nduration = [500, 600, 700]\n{gate}")
    assert main([command, "plan.toml", "--json", "-n", "64"]) in (0, 10, 11)
    out, err = capsys.readouterr()
    json.loads(out)
    assert err.count("plan.toml: hint: RE596 ") == 1


def assert_dates_are_those_of_the_engine(scenario, tolerance):
    unlevelled = scenario.model_copy(update={"levelling": None})
    plan = compile(unlevelled)
    prepare(plan, None)
    finish = dict(zip(plan.task, dates(plan).early_finish.tolist(), strict=True))
    ours = plan_finishes(in_force(scenario))
    assert len(ours) > 1
    for task, day in ours.items():
        # the midnight at which a day ends belongs to it
        assert abs((finish[task] - timedelta(seconds=1)).date() - day) <= tolerance, (task, day, finish[task])


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_dates_of_the_plan_are_those_of_the_engine(path):
    assert_dates_are_those_of_the_engine(read(path), timedelta(days=4))  # a weekend


FEATURES = """
[calendars.standard]
week = "mon-fri 08:00-16:00"
holidays = ["2027-03-26", "2027-05-06"]
[calendars.site]
week = "mon-sat 07:00-17:00"
[tasks]
a = { duration = "12d" }
b = { duration = "5d", after = ["a SS+3d"], calendar = "site" }
c = { duration = "3d", after = ["b FF+2d"] }
d = { duration = "48eh", after = ["c"] }
e = { duration = "10d", after = ["a FS-2d"], constraints = ["SNET 2027-05-10"] }
f = { duration = "4d", after = ["e"], constraints = ["FNET 2027-07-30"] }
g = { duration = "2d", after = ["f"], constraints = ["MSO 2027-06-01"] }
h = { duration = "20d", after = ["e SF+30d"] }
i = { duration = "7d", after = ["h"], exists = 0.2 }
j = { duration = "6d", after = ["i FS+9d"] }
k = { type = "milestone", after = ["j", "g"] }
"""


def test_dates_follow_relationships_constraints_calendars_and_existence(tmp_path):
    path = written(tmp_path, FEATURES)
    assert_dates_are_those_of_the_engine(read(path), timedelta(0))


UNDER_WAY = """
[tasks]
a = { duration = "12d", actual_start = 2027-02-08, actual_finish = 2027-02-19 }
b = { duration = "20d", after = ["a"], actual_start = 2027-02-22, remaining = "15d" }
c = { duration = "3d", after = ["b SS+25d"] }
d = { duration = "3d", after = ["a FS+30d"] }
e = { duration = "9d", after = ["d"], actual_start = 2027-02-24, remaining = "8d", resume = 2027-03-15 }
f = { duration = "2d", after = ["e"] }
"""


@pytest.mark.parametrize("logic", ["retained logic", "progress override"])
def test_dates_follow_progress(logic, tmp_path):
    rule = f'[schedule]\nout_of_sequence = "{logic}"\n'
    path = written(tmp_path, rule + UNDER_WAY, head=HEAD.replace("start =", "data_date ="))
    assert_dates_are_those_of_the_engine(read(path), timedelta(0))


def test_a_schedule_of_primavera_whose_holidays_ended_years_ago_is_hinted_at(tmp_path, capsys):
    file = tmp_path / "plan.toml"
    assert main(["import", str(stored("mpxj-percent-complete-8.4.xer")), "-o", str(file)]) == 0
    capsys.readouterr()
    assert main(["check", "--no-health", "--json", str(file)]) == 0
    (found,) = json.loads(capsys.readouterr().out)["scenarios"]
    (hint,) = (hint for hint in found["hints"] if hint.startswith("RE596"))
    assert "after 25 Dec 2013" in hint and "until 13 Jul 2015" in hint
