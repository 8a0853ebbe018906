"""Work that is done: what was estimated, and what it took."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from riskengine.model import AnyEstimate


@dataclass(frozen=True, slots=True)
class FinishedItem:
    """One item of work that is done.

    Attributes
    ----------
    id : str
    line : int
        Row of the table.
    team : str
        Empty where nobody is named.
    sprint : str
        Period that it was done in, empty where none is named.
    estimate : float
        The single estimate, the most likely of three points, or the P50 of three percentiles.
    actual : float
        What it took, in the unit of the estimate.
    forecast : Estimate or None
        The range that was forecast; None for a single estimate.
    """

    id: str
    line: int
    team: str
    sprint: str
    estimate: float
    actual: float
    forecast: AnyEstimate | None = None


@dataclass(frozen=True, slots=True)
class FinishedWork:
    """A table of work that is done.

    Attributes
    ----------
    file : str
        As the user named it.
    unit : str
        Unit of estimates and actuals, empty where the table names none.
    items : tuple of FinishedItem
        In the order of the table.
    rows : int
        Rows that hold an item, used or not.
    left_out : mapping
        Ids of the items that were left out, by team and reason.
    suspicions : mapping
        Ids of items whose data look wrong, by team and what is suspicious; they are used.
    has_teams : bool
        Whether the table has a column for them.
    notes : list of str
        What was guessed, one sentence each.
    """

    file: str
    unit: str
    items: tuple[FinishedItem, ...]
    rows: int
    left_out: Mapping[tuple[str, str], list[str]] = field(default_factory=dict)
    suspicions: Mapping[tuple[str, str], list[str]] = field(default_factory=dict)
    has_teams: bool = False
    notes: list[str] = field(default_factory=list)
