"""Tables of what a run was computed from."""

import pyarrow as pa

from riskengine.results.build import build
from riskengine.results.sample import Sample


def input_table(sample: Sample, name: str) -> pa.Table:
    """Return the table of this name, all of whose columns the scenario says."""
    return build(name, sample.inputs[name]())
