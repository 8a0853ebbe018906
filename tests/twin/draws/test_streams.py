"""The engine's random words against the ones computed from names alone."""

import pytest

from riskengine.engine.draws.dimensions import sobol_dimensions
from riskengine.plan import compile
from tests.twin.draws import philox, streams
from tests.twin.draws.joe_kuo import direction_numbers
from tests.twin.draws.philox import philox4x32
from tests.twin.draws.streams import BLOCK, fixed_permutation
from tests.twin.simulator import agreement
from tests.twin.simulator.build import impact, risk, scenario, task

PLACES = (0, 1, 63, 64, 200, 255, 256, 300, 511)
BIG_SEED = 2**64 - 3
RIGHT_KEY, RIGHT_PERMUTATION = streams.variable_key, streams.fixed_permutation


def network():
    both = {"A": impact(delay="1d"), "team:red": impact(delay="2d")}
    uncertain = {id: i.model_copy(update={"delay": task("X", "1..5d").duration}) for id, i in both.items()}
    return scenario(
        task("A", "2..9d"),
        task("B", "2..9d", "A+1..2d", "A FS+0..4d", team="red"),
        task("C", "1d", "A", "B SS+0..1d", team="red"),
        risks=(
            risk("each", 0.4, uncertain),
            risk("all", 0.4, uncertain, impact_sampling="shared"),
        ),
    )


def words(seed, method, iterations=512):
    plan = network()
    return plan, agreement.run(plan, seed, method, iterations).seen.word


def wrong_words(seed, method):
    """Names whose words are not the ones computed from the name."""
    plan, seen = words(seed, method)
    uncertain = {name: column for name, column in seen.items() if column.any()}
    assert len(uncertain) == 2 + 3 + 2 + 2 * 3
    word = {"random": streams.random_word, "lhs": streams.hypercube_word}[method]
    return {
        name
        for name, column in uncertain.items()
        if column[list(PLACES)].tolist()
        != [word(seed, plan.project, streams.stream_of(name, plan.risks), place) for place in PLACES]
    }


@pytest.mark.parametrize("seed", [0, 1, BIG_SEED])
@pytest.mark.parametrize("method", ["random", "lhs"])
def test_words_depend_on_seed_project_name_and_iteration_alone(seed, method):
    assert wrong_words(seed, method) == set()


FAULTS = {
    "no project": (streams, "variable_key", lambda project, name: RIGHT_KEY("", name)),
    "words of the key turned": (streams, "variable_key", lambda project, name: RIGHT_KEY(project, name)[::-1]),
    "nothing shared": (streams, "stream_of", lambda name, risks: name),
    "half a seed": (streams, "philox4x32", lambda counter, key: philox4x32(counter, (key[0], 0))),
    "lanes turned": (streams, "philox4x32", lambda counter, key: philox4x32((counter[0] ^ 1, *counter[1:]), key)),
    "one permutation": (streams, "fixed_permutation", lambda number: RIGHT_PERMUTATION(0)),
    "permutations turned": (streams, "fixed_permutation", lambda number: RIGHT_PERMUTATION(number)[::-1]),
    "9 rounds": (philox, "ROUNDS", 9),
}


@pytest.fixture
def fresh_permutations():
    """Nothing is remembered that a faulty generator made: it would be wrong for every test behind this one."""
    RIGHT_PERMUTATION.cache_clear()
    yield
    RIGHT_PERMUTATION.cache_clear()


@pytest.mark.parametrize("fault", FAULTS)
def test_words_differ_under_the_fault(fault, monkeypatch, fresh_permutations):
    monkeypatch.setattr(*FAULTS[fault])
    assert wrong_words(BIG_SEED, "lhs")


def test_shared_impacts_have_one_word_and_independent_ones_their_own():
    _, seen = words(1, "sobol")
    assert (seen["risk/all/impact/A/delay"] == seen["risk/all/impact/B/delay"]).all()
    assert (seen["risk/each/impact/A/delay"] != seen["risk/each/impact/B/delay"]).any()


@pytest.mark.parametrize("method", ["lhs", "sobol"])
def test_stratified_words_hit_every_256th_once_in_each_block_and_keep_the_low_bits(method):
    _, seen = words(7, method)
    _, plain = words(7, "random")
    for name, column in seen.items():
        if not column.any():
            continue
        for block in column.reshape(-1, BLOCK):
            assert sorted((block >> 24).tolist()) == list(range(256)), name
        assert ((column & 0xFFFFFF) == (plain[name] & 0xFFFFFF)).all(), name


def test_blocks_are_shifted_apart():
    for method in ("lhs", "sobol"):
        _, seen = words(7, method)
        first, second = seen["task/A/duration"].reshape(2, BLOCK) >> 24
        assert (first != second).any()


def wrong_sobol_words(seed):
    """Names with a Sobol dimension whose words are not the ones computed from name and direction numbers."""
    plan, seen = words(seed, "sobol")
    compiled = compile(plan)
    numbers = direction_numbers()
    wrong = set()
    dimensions = dict(zip(compiled.estimates.label, sobol_dimensions(compiled).tolist(), strict=True))
    for name, dimension in dimensions.items():
        if not seen[name].any():
            continue
        stream = streams.stream_of(name, plan.risks)
        if dimension < 0:
            expected = [streams.hypercube_word(seed, plan.project, stream, place) for place in PLACES]
        else:
            expected = [
                streams.sobol_word(seed, plan.project, stream, place, dimension, numbers[dimension]) for place in PLACES
            ]
        if seen[name][list(PLACES)].tolist() != expected:
            wrong.add(name)
    assert sorted(dimensions.values())[-2:] == [0, 1]
    return wrong


@pytest.mark.parametrize("seed", [0, 1, BIG_SEED])
def test_words_of_sobol_points_depend_on_seed_name_and_direction_numbers_alone(seed):
    assert wrong_sobol_words(seed) == set()


@pytest.mark.parametrize(
    "fault",
    [("ORDERS", 8), ("DIMENSIONS", 19), ("scrambled", lambda stratum, order, dimension: stratum)],
    ids=lambda fault: fault[0],
)
def test_other_orders_and_scramblings_would_be_found(fault, monkeypatch):
    monkeypatch.setattr(streams, *fault)
    assert wrong_sobol_words(1) == {"task/A/duration", "task/B/duration"}


def test_fixed_permutations_are_permutations_and_differ():
    some = [fixed_permutation(number) for number in (0, 1, 127, 128, 191)]
    assert all(sorted(one) == list(range(BLOCK)) for one in some)
    assert len({tuple(one) for one in some}) == len(some)
