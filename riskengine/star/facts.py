"""What a run says of its project as a whole."""

from dataclasses import dataclass
from datetime import datetime

from riskengine.results.run import RunRecord


@dataclass(frozen=True)
class ProjectFacts:
    """What the star schema says of the project of a run.

    Parameters
    ----------
    calendar, description : str
    start : datetime
        Start of the project.
    data_date : datetime or None
    days_before_data_date : float
        Working days of the project calendar from the start to the data date; 0 without a data date.
    """

    calendar: str
    description: str
    start: datetime
    data_date: datetime | None
    days_before_data_date: float


def facts_of(run: RunRecord) -> ProjectFacts:
    """Return what is known of the project of a run."""
    (row,) = run.tables["project"].to_pylist()
    return ProjectFacts(
        calendar=row["calendar"],
        description=row["description"],
        start=row["start"],
        data_date=row["data_date"],
        days_before_data_date=row["days_to_data_date"],
    )
