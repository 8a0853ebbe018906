"""Where the elements of an XML file begin and end, in bytes: what a change needs that leaves all else as it is."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final
from xml.parsers import expat

TAG: Final = re.compile(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
PIECE: Final = 256
"""Characters of a tag that are looked at first."""
WIDE: Final[Mapping[bytes, str]] = MappingProxyType(
    {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
)
"""What the first two bytes of a file say of its encoding, where a character takes two; others have ASCII's signs."""
NARROW: Final = "latin-1"

Path = tuple[str, ...]


@dataclass(slots=True)
class Place:
    """An element: its name without a namespace, where it begins and ends, its text and its children.

    ``inside`` is where its start tag ends; ``prefix`` is what stands before the name in the tag, as in ``ns0:``.
    """

    tag: str
    first: int
    inside: int
    prefix: str
    is_empty: bool
    end: int = 0
    text: str = ""
    children: "list[Place]" = field(default_factory=list)

    def get(self, tag: str) -> str:
        """Return the text of the first child of that name, without white space around it; empty where absent."""
        return next((child.text.strip() for child in self.children if child.tag == tag), "")

    def within(self, tag: str) -> "Iterator[Place]":
        """Yield the children of that name."""
        return (child for child in self.children if child.tag == tag)


class PlaceReader:
    """Read the places of elements, some of which are handed out when they end, and then forgotten.

    Parameters
    ----------
    data : bytes
        A file that an import has read: it has no DOCTYPE and no depth without end.
    has_children : callable
        Whether the children of an element are looked at, from the names that lead to it, its own the last.
    record : tuple of str
        The names that lead to elements which are handed out.
    handler : callable
        Takes them.
    """

    def __init__(
        self, data: bytes, has_children: Callable[[Path], bool], record: Path, handler: Callable[[Place], None]
    ) -> None:
        self.data, self.has_children, self.record, self.handler = data, has_children, record, handler
        self.codec = WIDE.get(data[:2], NARROW)
        self.path: Path = ()
        self.open = [Place("", 0, 0, "", is_empty=False)]
        self.skipped = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def read(self) -> Place:
        """Return the root."""
        self.parser.Parse(self.data, True)
        return self.open[0].children[0]

    def tag_at(self, first: int) -> str:
        """Return the tag that begins at a byte."""
        length = PIECE
        while True:
            match = TAG.match(self.data[first : first + length].decode(self.codec, "replace"))
            if match is not None or length > len(self.data):
                return match.group() if match is not None else ""
            length *= 8

    def size(self, text: str) -> int:
        """Return how many bytes a text of the file takes."""
        return len(text) * (1 if self.codec == NARROW else 2)

    def _start(self, name: str, _: object) -> None:
        above, tag = self.path, name.rpartition(" ")[2]
        self.path = (*above, tag)
        if self.skipped or not (not above or self.has_children(above)):
            self.skipped += 1
            return
        first = self.parser.CurrentByteIndex
        text = self.tag_at(first)
        prefix, colon, _ = re.split(r"[\s/>]", text[1:], maxsplit=1)[0].partition(":")
        place = Place(tag, first, first + self.size(text), prefix + colon if colon else "", text.endswith("/>"))
        self.open[-1].children.append(place)
        self.open.append(place)

    def _end(self, _: str) -> None:
        path, self.path = self.path, self.path[:-1]
        if self.skipped:
            self.skipped -= 1
            return
        place = self.open.pop()
        last = self.parser.CurrentByteIndex
        place.end = place.inside if place.is_empty else last + self.size(self.tag_at(last))
        if path == self.record:
            self.open[-1].children.pop()
            self.handler(place)

    def _characters(self, text: str) -> None:
        if not self.skipped:
            self.open[-1].text += text
