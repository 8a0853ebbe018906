"""The engine's random words against the ones computed from names alone."""

import pytest

from tests.reference import agreement, philox, streams
from tests.reference.build import impact, risk, scenario, task
from tests.reference.philox import philox4x32
from tests.reference.streams import BLOCK, field_product

PLACES = (0, 1, 63, 64, 200, 255, 256, 300, 511)
BIG_SEED = 2**64 - 3
RIGHT_KEY = streams.variable_key


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
    "no field": (streams, "field_product", lambda a, b: a * b % 256),
    "9 rounds": (philox, "ROUNDS", 9),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_words_differ_under_the_fault(fault, monkeypatch):
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


def test_product_in_the_field_of_256():
    assert field_product(0x57, 0x83) == 0xC1  # the worked example of FIPS 197, section 4.2
    assert sorted(field_product(7, b) for b in range(256)) == list(range(256))
