"""The model as arrays: one entry, ``compile``."""

from riskengine.plan.compile import compile
from riskengine.plan.plan import GateRow, Plan

__all__ = ["GateRow", "Plan", "compile"]
