"""Costs that a risk makes relatively dearer, against theory and by hand."""

import tomllib

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.scenario import parse

HEAD = 'schema = 1\nname = "price"\nstart = 2027-03-01\n'
UNDER_WAY = 'schema = 1\nname = "price"\ndata_date = 2027-03-01\n'


def run(text, head=HEAD, iterations=256, method="sobol", seed=2):
    compiled = plan.compile(parse(tomllib.loads(head + text), "price.toml"))
    return engine.simulate(compiled, engine.Settings(iterations, seed=seed, method=method))


def test_a_cost_that_is_dearer_in_four_of_ten_futures_has_the_mean_and_sd_of_theory():
    """100 000 (1 + 0.4 x 0.2) in the mean.

    Of independent draws, five standard errors: one false alarm in a million; it finds a bias of 0.5 %.
    """
    sample = run(
        """
        tasks.A = { duration = 10, cost.fixed = 100000 }
        [risks.steel]
        probability = 0.4
        impacts.A.cost_factor = { shape = "uniform", low = 1.1, high = 1.3 }
        """,
        iterations=40_960,
        method="random",
    )
    sd = 1e5 * np.sqrt(0.4 * (0.2**2 + 0.2**2 / 12) - 0.08**2)
    assert abs(sample.cost.mean() - 108_000) < 5 * sd / np.sqrt(40_960)
    assert sample.cost.std() == pytest.approx(sd, rel=0.02)
    assert sample.cost.min() == 100_000
    assert sample.deterministic_cost == 100_000


def test_an_opportunity_makes_a_cost_cheaper_and_a_certain_driver_always_acts():
    sample = run(
        """
        tasks.A = { duration = 10, cost = { rate = 100 } }
        risks.bulk = { kind = "opportunity", probability = 1, impacts.A.cost_factor = 0.5 }
        risks.wages = { kind = "driver", impacts.A.cost_factor = 1.2 }
        """
    )
    np.testing.assert_allclose(sample.cost, 600)


def test_what_the_run_without_the_risk_saves_is_what_the_risk_costs():
    sample = run(
        """
        tasks.A = { duration = 10, cost.fixed = 1000 }
        risks.steel = { probability = 0.5, impacts.A.cost_factor = 1.2 }
        risks.other = { probability = 0.5, impacts.A.cost = 10 }
        """
    )
    at = sample.risks.id.index("steel")
    saved = sample.cost - sample.risks.cost_without[sample.risks.paired.index(at)]
    np.testing.assert_allclose(saved, np.where(sample.risks.occurs[at], 200, 0))


def test_what_has_been_spent_is_not_multiplied():
    sample = run(
        """
        [tasks.done]
        duration = 2
        actual_start = 2027-02-22
        actual_finish = 2027-02-23
        cost = { fixed = 500, rate = 5 }
        [tasks.half]
        duration = 4
        actual_start = 2027-02-25
        remaining = 2
        cost = { rate = 100 }
        [tasks.told]
        duration = 4
        actual_start = 2027-02-25
        remaining = 2
        cost = { rate = 100, actual = 900 }
        [risks.dear]
        probability = 1
        impacts."*".cost_factor = 2
        """,
        UNDER_WAY,
    )
    done, half, told = 510, 2 * 100 + 2 * (2 * 100), 900 + 2 * (2 * 100)
    np.testing.assert_allclose(sample.cost, done + half + told)


def test_milestones_and_summaries_get_dearer_too():
    sample = run(
        """
        tasks.a = { duration = 3, wbs = "1.1" }
        tasks.m = { milestone = true, after = ["a"], cost.fixed = 40 }
        tasks.s = { type = "summary", wbs = "1", cost = { rate = 10 } }
        risks.dear = { probability = 1, impacts.m.cost_factor = 1.5, impacts.s.cost_factor = 2 }
        """
    )
    np.testing.assert_allclose(sample.cost, 60 + 60)


def test_on_the_project_every_task_and_cost_line_gets_dearer():
    sample = run(
        """
        tasks.a = { duration = 3, cost.fixed = 100 }
        tasks.b = { duration = 3, cost.rate = 10, after = ["a"] }
        costs.site = { rate = 20, fixed = 5 }
        risks.inflation = { kind = "driver", probability = 1, impacts.project.cost_factor = [1.0, 1.1, 1.4] }
        """
    )
    cost = 100 + 30 + 120 + 5
    assert cost < sample.cost.min() < sample.cost.max() < 1.4 * cost
    assert sample.cost.mean() == pytest.approx(cost * (1.0 + 4 * 1.1 + 1.4) / 6, rel=1e-3)


def test_one_draw_for_all_that_an_entry_names_unless_draws_are_to_be_independent():
    text = """
        tasks.a = { duration = 3, cost.fixed = 100 }
        tasks.b = { duration = 3, cost.fixed = 100 }
        risks.dear = { kind = "driver", SAMPLING impacts."*".cost_factor = [1.0, 1.2, 1.4] }
        """
    shared = run(text.replace("SAMPLING", ""), iterations=5120)
    apart = run(text.replace("SAMPLING", 'impact_sampling = "independent",'), iterations=5120)
    assert shared.cost.std() == pytest.approx(np.sqrt(2) * apart.cost.std(), rel=0.05)


def test_a_plan_without_them_draws_no_more_than_before():
    text = "tasks.a = { duration = 3, cost.fixed = 100 }\nrisks.r = { probability = 0.5, impacts.a.cost = 5 }\n"
    bare = plan.compile(parse(tomllib.loads(HEAD + text), "price.toml"))
    assert bare.draws.role.size == 3
    assert (bare.draws.priced == -1).all()
