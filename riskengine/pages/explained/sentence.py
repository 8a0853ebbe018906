"""A sentence that knows its numbers: where in it each stands, and in which table, row and column it is found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from string import Formatter
from typing import Any

from riskengine.report.reading import finite

MANIFEST = "manifest"
"""In place of a table: the number is a key of ``manifest.json``."""
ROWS = "*"
"""In place of a column: the number says how many rows have the values of the row key."""


@dataclass(frozen=True)
class Place:
    """Where a number is found.

    Parameters
    ----------
    table : str
        Of the run, or :data:`MANIFEST`.
    row : mapping of str to str, float or bool
        Columns of the table with the values that the row has there; empty for a table of one row.
    column : str
        Or :data:`ROWS`.
    """

    table: str
    row: Mapping[str, Any]
    column: str


@dataclass(frozen=True)
class Number:
    """A number, a date or an amount of a sentence.

    Parameters
    ----------
    text : str
        As it is written.
    place : Place
        Where it is found.
    value : object
        What is found there.
    form : str
        How it is written: ``date``, ``moment`` (as somebody wrote it), ``beginning`` (the day that an instant
        begins), ``days`` and ``money`` without their sign, ``amount`` with it, ``limit``, ``share``, ``percent``,
        ``percentile``, ``wish``, ``level``, ``count`` or ``text``.
    ends : mapping of str to object
        The columns of its interval with their values; empty where it has none, or is known exactly.
    spread : str
        The interval as it is written behind the number, in brackets; empty where it is not.
    """

    text: str
    place: Place
    value: Any
    form: str
    ends: Mapping[str, Any]
    spread: str = ""
    start: int = 0

    @property
    def written(self) -> str:
        """The number with its interval, as they stand in the sentence."""
        return f"{self.text} ({self.spread})" if self.spread else self.text

    @property
    def document(self) -> dict[str, Any]:
        """The number for JSON."""
        return {
            "text": self.text,
            "start": self.start,
            "interval": self.spread,
            "form": self.form,
            "table": self.place.table,
            "row": {key: portable(value) for key, value in self.place.row.items()},
            "column": self.place.column,
            "value": portable(self.value),
            "ends": {column: portable(value) for column, value in self.ends.items()},
        }


@dataclass(frozen=True)
class Name:
    """A name that somebody gave a task, a risk or a gate, cleaned; whatever digits it has are no number of ours."""

    text: str
    start: int = 0

    @property
    def written(self) -> str:
        """The name."""
        return self.text

    @property
    def document(self) -> dict[str, Any]:
        """The name for JSON."""
        return {"text": self.text, "start": self.start}


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a part of one.

    Parameters
    ----------
    text : str
    numbers : sequence of Number
    names : sequence of Name
    """

    text: str
    numbers: Sequence[Number] = ()
    names: Sequence[Name] = ()

    @property
    def written(self) -> str:
        """The sentence as a part of another one."""
        return self.text

    @property
    def document(self) -> dict[str, Any]:
        """The sentence for JSON."""
        return {
            "text": self.text,
            "numbers": [number.document for number in self.numbers],
            "names": [name.document for name in self.names],
        }


Part = Number | Name | Sentence


def compose(pattern: str, parts: Mapping[str, Part]) -> Sentence:
    """Put numbers, names and sentences in their places of a pattern.

    Parameters
    ----------
    pattern : str
        With places in braces, as ``str.format`` has them.
    parts : mapping of str to Number, Name or Sentence
    """
    text, numbers, names = "", [], []
    for literal, field, _, _ in Formatter().parse(pattern):
        text += literal
        if field is None:
            continue
        part = parts[field]
        if isinstance(part, Number):
            numbers.append(replace(part, start=len(text)))
        elif isinstance(part, Name):
            names.append(replace(part, start=len(text)))
        else:
            numbers += [replace(number, start=number.start + len(text)) for number in part.numbers]
            names += [replace(name, start=name.start + len(text)) for name in part.names]
        text += part.written
    return Sentence(text, numbers, names)


def portable(value: Any) -> Any:
    """Return a value of a table as JSON has it: an instant as text, and nothing where there is no number."""
    if isinstance(value, datetime):
        return value.isoformat()
    return finite(value) if isinstance(value, float) else value
