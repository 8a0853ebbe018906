"""Distributions on a fine grid with atoms beside them: sums, maxima, mixtures and their quantiles, without the engine.

A law is density, as probabilities of cells of one width, and atoms, as values with probabilities. Cell k is from
(k - 1/2) step to (k + 1/2) step, so that laws of one step add and compare cell by cell. A cell's probability is exact
where a law is made, and is spread evenly over the cell where it is read; the error of a sum is of the order of
(step / sd)^2.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.signal import fftconvolve

NEGLIGIBLE = 1e-12
"""Probability below which a difference is rounding."""


@dataclass(frozen=True)
class Law:
    """A distribution.

    Parameters
    ----------
    step : float
        Width of a cell.
    first : int
        Number of the first cell.
    mass : (cell,) float64
    atoms : mapping of float to float
    known_mean, known_sd : float or None
        Where the grid ends before the tail does, the moments in closed form.
    """

    step: float
    first: int = 0
    mass: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    atoms: Mapping[float, float] = field(default_factory=dict)
    known_mean: float | None = None
    known_sd: float | None = None

    @cached_property
    def _centre(self) -> NDArray[np.float64]:
        """Middle of each cell."""
        centre: NDArray[np.float64] = self.step * (self.first + np.arange(self.mass.size))
        return centre

    @cached_property
    def _cumulated(self) -> NDArray[np.float64]:
        """Probability of the density below each edge, (cell + 1,)."""
        return np.concatenate(([0.0], np.cumsum(self.mass)))

    @cached_property
    def mean(self) -> float:
        """Expected value."""
        if self.known_mean is not None:
            return self.known_mean
        return float((self._centre * self.mass).sum()) + sum(x * p for x, p in self.atoms.items())

    @cached_property
    def sd(self) -> float:
        """Standard deviation."""
        if self.known_sd is not None:
            return self.known_sd
        square = float(((self._centre - self.mean) ** 2 * self.mass).sum())
        return math.sqrt(square + sum((x - self.mean) ** 2 * p for x, p in self.atoms.items()))

    def _below(self, x: float, includes_equal: bool) -> float:
        place = min(max(x / self.step + 0.5 - self.first, 0.0), float(self.mass.size))
        cell = min(int(place), max(self.mass.size - 1, 0))
        inside = (place - cell) * float(self.mass[cell]) if self.mass.size else 0.0
        density = float(self._cumulated[cell]) + inside
        slack = NEGLIGIBLE * max(1.0, abs(x))
        at = sum(p for value, p in self.atoms.items() if (value <= x + slack if includes_equal else value < x - slack))
        return density + at

    def cdf(self, x: float) -> float:
        """Probability of at most x."""
        return self._below(x, True)

    def probability_of_value(self, x: float) -> float:
        """Probability of exactly x."""
        return sum(p for value, p in self.atoms.items() if abs(value - x) <= NEGLIGIBLE * max(1.0, abs(x)))

    def quantile(self, p: float) -> float:
        """The smallest x whose cdf is at least p."""
        low, high = self.bounds
        if self.cdf(low) >= p - NEGLIGIBLE:
            return low
        for _ in range(200):
            middle = (low + high) / 2
            if not low < middle < high:
                break
            if self.cdf(middle) >= p - NEGLIGIBLE:
                high = middle
            else:
                low = middle
        nearest = min(self.atoms, key=lambda value: abs(value - high), default=math.inf)
        return nearest if abs(nearest - high) <= 10 * NEGLIGIBLE * max(1.0, abs(high)) else high

    @property
    def bounds(self) -> tuple[float, float]:
        """Values between which everything lies."""
        ends = list(self.atoms)
        if self.mass.size:
            ends += [self.step * (self.first - 0.5), self.step * (self.first + self.mass.size - 0.5)]
        return min(ends), max(ends)

    def __add__(self, other: "Law | float") -> "Law":
        """The law of a sum of independent values, or of a value and a number."""
        if not isinstance(other, Law):
            return self + constant(float(other), self.step)
        assert self.step == other.step
        parts: list[tuple[float, NDArray[np.float64]]] = []
        if self.mass.size and other.mass.size:
            parts.append((self.first + other.first, fftconvolve(self.mass, other.mass)))
        for one, two in ((self, other), (other, self)):
            if two.mass.size:
                parts += [(two.first + value / self.step, p * two.mass) for value, p in one.atoms.items()]
        atoms: dict[float, float] = {}
        for x, p in self.atoms.items():
            for y, q in other.atoms.items():
                atoms[x + y] = atoms.get(x + y, 0.0) + p * q
        first, mass = stacked(parts)
        known_mean, known_sd = None, None
        if not (self.known_mean is None and other.known_mean is None):
            known_mean, known_sd = self.mean + other.mean, math.hypot(self.sd, other.sd)
        return Law(self.step, first, mass, atoms, known_mean, known_sd)

    __radd__ = __add__

    def times(self, count: int) -> "Law":
        """The law of the sum of ``count`` independent values of this law."""
        assert count >= 1
        half = self.times(count // 2) if count > 1 else None
        if half is None:
            return self
        return half + half + self if count % 2 else half + half

    def scaled(self, factor: float) -> "Law":
        """The law of a positive multiple, on a grid of the multiplied step."""
        return replace(
            self,
            step=self.step * factor,
            atoms={x * factor: p for x, p in self.atoms.items()},
            known_mean=None if self.known_mean is None else self.known_mean * factor,
            known_sd=None if self.known_sd is None else self.known_sd * factor,
        )


def stacked(parts: list[tuple[float, NDArray[np.float64]]]) -> tuple[int, NDArray[np.float64]]:
    """Add masses that begin at these cells; one that begins between two cells is shared, so that the mean stays."""
    if not parts:
        return 0, np.zeros(0)
    first = min(math.floor(at + 1e-9) for at, _ in parts)
    last = max(math.floor(at + 1e-9) + part.size + 1 for at, part in parts)
    mass = np.zeros(last - first)
    for at, part in parts:
        cell = math.floor(at + 1e-9)
        share = max(0.0, at - cell)
        share = 0.0 if share < 1e-6 else share
        start = cell - first
        mass[start : start + part.size] += (1 - share) * part
        mass[start + 1 : start + 1 + part.size] += share * part
    return first, np.maximum(mass, 0.0)


def constant(value: float, step: float) -> Law:
    """The law of a number."""
    return Law(step, atoms={value: 1.0})


def discrete(values: Mapping[float, float], step: float = 1.0) -> Law:
    """The law of values with these probabilities."""
    return Law(step, atoms={float(x): p for x, p in values.items() if p > 0})


def continuous(cdf: Callable[[NDArray[np.float64]], NDArray[np.float64]], low: float, high: float, step: float) -> Law:
    """The law of a distribution function between two values beyond which it has nothing, or nothing that counts."""
    first, last = math.floor(low / step + 0.5), math.ceil(high / step + 0.5)
    edges = step * (np.arange(first, last + 1) - 0.5)
    return Law(step, first, np.diff(cdf(np.clip(edges, low, high))))


def uniform(low: float, high: float, step: float) -> Law:
    """Uniform from low to high."""
    return continuous(lambda x: (x - low) / (high - low), low, high, step)


def triangular(low: float, most_likely: float, high: float, step: float) -> Law:
    """Triangular."""
    shape = stats.triang((most_likely - low) / (high - low), low, high - low)
    return continuous(shape.cdf, low, high, step)


def pert(low: float, most_likely: float, high: float, step: float) -> Law:
    """Beta-PERT with lambda 4."""
    spread = high - low
    a, b = 1 + 4 * (most_likely - low) / spread, 1 + 4 * (high - most_likely) / spread
    return continuous(stats.beta(a, b, low, spread).cdf, low, high, step)


def lognormal(mean: float, sd: float, step: float, high: float) -> Law:
    """Lognormal with this mean and sd of the value itself; what lies above ``high`` is missing from the grid."""
    variance = math.log1p((sd / mean) ** 2)
    shape = stats.lognorm(math.sqrt(variance), scale=mean * math.exp(-variance / 2))
    return replace(continuous(shape.cdf, 0.0, high, step), known_mean=mean, known_sd=sd)


def normal(mean: float, sd: float, step: float) -> Law:
    """Normal, to nine standard deviations."""
    return continuous(stats.norm(mean, sd).cdf, mean - 9 * sd, mean + 9 * sd, step)


def mixture(parts: list[tuple[float, Law]]) -> Law:
    """With these probabilities, one of these laws."""
    step = parts[0][1].step
    assert all(law.step == step for _, law in parts)
    atoms: dict[float, float] = {}
    for p, law in parts:
        for x, q in law.atoms.items():
            atoms[x] = atoms.get(x, 0.0) + p * q
    first, mass = stacked([(law.first, p * law.mass) for p, law in parts if law.mass.size])
    known_mean = known_sd = None
    if any(law.known_mean is not None for _, law in parts):
        known_mean = sum(p * law.mean for p, law in parts)
        known_sd = math.sqrt(sum(p * (law.sd**2 + (law.mean - known_mean) ** 2) for p, law in parts))
    return Law(step, first, mass, atoms, known_mean, known_sd)


def event(probability: float, effect: Law) -> Law:
    """The effect with this probability, else nothing."""
    return mixture([(1 - probability, constant(0.0, effect.step)), (probability, effect)])


def maximum(*laws: Law) -> Law:
    """The law of the largest of independent values."""
    step = laws[0].step
    assert all(law.step == step for law in laws)
    values = sorted({x for law in laws for x in law.atoms})
    atoms = {}
    for x in values:
        probability = math.prod(law.cdf(x) for law in laws) - math.prod(law._below(x, False) for law in laws)
        if probability > 0:
            atoms[x] = probability
    first = min(math.floor(law.bounds[0] / step) - 1 for law in laws)
    last = max(math.ceil(law.bounds[1] / step) + 1 for law in laws)
    edges = step * (np.arange(first, last + 1) - 0.5)
    product = np.ones(edges.size)
    for law in laws:
        places = edges / step + 0.5 - law.first
        below = np.interp(places, np.arange(law._cumulated.size), law._cumulated)
        for x, p in law.atoms.items():
            below = below + p * (edges >= x)
        product *= below
    mass = np.diff(product)
    for x, p in atoms.items():
        mass[math.floor(x / step + 0.5) - first] -= p
    return Law(step, first, np.maximum(mass, 0.0), atoms)


def positive_part(law: Law) -> Law:
    """The law of max(X, 0)."""
    return maximum(law, constant(0.0, law.step))


def negative(of: Law) -> Law:
    """The law of -X."""
    atoms = {-x: p for x, p in of.atoms.items()}
    return Law(of.step, -(of.first + of.mass.size - 1), of.mass[::-1].copy(), atoms)


def probability_at_least(one: Law, other: Law) -> float:
    """P(X >= Y) of independent values."""
    return (other + negative(one)).cdf(0.0)


def product(of: Law, factor: Law, step: float) -> Law:
    """The law of a positive value times an independent positive factor that has a density."""
    share, at = factor.mass / factor.mass.sum(), factor._centre
    assert not factor.atoms
    assert not of.atoms
    inner, edges = of._cumulated, of.step * (of.first - 0.5 + np.arange(of.mass.size + 1))

    def cdf(x: NDArray[np.float64]) -> NDArray[np.float64]:
        found = np.zeros(x.size)
        for p, f in zip(share, at, strict=True):
            found += p * np.interp(x / f, edges, inner)
        return found

    return continuous(cdf, of.bounds[0] * factor.bounds[0], of.bounds[1] * factor.bounds[1], step)
