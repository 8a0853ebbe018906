"""The text of a CSV file as a spreadsheet saved it: which encoding its bytes are in."""

import re
import unicodedata
from typing import Final

from riskengine.code_pages.guess import PAGES, SAMPLE, SURE, guess_page
from riskengine.scenario.tables.delimited import Problem
from riskengine.scenario.text.source import CHOOSE_UTF_8, CUT_OFF, is_cut_off, is_wide, other_kind, wide_name

ENCODINGS: Final = ("utf-8", "utf-16", "latin-1", *sorted(PAGES))
BETWEEN_CELLS: Final = b",;\t"
CELL_ENDS: Final = re.compile(rb"[,;\t\r\n]")


def table_text(raw: bytes, encoding: str = "", *, cure: str) -> tuple[str, str] | Problem:
    """Return the text of a table and a note on its encoding, or why it is no text.

    Parameters
    ----------
    raw : bytes
        The file.
    encoding : str
        The encoding that somebody named, empty to find out: UTF-16 and UTF-8 can be known, code pages are told by
        their letters.
    cure : str
        What to do where the guess is wrong, for the note.
    """
    note = ""
    name = encoding or ("utf-16" if is_wide(raw) else "utf-8")
    if not encoding:
        other = other_kind(raw)
        if other is not None:
            return Problem(f"must be text: {other[0]}", cure=other[1])
        error = utf_8_error(raw) if name == "utf-8" else None
        if error is not None and is_mostly_utf_8(raw, error):
            return damage(raw, error)
        if error is not None:
            name, note = page_guess(raw, cure)
    try:
        text = raw.decode(wide_name(raw) if name == "utf-16" else name)
    except UnicodeError:
        return Problem(f"must be text in UTF-8, UTF-16 or a code page: it is not in {name} throughout")
    if "\0" in text:
        return Problem("must be text")
    if name == "cp1258":  # Vietnamese is written with tones after their letters
        text = unicodedata.normalize("NFC", text)
    return text.removeprefix("\ufeff"), note


def page_guess(raw: bytes, cure: str) -> tuple[str, str]:
    """Return the code page that a text is likely in, and what is to be said of it."""
    guess = guess_page(raw[:SAMPLE], separators=BETWEEN_CELLS)
    note = f"the encoding was taken for {guess.page}, {100 * guess.confidence:.0f} % sure"
    if guess.confidence < SURE:
        note += f", {guess.next_page} is the next likely"
    return guess.page, f"{note}; {cure}"


def utf_8_error(raw: bytes) -> UnicodeDecodeError | None:
    """Return the first place where a text is not UTF-8, if there is one."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error
    return None


def is_mostly_utf_8(raw: bytes, error: UnicodeDecodeError) -> bool:
    """Return whether, around its first place that is not UTF-8, at least half of the cells beyond ASCII are UTF-8.

    In a code page a letter before a certain sign looks like UTF-8 by chance, a whole cell hardly ever.
    """
    around = max(0, error.start - SAMPLE // 2)
    cells = {cell for cell in CELL_ENDS.split(raw[around : around + SAMPLE]) if not cell.isascii()}
    sound = sum(utf_8_error(cell) is None for cell in cells)
    return 2 * sound >= len(cells)


def damage(raw: bytes, error: UnicodeDecodeError) -> Problem:
    """Return what is wrong with a text that is UTF-8 elsewhere, with the line of the first such place."""
    cure = CUT_OFF if is_cut_off(raw, error) else CHOOSE_UTF_8
    rule = f"must be UTF-8 throughout, as the rest of it is (byte 0x{raw[error.start]:02x})"
    return Problem(rule, raw.count(b"\n", 0, error.start) + 1, cure)
