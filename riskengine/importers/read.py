"""Reading a schedule of whatever tool: which reader is told from what the file holds, never from its name."""

import os
import stat
from pathlib import Path
from typing import Final

from riskengine.errors import Issue, ScenarioError, shortened
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted
from riskengine.importers import mpxj, msproject, p6
from riskengine.importers.importer import Importer, ImportOptions
from riskengine.importers.neutral import ImportedSchedule
from riskengine.importers.xml.stream import Stream, fault, root_tag

HEAD: Final = 4096
TABLE_MEANT: Final = (
    "work items need --map and --as-of, a register goes with --register, "
    "and a table of tasks is named by tasks_file in a scenario"
)
MEANT: Final = {
    ".xlsx": TABLE_MEANT,
    ".xlsm": TABLE_MEANT,
    ".csv": TABLE_MEANT,
    ".tsv": TABLE_MEANT,
    ".json": "work items of Jira, GitHub or Trello need --map and --as-of",
    ".toml": "this is a scenario already: riskengine check reads it",
}
"""What files are for that no converter reads, by the ending of their names."""
NO_OPTIONS: Final = ImportOptions()
BYTE_ORDER_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

IMPORTERS: Final = (p6.XER, p6.PMXML, msproject.MSPDI, mpxj.OTHER_XML, mpxj.ANY)
"""Every format, the last one for what no other recognises."""


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
    place, options = Path(path), ImportOptions(encoding, with_user_fields)
    start = first_bytes(place)
    if start.startswith(b"<"):
        return read_xml(place, str(place), options)
    importer = importer_of_start(start)
    meant = MEANT.get(place.suffix.casefold(), "")
    if importer is None and meant:  # the content decides, whatever the name says
        raise _refused("RE846", place.name, str(place), meant)
    return (importer or IMPORTERS[-1]).read(place, str(place), options)


def may_be_table(path: Path) -> bool:
    """Return whether a file is no schedule by what it begins with, and a table or a text of items by its name."""
    meant = MEANT.get(path.suffix.casefold(), "")
    if not meant or path.suffix.casefold() == ".toml":
        return False
    start = first_bytes(path)
    return not start.startswith(b"<") and importer_of_start(start) is None


def read_xml(path: Path, file: str, options: ImportOptions = NO_OPTIONS) -> list[ImportedSchedule]:
    """Return the projects of an XML file; kinds that have no reader here go through MPXJ.

    Parameters
    ----------
    path : Path
        The file to read.
    file : str
        What it is called in messages.
    options : ImportOptions

    Raises
    ------
    ScenarioError
        With every fault found, each with its line.
    """
    root = root_tag(path, file)
    importer = importer_of_root(root)
    if importer is None:
        # Tells what is wrong with it, where it is no XML at all.
        line = Stream(path, file, {}, {}, frozenset()).read().line
        raise ScenarioError([fault("RE834", f"<{root}>", file, line)])
    return importer.read(path, file, options)


def importer_of_start(start: bytes) -> Importer | None:
    """Return the importer of files that begin so and are no XML; None where no signature is known."""
    return next((importer for importer in IMPORTERS if start.startswith(importer.signatures)), None)


def importer_of_root(root: str) -> Importer | None:
    """Return the importer of XML files with such a root; None where there is none."""
    return next((importer for importer in IMPORTERS if root in importer.roots), None)


def choose(schedules: list[ImportedSchedule], project: str, file: str) -> ImportedSchedule:
    """Return the project that was asked for, or the only one, or the only one that was exported for its own sake.

    Raises
    ------
    ScenarioError
        When there is no such project, or several that could be meant.
    """
    names = ", ".join(schedule.id for schedule in schedules[:20])
    if project:
        matches = [schedule for schedule in schedules if schedule.id == project]
        matches = matches or [schedule for schedule in schedules if schedule.id.casefold() == project.casefold()]
        if len(matches) != 1:
            raise _refused("RE816", project, file, f"the file has {names}")
        return matches[0]
    main = [schedule for schedule in schedules if schedule.is_main] or schedules
    if len(main) > 1:
        listed = "; ".join(f"--project {_quoted(s.id)} ({s.name}, {counted(len(s.tasks), 'task')})" for s in main[:20])
        raise _refused("RE815", counted(len(main), "project"), file, f"choose one: {listed}")
    return main[0]


def first_bytes(path: Path) -> bytes:
    """Return what a file begins with, without a byte order mark, zeros and blanks.

    Raises
    ------
    ScenarioError
        When the file cannot be opened, or is empty.
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
    return start


def _quoted(name: str) -> str:
    return name if name.isalnum() else f'"{name}"'


def _refused(code: str, value: str, file: str, cure: str = "") -> ScenarioError:
    entry = CATALOGUE[code]
    return ScenarioError(
        [Issue(code, "", rule=entry.rule, value=shortened(value), file=file, line=None, cure=cure or entry.clause)]
    )
