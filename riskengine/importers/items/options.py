"""What the user asks of an import of work items."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal

MAPS: Final = ("jira", "azure-devops", "github", "gitlab", "linear", "asana", "trello", "list")
"""The built-in maps, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class ItemsBefore:
    """What a plan said of its items at the status before.

    Attributes
    ----------
    date : datetime
        Data date of that status.
    ids : frozenset of str
        Tasks that were imported.
    started : mapping
        When tasks had begun.
    finished : frozenset of str
    """

    date: datetime
    ids: frozenset[str] = frozenset()
    started: Mapping[str, datetime] = field(default_factory=dict)
    finished: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ItemOptions:
    """What is asked, whatever the tool.

    Attributes
    ----------
    map : str or Path
        Name of a built-in map, or a map file; empty to guess it from the headings.
    data_date : date or None
        Data date: what the file says holds up to its beginning.
    start : date or None
        Start of a plan of which nothing has begun, in place of a data date.
    has_people : bool
        Whether assignees become resources of capacity 1, with levelling.
    team_size : int or None
        How many people there are for what nobody is assigned to.
    focus : float
        Share of a person's time that goes to these items.
    missing : float or None [h]
        What an item without an estimate takes.
    hours_per_day, days_per_week : float
        What a day and a week of an estimate are.
    point : float or None [h]
        What a point takes.
    sprints : str
        ``start`` lets nothing start before its sprint, ``finish`` makes the sprint's end a deadline, ``tag`` neither.
    keeps_done : bool
        Whether done items with both dates are kept.
    dates : str
        Order of day, month and year in dates of numbers, empty to find out.
    zone : str
        Time zone that instants are converted to; empty to take their clock as it stands.
    is_anonymous : bool
        Whether people are called P1, P2 and so on.
    encoding : str
        Encoding of a CSV file, empty to find out.
    before : ItemsBefore or None
        The plan that the file is the next status of: what it has is kept once it is done.
    only : frozenset of str or None
        Leaves that are planned one by one, where others are left to a backlog; None for all.
    """

    map: str | Path = ""
    data_date: date | None = None
    start: date | None = None
    has_people: bool = False
    team_size: int | None = None
    focus: float = 1.0
    missing: float | None = None
    hours_per_day: float = 8.0
    days_per_week: float = 5.0
    point: float | None = None
    sprints: Literal["tag", "start", "finish"] = "tag"
    keeps_done: bool = False
    dates: Literal["", "dmy", "mdy", "ymd"] = ""
    zone: str = ""
    is_anonymous: bool = False
    encoding: str = ""
    before: ItemsBefore | None = None
    only: frozenset[str] | None = None

    @property
    def hours_per_week(self) -> float:
        """Hours of a week of work."""
        return self.hours_per_day * self.days_per_week
