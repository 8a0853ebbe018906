"""The words and the notation of a page in one language, read from a file of `languages/`."""

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from riskengine.errors import UsageError
from riskengine.report.text import notation
from riskengine.report.text.speech import PHRASES, Speech

FOLDER = Path(__file__).resolve().parent / "languages"
ENGLISH = "en"
ENDS: tuple[notation.End, notation.End] = ("low", "high")


@dataclass(frozen=True)
class Language:
    """What a page says, and how it writes numbers and dates.

    Parameters
    ----------
    code : str
        As HTML has it: ``en``, ``de``.
    words : dict of str to str
        Texts by key, with places for values in braces.
    decimal, thousands : str
        What stands in a number in place of the point and the comma.
    percent, day_pattern : str
        Patterns of a percentage and of a date.
    months : tuple of str
        Twelve names.
    phrases : mapping of str to str
        Those that sentences about a run are made of: :data:`riskengine.report.text.speech.PHRASES` in this language.
    """

    code: str
    words: dict[str, str]
    decimal: str
    thousands: str
    percent: str
    day_pattern: str
    months: tuple[str, ...]
    phrases: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Return the text of a key with its values.

        Raises
        ------
        KeyError
            When the language has no such text, or the text asks for a value that is missing.
        """
        return self.words[key].format(**values)

    def term(self, prefix: str, text: str) -> str:
        """Return a word of the results in this language, as it is where it is none that is known."""
        return self.words.get(prefix + text, text)

    @property
    def speech(self) -> Speech:
        """The language of sentences about a run."""
        return Speech(self.phrases, self.local, self.moment)

    def local(self, number: str) -> str:
        """Return a number that was written in English as this language writes it."""
        swapped = number.translate({ord("."): self.decimal, ord(","): self.thousands})
        return self.percent.format(swapped[:-1]) if swapped.endswith("%") else swapped

    def count(self, number: int) -> str:
        """Return a whole number with its thousands."""
        return self.local(f"{number:,}")

    def plain(self, value: float | None, digits: int) -> str:
        """Return a number with so many decimals."""
        if value is None or not math.isfinite(value):
            return notation.UNKNOWN
        return self.local(f"{value + 0.0:,.{digits}f}")

    def day(self, value: date | datetime | None) -> str:
        """Return the day that people say of an instant; see :func:`riskengine.report.text.notation.last_day`."""
        if value is None:
            return notation.UNKNOWN
        day = notation.last_day(value)
        return self.day_pattern.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def moment(self, value: datetime) -> str:
        """Return a threshold as somebody wrote it: the day, and the time where its end is not meant."""
        if value.hour == value.minute == value.second == 0:
            return self.day(value)
        return f"{self.day(value)} {value:{'%H:%M:%S' if value.second else '%H:%M'}}"

    def span(self, low: datetime | None, high: datetime | None) -> str:
        """Return an interval of days, open where it has no end; a year that both ends share is said once."""
        first, last = (None if end is None else self.day(end) for end in (low, high))
        if first is None or last is None or low is None or high is None:
            return self.ends(first, last)
        year = notation.last_day(high).year
        is_one_year = notation.last_day(low).year == year
        return last if first == last else self.ends(first.removesuffix(f" {year}") if is_one_year else first, last)

    def days_within(self, days: Collection[date]) -> str:
        """Return the first and the last of some days, each whole; the one day where they are the same."""
        first, last = self.day(min(days)), self.day(max(days))
        return first if first == last else self.ends(first, last)

    def ends(self, low: str | None, high: str | None) -> str:
        """Return an interval in words; nothing without ends."""
        if low is not None and high is not None:
            return self.say("interval.both", low=low, high=high)
        if low is not None:
            return self.say("interval.from", low=low)
        return "" if high is None else self.say("interval.to", high=high)

    def tenths(self, value: float | None, signed: bool = False, finer: int = 0, end: notation.End = "") -> str:
        """Return a number of working days to a tenth, without its unit."""
        return self.local(notation.days(value, signed, 1 + finer, end, unit=""))

    def days(self, value: float | None, signed: bool = False, finer: int = 0, end: notation.End = "") -> str:
        """Return working days to a tenth."""
        number = self.tenths(value, signed, finer, end)
        return number if number == notation.UNKNOWN else self.say("unit.days", number=number)

    def money(
        self, value: float | None, currency: str, signed: bool = False, finer: int = 0, end: notation.End = ""
    ) -> str:
        """Return money with its currency, whose name is none of ours."""
        amount = self.local(notation.money(value, "", signed, finer, end))
        return amount if amount == notation.UNKNOWN else f"{amount} {notation.clean(currency)}".rstrip()

    def limit(self, value: float, currency: str) -> str:
        """Return money that somebody wrote down as a limit, to its last digit."""
        return f"{self.local(notation.limit(value, ''))} {notation.clean(currency)}".rstrip()

    def chance(self, value: float | None, against: float | None = None, end: notation.End = "") -> str:
        """Return a probability in percent, never like what it is compared with while they differ."""
        return self.local(notation.chance(value, against, end))

    def days_estimate(
        self, value: float | None, low: float | None, high: float | None, signed: bool = False
    ) -> tuple[str, str]:
        """Return working days, and their interval, which is never narrower than it is."""
        number, ends = self.tenths_estimate(value, low, high, signed)
        return number if number == notation.UNKNOWN else self.say("unit.days", number=number), ends

    def tenths_estimate(
        self, value: float | None, low: float | None, high: float | None, signed: bool = False
    ) -> tuple[str, str]:
        """Return a number to a tenth without its unit, and its interval, which is never narrower than it is."""
        if value is None:
            return notation.UNKNOWN, ""

        def show(number: float, finer: int, end: notation.End) -> str:
            return self.tenths(number, signed, finer, end)

        return notation.estimate(value, low, high, show=show, show_end=show, joined=self.ends)

    def money_estimate(
        self, value: float | None, low: float | None, high: float | None, currency: str, signed: bool = False
    ) -> tuple[str, str]:
        """Return money, and its interval without the currency, which is never narrower than it is."""
        if value is None:
            return notation.UNKNOWN, ""

        def show(amount: float, finer: int, end: notation.End) -> str:
            return self.money(amount, currency, signed, finer, end)

        def show_end(amount: float, finer: int, end: notation.End) -> str:
            return self.money(amount, "", signed, finer, end)

        return notation.estimate(value, low, high, show=show, show_end=show_end, joined=self.ends)

    def chance_estimate(
        self, value: float | None, low: float | None, high: float | None, against: float | None = None
    ) -> tuple[str, str]:
        """Return a probability, and its interval, which is never narrower than it is."""
        is_exact = low == high
        ends = [
            None if share is None else self.chance(share, against, "" if is_exact else end)
            for share, end in zip((low, high), ENDS, strict=True)
        ]
        return self.chance(value, against), self.ends(ends[0], ends[1])

    def confidence(self, confidence: float) -> str:
        """Return a confidence that somebody wrote down, exactly."""
        return self.local(f"{notation.confidence_in_hundred(confidence)}%")


def language_codes() -> list[str]:
    """Languages that a page can be written in."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def read_language(code: str) -> Language:
    """Return a language by its code.

    Raises
    ------
    UsageError
        When there is no file of that name.
    """
    if code not in language_codes():
        names = ", ".join(language_codes())
        raise UsageError(f"no language {notation.short_name(code)!r}", "RE943", f"there are {names}")
    content: dict[str, Any] = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    notations = content["notation"]
    return Language(
        code=code,
        words=content["words"],
        decimal=notations["decimal"],
        thousands=notations["thousands"],
        percent=notations["percent"],
        day_pattern=notations["day"],
        months=tuple(notations["months"]),
        phrases=content.get("sentences", PHRASES),
    )
