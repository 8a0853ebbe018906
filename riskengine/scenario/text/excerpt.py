"""The line of a file that breaks its grammar, with a caret under the place."""

import unicodedata
from typing import Final

WIDEST: Final = 100
"""Characters of a line that are shown."""

BEFORE: Final = 60
"""Of those, how many may stand before the caret."""


def excerpt(line: str, column: int | None) -> str:
    """Return a line and, below it, a caret under one of its characters.

    Parameters
    ----------
    line : str
        Without its end; what stands far from the caret is left out.
    column : int or None
        The character, from 0; one after the last where something is missing there. None shows no caret.

    Returns
    -------
    str
        Two lines, or one; a tab is shown as a space, and what cannot be seen as an escape.
    """
    at = 0 if column is None else min(column, len(line))
    first = max(0, at - BEFORE) if len(line) > WIDEST else 0
    window = line[first : first + WIDEST]
    head, tail = ("... " if first else ""), (" ..." if first + WIDEST < len(line) else "")
    signs = [_visible(sign) for sign in window]
    text = f"    {head}{''.join(signs)}{tail}".rstrip()
    if column is None:
        return text
    width = len(head) + sum(map(_width, "".join(signs[: at - first])))
    return f"{text}\n    {' ' * width}^"


def _visible(sign: str) -> str:
    if sign == "\t":
        return " "
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii")


def _width(sign: str) -> int:
    """Return how many columns of a terminal a character takes."""
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def line_of(text: str, number: int) -> str:
    """Return a line of a text, from 1, without its end; empty beyond the last."""
    begin = 0
    for _ in range(number - 1):
        end = text.find("\n", begin)
        if end < 0:
            return ""
        begin = end + 1
    end = text.find("\n", begin)
    return (text[begin:] if end < 0 else text[begin:end]).rstrip("\r")
