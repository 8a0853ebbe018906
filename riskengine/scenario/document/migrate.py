"""Versions of the format, and keys with new names: what is read, what is brought up to date, what is refused."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place, dotted

CURRENT: Final = 1

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: Final[Mapping[int, Step]] = MappingProxyType({})
"""Version to the function that turns a document of it into one of the next version."""

FORMER: Final[Mapping[Place, Place]] = MappingProxyType({("imported", "data_date"): ("imported", "as_of")})
"""Place of a key to the place that it had before, under another name in the same table."""


def migrated(document: dict[str, Any], *, extends: bool, file: str, faults: Faults, hints: list[str]) -> dict[str, Any]:
    """Return the document in the current version of the format.

    Parameters
    ----------
    document : dict
        What one file says.
    extends : bool
        Whether the file extends another one, whose version is then its own unless it says otherwise.
    file, faults
        Where faults go.
    hints : list of str
        Gets a sentence for each key that has a new name.
    """
    document = with_new_names(document, file, faults, hints)
    if "schema" not in document:
        if not extends:
            faults.add("RE109", ("schema",), file=file, line=1)
        return document
    version = document["schema"]
    if isinstance(version, bool) or not isinstance(version, int):
        faults.add("RE113", ("schema",), version, rule=f"must be a whole number, {CURRENT} for this format", file=file)
        return document
    if version != CURRENT and version not in STEPS:
        faults.add("RE110", ("schema",), version, file=file)
        return document
    while version in STEPS:
        document = STEPS[version](document)
        version += 1
    return {**document, "schema": CURRENT}


def with_new_names(document: dict[str, Any], file: str, faults: Faults, hints: list[str]) -> dict[str, Any]:
    """Return the document with each key under the name that it has now; both names at once are a fault."""
    for place, former in FORMER.items():
        section = str(place[0])
        table = document.get(section)
        name, old = str(place[-1]), str(former[-1])
        if not isinstance(table, dict) or old not in table:
            continue
        if name in table:
            rule = f"must not stand beside {name}, which is its new name"
            faults.add("RE111", former, rule=rule, cure="leave it out", file=file)
        else:
            hints.append(f"RE595 {file}: {dotted(former)} is now called {dotted(place)}; the old name is still read")
        renamed = {
            name if key == old else key: value for key, value in table.items() if key != old or name not in table
        }
        document = {**document, section: renamed}
    return document
