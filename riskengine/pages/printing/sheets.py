"""How many sheets of paper a PDF has."""

import re

SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")


def count_sheets(data: bytes) -> int:
    """Return the number of pages of a PDF whose objects stand in it as they are, as both printers write them."""
    return len(SHEET.findall(data))
