"""What a workbook remembers of the export that made it, in its own properties."""

import base64
import html
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from riskengine.errors.archives import DAMAGED

NAME = "riskengine export"
PIECE = 240
"""Characters of a property; Excel takes 255."""
LARGEST = 2**24
MADE = "1980-01-01T00:00:00Z"
"""When a workbook says that it was made: the same for all, so that the same runs give the same bytes. Programs that
save one write the day on which they did."""


def pieces(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield names and values of the properties that hold a state."""
    text = base64.b64encode(zlib.compress(json.dumps(content, sort_keys=True).encode("ascii"), 9)).decode("ascii")
    for number, first in enumerate(range(0, len(text), PIECE)):
        yield f"{NAME} {number}", text[first : first + PIECE]


def read_state(path: Path) -> dict[str, Any] | None:
    """Return the state of a workbook as an export left it; None where none made it.

    ``is_changed`` in it says whether another program has saved it since.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            custom, core = (read_member(archive, f"docProps/{name}.xml") for name in ("custom", "core"))
    except (OSError, *DAMAGED):
        return None
    properties = re.findall(rf'name="{NAME} (\d+)"[^>]*>\s*<vt:lpwstr>([A-Za-z0-9+/=]*)</vt:lpwstr>', custom)
    try:
        data = base64.b64decode("".join(text for _, text in sorted(properties, key=lambda pair: int(pair[0]))))
        content = json.loads(zlib.decompressobj().decompress(data, LARGEST))
    except (ValueError, zlib.error, RecursionError):
        return None
    if not isinstance(content, dict) or not isinstance(content.get("runs"), dict):
        return None
    return content | {"is_changed": f">{MADE}</dcterms:modified>" not in core}


def read_member(archive: zipfile.ZipFile, name: str) -> str:
    """Return a small text file of an archive; ValueError for a large one."""
    with archive.open(name) as member:
        data = member.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(name)
    return html.unescape(data.decode("utf-8"))
