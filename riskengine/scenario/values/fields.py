"""Reading the fields of one table of the document, each with its type checked."""

import math
import re
import unicodedata
from collections.abc import Collection, Container, Mapping
from datetime import date, datetime
from typing import Any

from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted
from riskengine.model.fields import LONGEST_ID, LONGEST_NAME
from riskengine.scenario.text.date_suggestions import date_meant
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.foreign_keys import foreign_key
from riskengine.scenario.text.paths import Place
from riskengine.scenario.text.quantities import share_meant

LARGEST = 1e15

ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?")

END_OF_TIME = datetime(3000, 1, 1)
"""The end of the last day that a file can name, which a gate on that day resolves to."""

INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"})
UNPRINTABLE = frozenset({"Cc", "Cs"})


class Fields:
    """The fields of one table, reported to `faults` where they are wrong.

    Parameters
    ----------
    data : mapping
        What the file says.
    place : Place
        Where it says so.
    faults : Faults
        Where faults go.
    keys : collection of str
        Keys the table may have; others are reported.
    is_scenario : bool
        Whether keys of other tools are told what they are called in a scenario.
    """

    __slots__ = ("data", "faults", "place")

    def __init__(
        self,
        data: Mapping[str, Any],
        place: Place,
        faults: Faults,
        keys: Collection[str],
        is_scenario: bool = True,
    ) -> None:
        self.data = data
        self.place = place
        self.faults = faults
        for key in data:
            if key not in keys:
                cure = foreign_key(place, key, data[key]) if is_scenario else ""
                refuse_key(key, place, faults, keys, data, rule="is not a key of the format here", cure=cure)

    def require(self, key: str) -> bool:
        """Return whether the key is given, and report it where it is not."""
        if key in self.data:
            return True
        self.faults.add("RE112", (*self.place, key))
        return False

    def text(self, key: str, default: str = "", longest: int = LONGEST_NAME, *, lines: bool = False) -> str:
        """Return a text, on one line unless `lines`, or `default` where it is missing or wrong."""
        value = self.data.get(key)
        if value is None and key not in self.data:
            return default
        place = (*self.place, key)
        return value if is_text(value, place, self.faults, longest, lines=lines) and isinstance(value, str) else default

    def number(self, key: str) -> float | None:
        """Return a number, or None where it is missing or wrong."""
        if key not in self.data:
            return None
        return number(self.data[key], (*self.place, key), self.faults)

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false, or `default` where it is missing or wrong."""
        value = self.data.get(key, default)
        if isinstance(value, bool):
            return value
        self.faults.add("RE113", (*self.place, key), value, rule="must be true or false")
        return default

    def choice(self, key: str, choices: Collection[str], default: str) -> str:
        """Return one of the choices, or `default` where it is missing or wrong."""
        value = self.data.get(key, default)
        if isinstance(value, str) and value in choices:
            return value
        rule = f"must be one of {', '.join(choices)}"
        cure = self.faults.near(value, choices) if isinstance(value, str) else ""
        self.faults.add("RE123" if isinstance(value, str) else "RE113", (*self.place, key), value, rule=rule, cure=cure)
        return default

    def table(self, key: str) -> Mapping[str, Any]:
        """Return a table, empty where it is missing or wrong."""
        value = self.data.get(key, {})
        if isinstance(value, dict):
            return value
        self.faults.add("RE113", (*self.place, key), value, rule="must be a table")
        return {}

    def items(self, key: str) -> list[Any]:
        """Return a list, empty where it is missing or wrong."""
        value = self.data.get(key, [])
        if isinstance(value, list):
            return value
        self.faults.add("RE113", (*self.place, key), value, rule="must be a list")
        return []

    def texts(self, key: str, longest: int = LONGEST_ID, *, lines: bool = False) -> list[str]:
        """Return a list of texts without those that are wrong."""
        place = (*self.place, key)
        return [
            item
            for position, item in enumerate(self.items(key))
            if is_text(item, (*place, position), self.faults, longest, lines=lines)
        ]


def refuse_key(
    key: str,
    place: Place,
    faults: Faults,
    keys: Collection[str],
    data: Container[str],
    *,
    rule: str,
    cure: str = "",
    otherwise: str = "",
) -> None:
    """Report a key that a table may not have; the one that is meant is then not missing, too.

    Parameters
    ----------
    key, place
        The key, and where its table is.
    faults : Faults
    keys : collection of str
        Those that the table may have.
    data : container of str
        Those that it has.
    rule, cure : str
        ``use KEY`` is a cure that names the key that is meant; without one it is told from the spelling.
    otherwise : str
        The cure where no key is spelt alike.
    """
    meant = cure.removeprefix("use ")
    if not cure:
        meant = faults.nearest(key, keys)
        cure = f'did you mean "{meant}"?' if meant else otherwise
    faults.add("RE111", (*place, key), rule=rule, cure=cure)
    if meant in keys and meant not in data:
        faults.spelt_otherwise((*place, meant))


def is_text(value: object, place: Place, faults: Faults, longest: int, *, lines: bool = False) -> bool:
    """Return whether a value is text that can be shown, and report it where it is not."""
    if not isinstance(value, str):
        faults.add("RE113", place, value, rule="must be text in quotes")
        return False
    if len(value) > longest:
        faults.add("RE114", place, counted(len(value), "character"), rule=f"must be at most {longest} characters")
        return False
    if not value.isprintable():
        allowed = "\n\r\t" if lines else ""
        words = first_invisible(value, UNPRINTABLE, allowed)
        if words:
            faults.add("RE124", place, value, rule=f"text must not hold control characters, and {words}")
            return False
    return True


def first_invisible(text: str, categories: Container[str], allowed: str = "") -> str:
    """Return which character of a text is the first of some categories, and what it is; empty where none is."""
    for number, sign in enumerate(text, start=1):
        if unicodedata.category(sign) in categories and sign not in allowed:
            name = unicodedata.name(sign, "").lower()
            return f"character {number} is U+{ord(sign):04X}" + (f" ({name})" if name else "")
    return ""


def is_id(value: str, place: Place, faults: Faults) -> bool:
    """Return whether a key can serve as an id, and report it where it cannot."""
    if len(value) > LONGEST_ID:
        faults.add(
            "RE114", place, counted(len(value), "character"), rule=f"an id must be at most {LONGEST_ID} characters"
        )
        return False
    invisible = "" if value.isprintable() else first_invisible(value, INVISIBLE)
    if invisible or not value or value != value.strip() or "/" in value:
        faults.add("RE115", place, value, rule=f"{CATALOGUE['RE115'].rule}; {invisible}" if invisible else "")
        return False
    return True


def number(value: object, place: Place, faults: Faults) -> float | None:
    """Return a finite number as a float, or None after reporting what it is instead."""
    if isinstance(value, float):
        if -LARGEST <= value <= LARGEST:
            return value + 0.0  # no negative zero: it would be another text in the resolved form
        faults.add("RE122", place, value if math.isinf(value) or value != value else repr(value))
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        if -LARGEST <= value <= LARGEST:
            return float(value)
        faults.add("RE122", place, value)
        return None
    faults.add(
        "RE113", place, value, rule="must be a number", cure=share_meant(value) if isinstance(value, str) else ""
    )
    return None


def instant(value: object, place: Place, faults: Faults) -> date | datetime | None:
    """Return a local date or date and time, or None after reporting what it is instead.

    Texts in ISO form are taken too, because JSON has no dates.
    """
    parsed: date | datetime | None = None
    if isinstance(value, date):
        parsed = value
    elif isinstance(value, str) and value.isascii() and ISO.fullmatch(value):
        try:
            parsed = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            parsed = None
    if parsed is None or not (1900 <= parsed.year <= 2999 or parsed == END_OF_TIME):
        faults.add("RE120", place, value, cure=date_meant(value) if isinstance(value, str) else "")
        return None
    if isinstance(parsed, datetime) and (parsed.tzinfo is not None or parsed.microsecond):
        what = "have no time zone" if parsed.tzinfo is not None else "be in whole seconds"
        faults.add("RE120", place, value, rule=f"a date and time must {what}: it is the project's wall clock")
        return None
    return parsed
