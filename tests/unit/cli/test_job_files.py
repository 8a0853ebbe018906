"""The job files of docs/scale, as far as one machine can run them: each shard in a process, merged to the run."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from riskengine.cli import main
from tests.support.command_line import environment
from tests.support.places import ROOT
from tests.unit.cli.test_shards import same_files

SCALE = ROOT / "docs/scale"
PATH = f"{Path(sys.executable).parent}:/usr/bin:/bin"


def element_of_an_array(number, count):
    """An element of SLURM's array: the script, and the variables that SLURM sets."""
    words = ["bash", str(SCALE / "slurm.sh"), "plan.toml", "600", "parts"]
    return words, {"SLURM_ARRAY_TASK_ID": str(number), "SLURM_ARRAY_TASK_COUNT": str(count), "SLURM_CPUS_PER_TASK": "1"}


def pod_of_a_job(number, count):
    """A pod of an indexed job of Kubernetes: its command, its environment, and the index that Kubernetes sets."""
    text = (SCALE / "kubernetes.yaml").read_text(encoding="utf-8")
    block = text[text.index("- |\n") + 4 : text.index("          resources:")]
    assert 'command: ["bash", "-ec"]' in text
    variables = {"JOB_COMPLETION_INDEX": str(number - 1), "SHARDS": str(count), "ITERATIONS": "600"}
    assert all(f"name: {name}," in text for name in ("SHARDS", "ITERATIONS"))
    return ["bash", "-ec", textwrap.dedent(block)], variables


@pytest.mark.parametrize("element", [element_of_an_array, pod_of_a_job])
def test_every_element_of_a_job_simulates_one_shard(folder, element):
    for number in (2, 1):
        words, variables = element(number, 2)
        subprocess.run(words, check=True, env=environment(PATH=PATH, **variables), capture_output=True)
    assert sorted(path.name for path in (folder / "parts").iterdir()) == ["1", "2"]
    assert main(["merge", "parts", "-o", "merged"]) == 0
    assert main(["simulate", "plan.toml", "-n", "600", "-o", "whole"]) == 0
    assert same_files(folder / "whole", folder / "merged")
