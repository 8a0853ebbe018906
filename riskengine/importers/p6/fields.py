"""Fields of XER rows as values: every fault is collected with its line, so that all are told at once."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from riskengine.errors import Issue
from riskengine.errors.catalogue import CATALOGUE
from riskengine.importers.collected_faults import CollectedFaults
from riskengine.importers.p6.tables import Row

FIRST_YEAR, LAST_YEAR = 1901, 2999
LARGEST: Final = 1e12
NO_DATE: Final = "1899-12-30"
"""Day 0 of Delphi, in which P6 was written: how some exports write that there is no date."""

MOST_KEPT: Final = 50_000
NUMBER: Final = re.compile(r"[+-]?(\d{1,18}([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?")
INSTANT: Final = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.\d*)?)?)?")


class Fields(CollectedFaults):
    """Read fields of rows, collect what is wrong with them, and count what is only odd.

    Parameters
    ----------
    file : str
        What the file is called in messages.
    """

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.odd: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        # The same few numbers and dates come again and again.
        self._numbers: dict[str, float] = {}
        self._instants: dict[str, datetime] = {}

    def fault(self, code: str, row: Row, name: str, value: str) -> None:
        """Collect a fault."""
        path = f"{row.table.name}.{name}" if name else row.table.name
        entry = CATALOGUE[code]
        self.collect(
            Issue(code, path, rule=entry.rule, value=value[:120], file=self.file, line=row.line, cure=entry.clause)
        )

    def note(self, what: str, where: str) -> None:
        """Count something that was simplified; the first place is named."""
        self.odd[what] += 1
        self.first.setdefault(what, where)

    def notes(self) -> list[str]:
        """What was counted, one sentence each, in the order of the first."""
        notes = []
        for what, first in self.first.items():
            count = self.odd[what]
            where = f" ({first})" if count == 1 else f" ({count} of them, the first is {first})"
            notes.append(what + (where if first else ""))
        return notes

    def number(self, row: Row, name: str, default: float | None = None) -> float | None:
        """Return a finite number; the default where the field is empty. Some files have decimal commas."""
        text = row.get(name)
        if not text:
            return default
        value = self._numbers.get(text)
        if value is not None:
            return value
        if NUMBER.fullmatch(text):
            value = float(text.replace(",", "."))
            if math.isfinite(value) and abs(value) <= LARGEST:
                if len(self._numbers) < MOST_KEPT:
                    self._numbers[text] = value
                return value
        self.fault("RE808", row, name, text)
        return default

    def hours(self, row: Row, name: str) -> float | None:
        """Return hours, not below zero; None where the field is empty."""
        value = self.number(row, name)
        if value is not None and value < 0:
            self.fault("RE808", row, name, row.get(name))
            return None
        return value

    def instant(self, row: Row, name: str) -> datetime | None:
        """Return a date and time; None where the field is empty."""
        text = row.get(name)
        if not text or text.startswith(NO_DATE):
            return None
        earlier = self._instants.get(text)
        if earlier is not None:
            return earlier
        match = INSTANT.fullmatch(text)
        if match is not None:
            try:
                instant = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
            except ValueError:
                match = None
            else:
                if FIRST_YEAR <= instant.year <= LAST_YEAR:
                    if len(self._instants) < MOST_KEPT:
                        self._instants[text] = instant
                    return instant
        self.fault("RE809", row, name, text)
        return None

    def choice(self, row: Row, name: str, choices: Mapping[str, str], default: str) -> str:
        """Return what a field's word stands for; the default, with a note, where it is not known."""
        text = row.get(name)
        if text and text not in choices:
            self.note(
                f"{row.table.name}.{name} {text[:40]!r} is not known and was taken for {default}", f"line {row.line}"
            )
        return choices.get(text, default)
