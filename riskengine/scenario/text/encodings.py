"""The text of a CSV register: which encoding its bytes are in."""

import unicodedata
from typing import Final

from riskengine.code_pages.guess import PAGES, SAMPLE, SURE, guess_page
from riskengine.scenario.text.delimited import Problem

ENCODINGS: Final = ("utf-8", "utf-16", "latin-1", *sorted(PAGES))
BETWEEN_CELLS: Final = b",;\t"
HEAD: Final = 4
"""Characters at the beginning that must be Latin for UTF-16 without a mark to be told."""


def register_text(raw: bytes, encoding: str = "") -> tuple[str, str] | Problem:
    """Return the text of a register and a note on its encoding, or why it is no text.

    Parameters
    ----------
    raw : bytes
        The file.
    encoding : str
        The encoding that the mapping names, empty to find out: UTF-16 and UTF-8 can be known, code pages are told by
        their letters.
    """
    note = ""
    name = encoding or ("utf-16" if is_wide(raw) else "utf-8")
    if not encoding and name == "utf-8" and not is_utf_8(raw):
        guess = guess_page(raw[:SAMPLE], separators=BETWEEN_CELLS)
        name = guess.page
        note = f"the encoding was taken for {name}, {100 * guess.confidence:.0f} % sure"
        if guess.confidence < SURE:
            note += f", {guess.next_page} is the next likely"
        note += "; encoding in a mapping file names another"
    try:
        text = raw.decode(wide_name(raw) if name == "utf-16" else name)
    except UnicodeError:
        return Problem(f"must be text in UTF-8, UTF-16 or a code page: it is not in {name} throughout")
    if "\0" in text:
        return Problem("must be text")
    if name == "cp1258":  # Vietnamese is written with tones after their letters
        text = unicodedata.normalize("NFC", text)
    return text.removeprefix("\ufeff"), note


def is_utf_8(raw: bytes) -> bool:
    """Return whether a text is in UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def is_wide(raw: bytes) -> bool:
    """Return whether a text is in UTF-16: by its mark, or by every second of its first bytes being zero."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    first, second = raw[: 2 * HEAD : 2], raw[1 : 2 * HEAD : 2]
    return len(second) == HEAD and ((not any(first) and all(second)) or (not any(second) and all(first)))


def wide_name(raw: bytes) -> str:
    """Return which UTF-16 a text is in; the one that looks for a mark where there is one."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    return "utf-16-be" if raw[:1] == b"\0" else "utf-16-le"
