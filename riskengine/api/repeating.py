"""Running what a results folder holds once more: the same iterations must come out."""

import numpy as np

from riskengine.errors import ResultsError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.results.run import RunRecord
from riskengine.results.sample import Sample


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
    pairs = ((stored["finish"].to_numpy(), sample.finish[0]), (stored["cost"].to_numpy(), sample.cost))
    if not all(np.array_equal(there[: sample.iterations], here) for there, here in pairs):
        message = f"{label}: the scenario in the folder gives other iterations than it holds"
        raise ResultsError(message, "RE933", CATALOGUE["RE933"].clause)
