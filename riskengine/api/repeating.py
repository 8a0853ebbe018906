"""Running what a results folder holds once more: the same iterations must come out."""

import numpy as np

from riskengine import engine, plan
from riskengine.api.scenario import in_memory
from riskengine.errors import ResultsError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.plan import Plan
from riskengine.results.run import RunRecord
from riskengine.results.samples.sample import Sample
from riskengine.results.tables.arrow_array import numpy_of


def plan_of_run(run: RunRecord) -> Plan:
    """Return the plan of a run, compiled from the scenario that it was simulated from."""
    return plan.compile(in_memory(run.scenario_json, "scenario.json", None))


def repeated(run: RunRecord, label: str) -> tuple[Plan, Sample]:
    """Return the plan of a run, and its iterations simulated again, each risk left out of a further run.

    Parameters
    ----------
    run : RunRecord
    label : str
        What the run is called.

    Raises
    ------
    ResultsError
        If other iterations come out than the run holds.
    """
    manifest = run.manifest
    compiled = plan_of_run(run)
    sample = engine.simulate(compiled, engine.Settings(manifest["iterations"], manifest["seed"], manifest["method"]))
    require_same_iterations(run, sample, label)
    return compiled, sample


def require_same_iterations(run: RunRecord, sample: Sample, label: str) -> None:
    """Refuse a run whose iterations its scenario does not give again.

    Parameters
    ----------
    run : RunRecord
    sample : Sample
        Its scenario simulated again, as many iterations or fewer.
    label : str
        What the run is called.

    Raises
    ------
    ResultsError
    """
    stored = run.tables["iterations"]
    pairs = ((numpy_of(stored["finish"]), sample.finish[0]), (numpy_of(stored["cost"]), sample.cost))
    if not all(np.array_equal(there[: sample.iterations], here) for there, here in pairs):
        message = f"{label}: the scenario in the folder gives other iterations than it holds"
        raise ResultsError(message, "RE933", CATALOGUE["RE933"].clause)
