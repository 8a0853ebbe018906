"""The shapes that there are. A new one is a file beside this one, and a line in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, Union

from pydantic import Field

from riskengine.model.estimate.beta import Beta
from riskengine.model.estimate.constant import Constant
from riskengine.model.estimate.cumulative import Cumulative
from riskengine.model.estimate.discrete import Discrete
from riskengine.model.estimate.double_triangular import DoubleTriangular
from riskengine.model.estimate.empirical import Empirical
from riskengine.model.estimate.estimate import Estimate
from riskengine.model.estimate.exponential import Exponential
from riskengine.model.estimate.gamma import Gamma
from riskengine.model.estimate.lognormal import Lognormal
from riskengine.model.estimate.metalog import Metalog
from riskengine.model.estimate.normal import Normal
from riskengine.model.estimate.parameter import Parameter, parameters_of
from riskengine.model.estimate.pert import Pert
from riskengine.model.estimate.several import Average, Mixture
from riskengine.model.estimate.triangular import Triangular
from riskengine.model.estimate.trigen import Trigen
from riskengine.model.estimate.uniform import Uniform
from riskengine.model.estimate.weibull import Weibull

MODELS: Final[tuple[type[Estimate], ...]] = (
    Constant,
    Uniform,
    Triangular,
    Pert,
    Trigen,
    DoubleTriangular,
    Normal,
    Lognormal,
    Gamma,
    Weibull,
    Exponential,
    Beta,
    Discrete,
    Empirical,
    Cumulative,
    Metalog,
    Mixture,
    Average,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape as files name it: its model, and its parameters by their keys.

    Attributes
    ----------
    required, optional : tuple of str
        Keys of its own parameters.
    parameters : mapping of str to Parameter
        All of them, ``min`` and ``max`` first.
    """

    model: type[Estimate]
    required: tuple[str, ...]
    optional: tuple[str, ...]
    parameters: Mapping[str, Parameter]


def _shape(model: type[Estimate]) -> Shape:
    fields = model.model_fields
    parameters = {fields[name].alias or name: (fields[name], item) for name, item in parameters_of(model).items()}
    own_parameters = {key: field for key, (field, _) in parameters.items() if key not in parameters_of(Estimate)}
    return Shape(
        model,
        tuple(key for key, field in own_parameters.items() if field.is_required()),
        tuple(key for key, field in own_parameters.items() if not field.is_required()),
        MappingProxyType({key: item for key, (_, item) in parameters.items()}),
    )


def _name(model: type[Estimate]) -> str:
    return str(model.model_fields["shape"].default)


SHAPES: Final[Mapping[str, Shape]] = MappingProxyType({_name(model): _shape(model) for model in MODELS})
"""Shapes by name."""

LISTED_SHAPES: Final = tuple(sorted(name for name, shape in SHAPES.items() if shape.model.is_listed))
"""Shapes that a list of points can have."""

SPREAD_SHAPES: Final = tuple(sorted((*LISTED_SHAPES, "lognormal")))
"""Shapes of the spread around a known duration, of which a lognormal goes through its P10 and its P90."""

PARAMETERS: Final[Mapping[str, Parameter]] = MappingProxyType(
    {key: item for shape in SHAPES.values() for key, item in shape.parameters.items()}
)
"""Parameters of all shapes by their keys."""

if TYPE_CHECKING:
    AnyEstimate = Estimate
else:
    AnyEstimate = Annotated[Union[MODELS], Field(discriminator="shape")]  # noqa: UP007
"""An estimate of any shape."""
