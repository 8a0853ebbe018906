"""Places in a document as dotted paths, such as ``tasks.design.after[0]``."""

import re
from typing import Final

from riskengine.errors import shortened

LONGEST_KEY: Final = 250
"""Characters shown of one key: more than an id may have, so that only mistakes are cut."""

Place = tuple[str | int, ...]
"""Keys and list positions from the top of a document down to a value."""

BARE = re.compile(r"[A-Za-z0-9_-]+")
PART = re.compile(r"\s*(?:\"((?:\\.|[^\"\\])*)\"|'([^']*)'|([^.\"'\s]+))\s*(\.|$)")


def dotted(place: Place) -> str:
    """Return the place as people write it: keys joined by points, odd keys in quotes, list positions in brackets."""
    words = ""
    for part in place:
        if isinstance(part, int):
            words += f"[{part}]"
            continue
        part = shortened(part, LONGEST_KEY)
        if BARE.fullmatch(part):
            words += f".{part}" if words else part
        else:
            quoted = '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"'
            words += f".{quoted}" if words else quoted
    return words


def keys_of(text: str) -> tuple[str, ...]:
    """Return the keys of a dotted path, or nothing where it is not one."""
    keys: list[str] = []
    position = 0
    while True:
        match = PART.match(text, position)
        if match is None:
            return ()
        basic, literal, bare, end = match.groups()
        keys.append(re.sub(r"\\(.)", r"\1", basic) if basic is not None else literal if literal is not None else bare)
        position = match.end()
        if end == "":
            return tuple(keys)


def switch_path(section: str, name: str) -> str:
    """Return the dotted path of the switch of an entity; an id may hold anything that can be quoted."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'{section}."{quoted}".active'
