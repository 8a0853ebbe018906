"""Reading constraints: ``"SNET 2027-05-01"``, ``"ALAP"``, or a table."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, cast

from riskengine.model import Constraint
from riskengine.model.format import FORMAT
from riskengine.scenario.text.faults import NOTHING, Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.instants import moment

TEXT: Final = re.compile(r"(\S+)(?:\s+(\S.*))?")

BOUNDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "SNET": frozenset({"earliest start"}),
        "SNLT": frozenset({"latest start"}),
        "FNET": frozenset({"earliest finish"}),
        "FNLT": frozenset({"latest finish"}),
        "MSO": frozenset({"earliest start", "latest start", "mandatory date"}),
        "MFO": frozenset({"earliest finish", "latest finish", "mandatory date"}),
        "SO": frozenset({"earliest start", "latest start"}),
        "FO": frozenset({"earliest finish", "latest finish"}),
        "ALAP": frozenset({"choice of the latest dates"}),
    }
)
"""What each type of constraint sets; a task has at most one of each."""

ENDS: Final = frozenset({"FNET", "FNLT", "MFO", "FO"})
"""Constraints on a finish: a date without a time is its end."""


def read_constraints(fields: Fields) -> tuple[Constraint, ...]:
    """Return the constraints of a task, sorted by type and date."""
    if "constraints" not in fields.data:
        return ()
    place, faults = (*fields.place, "constraints"), fields.faults
    if isinstance(items := fields.data["constraints"], str):
        cure = f'write constraints = ["{items}"]'
        faults.add("RE113", place, items, rule="must be a list", cure=cure)
        return ()
    constraints: list[Constraint] = []
    type_by_bound: dict[str, str] = {}
    for index, item in enumerate(fields.items("constraints")):
        constraint = read_constraint(item, (*place, index), faults)
        if constraint is None:
            continue
        for bound in sorted(BOUNDS[constraint.type] & type_by_bound.keys()):
            rule = f"{type_by_bound[bound]} and {constraint.type} must not both set the {bound}"
            faults.add("RE252", (*place, index), item, rule=rule)
            break
        type_by_bound.update(dict.fromkeys(BOUNDS[constraint.type], constraint.type))
        constraints.append(constraint)
    constraints.sort(key=lambda constraint: (constraint.type, constraint.date or datetime.min))
    return tuple(constraints)


def read_constraint(item: object, place: Place, faults: Faults) -> Constraint | None:
    """Return one constraint, or None after reporting its faults."""
    day: object = NOTHING
    if isinstance(item, dict):
        fields = Fields(item, place, faults, FORMAT["constraint"])
        if not fields.require("type"):
            return None
        kind, where = item["type"], (*place, "type")
        if "date" in item:
            day = item["date"]
    elif isinstance(item, str):
        match = TEXT.fullmatch(item.strip()) if len(item) <= 100 else None
        kind, where = (match.group(1), place) if match is not None else (item, place)
        if match is not None and match.group(2) is not None:
            day = match.group(2)
    else:
        faults.add("RE113", place, item, rule='must be text such as "SNET 2027-05-01", or a table')
        return None
    if not isinstance(kind, str) or kind not in BOUNDS:
        cure = faults.near(kind, BOUNDS) if isinstance(kind, str) else ""
        faults.add("RE250", where, item if where == place else kind, cure=cure)
        return None
    return dated(kind, day, place, isinstance(item, Mapping), faults)


def dated(kind: str, day: object, place: Place, is_table: bool, faults: Faults) -> Constraint | None:
    """Return a constraint of a sound type with its date, where it takes one."""
    where = (*place, "date") if is_table else place
    date: datetime | None = None
    if kind == "ALAP":
        if day is not NOTHING:
            faults.add("RE251", where, day, rule="ALAP must have no date")
            return None
    elif day is NOTHING:
        faults.add(
            "RE251", place, kind, rule="a constraint of this type must have a date", cure=f'write "{kind} 2027-05-01"'
        )
        return None
    else:
        date = moment(day, where, faults, ends=kind in ENDS)
        if date is None:
            return None
    return Constraint.model_construct(type=cast(Any, kind), date=date)
