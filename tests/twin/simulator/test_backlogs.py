"""The engine against its twin where tasks are backlogs: exactly, in ticks, iteration by iteration."""

import pytest

from tests.support.slow_parameters import with_slow
from tests.twin.simulator import agreement
from tests.twin.simulator.backlog_scenarios import with_backlogs
from tests.twin.simulator.sweep import KINDS, disagreements
from tests.twin.simulator.written import read

OF_BACKLOGS = [kind for kind in KINDS if kind.startswith("backlogs")]
COMPILED_ONCE_MORE = ("backlogs in branches", "backlogs with early finishes")
"""Kinds for which the core is compiled apart, which takes longer than their scenarios."""


@pytest.mark.parametrize("kind", with_slow(OF_BACKLOGS, COMPILED_ONCE_MORE))
def test_engine_and_twin_agree_on_backlogs(kind, tmp_path):
    assert disagreements(kind, range(6), tmp_path, iterations=6) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", OF_BACKLOGS)
def test_engine_and_twin_agree_on_hundreds_of_backlogs(kind, tmp_path):
    assert disagreements(kind, range(1000, 1100), tmp_path, iterations=12) == []


@pytest.mark.parametrize("fault", ["one item too many", "rows of the period before", "a row too soon"])
def test_agreement_fails_where_the_twin_has_another_rule(fault, tmp_path, monkeypatch):
    from tests.twin.simulator import simulator

    right = simulator.ticks_drawn

    def wrong(backlog, calendar, tick, number, more, word):
        if fault == "one item too many":
            return right(backlog, calendar, tick, number, more + 1, word)
        if fault == "rows of the period before":
            return right(backlog, calendar, tick, number, more, lambda id, period: word(id, period - 1))
        return right(backlog, calendar, tick, number, more, lambda id, period: (word(id, period) + 2**29) % 2**32)

    pairs = []
    for seed in range(6):
        plan = read(with_backlogs(seed), tmp_path, ".toml")
        pairs.append((plan, agreement.run(plan, seed, "random", 12)))
    monkeypatch.setattr(simulator, "ticks_drawn", wrong)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 3
