"""Dates into custom fields of a Microsoft Project XML file, all other bytes as they were."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from riskengine.write_back.dated_copy import Copy
from riskengine.write_back.matching import refused
from riskengine.write_back.run_dates import DATE_FIELDS, DateField, TaskDates
from riskengine.write_back.splices import Splice, spliced
from riskengine.write_back.xml_places import NARROW, Place, PlaceReader

TASK: Final = ("Project", "Tasks", "Task")
ATTRIBUTE, ATTRIBUTES = "ExtendedAttribute", "ExtendedAttributes"
FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {str(188743944 + number): f"Date{number}" for number in range(1, 11)}
)
"""The custom date fields of tasks by their numbers.

References
----------
Microsoft, Project VBA reference, enumeration ``PjField``.
"""
TASK_FIELDS: Final = range(0x0B400000, 0x0C400000)
"""Numbers of the fields of tasks; those of resources follow. A label must be unique among them."""
BEHIND_ATTRIBUTES: Final = frozenset(("Calendars", "Tasks", "Resources", "Assignments"))
BEHIND_VALUES: Final = frozenset(
    (
        *("Baseline", "OutlineCode", "IsPublished", "StatusManager", "CommitmentStart", "CommitmentFinish"),
        *("CommitmentType", "TimephasedData"),
    )
)
"""What stands behind custom fields in a task: the schema is a sequence, and Project refuses another order.

References
----------
Microsoft, XML schema for the Tasks element, mspdi_pj12.xsd.
"""
MOST_BLANKS: Final = 200
"""Characters of blanks that are looked at."""
YEARS: Final = range(1984, 2150)
"""What Project takes for a date."""


def with_dates(path: Path, tasks: Mapping[str, TaskDates]) -> Copy:
    """Return a file of Microsoft Project with dates in custom fields of its tasks.

    Fields of an earlier export are told by their labels, and their values replaced; others are fields without a
    definition, of which no task has a value.

    Parameters
    ----------
    path : Path
        A file that an import has read.
    tasks : mapping of str to TaskDates
        By the UID in the file.

    Raises
    ------
    ScenarioError
        Where no field is free, a label is taken by a field that holds no dates, or Project has no such date.
    """
    return Writer(path.read_bytes(), str(path), tasks).copy()


class Writer:
    """Writes one file: first which fields are free, then the values.

    Parameters
    ----------
    data : bytes
    file : str
        What the file is called in messages.
    tasks : mapping of str to TaskDates
    """

    def __init__(self, data: bytes, file: str, tasks: Mapping[str, TaskDates]) -> None:
        self.data, self.file, self.tasks = data, file, tasks
        self.used: set[str] = set()
        self.numbers: dict[DateField, str] = {}
        self.reused: set[DateField] = set()
        self.splices: list[Splice[bytes]] = []
        self.missing = set(tasks)
        self.codec = NARROW
        for task in tasks.values():
            for field, date in zip(DATE_FIELDS, task.dates, strict=True):
                if date is not None and date.year not in YEARS:
                    raise refused("RE735", f"{field.label} in the year {date.year}, which Project does not have", file)

    def copy(self) -> Copy:
        """Return the file with the dates."""
        root = self._read(self._note_used)
        definitions = list(root.within(ATTRIBUTES))
        self._choose(definitions)
        self._define(root, definitions)
        self._read(self._write)
        if self.missing:
            raise refused("RE735", f"no place for the task with the UID {min(self.missing)}", self.file)
        content = spliced(self.data, self.splices)
        return Copy(content, {field.label: FIELDS[self.numbers[field]] for field in DATE_FIELDS})

    def _read(self, handler: Callable[[Place], None]) -> Place:
        reader = PlaceReader(self.data, has_children, TASK, handler)
        self.codec = reader.codec
        return reader.read()

    def _note_used(self, task: Place) -> None:
        self.used |= {attribute.get("FieldID") for attribute in task.within(ATTRIBUTE)}

    def _choose(self, definitions: Sequence[Place]) -> None:
        """Choose a field for each label: the one that has it, else one that nobody uses."""
        fields = list(FIELDS)
        for attribute in (one for holder in definitions for one in holder.within(ATTRIBUTE)):
            number, alias = attribute.get("FieldID"), attribute.get("Alias")
            if number in fields:
                fields.remove(number)
            if not number.isdecimal() or int(number) not in TASK_FIELDS:
                continue
            for field in DATE_FIELDS:
                if alias.casefold() == field.label.casefold() and field not in self.numbers:
                    if number not in FIELDS:
                        name = attribute.get("FieldName") or f"the field {number}"
                        raise refused("RE735", f"{field.label!r} is the label of {name}", self.file)
                    self.numbers[field] = number
        self.reused = set(self.numbers)
        fields = [number for number in fields if number not in self.used]
        for field in DATE_FIELDS:
            if field not in self.numbers:
                if not fields:
                    raise refused("RE735", "all of Date1 to Date10 in use", self.file)
                self.numbers[field] = fields.pop(0)

    def _define(self, root: Place, definitions: Sequence[Place]) -> None:
        """Define the fields that are new."""
        fresh = [field for field in DATE_FIELDS if field not in self.reused]
        if not fresh:
            return
        blank = self._blank(root)
        deeper = deeper_by_one(blank, blank)
        prefix = root.prefix
        made = "".join(
            deeper + self._definition(field, deeper, deeper_by_one(deeper, blank), prefix) for field in fresh
        )
        if not definitions:
            text = f"{blank}<{prefix}{ATTRIBUTES}>{made}{blank}</{prefix}{ATTRIBUTES}>"
            self._insert(slot(root, BEHIND_ATTRIBUTES), text)
            return
        holder = definitions[0]
        if not holder.is_empty:
            below = "" if self._text(holder.inside, holder.inside + 8)[:1].isspace() or holder.children else blank
            self._insert(holder.children[-1].end if holder.children else holder.inside, made + below)
            return
        text = f"<{prefix}{ATTRIBUTES}>{made}{blank}</{prefix}{ATTRIBUTES}>"
        self.splices.append(Splice(holder.first, holder.end, self._encoded(text)))

    def _definition(self, field: DateField, outer: str, inner: str, prefix: str) -> str:
        number = self.numbers[field]
        texts = (("FieldID", number), ("FieldName", FIELDS[number]), ("Alias", field.label))
        return element(ATTRIBUTE, texts, outer, inner, prefix)

    def _write(self, task: Place) -> None:
        """Put the dates of a task in, and take those of an earlier export out."""
        uid = task.get("UID")
        dates = self.tasks.get(uid, TaskDates("", (None,) * len(DATE_FIELDS))).dates
        self.missing.discard(uid)
        blank = self._blank(task)
        inner = deeper_by_one(blank, self._blank_before(task))
        new = ""
        for field, date in zip(DATE_FIELDS, dates, strict=True):
            number = self.numbers[field]
            text = "" if date is None else self._value(number, date, blank, inner=inner, prefix=task.prefix)
            earlier = [one for one in task.within(ATTRIBUTE) if one.get("FieldID") == number]
            for one in earlier[1 if text else 0 :]:
                self._remove(one, task)
            if text and earlier:
                self.splices.append(Splice(earlier[0].first, earlier[0].end, self._encoded(text)))
            elif text:
                new += blank + text
        if new:
            attributes = list(task.within(ATTRIBUTE))
            self._insert(attributes[-1].end if attributes else slot(task, BEHIND_VALUES), new)

    def _value(self, number: str, date: datetime, outer: str, *, inner: str, prefix: str) -> str:
        texts = (("FieldID", number), ("Value", date.isoformat(timespec="seconds")))
        return element(ATTRIBUTE, texts, outer, inner, prefix)

    def _remove(self, one: Place, task: Place) -> None:
        """Take an element out, with the blanks before it."""
        first = max([task.inside, *(child.end for child in task.children if child.end <= one.first)])
        if self._text(first, one.first).strip():
            first = one.first
        self.splices.append(Splice(first, one.end, b""))

    def _insert(self, place: int, text: str) -> None:
        self.splices.append(Splice(place, place, self._encoded(text)))

    def _encoded(self, text: str) -> bytes:
        return text.encode(self.codec)

    def _text(self, first: int, end: int) -> str:
        return self.data[first:end].decode(self.codec, "replace")

    def _blank(self, holder: Place) -> str:
        """Return the blanks before the children of an element."""
        return blanks(self._text(holder.inside, holder.children[0].first)) if holder.children else ""

    def _blank_before(self, place: Place) -> str:
        """Return the blanks before an element."""
        text = self._text(max(0, place.first - 2 * MOST_BLANKS), place.first)
        return text[len(text.rstrip()) :]


def has_children(path: tuple[str, ...]) -> bool:
    """Whether the children of an element are looked at."""
    match path:
        case [_] | [_, "ExtendedAttributes"] | [_, "Tasks"] | [_, "Tasks", "Task"]:
            return True
        case [_, "ExtendedAttributes", "ExtendedAttribute"] | [_, "Tasks", "Task", "ExtendedAttribute"]:
            return True
    return False


def slot(holder: Place, behind: frozenset[str]) -> int:
    """Return where an element goes that stands before those of some names: behind the last child before them."""
    place = holder.inside
    for child in holder.children:
        if child.tag in behind:
            break
        place = child.end
    return place


def blanks(text: str) -> str:
    """Return a text that is blanks alone, else none."""
    return text if not text.strip() and len(text) <= MOST_BLANKS else ""


def deeper_by_one(outer: str, other: str) -> str:
    """Return the blanks of the next level: those of a level, with what it has more than the one above it."""
    if not outer:
        return ""
    step = outer.removeprefix(other) if other != outer and outer.startswith(other) else ""
    indent = re.split(r"[\r\n]", outer)[-1]
    return outer + (step or indent)


def element(tag: str, texts: Sequence[tuple[str, str]], outer: str, inner: str, prefix: str) -> str:
    """Return an element with plain fields, laid out as its neighbours are."""
    fields = "".join(f"{inner}<{prefix}{name}>{text}</{prefix}{name}>" for name, text in texts)
    return f"<{prefix}{tag}>{fields}{outer}</{prefix}{tag}>"
