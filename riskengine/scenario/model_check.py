"""Checking that models hold what their classes declare: copies of them can be made that hold anything."""

import types
from collections.abc import Mapping
from datetime import date, datetime
from numbers import Integral, Real
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from riskengine.errors.counting import counted
from riskengine.model import Calendar, Scenario
from riskengine.model.format import FORMAT, SECTIONS
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.shifts import DAYS

IN_DOCUMENTS: Final[Mapping[str, str]] = types.MappingProxyType(
    {
        "lambda_": "lambda",
        **{
            entry.attribute: key
            for table in FORMAT.values()
            for key, entry in table.items()
            if entry.attribute not in ("", key)
        },
    }
)
"""What fields are called in a document where that differs."""

KINDS: Final[Mapping[object, str]] = {
    float: "a number",
    int: "a whole number",
    str: "text",
    bool: "true or false",
}


def is_model(value: object) -> bool:
    """Return whether a value is one of the models that a scenario is made of."""
    return hasattr(type(value), "model_fields") and type(value).__module__.startswith("riskengine.")


def check_model(model: Any, place: Place, faults: Faults) -> None:
    """Report what a model holds and its class does not declare, what it lacks, and what is of another type.

    Parameters
    ----------
    model : BaseModel
        Made in whatever way: ``model_copy`` and ``model_construct`` check nothing.
    place : Place
        Where it stands in a document.
    faults : Faults
        Where faults go.
    """
    fields, values = type(model).model_fields, model.__dict__
    for name in values:
        if name not in fields:
            faults.add(
                "RE111", (*place, name), rule="is not a key of the format here", cure=faults.near(name, list(fields))
            )
    for name, field in fields.items():
        where = (*place, IN_DOCUMENTS.get(name, name))
        if name not in values:
            faults.add("RE112", where)
        elif not fits(values[name], field.annotation):
            faults.add("RE113", where, values[name], rule=f"must be {kind_of(field.annotation)}")
        else:
            check_inside(values[name], where, faults)
            if isinstance(model, Scenario) and name in SECTIONS:
                check_ids(values[name], where, faults)
            if isinstance(model, Calendar) and name == "week" and len(values[name]) != len(DAYS):
                faults.add("RE230", where, counted(len(values[name]), "day"), rule="a week must have seven days")


def check_inside(value: object, place: Place, faults: Faults) -> None:
    """Check the models within a value, whose own type fits."""
    if is_model(value):
        check_model(value, place, faults)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            check_inside(inner, (*place, str(key)), faults)
    elif isinstance(value, tuple | list):
        for index, inner in enumerate(value):
            check_inside(inner, (*place, index), faults)


def check_ids(entities: Mapping[str, Any], place: Place, faults: Faults) -> None:
    """Report entities that stand under another key than their id."""
    for key, entity in entities.items():
        id = getattr(entity, "id", key)
        if isinstance(id, str) and id != key:
            faults.add("RE113", (*place, key, "id"), entity.id, rule=f'must be the key that it stands under, "{key}"')


def fits(value: object, annotation: Any) -> bool:
    """Return whether a value is of the type that a field declares; literals are texts, which the reader looks at."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return fits(value, inner[0])
    if origin in (Union, types.UnionType):
        return any(fits(value, option) for option in inner)
    if origin is Literal:
        return isinstance(value, str)
    if origin is tuple:
        if not isinstance(value, tuple | list):
            return False
        kinds = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
        return len(kinds) == len(value) and all(map(fits, value, kinds))
    if origin is dict:
        pairs = value.items() if isinstance(value, Mapping) else [(None, None)]
        return all(fits(key, inner[0]) and fits(item, inner[1]) for key, item in pairs)
    if annotation is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    if annotation in (int, float):
        return isinstance(value, Integral if annotation is int else Real) and not isinstance(value, bool)
    return annotation is Any or (isinstance(annotation, type) and isinstance(value, annotation))


def kind_of(annotation: Any) -> str:
    """Return in words what a field takes."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return kind_of(inner[0])
    if origin in (Union, types.UnionType):
        options = list(dict.fromkeys(kind_of(option) for option in inner))
        return " or ".join(options)
    if origin is Literal:
        return "one of its words"
    if origin is tuple:
        return f"a sequence, each item {kind_of(inner[0])}"
    if origin is dict:
        return f"a mapping, each value {kind_of(inner[1])}"
    if annotation is type(None):
        return "None"
    if annotation in KINDS:
        return KINDS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, date):
        return "a date and time"
    return f"riskengine.model.{getattr(annotation, '__name__', annotation)}"
