"""What the catalogue says about one code."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of fault.

    Parameters
    ----------
    title : str
        The fault in a few words.
    rule : str
        What must hold.
    reason : str
        Why it must hold.
    example : str
        A snippet that breaks the rule.
    cure : str
        How to put it right.
    """

    title: str
    rule: str
    reason: str
    example: str
    cure: str
