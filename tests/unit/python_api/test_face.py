"""What ``dir(riskengine)`` shows, and what importing the package loads."""

import subprocess
import sys

import pytest

import riskengine

PUBLIC = [
    "Calibration",
    "Comparison",
    "Contingency",
    "Contributions",
    "Drivers",
    "Explanation",
    "GateResult",
    "Issue",
    "JointConfidence",
    "MachineError",
    "Mitigation",
    "Opinions",
    "OutsideView",
    "ResultsError",
    "RiskengineError",
    "Run",
    "Scenario",
    "ScenarioError",
    "Table",
    "Teams",
    "Trace",
    "UsageError",
    "__version__",
    "calibrate",
    "collect",
    "compare",
    "contributions",
    "decide",
    "drivers",
    "elicit",
    "explain",
    "merge",
    "mitigate",
    "open_run",
    "read",
    "simulate",
    "simulate_shard",
]


def test_dir_shows_what_is_public_and_nothing_else():
    import riskengine.cli
    import riskengine.reading

    assert dir(riskengine) == PUBLIC == sorted(riskengine.__all__)


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_public_is_there_with_a_docstring(name):
    public = getattr(riskengine, name)
    assert isinstance(public, str) if name == "__version__" else public.__doc__


def test_what_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Ran'"):
        riskengine.Ran  # noqa: B018


def test_importing_the_package_loads_no_library():
    program = (
        "import sys, riskengine; dir(riskengine); "
        "print([name for name in ('numpy', 'numba', 'scipy', 'pyarrow', 'pydantic', 'click') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
