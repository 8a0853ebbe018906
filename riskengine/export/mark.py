"""The table by which a database tells that an export made its tables, and which ones, in which version."""

import re

from riskengine.errors import ResultsError
from riskengine.export.exporter import ExportOptions
from riskengine.star.dictionary import STAR_VERSION, schema_digest

MARK = "riskengine_export"
NUMBERED = re.compile(r"([0-9]{1,9}) [0-9a-f]{64}")


def wanted_version(options: ExportOptions) -> tuple[str, str]:
    """Return which tables an export is to have, in which version."""
    return " ".join(options.tables), f"{STAR_VERSION} {schema_digest(options.tables)}"


def number_of(version: str) -> int:
    """Return the number of a version; the first ones had none, and are 0."""
    numbered = NUMBERED.fullmatch(version)
    return int(numbered[1]) if numbered else 0


def check_mark(mark: tuple[str, str], options: ExportOptions, place: object) -> None:
    """Refuse to add to an export with other tables, or of a newer version.

    Raises
    ------
    ResultsError
    """
    tables, version = mark
    number = number_of(version)
    if number > STAR_VERSION:
        problem = f"{place} has tables of version {number}, and this riskengine knows none after {STAR_VERSION}"
        raise ResultsError(problem, "RE738")
    lacks = set(options.tables) - set(tables.split())
    others = set(tables.split()) - set(options.tables)
    if others or (lacks and number == STAR_VERSION):
        raise ResultsError(f"{place} is an export with other tables", "RE724")
