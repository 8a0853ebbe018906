"""Which risks are run without."""

import numpy as np

from riskengine.engine import pairing
from tests.engine.plans import compiled


def test_every_risk_is_run_without_where_that_is_cheap():
    plan = compiled(tasks=20, risks=15)
    none = np.zeros((15, 256), bool)
    assert pairing.paired_rows(plan, none, np.arange(256.0), np.arange(256.0)) == list(range(15))


def test_where_it_is_dear_the_risks_that_move_the_finish_most_are_taken(monkeypatch):
    monkeypatch.setattr(pairing, "PAIRED_VALUES", 0)
    monkeypatch.setattr(pairing, "LEAST_PAIRED", 2)
    plan = compiled(tasks=6, risks=4)
    occurs = np.zeros((4, 8), bool)
    occurs[0] = [1, 0, 1, 0, 1, 0, 1, 0]
    occurs[1] = [1, 1, 1, 1, 0, 0, 0, 0]
    occurs[2] = [1, 0, 0, 1, 1, 0, 0, 1]
    occurs[3] = [1, 1, 0, 0, 1, 1, 0, 0]
    finish = 10.0 * occurs[1] + 3.0 * occurs[3]
    assert pairing.paired_rows(plan, occurs, finish, np.ones(8)) == [1, 3]


def test_a_risk_that_always_occurs_is_always_taken(monkeypatch):
    monkeypatch.setattr(pairing, "PAIRED_VALUES", 0)
    monkeypatch.setattr(pairing, "LEAST_PAIRED", 1)
    plan = compiled(tasks=6, risks=3)
    occurs = np.zeros((3, 8), bool)
    occurs[0, ::2] = occurs[2] = True
    assert pairing.paired_rows(plan, occurs, 5.0 * occurs[0] + np.arange(8), np.ones(8)) == [2]
