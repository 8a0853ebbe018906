"""The bridge of ``riskengine.compare``: which group of changes moves P80 by how much."""

import pytest

import riskengine
from riskengine.api.bridging import plans_between
from tests.support.command_line import plan
from tests.support.places import ROOT


@pytest.fixture
def base():
    """The plan of two tasks and a risk."""
    return riskengine.read(plan())


def parts(found, measure="finish"):
    """What each part adds."""
    return {part["part"]: part["difference"] for part in found.document["bridge"][measure]}


def test_parts_add_up_and_have_the_movement_of_the_comparison(base):
    after = base.changed(
        {
            "tasks.build.duration": [34, 40, 70],
            "risks.late.probability": 0.6,
            "tasks.build.after": ["design FS+2d"],
            "tasks.design.cost.rate": 1700,
        }
    )
    found = riskengine.compare(base, after, iterations=1_024, method="lhs", bridge=True)
    assert set(parts(found)) == {"logic", "durations", "risks", "cost"}
    assert sum(parts(found).values()) == pytest.approx(found.finish()["difference"], abs=1e-9)
    assert sum(parts(found, "cost").values()) == pytest.approx(found.cost()["difference"], abs=1e-6)
    assert parts(found)["cost"] == 0
    assert parts(found)["logic"] == pytest.approx(2, abs=0.1)
    assert found.document["bridge"]["plans"] == 16


def test_a_single_group_has_all_of_the_movement(base):
    after = base.changed({"tasks.build.duration": [34, 40, 70]})
    found = riskengine.compare(base, after, iterations=512, bridge=True)
    (part,) = found.document["bridge"]["finish"]
    movement = found.finish()
    assert part["difference"] == movement["difference"]
    assert part["ci_low"] == pytest.approx(movement["ci_low"], abs=0.05)


def test_a_plan_beside_itself_has_no_parts(base):
    for after in (base, base.changed({"tasks.build.name": "Hall", "gates.delivery.confidence": 0.6})):
        found = riskengine.compare(base, after, iterations=64, bridge=True)
        assert found.document["bridge"] == {"plans": 1, "finish": [], "cost": []}
        assert "The bridge has no parts" in found.text()
    assert riskengine.compare(base, base, iterations=64).document["bridge"] is None


def test_groups_that_cannot_be_changed_apart_are_one_part():
    damages = "[damages.late]\ndate = 2027-06-01\nrate = 100\n"
    before = riskengine.read(plan() + damages)
    more = f'[tasks.test]\nduration = 5\nafter = ["build"]\n{damages}target = "test"\n'
    after = riskengine.read(plan() + more).changed({"risks.late.probability": 0.6})
    made, between = plans_between(before, after)
    assert made == [("logic", "cost"), ("risks",)]
    assert len(between) == 4
    found = riskengine.compare(before, after, iterations=512, bridge=True)
    assert set(parts(found)) == {"logic with cost", "risks"}
    assert sum(parts(found).values()) == pytest.approx(found.finish()["difference"], abs=1e-9)


def test_the_shipped_mitigation_is_told_by_groups():
    names = [ROOT / f"scenarios/ground-station{end}.toml" for end in ("", "-mitigated")]
    found = riskengine.compare(*names, iterations=512, bridge=True)
    assert list(parts(found)) == ["logic", "risks", "cost"]
    assert sum(parts(found).values()) == pytest.approx(found.finish()["difference"], abs=1e-9)
    assert sum(parts(found, "cost").values()) == pytest.approx(found.cost()["difference"], abs=1e-6)
    text = found.text()
    assert "P80 of finish, by what changed" in text
    assert "together" in text
