"""What a browser asks for: which controls stand where, who is away, and how the answer is to be drawn."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, Final

from riskengine.api.absence import Absence
from riskengine.errors import UsageError, shortened
from riskengine.errors.catalogue import CATALOGUE
from riskengine.report.text.notation import clean
from riskengine.scenario.resolve import estimate_document
from riskengine.serve.controls import POINTS, Control

MOST_ABSENCES: Final = 20
MOST_NUMBER: Final = 2**53
"""Beyond it JavaScript counts no longer in ones."""


@dataclass(frozen=True)
class Wish:
    """What a browser asks for.

    Attributes
    ----------
    session : str
        Which page asks; it made the name itself.
    number : int
        Of the request, from 1: of two the larger one is newer.
    changes : mapping of str to object
        What the scenario is to say at the place of a control, by its key.
    absences : tuple of Absence
    is_moving : bool
        Whether a control is still being moved, so that a fast answer is worth more than a precise one.
    is_narrow : bool
        Whether it is drawn for a phone.
    target : int
        Row of the target whose finish is drawn.
    """

    session: str
    number: int
    changes: Mapping[str, object]
    absences: tuple[Absence, ...] = ()
    is_moving: bool = False
    is_narrow: bool = False
    target: int = 0


def wish_of(body: bytes, controls: Mapping[str, Control], targets: int = 1) -> Wish:
    """Return what the body of a request asks for.

    Parameters
    ----------
    body : bytes
    controls : mapping of str to Control
    targets : int
        How many there are whose finish can be drawn.

    Raises
    ------
    UsageError
        If it is not what the page would ask.
    """
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise refused("the request is no JSON") from None
    if not isinstance(document, dict):
        raise refused("the request is no object")
    session, number, changes = document.get("session"), document.get("number"), document.get("changes", {})
    if not isinstance(session, str) or not (8 <= len(session) <= 64 and session.isascii() and session.isalnum()):
        raise refused("session must be 8 to 64 letters and digits")
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MOST_NUMBER:
        raise refused("number must be a whole number")
    if not isinstance(changes, dict):
        raise refused("changes must be an object")
    target = document.get("target", 0)
    if isinstance(target, bool) or not isinstance(target, int) or not 0 <= target < targets:
        raise refused("target must be a row of a target")
    return Wish(
        session=session,
        number=number,
        changes={key: file_value(control_of(key, controls), value) for key, value in changes.items()},
        absences=absences_of(document.get("absences", [])),
        is_moving=document.get("moving") is True,
        is_narrow=document.get("narrow") is True,
        target=target,
    )


def refused(what: str) -> UsageError:
    """Return the refusal of a request that the page would not make."""
    return UsageError(what, "RE681", CATALOGUE["RE681"].clause)


def control_of(key: str, controls: Mapping[str, Control]) -> Control:
    """Return a control by its key."""
    if key not in controls:
        raise refused(f"no control {clean(shortened(repr(key)))}")
    return controls[key]


def file_value(control: Control, value: Any) -> object:
    """Return what a scenario file says where a control stands at a value; whether that is sound the reader tells."""
    match control.kind:
        case "switch" if isinstance(value, bool):
            return value
        case "share" | "number" if is_number(value):
            return value
        case "points" if isinstance(value, list) and len(value) == len(POINTS) and all(map(is_number, value)):
            assert control.estimate is not None
            return {**estimate_document(control.estimate), **dict(zip(POINTS, value, strict=True))}
        case "day" if (day := day_of(value)) is not None:
            return day
    raise refused(f"{control.key} cannot be {clean(shortened(repr(value)))}")


def is_number(value: object) -> bool:
    """Return whether a value is a number that can be written down."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and abs(value) < 1e300


def day_of(value: object) -> date | None:
    """Return the day that a text names, or None."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2027-03-01") else None
    except ValueError:
        return None


def absences_of(document: object) -> tuple[Absence, ...]:
    """Return who is away from when to when, each as ``["ana", "2027-05-03", "2027-05-24"]``."""
    if not isinstance(document, list) or len(document) > MOST_ABSENCES:
        raise refused(f"absences must be a list of at most {MOST_ABSENCES}")
    absences = []
    for each in document:
        if not isinstance(each, list) or len(each) != 3 or not isinstance(each[0], str) or len(each[0]) > 1000:
            raise refused("an absence must be a name and two days")
        first, last = day_of(each[1]), day_of(each[2])
        if first is None or last is None:
            raise refused("an absence must be a name and two days")
        absences.append(Absence(each[0], first, last))
    return tuple(absences)
