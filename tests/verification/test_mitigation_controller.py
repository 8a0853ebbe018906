"""What a clairvoyant buys, held against an integer programme, on the data of the Mitigation Controller."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

import riskengine
from riskengine import plan
from riskengine.api.mitigating import Purchasing, Wish
from riskengine.api.set_search import SetRuns, screen
from riskengine.api.simulating import SimulationOptions
from riskengine.engine.replay import replay
from riskengine.model.action_sets import Purchase
from riskengine.plan.action_plans import ActionPlans
from tests.verification.mitigation_controller import NAMES, path_of, read, scenario_of
from tests.verification.published import ABSENT

pytestmark = pytest.mark.skipif(not all(path_of(name).exists() for name in NAMES), reason=ABSENT)

ITERATIONS = 256
MOST = 3
"""Measures that may be bought, which leaves 1,160 sets of 19."""
SECONDS_PER_DAY = 86_400
TARGETS = {"Case-study-1": 1_800, "Case-study-2-No-correlation": 1_540, "Case-study-2-correlation": 1_600}
"""Days after the start that the project may take."""


def least_price(case, duration, gain, target):
    """Return the least price of measures with which one iteration is in time, None where none are enough.

    Variables are the finish of each task and whether each measure is bought.
    """
    tasks, measures = list(case.duration), list(case.measures)
    place = {name: at for at, name in enumerate(tasks)}
    rows, low = [], []
    for name in tasks:
        row = np.zeros(len(tasks) + len(measures))
        row[place[name]] = 1
        for at, measure in enumerate(measures):
            row[len(tasks) + at] = gain.get((measure, name), 0.0)
        for other in case.before[name] or (None,):
            waiting = row.copy()
            if other is not None:
                waiting[place[other]] -= 1
            rows.append(waiting)
            low.append(duration[name])
    count = np.concatenate((np.zeros(len(tasks)), np.ones(len(measures))))
    answer = milp(
        np.concatenate((np.zeros(len(tasks)), [case.measures[name].cost for name in measures])),
        integrality=count,
        bounds=Bounds(0, np.concatenate((np.full(len(tasks), target), np.ones(len(measures))))),
        constraints=[LinearConstraint(np.array(rows), np.array(low)), LinearConstraint(count, ub=MOST)],
    )
    return round(answer.fun) if answer.success else None


@pytest.mark.parametrize("name", NAMES)
def test_in_each_iteration_the_cheapest_measures_that_are_in_time_are_foreseen(name):
    case = read(name)
    target = np.datetime64("2027-01-01") + np.timedelta64(TARGETS[name], "D")
    scenario = riskengine.Scenario(**scenario_of(case, f"{target}T00:00:00"))
    wish = Wish(Purchase(most=MOST), reach="target")
    purchasing = Purchasing(scenario, wish, SimulationOptions(iterations=ITERATIONS))
    sets = purchasing.possible_sets()
    plans = ActionPlans(scenario, list(purchasing.offers.price))
    runs = SetRuns(plans, purchasing.offers, purchasing.objective, purchasing.settings)
    screened = screen(runs, sets, None)
    assert screened.first.shape == (1160, ITERATIONS)
    taken = screened.first.argmin(axis=0)
    is_in_time = screened.first.min(axis=0) == 0
    prices = [purchasing.offers.price_of(sets[row]) for row in taken]

    everything = plan.compile(scenario.changed({f"actions.{name}.active": True for name in case.measures}))
    draws = replay(everything, 1, "sobol", ITERATIONS).draws
    unit = SECONDS_PER_DAY / everything.time.tick
    answers = set()
    for at in range(0, ITERATIONS, 8):
        duration = {task: draws[f"task/{task}/duration"][at] / unit for task in case.duration}
        for event, (_, hit, _) in case.events.items():
            for task in hit:
                duration[task] += (
                    draws[f"risk/{event}/occurs"][at] * draws[f"risk/{event}/impact/{task}/delay"][at] / unit
                )
        for factor, (_, hit) in case.factors.items():
            for task in hit:
                duration[task] += draws[f"risk/{factor}/impact/{task}/delay"][at] / unit
        gain = {
            (measure, task): -draws[f"risk/gain-{measure}/impact/{task}/delay"][at] / unit
            for measure, (_, _, hit) in case.measures.items()
            for task in hit
        }
        least = least_price(case, duration, gain, float(TARGETS[name]))
        assert is_in_time[at] == (least is not None), at
        assert prices[at] == (least or 0), at
        answers.add(least)
    assert {None, 0} < answers
    assert len(answers) > 4
