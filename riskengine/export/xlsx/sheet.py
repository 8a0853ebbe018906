"""Worksheets that write every number to its last digit, and no text as anything but text."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 2**20 - 1
"""Rows of a worksheet below its head."""
MOST_CHARACTERS = 32_767
"""Characters of a cell."""
FIRST_DATE, LEAP_DAY = datetime(1900, 1, 1), datetime(1900, 3, 1)
"""The first day of Excel, and the first one behind its 29 February 1900, which never was."""


def serial(value: date) -> float | None:
    """Return a day or an instant as Excel counts it; None before the first one that it has."""
    instant = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    if instant < FIRST_DATE:
        return None
    days = (instant - FIRST_DATE) / timedelta(days=1) + 1
    return days if instant < LEAP_DAY else days + 1


class ExactSheet(Worksheet):  # type: ignore[misc]
    """A worksheet of XlsxWriter but for two things.

    Notes
    -----
    XlsxWriter writes 16 digits of a number, and a float takes up to 17 to come back as it was. And it takes a text that
    begins with ``<r>`` and ends with ``</r>`` for markup that it has made itself, which would let a name write into the
    file.
    """

    def _xml_number_element(self, number: float, attributes: Iterable[tuple[str, Any]] = ()) -> None:
        attribute_text = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{attribute_text}><v>{number!r}</v></c>")

    def _xml_rich_inline_string(self, string: str, attributes: Iterable[tuple[str, Any]] = ()) -> None:
        self._xml_inline_string(string, True, attributes)
