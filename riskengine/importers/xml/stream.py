"""XML read in a stream by expat: any DOCTYPE refused, depth, size and number of elements capped.

Only one record (a task, a calendar ...) is in memory at a time, as a small tree that is handed to its reader when it
ends. That is what lets 20 000 tasks pass in seconds, and what keeps hostile files from filling the memory.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from riskengine.errors import Issue, ScenarioError, shortened
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted

MOST_BYTES = 512 * 1024 * 1024
MOST_DEPTH = 64
MOST_ELEMENTS = 50_000_000
MOST_IN_A_RECORD = 300_000
MOST_FIELDS = 10_000
MOST_TEXT = 16 * 1024 * 1024
MOST_TEXT_IN_A_RECORD = 48 * 1024 * 1024
LONGEST_TAG = 4 * 1024 * 1024
"""Bytes of a tag with its attributes, or of a comment: the parser begins at its first sign with every piece it gets."""
MOST_ATTRIBUTES, LONGEST_ATTRIBUTE = 20, 1_000
CHUNK = 1 << 16
ENCODINGS = ("unknown encoding", "multi-byte encodings are not supported")
"""What the parser says of a declared encoding that it does not read, in plain LookupErrors and ValueErrors."""


class Element:
    """One element with its text and its children, in the order of the file.

    Parameters
    ----------
    tag : str
        Name without its namespace.
    line : int
        Line of the file, from 1.
    """

    __slots__ = ("children", "first", "line", "tag", "text")

    def __init__(self, tag: str, line: int) -> None:
        self.tag = tag
        self.line = line
        self.text = ""
        self.children: list[Element] = []
        self.first: dict[str, Element] = {}

    def add(self, child: "Element") -> None:
        """Append a child; of several of one name, the first is the one found by name."""
        self.children.append(child)
        self.first.setdefault(child.tag, child)

    def get(self, tag: str) -> str:
        """Return the text of the first child of that name, without white space around it; empty where absent."""
        child = self.first.get(tag)
        return "" if child is None else child.text

    def within(self, *tags: str) -> "Iterator[Element]":
        """Yield the elements down a path of names: ``within("WeekDays", "WeekDay")``."""
        if not tags:
            yield self
        elif tags[0] in self.first:
            for child in self.children:
                if child.tag == tags[0]:
                    yield from child.within(*tags[1:])


Handler = Callable[[Element], None]


class Stream:
    """Parse one file and hand its records out.

    Parameters
    ----------
    path : Path
        The file to read.
    file : str
        What it is called in messages.
    records : mapping of tag to callable
        Who takes which record when it ends, with everything in it. A record inside a record stays part of it.
    containers : mapping of tag to callable
        Who takes an element that holds records, when it ends, with its own plain fields only, and its attributes as
        fields whose names begin with ``@``. The root is one of them.
    skipped : set of str
        Elements that are passed over with all that is in them.

    Attributes
    ----------
    root : Element
        The root with its own plain fields, and nothing of the records.
    passed : dict of str to int
        How many elements of each skipped kind there were.
    """

    def __init__(
        self,
        path: Path,
        file: str,
        records: Mapping[str, Handler],
        containers: Mapping[str, Handler],
        skipped: frozenset[str],
    ) -> None:
        self.path, self.file = path, file
        self.records, self.containers, self.skipped = records, containers, skipped
        self.root = Element("", 0)
        self.passed: dict[str, int] = {}
        self.open: list[Element] = []
        self.text: list[str] = []
        # 0 where the stream is in no record, or in nothing that is skipped; else the depth at which it entered.
        self.record_depth = self.skip_depth = 0
        self.text_in_record = 0
        self.depth = self.elements = self.in_record = self.text_size = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype

    def read(self) -> Element:
        """Read the whole file and return its root."""
        try:
            size = self.path.stat().st_size
            if size > MOST_BYTES:
                self._refuse("RE833", counted(size, "byte"))
            with self.path.open("rb") as stream:
                passed = 0
                while chunk := stream.read(CHUNK):
                    self.parser.Parse(chunk, False)
                    passed += len(chunk)
                    if passed - self.parser.CurrentByteIndex > LONGEST_TAG:
                        self._refuse("RE833", f"a tag or a comment of more than {LONGEST_TAG} bytes")
                self.parser.Parse(b"", True)
        except OSError as error:
            raise ScenarioError([fault("RE849", error.strerror or str(error), self.file)]) from None
        except expat.ExpatError as error:
            self._refuse("RE830", str(error))
        except (LookupError, ValueError) as error:
            if not str(error).startswith(ENCODINGS):
                raise
            self._refuse("RE830", str(error))
        return self.root

    def _refuse(self, code: str, value: str) -> NoReturn:
        raise ScenarioError([fault(code, value, self.file, max(1, self.parser.CurrentLineNumber))]) from None

    def _doctype(self, *_: object) -> NoReturn:
        self._refuse("RE831", "<!DOCTYPE")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MOST_DEPTH:
            self._refuse("RE832", f"level {self.depth}")
        if self.elements > MOST_ELEMENTS:
            self._refuse("RE833", f"more than {MOST_ELEMENTS} elements")
        if self.skip_depth:
            return
        tag = name.rpartition(" ")[2]
        self.text.clear()
        self.text_size = 0
        if self.depth == 1:
            self.root.tag, self.root.line = tag, self.parser.CurrentLineNumber
            self.open.append(self.root)
            return
        if tag in self.skipped:
            self.passed[tag] = self.passed.get(tag, 0) + 1
            self.skip_depth = self.depth
            return
        if self.record_depth:
            self.in_record += 1
            if self.in_record > MOST_IN_A_RECORD:
                self._refuse("RE833", f"more than {MOST_IN_A_RECORD} elements in one record")
        elif tag in self.records:
            self.record_depth, self.in_record, self.text_in_record = self.depth, 0, 0
        element = Element(tag, self.parser.CurrentLineNumber)
        self.open.append(element)
        if attributes and tag in self.containers and not self.record_depth:
            for key, value in list(attributes.items())[:MOST_ATTRIBUTES]:
                attribute = Element(f"@{key}", element.line)
                attribute.text = value[:LONGEST_ATTRIBUTE]
                element.add(attribute)

    def _end(self, _: str) -> None:
        depth, self.depth = self.depth, self.depth - 1
        if self.skip_depth:
            if depth == self.skip_depth:
                self.skip_depth = 0
            return
        element = self.open.pop()
        if not element.children:
            element.text = "".join(self.text).strip()
            self.text_in_record += len(element.text)
            if self.record_depth and self.text_in_record > MOST_TEXT_IN_A_RECORD:
                self._refuse("RE833", f"more than {MOST_TEXT_IN_A_RECORD} characters in one record")
        self.text.clear()
        if self.record_depth == depth:
            self.record_depth = 0
            self.records[element.tag](element)
        elif self.record_depth:
            self.open[-1].add(element)
        elif element.tag in self.containers:
            self.containers[element.tag](element)
        elif self.open and not element.children:
            holder = self.open[-1]
            if element.tag not in holder.first and len(holder.children) < MOST_FIELDS:
                holder.add(element)

    def _characters(self, text: str) -> None:
        if self.skip_depth:
            return
        self.text_size += len(text)
        if self.text_size > MOST_TEXT:
            self._refuse("RE833", f"more than {MOST_TEXT} characters in one field")
        self.text.append(text)


def fault(code: str, value: str, file: str, line: int | None = None, path: str = "") -> Issue:
    """Return a fault of an XML file in the catalogue's own words."""
    entry = CATALOGUE[code]
    return Issue(code, path, rule=entry.rule, value=shortened(value), file=file, line=line, cure=entry.clause)


def root_tag(path: Path, file: str) -> str:
    """Return the name of the root element; the empty string where the file begins like no XML.

    Raises
    ------
    ScenarioError
        Where there is a DOCTYPE before it.
    """
    tags: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, _: object) -> None:
        if not tags:
            tags.append(name.rpartition(" ")[2])

    def doctype(*_: object) -> NoReturn:
        raise ScenarioError([fault("RE831", "<!DOCTYPE", file, max(1, parser.CurrentLineNumber))])

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        with path.open("rb") as stream:
            while not tags and (chunk := stream.read(CHUNK)):
                parser.Parse(chunk, False)
    except OSError as error:
        raise ScenarioError([fault("RE849", error.strerror or str(error), file)]) from None
    except (expat.ExpatError, ValueError, LookupError):
        pass
    return tags[0] if tags else ""
