"""A user's program passes the type checkers at their strictest, runs, and misuse of what is public is found."""

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.places import ROOT
from tests.unit.python_api.plans import STAND
from tests.unit.python_api.typed import user_code

TYPED = Path(__file__).resolve().parent / "typed"
WITH_FAULTS = {
    number
    for number, line in enumerate((TYPED / "misuse.py").read_text().splitlines(), 1)
    if line.endswith("  # fault")
}


def mypy(folder: Path) -> str:
    """What mypy says of both programs, as strict as it is."""
    words = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir", str(folder)]
    words += [
        "--follow-imports",
        "silent",
        "--hide-error-context",
        str(TYPED / "user_code.py"),
        str(TYPED / "misuse.py"),
    ]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def pyright(folder: Path) -> str:
    """What pyright says of both programs, as strict as it is."""
    config = folder / "pyrightconfig.json"
    settings = {"include": [str(TYPED)], "extraPaths": [str(ROOT)], "typeCheckingMode": "strict"}
    config.write_text(json.dumps(settings), encoding="utf-8")
    words = [sys.executable, "-m", "basedpyright", "-p", str(config), "--pythonpath", sys.executable]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_a_type_checker_passes_the_program_and_finds_every_misuse(tmp_path, checker):
    needed = {mypy: "mypy", pyright: "basedpyright"}[checker]
    if importlib.util.find_spec(needed) is None:
        pytest.skip(f"{needed} is not installed")
    said = checker(tmp_path)
    found = {(name, int(line)) for name, line in re.findall(r"(\w+)\.py:(\d+)[:\d]*(?: -)? error", said)}
    assert found == {("misuse", line) for line in WITH_FAULTS}, said


def test_the_program_runs(tmp_path):
    for library in ("pandas", "polars"):
        pytest.importorskip(library, reason=f"{library} is not installed")
    path = tmp_path / "plan.toml"
    path.write_text(STAND, encoding="utf-8")
    scenarios = user_code.sources(tmp_path, tomllib.loads(STAND))
    assert [scenario.name for scenario in scenarios].count("Exhibition stand") == 5
    built = user_code.built()
    assert built.tasks.keys() == {"build"}
    year, days, digest, text, hints = user_code.looked_at(built)
    assert (year, days, len(digest), text.startswith("{\n"), hints) == (2027, 11, 64, True, ())
    run = user_code.simulated(built)
    assert user_code.tabulated(run)[-1] == "build"
    assert user_code.kept(run, tmp_path)
    assert user_code.decided(path).startswith("no-go 2027 2027 ")
    assert [line.split()[0] for line in user_code.refused()[-1:]] == ["RE701"]
