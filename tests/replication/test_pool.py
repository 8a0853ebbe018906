"""What models say together: whole kinds held too rarely or too often, which single models are too few to show."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.replication.pool import pools, undecided
from tests.replication.run import Setting
from tests.replication.tally import FAILED, PASSED, TOO_FEW, TOO_MANY, Cell, odds, sequential


@dataclass
class Part:
    """A setting of a made-up study."""

    setting: Setting
    cells: list[Cell] = field(default_factory=list)


def cell(
    misses: int, count: int = 100, group: str = "mean", is_forced: bool = False, may_cover_more: bool = False
) -> Cell:
    """A cell of ``count`` runs."""
    return Cell("x", group, count, count - misses, 1.0, 0.0, 0.0, is_forced, may_cover_more, "undecided")


def study(misses: int, models: int = 30, **more: bool) -> list[Part]:
    """A hundred runs of each of some models, that many of which miss."""
    return [Part(Setting(f"m{k}", "lhs", 1_000), [cell(misses, **more)]) for k in range(models)]


def verdicts(parts: list[Part]) -> set[str]:
    """The verdicts on the only kind there is."""
    return {each.verdict for each in pools(parts)}


@pytest.mark.parametrize(("misses", "verdict"), [(5, "passed"), (8, "low"), (2, "high"), (0, "high"), (20, "low")])
def test_thirty_models_of_a_hundred_runs_tell_92_and_98_from_95(misses, verdict):
    assert sequential(misses, 100, TOO_MANY) in ("undecided", "failed")
    assert verdicts(study(misses)) == {verdict}


def test_what_may_cover_more_is_not_held_to_less_than_97_percent():
    assert verdicts(study(1, may_cover_more=True)) == {"passed"}
    assert verdicts(study(8, may_cover_more=True)) == {"low"}


def test_forced_numbers_do_not_hide_those_that_are_not():
    parts = [*study(8), *study(0, models=60, is_forced=True)]
    assert verdicts(parts) == {"low"}
    assert pools(study(0, is_forced=True)) == []


def test_numbers_of_one_run_count_as_one():
    """Ten numbers that miss together in 4 of 30 runs are the evidence of 30 runs, not of 300."""
    together = [Part(Setting("m", "lhs", 1_000), [cell(4, 30)] * 10)]
    assert {(each.runs, each.misses, each.verdict) for each in pools(together)} == {(30, 4.0, "undecided")}
    assert sequential(40, 300, TOO_MANY) == "suspect"


def test_numbers_of_iterations_are_judged_apart_and_then_together():
    parts = [Part(Setting("m", "lhs", n), [cell(5)]) for n in range(100, 2_100, 100)]
    apart = [each for each in pools(parts) if each.iterations is not None]
    (together,) = [each for each in pools(parts) if each.iterations is None]
    assert {each.verdict for each in apart} == {"undecided"}
    assert (together.runs, together.verdict) == (2_000, "passed")
    assert undecided(pools(parts)) == []
    assert [each.kind for each in undecided(pools(parts[:3]))] == ["mean"]


def test_until_is_a_kind_of_its_own():
    parts = [Part(Setting("m", "lhs", 10_240, is_until), [cell(1, group="decision")]) for is_until in (False, True)]
    assert {each.kind for each in pools(parts)} == {"decision", "decision, --until"}


def test_runs_whose_numbers_miss_together_err_no_more_often_than_they_say():
    """Five numbers that miss together in half the cases: a true 95 % does not fail, 92 % and 98 % do not pass."""
    rng = np.random.default_rng(7)
    runs = np.arange(1, 1_501)

    def shares(rate: float) -> np.ndarray:
        together = rng.random((2_000, len(runs))) < rate / 2
        apart = rng.binomial(5, rate / 2 / (1 - rate / 2), (2_000, len(runs))) / 5
        return np.cumsum(np.where(together, 1.0, apart), axis=1)

    for alternative, rate in ((TOO_MANY, 0.08), (TOO_FEW, 0.02)):
        assert (odds(shares(0.05), runs, alternative).max(axis=1) >= FAILED).mean() <= 1e-3
        assert (odds(shares(rate), runs, alternative)[:, 29:].min(axis=1) <= PASSED).mean() <= 0.02
        assert (odds(shares(0.05), runs, alternative)[:, -1] <= PASSED).mean() >= 0.9
