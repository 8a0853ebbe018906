"""The shape `metalog`: a smooth curve through any percentiles."""

import math
from functools import cache
from typing import Annotated, Final, Literal

from riskengine.model.estimate.estimate import INFINITY, Estimate, Problem
from riskengine.model.estimate.listed_points import MOST_TERMS, Percentiles, Values, rising_problem
from riskengine.model.estimate.parameter import Parameter

HEAVIEST: Final = 0.4
"""Growth of a tail, as a power, up to which its standard deviation can be computed; from 0.5 on there is none."""


class Metalog(Estimate):
    """A smooth curve through percentiles, without bounds, or with one or two.

    References
    ----------
    Keelin (2016), The Metalog Distributions, Decision Analysis 13(4).
    """

    shape: Literal["metalog"] = "metalog"
    values: Values
    percentiles: Percentiles
    lower_bound: Annotated[float | None, Parameter("Where a metalog begins, below its values.", example="2")] = None
    upper_bound: Annotated[float | None, Parameter("Where a metalog ends, above its values.", example="90")] = None

    @property
    def passes_its_points(self) -> bool:
        return True

    def uncut_plan_value(self) -> float:
        return self.quantile(0.0)

    def bounds(self) -> tuple[float, float]:
        return (
            -INFINITY if self.lower_bound is None else self.lower_bound,
            INFINITY if self.upper_bound is None else self.upper_bound,
        )

    def quantile(self, logit: float) -> float:
        """Return the value at a probability, as its logit."""
        return self._from_line(_curve(*self.polynomials(), logit))

    def polynomials(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return two polynomials in y - 1/2, lowest power first: the curve is ``level + slope * logit(y)``."""
        count = len(self.values)
        rows = []
        for value, probability in zip(self.values, self.percentiles, strict=True):
            place, logit = probability - 0.5, math.log(probability / (1 - probability))
            rows.append(
                [
                    *(place**power * (logit if is_slope else 1.0) for power, is_slope in _terms(count)),
                    self._to_line(value),
                ]
            )
        solution = _solved(rows)
        level, slope = [0.0] * (count + 1), [0.0] * (count + 1)
        for (power, is_slope), coefficient in zip(_terms(count), solution, strict=True):
            (slope if is_slope else level)[power] = coefficient
        return tuple(level), tuple(slope)

    def _to_line(self, value: float) -> float:
        """Return a value on a line without ends."""
        if self.lower_bound is not None and self.upper_bound is not None:
            return math.log((value - self.lower_bound) / (self.upper_bound - value))
        if self.lower_bound is not None:
            return math.log(value - self.lower_bound)
        return value if self.upper_bound is None else -math.log(self.upper_bound - value)

    def _from_line(self, x: float) -> float:
        """Return the value at a place of the line without ends."""
        if self.lower_bound is not None and self.upper_bound is not None:
            return self.lower_bound + (self.upper_bound - self.lower_bound) * (1 + math.tanh(x / 2)) / 2
        if self.lower_bound is not None:
            return self.lower_bound + math.exp(min(x, 700.0))
        return x if self.upper_bound is None else self.upper_bound - math.exp(min(-x, 700.0))

    def probability_within(self, low: float, high: float) -> float:
        above, below = (self._logit_of(end) for end in (high, low))
        return _logistic(above) - _logistic(below) if below < 0 else _logistic(-below) - _logistic(-above)

    def _logit_of(self, value: float) -> float:
        """Return the logit of the probability of staying below a value."""
        bottom, top = -745.0, 745.0
        if math.isinf(value):
            return top if value > 0 else bottom
        level, slope = self.polynomials()  # solved once, and not at each of the places
        for _ in range(80):
            middle = (bottom + top) / 2
            is_below = self._from_line(_curve(level, slope, middle)) < value
            bottom, top = (middle, top) if is_below else (bottom, middle)
        return (bottom + top) / 2

    def parameter_problem(self) -> Problem | None:
        problem = rising_problem(self.values, self.percentiles)
        if problem is not None:
            return problem
        if len(self.values) > MOST_TERMS:
            return Problem("RE208", f"a metalog takes at most {MOST_TERMS} points", (float(len(self.values)),))
        if self.percentiles[0] < 1e-6 or self.percentiles[-1] > 1 - 1e-6:
            ends = (self.percentiles[0], self.percentiles[-1])
            return Problem("RE207", "the percentiles of a metalog must be above 0 and below 1", ends)
        low, high = self.bounds()
        if not (low < self.values[0] and self.values[-1] < high):
            return Problem("RE202", "the values of a metalog must lie between its bounds", (low, high))
        return self._density_problem()

    def _density_problem(self) -> Problem | None:
        """Return why the curve does not rise everywhere, or why its standard deviation could not be told."""
        level, slope = self.polynomials()
        if not all(math.isfinite(number) for number in (*level, *slope)):
            return Problem("RE214", "the points of a metalog must not lie so close together", self.values)
        ends = _at(slope, -0.5), _at(slope, 0.5)
        fall = _first_fall(level, slope)
        if fall is not None:
            probability = round(_logistic(fall), 4)
            rule = f"the density of the metalog through these points is not positive near P{100 * probability:g}"
            return Problem("RE214", rule, self.values)
        is_heavy = (self.upper_bound is None and self.lower_bound is not None and ends[1] >= HEAVIEST) or (
            self.lower_bound is None and self.upper_bound is not None and ends[0] >= HEAVIEST
        )
        if min(ends) <= 0 or is_heavy:
            rule = "the metalog through these points has too heavy a tail to have a standard deviation"
            return Problem("RE214", rule, self.values)
        return None


def _curve(level: tuple[float, ...], slope: tuple[float, ...], logit: float) -> float:
    """Return ``level + slope * logit``, two polynomials in y - 1/2, at a logit of y."""
    place = math.tanh(logit / 2) / 2
    return _at(level, place) + _at(slope, place) * logit


def _first_fall(level: tuple[float, ...], slope: tuple[float, ...]) -> float | None:
    """Return the least logit, in 50ths from -30 to 30, at which ``level + slope * logit`` does not rise; None for none.

    Notes
    -----
    Each 50th would take milliseconds, and a file may hold ten thousands of metalogs. So it is first looked at in tenths
    within P0.03 and P99.97, and in ones beyond, where nothing but its weight changes; 50ths only where the lesser end
    of such a step is below what the rise bends by there: between two places it is at most an eighth of that lower than
    either. (Bends next to each other differ by much less than eightfold: no polynomial has more than six terms.)
    """
    if _rises_at_least(level, slope) > 0:
        return None
    curve = tuple(powers[::-1] for powers in (slope, _derivative(level), _derivative(slope)))
    rises = [_rise(curve, *step) for step in _steps()]
    # three in a row bend by their second difference; either end is given what its neighbour has
    bends = [abs(a - 2 * b + c) for a, b, c in zip(rises, rises[1:], rises[2:], strict=False)]
    bends = [bends[0], *bends, bends[-1]]
    for at in range(len(rises) - 1):
        if not min(rises[at], rises[at + 1]) > max(bends[at], bends[at + 1]):
            first, last = _PLACES[at], _PLACES[at + 1]
            for place in range(first, last + 1):
                if not _rise(curve, *_step(place)) > 0:
                    return place / 50
    return None


def _rises_at_least(level: tuple[float, ...], slope: tuple[float, ...]) -> float:
    """Return a bound below which ``level + slope * logit`` rises nowhere, by the worst of each term alone.

    Notes
    -----
    Most metalogs bend so little that this decides, at a hundredth of what looking at places takes.
    """
    of_level, of_slope = _worst_terms(max(2, len(level), len(slope)))
    worst = sum(abs(number) * most for number, most in zip(slope[1:], of_slope, strict=False))
    worst += sum(abs(number) * most for number, most in zip(level[2:], of_level[1:], strict=False))
    return slope[0] - worst + min(level[1] if len(level) > 1 else 0.0, 0.0) * of_level[0]


@cache
def _worst_terms(count: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return how much a unit of each power, from the first on, can take from or add to the rise, a hundredth more."""
    steps = [_step(place) for place in range(-1500, 1501)]
    powers = range(1, count)
    of_level = tuple(1.01 * max(abs(k * y ** (k - 1) * weight) for _, y, weight in steps) for k in powers)
    of_slope = tuple(
        1.01 * max(abs(y**k + k * y ** (k - 1) * weight * logit) for logit, y, weight in steps) for k in powers
    )
    return of_level, of_slope


_PLACES: Final = (*range(-1500, -400, 50), *range(-400, 400, 5), *range(400, 1501, 50))
"""Where a curve is looked at first, in 50ths of a logit."""


@cache
def _steps() -> tuple[tuple[float, float, float], ...]:
    """Return for each of these places what `_step` says of it."""
    return tuple(_step(place) for place in _PLACES)


def _step(place: int) -> tuple[float, float, float]:
    """Return the logit of so many 50ths, its y - 1/2, and the density of a logistic distribution there."""
    logit = place / 50
    return logit, math.tanh(logit / 2) / 2, _logistic(logit) * _logistic(-logit)


def _rise(curve: tuple[tuple[float, ...], ...], logit: float, y: float, weight: float) -> float:
    """Return how steep a curve is at a step, of a slope and both derivatives, the highest powers first."""
    slope, rises, slopes = curve
    steep = rising = steepening = 0.0
    for coefficient in slope:
        steep = steep * y + coefficient
    for coefficient in rises:
        rising = rising * y + coefficient
    for coefficient in slopes:
        steepening = steepening * y + coefficient
    return steep + weight * (rising + steepening * logit)


def _terms(count: int) -> list[tuple[int, bool]]:
    """Return the power of y - 1/2 in each term, and whether the logit is in it, too, in Keelin's order."""
    first = [(0, False), (0, True), (1, True), (1, False)]
    later = [((index + 1) // 2, index % 2 == 0) for index in range(3, count)]
    return (first + [(power, is_slope) for power, is_slope in later[1:]])[:count]


def _solved(rows: list[list[float]]) -> list[float]:
    """Return the solution of linear equations, the right-hand side last in each row; infinite where there is none."""
    count = len(rows)
    rows = [list(row) for row in rows]
    for at in range(count):
        pivot = max(range(at, count), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        if abs(rows[at][at]) < 1e-14:
            return [INFINITY] * count
        for row in range(at + 1, count):
            share = rows[row][at] / rows[at][at]
            rows[row] = [a - share * b for a, b in zip(rows[row], rows[at], strict=True)]
    solution = [0.0] * count
    for at in range(count - 1, -1, -1):
        rest = sum(rows[at][k] * solution[k] for k in range(at + 1, count))
        solution[at] = (rows[at][count] - rest) / rows[at][at]
    return solution


def _at(polynomial: tuple[float, ...], place: float) -> float:
    """Return the value of a polynomial, lowest power first."""
    total = 0.0
    for coefficient in reversed(polynomial):
        total = total * place + coefficient
    return total


def _derivative(polynomial: tuple[float, ...]) -> tuple[float, ...]:
    """Return the derivative of a polynomial."""
    return tuple(power * coefficient for power, coefficient in enumerate(polynomial) if power)


def _logistic(x: float) -> float:
    """Return the probability with a logit."""
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0
