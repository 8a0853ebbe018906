"""Documents that Python code hands over: models, tuples and numbers of numpy become what a file would say."""

from collections.abc import Callable, Mapping
from datetime import date, time
from functools import partial
from numbers import Integral, Real
from types import MappingProxyType
from typing import Any, Final

from riskengine.model import (
    Action,
    Bonus,
    Branch,
    Calendar,
    Change,
    Constraint,
    CorrelatedPair,
    Correlation,
    CorrelationMatrix,
    CostLine,
    Damages,
    Estimate,
    Exclusive,
    Exposure,
    Gate,
    History,
    Impact,
    Imported,
    Learning,
    PriceIndex,
    Project,
    Relationship,
    Resource,
    Rework,
    Risk,
    RiskChange,
    Scenario,
    Task,
    TaskCost,
)
from riskengine.scenario.grammar.syntax import DEEPEST, MOST_VALUES
from riskengine.scenario.model_check import check_model, is_model
from riskengine.scenario.resolve import calendar_document, document_of, estimate_document, resolve, task_document
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

SCALARS: Final = frozenset({str, int, float, bool, type(None)})
DOCUMENTS: Final[Mapping[type[Any], Callable[[Any], dict[str, Any]]]] = MappingProxyType(
    {
        Estimate: estimate_document,
        Task: task_document,
        Calendar: calendar_document,
        Scenario: resolve,
        **{
            kind: partial(document_of, section=section)
            for kind, section in (
                (TaskCost, "cost"),
                (Relationship, "relationship"),
                (History, "history"),
                (Constraint, "constraint"),
                (Imported, "dates"),
                (Risk, "risks"),
                (Impact, "impacts"),
                (Exposure, "exposure"),
                (Exclusive, "exclusive"),
                (Action, "actions"),
                (RiskChange, "effects"),
                (Correlation, "correlations"),
                (Damages, "damages"),
                (Bonus, "bonuses"),
                (CorrelatedPair, "pair"),
                (CorrelationMatrix, "matrix"),
                (Change, "changes"),
                (Project, "projects"),
                (Branch, "branches"),
                (Rework, "rework"),
                (Learning, "learning"),
                (Gate, "gates"),
                (Resource, "resources"),
                (CostLine, "costs"),
                (PriceIndex, "indices"),
            )
        },
    }
)
"""Models that may stand in a document, and what a file would say in their place."""


def plain_document(value: object, faults: Faults, place: Place = ()) -> Any:
    """Return a copy of a value in the tables, lists and values that files have.

    Parameters
    ----------
    value : object
        Mappings, sequences, models, numbers, texts and dates, within one another.
    faults : Faults
        Where faults go: keys that are no text, models that hold what they must not, what is nested too deeply.
    place : Place
        Where the value stands.

    Returns
    -------
    object
        What it is worth if `faults` has none; values that no file can hold are for the reader to refuse.
    """
    holder: list[Any] = [None]
    level: list[tuple[object, Place, Any, Any]] = [(value, place, holder, 0)]
    left = MOST_VALUES
    for _ in range(DEEPEST + 1):
        below: list[tuple[object, Place, Any, Any]] = []
        for item, where, container, key in level:
            made: Any = opened(item, where, faults)
            container[key] = made
            if isinstance(made, dict | list):
                left -= len(made)
                pairs = made.items() if isinstance(made, dict) else enumerate(made)
                below += [(inner, (*where, name), made, name) for name, inner in pairs if type(inner) not in SCALARS]
            if left < 0:
                faults.add("RE103", (), rule=f"a document must hold at most {MOST_VALUES:,} values")
                return holder[0]
        if not below:
            return holder[0]
        level = below
    faults.add("RE104", ())
    return holder[0]


def opened(value: object, place: Place, faults: Faults) -> object:
    """Return a table or a list of what a value holds, which is still to be looked at, or a value that files have."""
    if is_model(value):
        value = model_document(value, place, faults)
    elif type(value).__module__ == "numpy" and hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Mapping):
        for name in value:
            if not isinstance(name, str):
                faults.add("RE113", place, name, rule="keys must be text")
        return {name: inner for name, inner in value.items() if isinstance(name, str)}
    if isinstance(value, list | tuple):
        return list(value)
    if type(value) in SCALARS or isinstance(value, date | time | str):
        return value
    if isinstance(value, Real):
        return int(value) if isinstance(value, Integral) else float(value)
    faults.add("RE113", place, value, rule="must be what a file can say: text, a number, a date, a list or a table")
    return None


def model_document(model: object, place: Place, faults: Faults) -> object:
    """Return what a file would say in place of a model; nothing is left of one that holds what it must not."""
    count = len(faults.all)
    check_model(model, place, faults)
    if len(faults.all) > count:
        return {}
    for kind, document in DOCUMENTS.items():
        if isinstance(model, kind):
            return document(model)
    faults.add("RE113", place, model, rule="must be an estimate, an entity of a section, or what a file says")
    return {}
