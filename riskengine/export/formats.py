"""The formats, and which one a place is of."""

from typing import Final, NamedTuple

from riskengine.errors import UsageError, shortened
from riskengine.export import csv, duckdb, parquet, postgresql, xlsx
from riskengine.export.exporter import Exporter
from riskengine.export.urls import without_password

EXPORTERS: Final = (parquet.PARQUET, csv.CSV, xlsx.XLSX, duckdb.DUCKDB, postgresql.POSTGRESQL)
"""Every format, in the order of the help."""

WRITTEN_BACK: Final = ("xer:FILE", "mspdi:FILE")
"""Places of the room ``write_back``, for the list of what there is."""


class Place(NamedTuple):
    """Where runs are written to, and in which format."""

    exporter: Exporter
    text: str

    @property
    def printable_text(self) -> str:
        """The text as it may be printed."""
        return without_password(self.text) if self.exporter.is_url else f"{self.exporter.scheme}:{self.text}"


def place_named(text: str) -> Place:
    """Return the place that a text such as ``parquet:out`` names.

    Raises
    ------
    UsageError
        For a format that there is none of, and for a format without a place.
    """
    scheme, colon, rest = text.partition(":")
    for exporter in EXPORTERS:
        if colon and scheme == exporter.scheme:
            if not rest:
                raise UsageError(f"{shortened(text)} names no {exporter.place}", "RE722")
            return Place(exporter, text if exporter.is_url else rest)
    forms = ", ".join([*(described(exporter) for exporter in EXPORTERS), *WRITTEN_BACK])
    raise UsageError(f"{shortened(without_password(text))!r} is none of {forms}", "RE722")


def described(exporter: Exporter) -> str:
    """Return how a place of a format is written: ``parquet:FOLDER``."""
    return f"{exporter.scheme}:{exporter.place}"
