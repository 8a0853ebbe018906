"""Reading a schedule of whatever tool: which reader is told from what the file holds, never from its name."""

import os
import stat
from pathlib import Path
from typing import Final

from riskengine.errors import Issue, ScenarioError, shortened
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted
from riskengine.importers.neutral import ImportedSchedule
from riskengine.importers.xml.stream import Stream, fault, root_tag

HEAD: Final = 4096
TABLE_MEANT: Final = "a register goes with --register, and a table of tasks is named by tasks_file in a scenario"
MEANT: Final = {
    ".xlsx": TABLE_MEANT,
    ".xlsm": TABLE_MEANT,
    ".csv": TABLE_MEANT,
    ".toml": "this is a scenario already: riskengine check reads it",
}
"""What files are for that no converter reads, by the ending of their names."""
BYTE_ORDER_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

MICROSOFT, PRIMAVERA = "Project", ("APIBusinessObjects", "BusinessObjects")
OTHERS = frozenset(("project", "Gantt", "Document"))
"""Roots of GNOME Planner, Phoenix and GanttProject; of GanttDesigner; of ConceptDraw."""


def read_schedule(
    path: str | os.PathLike[str], *, encoding: str = "", with_user_fields: bool = False
) -> list[ImportedSchedule]:
    """Read the projects of a schedule file.

    Parameters
    ----------
    path : path-like
        An export of a scheduling tool.
    encoding : str
        Encoding of an XER file, or empty to find out.
    with_user_fields : bool
        Whether the user fields of tasks are read, too, which ranges may come from.

    Returns
    -------
    list of ImportedSchedule
        At least one.

    Raises
    ------
    ScenarioError
        When the file cannot be read, with every fault.
    """
    place = Path(path)
    kind = kind_of(place)
    if kind == "xer":
        from riskengine.importers.p6.projects import read_xer

        return read_xer(place, encoding, with_user_fields)
    if kind == "xml":
        return read_xml(place, str(place), with_user_fields)
    from riskengine.importers.mpxj.convert import read_with_mpxj

    return read_with_mpxj(place, str(place), with_user_fields=with_user_fields)


def read_xml(path: Path, file: str, with_user_fields: bool = False) -> list[ImportedSchedule]:
    """Return the projects of an XML file; kinds that have no reader here go through MPXJ.

    Parameters
    ----------
    path : Path
        The file to read.
    file : str
        What it is called in messages.
    with_user_fields : bool
        Whether the user fields of tasks are read, too.

    Raises
    ------
    ScenarioError
        With every fault found, each with its line.
    """
    root = root_tag(path, file)
    if root == MICROSOFT:
        from riskengine.importers.msproject.project import read_mspdi

        return [read_mspdi(path, file, with_user_fields=with_user_fields)]
    if root in PRIMAVERA:
        from riskengine.importers.p6.pmxml import read_pmxml

        return read_pmxml(path, file, with_user_fields)
    # Tells what is wrong with it, where it is no XML at all.
    line = Stream(path, file, {}, {}, frozenset()).read().line
    if root not in OTHERS:
        raise ScenarioError([fault("RE834", f"<{root}>", file, line)])
    from riskengine.importers.mpxj.convert import read_with_mpxj

    return read_with_mpxj(path, file, is_xml=True, with_user_fields=with_user_fields)


def choose(schedules: list[ImportedSchedule], project: str, file: str) -> ImportedSchedule:
    """Return the project that was asked for, or the only one, or the only one that was exported for its own sake.

    Raises
    ------
    ScenarioError
        When there is no such project, or several that could be meant.
    """
    names = ", ".join(schedule.id for schedule in schedules[:20])
    if project:
        found = [schedule for schedule in schedules if schedule.id == project]
        found = found or [schedule for schedule in schedules if schedule.id.casefold() == project.casefold()]
        if len(found) != 1:
            raise _refused("RE816", project, file, f"the file has {names}")
        return found[0]
    main = [schedule for schedule in schedules if schedule.is_main] or schedules
    if len(main) > 1:
        listed = "; ".join(
            f"--project {_quoted(s.id)} ({s.name}, {counted(len(s.tasks), 'activity', 'activities')})"
            for s in main[:20]
        )
        raise _refused("RE815", f"{len(main)} projects", file, f"choose one: {listed}")
    return main[0]


def kind_of(path: Path) -> str:
    """Return which reader a file is for: ``xer``, ``xml``, or empty for all others.

    Raises
    ------
    ScenarioError
        When the file cannot be opened, is empty, or is of a kind that holds no schedule.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe could keep us waiting for ever
            raise _refused("RE101", "not a file", str(path))
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except (OSError, ValueError) as error:
        raise _refused("RE101", getattr(error, "strerror", None) or str(error), str(path)) from error
    for mark in BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    start = head.replace(b"\0", b"").lstrip()
    if not start:
        raise _refused("RE846", "no content", str(path), "the file is empty; export the schedule anew")
    if start.startswith((b"ERMHDR", b"%T\t")):
        return "xer"
    if start.startswith(b"<"):
        return "xml"
    meant = MEANT.get(path.suffix.casefold(), "")
    if meant and not start.startswith(b"MPX"):  # the content decides, whatever the name says
        raise _refused("RE846", path.name, str(path), meant)
    return ""


def _quoted(name: str) -> str:
    return name if name.isalnum() else f'"{name}"'


def _refused(code: str, value: str, file: str, cure: str = "") -> ScenarioError:
    entry = CATALOGUE[code]
    return ScenarioError(
        [Issue(code, "", rule=entry.rule, value=shortened(value), file=file, line=None, cure=cure or entry.clause)]
    )
