"""Mutated schedules in XML are answered or refused with their place: never a traceback, never a hang."""

import random
import re
import time

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.read import read_xml
from tests.support.stored_dates import FOLDER
from tests.unit.importers.msproject.mspdi_text import calendar, exception, link, project, task
from tests.unit.importers.p6.test_pmxml import activity, relationship
from tests.unit.importers.p6.test_pmxml import calendar as p6_calendar
from tests.unit.importers.p6.test_pmxml import project as p6_project

SECONDS_A_FILE = 5.0
EXCEPTIONS = (
    "<Exceptions>"
    + exception("2027-01-01", "2027-12-31", Type=6, Period=1, DaysOfWeek=2)
    + exception("2027-12-24", "2027-12-31")
    + exception("2028-01-01", "2030-12-31", Type=3, Month=4, MonthItem=4, MonthPosition=4)
    + "</Exceptions>"
)
CREW = (
    "<Resource><UID>1</UID><Name>Ann</Name><Type>1</Type><MaxUnits>2</MaxUnits><StandardRate>50</StandardRate>"
    "<CalendarUID>2</CalendarUID></Resource>"
)
JOB = "<Assignment><TaskUID>4</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units><Cost>40000</Cost></Assignment>"
MICROSOFT = project(
    task(1, 0, Milestone=1)
    + task(2, links=link(1))
    + task(3, 16, 2, ConstraintType=4, ConstraintDate="2027-03-04T08:00:00", Deadline="2027-04-01T17:00:00")
    + task(4, 24, 2, link(3, 3, 4800) + link(1, 1, 50, 19), ActualStart="2027-03-02T08:00:00", PercentComplete=50)
    + task(5, 48, 1, link(2, 1, -14400, 8), DurationFormat=8)
    + task(6, 8, 1, Manual=1, Start="2027-04-01T08:00:00", Finish="2027-04-02T17:00:00"),
    calendar(more=EXCEPTIONS) + calendar(2, "Ann", 1, ""),
    CREW,
    JOB,
)
PRIMAVERA = p6_project(
    activity(1)
    + activity(2, PrimaryConstraintType="Start On or After", PrimaryConstraintDate="2027-03-04T08:00:00")
    + activity(3, Status="In Progress", ActualStartDate="2027-02-01T08:00:00", RemainingDuration=16)
    + relationship(1, 2, "Start to Start", 8)
    + relationship(2, 3),
    p6_calendar(exceptions="<HolidayOrException><Date>2027-03-02T00:00:00</Date></HolidayOrException>"),
)
VALUES = (
    "",
    "-1",
    "0",
    "1",
    "7",
    "99999999999",
    "1e308",
    "nan",
    "x",
    "2027-13-01T00:00:00",
    "0001-01-01T00:00:00",
    "9999-12-31T23:59:59",
    "PT1H0M0S",
    "PT999999999H",
    "-PT8H0M0S",
    "24:00:00",
    "true",
    "&amp;",
    "\u202e",
)
FIELD = re.compile(r"<(\w+)>([^<>]*)</\1>")
TAG = re.compile(r"</?\w+[^<>]*>")


def mutated(text, draw):
    """One to four changes: a field's value, a tag lost or doubled, a piece cut, doubled or moved, a byte changed."""
    for _ in range(draw.randint(1, 4)):
        way = draw.randrange(6)
        if way <= 1:
            fields = list(FIELD.finditer(text))
            if fields:
                found = draw.choice(fields)
                text = text[: found.start(2)] + draw.choice(VALUES) + text[found.end(2) :]
        elif way == 2:
            tags = list(TAG.finditer(text))
            if tags:
                found = draw.choice(tags)
                text = text[: found.start()] + found.group() * draw.choice((0, 2)) + text[found.end() :]
        elif way == 3:
            fields = list(FIELD.finditer(text))
            if fields:
                one, other = draw.choice(fields), draw.choice(fields)
                text = text[: one.start()] + other.group() + text[one.end() :]
        elif way == 4:
            start = draw.randrange(len(text) + 1)
            end = min(len(text), start + draw.randrange(400))
            text = text[:start] + text[end:] if draw.random() < 0.5 else text[:end] + text[start:]
        elif text:
            place = draw.randrange(len(text))
            text = text[:place] + chr(draw.choice((0, 9, 38, 60, 62, 65, 48, 0xFFFD))) + text[place + 1 :]
    return text


def answer(folder, text):
    """Read a mutated file; give the schedules, or the faults, which must have their place."""
    path = folder / "plan.xml"
    path.write_text(text, encoding="utf-8")
    begun = time.monotonic()
    try:
        found = read_xml(path, "plan.xml")
    except ScenarioError as refused:
        assert refused.issues
        for issue in refused.issues:
            assert issue.file == "plan.xml"
            assert issue.line is None or issue.line >= 1
            assert issue.format().isprintable()
        found = []
    assert time.monotonic() - begun < SECONDS_A_FILE
    for schedule in found:
        assert schedule.tasks
        ids = {task.id for task in schedule.tasks}
        assert all(one.predecessor in ids for task in schedule.tasks for one in task.relationships)
        assert not schedule.calendars or all(task.calendar in schedule.calendars for task in schedule.tasks)
    return found


def run(folder, text, count, seed):
    draw = random.Random(seed)
    answered = sum(bool(answer(folder, mutated(text, draw))) for _ in range(count))
    # Neither all refused nor all answered: the mutations bite, and the reader is not shut.
    assert 0 < answered < count


def stored_text(name):
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"no {name}: the schedules of other tools are not beside the repository")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [MICROSOFT, PRIMAVERA], ids=["microsoft", "primavera"])
def test_what_is_mutated_is_read_without_mutation(tmp_path, text):
    assert answer(tmp_path, text)


@pytest.mark.parametrize("text", [MICROSOFT, PRIMAVERA], ids=["microsoft", "primavera"])
def test_hundreds_of_mutated_files_are_answered_or_refused(tmp_path, text):
    run(tmp_path, text, 400, 1)


@pytest.mark.parametrize("name", ["mpxj-task-links-project2003-mspdi.xml", "mpxj-PredecessorCalendar.xml"])
def test_mutated_files_of_real_tools_are_answered_or_refused(tmp_path, name):
    run(tmp_path, stored_text(name), 60, 2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("text", [MICROSOFT, PRIMAVERA], ids=["microsoft", "primavera"])
def test_thousands_of_mutated_files_are_answered_or_refused(tmp_path, text, seed):
    run(tmp_path, text, 2000, 100 + seed)
