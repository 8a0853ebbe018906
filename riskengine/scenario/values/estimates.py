"""Reading estimates: a number, a list of points, a text or a table."""

import math
from typing import Any, Final, cast

from riskengine.model import AnyEstimate, Constant, Estimate
from riskengine.model.calendar import ELAPSED_UNITS, UNITS, Unit
from riskengine.model.estimate import SHAPES, Problem
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.fields import LONGEST_NAME, Purpose
from riskengine.scenario.text.faults import NOTHING, Faults
from riskengine.scenario.text.foreign_keys import foreign_parameter
from riskengine.scenario.text.paths import Place
from riskengine.scenario.text.quantities import length_meant, quantity, unit_meant
from riskengine.scenario.values.fields import LARGEST, is_text, number, refuse_key
from riskengine.scenario.values.point_defaults import PERCENTILE_KEYS, PointDefaults, read_percentile, with_percentiles

TIMES: Final = ("duration", "lag", "delay")

TEXTS: Final = ("shape", "unit", "source")

MOST_VALUES: Final = 10_000
CONSTANT_FIELDS: Final = set(Constant.model_fields)
"""One set for all constants, of which a large plan has more than of anything else."""

PLAIN: Final = {""}
"""Units of points that name none."""


class EstimateReader:
    """Reads one estimate: its points in one unit, its shape, and whether it can be what it is for."""

    __slots__ = ("faults", "named", "place", "points", "purpose", "shape", "sound", "source", "units")

    def __init__(self, faults: Faults, place: Place, purpose: Purpose, points: PointDefaults) -> None:
        self.faults = faults
        self.place = place
        self.purpose = purpose
        self.points = points
        self.shape = points.shape
        self.named: Unit | None = None
        self.units: set[str] = set()
        self.sound = True
        self.source = ""

    def refuse(self, code: str, value: object, rule: str = "", cure: str = "", place: Place = ()) -> None:
        """Report a fault of this estimate."""
        self.sound = False
        self.faults.add(code, (*self.place, *place), value, rule=rule, cure=cure)

    def point(self, value: object, place: Place, *, bare: bool = False) -> float:
        """Return one number in the unit of the estimate; 0 after a fault."""
        if type(value) is float and -LARGEST <= value <= LARGEST:  # most are: past what only a fault needs
            if value and not bare:
                self.units.add("")
            return value + 0.0
        unit = ""
        if isinstance(value, str) and not bare:
            length = quantity(value)
            if self.purpose not in TIMES:
                code = "RE211" if length is not None and length[1] else "RE113"
                cure = self.share(value)
                self.refuse(code, value, "must be a plain number without quotes", cure, place)
                return 0.0
            if length is None:
                self.refuse("RE213", value, cure=length_meant(value), place=place)
                return 0.0
            value, unit = length[0], length[1] or ""
        checked = number(value, (*self.place, *place), self.faults)
        if checked is None:
            self.sound = False
            return 0.0
        if not bare and (unit or checked):  # nothing is nothing in any unit
            self.units.add(unit)
        return checked

    def share(self, value: str) -> str:
        """Return how a percentage of a cost or of a duration is said, or nothing where the text is none."""
        part = value.strip().removesuffix("%").strip().replace(",", ".", 1)
        try:
            percent = float(part) if value.strip().endswith("%") else math.nan
        except ValueError:
            return ""
        if not math.isfinite(percent) or (self.purpose == "money" and "impacts" not in self.place):
            return ""
        more = f"{percent:g} % {'more' if percent >= 0 else 'less'} as {1 + percent / 100:g}"
        if self.purpose == "money":
            return f"use cost_factor for a share of the cost, and write {more}"
        return f"write {more}, or {percent:g} % in all as {percent / 100:g}"

    def unit(self) -> Unit | None:
        """Return the one unit of the points, and refuse several; a bare number is in the unit named, or in days."""
        if self.purpose not in TIMES:
            return None
        if self.units == PLAIN:
            return self.named or "d"
        units = {unit or self.named or "d" for unit in self.units}
        if self.named is not None:
            units.add(self.named)
        if len(units) > 1:
            self.refuse("RE210", sorted(units))
        return cast(Unit, min(units)) if units else "d"

    def read(self, value: object) -> AnyEstimate | None:
        """Return the estimate, or None after reporting why there is none."""
        if isinstance(value, list):
            return self.from_list(value)
        if isinstance(value, dict):
            return self.from_table(value)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            self.refuse("RE201", value)
            return None
        amount = self.point(value, ())
        return self.made("constant", {"value": amount})

    def from_list(self, points: list[Any]) -> AnyEstimate | None:
        """Return the estimate of ``[low, most_likely, high]``, or of ``[low, high]`` where that is the shape."""
        names = SHAPES[self.shape].required
        if len(points) != len(names):
            rule = f"a list must be [{', '.join(names)}] for the shape {self.shape}"
            self.refuse("RE201", points, rule, cut_by_commas(points, len(names)))
            return None
        values = {
            name: self.point(value, (index,)) for index, (name, value) in enumerate(zip(names, points, strict=True))
        }
        return self.made(self.shape, values)

    def from_table(self, table: dict[str, Any]) -> AnyEstimate | None:
        """Return the estimate of a table with a shape and its parameters."""
        shape = table.get("shape", "constant" if "value" in table else self.shape)
        if not isinstance(shape, str) or shape not in SHAPES:
            cure = self.faults.near(shape, SHAPES) if isinstance(shape, str) else ""
            self.refuse("RE203", shape, f"shape must be one of {', '.join(SHAPES)}", cure, ("shape",))
            return None
        parameters, required = SHAPES[shape].parameters, SHAPES[shape].required
        takes_percentiles = shape == "triangular" or "low_percentile" in parameters
        named_keys = (*PERCENTILE_KEYS, *PERCENTILE_KEYS.values()) if takes_percentiles else ()
        keys = (*TEXTS, *dict.fromkeys((*parameters, *named_keys)))
        for key in table:
            if key not in keys:
                rule = f"is not a parameter of the shape {shape}"
                cure = "use percentiles" if (shape, key) == ("metalog", "probabilities") else foreign_parameter(key)
                is_bare = "shape" not in table and shape == self.shape
                otherwise = "say which shape it is for: shape = ..." if is_bare else ""
                refuse_key(key, self.place, self.faults, keys, table, rule=rule, cure=cure, otherwise=otherwise)
                self.sound = False
        for key in required:
            if key not in table:
                self.refuse("RE204", NOTHING, f"the shape {shape} needs {', '.join(required)}", place=(key,))
        self.take_unit(table)
        if is_text(table.get("source", ""), (*self.place, "source"), self.faults, LONGEST_NAME):
            self.source = table.get("source", "")
        values: dict[str, Any] = {}
        for key, parameter in parameters.items():
            if key in table:
                values[key] = self.parameter(table[key], key, parameter)
        if takes_percentiles:
            self.take_percentiles(table, values)
        return self.made(shape, values)

    def take_percentiles(self, table: dict[str, Any], values: dict[str, Any]) -> None:
        """Take which percentiles low and high are, by name or as probabilities."""
        for key, parameter in PERCENTILE_KEYS.items():
            if key in table and parameter in table:
                self.refuse("RE206", table[key], f"give {key} or {parameter}, not both", place=(key,))
            elif key in table:
                probability = read_percentile(table, key, self.place, self.faults)
                self.sound &= probability is not None
                values[parameter] = probability
            elif parameter in table and parameter not in values:
                values[parameter] = self.point(table[parameter], (parameter,), bare=True)

    def take_unit(self, table: dict[str, Any]) -> None:
        """Take the unit that the table names."""
        if "unit" not in table:
            return
        unit = table["unit"]
        if self.purpose not in TIMES:
            self.refuse("RE211", unit, place=("unit",))
        elif not isinstance(unit, str) or unit not in UNITS:
            meant = unit_meant(unit) if isinstance(unit, str) else ""
            cure = f'write "{meant}"' if meant in UNITS else ""
            self.refuse("RE213", unit, f"unit must be one of {', '.join(UNITS)}", cure, ("unit",))
        else:
            self.named = unit

    def parameter(
        self, value: object, key: str, parameter: Parameter
    ) -> float | tuple[float, ...] | tuple[AnyEstimate, ...]:
        """Return the value of one parameter of a table, or its values."""
        bare = parameter.role == "number"
        if not parameter.is_list:
            return self.point(value, (key,), bare=bare)
        if not isinstance(value, list):
            self.refuse("RE113", value, "must be a list of numbers", place=(key,))
            return ()
        if len(value) > MOST_VALUES:
            self.refuse("RE208", len(value), f"there must be at most {MOST_VALUES} {key}", place=(key,))
            return ()
        if parameter.role == "estimates":
            return self.estimates(value, key)
        return tuple(self.point(item, (key, index), bare=bare) for index, item in enumerate(value))

    def estimates(self, items: list[Any], key: str) -> tuple[AnyEstimate, ...]:
        """Return estimates within this one, in its unit."""
        parts = []
        for index, item in enumerate(items):
            reader = EstimateReader(self.faults, (*self.place, key, index), self.purpose, self.points)
            reader.named = self.named
            parts.append(reader.read(item))
        readable = [part for part in parts if part is not None]
        self.sound &= len(readable) == len(items)
        self.units.update(part.unit for part in readable if part.unit is not None)
        return tuple(readable)

    def made(self, shape: str, values: dict[str, Any]) -> AnyEstimate | None:
        """Return the estimate of a shape and numbers in one unit, once it has been found sound."""
        unit = self.unit()
        if not self.sound:
            return None
        values["unit"] = unit
        shape = with_percentiles(shape, values, self.points)
        if self.source:
            values["source"] = self.source
        estimate = SHAPES[shape].model.model_construct(**values)
        problem = estimate.problem() or self.misfit(estimate)
        if problem is not None:
            self.refuse(problem.code, problem.values, problem.rule)
            return None
        return simplest(estimate)

    def misfit(self, estimate: Estimate) -> Problem | None:
        """Return why a sound estimate cannot be a duration."""
        if self.purpose == "duration":
            lowest = estimate.support()[0]
            if lowest < 0:
                rule = "a duration must not be negative, nor able to become so"
                if estimate.passes_its_points:
                    rule += f" (this {estimate.shape} reaches below zero: add min = 0)"
                return Problem("RE212", rule, (lowest,))
        return None


def cut_by_commas(points: list[Any], count: int) -> str:
    """Return a cure where a list may be too long because commas stand in its numbers, or nothing."""
    if not count < len(points) <= 2 * count or not all(type(point) is int for point in points):
        return ""
    return "a comma separates the points, so write a decimal as 4.5 and thousands as 12000"


def simplest(estimate: AnyEstimate) -> AnyEstimate:
    """Return a constant where the estimate can have one value only, so that one thing is written in one way."""
    if isinstance(estimate, Constant) and estimate.min is None and estimate.max is None:
        return estimate
    value = estimate.single_value()
    return estimate if value is None else constant(value, estimate.unit, estimate.source)


def constant(value: float, unit: Unit | None, source: str = "") -> Constant:
    """Return a constant estimate."""
    fields = {"unit": unit, "min": None, "max": None, "source": source, "shape": "constant", "value": value}
    return Constant.of_fields(fields, CONSTANT_FIELDS)


def read_estimate(
    value: object, place: Place, faults: Faults, purpose: Purpose, points: PointDefaults
) -> AnyEstimate | None:
    """Return the estimate that a value of the document stands for, or None after reporting its faults.

    Parameters
    ----------
    value : object
        What the file says.
    place : Place
        Where it says so.
    faults : Faults
        Where faults go.
    purpose : str
        What the estimate is for: a time has a unit, and a duration must not be negative.
    points : PointDefaults
        What points mean where the file does not say.

    Notes
    -----
    Most estimates of a large plan are a plain number, which nothing can be wrong with: a tenth of the time.
    """
    if type(value) in (float, int) and 0 <= cast(float, value) <= LARGEST:
        return constant(cast(float, value) + 0.0, "d" if purpose in TIMES else None)
    return EstimateReader(faults, place, purpose, points).read(value)


def read_working_length(
    value: object, place: Place, faults: Faults, purpose: Purpose, points: PointDefaults
) -> Constant | None:
    """Return one length of working time, or None after reporting why there is none.

    Parameters
    ----------
    value, place, faults, purpose, points
        As for :func:`read_estimate`; an elapsed length is reported, too.
    """
    length = read_estimate(value, place, faults, purpose, points)
    if length is None:
        return None
    if not isinstance(length, Constant):
        faults.add("RE201", place, value, rule="must be one length of time, without uncertainty")
        return None
    if length.unit in ELAPSED_UNITS:
        faults.add("RE213", place, value, rule="must be working time: h, d, w or mo")
    return length


def is_nothing(estimate: AnyEstimate) -> bool:
    """Return whether an estimate is a constant zero."""
    return isinstance(estimate, Constant) and estimate.value == 0
