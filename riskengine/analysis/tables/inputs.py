"""Tables of what a run was computed from."""

import pyarrow as pa

from riskengine.results.samples.sample import Sample
from riskengine.results.tables.build import build, build_rows


def input_table(sample: Sample, name: str) -> pa.Table:
    """Return the table of this name, all of whose columns the scenario says."""
    return build(name, sample.inputs[name]())


def health_table(sample: Sample, name: str) -> pa.Table:
    """Return a table of the health of the plan; without rows where nobody examined it."""
    return input_table(sample, name) if name in sample.inputs else build_rows(name, [])
