"""Quantiles and partial means against closed forms in 60 digits."""

import mpmath as mp
import numpy as np
import pytest

from riskengine.plan.variables.distribution import Beta, Exponential, Lognormal, Normal, Pert, Triangular, Uniform

MASSES = [2.0**-32, 1e-7, 2.0**-16, 0.001, 0.01, 0.1, 0.2, 0.25, 0.3, 0.5]
"""Probabilities from either tail."""


pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(autouse=True)
def sixty_digits():
    with mp.workdps(60):
        yield


def exact_quantile(distribution, u):
    """The quantile at `u`, an mpf."""
    match distribution:
        case Uniform(least=a, most=b):
            return a + (mp.mpf(b) - a) * u
        case Triangular(least=a, mode=m, most=b):
            a, m, b = (mp.mpf(x) for x in (a, m, b))
            if u * (b - a) <= m - a:
                return a + mp.sqrt(u * (b - a) * (m - a))
            return b - mp.sqrt((1 - u) * (b - a) * (b - m))
        case Normal(centre=c, spread=s):
            return c + s * exact_score(u)
        case Lognormal(median=c, spread=s):
            return c * mp.exp(s * exact_score(u))
        case Exponential(wait=w):
            return -w * mp.log(1 - u)
        case Beta() | Pert():
            return distribution.low + (mp.mpf(distribution.high) - distribution.low) * exact_beta(distribution, u)
    raise NotImplementedError(distribution)


def exact_score(u):
    """Standard normal quantile, by Newton's method in the logarithm of the tail."""
    if u > 0.5:
        return -exact_score(1 - u)
    z = mp.sqrt(-2 * mp.log(2 * u))
    for _ in range(100):
        tail = mp.erfc(z / mp.sqrt(2)) / 2
        step = tail * mp.log(tail / u) * mp.sqrt(2 * mp.pi) * mp.exp(z * z / 2)
        z += step
        if abs(step) < 1000 * mp.eps:
            return -z
    raise ArithmeticError(u)


def exact_beta(distribution, u):
    """Quantile on [0, 1]: four Newton steps, each doubling the digits, from a start that must be near."""
    share = (
        mp.mpf(distribution.mode - distribution.least) / (distribution.most - distribution.least)
        if isinstance(distribution, Pert)
        else None
    )
    p, q = (
        (distribution.first, distribution.second)
        if share is None
        else (1 + distribution.weight * share, 1 + distribution.weight * (1 - share))
    )
    p, q = mp.mpf(p), mp.mpf(q)
    start = x = mp.mpf(
        float((distribution.quantile(float(u)) - distribution.low) / (distribution.high - distribution.low))
    )
    x = min(x, 1 - mp.mpf(2) ** -60)
    for _ in range(4):
        miss = mp.betainc(p, q, 0, x, regularized=True) - u
        step = miss * mp.beta(p, q) / (x ** (p - 1) * (1 - x) ** (q - 1))
        x -= step
    assert abs(step) < mp.mpf(10) ** -35 and abs(x - start) < 1e-8
    return x


def exact_moment(distribution, start, stop, power=1, centre=0):
    """Integral of (quantile - centre)^power over [start, stop], by quadrature in the variable that is smooth."""
    if isinstance(distribution, Normal | Lognormal):
        edges = [-mp.inf if start == 0 else exact_score(start), mp.inf if stop == 1 else exact_score(stop)]
        edges = [edges[0], *(z for z in (-6, -2, 0, 2, 6) if edges[0] < z < edges[1]), edges[1]]

        def value(z):
            x = (
                distribution.centre + distribution.spread * z
                if isinstance(distribution, Normal)
                else distribution.median * mp.exp(distribution.spread * z)
            )
            return (x - centre) ** power * mp.npdf(z)

        return mp.quad(value, edges)
    if isinstance(distribution, Exponential):
        edges = [-mp.log(1 - start), mp.inf if stop == 1 else -mp.log(1 - stop)]
        return mp.quad(lambda x: (distribution.wait * x - centre) ** power * mp.exp(-x), edges)
    edges = [start, stop]
    if isinstance(distribution, Triangular):
        edges.append(
            (mp.mpf(distribution.mode) - distribution.least) / (mp.mpf(distribution.most) - distribution.least)
        )
    edges = sorted({mp.mpf(x) for x in edges if start <= x <= stop})
    return mp.quad(lambda u: (exact_quantile(distribution, u) - centre) ** power, edges)


CLOSED = [
    Uniform(3.0, 7.5),
    Uniform(-2.0, 1.0),
    Triangular(10.0, 12.0, 20.0),
    Triangular(10.0, 10.0, 20.0),
    Triangular(10.0, 20.0, 20.0),
    Triangular(576000.0, 720000.0, 1152000.0),
    Exponential(3.7),
]
BELLS = [Normal(10.0, 2.5), Normal(0.0, 1.0), Lognormal(5.0, 0.3), Lognormal(20.0, 1.5)]
BETAS = [
    Pert(10.0, 20.0, 12.0, 4.0),
    Pert(0.0, 1.0, 0.0, 4.0),
    Pert(0.0, 1.0, 0.97, 2.5),
    Beta(0.0, 1.0, 0.5, 0.7),
    Beta(2.0, 5.0, 6.0, 1.5),
]


def spacing(distribution, value):
    """An ulp at the size that the arithmetic passes through: the value, or the larger end of the support."""
    ends = [abs(end) for end in (distribution.low, distribution.high) if np.isfinite(end)]
    ends += [abs(distribution.centre), distribution.spread] if isinstance(distribution, Normal) else []
    return np.spacing(max(abs(float(value)), *ends))


def worst(distribution, scale):
    """Largest error of the quantile from below and from above, in units of `scale`."""
    errors = []
    for mass in MASSES:
        for found, true in (
            (distribution.quantile(mass), exact_quantile(distribution, mp.mpf(mass))),
            (distribution.quantile(1 - mass), exact_quantile(distribution, mp.mpf(1 - mass))),
            (distribution.quantile_above(mass), exact_quantile(distribution, 1 - mp.mpf(mass))),
        ):
            errors.append(abs(mp.mpf(float(found)) - true) / scale(distribution, true))
    return max(errors)


@pytest.mark.parametrize("distribution", CLOSED, ids=repr)
def test_quantiles_in_closed_form_are_within_four_ulp(distribution):
    assert worst(distribution, spacing) <= 4


@pytest.mark.parametrize("distribution", BELLS, ids=repr)
def test_bell_quantiles_are_within_a_few_ulp(distribution):
    """Eight ulp for the normal; the exponential function multiplies an error by the score, up to 6 spreads."""
    assert worst(distribution, spacing) <= (8 if isinstance(distribution, Normal) else 8 + 16 * distribution.spread)


@pytest.mark.parametrize("distribution", BETAS, ids=repr)
def test_beta_quantiles_are_within_a_hundred_trillionth_of_the_width(distribution):
    assert worst(distribution, lambda distribution, _: distribution.high - distribution.low) <= 1e-14


@pytest.mark.parametrize("distribution", [*CLOSED, *BELLS], ids=repr)
def test_the_partial_mean_is_the_integral_of_the_quantile(distribution):
    for mass in (2.0**-31, 0.001, 0.09, 0.2, 0.5, 0.83):
        size = mass * max(abs(float(distribution.quantile(mass))), distribution.sd)
        assert abs(float(distribution.partial(mass)) - exact_moment(distribution, 0, mp.mpf(mass))) <= 3e-14 * size
        size = mass * max(abs(float(distribution.quantile_above(mass))), distribution.sd)
        assert (
            abs(float(distribution.partial_above(mass)) - exact_moment(distribution, 1 - mp.mpf(mass), 1))
            <= 3e-14 * size
        )


@pytest.mark.parametrize("distribution", BETAS, ids=repr)
def test_the_partial_mean_of_a_beta_is_the_mean_times_a_beta_mass(distribution):
    """Integral of x f(x) up to the quantile: exact, because x f(x) is another beta density."""
    p, q, width = mp.mpf(distribution.alpha), mp.mpf(distribution.beta), mp.mpf(distribution.high) - distribution.low
    for mass in MASSES[::3]:
        below, above = exact_beta(distribution, mp.mpf(mass)), exact_beta(distribution, 1 - mp.mpf(mass))
        true = distribution.low * mp.mpf(mass) + width * p / (p + q) * mp.betainc(p + 1, q, 0, below, regularized=True)
        assert abs(float(distribution.partial(mass)) - true) <= 1e-14 * distribution.high * mass
        true = distribution.low * mp.mpf(mass) + width * p / (p + q) * mp.betainc(p + 1, q, above, 1, regularized=True)
        assert abs(float(distribution.partial_above(mass)) - true) <= 1e-14 * distribution.high * mass


@pytest.mark.parametrize("distribution", [*CLOSED, *BELLS, *BETAS], ids=repr)
def test_the_whole_partial_mean_is_the_mean(distribution):
    assert distribution.partial(1.0) == pytest.approx(distribution.mean, rel=1e-14, abs=1e-16)
    assert distribution.partial_above(1.0) == pytest.approx(distribution.mean, rel=1e-14, abs=1e-16)
    assert distribution.partial(0.0) == distribution.partial_above(0.0) == 0.0


@pytest.mark.parametrize("distribution", [*CLOSED, *BELLS], ids=repr)
def test_mean_and_sd_are_those_of_the_quantile_function(distribution):
    mean = exact_moment(distribution, 0, 1)
    assert distribution.mean == pytest.approx(float(mean), rel=1e-15, abs=1e-16)
    assert distribution.sd == pytest.approx(float(mp.sqrt(exact_moment(distribution, 0, 1, 2, mean))), rel=1e-14)


@pytest.mark.parametrize("distribution", BETAS, ids=repr)
def test_mean_and_sd_of_a_beta_are_those_of_its_density(distribution):
    p, q = mp.mpf(distribution.alpha), mp.mpf(distribution.beta)
    density = lambda x: x ** (p - 1) * (1 - x) ** (q - 1) / mp.beta(p, q)  # noqa: E731
    with mp.workdps(25):
        mean = mp.quad(lambda x: x * density(x), [0, 0.5, 1])
        square = mp.quad(lambda x: (x - mean) ** 2 * density(x), [0, 0.5, 1])
    width = distribution.high - distribution.low
    assert distribution.mean == pytest.approx(distribution.low + width * float(mean), rel=1e-14)
    assert distribution.sd == pytest.approx(width * float(mp.sqrt(square)), rel=1e-12)


@pytest.mark.parametrize("distribution", [*CLOSED, *BELLS, *BETAS], ids=repr)
def test_cdf_and_survival_undo_the_quantiles(distribution):
    for mass in MASSES:
        assert distribution.cdf(distribution.quantile(mass)) == pytest.approx(mass, rel=1e-5 if mass < 1e-5 else 1e-11)
        assert distribution.survival(distribution.quantile_above(mass)) == pytest.approx(
            mass, rel=2e-5 if mass < 1e-5 else 1e-10
        )
        assert distribution.cdf(distribution.quantile_above(mass)) == pytest.approx(1 - mass, rel=1e-13)
