"""What risks may and may not do."""

import numpy as np
import pytest

from tests.properties.faults import part, streams_by_position
from tests.support.command_runs import column, finish, rows, run
from tests.support.plans_of_all_features import FS_NETWORK, RICH, THREATS

CERTAIN = '\n[tasks.z]\nduration = [2, 3, 7]\nafter = ["f", "g"]\n'
SHIFT = "\n[risks.sure]\nprobability = 1\nimpacts.z = { delay = 4.5 }\n"
delays_twice = part("variables", offset=lambda v: np.where(v.kind == 0, 2 * v.offset, v.offset))


def shifts() -> set[float]:
    """By how much a certain delay of 4.5 days moves the finish of each iteration [d]."""
    moved = finish(run(FS_NETWORK + CERTAIN + SHIFT)) - finish(run(FS_NETWORK + CERTAIN))
    return set(np.round(moved, 9).tolist())


def test_a_certain_risk_of_a_fixed_delay_shifts_every_finish_by_it():
    assert shifts() == {4.5}


def test_a_delay_that_counts_twice_would_be_found(monkeypatch):
    delays_twice(monkeypatch)
    assert shifts() != {4.5}


def iterations_brought_forward() -> int:
    """Iterations that finish earlier with threats than without."""
    with_threats = finish(run(FS_NETWORK + THREATS.format(active="true")))
    without = finish(run(FS_NETWORK + THREATS.format(active="false")))
    assert (with_threats > without).any()
    return int((with_threats < without).sum())


def test_no_threat_ever_brings_the_finish_of_an_fs_network_forward():
    assert iterations_brought_forward() == 0


def test_an_opportunity_posing_as_a_threat_would_be_found(monkeypatch):
    part("variables", offset=lambda v: np.where(v.kind == 0, -v.offset, v.offset))(monkeypatch)
    assert iterations_brought_forward() > 0


def test_a_contribution_is_the_difference_to_the_run_without_the_risk():
    threats = FS_NETWORK + THREATS.format(active="true")
    head, tail = threats.split("[risks.two]")
    without_two = head + "[risks.two]" + tail.replace("active = true", "active = false", 1)
    result, other = run(threats, 2560), run(without_two, 2560)
    assert rows(other, "risks", "risk")["two"]["occurrence"] == 0
    row = rows(result, "risks", "risk")["two"]
    assert row["days_mean"] == pytest.approx(finish(result).mean() - finish(other).mean(), rel=1e-9)
    assert row["days_mean_ci_low"] < row["days_mean"] < row["days_mean_ci_high"]


def test_streams_by_position_would_be_found_by_the_contributions(monkeypatch):
    text = FS_NETWORK + THREATS.format(active="true")
    less = text.replace("impacts.d = { delay = [1, 3, 8] }\n", "")
    streams_by_position(monkeypatch)
    assert (finish(run(less)) > finish(run(text))).any()


COSTED = """
schema = 1
name = "costs"
start = 2027-03-01
calendar = "24h"
targets = ["a"]
[resources.crane]
rate = 70
[tasks.a]
duration = [4, 6, 12]
cost = { fixed = 100, rate = 11 }
[tasks.b]
duration = [3, 7, 9]
after = ["a"]
cost = { fixed = 50, rate = 5 }
resources = { crane = 2 }
[costs.site]
fixed = 1000
rate = 3
[risks.fine]
probability = 0.5
impacts.project = { cost = 777 }
"""


def cost_not_explained() -> float:
    """Largest difference of an iteration's cost and the sum of its parts."""
    result = run(COSTED)
    a, whole = finish(result, "a"), finish(result)
    parts = 100 + 11 * a + 50 + (5 + 2 * 70) * (whole - a) + 1000 + 3 * whole
    left = column(result, "cost") - parts
    fines = np.clip(np.round(left / 777), 0, 1)
    return float(np.abs(left - 777 * fines).max())


def test_the_cost_of_an_iteration_is_the_sum_of_its_parts():
    assert cost_not_explained() < 1e-8


def test_a_rate_that_is_lost_would_be_found(monkeypatch):
    part("costs", rate=lambda c: c.rate * 0)(monkeypatch)
    assert cost_not_explained() > 1


def test_an_opportunity_only_saves():
    lines = RICH.replace("[risks.reuse]\n", "[risks.reuse]\nactive = false\n")
    assert (column(run(RICH), "cost") <= column(run(lines), "cost")).all()
