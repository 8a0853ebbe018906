"""What a run was computed from, as columns of the tables of its results: what the scenario says, nothing drawn."""

from riskengine.plan.inputs.columns import INPUTS, Columns, columns_of

__all__ = ["INPUTS", "Columns", "columns_of"]
