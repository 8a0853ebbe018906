"""What the library that reads workbooks does not tell of styles and texts: percentages, and what is struck through."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from riskengine.importers.sheets.parts import TRUE, nothing, scan

BUILT_IN_PERCENT: Final = frozenset({"9", "10"})
QUOTED: Final = re.compile(r'"[^"]*"|\\.')

MOST_STEPS: Final = 250
"""Steps of an indent, as many as Excel takes."""

AS_CELL, STRUCK, UNSTRUCK = 1, 2, 4
"""Parts of a text, as bits: in the cell's own font, in one that strikes it through, in one that does not."""


@dataclass(frozen=True, slots=True)
class Styles:
    """Cell styles by their number.

    Attributes
    ----------
    count : int
        How many there are; a cell without a style of its own has style 0, which need not be there.
    percent : frozenset of int
        Those that show a number as a percentage.
    struck : frozenset of int
        Those that strike a cell through.
    conditional : frozenset of int
        Those of conditional formats that strike a cell through, in a numbering of their own.
    indents : mapping
        How far those indent that begin a text at the left, in steps.
    """

    count: int = 0
    percent: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    conditional: frozenset[int] = frozenset()
    indents: Mapping[int, int] = field(default_factory=dict)


def read_styles(stream: zipfile.ZipFile, part: str) -> Styles:
    """Return the cell styles of a workbook."""
    if not part:
        return Styles()
    percents = set(BUILT_IN_PERCENT)
    percent: set[int] = set()
    struck_fonts: set[str] = set()
    struck: set[int] = set()
    conditional: set[int] = set()
    indents: dict[int, int] = {}
    section = ""
    fonts = count = differing = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal section, fonts, count, differing
        if name == "numFmt" and "%" in QUOTED.sub("", attributes.get("formatCode", "")):
            percents.add(attributes.get("numFmtId", ""))
        elif name in ("fonts", "cellXfs", "dxfs"):
            section = name
        elif name == "font" and section == "fonts":
            fonts += 1
        elif name == "dxf":
            differing += 1
        elif name == "strike" and is_on(attributes):
            if section == "fonts":
                struck_fonts.add(str(fonts - 1))
            elif section == "dxfs":
                conditional.add(differing - 1)
        elif name == "xf" and section == "cellXfs":
            if attributes.get("numFmtId", "0") in percents:
                percent.add(count)
            if attributes.get("fontId", "0") in struck_fonts:
                struck.add(count)
            count += 1
        elif name == "alignment" and section == "cellXfs":
            steps = attributes.get("indent", "0")
            is_left = attributes.get("horizontal", "left") in ("left", "general")
            if is_left and steps.isascii() and steps.isdecimal() and 0 < int(steps[:4]) <= MOST_STEPS:
                indents[count - 1] = int(steps[:4])

    def end(name: str) -> None:
        nonlocal section
        if name == section:
            section = ""

    scan(stream, part, start, end, nothing)
    return Styles(count, frozenset(percent), frozenset(struck), frozenset(conditional), indents)


def is_on(attributes: dict[str, str]) -> bool:
    """Return whether an element such as ``<strike/>`` switches something on, as it does unless it says otherwise."""
    return attributes.get("val", "1") in TRUE


class TextScan:
    """Looks at a text that may be in several fonts, as its XML goes by.

    Attributes
    ----------
    bits : int
        Which fonts its visible parts are in; 0 for a text that shows nothing.
    """

    def __init__(self) -> None:
        self.bits = 0
        self._font = AS_CELL
        self._inside = False
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "r":
            self._font = AS_CELL
        elif name == "rPr":
            self._font = UNSTRUCK
        elif name == "strike":
            self._font = STRUCK if is_on(attributes) else UNSTRUCK
        elif name == "rPh":  # how a name is pronounced: not a part of the text
            self._phonetic += 1
        elif name == "t":
            self._inside = not self._phonetic

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "t":
            self._inside = False
        elif name == "rPh":
            self._phonetic -= 1

    def text(self, piece: str) -> None:
        """Take a piece of text."""
        if self._inside and not piece.isspace():
            self.bits |= self._font


def shared_texts(stream: zipfile.ZipFile, part: str) -> list[int]:
    """Return the bits of each text that cells share."""
    bits: list[int] = []
    if not part:
        return bits
    current = TextScan()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal current
        if name == "si":
            current = TextScan()
        current.start(name, attributes)

    def end(name: str) -> None:
        current.end(name)
        if name == "si":
            bits.append(current.bits)

    def text(piece: str) -> None:
        current.text(piece)

    scan(stream, part, start, end, text)
    return bits
