"""Clauses of a contract that make money depend on a date: damages for a late target, a bonus for an early one."""

from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Final, Literal

from riskengine.model.fields import Choice, Instant, Number, Reference, Text
from riskengine.model.frozen import Frozen

Period = Literal["day", "week"]
PERIODS: Final = {"day": timedelta(days=1), "week": timedelta(weeks=1)}


class DateClause(Frozen):
    """An amount for each day or week between a date and the finish of a target, up to a cap.

    Days are days of 24 hours on the clock, weekends and holidays among them, and none is counted by part: see ``cost``
    of the two kinds. ``target`` is ``project`` or a task.
    """

    id: str
    name: Annotated[str, Text("Name of the clause.", is_written=True, example='"Section 8.7"')] = ""
    target: Annotated[str, Reference("project, or the id of a task.", "tasks", is_written=True, example='"build"')] = (
        "project"
    )
    date: Annotated[
        datetime,
        Instant("Date from which it counts; a date is its end.", ends=True, is_required=True, example="2027-09-30"),
    ]
    rate: Annotated[
        float,
        Number(
            "Money for each day or week.", above=0, code="RE420", is_required=True, is_written=True, example="25000"
        ),
    ]
    per: Annotated[Period, Choice("Whether the rate is for days or weeks.", is_written=True, example='"week"')] = "day"
    most: Annotated[
        float | None, Number("Cap: it is never more than this in all.", above=0, code="RE421", example="500000")
    ] = None

    @property
    def period(self) -> int:
        """What the rate is for [microseconds]."""
        return PERIODS[self.per] // timedelta(microseconds=1)

    def capped(self, periods: Any) -> Any:
        """Return the money for whole periods, whole numbers or an array of them, up to the cap."""
        money = periods * self.rate
        if self.most is None:
            return money
        is_capped = money > self.most
        return money * (1 - is_capped) + self.most * is_capped


class Damages(DateClause):
    """Damages that are owed for each day or week, begun or whole, by which a target is late."""

    is_bonus: ClassVar[bool] = False

    def cost(self, late: Any) -> Any:
        """Return what a target costs that finishes so long after the date.

        Parameters
        ----------
        late : int or array of int [microseconds]
            Negative where it is early.
        """
        return self.capped((late > 0) * -(-late // self.period))


class Bonus(DateClause):
    """A bonus that is earned for each whole day or week by which a target is early."""

    is_bonus: ClassVar[bool] = True

    def cost(self, late: Any) -> Any:
        """Return what a target costs that finishes so long after the date: less than nothing where it earns a bonus.

        Parameters
        ----------
        late : int or array of int [microseconds]
            Negative where it is early.
        """
        return -self.capped((late < 0) * (-late // self.period))
