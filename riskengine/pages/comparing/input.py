"""What the page of two plans is made from: the comparison as JSON has it, and what the plans say otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from riskengine.pages.language import Language
from riskengine.pages.speaker import Speaker
from riskengine.report.text.notation import is_nothing

Row = Mapping[str, Any]
WORKING: Final = "working days"
P80: Final = "p80"


@dataclass(frozen=True)
class ComparisonInput(Speaker):
    """All that the page is made from.

    Parameters
    ----------
    document : mapping
        What ``riskengine compare --bridge --json`` prints.
    changes : sequence of mapping
        ``differences`` of ``riskengine diff --json``.
    language : Language
    """

    document: Row
    changes: Sequence[Row]
    language: Language

    @property
    def currency(self) -> str:
        """Currency of both plans."""
        return str(self.document["currency"])

    @property
    def is_working(self) -> bool:
        """Whether dates are told apart in working days of the project, and not in days of 24 hours."""
        finish = next(row for row in self.document["differences"] if row["measure"] == "finish")
        return bool(finish["unit"] == WORKING)

    @property
    def unit(self) -> str:
        """What dates are told apart in, in words."""
        return self.say("compared.working_days" if self.is_working else "compared.calendar_days")

    @property
    def measures(self) -> list[str]:
        """The finish, and the cost where anything costs something."""
        costs = self.movements("project", "cost")
        return ["finish", *(["cost"] if any(row["before"] or row["after"] for row in costs) else [])]

    def movements(self, target: str, measure: str) -> list[Row]:
        """Return what moved of a measure: plan, P50, P80, P90 and mean."""
        rows = self.document["differences"]
        return [row for row in rows if (row["target"], row["measure"]) == (target, measure)]

    def p80(self, measure: str, target: str = "project") -> Row:
        """Return what moved of P80."""
        return next(row for row in self.movements(target, measure) if row["statistic"] == P80)

    def side(self, movement: Row, when: str) -> str:
        """Return a date, days or money of one plan."""
        if movement["measure"] == "cost":
            return self.language.money(movement[when], self.currency)
        instant = movement[f"{when}_instant"]
        if instant is None:
            return self.say(self.days_key, number=self.language.tenths(movement[when]))
        return self.language.day(moment_of(instant))

    @property
    def days_key(self) -> str:
        """Text that a number of days stands in."""
        return "unit.days" if self.is_working else "trend.moved_days"

    def difference(self, measure: str, row: Row) -> tuple[str, str]:
        """Return a difference with its sign, and its interval; in words where it is exactly nothing."""
        ends = row["difference"], row["ci_low"], row["ci_high"]
        if is_nothing(*ends):
            return self.say("compared.none"), ""
        if measure == "cost":
            return self.language.money_estimate(*ends, self.currency, True)
        number, interval = self.language.tenths_estimate(*ends, True)
        return self.say(self.days_key, number=number), interval

    def points(self, gate: Row) -> tuple[str, str]:
        """Return the difference of a chance in points of a hundred, and its interval."""
        if is_nothing(gate["difference"], gate["ci_low"], gate["ci_high"]):
            return self.say("compared.none"), ""
        value, low, high = (100 * gate[name] for name in ("difference", "ci_low", "ci_high"))
        number, interval = self.language.tenths_estimate(value, low, high, True)
        return self.say("compared.points_of", number=number), interval


def moment_of(text: str) -> datetime:
    """Return an instant as JSON has it."""
    return datetime.fromisoformat(text)
