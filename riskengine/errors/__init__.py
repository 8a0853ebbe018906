"""What can go wrong: issues with their places, exceptions with their exit codes, and the catalogue of codes."""

from riskengine.errors.entry import Entry
from riskengine.errors.exceptions import MachineError, ResultsError, RiskengineError, ScenarioError, UsageError
from riskengine.errors.issue import Issue, first_line, shortened, visible

__all__ = [
    "Entry",
    "Issue",
    "MachineError",
    "ResultsError",
    "RiskengineError",
    "ScenarioError",
    "UsageError",
    "first_line",
    "shortened",
    "visible",
]
