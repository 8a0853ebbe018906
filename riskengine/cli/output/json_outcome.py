"""The one object on stdout that ``--json`` promises, whatever becomes of the command."""

import re
import threading
from collections.abc import Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from riskengine.errors import Issue

ISSUE_KEYS = ("code", "file", "line", "path", "rule", "value", "cure", "excerpt")
LINE = re.compile(r"(?:error: )?(?:(RE\d{3}) )?(.*)")


class JsonOutcome:
    """Whether an object is wanted on stdout, and whether one has been begun: there is never a second.

    Parameters
    ----------
    is_wanted : bool
    """

    def __init__(self, is_wanted: bool) -> None:
        self.is_wanted = is_wanted
        self._is_begun = False
        self._lock = threading.Lock()  # an interrupt is answered by a thread of its own

    def claim(self) -> bool:
        """Return whether stdout is still to have its object, and take that upon the caller."""
        with self._lock:
            is_free = not self._is_begun
            self._is_begun = True
        return is_free


CURRENT: ContextVar[JsonOutcome | None] = ContextVar("json_outcome", default=None)
"""That of the command at work."""


def wants_json(arguments: Sequence[str]) -> bool:
    """Return whether ``--json`` stands among the words of a command line, which may be wrong in any other way."""
    words = list(arguments)
    return "--json" in (words[: words.index("--")] if "--" in words else words)


def issue_document(issue: "Issue") -> dict[str, Any]:
    """Return a fault of a scenario by the names that people read in JSON."""
    return {name: getattr(issue, name) for name in ISSUE_KEYS}


def error_document(status: int, message: str, code: str = "", cure: str = "", issues: Any = ()) -> dict[str, Any]:
    """Return the object that says why there is no answer."""
    error = {"exit_status": status, "code": code, "message": message, "cure": cure, "issues": list(issues)}
    return {"error": error}


def document_of(error: Exception, status: int, lines: Sequence[str]) -> dict[str, Any]:
    """Return the object of an exception.

    Parameters
    ----------
    error : Exception
    status : int
        Exit status.
    lines : sequence of str
        What stderr says of it; the last of them is the message of what is no exception of ours.
    """
    from riskengine.errors import RiskengineError, ScenarioError
    from riskengine.errors.counting import counted

    match error:
        case ScenarioError():
            message = f"{counted(len(error.issues), 'fault')}; nothing was written"
            issues = map(issue_document, error.issues)
            return error_document(status, message, error.code, issues=issues)
        case RiskengineError():
            return error_document(status, error.message, error.code, error.cure)
        case click.ClickException():
            return error_document(status, error.format_message())
        case _:
            code, message = LINE.fullmatch(lines[-1]).groups()  # type: ignore[union-attr]
            return error_document(status, message, code or "")
