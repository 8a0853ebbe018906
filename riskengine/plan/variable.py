"""Random variables by name: what is drawn, from which stream, by which table."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from riskengine.errors import Issue, ScenarioError
from riskengine.kernel.arrays import CELLS, CONSTANT, DISCRETE, EVENT, TABLE, Variables
from riskengine.model import AnyEstimate
from riskengine.plan.distribution import Discrete, Distribution, distribution
from riskengine.plan.horizon import LARGEST, TooLong
from riskengine.plan.table import extremes, tabulate
from riskengine.plan.table_error import table_error


class VariableBook:
    """Collects the random variables of a plan and lays them out for the core.

    Parameters
    ----------
    project : str
        Part of every stream's key, so that two projects never share draws by chance.
    """

    def __init__(self, project: str) -> None:
        self.project = project
        self.name: list[str] = []
        self.label: list[str] = []
        self.is_whole: list[bool] = []
        self.plan_value: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self._distribution: list[Distribution | None] = []

    def add(self, name: str, estimate: AnyEstimate, scale: float, is_whole: bool, label: str = "") -> int:
        """Add a variable and return its row.

        Parameters
        ----------
        name : str
            Key of its stream; several variables may share one.
        estimate : AnyEstimate
        scale : float
            Factor from the estimate's unit to ticks, money or factor.
        is_whole : bool
            Whether values are ticks, rounded to the nearest.
        label : str
            What the variable is called, where its stream is shared with others; the name of the stream by default.

        Raises
        ------
        TooLong
            If it is one of ticks, and 32 bits do not hold every value of it, or how far they are apart.
        """
        known = distribution(estimate, scale)
        if known.is_constant or known.is_discrete:
            low, high = known.low, known.high
        else:
            low, high = extremes(known)
        if is_whole and max(high, -low, high - low) > LARGEST:
            raise TooLong(f"{label or name} of up to {max(high, -low) / (scale or 1.0):.6g} {estimate.unit or 'd'}")
        return self._append(name, label or name, known, is_whole, estimate.plan_value() * scale, low, high)

    def add_event(self, name: str) -> int:
        """Add a variable of which only the uniform is used, and return its row."""
        return self._append(name, name, None, False, 0.0, 0.0, 1.0)

    def _append(
        self,
        name: str,
        label: str,
        known: Distribution | None,
        is_whole: bool,
        plan_value: float,
        low: float,
        high: float,
    ) -> int:
        self.name.append(name)
        self.label.append(label)
        self.is_whole.append(is_whole)
        self.plan_value.append(whole(plan_value) if is_whole else plan_value)
        self.low.append(whole(low) if is_whole else low)
        self.high.append(whole(high) + 1 if is_whole and low < high else whole(high) if is_whole else high)
        self._distribution.append(known)
        return len(self.name) - 1

    def sd(self, row: int) -> float:
        """Return the standard deviation of a variable, in its own unit."""
        known = self._distribution[row]
        return 0.0 if known is None else float(known.sd)

    def is_constant(self, row: int) -> bool:
        """Return whether the variable has one value only."""
        known = self._distribution[row]
        return known is not None and known.is_constant

    def build(self) -> Variables:
        """Return the arrays of all variables.

        Raises
        ------
        ScenarioError
            If two names have one key, so that they would share a stream by chance.
        """
        count = len(self.name)
        kind = np.zeros(count, np.int8)
        offset = np.zeros(count)
        row = np.zeros(count, np.int32)
        number = np.zeros(count, np.int32)
        threshold: list[int] = []
        value: list[float] = []
        tabulated: list[int] = []
        for at, known in enumerate(self._distribution):
            if known is None:
                kind[at] = EVENT
            elif known.is_constant:
                kind[at] = CONSTANT
                offset[at] = self.plan_value[at]
            elif isinstance(known, Discrete):
                kind[at] = DISCRETE
                row[at], number[at] = len(value), known.value.size
                steps = [whole(x) for x in known.value] if self.is_whole[at] else [float(x) for x in known.value]
                value += steps
                threshold += [0, *(round(float(share) * 2**32) for share in known.cumulative[:-1])]
            else:
                kind[at] = TABLE
                row[at] = len(tabulated)
                tabulated.append(at)
        table = np.zeros((max(1, len(tabulated)), CELLS), np.uint64)
        for is_whole in (True, False):
            part = [at for at in tabulated if self.is_whole[at] is is_whole]
            if part:
                known_part = [k for at in part if (k := self._distribution[at]) is not None]
                offset[part], table[row[part]] = tabulate(known_part, is_whole)
        return Variables(
            key=stream_keys(self.project, self.name),
            kind=kind,
            is_whole=np.array(self.is_whole, np.uint8),
            offset=offset,
            row=row,
            count=number,
            table=table,
            threshold=np.array(threshold or [0], np.uint64),
            value=np.array(value or [0], np.float64),
            dimension=np.full(count, -1, np.int16),
        )

    def table_error(self, variables: Variables) -> float:
        """Return the largest error of a quantile table among the variables that ``build`` gave, as a probability."""
        at = np.flatnonzero(variables.kind == TABLE)
        tabulated = [known for row in at.tolist() if (known := self._distribution[row]) is not None]
        return table_error(tabulated, variables.offset[at], variables.table[variables.row[at]])


def whole(ticks: float) -> int:
    """Return the nearest whole tick, halves up."""
    return int(np.floor(ticks + 0.5))


def stream_keys(project: str, names: Sequence[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint32]]:
    """Return the keys of streams: a 64-bit hash of project and name, (variable, 2) uint32, low word first.

    Raises
    ------
    ScenarioError
        If two different names have the same hash.
    """
    key: dict[str, int] = {}
    for name in names:
        if name not in key:
            key[name] = int.from_bytes(
                blake2b(f"{project}\0{name}".encode(), digest_size=8, person=b"riskengine").digest(), "little"
            )
    if len(set(key.values())) < len(key):
        seen: dict[int, str] = {}
        for name, number in key.items():
            if number in seen:
                raise ScenarioError(
                    [
                        Issue(
                            code="RE605",
                            path=name,
                            rule=f"shares its random stream with {seen[number]!r}",
                            value=name,
                            cure="rename one of the two",
                        )
                    ]
                )
            seen[number] = name
    words = np.array([key[name] for name in names], np.uint64)
    return np.stack((words & np.uint64(0xFFFFFFFF), words >> np.uint64(32)), axis=-1).astype(np.uint32)
