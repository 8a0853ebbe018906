"""Files that Primavera P6 wrote: every date that it stored is computed again."""

import pytest

from riskengine.importers import choose, document, read_schedule
from riskengine.reading import parse
from riskengine.schedule.check import check
from tests.support.stored_dates import stored

FILES = [
    ("aspose-MultiprojectWithExternal.xer", "TestProject", 4),
    ("aspose-MultiprojectWithExternal.xer", "TestProject2", 8),
    ("mpxj-PredecessorCalendar.xer", "", 4),
    ("mpxj-ProjectDefaultCalendar.xer", "", 4),
    ("mpxj-SuccessorCalendar.xer", "", 4),
    ("mpxj-TwentyFourHourCalendar.xer", "", 4),
]


@pytest.mark.parametrize(("name", "project", "count"), FILES)
def test_every_stored_date_is_computed_again(name, project, count):
    scenario = parse(document(choose(read_schedule(stored(name)), project, name)))
    handshake = check(scenario, needs_health=False).handshake
    assert handshake.differences == ()
    assert (handshake.rates[-1].matched, handshake.rates[-1].compared) == (count, count)


@pytest.mark.parametrize(
    ("name", "calendar"),
    [
        ("mpxj-PredecessorCalendar.xer", "predecessor"),
        ("mpxj-ProjectDefaultCalendar.xer", "project"),
        ("mpxj-SuccessorCalendar.xer", "successor"),
        ("mpxj-TwentyFourHourCalendar.xer", "24h"),
    ],
)
def test_the_calendar_of_lags_is_that_of_the_options(name, calendar):
    assert choose(read_schedule(stored(name)), "", name).lag_calendar == calendar


def test_progress_by_duration_units_and_work_is_what_remains():
    (schedule,) = read_schedule(stored("mpxj-percent-complete-8.4.xer"))
    found = {task.name: (task.actual_start is not None, task.hours, task.remaining_hours) for task in schedule.tasks}
    assert found["Duration 0%"] == (False, 800, None)
    assert found["Duration 25%"] == (True, 800, 600)
    assert found["Duration 100%"] == (True, 800, 0)
    assert found["Physical 75%"] == (True, 800, 800)
