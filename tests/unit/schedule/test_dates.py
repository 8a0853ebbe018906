"""The dates of a plan with all uncertainty off; every number here was worked out by hand."""

import tomllib
from datetime import datetime

import numpy as np
import pytest

from riskengine import plan
from riskengine.scenario import parse
from riskengine.schedule.dates.compute import dates

TWO_CALENDARS = """
[calendars.six]
week = "mon-sat 08:00-12:00 13:00-17:00"
"""


class Dated:
    """Dates by the id of the task, short: day of March 2027 (a Monday is the 1st) and hour."""

    def __init__(self, text: str, head: str = "start = 2027-03-01") -> None:
        scenario = parse(tomllib.loads(f'schema = 1\nname = "x"\n{head}\n{text}'), "x.toml")
        self.plan = plan.compile(scenario)
        self.dates = dates(self.plan)

    def __getattr__(self, name: str):
        values = getattr(self.dates, name)
        return {task: self.shown(value) for task, value in zip(self.plan.task, values, strict=True)}

    @staticmethod
    def shown(value):
        if isinstance(value, np.datetime64):
            return value.astype(datetime).strftime("%d %H:%M") if not np.isnat(value) else None
        return value.item()


def test_early_and_late_dates_and_floats_of_a_fork():
    found = Dated("""
        [tasks.a]
        duration = 2
        [tasks.b]
        duration = 3
        after = ["a"]
        [tasks.c]
        duration = 1
        after = ["a"]
        [tasks.d]
        duration = 1
        after = ["b", "c"]
    """)
    assert found.early_start == {"a": "01 08:00", "b": "03 08:00", "c": "03 08:00", "d": "08 08:00"}
    assert found.early_finish == {"a": "02 17:00", "b": "05 17:00", "c": "03 17:00", "d": "08 17:00"}
    assert (found.late_start["c"], found.late_finish["c"]) == ("05 08:00", "05 17:00")
    assert found.total_float == {"a": 0, "b": 0, "c": 16, "d": 0}
    assert found.free_float == {"a": 0, "b": 0, "c": 16, "d": 0}
    assert found.is_critical == {"a": True, "b": True, "c": False, "d": True}
    names = found.plan.task
    assert {(names[a], names[b], kind) for a, b, kind in found.dates.driving} == {
        ("a", "b", "FS"),
        ("a", "c", "FS"),
        ("b", "d", "FS"),
    }


def test_constraints_on_early_dates_push_and_those_on_late_dates_make_negative_float():
    found = Dated("""
        [tasks.a]
        duration = 2
        constraints = ["SNET 2027-03-04"]
        [tasks.b]
        duration = 1
        after = ["a"]
        constraints = ["FNLT 2027-03-05"]
        [tasks.c]
        duration = 1
        constraints = ["FNET 2027-03-10"]
        [tasks.d]
        duration = 1
        constraints = ["SO 2027-03-03"]
    """)
    assert (found.early_start["a"], found.early_start["b"], found.early_finish["b"]) == (
        "04 08:00",
        "08 08:00",
        "08 17:00",
    )
    assert (found.late_finish["b"], found.total_float["b"], found.total_float["a"]) == ("05 17:00", -8, -8)
    assert (found.early_start["c"], found.early_finish["c"]) == ("10 08:00", "10 17:00")
    assert (found.early_start["d"], found.late_start["d"], found.total_float["d"]) == ("03 08:00", "03 08:00", 0)


@pytest.mark.parametrize(
    ("constraint", "start"), [("MSO 2027-03-02", "02 08:00"), ("MFO 2027-03-03T12:00", "02 13:00")]
)
def test_a_mandatory_date_holds_whatever_logic_says(constraint, start):
    found = Dated(f"""
        [tasks.a]
        duration = 5
        [tasks.b]
        duration = 1
        after = ["a"]
        constraints = ["{constraint}"]
        [tasks.c]
        duration = 1
        after = ["b"]
    """)
    assert found.early_start["b"] == start
    assert found.early_start["c"] > start
    assert found.total_float["a"] < 0


def test_the_project_still_ends_with_a_task_whose_successor_is_pinned():
    found = Dated("""
        [tasks.a]
        duration = 5
        [tasks.b]
        duration = 1
        after = ["a"]
        constraints = ["MSO 2027-03-02"]
    """)
    assert found.late_finish["b"] == "02 17:00"
    assert found.is_critical == {"a": True, "b": False}


def test_what_is_left_goes_on_at_the_data_date_and_finished_work_takes_no_time():
    found = Dated(
        """
        [tasks.a]
        duration = 5
        actual_start = 2027-03-01T08:00:00
        actual_finish = 2027-03-03T17:00:00
        [tasks.b]
        duration = 10
        actual_start = 2027-03-04T08:00:00
        remaining = 4
        after = ["a"]
        [tasks.c]
        duration = 1
        after = ["b"]
        """,
        "data_date = 2027-03-08",
    )
    assert (found.early_start["b"], found.early_finish["b"]) == ("08 08:00", "11 17:00")
    assert (found.early_start["c"], found.early_finish["c"]) == ("12 08:00", "12 17:00")
    assert found.early_finish["a"] == "08 08:00"
    assert found.total_float["b"] == 0


OUT_OF_SEQUENCE = """
[schedule]
out_of_sequence = "{}"
[tasks.a]
duration = 5
[tasks.b]
duration = 10
actual_start = 2027-03-02T08:00:00
remaining = 3
after = ["a"]
[tasks.c]
duration = 1
actual_start = 2027-03-03T08:00:00
actual_finish = 2027-03-03T17:00:00
after = ["b"]
[tasks.d]
duration = 1
after = ["c"]
"""


@pytest.mark.parametrize(
    ("option", "b", "d"),
    [
        ("retained logic", "15 08:00", "18 08:00"),
        ("progress override", "08 08:00", "08 08:00"),
        ("actual dates", "08 08:00", "08 08:00"),
    ],
)
def test_out_of_sequence_work_waits_only_where_logic_is_retained(option, b, d):
    found = Dated(OUT_OF_SEQUENCE.format(option), "data_date = 2027-03-08")
    assert (found.early_start["b"], found.early_start["d"]) == (b, d)


def test_a_lag_under_way_has_only_its_rest_left():
    found = Dated(
        """
        [tasks.a]
        duration = 5
        actual_start = 2027-03-01T08:00:00
        actual_finish = 2027-03-04T17:00:00
        [tasks.b]
        duration = 1
        after = ["a FS+3d"]
        [tasks.c]
        duration = 9
        actual_start = 2027-03-04T08:00:00
        remaining = 5
        [tasks.d]
        duration = 1
        after = ["c SS+4d"]
        """,
        "data_date = 2027-03-08",
    )
    # one of three days ran on Friday; two of four on Thursday and Friday
    assert (found.early_start["b"], found.early_start["d"]) == ("10 08:00", "10 08:00")


@pytest.mark.parametrize(
    ("link", "finish", "late"),
    [
        ("FF+10d", "19 17:00", "09 08:00"),
        ("FF+2d", "19 17:00", "19 08:00"),
        ("SS+10d", "26 17:00", "08 08:00"),
        ("FS+3d", "19 17:00", "04 08:00"),
    ],
)
def test_the_rest_of_a_lag_from_finished_into_started_work_is_taken_off_late_dates(link, finish, late):
    """By the data date one day of the lag after a finish has run, and five of the lag after a start."""
    found = Dated(
        f"""
        [tasks.a]
        duration = 4
        actual_start = 2027-03-01T08:00:00
        actual_finish = 2027-03-04T17:00:00
        [tasks.b]
        duration = 15
        actual_start = 2027-03-03T08:00:00
        remaining = 10
        after = ["a {link}"]
        """,
        "data_date = 2027-03-08",
    )
    assert found.early_finish["b"] == finish
    assert found.late_finish["a"] == late


@pytest.mark.parametrize(("option", "start"), [("early start", "17 08:00"), ("actual start", "10 08:00")])
def test_a_lag_from_a_start_counts_from_where_the_option_says(option, start):
    found = Dated(
        f"""
        [schedule]
        start_lag = "{option}"
        [tasks.a]
        duration = 5
        [tasks.b]
        duration = 9
        actual_start = 2027-03-04T08:00:00
        remaining = 5
        after = ["a"]
        [tasks.c]
        duration = 1
        after = ["b SS+4d"]
        """,
        "data_date = 2027-03-08",
    )
    # b goes on when a is done, on the 15th, and two of its four days have run; or four days after the 4th
    assert (found.early_start["b"], found.early_start["c"]) == ("15 08:00", start)


def test_without_a_data_date_what_has_started_goes_on_where_it_was_resumed():
    found = Dated("""
        [tasks.a]
        duration = 5
        [tasks.b]
        duration = 5
        actual_start = 2027-03-02T08:00:00
        remaining = 2
        resume = 2027-03-10T08:00:00
        after = ["a"]
        [tasks.c]
        duration = 1
        after = ["b SS+1d"]
    """)
    assert (found.early_start["b"], found.early_finish["b"]) == ("02 08:00", "11 17:00")
    assert found.early_start["c"] == "03 08:00"


def test_a_level_of_effort_spans_what_it_is_tied_to_and_drives_nobody():
    found = Dated("""
        [tasks.a]
        duration = 2
        [tasks.b]
        duration = 3
        after = ["a"]
        [tasks.m]
        type = "level of effort"
        after = ["a SS", "b FF"]
        [tasks.c]
        duration = 1
        after = ["m"]
    """)
    assert (found.early_start["m"], found.early_finish["m"]) == ("01 08:00", "05 17:00")
    assert found.early_start["c"] == "01 08:00"
    assert found.late_start["m"] is None


def test_a_must_finish_bounds_every_late_date():
    found = Dated(
        """
        [schedule]
        must_finish = 2027-03-03
        [tasks.a]
        duration = 5
        """
    )
    assert (found.late_finish["a"], found.total_float["a"]) == ("03 17:00", -16)
    assert found.late_start["a"] == "25 08:00"  # of February


def test_late_dates_on_two_calendars_are_each_in_their_own():
    found = Dated(
        TWO_CALENDARS
        + """
        [tasks.a]
        duration = 6
        calendar = "six"
        [tasks.b]
        duration = 1
        after = ["a"]
        [tasks.c]
        duration = 4
        calendar = "six"
        [tasks.d]
        duration = 1
        after = ["c"]
        [tasks.e]
        duration = 1
        after = ["b", "d"]
        """
    )
    assert (found.early_finish["a"], found.early_start["b"]) == ("06 17:00", "08 08:00")
    assert found.total_float["a"] == 0
    assert (found.late_finish["d"], found.late_finish["c"]) == ("08 17:00", "06 17:00")
    assert found.total_float["c"] == 16


def test_late_constraints_hold_early_dates_only_where_they_are_honoured():
    text = """
        [schedule]
        honour_constraints = {}
        [tasks.a]
        duration = 5
        [tasks.b]
        duration = 1
        after = ["a"]
        constraints = ["{}"]
    """
    for constraint in ("SNLT 2027-03-02", "FNLT 2027-03-02"):
        assert Dated(text.format("true", constraint)).early_start["b"] == "02 08:00"
        assert Dated(text.format("false", constraint)).early_start["b"] == "08 08:00"
