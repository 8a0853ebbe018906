"""Every drawn value is the exact quantile of its uniform, but for the stated error of a table."""

from riskengine.model import Exponential
from tests.twin.draws import drawn
from tests.twin.simulator import agreement
from tests.twin.simulator.actions import with_actions
from tests.twin.simulator.build import risk, scenario, task


def test_draws_are_the_exact_quantiles_of_their_words(made):
    wrong = [line for scenario, run in made[:60] for line in drawn.wrong_draws(scenario, run, [0, 1, 5])]
    assert wrong == []


def test_every_shape_is_among_the_draws(made):
    shapes = {
        estimate.shape + (" cut" if estimate.min is not None else "")
        for scenario, run in made
        for estimate, _ in drawn.estimates(scenario, run.plan.time.tick).values()
    }
    plain = {"uniform", "triangular", "pert", "beta", "discrete"}
    assert shapes >= plain | {"trigen cut", "normal cut", "lognormal cut", "exponential cut", "pert cut", "uniform cut"}


def test_shapes_without_bounds_are_drawn_into_their_tails():
    long = scenario(task("A", Exponential(mean=3, unit="d")))
    run = agreement.run(long, 1, "lhs", 256)
    assert list(drawn.wrong_draws(long, run, list(range(256)))) == []


def test_a_risk_occurs_at_the_largest_uniforms(made):
    checked = 0
    for plan, run in made:
        for id, event in with_actions(plan).risks.items():
            name = f"risk/{id}/occurs"
            if event.active and 0 < event.probability < 1:
                u = (run.seen.word[name] + 0.5) / 2**32
                assert (run.seen.draws[name] == (u >= 1 - event.probability)).all()
                checked += 1
    assert checked > 30


def test_a_risk_of_one_half_occurs_in_half_of_every_stratified_block():
    plan = scenario(task("A", "1d"), risks=(risk("R", 0.5, {}), risk("S", 0.25, {})))
    run = agreement.run(plan, 5, "lhs", 256)
    assert int(run.seen.draws["risk/R/occurs"].sum()) == 128
    assert int(run.seen.draws["risk/S/occurs"].sum()) == 64
