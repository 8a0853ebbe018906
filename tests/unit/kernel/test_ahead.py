"""Machine code that comes with the package: made for the types that the engine asks for, and found by the first run."""

import subprocess
import sys
import tomllib
from pathlib import Path

import numba
import pytest

from riskengine import engine, plan
from riskengine.engine.blocks import run as blocks
from riskengine.kernel import ahead, compiling
from riskengine.scenario import parse
from tests.support.places import ROOT

PLAN = """schema = 1
name = "x"
start = 2027-03-01
[tasks.b]
duration = { shape = "discrete", values = [2, 4], weights = [1, 2] }
[tasks.a]
duration = [2, 3, 9]
"""
SEVERAL = '[tasks.cure]\nduration = "2ed"\n'
TOGETHER = '[correlations.x]\nbetween = ["a", "b"]\nrank = 0.5\n'
BOUND = 'constraints = ["MSO 2027-03-03"]\n'


def types(arguments):
    return frozenset((name, numba.typeof(argument)) for name, argument in arguments.items())


@pytest.mark.parametrize("at", range(6))
@pytest.mark.parametrize("method", ["sobol", "random"])
def test_the_core_is_compiled_ahead_for_the_types_that_the_engine_asks_for(monkeypatch, at, method):
    texts = [PLAN + SEVERAL, PLAN + BOUND + SEVERAL, PLAN, PLAN + BOUND, PLAN + SEVERAL + TOGETHER, PLAN + TOGETHER]
    asked: list[frozenset[tuple[str, numba.types.Type]]] = []
    core = blocks.simulate_blocks
    monkeypatch.setattr(
        blocks, "simulate_blocks", lambda **arguments: (asked.append(types(arguments)), core(**arguments))
    )
    compiled = plan.compile(parse(tomllib.loads(texts[at]), "x.toml"))
    engine.simulate(compiled, engine.Settings(300, seed=0, method=method))
    assert set(asked) == {types(list(ahead.examples())[at])}


def test_machine_code_of_the_package_is_copied_to_the_cache_where_there_is_none(tmp_path):
    shipped, folder = tmp_path / "shipped", tmp_path / "cache"
    shipped.mkdir()
    folder.mkdir()
    (shipped / "block.simulate_blocks-1.py311.nbi").write_bytes(b"index")
    (shipped / "block.simulate_blocks-1.py311.1.nbc").write_bytes(b"code")
    compiling.bring(shipped, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "block.simulate_blocks-1.py311.nbi": b"index",
        "block.simulate_blocks-1.py311.1.nbc": b"code",
    }
    (shipped / "block.simulate_blocks-1.py311.nbi").write_bytes(b"other")
    compiling.bring(shipped, folder)
    assert (folder / "block.simulate_blocks-1.py311.nbi").read_bytes() == b"index"


def test_without_machine_code_in_the_package_or_a_place_to_put_it_nothing_is_copied(tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir()
    compiling.bring(tmp_path / "missing", folder)
    assert not list(folder.iterdir())
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "a.nbi").write_bytes(b"index")
    compiling.bring(shipped, tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_first_run_with_the_machine_code_of_the_package_compiles_nothing(tmp_path):
    """In processes of their own: one compiles ahead, the other has a new cache and the first one's files."""
    words = """
import sys
from pathlib import Path
from riskengine.kernel import ahead, compiling
from riskengine.kernel.block import simulate_blocks
shipped, folder = Path(sys.argv[1]), Path(simulate_blocks.dispatcher.stats.cache_path)
if sys.argv[2] == "second":
    compiling.bring(shipped, folder)
simulate_blocks(**list(ahead.examples())[2])
print(folder, sum(simulate_blocks.dispatcher.stats.cache_misses.values()))
"""
    found = []
    shipped = tmp_path / "none"
    for turn in ("first", "second"):
        done = subprocess.run(
            [sys.executable, "-c", words, str(shipped), turn],
            env={"NUMBA_CACHE_DIR": str(tmp_path / turn)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        folder, misses = done.stdout.split()
        shipped = Path(folder)
        found.append(int(misses))
    assert found == [1, 0]
