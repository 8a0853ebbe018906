"""What was changed on the page, in words of the project."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskengine.pages.speaker import Speaker
from riskengine.pages.what_if.macros import macros


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
    return str(macros(page).changes(changes))
