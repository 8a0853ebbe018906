"""Microsoft Project files from which parts were cut away and which are still well-formed: refused, or said."""

from xml.etree import ElementTree

import pytest

from riskengine.errors import ScenarioError
from tests.unit.importers.msproject.mspdi_text import calendar, exception, imported, link, project, task

SPACE = "http://schemas.microsoft.com/project"
CREW = (
    "<Resource><UID>{0}</UID><Name>{1}</Name><Type>1</Type><MaxUnits>2</MaxUnits><StandardRate>50</StandardRate>"
    "<CalendarUID>2</CalendarUID></Resource>"
)
JOB = (
    "<Assignment><TaskUID>{0}</TaskUID><ResourceUID>{1}</ResourceUID><Units>1</Units><Work>PT{2}H0M0S</Work>"
    "<Cost>40000</Cost></Assignment>"
)
END = "2027-03-11T17:00:00"
DATES = {"EarlyStart": "2027-03-01T08:00:00", "EarlyFinish": "2027-03-01T17:00:00"}
WHOLE = project(
    task(1, 0, Milestone=1)
    + task(2, links=link(1), CalendarUID=3, Work="PT8H0M0S", **DATES)
    + task(3, 0, Summary=1)
    + task(4, 16, 2, Work="PT16H0M0S", Deadline="2027-04-01T17:00:00")
    + task(5, 24, 2, link(4, 3, 4800) + link(2), ConstraintType=4, ConstraintDate="2027-03-09T08:00:00", Finish=END),
    calendar(more="<Exceptions>" + exception("2027-03-02") + "</Exceptions>")
    + calendar(2, "Ann", 1, "")
    + calendar(3, "Site"),
    CREW.format(1, "Ann") + CREW.format(2, "Bea"),
    JOB.format(2, 1, 8) + JOB.format(4, 2, 16),
    FinishDate=END,
)
BLOCKS = ("Calendars", "Tasks", "Resources", "Assignments", "WeekDays", "PredecessorLink")
RECORDS = ("Calendar", "Task", "Resource", "Assignment")
KEYS = ("PredecessorUID", "ResourceUID", "TaskUID", "UID")


def cuts():
    """Ways to cut a file, each with its name: all elements of a name, or the first, second ... of them."""
    root = ElementTree.fromstring(WHOLE)
    for tag in (*BLOCKS, *KEYS):
        yield tag, None
    for tag in (*RECORDS, *KEYS):
        for number in range(len(list(root.iter(f"{{{SPACE}}}{tag}")))):
            yield tag, number


def without(text, tag, number=None):
    """The file without some of its elements."""
    ElementTree.register_namespace("", SPACE)
    root = ElementTree.fromstring(text)
    doomed = list(root.iter(f"{{{SPACE}}}{tag}"))
    for parent in list(root.iter()):
        for child in list(parent):
            if child in (doomed if number is None else doomed[number : number + 1]):
                parent.remove(child)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


@pytest.mark.parametrize(("tag", "number"), list(cuts()))
def test_a_part_that_was_cut_away_is_refused_or_said_or_makes_no_difference(tmp_path, tag, number):
    whole = imported(tmp_path, without(WHOLE, "nothing"))
    text = without(WHOLE, tag, number)
    assert text != without(WHOLE, "nothing")
    try:
        cut = imported(tmp_path, text)
    except ScenarioError:
        return
    if set(cut.notes) <= set(whole.notes):
        assert (cut.tasks, cut.calendars, cut.resources) == (whole.tasks, whole.calendars, whole.resources)


def notes(folder, *parts, **fields):
    return imported(folder, project(*parts, **fields)).notes


def test_tasks_without_any_relationship_are_said(tmp_path):
    assert any("no relationships at all" in note for note in notes(tmp_path, task(1) + task(2)))
    assert not any("no relationships" in note for note in notes(tmp_path, task(1) + task(2, links=link(1))))
    assert not any("no relationships" in note for note in notes(tmp_path, task(1)))


def test_work_without_an_assignment_is_said_but_not_work_of_nobody(tmp_path):
    tasks = task(1, Work="PT8H0M0S") + task(2, Work="PT0H0M0S", links=link(1))
    (note,) = [note for note in notes(tmp_path, tasks) if "no assignment" in note]
    assert note.endswith(": 1")
    nobody = "<Assignment><TaskUID>1</TaskUID><ResourceUID>-65535</ResourceUID></Assignment>"
    assert not any("assignment" in note for note in notes(tmp_path, tasks, assignments=nobody))
