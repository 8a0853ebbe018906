"""Nearest matrices and their loads."""

import numpy as np
import pytest

from riskengine.plan.correlation.matrix import cholesky, is_valid, least_eigenvalue, nearest


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
