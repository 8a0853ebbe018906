"""Fields of an XML record as values: every fault is collected with its line, so that all are told at once."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from riskengine.errors.counting import counted
from riskengine.importers.collected_faults import CollectedFaults
from riskengine.importers.xml.durations import DayLengths, parse_duration
from riskengine.importers.xml.stream import Element, fault

FIRST_YEAR, LAST_YEAR = 1901, 2199
MOST_ZONES = 3
"""Time zones that a note names."""
# With the zone that some tools append: schedules keep local time, so that it is left out with a note.
INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d))?(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")


class Fields(CollectedFaults):
    """Read fields of records of one file, and collect what is wrong with them.

    Parameters
    ----------
    file : str
        What the file is called in messages.

    Attributes
    ----------
    day_lengths : DayLengths
        How long the project works in a day, a week and a month, which the head of the file says.
    is_midnight_no_time : bool
        Whether 00:00 stands for a date without a time, as in what is made of files that keep days only.
    has_dated_durations : bool
        Whether any duration so far was written in days or longer units, so that `day_lengths` mattered.
    """

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.day_lengths = DayLengths()
        self.has_dated_durations = False
        self.is_midnight_no_time = False
        self.odd: Counter[str] = Counter()
        self.zones: Counter[str] = Counter()

    def fault(self, code: str, value: str, line: int | None, path: str = "") -> None:
        """Collect a fault."""
        self.collect(fault(code, value, self.file, line, path))

    def instant(self, record: Element, tag: str, *, is_finish: bool = False) -> datetime | None:
        """Return a date and time, to the second; None where the field is absent or empty.

        A date without a time is the beginning of that day, and its end where it is a finish.
        """
        text = record.get(tag)
        if not text or text == "NA":
            return None
        match = INSTANT.fullmatch(text)
        if match is not None:
            day, clock, seconds, zone = match.groups()
            try:
                instant = datetime.fromisoformat(f"{day}T{clock or '00:00'}:{seconds or '00'}")
            except ValueError:
                match = None
            else:
                has_no_time = clock is None or (self.is_midnight_no_time and clock == "00:00")
                if zone:
                    self.zones[zone] += 1
                if FIRST_YEAR <= instant.year <= LAST_YEAR:
                    return instant + timedelta(days=1) if is_finish and has_no_time else instant
        self.fault("RE835", text, record.first[tag].line, f"{record.tag}.{tag}")
        return None

    def iso_hours(
        self, record: Element, tag: str, *, is_elapsed: bool = False, may_be_negative: bool = False
    ) -> float | None:
        """Return hours from an ISO 8601 duration, such as PT8H30M0S; None where the field is absent or empty.

        Days, weeks, months and years count the working hours of the project, or around the clock where the format
        of the field is elapsed.
        """
        text = record.get(tag)
        if not text:
            return None
        duration = parse_duration(text)
        total = 0.0 if duration is None else duration.total(self.day_lengths, is_elapsed)
        if duration is None or (total < 0 and not may_be_negative):
            self.fault("RE836", text, record.first[tag].line, f"{record.tag}.{tag}")
            return None
        self.has_dated_durations |= duration.has_dated_part and not is_elapsed
        return total

    def hours(self, record: Element, tag: str) -> float | None:
        """Return a plain number of hours, 0 or more; None where the field is absent or empty."""
        text = record.get(tag)
        if not text:
            return None
        value = number_of(text)
        if value is None or value < 0:
            self.fault("RE836", text, record.first[tag].line, f"{record.tag}.{tag}")
            return None
        return value

    def number(self, record: Element, tag: str, default: float | None = None) -> float | None:
        """Return a finite number; the default where the field is absent or empty."""
        text = record.get(tag)
        if not text:
            return default
        value = number_of(text)
        if value is None:
            self.fault("RE837", text, record.first[tag].line, f"{record.tag}.{tag}")
            return default
        return value

    def side_number(self, record: Element, tag: str) -> float | None:
        """Return a number that decides no date, such as a cost: what is no number is counted and left out."""
        text = record.get(tag)
        value = number_of(text) if text else None
        if text and value is None:
            self.odd[f"{record.tag}.{tag}"] += 1
        return value

    def side_hours(self, record: Element, tag: str, *, is_elapsed: bool = False) -> float | None:
        """Return hours that decide no date of themselves, such as work: what is no duration is counted and left out."""
        text = record.get(tag)
        duration = parse_duration(text) if text else None
        total = None if duration is None else duration.total(self.day_lengths, is_elapsed)
        if duration is None or total is None or total < 0:
            self.odd[f"{record.tag}.{tag}"] += bool(text)
            return None
        self.has_dated_durations |= duration.has_dated_part and not is_elapsed
        return total

    def notes(self) -> list[str]:
        """Return what was left out because it was no number and no duration, and time zones."""
        zones = [f"{zone} ({count})" for zone, count in self.zones.most_common(MOST_ZONES)]
        more = [f"{len(self.zones) - MOST_ZONES} more"] if len(self.zones) > MOST_ZONES else []
        left_out = "time zones of dates left out, as their times stand in the file: "
        return [f"{left_out}{', '.join(zones + more)}"] * bool(zones) + [
            f"{counted(count, 'value')} of {path} left out: "
            + ("it is no number" if count == 1 else "they are no numbers")
            for path, count in sorted(self.odd.items())
            if count
        ]

    def integer(self, record: Element, tag: str, default: int = 0) -> int:
        """Return a whole number; the default where the field is absent or empty."""
        value = self.number(record, tag)
        if value is None:
            return default
        if value != int(value) or abs(value) > 1e12:
            self.fault("RE837", record.get(tag), record.first[tag].line, f"{record.tag}.{tag}")
            return default
        return int(value)

    def flag(self, record: Element, tag: str, default: bool = False) -> bool:
        """Return a yes or no, written as 1 or 0, true or false, or Y or N."""
        text = record.get(tag).lower()
        if not text:
            return default
        if text not in ("0", "1", "true", "false", "y", "n"):
            self.fault("RE837", text, record.first[tag].line, f"{record.tag}.{tag}")
            return default
        return text in ("1", "true", "y")

    def choice(self, record: Element, tag: str, choices: Mapping[str, str], default: str) -> str:
        """Return what a field's value stands for; the default where the field is absent or empty."""
        text = record.get(tag)
        if not text:
            return default
        if text not in choices:
            self.fault("RE837", text, record.first[tag].line, f"{record.tag}.{tag}")
            return default
        return choices[text]

    def required(self, record: Element, tag: str) -> str:
        """Return the text of a field that must be there, or the empty string, with a fault."""
        text = record.get(tag)
        if not text:
            self.fault("RE838", "", record.line, f"{record.tag}.{tag}")
        return text


def number_of(text: str) -> float | None:
    """Return a finite number that a text stands for, or None."""
    if len(text) > 64 or not text.isascii() or "_" in text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
