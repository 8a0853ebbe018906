"""All tables of a run."""

import pyarrow as pa

from riskengine.analysis.criticality import criticality, criticality_table
from riskengine.analysis.decision import decide, gates_table
from riskengine.analysis.distribution import distribution_tables, iterations_table
from riskengine.analysis.levelling import levelling_table, resources_table
from riskengine.analysis.risks import risks_table
from riskengine.analysis.tasks import tasks_table
from riskengine.results.sample import Sample


def tables(sample: Sample, looks: int = 1) -> dict[str, pa.Table]:
    """Return every table of ``results.registry.RUN_TABLES`` for a run.

    Parameters
    ----------
    sample : Sample
    looks : int
        How often the run could look at its gates; see :func:`riskengine.analysis.decide`.
    """
    shares = criticality(sample)
    return {
        "iterations": iterations_table(sample),
        **distribution_tables(sample),
        "tasks": tasks_table(sample, shares),
        "criticality": criticality_table(sample, shares),
        "risks": risks_table(sample),
        "gates": gates_table(decide(sample, looks)),
        "levelling": levelling_table(sample),
        "resources": resources_table(sample),
    }
