"""How dates are computed from progress, and in which order resources are given out."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from riskengine.model.estimate import Constant

OutOfSequence = Literal["retained logic", "progress override", "actual dates"]
StartLag = Literal["early start", "actual start"]
FloatKind = Literal["finish", "start", "smallest"]
HardConstraints = Literal["kept", "ignored"]
LevellingRule = Literal["late finish", "total float", "early start", "priority", "shortest"]


class ScheduleOptions(BaseModel):
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

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    out_of_sequence: OutOfSequence = "retained logic"
    start_lag: StartLag = "early start"
    must_finish: datetime | None = None
    float_kind: FloatKind = "finish"
    honour_constraints: bool = False
    open_ends_critical: bool = False
    critical_float: Constant = Constant.model_construct(value=0.0, unit="h")
    hard_constraints: HardConstraints = "kept"


class Levelling(BaseModel):
    """Resource levelling, in every iteration; ``rule`` says who is served first."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    rule: LevellingRule = "late finish"
