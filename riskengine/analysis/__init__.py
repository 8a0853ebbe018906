"""From a sample to tables: percentiles, probabilities, influence and decisions, each with its interval."""

from riskengine.analysis.decision import Decision, GateAnswer, decide
from riskengine.analysis.portfolio import portfolio_gates_table, portfolio_row, portfolio_table, refused_row
from riskengine.analysis.tables.run import tables

__all__ = [
    "Decision",
    "GateAnswer",
    "decide",
    "portfolio_gates_table",
    "portfolio_row",
    "portfolio_table",
    "refused_row",
    "tables",
]
