"""Reading how much there is to do and at which pace, in place of a duration."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from riskengine.model import AnyEstimate
from riskengine.model.calendar import ELAPSED_UNITS
from riskengine.model.fields import Amount, Purpose
from riskengine.model.format import FORMAT
from riskengine.model.pace import LEFT_OF, PACES_OF, SLOWEST, at_planned_pace, is_possible
from riskengine.model.task import MILESTONES, SPANS
from riskengine.scenario.values.estimates import constant, is_nothing, read_estimate
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.point_defaults import PointDefaults

ATTRIBUTES: Final = ("effort", "people", "productivity", "quantity", "rate_per_day", *LEFT_OF.values())
"""Of a task."""
WORK_KEYS: Final = frozenset(entry.key for entry in FORMAT["tasks"].values() if entry.attribute in ATTRIBUTES)
PURPOSE: Final[Mapping[str, Purpose]] = MappingProxyType(
    {key: field.purpose for key in WORK_KEYS if isinstance(field := FORMAT["tasks"][key].field, Amount)}
)
NO_LENGTH: Final = constant(0.0, "d")


class Work(NamedTuple):
    """What there is to do and at which pace: the attributes of a task, and how long it takes as planned.

    Attributes
    ----------
    values : mapping of attribute to Estimate or None
    duration : Estimate or None
        None where the task says a duration.
    amount : Estimate
        What there is to do: in hours of work, in a unit of its own, or in time.
    paces : tuple of Estimate
        What it is divided by.
    left_key : str
        The key that says what is left, empty where that is ``remaining``.
    left : Estimate or None
        What that key says.
    """

    values: dict[str, Any]
    duration: AnyEstimate | None = None
    amount: AnyEstimate = NO_LENGTH
    paces: tuple[AnyEstimate, ...] = ()
    left_key: str = ""
    left: AnyEstimate | None = None


NO_WORK: Final = Work(dict.fromkeys(ATTRIBUTES))


def read_work(fields: Fields, kind: str, points: PointDefaults) -> Work:
    """Return what a task says of its work, after reporting what is wrong with it.

    Parameters
    ----------
    fields : Fields
        The task, which has one of ``WORK_KEYS``.
    kind : str
        Its type: milestones and spans have no work of their own.
    points : PointDefaults
        Shape of a list of points.
    """
    keys = [key for key in FORMAT["tasks"] if key in WORK_KEYS and key in fields.data]
    if kind in MILESTONES or kind in SPANS:
        for key in keys:
            fields.faults.add("RE240" if kind in MILESTONES else "RE246", (*fields.place, key), fields.data[key])
        return NO_WORK
    amount_key = the_amount(fields)
    for owner, divisors in PACES_OF.items():
        for key in (*divisors, LEFT_OF[owner]):
            if key in fields.data and owner not in fields.data:
                fields.faults.add(
                    "RE217", (*fields.place, key), fields.data[key], rule=f"{key} must stand beside {owner}"
                )
    if amount_key == "quantity" and "rate_per_day" not in fields.data:
        fields.faults.add("RE217", (*fields.place, "quantity"), fields.data["quantity"])
    if amount_key and "remaining" in fields.data:
        rule = f"what is left of {amount_key} is told by {LEFT_OF[amount_key]}, or by percent_complete"
        fields.faults.add("RE216", (*fields.place, "remaining"), fields.data["remaining"], rule=rule)
    estimates = {key: read_amount(fields, key, points) for key in keys}
    values = NO_WORK.values | {FORMAT["tasks"][key].attribute: estimates[key] for key in keys}
    values |= dict.fromkeys(LEFT_OF.values())  # what is left has to be looked at with the rest of the progress
    if not amount_key:
        return Work(values)
    left_key = LEFT_OF[amount_key]
    amount = estimates[amount_key]
    paces = tuple(pace for name in PACES_OF[amount_key] if (pace := estimates.get(name)) is not None)
    if amount is None or not all(is_possible(pace) for pace in paces):
        return Work(values, NO_LENGTH, left_key=left_key, left=estimates.get(left_key))
    duration = at_planned_pace(amount, paces)
    return Work(values, duration, amount=amount, paces=paces, left_key=left_key, left=estimates.get(left_key))


def the_amount(fields: Fields) -> str:
    """Return which key says how much there is to do, empty where a duration does, and refuse more than one of them."""
    keys = [key for key in ("duration", *PACES_OF) if key in fields.data]
    for key in keys[1:]:
        fields.faults.add("RE216", (*fields.place, key), fields.data[key])
    return next((key for key in keys if key != "duration"), "")


def read_amount(fields: Fields, key: str, points: PointDefaults) -> AnyEstimate | None:
    """Return an amount, a pace or what is left, or None after reporting what is wrong with it."""
    place, value = (*fields.place, key), fields.data[key]
    estimate = read_estimate(value, place, fields.faults, PURPOSE[key], points)
    if estimate is None:
        return None
    is_pace = any(key in paces for paces in PACES_OF.values())
    if is_pace and not is_possible(estimate):
        low, plan = estimate.support()[0], estimate.plan_value()
        rule = "" if low <= 0 else f"must be at least the {SLOWEST:,.0f}th part of what the plan takes, {plan:g}"
        fields.faults.add("RE218", place, value, rule=rule)
    elif not is_pace and estimate.support()[0] < 0:
        fields.faults.add("RE212", place, value, rule=f"{key} must not be negative, nor able to become so")
    elif not is_pace and estimate.unit in ELAPSED_UNITS:
        fields.faults.add("RE213", place, value, rule=f"{key} must be in working time: h, d, w or mo")
    elif key in PACES_OF and is_nothing(estimate):
        fields.faults.add("RE218", place, value, rule=f"{key} must be above zero", cure="write milestone = true")
    return estimate
