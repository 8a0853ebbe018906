"""Reading range templates and confidence bands: which tasks get which spread around their known durations."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from riskengine.model.calendar import ELAPSED_UNITS, Unit
from riskengine.model.estimate import SHAPES, SPREAD_SHAPES
from riskengine.model.fields import LONGEST_ID
from riskengine.model.format import FORMAT
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.text.quantities import length_meant, quantity
from riskengine.scenario.values.fields import Fields, is_text
from riskengine.scenario.values.point_defaults import PERCENTILE_KEYS, PointDefaults, read_percentile
from riskengine.scenario.values.sections import entities

NAMED: Final = ("wbs", "team", "tag", "calendar")
LENGTHS: Final = ("longer", "shorter")
ALL: Final = "*"
CRITICAL: Final = "critical"
KINDS: Final = (*(f"{kind}:" for kind in (*NAMED, *LENGTHS)), CRITICAL, ALL)
LOGNORMAL: Final = "lognormal"
LOGNORMAL_KEYS: Final = ("p10", "p90")
LARGEST: Final = 20.0
"""Factor: more than twenty times is a percentage without its sign."""

MOST_MEANT: Final = 1e6

NOT_WIDENED: Final = PointDefaults()

PERCENT: Final = re.compile(r"\s*(\d{1,4}(?:\.\d{1,6})?)\s*%\s*")


@dataclass(frozen=True, slots=True)
class Spread:
    """Factors of a known duration from the lowest to the highest, and the shape; empty for the default.

    ``points`` says which percentiles the lowest and the highest are.
    """

    factors: tuple[float, ...]
    shape: str = ""
    points: PointDefaults = NOT_WIDENED


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a task: its kind, the name it compares with, or a length in a unit."""

    kind: str
    name: str = ""
    length: float = 0.0
    unit: Unit = "d"


@dataclass(frozen=True, slots=True)
class RangeTemplate:
    """A spread and the tasks that get it: those that meet all conditions of any of the lists."""

    name: str
    select: tuple[tuple[Condition, ...], ...]
    spread: Spread
    place: Place

    @property
    def is_last_resort(self) -> bool:
        """Whether it is for all tasks that are left."""
        return any(len(conditions) == 1 and conditions[0].kind == ALL for conditions in self.select)

    @property
    def needs_dates(self) -> bool:
        """Whether it asks which tasks are critical."""
        return any(condition.kind == CRITICAL for conditions in self.select for condition in conditions)


BANDS: Final[Mapping[str, Spread]] = MappingProxyType(
    {
        "very high": Spread((0.95, 1.0, 1.1)),
        "high": Spread((0.9, 1.0, 1.2)),
        "medium": Spread((0.85, 1.0, 1.35)),
        "low": Spread((0.75, 1.0, 1.6)),
        "very low": Spread((0.65, 1.0, 2.0)),
    }
)
"""Built-in bands by the confidence in an estimate: the lower it is, the wider, and wider upwards than downwards."""


def read_range_templates(
    templates: Mapping[str, Any], bands: Mapping[str, Any], points: PointDefaults, faults: Faults
) -> list[RangeTemplate]:
    """Return the sound templates in the order in which they apply.

    Parameters
    ----------
    templates, bands : mapping
        Of the document, by name.
    points : PointDefaults
        What a template means that does not say.
    faults : Faults
        Where faults go.

    Notes
    -----
    The order is that of their names, so that the order of the file is no matter; those for all tasks come last.
    """
    ranges = dict(BANDS)
    for key, fields in entities("bands", bands, FORMAT["bands"], faults):
        spread = read_spread(fields, points) if fields.require("range") else None
        ranges[key] = spread or Spread((1.0, 1.0, 1.0))
    range_templates = []
    for key, fields in entities("templates", templates, FORMAT["templates"], faults):
        select = read_select(fields)
        spread = read_template_spread(fields, ranges, points)
        if select and spread is not None:
            range_templates.append(RangeTemplate(key, select, spread, fields.place))
    return sorted(range_templates, key=lambda template: (template.is_last_resort, template.name))


def refuse_critical(templates: list[RangeTemplate], faults: Faults) -> None:
    """Report templates that ask for critical tasks where nobody can tell which those are."""
    for template in templates:
        if template.needs_dates:
            faults.add("RE264", (*template.place, "select"))


def read_template_spread(fields: Fields, bands: Mapping[str, Spread], points: PointDefaults) -> Spread | None:
    """Return the spread that a template gives itself or takes from a band."""
    if ("range" in fields.data) == ("band" in fields.data):
        fields.faults.add("RE263", fields.place)
        return None
    if "range" in fields.data:
        return read_spread(fields, points)
    name = fields.text("band")
    if name not in bands:
        if isinstance(fields.data["band"], str):
            fields.faults.add("RE262", (*fields.place, "band"), name, cure=fields.faults.near(name, bands))
        return None
    own_shape = fields.choice("shape", SPREAD_SHAPES, "") if "shape" in fields.data else ""
    band = bands[name]
    shape = own_shape or band.shape or default_shape(band.factors, points.shape)
    points = own_points(fields, points if band.points == NOT_WIDENED else band.points)
    return checked(Spread(band.factors, shape, points), fields, "shape")


def read_spread(fields: Fields, points: PointDefaults) -> Spread | None:
    """Return the spread of a range and its shape, or None after reporting what is wrong with it."""
    factors = read_range(fields)
    own_shape = fields.choice("shape", SPREAD_SHAPES, "") if "shape" in fields.data else ""
    if factors is None:
        return None
    shape = own_shape or default_shape(factors, points.shape)
    return checked(Spread(factors, shape, own_points(fields, points)), fields, "range")


def own_points(fields: Fields, points: PointDefaults) -> PointDefaults:
    """Return which percentiles the ends of a range are, by its own words or by those of the scenario."""
    low, high = (read_percentile(fields.data, key, fields.place, fields.faults) for key in PERCENTILE_KEYS)
    return points._replace(low=points.low if low is None else low, high=points.high if high is None else high)


def default_shape(factors: tuple[float, ...], shape: str) -> str:
    """Return the shape of a range that names none: two factors are uniform, three as lists of points are."""
    return "uniform" if len(factors) == 2 else "pert" if shape == "uniform" else shape


def spread_keys(shape: str) -> Sequence[str]:
    """Return the parameters of a shape that the points of a spread are."""
    return LOGNORMAL_KEYS if shape == LOGNORMAL else SHAPES[shape].required


def checked(spread: Spread, fields: Fields, key: str) -> Spread | None:
    """Return a spread whose shape takes as many factors as it has."""
    wanted = len(spread_keys(spread.shape))
    rule = f"the shape {spread.shape} takes {wanted} percentages"
    is_sound = len(spread.factors) == wanted
    if spread.shape == LOGNORMAL:
        rule = "the shape lognormal takes two percentages that rise from above 0: its P10 and its P90"
        is_sound = is_sound and 0 < spread.factors[0] < spread.factors[1]
    if is_sound:
        return spread
    fields.faults.add("RE260", (*fields.place, key), fields.data.get(key), rule=rule)
    return None


def read_range(fields: Fields) -> tuple[float, ...] | None:
    """Return the factors of a range: percentages in a text, or a list of factors or percentages."""
    value, place = fields.data["range"], (*fields.place, "range")
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list):
        fields.faults.add("RE113", place, value, rule='must be a text such as "90%, 100%, 130%", or a list')
        return None
    factors = [factor_of(item) for item in items]
    sound = [factor for factor in factors if factor is not None and 0 <= factor <= LARGEST]
    if len(sound) != len(factors) or len(sound) not in (2, 3) or sound != sorted(sound) or sound[-1] == 0:
        meant = [factor for factor in factors if factor is not None and not isinstance(value, str)]
        is_bare = len(meant) == len(items) and max(meant, default=0.0) > LARGEST
        cure = f'write "{", ".join(f"{factor:g}%" for factor in meant)}"' if is_bare else ""
        fields.faults.add("RE260", place, value, cure=cure)
        return None
    return tuple(sound)


def factor_of(item: object) -> float | None:
    """Return the factor that a number or a percentage stands for, or None where it is neither."""
    if isinstance(item, bool):
        return None
    if isinstance(item, int | float):
        return float(item) if abs(item) <= MOST_MEANT else None
    match = PERCENT.fullmatch(item) if isinstance(item, str) else None
    return float(match[1]) / 100 if match else None


def read_select(fields: Fields) -> tuple[tuple[Condition, ...], ...]:
    """Return the conditions of a template, nothing after a fault."""
    if not fields.require("select"):
        return ()
    value, place = fields.data["select"], (*fields.place, "select")
    items = [value] if isinstance(value, str) else fields.items("select")
    if isinstance(value, list) and not items:
        fields.faults.add("RE261", place, value, rule="must name the tasks")
    alternatives = []
    for index, item in enumerate(items):
        here = place if isinstance(value, str) else (*place, index)
        parts = item if isinstance(item, list) else [item]
        read = [
            read_condition(part, (*here, part_index) if isinstance(item, list) else here, fields.faults)
            for part_index, part in enumerate(parts)
        ]
        sound = tuple(condition for condition in read if condition is not None)
        if len(sound) != len(read) or not sound:
            if not parts:
                fields.faults.add("RE261", here, item, rule="must name a condition")
            return ()
        alternatives.append(sound)
    return tuple(alternatives)


def read_condition(item: object, place: Place, faults: Faults) -> Condition | None:
    """Return one condition, or None after reporting what is wrong with it."""
    if not is_text(item, place, faults, LONGEST_ID + 20) or not isinstance(item, str):
        return None
    kind, colon, name = (part.strip() for part in item.partition(":"))
    if item.strip() in (ALL, CRITICAL):
        return Condition(item.strip())
    if colon and kind in NAMED and name:
        return Condition(kind, name)
    if colon and kind in LENGTHS:
        length = quantity(name)
        if length is None or length[0] <= 0 or length[1] in ELAPSED_UNITS:
            rule = f'must be a length of working time, as in "{kind}:20d"'
            faults.add("RE261", place, item, rule=rule, cure=length_meant(name))
            return None
        return Condition(kind, "", length[0], length[1] or "d")
    faults.add("RE261", place, item, cure=faults.near(f"{kind}:" if colon else item, KINDS))
    return None
