"""Random variables by name: what is drawn, from which stream, by which table."""

import math
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.errors import Issue, ScenarioError
from riskengine.kernel.contract.arrays import BACKLOG, CELLS, CONSTANT, DISCRETE, EVENT, TABLE, Variables
from riskengine.model import AnyEstimate, Constant
from riskengine.plan.time.horizon import LARGEST, TooLong
from riskengine.plan.variables.distribution import Constant as Known
from riskengine.plan.variables.distribution import Discrete, Distribution, build_distribution, reciprocal
from riskengine.plan.variables.table import extremes, tabulate
from riskengine.plan.variables.table_error import table_errors


class NotSameVariablesError(Exception):
    """A change asks for other variables, or for other draws, than a plan has."""


class Variable(NamedTuple):
    """A random variable of a plan.

    Parameters
    ----------
    stream : str
        Names its stream; several variables may share one.
    label : str
        What it is called itself.
    is_whole : bool
        Whether values are ticks, rounded to the nearest.
    plan_value, low, high : float
        What the deterministic plan takes, and the least and the most that can be drawn [tick, money or factor].
    distribution : Distribution or None
        None where only the uniform is used.
    is_margin : bool
        Whether the deterministic plan alone takes its value: simulated, it is 0.
    backlog : int
        Number of the backlog whose duration it is, or -1.
    """

    stream: str
    label: str
    is_whole: bool
    plan_value: float
    low: float
    high: float
    distribution: Distribution | None
    is_margin: bool = False
    backlog: int = -1

    @classmethod
    def of(cls, stream: str, label: str, estimate: AnyEstimate, scale: float, is_whole: bool) -> "Variable":
        """Return the variable of an estimate, ``scale`` being the ticks, money or factor in its unit.

        Raises
        ------
        TooLong
            If it is one of ticks, and 32 bits do not hold every value of it, or how far they are apart.
        """
        if type(estimate) is Constant and estimate.min is estimate.max is None:
            return cls.of_number(stream, label, estimate, scale, is_whole)
        distribution = build_distribution(estimate, scale)
        plan_value = estimate.plan_value() * scale
        if distribution.is_constant:
            low = high = distribution.low
        else:
            low, high = (distribution.low, distribution.high) if distribution.is_discrete else extremes(distribution)
        if not is_whole:
            return cls(stream, label, is_whole, plan_value, low=low, high=high, distribution=distribution)
        if max(high, -low, high - low) > LARGEST:
            raise TooLong(f"{label} of up to {max(high, -low) / (scale or 1.0):.6g} {estimate.unit or 'd'}")
        most = whole(high) + 1 if low < high else whole(high)
        return cls(stream, label, is_whole, whole(plan_value), low=whole(low), high=most, distribution=distribution)

    @classmethod
    def of_number(cls, stream: str, label: str, estimate: Constant, scale: float, is_whole: bool) -> "Variable":
        """Return the variable of a number that is known, as :meth:`of` does: most lags and costs of a plan are one."""
        number = estimate.value * scale
        distribution = Known(number)
        if not is_whole:
            return cls(stream, label, False, number, low=number, high=number, distribution=distribution)
        if abs(number) > LARGEST:
            raise TooLong(f"{label} of up to {abs(number) / (scale or 1.0):.6g} {estimate.unit or 'd'}")
        ticks = whole(number)
        return cls(stream, label, True, ticks, low=ticks, high=ticks, distribution=distribution)

    @classmethod
    def of_pace(cls, stream: str, pace: AnyEstimate) -> "Variable":
        """Return the variable of what a pace makes of a duration: the pace of the plan over the one that is drawn."""
        distribution = reciprocal(build_distribution(pace, 1.0), pace.plan_value())
        is_listed = distribution.is_constant or distribution.is_discrete
        low, high = (distribution.low, distribution.high) if is_listed else extremes(distribution)
        return cls(stream, stream, False, 1.0, low=low, high=high, distribution=distribution)

    @property
    def constant(self) -> float:
        """What is simulated of a variable with one value only."""
        return 0.0 if self.is_margin else self.plan_value

    @property
    def is_constant(self) -> bool:
        """Whether the variable has one value only."""
        distribution = self.distribution
        return type(distribution) is Known or (distribution is not None and distribution.is_constant)

    @property
    def sd(self) -> float:
        """Standard deviation, in the variable's own unit."""
        return 0.0 if self.distribution is None else float(self.distribution.sd)

    @property
    def kind(self) -> int:
        """How the core draws it, as in ``Variables.kind``."""
        distribution = self.distribution
        if type(distribution) is Known:
            return CONSTANT
        if distribution is None:
            return EVENT if self.backlog < 0 else BACKLOG
        if distribution.is_constant:
            return CONSTANT
        return DISCRETE if isinstance(distribution, Discrete) else TABLE

    def steps(self) -> tuple[list[int], list[float]]:
        """Return thresholds and values of a discrete variable, as ``Variables`` has them."""
        distribution = self.distribution
        assert isinstance(distribution, Discrete)
        values = [float(whole(x) if self.is_whole else x) for x in distribution.value]
        return [0, *(round(float(share) * 2**32) for share in distribution.cumulative[:-1])], values


class VariableBook:
    """Collects the random variables of a plan and lays them out for the core.

    Parameters
    ----------
    project : str
        Part of every stream's key, so that two projects never share draws by chance.
    variables : iterable of Variable, optional
        What it holds from the start.
    """

    def __init__(self, project: str, variables: Iterable[Variable] = ()) -> None:
        self.project = project
        self.variables = list(variables)
        self.revised: set[int] = set()

    def add(self, stream: str, estimate: AnyEstimate, scale: float, is_whole: bool, label: str = "") -> int:
        """Add a variable and return its row; the parameters are those of ``Variable.of``.

        Parameters
        ----------
        label : str
            What the variable is called, where its stream is shared with others; the name of the stream by default.
        """
        self.variables.append(Variable.of(stream, label or stream, estimate, scale, is_whole))
        return len(self.variables) - 1

    def add_like(self, row: int, stream: str) -> int:
        """Add a variable that differs from another by its stream alone, and return its row."""
        self.variables.append(Variable(stream, stream, *self.variables[row][2:]))
        return len(self.variables) - 1

    def add_pace(self, stream: str, pace: AnyEstimate) -> int:
        """Add a variable of what a pace makes of a duration, and return its row."""
        self.variables.append(Variable.of_pace(stream, pace))
        return len(self.variables) - 1

    def add_margin(self, stream: str, estimate: AnyEstimate, scale: float) -> int:
        """Add a variable of ticks that is 0 in every iteration and has its value in the plan, and return its row."""
        variable = Variable.of(stream, stream, estimate, scale, True)
        self.variables.append(variable._replace(low=0.0, high=0.0, is_margin=True))
        return len(self.variables) - 1

    def add_event(self, name: str) -> int:
        """Add a variable of which only the uniform is used, and return its row."""
        self.variables.append(Variable(name, name, False, 0.0, low=0.0, high=1.0, distribution=None))
        return len(self.variables) - 1

    def add_backlog(self, stream: str, estimate: AnyEstimate, scale: float, number: int) -> int:
        """Add a variable of ticks that is worked out of the periods of a backlog, and return its row."""
        low, high = estimate.bounds()
        if high * scale > LARGEST:
            raise TooLong(f"{stream} of up to {high:.6g} {estimate.unit or 'd'}")
        planned = float(whole(estimate.plan_value() * scale))
        ends = float(whole(low * scale)), float(whole(high * scale))
        self.variables.append(Variable(stream, stream, True, planned, *ends, distribution=None, backlog=number))
        return len(self.variables) - 1

    def revise(self, row: int, estimate: AnyEstimate, scale: float) -> None:
        """Put another estimate in the place of a variable's."""
        old = self.variables[row]
        new = Variable.of(old.stream, old.label, estimate, scale, old.is_whole)
        if new != old:
            self.variables[row] = new
            self.revised.add(row)

    def copy(self) -> "VariableBook":
        """Return a book with the same variables, none of them revised."""
        return VariableBook(self.project, self.variables)

    def low(self, row: int) -> float:
        """Return the least value that can be drawn of a variable."""
        return self.variables[row].low

    def high(self, row: int) -> float:
        """Return the most that can be drawn of a variable."""
        return self.variables[row].high

    def plan_value(self, row: int) -> float:
        """Return what the deterministic plan takes for a variable."""
        return self.variables[row].plan_value

    def is_constant(self, row: int) -> bool:
        """Return whether a variable has one value only."""
        return self.variables[row].is_constant

    def build(self) -> Variables:
        """Return the arrays of all variables.

        Raises
        ------
        ScenarioError
            If two names have one key, so that they would share a stream by chance.
        """
        keys = stream_keys(self.project, [variable.stream for variable in self.variables])
        return self._laid_out(keys)

    def rebuild(self, old: Variables) -> Variables:
        """Return the arrays of all variables, from those before some were revised."""
        if not self.revised:
            return old
        new = [self.variables[row] for row in self.revised]
        is_same = all(
            variable.kind == old.kind[row] and (variable.kind != DISCRETE or len(variable.steps()[0]) == old.count[row])
            for row, variable in zip(self.revised, new, strict=True)
        )
        if not is_same:
            return self._laid_out(old.key, old)
        offset = old.offset.copy()
        table, threshold, value = old.table, old.threshold, old.value
        if any(variable.kind == TABLE for variable in new):
            table = table.copy()
        if any(variable.kind == DISCRETE for variable in new):
            threshold, value = threshold.copy(), value.copy()
        for row, variable in zip(self.revised, new, strict=True):
            at = int(old.row[row])
            if variable.kind == CONSTANT:
                offset[row] = variable.constant
            elif variable.kind == DISCRETE:
                steps = slice(at, at + int(old.count[row]))
                threshold[steps], value[steps] = variable.steps()
            elif variable.distribution is not None:
                offset[row : row + 1], table[at : at + 1] = tabulate([variable.distribution], variable.is_whole)
        return old._replace(offset=offset, table=table, threshold=threshold, value=value)

    def _laid_out(self, keys: NDArray[np.uint32], old: Variables | None = None) -> Variables:
        """Return the arrays of all variables, by the keys of their streams; tables that stand come from ``old``."""
        count = len(self.variables)
        kind = np.array([variable.kind for variable in self.variables], np.int8)
        offset = np.zeros(count)
        row = np.zeros(count, np.int32)
        number = np.zeros(count, np.int32)
        threshold: list[int] = []
        value: list[float] = []
        for at in np.flatnonzero(kind == DISCRETE).tolist():
            least, values = self.variables[at].steps()
            row[at], number[at] = len(value), len(values)
            threshold += least
            value += values
        for at in np.flatnonzero(kind == BACKLOG).tolist():
            row[at] = self.variables[at].backlog
        constant = np.flatnonzero(kind == CONSTANT)
        offset[constant] = [self.variables[at].constant for at in constant.tolist()]
        tabulated = np.flatnonzero(kind == TABLE)
        row[tabulated] = np.arange(tabulated.size)
        table = np.zeros((max(1, tabulated.size), CELLS), np.uint64)
        for is_whole in (True, False):
            part = [at for at in tabulated.tolist() if self.variables[at].is_whole is is_whole]
            if old is not None:
                standing = [at for at in part if at not in self.revised]
                offset[standing], table[row[standing]] = old.offset[standing], old.table[old.row[standing]]
                part = [at for at in part if at in self.revised]
            if part:
                offset[part], table[row[part]] = tabulate(self._distributions(part), is_whole)
        return Variables(
            key=keys,
            kind=kind,
            is_whole=np.array([variable.is_whole for variable in self.variables], np.uint8),
            offset=offset,
            row=row,
            count=number,
            table=table,
            threshold=np.array(threshold or [0], np.uint64),
            value=np.array(value or [0], np.float64),
            dimension=np.full(count, -1, np.int16),
        )

    def table_errors(self, variables: Variables) -> NDArray[np.float64]:
        """Return the error of each variable's quantile table, as a probability; zero for those without one."""
        errors = np.zeros(len(self.variables))
        self._look_at(np.flatnonzero(variables.kind == TABLE), variables, errors)
        return errors

    def revised_errors(self, variables: Variables, errors: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what ``table_errors`` does, from the errors before some variables were revised."""
        revised = np.array(sorted(self.revised), np.intp)
        if not np.any(variables.kind[revised] == TABLE) and not errors[revised].any():
            return errors
        errors = errors.copy()
        errors[revised] = 0.0
        self._look_at(revised[variables.kind[revised] == TABLE], variables, errors)
        return errors

    def _look_at(self, rows: NDArray[np.intp], variables: Variables, errors: NDArray[np.float64]) -> None:
        """Fill in the errors of the tables of some variables."""
        distributions = self._distributions(rows.tolist())
        errors[rows] = table_errors(distributions, variables.offset[rows], variables.table[variables.row[rows]])

    def _distributions(self, rows: Iterable[int]) -> list[Distribution]:
        """Return the distributions of variables that have one."""
        return [distribution for row in rows if (distribution := self.variables[row].distribution) is not None]


def whole(ticks: float) -> int:
    """Return the nearest whole tick, halves up."""
    return math.floor(ticks + 0.5)


def stream_keys(project: str, names: Sequence[str]) -> NDArray[np.uint32]:
    """Return the keys of streams: a 64-bit hash of project and name, (variable, 2) uint32, low word first.

    Raises
    ------
    ScenarioError
        If two different names have the same hash.
    """
    of_project = blake2b(f"{project}\0".encode(), digest_size=8, person=b"riskengine")
    key: dict[str, bytes] = {}
    for name in names:
        if name not in key:
            state = of_project.copy()
            state.update(name.encode())
            key[name] = state.digest()
    if len(set(key.values())) < len(key):
        name_of_stream: dict[bytes, str] = {}
        for name, number in key.items():
            if number in name_of_stream:
                raise ScenarioError(
                    [
                        Issue(
                            code="RE605",
                            path=name,
                            rule=f"shares its random stream with {name_of_stream[number]!r}",
                            value=name,
                            cure="rename one of the two",
                        )
                    ]
                )
            name_of_stream[number] = name
    words = np.frombuffer(b"".join([key[name] for name in names]), "<u4")
    return words.astype(np.uint32).reshape(-1, 2)
