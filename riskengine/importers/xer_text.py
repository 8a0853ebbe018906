"""The text of an XER file: which encoding its bytes are in."""

import codecs
import unicodedata
from typing import Final, NamedTuple

from riskengine.importers.code_page import guess_page

CURRENCY: Final = 8
"""Which word of the first line names the base currency."""

LOST: Final = "\ufffd"
SURE: Final = 0.9
"""Probability below which a guess is called one."""

SAMPLE: Final = 4_000_000
"""Bytes that are looked at to guess an encoding."""


class Decoded(NamedTuple):
    """The text of a file, the name of its encoding, and how sure that is.

    ``confidence`` is None where nothing had to be guessed; ``next_page`` is the next likely code page, and ``lost`` how
    many characters could not be read.
    """

    text: str
    encoding: str
    confidence: float | None = None
    next_page: str = ""
    lost: int = 0


def decoded(data: bytes, encoding: str = "") -> Decoded:
    """Return the text and its encoding; never fails where no encoding is asked for.

    Primavera writes the code page of the machine it runs on, and says nowhere which one that is. What is UTF-8 or
    UTF-16 can be known; between code pages the letters and the currency decide (`code_page.guess_page`).

    Parameters
    ----------
    data : bytes
        The whole file.
    encoding : str
        The encoding to use, or empty to find out.

    Raises
    ------
    LookupError, UnicodeError
        When an encoding was asked for that does not exist, or that the file is not in.
    """
    if encoding:
        name = codecs.lookup(encoding).name
        return Decoded(_composed(data.decode(encoding), name), name)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _replaced(data, name)
    if data[1:2] == b"\0" and data[:1] != b"\0":
        return _replaced(data, "utf-16-le")
    if data[:1] == b"\0" and data[1:2] != b"\0":
        return _replaced(data, "utf-16-be")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        head = data[:4096].split(b"\n", 1)[0].split(b"\t")
        currency = head[CURRENCY].strip().decode("ascii", "replace") if len(head) > CURRENCY else ""
        guess = guess_page(data[:SAMPLE], currency)
        return _replaced(data, guess.page)._replace(confidence=guess.confidence, next_page=guess.next_page)


def encoding_notes(decoding: Decoded, has_names: bool) -> list[str]:
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
        notes.append(f"{decoding.lost} characters could not be read in {decoding.encoding}: U+FFFD stands for each")
    return notes


def _replaced(data: bytes, name: str) -> Decoded:
    """Decode what can be decoded, and count the rest."""
    text = _composed(data.decode(name, errors="replace"), name)
    return Decoded(text, name, lost=text.count(LOST))


def _composed(text: str, name: str) -> str:
    """Return Vietnamese, which its code page writes with tones after their letters, as people write it."""
    return unicodedata.normalize("NFC", text) if name == "cp1258" else text
