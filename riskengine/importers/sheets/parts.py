"""The parts of a workbook as XML: walking over one, and which part is which worksheet."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import Final
from xml.parsers import expat

DEEPEST: Final = 64
TRUE: Final = frozenset({"1", "true", "on"})

Start = Callable[[str, dict[str, str]], None]


class RefusedPart(Exception):
    """A part of a workbook that is not read: why, in words."""


def scan(
    stream: zipfile.ZipFile, part: str, start: Start, end: Callable[[str], None], text: Callable[[str], None]
) -> None:
    """Walk over the XML of one part; document types are refused, and depth is capped."""
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise RefusedPart(f"{part} is nested too deeply")
        start(name.rpartition(" ")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(" ")[2])

    def doctype(*_: object) -> None:
        raise RefusedPart(f"{part} declares a document type")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        with stream.open(part) as content:
            parser.ParseFile(content)
    except expat.ExpatError as error:
        raise RefusedPart(f"{part} is no valid XML ({error})") from None
    except KeyError:
        raise RefusedPart(f"{part} is missing") from None


def nothing(*_: object) -> None:
    """Take no notice."""


@dataclass(slots=True)
class Book:
    """What the parts around the worksheets say.

    Attributes
    ----------
    sheets : dict
        Part of each worksheet by its name.
    texts : str
        The part with the texts that cells share, empty where there is none.
    styles : str
        The part with the cell styles, empty where there is none.
    asks_to_compute : bool
        Whether all formulas are to be computed when the workbook is opened: who wrote it had no values for them.
    """

    sheets: dict[str, str] = field(default_factory=dict)
    texts: str = ""
    styles: str = ""
    asks_to_compute: bool = False


def read_book(stream: zipfile.ZipFile) -> Book:
    """Return which part is what."""
    book = Book()
    keys: dict[str, str] = {}
    targets: dict[str, str] = {}
    part = "xl/workbook.xml"

    def of_root(name: str, attributes: dict[str, str]) -> None:
        nonlocal part
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            part = attributes.get("Target", part).lstrip("/")

    def of_book(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            keys[attributes.get("name", "")] = key
        elif name == "calcPr":
            book.asks_to_compute = attributes.get("fullCalcOnLoad", "") in TRUE

    def of_relations(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            targets[attributes.get("Id", "")] = whole
            kind = attributes.get("Type", "").rpartition("/")[2]
            if kind == "sharedStrings":
                book.texts = whole
            elif kind == "styles":
                book.styles = whole

    names = stream.namelist()
    if "_rels/.rels" in names:
        scan(stream, "_rels/.rels", of_root, nothing, nothing)
    scan(stream, part, of_book, nothing, nothing)
    scan(stream, f"{dirname(part)}/_rels/{part.rpartition('/')[2]}.rels", of_relations, nothing, nothing)
    book.sheets = {name: targets[key] for name, key in keys.items() if key in targets}
    return book
