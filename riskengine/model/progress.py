"""Progress and dates: what has happened, what the dates are bound to, what another tool computed."""

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

ConstraintType = Literal["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "SO", "FO", "ALAP"]

HARD: frozenset[str] = frozenset({"SNLT", "FNLT", "MSO", "MFO", "SO", "FO"})
"""Constraints that a delay cannot move: they make negative float, or hold a date whatever the logic says."""


class Constraint(BaseModel):
    """What binds a date of a task.

    Notes
    -----
    Start or finish no earlier or no later than ``date`` (SNET, SNLT, FNET, FNLT), exactly then as far as logic allows
    (SO, FO), then whatever logic says (MSO, MFO), or as late as possible (ALAP, the only one without a date).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    type: ConstraintType
    date: datetime | None = None

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        if (self.date is None) != (self.type == "ALAP"):
            raise ValueError("RE251 every constraint but ALAP must have a date, and ALAP none")
        return self

    @property
    def is_hard(self) -> bool:
        """Whether it bounds or fixes a date from above."""
        return self.type in HARD


class Imported(BaseModel):
    """What the tool of an imported schedule stored for a task; it is compared with, never used.

    Notes
    -----
    ``baseline_start`` and ``baseline_finish`` are what was once promised. ``external`` names what outside the project
    binds a date. ``edited`` says that stored dates contradict each other: the task was changed after it was scheduled.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    early_start: datetime | None = None
    early_finish: datetime | None = None
    late_start: datetime | None = None
    late_finish: datetime | None = None
    baseline_start: datetime | None = None
    baseline_finish: datetime | None = None
    external: str = ""
    edited: bool = False

    @property
    def has_dates(self) -> bool:
        """Whether there is any date that a schedule computes, to compare with."""
        dates = (self.early_start, self.early_finish, self.late_start, self.late_finish)
        return any(date is not None for date in dates)


class ImportSource(BaseModel):
    """Where an imported scenario came from, and what its import had to simplify.

    Notes
    -----
    ``as_of`` is the data date of the import, or its start where it has none: the stored dates hold for it alone.
    ``status`` is the date up to which progress was recorded by a tool that computes no dates from it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    tool: str = ""
    file: str = ""
    project: str = ""
    as_of: datetime | None = None
    status: datetime | None = None
    notes: tuple[str, ...] = ()
