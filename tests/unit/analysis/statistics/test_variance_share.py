"""First-order shares of variance, against models whose shares are known."""

import numpy as np
import pytest

from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.variance_share import variance_shares


def strata(rng, n, method):
    if method == "random":
        return rng.random(n)
    return np.concatenate([(rng.permutation(256) + rng.random(256)) / 256 for _ in range(n // 256)])


def shares(model, n, method, seed, scales=(1.0, 1.0, 1.0)):
    rng = np.random.default_rng(seed)
    u = np.array([strata(rng, n, method) for _ in scales])
    x = u * np.array(scales)[:, np.newaxis]
    return variance_shares(model(x), x, (u * 32).astype(np.uint8), Replicates.of(method, n))


def ishigami(x):
    """Of uniform angles; first-order shares .313905, .442411 and 0 with a = 7, b = 0.1."""
    a, b, c = 2 * np.pi * x - np.pi
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


MODELS = {
    "sum": (lambda x: x.sum(axis=0), (3.0, 2.0, 1.0), (9 / 14, 4 / 14, 1 / 14)),
    "product": (lambda x: x[0] * x[1], (1.0, 1.0, 1.0), (3 / 7, 3 / 7, 0.0)),
    "ishigami": (ishigami, (1.0, 1.0, 1.0), (0.313905, 0.442411, 0.0)),
}


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("method", ["random", "lhs"])
def test_shares_are_those_of_exact_models(name, method):
    """Each share is within its interval in 95 of 100 of 300 runs; fewer than 90 come once in 10,000 suites.

    Of a curve, what varies within a part is missing: 0.006 of the second angle of Ishigami, which has two waves.
    """
    model, scales, exact = MODELS[name]
    hits, values = np.zeros(3), []
    for seed in range(300):
        found = shares(model, 2560, method, seed, scales)
        hits += (found.low <= exact) & (np.array(exact) <= found.high)
        values.append(found.value)
    mean = np.mean(values, axis=0)
    assert (hits / 300 >= 0.90).all(), hits
    assert mean == pytest.approx(exact, abs=0.008)


def test_what_does_not_vary_or_is_too_little_has_no_share():
    x = np.random.default_rng(1).random((2, 300))
    x[1] = 4.0
    part = (x * 3).astype(np.uint8)
    found = variance_shares(x[0], x, part, Replicates.of("random", 300))
    assert found.value[0] == pytest.approx(1.0)
    assert np.isnan(found.value[1])
    assert np.isnan(variance_shares(x[0, :99], x[:, :99], part[:, :99], Replicates.of("random", 99)).value).all()
    assert np.isnan(variance_shares(np.ones(300), x, part, Replicates.of("random", 300)).value).all()
