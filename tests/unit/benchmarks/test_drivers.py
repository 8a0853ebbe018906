"""The benchmark of what drives a run measures what it says."""

from benchmarks import drivers


def test_ranks_are_held_against_a_double_argsort_of_the_same_ticks(monkeypatch):
    monkeypatch.setattr(drivers, "INPUTS", 4)
    monkeypatch.setattr(drivers, "ITERATIONS", 1000)
    figure = drivers.ranks(rounds=1)
    assert figure.unit == "x"
    assert figure.value > 0
    assert figure.goal is not None
    assert figure.goal.is_least
