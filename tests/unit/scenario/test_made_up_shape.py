"""A shape that nobody has heard of, added by one file and one line on either side: model and plan.

Every way in and out takes it: file, table, JSON Schema, resolved form, progress, simulation.
"""

import json
from math import gamma

import pytest

from riskengine.model.estimate import SHAPES
from riskengine.plan.variables.distribution.build import BUILDERS
from tests.support.changed_package import changed_package, output_of

MODEL = '''
"""Time to failure."""

import math
from typing import Annotated, Literal

from riskengine.model.estimate.estimate import INFINITY, Estimate, Problem
from riskengine.model.estimate.parameter import Parameter


class TimeToFailure(Estimate):
    """Time to failure, which comes ever more likely with a haste above 1."""

    shape: Literal["time_to_failure"] = "time_to_failure"
    life: Annotated[float, Parameter("Value that 63 % do not pass.", role="width")]
    haste: Annotated[float, Parameter("How fast failures come.", role="number")] = 1.0

    def uncut_plan_value(self) -> float:
        return float(self.life * math.log(2.0) ** (1 / self.haste))

    def bounds(self) -> tuple[float, float]:
        return 0.0, INFINITY

    def parameter_problem(self) -> Problem | None:
        if self.life > 0 and self.haste > 0:
            return None
        return Problem("RE205", "life and haste must be above 0", (self.life, self.haste))
'''

PLAN = '''
"""Time to failure."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from riskengine.plan.variables.distribution.shape import Distribution, Floats


def log_below(u: ArrayLike) -> Floats:
    with np.errstate(divide="ignore"):  # the last of all is never reached
        return np.asarray(-np.log1p(-np.asarray(u)))


def log_above(v: ArrayLike) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.asarray(v)))


@dataclass(frozen=True)
class TimeToFailure(Distribution):
    life: float
    haste: float

    @classmethod
    def of(cls, estimate: Any, scale: float, low: float, high: float) -> "TimeToFailure":
        return cls(estimate.life * scale, estimate.haste)

    @property
    def low(self) -> float:
        return 0.0

    @property
    def high(self) -> float:
        return np.inf

    @property
    def mean(self) -> float:
        return float(self.whole)

    @property
    def sd(self) -> float:
        return float(np.sqrt(self.life**2 * special.gamma(1 + 2 / self.haste) - self.whole**2))

    @property
    def whole(self) -> Floats:
        """The mean, for columns too: all estimates of a shape are tabulated at once."""
        return np.asarray(self.life * special.gamma(1 + 1 / self.haste))

    def quantile(self, u: ArrayLike) -> Floats:
        return np.asarray(self.life * log_below(u) ** (1 / self.haste))

    def quantile_above(self, v: ArrayLike) -> Floats:
        return np.asarray(self.life * log_above(v) ** (1 / self.haste))

    def partial(self, u: ArrayLike) -> Floats:
        return np.asarray(self.whole * special.gammainc(1 + 1 / self.haste, log_below(u)))

    def partial_above(self, v: ArrayLike) -> Floats:
        return np.asarray(self.whole * special.gammaincc(1 + 1 / self.haste, log_above(v)))

    def cdf(self, x: ArrayLike) -> Floats:
        return np.asarray(-np.expm1(-((np.maximum(x, 0.0) / self.life) ** self.haste)))

    def survival(self, x: ArrayLike) -> Floats:
        return np.asarray(np.exp(-((np.maximum(x, 0.0) / self.life) ** self.haste)))
'''

FILES = {"model/estimate/time_to_failure.py": MODEL, "plan/variables/distribution/time_to_failure.py": PLAN}
LINES = {
    "model/estimate/shapes.py": [
        ("MODELS: Final[", "from riskengine.model.estimate.time_to_failure import TimeToFailure\n\n"),
        ("    Constant,\n    Uniform,", "    TimeToFailure,\n"),
    ],
    "plan/variables/distribution/build.py": [
        ("Builder = Callable", "from riskengine.plan.variables.distribution.time_to_failure import TimeToFailure\n\n"),
        ('        "uniform": lambda', '        "time_to_failure": TimeToFailure.of,\n'),
    ],
}

PROGRAM = """
import json, pathlib, sys
import riskengine
from riskengine import scenario
from riskengine.errors import ScenarioError

HEAD = 'schema = 1\\nname = "Test"\\nstart = 2027-03-01\\n'
folder = pathlib.Path.cwd()

def read(text, **files):
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content)
    (folder / "plan.toml").write_text(HEAD + text)
    try:
        return riskengine.read(folder / "plan.toml")
    except ScenarioError as error:
        return [str(issue) for issue in error.issues]

from_file = read('[tasks.a]\\nduration = {shape = "time_to_failure", life = "4w", haste = 2}\\n')
table = "id,shape,life,haste,unit,low,most_likely,high\\na,time_to_failure,4,2,w,,,\\nb,pert,,,,1,2,3\\n"
from_table = read('tasks = "t.csv"\\n', t_csv=table)
resolved = scenario.resolve(from_file)
run = riskengine.simulate(from_file, iterations=2560, seed=1)
task = run.tables["tasks"].to_pylist()[0]
under_way = read('[tasks.a]\\nactual_start = 2027-03-01\\npercent_complete = 25\\n'
                 'duration = {shape = "time_to_failure", life = "4w", haste = 2}\\n')
json.dump({
    "file": repr(from_file.tasks["a"].duration),
    "table": repr(from_table.tasks["a"].duration),
    "again": repr(scenario.parse(resolved).tasks["a"].duration),
    "resolved": resolved["tasks"]["a"]["duration"],
    "mean": task["duration_mean"],
    "plan": task["deterministic_duration"],
    "left": repr(under_way.tasks["a"].remaining),
    "misspelt": read('[tasks.a]\\nduration = {shape = "time_to_failure", lif = 4}\\n'),
    "left out": read('[tasks.a]\\nduration = {shape = "time_to_failure", haste = 2}\\n'),
    "wrong": read('[tasks.a]\\nduration = {shape = "time_to_failure", life = -4}\\n'),
    "unknown": read('[tasks.a]\\nduration = {shape = "time_to_failur", life = 4}\\n'),
    "schema": scenario.json_schema()["$defs"]["time"]["anyOf"][2]["properties"],
}, sys.stdout)
"""


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    return json.loads(output_of(changed_package(tmp_path_factory.mktemp("shape"), FILES, LINES), PROGRAM))


def test_it_is_read_from_a_file_a_table_and_the_resolved_form(answer):
    assert "life=4.0, haste=2.0" in answer["file"]
    assert "unit='w'" in answer["file"]
    assert answer["table"] == answer["file"] == answer["again"]
    assert answer["resolved"] == {"shape": "time_to_failure", "unit": "w", "life": 4.0, "haste": 2.0}


def test_it_is_simulated_in_the_calendar_of_its_task(answer):
    """2,560 stratified draws: the mean of a task's own duration is within a thousandth."""
    days = 20
    assert answer["mean"] == pytest.approx(days * gamma(1.5), rel=1e-3)
    assert answer["plan"] == pytest.approx(days * 0.6931471805599453**0.5, rel=1e-4)


def test_what_is_left_of_it_has_its_unit_and_its_pure_numbers_stay(answer):
    assert "life=3.0, haste=2.0" in answer["left"]


def test_its_faults_are_told_with_what_was_meant(answer):
    assert any("RE111" in fault and 'did you mean "life"' in fault for fault in answer["misspelt"])
    assert not any("RE204" in fault for fault in answer["misspelt"])  # it is there under that name
    assert any("RE204" in fault and "needs life" in fault for fault in answer["left out"])
    assert any("RE205" in fault and "life and haste must be above 0" in fault for fault in answer["wrong"])
    assert any("RE203" in fault and 'did you mean "time_to_failure"' in fault for fault in answer["unknown"])


def test_the_schema_has_its_parameters_with_their_meanings(answer):
    assert "time_to_failure" in answer["schema"]["shape"]["enum"]
    assert answer["schema"]["life"]["description"] == "Value that 63 % do not pass."
    assert "anyOf" in answer["schema"]["life"]
    assert answer["schema"]["haste"].items() >= {"description": "How fast failures come.", "type": "number"}.items()
    assert "examples" not in answer["schema"]["haste"]


def test_every_shape_of_the_model_has_a_distribution():
    assert set(BUILDERS) == set(SHAPES)


def test_shapes_that_share_a_parameter_mean_the_same_by_it():
    for name, shape in SHAPES.items():
        for key, parameter in shape.parameters.items():
            others = [other.parameters[key] for other in SHAPES.values() if key in other.parameters]
            assert others == [parameter] * len(others), f"{key} of {name}"
