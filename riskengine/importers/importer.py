"""What an importer is: how a file of its format is recognised, and what reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from riskengine.importers.neutral import ImportedSchedule


class ImportOptions(NamedTuple):
    """What the user asks of an import, whatever the format.

    Parameters
    ----------
    encoding : str
        Encoding of a file that does not state its own, or empty to find out.
    with_user_fields : bool
        Whether the user fields of tasks are read, too, which ranges may come from.
    """

    encoding: str = ""
    with_user_fields: bool = False


Reader = Callable[[Path, str, ImportOptions], list[ImportedSchedule]]
"""From a file, what it is called in messages, and options to at least one project; raises ScenarioError."""


@dataclass(frozen=True, slots=True)
class Importer:
    """A format that schedules are read from; its folder declares it, and `read.py` lists it.

    Parameters
    ----------
    name : str
        The format, as its tool calls it.
    read : callable
        Loads what it needs when it is called.
    signatures : tuple of bytes
        What the bytes of a file begin with, one of them, after a byte order mark and blanks.
    roots : tuple of str
        What the root element of an XML file is called, one of them.
    """

    name: str
    read: Reader
    signatures: tuple[bytes, ...] = ()
    roots: tuple[str, ...] = ()
