"""Sobol dimensions and permutations: every pair, every part of a block and every seed behaves as it should.

All draws are fixed by their seeds, so nothing here fails by chance; the bounds say what independent draws would exceed
once in thousands of tries at the most.
"""

import tomllib
from functools import lru_cache

import numpy as np
import pytest

from riskengine import plan
from riskengine.engine.blocks.run import Request, run_blocks, seed_words
from riskengine.engine.blocks.strata import permutation_rows, permutations, point_rows, sobol_points, strata_for
from riskengine.engine.draws.dimensions import sobol_dimensions
from riskengine.kernel.column import Column, fill_column
from riskengine.kernel.contract.arrays import DIMENSIONS, LHS, ORDERS, PERMUTATIONS, RANDOM, SOBOL, Sampling
from riskengine.scenario import parse
from tests.twin.draws.joe_kuo import SUMS, direction_numbers, functions, ratios, sharing

BLOCK = 256
METHODS = {"random": RANDOM, "lhs": LHS, "sobol": SOBOL}
STRATIFIED = pytest.mark.parametrize("method", ["lhs", "sobol"])
PREFIXES = (16, 32, 64, 100, 128, 200, 256)
BEYOND_DAYS = 36.5


@lru_cache(maxsize=4)
def uncertain_plan(tasks):
    """A plan of so many uniform durations, side by side."""
    lines = "\n".join(f'[tasks.t{k:04d}]\nduration = {{ shape = "uniform", low = 1, high = 3 }}' for k in range(tasks))
    return plan.compile(parse(tomllib.loads(f'schema = 1\nname = "x"\nstart = 2027-03-01\n{lines}\n'), "x.toml"))


def uniforms(compiled, method, seed, blocks=1):
    """The uniforms of every duration, (task, iteration)."""
    number = METHODS[method]
    dimension = dimensions_of(len(compiled.task)) if number == SOBOL else compiled.variables.dimension
    rows, column = compiled.kernel_plan.rows(), Column.of(blocks * BLOCK)
    risks = (compiled.risks.threshold, compiled.risks.chains)
    sampling = Sampling(seed_words(seed), number, strata_for(number, dimension), *risks)
    drawn = np.empty((len(compiled.task), blocks * BLOCK))
    for at, variable in enumerate(compiled.estimates.duration):
        fill_column(sampling, compiled.kernel_plan.tables, variable, column=column, rows=rows, origin=0)
        drawn[at] = (column.word + 0.5) / 2.0**32
    return drawn


@lru_cache(maxsize=8)
def dimensions_of(tasks):
    """Sobol dimensions of a plan of so many durations: the first ones have them, whatever the pilot would say."""
    compiled = uncertain_plan(tasks)
    dimension = np.full(len(compiled.estimates.stream), -1, np.int16)
    dimension[compiled.estimates.duration[:DIMENSIONS]] = np.arange(min(tasks, DIMENSIONS))
    return dimension


def test_every_pair_of_dimensions_is_as_good_as_independent_draws():
    """Exactly, under nested scrambling: product, larger, and whether sum or larger is below a limit."""
    known = [sharing(strata) for strata in sobol_points()]
    found = np.array([ratios(one, other) for at, one in enumerate(known) for other in known[:at]])
    assert len(found) == DIMENSIONS * (DIMENSIONS - 1) // 2
    assert (found <= 1).all()


def test_every_pair_of_dimensions_is_less_correlated_than_independent_permutations():
    """Exactly, from the rows that the core reads: the mean square over all orders and all shifts.

    The bits of a stratum, as signs, are correlated over the 256 points; the shifts make the signs of pairs random.
    """
    points = point_rows().reshape(ORDERS, DIMENSIONS, 2 * BLOCK)[:, :, :BLOCK]
    weight = 4.0 ** -np.arange(8)
    square = np.zeros((DIMENSIONS, DIMENSIONS))
    for one in points:
        bits = 1.0 - 2 * np.unpackbits(one[:, None, :], axis=1).reshape(-1, BLOCK)
        same = np.square(bits @ bits.T / BLOCK).reshape(DIMENSIONS, 8, DIMENSIONS, 8)
        square += np.einsum("k,dkel,l->de", weight, same, weight) / weight.sum() ** 2 / ORDERS
    np.fill_diagonal(square, 0)
    assert square.max() < 1 / 255


@pytest.mark.parametrize("pair", [(0, 1), (3, 11), (15, 19)])
def test_a_block_of_the_rows_varies_as_scrambling_says(pair):
    """Over all orders and 4,096 pairs of shifts, the variance of a larger of two and of a sum below 1.

    Sixty-four scramblings are not all: their mean is within a third of it, or of a fiftieth of independent draws.
    """
    points = point_rows().reshape(ORDERS, DIMENSIONS, 2 * BLOCK)[:, list(pair), :BLOCK].astype(int)
    values = [functions()[at] for at in (1, 2 + SUMS.index(1.0))]
    shifts = np.random.default_rng(1).integers(0, 256, (2, 64, 64))
    wanted = ratios(*(sharing(sobol_points()[row]) for row in pair))[[1, 2 + SUMS.index(1.0)]]
    for value, ratio in zip(values, wanted, strict=True):
        means = [
            value[one ^ shifts[0, at][:, None], other ^ shifts[1, at][:, None]].mean(axis=1)
            for at, (one, other) in enumerate(points)
        ]
        assert np.var(means) * BLOCK / value.var() == pytest.approx(ratio, rel=0.34, abs=0.02)


def test_dimensions_are_the_first_of_joe_and_kuo_that_keep_the_bound():
    ours = sobol_points()[:, [1 << bit for bit in range(8)]]
    assert ours.tolist() == direction_numbers()


def test_rows_are_permutations_that_stand_twice():
    for rows in (permutation_rows().reshape(PERMUTATIONS, 512), point_rows().reshape(ORDERS * DIMENSIONS, 512)):
        assert (np.sort(rows[:, :BLOCK], axis=1) == np.arange(BLOCK)).all()
        assert (rows[:, :BLOCK] == rows[:, BLOCK:]).all()
    fixed = permutations(0, PERMUTATIONS + ORDERS)
    assert len(np.unique(fixed, axis=0)) == PERMUTATIONS + ORDERS


def correlations(drawn):
    """Correlation of every pair of rows."""
    found = np.corrcoef(drawn)
    return found[np.triu_indices(len(found), 1)]


@STRATIFIED
def test_pairs_of_a_thousand_variables_are_like_independent_ones(method):
    """499,500 pairs: in one block none as high as 0.4, in ten blocks none beyond 6 standard errors, 3 beyond 4.5."""
    drawn = uniforms(uncertain_plan(1000), method, 1, 10)
    once = correlations(drawn[:, :BLOCK])
    assert np.sqrt(np.mean(once**2)) == pytest.approx(0.0626, abs=5e-4)
    assert np.abs(once).max() < 0.4
    score = correlations(drawn) * np.sqrt(10 * BLOCK)
    assert np.sqrt(np.mean(score**2)) == pytest.approx(1.0, abs=0.02)
    assert np.mean(score**4) / np.mean(score**2) ** 2 == pytest.approx(3.0, abs=0.1)
    assert np.abs(score).max() < 6.0
    assert np.sum(np.abs(score) > 4.5) <= 12


@STRATIFIED
def test_a_variable_under_one_seed_says_nothing_about_it_under_another(method):
    """19,000 pairs, and of Sobol variables alone 3,800."""
    many = [uniforms(uncertain_plan(100), method, seed, 10) for seed in range(20)]
    centred = np.array([(one - 0.5) * np.sqrt(12) for one in many])
    score = np.array(
        [
            (centred[one] * centred[other]).mean(axis=1) * np.sqrt(10 * BLOCK)
            for one in range(20)
            for other in range(one)
        ]
    )
    for part in (score, score[:, :DIMENSIONS]):
        assert np.sqrt(np.mean(part**2)) == pytest.approx(1.0, abs=0.03)
        assert np.abs(part).max() < 5.5


def errors(drawn, n):
    """Errors over the first n iterations, in standard errors of independent draws, by what is estimated."""
    part = drawn[..., :n]
    one, other = part[:, 0::2], part[:, 1::2]
    root = np.sqrt(n)
    return {
        "mean": (part.mean(axis=-1) - 0.5) * np.sqrt(12) * root,
        "product": ((one - 0.5) * (other - 0.5)).mean(axis=-1) * 12 * root,
        "max": (np.maximum(one, other).mean(axis=-1) - 2 / 3) * np.sqrt(18) * root,
        "indicator": ((part < 0.2).mean(axis=-1) - 0.2) / 0.4 * root,
    }


def prefix_faults(method, seeds):
    """What of the first iterations of a block is not like independent draws, or better."""
    drawn = np.array([uniforms(uncertain_plan(DIMENSIONS), method, seed) for seed in seeds])
    for n in PREFIXES:
        for what, error in errors(drawn, n).items():
            spread = float(np.sqrt(np.mean(error**2)))
            kurtosis = float(np.mean(error**4) / max(spread, 1e-9) ** 4)
            beyond = int(np.sum(np.abs(error) > 4))
            # independent draws: 1 of 16,000 beyond 4, of an indicator at n = 16 five times as many
            if spread > 1.05 or (spread > 0.3 and kurtosis > 3.4) or beyond > max(8, error.size * 5e-4):
                yield f"{what} of {n}: spread {spread:.2f}, kurtosis {kurtosis:.1f}, {beyond} of {error.size} beyond 4"


@STRATIFIED
def test_the_first_iterations_of_a_block_are_like_independent_draws(method):
    """20,000 variables, all with a dimension where there are any, and 10,000 pairs."""
    assert list(prefix_faults(method, range(1000))) == []


@pytest.mark.slow
@STRATIFIED
def test_the_first_iterations_of_a_block_are_like_independent_draws_for_many_seeds(method):
    assert list(prefix_faults(method, range(1000, 11000))) == []


def slot_plan(before):
    """Tasks in a chain, then a slot of two uniform durations of 10 to 20 days, which starts at once."""
    chain = "\n".join(
        f'[tasks.f{k:03d}]\nduration = {{ shape = "uniform", low = 1, high = 3 }}\n'
        + (f'after = ["f{k - 1:03d}"]' if k else "")
        for k in range(before)
    )
    text = f"""schema = 1
name = "slot"
start = 2027-03-01
targets = ["slot"]
{chain}
[tasks.x]
duration = {{ shape = "uniform", low = 10, high = 20 }}
[tasks.y]
duration = {{ shape = "uniform", low = 10, high = 20 }}
after = ["x"]
[tasks.slot]
milestone = true
after = ["y"]
"""
    return plan.compile(parse(tomllib.loads(text), "slot.toml"))


@pytest.mark.parametrize("iterations", [256, 1024])
def test_two_tasks_beyond_the_sobol_dimensions_are_as_good_as_independent(iterations):
    """P(x + y <= 36.5) = 1 - 3.5^2 / 200 over 40 seeds; the spread of 40 errors is above 1.5 once in 10^5 times."""
    compiled = slot_plan(279)
    dimension = sobol_dimensions(compiled)
    errors = []
    for seed in range(40):
        finish = run_blocks(compiled, Request(seed, SOBOL, iterations), dimension).finish[1]
        share = float((compiled.project_days(compiled.clock(finish)) <= BEYOND_DAYS).mean())
        errors.append((share - 0.93875) / np.sqrt(0.93875 * 0.06125 / iterations))
    assert np.sqrt(np.mean(np.square(errors))) < 1.5
    assert abs(np.mean(errors)) < 4 / np.sqrt(40)


@pytest.mark.parametrize("method", ["random", "lhs", "sobol"])
def test_part_of_a_block_errs_like_independent_draws(method):
    """Means of a duration over the first 64 of 2,000 seeds: independent ones go beyond 4.5 once in 70 such tests."""
    compiled = uncertain_plan(1)
    largest = 0.0
    for seed in range(2000):
        drawn = uniforms(compiled, method, seed)[0, :64]
        largest = max(largest, abs(float(drawn.mean()) - 0.5) * np.sqrt(12 * 64))
    assert largest < 4.5
