"""Runs of shipped scenarios at two status dates each, as a team has them that reports month after month."""

from datetime import datetime, timedelta
from pathlib import Path

import riskengine
from tests.shipped.shipped import NAMES, path

WEEKS_LATER = 6


def write_shipped(root: Path, names: list[str] | None = None, iterations: int = 512) -> Path:
    """Write each scenario as it is shipped and as it is six weeks later, and return the folder of all runs."""
    for name in NAMES if names is None else names:
        scenario = riskengine.read(path(name))
        folder = name.replace("/", "-")
        riskengine.decide(scenario, iterations=iterations).write(root / "first" / folder)
        later = riskengine.read(update(name, scenario.start), folder=path(name).parent)
        riskengine.decide(later, iterations=iterations).write(root / "later" / folder)
    return root


def update(name: str, status: datetime) -> str:
    """Return a status update in which nothing was done since."""
    date = (status + timedelta(weeks=WEEKS_LATER)).date()
    return f'schema = 1\nextends = "{path(name).name}"\ndata_date = {date}\n'
