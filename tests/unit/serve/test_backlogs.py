"""What of a backlog can be moved on the what-if page, and that a file says the same."""

import pytest

import riskengine
from riskengine.api.simulating import SimulationOptions
from riskengine.serve.controls import movables_of
from riskengine.serve.overlay import overlay, overlay_name
from riskengine.serve.what_if import WhatIf
from riskengine.serve.wish import Wish
from tests.unit.serve.plans import ITERATIONS

TEXT = """schema = 1
name = "Shop"
start = 2027-03-01

[tasks.done-before]
duration = 4

[backlogs.shop]
items = 30
done = [4, 0, 6, 3, 5, 2, 7, 3, 4, 6, 1, 5]
growth = [1.0, 1.1, 1.4]
after = ["done-before"]

[gates.board]
finish = 2027-05-14
confidence = 0.8
"""


@pytest.fixture
def plan_file(tmp_path):
    """A plan with a backlog."""
    path = tmp_path / "plan.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def controls(path) -> dict:
    """Return what can be moved of the backlog."""
    (shop,) = [each for each in movables_of(riskengine.read(path)) if each.id == "shop"]
    assert shop.section == "tasks"
    return shop.controls


def test_items_growth_and_focus_can_be_moved(plan_file):
    there = controls(plan_file)
    assert {name: (each.kind, each.value, each.place[0]) for name, each in there.items()} == {
        "items": ("number", 30.0, "backlogs"),
        "growth": ("points", (1.0, 1.1, 1.4), "backlogs"),
        "focus": ("number", 1.0, "backlogs"),
    }


def test_nothing_of_a_finished_one(plan_file):
    over = "actual_start = 2027-02-01\nactual_finish = 2027-02-26\n[gates.board]"
    text = TEXT.replace("start = 2027-03-01", "data_date = 2027-03-01", 1).replace("[gates.board]", over)
    plan_file.write_text(text.replace('after = ["done-before"]\n', ""), encoding="utf-8")
    assert "shop" not in {each.id for each in movables_of(riskengine.read(plan_file))}


def test_what_is_saved_reads_and_simulates_as_what_was_shown(plan_file):
    there = controls(plan_file)
    growth = {"shape": "pert", "low": 1.0, "most_likely": 1.3, "high": 1.9}
    changes = {there["items"].key: 22, there["focus"].key: 0.7, there["growth"].key: growth}
    asked = WhatIf(riskengine.read(plan_file), SimulationOptions(iterations=ITERATIONS, threads=1))
    wish = Wish("session1", 1, changes, ())
    answer = asked.answer(wish)
    assert answer.before.finish_days[0].tolist() != answer.after.finish_days[0].tolist()
    saved = plan_file.with_name(overlay_name(plan_file))
    saved.write_text(overlay(asked.changes_of(wish), plan_file), encoding="utf-8")
    again = riskengine.read(saved)
    assert again == answer.scenario
    run = riskengine.simulate(again, iterations=ITERATIONS, threads=1, contributions=False)
    assert run.tables["iterations"]["finish_days"].to_pylist() == answer.after.finish_days[0].tolist()
