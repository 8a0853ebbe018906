"""All tables of a run."""

from functools import cache, partial

import pyarrow as pa

from riskengine.analysis.decision import decide, gates_table
from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.tables.clauses import clauses_table
from riskengine.analysis.tables.correlations import correlations_table
from riskengine.analysis.tables.criticality import criticality, criticality_table
from riskengine.analysis.tables.distribution import distribution_tables, iterations_table
from riskengine.analysis.tables.inputs import health_table, input_table
from riskengine.analysis.tables.levelling import levelling_table, resources_table
from riskengine.analysis.tables.lost_days import lost_days_table
from riskengine.analysis.tables.periods import cost_periods_table, resource_periods_table
from riskengine.analysis.tables.reserves import contingency_table, joint_table, record_of
from riskengine.analysis.tables.risks import risks_table
from riskengine.analysis.tables.tasks import tasks_table
from riskengine.results.run import RunRecord
from riskengine.results.samples.sample import Sample
from riskengine.results.tables.health_tables import HEALTH_TABLES
from riskengine.results.tables.input_tables import INPUT_TABLES
from riskengine.results.tables.lazy_tables import LazyTables


def tables(sample: Sample, looks: int = 1) -> LazyTables:
    """Return every table of ``results.registry.RUN_TABLES`` for a run, each made when it is first read.

    Parameters
    ----------
    sample : Sample
    looks : int
        How often the run could look at its gates; see :func:`riskengine.analysis.decide`.
    """

    @cache
    def shares() -> Interval:
        return criticality(sample)

    @cache
    def distributions() -> dict[str, pa.Table]:
        return distribution_tables(sample)

    @cache
    def iterations() -> pa.Table:
        return iterations_table(sample)

    @cache
    def gates() -> pa.Table:
        return gates_table(decide(sample, looks))

    @cache
    def outcomes() -> RunRecord:
        made = {"iterations": iterations(), "summary": distributions()["summary"], "gates": gates()}
        return record_of(sample, made)

    return LazyTables(
        {
            "iterations": iterations,
            "summary": lambda: distributions()["summary"],
            "percentiles": lambda: distributions()["percentiles"],
            "contingency": lambda: contingency_table(outcomes()),
            "joint": lambda: joint_table(outcomes()),
            "tasks": lambda: tasks_table(sample, shares()),
            "criticality": lambda: criticality_table(sample, shares()),
            "risks": lambda: risks_table(sample),
            "gates": gates,
            "levelling": lambda: levelling_table(sample),
            "resources": lambda: resources_table(sample),
            "cost_periods": lambda: cost_periods_table(sample),
            "resource_periods": lambda: resource_periods_table(sample),
            "correlations": lambda: correlations_table(sample),
            "clauses": lambda: clauses_table(sample),
            "lost_days": lambda: lost_days_table(sample),
            **{kind.name: partial(input_table, sample, kind.name) for kind in INPUT_TABLES},
            **{kind.name: partial(health_table, sample, kind.name) for kind in HEALTH_TABLES},
        }
    )
