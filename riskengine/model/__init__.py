"""What a scenario is: frozen, typed, free of files and arrays."""

from riskengine.model.action import Action, RiskChange
from riskengine.model.backlog import Backlog, History
from riskengine.model.branch import Branch
from riskengine.model.calendar import Calendar, Interval
from riskengine.model.change import Change
from riskengine.model.correlation import CorrelatedPair, Correlation, CorrelationMatrix
from riskengine.model.cost import CostLine, Resource
from riskengine.model.date_clause import Bonus, Damages
from riskengine.model.estimate import (
    AnyEstimate,
    Average,
    Beta,
    Constant,
    Cumulative,
    Discrete,
    DoubleTriangular,
    Empirical,
    Estimate,
    Exponential,
    Gamma,
    Lognormal,
    Metalog,
    Mixture,
    Normal,
    Pert,
    Triangular,
    Trigen,
    Uniform,
    Weibull,
)
from riskengine.model.exclusive import Exclusive
from riskengine.model.gate import Gate
from riskengine.model.learning import Learning
from riskengine.model.lost_days import LostDays
from riskengine.model.price_index import PriceIndex
from riskengine.model.progress import Constraint, Imported, ImportSource
from riskengine.model.project import Project
from riskengine.model.relationship import Relationship
from riskengine.model.rework import Rework
from riskengine.model.risk import Exposure, Impact, Risk
from riskengine.model.scenario import Scenario
from riskengine.model.schedule import Levelling, ScheduleOptions
from riskengine.model.task import Task, TaskCost

__all__ = [
    "Action",
    "AnyEstimate",
    "Average",
    "Backlog",
    "Beta",
    "Bonus",
    "Branch",
    "Calendar",
    "Change",
    "Constant",
    "Constraint",
    "CorrelatedPair",
    "Correlation",
    "CorrelationMatrix",
    "CostLine",
    "Cumulative",
    "Damages",
    "Discrete",
    "DoubleTriangular",
    "Empirical",
    "Estimate",
    "Exclusive",
    "Exponential",
    "Exposure",
    "Gamma",
    "Gate",
    "History",
    "Impact",
    "ImportSource",
    "Imported",
    "Interval",
    "Learning",
    "Levelling",
    "Lognormal",
    "LostDays",
    "Metalog",
    "Mixture",
    "Normal",
    "Pert",
    "PriceIndex",
    "Project",
    "Relationship",
    "Resource",
    "Rework",
    "Risk",
    "RiskChange",
    "Scenario",
    "ScheduleOptions",
    "Task",
    "TaskCost",
    "Triangular",
    "Trigen",
    "Uniform",
    "Weibull",
]
