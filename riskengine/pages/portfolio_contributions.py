"""What each risk adds to the finish of each scenario of a batch, from their results folders."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from riskengine.errors import ResultsError
from riskengine.pages.portfolio_input import Row
from riskengine.report import reading
from riskengine.results.folder.store import open_run

COLUMNS: Final = ("risk", "name", "days_p80", "days_p80_ci_low", "days_p80_ci_high")


def read_contributions(folder: Path, runs: Mapping[str, str]) -> dict[str, Sequence[Row]]:
    """Return the risks of each scenario that add days for certain, by the key of the scenario.

    Parameters
    ----------
    folder : Path
        Of the batch.
    runs : mapping of str to str
        Run of each scenario, by its key; a folder with another run, without one, or a damaged one is left out.

    Notes
    -----
    Certain is what has its whole interval above 0: of hundreds of risks that add nothing, some always seem to add
    a little.
    """
    contributions: dict[str, Sequence[Row]] = {}
    for key, run in runs.items():
        try:
            record = open_run(folder / key)
            if record.manifest["run"] == run:
                contributions[key] = [
                    {
                        "scenario_key": key,
                        "driver": risk["risk"],
                        "driver_kind": "risk",
                        "driver_name": risk["name"],
                        "driver_days": risk["days_p80"],
                        "driver_days_ci_low": risk["days_p80_ci_low"],
                        "driver_days_ci_high": risk["days_p80_ci_high"],
                    }
                    for risk in reading.rows(record, "risks", COLUMNS)
                    if (risk["days_p80_ci_low"] or 0.0) > 0
                ]
        except ResultsError:
            continue
    return contributions
