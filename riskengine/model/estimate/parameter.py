"""What a shape declares of each of its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from pydantic import BaseModel

TRUNCATION: Final = ("min", "max")
"""Parameters that every shape has."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a shape: what it means, and how it goes with the unit.

    Attributes
    ----------
    meaning : str
        A sentence that editors show. Shapes that share a parameter share its meaning.
    role : str
        ``value`` and ``width`` carry the unit of the estimate and grow with it; a value lies on the same line as what
        is estimated, a width is a distance on it. A ``number`` is pure. ``estimates`` are whole estimates.
    is_list : bool
        Whether it is a list of numbers.
    above : float or None
        What each number must be above, where that is a rule of the parameter alone.
    example : str
        What a file may say of it, as TOML; together the examples of a shape's parameters are sound.
    since : int
        Version of the format that first has it.
    """

    meaning: str
    role: Literal["value", "width", "number", "estimates"] = "value"
    is_list: bool = False
    above: float | None = None
    example: str = ""
    since: int = 1


def parameters_of(shape: "type[BaseModel]") -> Mapping[str, Parameter]:
    """Return the parameters of a shape by the names of their fields, in the order of its declaration."""
    return {
        name: item
        for name, field in shape.model_fields.items()
        for item in field.metadata
        if isinstance(item, Parameter)
    }
