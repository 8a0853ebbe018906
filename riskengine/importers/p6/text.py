"""The text of an XER file: which encoding its bytes are in."""

import codecs
import io
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from riskengine.code_pages.guess import SAMPLE, SURE, guess_page
from riskengine.errors.counting import counted

CURRENCY: Final = 8
"""Which word of the first line names the base currency."""

LOST: Final = "\ufffd"
PIECE: Final = 1 << 18
"""Bytes that are looked at in one go."""


class Decoding(NamedTuple):
    """The name of an encoding, and how sure that is.

    ``confidence`` is None where nothing had to be guessed; ``next_page`` is the next likely code page. Without
    ``is_strict``, characters that cannot be read become U+FFFD; ``lost`` is how many did.
    """

    encoding: str
    is_strict: bool = False
    confidence: float | None = None
    next_page: str = ""
    lost: int = 0


def decoding_of(stream: BinaryIO, encoding: str = "") -> Decoding:
    """Return the encoding of a file, which is read a piece at a time; never fails where none is asked for.

    Primavera writes the code page of the machine it runs on, and says nowhere which one that is. What is UTF-8 or
    UTF-16 can be known; between code pages the letters and the currency decide (`code_pages.guess.guess_page`).

    Parameters
    ----------
    stream : binary file
        At its beginning; afterwards it stands anywhere.
    encoding : str
        The encoding to use, or empty to find out.

    Raises
    ------
    LookupError
        When an encoding was asked for that does not exist.
    """
    if encoding:
        b"".decode(encoding)  # refuses codecs that give no text
        return Decoding(codecs.lookup(encoding).name, is_strict=True)
    sample = stream.read(SAMPLE)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(mark):
            return Decoding(name)
    if sample[1:2] == b"\0" and sample[:1] != b"\0":
        return Decoding("utf-16-le")
    if sample[:1] == b"\0" and sample[1:2] != b"\0":
        return Decoding("utf-16-be")
    stream.seek(0)
    if is_utf_8(stream):
        return Decoding("utf-8")
    head = sample[:4096].split(b"\n", 1)[0].split(b"\t")
    currency = head[CURRENCY].strip().decode("ascii", "replace") if len(head) > CURRENCY else ""
    guess = guess_page(sample, currency)
    return Decoding(guess.page, confidence=guess.confidence, next_page=guess.next_page)


def is_utf_8(stream: BinaryIO) -> bool:
    """Return whether a file is UTF-8 from where it stands to its end."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := stream.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def lines_of(stream: BinaryIO, decoding: Decoding, longest: int) -> Iterator[str]:
    """Yield the lines of a file without their ends; of one that is longer than `longest`, one character more.

    Raises
    ------
    UnicodeError
        When the file is not in the encoding that was asked for.
    """
    errors = "strict" if decoding.is_strict else "replace"
    is_composed = decoding.encoding == "cp1258"
    sign = _line_end(stream, decoding.encoding)
    stream.seek(0)
    text = io.TextIOWrapper(stream, decoding.encoding, errors, newline=sign)
    while line := text.readline(longest + 1):
        piece = line
        while len(piece) > longest and not piece.endswith(sign):
            piece = text.readline(longest + 1)
        line = line.removesuffix(sign).rstrip("\r")
        # Vietnamese is written with tones after their letters in its code page.
        yield unicodedata.normalize("NFC", line) if is_composed else line


def _line_end(stream: BinaryIO, encoding: str) -> str:
    """Return what ends the lines of a file: an old Macintosh ends them with a carriage return alone."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while piece := stream.read(PIECE):
        if "\n" in decoder.decode(piece):
            return "\n"
    return "\r"


def encoding_notes(decoding: Decoding, has_names: bool) -> list[str]:
    """Say which encoding was guessed and how sure that is, where anything hangs on it, and what could not be read.

    Parameters
    ----------
    has_names : bool
        Whether any name has letters that are written differently in other code pages.
    """
    notes = []
    sure = decoding.confidence
    if sure is not None and has_names:
        rival = f", {decoding.next_page} is the next likely" if decoding.next_page and sure < SURE else ""
        what = (
            "the encoding was taken for"
            if sure >= SURE
            else "the encoding could not be told for certain: it was taken for"
        )
        notes.append(f"{what} {decoding.encoding}, {100 * sure:.0f} % sure{rival}; --encoding names another")
    if decoding.lost:
        notes.append(
            f"{counted(decoding.lost, 'character')} could not be read in {decoding.encoding}: U+FFFD stands for each"
        )
    return notes
