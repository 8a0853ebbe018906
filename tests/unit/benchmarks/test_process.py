"""How processes are measured: what they exit with, what they say and what they hold."""

from pathlib import Path

import pytest

from benchmarks.process import FailedError, Measured, heavy_imports, imported, least, python, riskengine
from benchmarks.size import MINIMAL

MEGABYTES = 1_000_000


def test_peak_memory_is_that_of_the_process_and_not_of_who_started_it() -> None:
    held = bytearray(200 * MEGABYTES)
    held[::4096] = b"x" * len(held[::4096])
    small = python(["-c", "pass"])
    large = python(["-c", "held = bytearray(120_000_000); held[::4096] = b'x' * len(held[::4096])"])
    assert small.peak_bytes < 60 * MEGABYTES
    assert 120 * MEGABYTES < large.peak_bytes < 180 * MEGABYTES


def test_failing_command_is_not_a_measurement(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="exit 3"):
        riskengine(["check", tmp_path / "none.toml"])


def test_words_of_the_process_and_its_environment_come_through() -> None:
    found = python(["-c", "import os, sys; sys.stderr.write(os.environ['SAID'])"], {"SAID": "spoken"})
    assert found.words == "spoken"


def test_check_loads_none_of_the_heavy_libraries() -> None:
    figure = heavy_imports(MINIMAL)
    assert figure.value == 0
    assert set(figure.details) == {"numpy", "scipy", "numba", "pyarrow"}


def test_imports_are_read_from_what_python_prints() -> None:
    log = (
        "import time: self [us] | cumulative | imported package\nimport time:       230 |        230 |   numba.core\nx"
    )
    assert imported(log) == {"imported package", "numba.core"}


def test_fastest_run_counts() -> None:
    slow, fast = Measured(2, 1, 5, ""), Measured(1, 1, 9, "")
    assert least([slow, fast]) is fast
