"""Progress and dates: what has happened, what the dates are bound to, what another tool computed."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import model_validator

from riskengine.model.fields import LONGEST_TEXT, Choice, Flag, Instant, Text, Texts
from riskengine.model.frozen import Frozen

ConstraintType = Literal["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "SO", "FO", "ALAP"]

HARD: frozenset[str] = frozenset({"SNLT", "FNLT", "MSO", "MFO", "SO", "FO"})
"""Constraints that a delay cannot move: they make negative float, or hold a date whatever the logic says."""


class Constraint(Frozen):
    """What binds a date of a task.

    Notes
    -----
    Start or finish no earlier or no later than ``date`` (SNET, SNLT, FNET, FNLT), exactly then as far as logic allows
    (SO, FO), then whatever logic says (MSO, MFO), or as late as possible (ALAP, the only one without a date).
    """

    type: Annotated[
        ConstraintType,
        Choice(
            "Which date is bound, from which side: see the page of the format.",
            is_written=True,
            is_required=True,
            example='"SNET"',
        ),
    ]
    date: Annotated[
        datetime | None,
        Instant("Date; without a time, 00:00 for starts and 24:00 for finishes. ALAP has none.", example="2027-05-03"),
    ] = None

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        if (self.date is None) != (self.type == "ALAP"):
            raise ValueError("RE251 every constraint but ALAP must have a date, and ALAP none")
        return self

    @property
    def is_hard(self) -> bool:
        """Whether it bounds or fixes a date from above."""
        return self.type in HARD


class Imported(Frozen):
    """What the tool of an imported schedule stored for a task; it is compared with, never used.

    Notes
    -----
    ``baseline_start`` and ``baseline_finish`` are what was once promised. ``external`` names what outside the project
    binds a date. ``edited`` says that stored dates contradict each other: the task was changed after it was scheduled.
    """

    early_start: Annotated[
        datetime | None, Instant("Early start that the tool stored.", example="2027-03-01T08:00:00")
    ] = None
    early_finish: Annotated[
        datetime | None, Instant("Early finish that the tool stored.", ends=True, example="2027-03-26T17:00:00")
    ] = None
    late_start: Annotated[
        datetime | None, Instant("Late start that the tool stored.", example="2027-03-08T08:00:00")
    ] = None
    late_finish: Annotated[
        datetime | None, Instant("Late finish that the tool stored.", ends=True, example="2027-04-02T17:00:00")
    ] = None
    baseline_start: Annotated[datetime | None, Instant("Start in the baseline.", example="2027-02-22T08:00:00")] = None
    baseline_finish: Annotated[
        datetime | None, Instant("Finish in the baseline.", ends=True, example="2027-03-19T17:00:00")
    ] = None
    external: Annotated[
        str, Text("What outside the project binds a date of the task.", column="", example='"delivery by the client"')
    ] = ""
    edited: Annotated[
        bool,
        Flag(
            "True where stored dates show that the task was changed after it was scheduled.", column="", example="true"
        ),
    ] = False

    @property
    def has_dates(self) -> bool:
        """Whether there is any date that a schedule computes, to compare with."""
        dates = (self.early_start, self.early_finish, self.late_start, self.late_finish)
        return any(date is not None for date in dates)


class ImportSource(Frozen):
    """Where an imported scenario came from, and what its import had to simplify.

    Notes
    -----
    ``data_date`` is the data date of the import, or its start where it has none: the stored dates hold for it alone.
    ``status`` is the date up to which progress was recorded by a tool that computes no dates from it.
    """

    tool: Annotated[str, Text("Name of the tool that wrote the file.", is_written=True, example='"Primavera P6"')] = ""
    file: Annotated[str, Text("Name of the file.", is_written=True, example='"station.xer"')] = ""
    project: Annotated[str, Text("Id of the project in the file.", is_written=True, example='"GS-1"')] = ""
    data_date: Annotated[
        datetime | None,
        Instant(
            "Data date of the import, or its start: the date for which the stored dates hold.", example="2027-04-12"
        ),
    ] = None
    status: Annotated[
        datetime | None,
        Instant(
            "Date up to which progress was recorded, where the tool computes no dates from it.", example="2027-04-09"
        ),
    ] = None
    notes: Annotated[
        tuple[str, ...],
        Texts(
            "What was not understood, or was simplified.",
            LONGEST_TEXT,
            has_lines=True,
            is_written=True,
            example='["2 resource curves were taken for even ones"]',
        ),
    ] = ()
