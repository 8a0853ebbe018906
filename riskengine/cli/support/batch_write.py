"""Writing what a batch says of all its scenarios together."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from riskengine.errors import ResultsError


def write_tables(output: Path, rows: Sequence[dict[str, Any]]) -> "ResultsError | None":
    """Write the portfolio and its gates, or return why that failed: what was computed is printed first."""
    from riskengine.analysis import portfolio_gates_table, portfolio_table
    from riskengine.errors import ResultsError
    from riskengine.results.portfolio import write_portfolio

    try:
        write_portfolio(output, portfolio_table(rows), portfolio_gates_table(rows))
    except ResultsError as error:
        return error
    return None
