"""What the page of a portfolio is made from: the tables of a batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from riskengine.pages.language import Language
from riskengine.pages.speaker import Speaker

Row = dict[str, Any]


@dataclass(frozen=True)
class PortfolioInput(Speaker):
    """All that the page of a portfolio is made from.

    Parameters
    ----------
    rows : sequence of dict
        Of the table ``portfolio``, each with its rows of ``portfolio_gates`` under ``gates``.
    language : Language
    addresses : mapping of str to str
        Address of the report of each scenario that has one, by its key.
    folder : str
        The folder of the batch, as the user named it.
    contributions : mapping of str to sequence of dict
        What each risk adds to the P80 finish of a scenario, by its key: of those whose results could be read.
    """

    rows: Sequence[Row]
    language: Language
    addresses: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""
    contributions: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    @property
    def done(self) -> list[Row]:
        """The scenarios that have results."""
        return [row for row in self.rows if row["status"] == "done"]


def portfolio_rows(portfolio: Sequence[Row], gates: Sequence[Row]) -> list[Row]:
    """Return the rows of a portfolio, each with those of its gates.

    The two tables are two files, and a batch may have been cut off between them: gates of another run are none.
    """
    by_run: dict[tuple[str, str], list[Row]] = {}
    for gate in gates:
        by_run.setdefault((gate["scenario_key"], gate["run"]), []).append(gate)
    return [row | {"gates": by_run.get((row["scenario_key"], row["run"]), [])} for row in portfolio]
