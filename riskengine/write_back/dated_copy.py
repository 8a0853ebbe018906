"""What comes of a file: its copy with dates in it."""

from collections.abc import Mapping
from typing import NamedTuple


class Copy(NamedTuple):
    """A file with dates in it: its bytes, and the tool's own names of the fields by their labels."""

    content: bytes
    fields: Mapping[str, str]
