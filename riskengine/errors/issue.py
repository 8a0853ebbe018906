"""One fault of an input, with its place."""

from dataclasses import dataclass

LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True)
class Issue:
    """A fault: what rule was broken, where, by what value, and what to do.

    Parameters
    ----------
    code : str
        Key of the catalogue, such as ``RE202``.
    path : str
        Dotted path in the document, such as ``tasks.design.duration``; empty for the file as a whole.
    rule : str
        What must hold.
    value : str
        What was found, as text; empty where there is nothing to show.
    file : str
        The file as the user named it, or relative to the scenario's folder.
    line : int or None
        Line in that file, from 1.
    cure : str
        What to do about this very fault, such as ``did you mean "design"?``; empty where the catalogue's cure is all.
    excerpt : str
        The line of the file with a caret below it, where the file breaks its grammar.
    """

    code: str
    path: str
    rule: str
    value: str = ""
    file: str = ""
    line: int | None = None
    cure: str = ""
    excerpt: str = ""

    def format(self) -> str:
        """Return the fault on one line: ``file:line: CODE path: rule, got value; cure``."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        text = f"{self.code} {self.path}: {self.rule}" if self.path else f"{self.code} {self.rule}"
        if self.value:
            text += f", got {self.value}"
        if self.cure:
            text += f"; {self.cure}"
        return visible(f"{place}: {text}" if place else text)


def visible(text: str) -> str:
    """Return `text` on one line, its control and other invisible characters written as escapes."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)


def first_line(error: BaseException) -> str:
    """Return the first line of what an error says."""
    return str(error).strip().partition("\n")[0]


def shortened(text: str, longest: int = LONGEST_VALUE) -> str:
    """Return `text`, its middle left out where it is longer than `longest`."""
    if len(text) <= longest:
        return text
    half = (longest - 5) // 2
    return f"{text[:half]} ... {text[-half:]}"
