"""What drives a plan, a run or a results folder that somebody names."""

from dataclasses import replace
from typing import Any

from riskengine import engine
from riskengine.api.comparing import Side, label_of, side_of
from riskengine.api.driving import LEAST_ITERATIONS, TOO_FEW, Drivers, check, drivers_of_plan, drivers_of_run
from riskengine.api.simulating import SimulationOptions, checked, plan_of, settings_of
from riskengine.errors import UsageError
from riskengine.errors.catalogue import CATALOGUE


def drivers(source: Any, options: SimulationOptions, folder: Any, target: str, top: int) -> Drivers:
    """Return what drives a plan or a run; see :func:`riskengine.drivers`."""
    return drivers_of_side(side_of(source, label_of(source) or "the run", folder), options, target, top)


def drivers_of_side(side: Side, options: SimulationOptions, target: str, top: int) -> Drivers:
    """Return what drives a plan, or a run of it.

    Parameters
    ----------
    side : Side
    options : SimulationOptions
        How the plan is simulated; a run says that itself.
    target : str
    top : int
        Rows that are shown.
    """
    if side.run is not None:
        return drivers_of_run(side.run, target, top, side.label, threads=checked(options).threads)
    settings = settings_of(replace(checked(options), contributions=False))
    if settings.iterations < LEAST_ITERATIONS:
        raise UsageError(TOO_FEW, "RE611", CATALOGUE["RE611"].clause)
    plan = plan_of(side.scenario)
    check(plan, target, top)
    sample = engine.simulate(plan, settings, options.progress, share=options.memory_share)
    return drivers_of_plan(plan, settings, sample, target, top)
