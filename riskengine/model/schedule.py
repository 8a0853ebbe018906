"""How dates are computed from progress, and in which order resources are given out."""

from datetime import datetime
from typing import Annotated, Literal

from riskengine.model.estimate import Constant
from riskengine.model.fields import Amount, Choice, Flag, Instant
from riskengine.model.frozen import Frozen

OutOfSequence = Literal["retained logic", "progress override", "actual dates"]
StartLag = Literal["early start", "actual start"]
FloatKind = Literal["finish", "start", "smallest"]
HardConstraints = Literal["kept", "ignored"]
LevellingRule = Literal["late finish", "total float", "early start", "priority", "shortest"]


class ScheduleOptions(Frozen):
    """Options of scheduling that tools differ in.

    Notes
    -----
    ``out_of_sequence`` says whether a started task still waits for its unfinished predecessors; ``start_lag`` what
    the lag of a start-to-start relationship from a started task counts from. ``must_finish`` bounds the late dates of
    the project. With ``honour_constraints`` late constraints hold early dates too. ``float_kind`` (``float`` in the
    file) is which float is the total one; ``open_ends_critical`` gives tasks without successors no float; tasks of at
    most ``critical_float`` total float are called critical. ``hard_constraints`` says whether mandatory dates and
    bounds from above were left out: a scenario of which they are ``ignored`` has none.
    """

    out_of_sequence: Annotated[
        OutOfSequence,
        Choice(
            "What a task that started too early still waits for: its predecessors, or nothing.",
            is_written=True,
            example='"progress override"',
        ),
    ] = "retained logic"
    start_lag: Annotated[
        StartLag,
        Choice(
            "What the lag of a start-to-start from a started task counts from.",
            is_written=True,
            example='"actual start"',
        ),
    ] = "early start"
    must_finish: Annotated[
        datetime | None,
        Instant("Bound of the late dates of the project; a date is its end.", ends=True, example="2027-12-31"),
    ] = None
    float_kind: Annotated[
        FloatKind,
        Choice(
            "Which float is the total one: that of the finish, of the start, or the smaller.",
            key="float",
            is_written=True,
            example='"smallest"',
        ),
    ] = "finish"
    honour_constraints: Annotated[
        bool,
        Flag(
            "True lets constraints on late dates hold early dates too, as Microsoft Project does.",
            is_written=True,
            example="true",
        ),
    ] = False
    open_ends_critical: Annotated[
        bool, Flag("True gives tasks without a successor no float.", is_written=True, example="true")
    ] = False
    critical_float: Annotated[
        Constant,
        Amount("Total float up to which a task is called critical; default 0.", "lag", is_written=True, example='"8h"'),
    ] = Constant.model_construct(value=0.0, unit="h")
    hard_constraints: Annotated[
        HardConstraints,
        Choice("Ignored leaves out mandatory dates and what bounds dates from above.", example='"ignored"'),
    ] = "kept"


class Levelling(Frozen):
    """Resource levelling, in every iteration; ``rule`` says who is served first."""

    rule: Annotated[
        LevellingRule,
        Choice("Who is served first where resources are short.", is_written=True, example='"total float"'),
    ] = "late finish"
