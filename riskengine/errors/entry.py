"""What the catalogue says about one code."""

import re
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

    @property
    def clause(self) -> str:
        """The cure as it ends the line of a fault: its first sentence, which goes on after a semicolon."""
        sentence = re.split(r"\.\s", self.cure, maxsplit=1)[0].removesuffix(".")
        first = sentence.partition(" ")[0]
        is_name = first[1:] != first[1:].lower() or not first.isalpha()
        return sentence if is_name else sentence[:1].lower() + sentence[1:]
