"""What was changed on the page, in words of the project."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskengine.pages.page import environment
from riskengine.pages.speaker import Speaker


@dataclass(frozen=True)
class Changed:
    """One thing that the plan would say otherwise: what it is about, its field, and what the field says."""

    what: str
    field: str
    before: str
    after: str


def changes_list(changes: Sequence[Changed], page: Speaker) -> str:
    """Return the changes as markup; nothing where there are none."""
    if not changes:
        return ""
    macros = environment().get_template("what_if_answer.html").make_module({"page": page})
    return str(macros.changes(changes))  # type: ignore[attr-defined]
