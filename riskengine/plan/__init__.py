"""The model as arrays: ``compile`` makes a plan of a scenario, ``changed`` takes over what another says otherwise."""

from riskengine.plan.changed import changed
from riskengine.plan.compile import compile, with_room
from riskengine.plan.plan import GateRow, Plan

__all__ = ["GateRow", "Plan", "changed", "compile", "with_room"]
