"""What is wrong with a schedule that is valid: findings and measures."""

from dataclasses import dataclass
from typing import Literal

from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import first_names

Level = Literal["warning", "note"]
Result = Literal["pass", "fail", "not assessable", "for information"]
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that `check` says about a valid schedule.

    Parameters
    ----------
    code : str
        Key of the catalogue.
    level : str
        ``warning`` where a risk run would be misled, else ``note``.
    words : str
        What was found, without the names of what is behind it.
    behind : tuple of str
        Tasks, relationships or risks.
    """

    code: str
    level: Level
    words: str
    behind: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The kind of finding in a few words."""
        return CATALOGUE[self.code].title

    def line(self, most: int = MOST_NAMED) -> str:
        """Return the finding on one line, with the first `most` of what is behind it."""
        named = f": {first_names(self.behind, most)}" if self.behind else ""
        return f"{self.level}: {self.code} {self.words}{named}"


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the fourteen points of the DCMA assessment.

    Parameters
    ----------
    number : int
        1 to 14.
    code : str
        Key of the catalogue.
    name : str
    numerator, denominator : float or None
        Counts, or working days for the critical path length index; None where there is nothing to count.
    value : float or None
        Their quotient; None where the denominator is zero or the point cannot be assessed.
    threshold : str
        What is asked for, in words.
    result : str
        ``pass``, ``fail``, ``not assessable`` or ``for information``.
    behind : tuple of str
        Tasks or relationships that were counted.
    remark : str
        Why it cannot be assessed, or how it was counted.
    limit : float or None
        What the value is held against; None where there is no such number.
    """

    number: int
    code: str
    name: str
    numerator: float | None
    denominator: float | None
    value: float | None
    threshold: str
    result: Result
    behind: tuple[str, ...] = ()
    remark: str = ""
    limit: float | None = None


def at_most(
    number: int, code: str, name: str, behind: tuple[str, ...], denominator: int, limit: float, remark: str = ""
) -> Measure:
    """Return a measure that passes where what is behind it is at most a share `limit` of the denominator."""
    share = len(behind) / denominator if denominator else None
    result: Result = "fail" if share is not None and share > limit else "pass"
    threshold = f"at most {100 * limit:.10g} %" if limit else "none"
    return Measure(
        number,
        code,
        name=name,
        numerator=len(behind),
        denominator=denominator,
        value=share,
        threshold=threshold,
        result=result,
        behind=behind,
        remark=remark,
        limit=limit,
    )


def not_assessable(number: int, code: str, name: str, threshold: str, remark: str) -> Measure:
    """Return a measure with nothing to count, and why."""
    return Measure(
        number,
        code,
        name=name,
        numerator=None,
        denominator=None,
        value=None,
        threshold=threshold,
        result="not assessable",
        remark=remark,
    )
