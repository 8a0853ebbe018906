"""What all models of a scenario have in common: they are frozen, and made in Python they are refused as files are."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, NamedTuple, Self, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from riskengine.errors import Issue, ScenarioError, UsageError, shortened
from riskengine.errors.catalogue import CATALOGUE

CODES: Final = {
    "missing": "RE112",
    "extra_forbidden": "RE111",
    "literal_error": "RE123",
    "union_tag_invalid": "RE123",
    "finite_number": "RE122",
}
"""Codes of what pydantic finds; RE113 for all others: what is of another type."""

OUT_OF_BOUNDS: Final = ("greater_than", "greater_than_equal", "less_than", "less_than_equal")
CODED: Final = re.compile(r"(RE\d{3}) (.*?)(?:, got (.*))?", re.DOTALL)


class Frozen(BaseModel):
    """A model whose fields are checked when it is made in Python, and are not to be altered.

    Raises
    ------
    riskengine.ScenarioError
        When it is made of what no file could say, with every fault in ``.issues``: code, and path within the model.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __init__(self, /, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise ScenarioError(issues_of(error, type(self))) from None

    # To pydantic this is its own way of making models: those within others are checked in the same go.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    @classmethod
    def model_construct(  # type: ignore[override]  # the plugin of mypy declares it once more for every model
        cls, _fields_set: set[str] | None = None, **values: Any
    ) -> Self:
        """Return a model of values that the reader has checked already: what pydantic makes, in a third of the time."""
        blank = blank_of(cls)
        if blank is None or not blank.required <= values.keys():
            return super().model_construct(_fields_set, **values)
        fields = {**blank.fields, **values}
        if len(fields) > len(blank.fields):  # one that the class does not have
            return super().model_construct(_fields_set, **values)
        for name, info in blank.made_anew:
            if name not in values:
                fields[name] = info.get_default(call_default_factory=True, validated_data=fields)
        if _fields_set is None:
            _fields_set = blank.names if len(values) == len(fields) else set(values)
        return cls.of_fields(fields, _fields_set)

    @classmethod
    def of_fields(cls, fields: dict[str, Any], names: set[str]) -> Self:
        """Return a model that takes over all its fields, in the order of the class, and the names of those set."""
        made = cls.__new__(cls)
        set_slot(made, "__dict__", fields)
        set_slot(made, "__pydantic_fields_set__", names)
        set_slot(made, "__pydantic_extra__", None)
        set_slot(made, "__pydantic_private__", None)
        return made

    def __eq__(self, other: object) -> bool:
        """Return whether two models of one class have the same fields: what pydantic says, in a fifth of the time."""
        if type(self) is type(other):
            return self.__dict__ == other.__dict__
        return False if isinstance(other, Frozen) else NotImplemented

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse to alter a field."""
        if not name.startswith("_"):
            raise not_altered(self, name)
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        """Refuse to take out a field."""
        raise not_altered(self, name)


set_slot: Final = object.__setattr__
UNALTERABLE: Final = (type(None), bool, int, float, str, Frozen)
"""Defaults of these types may be one object in all models."""


class Blank(NamedTuple):
    """A model before it has values: what is the same in all models of a class is looked up once.

    Parameters
    ----------
    fields : dict of str to object
        Every field in the order of the class, with its default; None where it has to be given or made anew.
    required : frozenset of str
    made_anew : tuple of (str, FieldInfo)
        Fields whose default must be an object of its own in every model, such as a mapping.
    names : set of str
        Those of all fields: one set for all models that are given every field, which of 100,000 tasks saves 120 MB.
        Pydantic adds to this set of a model only when a field is set, which frozen models refuse, and copies it first.
    """

    fields: dict[str, Any]
    required: frozenset[str]
    made_anew: tuple[tuple[str, FieldInfo], ...]
    names: set[str]


@cache
def blank_of(kind: type[Frozen]) -> Blank | None:
    """Return what models of a class begin from; None where pydantic does more than to fill in fields."""
    infos = kind.__pydantic_fields__
    if kind.__pydantic_post_init__ or any(info.validation_alias not in (None, info.alias) for info in infos.values()):
        return None
    required = frozenset(name for name, info in infos.items() if info.is_required())
    with_own_default = {
        name: info
        for name, info in infos.items()
        if name not in required and (info.default_factory is not None or not isinstance(info.default, UNALTERABLE))
    }
    fields = {
        name: None if name in required or name in with_own_default else info.default for name, info in infos.items()
    }
    return Blank(fields, required, tuple(with_own_default.items()), set(fields))


def not_altered(model: Frozen, name: str) -> UsageError:
    """Return the refusal of altering a field."""
    kind = type(model).__name__
    cure = 'scenario.changed({"path": value}) gives another scenario'
    return UsageError(f"the {shortened(name)} of a {kind} is not to be altered", "RE926", cure)


def issues_of(error: ValidationError, kind: type[BaseModel]) -> Iterator[Issue]:
    """Yield a fault for each thing that pydantic found in the values of a model."""
    for details in error.errors(include_url=False):
        code, rule, value = fault_of(details, kind)
        cure = ""
        if code == "RE111":
            near = get_close_matches(str(details["loc"][-1]), kind.model_fields, n=1)
            cure = f'did you mean "{near[0]}"?' if near else ""
        yield Issue(code, path_of(details["loc"], kind), rule, shortened(value), file=kind.__name__, cure=cure)


def fault_of(details: Mapping[str, Any], kind: type[BaseModel]) -> tuple[str, str, str]:
    """Return code, rule and value of one thing that pydantic found."""
    what, value = details["type"], short_value(details["input"])
    if what in CATALOGUE:
        return what, details["msg"], value
    coded = CODED.fullmatch(str(details.get("ctx", {}).get("error", "")))
    if coded is not None:
        return coded[1], coded[2], coded[3] or ""
    if what in OUT_OF_BOUNDS:
        field = kind.model_fields.get(str(details["loc"][0]))
        codes = [getattr(item, "code", "") for item in field.metadata] if field is not None else []
        code = next(filter(None, codes), "RE113")
        return code, CATALOGUE[code].rule if code != "RE113" else in_short(details["msg"]), value
    code = CODES.get(what, "RE113")
    rule = CATALOGUE[code].rule if code in ("RE111", "RE112", "RE122") else in_short(details["msg"])
    return code, rule, "" if code == "RE112" else value


def in_short(message: str) -> str:
    """Return what pydantic says as the rule of a fault."""
    return f"must hold: {message[:1].lower()}{message[1:]}"


def path_of(location: tuple[int | str, ...], kind: type[BaseModel]) -> str:
    """Return where in a model something was found, as a path without the tags of unions."""
    field = kind.model_fields.get(str(location[0])) if location else None
    if field is not None and is_tagged(field) and len(location) > 1:
        location = (location[0], *location[2:])
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return words.removeprefix(".")


def is_tagged(field: FieldInfo) -> bool:
    """Return whether what a field takes is told by a tag, as estimates are by their shape."""
    inner = [item for option in get_args(field.annotation) for item in getattr(option, "__metadata__", ())]
    return any(getattr(item, "discriminator", None) for item in (field, *inner))


def short_value(value: object) -> str:
    """Return a value in short: numbers and texts as they are, of anything else what it is."""
    return repr(value) if isinstance(value, str | int | float) or value is None else type(value).__name__
