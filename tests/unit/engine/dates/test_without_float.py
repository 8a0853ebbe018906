"""Tasks that logic alone leaves without float, against the floats of many iterations of random networks."""

import tomllib

import numpy as np
import pytest

from riskengine import analysis, engine, plan
from riskengine.scenario import parse

HEAD = 'schema = 1\nname = "x"\nstart = 2027-03-01\n'
CHAIN = '[tasks.a]\nduration = [1, 2, 9]\n[tasks.b]\nduration = [1, 3, 9]\nafter = ["a"]\n'
END = '[tasks.c]\nmilestone = true\nafter = ["b"]\n'
NIGHTS = '[calendars.nights]\nweek = "mon-fri 22:00-06:00"\n'


def sample_of(text: str, seed: int = 4):
    return engine.simulate(plan.compile(parse(tomllib.loads(HEAD + text), "x.toml")), engine.Settings(400, seed=seed))


def without_float(text: str) -> set[str]:
    sample = sample_of(text)
    assert not sample.tasks.total_float[sample.limits.has_no_float].any()
    return {name for name, has_none in zip(sample.tasks.id, sample.limits.has_no_float, strict=True) if has_none}


def test_every_task_of_a_chain_has_none():
    assert without_float(CHAIN + END) == {"a", "b", "c"}


def test_a_lag_between_neighbours_leaves_none_and_one_that_passes_by_may():
    assert without_float(CHAIN + END.replace('"b"', '"b FS+3d"')) == {"a", "b", "c"}
    assert without_float(CHAIN + END.replace('"b"', '"b", "a FS+3d"')) == {"a", "c"}
    assert without_float(CHAIN + END.replace('"b"', '"b", "a"')) == {"a", "b", "c"}


def test_of_parallel_paths_only_what_comes_before_and_after_has_none():
    assert without_float(CHAIN + '[tasks.d]\nduration = [1, 3, 9]\nafter = ["a"]\n') == {"a"}
    joined = END.replace('"b"', '"b", "d"')
    assert without_float(CHAIN + '[tasks.d]\nduration = [1, 3, 9]\nafter = ["a"]\n' + joined) == {"a", "c"}


@pytest.mark.parametrize(
    "more",
    [
        END + "deadline = 2027-03-03\n",
        END + 'constraints = ["SNET 2027-04-30"]\n',
        END.replace('"b"', '"b SS"'),
        END.replace('"b"', '"b FS-1d"'),
        '[tasks.c]\nduration = 1\ncalendar = "nights"\nafter = ["b"]\n' + NIGHTS,
        END + '[risks.r]\nprobability = 0.5\nimpacts.b.delay = "3ed"\n',
    ],
    ids=["deadline", "SNET", "SS", "lead", "another calendar", "elapsed delay"],
)
def test_nothing_is_said_where_more_than_logic_gives_dates(more):
    assert not without_float(CHAIN + more)


@pytest.mark.parametrize("seed", range(40))
def test_a_random_network_never_shows_float_where_there_is_none(seed):
    """Brute force says the same of who is before or behind all others; its floats are looked at as well."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 8))
    text, way = "", np.eye(count, dtype=bool)
    for task in range(count):
        before = np.flatnonzero(rng.random(task) < 0.6)
        for each in before:
            way[:, task] |= way[:, each]
        text += f"[tasks.t{task}]\nduration = [1, 2, {rng.integers(3, 20)}]\n"
        text += f"after = [{', '.join(f'{chr(34)}t{each}{chr(34)}' for each in before)}]\n"
    expected = {f"t{task}" for task in range(count) if (way[task] | way[:, task]).all()}
    assert without_float(text) == expected


def test_float_and_significance_of_a_chain_are_exact():
    table = analysis.tables(sample_of(CHAIN + END))["tasks"].to_pydict()
    ends = ("", "_ci_low", "_ci_high")
    assert [table[f"float_mean{end}"] for end in ends] == [[0.0] * 3] * 3
    assert [table[f"significance{end}"] for end in ends] == [pytest.approx([1.0, 1.0, 0.0])] * 3
