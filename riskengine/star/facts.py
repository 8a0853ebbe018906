"""What a run says of its project beside its tables."""

import json
from dataclasses import dataclass
from datetime import datetime

from riskengine.results.run import RunRecord


@dataclass(frozen=True)
class ProjectFacts:
    """What the star schema says of the project of a run.

    Parameters
    ----------
    calendar, description : str
    start : datetime or None
        Start of the project; None where a plan has a data date and no start.
    data_date : datetime or None
    days_before_data_date : float or None
        Working days of the project calendar from the start to the data date; 0 without a data date, None where it is
        not known.
    """

    calendar: str
    description: str
    start: datetime | None
    data_date: datetime | None
    days_before_data_date: float | None


def facts_of(run: RunRecord) -> ProjectFacts:
    """Return what is known of the project of a run."""
    scenario = json.loads(run.scenario_json)
    begins = datetime.fromisoformat(run.manifest["start"])
    has_data_date = "data_date" in scenario
    return ProjectFacts(
        calendar=scenario.get("calendar", ""),
        description=scenario.get("description", ""),
        start=None if has_data_date else begins,
        data_date=begins if has_data_date else None,
        days_before_data_date=None if has_data_date else 0.0,
    )
