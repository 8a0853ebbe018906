"""Refusing what a call asks for and cannot have, in words that help."""

import os
from collections.abc import Iterable
from pathlib import Path

from riskengine.errors import UsageError, shortened
from riskengine.scenario.text.faults import Faults


def wrong_argument(name: str, rule: str, value: object) -> UsageError:
    """Return the refusal of an argument of the wrong kind or out of its range.

    Parameters
    ----------
    name : str
        Of the argument.
    rule : str
        What it must be.
    value : object
        What it is.
    """
    return UsageError(f"{name} {rule}, got {value_text(value)}", "RE922")


def value_text(value: object) -> str:
    """Return what was asked for as words that help: the value, cut where it is long, else what kind of thing it is."""
    return shortened(repr(value) if isinstance(value, str | int | float) else type(value).__name__)


def unknown_name(kind: str, name: object, names: Iterable[str]) -> UsageError:
    """Return the refusal of a name that a run does not have.

    Parameters
    ----------
    kind : str
        What it would be the name of: table, gate, target.
    name : object
        What was asked for.
    names : iterable of str
        What there is.
    """
    there = sorted(names)
    cure = Faults().near(name, there) if isinstance(name, str) else ""
    if not cure:
        cure = f"there is {', '.join(there[:20])}" if there else f"the run has no {kind}"
    return UsageError(f"the run has no {kind} {shortened(repr(name))}", "RE923", cure)


def path_argument(name: str, value: object) -> Path:
    """Return the path that an argument gives, or refuse what is none.

    Parameters
    ----------
    name : str
        Of the argument.
    value : object
        What it is.
    """
    text = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    if not isinstance(text, str) or not text or "\0" in text:
        raise wrong_argument(name, "must be a path", value)
    return Path(text)
