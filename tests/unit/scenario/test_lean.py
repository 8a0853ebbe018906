"""Reading stays light: no array libraries, no recursion, no memory beyond need."""

import subprocess
import sys

from riskengine.scenario import digest, read
from tests.support.scenario_text import written

HEAVY = ("numba", "scipy", "numpy", "pyarrow")


def test_reading_a_scenario_loads_no_array_library(tmp_path):
    path = written(tmp_path, "[tasks.a]\nduration = [1, 2, 3]\n[tasks.b]\nduration = 'x'\nafter = ['a']\n")
    code = (
        "import sys, riskengine.scenario as s\n"
        "try:\n    s.read(sys.argv[1])\nexcept Exception as error:\n    print(error)\n"
        "s.json_schema(); s.starter_names()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert "RE213" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_reading_a_scenario_makes_no_validators_of_models(tmp_path):
    """They are for models made in Python: a file is checked by the reader, which says more, and need not wait."""
    path = written(tmp_path, "[tasks.a]\nduration = [1, 2, 3]\ncost = { fixed = 10 }\n")
    code = (
        "import sys, riskengine.scenario as s\nfrom riskengine.model.frozen import Frozen\n"
        "s.dumps(s.read(sys.argv[1]))\n"
        "def below(kind):\n    return {kind}.union(*map(below, kind.__subclasses__()))\n"
        "print(len(below(Frozen)), sorted(kind.__name__ for kind in below(Frozen) if kind.__pydantic_complete__))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    count, complete = done.stdout.split(maxsplit=1)
    assert int(count) > 40
    assert complete.strip() == "[]"


def test_a_chain_of_twenty_thousand_tasks_is_read_from_a_table(tmp_path):
    rows = "".join(f"T{n},{n % 7 + 1};{n % 7 + 2};{n % 7 + 9},T{n - 1}\n" for n in range(1, 20_000))
    (tmp_path / "tasks.csv").write_text("id,duration,after\nT0,1,\n" + rows)
    scenario = read(written(tmp_path, 'tasks = "tasks.csv"\n'))
    assert len(scenario.tasks) == 20_000
    assert scenario.tasks["T19999"].after[0].task == "T19998"
    assert len(digest(scenario)) == 64
