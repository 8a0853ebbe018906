"""The engine's random words against the ones computed from names alone."""

import pytest

from tests.reference import agreement
from tests.reference.build import impact, risk, scenario, task
from tests.reference.streams import BLOCK, field_product, hypercube_word, random_word, stream_of

PLACES = (0, 1, 63, 64, 200, 255, 256, 300, 511)
BIG_SEED = 2**64 - 3


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


@pytest.mark.parametrize("seed", [0, 1, BIG_SEED])
@pytest.mark.parametrize(("method", "word"), [("random", random_word), ("lhs", hypercube_word)])
def test_words_depend_on_seed_project_name_and_iteration_alone(seed, method, word):
    plan, seen = words(seed, method)
    uncertain = {name: column for name, column in seen.items() if column.any()}
    assert len(uncertain) == 2 + 3 + 2 + 2 * 3
    for name, column in uncertain.items():
        stream = stream_of(name, plan.risks)
        expected = [word(seed, plan.project, stream, place) for place in PLACES]
        assert column[list(PLACES)].tolist() == expected, name


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
