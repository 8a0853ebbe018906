"""What a scenario is: frozen, typed, free of files and arrays."""

from riskengine.model.calendar import Calendar, Interval
from riskengine.model.cost import CostLine, Resource
from riskengine.model.estimate import (
    AnyEstimate,
    Beta,
    Constant,
    Discrete,
    Estimate,
    Exponential,
    Lognormal,
    Normal,
    Pert,
    Triangular,
    Trigen,
    Uniform,
)
from riskengine.model.gate import Gate
from riskengine.model.risk import Impact, Risk
from riskengine.model.scenario import Scenario
from riskengine.model.task import Relationship, Task, TaskCost

__all__ = [
    "AnyEstimate",
    "Beta",
    "Calendar",
    "Constant",
    "CostLine",
    "Discrete",
    "Estimate",
    "Exponential",
    "Gate",
    "Impact",
    "Interval",
    "Lognormal",
    "Normal",
    "Pert",
    "Relationship",
    "Resource",
    "Risk",
    "Scenario",
    "Task",
    "TaskCost",
    "Triangular",
    "Trigen",
    "Uniform",
]
