"""The table by which a database tells that an export made its tables, and which ones, in which version."""

from riskengine.errors import ResultsError
from riskengine.export.exporter import ExportOptions
from riskengine.star.dictionary import schema_digest

MARK = "riskengine_export"


def wanted_version(options: ExportOptions) -> tuple[str, str]:
    """Return which tables an export is to have, in which version."""
    return " ".join(options.tables), schema_digest(options.tables)


def check_version(present: tuple[str, str], options: ExportOptions, place: object) -> None:
    """Refuse to add to an export with other tables or columns."""
    wanted = wanted_version(options)
    if present != wanted:
        what = "columns" if present[0] == wanted[0] else "tables"
        raise ResultsError(f"{place} is an export with other {what}", "RE724")
