"""Engine and twin where work takes less time each time."""

import pytest

from riskengine.model import Learning
from tests.twin.simulator import agreement
from tests.twin.simulator.build import task
from tests.twin.simulator.learning import practised
from tests.twin.simulator.learning_scenarios import with_learning
from tests.twin.simulator.shown import planned
from tests.twin.simulator.sweep import KINDS, disagreements
from tests.twin.simulator.written import read

OF_LEARNING = [kind for kind in KINDS if kind.startswith("learning") and "lost" not in kind]


@pytest.mark.parametrize("kind", OF_LEARNING)
def test_engine_and_twin_agree_on_learning(kind, tmp_path):
    assert disagreements(kind, range(10), tmp_path, iterations=12) == []


def test_the_second_and_the_fourth_take_a_half_and_a_quarter():
    tasks = [task(id, 8, *before) for id, before in zip("ABCD", ((), ("A",), ("B",), ("C",)), strict=True)]
    learning = {"l": Learning(id="l", tasks=("A", "B", "C", "D"), rate=0.5)}
    shown = planned(*tasks, learning=learning)
    assert shown.outcome.work["A"] == 8 * 28_800
    assert shown.outcome.work["B"] == 4 * 28_800
    assert shown.outcome.work["D"] == 2 * 28_800


@pytest.mark.parametrize("fault", ["forgotten", "one place further"])
def test_agreement_fails_where_the_twin_has_another_rule(fault, tmp_path, monkeypatch):
    def wrong(scenario):
        if fault == "forgotten":
            return scenario
        moved = {id: each.model_copy(update={"tasks": each.tasks[1:]}) for id, each in scenario.learning.items()}
        return practised(scenario.model_copy(update={"learning": moved}))

    pairs = []
    for seed in range(12):
        plan = read(with_learning(seed), tmp_path, ".toml")
        pairs.append((plan, agreement.run(plan, seed, "random", 12)))
    monkeypatch.setattr("tests.twin.simulator.simulator.practised", wrong)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 3
