"""A copy of the package with something added to it, to see how much it takes to add it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.support.places import ROOT

PACKAGE = ROOT / "riskengine"


def changed_package(folder: Path, files: Mapping[str, str], lines: Mapping[str, Sequence[tuple[str, str]]]) -> Path:
    """Copy the package into a folder, add files to it and lines in front of others.

    Parameters
    ----------
    folder : Path
    files : mapping
        New files by their paths in the package.
    lines : mapping
        By the path of a file: texts that stand in it once, each with what is put in front of it.
    """
    copy = folder / "riskengine"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for name, text in files.items():
        assert not (copy / name).exists()
        (copy / name).write_text(text, encoding="utf-8")
    for name, entries in lines.items():
        text = (copy / name).read_text(encoding="utf-8")
        for place, added in entries:
            assert text.count(place) == 1, f"{place!r} stands {text.count(place)} times in {name}"
            text = text.replace(place, added + place)
        (copy / name).write_text(text, encoding="utf-8")
    return folder


def output_of(folder: Path, program: str) -> str:
    """Run a program with the package of a folder, its core uncompiled, and return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "NUMBA_DISABLE_JIT": "1", "PYTHONWARNINGS": "ignore"}
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout
