"""A measured figure, its goal, and how both are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Goal:
    """A limit that a figure is to keep."""

    limit: float
    is_least: bool

    def is_met(self, value: float) -> bool:
        """Return whether a value keeps the limit."""
        return value >= self.limit if self.is_least else value <= self.limit

    def words(self, unit: str) -> str:
        """Return the goal as it stands in the table."""
        return f"{'>=' if self.is_least else '<='} {shown(self.limit)} {unit}".rstrip()


def at_least(limit: float) -> Goal:
    """Return the goal of being as large as a limit."""
    return Goal(limit, is_least=True)


def at_most(limit: float) -> Goal:
    """Return the goal of being no larger than a limit."""
    return Goal(limit, is_least=False)


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Parameters
    ----------
    name : str
    value : float
    unit : str
    goal : Goal or None
        None for a figure that is given for information.
    details : mapping of str to float
        What the value was made of; goes to the JSON file.
    note : str
        What the reader of the table must know.
    """

    name: str
    value: float
    unit: str
    goal: Goal | None = None
    details: Mapping[str, float] = field(default_factory=dict)
    note: str = ""

    @property
    def is_missed(self) -> bool:
        """Whether there is a goal that the value does not keep."""
        return self.goal is not None and not self.goal.is_met(self.value)

    def as_json(self) -> dict[str, object]:
        """Return what stands in the JSON file."""
        goal = None if self.goal is None else {"limit": self.goal.limit, "is_least": self.goal.is_least}
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "goal": goal,
            "passed": None if goal is None else not self.is_missed,
            "details": dict(self.details),
            "note": self.note,
        }


def table(figures: Sequence[Figure]) -> str:
    """Return figures as a table of text."""
    rows = [("benchmark", "measured", "goal", "")]
    for figure in figures:
        limit = "" if figure.goal is None else figure.goal.words(figure.unit)
        verdict = "" if figure.goal is None else "MISSED" if figure.is_missed else "pass"
        verdict = f"{verdict}  ({figure.note})" if figure.note else verdict
        rows.append((figure.name, f"{shown(figure.value)} {figure.unit}", limit, verdict))
    name, measured, goal = (max(len(row[k]) for row in rows) for k in range(3))
    return "\n".join(f"{a:<{name}}  {b:>{measured}}  {c:<{goal}}  {d}".rstrip() for a, b, c, d in rows)


def shown(value: float) -> str:
    """Return a value with three significant digits, whole numbers whole."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
