"""Finish and cost of a run together, and its face in Python."""

import math
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from numbers import Real
from typing import Any, Final

import numpy as np

from riskengine.analysis import joint_confidence as analysis
from riskengine.api.asking import unknown_name, value_text
from riskengine.errors import UsageError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.report.answers import joint_confidence as report
from riskengine.report.reading import has_cost
from riskengine.results.run import RunRecord

LONGEST_DAY: Final = len("2028-06-30")


class JointConfidence:
    """How sure it is that a date and an amount are kept at once.

    Attributes
    ----------
    level : float
        The probability for both that the frontier and equal percentiles are for.
    """

    def __init__(self, run: RunRecord, question: analysis.JointQuestion) -> None:
        self.level = float(question.level)
        self._manifest, self._has_cost = run.manifest, has_cost(run)
        self._result = analysis.joint_confidence(run, question)

    @property
    def words(self) -> list[str]:
        """The answer in sentences: the plan, what was asked, equal percentiles."""
        return report.sentences(self._result, self._manifest, self._has_cost)

    @property
    def document(self) -> dict[str, Any]:
        """What ``riskengine jcl --json`` prints; docs/command-line.md has its keys."""
        return {**report.document(self._result, self._manifest), "words": self.words}

    def text(self, width: int = 80) -> str:
        """Return what ``riskengine jcl`` prints: the sentences and the tables, as wide as that.

        Parameters
        ----------
        width : int [columns]
        """
        return report.render(self._result, self._manifest, width, self._has_cost)

    def __repr__(self) -> str:
        """Return the first sentence."""
        return f"<JointConfidence: {self.words[0]}>"


def joint_confidence(run: RunRecord, level: Any, finish: Any, cost: Any, target: Any) -> JointConfidence:
    """Answer what a call asks for; see :meth:`riskengine.Run.jcl`."""
    targets = ("project", *run.manifest["targets"])
    if not isinstance(target, str) or target not in targets:
        raise unknown_name("target", target, targets)
    question = analysis.JointQuestion(share_argument("level", level), target, instant_of(finish), amount_of(cost))
    return JointConfidence(run, question)


def share_argument(name: str, value: Any) -> Fraction:
    """Return a probability above 0 and below 1 exactly as it is written down, or refuse it."""
    is_number = isinstance(value, Real | np.floating) and not isinstance(value, bool)
    if not is_number or not 0 < float(value) < 1:
        raise refused("RE640", f"{name} must be above 0 and below 1", value)
    return value if isinstance(value, Fraction) else Fraction(repr(float(value)))


def instant_of(value: Any) -> datetime | None:
    """Return the last instant that keeps a date: of a day its end."""
    if value is None:
        return None
    moment = value
    if isinstance(value, str):
        try:
            moment = date.fromisoformat(value) if len(value) <= LONGEST_DAY else datetime.fromisoformat(value)
        except ValueError:
            raise refused("RE641", "finish must be a date such as 2028-06-30", value) from None
    if not isinstance(moment, date) or (isinstance(moment, datetime) and moment.tzinfo is not None):
        raise refused("RE641", "finish must be a date, or a date and time without a zone", value)
    if isinstance(moment, datetime):
        return moment
    if moment == date.max:
        raise refused("RE641", "finish must be a day before the last of the year 9999", str(moment))
    return datetime.combine(moment + timedelta(days=1), time())


def amount_of(value: Any) -> float | None:
    """Return an amount of money."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(float(value)):
        raise refused("RE641", "cost must be a finite number", value)
    return float(value)


def refused(code: str, rule: str, value: Any) -> UsageError:
    """Return the refusal of what is asked."""
    return UsageError(f"{rule}, got {value_text(value)}", code, CATALOGUE[code].cure)
