"""Notes that an import leaves: how many things one statement is about, and the first of them by name."""

import re
from collections.abc import Sequence
from typing import Final

from riskengine.errors.counting import first_names

NO_RELATIONSHIPS: Final = (
    "the file has no relationships at all: every task starts as early as it may; "
    "if there are any in the schedule, export it anew"
)
"""Of several tasks without a relationship: a list of tasks, or a file that lost them; only a person can tell."""


def counted_note(statement: str, names: Sequence[str], most: int = 10) -> str:
    """Return a note that counts things and names the first of them.

    Parameters
    ----------
    statement : str
        What is said of them, in our own words alone. A word that one thing asks for and the word that many ask for
        stand beside each other: ``task|tasks has|have no duration``.
    names : sequence of str
        Of the things, at least one.
    most : int
        How many are named.
    """
    sentence = re.sub(r"([\w']+)\|([\w']+)", r"\1" if len(names) == 1 else r"\2", statement)
    return f"{len(names):,} {sentence}: {first_names(names, most)}"
