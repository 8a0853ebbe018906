"""Engine and twin where chains, delays of relationships, early finishes, work, branches and lost days meet."""

import pytest

from tests.twin.simulator.joint_scenarios import INSIDE_OUT, joint
from tests.twin.simulator.sweep import differences_of, disagreements

MARKS = ("exists", "branches", "early_finish_passed_on", "productivity", "waiting_rate", "triggered_by")


@pytest.mark.parametrize("kind", ["joint", "joint at boundaries", "joint under way"])
def test_engine_and_twin_agree_where_all_meets(kind, tmp_path):
    assert disagreements(kind, (0, 1, 2, 240, 392), tmp_path, iterations=12) == []


def test_runs_keep_their_limits_where_all_meets(tmp_path):
    assert [line for seed in range(4) for line in differences_of("limits of joint", seed, tmp_path, 100)] == []


def test_the_generator_brings_each_together_with_each():
    assert len(MARKS) == len(INSIDE_OUT)
    texts = [repr(joint(seed)) for seed in range(60)]
    assert all(any(one in text and other in text for text in texts) for one in MARKS for other in MARKS)
