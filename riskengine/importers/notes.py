"""Notes that an import leaves: how many things one statement is about, and the first of them by name."""

from collections.abc import Sequence
from typing import Final

from riskengine.errors.counting import first_names

NO_RELATIONSHIPS: Final = (
    "the file has no relationships at all: every task starts as early as it may; "
    "if there are any in the schedule, export it anew"
)
"""Of several tasks without a relationship: a list of tasks, or a file that lost them; only a person can tell."""


def counted_note(statement: str, names: Sequence[str], most: int = 10) -> str:
    """Return a note that counts things and names the first of them."""
    return f"{len(names)} {statement}: {first_names(names, most)}"
