"""Finding the line of every key and list item in a JSON text."""

import json
import re
from typing import Final

from riskengine.scenario.grammar.locate import Lines

TOKEN: Final = re.compile(r'\s*("(?:[^"\\]++|\\.)*+"|[\[\]{}:,]|[^\s\[\]{}:,"]+)')


def locate_json(text: str) -> Lines:
    """Return the lines of all keys and list items of a JSON text."""
    lines = Lines(text)
    place: list[str | int] = []
    kinds: list[str] = []
    key_next = False
    position = 0
    while (match := TOKEN.match(text, position)) is not None:
        token, start, position = match.group(1), match.start(1), match.end()
        if key_next and token[0] == '"':
            place[-1] = unescaped(token)
            lines.note(tuple(place), start)
            key_next = False
            continue
        if token == ",":
            if kinds and kinds[-1] == "[" and isinstance(place[-1], int):
                place[-1] += 1
            key_next = bool(kinds) and kinds[-1] == "{"
            continue
        if token == ":":
            continue
        if token in "]}":
            if kinds:
                kinds.pop()
                place.pop()
            key_next = False
            continue
        if kinds and kinds[-1] == "[":
            lines.note(tuple(place), start)
        if token in "[{":
            kinds.append(token)
            place.append(0 if token == "[" else "")
            key_next = token == "{"
    return lines


def unescaped(token: str) -> str:
    """Return the text of a JSON string."""
    try:
        return str(json.loads(token))
    except ValueError:
        return token[1:-1]
