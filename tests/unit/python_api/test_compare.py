"""``riskengine.compare``: two plans on the same random numbers."""

import pytest

import riskengine
from tests.support.command_line import plan


@pytest.fixture
def scenarios():
    """A plan, and the plan with a longer task."""
    before = riskengine.read(plan())
    return before, before.changed({"tasks.build.duration": [34, 40, 70]})


def test_single_differences_and_words(scenarios):
    found = riskengine.compare(*scenarios, iterations=512)
    finish = found.finish("p80")
    runs = [riskengine.simulate(each, iterations=512) for each in scenarios]
    assert [finish["before_instant"], finish["after_instant"]] == [run.finish(0.8).isoformat() for run in runs]
    assert finish["difference"] == finish["after"] - finish["before"] > 0
    assert found.cost()["unit"] == "currency"
    assert found.gate("delivery")["difference"] < 0
    assert found.words[0].startswith("after moves P80 of the finish by +")
    assert repr(found).startswith("<Comparison: after moves")
    assert found.text(60).startswith("after moves")


def test_what_was_changed_stands_beside_what_it_does(scenarios):
    (change,) = riskengine.compare(*scenarios, iterations=64).changes
    assert (change["section"], change["id"], change["field"]) == ("tasks", "build", "duration")
    assert change["after_text"] == "pert: low 34, most likely 40, high 70 days"


def test_runs_and_folders_of_runs_are_taken_as_they_are(scenarios, tmp_path):
    runs = [riskengine.simulate(each, iterations=600, seed=5, method="lhs") for each in scenarios]
    runs[1].write(tmp_path / "new")
    expected = riskengine.compare(*scenarios, iterations=600, seed=5, method="lhs").document["differences"]
    assert riskengine.compare(*runs).document["differences"] == expected
    assert riskengine.compare(runs[0], tmp_path / "new").document["differences"] == expected


def test_what_is_not_there_is_refused(scenarios):
    found = riskengine.compare(*scenarios, iterations=64)
    for ask in (
        lambda: found.finish("p81"),
        lambda: found.finish(target="nowhere"),
        lambda: found.gate("delivry"),
        lambda: riskengine.compare(3, scenarios[0]),
        lambda: riskengine.compare(*scenarios, iterations=0),
    ):
        with pytest.raises(riskengine.UsageError):
            ask()


def test_a_scenario_beside_itself_differs_by_nothing(scenarios):
    found = riskengine.compare(scenarios[0], scenarios[0], iterations=64)
    assert found.document["alike"]
    assert found.finish("mean")["ci_high"] == 0
