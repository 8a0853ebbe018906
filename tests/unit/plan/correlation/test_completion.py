"""What nobody gave, between quantities that others connect."""

import numpy as np
import pytest

from riskengine.plan.correlation.completion import completed
from riskengine.plan.correlation.matrix import least_eigenvalue

NONE = np.nan


def test_a_chain_has_the_products_of_its_links():
    """Of a Markov chain: the ends go together by the product of what lies between."""
    links = [0.5, -0.4, 0.8]
    matrix = np.full((4, 4), NONE)
    np.fill_diagonal(matrix, 1.0)
    for at, link in enumerate(links):
        matrix[at, at + 1] = matrix[at + 1, at] = link
    full = completed(matrix)
    assert full[0, 2] == pytest.approx(0.5 * -0.4, abs=1e-8)
    assert full[1, 3] == pytest.approx(-0.4 * 0.8, abs=1e-8)
    assert full[0, 3] == pytest.approx(0.5 * -0.4 * 0.8, abs=1e-8)


def circle(seed, size=9):
    """A matrix of which entries are missing that no chain of groups explains, and where they are."""
    rng = np.random.default_rng(seed)
    spread = rng.normal(size=(size, 3))
    whole = spread @ spread.T + 2 * np.eye(size)
    whole /= np.sqrt(np.outer(np.diag(whole), np.diag(whole)))
    missing = np.zeros((size, size), bool)
    for at in range(size):
        for step in (2, 3, 4):
            missing[at, (at + step) % size] = missing[(at + step) % size, at] = True
    return whole, missing


@pytest.mark.parametrize("seed", range(3))
def test_what_nobody_gave_has_no_entry_in_the_inverse(seed):
    """Where the determinant is the largest, its derivative, which is the entry of the inverse, is 0."""
    whole, missing = circle(seed)
    full = completed(np.where(missing, NONE, whole))
    assert full[~missing] == pytest.approx(whole[~missing], abs=1e-12)
    assert np.abs(np.linalg.inv(full)[missing]).max() < 1e-6
    assert np.linalg.slogdet(full)[1] >= np.linalg.slogdet(whole)[1]


def test_groups_that_overlap_are_filled_in_closed_form():
    """Two groups of .6 with one member in common: across them, .6 squared."""
    matrix = np.full((7, 7), NONE)
    matrix[:4, :4] = matrix[3:, 3:] = 0.6
    np.fill_diagonal(matrix, 1.0)
    full = completed(matrix)
    assert full[0, 6] == pytest.approx(0.36, abs=1e-8)
    assert least_eigenvalue(full) > 0.2


def test_quantities_of_one_order_are_filled_in_too():
    """The first two are the same: what the second has with a third, the first has, too."""
    matrix = np.array([[1, 1, NONE], [1, 1, 0.3], [NONE, 0.3, 1.0]])
    assert completed(matrix)[0, 2] == pytest.approx(0.3, abs=1e-6)
