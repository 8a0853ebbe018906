"""Times and plain numbers in cells: ``12``, ``1,5``, ``2w 3d``; the unit is told, never guessed by size."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from riskengine.importers.items.spelling import key_of
from riskengine.scenario.tables.digits import GAPS, digits
from riskengine.scenario.tables.sheets import Odd, Value, cell_text
from riskengine.scenario.tables.spelling import TIMES as WORDS_OF_TIME
from riskengine.scenario.tables.spelling import spread

MORE_WORDS: Final[Mapping[str, str]] = spread(
    {
        "s,sec,secs,second,seconds,sekunde,sekunden,segundo,segundos,seconde,secondes": "s",
        "ms,millisecond,milliseconds": "ms",
        "m,min,mins,minute,minutes,minuten,minuto,minutos": "min",
        "hora,horas,person hours,man hours,personenstunden,horas hombre,ph,mh": "h",
        "dia,dias,person days,man days,personentage,pt,pd,md,dy,dys,days?,day?,d?": "d",
        "semana,semanas,w?,wk?,wks?": "w",
        "mes,meses": "mo",
        "edy,edays?,elapsed": "ed",
    }
)
UNITS_BY_WORD: Final[Mapping[str, str]] = {**WORDS_OF_TIME, **MORE_WORDS}
PART: Final = re.compile(r"\s*([0-9][0-9.,' ]*)\s*([a-z?]+(?: [a-z?]+)?)?\s*", re.IGNORECASE)
PARTS: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]+)\s*[,;]?\s*")
MOST_HOURS: Final = 1e6
"""Hours that one item may take: 500 years of one person."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """What the units of time are in hours of work."""

    day: float = 8.0
    week: float = 40.0

    def hours(self, unit: str) -> float | None:
        """Return the hours of one of a unit, None for those that are not lengths of work."""
        return {
            "ms": 1 / 3_600_000,
            "s": 1 / 3600,
            "min": 1 / 60,
            "h": 1.0,
            "d": self.day,
            "w": self.week,
        }.get(unit)


def number_of(value: Value) -> float | str:
    """Return the number in a cell, or what is wrong with it."""
    if isinstance(value, bool) or value is None or isinstance(value, Odd):
        return "must be a number"
    if isinstance(value, float):
        return value if abs(value) < 1e15 else "must be a number that is not beyond all measure"
    text = value.strip().translate(GAPS)
    sign = -1.0 if text.startswith("-") else 1.0
    read = digits(text.removeprefix("-").strip()) if len(text) <= 40 else None
    if read is None:
        return "must be a number"
    if read.grouped is not None:
        return f"must be clear: {read.value:g} or {read.grouped:g}"
    return sign * read.value


def hours_of(value: Value, unit: str, lengths: Lengths) -> float | str:
    """Return the hours that a cell says, or what is wrong with it.

    Parameters
    ----------
    value : cell
    unit : str
        Unit of a plain number, which the map or the heading says; empty where neither does.
    lengths : Lengths
    """
    plain = number_of(value)
    if isinstance(plain, str) and "clear" in plain:
        return plain
    if isinstance(plain, str):
        read = _with_units(cell_text(value), lengths) if isinstance(value, str) else "must be a length of time"
        if isinstance(read, str):
            return read
        hours = read
    else:
        each = lengths.hours(unit) if unit else None
        if each is None:
            return "must have a unit: in its heading, in the cell, or in a map"
        hours = plain * each
    if hours < 0:
        return "must not be negative"
    return hours if hours <= MOST_HOURS else f"must be at most {MOST_HOURS:,.0f} hours"


def _with_units(text: str, lengths: Lengths) -> float | str:
    """Return the hours of a text such as ``2w 3d``."""
    folded = key_of(text.translate(GAPS)) if len(text) <= 60 else ""
    total, end = 0.0, 0
    single = PART.fullmatch(folded)
    if single is not None and single[2]:
        each = _unit(single[2], lengths)
        amount = number_of(single[1].strip())
        if isinstance(amount, float) and isinstance(each, float):
            return amount * each
        if isinstance(each, str) and "elapsed" in each:
            return each
    for match in PARTS.finditer(folded):
        if match.start() != end:
            break
        each, amount = _unit(match[2], lengths), number_of(match[1])
        if isinstance(each, str) or isinstance(amount, str):
            return each if isinstance(each, str) else str(amount)
        total, end = total + amount * each, match.end()
    if not folded or end != len(folded):
        return "must be a length of time such as 12h or 2w 3d"
    return total


def _unit(word: str, lengths: Lengths) -> float | str:
    """Return the hours of the unit that a word names, or what is wrong with it."""
    unit = UNITS_BY_WORD.get(word, UNITS_BY_WORD.get(word.rstrip("?"), ""))
    hours = lengths.hours(unit)
    if hours is not None:
        return hours
    if unit in ("eh", "ed"):
        return "must be working time: elapsed time is no effort"
    if unit == "mo":
        return "must be in hours, days or weeks: months of work differ"
    return "must have a unit of time that is known: min, h, d or w"
