"""The formats that dates are written back in, and how a file is read, matched and written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from riskengine.errors import UsageError, shortened
from riskengine.importers import ImportedSchedule
from riskengine.importers.read import first_bytes, importer_of_root, importer_of_start
from riskengine.importers.xml.stream import root_tag
from riskengine.write_back.dated_copy import Copy
from riskengine.write_back.matching import Matching, match, project_of, refused
from riskengine.write_back.run_dates import ImportedRun, TaskDates


@dataclass(frozen=True, slots=True)
class Target:
    """A format that dates are written back in.

    Parameters
    ----------
    scheme : str
        What a place begins with, before a colon.
    importer : str
        Name of the importer that reads such files.
    read : callable
        From a file and its encoding to its projects.
    write : callable
        From a file, its encoding, and what the run says of its tasks by their keys, to its copy.
    """

    scheme: str
    importer: str
    read: Callable[[Path, str], Sequence[ImportedSchedule]]
    write: Callable[[Path, str, Mapping[str, TaskDates]], Copy]


def _read(path: Path, encoding: str) -> Sequence[ImportedSchedule]:
    from riskengine.importers import read_schedule

    return read_schedule(path, encoding=encoding)


def _write_xer(path: Path, encoding: str, tasks: Mapping[str, TaskDates]) -> Copy:
    from riskengine.write_back.xer import with_dates

    return with_dates(path, encoding, tasks)


def _write_mspdi(path: Path, _: str, tasks: Mapping[str, TaskDates]) -> Copy:
    from riskengine.write_back.mspdi import with_dates

    return with_dates(path, tasks)


TARGETS: Final = (
    Target("xer", "Primavera P6 XER", _read, _write_xer),
    Target("mspdi", "Microsoft Project XML", _read, _write_mspdi),
)


def target_named(text: str) -> tuple[Target, Path]:
    """Return format and file that a text such as ``xer:out.xer`` names.

    Raises
    ------
    UsageError
        When there is no such format, or no file.
    """
    scheme, _, place = text.partition(":")
    target = next((target for target in TARGETS if target.scheme == scheme), None)
    if target is None or not place:
        raise UsageError(f"{shortened(text)} names no FILE of {' or '.join(one.scheme for one in TARGETS)}", "RE722")
    return target, Path(place)


def write_back(target: Target, source: Path, run: ImportedRun, encoding: str = "") -> tuple[Copy, Matching]:
    """Return the copy of a file with the dates of a run in it, and how their tasks match.

    Parameters
    ----------
    target : Target
    source : Path
        The file that the scenario was imported from.
    run : ImportedRun
    encoding : str
        Encoding of an XER file, or empty to find out.

    Raises
    ------
    ScenarioError
        When it cannot be read, is of another format or another plan, or has no place for the dates.
    """
    name = importer_of(source)
    if name != target.importer:
        raise refused("RE734", name, str(source))
    matching = match(project_of(target.read(source, encoding), run, str(source)), run, str(source))
    return target.write(source, encoding, matching.tasks), matching


def importer_of(path: Path) -> str:
    """Return what an import would take a file for."""
    start = first_bytes(path)
    if start.startswith(b"<"):
        root = root_tag(path, str(path))
        importer, other = importer_of_root(root), f"<{shortened(root)}>"
    else:
        importer, other = importer_of_start(start), "another file"
    return other if importer is None else importer.name
