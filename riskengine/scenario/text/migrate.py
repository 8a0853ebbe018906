"""Versions of the format: what is read as it is, what is brought up to date, what is refused."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from riskengine.scenario.text.faults import Faults

CURRENT: Final = 1

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: Final[Mapping[int, Step]] = MappingProxyType({})
"""Version to the function that turns a document of it into one of the next version."""


def migrated(document: dict[str, Any], *, extends: bool, file: str, faults: Faults) -> dict[str, Any]:
    """Return the document in the current version of the format.

    Parameters
    ----------
    document : dict
        What one file says.
    extends : bool
        Whether the file extends another one, whose version is then its own unless it says otherwise.
    file, faults
        Where faults go.
    """
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
