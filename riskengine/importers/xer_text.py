"""The text of an XER file: which encoding its bytes are in."""

import codecs
import re
from typing import Final

RUN: Final = re.compile(rb"[\x80-\xff]+")
CYRILLIC, ARABIC, WESTERN = "cp1251", "cp1256", "cp1252"
WIDE: Final = ("gbk", "cp932", "cp949")
"""Encodings of two bytes a character, in the order in which they are tried."""

SAMPLE: Final = 4_000_000
"""Bytes that are looked at to guess an encoding."""

LONG_RUN: Final = 2.5
"""Mean length of runs of bytes above 127 beyond which the words are not written in Latin letters."""


def decoded(data: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text and the name of the encoding; never fails where no encoding is asked for.

    Primavera writes the code page of the machine it runs on, and says nowhere which one that is. What is UTF-8 or
    UTF-16 can be known; between code pages the lengths of the runs of other letters decide, and cp1252 where nothing
    does.

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
        return data.decode(encoding), codecs.lookup(encoding).name
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name
    if data[1:2] == b"\0" and data[:1] != b"\0":
        return data.decode("utf-16-le", errors="replace"), "utf-16-le"
    if data[:1] == b"\0" and data[1:2] != b"\0":
        return data.decode("utf-16-be", errors="replace"), "utf-16-be"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        name = _code_page(data[:SAMPLE])
        return data.decode(name, errors="replace"), name


def _code_page(data: bytes) -> str:
    """Guess the code page of text that is not UTF-8."""
    runs = RUN.findall(data)
    others = b" ".join(runs)
    if not runs or (len(others) - len(runs) + 1) / len(runs) < LONG_RUN:
        return WESTERN
    # Russian words are nearly all small letters, which are 0xE0 to 0xFF; the other pages spread over the upper half.
    if sum(byte >= 0xE0 for byte in others) > 0.7 * len(others) and b" " in others:
        return CYRILLIC
    for name in WIDE:
        text = _strict(others, name)
        if text and sum(_is_ideograph(sign) for sign in text) > 0.8 * (len(text) - text.count(" ")):
            return name
    text = _strict(others, ARABIC)
    if text and sum("\u0600" <= sign <= "\u06ff" for sign in text) > 0.8 * (len(text) - text.count(" ")):
        return ARABIC
    text = _strict(others, CYRILLIC)
    if text and sum("\u0400" <= sign <= "\u04ff" for sign in text) > 0.9 * (len(text) - text.count(" ")):
        return CYRILLIC
    return WESTERN


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return ""


def _is_ideograph(sign: str) -> bool:
    return "\u3040" <= sign <= "\u30ff" or "\u4e00" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7a3"
