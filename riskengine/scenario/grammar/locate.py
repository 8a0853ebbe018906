"""Finding the line of every key and list item in a TOML text.

The reader of TOML in the standard library keeps no positions. This one keeps nothing else: it is tolerant, is used
only once there is a fault to place, and never decides what a text means.
"""

import json
import re
from bisect import bisect_right
from typing import Final

from riskengine.scenario.text.paths import Place

STRING: Final = (  # possessive: what may give way takes 100 bytes for each character
    r'"""(?:[^"\\]++|\\.|""?(?!"))*+"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
)
SPACE: Final = re.compile(r"[ \t]*")
BLANK: Final = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
KEY: Final = re.compile(r"[ \t]*(\"(?:[^\"\\\n]++|\\.)*+\"|'[^'\n]*+'|[A-Za-z0-9_-]++)[ \t]*(\.?)")
TEXT: Final = re.compile(STRING, re.DOTALL)
BARE: Final = re.compile(r"[^,\]}\n#]*")


class Lines:
    """Lines of the places of one text.

    Attributes
    ----------
    first : dict
        Place to the line it is first given at.
    again : list
        Places given a second time, with their lines.
    """

    def __init__(self, text: str) -> None:
        self.first: dict[Place, int] = {}
        self.again: list[tuple[Place, int]] = []
        self._breaks = [match.start() for match in re.finditer("\n", text)]

    def line(self, position: int) -> int:
        """Return the line of a position in the text, from 1."""
        return bisect_right(self._breaks, position - 1) + 1

    def note(self, place: Place, position: int, *, defined: bool = True) -> None:
        """Note that a place is given at a position; tables on the way to it are noted where they first show up."""
        line = self.line(position)
        for length in range(1, len(place)):
            self.first.setdefault(place[:length], line)
        if place in self.first:
            if defined:
                self.again.append((place, line))
        else:
            self.first[place] = line

    def place_at(self, line: int) -> Place:
        """Return the deepest place given at a line, that of its second giving before others."""
        twice = [place for place, other in self.again if other == line]
        once = [place for place, other in self.first.items() if other == line]
        return max(twice, key=len) if twice else max(once, key=len, default=())


def locate_toml(text: str) -> Lines:
    """Return the lines of all keys and list items of a TOML text."""
    return TomlScanner(text).scan()


class TomlScanner:
    """Walks over a TOML text and notes where each key and list item is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = Lines(text)

    def scan(self) -> Lines:
        """Return the lines of the whole text."""
        text, position = self.text, 0
        table: Place = ()
        counts: dict[Place, int] = {}
        while (position := self.skip(position)) < len(text):
            if text[position] == "[":
                many = text.startswith("[[", position)
                place, end = self.key(position + (2 if many else 1))
                if place and many:
                    place = (*place, counts.setdefault(place, 0))
                    counts[place[:-1]] += 1
                if place:
                    table = place
                    self.lines.note(place, position)
                position = self.end_of_line(end)
            else:
                place, end = self.key(position)
                if place and text.startswith("=", end):
                    place = (*table, *place)
                    self.lines.note(place, position)
                    end = self.value(end + 1, place)
                position = self.end_of_line(max(end, position + 1))
        return self.lines

    def skip(self, position: int) -> int:
        """Return the next position that is neither blank nor comment."""
        match = BLANK.match(self.text, position)
        return match.end() if match is not None else position

    def end_of_line(self, position: int) -> int:
        """Return the position after the end of the line."""
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end + 1

    def key(self, position: int) -> tuple[Place, int]:
        """Return the keys of a dotted key, and the position after it."""
        keys: list[str] = []
        while (match := KEY.match(self.text, position)) is not None:
            keys.append(unquoted(match.group(1)))
            position = match.end()
            if not match.group(2):
                break
        return tuple(keys), position

    def value(self, position: int, place: Place) -> int:
        """Note what a value holds, and return the position after it."""
        space = SPACE.match(self.text, position)
        position = space.end() if space is not None else position
        sign = self.text[position : position + 1]
        if sign == "[":
            return self.items(position + 1, place)
        if sign == "{":
            return self.pairs(position + 1, place)
        match = TEXT.match(self.text, position) or BARE.match(self.text, position)
        return match.end() if match is not None else position

    def items(self, position: int, place: Place) -> int:
        """Note the items of a list, and return the position after it."""
        index = 0
        while (position := self.skip(position)) < len(self.text):
            sign = self.text[position]
            if sign == "]":
                return position + 1
            if sign == ",":
                position += 1
                continue
            if sign == "}":
                return position
            item = (*place, index)
            self.lines.note(item, position)
            position = max(self.value(position, item), position + 1)
            index += 1
        return position

    def pairs(self, position: int, place: Place) -> int:
        """Note the keys of an inline table, and return the position after it."""
        while (position := self.skip(position)) < len(self.text):
            sign = self.text[position]
            if sign == "}":
                return position + 1
            if sign == ",":
                position += 1
                continue
            if sign == "]":
                return position
            keys, end = self.key(position)
            if keys and self.text.startswith("=", end):
                pair = (*place, *keys)
                self.lines.note(pair, position)
                position = self.value(end + 1, pair)
            else:
                position = max(end, position + 1)
        return position


def unquoted(key: str) -> str:
    """Return a key without its quotes and escapes."""
    if key[0] == "'":
        return key[1:-1]
    if key[0] != '"':
        return key
    try:
        return str(json.loads(key))
    except ValueError:
        return key[1:-1]
