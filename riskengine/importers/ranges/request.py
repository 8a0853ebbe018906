"""Which user fields hold the low, most likely and high duration: the option ``--ranges-from``, or a mapping file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from riskengine.errors import UsageError, shortened, visible
from riskengine.errors.catalogue import CATALOGUE
from riskengine.scenario.document.toml_file import read_toml_file
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.quantities import unit_meant
from riskengine.scenario.values.fields import Fields

TABLE: Final = "ranges_from"
"""The table of a mapping file that says the same as the option."""

KEYS: Final = ("low", "likely", "high", "unit", "started")
NAMES: Final[Mapping[str, str]] = MappingProxyType({**{key: key for key in KEYS}, "most_likely": "likely"})
PART: Final = re.compile(r"(?:^|,)\s*(" + "|".join(NAMES) + r")\s*=", re.IGNORECASE)
UNITS: Final = ("d", "h", "%")
STARTED: Final = ("plain", "remaining", "whole")
LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class RangeRequest:
    """The user fields that ranges come from.

    Parameters
    ----------
    low, high : str
        Names of fields, as users or the tool call them.
    likely : str
        The same; empty where the duration itself is the most likely one.
    unit : str
        ``d``, ``h`` or ``%`` of the duration for plain numbers; empty to tell it from the field.
    started : str
        What the fields say of a task in progress: nothing that is used (``plain``), its remaining duration
        (``remaining``), or its whole duration (``whole``).
    file : str
        The mapping file that asks for them, empty for the command line.
    """

    low: str
    high: str
    likely: str = ""
    unit: str = ""
    started: str = "plain"
    file: str = ""


def parse_request(text: str) -> RangeRequest:
    """Return what the option asks for: ``low=FIELD,likely=FIELD,high=FIELD``.

    A name may hold commas and equals signs, for only the words of the option begin the next part.

    Raises
    ------
    UsageError
        When it is not written so.
    """
    parts = list(PART.finditer(text))
    values: dict[str, str] = {}
    if not parts or parts[0].start() or len(text) > LONGEST:
        raise _misused(text)
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        key = NAMES[part.group(1).lower()]
        if key in values:
            raise _misused(f"{key} twice")
        values[key] = text[part.end() : after.start() if after else len(text)].strip()
    problem = _problem(values)
    if problem:
        raise _misused(problem)
    return RangeRequest(**_in_form(values))


def read_request(path: Path) -> RangeRequest | None:
    """Return what a mapping file asks for in its table ``ranges_from``; None where it has none.

    Raises
    ------
    ScenarioError
        When the file cannot be read, or the table is wrong.
    """

    def request(data: dict[str, Any], faults: Faults) -> RangeRequest | None:
        if TABLE not in data:
            return None
        table: dict[str, Any] = dict(Fields(data, (), faults, tuple(data)).table(TABLE))
        fields = Fields(table, (TABLE,), faults, tuple(NAMES), is_scenario=False)
        values = {NAMES[key]: fields.text(key) for key in NAMES if key in table}
        problem = "" if faults.all else _problem(values)
        if problem:
            faults.add("RE820", (TABLE,), problem)
        return None if faults.all else RangeRequest(**_in_form(values), file=str(path))

    return read_toml_file(path, request)


def _problem(values: Mapping[str, str]) -> str:
    """Return what is wrong with the parts of a request; empty where nothing is."""
    for key in ("low", "high"):
        if not values.get(key):
            return f"no {key}"
    if values.get("unit") and _unit(values["unit"]) not in UNITS:
        return f"unit {shortened(values['unit'])}"
    if values.get("started") and values["started"].lower() not in STARTED:
        return f"started {shortened(values['started'])}"
    return ""


def _in_form(values: Mapping[str, str]) -> dict[str, str]:
    """Return the parts that say something, unit and treatment of started tasks in the form in which they are kept."""
    parts = {key: value for key, value in values.items() if value}
    if "unit" in parts:
        parts["unit"] = _unit(parts["unit"])
    if "started" in parts:
        parts["started"] = parts["started"].lower()
    return parts


def _unit(text: str) -> str:
    return "%" if text.strip().casefold() in ("percent", "per cent") else unit_meant(text)


def _misused(value: str) -> UsageError:
    entry = CATALOGUE["RE820"]
    return UsageError(f"--ranges-from: {entry.rule}, got {visible(shortened(value))}", "RE820", entry.clause)
