"""What a model of the study is: a scenario, and the true values of what is printed about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tests.replication import models
from tests.replication.law import Law

TICK = 1 / 86_400
"""The engine counts time in whole seconds [d of 24 hours]."""


@dataclass(frozen=True)
class Estimate:
    """One printed number with its interval, and its true value.

    Parameters
    ----------
    name : str
        Unique in the model, such as ``finish P80``.
    group : str
        What kind of number: ``percentile``, ``mean``, ``gate`` ...
    table : str
    key : tuple of (column, value)
        Which row of the table.
    columns : tuple of str
        Of the value and of the two ends of its interval.
    exact : float
        Instants are counted in days of 24 hours after the start.
    error : float
        How far ``exact`` may be off: the clock's rounding, or the standard error where it was simulated.
    share : float or None
        Of a percentile or a probability, the true share of iterations: whole numbers of iterations jump over 95 %.
    covers_more : str
        Why an interval may cover more than 97 %, where nothing else is possible; empty where it may not.
    is_wide : str
        Why an interval may be more than 1.5 times as wide as the spread needs; empty where it may not.
    is_of_one_variable : bool
        Whether one draw alone decides it. Under ``lhs`` and ``sobol`` a block then holds one of two whole numbers, and
        the run of some blocks a handful of them: an interval of whole numbers covers more, and is wider.
    event : float or None
        The probability of the one event that decides it: how much whole numbers force is computed from it.
    has_atoms : bool
        Whether single values have probabilities of their own: few iterations may agree on one, and the interval of a
        percentile then has no width by right.
    """

    name: str
    group: str
    table: str
    key: tuple[tuple[str, object], ...]
    columns: tuple[str, str, str]
    exact: float
    error: float = 0.0
    share: float | None = None
    covers_more: str = ""
    is_wide: str = ""
    is_of_one_variable: bool = False
    event: float | None = None
    has_atoms: bool = False


@dataclass(frozen=True)
class Measure:
    """The law of the finish of a target, or of the cost.

    Parameters
    ----------
    law : Law
    target : str
    measure : str
        ``finish`` [working days of the project] or ``cost``.
    plan : float or None
        Its value in the deterministic plan, for the chance and the contingency.
    has_gates : bool
        Whether the study asks gates of it; a finish must be on the calendar ``24h``.
    """

    law: Law
    target: str = "project"
    measure: str = "finish"
    plan: float | None = None
    has_gates: bool = True


@dataclass(frozen=True)
class Question:
    """A gate of the scenario whose probability is known: what a right answer is follows.

    Parameters
    ----------
    gate : str
    probability, confidence : float
    """

    gate: str
    probability: float
    confidence: float

    def is_wrong(self, answer: str) -> bool:
        """Whether an answer is wrong: undecided never is, and at exactly the confidence asked for a pass is right."""
        is_met = self.probability >= self.confidence - 1e-9
        return answer == ("fail" if is_met else "pass")


@dataclass(frozen=True)
class Outlook:
    """A date and an amount at once, and a contingency.

    Parameters
    ----------
    finish : datetime
    cost : float [currency]
    level : str
        The probability for both.
    confidence : str
        That of the contingency.
    """

    finish: datetime
    cost: float
    level: str
    confidence: str


@dataclass(frozen=True)
class Model:
    """A scenario and what is true of it.

    Parameters
    ----------
    title : str
        One line for the table.
    source : str
        Where the true values come from.
    scenario : str
        TOML, beginning 2027-03-01 00:00.
    measures : tuple of Measure
    estimates : tuple of Estimate
        Beside those that follow from the measures.
    questions : tuple of Question
        Beside those that follow from the measures; the scenario has their gates.
    changed : str
        The scenario with a change, which estimates of the table ``comparison`` hold against it; empty for none.
    asks_drivers : bool
        Whether it has estimates of the tables of what drives a run.
    is_paired : bool
        Whether contributions come from runs without each risk; False leaves no iterations for them, as happens to
        the lesser risks of a large plan.
    covers_more, is_wide : dict of str to str
        By the beginning of an estimate's name: why its interval may cover more than 97 %, or be wider than its
        spread needs, at 10,240 iterations.
    counted : dict of str to float
        By the beginning of a mean's name: the share of iterations that decides it, because one sum with this
        probability carries most of its variance. An interval covers more where whole numbers of iterations jump
        over 95 %.
    of_one_variable : tuple of str
        Beginnings of the names of estimates that one draw alone decides; see ``Estimate``.
    of_one_event : dict of str to float
        By the beginning of an estimate's name: the probability of the one event that decides it; see ``Estimate``.
    outlook : Outlook or None
        What is asked for the table ``outlook``; None for no such table.
    """

    title: str
    source: str
    scenario: str
    measures: tuple[Measure, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    questions: tuple[Question, ...] = ()
    changed: str = ""
    asks_drivers: bool = False
    is_paired: bool = True
    covers_more: dict[str, str] = field(default_factory=dict)
    is_wide: dict[str, str] = field(default_factory=dict)
    counted: dict[str, float] = field(default_factory=dict)
    of_one_variable: tuple[str, ...] = ()
    of_one_event: dict[str, float] = field(default_factory=dict)
    outlook: Outlook | None = None


@cache
def names() -> tuple[str, ...]:
    """The ids of all models: the files of the folder."""
    return tuple(sorted(module.name for module in iter_modules(models.__path__)))


@cache
def load(name: str) -> Model:
    """Build a model, its true values included."""
    build: Callable[[], Model] = import_module(f"{models.__name__}.{name}").build
    return build()
