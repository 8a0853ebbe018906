"""Estimates that name a file of past values: what they hold comes in the place of the name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from riskengine.model.fields import Amount
from riskengine.scenario.document.changes import replaced
from riskengine.scenario.document.merge import fields_to
from riskengine.scenario.tables.files import TEXTS
from riskengine.scenario.tables.past_values import PastValues, read_past_values
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

SECTIONS: Final = ("tasks", "backlogs", "risks", "costs", "actions")
"""Sections in which estimates stand."""
KEYS: Final = ("file", "column")


@dataclass(frozen=True, slots=True)
class PastValuesLoader:
    """Puts the values of files into the estimates of one document.

    Parameters
    ----------
    path : Path
        File of the document.
    inside : callable
        Returns the path of a file that another one names at a place, or None after a fault.
    faults : Faults
    hints : list of str
        Where sentences go about what was guessed.
    """

    path: Path
    inside: Callable[[object, Path, Place], Path | None]
    faults: Faults
    hints: list[str]

    def load(self, data: dict[str, Any]) -> tuple[dict[str, Any], list[PastValues]]:
        """Return a document with values in the place of the names of files, and where each value stands."""
        loaded: list[PastValues] = []
        for place, estimate in list(named(data)):
            past = self.values(estimate, place)
            if past is None:
                self.faults.silence(place)
            else:
                loaded.append(past)
            data = replaced(data, place, self.as_values(estimate, past))
        return data, loaded

    def values(self, estimate: Mapping[str, Any], place: Place) -> PastValues | None:
        """Return the values that an estimate names, or None after reporting why there are none."""
        blamed = str(self.path)
        shape, column = estimate.get("shape", "empirical"), estimate.get("column", "")
        if shape != "empirical" or "values" in estimate:
            rule = "a file of past values makes an empirical estimate, which has no other values or shape"
            self.faults.add("RE203", (*place, "file"), shape, rule=rule, file=blamed)
            return None
        if not isinstance(column, str):
            self.faults.add("RE113", (*place, "column"), column, rule="must be text in quotes", file=blamed)
            return None
        name = estimate["file"]
        file = self.inside(name, self.path, (*place, "file"))
        if file is None:
            return None
        if file.suffix.casefold() not in TEXTS:
            rule = "past values must stand in a CSV file"
            self.faults.add("RE507", (*place, "file"), name, rule=rule, file=blamed)
            return None
        may_be_negative = purpose_at(place) not in ("duration", "factor")
        return read_past_values(
            file, column, place, blamed, self.faults, hints=self.hints, may_be_negative=may_be_negative
        )

    def as_values(self, estimate: Mapping[str, Any], past: PastValues | None) -> dict[str, Any]:
        """Return an estimate with the values of its file, and the file as their source where it names no other."""
        rest = {key: value for key, value in estimate.items() if key not in KEYS}
        name = Path(str(estimate["file"])).name
        source = f"{name}, {estimate['column']}" if estimate.get("column") else name
        return {"shape": "empirical", "values": [] if past is None else past.values, "source": source} | rest


def named(data: Mapping[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield the estimates of a document that name a file, each with its place."""
    level: list[tuple[Place, Any]] = [((section,), data[section]) for section in SECTIONS if section in data]
    while level:
        below: list[tuple[Place, Any]] = []
        for place, value in level:
            if isinstance(value, dict):
                if len(place) > 2 and "file" in value:
                    yield place, value
                else:
                    below += [((*place, key), item) for key, item in value.items() if isinstance(item, dict | list)]
            elif isinstance(value, list):
                below += [((*place, at), item) for at, item in enumerate(value) if isinstance(item, dict | list)]
        level = below


def purpose_at(place: Place) -> str:
    """Return what an estimate at a place is for, empty where nobody can say."""
    keys = place
    while keys and (isinstance(keys[-1], int) or keys[-1] == "of"):
        keys = keys[:-1]
    fields = fields_to(keys)
    return fields[-1].purpose if fields and isinstance(fields[-1], Amount) else ""
