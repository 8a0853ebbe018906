"""A scenario document as TOML text: one fixed layout, so that importing twice gives the same bytes.

Every text is untrusted: quotes, line ends, control characters and signs that nobody sees are written as escapes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any, Final

from riskengine.model.format import SECTIONS

BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
PLAIN: Final = re.compile(r'[^"\\]*')
SHORT: Final = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f"}
WIDTH: Final = 110


def write_toml(document: Mapping[str, Any], comments: Sequence[str] = ()) -> str:
    """Return the text of a scenario document.

    Parameters
    ----------
    document : mapping
        Texts, numbers, flags, dates, lists and tables; the order of keys is kept. None and empty keys are left out.
    comments : sequence of str
        Lines for the top of the file.

    Returns
    -------
    str
        UTF-8 safe, ends with a newline.

    Raises
    ------
    TypeError, ValueError
        For values that TOML does not have.
    """
    lines = [f"# {visible(comment)}".rstrip() for comment in comments]
    lines += [""] if lines else []
    headed = {}
    for name, value in document.items():
        if isinstance(value, Mapping):
            headed[name] = value
        elif value is not None:
            lines.append(f"{key(name)} = {_value(value)}")
    for name, table in headed.items():
        if name not in SECTIONS:
            lines += _section(key(name), table)
            continue
        for entry, fields in table.items():
            lines += _section(f"{key(name)}.{key(entry)}", fields)
    return "\n".join(lines).lstrip("\n") + "\n"


def _section(heading: str, fields: Mapping[str, Any]) -> Iterator[str]:
    """Lines of one table with its heading."""
    yield ""
    yield f"[{heading}]"
    for name, value in fields.items():
        if value is None:
            continue
        text = f"{key(name)} = {_value(value)}"
        if len(text) <= WIDTH or not value:
            yield text
        elif isinstance(value, (list, tuple)):
            yield from _listing(key(name), value)
        elif isinstance(value, Mapping):
            yield from (f"{key(name)}.{key(part)} = {_value(item)}" for part, item in value.items() if item is not None)
        else:
            yield text


def _listing(name: str, values: Sequence[Any]) -> Iterator[str]:
    """Lines of a list that does not fit on one."""
    yield f"{name} = ["
    yield from (f"  {_value(value)}," for value in values)
    yield "]"


def _value(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not isfinite(value):
            raise ValueError(f"{value} cannot be written")
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None, microsecond=0).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        fields = [f"{key(name)} = {_value(item)}" for name, item in value.items() if item is not None]
        return f"{{ {', '.join(fields)} }}" if fields else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_value(item) for item in value)}]"
    raise TypeError(f"{type(value).__name__} cannot be written")


def key(name: str) -> str:
    """Return a key, in quotes where it needs them."""
    return name if BARE.fullmatch(name) else quoted(name)


def quoted(text: str) -> str:
    """Return a text in quotes, everything in it escaped that does not show."""
    if text.isprintable() and PLAIN.fullmatch(text):
        return f'"{text}"'
    return '"' + "".join(_sign(sign) for sign in text) + '"'


def _sign(sign: str) -> str:
    if sign in SHORT:
        return SHORT[sign]
    if sign.isprintable():
        return sign
    number = ord(sign)
    if 0xD800 <= number <= 0xDFFF:  # half of a character, which no file can hold
        return "\\uFFFD"
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"


def visible(text: str) -> str:
    """Return a text for a comment: on one line, without signs that do not show."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
