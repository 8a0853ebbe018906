"""A draw depends on seed, project, name and iteration, and on nothing else."""

import dataclasses

import numpy as np
import pytest

from tests.properties.faults import streams_by_position
from tests.support.command_runs import column, contents, different, finish, run
from tests.support.plans_of_all_features import RICH, permuted

UNMAPPED = '\n[risks.aaa-first]\nprobability = 0.5\nname = "hits nothing"\n'
OF_THE_RISK = {"manifest.json", "scenario.json", "risks.arrow", "health_findings.arrow"}
"""Health says that the risk hits nothing."""


def files_changed_by_an_unmapped_risk() -> set[str]:
    """Result files that change when a risk without impacts is added."""
    return different(contents(run(RICH)), contents(run(RICH + UNMAPPED)))


def test_a_risk_that_hits_nothing_changes_no_other_byte():
    assert files_changed_by_an_unmapped_risk() <= OF_THE_RISK


def test_streams_by_position_would_be_found_by_the_unmapped_risk(monkeypatch):
    streams_by_position(monkeypatch)
    assert not files_changed_by_an_unmapped_risk() <= OF_THE_RISK


def test_the_order_of_the_file_changes_no_byte():
    assert permuted(RICH) != RICH
    assert different(contents(run(RICH)), contents(run(permuted(RICH)))) == set()


def test_a_reader_that_keeps_the_order_of_the_file_would_be_found(monkeypatch):
    from riskengine.api import scenario as reading_room

    reading_of = reading_room.reading_of

    def in_order(path, *arguments, **options):
        reading, text = reading_of(path, *arguments, **options), path.read_text(encoding="utf-8")
        by_place = sorted(reading.scenario.tasks, key=lambda name: text.index(f"[tasks.{name}]"))
        tasks = {name: reading.scenario.tasks[name] for name in by_place}
        return dataclasses.replace(reading, scenario=reading.scenario.model_copy(update={"tasks": tasks}))

    monkeypatch.setattr(reading_room, "reading_of", in_order)
    monkeypatch.setattr(reading_room, "dumps", lambda scenario: scenario.model_dump_json())
    assert different(contents(run(RICH)), contents(run(permuted(RICH)))) != set()


def test_switching_a_risk_off_moves_no_draw_of_the_others():
    off = RICH.replace("[risks.permit]\n", "[risks.permit]\nactive = false\n")
    with_it, without = finish(run(RICH)), finish(run(off))
    assert (with_it >= without).all()
    assert (with_it == without).mean() > 0.5


def test_streams_by_position_would_be_found_by_a_removed_risk(monkeypatch):
    streams_by_position(monkeypatch)
    less = RICH.replace('impacts.foundation = { delay = "15ed" }\n', "")
    assert (finish(run(RICH)) == finish(run(less))).mean() < 0.5


def test_renaming_the_project_draws_afresh():
    other = RICH.replace('project = "rich"', 'project = "poor"')
    assert (finish(run(RICH)) == finish(run(other))).mean() < 0.1


@pytest.mark.parametrize("method", ["random", "lhs", "sobol"])
def test_a_longer_run_begins_with_the_shorter_one(method):
    short, long = run(RICH, 300, method=method), run(RICH, 1000, method=method)
    for name in ("finish_days", "finish_days:install", "cost"):
        np.testing.assert_array_equal(column(short, name), column(long, name)[:300])


def test_seed_zero_is_a_seed_of_its_own_and_is_recorded():
    zero, one, largest = (run(RICH, seed=seed) for seed in (0, 1, 2**64 - 1))
    assert [r.manifest["seed"] for r in (zero, one, largest)] == [0, 1, 2**64 - 1]
    for first, second in ((zero, one), (zero, largest), (one, largest)):
        assert (finish(first) == finish(second)).mean() < 0.1


def test_an_engine_that_takes_seed_zero_for_none_would_be_found(monkeypatch):
    import riskengine.engine

    simulate = riskengine.engine.simulate_until

    def careless(plan, settings, *a, **k):
        return simulate(plan, dataclasses.replace(settings, seed=settings.seed or 1), *a, **k)

    monkeypatch.setattr(riskengine.engine, "simulate_until", careless)
    with pytest.raises(AssertionError):
        test_seed_zero_is_a_seed_of_its_own_and_is_recorded()
