"""Nearest matrices and their loads."""

import numpy as np
import pytest

from riskengine.plan.correlation.matrix import cholesky, is_valid, least_eigenvalue
from riskengine.plan.correlation.nearest import nearest


def matrix(*above):
    """A matrix of three from the entries above its diagonal."""
    a, b, c = above
    return np.array([[1, a, b], [a, 1, c], [b, c, 1.0]])


def test_the_nearest_of_three_that_contradict_each_other():
    """By symmetry the nearest of .9, .9, -.9 is x, x, 1 - 2 x^2 shifted alike: all three give way by about the same."""
    near = nearest(matrix(0.9, 0.9, -0.9))
    assert least_eigenvalue(near) > 0
    change = np.abs(near - matrix(0.9, 0.9, -0.9))[np.triu_indices(3, 1)]
    assert change == pytest.approx(np.full(3, 0.4), abs=2e-3)


def test_the_published_example():
    """Higham (2002): the nearest to [[1, 1, 0], [1, 1, 1], [0, 1, 1]] is .7607, .1573."""
    near = nearest(matrix(1.0, 0.0, 1.0))
    assert near[0, 1] == pytest.approx(0.7607, abs=2e-3)
    assert near[0, 2] == pytest.approx(0.1573, abs=2e-3)


def test_what_is_valid_stays_as_it_is():
    assert is_valid(matrix(0.5, 0.3, 0.4))
    assert nearest(matrix(0.5, 0.3, 0.4)) == pytest.approx(matrix(0.5, 0.3, 0.4), abs=1e-5)
    assert not is_valid(matrix(0.9, 0.9, -0.9))


@pytest.mark.parametrize("entries", [(0.5, 0.3, 0.4), (1.0, 1.0, 1.0), (-0.5, -0.5, -0.5), (1.0, -1.0, -1.0)])
def test_loads_give_the_matrix_singular_ones_too(entries):
    triangle = cholesky(matrix(*entries))
    assert triangle @ triangle.T == pytest.approx(matrix(*entries), abs=1e-9)
    assert triangle[0].tolist() == [1, 0, 0]


def weights(at, weight):
    """Weights of 1 but for one pair."""
    made = np.ones((3, 3))
    made[at] = made[at[::-1]] = weight
    return made


def test_a_weight_keeps_a_pair_and_one_of_a_hundred_pins_it():
    asked = matrix(0.9, 0.9, -0.9)
    free, firm, pinned = (nearest(asked, weights((0, 1), weight)) for weight in (1, 10, 100))
    change = [abs(each[0, 1] - 0.9) for each in (free, firm, pinned)]
    assert change[0] == pytest.approx(0.4, abs=2e-3)
    assert change[1] < 0.02
    assert change[2] < 5e-4
    assert all(least_eigenvalue(each) > 0 for each in (free, firm, pinned))


def weighted_distance(one, other, weight):
    return float((weight**2 * (one - other) ** 2).sum())


@pytest.mark.parametrize("seed", range(4))
def test_the_nearest_is_no_further_than_any_other_valid_matrix(seed):
    """Any valid matrix near it, mixed in a little, is further away: the distance has its least there."""
    rng = np.random.default_rng(seed)
    size = 8
    asked = np.clip(rng.normal(0, 1.2, (size, size)), -1, 1)
    asked = (asked + asked.T) / 2
    np.fill_diagonal(asked, 1.0)
    weight = np.where(rng.random((size, size)) < 0.3, 5.0, 1.0)
    weight = np.maximum(weight, weight.T)
    for each in (np.ones((size, size)), weight):
        near = nearest(asked, each)
        least = weighted_distance(near, asked, each)
        assert least > 0.1
        for _ in range(200):
            spread = rng.normal(size=(size, size))
            valid = spread @ spread.T
            valid /= np.sqrt(np.outer(np.diag(valid), np.diag(valid)))
            assert weighted_distance(0.97 * near + 0.03 * valid, asked, each) > least - 1e-3


def test_a_large_matrix_is_repaired():
    rng = np.random.default_rng(5)
    asked = np.clip(rng.normal(0.3, 0.4, (120, 120)), -1, 1)
    asked = (asked + asked.T) / 2
    np.fill_diagonal(asked, 1.0)
    assert least_eigenvalue(asked) < -1
    assert least_eigenvalue(nearest(asked)) > 1e-5
