"""A document whose places know the file and the line that they stand at."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from riskengine.errors import Issue
from riskengine.scenario.document.migrate import FORMER
from riskengine.scenario.grammar.locate import Lines, locate_toml
from riskengine.scenario.grammar.locate_json import locate_json
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place, dotted


class Located(Protocol):
    """Whatever can tell the line that a place of the document is given at."""

    @property
    def file(self) -> str:
        """What it is called in a fault."""

    def line(self, place: Place) -> int | None:
        """Return the line a place is given at, None where it is not given there."""


@dataclass(slots=True)
class Source:
    """One scenario file: its text, kept to find lines in it once there is a fault."""

    file: str
    text: str
    lines: Lines | None = None

    def line(self, place: Place) -> int | None:
        """Return the line a place is given at in this file."""
        if self.lines is None:
            self.lines = locate_json(self.text) if self.file.casefold().endswith(".json") else locate_toml(self.text)
        line = self.lines.first.get(place)
        return line if line is not None or place not in FORMER else self.lines.first.get(FORMER[place])


@dataclass(slots=True)
class Document:
    """What a scenario's files say together, and where each says it.

    Attributes
    ----------
    data : dict or None
        The merged document, None where a file could not be read at all.
    project : object
        Name of the file at the root of the chain of extends, which keys the streams of random numbers.
    root : dict or None
        What that file says alone, None where the file that is read extends no other.
    sources : list
        Files and tables, those laid over others first.
    files : list of Path
        Every file that another one names: what it extends, tables, registers and their mappings.
    """

    data: dict[str, Any] | None = None
    project: object = None
    root: dict[str, Any] | None = None
    sources: list[Located] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    def issues(self, faults: Faults, file: str) -> list[Issue]:
        """Return the faults with their places, sorted by file and line."""
        order = {source.file: index for index, source in enumerate(self.sources)}
        issues = []
        for fault in faults.all:
            name, line = fault.file, fault.line
            if line is None:
                name, line = self.locate(fault.place, fault.file or None, file)
            path = fault.path or dotted(fault.place)
            issues.append(
                Issue(
                    fault.code,
                    path,
                    fault.rule,
                    fault.value,
                    file=name,
                    line=line,
                    cure=fault.cure,
                    excerpt=fault.excerpt,
                )
            )
        issues = list(dict.fromkeys(issues))
        issues.sort(key=lambda issue: (order.get(issue.file, -1), issue.line or 0))
        return issues

    def locate(self, place: Place, only: str | None, file: str) -> tuple[str, int | None]:
        """Return the file and line of a place, or of the nearest thing around it."""
        for length in range(len(place), 0, -1):
            for source in self.sources:
                if only is None or source.file == only:
                    line = source.line(place[:length])
                    if line is not None:
                        return source.file, line
        name = only or file
        return name, 1 if any(source.file == name for source in self.sources) else None
